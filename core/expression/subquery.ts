// Queries inside expressions.
import type { QueryNode } from "../tree/node.ts";
import { booleanType, textType } from "../types/sql-type.ts";
import { type Expr, expression } from "./expr.ts";
import { type Feature, type Inward, NODE, type OneColumn, type Statement } from "./needs.ts";

/** Whether the query gives any row. */
export function exists<N>(query: Statement<any, N>): Expr<boolean, Inward<N>> {
  return expression({ kind: "exists", query: queryNode(query), type: booleanType });
}

/** For the right of a comparison: it holds for at least one row of the query. */
export function any<R, N>(query: Statement<R, N>): Expr<R[keyof R], Inward<N> | OneColumn<R> | Feature<"QUANTIFIED">> {
  return expression({ kind: "quantified", quantifier: "any", of: queryNode(query), type: textType });
}

/** For the right of a comparison: it holds for every row of the query. */
export function all<R, N>(query: Statement<R, N>): Expr<R[keyof R], Inward<N> | OneColumn<R> | Feature<"QUANTIFIED">> {
  return expression({ kind: "quantified", quantifier: "all", of: queryNode(query), type: textType });
}

/** The node of a statement. */
export function queryNode(statement: Statement<any, any>): QueryNode {
  return (statement as unknown as { readonly [NODE]: QueryNode })[NODE];
}
