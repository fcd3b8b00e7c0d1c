// What a flush leaves in memory once everything has been written: keys and defaults on the objects, their rows as they now are, lists
// without what was deleted. Nothing here can fail.
import { RelatedList } from "../instance/collection.ts";
import { remember } from "../instance/inverse.ts";
import { ObjectsByKey } from "../instance/objects-by-key.ts";
import { snapshotAt, unread } from "../instance/snapshot.ts";
import { snapshotOf } from "../instance/snapshot-value.ts";
import { type State, stateOf } from "../instance/state.ts";
import { byClass } from "../mapping/inheritance.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { type RowWrite, unset } from "./change.ts";
import type { InsertShape } from "./insert-shape.ts";
import type { FlushPlan } from "./plan.ts";
import type { FlushPlace, Tracked } from "./tracked.ts";
import { isIn, positionIn, type Reference, writeFacts } from "./write-facts.ts";

/** Who remembers what objects were, for a rollback. */
export interface Journal {
  keep(entity: object, state: State): void;
  /** The same for an object that is new; `filled`: the columns that the flush gives it. */
  keepNew(entity: object, state: State, filled: readonly number[]): void;
  keepRelation(put: () => void): void;
}

/** What of relationships is settled with the rows. */
interface Settling {
  settle(journal: Journal): void;
}

/** Brings objects to what has been written. */
export function settle(
  plan: FlushPlan,
  snapshots: Snapshots,
  taken: Settling,
  place: FlushPlace,
  journal: Journal,
): void {
  const { tracked } = place;
  for (const write of plan.deletes) settleDelete(write.entity, tracked, journal);
  for (const write of plan.updates) settleUpdate(write, snapshots, tracked, journal);
  settleInserts(plan.inserts, snapshots, place, journal);
  for (const entity of plan.dropped) leave(entity, tracked);
  const gone = new Set<object>([...plan.deletes.map((write) => write.entity), ...plan.dropped]);
  if (plan.deletes.length > 0) {
    const rows = plan.deletes.map(({ mapper, old }) => ({ mapper, row: old }));
    for (const entity of followDatabase(rows, tracked, journal)) gone.add(entity);
  }
  taken.settle(journal);
  if (gone.size > 0) dropFromRelations(gone, tracked, journal);
  for (const entity of tracked.touched) if (!isTouched(entity)) tracked.touched.delete(entity);
}

/** What was sent, taken when it was planned: user code may have changed objects in place since. */
export type Snapshots = ReadonlyMap<RowWrite, readonly unknown[]>;

/** Takes down, for columns that can be changed in place, what is going to be sent. */
export function snapshotsOf(writes: readonly RowWrite[]): Snapshots {
  const result = new Map<RowWrite, readonly unknown[]>();
  let mapper: Mapper | undefined;
  let plain = false;
  for (const write of writes) {
    if (write.mapper !== mapper) {
      mapper = write.mapper;
      plain = isPlain(mapper);
    }
    if (plain) continue;
    const { columns } = write.mapper;
    result.set(
      write,
      write.values.map((value, i) => snapshotOf(value, (columns[i] as MappedColumn).compare)),
    );
  }
  return result;
}

/** Whether no value of a class can be changed in place, and all are read with the object: what is sent is then the snapshot. */
function isPlain({ columns, loadedCount }: Mapper): boolean {
  return loadedCount === columns.length && columns.every(({ compare }) => compare === "value");
}

function sent(write: RowWrite, snapshots: Snapshots, position: number): unknown {
  const taken = snapshots.get(write)?.[position];
  if (taken !== undefined && taken !== unset) return taken;
  return snapshotOf(write.values[position], (write.mapper.columns[position] as MappedColumn).compare);
}

function settleInserts(writes: readonly RowWrite[], snapshots: Snapshots, place: FlushPlace, journal: Journal): void {
  const { identities } = place.tracked;
  let mapper: Mapper | undefined;
  let map = new ObjectsByKey();
  let plain = false;
  const batches = new Map<Mapper, object[]>();
  let batch: object[] = [];
  for (const write of writes) {
    const { entity, state, values } = write;
    if (state.mapper !== mapper) {
      mapper = state.mapper;
      map = identities.of(mapper);
      plain = isPlain(mapper);
      batch = batches.get(mapper) ?? [];
      batches.set(mapper, batch);
    }
    const { absent, define: fill } = write.shape as InsertShape;
    journal.keepNew(entity, state, absent);
    fill(entity, values);
    for (const position of write.released) define(entity, (mapper.columns[position] as MappedColumn).key, null);
    if (plain) state.row = values;
    else takeRow(write, snapshots);
    state.at = 0;
    state.status = "persistent";
    state.owner = place;
    state.epoch = place.epoch;
    state.batch = batch;
    batch.push(entity);
    map.set(mapper.identity(state.row as unknown[], 0), entity);
  }
  takeFrom(place.tracked.pending, writes);
}

/** Takes the objects of writes out of a set: all at once where they are all that is in it. */
function takeFrom(set: Set<object>, writes: readonly RowWrite[]): void {
  let i = 0;
  for (const entity of set) if (entity !== writes[i++]?.entity) i = Number.POSITIVE_INFINITY;
  if (i === writes.length) set.clear();
  else for (const { entity } of writes) set.delete(entity);
}

/** The row as it has been sent, deferred columns apart. */
function takeRow(write: RowWrite, snapshots: Snapshots): void {
  const { state, mapper, values } = write;
  const row: unknown[] = new Array(mapper.loadedCount);
  state.deferred = undefined;
  for (let i = 0; i < values.length; i++) {
    if (i < mapper.loadedCount) row[i] = sent(write, snapshots, i);
    else {
      state.deferred ??= new Map();
      state.deferred.set(i, sent(write, snapshots, i));
    }
  }
  state.row = row;
}

function settleUpdate(write: RowWrite, snapshots: Snapshots, tracked: Tracked, journal: Journal): void {
  const { entity, state, mapper, values } = write;
  journal.keep(entity, state);
  const row: unknown[] = [];
  for (let i = 0; i < mapper.loadedCount; i++) row.push(snapshotAt(state, i));
  const identity = mapper.identity(row, 0);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === unset) continue;
    const { key } = mapper.columns[i] as MappedColumn;
    const now = sent(write, snapshots, i);
    // What the flush itself put in shows on the object, unless user code has set something else meanwhile.
    if (!Object.hasOwn(entity, key) || write.released.includes(i) || isAsItWas(entity, write, i))
      define(entity, key, values[i]);
    if (i < mapper.loadedCount) row[i] = now;
    else {
      state.deferred ??= new Map();
      state.deferred.set(i, now);
    }
  }
  state.row = row;
  state.at = 0;
  const next = mapper.identity(row, 0);
  if (next === identity) return;
  const map = tracked.identities.of(mapper);
  if (map.get(identity) === entity) map.delete(identity);
  map.set(next, entity);
  followKey(write, tracked, journal);
}

/** Whether an object still holds what its row held before the flush. */
function isAsItWas(entity: object, { mapper, old }: RowWrite, position: number): boolean {
  const { key, compare } = mapper.columns[position] as MappedColumn;
  return Object.is(snapshotOf(Reflect.get(entity, key), compare), snapshotOf(old[position], compare));
}

function define(entity: object, key: string, value: unknown): void {
  // The column of a value object reads it, and makes a new one when it is set.
  if (Object.getOwnPropertyDescriptor(entity, key)?.get !== undefined) Reflect.set(entity, key, value);
  else Object.defineProperty(entity, key, { value, writable: true, enumerable: true, configurable: true });
}

function settleDelete(entity: object, tracked: Tracked, journal: Journal): void {
  const state = stateOf(entity);
  journal.keep(entity, state);
  const { mapper, row, at } = state;
  if (row !== undefined) {
    const identity = mapper.identity(row, at);
    if (tracked.identities.get(mapper, identity) === entity) tracked.identities.delete(mapper, identity);
  }
  state.status = "deleted";
  tracked.doomed.delete(entity);
  tracked.touched.delete(entity);
}

/** An object that was to be added and is not. */
function leave(entity: object, tracked: Tracked): void {
  const state = stateOf(entity);
  state.status = "transient";
  state.owner = undefined;
  tracked.pending.delete(entity);
  tracked.doomed.delete(entity);
  tracked.touched.delete(entity);
}

/** Rows have been deleted without their objects being asked. */
export function settleGone(entities: readonly object[], tracked: Tracked, journal: Journal): void {
  if (entities.length === 0) return;
  const rows = entities.map((entity) => {
    const state = stateOf(entity);
    return { mapper: state.mapper, row: state.mapper.columns.map((_, i) => snapshotAt(state, i)) };
  });
  for (const entity of entities) settleDelete(entity, tracked, journal);
  const gone = new Set([...entities, ...followDatabase(rows, tracked, journal)]);
  dropFromRelations(gone, tracked, journal);
}

/** The objects by class, where the classes of a hierarchy have different columns. */
function* classesOf({ identities }: Tracked): Generator<readonly [Mapper, Iterable<object>]> {
  for (const [mapper, objects] of identities.entries())
    yield* byClass(mapper, [...objects.values()], (entity) => stateOf(entity).mapper);
}

interface GoneRow {
  readonly mapper: Mapper;
  readonly row: readonly unknown[];
}

/** What ON DELETE has done to rows whose objects are here. Gives those that are gone too. */
function followDatabase(rows: readonly GoneRow[], tracked: Tracked, journal: Journal): readonly object[] {
  const gone: object[] = [];
  let level = rows;
  while (level.length > 0) {
    const next: GoneRow[] = [];
    for (const [mapper, objects] of classesOf(tracked)) {
      for (const reference of writeFacts(mapper).references) {
        if (reference.onDelete === "no action" || reference.onDelete === "restrict") continue;
        const keys = new Set<string>();
        for (const { mapper: target, row } of level) {
          if (!isIn(target, reference.target)) continue;
          const positions = reference.targetColumns.map((name) => positionIn(target, reference.target, name));
          keys.add(positions.map((i) => String(valueOfRow(row[i]))).join("\u0000"));
        }
        if (keys.size === 0) continue;
        for (const entity of [...objects]) {
          const state = stateOf(entity);
          const held = reference.positions.map((i) => String(valueOfRow(snapshotAt(state, i)))).join("\u0000");
          if (!keys.has(held)) continue;
          if (reference.onDelete === "cascade") {
            next.push({ mapper, row: mapper.columns.map((_, i) => snapshotAt(state, i)) });
            settleDelete(entity, tracked, journal);
            gone.push(entity);
          } else setReference(entity, state, reference.positions, leftBy(reference, mapper), journal);
        }
      }
    }
    level = next;
  }
  return gone;
}

/** What ON DELETE leaves in the columns of a reference: null, or the defaults that the database has for them. */
function leftBy({ onDelete, positions }: Reference, mapper: Mapper): readonly unknown[] {
  return positions.map((position) => {
    const { default: given } = (mapper.columns[position] as MappedColumn).facts;
    if (onDelete !== "set default" || given === undefined || !("node" in given)) return null;
    return given.node.kind === "value" ? given.node.value : unread;
  });
}

function valueOfRow(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** The database has written a reference by itself: the object follows, unless it was set to something else. */
function setReference(
  entity: object,
  state: State,
  positions: readonly number[],
  values: readonly unknown[],
  journal: Journal,
): void {
  journal.keep(entity, state);
  const { mapper } = state;
  const row: unknown[] = [];
  for (let i = 0; i < mapper.loadedCount; i++) row.push(snapshotAt(state, i));
  positions.forEach((position, i) => {
    const { key, compare } = mapper.columns[position] as MappedColumn;
    const value = values[i];
    if (
      Object.hasOwn(entity, key) &&
      Object.is(snapshotOf(Reflect.get(entity, key), compare), snapshotAt(state, position))
    ) {
      // What the database has computed is not known here: it has to be read.
      if (value === unread) Reflect.deleteProperty(entity, key);
      else define(entity, key, value);
    }
    if (position < mapper.loadedCount) row[position] = snapshotOf(value, compare);
    else state.deferred?.set(position, snapshotOf(value, compare));
  });
  state.row = row;
  state.at = 0;
}

/** ON UPDATE CASCADE has given rows that refer to a changed key the new one. */
function followKey(write: RowWrite, tracked: Tracked, journal: Journal): void {
  const { mapper: target, old, values } = write;
  for (const [mapper, objects] of classesOf(tracked)) {
    for (const reference of writeFacts(mapper).references) {
      if (reference.onUpdate !== "cascade" || !isIn(target, reference.target)) continue;
      const columns = reference.targetColumns.map((name) => positionIn(target, reference.target, name));
      if (columns.every((position) => values[position] === unset)) continue;
      const was = columns.map((position) => String(valueOfRow(old[position]))).join("\u0000");
      const is = columns.map((position) => (values[position] === unset ? old[position] : values[position]));
      for (const entity of objects) {
        const state = stateOf(entity);
        const held = reference.positions
          .map((position) => String(valueOfRow(snapshotAt(state, position))))
          .join("\u0000");
        if (held === was) setReference(entity, state, reference.positions, is, journal);
      }
    }
  }
}

/** Whether something was changed in relationships that is not written. */
function isTouched(entity: object): boolean {
  const { changed, relations } = stateOf(entity);
  if (changed !== undefined) return true;
  for (const value of Object.values(relations ?? {})) {
    if (value instanceof RelatedList && value.added.size + value.removed.size > 0) return true;
  }
  return false;
}

/** Deleted objects are in no relationship any more. */
function dropFromRelations(gone: ReadonlySet<object>, tracked: Tracked, journal: Journal): void {
  for (const [, objects] of tracked.identities.entries()) {
    for (const entity of objects.values()) {
      const { relations } = stateOf(entity);
      if (relations === undefined) continue;
      for (const [key, value] of Object.entries(relations)) {
        if (value instanceof RelatedList) {
          const put = value.drop(gone);
          if (put !== undefined) journal.keepRelation(put);
        } else if (typeof value === "object" && value !== null && gone.has(value)) {
          journal.keepRelation(() => remember(entity, key, value));
          remember(entity, key, null);
        }
      }
    }
  }
}
