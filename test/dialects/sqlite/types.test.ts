import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec, SqlType } from "../../../core/dialect/index.ts";
import { codec, typeName } from "../../../dialects/sqlite/types.ts";
import { type Native, natives, open, query, withWriter } from "./open.ts";

interface Case {
  readonly type: SqlType;
  readonly values: fc.Arbitrary<unknown>;
  /** What comes back, where it is not the very value. */
  readonly written?: (value: never) => unknown;
}

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(""));
const sign = fc.constantFrom("", "-");
const dates = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));

const cases: readonly Case[] = [
  ...([1, 2, 3, 4] as const).map((size): Case => {
    const half = 2 ** (8 * size - 1);
    return { type: { kind: "integer", size }, values: fc.integer({ min: -half, max: half - 1 }) };
  }),
  { type: { kind: "integer", size: 8 }, values: fc.maxSafeInteger() },
  { type: { kind: "bigint", as: "bigint" }, values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { type: { kind: "bigint", as: "number" }, values: fc.maxSafeInteger() },
  {
    type: { kind: "float", size: 8 },
    values: fc.double({ noNaN: true }),
    written: (value: number) => value + 0,
  },
  { type: { kind: "boolean" }, values: fc.boolean() },
  {
    type: { kind: "decimal", precision: 15, scale: 4, as: "string" },
    values: fc.tuple(sign, digits(1, 11), digits(4, 4)).map(([s, whole, part]) => `${s}${BigInt(whole)}.${part}`),
    written: (value: string) => (/[1-9]/.test(value) ? value : value.replace("-", "")),
  },
  {
    type: { kind: "decimal", precision: 60, scale: 20, as: "string" },
    values: fc.tuple(sign, digits(1, 40), digits(20, 20)).map(([s, whole, part]) => `${s}${BigInt(whole)}.${part}`),
    written: (value: string) => (/[1-9]/.test(value) ? value : value.replace("-", "")),
  },
  {
    type: { kind: "decimal", as: "string" },
    values: fc.tuple(sign, digits(1, 50), digits(1, 50)).map(([s, whole, part]) => `${s}${BigInt(whole)}.${part}1`),
  },
  { type: { kind: "text" }, values: text },
  { type: { kind: "uuid" }, values: fc.uuid() },
  { type: { kind: "enumeration", values: ["1", "2.50", "a'b", ""] }, values: fc.constantFrom("1", "2.50", "a'b", "") },
  { type: { kind: "date" }, values: dates.map((date) => date.toISOString().slice(0, 10)) },
  {
    type: { kind: "time" },
    values: dates.map((date) => date.toISOString().slice(11, 23)),
    written: (value: string) => value.replace(/\.?0+$/, (end) => (value.includes(".") ? "" : end)),
  },
  { type: { kind: "timestamp", as: "date" }, values: dates },
  { type: { kind: "timestamptz", as: "date" }, values: dates },
  {
    type: { kind: "timestamptz", as: "string" },
    values: fc
      .tuple(dates, fc.integer({ min: 0, max: 999 }))
      .map(([date, micros]) => date.toISOString().replace("Z", `${String(micros).padStart(3, "0")}Z`)),
  },
  {
    type: { kind: "json", storage: "text" },
    values: fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
    written: (value: never) => JSON.parse(JSON.stringify(value)),
  },
  { type: { kind: "bytes" }, values: fc.uint8Array() },
];

describe.each(natives.map((native) => ({ name: native.name, native })))("$name", ({ native }) => {
  // 22 types × 2,500 values × 2 drivers.
  test.each(cases.map((it) => ({ name: `${typeName(it.type)} ${JSON.stringify(it.type)}`, ...it })))(
    "every value of $name comes back",
    async ({ type, values, written }) => {
      const { encode } = codec(type);
      const sample = fc.sample(values, 2_500);
      const stored = await throughTable(native, type, sample.map(encode));
      const expected = written === undefined ? sample : sample.map((value) => written(value as never));
      expect(stored.map((value) => decode(codec(type), value))).toEqual(expected);
    },
  );

  test.each<[SqlType, string, unknown]>([
    [{ kind: "integer", size: 4 }, "integer", "abc"],
    [{ kind: "integer", size: 4 }, "integer", 1.5],
    [{ kind: "integer", size: 8 }, "integer", 2n ** 53n],
    [{ kind: "bigint", as: "bigint" }, "bigint", 1.5],
    [{ kind: "bigint", as: "bigint" }, "bigint", 2 ** 63],
    [{ kind: "float", size: 8 }, "double precision", "abc"],
    [{ kind: "boolean" }, "boolean", 2n],
    [{ kind: "boolean" }, "boolean", "true"],
    [{ kind: "decimal", as: "string" }, "decimal", "12,50"],
    [{ kind: "decimal", precision: 10, scale: 2, as: "string" }, "decimal", Number.POSITIVE_INFINITY],
    [{ kind: "text" }, "blob", 1n],
    [{ kind: "text" }, "blob", new Uint8Array([65])],
    [{ kind: "enumeration", values: ["a"] }, "text", "b"],
    [{ kind: "date" }, "date", "yesterday"],
    [{ kind: "time" }, "time", "25:00:00"],
    [{ kind: "timestamp", as: "date" }, "timestamp", 1_700_000_000n],
    [{ kind: "timestamp", as: "date" }, "timestamp", "2024-02-30 00:00:00"],
    [{ kind: "interval" }, "interval", "1 day"],
    [{ kind: "json", storage: "text" }, "text", "{"],
    [{ kind: "bytes" }, "blob", "text"],
  ])("%j does not take what a %s column holds for what it is not", async (type, declared, value) => {
    const connections = open(native, ":memory:");
    const { rows } = await withWriter(connections, (connection) => {
      connection.execute(`create table t (v ${declared})`);
      connection.query(query("insert into t values (?)", [value], { rows: false }));
      return connection.query(query("select v from t", [], { bigints: codec(type).bigints === true }));
    });
    const stored = rows[0]?.[0];
    expect(() => decode(codec(type), stored)).toThrow(expect.objectContaining({ code: "DECODE" }));
  });

  test("points in time that SQLite and other tools have written are read", async () => {
    const connections = open(native, ":memory:");
    const { decode: read } = codec({ kind: "timestamp", as: "date" });
    const result = await withWriter(connections, (connection) =>
      connection.query(
        query(
          "select datetime('2009-01-01'), date('2009-01-01'), '2009-01-01T00:00:00Z', strftime('%Y-%m-%dT%H:%M:%f', '2009-01-01')",
        ),
      ),
    );
    expect(result.rows[0]?.map(read)).toEqual(Array(4).fill(new Date("2009-01-01T00:00:00Z")));
  });
});

test.each<[SqlType, unknown, string]>([
  [{ kind: "float", size: 8 }, Number.NaN, "found NaN"],
  [{ kind: "text" }, "a\0b", "without NUL characters"],
  [{ kind: "bigint", as: "bigint", unsigned: true }, 2n ** 63n, "out of that range"],
  [{ kind: "bigint", as: "bigint", unsigned: true }, -1n, "found a negative one"],
  [{ kind: "integer", size: 4 }, 2 ** 31, "out of that range"],
  [{ kind: "boolean" }, 1, "expected true or false"],
  [{ kind: "timestamp", as: "date" }, "2024-01-01", "expected a valid Date"],
])("%j refuses %s", (type, value, message) => {
  expect(() => codec(type).encode(value)).toThrow(message);
});

test("decimals that are equal are stored as equal texts, those of up to 15 digits as numbers", () => {
  const long = codec({ kind: "decimal", precision: 20, scale: 4, as: "string" });
  expect(["1.50", "01.5", "+1.5000"].map(long.encode)).toEqual(["1.5", "1.5", "1.5"]);
  expect(long.decode("1.5")).toBe("1.5000");
  const short = codec({ kind: "decimal", precision: 10, scale: 2, as: "string" });
  expect(short.encode("1.50")).toBe(1.5);
  expect(short.decode(1.5)).toBe("1.50");
  expect(short.decode(0.1 + 0.2)).toBe("0.30000000000000004");
});

test("there are no arrays", () => {
  expect(() => typeName({ kind: "array", of: { kind: "text" } })).toThrow("SQLite has no arrays");
});

function decode({ decode: read, plain }: Codec, value: unknown): unknown {
  if (plain === "safe integer" ? Number.isSafeInteger(value) : plain !== undefined && typeof value === plain)
    return value;
  return read(value);
}

async function throughTable(native: Native, type: SqlType, encoded: readonly unknown[]): Promise<readonly unknown[]> {
  const connections = open(native, ":memory:");
  return withWriter(connections, async (connection) => {
    connection.execute(`create table t (id integer primary key, v ${typeName(type)})`);
    connection.execute("begin immediate");
    for (const value of encoded) connection.query(query("insert into t (v) values (?)", [value], { rows: false }));
    connection.execute("commit");
    const bigints = codec(type).bigints === true;
    const { rows } = await connection.query(query("select v from t order by id", [], { bigints }));
    return rows.map(([value]) => value);
  });
}
