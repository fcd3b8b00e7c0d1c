// AND, OR and NOT over any number of conditions, by SQL's three-valued logic.
import type { ExpressionNode } from "../tree/node.ts";
import { booleanType } from "../types/sql-type.ts";
import { type Expr, expression, nodeOf } from "./expr.ts";
import type { Cond, ExprOf, NeedsIn, NULLS, VALUE } from "./needs.ts";

/** All hold. Of nothing: true. */
export function and<const E extends readonly Cond[]>(
  ...conditions: E
): Expr<boolean | (E[number][typeof VALUE] & null), NeedsIn<E>, E[number][typeof NULLS]> {
  return expression(joined("and", conditions));
}

/** At least one holds. Of nothing: false. */
export function or<const E extends readonly Cond[]>(
  ...conditions: E
): Expr<boolean | (E[number][typeof VALUE] & null), NeedsIn<E>, E[number][typeof NULLS]> {
  return expression(joined("or", conditions));
}

/** The opposite; null stays null. */
export function not<T extends boolean | null, N, L>(condition: ExprOf<T, N, L>): Expr<boolean | (T & null), N, L> {
  return expression({ kind: "not", operand: nodeOf(condition), type: booleanType });
}

function joined(operator: "and" | "or", conditions: readonly Cond[]): ExpressionNode {
  return { kind: "logic", operator, operands: conditions.map(nodeOf), type: booleanType };
}
