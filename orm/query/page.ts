// Pages of a query's objects: by number, with totals; or after and before a cursor. Both in one order, which is total and the
// same on every database.
import {
  type CursorPage,
  type CursorSeal,
  checkCount,
  compile,
  type Dialect,
  decodeCursor,
  type ExpressionNode,
  encodeCursor,
  factsOf,
  Keyset,
  nodeOf,
  ParameterError,
  trimmed,
} from "../../core/index.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import { classColumn, rowKey } from "../mapping/union-rows.ts";
import { lifted } from "../mapping/without.ts";
import { type QueryParts, queryOf } from "./plan.ts";

/** One page of a numbered list. */
export interface Page<E> {
  readonly items: E[];
  /** How many objects there are on all pages. */
  readonly total: number;
  /** How many pages there are. */
  readonly pages: number;
}

/** What pages need of a session. */
export interface PagePlace {
  entities(parts: QueryParts): Promise<object[]>;
  readonly dialect: Dialect;
  readonly cursorSecret: string | Uint8Array | undefined;
}

/** The objects of a page, counted from 1. */
export async function pageOf(
  place: PagePlace,
  parts: QueryParts,
  { page, size }: { readonly page: number; readonly size: number },
  count: () => Promise<number>,
): Promise<Page<object>> {
  checkUnlimited(parts, "page");
  checkCount(page, "page");
  checkCount(size, "size");
  const offset = (page - 1) * size;
  if (!Number.isSafeInteger(offset)) throw new ParameterError("the page is further than numbers go");
  const orderBy = keysetOf(parts).order(false);
  const items = await place.entities({ ...parts, orderBy, limit: size, offset });
  // A page that is not full is the last, unless it is past the end.
  const isLast = items.length < size && (items.length > 0 || page === 1);
  const total = isLast ? offset + items.length : await count();
  return { items, total, pages: Math.ceil(total / size) };
}

/** The objects after a cursor or before it; without one, the first or the last of all. */
export async function cursorPage(
  place: PagePlace,
  parts: QueryParts,
  direction: "after" | "before",
  cursor: string | null,
  { size }: { readonly size: number },
): Promise<CursorPage<object>> {
  checkUnlimited(parts, direction);
  checkCount(size, "size");
  const reversed = direction === "before";
  const keyset = keysetOf(parts);
  const seal = sealOf(place, parts, keyset);
  const conditions =
    cursor === null
      ? parts.conditions
      : [...parts.conditions, keyset.beyond(await decodeCursor(cursor, keyset.types, seal), reversed)];
  // One more than asked for, to see whether there is more.
  const rows = (await place.entities({
    ...parts,
    conditions,
    orderBy: keyset.order(reversed),
    limit: size + 1,
    beside: { ...parts.beside, ...selectedBy(keyset) },
  })) as Record<string, unknown>[];
  const cursorAt = (row: Record<string, unknown>): Promise<string> => {
    return encodeCursor(
      keyset.types.map((_, i) => row[label(i)]),
      keyset.types,
      seal,
    );
  };
  const { items, next, previous } = await trimmed(rows, { size, reversed, isFirst: cursor === null }, cursorAt);
  return { items: items.map((row) => itemOf(row, parts)), next, previous };
}

/** The row without the values for the cursor; the object alone where nothing was asked for beside it. */
function itemOf(row: Record<string, unknown>, parts: QueryParts): object {
  if (parts.beside === undefined) return row.entity as object;
  return Object.fromEntries(Object.entries(row).filter(([key]) => !key.startsWith(prefix)));
}

const prefix = "athanor cursor ";
function label(i: number): string {
  return `${prefix}${i}`;
}

function selectedBy(keyset: Keyset): Record<string, unknown> {
  return Object.fromEntries(keyset.selected().map((expression, i) => [label(i), expression]));
}

function keysetOf(parts: QueryParts): Keyset {
  const mapper = mapperOf(parts.entity);
  const key = rowKey(mapper).map((column) => nodeOf(column));
  return new Keyset(parts.orderBy, key, (node) => isNotNull(node, mapper));
}

function isNotNull(node: ExpressionNode, { source, columns }: Mapper): boolean {
  if (node.kind !== "column" || node.source.key !== factsOf(source).node.source.key) return false;
  if (node.name === classColumn) return true;
  return columns.some(({ name, facts }) => name === node.name && !facts.nullable);
}

/** Conditions and ordering make a query what it is for its cursors; what is loaded besides does not. */
function sealOf(place: PagePlace, parts: QueryParts, keyset: Keyset): CursorSeal {
  const statement = queryOf(
    { ...parts, orderBy: keyset.order(false), limit: undefined, offset: undefined },
    selectedBy(keyset),
    (started) => started,
  );
  return { shape: compile(lifted(statement, parts.lifted), place.dialect).text, secret: place.cursorSecret };
}

function checkUnlimited({ limit, offset }: QueryParts, method: string): void {
  if (limit === undefined && offset === undefined) return;
  throw new ParameterError(`${method}() sets limit and offset itself`, "Leave them out of the query.");
}
