// Which operator binds more tightly than which, as far as every database agrees. Where they do not, operands stand in
// parentheses: a pair too many costs nothing, a pair too few means something else on another server.
import type { BinaryOperator, ExpressionNode } from "../tree/node.ts";

// Databases disagree on `||` (PostgreSQL: below `+`, SQLite: above `*`) and on the operators of bits; these take only
// atoms without parentheses. `||` takes itself on the left.
const comparison = 4;
const loose = 5;
const sum = 6;
const product = 7;
const atom = 9;

/** How each operator stands between its operands. */
export const operatorText: Readonly<Record<BinaryOperator, string>> = {
  "=": " = ",
  "<>": " <> ",
  "<": " < ",
  "<=": " <= ",
  ">": " > ",
  ">=": " >= ",
  "is distinct from": " is distinct from ",
  "is not distinct from": " is not distinct from ",
  "||": " || ",
  "&": " & ",
  "|": " | ",
  "<<": " << ",
  ">>": " >> ",
  "+": " + ",
  "-": " - ",
  "*": " * ",
  "/": " / ",
  "%": " % ",
};

const precedence: Readonly<Record<BinaryOperator, number>> = {
  "=": comparison,
  "<>": comparison,
  "<": comparison,
  "<=": comparison,
  ">": comparison,
  ">=": comparison,
  "is distinct from": comparison,
  "is not distinct from": comparison,
  "||": loose,
  "&": loose,
  "|": loose,
  "<<": loose,
  ">>": loose,
  "+": sum,
  "-": sum,
  "*": product,
  "/": product,
  "%": product,
};

/** Whether the node can stand beside any operator without parentheses. */
export function isAtomic(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "column":
    case "excluded":
    case "value":
    case "param":
    case "call":
    case "cast":
    case "scalar":
    case "exists":
    case "array":
    case "jsonObject":
    case "jsonArray":
    case "jsonQuery":
    case "over":
    case "case":
    case "row":
    case "quantified":
      return true;
    case "constant":
      return !(typeof node.value === "number" && node.value < 0);
    case "retype":
      return isAtomic(node.operand);
    default:
      return false;
  }
}

/** Whether the operand of a binary operator must stand in parentheses. */
export function needsParentheses(operand: ExpressionNode, operator: BinaryOperator, side: "left" | "right"): boolean {
  if (operand.kind === "column" || operand.kind === "value") return false;
  let node: ExpressionNode = operand;
  while (node.kind === "retype") node = node.operand;
  if (node.kind !== "binary") return !isAtomic(node);
  const outer = precedence[operator];
  const inner = precedence[node.operator];
  if (outer === loose) return !(side === "left" && operator === "||" && node.operator === "||");
  if (inner === loose) return outer !== comparison;
  if (inner === outer) return side === "right" || outer === comparison;
  return inner < outer || inner === atom;
}
