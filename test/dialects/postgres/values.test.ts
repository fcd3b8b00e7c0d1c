// Every value of every type comes back equal, or is refused before it is sent: alone, in an array, inside built JSON.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Driver, type SqlType, TextBuffer, type Writers } from "../../../core/dialect/index.ts";
import { DecodeError, ParameterError } from "../../../core/index.ts";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";
import { typeName, valueTypeName } from "../../../dialects/postgres/type-names.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { driver, query, using } from "./support.ts";

const { codec, jsonCodec } = postgresDialect;

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("\\", '"', "{", "}", ",", "'", " ", "\n", "\0", "\ud800", "N", "U", "L", "é", "😀"),
  }),
);
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    0.1,
    5e-324,
    1.7976931348623157e308,
    2 ** 53,
    2 ** 31,
    -(2 ** 31),
    2 ** 15,
  ),
);
const digits = fc.stringMatching(/^[+-]?\d{1,40}(\.\d{1,40})?$/);
const anyDate = fc.oneof(
  fc.date({ noInvalidDate: false }),
  fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01") }),
);
const isoTime = anyDate.map((date) => (Number.isNaN(date.getTime()) ? "nonsense" : date.toISOString()));
const microseconds = fc
  .tuple(isoTime, fc.stringMatching(/^\d{3}$/))
  .map(([text, more]) => text.replace("Z", `${more}Z`));
const duration = fc
  .tuple(
    fc.integer({ min: -5000, max: 5000 }),
    fc.integer({ min: -20, max: 20 }),
    fc.integer({ min: -1000, max: 1000 }),
    fc.integer({ min: -100, max: 100 }),
    fc.integer({ min: -100, max: 100 }),
    fc.double({ min: -1000, max: 1000, noNaN: true }),
  )
  .map(([y, m, d, h, min, s]) => `P${y}Y${m}M${d}DT${h}H${min}M${s.toFixed(6)}S`);
const anyDocument = fc.oneof(fc.jsonValue(), fc.jsonValue({ stringUnit: "binary" }), fc.dictionary(anyText, anyNumber));

interface Case {
  readonly type: SqlType;
  readonly values: fc.Arbitrary<unknown>;
  /** What a value that was accepted is read as, where that is not the value itself. */
  readonly expected?: (value: never) => unknown;
  /** What makes two of them equal, where that is not being the same. */
  readonly same?: (found: never, expected: never) => boolean;
}

const text = (value: unknown) => codec({ kind: "text" }).encode(value);
const cases: readonly Case[] = [
  { type: { kind: "integer", size: 2 }, values: anyNumber, expected: (value: number) => value + 0 },
  { type: { kind: "integer", size: 4 }, values: anyNumber, expected: (value: number) => value + 0 },
  { type: { kind: "integer", size: 8 }, values: anyNumber, expected: (value: number) => value + 0 },
  {
    type: { kind: "bigint", as: "bigint" },
    values: fc.oneof(
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    ),
  },
  { type: { kind: "bigint", as: "number" }, values: anyNumber, expected: (value: number) => value + 0 },
  { type: { kind: "float", size: 8 }, values: anyNumber },
  {
    type: { kind: "float", size: 4 },
    values: fc.oneof(fc.float(), anyNumber).filter((value) => value === 0 || !(Math.abs(value) < 1e-38)),
    same: (found: number, expected: number) => Object.is(Math.fround(found), Math.fround(expected)),
  },
  {
    type: { kind: "decimal", as: "string" },
    values: fc.oneof(digits, anyText),
    expected: (value: string) => codec({ kind: "decimal", as: "string" }).encode(value),
  },
  {
    type: { kind: "decimal", precision: 12, scale: 3, as: "string" },
    values: fc.stringMatching(/^-?\d{1,10}(\.\d{1,4})?$/),
    expected: (value: string) => codec({ kind: "decimal", precision: 12, scale: 3, as: "string" }).encode(value),
  },
  { type: { kind: "decimal", as: "number" }, values: anyNumber, expected: (value: number) => value + 0 },
  { type: { kind: "boolean" }, values: fc.oneof(fc.boolean(), fc.integer()) },
  { type: { kind: "text" }, values: anyText },
  { type: { kind: "varchar", length: 5 }, values: anyText },
  { type: { kind: "char", length: 5 }, values: anyText },
  {
    type: { kind: "uuid" },
    values: fc.oneof(
      fc.uuid(),
      fc.uuid().map((value) => value.toUpperCase()),
      anyText,
    ),
    expected: (value: string) => value.toLowerCase(),
  },
  {
    type: { kind: "enumeration", values: ["a", "b c", '"', "\\"] },
    values: fc.oneof(fc.constantFrom("a", "b c", '"', "\\"), anyText),
  },
  {
    type: { kind: "date" },
    values: fc.oneof(
      isoTime.map((value) => value.slice(0, 10)),
      anyText,
    ),
  },
  {
    type: { kind: "time" },
    values: fc.oneof(
      microseconds.map((value) => value.slice(11, -1)),
      anyText,
    ),
    expected: (value: string) => codec({ kind: "time" }).encode(value),
  },
  {
    type: { kind: "timestamp", as: "date" },
    values: anyDate,
    same: (found: Date, expected: Date) => found instanceof Date && found.getTime() === expected.getTime(),
  },
  {
    type: { kind: "timestamptz", as: "date" },
    values: anyDate,
    same: (found: Date, expected: Date) => found instanceof Date && found.getTime() === expected.getTime(),
  },
  { type: { kind: "timestamp", as: "string" }, values: microseconds },
  { type: { kind: "timestamptz", as: "string" }, values: microseconds },
  {
    type: { kind: "timestamptz", as: "date", precision: 0 },
    values: fc.oneof(
      anyDate,
      anyDate.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000)),
    ),
    same: (found: Date, expected: Date) => found.getTime() === expected.getTime(),
  },
  {
    type: { kind: "interval" },
    values: fc.oneof(duration, anyText),
    expected: (value: string) => codec({ kind: "interval" }).encode(value),
  },
  {
    type: { kind: "json", storage: "binary" },
    values: anyDocument,
    expected: (value: unknown) => JSON.parse(JSON.stringify(value)),
    same: sameDocument,
  },
  {
    type: { kind: "json", storage: "text" },
    values: anyDocument,
    expected: (value: unknown) => JSON.parse(JSON.stringify(value)),
    same: sameDocument,
  },
  {
    type: { kind: "bytes" },
    values: fc.uint8Array(),
    same: (found: Uint8Array, expected: Uint8Array) => Buffer.compare(found, expected) === 0,
  },
  { type: { kind: "custom", sql: "inet", base: { kind: "text" } }, values: fc.ipV4() },
  {
    type: { kind: "array", of: { kind: "array", of: { kind: "text" } } },
    values: fc
      .oneof(fc.array(fc.tuple(anyText, anyText), { minLength: 1 }), fc.array(fc.array(anyText)))
      .filter((rows) => rows.length === 0 || rows.some((row) => row.length > 0)),
    same: sameDocument,
  },
];

// jsonb orders the keys of objects, and has no minus zero.
function sameDocument(found: never, expected: never): boolean {
  return JSON.stringify(sorted(found)) === JSON.stringify(sorted(expected));
}
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, sorted(part)]);
}

const perType = 1_300;
const perStatement = 200;

describe.skipIf(!hasPostgres)("values on PostgreSQL", () => {
  let database: TemporaryDatabase;
  let postgres: Driver;
  beforeAll(async () => {
    database = await temporaryDatabase();
    postgres = driver(database.url);
  });
  afterAll(async () => {
    await postgres.close();
    await database[Symbol.asyncDispose]();
  });

  /** Sends the values and gives them as they are read back. */
  async function sent(write: (index: number) => string, encoded: readonly unknown[]): Promise<readonly unknown[]> {
    const columns = encoded.map((_, i) => write(i + 1)).join(", ");
    const { rows } = await using(postgres, (c) => c.query(query(`select ${columns}`, ...encoded)));
    return rows[0] as readonly unknown[];
  }

  function inJson(type: SqlType, of: string): string {
    const out = new TextBuffer(postgresDialect, {} as Writers);
    jsonCodec(type).write(() => out.add(of), out);
    return `jsonb_build_array(${out.text})`;
  }

  function read(type: SqlType, found: unknown): unknown {
    const { plain, decode } = codec(type);
    return plain === "string" && typeof found === "string" ? found : decode(found);
  }

  for (const { type, values, expected = (value: never) => value, same = Object.is } of cases) {
    const name = typeName(type) + ("as" in type ? ` as ${type.as}` : "");
    test(`${name}: ${perType * 3} values are read back equal, or are refused`, { timeout: 60_000 }, async () => {
      const { encode } = codec(type);
      let accepted = 0;
      const all = fc.sample(values, perType);
      for (let from = 0; from < all.length; from += perStatement) {
        const kept = all.slice(from, from + perStatement).filter((value) => isAccepted(encode, value));
        if (kept.length === 0) continue;
        accepted += kept.length;
        const wanted = kept.map((value) => expected(value as never));
        const bound = (i: number) => `cast($${i}::${valueTypeName(type)} as ${typeName(type)})`;
        const check = (found: unknown, i: number): void => {
          if (!same(found as never, wanted[i] as never)) expect(found).toEqual(wanted[i]);
        };
        const alone = await sent(bound, kept.map(encode));
        for (const [i, found] of alone.entries()) check(read(type, found), i);
        const nested = await sent((i) => inJson(type, bound(i)), kept.map(encode));
        for (const [i, found] of nested.entries()) {
          const [part] = JSON.parse(found as string) as unknown[];
          check(part === null ? null : jsonCodec(type).decode(part), i);
        }
        if (type.kind === "array") continue;
        // JSON null is no value of an array of JSON: it is null there.
        const list: SqlType = { kind: "array", of: type, nulls: true };
        const listed = await sent(
          (i) => `$${i}::${valueTypeName(list)}`,
          kept.map((value) => codec(list).encode([value, value])),
        );
        for (const [i, found] of listed.entries()) {
          const [first, second] = codec(list).decode(found) as unknown[];
          check(first, i);
          check(second, i);
        }
      }
      // A test of refusals alone would prove nothing.
      expect(accepted).toBeGreaterThan(100);
    });
  }

  function isAccepted(encode: (value: unknown) => unknown, value: unknown): boolean {
    try {
      encode(value);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(ParameterError);
      return false;
    }
  }

  test("what no JavaScript value stands for is a DecodeError that says so", async () => {
    const unreadable: readonly [SqlType, string, RegExp][] = [
      [{ kind: "timestamptz", as: "date" }, "'infinity'::timestamptz", /finite timestamp/],
      [{ kind: "timestamp", as: "string" }, "'-infinity'::timestamp", /finite timestamp/],
      [{ kind: "date" }, "'infinity'::date", /finite date/],
      [{ kind: "date" }, "'0044-03-15 BC'::date", /a day as YYYY-MM-DD/],
      [{ kind: "date" }, "'12024-01-01'::date", /a day as YYYY-MM-DD/],
      [{ kind: "decimal", as: "string" }, "'NaN'::numeric", /a decimal/],
      [{ kind: "decimal", as: "number" }, "'Infinity'::numeric", /a decimal/],
      [{ kind: "decimal", as: "number" }, "12345678901234567890.5::numeric", /a decimal that a number holds/],
      [{ kind: "integer", size: 8 }, "9007199254740993::int8", /a whole number that is safe/],
      [{ kind: "bigint", as: "number" }, "9007199254740993::int8", /a whole number that is safe/],
      [{ kind: "integer", size: 4 }, "1.5::numeric", /a whole number/],
      [{ kind: "time" }, "'24:00'::time", /a time of day/],
      [{ kind: "array", of: { kind: "text" } }, "array['a', null]", /an array without nulls/],
    ];
    for (const [type, of, message] of unreadable) {
      const { rows } = await using(postgres, (c) => c.query(query(`select ${of}`)));
      const found = rows[0]?.[0];
      expect(() => read(type, found)).toThrow(DecodeError);
      expect(() => read(type, found)).toThrow(message);
    }
  });

  test("years before our era and after 9999, and microseconds, are read as what they are", async () => {
    const times =
      "'0044-03-15 12:00:00 BC'::timestamptz, '12024-01-01'::timestamp, '2024-01-01 00:00:00.123456+05:45'::timestamptz";
    const { rows } = await using(postgres, (c) => c.query(query(`select ${times}`)));
    const [ides, future, nepal] = rows[0] as readonly unknown[];
    expect(read({ kind: "timestamptz", as: "date" }, ides)).toEqual(new Date("-000043-03-15T12:00:00Z"));
    expect(read({ kind: "timestamp", as: "date" }, future)).toEqual(new Date("+012024-01-01T00:00:00Z"));
    expect(read({ kind: "timestamptz", as: "string" }, nepal)).toBe("2023-12-31T18:15:00.123456Z");
    expect(read({ kind: "timestamptz", as: "date" }, nepal)).toEqual(new Date("2023-12-31T18:15:00.123Z"));
  });

  test("NUL is refused in text and in JSON, and only there", () => {
    expect(() => text("a\0b")).toThrow(ParameterError);
    const document = codec({ kind: "json", storage: "binary" });
    expect(() => document.encode({ a: "x\0" })).toThrow(ParameterError);
    expect(() => document.encode({ "k\0": 1 })).toThrow(ParameterError);
    expect(document.encode("\\u0000")).toBe('"\\\\u0000"');
  });
});
