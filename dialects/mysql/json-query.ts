// The rows of a query as a JSON array. Where it can, the query itself aggregates them: a derived table would not see the
// columns of the statement around it on MariaDB, and neither database reads a derived table in the order it says.
import {
  type ExpressionNode,
  type JsonNames,
  type JsonQueryNode,
  jsonFieldsOf,
  type OrderNode,
  type SelectNode,
  type TextBuffer,
  type WrittenNode,
  walk,
} from "../../core/dialect/index.ts";
import type { AsJson } from "./expressions.ts";

/** What a database needs said about the rows it gathers. */
export interface Gathered {
  readonly writeRow: () => void;
  /** Writes the orderings, if there are any. */
  readonly writeOrder: (() => void) | undefined;
  /** Writes ` limit … offset …`, if there is one. */
  readonly writeLimit: (() => void) | undefined;
}

/** Writes an array of all rows, empty where there are none. */
export type Gather = (rows: Gathered, out: TextBuffer) => void;

/** What is the same on both databases about building JSON; see core/dialect/write-json.ts. */
export const jsonFunctions: JsonNames = {
  object: "json_object",
  array: "json_array",
  aggregate: "json_arrayagg",
  empty: "json_array()",
  // Any number is taken, so that there is nothing to merge.
  maxArguments: Number.POSITIVE_INFINITY,
  merge: () => {},
};

/** The order of rows that had to be put into a derived table first: by their number. */
export function orderBy(gather: Gather): NonNullable<JsonNames["order"]> {
  return {
    aggregate: (writeRow, writeOrder, out) => gather({ writeRow, writeOrder, writeLimit: undefined }, out),
  };
}

/**
 * @param limits whether the aggregate takes a limit
 * @param otherwise writes the query as a derived table
 */
export function jsonQueryWriter(
  gather: Gather,
  limits: boolean,
  otherwise: (node: JsonQueryNode, out: TextBuffer) => void,
): (node: JsonQueryNode, out: TextBuffer) => void {
  return (node, out) => {
    const { query } = node;
    if (query.kind !== "select") return otherwise(node, out);
    const isOne = isOneRow(query);
    if (!isOne && !aggregatesItself(query, limits)) return otherwise(node, out);
    const { orderBy, limit, offset } = query;
    const row: ExpressionNode = {
      kind: "jsonObject",
      fields: jsonFieldsOf(query.selection),
      type: node.type.kind === "json-row" ? { ...node.type, many: false } : node.type,
    };
    const all: WrittenNode = {
      kind: "written",
      operands: [row],
      type: node.type,
      write: ((_operands: unknown, buffer: TextBuffer) => {
        if (isOne) {
          buffer.add("json_array(");
          buffer.expression(row);
          return buffer.add(")");
        }
        gather(
          {
            writeRow: () => buffer.expression(row),
            writeOrder: orderBy.length === 0 ? undefined : () => buffer.write.order(orderBy, buffer),
            writeLimit: limit || offset ? () => buffer.dialect.writeLimit({ limit, offset }, buffer) : undefined,
          },
          buffer,
        );
      }) as WrittenNode["write"],
    };
    out.add("(");
    out.query({
      ...query,
      selection: { kind: "object", fields: [{ key: "rows", value: all }] },
      orderBy: [],
      limit: undefined,
      offset: undefined,
    });
    out.add(")");
  };
}

/** Whether the query aggregates all its rows into one, which is there whatever they are. */
function isOneRow(query: SelectNode): boolean {
  if (query.groupBy.length > 0 || query.having.length > 0 || query.limit || query.offset || query.locks.length > 0)
    return false;
  return aggregates([query.selection], false);
}

/** Whether the rows of the query are those of its sources, one by one. */
function aggregatesItself(query: SelectNode, limits: boolean): boolean {
  if (query.distinct || query.distinctOn.length > 0 || query.withTies) return false;
  if (query.groupBy.length > 0 || query.having.length > 0 || query.locks.length > 0 || query.from === undefined)
    return false;
  if (!limits && (query.limit !== undefined || query.offset !== undefined)) return false;
  return !aggregates([query.selection, ...query.orderBy]);
}

/** Whether an aggregate or, with `windows`, a window function is among these, subqueries aside. */
function aggregates(roots: readonly (SelectNode["selection"] | OrderNode)[], windows = true): boolean {
  let found = false;
  for (const root of roots) {
    walk(root, (node) => {
      if (node.kind === "over") {
        if (windows) found = true;
        return false;
      }
      if (node.kind === "call" && node.aggregate === true) found = true;
      return node.kind !== "select" && node.kind !== "compound";
    });
  }
  return found;
}

/** MySQL: JSON_ARRAYAGG knows no order; GROUP_CONCAT does. A text that grew too long is null, never an empty array. */
export function gatherByText(asJson: AsJson): Gather {
  return ({ writeRow, writeOrder }, out) => {
    if (writeOrder === undefined) return writeArrayAggregate({ writeRow, writeOrder, writeLimit: undefined }, out);
    out.add("case when count(*) = 0 then json_array() else ");
    asJson(() => {
      out.add("concat('[', group_concat(");
      writeRow();
      out.add(" order by ");
      writeOrder();
      out.add(" separator ','), ']')");
    }, out);
    out.add(" end");
  };
}

/** MariaDB: JSON_ARRAYAGG takes an order and a limit. */
export function writeArrayAggregate({ writeRow, writeOrder, writeLimit }: Gathered, out: TextBuffer): void {
  out.add("coalesce(json_arrayagg(");
  writeRow();
  if (writeOrder !== undefined) {
    out.add(" order by ");
    writeOrder();
  }
  writeLimit?.();
  out.add("), json_array())");
}
