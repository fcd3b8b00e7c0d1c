// One row, one object: the objects of a session by class and key. They are held strongly, since plain properties give no event
// when they change.
import type { Mapper } from "../mapping/mapper.ts";
import { ObjectsByKey } from "./objects-by-key.ts";

export class IdentityMap {
  readonly #byMapper = new Map<Mapper, ObjectsByKey>();

  /** The objects of one class, and of all that share its table, by key: for whoever adds many. */
  of(mapper: Mapper): ObjectsByKey {
    let map = this.#byMapper.get(mapper.root);
    if (map === undefined) {
      map = new ObjectsByKey();
      this.#byMapper.set(mapper.root, map);
    }
    return map;
  }

  get(mapper: Mapper, identity: unknown): object | undefined {
    const found = this.#byMapper.get(mapper.root)?.get(identity);
    return mapper.parent === undefined || found instanceof mapper.entity ? found : undefined;
  }

  delete(mapper: Mapper, identity: unknown): void {
    this.#byMapper.get(mapper.root)?.delete(identity);
  }

  /** Every class that has objects, with them. */
  entries(): Iterable<readonly [Mapper, ObjectsByKey]> {
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
