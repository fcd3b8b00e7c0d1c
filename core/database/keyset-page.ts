// Pages of a query by cursor: each row once, whatever the query is ordered by and whatever is inserted meanwhile.

import { compile } from "../compile/compile.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { ParameterError } from "../errors/usage-errors.ts";
import { nodeOf } from "../expression/expr.ts";
import { type ExprOf, NODE, type Ready, type Statement } from "../expression/needs.ts";
import { SelectStatement } from "../statement/select.ts";
import type { ExpressionNode, SelectNode, SourceNode } from "../tree/node.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { PROVIDES } from "./handle.ts";
import { Keyset } from "./keyset.ts";

/** A page that begins where another ended. */
export interface CursorPage<E> {
  readonly items: E[];
  /** Where the page behind this one begins, for `after`. Null if there is none. */
  readonly next: string | null;
  /** Where the page ahead of this one ends, for `before`. Null if there is none. */
  readonly previous: string | null;
}

/** What pages are read from: a database, a transaction, a session. */
export interface PageSource<in Provided> {
  readonly [PROVIDES]?: (feature: Provided) => void;
  readonly dialect: Dialect;
  readonly cursorSecret?: string | Uint8Array | undefined;
  all(statement: never): Promise<unknown[]>;
}

/** Which page. */
export interface PagePosition {
  /** Begins behind this cursor; null for the first page. */
  readonly after?: string | null;
  /** Ends ahead of this cursor; null for the last page. */
  readonly before?: string | null;
  readonly size: number;
  /** Columns that are together unlike in any two rows; the primary keys of all sources unless given. */
  readonly key?: readonly ExprOf<any, any>[];
  /** Signs the cursors, so that nobody else can make one. */
  readonly secret?: string | Uint8Array | undefined;
}

/**
 * A page of a query by cursor, in the query's own order; ties are broken by the primary keys of its sources. Nulls stand where the
 * order says, else as if greater than any value.
 *
 * @throws {CursorError} if the cursor was altered, or is one of another query
 * @throws {ParameterError} if the query has a limit, groups or is distinct, or has a source without a key and none is given
 * @example
 * const query = select({ title: posts.title, author: users.name }).from(posts).join(users, users.id.eq(posts.authorId)).orderBy(users.name.asc());
 * const first = await keysetPage(db, query, { after: null, size: 2 });
 * const second = await keysetPage(db, query, { after: first.next, size: 2 });
 */
export async function keysetPage<Provided, R, N>(
  db: PageSource<Provided>,
  query: Ready<Exclude<N, Provided>, Statement<R, N>> & { where(...conditions: never): unknown },
  at: PagePosition,
): Promise<CursorPage<R>> {
  const node = (query as unknown as { readonly [NODE]: SelectNode })[NODE];
  const reversed = at.before !== undefined;
  if (reversed === (at.after !== undefined))
    throw new ParameterError(
      "a page takes either after or before",
      "Give { after: null } for the first page, { before: null } for the last.",
    );
  checkCount(at.size, "size");
  checkQuery(node);
  const cursor = (reversed ? at.before : at.after) ?? null;
  const keyset = new Keyset(
    node.orderBy.map((order) => ({ [NODE]: order })),
    at.key?.map(nodeOf) ?? keysOf(node),
    (column) => isNotNull(column, node),
  );
  const ordered = withKeys(node, keyset);
  const shape = compile(withOrder(ordered, keyset, false), db.dialect).text;
  const seal = { shape, secret: at.secret ?? db.cursorSecret };
  let wanted = withOrder(ordered, keyset, reversed);
  if (cursor !== null) {
    const condition = keyset.beyond(await decodeCursor(cursor, keyset.types, seal), reversed);
    wanted = { ...wanted, where: [...wanted.where, nodeOf(condition)] };
  }
  // One more than asked for, to see whether there is more.
  const rows = (await db.all(new SelectStatement(wanted).limit(at.size + 1) as never)) as Record<string, unknown>[];
  const cursorAt = (row: Record<string, unknown>): Promise<string> => {
    const values = row[label] as Record<string, unknown>;
    return encodeCursor(Object.values(values), keyset.types, seal);
  };
  const page = await trimmed(rows, { size: at.size, reversed, isFirst: cursor === null }, cursorAt);
  // It was selected last: the row keeps its shape without it.
  for (const row of page.items) delete row[label];
  return page as unknown as CursorPage<R>;
}

const label = "athanor cursor";

/** The rows of a page, of which one more than its size was read, in the query's order and with the cursors at its ends. */
export async function trimmed<T>(
  rows: T[],
  { size, reversed, isFirst }: { readonly size: number; readonly reversed: boolean; readonly isFirst: boolean },
  cursorAt: (row: T) => Promise<string>,
): Promise<CursorPage<T>> {
  const more = rows.length > size;
  if (more) rows.pop();
  if (reversed) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  // On the side that was come from there are rows, as far as is known.
  const hasNext = reversed ? !isFirst : more;
  const hasPrevious = reversed ? more : !isFirst;
  return {
    items: rows,
    next: hasNext && last !== undefined ? await cursorAt(last) : null,
    previous: hasPrevious && first !== undefined ? await cursorAt(first) : null,
  };
}

/** @throws {ParameterError} if it is no whole number from 1 on */
export function checkCount(value: unknown, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return;
  throw new ParameterError(`${name} is a whole number from 1 on`, "Convert and check what a client sent first.");
}

function checkQuery(node: SelectNode): void {
  if (
    node.kind !== "select" ||
    node.distinct ||
    node.distinctOn.length > 0 ||
    node.groupBy.length + node.having.length > 0
  ) {
    throw new ParameterError(
      "a query that groups, is distinct or joins others has no rows of its own to page through",
      "Select from it: select({ … }).from(query.as(name)), with a key.",
    );
  }
  if (node.limit !== undefined || node.offset !== undefined) {
    throw new ParameterError("a page sets limit and offset itself", "Leave them out of the query.");
  }
}

function withKeys(node: SelectNode, keyset: Keyset): SelectNode {
  const fields = keyset.selected().map((value, i) => ({ key: `k${i}`, value: nodeOf(value) }));
  const selection = {
    ...node.selection,
    fields: [...node.selection.fields, { key: label, value: { kind: "object", fields } }],
  };
  return { ...node, selection: selection as SelectNode["selection"] };
}

function withOrder(node: SelectNode, keyset: Keyset, reversed: boolean): SelectNode {
  return new SelectStatement({ ...node, orderBy: [] }).orderBy(...keyset.order(reversed))[NODE];
}

/** The primary keys of all sources: together they tell the rows of a join apart. */
function keysOf(node: SelectNode): readonly ExpressionNode[] {
  return sourcesOf(node).flatMap(({ source }) => {
    const key = source.kind === "table" ? source.key : [];
    if (key.length === 0) {
      throw new ParameterError(
        `"${source.source.name}" has no primary key to tell rows apart by`,
        "Name columns that do: { key: [source.column] }.",
      );
    }
    return key.map((name): ExpressionNode => {
      const column = source.columns.find((one) => one.name === name) as SourceNode["columns"][number];
      return { kind: "column", source: source.source, name, type: column.type };
    });
  });
}

function isNotNull(column: ExpressionNode, node: SelectNode): boolean {
  if (column.kind !== "column") return false;
  return sourcesOf(node).some(
    ({ source, isOptional }) =>
      !isOptional &&
      source.source.key === column.source.key &&
      source.columns.some(({ name, nullable }) => name === column.name && !nullable),
  );
}

/** What stands in FROM, and whether an outer join may leave it out. */
function sourcesOf({
  from,
  joins,
}: SelectNode): readonly { readonly source: SourceNode; readonly isOptional: boolean }[] {
  let sources = from === undefined ? [] : [{ source: from, isOptional: false }];
  for (const { kind, source } of joins) {
    if (kind === "right" || kind === "full") sources = sources.map((before) => ({ ...before, isOptional: true }));
    sources.push({ source, isOptional: kind === "left" || kind === "full" });
  }
  return sources;
}
