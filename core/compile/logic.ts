// AND and OR. Databases read `a and b and c` as a tree as deep as it is long, and refuse what is too deep: SQLite at 1,000
// levels. So long chains are written as balanced trees, in parentheses, and however deeply a program nested its chain,
// it is one chain here.

import { isAtomic } from "../dialect/precedence.ts";
import type { TextBuffer } from "../dialect/text-buffer.ts";
import type { ExpressionNode, LogicNode } from "../tree/node.ts";

type Operator = LogicNode["operator"];

// Up to so many operands, and so deep in the tree, a chain is written as people do.
const flatLength = 16;
const flatDepth = 8;

export function writeLogic(node: LogicNode, out: TextBuffer): void {
  writeChain(node.operands, node.operator, out);
}

/** Conditions joined by AND. */
export function writeConditions(conditions: readonly ExpressionNode[], out: TextBuffer): void {
  writeChain(conditions, "and", out);
}

function writeChain(operands: readonly ExpressionNode[], operator: Operator, out: TextBuffer): void {
  const links = isFlat(operands, operator) ? operands : flattened(operands, operator);
  // What every database reads as true and as false.
  if (links.length === 0) out.text += operator === "and" ? "1 = 1" : "1 = 0";
  else if (links.length === 1) out.write.expression(links[0] as ExpressionNode, out);
  else if (links.length <= flatLength && out.depth < flatDepth) writeFlat(links, operator, out);
  else writeBalanced(links, 0, links.length, operator, out);
}

function isFlat(operands: readonly ExpressionNode[], operator: Operator): boolean {
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i] as ExpressionNode;
    if (operand.kind === "logic" && (operand.operator === operator || operand.operands.length < 2)) return false;
  }
  return true;
}

/** The chain with every part of it that is a chain of the same operator, or of one link, put in its place. */
function flattened(operands: readonly ExpressionNode[], operator: Operator): readonly ExpressionNode[] {
  const links: ExpressionNode[] = [];
  const waiting = operands.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "logic" && (node.operator === operator || node.operands.length === 1)) {
      for (let i = node.operands.length - 1; i >= 0; i--) waiting.push(node.operands[i] as ExpressionNode);
    } else {
      links.push(node);
    }
  }
  return links;
}

function writeFlat(links: readonly ExpressionNode[], operator: Operator, out: TextBuffer): void {
  const deeper = links.length - 1;
  out.depth += deeper;
  out.pending += 2;
  for (let i = 0; i < links.length; i++) {
    if (i > 0) out.text += operator === "and" ? " and " : " or ";
    writeLink(links[i] as ExpressionNode, out);
  }
  out.pending -= 2;
  out.depth -= deeper;
}

function writeBalanced(
  links: readonly ExpressionNode[],
  from: number,
  to: number,
  operator: Operator,
  out: TextBuffer,
): void {
  const middle = (from + to + 1) >> 1;
  out.depth++;
  writeHalf(links, from, middle, operator, out);
  out.text += operator === "and" ? " and " : " or ";
  out.pending += 2;
  writeHalf(links, middle, to, operator, out);
  out.pending -= 2;
  out.depth--;
}

function writeHalf(
  links: readonly ExpressionNode[],
  from: number,
  to: number,
  operator: Operator,
  out: TextBuffer,
): void {
  if (to - from === 1) return writeLink(links[from] as ExpressionNode, out);
  out.text += "(";
  out.pending++;
  writeBalanced(links, from, to, operator, out);
  out.pending--;
  out.text += ")";
}

/** A link binds more tightly than its chain, or stands in parentheses. */
function writeLink(node: ExpressionNode, out: TextBuffer): void {
  if (bindsTightly(node)) return out.write.expression(node, out);
  out.text += "(";
  out.pending++;
  out.write.expression(node, out);
  out.pending--;
  out.text += ")";
}

function bindsTightly(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "binary":
    case "isNull":
    case "inList":
    case "inQuery":
    case "like":
    case "match":
    case "between":
    case "not":
      return true;
    default:
      return isAtomic(node);
  }
}
