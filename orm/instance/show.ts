// How objects show themselves: in JSON, to people, and as plain data.
import { embeddedOf, type ValueShape } from "../mapping/embedded.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { RelatedList } from "./collection.ts";
import { Stateful, stateOf } from "./state.ts";

/** The available columns and loaded relationships, as JSON has them; an object met again on the way down is left out. */
export function toJSON(entity: object): unknown {
  return shown(entity, new Set(), (value) => value);
}

/** The same, as a fresh copy of plain objects and arrays, dates copied too. */
export function plain<T extends object>(entity: T): Plain<T> {
  return shown(entity, new Set(), (value) => structuredClone(value)) as Plain<T>;
}

/** Columns and loaded relationships of an object, without methods. */
export type Plain<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : T extends object
      ? { [K in keyof T as T[K] extends (...args: never) => unknown ? never : K]: Plain<T[K]> }
      : T;

function shown(entity: object, above: Set<object>, copy: (value: unknown) => unknown): Record<string, unknown> {
  const state = stateOf(entity);
  const result: Record<string, unknown> = {};
  const values = embeddedOf(state.mapper);
  for (const { key } of state.mapper.columns)
    if (Object.hasOwn(entity, key) && values?.with(key) === undefined) result[key] = copy(Reflect.get(entity, key));
  for (const { name, shape } of values?.all ?? [])
    if (Object.hasOwn(entity, name)) result[name] = copyValue(shape, Reflect.get(entity, name), copy);
  above.add(entity);
  for (const [key, value] of Object.entries(state.relations ?? {})) {
    if (Array.isArray(value)) {
      const list = value as object as RelatedList;
      if (list.isLoaded) result[key] = list.filter((item) => !above.has(item)).map((item) => shown(item, above, copy));
    } else if (typeof value === "object" && value !== null && Stateful.of(value) !== undefined) {
      if (!above.has(value) && Reflect.get(entity, key) === value) result[key] = shown(value, above, copy);
    } else if (value === null || !(key in result)) result[key] = value;
  }
  above.delete(entity);
  return result;
}

/** A value object as plain data of its parts, which it may keep elsewhere than in properties of its own. */
function copyValue({ parts }: ValueShape, value: unknown, copy: (value: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    [...parts].map(([name, part]) => {
      const one: unknown = Reflect.get(value, name);
      return [name, part.kind === "value" ? copyValue(part, one, copy) : copy(one)];
    }),
  );
}

/** `User { id: 1, name: "Ann", posts: […] }`. */
export function inspected(
  entity: object,
  options: object,
  inspect: (value: unknown, options: object) => string,
): string {
  const mapper: Mapper = stateOf(entity).mapper;
  return `${mapper.name} ${inspect(
    shown(entity, new Set(), (value) => value),
    options,
  )}`;
}
