// Updates rows: only the columns that changed, many rows with one statement where the database is elsewhere, and every row checked to
// have been there.
import { type AnyTable, expression, param, type RunResult, update, values as valuesSource } from "../../core/index.ts";
import { StaleDataError } from "../errors.ts";
import { columnAt } from "../mapping/conditions.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { type RowWrite, unset } from "./change.ts";
import { readBack, takeParentKeys } from "./insert.ts";
import { canList, listSource, listsOf } from "./lists.ts";
import type { Outbox, Runner, Sending } from "./outbox.ts";
import { StatementMemory } from "./statements.ts";
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
export async function updateRows(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  await takeParentKeys(outbox, writes);
  await send(outbox, writes.map(changeOf));
  const { mapper } = writes[0] as RowWrite;
  const { computed, serverUpdates } = writeFacts(mapper);
  const back = [...new Set([...computed, ...serverUpdates])];
  if (back.length > 0) await readBack(outbox, writes, back);
}

/** Sets columns to null ahead of all other writes, so that a circle is broken. */
export async function releaseRows(
  outbox: Outbox,
  releases: readonly { write: RowWrite; positions: readonly number[] }[],
): Promise<void> {
  await send(
    outbox,
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
export async function updateLater(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  await outbox.flush();
  await send(
    outbox,
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

async function send(outbox: Outbox, updates: readonly RowUpdate[]): Promise<void> {
  const { runner, dialect } = outbox;
  for (const group of groupsOf(updates)) {
    if (group.length === 1 || dialect.bulk.updatesOneByOne) {
      const names = namesOf(group[0] as RowUpdate);
      const parameters = group.map((one) => parametersOf(one, names));
      await outbox.send({
        statement: oneByOne(group[0] as RowUpdate, names),
        parameters: (group.length === 1 ? parameters[0] : parameters) as Record<string, unknown>,
        take: ({ affected }: RunResult) => check(affected, group),
      });
      continue;
    }
    for (let at = 0; at < group.length; at += perStatement) {
      const some = group.slice(at, at + perStatement);
      await outbox.send({ ...together(runner, some), take: ({ affected }: RunResult) => check(affected, some) });
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

const memory = new StatementMemory();

/** `update … set a = :a where id = :"id before"`. */
function oneByOne({ mapper, positions, by }: RowUpdate, names: readonly string[]): unknown {
  return memory.get(mapper, `${positions.join()} ${by.join()}`, () => {
    const set = Object.fromEntries(
      positions.map((position, i) => {
        const { key, type } = mapper.columns[position] as MappedColumn;
        return [key, param(names[i] as string, { type } as never)];
      }),
    );
    const conditions = by.map((position, i) => {
      const { key, type } = mapper.columns[position] as MappedColumn;
      return (columnAt(key, mapper.source) as any).eq(param(names[positions.length + i] as string, { type } as never));
    });
    return (update(mapper.source) as any).set({ ...set, ...serverUpdates(mapper, positions) }).where(...conditions);
  }).statement;
}

/** What the parameters of an update are called: a value that is refused is told by its property. */
function namesOf({ mapper, positions, by }: RowUpdate): readonly string[] {
  const key = (position: number): string => (mapper.columns[position] as MappedColumn).key;
  return [...positions.map((position) => `${mapper.name}.${key(position)}`), ...by.map((i) => `${key(i)} before`)];
}

function parametersOf({ values, found }: RowUpdate, names: readonly string[]): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (let i = 0; i < values.length; i++) parameters[names[i] as string] = values[i];
  for (let i = 0; i < found.length; i++) parameters[names[values.length + i] as string] = found[i];
  return parameters;
}

/** `update … set a = new.a from (values …) as new where id = new.id`. */
function together(runner: Runner, updates: readonly RowUpdate[]): Sending {
  const { mapper, positions, by } = updates[0] as RowUpdate;
  const all = [...positions, ...by];
  const cell = ({ values, found }: RowUpdate, i: number): unknown =>
    i < values.length ? values[i] : found[i - values.length];
  if (canList(runner, mapper, all)) {
    const { statement } = memory.get(mapper, `lists ${positions.join()} ${by.join()}`, () =>
      fromSource(mapper, positions, by, listSource(mapper, all)),
    );
    return { statement, parameters: listsOf(updates, all.length, cell) };
  }
  const columns = Object.fromEntries(all.map((position, i) => [`c${i}`, { type: mapper.columns[position]?.type }]));
  const rows = updates.map((one) => Object.fromEntries(all.map((_, i) => [`c${i}`, cell(one, i)])));
  const source = valuesSource("athanor new", columns as never, rows as never) as unknown as AnyTable;
  return { statement: fromSource(mapper, positions, by, source) };
}

function fromSource(mapper: Mapper, positions: readonly number[], by: readonly number[], rows: AnyTable): unknown {
  const set = Object.fromEntries(
    positions.map((position, i) => [mapper.columns[position]?.key as string, columnAt(`c${i}`, rows)]),
  );
  const conditions = by.map((position, i) =>
    (columnAt(mapper.columns[position]?.key, mapper.source) as any).eq(columnAt(`c${positions.length + i}`, rows)),
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
