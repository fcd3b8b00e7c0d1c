// JSON that a statement builds out of typed parts, so that each part comes back as what it is: a Date stays a Date.

import { CompileError } from "../errors/usage-errors.ts";
import type {
  ExpressionNode,
  JsonFieldNode,
  JsonObjectNode,
  RowOfSourceNode,
  SelectionField,
  SelectionNode,
} from "../tree/node.ts";
import type { JsonRowType } from "../types/sql-type.ts";
import { type Expr, expression } from "./expr.ts";
import type { Inward, NEEDS, PARTS } from "./needs.ts";
import {
  type JsonParts,
  jsonShape,
  type NeedsOf,
  type NullsOf,
  type Row,
  type Selection,
  type SelectOf,
  selectionNode,
} from "./selection.ts";
import { columnNodes } from "./source.ts";
import { queryNode } from "./subquery.ts";

/** One JSON value whose parts become null with their sources. */
export interface JsonRow<S> extends Expr<Row<S, never>, NeedsOf<S>, NullsOf<S[keyof S]>> {
  readonly [PARTS]: S;
}
/** The rows of a query as one JSON value. */
export interface JsonRows<S, Inner, Scope extends string, N = any>
  extends Expr<Row<S, Inner>[], N, Exclude<NullsOf<S[keyof S]>, Scope>> {
  readonly [PARTS]: JsonParts<S, Inner, Scope>;
}

/** A JSON object of expressions, sources and further objects. */
export function jsonObject<S extends Selection>(selection: S): JsonRow<S> {
  return expression(jsonObjectNode(selectionNode(selection))) as unknown as JsonRow<S>;
}

/** The rows of a query as one JSON array of objects, in its order; empty where it gives none. */
export function jsonArray<S, Scope extends string, Nullable, N>(
  of: SelectOf<S, Scope, Nullable> & { readonly [NEEDS]: N },
): JsonRows<S, Nullable, Scope, Inward<N>> {
  const query = queryNode(of as never);
  if (query.kind !== "select")
    throw new CompileError(
      "jsonArray() takes a select",
      "Select from the other query: select({ … }).from(query.as(name)).",
    );
  const type: JsonRowType = { kind: "json-row", many: true, shape: jsonShape(query.selection) };
  return expression({ kind: "jsonQuery", query, type }) as unknown as JsonRows<S, Nullable, Scope, Inward<N>>;
}

/** A selection as one JSON object. */
export function jsonObjectNode(selection: SelectionNode): JsonObjectNode {
  const fields = selection.fields.map(
    (field): JsonFieldNode => ({ name: field.key, value: jsonValueNode(field.value) }),
  );
  return { kind: "jsonObject", fields, type: { kind: "json-row", many: false, shape: jsonShape(selection) } };
}

function jsonValueNode(value: SelectionField["value"]): ExpressionNode {
  if (value.kind === "object") return jsonObjectNode(value);
  if (value.kind === "rowOf") return jsonRowOf(value);
  return value;
}

function jsonRowOf(value: RowOfSourceNode): JsonObjectNode {
  const fields = columnNodes(value.source).map(({ key, value }): JsonFieldNode => ({ name: key, value }));
  return { kind: "jsonObject", fields, type: { kind: "json-row", many: false, shape: jsonShape(value) } };
}
