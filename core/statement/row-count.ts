// How many rows LIMIT and OFFSET mean.
import { valueNode } from "../expression/operand.ts";
import type { ExpressionNode } from "../tree/node.ts";
import { rowsType } from "../types/sql-type.ts";

/** The node of a number of rows. A value or parameter is checked to be one, whatever type it was declared with. */
export function rowCount(rows: unknown): ExpressionNode {
  const node = valueNode(rows, rowsType);
  return node.kind === "value" || node.kind === "param" ? { ...node, type: rowsType } : node;
}
