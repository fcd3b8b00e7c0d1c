// The objects of one class by what their rows are found by. Most keys are whole numbers that follow one another: those lie in an
// array at their distance from the first, where finding one costs a tenth of what a Map takes, and holding it a quarter. All
// others are in a Map.

/** How many places may be left free beside those that are taken: keys with larger gaps go into the Map. */
const freePlaces = 64;

export class ObjectsByKey<T extends object = object> {
  #others: Map<unknown, T> | undefined;
  #places: (T | undefined)[] = [];
  /** The key of the first place. */
  #first = 0;
  /** How many places are taken. */
  #taken = 0;

  get size(): number {
    return this.#taken + (this.#others?.size ?? 0);
  }

  get(key: unknown): T | undefined {
    if (typeof key === "number") {
      const at = key - this.#first;
      if (at >= 0 && at < this.#places.length) {
        const found = this.#places[at];
        if (found !== undefined) return found;
      }
    }
    return this.#others?.get(key);
  }

  set(key: unknown, object: T): void {
    if (typeof key === "number" && this.#place(key, object)) return;
    this.#others ??= new Map();
    this.#others.set(key, object);
  }

  delete(key: unknown): void {
    const at = typeof key === "number" ? key - this.#first : -1;
    if (!(at >= 0 && at < this.#places.length && this.#places[at] !== undefined)) {
      this.#others?.delete(key);
      return;
    }
    this.#places[at] = undefined;
    this.#taken--;
    // What comes next may be far from here: a stream lets go of its objects, batch by batch.
    if (this.#taken === 0) this.#places = [];
  }

  /** Every object. They may be taken out meanwhile. */
  *values(): Generator<T> {
    for (let at = 0; at < this.#places.length; at++) {
      const object = this.#places[at];
      if (object !== undefined) yield object;
    }
    if (this.#others !== undefined) yield* this.#others.values();
  }

  /** Every object with its key. They may be taken out meanwhile. */
  *[Symbol.iterator](): Generator<readonly [unknown, T]> {
    for (let at = 0; at < this.#places.length; at++) {
      const object = this.#places[at];
      if (object !== undefined) yield [this.#first + at, object];
    }
    if (this.#others !== undefined) yield* this.#others;
  }

  /** Puts an object into its place, if its key is near enough to the others. */
  #place(key: number, object: T): boolean {
    if (!Number.isSafeInteger(key)) return false;
    if (this.#places.length === 0) this.#first = key;
    const at = key - this.#first;
    const isFree = !(at >= 0 && at < this.#places.length && this.#places[at] !== undefined);
    if (isFree) {
      const most = 2 * this.#taken + freePlaces;
      if (at > most || this.#places.length - at > most + this.#taken) return false;
      // It may have come while its place was too far away.
      if (this.#others?.has(key)) return false;
      this.#makeRoom(at);
      this.#taken++;
    }
    this.#places[key - this.#first] = object;
    return true;
  }

  /** Makes places up to this one. Before the first they are made for more than one: rows may come the last first. */
  #makeRoom(at: number): void {
    for (let end = this.#places.length; end < at; end++) this.#places.push(undefined);
    if (at >= 0) return;
    // Beyond the safe integers a place would not be told from the next.
    const room = Math.min(this.#taken - at, this.#first - Number.MIN_SAFE_INTEGER);
    this.#first -= room;
    this.#places = [...new Array<undefined>(room).fill(undefined), ...this.#places];
  }
}
