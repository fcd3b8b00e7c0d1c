// Updates rows: only the columns that changed, many rows with one statement where the database is elsewhere, and every row checked to
// have been there.
import { type AnyTable, expression, param, type RunResult, update, values as valuesSource } from "../../core/index.ts";
import { StaleDataError } from "../errors.ts";
import { columnAt } from "../mapping/column-at.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import type { TablePart } from "../mapping/table-part.ts";
import { type RowWrite, unset } from "./change.ts";
import { readBack, takeParentKeys } from "./insert.ts";
import { canList, listSource, listsOf } from "./lists.ts";
import type { Outbox, Runner, Sending } from "./outbox.ts";
import { StatementMemory } from "./statements.ts";
import { writeFacts } from "./write-facts.ts";

/** A change of one row, as a statement writes it. */
interface RowUpdate {
  readonly mapper: Mapper;
  readonly part: TablePart;
  readonly positions: readonly number[];
  readonly values: readonly unknown[];
  /** What the row is found by: the columns, and what they hold. */
  readonly by: readonly number[];
  readonly found: readonly unknown[];
}

const perStatement = 1000;

/** Updates rows of one class. @throws {StaleDataError} if one is not there any more, or has another version */
export async function updateRows(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  await takeParentKeys(outbox, writes);
  const { mapper } = writes[0] as RowWrite;
  const changes = writes.flatMap(changesOf);
  // The first table first: it has the version, and the key that others follow.
  if (mapper.parts.length === 1) await send(outbox, changes);
  else
    for (const part of mapper.parts)
      await send(
        outbox,
        changes.filter((change) => change.part === part),
      );
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
    releases.flatMap(({ write: { mapper, old }, positions }) =>
      byPart(mapper, positions).map(({ part, here }) => ({
        mapper,
        part,
        positions: here,
        values: here.map(() => null),
        by: part.key,
        found: part.key.map((position) => old[position]),
      })),
    ),
  );
}

/** Writes the keys that had to wait until both rows were there. */
export async function updateLater(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  await outbox.flush();
  await send(
    outbox,
    writes.flatMap(({ mapper, later, values, old }) =>
      byPart(
        mapper,
        later.map(({ position }) => position),
      ).map(({ part, here }) => ({
        mapper,
        part,
        positions: here,
        values: here.map((position) => {
          const { parent, parentPosition } = later.find((one) => one.position === position) as (typeof later)[number];
          return parent.values[parentPosition];
        }),
        by: part.key,
        found: part.key.map((position) => (values[position] === unset ? old[position] : values[position])),
      })),
    ),
  );
  for (const { later, values } of writes) {
    for (const { position, parent, parentPosition } of later) values[position] = parent.values[parentPosition];
  }
}

/** What is written into each table of an object's. */
function changesOf(write: RowWrite): readonly RowUpdate[] {
  const { mapper } = write;
  if (mapper.parts.length === 1) return [changeOf(write, mapper.parts[0] as TablePart, writtenAmong(write))];
  const { serverUpdates } = writeFacts(mapper);
  return mapper.parts.flatMap((part) => {
    // The database itself has the key of a further table follow the first one's.
    const own = part.link === undefined ? part.columns : part.columns.filter((i) => !part.key.includes(i));
    const positions = own.filter((position) => write.isWritten(position));
    if (positions.length === 0 && !serverUpdates.some((position) => own.includes(position))) return [];
    return [changeOf(write, part, positions)];
  });
}

function writtenAmong(write: RowWrite): readonly number[] {
  const positions: number[] = [];
  for (let i = 0; i < write.values.length; i++) if (write.isWritten(i)) positions.push(i);
  return positions;
}

function changeOf({ mapper, values, old }: RowWrite, part: TablePart, positions: readonly number[]): RowUpdate {
  const { version } = writeFacts(mapper);
  const isVersioned = version !== undefined && part.columns.includes(version);
  const by = isVersioned ? [...part.key, version] : part.key;
  const found = by.map((i) => (part.link !== undefined && values[i] !== unset ? values[i] : old[i]));
  return { mapper, part, positions, values: positions.map((i) => values[i]), by, found };
}

function byPart(
  { parts }: Mapper,
  positions: readonly number[],
): readonly { readonly part: TablePart; readonly here: readonly number[] }[] {
  return parts
    .map((part) => ({ part, here: positions.filter((position) => part.columns.includes(position)) }))
    .filter(({ here }) => here.length > 0);
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

/** Updates that one statement can do: of one table of one class, and of the same columns. */
function groupsOf(updates: readonly RowUpdate[]): readonly (readonly RowUpdate[])[] {
  const byTable = new Map<TablePart, Map<string, RowUpdate[]>>();
  for (const change of updates) {
    let byColumns = byTable.get(change.part);
    if (byColumns === undefined) {
      byColumns = new Map();
      byTable.set(change.part, byColumns);
    }
    const name = change.positions.join();
    const group = byColumns.get(name);
    if (group === undefined) byColumns.set(name, [change]);
    else group.push(change);
  }
  return [...byTable.values()].flatMap((byColumns) => [...byColumns.values()]);
}

const memory = new StatementMemory();

/** `update … set a = :a where id = :"id before"`. */
function oneByOne({ mapper, part, positions, by }: RowUpdate, names: readonly string[]): unknown {
  return memory.get(part, `${positions.join()} ${by.join()}`, () => {
    const set = Object.fromEntries(
      positions.map((position, i) => {
        const { key, type } = mapper.columns[position] as MappedColumn;
        return [key, param(names[i] as string, { type } as never)];
      }),
    );
    const conditions = by.map((position, i) => {
      const { key, type } = mapper.columns[position] as MappedColumn;
      return (columnAt(key, part.source) as any).eq(param(names[positions.length + i] as string, { type } as never));
    });
    return (update(part.source) as any).set({ ...set, ...serverUpdates(mapper, part, positions) }).where(...conditions);
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
  const { mapper, part, positions, by } = updates[0] as RowUpdate;
  const all = [...positions, ...by];
  const cell = ({ values, found }: RowUpdate, i: number): unknown =>
    i < values.length ? values[i] : found[i - values.length];
  if (canList(runner, mapper, all)) {
    const { statement } = memory.get(part, `lists ${positions.join()} ${by.join()}`, () =>
      fromSource(updates[0] as RowUpdate, listSource(mapper, all)),
    );
    return { statement, parameters: listsOf(updates, all.length, cell) };
  }
  const columns = Object.fromEntries(all.map((position, i) => [`c${i}`, { type: mapper.columns[position]?.type }]));
  const rows = updates.map((one) => Object.fromEntries(all.map((_, i) => [`c${i}`, cell(one, i)])));
  const source = valuesSource("athanor new", columns as never, rows as never) as unknown as AnyTable;
  return { statement: fromSource(updates[0] as RowUpdate, source) };
}

function fromSource({ mapper, part, positions, by }: RowUpdate, rows: AnyTable): unknown {
  const set = Object.fromEntries(
    positions.map((position, i) => [mapper.columns[position]?.key as string, columnAt(`c${i}`, rows)]),
  );
  const conditions = by.map((position, i) =>
    (columnAt(mapper.columns[position]?.key, part.source) as any).eq(columnAt(`c${positions.length + i}`, rows)),
  );
  return (update(part.source) as any)
    .set({ ...set, ...serverUpdates(mapper, part, positions) })
    .from(rows)
    .where(...conditions);
}

/** Expressions that every update of the class writes, where it does not write the column itself. */
function serverUpdates(mapper: Mapper, part: TablePart, positions: readonly number[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const position of writeFacts(mapper).serverUpdates) {
    const { key, facts } = mapper.columns[position] as MappedColumn;
    if (!part.columns.includes(position) || positions.includes(position)) continue;
    if (facts.onUpdate === undefined || !("node" in facts.onUpdate)) continue;
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
