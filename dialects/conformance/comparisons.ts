// Operators × types: every pair of values, null among them, compared by the database and by a model in JavaScript that knows
// SQL's three-valued logic.
import assert from "node:assert/strict";
import {
  alias,
  bigint,
  boolean,
  type Col,
  type Database,
  date,
  decimal,
  double,
  type Expr,
  insertInto,
  integer,
  type Order,
  select,
  table,
  text,
  timestamptz,
  uuid,
} from "../../core/index.ts";
import type { Draft, Group } from "./suite.ts";

interface Compared {
  readonly name: string;
  readonly column: () => Col<any, any, any>;
  /** In ascending order, without null. */
  readonly values: readonly unknown[];
}

const compared: readonly Compared[] = [
  { name: "integer", column: integer, values: [-7, -1, 0, 1, 3, 2_147_483_647] },
  {
    name: "bigint",
    column: bigint,
    values: [-9_007_199_254_740_993n, -1n, 0n, 9_007_199_254_740_992n, 9_007_199_254_740_993n],
  },
  {
    name: "decimal",
    column: () => decimal(20, 4),
    values: ["-10.5000", "-9.5000", "0.0000", "9.0000", "10.0000", "1234567890123456.7891"],
  },
  { name: "double", column: double, values: [-1.5, 0, 0.1, 0.2, 1e300] },
  // Only what sorts the same under every collation.
  { name: "text", column: text, values: ["", "a", "ab", "b", "zz"] },
  { name: "boolean", column: boolean, values: [false, true] },
  { name: "date", column: date, values: ["1000-01-01", "1999-12-31", "2024-02-29"] },
  {
    name: "timestamptz",
    column: () => timestamptz(),
    values: ["1970-01-01T00:00:00.000Z", "2024-03-10T06:59:59.999Z", "2024-03-10T07:00:00.000Z"].map(
      (at) => new Date(at),
    ),
  },
  {
    name: "uuid",
    column: uuid,
    values: ["00000000-0000-0000-0000-000000000001", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"],
  },
];

const tables = new Map(
  compared.map(({ name, column }) => [
    name,
    table(`conformance_compared_${name}`, { id: integer().primaryKey(), value: column().nullable() }),
  ]),
);

type Operand = Expr<any, any, any>;
interface Operator {
  readonly sql: (left: Operand, right: Operand) => Operand;
  /** Of places in the order of the values; null stands for null. */
  readonly model: (left: number | null, right: number | null) => boolean | null;
}

/** Null where a side is. */
const strict =
  (of: (left: number, right: number) => boolean): Operator["model"] =>
  (left, right) =>
    left === null || right === null ? null : of(left, right);

const operators: Readonly<Record<string, Operator>> = {
  eq: { sql: (a, b) => a.eq(b), model: strict((a, b) => a === b) },
  ne: { sql: (a, b) => a.ne(b), model: strict((a, b) => a !== b) },
  lt: { sql: (a, b) => a.lt(b), model: strict((a, b) => a < b) },
  lte: { sql: (a, b) => a.lte(b), model: strict((a, b) => a <= b) },
  gt: { sql: (a, b) => a.gt(b), model: strict((a, b) => a > b) },
  gte: { sql: (a, b) => a.gte(b), model: strict((a, b) => a >= b) },
  isDistinctFrom: { sql: (a, b) => a.isDistinctFrom(b), model: (a, b) => a !== b },
  isNotDistinctFrom: { sql: (a, b) => a.isNotDistinctFrom(b), model: (a, b) => a === b },
  "between itself and the other": { sql: (a, b) => a.between(a, b), model: strict((a, b) => a <= b) },
  "not of less": { sql: (a, b) => a.lt(b).not(), model: strict((a, b) => a >= b) },
};

const pairs = (count: number): readonly (readonly [number | null, number | null])[] => {
  const all = [null, ...Array.from({ length: count }, (_, i) => i)];
  return all.flatMap((left) => all.map((right) => [left, right] as const));
};

function casesOfType({ name, values }: Compared): readonly Draft[] {
  const left = tables.get(name) as NonNullable<ReturnType<typeof tables.get>>;
  const right = alias(left, "right_side");
  return [
    ...Object.entries(operators).map(
      ([operator, { sql, model }]): Draft => ({
        name: `${name}: ${operator}, of columns`,
        async run(db) {
          const query = select({ left: left.id, right: right.id, result: sql(left.value, right.value) })
            .from(left)
            .crossJoin(right)
            .orderBy(left.id.asc(), right.id.asc());
          const expected = pairs(values.length).map(([a, b]) => ({
            left: idOf(a),
            right: idOf(b),
            result: model(a, b),
          }));
          assert.deepEqual(await db.all(query), expected);
        },
      }),
    ),
    {
      name: `${name}: eq, lt and gte, of a column and a value`,
      async run(db) {
        for (const [place, value] of values.entries()) {
          const query = select({ eq: left.value.eq(value), lt: left.value.lt(value), gte: left.value.gte(value) })
            .from(left)
            .orderBy(left.id.asc());
          const expected = [null, ...values.keys()].map((at) => ({
            eq: at === null ? null : at === place,
            lt: at === null ? null : at < place,
            gte: at === null ? null : at >= place,
          }));
          assert.deepEqual(await db.all(query), expected);
        }
      },
    },
    {
      name: `${name}: in and notIn, of lists of every length`,
      async run(db) {
        for (let length = 0; length <= values.length; length++) {
          const list = values.slice(0, length);
          const query = select({ in: left.value.in(list as never), not: left.value.notIn(list as never) })
            .from(left)
            .orderBy(left.id.asc());
          const ofNull = length === 0 ? { in: false, not: true } : { in: null, not: null };
          assert.deepEqual(await db.all(query), [
            ofNull,
            ...values.map((_, at) => ({ in: at < length, not: at >= length })),
          ]);
        }
      },
    },
    {
      name: `${name}: sorts as it compares, nulls where they are asked for`,
      async run(db) {
        const ids = async (order: Order<any>): Promise<readonly unknown[]> =>
          (await db.all(select({ id: left.id }).from(left).orderBy(order))).map(({ id }) => id);
        const places = [...values.keys()].map((at) => at + 1);
        assert.deepEqual(await ids(left.value.asc().nullsFirst()), [0, ...places]);
        assert.deepEqual(await ids(left.value.asc().nullsLast()), [...places, 0]);
        assert.deepEqual(await ids(left.value.desc().nullsFirst()), [0, ...places.toReversed()]);
        assert.deepEqual(await ids(left.value.desc().nullsLast()), [...places.toReversed(), 0]);
      },
    },
  ];
}

function idOf(place: number | null): number {
  return place === null ? 0 : place + 1;
}

export const comparisons: Group = {
  name: "comparisons",
  async prepare(db: Database<any>) {
    await db.create([...tables.values()]);
    for (const { name, values } of compared) {
      const rows = [null, ...values].map((value, id) => ({ id, value }));
      await db.run(insertInto(tables.get(name) as never).values(rows as never));
    }
  },
  cases: compared.flatMap(casesOfType),
};
