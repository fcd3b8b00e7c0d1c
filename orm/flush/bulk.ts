// Writes many rows without their objects: updates and deletes by a query, inserts and upserts of plain values. Objects of the session
// whose rows they touch are read again, or leave it, before the call returns.
import {
  type AnyTable,
  CompileError,
  column,
  deleteFrom,
  excluded,
  insertInto,
  ParameterError,
  select,
  update,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { stateOf } from "../instance/state.ts";
import { letGo, partOf } from "../instance/value-object.ts";
import { overwrite } from "../load/hydrate.ts";
import { isAbstract } from "../mapping/abstract-table.ts";
import { columnAt } from "../mapping/column-at.ts";
import { entitiesOf, entitySelection } from "../mapping/computed-fields.ts";
import { embeddedOf } from "../mapping/embedded.ts";
import { byClass, isUniform } from "../mapping/inheritance.ts";
import { inOwnColumns, type MappedColumn, type Mapper } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import { rowsOf } from "../mapping/row-filter.ts";
import { isOwnRow, isUnion } from "../mapping/union-rows.ts";
import { lifted } from "../mapping/without.ts";
import type { QueryParts } from "../query/plan.ts";
import {
  deleteByKeys,
  deletesSeveral,
  insertParts,
  type Keys,
  keysByClass,
  keysFound,
  readsSeveral,
  updateByKeys,
} from "./bulk-tables.ts";
import { keyIn } from "./insert.ts";
import type { Runner } from "./outbox.ts";
import { type Journal, settleGone } from "./settle.ts";
import type { FlushPlace } from "./tracked.ts";

const perStatement = 1000;

/** `update … where`. Gives how many rows there were. */
export async function updateBy(
  place: FlushPlace,
  runner: Runner,
  journal: Journal,
  parts: QueryParts,
  set: Record<string, unknown>,
): Promise<number> {
  const mapper = mapperOf(parts.entity);
  checkUnlimited(parts, "update");
  checkClassKept(mapper, set);
  const values = columnValues(mapper, set);
  if (isUnion(mapper)) {
    return eachClass(place, runner, parts, async (own, keys, known) => {
      const ownValues = Object.entries(values).map(([key, value]) => [key, inOwnColumns(own.recipe, value)]);
      await updateByKeys(runner, own, keys, withVersion(own, Object.fromEntries(ownValues)));
      await readAgain(place, runner, journal, own, known, false);
    });
  }
  const touched = await knownAmong(place, runner, mapper, parts);
  let affected: number;
  if (readsSeveral(mapper, parts)) {
    const keys = await keysFound(runner, mapper, parts);
    await updateByKeys(runner, mapper, keys, withVersion(mapper, values));
    affected = keys.length;
  } else {
    const statement = (update(rowsOf(mapper)) as any).set(withVersion(mapper, values));
    affected = (await runner.run(lifted(conditional(statement, parts), parts.lifted) as never)).affected;
  }
  if (touched.length > 0) await readAgain(place, runner, journal, mapper, touched, changesKey(mapper, set));
  return affected;
}

/** `delete … where`. Gives how many rows there were. */
export async function deleteBy(
  place: FlushPlace,
  runner: Runner,
  journal: Journal,
  parts: QueryParts,
): Promise<number> {
  const mapper = mapperOf(parts.entity);
  checkUnlimited(parts, "delete");
  if (isUnion(mapper)) {
    return eachClass(place, runner, parts, async (own, keys, known) => {
      await deleteByKeys(runner, own, keys);
      settleGone(known, place.tracked, journal);
    });
  }
  const gone = await knownAmong(place, runner, mapper, parts);
  let affected: number;
  if (readsSeveral(mapper, parts) || deletesSeveral(mapper)) {
    const keys = await keysFound(runner, mapper, parts);
    await deleteByKeys(runner, mapper, keys);
    affected = keys.length;
  } else {
    const statement = conditional(deleteFrom(rowsOf(mapper)), parts);
    affected = (await runner.run(lifted(statement, parts.lifted) as never)).affected;
  }
  settleGone(gone, place.tracked, journal);
  return affected;
}

/** Writes the rows that a query finds class by class, where each has a whole table. Gives how many rows there were. */
async function eachClass(
  place: FlushPlace,
  runner: Runner,
  parts: QueryParts,
  write: (own: Mapper, keys: Keys, known: readonly object[]) => Promise<void>,
): Promise<number> {
  let affected = 0;
  for (const [own, keys] of await keysByClass(runner, mapperOf(parts.entity), parts)) {
    const objects = place.tracked.identities.of(own);
    const known = keys.flatMap((key) => objects.get(own.identityOfKey(key)) ?? []);
    await write(own, keys, known);
    affected += keys.length;
  }
  return affected;
}

function checkUnlimited({ orderBy, limit, offset }: QueryParts, verb: string): void {
  if (orderBy.length > 0 || limit !== undefined || offset !== undefined) {
    throw new CompileError(
      `${verb}() of a query that is ordered or limited`,
      "Say in where() which rows are meant; databases differ in what else they allow.",
    );
  }
}

function checkClassKept({ name, options: { identity } }: Mapper, set: Record<string, unknown>): void {
  if (identity === undefined || !Object.hasOwn(set, identity.column)) return;
  throw new ParameterError(
    `update() sets "${identity.column}", which says of which class a ${name} is`,
    "Objects stay of their class: delete the rows, and insert others; or write the table itself, with update() of Core.",
  );
}

function conditional(statement: any, { conditions }: QueryParts): unknown {
  return conditions.length > 0 ? statement.where(...conditions) : statement.everyRow();
}

/** What a bulk update sets, with value objects taken apart. */
function columnValues(mapper: Mapper, set: Record<string, unknown>): Record<string, unknown> {
  const embedded = embeddedOf(mapper);
  if (embedded === undefined) return set;
  return Object.fromEntries(
    Object.entries(set).flatMap(([key, value]) => {
      const parts = embedded.named(key)?.parts;
      return parts === undefined ? [[key, value]] : parts.map((part) => [part.column.key, partOf(value, part)]);
    }),
  );
}

/** A version is raised by whoever writes, so that objects elsewhere find out. */
function withVersion(mapper: Mapper, set: Record<string, unknown>): Record<string, unknown> {
  const { version } = mapper;
  if (version === undefined || version.key in set) return set;
  return {
    ...set,
    [version.key]: columnAt(version.key, mapper.source).add(
      version.type.kind === "bigint" && version.type.as === "bigint" ? 1n : (1 as never),
    ),
  };
}

function changesKey(mapper: Mapper, set: Record<string, unknown>): boolean {
  return mapper.key.some((position) => (mapper.columns[position] as MappedColumn).key in set);
}

/** The objects of the session whose rows a query finds. */
async function knownAmong(
  place: FlushPlace,
  runner: Runner,
  mapper: Mapper,
  parts: QueryParts,
): Promise<readonly object[]> {
  const known = place.tracked.identities.of(mapper);
  if (known.size === 0) return [];
  const found: object[] = [];
  for (const key of await keysFound(runner, mapper, parts)) {
    const entity = known.get(mapper.identityOfKey(key));
    if (entity !== undefined) found.push(entity);
  }
  return found;
}

/** Reads the rows of objects again; those whose rows cannot be told any more leave the session. */
async function readAgain(
  place: FlushPlace,
  runner: Runner,
  journal: Journal,
  mapper: Mapper,
  entities: readonly object[],
  keysChanged: boolean,
): Promise<void> {
  for (const entity of entities) journal.keep(entity, stateOf(entity));
  if (keysChanged) {
    for (const entity of entities) evict(place, entity);
    return;
  }
  for (const [own, objects] of byClass(mapper, entities, (entity) => stateOf(entity).mapper))
    await readObjectsAgain(place, runner, own, [...objects]);
}

async function readObjectsAgain(
  place: FlushPlace,
  runner: Runner,
  mapper: Mapper,
  entities: readonly object[],
): Promise<void> {
  const columns = mapper.columns.slice(0, mapper.loadedCount);
  const selection = Object.fromEntries(columns.map(({ key }, i) => [`c${i}`, columnAt(key, mapper.source)]));
  for (let at = 0; at < entities.length; at += perStatement) {
    const some = entities.slice(at, at + perStatement);
    const keys = some.map((entity) => mapper.key.map((i) => Reflect.get(entity, mapper.columns[i]?.key as string)));
    const query = (select(selection as never) as any).from(mapper.source).where(keyIn(mapper, keys));
    const rows = (await runner.all(query as never)) as Record<string, unknown>[];
    const byKey = new Map(rows.map((row) => [mapper.identityOfKey(mapper.key.map((i) => row[`c${i}`])), row]));
    some.forEach((entity, i) => {
      const row = byKey.get(mapper.identityOfKey(keys[i] as readonly unknown[]));
      if (row === undefined) {
        evict(place, entity);
        return;
      }
      const state = stateOf(entity);
      overwrite(
        entity,
        state,
        columns.map((_, position) => row[`c${position}`]),
        0,
      );
      state.epoch = place.epoch;
      state.deferred = undefined;
      for (const { key } of mapper.columns.slice(mapper.loadedCount)) forgetColumn(mapper, entity, key);
    });
  }
}

function forgetColumn(mapper: Mapper, entity: object, key: string): void {
  const value = embeddedOf(mapper)?.with(key);
  if (value === undefined) Reflect.deleteProperty(entity, key);
  else letGo(entity, value);
}

function evict(place: FlushPlace, entity: object): void {
  const state = stateOf(entity);
  if (state.row !== undefined)
    place.tracked.identities.delete(state.mapper, state.mapper.identity(state.row, state.at));
  state.status = "detached";
  state.owner = undefined;
}

/** Inserts rows of plain values, without objects. Gives how many. */
export async function insertMany(
  runner: Runner,
  entity: unknown,
  rows: readonly Record<string, unknown>[],
): Promise<number> {
  const mapper = mapperOf(entity);
  checkHasTable(mapper, "insertMany");
  const own = rows.map((row) => ofClass(mapper, row));
  if (mapper.parts.length > 1) return insertParts(runner, mapper, own);
  let count = 0;
  for (const group of byColumns(mapper, own)) {
    const size = rowsAtOnce(runner, group[0] as object);
    for (let at = 0; at < group.length; at += size) {
      const { affected } = await runner.run(
        (insertInto(mapper.source) as any).values(group.slice(at, at + size)) as never,
      );
      count += affected;
    }
  }
  return count;
}

function checkHasTable({ name, recipe }: Mapper, method: string): void {
  if (!isAbstract(recipe.table)) return;
  throw new MappingError(`${method}() of ${name}, which has no table`, "Name one of the classes that inherit from it.");
}

/** What an upsert goes by. */
export interface UpsertParts {
  readonly entity: unknown;
  readonly rows: readonly Record<string, unknown>[];
  /** The columns that no two rows share. */
  readonly by: readonly string[];
  /** The columns that are written where there is such a row; those given, unless said. */
  readonly set: readonly string[] | undefined;
}

/** Inserts rows, or updates those that are there. */
export async function upsertRows(runner: Runner, { entity, rows, by, set }: UpsertParts): Promise<void> {
  const mapper = mapperOf(entity);
  checkHasTable(mapper, "upsert");
  if (mapper.parts.length > 1) {
    throw new ParameterError(
      `upsert() of ${mapper.name}, whose rows lie in several tables`,
      "One statement writes one table: look the objects up, change those that are there and add the others.",
    );
  }
  for (const row of rows) {
    for (const key of by) {
      if (row[key] === undefined || row[key] === null)
        throw new ParameterError(`a row of the upsert of ${mapper.name} has no ${key}, which rows are told by`);
    }
  }
  const own = rows.map((row) => ofClass(mapper, row));
  for (const group of byColumns(mapper, own)) {
    const size = rowsAtOnce(runner, group[0] as object);
    for (let at = 0; at < group.length; at += size) {
      await runner.run(upsertStatement(mapper, group.slice(at, at + size), by, set) as never);
    }
  }
}

function upsertStatement(
  mapper: Mapper,
  rows: readonly Record<string, unknown>[],
  by: readonly string[],
  set: readonly string[] | undefined,
): unknown {
  const source = mapper.source as AnyTable;
  const at = (key: string): any => column(source as never, key as never);
  const written = (set ?? Object.keys(rows[0] as object)).filter(
    (key) => !by.includes(key) && key !== mapper.version?.key,
  );
  const changes: Record<string, unknown> = Object.fromEntries(written.map((key) => [key, excluded(at(key))]));
  const step = (insertInto(source) as any).values(rows).onConflict(...by.map(at));
  if (written.length === 0) return step.doNothing();
  return step.doUpdate(withVersion(mapper, changes));
}

/** The objects for rows that were upserted, in the order of the rows. */
export async function readUpserted(place: FlushPlace, { entity: of, rows, by }: UpsertParts): Promise<object[]> {
  const mapper = mapperOf(of);
  const positions = by.map((key) => mapper.columns.indexOf(mapper.column(key)));
  const found = new Map<unknown, object>();
  for (let at = 0; at < rows.length; at += perStatement) {
    const keys = rows.slice(at, at + perStatement).map((row) => by.map((key) => row[key]));
    const query = (select(entitySelection(mapper) as never) as any)
      .from(mapper.entity)
      .where(keyIn(mapper, keys, positions), ...(isUnion(mapper) ? [isOwnRow(mapper)] : []));
    for (const entity of entitiesOf(mapper, await place.rows(query)))
      found.set(mapper.identityOfKey(by.map((key) => Reflect.get(entity, key))), entity);
  }
  return rows.map((row) => found.get(mapper.identityOfKey(by.map((key) => row[key]))) as object);
}

/** A row with the discriminator of its class. Where classes have columns of their own, it cannot be of another one. */
function ofClass(mapper: Mapper, row: Record<string, unknown>): Record<string, unknown> {
  const { identity } = mapper.options;
  if (identity?.value === undefined) return row;
  const { column, value } = identity;
  if (!Object.hasOwn(row, column)) return { ...row, [column]: value };
  if (row[column] === value || isUniform(mapper)) return row;
  throw new ParameterError(
    `a row of ${mapper.name} has another ${column} than ${JSON.stringify(value)}`,
    "Insert the rows of each class by the class itself.",
  );
}

/** Rows that give the same columns. New versions start at 1. */
function byColumns(mapper: Mapper, rows: readonly Record<string, unknown>[]): Iterable<Record<string, unknown>[]> {
  const groups = new Map<string, Record<string, unknown>[]>();
  const { version } = mapper;
  const first =
    version === undefined
      ? {}
      : { [version.key]: version.type.kind === "bigint" && version.type.as === "bigint" ? 1n : 1 };
  for (const row of rows) {
    const whole = { ...first, ...row };
    const name = JSON.stringify(Object.keys(whole).sort());
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [whole]);
    else group.push(whole);
  }
  return groups.values();
}

function rowsAtOnce({ dialect }: Runner, row: object): number {
  const columns = Math.max(1, Object.keys(row).length);
  return Math.max(1, Math.min(dialect.bulk.insertRows, Math.floor(dialect.maxParameters / (columns + 5))));
}
