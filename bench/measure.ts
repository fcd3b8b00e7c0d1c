// Measures contenders side by side: rounds in turn, so that a machine whose speed drifts treats all alike. Printed are the
// median time, the median of the ratios to the first, which is the raw driver used by hand, and the ratio of the fastest
// rounds, which others on the machine disturb least.
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

export interface MeasureOptions {
  /** Rounds that count; two more come first. */
  readonly rounds?: number;
  /** How often each runs in a round. */
  readonly times?: number;
  /** Comes before each contender's turn, and is not measured. */
  readonly before?: () => unknown;
}

/** Runs the contenders and prints each one's time and its ratios to the first: above 1 is faster than that. */
export async function measure(
  title: string,
  contenders: readonly Contender[],
  { rounds = 15, times = 1, before }: MeasureOptions = {},
): Promise<void> {
  const taken = contenders.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    // Each round begins with another contender: none always comes after the collector has run.
    for (let i = 0; i < contenders.length; i++) {
      const at = (i + round + contenders.length * 2) % contenders.length;
      await before?.();
      const started = performance.now();
      for (let n = 0; n < times; n++) {
        const result = contenders[at]?.run();
        if (result instanceof Promise) await result;
      }
      if (round >= 0) taken[at]?.push((performance.now() - started) / times);
    }
  }
  console.log(`\n${title}`);
  const base = taken[0] as number[];
  contenders.forEach(({ name }, i) => {
    const times_ = taken[i] as number[];
    const ratios = times_.map((time, round) => (base[round] as number) / time);
    const [low, middle, high] = spread(ratios);
    console.log(
      `  ${name.padEnd(34)} ${format(median(times_)).padStart(10)}   ${middle.toFixed(2).padStart(5)}  (${low.toFixed(2)} to ${high.toFixed(2)})   fastest ${(Math.min(...base) / Math.min(...times_)).toFixed(2)}`,
    );
  });
}

function spread(values: readonly number[]): readonly [number, number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number;
  return [at(0.25), median(values), at(0.75)];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

function format(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(2)} µs` : `${milliseconds.toFixed(2)} ms`;
}
