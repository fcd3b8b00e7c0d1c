// Deletes rows and links, many with one statement.
import { type AnyTable, column, deleteFrom, insertInto, type RunResult, row as rowValue } from "../../core/index.ts";
import { StaleDataError } from "../errors.ts";
import type { Link } from "../mapping/join-condition.ts";
import type { TablePart } from "../mapping/table-part.ts";
import { type LinkEnd, type LinkWrite, type RowWrite, type UnlinkAll, unset } from "./change.ts";
import { isAwaited, keyIn } from "./insert.ts";
import type { Outbox } from "./outbox.ts";
import { writeFacts } from "./write-facts.ts";

const perStatement = 1000;

/** Deletes rows of one class. A row that is gone already is as it should be, unless the class has versions. */
export async function deleteRows(outbox: Outbox, writes: readonly RowWrite[]): Promise<void> {
  const { parts } = (writes[0] as RowWrite).mapper;
  for (let at = 0; at < writes.length; at += perStatement) {
    const some = writes.slice(at, at + perStatement);
    // What refers to the first table first, unless it goes by itself.
    for (let i = parts.length - 1; i >= 0; i--)
      if (parts[i]?.link?.onDelete !== "cascade") await deletePart(outbox, some, parts[i] as TablePart);
  }
}

function deletePart(outbox: Outbox, some: readonly RowWrite[], part: TablePart): void | Promise<void> {
  const { mapper } = some[0] as RowWrite;
  const { version } = writeFacts(mapper);
  const isVersioned = version !== undefined && part.columns.includes(version);
  const by = isVersioned ? [...part.key, version] : part.key;
  const keys = some.map(({ old }) => by.map((position) => old[position]));
  const statement = (deleteFrom(part.source) as any).where(keyIn(mapper, keys, by, part.source));
  const take = isVersioned ? ({ affected }: RunResult) => check(affected, some) : undefined;
  return outbox.send({ statement, take });
}

function check(affected: number, writes: readonly RowWrite[]): void {
  if (affected === writes.length) return;
  const { mapper } = writes[0] as RowWrite;
  throw new StaleDataError(
    writes.length === 1
      ? `the row of the ${mapper.name} to be deleted is gone or has another version`
      : `${writes.length - affected} of ${writes.length} rows of ${mapper.name} to be deleted are gone or have another version`,
  );
}

/** Writes links of one table. */
export async function writeLinks(outbox: Outbox, writes: readonly (LinkWrite | UnlinkAll)[]): Promise<void> {
  const { kind } = writes[0] as LinkWrite | UnlinkAll;
  for (const group of byColumns(writes)) {
    for (let at = 0; at < group.length; at += perStatement) {
      const some = group.slice(at, at + perStatement);
      if (kind === "link" && (some as readonly LinkWrite[]).some(waits)) await outbox.flush();
      const statement = kind === "link" ? linkStatement(some as readonly LinkWrite[]) : unlinkStatement(some);
      await outbox.send({ statement });
    }
  }
}

/** Whether a link needs a key that the database has yet to give. */
function waits({ owner, target }: LinkWrite): boolean {
  return [owner, target].some(
    ({ write, positions }) => write !== undefined && positions.some((position) => isAwaited(write, position)),
  );
}

/** Links and their kind, by the columns they are found by. */
function byColumns(writes: readonly (LinkWrite | UnlinkAll)[]): readonly (readonly (LinkWrite | UnlinkAll)[])[] {
  const groups = new Map<string, (LinkWrite | UnlinkAll)[]>();
  for (const write of writes) {
    const name = `${write.kind} ${write.link.own.join()}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [write]);
    else group.push(write);
  }
  return [...groups.values()];
}

function linkStatement(writes: readonly LinkWrite[]): unknown {
  const rows = writes.map((write) => {
    const values: Record<string, unknown> = {};
    write.link.own.forEach((key, i) => {
      values[key] = keyOf(write.owner)[i];
    });
    write.link.target.forEach((key, i) => {
      values[key] = keyOf(write.target)[i];
    });
    return values;
  });
  const [{ link }] = writes as [LinkWrite];
  const insert = (insertInto(link.source) as any).values(rows);
  // A list that was changed unread may be given what it holds already: then the link is as it should be.
  return isUnique(link) && writes.some(mayExist) ? insert.onConflict(...columnsOf(link)).doNothing() : insert;
}

/** Whether two rows may already be linked. */
function mayExist({ owner, target }: LinkWrite): boolean {
  return owner.write?.kind !== "insert" && target.write?.kind !== "insert";
}

/** Whether the table keeps two rows from being linked twice. */
function isUnique({ table, own, target }: Link): boolean {
  const names = new Set([...own, ...target].map((key) => table.columnName(key)));
  const { primaryKey, uniques } = table.node;
  return [primaryKey, ...uniques].some(
    (unique) => unique?.columns.length === names.size && unique.columns.every((name) => names.has(name)),
  );
}

function columnsOf({ source, own, target }: Link): any[] {
  return [...own, ...target].map((key) => column(source as AnyTable as never, key as never));
}

function unlinkStatement(writes: readonly (LinkWrite | UnlinkAll)[]): unknown {
  const { link, kind } = writes[0] as LinkWrite | UnlinkAll;
  const names = kind === "unlink all" ? link.own : [...link.own, ...link.target];
  const keys = writes.map((write) =>
    write.kind === "unlink all"
      ? write.positions.map((position) => write.of.old[position])
      : [...oldKeyOf(write.owner), ...oldKeyOf(write.target)],
  );
  return (deleteFrom(link.source) as any).where(linkIn(link, names, keys));
}

function linkIn({ source }: Link, names: readonly string[], keys: readonly (readonly unknown[])[]): any {
  const columns = names.map((name) => column(source as AnyTable as never, name as never) as any);
  return columns.length === 1 ? columns[0].in(keys.map(([key]) => key)) : (rowValue as any)(...columns).in(keys);
}

/** The key of an end of a new link: that of the row as it has been written by now. */
function keyOf({ write, key, positions }: LinkEnd): readonly unknown[] {
  return positions.map((position, i) => {
    const written = write === undefined ? unset : write.values[position];
    return written === unset ? key[i] : written;
  });
}

function oldKeyOf({ write, key, positions }: LinkEnd): readonly unknown[] {
  return write === undefined || write.kind === "insert" ? key : positions.map((position) => write.old[position]);
}
