// Every value of every type comes back equal, or is refused before it is sent: alone, inside built JSON, and found again by
// what it equals.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Driver, type SqlType, TextBuffer, type Writers } from "../../../core/dialect/index.ts";
import { DecodeError, ParameterError } from "../../../core/index.ts";
import { mysqlDialect } from "../../../dialects/mysql/dialect.ts";
import { mariadbDialect } from "../../../dialects/mysql/mariadb.ts";
import { driver, hasMariadb, query, rows, TemporaryDatabase, using, value } from "./support.ts";

const { codec, jsonCodec, typeName } = mariadbDialect;

/** Values a type, so that all types together make more than 100,000. */
const perType = 4_000;
/** Values of each type that are looked for by what they equal. */
const looked = 60;

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("\\", '"', "`", "'", ",", " ", "\n", "\0", "\ud800", "%", "_", "é", "É", "ß", "😀"),
  }),
);
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    0.1,
    5e-324,
    1.7976931348623157e308,
    2 ** 53,
    2 ** 31,
    2 ** 15,
    127,
  ),
);
const digits = fc.stringMatching(/^[+-]?\d{1,40}(\.\d{1,35})?$/);
const anyDate = fc.oneof(
  fc.date({ noInvalidDate: false }),
  fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01") }),
  fc.date({ min: new Date("0001-01-01"), max: new Date("1000-01-01") }),
);
const isoTime = anyDate.map((date) => (Number.isNaN(date.getTime()) ? "nonsense" : date.toISOString()));
const microseconds = fc
  .tuple(isoTime, fc.stringMatching(/^\d{3}$/))
  .map(([text, more]) => text.replace("Z", `${more}Z`));
const anyDocument = fc.oneof(fc.jsonValue(), fc.jsonValue({ stringUnit: "binary" }), fc.dictionary(anyText, anyNumber));

interface Case {
  readonly type: SqlType;
  readonly values: fc.Arbitrary<unknown>;
  /** What a value that was accepted is read as, where that is not the value itself. */
  readonly expected?: (value: never) => unknown;
  /** What is compared of a value that was read. */
  readonly read?: (value: never) => unknown;
  /** Whether a value is found by `=`; documents and the like are not looked for. */
  readonly equal?: false;
}

const plus = (value: number): number => value + 0;
const trimmed = (value: string): string => {
  const text = String(codec({ kind: "decimal", as: "string" }).encode(value));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
};
const asEncoded = (type: SqlType) => (value: unknown) => String(codec(type).encode(value));

const cases: readonly Case[] = [
  {
    type: { kind: "integer", size: 1 },
    values: fc.oneof(fc.integer({ min: -200, max: 200 }), anyNumber),
    expected: plus,
  },
  { type: { kind: "integer", size: 2 }, values: anyNumber, expected: plus },
  { type: { kind: "integer", size: 3 }, values: fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), expected: plus },
  { type: { kind: "integer", size: 4 }, values: anyNumber, expected: plus },
  {
    type: { kind: "integer", size: 4, unsigned: true },
    values: fc.oneof(fc.nat(2 ** 31 - 1), anyNumber),
    expected: plus,
  },
  { type: { kind: "integer", size: 8 }, values: anyNumber, expected: plus },
  { type: { kind: "bigint", as: "bigint" }, values: fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }) },
  { type: { kind: "bigint", as: "bigint", unsigned: true }, values: fc.bigInt({ min: -5n, max: 2n ** 64n }) },
  { type: { kind: "bigint", as: "number" }, values: anyNumber, expected: plus },
  { type: { kind: "float", size: 8 }, values: anyNumber, expected: plus },
  {
    type: { kind: "float", size: 4 },
    values: fc.oneof(fc.float(), anyNumber),
    expected: (value: number) => Math.fround(value) + 0,
    read: Math.fround,
  },
  { type: { kind: "decimal", as: "string" }, values: fc.oneof(digits, anyText), expected: trimmed },
  {
    type: { kind: "decimal", precision: 12, scale: 3, as: "string" },
    values: fc.stringMatching(/^-?\d{1,10}(\.\d{1,4})?$/),
    expected: asEncoded({ kind: "decimal", precision: 12, scale: 3, as: "string" }),
  },
  {
    type: { kind: "decimal", precision: 20, scale: 4, as: "number" },
    values: fc.integer().map((n) => n / 16),
    expected: plus,
  },
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
    type: { kind: "enumeration", values: ["a", "A", "b c", '"', "\\", "it's"] },
    values: fc.oneof(fc.constantFrom("a", "A", "b c", '"', "\\", "it's"), anyText),
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
    expected: asEncoded({ kind: "time" }),
  },
  { type: { kind: "timestamp", as: "date" }, values: anyDate },
  { type: { kind: "timestamptz", as: "date" }, values: anyDate },
  { type: { kind: "timestamp", as: "date", precision: 3 }, values: anyDate },
  { type: { kind: "timestamp", as: "string" }, values: microseconds },
  {
    type: { kind: "json", storage: "binary" },
    values: anyDocument,
    expected: (value) => JSON.parse(JSON.stringify(value)),
    equal: false,
  },
  { type: { kind: "bytes" }, values: fc.uint8Array() },
  { type: { kind: "bytes", length: 4 }, values: fc.uint8Array({ maxLength: 6 }) },
];

const same = (value: unknown): unknown => value;
const label = (type: SqlType): string => JSON.stringify(type);

describe.skipIf(!hasMariadb)("values on MariaDB", () => {
  let database: TemporaryDatabase;
  let mariadb: Driver;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    mariadb = driver(database.url(), { max: 1 });
  });
  afterAll(async () => {
    await mariadb.close();
    await database[Symbol.asyncDispose]();
  });

  test.each(cases.map((one) => [label(one.type), one] as const))(
    "%s comes back equal or is refused",
    async (_label, one) => {
      const { type, values, expected = same, read = same, equal } = one;
      const accepted = accept(type, fc.sample(values, perType));
      expect(accepted.length).toBeGreaterThan(perType / 50);
      await using(mariadb, async (c) => {
        await c.execute(
          `create or replace table v (n int primary key, v ${typeName(type)}) default charset utf8mb4 collate utf8mb4_nopad_bin`,
        );
        for (let i = 0; i < accepted.length; i += 500) {
          const some = accepted.slice(i, i + 500);
          const places = some.map((_, j) => `(${i + j}, ?)`).join(", ");
          await c.query({
            ...query(`insert into v values ${places}`, ...some.map(({ encoded }) => encoded)),
            rows: false,
            prepare: false,
          });
        }
        const found = await rows(c, `select v, ${inJson(type)} from v order by n`);
        const { plain, decode } = codec(type);
        accepted.forEach(({ value: given }, i) => {
          const [alone, json] = found[i] as [unknown, string];
          const wanted = expected(given as never);
          const whole = plain === "string" && typeof alone === "string" ? alone : decode(alone);
          expect(read(whole as never), label(type)).toEqual(wanted);
          const part = JSON.parse(json).v;
          expect(part === null ? null : read(jsonCodec(type).decode(part) as never), `${label(type)} in JSON`).toEqual(
            wanted,
          );
        });
        if (equal === false) return;
        for (let i = 0; i < Math.min(looked, accepted.length); i++) {
          const { encoded } = accepted[i] as Accepted;
          expect(await value(c, `select count(*) from v where n = ${i} and v = ?`, encoded), label(type)).toBe(1);
        }
      });
    },
  );

  test("text differs by case, accents and trailing spaces", async () => {
    await using(mariadb, async (c) => {
      for (const [a, b] of [
        ["a", "A"],
        ["e", "é"],
        ["ss", "ß"],
        ["a", "a "],
        ["a", "a\0"],
      ] as const) {
        expect(await value(c, "select ? = ?", a, b)).toBe(0);
      }
    });
  });

  test("integers and decimals are compared exactly, past what a double holds", async () => {
    await using(mariadb, async (c) => {
      const { encode } = codec({ kind: "bigint", as: "bigint" });
      const decimal = codec({ kind: "decimal", as: "string" }).encode;
      expect(await value(c, "select 9007199254740993 = ?", encode(9007199254740992n))).toBe(0);
      expect(await value(c, "select 9007199254740993 = ?", encode(9007199254740993n))).toBe(1);
      expect(await value(c, "select 0.10000000000000000001 = ?", decimal("0.1"))).toBe(0);
      expect(await value(c, "select 0.10000000000000000001 = ?", decimal("0.10000000000000000001"))).toBe(1);
    });
  });

  test("what is no value of its type is a DecodeError that names what was expected", async () => {
    await using(mariadb, async (c) => {
      await c.execute("set sql_mode = ''");
      await c.execute("create or replace table odd (d date, t datetime, m time, i bigint unsigned)");
      await c.execute(
        "insert into odd values ('0000-00-00', '0000-00-00 00:00:00', '-100:00:00', 18446744073709551615)",
      );
      const [found] = await rows(c, "select d, t, m, i from odd");
      const [d, t, m, i] = found as [unknown, unknown, unknown, unknown];
      expect(() => codec({ kind: "date" }).decode(d)).toThrow(DecodeError);
      expect(() => codec({ kind: "timestamp", as: "date" }).decode(t)).toThrow("expected a point in time");
      expect(() => codec({ kind: "time" }).decode(m)).toThrow("expected a time of day");
      expect(() => codec({ kind: "integer", size: 8 }).decode(i)).toThrow(/safe in JavaScript/);
      expect(codec({ kind: "bigint", as: "bigint" }).decode(i)).toBe(18446744073709551615n);
    });
  });

  test("a value that is too large for the server is refused before it is sent", async () => {
    await using(mariadb, async (c) => {
      const large = "x".repeat(20_000_000);
      await expect(async () => c.query(query("select length(?)", large))).rejects.toMatchObject({
        code: "DIALECT_LIMIT",
      });
      expect(await value(c, "select length(?)", large.slice(0, 9_000_000))).toBe(9_000_000);
    });
  });
});

test("sums, means and quotients are read as what they are declared, not as the decimals they come as", () => {
  expect(codec({ kind: "integer", size: 8 }).decode("42")).toBe(42);
  expect(codec({ kind: "integer", size: 8 }).decode("42.0000")).toBe(42);
  expect(codec({ kind: "bigint", as: "bigint" }).decode("36028797018963982")).toBe(36028797018963982n);
  expect(codec({ kind: "float", size: 8 }).decode("1.5000")).toBe(1.5);
  expect(() => codec({ kind: "integer", size: 8 }).decode("42.5000")).toThrow(DecodeError);
});

test("types are called what holds all of their values", () => {
  const named = (type: SqlType): string => `${mysqlDialect.typeName(type)} | ${mariadbDialect.typeName(type)}`;
  expect(named({ kind: "decimal", as: "string" })).toBe("decimal(65, 30) | decimal(65, 30)");
  expect(named({ kind: "text" })).toBe("longtext | longtext");
  expect(named({ kind: "uuid" })).toBe("char(36) character set ascii collate ascii_bin | uuid");
  expect(named({ kind: "timestamptz", as: "date" })).toBe("datetime(6) | datetime(6)");
  expect(named({ kind: "integer", size: 3, unsigned: true })).toBe("mediumint unsigned | mediumint unsigned");
  expect(named({ kind: "enumeration", values: ["it's"] })).toBe("enum('it''s') | enum('it''s')");
  expect(() => named({ kind: "array", of: { kind: "text" } })).toThrow(/no arrays/);
});

interface Accepted {
  readonly value: unknown;
  readonly encoded: unknown;
}

/** The values that the type takes; those it does not take are refused in the one way there is. */
function accept(type: SqlType, values: readonly unknown[]): readonly Accepted[] {
  const { encode } = codec(type);
  return values.flatMap((value) => {
    try {
      return [{ value, encoded: encode(value) }];
    } catch (error) {
      if (error instanceof ParameterError) return [];
      throw error;
    }
  });
}

function inJson(type: SqlType): string {
  const out = new TextBuffer(mariadbDialect, {} as Writers);
  out.add("json_object('v' collate utf8mb4_bin, ");
  jsonCodec(type).write(() => out.add("v"), out);
  out.add(")");
  return out.text;
}
