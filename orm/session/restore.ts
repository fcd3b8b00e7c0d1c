// Makes objects what they were: after a rollback, memory is as it was when the transaction or savepoint began.
import type { SqlType } from "../../core/index.ts";
import type { Tracked } from "../flush/tracked.ts";
import { RelatedList } from "../instance/collection.ts";
import { isChanged, snapshotAt, unread } from "../instance/snapshot.ts";
import { snapshotOf } from "../instance/snapshot-value.ts";
import { type State, Stateful, stateOf } from "../instance/state.ts";
import { letGo, putColumns } from "../instance/value-object.ts";
import { type Embedded, embeddedOf } from "../mapping/embedded.ts";
import { relationshipsOf } from "../mapping/join-condition.ts";
import type { MappedColumn } from "../mapping/mapper.ts";
import type { Restored } from "./session-transaction.ts";

/** Everything back to what it was: what was written, what was not written yet, what came in since `epoch`. */
export function restore(tracked: Tracked, restored: readonly Restored[], epoch: number): void {
  const known = new Set(restored.map(({ entity }) => entity));
  for (const entity of tracked.touched) revertRelations(stateOf(entity));
  for (const entity of tracked.pending) if (!known.has(entity)) becomeTransient(stateOf(entity));
  for (const { entity, state, filled } of restored) {
    if (state.status === "persistent") resetValues(entity, state);
    else {
      for (const position of filled) Reflect.deleteProperty(entity, state.mapper.columns[position]?.key as string);
      becomeTransient(state);
    }
  }
  for (const [, objects] of tracked.identities.entries()) {
    for (const [identity, entity] of objects) {
      const state = stateOf(entity);
      if (state.born > epoch && !known.has(entity)) {
        objects.delete(identity);
        state.status = "detached";
        state.owner = undefined;
        // A key that was taken away, since what it stood for has none yet, is no change of its own.
      } else if (tracked.touched.has(entity) || isChanged(entity, state)) resetValues(entity, state);
    }
  }
  for (const [, objects] of tracked.identities.entries()) {
    for (const entity of objects.values()) forgetRelations(stateOf(entity), epoch);
  }
  tracked.pending.clear();
  tracked.doomed.clear();
  tracked.touched.clear();
}

/** What was loaded into relationships since is not known any more: it may have been of the transaction's own making. */
function forgetRelations({ relations, owner, mapper }: State, epoch: number): void {
  for (const key in relations) {
    const value = relations[key];
    if (value instanceof RelatedList) {
      if (value.isLoaded && value.epoch > epoch) value.forget();
    } else if (typeof value === "object" && value !== null) {
      const other = Stateful.of(value);
      if (other !== undefined && (other.owner !== owner || other.status !== "persistent")) delete relations[key];
    } else if (value === null && relationshipsOf(mapper).get(key)?.side === "target") delete relations[key];
  }
}

function becomeTransient(state: State): void {
  state.status = "transient";
  state.owner = undefined;
  state.row = undefined;
  state.batch = undefined;
}

/** Takes back what was changed in relationships and not written. A new object keeps what the user set. */
function revertRelations(state: State): void {
  if (state.status !== "persistent" && state.status !== "deleted") return;
  for (const value of Object.values(state.relations ?? {})) if (value instanceof RelatedList) value.revert();
  for (const [key, base] of Object.entries(state.changed ?? {})) {
    if (base === undefined) delete state.relations?.[key];
    else if (state.relations !== undefined) state.relations[key] = base;
  }
  state.changed = undefined;
}

/** Puts the values of its row back into an object. */
function resetValues(entity: object, state: State): void {
  const embedded = embeddedOf(state.mapper);
  for (const one of embedded?.all ?? []) resetValue(entity, state, one);
  state.mapper.columns.forEach((column, i) => {
    if (embedded?.with(column.key) !== undefined) return;
    const was = snapshotAt(state, i);
    if (was === unread) {
      Reflect.deleteProperty(entity, column.key);
      return;
    }
    if (Object.hasOwn(entity, column.key) && isSame(Reflect.get(entity, column.key), was, column)) return;
    const value = valueOfSnapshot(was, column);
    Object.defineProperty(entity, column.key, { value, writable: true, enumerable: true, configurable: true });
  });
}

/** Makes a value object anew of what the row held, unless it is as it was. */
function resetValue(entity: object, state: State, embedded: Embedded): void {
  const { columns } = state.mapper;
  if (embedded.parts.some(({ position }) => snapshotAt(state, position) === unread)) letGo(entity, embedded);
  else putColumns(entity, embedded, (i) => valueOfSnapshot(snapshotAt(state, i), columns[i] as MappedColumn));
}

function isSame(value: unknown, was: unknown, { compare }: MappedColumn): boolean {
  const is = snapshotOf(value, compare);
  if (is instanceof Uint8Array && was instanceof Uint8Array) return Buffer.compare(is, was) === 0;
  return Object.is(is, was);
}

/** The value that a snapshot was taken of. */
function valueOfSnapshot(was: unknown, { compare, type }: MappedColumn): unknown {
  switch (compare) {
    case "value":
      return was;
    case "date":
      return typeof was === "number" ? new Date(was) : was;
    case "bytes":
      return was instanceof Uint8Array ? was.slice() : was;
    case "document":
      return typeof was === "string" && isDocument(was) ? revive(JSON.parse(was), type) : was;
  }
}

// A document that is a text stands in a snapshot as it is, and need not be JSON.
function isDocument(was: string): boolean {
  return was.startsWith("{") || was.startsWith("[");
}

/** What JSON has no word for, in an array of a known type. */
function revive(value: unknown, type: SqlType): unknown {
  if (type.kind !== "array" || !Array.isArray(value)) return value;
  const { of } = type;
  return value.map((part) => {
    if (Array.isArray(part)) return revive(part, of);
    if (of.kind === "bigint" && of.as === "bigint" && typeof part === "string") return BigInt(part.slice(0, -1));
    if ((of.kind === "timestamp" || of.kind === "timestamptz") && of.as === "date" && typeof part === "string")
      return new Date(part);
    return part;
  });
}
