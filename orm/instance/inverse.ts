// Keeps both sides of a relationship in step, as far as they are loaded, and the key columns with the objects they stand for.
import type { Relationship } from "../mapping/join-condition.ts";
import { type State, stateOf } from "./state.ts";

/** A collection, as far as the other side of a relationship changes it. */
export interface List {
  readonly isLoaded: boolean;
  /** Whether it knows of an object: it is loaded, or the object was put in or taken out. */
  knows(item: object): boolean;
  put(item: object): void;
  take(item: object): void;
}

/** An object was put into the owner's relationship: the object's own side follows. */
export function linkInverse(owner: object, relationship: Relationship, item: object): void {
  const { inverse } = relationship;
  if (relationship.side === "target") {
    if (inverse !== undefined) Reflect.set(item, inverse.key, owner);
    else copyKey(relationship, owner, item);
    return;
  }
  if (relationship.side === "link" && inverse !== undefined) (Reflect.get(item, inverse.key) as List).put(owner);
}

/** An object was taken out of the owner's relationship. */
export function unlinkInverse(owner: object, relationship: Relationship, item: object): void {
  const { inverse } = relationship;
  if (relationship.side === "target") {
    if (inverse !== undefined) {
      if (peek(item, inverse) === owner || keysAgree(relationship, owner, item)) Reflect.set(item, inverse.key, null);
    } else if (keysAgree(relationship, owner, item)) {
      for (const position of relationship.targetColumns)
        setColumn(item, relationship.target.columns[position]?.key as string, null);
    }
    return;
  }
  // Both sides keep the change, loaded or not: only so does what is done on one take back what was done on the other.
  if (relationship.side === "link" && inverse !== undefined) (Reflect.get(item, inverse.key) as List).take(owner);
}

/** The owner's to-one relationship was changed: the collections of the old and the new target follow, as far as loaded. */
export function moveBetween(relationship: Relationship, owner: object, before: unknown, after: unknown): void {
  const { inverse } = relationship;
  if (inverse === undefined || before === after) return;
  if (inverse.kind === "many") {
    if (isObject(before)) listKnowing(before, inverse, owner)?.take(owner);
    if (isObject(after)) listOf(after, inverse, owner)?.put(owner);
    return;
  }
  if (isObject(before) && peek(before, inverse) === owner) change(before, inverse.key, null);
  if (isObject(after)) change(after, inverse.key, owner);
}

/** Copies the key of the object that is referred to into the object that refers. */
export function copyKey(relationship: Relationship, referred: object, referring: object): void {
  const [from, to] =
    relationship.side === "owner"
      ? [relationship.targetColumns, relationship.ownColumns]
      : [relationship.ownColumns, relationship.targetColumns];
  const fromMapper = relationship.side === "owner" ? relationship.target : relationship.owner;
  const toMapper = relationship.side === "owner" ? relationship.owner : relationship.target;
  for (let i = 0; i < from.length; i++) {
    const source = fromMapper.columns[from[i] as number]?.key as string;
    const target = toMapper.columns[to[i] as number]?.key as string;
    if (Object.hasOwn(referred, source)) setColumn(referring, target, Reflect.get(referred, source));
    // The object has no key yet: neither has the column that refers to it, until both are written.
    else if (Object.hasOwn(referring, target)) Reflect.deleteProperty(referring, target);
  }
}

/** Whether the columns that refer hold the key of the object. */
export function keysAgree(relationship: Relationship, owner: object, target: object): boolean {
  const { ownColumns, targetColumns } = relationship;
  for (let i = 0; i < ownColumns.length; i++) {
    const own = relationship.owner.columns[ownColumns[i] as number]?.key as string;
    const other = relationship.target.columns[targetColumns[i] as number]?.key as string;
    if (!Object.hasOwn(owner, own) || !Object.hasOwn(target, other)) return false;
    if (!sameKey(Reflect.get(owner, own), Reflect.get(target, other))) return false;
  }
  return true;
}

export function sameKey(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return false;
}

/** Sets a column that may stand behind the prototype's accessor. */
function setColumn(entity: object, key: string, value: unknown): void {
  Reflect.set(entity, key, value);
}

/** What is known of a relationship without loading it. */
export function peek(entity: object, relationship: Relationship): unknown {
  return stateOf(entity).relations?.[relationship.key];
}

/** Puts down what a relationship holds. */
export function remember(entity: object, key: string, value: unknown): void {
  const state: State = stateOf(entity);
  state.relations ??= {};
  state.relations[key] = value;
}

/** Puts down what a relationship was assigned, and what it held before. */
export function change(entity: object, key: string, value: unknown): void {
  const state: State = stateOf(entity);
  state.changed ??= {};
  if (!Object.hasOwn(state.changed, key)) state.changed[key] = state.relations?.[key];
  remember(entity, key, value);
  state.owner?.touch(entity);
}

/** The collection of an object, if it can tell whether another is in it. */
function listKnowing(entity: object, relationship: Relationship, item: object): List | undefined {
  const list = peek(entity, relationship) as List | undefined;
  return list?.knows(item) ? list : undefined;
}

/** The same; always of a new object, which has nothing else in it, and where the list gives the item its position. */
function listOf(entity: object, relationship: Relationship, item: object): List | undefined {
  if (stateOf(entity).row === undefined || relationship.options.position !== undefined)
    return Reflect.get(entity, relationship.key) as List;
  return listKnowing(entity, relationship, item);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
