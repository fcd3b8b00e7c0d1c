// What is written comes back: the values of every type, at their edges, through a column, a parameter, a literal and built
// JSON. A value that would be altered is refused before anything is sent.
import assert from "node:assert/strict";
import type { FeatureName } from "../../core/dialect/index.ts";
import {
  alias,
  bigint,
  boolean,
  bytes,
  type Col,
  char,
  customType,
  type Database,
  date,
  decimal,
  deleteFrom,
  double,
  enumeration,
  fn,
  insertInto,
  integer,
  interval,
  json,
  jsonArray,
  jsonObject,
  literal,
  ParameterError,
  param,
  real,
  select,
  smallint,
  type Table,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varchar,
} from "../../core/index.ts";
import type { Draft, Group } from "./suite.ts";

interface Kind {
  readonly name: string;
  /** Makes the column; each call may give another name. */
  readonly column: () => Col<any, any, any>;
  /** Values with a word for each. */
  readonly good: Readonly<Record<string, unknown>>;
  readonly bad?: Readonly<Record<string, unknown>>;
  /** False where two equal values need not be equal to the database: documents. */
  readonly comparable?: boolean;
  readonly needs?: readonly FeatureName[];
}

const point = customType<{ x: number; y: number }>({
  sql: "varchar(100)",
  encode: ({ x, y }) => `${x};${y}`,
  decode: (value) => {
    const [x, y] = value.split(";").map(Number);
    return { x: x as number, y: y as number };
  },
});
const moment = (value: string): Date => new Date(value);

const kinds: readonly Kind[] = [
  {
    name: "smallint",
    column: smallint,
    good: { zero: 0, largest: 32_767, smallest: -32_768 },
    bad: { "one too large": 32_768, "a fraction": 0.5, "a text": "1", NaN: Number.NaN },
  },
  {
    name: "integer",
    column: integer,
    good: { zero: 0, one: 1, negative: -1, largest: 2_147_483_647, smallest: -2_147_483_648 },
    bad: {
      "one too large": 2_147_483_648,
      "a fraction": 1.5,
      "a text": "1",
      "a boolean": true,
      Infinity: Number.POSITIVE_INFINITY,
    },
  },
  {
    name: "bigint",
    column: bigint,
    good: {
      zero: 0n,
      "past 2^53": 9_007_199_254_740_993n,
      largest: 9_223_372_036_854_775_807n,
      smallest: -9_223_372_036_854_775_808n,
    },
    bad: {
      "one too large": 9_223_372_036_854_775_808n,
      "one too small": -9_223_372_036_854_775_809n,
      "a text": "1",
      "a fraction": 1.5,
    },
  },
  {
    name: "bigint as number",
    column: () => bigint({ as: "number" }),
    good: { zero: 0, "largest safe": Number.MAX_SAFE_INTEGER, "smallest safe": Number.MIN_SAFE_INTEGER },
    bad: { unsafe: 2 ** 53, NaN: Number.NaN, "a fraction": 0.1 },
  },
  {
    name: "real",
    column: real,
    good: { zero: 0, half: 0.5, negative: -1.25, large: 16_777_216 },
    bad: { "a text": "0.5", "a bigint": 1n },
  },
  {
    name: "double",
    column: double,
    good: {
      zero: 0,
      "no binary fraction": 0.1,
      largest: Number.MAX_VALUE,
      "smallest normal": 2.2250738585072014e-308,
      precise: 1.7976931348623155e308,
      "past 2^53": 2 ** 60,
    },
    bad: { "a text": "0.5", "a Date": new Date(0) },
  },
  {
    name: "decimal",
    column: () => decimal(30, 10),
    good: { exact: "0.1000000000", "many digits": "12345678901234567890.0123456789", negative: "-0.0000000001" },
    bad: {
      words: "ten",
      empty: "",
      "with an exponent": "1e3x",
      NaN: "NaN",
      "too many digits": "123456789012345678901.0",
    },
  },
  {
    name: "decimal as number",
    column: () => decimal(10, 2, { as: "number" }),
    good: { zero: 0, cents: 12_345_678.91, negative: -0.01 },
    bad: { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY },
  },
  { name: "boolean", column: boolean, good: { true: true, false: false }, bad: { one: 1, "a text": "yes, please" } },
  {
    name: "text",
    column: text,
    good: {
      empty: "",
      quotes: `'"\`\\'--`,
      "percent and underscore": "100%_!",
      emoji: "🐘👩‍👩‍👧",
      "combining characters": "e\u0301\u0327",
      "line ends": "a\r\nb\u2028c\t",
      "spaces at its ends": "  a  ",
      "a placeholder": "$1 ? :name @p %s",
      long: "x".repeat(100_000),
      JSON: '{"a":[1,"\\u0000"]}',
      "right to left": "שלום‏",
    },
    bad: { "a number": 1, "a lone surrogate": "\ud800", "an object": {} },
  },
  {
    name: "varchar",
    column: () => varchar(5),
    good: { empty: "", full: "abcde", "five wide characters": "🐘🐘🐘🐘🐘" },
    bad: { "one too long": "abcdef" },
  },
  { name: "char", column: () => char(3), good: { full: "abc" }, bad: { "one too long": "abcd" } },
  {
    name: "uuid",
    column: uuid,
    good: { nil: "00000000-0000-0000-0000-000000000000", random: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" },
    bad: { words: "no uuid", short: "3f2504e0-4f89-41d3-9a0c" },
  },
  {
    name: "enumeration",
    column: () => enumeration(["new", "it's", "done"]),
    good: { plain: "new", quoted: "it's" },
    bad: { unknown: "old", "other case": "New" },
  },
  {
    name: "date",
    column: date,
    good: { "leap day": "2024-02-29", epoch: "1970-01-01", old: "1000-01-01", late: "9999-12-31" },
    bad: { "no leap day": "2023-02-29", "a moment": "2024-01-01T00:00:00Z", words: "today", "a Date": new Date(0) },
  },
  {
    name: "time",
    column: time,
    good: { midnight: "00:00:00", late: "23:59:59", microseconds: "12:34:56.123456" },
    bad: { "hour 25": "25:00:00", words: "noon" },
  },
  ...[timestamp, timestamptz].map(
    (column, i): Kind => ({
      name: i === 0 ? "timestamp" : "timestamptz",
      column: () => column(),
      good: {
        epoch: moment("1970-01-01T00:00:00.000Z"),
        milliseconds: moment("2024-02-29T12:34:56.789Z"),
        "the hour New York skips": moment("2024-03-10T07:30:00.000Z"),
        "the hour New York repeats": moment("2024-11-03T05:30:00.000Z"),
        old: moment("1000-01-01T00:00:00.000Z"),
        late: moment("9999-12-31T23:59:59.999Z"),
      },
      bad: { "an invalid Date": new Date(Number.NaN), "a text": "2024-01-01", "a number": 0 },
    }),
  ),
  {
    name: "timestamptz as string",
    column: () => timestamptz(undefined, { as: "string", precision: 6 }),
    good: { microseconds: "2024-03-10T07:30:00.123456Z" },
    bad: { words: "now", "a Date": new Date(0) },
  },
  {
    name: "interval",
    column: interval,
    good: { days: "P1DT2H", all: "P1Y2M3DT4H5M6S", fraction: "PT0.5S" },
    bad: { words: "a day", empty: "" },
    needs: ["INTERVALS"],
    comparable: false,
  },
  {
    name: "json",
    column: () => json(),
    good: {
      object: { a: [1, "2", null, { b: true }] },
      array: [],
      text: "text",
      number: 12.5,
      false: false,
      "quotes and emoji": { "'\"\\": "🐘\u2028" },
      "a key named __proto__": JSON.parse('{"__proto__":{"x":1}}'),
    },
    bad: { "a bigint": { a: 1n }, "a function": () => 1 },
    comparable: false,
  },
  {
    name: "bytes",
    column: bytes,
    good: {
      empty: new Uint8Array([]),
      "all bytes": Uint8Array.from({ length: 256 }, (_, i) => i),
      "no UTF-8": new Uint8Array([0xc3, 0x28]),
    },
    bad: { "a text": "abc", "an array": [1, 2] },
  },
  { name: "custom", column: () => point(), good: { point: { x: 1, y: -2.5 } } },
];

type Slots = Table<string, { id: Col<number, "serial">; value: Col<any, any>; other: Col<any, any> }>;

/** The table of a kind: a value that must be there, and one that may be missing. */
function tableOf(kind: Kind): Slots {
  const name = `conformance_${kind.name.replaceAll(" ", "_")}`;
  return table(name, {
    id: integer().primaryKey(),
    value: kind.column(),
    other: kind.column().nullable(),
  }) as unknown as Slots;
}

const tables = new Map(kinds.map((kind) => [kind, tableOf(kind)]));

function casesOfKind(kind: Kind): readonly Draft[] {
  const slots = tables.get(kind) as Slots;
  const more = kind.needs === undefined ? {} : { needs: kind.needs, onlyWhereSupported: true };
  return [
    ...Object.entries(kind.good).map(
      ([word, value]): Draft => ({
        ...more,
        name: `${kind.name}: ${word} comes back as it was`,
        run: (db) => roundTrip(db, slots, kind, value),
      }),
    ),
    ...Object.entries(kind.bad ?? {}).map(
      ([word, value]): Draft => ({
        ...more,
        name: `${kind.name}: ${word} is refused, and the column named`,
        run: (db) => refusal(db, slots, kind, value),
      }),
    ),
  ];
}

async function roundTrip(db: Database<any>, slots: Slots, kind: Kind, value: unknown): Promise<void> {
  await db.run(deleteFrom(slots).everyRow());
  await db.run(
    insertInto(slots).values([
      { id: 1, value, other: value },
      { id: 2, value, other: null },
    ] as never),
  );
  const found = await db.all(select({ value: slots.value, other: slots.other }).from(slots).orderBy(slots.id.asc()));
  assert.deepEqual(found, [
    { value, other: value },
    { value, other: null },
  ]);
  const part = jsonObject({ value: slots.value, other: slots.other });
  const inner = alias(slots, "inner_slots");
  const list = jsonArray(
    select({ value: inner.value, other: inner.other })
      .from(inner as never)
      .orderBy(inner.id.asc()) as never,
  );
  const [nested] = (await db.all(select({ part, list }).from(slots).where(slots.id.eq(2)))) as unknown[];
  assert.deepEqual(nested, {
    part: { value, other: null },
    list: [
      { value, other: value },
      { value, other: null },
    ],
  });
  const bound = await db.all(
    select({ given: param("given", kind.column()), constant: literal(value, kind.column()) })
      .from(slots)
      .where(slots.id.eq(1)),
    { given: value } as never,
  );
  assert.deepEqual(bound, [{ given: value, constant: value }]);
  if (kind.comparable === false) return;
  const equal = select({ n: fn.count() }).from(slots).where(slots.value.eq(value));
  assert.equal(await db.scalar(equal), 2);
  assert.equal(
    await db.scalar(
      select({ n: fn.count() })
        .from(slots)
        .where(slots.other.in([value] as never)),
    ),
    1,
  );
}

async function refusal(db: Database<any>, slots: Slots, kind: Kind, value: unknown): Promise<void> {
  const insert = async (): Promise<unknown> => db.run(insertInto(slots).values({ id: 3, value, other: null } as never));
  await assert.rejects(insert(), (error) => {
    assert.ok(error instanceof ParameterError, `${error}`);
    assert.match(error.message, /"value"/, "the column is named");
    const text = typeof value === "string" && value.length > 3 ? value : undefined;
    if (text !== undefined) assert.ok(!error.message.includes(text), "the value is not in the message");
    return true;
  });
  const compared = async (): Promise<unknown> =>
    db.all(select({ id: slots.id }).from(slots).where(slots.value.eq(value)));
  if (kind.comparable !== false) await assert.rejects(compared(), ParameterError);
}

export const values: Group = {
  name: "values",
  async prepare(db) {
    for (const [kind, slots] of tables) {
      if ((kind.needs ?? []).every((feature) => db.dialect.features.has(feature))) await db.create([slots]);
    }
  },
  cases: kinds.flatMap(casesOfKind),
};
