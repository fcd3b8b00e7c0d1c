// What stands on the prototype of a mapped class: for each column an accessor that says why there is no value, as long as there
// is none; for each relationship the one that gives it.
import { MappingError, NotLoadedError } from "../errors.ts";
import { type Relationship, relationshipsOf } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { isAbsent } from "./absent.ts";
import { RelatedList } from "./collection.ts";
import { change, copyKey, keysAgree, moveBetween, peek, remember } from "./inverse.ts";
import { pendingObject } from "./pending.ts";
import { stateOf } from "./state.ts";

/** Defines the accessors of columns. A value, once there, is a property of the object itself. */
export function defineColumns(prototype: object, keys: readonly string[]): void {
  for (const key of keys) {
    Object.defineProperty(prototype, key, {
      get(this: object): never {
        throw missingValue(this, key);
      },
      set(this: object, value: unknown) {
        Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
}

/** Defines the accessors of relationships and computed properties. */
export function defineRelations(prototype: object, keys: readonly string[]): void {
  for (const key of keys) {
    Object.defineProperty(prototype, key, {
      get(this: object) {
        return readRelation(this, key);
      },
      set(this: object, value: unknown) {
        assign(this, key, value);
      },
      configurable: true,
    });
  }
}

/** Why an object has no value there. */
export function missingValue(entity: object, key: string): NotLoadedError {
  const { mapper, row } = stateOf(entity);
  if (row === undefined) {
    return new NotLoadedError(
      `${mapper.name}.${key} has no value yet`,
      "The database gives it one: await session.flush(), or set it yourself.",
    );
  }
  return new NotLoadedError(
    `${mapper.name}.${key} is deferred and was not loaded`,
    `Load it: await session.load(object, "${key}"), or query(…).undefer("${key}").`,
  );
}

function readRelation(entity: object, key: string): unknown {
  const state = stateOf(entity);
  const relationship = relationshipsOf(state.mapper).get(key);
  if (relationship === undefined) return readComputed(entity, key);
  const known = state.relations?.[key];
  if (relationship.kind === "many") {
    if (known !== undefined) return known;
    const list = RelatedList.make(entity, relationship);
    // A new object has no rows that could refer to it.
    if (state.row === undefined) list.hold([]);
    remember(entity, key, list);
    return list;
  }
  if (relationship.side !== "owner")
    return known !== undefined ? known : state.row === undefined ? null : pendingObject(entity, relationship);
  return readReference(entity, relationship);
}

function readReference(entity: object, relationship: Relationship): unknown {
  const found = referred(entity, relationship);
  return found === undefined ? pendingObject(entity, relationship) : found;
}

/** What a to-one relationship holds by the object's own key columns, which have the last word; undefined if that is not loaded. */
export function referred(entity: object, relationship: Relationship): object | null | undefined {
  const state = stateOf(entity);
  const known = state.relations?.[relationship.key] as object | null | undefined;
  if (lacksKey(entity, relationship)) return known ?? (state.row === undefined ? null : undefined);
  const keys = relationship.ownColumns.map((position) => state.mapper.columns[position]?.key as string);
  const values = keys.map((key) => Reflect.get(entity, key) as unknown);
  if (values.some((value) => value === null)) return null;
  if (known !== undefined && known !== null && keysAgree(relationship, entity, known)) return known;
  if (known === null && isAbsent(entity, relationship)) return null;
  if (!byKey(relationship)) return undefined;
  const { target } = relationship;
  const found = state.owner?.find(target, target.identityOfKey(inKeyOrder(relationship, values)));
  if (found !== undefined) remember(entity, relationship.key, found);
  return found;
}

/** Whether a column that refers has no value: what it stands for has no key yet, or nothing was assigned. */
function lacksKey(entity: object, { owner, ownColumns }: Relationship): boolean {
  for (let i = 0; i < ownColumns.length; i++)
    if (!Object.hasOwn(entity, owner.columns[ownColumns[i] as number]?.key as string)) return true;
  return false;
}

/** Puts down what the object refers to: without its session it would not be found any more. */
export function keepReferences(entity: object): void {
  for (const relationship of relationshipsOf(stateOf(entity).mapper).values())
    if (relationship.side === "owner") referred(entity, relationship);
}

/** Whether a relationship goes by the target's primary key, so that the identity map can answer. */
export function byKey(relationship: Relationship): boolean {
  const { target, targetColumns } = relationship;
  return target.key.length === targetColumns.length && target.key.every((position) => targetColumns.includes(position));
}

/** Values of the owner's columns in the order of the target's primary key. */
function inKeyOrder(relationship: Relationship, values: readonly unknown[]): readonly unknown[] {
  return relationship.target.key.map((position) => values[relationship.targetColumns.indexOf(position)]);
}

function readComputed(entity: object, key: string): unknown {
  const { relations, mapper } = stateOf(entity);
  if (relations !== undefined && key in relations) return relations[key];
  throw new NotLoadedError(
    `${mapper.name}.${key} is computed by the database and was not loaded`,
    `Load it: await session.load(object, "${key}").`,
  );
}

function assign(entity: object, key: string, value: unknown): void {
  const state = stateOf(entity);
  const relationship = relationshipsOf(state.mapper).get(key);
  if (relationship === undefined)
    throw new MappingError(`${state.mapper.name}.${key} is computed by the database`, "It cannot be set.");
  if (relationship.viewOnly)
    throw new MappingError(`${state.mapper.name}.${key} is read-only`, "Change the objects it is read from.");
  if (relationship.kind === "many") {
    (readRelation(entity, key) as RelatedList).set(value as Iterable<object>);
    return;
  }
  const before = heldBefore(entity, relationship);
  if (value === undefined)
    throw new MappingError(`${state.mapper.name}.${key} is set to undefined`, "Use null for none.");
  if (value !== null && !isOfTarget(value as object, relationship.target)) {
    throw new MappingError(
      `${state.mapper.name}.${key} takes a ${relationship.target.name}`,
      "Set the column of its key to refer to a row by its key.",
    );
  }
  if (relationship.side === "owner") {
    change(entity, key, value);
    if (value === null) {
      for (const position of relationship.ownColumns)
        Reflect.set(entity, state.mapper.columns[position]?.key as string, null);
    } else copyKey(relationship, value as object, entity);
  } else {
    // One-to-one, with the key on the other side.
    change(entity, key, value);
    if (typeof before === "object" && before !== null && before !== value) clearKey(relationship, before);
    if (value !== null) {
      copyKey(relationship, entity, value as object);
      if (relationship.inverse) change(value as object, relationship.inverse.key, entity);
    }
    return;
  }
  moveBetween(relationship, entity, before, value);
}

function isOfTarget(value: object, target: Mapper): boolean {
  const { mapper } = stateOf(value);
  return target.parent === undefined ? mapper.table === target.table : value instanceof target.entity;
}

/** What a to-one relationship holds before it is assigned, as far as the session knows. */
function heldBefore(entity: object, relationship: Relationship): unknown {
  const known = peek(entity, relationship);
  return relationship.side === "owner" && known === undefined ? referred(entity, relationship) : known;
}

function clearKey(relationship: Relationship, target: object): void {
  for (const position of relationship.targetColumns) {
    Reflect.set(target, relationship.target.columns[position]?.key as string, null);
  }
  if (relationship.inverse) change(target, relationship.inverse.key, null);
}
