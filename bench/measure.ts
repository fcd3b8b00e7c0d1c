// Measures contenders side by side: rounds in turn, so that a machine whose speed drifts treats all alike. Printed are the
// median time, the median of the ratios to the first, which is the raw driver used by hand, and two ratios which others on the
// machine disturb least: that of the fastest rounds, and that of the processor time that this process took in all of them.
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

export interface MeasureOptions {
  /** Rounds that count. */
  readonly rounds?: number;
  /** Rounds that come first; 2 unless said. More where a program that has just begun is not what is asked about. */
  readonly warmUp?: number;
  /** How often each runs in a round. */
  readonly times?: number;
  /** Comes before each contender's turn, and is not measured. */
  readonly before?: () => unknown;
}

/** Runs the contenders and prints each one's time and its ratios to the first: above 1 is faster than that. */
export async function measure(
  title: string,
  contenders: readonly Contender[],
  { rounds = 15, warmUp = 2, times = 1, before }: MeasureOptions = {},
): Promise<void> {
  const taken = contenders.map((): number[] => []);
  const processor = contenders.map(() => 0);
  for (let round = -warmUp; round < rounds; round++) {
    // Each round begins with another contender: none always comes after the collector has run.
    for (let i = 0; i < contenders.length; i++) {
      const at = (i + round + contenders.length * warmUp) % contenders.length;
      await before?.();
      const cpu = process.cpuUsage();
      const started = performance.now();
      await repeat((contenders[at] as Contender).run, times);
      if (round < 0) continue;
      taken[at]?.push((performance.now() - started) / times);
      const { user, system } = process.cpuUsage(cpu);
      processor[at] = (processor[at] as number) + user + system;
    }
  }
  console.log(`\n${title}`);
  const base = taken[0] as number[];
  contenders.forEach(({ name }, i) => {
    const times_ = taken[i] as number[];
    const ratios = times_.map((time, round) => (base[round] as number) / time);
    const [low, middle, high] = spread(ratios);
    console.log(
      `  ${name.padEnd(34)} ${format(median(times_)).padStart(10)}   ${middle.toFixed(2).padStart(5)}  (${low.toFixed(2)} to ${high.toFixed(2)})   fastest ${(Math.min(...base) / Math.min(...times_)).toFixed(2)}   processor ${((processor[0] as number) / (processor[i] as number)).toFixed(2)}`,
    );
  });
}

// A loop in a function of its own: inside `measure` an await would save and restore all that is going on there, which takes
// longer than some of what is measured.
async function repeat(run: () => unknown, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
}

/** The lower quartile, the median and the upper quartile. */
export function spread(values: readonly number[]): readonly [number, number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] as number;
  return [at(0.25), at(0.5), at(0.75)];
}

export function median(values: readonly number[]): number {
  return spread(values)[1];
}

function format(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(2)} µs` : `${milliseconds.toFixed(2)} ms`;
}
