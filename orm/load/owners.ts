// The objects whose relationship is loaded, by the values that their related rows have in common with them.
import { ObjectsByKey } from "../instance/objects-by-key.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { keysAt } from "./related-query.ts";

/** An object, and what was found for it. */
export class OwnerOfRows {
  readonly entity: object;
  /** Another one with the same values. */
  readonly next: OwnerOfRows | undefined;
  found: object[] | undefined = undefined;

  constructor(entity: object, next: OwnerOfRows | undefined) {
    this.entity = entity;
    this.next = next;
  }
}

export class Owners {
  /** The values to ask for: of a single column as they are, of several as lists. */
  readonly keys: unknown[] = [];
  /** Those that lack a value, and so have no related rows. */
  readonly without: object[] = [];
  /** Every object that has them, also where several share their values. */
  readonly all: OwnerOfRows[] = [];
  readonly #byIdentity = new ObjectsByKey<OwnerOfRows>();
  readonly #mapper: Mapper;
  readonly #single: boolean;

  /** @param positions the columns of the owners */
  constructor(mapper: Mapper, positions: readonly number[], entities: readonly object[]) {
    this.#mapper = mapper;
    const keys = keysAt(mapper, positions);
    this.#single = keys.length === 1;
    for (const entity of entities) this.#take(entity, keys);
  }

  #take(entity: object, keys: readonly string[]): void {
    const values = this.#single ? valueIn(entity, keys[0] as string) : valuesIn(entity, keys);
    if (values === undefined || values === null) {
      this.without.push(entity);
      return;
    }
    const identity = this.#single ? this.#mapper.identityOfValue(values) : this.#mapper.identityOfKey(values as never);
    const known = this.#byIdentity.get(identity);
    if (known === undefined) this.keys.push(values);
    else if (known.entity === entity) return;
    const owner = new OwnerOfRows(entity, known);
    this.all.push(owner);
    this.#byIdentity.set(identity, owner);
  }

  /** Whose row it is, by the values that stand at these places. */
  of(row: readonly unknown[], at: readonly number[]): OwnerOfRows | undefined {
    if (!this.#single) return this.#byIdentity.get(this.#mapper.identityOfKey(at.map((position) => row[position])));
    return this.ofValue(row[at[0] as number]);
  }

  /** The same, where it is a single value. */
  ofValue(value: unknown): OwnerOfRows | undefined {
    return this.#byIdentity.get(typeof value === "object" ? this.#mapper.identityOfValue(value) : value);
  }
}

function valueIn(entity: object, key: string): unknown {
  return Object.hasOwn(entity, key) ? Reflect.get(entity, key) : undefined;
}

function valuesIn(entity: object, keys: readonly string[]): readonly unknown[] | undefined {
  const values = keys.map((key) => valueIn(entity, key));
  return values.some((value) => value === undefined || value === null) ? undefined : values;
}
