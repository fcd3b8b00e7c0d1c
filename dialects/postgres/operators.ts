// What PostgreSQL's own operators and functions are made of: nodes like Core's, with the feature that they need.
import {
  type ArrayType,
  CompileError,
  type ExpressionNode,
  type FeatureName,
  type SqlType,
} from "../../core/dialect/index.ts";
import { type Expr, expression, type Given, NODE } from "../../core/index.ts";

/** Null where a side is. */
export type Strict<R, T, U = never> = R | (T & null) | NoInfer<U & null>;
/** The needs of both sides, and the feature. */
export type Both<N, M, F> = N | Given<M> | F;

/** The node of an operand: an expression's own, or a bound value of the type. */
export function operand(value: unknown, type: SqlType, of?: ExpressionNode): ExpressionNode {
  if (typeof value === "object" && value !== null && NODE in value) return value[NODE] as ExpressionNode;
  return { kind: "value", value, type, of };
}

export function operator<T, N, L>(
  left: ExpressionNode,
  sign: string,
  right: ExpressionNode,
  type: SqlType,
  feature: FeatureName,
): Expr<T, N, L> {
  return expression({ kind: "operator", operator: sign, left, right, type, feature });
}

export function call<T, N, L>(
  name: string,
  args: readonly ExpressionNode[],
  type: SqlType,
  feature: FeatureName,
): Expr<T, N, L> {
  return expression({ kind: "call", name, arguments: args, type, feature });
}

/** The type of an array's elements. */
export function elementOf(node: ExpressionNode): ArrayType["of"] {
  if (node.type.kind === "array") return node.type.of;
  throw new CompileError("this expression is no array", "Say what it is: expr.as(array(text())).");
}
