// Bulk writes of classes whose rows lie in several tables. One statement writes one table: so the keys of the rows are read first, and each
// table is written by them.
import {
  type AnyTable,
  CompileError,
  deleteFrom,
  type ExprOf,
  factsOf,
  NODE,
  nodeOf,
  ParameterError,
  replaceColumns,
  select,
  update,
} from "../../core/index.ts";
import { State } from "../instance/state.ts";
import { isOneOf } from "../load/related-query.ts";
import { branchClass } from "../mapping/class-of.ts";
import { recipesBelow } from "../mapping/inheritance.ts";
import { type Mapper, type Recipe, tablesOf } from "../mapping/mapper.ts";
import { objectRowsOf } from "../mapping/row-filter.ts";
import { layoutOf } from "../mapping/row-layout.ts";
import { sourceNames } from "../mapping/scope.ts";
import type { ClassTable } from "../mapping/table-part.ts";
import { branchesOf, rowKey } from "../mapping/union-rows.ts";
import { lifted } from "../mapping/without.ts";
import { type QueryParts, sourceOfQuery } from "../query/plan.ts";
import { unset } from "./change.ts";
import { insertRows, keyIn } from "./insert.ts";
import { insertReader } from "./insert-shape.ts";
import { Outbox, type Runner } from "./outbox.ts";
import { checkComplete, newInsert } from "./plan.ts";

const perStatement = 1000;

export type Keys = readonly (readonly unknown[])[];

/** Whether the rows that a query finds can only be told by several tables. */
export function readsSeveral(mapper: Mapper, { conditions }: QueryParts): boolean {
  if (mapper.parts.length > 1) return true;
  if (layoutOf(mapper).joined.length === 0) return false;
  const [, ...others] = sourceNames(objectRowsOf(mapper));
  const names = new Set(others.map(({ key }) => key));
  return conditions.some((condition) => mentions(condition, (key) => names.has(key)));
}

/** Whether the rows of a class have parts that do not go with them by themselves. */
export function deletesSeveral(mapper: Mapper): boolean {
  return mapper.parts.length > 1 || tablesBelow(mapper).some(({ link }) => link?.onDelete !== "cascade");
}

function mentions(expression: ExprOf<any, any>, isMeant: (source: string) => boolean): boolean {
  let found = false;
  replaceColumns(nodeOf(expression), ({ source }) => {
    found ||= isMeant(source.key);
    return undefined;
  });
  return found;
}

/** The keys of the rows that a query finds. */
export function keysFound(runner: Runner, mapper: Mapper, parts: QueryParts): Promise<Keys> {
  return keyRows(runner, objectRowsOf(mapper), rowKey(mapper), parts);
}

/** The same of a class whose rows lie in the whole tables of several classes: by class. */
export async function keysByClass(
  runner: Runner,
  mapper: Mapper,
  parts: QueryParts,
): Promise<ReadonlyMap<Mapper, Keys>> {
  const rows = await keyRows(runner, sourceOfQuery(parts), rowKey(mapper), parts);
  const branches = branchesOf(mapper);
  const byClass = Map.groupBy(rows, (row) => branchClass(mapper, branches[row.at(-1) as number] as Recipe));
  return new Map([...byClass].map(([own, some]) => [own, some.map((row) => row.slice(0, -1))]));
}

async function keyRows(runner: Runner, source: AnyTable, key: readonly unknown[], parts: QueryParts): Promise<Keys> {
  const labelled = Object.fromEntries(key.map((column, i) => [`k${i}`, column]));
  let query = (select(labelled as never) as any).from(source);
  if (parts.conditions.length > 0) query = query.where(...parts.conditions);
  const rows = (await runner.all(lifted(query, parts.lifted) as never)) as Record<string, unknown>[];
  return rows.map((row) => key.map((_, i) => row[`k${i}`]));
}

/** Updates the rows with these keys. @throws {CompileError} if a value is computed from another table than it is written to */
export async function updateByKeys(
  runner: Runner,
  mapper: Mapper,
  keys: Keys,
  set: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sets = mapper.parts.map(() => ({}) as Record<string, unknown>);
  for (const [key, value] of Object.entries(set)) {
    const column = mapper.column(key);
    const source = factsOf(mapper.parts[column.part]?.source as AnyTable).node.source.key;
    if (isExpression(value) && mentions(value, (other) => other !== source && isOwn(mapper, other))) {
      throw new CompileError(
        `${mapper.name}.${key} is set to what another table of ${mapper.name} holds`,
        "One statement writes one table: load the objects and set it there.",
      );
    }
    if (mapper.parts.some((part) => part.key.includes(mapper.columns.indexOf(column)))) {
      throw new ParameterError(
        `update() sets "${key}", the key that holds the tables of ${mapper.name} together`,
        "Set it on the object.",
      );
    }
    (sets[column.part] as Record<string, unknown>)[key] = value;
  }
  for (const [i, part] of mapper.parts.entries()) {
    if (Object.keys(sets[i] as object).length === 0) continue;
    for (const some of inChunks(keys)) {
      await runner.run(
        (update(part.source) as any).set(sets[i]).where(keyIn(mapper, some, part.key, part.source)) as never,
      );
    }
  }
}

function isOwn({ source }: Mapper, key: string): boolean {
  return sourceNames(source).some((name) => name.key === key);
}

function isExpression(value: unknown): value is ExprOf<any, any> {
  return typeof value === "object" && value !== null && NODE in value;
}

/** Deletes the rows with these keys, with their parts in all tables of the hierarchy. */
export async function deleteByKeys(runner: Runner, mapper: Mapper, keys: Keys): Promise<void> {
  const tables = [...tablesOf(mapper.recipe), ...tablesBelow(mapper)];
  for (const { source, key, link } of tables.reverse()) {
    if (link?.onDelete === "cascade") continue;
    for (const some of inChunks(keys)) {
      const values = key.length === 1 ? some.map(([value]) => value) : some;
      await runner.run((deleteFrom(source) as any).where(isOneOf(source, key, values)) as never);
    }
  }
}

function tablesBelow({ recipe }: Mapper): readonly ClassTable[] {
  return recipesBelow(recipe).flatMap((below) =>
    below.own === undefined ? [] : [tablesOf(below).at(-1) as ClassTable],
  );
}

function* inChunks(keys: Keys): Generator<Keys> {
  for (let at = 0; at < keys.length; at += perStatement) yield keys.slice(at, at + perStatement);
}

/** Inserts rows of plain values into all tables of a class. */
export async function insertParts(
  runner: Runner,
  mapper: Mapper,
  rows: readonly Record<string, unknown>[],
): Promise<number> {
  const reader = insertReader(mapper, unset);
  const writes = rows.map((row) => {
    for (const key in row) mapper.column(key);
    const write = newInsert(row, new State(mapper), reader);
    checkComplete(write);
    return write;
  });
  const outbox = new Outbox(runner);
  if (writes.length > 0) await insertRows(outbox, writes);
  await outbox.flush();
  return writes.length;
}
