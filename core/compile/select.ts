// SELECT, its clauses in the order that SQL has them.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError } from "../errors/usage-errors.ts";
import type { ConstantNode, ExpressionNode, GroupNode, OrderNode, SelectNode, WindowNode } from "../tree/node.ts";
import { integerType } from "../types/sql-type.ts";
import { writeWindow } from "./call.ts";
import { rolledUpApart } from "./rollup.ts";
import { columnPosition, contains } from "./same-expression.ts";
import { capturingLabels, ownName, writeSelection } from "./selection.ts";
import { joinedTo, writeFrom } from "./source.ts";
import { writeWith } from "./with.ts";

export function writeSelect(given: SelectNode, out: TextBuffer): void {
  const node = given.groupBy.length > 0 && out.dialect.rollsUpApart === true ? rolledUpApart(given) : given;
  writeWith(node.ctes, node.from, node.joins, out);
  out.bare = isAlone(node) ? node.from?.source.key : undefined;
  if (node.groupBy.length > 0 || node.orderBy.length > 0) out.share();
  out.text += node.distinct || node.distinctOn.length > 0 ? "select distinct " : "select ";
  if (node.distinctOn.length > 0) writeDistinctOn(node, out);
  writeSelection(node.selection, out, node);
  writeFrom(node.from, node.joins, out);
  if (node.where.length > 0) {
    out.text += " where ";
    out.write.conditions(node.where, out);
  }
  if (out.bare !== undefined) out.captured = capturingLabels(node.selection.fields);
  if (node.groupBy.length > 0) writeGroupBy(node, out);
  if (node.having.length > 0) {
    out.text += " having ";
    out.write.conditions(node.having, out);
  }
  if (out.windows.length > 0) writeWindows(out);
  if (node.orderBy.length > 0) writeOrderBy(node, out);
  out.captured = undefined;
  if (node.limit !== undefined || node.offset !== undefined) out.dialect.writeLimit(node, out);
  if (node.locks.length > 0) {
    out.reads = false;
    out.dialect.writeLocks(node, out);
  }
}

function isAlone({ from, joins }: SelectNode): boolean {
  return joins.length === 0 && from !== undefined && joinedTo(from) === undefined;
}

function writeDistinctOn(node: SelectNode, out: TextBuffer): void {
  out.require("DISTINCT ON");
  const { distinctOn, orderBy } = node;
  for (let i = 0; i < Math.min(distinctOn.length, orderBy.length); i++) {
    const { operand } = orderBy[i] as OrderNode;
    if (!distinctOn.some((expression) => contains([expression], operand))) {
      throw new CompileError(
        "ORDER BY begins with something else than DISTINCT ON, so which row comes first is not defined",
        "Order by the expressions of distinctOn() first.",
      );
    }
  }
  out.text += "on (";
  out.expressions(distinctOn);
  out.text += ") ";
}

function writeGroupBy(node: SelectNode, out: TextBuffer): void {
  if (!node.groupBy.every(isColumn)) checkGrouping(node);
  out.text += " group by ";
  for (let i = 0; i < node.groupBy.length; i++) {
    if (i > 0) out.text += ", ";
    writeGroup(node.groupBy[i] as GroupNode, node, out);
  }
}

function isColumn(group: GroupNode): boolean {
  return group.kind === "column";
}

function writeGroup(group: GroupNode, node: SelectNode, out: TextBuffer): void {
  switch (group.kind) {
    case "rollup":
    case "cube":
      out.require(group.kind === "rollup" ? "ROLLUP" : "CUBE");
      if (out.dialect.writeRollup !== undefined)
        return out.dialect.writeRollup(group.items, node.groupBy.length === 1, out);
      out.text += `${group.kind} (`;
      out.expressions(group.items);
      out.text += ")";
      return;
    case "groupingSets":
      out.require("CUBE");
      out.text += "grouping sets (";
      out.list(group.sets, (set) => {
        out.text += "(";
        out.expressions(set);
        out.text += ")";
      });
      out.text += ")";
      return;
    default:
      return writeGrouped(group, node, out);
  }
}

/**
 * An expression to group by. If it binds values again that the selection has bound, the database could not see that the
 * two are one; then the position in the selection says so.
 */
function writeGrouped(expression: ExpressionNode, node: SelectNode, out: TextBuffer): void {
  if (expression.kind === "column") return out.write.expression(expression, out);
  if (isNumber(expression)) return out.write.expression(notPosition(expression, node), out);
  const { text, slots } = out;
  const before = slots.length;
  out.write.expression(expression, out);
  if (slots.length === before) return;
  const position = columnPosition(expression, node);
  if (position === undefined) return;
  slots.length = before;
  out.text = `${text}${position}`;
}

function writeOrderBy(node: SelectNode, out: TextBuffer): void {
  out.text += " order by ";
  out.windowsWritten = true;
  for (let i = 0; i < node.orderBy.length; i++) {
    if (i > 0) out.text += ", ";
    writeOrdered(node.orderBy[i] as OrderNode, node, out);
  }
}

function writeOrdered(order: OrderNode, node: SelectNode, out: TextBuffer): void {
  if (order.operand.kind === "column") return out.dialect.writeOrder(order, out);
  if (isNumber(order.operand)) {
    return out.dialect.writeOrder({ ...order, operand: notPosition(order.operand, node) }, out);
  }
  const { text, slots } = out;
  const before = slots.length;
  out.dialect.writeOrder(order, out);
  // Where NULLS FIRST is put together from two orderings, a position in one of them would be a number.
  if (slots.length === before || order.nulls !== undefined) return;
  const position = columnPosition(order.operand, node);
  if (position === undefined) return;
  slots.length = before;
  out.text = text;
  out.dialect.writeOrder({ ...order, operand: positionNode(position) }, out);
}

function positionNode(position: number): ConstantNode {
  return { kind: "constant", value: position, type: integerType };
}

/** Whether a database would take the expression for the position of a column. */
function isNumber(node: ExpressionNode): boolean {
  let inner = node;
  while (inner.kind === "retype") inner = inner.operand;
  return inner.kind === "constant" && typeof inner.value === "number";
}

/** A number that is meant as itself. */
function notPosition(node: ExpressionNode, select: SelectNode): ExpressionNode {
  const position = columnPosition(node, select);
  return position === undefined ? { kind: "cast", operand: node, type: node.type } : positionNode(position);
}

function writeWindows(out: TextBuffer): void {
  out.text += " window ";
  // Writing a window can declare no other: windows do not nest.
  for (let i = 0; i < out.windows.length; i++) {
    const window = out.windows[i] as WindowNode;
    if (i > 0) out.text += ", ";
    out.name(window.name as string);
    out.text += " as (";
    writeWindow(window, out);
    out.text += ")";
  }
}

/** Types see that a selected column is grouped by, not that it is grouped by through another expression. */
function checkGrouping(node: SelectNode): void {
  const grouped = node.groupBy.flatMap(groupedBy);
  for (const { key, value } of node.selection.fields) {
    if (value.kind === "object" || value.kind === "rowOf" || value.kind !== "call" || value.aggregate === true)
      continue;
    const stray = strayColumn(value, grouped);
    if (stray !== undefined) {
      throw new CompileError(
        `"${key}" is selected over column "${stray}", which is grouped by only inside another expression`,
        "Select the expression that is grouped by, or group by the column.",
      );
    }
  }
}

function groupedBy(group: GroupNode): readonly ExpressionNode[] {
  switch (group.kind) {
    case "rollup":
    case "cube":
      return group.items;
    case "groupingSets":
      return group.sets.flat();
    default:
      return [group];
  }
}

/** A column of a plain call that no grouping covers, neither itself nor through what stands around it. */
function strayColumn(node: ExpressionNode, grouped: readonly ExpressionNode[]): string | undefined {
  if (contains(grouped, node)) return undefined;
  if (node.kind === "column") {
    const covered = grouped.some(
      (expression) => expression.kind === "column" && expression.source.key === node.source.key,
    );
    return covered ? undefined : ownName(node);
  }
  if (node.kind !== "call" || node.aggregate === true) return undefined;
  for (const argument of node.arguments) {
    const found = strayColumn(argument, grouped);
    if (found !== undefined) return found;
  }
  return undefined;
}
