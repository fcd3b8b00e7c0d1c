// Operators of binary JSON. What stands at a path is Core's: fn.jsonGet, fn.jsonValue.
// https://www.postgresql.org/docs/current/functions-json.html
import { booleanType, type ExpressionNode, jsonType, type SqlType, textType } from "../../core/dialect/index.ts";
import { type Expr, type ExprOf, type Feature, nodeOf } from "../../core/index.ts";
import { type Both, call, operand, operator, type Strict } from "./operators.ts";

type Jsonb = Feature<"JSONB">;
const texts: SqlType = { kind: "array", of: textType };

/** A part of a document: any of its properties may be left out, to any depth. */
export type Part<T> = T extends readonly (infer E)[]
  ? readonly Part<E>[]
  : T extends object
    ? { [K in keyof T]?: Part<T[K]> }
    : T;

/** Whether the document contains the other: objects by property, arrays by element, in any order. */
export function contains<T, N, L, U = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: Part<NonNullable<T>> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Jsonb>, L | NoInfer<K>> {
  return compared(of, "@>", other);
}

/** Whether the document is contained in the other. */
export function containedBy<T, N, L, U = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Jsonb>, L | NoInfer<K>> {
  return compared(of, "<@", other);
}

/** Whether the object has the key, or the array the text, at its top. */
export function hasKey<T, N, L>(of: ExprOf<T, N, L>, key: string): Expr<Strict<boolean, T>, N | Jsonb, L> {
  return operator(binary(of), "?", operand(key, textType), booleanType, "JSONB");
}

/** Whether it has one of the keys. */
export function hasAnyKey<T, N, L>(
  of: ExprOf<T, N, L>,
  keys: readonly string[],
): Expr<Strict<boolean, T>, N | Jsonb, L> {
  return operator(binary(of), "?|", operand(keys, texts), booleanType, "JSONB");
}

/** Whether it has all of the keys. */
export function hasAllKeys<T, N, L>(
  of: ExprOf<T, N, L>,
  keys: readonly string[],
): Expr<Strict<boolean, T>, N | Jsonb, L> {
  return operator(binary(of), "?&", operand(keys, texts), booleanType, "JSONB");
}

/** Both documents as one: of properties that both have, the other's. Properties within properties are not joined. */
export function merge<T, N, L, U = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: Partial<NonNullable<T>> | ExprOf<U, M, K>,
): Expr<T | NoInfer<U & null>, Both<N, M, Jsonb>, L | NoInfer<K>> {
  return operator(binary(of), "||", operand(other, jsonType), jsonType, "JSONB");
}

/** The object without some of its properties. */
export function without<T, N, L, const P extends keyof NonNullable<T> & string>(
  of: ExprOf<T, N, L>,
  ...keys: readonly P[]
): Expr<Omit<NonNullable<T>, P> | (T & null), N | Jsonb, L> {
  return operator(binary(of), "-", operand(keys, texts), jsonType, "JSONB");
}

/** Whether a path of the SQL/JSON language finds anything: `$.items[*] ? (@.price > 10)`. Errors in the document are none. */
export function pathExists<T, N, L>(of: ExprOf<T, N, L>, path: string): Expr<boolean | null, N | Jsonb, L> {
  return operator(binary(of), "@?", asPath(path), booleanType, "JSONB");
}

/** What a predicate of the SQL/JSON path language says: `$.price > 10`. Null where it says neither yes nor no. */
export function pathMatches<T, N, L>(of: ExprOf<T, N, L>, path: string): Expr<boolean | null, N | Jsonb, L> {
  return operator(binary(of), "@@", asPath(path), booleanType, "JSONB");
}

/** All that a path finds, as an array of JSON. */
export function pathQuery<T, N, L>(of: ExprOf<T, N, L>, path: string): Expr<Strict<unknown[], T>, N | Jsonb, L> {
  return call("jsonb_path_query_array", [binary(of), asPath(path)], jsonType, "JSONB");
}

/** The document as text with line breaks and indentation. */
export function pretty<T, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string, T>, N | Jsonb, L> {
  return call("jsonb_pretty", [binary(of)], textType, "JSONB");
}

/** The document without properties that are null, to any depth. */
export function stripNulls<T, N, L>(of: ExprOf<T, N, L>): Expr<T, N | Jsonb, L> {
  return call("jsonb_strip_nulls", [binary(of)], jsonType, "JSONB");
}

function compared<T, N, L>(of: ExprOf<any, any>, sign: string, other: unknown): Expr<T, N, L> {
  return operator(binary(of), sign, operand(other, jsonType), booleanType, "JSONB");
}

/** Columns of `json` are read as `jsonb`, which alone has operators. */
function binary(of: ExprOf<any, any>): ExpressionNode {
  const node = nodeOf(of);
  return node.type.kind === "json" && node.type.storage === "binary"
    ? node
    : { kind: "cast", operand: node, type: jsonType };
}

const pathType: SqlType = { kind: "custom", sql: "jsonpath", base: textType };

function asPath(path: string): ExpressionNode {
  return operand(path, pathType);
}
