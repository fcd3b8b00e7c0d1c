// Updates rows: only the columns that changed, many rows with one statement where the database is elsewhere, and every row checked to
// have been there.
import { type AnyTable, expression, param, update, values as valuesSource } from "../../core/index.ts";
import { StaleDataError } from "../errors.ts";
import { columnAt } from "../mapping/conditions.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { type RowWrite, unset } from "./change.ts";
import { type Runner, readBack, takeParentKeys } from "./insert.ts";
import { writeFacts } from "./write-facts.ts";

/** A change of one row, as a statement writes it. */
interface RowUpdate {
  readonly mapper: Mapper;
  readonly positions: readonly number[];
  readonly values: readonly unknown[];
  /** What the row is found by: the columns, and what they hold. */
  readonly by: readonly number[];
  readonly found: readonly unknown[];
}

const perStatement = 1000;

/** How many statements `updateRows` would send, at least. */
export function countUpdates(runner: Runner, writes: readonly RowWrite[]): number {
  if (runner.dialect.bulk.updatesOneByOne) return writes.length;
  return groupsOf(writes.map(changeOf)).reduce((sum, group) => sum + Math.ceil(group.length / perStatement), 0);
}

/** Updates rows of one class. @throws {StaleDataError} if one is not there any more, or has another version */
export async function updateRows(runner: Runner, writes: readonly RowWrite[]): Promise<void> {
  for (const write of writes) takeParentKeys(write);
  await send(runner, writes.map(changeOf));
  const { mapper } = writes[0] as RowWrite;
  const { computed, serverUpdates } = writeFacts(mapper);
  const back = [...new Set([...computed, ...serverUpdates])];
  if (back.length > 0) await readBack(runner, writes, back);
}

/** Sets columns to null ahead of all other writes, so that a circle is broken. */
export async function releaseRows(
  runner: Runner,
  releases: readonly { write: RowWrite; positions: readonly number[] }[],
): Promise<void> {
  await send(
    runner,
    releases.map(({ write, positions }) => ({
      mapper: write.mapper,
      positions,
      values: positions.map(() => null),
      by: write.mapper.key,
      found: write.mapper.key.map((position) => write.old[position]),
    })),
  );
}

/** Writes the keys that had to wait until both rows were there. */
export async function updateLater(runner: Runner, writes: readonly RowWrite[]): Promise<void> {
  await send(
    runner,
    writes.map(({ mapper, later, values, old }) => ({
      mapper,
      positions: later.map(({ position }) => position),
      values: later.map(({ parent, parentPosition }) => parent.values[parentPosition]),
      by: mapper.key,
      found: mapper.key.map((position) => (values[position] === unset ? old[position] : values[position])),
    })),
  );
  for (const { later, values } of writes) {
    for (const { position, parent, parentPosition } of later) values[position] = parent.values[parentPosition];
  }
}

function changeOf(write: RowWrite): RowUpdate {
  const { mapper, values, old } = write;
  const positions: number[] = [];
  values.forEach((value, i) => {
    if (value !== unset || write.isToCome(i)) positions.push(i);
  });
  const { version } = writeFacts(mapper);
  const by = version === undefined ? mapper.key : [...mapper.key, version];
  return { mapper, positions, values: positions.map((i) => values[i]), by, found: by.map((i) => old[i]) };
}

async function send(runner: Runner, updates: readonly RowUpdate[]): Promise<void> {
  for (const group of groupsOf(updates)) {
    if (group.length === 1 || runner.dialect.bulk.updatesOneByOne) {
      const { affected } = await runner.run(oneByOne(group[0] as RowUpdate) as never, group.map(parametersOf) as never);
      check(affected, group);
      continue;
    }
    for (let at = 0; at < group.length; at += perStatement) {
      const some = group.slice(at, at + perStatement);
      check((await runner.run(together(some) as never)).affected, some);
    }
  }
}

/** Updates that one statement can do: of one class, and of the same columns. */
function groupsOf(updates: readonly RowUpdate[]): readonly (readonly RowUpdate[])[] {
  const byMapper = new Map<Mapper, Map<string, RowUpdate[]>>();
  for (const change of updates) {
    let byColumns = byMapper.get(change.mapper);
    if (byColumns === undefined) {
      byColumns = new Map();
      byMapper.set(change.mapper, byColumns);
    }
    const name = change.positions.join();
    const group = byColumns.get(name);
    if (group === undefined) byColumns.set(name, [change]);
    else group.push(change);
  }
  return [...byMapper.values()].flatMap((byColumns) => [...byColumns.values()]);
}

const statements = new WeakMap<Mapper, Map<string, unknown>>();

/** `update … set a = :s0 where id = :k0`. */
function oneByOne({ mapper, positions, by }: RowUpdate): unknown {
  let known = statements.get(mapper);
  if (known === undefined) {
    known = new Map();
    statements.set(mapper, known);
  }
  const name = `${positions.join()} ${by.join()}`;
  let statement = known.get(name);
  if (statement === undefined) {
    const set = Object.fromEntries(
      positions.map((position, i) => {
        const { key, type } = mapper.columns[position] as MappedColumn;
        return [key, param(`s${i}`, { type } as never)];
      }),
    );
    const conditions = by.map((position, i) => {
      const { key, type } = mapper.columns[position] as MappedColumn;
      return (columnAt(key, mapper.source) as any).eq(param(`k${i}`, { type } as never));
    });
    statement = (update(mapper.source) as any)
      .set({ ...set, ...serverUpdates(mapper, positions) })
      .where(...conditions);
    known.set(name, statement);
  }
  return statement;
}

function parametersOf({ values, found }: RowUpdate): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (let i = 0; i < values.length; i++) parameters[`s${i}`] = values[i];
  for (let i = 0; i < found.length; i++) parameters[`k${i}`] = found[i];
  return parameters;
}

/** `update … set a = new.a from (values …) as new where id = new.id`. */
function together(updates: readonly RowUpdate[]): unknown {
  const { mapper, positions, by } = updates[0] as RowUpdate;
  const columns: Record<string, unknown> = {};
  positions.forEach((position, i) => {
    columns[`s${i}`] = { type: mapper.columns[position]?.type };
  });
  by.forEach((position, i) => {
    columns[`k${i}`] = { type: mapper.columns[position]?.type };
  });
  const rows = valuesSource("athanor new", columns as never, updates.map(parametersOf) as never) as unknown as AnyTable;
  const set = Object.fromEntries(
    positions.map((position, i) => [mapper.columns[position]?.key as string, columnAt(`s${i}`, rows)]),
  );
  const conditions = by.map((position, i) =>
    (columnAt(mapper.columns[position]?.key, mapper.source) as any).eq(columnAt(`k${i}`, rows)),
  );
  return (update(mapper.source) as any)
    .set({ ...set, ...serverUpdates(mapper, positions) })
    .from(rows)
    .where(...conditions);
}

/** Expressions that every update of the class writes, where it does not write the column itself. */
function serverUpdates(mapper: Mapper, positions: readonly number[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const position of writeFacts(mapper).serverUpdates) {
    const { key, facts } = mapper.columns[position] as MappedColumn;
    if (positions.includes(position) || facts.onUpdate === undefined || !("node" in facts.onUpdate)) continue;
    result[key] = expression(facts.onUpdate.node);
  }
  return result;
}

function check(affected: number, updates: readonly RowUpdate[]): void {
  if (affected === updates.length) return;
  const { mapper } = updates[0] as RowUpdate;
  const versions = mapper.version === undefined ? "is gone" : "is gone or has another version";
  throw new StaleDataError(
    updates.length === 1
      ? `the row of the ${mapper.name} to be updated ${versions}`
      : `${updates.length - affected} of ${updates.length} rows of ${mapper.name} to be updated: each ${versions}`,
  );
}
