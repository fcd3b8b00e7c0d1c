// Works out in which order rows are written, so that every foreign key points at a row that exists and every unique value is free
// when it is taken. Knows nothing of sessions or entities: numbers of writes and the edges between them go in, batches come out.
// Writes of one group go together as far as the edges let them: fewer batches are fewer statements. A circle is broken at an edge
// that may be cut: whoever asked then writes null first.

/** That one write must come before another. */
export interface Edge {
  readonly before: number;
  readonly after: number;
  /** Whether it may be cut, at the cost of one more write. */
  readonly cuttable: boolean;
}

export interface WriteOrder {
  /** The writes, by number; each batch is of one group. */
  readonly batches: readonly (readonly number[])[];
  /** The edges that were cut, by their place in what was given. */
  readonly cut: readonly number[];
  /** A circle that cannot be broken, if there is one: the writes in it. The batches are then of no use. */
  readonly circle: readonly number[] | undefined;
}

/**
 * The order of writes.
 *
 * @param groups the group of each write; of groups that can both go, the lower one goes first
 */
export function writeOrder(groups: readonly number[], edges: readonly Edge[]): WriteOrder {
  if (edges.length === 0) return { batches: byGroup(groups), cut: [], circle: undefined };
  return new Ordering(groups, edges).run();
}

function byGroup(groups: readonly number[]): readonly (readonly number[])[] {
  const found = new Map<number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const batch = found.get(groups[i] as number);
    if (batch === undefined) found.set(groups[i] as number, [i]);
    else batch.push(i);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, batch]) => batch);
}

/** The writes of one group that are still to come. */
interface Group {
  readonly number: number;
  left: number;
  ready: number[];
}

class Ordering {
  readonly #edges: readonly Edge[];
  /** How many edges each write still waits for. */
  readonly #waits: Int32Array;
  /** The edges that lead away from each write, by their place. */
  readonly #leaving: (number[] | undefined)[];
  readonly #groupOf: Group[];
  readonly #groups: readonly Group[];
  readonly #done: Uint8Array;
  readonly #cut = new Set<number>();

  constructor(groups: readonly number[], edges: readonly Edge[]) {
    this.#edges = edges;
    this.#waits = new Int32Array(groups.length);
    this.#leaving = new Array(groups.length);
    this.#done = new Uint8Array(groups.length);
    for (let i = 0; i < edges.length; i++) {
      const { before, after } = edges[i] as Edge;
      this.#waits[after] = (this.#waits[after] as number) + 1;
      const leaving = this.#leaving[before];
      if (leaving === undefined) this.#leaving[before] = [i];
      else leaving.push(i);
    }
    const byNumber = new Map<number, Group>();
    this.#groupOf = groups.map((number, i) => {
      let group = byNumber.get(number);
      if (group === undefined) {
        group = { number, left: 0, ready: [] };
        byNumber.set(number, group);
      }
      group.left++;
      if (this.#waits[i] === 0) group.ready.push(i);
      return group;
    });
    this.#groups = [...byNumber.values()].sort((a, b) => a.number - b.number);
  }

  run(): WriteOrder {
    const batches: (readonly number[])[] = [];
    for (let left = this.#groupOf.length; left > 0; ) {
      const group = this.#next();
      if (group === undefined) {
        const circle = this.#breakCircle();
        if (circle !== undefined) return { batches, cut: [...this.#cut], circle };
        continue;
      }
      const batch = group.ready.sort((a, b) => a - b);
      group.ready = [];
      group.left -= batch.length;
      left -= batch.length;
      for (const write of batch) this.#finish(write);
      batches.push(batch);
    }
    return { batches, cut: [...this.#cut], circle: undefined };
  }

  /** The lowest group all of whose writes can go; else the lowest of which some can. */
  #next(): Group | undefined {
    let some: Group | undefined;
    for (const group of this.#groups) {
      if (group.ready.length === 0) continue;
      if (group.ready.length === group.left) return group;
      some ??= group;
    }
    return some;
  }

  #finish(write: number): void {
    this.#done[write] = 1;
    for (const edge of this.#leaving[write] ?? []) if (!this.#cut.has(edge)) this.#release(edge);
  }

  #release(edge: number): void {
    const { after } = this.#edges[edge] as Edge;
    const waits = (this.#waits[after] as number) - 1;
    this.#waits[after] = waits;
    if (waits === 0) this.#groupOf[after]?.ready.push(after);
  }

  /** Cuts one edge of a circle; gives the circle if none of it can be cut. */
  #breakCircle(): readonly number[] | undefined {
    const circle = this.#findCircle();
    const found = circle.find((edge) => this.#edges[edge]?.cuttable);
    if (found === undefined) return circle.map((edge) => (this.#edges[edge] as Edge).after);
    this.#cut.add(found);
    this.#release(found);
    return undefined;
  }

  /** The edges of some circle. Every write that is left waits for another, so that walking back must meet one again. */
  #findCircle(): readonly number[] {
    const arriving = new Map<number, number>();
    this.#edges.forEach(({ before, after }, i) => {
      if (!this.#done[before] && !this.#done[after] && !this.#cut.has(i)) arriving.set(after, i);
    });
    const [start] = arriving.keys();
    const path: number[] = [];
    const place = new Map<number, number>();
    for (let at = start as number; ; ) {
      const known = place.get(at);
      if (known !== undefined) return path.slice(known);
      place.set(at, path.length);
      const edge = arriving.get(at) as number;
      path.push(edge);
      at = (this.#edges[edge] as Edge).before;
    }
  }
}
