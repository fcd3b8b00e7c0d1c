// Brings objects over from elsewhere: the state of an object of another session, or of none, is copied into this session's object
// for the same row.
import { StaleDataError } from "../errors.ts";
import { stateOf } from "../instance/state.ts";
import { putColumns } from "../instance/value-object.ts";
import { embeddedOf } from "../mapping/embedded.ts";
import { relationshipsOf } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";

/** What merging needs of a session. */
export interface MergePlace {
  /** The session's object with a key, read from the database if need be. */
  lookUp(mapper: Mapper, key: readonly unknown[]): Promise<object | null>;
  owns(entity: object): boolean;
  add(entity: object): void;
}

/** The session's object for each of the given ones, and for those that stand in their loaded relationships. */
export async function mergeInto(
  place: MergePlace,
  given: object,
  merged: Map<object, object> = new Map(),
): Promise<object> {
  const known = merged.get(given);
  if (known !== undefined) return known;
  if (place.owns(given)) return given;
  const { mapper, relations } = stateOf(given);
  const keys = mapper.key.map((position) => mapper.columns[position]?.key as string);
  const hasKey = keys.every((key) => Object.hasOwn(given, key));
  const found = hasKey
    ? await place.lookUp(
        mapper,
        keys.map((key) => Reflect.get(given, key)),
      )
    : null;
  const { version } = mapper;
  if (found !== null && version !== undefined && Object.hasOwn(given, version.key)) {
    if (Reflect.get(given, version.key) !== Reflect.get(found, version.key))
      throw new StaleDataError(`the row of this ${mapper.name} has another version than the object that is merged`);
  }
  const target = found ?? fresh(mapper);
  merged.set(given, target);
  const embedded = embeddedOf(mapper);
  for (const one of embedded?.all ?? []) {
    if (!Object.hasOwn(given, one.name)) continue;
    putColumns(target, one, (position) => copied(Reflect.get(given, mapper.columns[position]?.key as string)));
  }
  for (const { key } of mapper.columns) {
    if (embedded?.with(key) !== undefined) continue;
    if (Object.hasOwn(given, key) && !(found !== null && keys.includes(key)))
      Reflect.set(target, key, copied(Reflect.get(given, key)));
  }
  if (found === null) place.add(target);
  for (const [key, relationship] of relationshipsOf(mapper)) {
    const value = relations?.[key];
    if (relationship.viewOnly || value === undefined) continue;
    if (relationship.kind !== "many") {
      Reflect.set(target, key, value === null ? null : await mergeInto(place, value as object, merged));
      continue;
    }
    const list = value as readonly object[] & { readonly isLoaded: boolean };
    if (!list.isLoaded) continue;
    const items: object[] = [];
    for (const item of list) items.push(await mergeInto(place, item, merged));
    const own = Reflect.get(target, key) as PromiseLike<unknown> & { set(items: readonly object[]): void };
    if (found !== null) await own;
    own.set(items);
  }
  return target;
}

function fresh(mapper: Mapper): object {
  return new (mapper.entity as unknown as new () => object)();
}

// A document or date that both objects held would change in both.
function copied(value: unknown): unknown {
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}
