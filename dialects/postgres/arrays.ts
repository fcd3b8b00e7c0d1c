// Arrays: their operators and functions. https://www.postgresql.org/docs/current/functions-array.html
import {
  type ArrayType,
  booleanType,
  CompileError,
  countType,
  type ExpressionNode,
  integerType,
  textType,
} from "../../core/dialect/index.ts";
import {
  type ColOf,
  type Expr,
  type ExprOf,
  expression,
  type Feature,
  type NeedsIn,
  type NULLS,
  nodeOf,
} from "../../core/index.ts";
import { type Both, call, elementOf, operand, operator, type Strict } from "./operators.ts";

type Arrays = Feature<"ARRAYS">;
type List = readonly unknown[] | null;
type Element<T> = NonNullable<T> extends readonly (infer E)[] ? E : never;

/** Whether the array holds every element of the other: `tags @> other`. */
export function contains<T extends List, N, L, U extends List = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Arrays>, L | NoInfer<K>> {
  return compared(of, "@>", other);
}

/** Whether every element of the array is in the other: `tags <@ other`. */
export function containedBy<T extends List, N, L, U extends List = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Arrays>, L | NoInfer<K>> {
  return compared(of, "<@", other);
}

/** Whether both arrays have an element in common: `tags && other`. */
export function overlaps<T extends List, N, L, U extends List = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Arrays>, L | NoInfer<K>> {
  return compared(of, "&&", other);
}

/** For the right of a comparison: it holds for at least one element. `literal(5).eq(any(users.scores))`. */
export function any<T extends List, N, L>(of: ExprOf<T, N, L>): Expr<Element<T> | (T & null), N | Arrays, L> {
  const node = nodeOf(of);
  return expression({ kind: "quantified", quantifier: "any", of: node, type: elementOf(node) });
}

/** For the right of a comparison: it holds for every element. */
export function all<T extends List, N, L>(of: ExprOf<T, N, L>): Expr<Element<T> | (T & null), N | Arrays, L> {
  const node = nodeOf(of);
  return expression({ kind: "quantified", quantifier: "all", of: node, type: elementOf(node) });
}

/** An array of expressions: `array[a, b]`. With the column type of its elements, since there may be none. */
export function list<T, const A extends readonly ExprOf<T, any>[]>(
  of: ColOf<T, any>,
  ...items: A
): Expr<T[], NeedsIn<A> | Arrays, A[number][typeof NULLS]> {
  const element = (of as unknown as { readonly type: ArrayType["of"] }).type;
  const array: ExpressionNode = { kind: "array", items: items.map(nodeOf), type: { kind: "array", of: element } };
  // An empty one says nothing of its type.
  return expression({ kind: "cast", operand: array, type: array.type });
}

/** How many elements the array has. */
export function length<T extends List, N, L>(of: ExprOf<T, N, L>): Expr<Strict<number, T>, N | Arrays, L> {
  return call("cardinality", [nodeOf(of)], countType, "ARRAYS");
}

/** The element at a position, from 1; null where there is none. */
export function element<T extends List, N, L>(
  of: ExprOf<T, N, L>,
  position: number,
): Expr<Element<T> | null, N | Arrays, L> {
  const node = nodeOf(of);
  const holes = [node, operand(whole(position), integerType)];
  return expression({ kind: "raw", text: ["(", ")[", "]"], holes, type: elementOf(node) });
}

/** The elements between two positions, from 1, both included. */
export function slice<T extends List, N, L>(of: ExprOf<T, N, L>, from: number, to: number): Expr<T, N | Arrays, L> {
  const node = nodeOf(of);
  const holes = [node, operand(whole(from), integerType), operand(whole(to), integerType)];
  return expression({ kind: "raw", text: ["(", ")[", ":", "]"], holes, type: node.type });
}

/** The array with the other behind it. */
export function concat<T extends List, N, L, U extends List = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<NonNullable<T> | (T & U & null), Both<N, M, Arrays>, L | NoInfer<K>> {
  const node = nodeOf(of);
  return call("array_cat", [node, operand(other, node.type, node)], node.type, "ARRAYS");
}

/** The array with one more element at its end. */
export function append<T extends List, N, L>(
  of: ExprOf<T, N, L>,
  item: Element<T>,
): Expr<NonNullable<T>, N | Arrays, L> {
  const node = nodeOf(of);
  return call("array_append", [node, operand(item, elementOf(node), node)], node.type, "ARRAYS");
}

/** The array without any element equal to this one. */
export function remove<T extends List, N, L>(of: ExprOf<T, N, L>, item: Element<T>): Expr<T, N | Arrays, L> {
  const node = nodeOf(of);
  return call("array_remove", [node, operand(item, elementOf(node), node)], node.type, "ARRAYS");
}

/** The array with every element equal to one replaced by another. */
export function replace<T extends List, N, L>(
  of: ExprOf<T, N, L>,
  item: Element<T>,
  by: Element<T>,
): Expr<T, N | Arrays, L> {
  const node = nodeOf(of);
  const element = elementOf(node);
  return call("array_replace", [node, operand(item, element, node), operand(by, element, node)], node.type, "ARRAYS");
}

/** Where an element first stands, from 1; null if it does not. */
export function position<T extends List, N, L>(
  of: ExprOf<T, N, L>,
  item: Element<T>,
): Expr<number | null, N | Arrays, L> {
  const node = nodeOf(of);
  return call("array_position", [node, operand(item, elementOf(node), node)], countType, "ARRAYS");
}

/** The elements as one text, joined by a separator; nulls are left out. */
export function join<T extends List, N, L>(
  of: ExprOf<T, N, L>,
  separator: string,
): Expr<Strict<string, T>, N | Arrays, L> {
  return call("array_to_string", [nodeOf(of), operand(separator, textType)], textType, "ARRAYS");
}

function compared<T, N, L>(of: ExprOf<any, any>, sign: string, other: unknown): Expr<T, N, L> {
  const node = nodeOf(of);
  return operator(node, sign, operand(other, node.type, node), booleanType, "ARRAYS");
}

function whole(position: number): number {
  if (Number.isSafeInteger(position)) return position;
  throw new CompileError("a position in an array is a whole number", "The first is 1.");
}
