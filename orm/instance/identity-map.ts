// One row, one object: the objects of a session by class and key. They are held strongly, since plain properties give no event
// when they change.
import type { Mapper } from "../mapping/mapper.ts";

export class IdentityMap {
  readonly #byMapper = new Map<Mapper, Map<unknown, object>>();

  /** The objects of one class by key, for whoever adds many. */
  of(mapper: Mapper): Map<unknown, object> {
    let map = this.#byMapper.get(mapper);
    if (map === undefined) {
      map = new Map();
      this.#byMapper.set(mapper, map);
    }
    return map;
  }

  get(mapper: Mapper, identity: unknown): object | undefined {
    return this.#byMapper.get(mapper)?.get(identity);
  }

  delete(mapper: Mapper, identity: unknown): void {
    this.#byMapper.get(mapper)?.delete(identity);
  }

  /** Every class that has objects, with them. */
  entries(): Iterable<readonly [Mapper, Map<unknown, object>]> {
    return this.#byMapper;
  }

  get size(): number {
    let size = 0;
    for (const map of this.#byMapper.values()) size += map.size;
    return size;
  }

  clear(): void {
    this.#byMapper.clear();
  }
}
