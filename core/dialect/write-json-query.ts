// The rows of a query as one JSON array. Where it can, the query itself gathers them; where its rows are other than those of
// its sources, as after GROUP BY or DISTINCT, they are a derived table first.
import type {
  CallNode,
  ColumnNode,
  ExpressionNode,
  JsonFieldNode,
  JsonQueryNode,
  OrderNode,
  QueryNode,
  SelectionField,
  SelectionNode,
  SelectNode,
  SourceName,
  WindowNode,
  WrittenNode,
} from "../tree/node.ts";
import { sourcesOf } from "../tree/sources-of.ts";
import { type AnyNode, walk } from "../tree/visit.ts";
import { countType, type JsonShape, type SqlType } from "../types/sql-type.ts";
import type { TextBuffer } from "./text-buffer.ts";
import { anyRow, jsonFieldsOf } from "./write-json.ts";

/** The aggregate that makes an array of rows. */
export interface JsonAggregate {
  /** Writes an array of all rows, an empty one where there are none. */
  readonly gather: (rows: Gathered, out: TextBuffer) => void;
  /** Whether it takes a limit. */
  readonly limits: boolean;
  /** Whether the rows of a derived table come in the order that it says. */
  readonly keepsOrder: boolean;
  /** Whether a derived table sees the columns of the statement around it. */
  readonly correlates: boolean;
}

/** What the aggregate is told. */
export interface Gathered {
  readonly writeRow: () => void;
  /** Writes the orderings, if there are any. */
  readonly writeOrder?: (() => void) | undefined;
  /** Writes ` limit … offset …`, if there is one. */
  readonly writeLimit?: (() => void) | undefined;
}

/** An aggregate that has its orderings and its limit among its arguments, and is null where there are no rows. */
export function aggregateOf(name: string, empty: string): JsonAggregate["gather"] {
  return ({ writeRow, writeOrder, writeLimit }, out) => {
    out.add(`coalesce(${name}(`);
    writeRow();
    if (writeOrder !== undefined) {
      out.add(" order by ");
      writeOrder();
    }
    writeLimit?.();
    out.add(`), ${empty})`);
  };
}

/** Writes the rows of queries with an aggregate. */
export function jsonQueryWriter(aggregate: JsonAggregate): (node: JsonQueryNode, out: TextBuffer) => void {
  return (node, out) => {
    const { query } = node;
    if (query.kind !== "select") return writeDerived(node, aggregate, out);
    if (isOneRow(query)) {
      return writeOneOf(query, { kind: "jsonArray", items: [rowOf(query)], type: node.type }, out);
    }
    if (!gathersItself(query, aggregate)) return writeDerived(node, aggregate, out);
    writeOneOf(query, gathered(query, node.type, aggregate), out);
  };
}

// --- gathered by the query itself ---

/** The query with a single value in the place of its rows. */
function writeOneOf(query: SelectNode, value: ExpressionNode, out: TextBuffer): void {
  const selection: SelectionNode = { kind: "object", fields: [{ key: "rows", value }] };
  out.add("(");
  out.query({ ...query, selection, orderBy: [], limit: undefined, offset: undefined });
  out.add(")");
}

function gathered(query: SelectNode, type: SqlType, { gather }: JsonAggregate): WrittenNode {
  const { limit, offset } = query;
  const row = rowOf(query);
  const order = ownOrder(query, row);
  return {
    kind: "written",
    operands: [row],
    type,
    write: ((_operands: unknown, out: TextBuffer) =>
      gather(
        {
          writeRow: () => out.expression(row),
          writeOrder: order.length === 0 ? undefined : () => out.write.order(order, out),
          writeLimit: limit || offset ? () => out.dialect.writeLimit({ limit, offset }, out) : undefined,
        },
        out,
      )) as WrittenNode["write"],
  };
}

function rowOf(query: SelectNode): ExpressionNode {
  return { kind: "jsonObject", fields: jsonFieldsOf(query.selection), type: anyRow };
}

/**
 * What the rows are ordered by. An aggregate over nothing but columns of the statement around it would be one of that
 * statement; so then they are also ordered by a column of the query itself.
 */
function ownOrder(query: SelectNode, row: ExpressionNode): readonly OrderNode[] {
  const { from, orderBy } = query;
  if (from === undefined) return orderBy;
  const own = new Set(sourcesOf(query).map(({ key }) => key));
  const [column] = from.columns;
  if (column === undefined || hasHere(row, (node) => node.kind === "column" && own.has(node.source.key))) {
    return orderBy;
  }
  const operand: ColumnNode = { kind: "column", source: from.source, name: column.name, type: column.type };
  return [...orderBy, { kind: "order", operand, direction: "asc", nulls: undefined }];
}

/** Whether the query aggregates all its rows into one, which is there whatever they are. */
function isOneRow(query: SelectNode): boolean {
  if (query.groupBy.length > 0 || query.having.length > 0 || query.limit || query.offset || query.locks.length > 0)
    return false;
  return hasHere(query.selection, isAggregate);
}

/** Whether the rows of the query are those of its sources, one by one. */
function gathersItself(query: SelectNode, { limits, correlates }: JsonAggregate): boolean {
  if (query.distinct || query.distinctOn.length > 0 || query.withTies) return false;
  if (query.groupBy.length > 0 || query.having.length > 0 || query.locks.length > 0 || query.from === undefined)
    return false;
  if (!limits && (query.limit !== undefined || query.offset !== undefined)) return false;
  // What a user's own text does cannot be known: where a derived table will do, it may aggregate.
  return ![query.selection, ...query.orderBy].some((root) =>
    hasHere(root, (node) => isAggregate(node) || node.kind === "over" || (correlates && node.kind === "raw")),
  );
}

function isAggregate(node: AnyNode): boolean {
  return node.kind === "call" && node.aggregate === true;
}

/** Whether such a node is among what a query says itself: in its subqueries nobody looks. */
function hasHere(root: AnyNode, is: (node: AnyNode) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= is(node);
    return !found && node.kind !== "select" && node.kind !== "compound" && node.kind !== "over";
  });
  return found;
}

// --- gathered from a derived table ---

const rows: SourceName = { key: "athanor rows", name: "athanor rows" };

function writeDerived(node: JsonQueryNode, { gather, keepsOrder }: JsonAggregate, out: TextBuffer): void {
  const { query } = node;
  const flat: SelectionField[] = [];
  const fields = query.kind === "select" ? flatFieldsOf(query.selection, flat) : columnsOf(node.type);
  const row: ExpressionNode = { kind: "jsonObject", fields, type: anyRow };
  const number = keepsOrder ? undefined : numbered(query, flat);
  out.add("(select ");
  gather(
    {
      writeRow: () => out.expression(row),
      writeOrder: number && (() => out.expression(number)),
    },
    out,
  );
  out.add(" from (");
  out.query(query.kind === "select" ? orderedInside({ ...query, selection: { kind: "object", fields: flat } }) : query);
  out.add(") as ");
  out.name(rows.name);
  out.add(")");

  function orderedInside(inner: SelectNode): SelectNode {
    if (keepsOrder || inner.orderBy.length === 0 || inner.limit || inner.offset) return inner;
    if (number !== undefined) return { ...inner, orderBy: [] };
    // With a limit, even one that no table reaches, a derived table's order is kept.
    return { ...inner, limit: { kind: "constant", value: Number.MAX_SAFE_INTEGER, type: countType } };
  }
}

/** Puts the number of each row beside it; where rows are told apart, numbers would tell them apart all. */
function numbered(query: QueryNode, flat: SelectionField[]): ExpressionNode | undefined {
  if (query.kind !== "select" || query.distinct || query.orderBy.length === 0) return undefined;
  const call: CallNode = { kind: "call", name: "row_number", arguments: [], type: countType };
  const window: WindowNode = { kind: "window", partitionBy: [], orderBy: query.orderBy };
  return flatColumn({ kind: "over", call, window, type: countType }, flat);
}

/** The fields of a selection as columns of the rows; what they show is added to `flat`. */
function flatFieldsOf(selection: SelectionNode, flat: SelectionField[]): readonly JsonFieldNode[] {
  return selection.fields.map(({ key: name, value }) => {
    if (value.kind === "object") {
      return { name, value: { kind: "jsonObject", fields: flatFieldsOf(value, flat), type: anyRow } };
    }
    if (value.kind !== "rowOf") return { name, value: flatColumn(value, flat) };
    const { source, columns } = value.source;
    const fields = columns.map(
      (column): JsonFieldNode => ({
        name: column.key,
        value: flatColumn({ kind: "column", ...column, source: column.source ?? source }, flat),
      }),
    );
    return { name, value: { kind: "jsonObject", fields, type: anyRow } };
  });
}

function flatColumn(value: ExpressionNode, flat: SelectionField[]): ExpressionNode {
  const key = `c${flat.length}`;
  flat.push({ key, value });
  return columnOfRows(key, value.type);
}

function columnsOf(type: SqlType): readonly JsonFieldNode[] {
  const fields = type.kind === "json-row" && type.shape.kind === "object" ? type.shape.fields : [];
  return fields.map(({ name, shape }) => ({
    name,
    value: columnOfRows(name, typeOf(shape)),
  }));
}

function typeOf(shape: JsonShape): SqlType {
  return shape.kind === "value" ? shape.type : { kind: "json-row", many: false, shape };
}

function columnOfRows(name: string, type: SqlType): ExpressionNode {
  return { kind: "column", source: rows, name, type };
}
