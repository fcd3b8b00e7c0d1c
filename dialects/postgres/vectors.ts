// Vectors of the extension `vector`. https://github.com/pgvector/pgvector
import { doubleType, malformed, type SqlType, textType } from "../../core/dialect/index.ts";
import { type Col, customType, type Expr, type ExprOf, type Feature, nodeOf, text } from "../../core/index.ts";
import { type Both, operand, operator, type Strict } from "./operators.ts";

type Vectors = Feature<"VECTORS">;
type Vector = readonly number[] | null;

/** A list of so many numbers of 4 bytes. The database must have the extension: `create extension vector`. */
export function vector(dimensions: number, name?: string): Col<number[], "required", Vectors> {
  return customType<number[], string, "VECTORS">({
    sql: `vector(${Math.trunc(dimensions)})`,
    base: text(),
    feature: "VECTORS",
    encode: vectorText,
    decode: readVector,
  })(name);
}

/** The distance as the crow flies: `a <-> b`. */
export function distance<T extends Vector, N, L, U extends Vector = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: readonly number[] | ExprOf<U, M, K>,
): Expr<Strict<number, T, U>, Both<N, M, Vectors>, L | NoInfer<K>> {
  return measured(of, "<->", other);
}

/** One less the cosine of the angle between them: `a <=> b`. */
export function cosineDistance<T extends Vector, N, L, U extends Vector = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: readonly number[] | ExprOf<U, M, K>,
): Expr<Strict<number, T, U>, Both<N, M, Vectors>, L | NoInfer<K>> {
  return measured(of, "<=>", other);
}

/** The inner product, negated so that the nearest are the smallest: `a <#> b`. */
export function negativeInnerProduct<T extends Vector, N, L, U extends Vector = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: readonly number[] | ExprOf<U, M, K>,
): Expr<Strict<number, T, U>, Both<N, M, Vectors>, L | NoInfer<K>> {
  return measured(of, "<#>", other);
}

const anyVector: SqlType = { kind: "custom", sql: "vector", base: textType, encode: vectorText };

function measured<T, N, L>(of: ExprOf<any, any>, sign: string, other: unknown): Expr<T, N, L> {
  return operator(nodeOf(of), sign, operand(other, anyVector), doubleType, "VECTORS");
}

function vectorText(value: readonly number[]): string {
  return `[${value.join(",")}]`;
}

function readVector(value: string): number[] {
  if (!/^\[.*\]$/.test(value)) return malformed("a vector", value);
  return value.slice(1, -1).split(",").map(Number);
}
