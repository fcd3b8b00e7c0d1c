// Rows written down, on MariaDB, which takes a placeholder in VALUES for an empty blob. They travel as one JSON document
// where all of them can, so that the text is the same for any number of rows; else as SELECTs joined by UNION ALL.
import {
  type ColumnNode,
  type ExpressionNode,
  encodeList,
  type ListsSourceNode,
  ParameterError,
  type SourceColumn,
  type TextBuffer,
  type ValueNode,
  type ValuesSourceNode,
} from "../../core/dialect/index.ts";
import { elementText, listColumn } from "./json-list.ts";
import { codec } from "./types.ts";
import { measuredValue } from "./widened.ts";

/** `select ?, concat(?, '') union all select ?, concat(?, '')`; see widened.ts. */
export function writeValuesAsSelects(rows: readonly (readonly ExpressionNode[])[], out: TextBuffer): void {
  rows.forEach((row, i) => {
    out.add(i === 0 ? "select " : " union all select ");
    out.expressions(row.map(measuredValue));
  });
}

export function writeValuesSource(node: ValuesSourceNode, out: TextBuffer): void {
  const types = node.columns.map((column) => listColumn(column.type));
  if (types.includes(undefined) || out.inlines || !node.rows.every((row) => row.every(isValue))) {
    return writeSelects(node, out);
  }
  out.add("json_table(");
  const rows = node.rows as readonly (readonly ValueNode[])[];
  out.bindEncoded(rows, () => `[${rows.map((row) => rowText(row, node)).join(",")}]`);
  out.add(", '$[*]' columns (");
  node.columns.forEach(({ name }, i) => {
    if (i > 0) out.add(", ");
    out.name(name);
    out.add(` ${types[i]} path '$[${i}]'`);
  });
  out.add(")) as ");
  out.name(node.source.name);
}

/** Rows that are given when the statement runs, as one document. */
export function writeRowLists(node: ListsSourceNode, out: TextBuffer): void {
  out.add("json_table(");
  const encoders = node.of.map(({ type }) => {
    const { encode } = codec(type);
    return (value: unknown) => (value === null ? "null" : elementText(encode(value)));
  });
  out.paramEncoded(node.parameter, (given) => {
    const lists = (given as readonly (readonly unknown[])[]).map((list, i) =>
      encodeList(list, node.of[i] as ColumnNode, encoders[i] as (value: unknown) => string),
    );
    const rows = new Array<string>(lists[0]?.length ?? 0);
    for (let n = 0; n < rows.length; n++) rows[n] = lists.map((list) => list[n]).join();
    return rows.length === 0 ? "[]" : `[[${rows.join("],[")}]]`;
  });
  out.add(", '$[*]' columns (");
  node.columns.forEach(({ name, type }, i) => {
    if (i > 0) out.add(", ");
    out.name(name);
    out.add(name === node.ordinal ? " for ordinality" : ` ${listColumn(type)} path '$[${i}]'`);
  });
  out.add(")) as ");
  out.name(node.source.name);
}

function isValue(node: ExpressionNode): boolean {
  return node.kind === "value";
}

function rowText(row: readonly ValueNode[], node: ValuesSourceNode): string {
  return `[${row.map(({ value }, i) => cellText(value, node.columns[i] as SourceColumn, node.source.name)).join(",")}]`;
}

function cellText(value: unknown, { name, type }: SourceColumn, source: string): string {
  if (value === null) return "null";
  try {
    return elementText(codec(type).encode(value));
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    throw new ParameterError(`column "${name}" of "${source}": ${error.message.split("\n  ")[0]}`, error.hint);
  }
}

/** `(with "v" ("a", "b") as (select … union all select …) select * from "v") as "v"`. */
function writeSelects(node: ValuesSourceNode, out: TextBuffer): void {
  out.add("(with ");
  out.name(node.source.name);
  out.add(" (");
  out.list(node.columns, (column) => out.name(column.name));
  out.add(") as (");
  writeValuesAsSelects(node.rows, out);
  out.add(") select * from ");
  out.name(node.source.name);
  out.add(") as ");
  out.name(node.source.name);
}
