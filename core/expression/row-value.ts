// Row values: several expressions compared as one, from left to right. Keyset pagination stands on them.
import type { BinaryOperator, ExpressionNode } from "../tree/node.ts";
import { booleanType } from "../types/sql-type.ts";
import { type Expr, expression, nodeOf } from "./expr.ts";
import type { AnyExpr, NeedsIn, NULLS, VALUE } from "./needs.ts";
import { operandNode } from "./operand.ts";

type ValuesOf<E extends readonly AnyExpr[]> = { readonly [K in keyof E]: NonNullable<E[K][typeof VALUE]> | AnyExpr };
type NeedsOfItems<V> = V extends readonly unknown[]
  ? V[number] extends infer One
    ? One extends AnyExpr
      ? NeedsIn<[One]>
      : never
    : never
  : never;
type Compared<E extends readonly AnyExpr[], V> = Expr<
  boolean | (E[number][typeof VALUE] & null),
  NeedsIn<E> | NeedsOfItems<V>,
  E[number][typeof NULLS]
>;

/** A row of expressions, compared as a whole: `row(t.year, t.month).gte([2024, 3])`. */
export interface RowValue<E extends readonly AnyExpr[]> {
  eq<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
  ne<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
  lt<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
  lte<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
  gt<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
  gte<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
  /** Equal to one of the rows. */
  in<const V extends ValuesOf<E>>(others: readonly V[]): Compared<E, V>;
}

/** Several expressions as one value to compare. */
export function row<const E extends readonly [AnyExpr, ...AnyExpr[]]>(...items: E): RowValue<E> {
  const nodes = items.map(nodeOf);
  const left: ExpressionNode = { kind: "row", items: nodes, type: booleanType };
  const compare = (operator: BinaryOperator, other: readonly unknown[]): ExpressionNode => ({
    kind: "binary",
    operator,
    left,
    right: { kind: "row", items: nodes.map((node, i) => operandNode(other[i], node)), type: booleanType },
    type: booleanType,
  });
  return {
    eq: (other) => expression(compare("=", other)),
    ne: (other) => expression(compare("<>", other)),
    lt: (other) => expression(compare("<", other)),
    lte: (other) => expression(compare("<=", other)),
    gt: (other) => expression(compare(">", other)),
    gte: (other) => expression(compare(">=", other)),
    in: (others) =>
      expression({
        kind: "logic",
        operator: "or",
        operands: others.map((other) => compare("=", other)),
        type: booleanType,
      }),
  };
}
