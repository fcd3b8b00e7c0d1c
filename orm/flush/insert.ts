// Inserts rows, many with one statement, and takes back what the database gave them: keys, defaults, computed columns.
import { type AnyTable, insertInto, integer, type RunResult, row as rowValue, select, sql } from "../../core/index.ts";
import { FlushError } from "../errors.ts";
import { columnAt } from "../mapping/column-at.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import type { TablePart } from "../mapping/table-part.ts";
import { type ParentKey, type RowWrite, unset } from "./change.ts";
import type { InsertShape } from "./insert-shape.ts";
import { canList, listSource, listsOf } from "./lists.ts";
import type { Outbox, Runner } from "./outbox.ts";
import { StatementMemory } from "./statements.ts";
import { writeFacts } from "./write-facts.ts";

const memory = new StatementMemory();

/** Rows that one statement can write: the same columns are given. */
interface Shape {
  readonly mapper: Mapper;
  readonly part: TablePart;
  readonly given: readonly number[];
  /** What the database gives. */
  readonly back: readonly number[];
  readonly rows: RowWrite[];
}

/** Whether `insertRows` may fail with rows already written: it sends several statements, or rows must be found again by their keys. */
export function mayInsertHalf(runner: Runner, writes: readonly RowWrite[]): boolean {
  const { mapper } = writes[0] as RowWrite;
  const { counter } = writeFacts(mapper);
  const [shape, ...others] = mapper.parts.flatMap((part) => shapesOf(writes, part)) as [Shape, ...Shape[]];
  const { rows, back } = shape;
  if (others.length > 0 || rows.length > rowsAtOnce(runner, shape)) return true;
  if (back.length === 0 || (counter !== undefined && back.includes(counter))) return false;
  return rows.length > 1 || !isReturning(runner, shape);
}

/** Inserts rows of one class. What the database gave stands in `values` once the outbox has been emptied. */
export async function insertRows(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  await takeParentKeys(outbox, writes);
  for (const part of (writes[0] as RowWrite).mapper.parts) {
    if (part.link !== undefined) await repeatKeys(outbox, writes, part);
    await insertPart(outbox, writes, part);
  }
}

/** The rows of a subclass's own table have the keys of those they belong to. */
async function repeatKeys(outbox: Outbox, writes: readonly RowWrite[], { key }: TablePart): Promise<void> {
  for (const { mapper, values } of writes) {
    for (let i = 0; i < key.length; i++) {
      const base = mapper.key[i] as number;
      if (values[base] === unset) await outbox.flush();
      values[key[i] as number] = values[base];
    }
  }
}

async function insertPart(outbox: Outbox, writes: readonly RowWrite[], part: TablePart): Promise<void> {
  for (const shape of shapesOf(writes, part)) {
    const size = rowsAtOnce(outbox.runner, shape);
    for (let at = 0; at < shape.rows.length; at += size) {
      await insertSome(outbox, shape, shape.rows.slice(at, at + size));
    }
    const { counter } = writeFacts(shape.mapper);
    const missing = isReturning(outbox.runner, shape) ? [] : shape.back.filter((position) => position !== counter);
    if (missing.length > 0) await readPart(outbox, shape.rows, part, missing);
  }
}

/** Puts the keys of parents into the columns that refer to them, once they have been written. */
export async function takeParentKeys(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  for (const write of writes) {
    const { values, parents } = write;
    for (let i = 0; i < parents.length; i++) {
      const { position, parent, parentPosition } = parents[i] as ParentKey;
      if (isAwaited(parent, parentPosition)) await outbox.flush();
      const key = parent.values[parentPosition];
      values[position] = key === unset ? parent.old[parentPosition] : key;
    }
  }
}

/** Whether a value of a row is known only once the database has given it. */
export function isAwaited({ kind, values }: RowWrite, position: number): boolean {
  return kind === "insert" && values[position] === unset;
}

function shapesOf(writes: readonly RowWrite[], part: TablePart): readonly Shape[] {
  const shapes = new Map<InsertShape, Map<string, Shape>>();
  const found: Shape[] = [];
  let last: Shape | undefined;
  let lastOf: InsertShape | undefined;
  for (const write of writes) {
    const { shape: of, parents } = write as { shape: InsertShape; parents: RowWrite["parents"] };
    if (last !== undefined && of === lastOf && sameParents(last.rows[0] as RowWrite, write)) {
      last.rows.push(write);
      continue;
    }
    let byParents = shapes.get(of);
    if (byParents === undefined) {
      byParents = new Map();
      shapes.set(of, byParents);
    }
    const name = parents.map(({ position }) => position).join();
    let shape = byParents.get(name);
    if (shape === undefined) {
      shape = newShape(write, part);
      byParents.set(name, shape);
      found.push(shape);
    }
    shape.rows.push(write);
    last = shape;
    lastOf = of;
  }
  return found;
}

function sameParents({ parents: a }: RowWrite, { parents: b }: RowWrite): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i]?.position !== b[i]?.position) return false;
  return true;
}

function newShape(write: RowWrite, part: TablePart): Shape {
  const isGiven = (position: number): boolean => write.isWritten(position);
  return {
    mapper: write.mapper,
    part,
    given: part.columns.filter(isGiven),
    back: part.columns.filter((position) => !isGiven(position)),
    rows: [],
  };
}

function rowsAtOnce({ dialect }: Runner, { mapper, given, back }: Shape): number {
  // A row of nothing but defaults goes alone; so does one whose key is made by the database in a way that shows no order.
  if (given.length === 0) return 1;
  const { counter } = writeFacts(mapper);
  if (back.some((position) => mapper.key.includes(position) && position !== counter)) return 1;
  return Math.max(1, Math.min(dialect.bulk.insertRows, Math.floor(dialect.maxParameters / given.length)));
}

/** Whether what the database gives comes back with the insert. */
function isReturning({ dialect }: Runner, { mapper, back }: Shape): boolean {
  const onlyKey = back.length === 1 && back[0] === writeFacts(mapper).counter;
  return back.length > 0 && dialect.features.has("INSERT RETURNING") && !(onlyKey && dialect.bulk.keysFollow);
}

async function insertSome(outbox: Outbox, shape: Shape, rows: readonly RowWrite[]): Promise<void> {
  const { mapper, part, given, back } = shape;
  const { runner, dialect } = outbox;
  const returning = isReturning(runner, shape);
  const gives = returning ? "rows" : undefined;
  const take = (result: unknown): void | Promise<void> => {
    if (returning) return takeBack(mapper, part, back, rows, result as Record<string, unknown>[]);
    const { counter } = writeFacts(mapper);
    if (counter === undefined || !back.includes(counter)) return;
    return takeKeys(runner, mapper, counter, (result as RunResult).insertedKey, rows);
  };
  if (dialect.bulk.insertsFromLists && rows.length > fewRows && canList(runner, mapper, given)) {
    const { statement } = memory.get(part, `lists ${given.join()} ${returning}`, () => {
      const insert = (insertInto(part.source) as any).select(fromLists(mapper, given));
      return returning ? insert.returning(backSelection(mapper, part, back)) : insert;
    });
    const parameters = listsOf(rows, given.length, ({ values }, i) => values[given[i] as number]);
    return outbox.send({ statement, parameters, gives, take });
  }
  const { statement, cells } = memory.get(part, `${rows.length} ${given.join()} ${returning}`, (made) => {
    const table = part.source;
    const keys = given.map((position) => mapper.columns[position] as MappedColumn);
    const values = rows.map(() => Object.fromEntries(keys.map(({ key, type }) => [key, made.cell(table, key, type)])));
    const insert =
      given.length === 0 ? (insertInto(table) as any).defaults() : (insertInto(table) as any).values(values);
    return returning ? insert.returning(backSelection(mapper, part, back)) : insert;
  });
  return outbox.send({ statement, cells, values: cellsOf(given, rows), gives, take });
}

const fewRows = 8;

/** The rows as a query over lists, in the order in which they are to be inserted. */
function fromLists(mapper: Mapper, given: readonly number[]): unknown {
  const source = listSource(mapper, given);
  const selection = Object.fromEntries(
    given.map((position, i) => [mapper.columns[position]?.key as string, columnAt(`c${i}`, source)]),
  );
  return (select(selection as never) as any).from(source).orderBy(columnAt("n", source).asc());
}

/** The values in the order in which the statement asks for them. */
function cellsOf(given: readonly number[], rows: readonly RowWrite[]): readonly unknown[] {
  const cells = new Array<unknown>(rows.length * given.length);
  let at = 0;
  for (const { values } of rows) for (let i = 0; i < given.length; i++) cells[at++] = values[given[i] as number];
  return cells;
}

/** What comes back of each row: what the database gave, and the key to tell rows by. */
function backSelection(mapper: Mapper, part: TablePart, back: readonly number[]): Record<string, unknown> {
  const positions = new Set([...part.key, ...back]);
  return Object.fromEntries([...positions].map((i) => [`c${i}`, columnAt(mapper.columns[i]?.key, part.source)]));
}

// No database promises that RETURNING gives rows in the order they were given in. A counter counts in that order; where the rows
// brought their keys, they are told by them.
function takeBack(
  mapper: Mapper,
  part: TablePart,
  back: readonly number[],
  rows: readonly RowWrite[],
  found: readonly Record<string, unknown>[],
): void {
  if (found.length !== rows.length) {
    throw new FlushError(
      `the database inserted ${found.length} of ${rows.length} rows of ${mapper.name}`,
      "Does a trigger or a rule leave rows out?",
    );
  }
  const { counter } = writeFacts(mapper);
  if (rows.length === 1) takeRow(rows[0] as RowWrite, back, found[0] as Record<string, unknown>);
  else if (counter !== undefined && back.includes(counter)) {
    const falling = Number(mapper.columns[counter]?.facts.identity?.increment ?? 1) < 0;
    const name = `c${counter}`;
    const sorted = found.toSorted((a, b) => compare(a[name], b[name]) * (falling ? -1 : 1));
    rows.forEach((row, i) => {
      takeRow(row, back, sorted[i] as Record<string, unknown>);
    });
  } else {
    const byKey = new Map(found.map((row) => [mapper.identityOfKey(part.key.map((i) => row[`c${i}`])), row]));
    for (const row of rows) {
      const match = byKey.get(mapper.identityOfKey(part.key.map((i) => row.values[i])));
      if (match === undefined) throw keyChanged(mapper);
      takeRow(row, back, match);
    }
  }
}

function compare(a: unknown, b: unknown): number {
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function takeRow({ values }: RowWrite, back: readonly number[], found: Record<string, unknown>): void {
  for (const position of back) values[position] = found[`c${position}`];
}

function keyChanged(mapper: Mapper): FlushError {
  return new FlushError(
    `the database changed the key of an inserted ${mapper.name}`,
    "Give keys in the form in which the database keeps them, or let it generate them.",
  );
}

/** Keys that follow one another, from the first that the driver reported. */
async function takeKeys(
  runner: Runner,
  mapper: Mapper,
  counter: number,
  first: number | bigint | undefined,
  rows: readonly RowWrite[],
): Promise<void> {
  if (first === undefined) {
    throw new FlushError(`the driver did not report the key of an inserted ${mapper.name}`, "Give the object its key.");
  }
  const { keyStep } = runner.dialect.bulk;
  const step =
    rows.length === 1 || keyStep === undefined
      ? 1
      : ((await runner.scalar(select({ step: sql(integer())`${sql.raw(keyStep)}` }) as never)) as number);
  const type = mapper.columns[counter]?.type;
  const isBigint = type?.kind === "bigint" && type.as === "bigint";
  rows.forEach(({ values }, i) => {
    values[counter] = isBigint ? BigInt(first) + BigInt(i) * BigInt(step) : Number(first) + i * step;
  });
}

/** Reads columns that the database has filled in. */
export async function readBack(
  outbox: Outbox,
  writes: readonly RowWrite[],
  positions: readonly number[],
): Promise<void> {
  for (const part of (writes[0] as RowWrite).mapper.parts) {
    const here = positions.filter((position) => part.columns.includes(position));
    if (here.length > 0) await readPart(outbox, writes, part, here);
  }
}

async function readPart(
  outbox: Outbox,
  writes: readonly RowWrite[],
  part: TablePart,
  positions: readonly number[],
): Promise<void> {
  await outbox.flush();
  for (let at = 0; at < writes.length; at += 1000) {
    const rows = writes.slice(at, at + 1000);
    const { mapper } = rows[0] as RowWrite;
    const keys = rows.map((row) => keyAfter(row));
    const query = (select(backSelection(mapper, part, positions) as never) as any)
      .from(part.source)
      .where(keyIn(mapper, keys, part.key, part.source));
    const found = (await outbox.runner.all(query as never)) as Record<string, unknown>[];
    const byKey = new Map(found.map((row) => [mapper.identityOfKey(part.key.map((i) => row[`c${i}`])), row]));
    rows.forEach((row, i) => {
      const match = byKey.get(mapper.identityOfKey(keys[i] as readonly unknown[]));
      if (match === undefined) throw keyChanged(mapper);
      takeRow(row, positions, match);
    });
  }
}

/** The key of a row once it has been written. */
function keyAfter({ mapper, values, old }: RowWrite): readonly unknown[] {
  return mapper.key.map((position) => (values[position] === unset ? old[position] : values[position]));
}

/** `key in (…)`, for keys of any number of columns. */
export function keyIn(
  mapper: Mapper,
  keys: readonly (readonly unknown[])[],
  positions: readonly number[] = mapper.key,
  source: AnyTable = mapper.source,
): any {
  const columns = positions.map((position) => columnAt(mapper.columns[position]?.key, source));
  if (columns.length === 1) return (columns[0] as any).in(keys.map(([key]) => key));
  return (rowValue as any)(...columns).in(keys);
}
