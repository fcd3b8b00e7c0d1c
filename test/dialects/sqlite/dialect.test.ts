import {
  bigint,
  boolean,
  bytes,
  compile,
  decimal,
  deleteFrom,
  double,
  type ExprOf,
  fn,
  insertInto,
  integer,
  json,
  jsonObject,
  literal,
  orderedBy,
  param,
  select,
  table,
  text,
  timestamp,
  update,
  uuid,
  values,
  varchar,
} from "athanor";
import { type SqliteDriver, sqlite, sqliteDialect } from "athanor/sqlite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const items = table("items", {
  id: integer().primaryKey(),
  name: text(),
  price: decimal(10, 2),
  weight: decimal(30, 10),
  ratio: double(),
  big: bigint(),
  sold: boolean(),
  at: timestamp(),
  data: json<{ tags: string[]; n: number | null }>(),
  raw: bytes(),
  code: uuid(),
  note: varchar(20).nullable(),
});

const first = {
  id: 1,
  name: "100% *wool*",
  price: "9.90" as const,
  weight: "10.5000000000" as const,
  ratio: 0.1,
  big: 9_007_199_254_740_993n,
  sold: true,
  at: new Date("2024-01-31T10:20:30.405Z"),
  data: { tags: ["a", "b"], n: null },
  raw: new Uint8Array([0, 255]),
  code: "00000000-0000-4000-8000-000000000001",
  note: null,
};
const second = {
  ...first,
  id: 2,
  name: "Silk [x]?",
  price: "10.00" as const,
  weight: "9.5000000000" as const,
  ratio: -7.5,
  big: -1n,
  sold: false,
  at: new Date("2023-12-31T23:59:59Z"),
  data: { tags: [], n: 5 },
  raw: new Uint8Array([]),
  code: "00000000-0000-4000-8000-000000000002",
  note: "n",
};

describe.each<{ driver: SqliteDriver }>([{ driver: "better-sqlite3" }, { driver: "node:sqlite" }])(
  "$driver",
  ({ driver }) => {
    const db = sqlite(":memory:", { driver });
    beforeAll(async () => {
      await db.create({ items });
      await db.run(insertInto(items).values([first, second]));
    });
    afterAll(() => db.close());

    test("rows come back as they went in", async () => {
      expect(await db.all(select(items).orderBy(items.id.asc()))).toEqual([first, second]);
    });

    describe("LIKE", () => {
      const named = select({ id: items.id }).from(items).orderBy(items.id.asc());

      test("is GLOB, so that case matters", async () => {
        const query = named.where(items.name.like("silk%"));
        expect(compile(query, sqliteDialect).text).toBe(
          'select "id" from "items" where "name" glob ? order by "id" asc',
        );
        expect(await db.all(query)).toEqual([]);
        expect(await db.all(named.where(items.name.like("Silk%")))).toEqual([{ id: 2 }]);
        expect(await db.all(named.where(items.name.notLike("Silk%")))).toEqual([{ id: 1 }]);
        expect(await db.all(named.where(items.name.ilike("silk%")))).toEqual([{ id: 2 }]);
      });

      test.each([
        ["100!% *%", 1],
        ["%[x]?", 2],
        ["Silk _x__", 2],
        ["____ [x]?", 2],
        ["%*wool*", 1],
      ])("%s finds %i", async (pattern, id) => {
        expect(await db.all(named.where(items.name.like(pattern)))).toEqual([{ id }]);
        const given = named.where(items.name.like(param("pattern", text())));
        expect(await db.all(given, { pattern })).toEqual([{ id }]);
        expect(await db.all(named.where(items.name.like(literal(pattern, text()).concat(""))))).toEqual([{ id }]);
      });

      test.each(["*", "?", "[", "]", "%", "_", "!", "'", "[x]", "^"])(
        "nothing of %s is wild in a whole text",
        async (sign) => {
          const query = select({
            starts: literal(`${sign}b`, text()).startsWith(sign),
            ends: literal(`b${sign}`, text()).endsWith(sign),
            contains: literal(`a${sign}b`, text()).contains(sign),
            insensitive: literal(`A${sign}b`, text()).ilike(`a${sign.replace(/[!%_]/, "!$&")}B`),
            other: literal("a", text()).contains(sign),
            column: literal(`a${sign}b`, text()).contains(literal(sign, text()).concat("")),
          });
          expect(await db.one(query)).toEqual({
            starts: true,
            ends: true,
            contains: true,
            insensitive: true,
            other: false,
            column: true,
          });
        },
      );

      test("agrees with its definition", async () => {
        const characters = fc.constantFrom("a", "A", "b", "%", "_", "!!", "!%", "!_", "*", "?", "[", "]", "é", "😀");
        const pattern = fc.array(characters, { maxLength: 6 }).map((list) => list.join(""));
        const value = fc.array(fc.constantFrom("a", "A", "b", "%", "_", "!", "*", "?", "[", "]", "é", "😀"), {
          maxLength: 6,
        });
        await fc.assert(
          fc.asyncProperty(pattern, value, async (like, list) => {
            const subject = list.join("");
            const found = await db.scalar(select({ it: literal(subject, text()).like(like) }));
            expect(found).toBe(likeRegExp(like).test(subject));
          }),
          { numRuns: 500 },
        );
      });
    });

    test("a list of any length is one value", async () => {
      const query = select({ id: items.id })
        .from(items)
        .where(items.id.in([2, 3]))
        .orderBy(items.id.asc());
      expect(compile(query, sqliteDialect).text).toBe(
        'select "id" from "items" where "id" in (select value from json_each(?)) order by "id" asc',
      );
      expect(await db.all(query)).toEqual([{ id: 2 }]);
      const many = Array.from({ length: 100_000 }, (_, i) => i);
      expect(await db.all(select({ id: items.id }).from(items).where(items.id.in(many)))).toHaveLength(2);
      expect(await db.all(select({ id: items.id }).from(items).where(items.id.in([])))).toEqual([]);
      expect(await db.all(select({ id: items.id }).from(items).where(items.id.notIn([])))).toHaveLength(2);
    });

    test("a list of values of every type finds them", async () => {
      const { id } = items;
      for (const condition of [
        items.name.in([first.name]),
        items.price.in(["9.9"]),
        items.weight.in(["10.5"]),
        items.ratio.in([0.1]),
        items.big.in([first.big]),
        items.sold.in([true]),
        items.at.in([first.at]),
        items.raw.in([first.raw]),
        items.code.in([first.code]),
      ]) {
        expect(await db.all(select({ id }).from(items).where(condition))).toEqual([{ id: 1 }]);
      }
    });

    test("a value of every type equals itself", async () => {
      const { id } = items;
      for (const condition of [
        items.name.eq(first.name),
        items.price.eq("9.9"),
        items.weight.eq("10.50"),
        items.ratio.eq(0.1),
        items.big.eq(first.big),
        items.sold.eq(true),
        items.at.eq(first.at),
        items.raw.eq(first.raw),
        items.code.eq(first.code),
      ]) {
        expect(await db.all(select({ id }).from(items).where(condition))).toEqual([{ id: 1 }]);
      }
    });

    test("decimals are compared and sorted as numbers, whichever way they are kept", async () => {
      const { id } = items;
      const ordered = select({ id }).from(items).orderBy(id.asc());
      const ids = async (condition: ExprOf<boolean, "items.price" | "items.weight">) =>
        (await db.all(ordered.where(condition))).map((row) => row.id);
      expect(await ids(items.price.lt("10"))).toEqual([1]);
      expect(await ids(items.weight.lt("10"))).toEqual([2]);
      expect(await ids(items.weight.between("9", "10"))).toEqual([2]);
      expect(await ids(items.weight.isDistinctFrom("9.5"))).toEqual([1]);
      expect(await ids(items.weight.gt(items.price.mul("1.01")))).toEqual([1]);
      expect(await db.all(select({ id }).from(items).orderBy(items.weight.asc()))).toEqual([{ id: 2 }, { id: 1 }]);
      expect(await db.all(select({ id }).from(items).orderBy(items.price.desc()))).toEqual([{ id: 2 }, { id: 1 }]);
    });

    test("arithmetic on decimals is exact", async () => {
      const query = select({
        sum: fn.sum(items.price),
        average: fn.avg(items.price),
        least: fn.min(items.weight),
        greatest: fn.max(items.weight),
        total: fn.sum(items.price.mul(items.weight)),
      }).from(items);
      expect(await db.one(query)).toEqual({
        sum: "19.90",
        average: "9.95",
        least: "9.5000000000",
        greatest: "10.5000000000",
        total: "198.950000000000",
      });
      const price = literal("0.10", decimal(10, 2));
      expect(
        await db.one(
          select({ add: price.add("0.20"), sub: price.sub("0.30"), div: price.div("0.03"), mod: price.mod("0.03") }),
        ),
      ).toEqual({ add: "0.30", sub: "-0.20", div: "3.3333333333333333333", mod: "0.01" });
    });

    test("a running sum of decimals moves its window exactly", async () => {
      const rows = values("v", { n: integer(), d: decimal(20, 2) }, [
        { n: 1, d: "0.10" },
        { n: 2, d: "0.20" },
        { n: 3, d: "-5.00" },
      ]);
      const sum = fn.sum(rows.d).over(orderedBy(rows.n.asc()).rows(1, "current row"));
      expect(await db.all(select({ sum }).from(rows))).toEqual([{ sum: "0.10" }, { sum: "0.30" }, { sum: "-4.80" }]);
    });

    test("integers divide as integers, numbers as numbers", async () => {
      const seven = literal(7, integer());
      const half = literal(7.5, double());
      expect(await db.one(select({ a: seven.div(2), b: half.div(2), c: seven.mod(4), d: half.mod(2) }))).toEqual({
        a: 3,
        b: 3.75,
        c: 3,
        d: 1.5,
      });
    });

    test("JSON that is built keeps every type exactly", async () => {
      const { name, price, weight, ratio, big, sold, at, data, raw, code, note } = items;
      const parts = { name, price, weight, ratio, big, sold, at, data, raw, code, note };
      const query = select({ row: jsonObject(parts) })
        .from(items)
        .orderBy(items.id.asc());
      const { id: _, ...firstParts } = first;
      const { id: __, ...secondParts } = second;
      expect(await db.all(query)).toEqual([{ row: firstParts }, { row: secondParts }]);
    });

    test("JSON is read by path, whatever the names in it", async () => {
      const document = literal({ 'a"b': [1, { "c.d": "x" }], t: true, big: 2 ** 40 } as const, json<any>());
      expect(
        await db.one(
          select({
            part: fn.jsonGet(document, 'a"b', 1),
            value: fn.jsonValue(document, ['a"b', 1, "c.d"], text()),
            number: fn.jsonValue(document, ['a"b', 0], integer()),
            truth: fn.jsonValue(document, ["t"], boolean()),
            none: fn.jsonValue(document, ["u"], text()),
            kind: fn.jsonType(document, "t"),
            length: fn.jsonLength(document, 'a"b'),
            noList: fn.jsonLength(document, "t"),
          }),
        ),
      ).toEqual({
        part: { "c.d": "x" },
        value: "x",
        number: 1,
        truth: true,
        none: null,
        kind: "boolean",
        length: 2,
        noList: null,
      });
    });

    test("points in time are taken apart and moved in UTC", async () => {
      const at = literal(new Date("2024-01-31T10:20:30.405Z"), timestamp());
      const parts = [
        "year",
        "quarter",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "second",
        "dayOfWeek",
        "dayOfYear",
        "epoch",
      ] as const;
      const found = await db.one(select(Object.fromEntries(parts.map((part) => [part, fn.extract(part, at)]))));
      expect(found).toEqual({
        year: 2024,
        quarter: 1,
        month: 1,
        week: 5,
        day: 31,
        hour: 10,
        minute: 20,
        second: 30,
        dayOfWeek: 3,
        dayOfYear: 31,
        epoch: 1_706_696_430,
      });
      const units = ["year", "quarter", "month", "week", "day", "hour", "minute", "second"] as const;
      expect(await db.one(select(Object.fromEntries(units.map((unit) => [unit, fn.dateTrunc(unit, at)]))))).toEqual({
        year: new Date("2024-01-01T00:00:00Z"),
        quarter: new Date("2024-01-01T00:00:00Z"),
        month: new Date("2024-01-01T00:00:00Z"),
        week: new Date("2024-01-29T00:00:00Z"),
        day: new Date("2024-01-31T00:00:00Z"),
        hour: new Date("2024-01-31T10:00:00Z"),
        minute: new Date("2024-01-31T10:20:00Z"),
        second: new Date("2024-01-31T10:20:30Z"),
      });
      expect(await db.one(select(Object.fromEntries(units.map((unit) => [unit, fn.dateAdd(at, 1, unit)]))))).toEqual({
        year: new Date("2025-01-31T10:20:30.405Z"),
        quarter: new Date("2024-04-30T10:20:30.405Z"),
        month: new Date("2024-02-29T10:20:30.405Z"),
        week: new Date("2024-02-07T10:20:30.405Z"),
        day: new Date("2024-02-01T10:20:30.405Z"),
        hour: new Date("2024-01-31T11:20:30.405Z"),
        minute: new Date("2024-01-31T10:21:30.405Z"),
        second: new Date("2024-01-31T10:20:31.405Z"),
      });
      expect(
        await db.one(
          select({
            day: fn.toDate(at),
            between: fn.secondsBetween(at, new Date("2024-01-31T10:20:31.5Z")),
            back: fn.dateAdd(at, -1, "month"),
          }),
        ),
      ).toEqual({ day: "2024-01-31", between: expect.closeTo(1.095, 9), back: new Date("2023-12-31T10:20:30.405Z") });
    });

    test("the moment is one that compares with those that were stored", async () => {
      const before = Date.now();
      const now = (await db.one(select({ now: fn.now() }))).now;
      expect(now.getTime()).toBeGreaterThanOrEqual(before);
      expect(now.getTime()).toBeLessThanOrEqual(Date.now());
      expect(
        await db.scalar(
          select({ n: fn.count() })
            .from(items)
            .where(items.at.lt(fn.now() as never)),
        ),
      ).toBe(2);
    });

    test("numbers are rounded, and texts cut, as on every database", async () => {
      const price = literal("-2.345", decimal(20, 3));
      const word = literal("añb😀", text());
      expect(
        await db.one(
          select({
            round: fn.round(price, 2),
            up: fn.ceil(price),
            down: fn.floor(price),
            abs: fn.abs(price),
            sign: fn.sign(price),
            whole: fn.round(literal(5, integer())),
            left: fn.left(word, 2),
            right: fn.right(word, 1),
            none: fn.right(word, 0),
            all: fn.right(word, 9),
            middle: fn.substring(word, 2, 2),
            at: fn.position(word, "b"),
            length: fn.length(word),
            bytes: fn.byteLength(word),
            greatest: fn.greatest(price, literal("-2.3", decimal(20, 3))),
            least: fn.least(literal(3, integer()), literal(2, integer())),
            match: fn.matches(word, "^a.b"),
          }),
        ),
      ).toEqual({
        round: "-2.35",
        up: "-2",
        down: "-3",
        abs: "2.345",
        sign: -1,
        whole: 5,
        left: "añ",
        right: "😀",
        none: "",
        all: "añb😀",
        middle: "ñb",
        at: 3,
        length: 4,
        bytes: 8,
        greatest: "-2.300",
        least: 2,
        match: true,
      });
    });

    test("casts mean what they mean elsewhere", async () => {
      expect(
        await db.one(
          select({
            rounded: literal(2.5, double()).cast(integer()),
            exact: literal("2.345", decimal(20, 3)).cast(decimal(10, 2)),
            word: literal(true, boolean()).cast(text()),
            number: literal("12", text()).cast(integer()),
            short: literal("abcdef", text()).cast(varchar(3)),
            truth: literal(2, integer()).cast(boolean()),
          }),
        ),
      ).toEqual({ rounded: 2, exact: "2.35", word: "true", number: 12, short: "abc", truth: true });
    });

    test("offset needs no limit", async () => {
      const query = select({ id: items.id }).from(items).orderBy(items.id.asc()).offset(1);
      expect(compile(query, sqliteDialect).text).toBe('select "id" from "items" order by "id" asc limit -1 offset ?');
      expect(await db.all(query)).toEqual([{ id: 2 }]);
    });

    test("deletes that read other sources delete what matches them", async () => {
      const copies = table("copies", { id: integer().primaryKey(), name: text() });
      await db.create({ copies });
      const copy = select({ id: items.id, name: items.name }).from(items);
      // The upsert's ON would be taken for a join's.
      await db.run(insertInto(copies).select(copy).onConflict(copies.id).doNothing());
      await db.run(insertInto(copies).select(copy).onConflict(copies.id).doNothing());
      const query = deleteFrom(copies).using(items).where(copies.id.eq(items.id), items.sold.eq(true));
      expect(compile(query, sqliteDialect).text).toBe(
        'delete from "copies" where exists (select 1 from "items" where "copies"."id" = "items"."id" and "items"."sold" = ?)',
      );
      expect(await db.run(query)).toMatchObject({ affected: 1 });
      await db.run(update(copies).set({ name: "left" }).everyRow());
      expect(await db.all(select(copies))).toEqual([{ id: 2, name: "left" }]);
    });

    test("the plan is told as a tree", async () => {
      expect(await db.explain(select({ id: items.id }).from(items).where(items.id.eq(1)))).toBe(
        "SEARCH items USING INTEGER PRIMARY KEY (rowid=?)",
      );
    });

    test("spread over rows", async () => {
      const spread = select({ deviation: fn.stddev(items.ratio), variance: fn.variance(items.ratio) }).from(items);
      expect(await db.one(spread)).toEqual({
        deviation: expect.closeTo(5.374_011_537_017_761, 12),
        variance: expect.closeTo(28.88, 12),
      });
    });

    test("random values are new each time", async () => {
      const { a, b, n } = await db.one(select({ a: fn.randomUuid(), b: fn.randomUuid(), n: fn.random() }));
      expect(a).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(a).not.toBe(b);
      expect(n >= 0 && n < 1).toBe(true);
    });
  },
);

function likeRegExp(pattern: string): RegExp {
  const source = pattern.replace(/!(.)|[%_]|[\\^$.*+?()[\]{}|/]/gsu, (match, escaped?: string) => {
    if (match === "%") return "[^]*";
    if (match === "_") return "[^]";
    return (escaped ?? match).replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  });
  return new RegExp(`^${source}$`, "u");
}
