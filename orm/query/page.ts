// Pages of a query's objects: by number, with totals; or after and before a cursor. Both in one order, which is total and the
// same on every database.
import {
  type AnyTable,
  type ExpressionNode,
  type ExprOf,
  factsOf,
  fn,
  ParameterError,
  select,
} from "../../core/index.ts";
import { columnAt } from "../mapping/conditions.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import { type CursorSeal, decodeCursor, encodeCursor } from "./cursor.ts";
import { Keyset } from "./keyset.ts";
import { type QueryParts, queryOf } from "./plan.ts";

/** One page of a numbered list. */
export interface Page<E> {
  readonly items: E[];
  /** How many objects there are on all pages. */
  readonly total: number;
  /** How many pages there are. */
  readonly pages: number;
}

/** A page that begins where another ended. */
export interface CursorPage<E> {
  readonly items: E[];
  /** For `after()`: where the next page begins. Null if there is none. */
  readonly next: string | null;
  /** For `before()`: where the page ahead of this one ends. Null if there is none. */
  readonly previous: string | null;
}

/** What pages need of a session. */
export interface PagePlace {
  entities(parts: QueryParts): Promise<object[]>;
  scalar(statement: unknown): Promise<unknown>;
  /** The text of a statement, by which a cursor knows its query. */
  textOf(statement: unknown): string;
  readonly cursorSecret: string | Uint8Array | undefined;
}

/** The objects of a page, counted from 1. */
export async function pageOf(
  place: PagePlace,
  parts: QueryParts,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<Page<object>> {
  checkUnlimited(parts, "page");
  checkCount(page, "page");
  checkCount(size, "size");
  const offset = (page - 1) * size;
  if (!Number.isSafeInteger(offset)) throw new ParameterError(`page ${page} of ${size} is further than numbers go`);
  const orderBy = keysetOf(parts).order(false);
  const items = await place.entities({ ...parts, orderBy, limit: size, offset });
  // A page that is not full is the last, unless it is past the end.
  const isLast = items.length < size && (items.length > 0 || page === 1);
  const total = isLast ? offset + items.length : ((await place.scalar(countOf(parts))) as number);
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
  const selected = keyset.selected().map((expression, i) => [label(i), expression] as const);
  // One more than asked for, to see whether there is more.
  const rows = (await place.entities({
    ...parts,
    conditions,
    orderBy: keyset.order(reversed),
    limit: size + 1,
    beside: { ...parts.beside, ...Object.fromEntries(selected) },
  })) as Record<string, unknown>[];
  const more = rows.length > size;
  if (more) rows.pop();
  if (reversed) rows.reverse();
  const cursorAt = async (row: Record<string, unknown> | undefined): Promise<string | null> =>
    row === undefined
      ? null
      : encodeCursor(
          selected.map(([name]) => row[name]),
          keyset.types,
          seal,
        );
  // On the side that was come from there are rows, as far as is known.
  const hasNext = reversed ? cursor !== null : more;
  const hasPrevious = reversed ? more : cursor !== null;
  const next = hasNext ? await cursorAt(rows.at(-1)) : null;
  const previous = hasPrevious ? await cursorAt(rows[0]) : null;
  return { items: rows.map((row) => itemOf(row, parts)), next, previous };
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

function keysetOf(parts: QueryParts): Keyset {
  const mapper = mapperOf(parts.entity);
  const key = mapper.key.map((position) => columnAt(mapper.columns[position]?.key, mapper.source));
  return new Keyset(parts.orderBy, key, (node) => isNotNull(node, mapper));
}

function isNotNull(node: ExpressionNode, { source, columns }: Mapper): boolean {
  if (node.kind !== "column" || node.source.key !== factsOf(source).node.source.key) return false;
  return columns.some(({ name, facts }) => name === node.name && !facts.nullable);
}

/** Conditions and ordering make a query what it is for its cursors; what is loaded besides does not. */
function sealOf(place: PagePlace, parts: QueryParts, keyset: Keyset): CursorSeal {
  const selection = Object.fromEntries(keyset.selected().map((expression, i) => [label(i), expression]));
  const statement = queryOf(
    { ...parts, orderBy: keyset.order(false), limit: undefined, offset: undefined },
    selection,
    (started) => started,
  );
  return { shape: place.textOf(statement), secret: place.cursorSecret };
}

function countOf({ entity, conditions }: QueryParts): unknown {
  const query = (select({ n: fn.count() } as never) as any).from(entity as AnyTable);
  return conditions.length > 0 ? query.where(...(conditions as readonly ExprOf<boolean | null, any>[])) : query;
}

function checkUnlimited({ limit, offset }: QueryParts, method: string): void {
  if (limit === undefined && offset === undefined) return;
  throw new ParameterError(`${method}() sets limit and offset itself`, "Leave them out of the query.");
}

function checkCount(value: unknown, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return;
  throw new ParameterError(`${name} is a whole number from 1 on`, "Convert and check what a client sent first.");
}
