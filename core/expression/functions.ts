// The catalogue of functions, seen by users as `fn`. Each says which arguments it takes, what it makes of null, and what it
// gives; the same on every database. A dialect writes those that it spells otherwise.

import { ParameterError } from "../errors/usage-errors.ts";
import type { ExpressionNode } from "../tree/node.ts";
import {
  countType,
  dateType,
  doubleType,
  integerType,
  jsonType,
  type SqlType,
  textType,
  timeType,
} from "../types/sql-type.ts";
import { declaredType } from "./declared.ts";
import { type Expr, expression, type Numeric, nodeOf } from "./expr.ts";
import type { AnyExpr, ColOf, ExprOf, Feature, Given, NEEDS, NeedsIn, NULLS, VALUE } from "./needs.ts";
import { operandNode, textOperandNode, valueNode } from "./operand.ts";
import { eitherType, roundedType, sumType } from "./result-types.ts";

export {
  arrayAgg,
  avg,
  count,
  cumeDist,
  denseRank,
  every,
  firstValue,
  jsonAgg,
  lag,
  lastValue,
  lead,
  max,
  min,
  mode,
  nthValue,
  ntile,
  percentileCont,
  percentileDisc,
  percentRank,
  rank,
  rowNumber,
  some,
  stddev,
  stringAgg,
  sum,
  variance,
} from "./aggregates.ts";

/** A second argument: a value, or an expression of the type. */
type Arg<T, U, M, K> = T | ExprOf<U, M, K>;
/** The expressions among arguments that may be values too. */
type Among<A extends readonly unknown[]> = Extract<A[number], AnyExpr>;

// Null where an argument is, is spelled out below: an alias for it would be what editors show.
function call<T, N, L>(name: string, args: readonly ExpressionNode[], type: SqlType): Expr<T, N, L> {
  return expression({ kind: "call", name, arguments: args, type });
}

function textArg(value: unknown, beside: ExpressionNode): ExpressionNode {
  return textOperandNode(value, beside);
}
function intArg(value: unknown): ExpressionNode {
  return valueNode(value, countType);
}
function doubleArg(value: unknown): ExpressionNode {
  return valueNode(value, doubleType);
}

/**
 * A function of your database by its name, with the type you say it gives; the decoder checks what arrives.
 *
 * @example
 * fn.call("soundex", text(), users.name);
 */
function call_<T, const A extends readonly ExprOf<any, any>[]>(
  name: string,
  type: ColOf<T, any>,
  ...args: A
): Expr<T | null, NeedsIn<A>, A[number][typeof NULLS]> {
  return call(name, args.map(nodeOf), declaredType(type));
}

// --- Text ---

/** In lower case; on SQLite, only the letters A to Z change. */
export function lower<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L> {
  return call("lower", [nodeOf(of)], textType);
}
/** In upper case; on SQLite, only the letters a to z change. */
export function upper<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L> {
  return call("upper", [nodeOf(of)], textType);
}
/** How many characters. */
export function length<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L> {
  return call("char_length", [nodeOf(of)], countType);
}
/** How many bytes, in UTF-8. */
export function byteLength<T extends string | Uint8Array | null, N, L>(
  of: ExprOf<T, N, L>,
): Expr<number | (T & null), N, L> {
  return call("octet_length", [nodeOf(of)], countType);
}
/** Without spaces at both ends. */
export function trim<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L> {
  return call("trim", [nodeOf(of)], textType);
}
/** Without spaces at the start. */
export function trimStart<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L> {
  return call("ltrim", [nodeOf(of)], textType);
}
/** Without spaces at the end. */
export function trimEnd<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L> {
  return call("rtrim", [nodeOf(of)], textType);
}
/** With every occurrence of one text replaced by another. */
export function replace<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  find: Arg<string, U, M, K>,
  by: Arg<string, U, M, K>,
): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  const node = nodeOf(of);
  return call("replace", [node, textArg(find, node), textArg(by, node)], textType);
}
/** So many characters from a position on, counted from 1; to the end without `count`. */
export function substring<T extends string | null, N, L, U extends number | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  from: Arg<number, U, M, K>,
  count?: Arg<number, U, M, K>,
): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  const args = [nodeOf(of), intArg(from)];
  return call("substring", count === undefined ? args : [...args, intArg(count)], textType);
}
/** Where a text first stands in this one, from 1; 0 if it does not. */
export function position<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  find: Arg<string, U, M, K>,
): Expr<number | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  const node = nodeOf(of);
  return call("position", [node, textArg(find, node)], countType);
}
/** The first characters: none for a count below 0, which as a value is an error. */
export function left<T extends string | null, N, L, U extends number | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  count: Arg<number, U, M, K>,
): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  return call("left", [nodeOf(of), countArg("left", count)], textType);
}
/** The last characters: none for a count below 0, which as a value is an error. */
export function right<T extends string | null, N, L, U extends number | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  count: Arg<number, U, M, K>,
): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  return call("right", [nodeOf(of), countArg("right", count)], textType);
}
/** Databases disagree about what fewer characters than none are. */
function countArg(name: string, count: unknown): ExpressionNode {
  const node = intArg(count);
  if (node.kind !== "value") {
    const none: ExpressionNode = { kind: "constant", value: 0, type: countType };
    return { kind: "call", name: "greatest", arguments: [node, none], type: countType };
  }
  if (Number(count) < 0) {
    throw new ParameterError(`${name}() is asked for ${count} characters`, "Give a count of 0 or more.");
  }
  return node;
}
/** Texts one after another, values among them. Null if one of them is. */
export function concat<const A extends readonly (string | ExprOf<string | null, any>)[]>(
  ...texts: A
): Expr<string | (Among<A>[typeof VALUE] & null), Among<A>[typeof NEEDS], Among<A>[typeof NULLS]> {
  const [first, ...rest] = texts.map((one) => valueNode(one, textType));
  let node = first ?? valueNode("", textType);
  for (const right of rest) node = { kind: "binary", operator: "||", left: node, right, type: textType };
  return expression(node);
}

// --- Numbers ---

/** Without its sign. */
export function abs<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L> {
  const node = nodeOf(of);
  return call("abs", [node], sumType(node.type, node.type));
}
/** -1, 0 or 1. */
export function sign<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L> {
  return call("sign", [nodeOf(of)], countType);
}
/** Rounded to so many digits behind the point, halves away from zero. */
export function round<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>, digits = 0): Expr<T, N, L> {
  const node = nodeOf(of);
  return call("round", digits === 0 ? [node] : [node, intArg(digits)], roundedType(node.type, digits));
}
/** The nearest whole number above. */
export function ceil<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L> {
  const node = nodeOf(of);
  return call("ceil", [node], roundedType(node.type, 0));
}
/** The nearest whole number below. */
export function floor<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L> {
  const node = nodeOf(of);
  return call("floor", [node], roundedType(node.type, 0));
}
/** To a power. Null, or an error on PostgreSQL, where it has no value. */
export function power<T extends number | null, N, L, U extends number | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  exponent: Arg<number, U, M, K>,
): Expr<number | null, N | Given<M>, L | NoInfer<K>> {
  return call("power", [nodeOf(of), doubleArg(exponent)], doubleType);
}
/** The square root. Null, or an error on PostgreSQL, of a negative number. */
export function sqrt<N, L>(of: ExprOf<number | null, N, L>): Expr<number | null, N, L> {
  return call("sqrt", [nodeOf(of)], doubleType);
}
/** e to a power. */
export function exp<T extends number | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L> {
  return call("exp", [nodeOf(of)], doubleType);
}
/** The natural logarithm. Null, or an error on PostgreSQL, where it has no value. */
export function ln<N, L>(of: ExprOf<number | null, N, L>): Expr<number | null, N, L> {
  return call("ln", [nodeOf(of)], doubleType);
}
/** The logarithm to base 10. Null, or an error on PostgreSQL, where it has no value. */
export function log10<N, L>(of: ExprOf<number | null, N, L>): Expr<number | null, N, L> {
  return call("log10", [nodeOf(of)], doubleType);
}
/** A random number from 0 to below 1. */
export function random(): Expr<number> {
  return call("random", [], doubleType);
}

// --- Conditions ---

/** The first that is not null. Null only if the last is. */
export function coalesce<
  T,
  N,
  L,
  const A extends readonly ExprOf<NonNullable<T> | null, any>[],
  U extends NonNullable<T> | null = never,
  M = never,
  K = never,
>(
  of: ExprOf<T, N, L>,
  ...others: readonly [...A, NonNullable<T> | ExprOf<U, M, K>]
): Expr<NonNullable<T> | NoInfer<U & null>, N | NeedsIn<A> | Given<M>, NoInfer<K>> {
  return alike("coalesce", of, others);
}
/** Null where both are equal, else the first. */
export function nullif<T, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<T | null, N | Given<M>, L> {
  const node = nodeOf(of);
  return call("nullif", [node, operandNode(other, node)], node.type);
}
/** The largest of several, values among them; null if one of them is. */
export function greatest<T, N, L, const A extends readonly Arg<NonNullable<T>, NonNullable<T> | null, any, any>[]>(
  first: ExprOf<T, N, L>,
  ...others: A
): Expr<T | (Among<A>[typeof VALUE] & null), N | Among<A>[typeof NEEDS], L | Among<A>[typeof NULLS]> {
  return alike("greatest", first, others);
}
/** The smallest of several, values among them; null if one of them is. */
export function least<T, N, L, const A extends readonly Arg<NonNullable<T>, NonNullable<T> | null, any, any>[]>(
  first: ExprOf<T, N, L>,
  ...others: A
): Expr<T | (Among<A>[typeof VALUE] & null), N | Among<A>[typeof NEEDS], L | Among<A>[typeof NULLS]> {
  return alike("least", first, others);
}

/** A call with arguments of one type, which is that of the result too. */
function alike(name: string, of: ExprOf<any, any>, others: readonly unknown[]): Expr<any, any, any> {
  const node = nodeOf(of);
  const rest = others.map((other) => operandNode(other, node));
  return call(name, [node, ...rest], eitherType([node.type, ...rest.map(({ type }) => type)]));
}

// --- Time ---

/** The moment the transaction (on SQLite and MySQL, the statement) began. */
export function now(): Expr<Date> {
  return call("now", [], { kind: "timestamptz", as: "date" });
}
/** Today in UTC. */
export function currentDate(): Expr<string> {
  return call("current_date", [], dateType);
}
/** The time of day in UTC. */
export function currentTime(): Expr<string> {
  return call("current_time", [], timeType);
}

/** A part of a point in time. */
export type TimeUnit = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second";

/** A part of a point in time, in UTC, as a whole number: the year, the month from 1, the ISO week, the second without fraction. */
export function extract<T extends Date | string | null, N, L>(
  unit: TimeUnit | "dayOfWeek" | "dayOfYear" | "epoch",
  of: ExprOf<T, N, L>,
): Expr<number | (T & null), N, L> {
  return call("extract", [{ kind: "constant", value: unit, type: textType }, nodeOf(of)], countType);
}
/** The start of the year, month, ISO week … that a point in time lies in, in UTC. */
export function dateTrunc<T extends Date | null, N, L>(unit: TimeUnit, of: ExprOf<T, N, L>): Expr<T, N, L> {
  const node = nodeOf(of);
  return call("date_trunc", [{ kind: "constant", value: unit, type: textType }, node], node.type);
}
/** A point in time so many units later; earlier for a negative number. Months end on their last day: January 31 and a month is February 28 or 29. */
export function dateAdd<T extends Date | null, N, L, U extends number | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  amount: Arg<number, U, M, K>,
  unit: TimeUnit,
): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  const node = nodeOf(of);
  return call("date_add", [node, intArg(amount), { kind: "constant", value: unit, type: textType }], node.type);
}
/** How many seconds lie between two points in time. */
export function secondsBetween<T extends Date | null, N, L, U extends Date | null = never, M = never, K = never>(
  from: ExprOf<T, N, L>,
  to: Arg<Date, U, M, K>,
): Expr<number | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  const node = nodeOf(from);
  return call("seconds_between", [node, operandNode(to, node)], doubleType);
}
/** The day of a point in time, in UTC. */
export function toDate<T extends Date | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L> {
  return call("date", [nodeOf(of)], dateType);
}

// --- JSON ---

type Step = string | number;
type At<T, P extends readonly Step[]> = P extends readonly [infer K, ...infer Rest extends readonly Step[]]
  ? At<Property<T, K>, Rest>
  : T;
type Property<T, K> = T extends readonly (infer E)[]
  ? K extends number
    ? E
    : null
  : T extends object
    ? K extends keyof T
      ? T[K]
      : null
    : null;

/** What stands at a path in a document, as a document itself; null where there is nothing. Numbers step into arrays, from 0. */
export function jsonGet<T, N, L, const P extends readonly Step[]>(
  of: ExprOf<T, N, L>,
  ...path: P
): Expr<At<T, P> | null, N, L> {
  return expression({ kind: "jsonPath", operand: nodeOf(of), path, as: "json", type: jsonType });
}
/** What stands at a path in a document, as a value of the given type; null where there is nothing. */
export function jsonValue<T, N, L>(
  of: ExprOf<any, N, L>,
  path: readonly Step[],
  type: ColOf<T, any>,
): Expr<T | null, N, L> {
  return expression({ kind: "jsonPath", operand: nodeOf(of), path, as: "value", type: declaredType(type) });
}
/** How many elements an array in a document has; null where it is none. */
export function jsonLength<N, L>(of: ExprOf<any, N, L>, ...path: readonly Step[]): Expr<number | null, N, L> {
  return call("json_length", [atPath(nodeOf(of), path)], countType);
}
/** `object`, `array`, `string`, `number`, `boolean` or `null`; null where there is nothing. */
function jsonType_<N, L>(
  of: ExprOf<any, N, L>,
  ...path: readonly Step[]
): Expr<"object" | "array" | "string" | "number" | "boolean" | "null" | null, N, L> {
  return call("json_type", [atPath(nodeOf(of), path)], textType);
}
/** The document with a value put at a path, which is added where its parent exists. */
export function jsonSet<T, N, L>(of: ExprOf<T, N, L>, path: readonly Step[], value: unknown): Expr<T, N, L> {
  const steps = path.map((step): ExpressionNode => ({ kind: "constant", value: step, type: textType }));
  return call("json_set", [nodeOf(of), valueNode(value, jsonType), ...steps], jsonType);
}
/** The document without what stands at a path. */
export function jsonRemove<T, N, L>(of: ExprOf<T, N, L>, ...path: readonly Step[]): Expr<T, N, L> {
  const steps = path.map((step): ExpressionNode => ({ kind: "constant", value: step, type: textType }));
  return call("json_remove", [nodeOf(of), ...steps], jsonType);
}

function atPath(operand: ExpressionNode, path: readonly Step[]): ExpressionNode {
  return path.length === 0 ? operand : { kind: "jsonPath", operand, path, as: "json", type: jsonType };
}

// --- Others ---

/** A new random UUID. */
export function randomUuid(): Expr<string> {
  return call("random_uuid", [], { kind: "uuid" });
}
/** Whether a text matches a regular expression of the database's own kind. */
export function matches<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  pattern: Arg<string, U, M, K>,
): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M> | Feature<"REGEXP">, L | NoInfer<K>> {
  const node = nodeOf(of);
  return call("regexp_like", [node, textArg(pattern, node)], { kind: "boolean" });
}

/** The text with every match of a regular expression of the database's own kind replaced. */
export function replaceMatches<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  pattern: Arg<string, U, M, K>,
  by: Arg<string, U, M, K>,
): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M> | Feature<"REGEXP">, L | NoInfer<K>> {
  const node = nodeOf(of);
  return call("regexp_replace", [node, textArg(pattern, node), textArg(by, node)], textType);
}

// --- Bits of whole numbers ---

type Bits = number | bigint;

/** The bits that both have. */
export function bitAnd<T extends Bits | null, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: Arg<NonNullable<T>, U, M, K>,
): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  return bits("&", of, other);
}
/** The bits that one of both has. */
export function bitOr<T extends Bits | null, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: Arg<NonNullable<T>, U, M, K>,
): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  return bits("|", of, other);
}
/** The bits that exactly one of both has. */
export function bitXor<T extends Bits | null, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: Arg<NonNullable<T>, U, M, K>,
): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>> {
  // The operator has another sign on every database, and none on SQLite.
  return bits("|", of, other).sub(bits("&", of, other) as never) as never;
}
/** Every bit the other way, in two's complement: `-x - 1`. */
export function bitNot<T extends Bits | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L> {
  const node = nodeOf(of);
  const type = sumType(node.type, node.type);
  const right: ExpressionNode = { kind: "constant", value: 1, type };
  return expression({
    kind: "binary",
    operator: "-",
    left: { kind: "negate", operator: "-", operand: node, type },
    right,
    type,
  });
}
/** Shifted towards the higher bits. */
export function shiftLeft<T extends Bits | null, N, L>(of: ExprOf<T, N, L>, places: number): Expr<T, N, L> {
  return shifted("<<", of, places);
}
/** Shifted towards the lower bits, the sign kept. */
export function shiftRight<T extends Bits | null, N, L>(of: ExprOf<T, N, L>, places: number): Expr<T, N, L> {
  return shifted(">>", of, places);
}

function bits(operator: "&" | "|", of: ExprOf<any, any>, other: unknown): Expr<any, any, any> {
  const left = nodeOf(of);
  const right = operandNode(other, left);
  return expression({ kind: "binary", operator, left, right, type: sumType(left.type, right.type) });
}

function shifted(operator: "<<" | ">>", of: ExprOf<any, any>, places: number): Expr<any, any, any> {
  const left = nodeOf(of);
  return expression({
    kind: "binary",
    operator,
    left,
    right: valueNode(places, integerType),
    type: sumType(left.type, left.type),
  });
}

export { call_ as call, jsonType_ as jsonType };
