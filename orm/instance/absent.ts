// To-one relationships that were loaded and for whose key no row was found: it is left out by a default filter, or gone. Only as long
// as the key is the same is that known.
import type { Relationship } from "../mapping/join-condition.ts";
import { remember } from "./inverse.ts";

const absent = new WeakMap<object, Map<string, unknown>>();

/** Takes note that a relationship that goes by the object's own key was looked for and not found. */
export function rememberAbsent(entity: object, relationship: Relationship): void {
  const { key } = relationship;
  remember(entity, key, null);
  const identity = referenceOf(entity, relationship);
  if (identity === undefined) return;
  const known = absent.get(entity);
  if (known === undefined) absent.set(entity, new Map([[key, identity]]));
  else known.set(key, identity);
}

/** Whether the row that an object refers to is known not to be there. */
export function isAbsent(entity: object, relationship: Relationship): boolean {
  const identity = absent.get(entity)?.get(relationship.key);
  return identity !== undefined && identity === referenceOf(entity, relationship);
}

function referenceOf(entity: object, { side, owner, ownColumns }: Relationship): unknown {
  if (side !== "owner") return undefined;
  const keys = ownColumns.map((position) => owner.columns[position]?.key as string);
  if (!keys.every((key) => Object.hasOwn(entity, key))) return undefined;
  return owner.identityOfKey(keys.map((key) => Reflect.get(entity, key)));
}
