// What a statement selects. Nested objects and whole sources lie flat in the text, since rows are read by position.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError } from "../errors/usage-errors.ts";
import type { ExpressionNode, RowOfSourceNode, SelectionField, SelectionNode, SourceColumn } from "../tree/node.ts";
import { alone, type Presence, presenceColumn, presenceOf, type Surroundings } from "./whole-row.ts";

/** The columns of a selection, with a comma between. */
export function writeSelection(node: SelectionNode, out: TextBuffer, around: Surroundings = alone): void {
  if (node.fields.length === 0) throw new CompileError("nothing is selected", "Select at least one expression.");
  writeFields(node.fields, out, around, false);
}

function writeFields(
  fields: readonly SelectionField[],
  out: TextBuffer,
  around: Surroundings,
  comma: boolean,
): boolean {
  let between = comma;
  for (let i = 0; i < fields.length; i++) {
    const { key, value } = fields[i] as SelectionField;
    if (value.kind === "object") {
      between = writeFields(value.fields, out, around, between);
      continue;
    }
    if (between) out.text += ", ";
    between = true;
    if (value.kind === "rowOf") {
      writeWholeRow(value, presenceOf(value, around), out);
    } else {
      out.write.expression(value, out);
      if (ownName(value) !== key) {
        out.text += " as ";
        out.name(key);
      }
    }
  }
  return between;
}

function writeWholeRow(row: RowOfSourceNode, presence: Presence, out: TextBuffer): void {
  const { source, columns } = row.source;
  if (presence === "added") {
    mark(row, out);
    out.write.sourceName(source, out);
    out.text += ".";
    out.name(presenceColumn);
    if (columns.length > 0) out.text += ", ";
  }
  for (let i = 0; i < columns.length; i++) {
    const { name, type, source: own = source } = columns[i] as SourceColumn;
    if (i > 0) out.text += ", ";
    out.write.expression({ kind: "column", source: own, name, type }, out);
  }
}

/** Notes which sources must say whether their row is there, where FROM stands before what is selected. */
export function markSources(node: SelectionNode, out: TextBuffer, around: Surroundings): void {
  for (const { value } of node.fields) {
    if (value.kind === "object") markSources(value, out, around);
    else if (value.kind === "rowOf" && presenceOf(value, around) === "added") mark(value, out);
  }
}

function mark(row: RowOfSourceNode, out: TextBuffer): void {
  const { source } = row.source;
  if (!out.marked.includes(source)) out.marked = [...out.marked, source];
}

/** The name that a result column has by itself. */
export function ownName(node: ExpressionNode): string | undefined {
  let inner = node;
  while (inner.kind === "retype") inner = inner.operand;
  return inner.kind === "column" ? inner.name : undefined;
}

/**
 * Labels that stand for something else than the column of that name. In ORDER BY and GROUP BY a database would take a
 * bare name for the label.
 */
export function capturingLabels(fields: readonly SelectionField[]): readonly string[] | undefined {
  let found: string[] | undefined;
  for (let i = 0; i < fields.length; i++) {
    const { key, value } = fields[i] as SelectionField;
    if (value.kind === "object") {
      const inner = capturingLabels(value.fields);
      if (inner !== undefined) found = found === undefined ? [...inner] : [...found, ...inner];
    } else if (value.kind !== "rowOf" && ownName(value) !== key) {
      if (found === undefined) found = [key];
      else found.push(key);
    }
  }
  return found;
}
