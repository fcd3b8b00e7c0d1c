// Statements that write: what the dialect leaves to the compiler, and what is checked before any of it is written.
import type { FeatureName } from "../dialect/features.ts";
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError } from "../errors/usage-errors.ts";
import type {
  AssignmentNode,
  CteNode,
  DeleteNode,
  ExpressionNode,
  InsertNode,
  JoinNode,
  MergeNode,
  SelectionNode,
  SourceNode,
  UpdateNode,
} from "../tree/node.ts";
import { walk } from "../tree/visit.ts";
import { markSources, writeSelection } from "./selection.ts";
import { surroundingsOf } from "./whole-row.ts";
import { writeWith } from "./with.ts";

export function writeInsertStatement(node: InsertNode, out: TextBuffer): void {
  out.reads = false;
  writeWithBefore("WITH INSERT", node.ctes, undefined, [], out);
  if (node.conflict !== undefined && node.conflict.set !== "nothing") {
    checkSet("upsert", node.target.table, node.conflict.set);
  }
  // ON CONFLICT sees two rows, the one that is there and the one proposed, so columns keep their qualifier.
  out.bare = undefined;
  out.dialect.writeInsert(node, out);
  out.bare = node.target.source.key;
  writeReturning(node, node.returning, "INSERT RETURNING", out);
}

export function writeUpdateStatement(node: UpdateNode, out: TextBuffer): void {
  out.reads = false;
  checkWhere("update", node.target.table, node.where);
  checkSet("update", node.target.table, node.set);
  writeWithBefore("WITH UPDATE", node.ctes, node.from, node.joins, out);
  out.bare = node.from === undefined && node.joins.length === 0 ? node.target.source.key : undefined;
  if (node.returning !== undefined) markSources(node.returning, out, surroundingsOf(node));
  out.dialect.writeUpdate(node, out);
  writeReturning(node, node.returning, "UPDATE RETURNING", out);
}

export function writeDeleteStatement(node: DeleteNode, out: TextBuffer): void {
  out.reads = false;
  checkWhere("delete", node.target.table, node.where);
  writeWithBefore("WITH UPDATE", node.ctes, node.using, node.joins, out);
  out.bare = node.using === undefined && node.joins.length === 0 ? node.target.source.key : undefined;
  if (node.returning !== undefined) markSources(node.returning, out, surroundingsOf(node));
  out.dialect.writeDelete(node, out);
  writeReturning(node, node.returning, "DELETE RETURNING", out);
}

export function writeMergeStatement(node: MergeNode, out: TextBuffer): void {
  out.reads = false;
  for (const { action } of node.branches) {
    if (action.kind === "update") checkSet("merge", node.target.table, action.set);
  }
  writeWith(node.ctes, node.using, [], out);
  out.bare = undefined;
  out.dialect.writeMerge(node, out);
  writeReturning(node, node.returning, "MERGE", out);
}

/** Some databases have WITH in queries alone. */
function writeWithBefore(
  feature: FeatureName,
  ctes: readonly CteNode[],
  from: SourceNode | undefined,
  joins: readonly JoinNode[],
  out: TextBuffer,
): void {
  const { length } = out.text;
  writeWith(ctes, from, joins, out);
  if (out.text.length > length) out.require(feature);
}

function writeReturning(
  node: InsertNode | UpdateNode | DeleteNode | MergeNode,
  returning: SelectionNode | undefined,
  feature: FeatureName,
  out: TextBuffer,
): void {
  if (returning === undefined) return;
  out.require(feature);
  if (readsBeside(node, returning)) out.require("RETURNING SOURCES");
  out.text += " returning ";
  writeSelection(returning, out, surroundingsOf(node));
}

/** Whether rows that are given back hold columns of another source than the table written. */
function readsBeside(node: InsertNode | UpdateNode | DeleteNode | MergeNode, returning: SelectionNode): boolean {
  if (node.kind !== "update" && node.kind !== "delete") return false;
  const first = node.kind === "update" ? node.from : node.using;
  if (first === undefined) return false;
  const beside = new Set([first.source.key, ...node.joins.map(({ source }) => source.source.key)]);
  let found = false;
  walk(returning, (one) => {
    if (one.kind === "column" && beside.has(one.source.key)) found = true;
    if (one.kind === "rowOf" && beside.has(one.source.source.key)) found = true;
    return !found;
  });
  return found;
}

function checkSet(verb: "update" | "upsert" | "merge", table: string, set: readonly AssignmentNode[]): void {
  if (set.length > 0) return;
  throw new CompileError(`this ${verb} of "${table}" sets no column`, "Set at least one, or leave the statement out.");
}

/** A list of conditions that turned out empty would write every row, which nobody asked for. */
function checkWhere(verb: "update" | "delete", table: string, where: readonly ExpressionNode[] | undefined): void {
  if (where === undefined) {
    throw new CompileError(
      `this ${verb} of "${table}" has no where`,
      "Add where(…), or everyRow() if all rows are meant.",
    );
  }
  if (where.length > 0 && where.every((condition) => isEmpty(condition))) {
    throw new CompileError(
      `the conditions of this ${verb} of "${table}" are an empty list`,
      "Leave the statement out, or call everyRow() if all rows are meant.",
    );
  }
}

function isEmpty(node: ExpressionNode): boolean {
  return node.kind === "logic" && node.operator === "and" && node.operands.every((operand) => isEmpty(operand));
}
