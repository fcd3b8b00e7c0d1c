// Ranges: their types, their values in JavaScript, their operators. https://www.postgresql.org/docs/current/rangetypes.html
import {
  booleanType,
  type Codec,
  CompileError,
  type ExpressionNode,
  malformed,
  refuse,
  refuseAs,
  type SqlType,
} from "../../core/dialect/index.ts";
import { type Col, customType, type Expr, type ExprOf, type Feature, nodeOf, text } from "../../core/index.ts";
import { type Both, call, operand, operator, type Strict } from "./operators.ts";
import { codec } from "./types.ts";

type Ranges = Feature<"RANGES">;

/**
 * The values between two bounds. `null` is no bound; the lower is included and the upper is not, unless said otherwise.
 * Ranges of whole numbers and days come back in that form too: `[1, 5]` as `[1, 6)`. `"empty"` holds nothing.
 */
export type Range<T> =
  | {
      readonly lower: T | null;
      readonly upper: T | null;
      readonly includesLower?: boolean;
      readonly includesUpper?: boolean;
    }
  | "empty";

type RangeColumn<T> = (name?: string) => Col<Range<T>, "required", Ranges>;

const elements = {
  int4range: { kind: "integer", size: 4 },
  int8range: { kind: "bigint", as: "bigint" },
  numrange: { kind: "decimal", as: "string" },
  daterange: { kind: "date" },
  tsrange: { kind: "timestamp", as: "date" },
  tstzrange: { kind: "timestamptz", as: "date" },
} as const satisfies Record<string, SqlType>;

// What the bounds look like: bare, or between quotes.
const pattern = /^([[(])("(?:[^"\\]|\\.|"")*"|[^",)\]]*),("(?:[^"\\]|\\.|"")*"|[^",)\]]*)([\])])$/s;

/** A range of 32-bit whole numbers. */
export const int4range: RangeColumn<number> = rangeOf("int4range");
/** A range of 64-bit whole numbers. */
export const int8range: RangeColumn<bigint> = rangeOf("int8range");
/** A range of exact decimals. */
export const numrange: RangeColumn<`${number}`> = rangeOf("numrange");
/** A range of days. */
export const daterange: RangeColumn<string> = rangeOf("daterange");
/** A range of points in time without time zone. */
export const tsrange: RangeColumn<Date> = rangeOf("tsrange");
/** A range of points in time. */
export const tstzrange: RangeColumn<Date> = rangeOf("tstzrange");

function rangeOf<T>(sql: keyof typeof elements): RangeColumn<T> {
  const of = elements[sql];
  const encode = rangeText(codec(of));
  const decode = readRange(codec(of));
  return customType<Range<T>, string, "RANGES">({
    sql,
    base: text(),
    feature: "RANGES",
    encode: (value) => encode(value),
    decode: (value) => decode(value) as Range<T>,
  });
}

function rangeText({ encode }: Codec): (value: unknown) => string {
  const expected = "a range { lower, upper }";
  return (value) => {
    if (value === "empty") return "empty";
    if (typeof value !== "object" || value === null || !("lower" in value) || !("upper" in value)) {
      return refuse(expected, value);
    }
    const { lower, upper, includesLower = true, includesUpper = false } = value as Exclude<Range<unknown>, "empty">;
    const bound = (of: unknown): string => {
      if (of === undefined) return refuseAs(expected, "one with an undefined bound", "No bound is null.");
      return of === null ? "" : `"${String(encode(of)).replaceAll(/["\\]/g, "\\$&")}"`;
    };
    return `${includesLower ? "[" : "("}${bound(lower)},${bound(upper)}${includesUpper ? "]" : ")"}`;
  };
}

function readRange({ plain, decode }: Codec): (value: unknown) => Range<unknown> {
  const bound = (text: string): unknown => {
    if (text === "") return null;
    const bare = text.startsWith('"')
      ? text.slice(1, -1).replaceAll(/\\(.)|""/gs, (_, escaped) => escaped ?? '"')
      : text;
    return plain === "string" ? bare : decode(bare);
  };
  return (value) => {
    if (value === "empty") return "empty";
    const match = typeof value === "string" ? pattern.exec(value) : null;
    if (match === null) return malformed("a range", value);
    const [, open, lower, upper, close] = match as unknown as [string, string, string, string, string];
    const includes = { includesLower: open === "[", includesUpper: close === "]" };
    return { lower: bound(lower), upper: bound(upper), ...includes };
  };
}

type AnyRange = Range<any> | null;
type BoundOf<T> =
  NonNullable<T> extends infer R ? (R extends { readonly lower: infer B } ? NonNullable<B> : never) : never;

/** Whether the range holds a value, or the whole of another range. */
export function contains<T extends AnyRange, N, L, U = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: BoundOf<T> | NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>> {
  const node = nodeOf(of);
  const isRange = other === "empty" || (typeof other === "object" && other !== null && "lower" in other);
  const type = isRange ? node.type : elementOf(node);
  return operator(node, "@>", operand(other, type, node), booleanType, "RANGES");
}

/** Whether the range lies within the other. */
export function containedBy<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>> {
  return compared(of, "<@", other);
}

/** Whether both ranges have values in common. */
export function overlaps<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>> {
  return compared(of, "&&", other);
}

/** Whether one range begins where the other ends, with nothing between. */
export function adjacent<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>> {
  return compared(of, "-|-", other);
}

/** Whether the range ends before the other begins. */
export function before<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>> {
  return compared(of, "<<", other);
}

/** Whether the range begins after the other ends. */
export function after<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>> {
  return compared(of, ">>", other);
}

/** What both ranges have in common; `"empty"` if nothing. */
export function intersect<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<T | NoInfer<U & null>, Both<N, M, Ranges>, L | NoInfer<K>> {
  const node = nodeOf(of);
  return operator(node, "*", operand(other, node.type, node), node.type, "RANGES");
}

/** Both ranges as one; an error if there is something between them. */
export function union<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: NonNullable<T> | ExprOf<U, M, K>,
): Expr<T | NoInfer<U & null>, Both<N, M, Ranges>, L | NoInfer<K>> {
  const node = nodeOf(of);
  return operator(node, "+", operand(other, node.type, node), node.type, "RANGES");
}

/** The lower bound; null without one, and for an empty range. */
export function lower<T extends AnyRange, N, L>(of: ExprOf<T, N, L>): Expr<BoundOf<T> | null, N | Ranges, L> {
  const node = nodeOf(of);
  return call("lower", [node], elementOf(node), "RANGES");
}

/** The upper bound; null without one, and for an empty range. */
export function upper<T extends AnyRange, N, L>(of: ExprOf<T, N, L>): Expr<BoundOf<T> | null, N | Ranges, L> {
  const node = nodeOf(of);
  return call("upper", [node], elementOf(node), "RANGES");
}

/** Whether the range holds nothing. */
export function isEmpty<T extends AnyRange, N, L>(of: ExprOf<T, N, L>): Expr<Strict<boolean, T>, N | Ranges, L> {
  return call("isempty", [nodeOf(of)], booleanType, "RANGES");
}

function compared<T, N, L>(of: ExprOf<any, any>, sign: string, other: unknown): Expr<T, N, L> {
  const node = nodeOf(of);
  return operator(node, sign, operand(other, node.type, node), booleanType, "RANGES");
}

function elementOf(node: ExpressionNode): SqlType {
  const { type } = node;
  if (type.kind === "custom" && Object.hasOwn(elements, type.sql)) return elements[type.sql as keyof typeof elements];
  throw new CompileError("this expression is no range", "Say what it is: expr.as(int4range()).");
}
