// UPDATE and DELETE: other sources are joined to the table that is written, where the standard has FROM and USING.
import {
  CompileError,
  type DeleteNode,
  type JoinNode,
  type SourceNode,
  type TableSourceNode,
  type TextBuffer,
  type UpdateNode,
  writeTarget,
  writeWriteLimit,
} from "../../core/dialect/index.ts";
import { inReadingOrder } from "./assignment-order.ts";

/** @param simultaneous whether the server computes assignments all at once */
export function updateWriter(simultaneous: boolean): (node: UpdateNode, out: TextBuffer) => void {
  return (node, out) => {
    const { target, from, joins } = node;
    const several = from !== undefined || joins.length > 0;
    out.add("update ");
    writeTarget(target, out);
    if (several) writeOthers("UPDATE FROM", from, joins, out);
    out.add(" set ");
    out.list(simultaneous && !several ? node.set : inReadingOrder(node.set, target), ({ column, value }) => {
      if (several) {
        out.write.sourceName(target.source, out);
        out.add(".");
      }
      out.name(column);
      out.add(" = ");
      out.expression(value);
    });
    writeWhere(node.where, out);
    writeOrderAndLimit(node, several, out);
  };
}

/** @param aliases whether a delete from one table may give it another name */
export function deleteWriter(aliases: boolean): (node: DeleteNode, out: TextBuffer) => void {
  return (node, out) => {
    const { target, using, joins } = node;
    const several = using !== undefined || joins.length > 0 || (target.alias && !aliases);
    if (!several) {
      out.add("delete from ");
      writeTarget(target, out);
    } else {
      if (node.returning !== undefined) {
        throw new CompileError(
          "a delete that reads other sources has no returning() on MariaDB",
          "Say in a subquery of where() which rows are meant.",
        );
      }
      out.add("delete ");
      writeDeleted(target, out);
      out.add(" from ");
      writeTarget(target, out);
      writeOthers("DELETE USING", using, joins, out);
    }
    writeWhere(node.where, out);
    writeOrderAndLimit(node, several, out);
  };
}

/** Which of the sources is written: by its alias, or by its name. */
function writeDeleted(target: TableSourceNode, out: TextBuffer): void {
  if (target.alias) return out.name(target.source.name);
  if (target.schema !== undefined) {
    out.name(target.schema);
    out.add(".");
  }
  out.name(target.table);
}

/** Joined one after another, so that every ON sees the table that is written and all sources before its own. */
function writeOthers(
  feature: "UPDATE FROM" | "DELETE USING",
  first: SourceNode | undefined,
  joins: readonly JoinNode[],
  out: TextBuffer,
): void {
  if (first === undefined && joins.length === 0) return;
  out.require(feature);
  const all: readonly JoinNode[] =
    first === undefined ? joins : [{ kind: "cross", source: first, lateral: false }, ...joins];
  out.write.joins(all, out);
}

function writeWhere(where: UpdateNode["where"], out: TextBuffer): void {
  if (where === undefined || where.length === 0) return;
  out.add(" where ");
  out.write.conditions(where, out);
}

function writeOrderAndLimit(
  node: Pick<UpdateNode, "orderBy" | "limit" | "target">,
  several: boolean,
  out: TextBuffer,
): void {
  if (several && (node.orderBy.length > 0 || node.limit !== undefined)) {
    throw new CompileError(
      `a write to "${node.target.table}" that reads other sources has no order or limit on MySQL and MariaDB`,
      "Say in a subquery of where() which rows are meant.",
    );
  }
  writeWriteLimit(node, out);
}
