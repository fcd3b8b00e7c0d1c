// The catalogue of functions: each is given values at its edges, and null, and must give what a model in JavaScript gives.
import assert from "node:assert/strict";
import type { FeatureName } from "../../core/dialect/index.ts";
import {
  bigint,
  boolean,
  type Col,
  caseWhen,
  coalesce,
  type Database,
  date,
  decimal,
  double,
  type Expr,
  fn,
  insertInto,
  integer,
  json,
  literal,
  select,
  table,
  text,
  timestamptz,
} from "../../core/index.ts";
import type { Draft, Group } from "./suite.ts";

type Operand = Expr<any, any, any>;
type Model = (...values: readonly any[]) => unknown;

interface Tried {
  /** The arguments in columns, which may all be null. */
  readonly columns: readonly (() => Col<any, any, any>)[];
  readonly sql: (...operands: readonly any[]) => Operand;
  readonly model: Model;
  readonly rows: readonly (readonly unknown[])[];
  /** How far a floating point result may be off. */
  readonly near?: number;
  /** Null does not make it null. */
  readonly lenient?: boolean;
  readonly needs?: readonly FeatureName[];
}

const words = ["", "a", "Hello World", "  both ends ", "ends  ", "100%_!", "🐘 né", "aXbXc"].map((word) => [word]);
const numbers = [-2_147_483_647, -7, -1, 0, 1, 2, 100].map((n) => [n]);
const doubles = [-2.5, -1.5, -0.5, 0, 0.25, 0.5, 1.5, 2.5, 1000.125].map((n) => [n]);
const moments = [
  "1970-01-01T00:00:00.000Z",
  "2024-02-29T23:59:59.999Z",
  "2023-12-31T12:30:15.500Z",
  "2021-01-03T00:00:00.000Z",
  "2024-03-10T07:00:00.001Z",
].map((at) => [new Date(at)]);
const points = (text: string): readonly string[] => Array.from(text);
const whole = (value: number): number => value + 0;
/** Halves away from zero. */
const rounded = (value: number, digits = 0): number =>
  whole((Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits)) / 10 ** digits);
const utf8 = (text: string): number => new TextEncoder().encode(text).length;
const compareDecimals = (a: string, b: string): number => Number(a) - Number(b);

const text1 = [text];
const tried: Readonly<Record<string, Tried>> = {
  lower: {
    columns: text1,
    sql: (a) => fn.lower(a),
    model: (a) => a.toLowerCase(),
    rows: words.filter(([w]) => !/é/.test(w as string)),
  },
  upper: {
    columns: text1,
    sql: (a) => fn.upper(a),
    model: (a) => a.toUpperCase(),
    rows: words.filter(([w]) => !/é/.test(w as string)),
  },
  length: { columns: text1, sql: (a) => fn.length(a), model: (a) => points(a).length, rows: words },
  "byteLength of text": { columns: text1, sql: (a) => fn.byteLength(a), model: utf8, rows: words },
  trim: { columns: text1, sql: (a) => fn.trim(a), model: (a) => a.replace(/^ +| +$/g, ""), rows: words },
  trimStart: { columns: text1, sql: (a) => fn.trimStart(a), model: (a) => a.replace(/^ +/, ""), rows: words },
  trimEnd: { columns: text1, sql: (a) => fn.trimEnd(a), model: (a) => a.replace(/ +$/, ""), rows: words },
  "replace by a value": {
    columns: text1,
    sql: (a) => fn.replace(a, "X", "--"),
    model: (a) => a.replaceAll("X", "--"),
    rows: words,
  },
  "replace of case": {
    columns: text1,
    sql: (a) => fn.replace(a, "x", "--"),
    model: (a) => a.replaceAll("x", "--"),
    rows: words,
  },
  "replace by a column": {
    columns: [text, text],
    sql: (a, b) => fn.replace(a, "a", b),
    model: (a, b) => a.replaceAll("a", b),
    rows: words.map(([w]) => [w, "né"]),
  },
  "substring to the end": {
    columns: text1,
    sql: (a) => fn.substring(a, 2),
    model: (a) => points(a).slice(1).join(""),
    rows: words,
  },
  "substring of a length": {
    columns: text1,
    sql: (a) => fn.substring(a, 2, 3),
    model: (a) => points(a).slice(1, 4).join(""),
    rows: words,
  },
  position: { columns: text1, sql: (a) => fn.position(a, "o"), model: (a) => points(a).indexOf("o") + 1, rows: words },
  "position of case": {
    columns: text1,
    sql: (a) => fn.position(a, "O"),
    model: (a) => points(a).indexOf("O") + 1,
    rows: words,
  },
  "position of nothing": { columns: text1, sql: (a) => fn.position(a, ""), model: () => 1, rows: words },
  left: { columns: text1, sql: (a) => fn.left(a, 2), model: (a) => points(a).slice(0, 2).join(""), rows: words },
  "left of nothing": { columns: text1, sql: (a) => fn.left(a, 0), model: () => "", rows: words },
  right: { columns: text1, sql: (a) => fn.right(a, 2), model: (a) => points(a).slice(-2).join(""), rows: words },
  "right of nothing": { columns: text1, sql: (a) => fn.right(a, 0), model: () => "", rows: words },
  "left of as many as a column says": {
    columns: [text, integer],
    sql: (a, b) => fn.left(a, b),
    model: (a, n) => points(a).slice(0, Math.max(n, 0)).join(""),
    rows: words.flatMap(([w]) => [
      [w, 2],
      [w, 0],
      [w, -1],
      [w, 99],
    ]),
  },
  "right of as many as a column says": {
    columns: [text, integer],
    sql: (a, b) => fn.right(a, b),
    model: (a, n) => (n > 0 ? points(a).slice(-n).join("") : ""),
    rows: words.flatMap(([w]) => [
      [w, 2],
      [w, 0],
      [w, -1],
      [w, 99],
    ]),
  },
  "concat of columns and values": {
    columns: [text, text],
    sql: (a, b) => fn.concat("<", a, " ", b, ">"),
    model: (a, b) => `<${a} ${b}>`,
    rows: words.map(([w]) => [w, "|"]),
  },
  "concat of values": { columns: text1, sql: () => fn.concat("a", "b"), model: () => "ab", rows: words, lenient: true },
  "concat of columns": {
    columns: [text, text],
    sql: (a, b) => fn.concat(a, b),
    model: (a, b) => a + b,
    rows: words.map(([w]) => [w, "|"]),
  },
  "concat as a method": { columns: text1, sql: (a) => a.concat("né"), model: (a) => `${a}né`, rows: words },
  like: { columns: text1, sql: (a) => a.like("%l_o%"), model: (a) => /l.o/su.test(a), rows: words },
  "like of case": { columns: text1, sql: (a) => a.like("hello%"), model: (a) => a.startsWith("hello"), rows: words },
  "like with an escape": {
    columns: text1,
    sql: (a) => a.like("%!%!_!!"),
    model: (a) => a.endsWith("%_!"),
    rows: words,
  },
  notLike: { columns: text1, sql: (a) => a.notLike("%a%"), model: (a) => !a.includes("a"), rows: words },
  ilike: {
    columns: text1,
    sql: (a) => a.ilike("hELLO%"),
    model: (a) => a.toLowerCase().startsWith("hello"),
    rows: words,
  },
  startsWith: { columns: text1, sql: (a) => a.startsWith("100%"), model: (a) => a.startsWith("100%"), rows: words },
  "startsWith of case": {
    columns: text1,
    sql: (a) => a.startsWith("hello"),
    model: (a) => a.startsWith("hello"),
    rows: words,
  },
  endsWith: { columns: text1, sql: (a) => a.endsWith("%_!"), model: (a) => a.endsWith("%_!"), rows: words },
  contains: { columns: text1, sql: (a) => a.contains("_"), model: (a) => a.includes("_"), rows: words },
  "contains of a column": {
    columns: [text, text],
    sql: (a, b) => a.contains(b),
    model: (a, b) => a.includes(b),
    rows: words.flatMap(([w]) => [
      [w, "%"],
      [w, w],
      [w, "X"],
      [w, ""],
    ]),
  },
  matches: {
    columns: text1,
    sql: (a) => fn.matches(a, "^[a-z]"),
    model: (a) => /^[a-z]/.test(a),
    rows: words,
    needs: ["REGEXP"],
  },

  "matches what a column says": {
    columns: [text, text],
    sql: (a, b) => fn.matches(a, b),
    model: (a, b) => new RegExp(b).test(a),
    rows: words.flatMap(([w]) => [
      [w, "^[a-z]"],
      [w, "o"],
    ]),
    needs: ["REGEXP"],
  },

  "abs of integers": { columns: [integer], sql: (a) => fn.abs(a), model: Math.abs, rows: numbers },
  "abs of bigints": {
    columns: [bigint],
    sql: (a) => fn.abs(a),
    model: (a) => (a < 0n ? -a : a),
    rows: [[-9_007_199_254_740_993n], [0n], [5n]],
  },
  "abs of decimals": {
    columns: [() => decimal(10, 2)],
    sql: (a) => fn.abs(a),
    model: (a) => a.replace("-", ""),
    rows: [["-1.50"], ["0.00"], ["2.25"]],
  },
  sign: { columns: [integer], sql: (a) => fn.sign(a), model: Math.sign, rows: numbers },
  "sign of doubles": { columns: [double], sql: (a) => fn.sign(a), model: (a) => whole(Math.sign(a)), rows: doubles },
  "round of doubles": { columns: [double], sql: (a) => fn.round(a), model: rounded, rows: doubles },
  "round to digits": {
    columns: [double],
    sql: (a) => fn.round(a, 1),
    model: (a) => rounded(a, 1),
    rows: [[0.25], [1.75], [-0.25], [3]],
    near: 1e-12,
  },
  "round of decimals": {
    columns: [() => decimal(10, 3)],
    sql: (a) => fn.round(a, 2),
    model: (a) => rounded(Number(a), 2).toFixed(2),
    rows: [["1.235"], ["-1.235"], ["0.994"]],
  },
  ceil: { columns: [double], sql: (a) => fn.ceil(a), model: (a) => whole(Math.ceil(a)), rows: doubles },
  floor: { columns: [double], sql: (a) => fn.floor(a), model: (a) => whole(Math.floor(a)), rows: doubles },
  "floor of decimals": {
    columns: [() => decimal(10, 2)],
    sql: (a) => fn.floor(a),
    model: (a) => String(Math.floor(Number(a))),
    rows: [["1.50"], ["-1.50"], ["2.00"]],
  },
  power: {
    columns: [double, double],
    sql: (a, b) => fn.power(a, b),
    model: (a, b) => a ** b,
    rows: [
      [2, 10],
      [2, -1],
      [9, 0.5],
      [0, 0],
    ],
    near: 1e-9,
  },
  sqrt: { columns: [double], sql: (a) => fn.sqrt(a), model: Math.sqrt, rows: [[0], [2], [144]], near: 1e-12 },
  exp: { columns: [double], sql: (a) => fn.exp(a), model: Math.exp, rows: [[0], [1], [-1]], near: 1e-12 },
  ln: { columns: [double], sql: (a) => fn.ln(a), model: Math.log, rows: [[1], [Math.E], [10]], near: 1e-12 },
  log10: { columns: [double], sql: (a) => fn.log10(a), model: Math.log10, rows: [[1], [1000], [0.01]], near: 1e-12 },

  "add of integers": {
    columns: [integer, integer],
    sql: (a, b) => a.add(b),
    model: (a, b) => a + b,
    rows: [
      [1, 2],
      [-5, 5],
      [2_000_000_000, 100_000_000],
    ],
  },
  "sub of integers": {
    columns: [integer, integer],
    sql: (a, b) => a.sub(b),
    model: (a, b) => a - b,
    rows: [
      [1, 2],
      [-5, 5],
    ],
  },
  "mul of integers": {
    columns: [integer, integer],
    sql: (a, b) => a.mul(b),
    model: (a, b) => whole(a * b),
    rows: [
      [3, 4],
      [-5, 5],
      [0, -7],
    ],
  },
  "div of integers, towards zero": {
    columns: [integer, integer],
    sql: (a, b) => a.div(b),
    model: (a, b) => whole(Math.trunc(a / b)),
    rows: [
      [7, 2],
      [-7, 2],
      [7, -2],
      [-7, -2],
      [1, 3],
      [6, 3],
    ],
  },
  "mod of integers, with the sign of the left": {
    columns: [integer, integer],
    sql: (a, b) => a.mod(b),
    model: (a, b) => whole(a % b),
    rows: [
      [7, 2],
      [-7, 2],
      [7, -2],
      [-7, -2],
      [6, 3],
    ],
  },
  "div of doubles": {
    columns: [double, double],
    sql: (a, b) => a.div(b),
    model: (a, b) => a / b,
    rows: [
      [7, 2],
      [-1, 4],
      [0, 3],
    ],
    near: 1e-12,
  },
  "arithmetic of bigints": {
    columns: [bigint, bigint],
    sql: (a, b) => a.mul(2n).add(b).sub(1n),
    model: (a, b) => a * 2n + b - 1n,
    rows: [
      [4_503_599_627_370_497n, 3n],
      [-1n, 0n],
    ],
  },
  "add and sub of decimals": {
    columns: [() => decimal(20, 4), () => decimal(20, 4)],
    sql: (a, b) => a.add(b).sub("0.0001"),
    model: (a) => a,
    rows: [
      ["1234567890123456.7890", "0.0001"],
      ["-0.5000", "0.0001"],
    ],
  },
  "mul of decimals": {
    columns: [() => decimal(10, 2)],
    sql: (a) => a.mul("2.5").cast(decimal(10, 3)),
    model: (a) => ({ "1.50": "3.750", "-0.10": "-0.250" })[a as string],
    rows: [["1.50"], ["-0.10"]],
  },
  neg: { columns: [integer], sql: (a) => a.neg(), model: (a) => whole(-a), rows: [[1], [-1], [0]] },
  "neg of neg": { columns: [integer], sql: (a) => a.neg().neg(), model: (a) => a, rows: [[1], [-1]] },

  "coalesce with a value": {
    columns: text1,
    sql: (a) => coalesce(a, "-"),
    model: (a) => a ?? "-",
    rows: words,
    lenient: true,
  },
  "coalesce of several": {
    columns: [text, text],
    sql: (a, b) => coalesce(a, b, "-"),
    model: (a, b) => a ?? b ?? "-",
    rows: words.map(([w]) => [w, "b"]),
    lenient: true,
  },
  "coalesce with a column": {
    columns: [integer, integer],
    sql: (a, b) => coalesce(a, b),
    model: (a, b) => a ?? b,
    rows: [
      [1, 2],
      [null, 2],
      [null, null],
    ],
    lenient: true,
  },
  nullif: {
    columns: [integer, integer],
    sql: (a, b) => fn.nullif(a, b),
    model: (a, b) => (a === b ? null : a),
    rows: [
      [1, 1],
      [1, 2],
      [1, null],
      [null, 1],
    ],
    lenient: true,
  },
  "case of a whole number and a fraction": {
    columns: [integer, double],
    sql: (a, b) => caseWhen(a.gt(0), a).else(b),
    model: (a, b) => (a !== null && a > 0 ? a : b),
    rows: [
      [1, 2.5],
      [-1, 2.5],
    ],
    lenient: true,
  },
  "coalesce of a whole number and a fraction": {
    columns: [integer, double],
    sql: (a, b) => coalesce(a, b),
    model: (a, b) => a ?? b,
    rows: [
      [1, 2.5],
      [null, 2.5],
    ],
    lenient: true,
  },
  "mod of doubles": {
    columns: [double, double],
    sql: (a, b) => a.mod(b),
    model: (a, b) => whole(a % b),
    rows: [
      [5.5, 2],
      [-5.5, 2],
      [7, 0.5],
    ],
  },
  "substring from before the first": {
    columns: text1,
    sql: (a) => fn.substring(a, -1, 4),
    model: (a) => points(a).slice(0, 2).join(""),
    rows: words,
  },
  "round to tens": {
    columns: [double],
    sql: (a) => fn.round(a, -1),
    model: (a) => rounded(a / 10) * 10,
    rows: [[15], [-15], [1234], [4]],
  },
  "ceil, floor and round of bigints": {
    columns: [bigint],
    sql: (a) => fn.round(fn.ceil(fn.floor(a))),
    model: (a) => a,
    rows: [[9_007_199_254_740_993n], [-1n]],
  },
  "greatest, null if one is": {
    columns: [integer, integer],
    sql: (a, b) => fn.greatest(a, b),
    model: Math.max,
    rows: [
      [1, 2],
      [3, -3],
    ],
  },
  "least, null if one is": {
    columns: [integer, integer],
    sql: (a, b) => fn.least(a, b),
    model: Math.min,
    rows: [
      [1, 2],
      [3, -3],
    ],
  },
  "greatest with a value": {
    columns: [integer],
    sql: (a) => fn.greatest(a, 3),
    model: (a) => Math.max(a, 3),
    rows: numbers,
  },
  "least with values": {
    columns: [integer],
    sql: (a) => fn.least(a, 3, -2),
    model: (a) => Math.min(a, -2),
    rows: numbers,
  },
  "greatest of decimals, by number": {
    columns: [() => decimal(10, 2), () => decimal(10, 2)],
    sql: (a, b) => fn.greatest(a, b),
    model: (a, b) => (compareDecimals(a, b) > 0 ? a : b),
    rows: [
      ["9.00", "10.00"],
      ["-2.00", "-10.00"],
    ],
  },
  "greatest of moments": {
    columns: [() => timestamptz(), () => timestamptz()],
    sql: (a, b) => fn.greatest(a, b),
    model: (a, b) => (a > b ? a : b),
    rows: moments.map(([at]) => [at, new Date("2022-01-01T00:00:00Z")]),
  },

  ...Object.fromEntries(
    (
      [
        ["year", (at) => at.getUTCFullYear()],
        ["quarter", (at) => Math.floor(at.getUTCMonth() / 3) + 1],
        ["month", (at) => at.getUTCMonth() + 1],
        ["week", isoWeek],
        ["day", (at) => at.getUTCDate()],
        ["hour", (at) => at.getUTCHours()],
        ["minute", (at) => at.getUTCMinutes()],
        ["second", (at) => at.getUTCSeconds()],
        ["dayOfWeek", (at) => at.getUTCDay()],
        ["dayOfYear", (at) => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1],
        ["epoch", (at) => Math.floor(at.getTime() / 1000)],
      ] as const satisfies readonly (readonly [string, (at: Date) => number])[]
    ).map(([unit, model]) => [
      `extract ${unit}`,
      { columns: [() => timestamptz()], sql: (a) => fn.extract(unit, a), model, rows: moments } satisfies Tried,
    ]),
  ),
  "extract month of a date": {
    columns: [date],
    sql: (a) => fn.extract("month", a),
    model: (a) => Number(a.slice(5, 7)),
    rows: [["2024-02-29"], ["1999-12-31"]],
  },
  ...Object.fromEntries(
    (["year", "quarter", "month", "week", "day", "hour", "minute", "second"] as const).map((unit) => [
      `dateTrunc ${unit}`,
      {
        columns: [() => timestamptz()],
        sql: (a) => fn.dateTrunc(unit, a),
        model: (at) => truncated(unit, at),
        rows: moments,
      } satisfies Tried,
    ]),
  ),
  "dateAdd months, to the last day": {
    columns: [() => timestamptz()],
    sql: (a) => fn.dateAdd(a, 1, "month"),
    model: (at) => monthsLater(at, 1),
    rows: [...moments, [new Date("2023-01-31T10:00:00.000Z")]],
  },
  "dateAdd years back": {
    columns: [() => timestamptz()],
    sql: (a) => fn.dateAdd(a, -1, "year"),
    model: (at) => monthsLater(at, -12),
    rows: moments,
  },
  "dateAdd days of a column": {
    columns: [() => timestamptz(), integer],
    sql: (a, b) => fn.dateAdd(a, b, "day"),
    model: (at, n) => new Date(at.getTime() + n * 86_400_000),
    rows: moments.flatMap(([at]) => [
      [at, 1],
      [at, -400],
      [at, 0],
    ]),
  },
  "dateAdd weeks, hours, seconds": {
    columns: [() => timestamptz()],
    sql: (a) => fn.dateAdd(fn.dateAdd(fn.dateAdd(a, 2, "week"), -5, "hour"), 7, "second"),
    model: (at) => new Date(at.getTime() + 14 * 86_400_000 - 5 * 3_600_000 + 7_000),
    rows: moments,
  },
  secondsBetween: {
    columns: [() => timestamptz(), () => timestamptz()],
    sql: (a, b) => fn.secondsBetween(a, b),
    model: (a, b) => (b - a) / 1000,
    rows: moments.map(([at]) => [at, new Date("2022-06-01T00:00:00.250Z")]),
    near: 1e-6,
  },
  toDate: {
    columns: [() => timestamptz()],
    sql: (a) => fn.toDate(a),
    model: (at) => at.toISOString().slice(0, 10),
    rows: moments,
  },

  "jsonGet of a text": {
    columns: [() => json()],
    sql: (a) => fn.jsonGet(a, "a"),
    model: (doc) => doc.a ?? null,
    rows: documents(),
  },
  "jsonGet of a part in a list": {
    columns: [() => json()],
    sql: (a) => fn.jsonGet(a, "list", 1),
    model: (doc) => doc.list?.[1] ?? null,
    rows: documents(),
  },
  "jsonGet of an odd key": {
    columns: [() => json()],
    sql: (a) => fn.jsonGet(a, "o'd\"d.key"),
    model: (doc) => doc["o'd\"d.key"] ?? null,
    rows: documents(),
  },
  "jsonValue as text": {
    columns: [() => json()],
    sql: (a) => fn.jsonValue(a, ["a"], text()),
    model: (doc) => doc.a ?? null,
    rows: [[{ a: "x" }], [{ a: "" }], [{ a: null }], [{}]],
  },
  "jsonValue as a number": {
    columns: [() => json()],
    sql: (a) => fn.jsonValue(a, ["n"], integer()),
    model: (doc) => doc.n ?? null,
    rows: [[{ n: 1 }], [{ n: -5 }], [{}]],
  },
  "jsonValue as a boolean": {
    columns: [() => json()],
    sql: (a) => fn.jsonValue(a, ["b"], boolean()),
    model: (doc) => doc.b ?? null,
    rows: [[{ b: true }], [{ b: false }], [{}]],
  },
  jsonLength: {
    columns: [() => json()],
    sql: (a) => fn.jsonLength(a, "list"),
    model: (doc) => doc.list?.length ?? null,
    rows: documents(),
  },
  jsonType: {
    columns: [() => json()],
    sql: (a) => fn.jsonType(a, "a"),
    model: (doc) => typeOfJson(doc.a),
    rows: [[{ a: "x" }], [{ a: 1 }], [{ a: true }], [{ a: [] }], [{ a: {} }], [{ a: null }], [{}]],
  },
  jsonSet: {
    columns: [() => json()],
    sql: (a) => fn.jsonSet(a, ["a"], { new: [1, "x"] }),
    model: (doc) => ({ ...doc, a: { new: [1, "x"] } }),
    rows: documents(),
  },
  jsonRemove: {
    columns: [() => json()],
    sql: (a) => fn.jsonRemove(a, "a"),
    model: ({ a: _gone, ...rest }) => rest,
    rows: documents(),
  },

  "cast of an integer to text": { columns: [integer], sql: (a) => a.cast(text()), model: String, rows: numbers },
  "cast of a boolean to text": {
    columns: [boolean],
    sql: (a) => a.cast(text()),
    model: String,
    rows: [[true], [false]],
  },
  "cast of a text to an integer": {
    columns: text1,
    sql: (a) => a.cast(integer()),
    model: Number,
    rows: [["12"], ["-7"], ["0"]],
  },
  "cast of an integer to a double": {
    columns: [integer],
    sql: (a) => a.cast(double()),
    model: (a) => a,
    rows: numbers,
  },
  "cast of a decimal to a number": {
    columns: [() => decimal(10, 2)],
    sql: (a) => a.cast(decimal(10, 2, { as: "number" })),
    model: Number,
    rows: [["1.50"], ["-0.01"]],
  },
};

function documents(): readonly (readonly unknown[])[] {
  return [[{ a: "x", list: [1, "two", { three: 3 }], "o'd\"d.key": true }], [{ a: { deep: null }, list: [] }], [{}]];
}

function typeOfJson(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function isoWeek(at: Date): number {
  const thursday = new Date(
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 4 - (at.getUTCDay() || 7)),
  );
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}

function truncated(unit: fn.TimeUnit, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (unit) {
    case "year":
      return new Date(Date.UTC(year, 0, 1));
    case "quarter":
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case "month":
      return new Date(Date.UTC(year, month, 1));
    case "week":
      return new Date(Date.UTC(year, month, day - ((at.getUTCDay() + 6) % 7)));
    default: {
      const size = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 }[unit];
      return new Date(Math.floor(at.getTime() / size) * size);
    }
  }
}

function monthsLater(at: Date, months: number): Date {
  const later = new Date(at);
  const day = at.getUTCDate();
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(day, last));
  return later;
}

/** A table for each list of column types. */
function tableOf(name: string, columns: Tried["columns"]): any {
  return table(`conformance_${name.replaceAll(/[^A-Za-z0-9]+/g, "_").toLowerCase()}`.slice(0, 60), {
    id: integer().primaryKey(),
    ...Object.fromEntries(columns.map((column, i) => [`arg${i}`, column().nullable()])),
  } as never);
}

const cases = Object.entries(tried).filter(([, { rows }]) => rows.length > 0);
const tables = new Map(cases.map(([name, { columns }]) => [name, tableOf(name, columns)]));

function draft([name, { columns, sql, model, rows, near, lenient, needs }]: [string, Tried]): Draft {
  const source = tables.get(name);
  return {
    name,
    ...(needs && { needs }),
    async run(db) {
      const operands = columns.map((_, i) => source[`arg${i}`]);
      const found: { id: number; result: unknown }[] = await db.all(
        select({ id: source.id, result: sql(...operands) } as never)
          .from(source)
          .orderBy(source.id.asc()) as never,
      );
      for (const [id, values] of withNulls(columns.length, rows).entries()) {
        const isNull = lenient !== true && values.includes(null);
        const expected = isNull ? null : model(...values);
        const result = withoutSign(found[id]?.result);
        const shown = `${name}(${values.map((value) => (typeof value === "bigint" ? `${value}n` : JSON.stringify(value))).join(", ")})`;
        if (near !== undefined && typeof expected === "number") {
          assert.equal(typeof result, "number", shown);
          assert.ok(
            Math.abs((result as number) - expected) <= near * Math.max(1, Math.abs(expected)),
            `${shown} is ${result}, not ${expected}`,
          );
        } else assert.deepEqual(result, expected, shown);
      }
      assert.equal(found.length, withNulls(columns.length, rows).length);
    },
  };
}

/** Zero has no sign in SQL. */
function withoutSign(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** The rows, and the first of them with each argument null in turn. */
function withNulls(arity: number, rows: Tried["rows"]): Tried["rows"] {
  const first = rows[0] as readonly unknown[];
  return [...rows, ...Array.from({ length: arity }, (_, at) => first.map((value, i) => (i === at ? null : value)))];
}

const clocks: readonly Draft[] = [
  {
    name: "now is now",
    async run(db) {
      const [found] = await db.all(
        select({ now: fn.now(), today: fn.currentDate(), time: fn.currentTime() }).from(one).limit(1),
      );
      const now = found?.now as Date;
      assert.ok(Math.abs(now.getTime() - Date.now()) < 60_000, `${now.toISOString()}`);
      assert.match(found?.today as string, /^\d{4}-\d\d-\d\d$/);
      assert.match(found?.time as string, /^\d\d:\d\d:\d\d(\.\d+)?$/);
    },
  },
  {
    name: "random numbers and uuids differ",
    async run(db) {
      const draw = async () =>
        (await db.all(select({ number: fn.random(), uuid: fn.randomUuid() }).from(one).limit(1)))[0];
      const [a, b] = [await draw(), await draw()];
      assert.notEqual(a?.uuid, b?.uuid);
      assert.match(a?.uuid as string, /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
      for (const drawn of [a, b]) assert.ok((drawn?.number as number) >= 0 && (drawn?.number as number) < 1);
    },
  },
  {
    name: "constants are what they are",
    async run(db) {
      const constants = {
        text: literal("it's"),
        number: literal(-7),
        big: literal(9_007_199_254_740_993n),
        flag: literal(false),
        fraction: literal(0.1),
      };
      assert.deepEqual(await db.all(select(constants).from(one)), [
        { text: "it's", number: -7, big: 9_007_199_254_740_993n, flag: false, fraction: 0.1 },
      ]);
    },
  },
];
const one = table("conformance_one", { id: integer().primaryKey() });

export const functions: Group = {
  name: "functions",
  async prepare(db: Database<any>) {
    await db.create([one, ...tables.values()]);
    await db.run(insertInto(one).values({ id: 1 }));
    for (const [name, { columns, rows }] of cases) {
      const list = withNulls(columns.length, rows).map((values, id) => ({
        id,
        ...Object.fromEntries(values.map((value, i) => [`arg${i}`, value])),
      }));
      await db.run(insertInto(tables.get(name)).values(list as never));
    }
  },
  cases: [...cases.map(draft), ...clocks],
};
