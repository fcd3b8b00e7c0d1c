// Sources that databases write differently: rows written down, and functions that give rows.
import type { ExpressionNode, FunctionSourceNode, SourceColumn, ValuesSourceNode } from "../tree/node.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** `(values (…), (…)) as "v" ("a", "b")`. */
export function writeValuesSource(node: ValuesSourceNode, out: TextBuffer): void {
  out.add("(");
  out.dialect.writeValues(node.rows, out);
  out.add(") as ");
  out.name(node.source.name);
  writeColumnNames(node.columns, out);
}

/** The same for databases that cannot name columns beside an alias. */
export function writeValuesSourceWithCte(node: ValuesSourceNode, out: TextBuffer): void {
  out.add("(with ");
  out.name(node.source.name);
  writeColumnNames(node.columns, out);
  out.add(" as (");
  out.dialect.writeValues(node.rows, out);
  out.add(") select * from ");
  out.name(node.source.name);
  out.add(") as ");
  out.name(node.source.name);
}

/** `values (…), (…)`. */
export function writeValues(rows: readonly (readonly ExpressionNode[])[], out: TextBuffer): void {
  out.text += "values ";
  for (let r = 0; r < rows.length; r++) {
    out.text += r > 0 ? ", (" : "(";
    out.expressions(rows[r] as readonly ExpressionNode[]);
    out.text += ")";
  }
}

/** `unnest(…) with ordinality as "u" ("value", "at")`. */
export function writeFunctionSource(node: FunctionSourceNode, out: TextBuffer): void {
  out.expression(node.call);
  if (node.ordinality) {
    out.require("ORDINALITY");
    out.add(" with ordinality");
  }
  out.add(" as ");
  out.name(node.source.name);
  writeColumnNames(node.columns, out);
}

function writeColumnNames(columns: readonly SourceColumn[], out: TextBuffer): void {
  if (columns.length === 0) return;
  out.add(" (");
  out.list(columns, (column) => out.name(column.name));
  out.add(")");
}
