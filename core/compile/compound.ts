// UNION and its kind. Databases read a chain from the left, but some give INTERSECT precedence and some take no
// parentheses around an operand; what could be read in two ways is made a derived table.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError } from "../errors/usage-errors.ts";
import type { CompoundNode, QueryNode } from "../tree/node.ts";
import { selectionOf } from "../tree/selection-of.ts";
import { standsAlone, wrapper, writeCompoundOperand } from "./compound-operand.ts";
import { writeWithOf } from "./with.ts";

export function writeCompound(node: CompoundNode, out: TextBuffer): void {
  // A result column is all that ORDER BY may name here; what computes with one needs a query around it.
  if (node.orderBy.some((order) => order.operand.kind !== "column")) return writeOrderedOutside(node, out);
  writeChain(node, out);
  if (node.orderBy.length > 0) {
    const { allBare } = out;
    out.allBare = true;
    out.text += " order by ";
    out.write.order(node.orderBy, out);
    out.allBare = allBare;
  }
  out.dialect.writeLimit(node, out);
}

function writeOrderedOutside(node: CompoundNode, out: TextBuffer): void {
  out.text += "select * from (";
  out.write.query({ ...node, orderBy: [], limit: undefined, offset: undefined }, out);
  out.text += ") as ";
  out.name(wrapper);
  const { allBare } = out;
  out.allBare = true;
  out.text += " order by ";
  out.write.order(node.orderBy, out);
  out.allBare = allBare;
  out.dialect.writeLimit(node, out);
}

/** `a union b except c`, for a chain that is as deep on the left as it is long. */
function writeChain(node: CompoundNode, out: TextBuffer): void {
  const chain: CompoundNode[] = [node];
  let first: QueryNode = node.left;
  for (let outer = node; isLeftOf(first, outer); first = outer.left) {
    outer = first;
    chain.push(outer);
  }
  chain.reverse();
  for (const link of chain) checkColumns(link);
  writeWithOf(
    chain.flatMap((link) => link.ctes),
    [first, ...chain.map((link) => link.right)].filter(standsAlone),
    out,
  );
  writeCompoundOperand(first, out);
  for (const { operator, right } of chain) {
    if (operator === "intersect all" || operator === "except all") out.require("INTERSECT ALL");
    out.text += ` ${operator} `;
    writeCompoundOperand(right, out);
  }
}

/** Whether a compound can stand to the left of another's operator without more ado. */
function isLeftOf(node: QueryNode, outer: CompoundNode): node is CompoundNode {
  if (node.kind !== "compound" || node.orderBy.length > 0 || node.limit !== undefined || node.offset !== undefined) {
    return false;
  }
  return !outer.operator.startsWith("intersect") || node.operator.startsWith("intersect");
}

/** Databases match columns by position; a name that stands elsewhere would be a silent mistake. */
function checkColumns(node: CompoundNode): void {
  const right = selectionOf(node.right);
  const left = node.selection.fields.map((field) => field.key);
  const found = right?.fields.map((field) => field.key) ?? left;
  if (left.length === found.length && left.every((key, i) => key === found[i])) return;
  throw new CompileError(
    `${node.operator} joins queries of different columns: ${left.join(", ")} and ${found.join(", ")}`,
    "Both must select the same names.",
  );
}
