// UPDATE, DELETE and MERGE, from their verb to before RETURNING, as PostgreSQL and SQLite have them.
import { CompileError } from "../errors/usage-errors.ts";
import type {
  DeleteNode,
  ExpressionNode,
  JoinNode,
  MergeBranch,
  MergeNode,
  SourceNode,
  UpdateNode,
} from "../tree/node.ts";
import type { TextBuffer } from "./text-buffer.ts";
import { writeAssignments, writeTarget } from "./write-insert.ts";

export function writeUpdate(node: UpdateNode, out: TextBuffer): void {
  out.add("update ");
  writeTarget(node.target, out);
  out.add(" set ");
  writeAssignments(node.set, out);
  const conditions = writeOthers(" from ", "UPDATE FROM", node.from, node.joins, out);
  writeWhere(conditions, node.where ?? [], out);
  writeWriteLimit(node, out);
}

export function writeDelete(node: DeleteNode, out: TextBuffer): void {
  out.add("delete from ");
  writeTarget(node.target, out);
  const conditions = writeOthers(" using ", "DELETE USING", node.using, node.joins, out);
  writeWhere(conditions, node.where ?? [], out);
  writeWriteLimit(node, out);
}

/**
 * The sources beside the target. ON of an inner join goes to WHERE, because it may mention the target, which a join in
 * this FROM cannot see.
 */
function writeOthers(
  keyword: string,
  feature: "UPDATE FROM" | "DELETE USING",
  from: SourceNode | undefined,
  joins: readonly JoinNode[],
  out: TextBuffer,
): readonly ExpressionNode[] {
  if (from === undefined && joins.length === 0) return [];
  out.require(feature);
  out.add(keyword);
  if (from !== undefined) out.write.source(from, out);
  const movable = joins.every((join) => join.kind !== "right" && join.kind !== "full");
  const conditions: ExpressionNode[] = [];
  joins.forEach((join, i) => {
    const first = from === undefined && i === 0;
    if (first && join.kind !== "inner" && join.kind !== "cross") {
      throw new CompileError(
        `a ${join.kind} join cannot be the first source beside the table that is written to`,
        "Join it after one that every row needs, or say in a subquery of where() which rows are meant.",
      );
    }
    if (first || (movable && join.kind === "inner")) {
      if (join.on !== undefined) conditions.push(join.on);
      if (first) out.write.source(join.source, out);
      else out.write.joins([{ ...join, kind: "cross", on: undefined }], out);
    } else {
      out.write.joins([join], out);
    }
  });
  return conditions;
}

function writeWhere(joined: readonly ExpressionNode[], where: readonly ExpressionNode[], out: TextBuffer): void {
  const all = joined.length === 0 ? where : [...joined, ...where];
  if (all.length === 0) return;
  out.add(" where ");
  out.write.conditions(all, out);
}

/** ORDER BY and LIMIT of a statement that writes, where the database has them. */
export function writeWriteLimit(node: Pick<UpdateNode, "orderBy" | "limit">, out: TextBuffer): void {
  if (node.orderBy.length === 0 && node.limit === undefined) return;
  out.require("WRITE LIMIT");
  if (node.orderBy.length > 0) {
    out.add(" order by ");
    out.write.order(node.orderBy, out);
  }
  if (node.limit !== undefined) {
    out.add(" limit ");
    out.operand(node.limit);
  }
}

export function writeMerge(node: MergeNode, out: TextBuffer): void {
  out.require("MERGE");
  out.add("merge into ");
  writeTarget(node.target, out);
  out.add(" using ");
  out.write.source(node.using, out);
  out.add(" on ");
  out.expression(node.on);
  for (const branch of node.branches) writeBranch(branch, out);
}

function writeBranch(branch: MergeBranch, out: TextBuffer): void {
  out.add(` when ${branch.when}`);
  if (branch.and !== undefined) {
    out.add(" and ");
    out.operand(branch.and);
  }
  out.add(" then ");
  const { action } = branch;
  switch (action.kind) {
    case "update":
      out.add("update set ");
      return writeAssignments(action.set, out);
    case "insert":
      if (action.set.length === 0) return out.add("insert default values");
      out.add("insert (");
      out.list(action.set, ({ column }) => out.name(column));
      out.add(") values (");
      out.list(action.set, ({ value }) => out.assigned(value));
      return out.add(")");
    case "delete":
      return out.add("delete");
    case "nothing":
      return out.add("do nothing");
  }
}
