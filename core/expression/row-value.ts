// Row values: several expressions compared as one, from left to right. Keyset pagination stands on them.
import { CompileError } from "../errors/usage-errors.ts";
import type { BinaryOperator, ExpressionNode, QueryNode } from "../tree/node.ts";
import { booleanType } from "../types/sql-type.ts";
import { type Expr, expression, nodeOf } from "./expr.ts";
import type { AnyExpr, Given, Inward, NeedsIn, NULLS, Statement, VALUE } from "./needs.ts";
import { operandNode } from "./operand.ts";
import { queryNode } from "./subquery.ts";

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
  /** Equal to one of the rows, or to one of those that a query of as many columns gives, compared in their order. */
  in<const V extends ValuesOf<E> = never, R extends Record<string, E[number][typeof VALUE] | null> = never, M = never>(
    others: readonly V[] | Statement<R, M>,
  ): Expr<
    boolean | (E[number][typeof VALUE] & null) | NoInfer<R[keyof R] & null>,
    NeedsIn<E> | NeedsOfItems<V> | Given<Inward<M>>,
    E[number][typeof NULLS]
  >;
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
      expression(
        isList(others)
          ? { kind: "logic", operator: "or", operands: others.map((other) => compare("=", other)), type: booleanType }
          : { kind: "inQuery", operand: left, query: queryOf(others, nodes.length), negated: false, type: booleanType },
      ),
  };
}

function isList(others: unknown): others is readonly (readonly unknown[])[] {
  return Array.isArray(others);
}

/** @throws {CompileError} if the query has another number of columns */
function queryOf(statement: Statement<any, any>, columns: number): QueryNode {
  const query = queryNode(statement);
  const selected = "selection" in query ? query.selection.fields.length : columns;
  if (selected === columns) return query;
  throw new CompileError(
    `a row of ${columns} values is looked for in a query of ${selected} columns`,
    "Select as many columns as the row has.",
  );
}
