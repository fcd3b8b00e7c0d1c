// What SQLite lacks and Athanor brings along, on every connection: regular expressions, patterns of LIKE as GLOB has them, and
// exact arithmetic on decimals. Where SQLite's own decimal extension has a function, it bears the same name and means the
// same (https://sqlite.org/floatingpoint.html), so that a CHECK that uses it also works in SQLite's shell.
import {
  abs,
  add,
  ceil,
  compare,
  divide,
  type Exact,
  exactOf,
  fixedText,
  floor,
  multiply,
  remainder,
  round,
  sortKey,
  subtract,
  textOfExact,
} from "./exact.ts";
import { globOfLike } from "./glob.ts";
import type { NativeAggregate, NativeConnection, SqliteValue } from "./native.ts";

export function defineFunctions(connection: NativeConnection): void {
  connection.defineFunction("regexp", (pattern, text) => unlessNull(pattern, text, matches));
  connection.defineFunction("regexp_replace", (text, pattern, by) =>
    by === null ? null : unlessNull(pattern, text, (found, of) => replaced(of, found, by as SqliteValue)),
  );
  connection.defineFunction("like_to_glob", (pattern) => (pattern === null ? null : globOfLike(String(pattern))));
  for (const [name, operation] of Object.entries(operations)) {
    connection.defineFunction(name, (a, b) =>
      unlessNull(a, b, (left, right) => textOr(operation(exactOf(left), exactOf(right)))),
    );
  }
  connection.defineFunction("decimal_cmp", (a, b) =>
    unlessNull(a, b, (left, right) => BigInt(compare(exactOf(left), exactOf(right)))),
  );
  connection.defineFunction("decimal_round", (value, digits) =>
    unlessNull(value, digits, (it, scale) => textOfExact(round(exactOf(it), Number(scale)))),
  );
  connection.defineFunction("decimal_text", (value, scale) =>
    unlessNull(value, scale, (it, digits) => fixedText(round(exactOf(it), Number(digits)), Number(digits))),
  );
  connection.defineFunction("round_even", (value) => (typeof value === "number" ? roundEven(value) : value));
  connection.defineFunction("double_text", (value) => (value === null ? null : doubleText(Number(value))));
  connection.defineFunction("decimal_floor", (value) => (value === null ? null : textOfExact(floor(exactOf(value)))));
  connection.defineFunction("decimal_ceil", (value) => (value === null ? null : textOfExact(ceil(exactOf(value)))));
  connection.defineFunction("decimal_abs", (value) => (value === null ? null : textOfExact(abs(exactOf(value)))));
  connection.defineFunction("decimal_key", (value) => (value === null ? null : sortKey(exactOf(value))));
  connection.defineAggregate(
    "decimal_sum",
    totalling(({ total }) => textOfExact(total)),
  );
  connection.defineAggregate(
    "decimal_avg",
    totalling(({ total, count }) => textOr(divide(total, { units: BigInt(count), scale: 0 }))),
  );
  connection.defineAggregate(
    "stddev_samp",
    spread((variance) => Math.sqrt(variance)),
  );
  connection.defineAggregate(
    "var_samp",
    spread((variance) => variance),
  );
  connection.defineAggregate("decimal_min", extreme(-1));
  connection.defineAggregate("decimal_max", extreme(1));
}

const operations: Readonly<Record<string, (a: Exact, b: Exact) => Exact | undefined>> = {
  decimal_add: add,
  decimal_sub: subtract,
  decimal_mul: multiply,
  decimal_div: divide,
  decimal_mod: remainder,
  decimal_greater: (a, b) => (compare(a, b) < 0 ? b : a),
  decimal_less: (a, b) => (compare(a, b) > 0 ? b : a),
};

/** Division by zero is null, as everywhere in SQLite. */
function textOr(value: Exact | undefined): string | null {
  return value === undefined ? null : textOfExact(value);
}

function unlessNull(
  a: SqliteValue | undefined,
  b: SqliteValue | undefined,
  then: (a: SqliteValue, b: SqliteValue) => SqliteValue,
): SqliteValue {
  return a === null || b === null || a === undefined || b === undefined ? null : then(a, b);
}

interface Total {
  readonly total: Exact;
  readonly count: number;
}

const nothing: Total = { total: { units: 0n, scale: 0 }, count: 0 };

/** Adds up what is not null; null over nothing. */
function totalling(result: (total: Total) => SqliteValue): NativeAggregate<Total> {
  return {
    start: () => nothing,
    step: (so, value) => (value === null ? so : { total: add(so.total, exactOf(value)), count: so.count + 1 }),
    inverse: (so, value) => (value === null ? so : { total: subtract(so.total, exactOf(value)), count: so.count - 1 }),
    result: (so) => (so.count === 0 ? null : result(so)),
  };
}

interface Spread {
  readonly count: number;
  readonly mean: number;
  /** The sum of the squares of the distances from the mean. */
  readonly squares: number;
}

/** What is made of the variance of a sample; null for less than two values. By Welford's method, forwards and backwards. */
function spread(result: (variance: number) => number): NativeAggregate<Spread> {
  return {
    start: () => ({ count: 0, mean: 0, squares: 0 }),
    step: (so, value) => (value === null ? so : withValue(so, Number(value))),
    inverse: (so, value) => (value === null ? so : withoutValue(so, Number(value))),
    result: ({ count, squares }) => (count < 2 ? null : result(Math.max(0, squares) / (count - 1))),
  };
}

function withValue({ count, mean, squares }: Spread, value: number): Spread {
  const next = mean + (value - mean) / (count + 1);
  return { count: count + 1, mean: next, squares: squares + (value - mean) * (value - next) };
}

function withoutValue({ count, mean, squares }: Spread, value: number): Spread {
  if (count === 1) return { count: 0, mean: 0, squares: 0 };
  const before = mean - (value - mean) / (count - 1);
  return { count: count - 1, mean: before, squares: squares - (value - mean) * (value - before) };
}

/** The least (-1) or the greatest (1) of what is not null. A window that moves on takes values out again, so all are kept. */
function extreme(sign: -1 | 1): NativeAggregate<string[]> {
  return {
    start: () => [],
    step: (values, value) => {
      if (value !== null) values.push(textOfExact(exactOf(value)));
      return values;
    },
    inverse: (values, value) => {
      if (value !== null) values.splice(values.indexOf(textOfExact(exactOf(value))), 1);
      return values;
    },
    result: (values) =>
      values.reduce<string | null>(
        (best, value) => (best === null || compare(exactOf(value), exactOf(best)) === sign ? value : best),
        null,
      ),
  };
}

const patterns = new Map<string, RegExp>();

/** `text regexp pattern` calls `regexp(pattern, text)`. */
function matches(pattern: SqliteValue, text: SqliteValue): bigint {
  return patternOf(String(pattern)).test(String(text)) ? 1n : 0n;
}

/** Every match replaced; `\\1` in the replacement is the first group, as on servers. */
function replaced(text: SqliteValue, pattern: SqliteValue, by: SqliteValue): string {
  const all = new RegExp(patternOf(String(pattern)).source, "gu");
  return String(text).replace(all, (...found: unknown[]) =>
    String(by).replace(/\\(\d)/g, (_, group: string) => String(found[Number(group)] ?? "")),
  );
}

function patternOf(text: string): RegExp {
  let pattern = patterns.get(text);
  if (pattern === undefined) {
    if (patterns.size >= 100) patterns.clear();
    pattern = new RegExp(text, "u");
    patterns.set(text, pattern);
  }
  return pattern;
}

/** A number as JSON has it, infinity as SQLite writes it. */
function doubleText(value: number): string {
  return Number.isFinite(value) ? String(value) : `${value < 0 ? "-" : ""}9e999`;
}

/** The nearest whole number, of two the even one. */
function roundEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
