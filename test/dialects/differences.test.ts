// What docs/databases.md says is made the same, and what it says stays different.
import {
  bytes,
  DatabaseError,
  decimal,
  double,
  enumeration,
  fn,
  insertInto,
  integer,
  jsonArray,
  jsonObject,
  literal,
  orderedBy,
  rollup,
  select,
  table,
  text,
  timestamp,
  timestamptz,
  uuid,
} from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const things = table("things", {
  id: integer().primaryKey(),
  at: timestamptz(),
  local: timestamp(),
  price: decimal(10, 2),
  any: decimal(),
  half: double(),
  data: bytes(),
  word: text(),
  size: enumeration(["small", "large"]),
});
const first = new Date("2024-02-29T12:30:15.250Z");
const second = new Date("2024-02-29T12:30:00.000Z");

describe.each(databases)("differences: $name", ({ name, db }) => {
  const isOne = (...names: readonly string[]): boolean => names.includes(name);
  beforeAll(async () => {
    await db.create([things]);
    await db.run(
      insertInto(things).values([
        {
          at: first,
          local: first,
          price: "1.50",
          any: "1.5",
          half: -2.5,
          data: Uint8Array.of(1),
          word: "a!",
          size: "small",
        },
        {
          at: second,
          local: second,
          price: "20.00",
          any: "2",
          half: 3.5,
          data: Uint8Array.of(2),
          word: "b",
          size: "large",
        },
      ]),
    );
  });

  test("points in time and decimals as text", async () => {
    const rows = await db.all(
      select({ at: things.at.cast(text()), local: things.local.cast(text()), price: things.price.cast(text()) })
        .from(things)
        .orderBy(things.id),
    );
    expect(rows).toEqual([
      { at: "2024-02-29 12:30:15.25", local: "2024-02-29 12:30:15.25", price: "1.50" },
      { at: "2024-02-29 12:30:00", local: "2024-02-29 12:30:00", price: "20.00" },
    ]);
    const any = await db.all(
      select({ any: things.any.cast(text()) })
        .from(things)
        .orderBy(things.id),
    );
    const zeros = isOne("mariadb", "mysql") ? "0".repeat(29) : "";
    expect(any).toEqual([{ any: `1.5${zeros}` }, { any: isOne("mariadb", "mysql") ? `2.${zeros}0` : "2" }]);
  });

  test("a cast rounds halves to the even number, round() away from zero", async () => {
    const halves = {
      cast: things.half.cast(integer()),
      round: fn.round(things.half),
      up: literal(2.5).cast(integer()),
    };
    expect(await db.all(select(halves).from(things).orderBy(things.id))).toEqual([
      { cast: -2, round: -3, up: 2 },
      { cast: 4, round: 4, up: 2 },
    ]);
  });

  test("a pattern that ends in a lone ! means the sign itself", async () => {
    for (const pattern of ["a!", "%!", "_!!"]) {
      const found = select({ id: things.id }).from(things);
      expect(await db.all(found.where(things.word.like(pattern)))).toEqual([{ id: 1 }]);
      expect(await db.all(found.where(things.word.ilike(pattern.toUpperCase())))).toEqual([{ id: 1 }]);
    }
    const byColumn = db.all(select({ id: things.id }).from(things).where(things.word.like(things.word)));
    if (isOne("postgres")) await expect(byColumn).rejects.toThrow(DatabaseError);
    else expect(await byColumn).toHaveLength(2);
  });

  test("division by zero is null, on PostgreSQL an error", async () => {
    const asked = db.all(
      select({ div: things.id.div(0), mod: things.id.mod(0) })
        .from(things)
        .limit(1),
    );
    if (isOne("postgres")) await expect(asked).rejects.toThrow("division by zero");
    else expect(await asked).toEqual([{ div: null, mod: null }]);
  });

  test("enumerations are compared as text, and sorted as declared on MySQL and MariaDB", async () => {
    expect(
      await db.all(
        select({ less: things.size.lt("small") })
          .from(things)
          .orderBy(things.id),
      ),
    ).toEqual([{ less: false }, { less: true }]);
    const sorted = await db.all(select({ size: things.size }).from(things).orderBy(things.size));
    const asText = [{ size: "large" }, { size: "small" }];
    expect(sorted).toEqual(isOne("mariadb", "mysql") ? asText.toReversed() : asText);
  });

  test("bytes and uuids have a smallest and a largest, which are what they are", async () => {
    const keys = table("keys", { id: integer().primaryKey(), data: bytes().nullable(), key: uuid() });
    const [low, middle, high] = ["0a", "9f", "f0"].map((start) => `${start}000000-0000-4000-8000-000000000000`);
    await db.create([keys]);
    await db.run(
      insertInto(keys).values([
        { data: Uint8Array.of(0x80, 0x00), key: middle as string },
        { data: Uint8Array.of(0x7f, 0xff, 0xff), key: low as string },
        { data: Uint8Array.of(0x80), key: high as string },
        { data: null, key: low as string },
      ]),
    );
    const extremes = select({
      least: fn.min(keys.data),
      most: fn.max(keys.data),
      few: fn.max(keys.data).filter(keys.id.eq(2)),
      none: fn.max(keys.data).filter(keys.id.eq(4)),
      isLeast: fn.min(keys.data).eq(Uint8Array.of(0x7f, 0xff, 0xff)),
      first: fn.min(keys.key),
      last: fn.max(keys.key),
      inside: jsonObject({ most: fn.max(keys.data) }),
    }).from(keys);
    expect(await db.all(extremes)).toEqual([
      {
        least: Uint8Array.of(0x7f, 0xff, 0xff),
        most: Uint8Array.of(0x80, 0x00),
        few: Uint8Array.of(0x7f, 0xff, 0xff),
        none: null,
        isLeast: true,
        first: low,
        last: high,
        inside: { most: Uint8Array.of(0x80, 0x00) },
      },
    ]);
    const largest = select({ key: fn.max(keys.key) })
      .from(keys)
      .scalar();
    expect(await db.scalar(select({ id: keys.id }).from(keys).where(keys.key.eq(largest)))).toBe(3);
    const running = select({ id: keys.id, most: fn.max(keys.data).over(orderedBy(keys.id.asc())) }).from(keys);
    expect((await db.all(running.orderBy(keys.id))).map(({ most }) => most?.length)).toEqual([2, 2, 2, 2]);
  });

  test("built JSON has its keys as they were written, however it is reached", async () => {
    const part = { zebra: things.word, at: things.at, é: things.id, ab: { b: things.price, a: things.half } };
    const object = jsonObject(part);
    const query = select({ object }).from(things).where(things.id.eq(1));
    const list = jsonArray(select(part).from(things).where(things.id.eq(1)));
    const inside = select({ object, list }).from(things).where(things.id.eq(1)).as("inside");
    const found = [
      ...(await db.all(query)),
      ...(await db.all(query.distinct())),
      ...(await db.all(query.union(query))),
      ...(await db.all(select({ object: inside.object }).from(inside))),
      { object: (await db.scalar(select({ list: inside.list }).from(inside)))?.[0] },
      {
        object: (
          await db.scalar(
            select({ all: fn.jsonAgg(part) })
              .from(things)
              .where(things.id.eq(1)),
          )
        )?.[0],
      },
    ];
    const expected = { object: { zebra: "a!", at: first, é: 1, ab: { b: "1.50", a: -2.5 } } };
    for (const row of found) {
      expect(row).toEqual(expected);
      expect(JSON.stringify(row)).toBe(JSON.stringify(expected));
    }
  });

  test("what rollup gives has the order, limit and offset that are asked for", async () => {
    const sums = select({ word: things.word, n: fn.count() }).from(things).groupBySets(rollup(things.word));
    const sorted = sums.orderBy(things.word.asc().nullsLast());
    if (!db.dialect.features.has("ROLLUP")) return expect(db.all(sorted)).rejects.toThrow("ROLLUP");
    const [a, b, total] = [
      { word: "a!", n: 1 },
      { word: "b", n: 1 },
      { word: null, n: 2 },
    ];
    expect(await db.all(sorted)).toEqual([a, b, total]);
    expect(await db.all(sorted.limit(1).offset(1))).toEqual([b]);
    expect(await db.all(sums.distinct().orderBy(things.word.desc().nullsFirst()))).toEqual([total, b, a]);
    // By what is not selected, and by what has values in it.
    const label = fn.coalesce(things.word, "zero");
    const nested = select({ in: { label }, more: fn.count().add(5) })
      .from(things)
      .groupBySets(rollup(things.word))
      .having(fn.count().lt(10));
    expect(await db.all(nested.orderBy(fn.max(things.id).desc(), label.desc()))).toEqual([
      { in: { label: "zero" }, more: 7 },
      { in: { label: "b" }, more: 6 },
      { in: { label: "a!" }, more: 6 },
    ]);
    // A group is null in the total wherever it stands, and whatever is computed from it.
    const upper = fn.upper(things.word);
    const twice = select({
      a: upper,
      b: upper,
      twice: upper.concat(things.word),
      isTotal: upper.isNull(),
      place: fn.rank().over(orderedBy(fn.count().desc(), upper.asc())),
      share: fn.count().cast(double()).div(fn.sum(fn.count()).over().cast(double())),
    });
    const groups = twice.from(things).groupBySets(rollup(upper, things.word));
    expect(await db.all(groups.having(things.word.isNull()).orderBy(upper.desc().nullsLast()))).toEqual([
      { a: "B", b: "B", twice: null, isTotal: false, place: 3, share: 0.25 },
      { a: "A!", b: "A!", twice: null, isTotal: false, place: 2, share: 0.25 },
      { a: null, b: null, twice: null, isTotal: true, place: 1, share: 0.5 },
    ]);
    const nobody = sorted.where(things.id.lt(0));
    expect(await db.all(nobody)).toEqual(isOne("postgres") ? [{ word: null, n: 0 }] : []);
    // Inside another query.
    const first = sorted.limit(2).as("first");
    expect(await db.scalar(select({ n: fn.count() }).from(first))).toBe(2);
    expect(await db.scalar(select({ all: jsonArray(sorted) }))).toEqual([a, b, total]);
    expect(await db.all(sorted.limit(1).unionAll(sorted.limit(1)))).toEqual([a, a]);
  });
});
