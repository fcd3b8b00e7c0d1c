// The rows of the truth table that only running can prove, each by its id, on every database. What the compiler can know of
// it is in type-tests/core/truth.test-d.ts, and statements.test.ts compares types with rows at large.
import {
  bigint,
  boolean,
  CompileError,
  coalesce,
  DecodeError,
  decimal,
  deleteFrom,
  fn,
  insertInto,
  integer,
  json,
  jsonArray,
  jsonObject,
  literal,
  OuterHandleError,
  ParameterError,
  type Statement,
  select,
  sql,
  table,
  text,
  timestamp,
  timestamptz,
  update,
} from "athanor";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

// A zone with a change of half an hour: whatever goes through local time is off.
process.env.TZ = "Australia/Lord_Howe";

const things = table("things", {
  id: integer().primaryKey(),
  name: text(),
  note: text().nullable(),
  big: bigint(),
  safe: bigint({ as: "number" }),
  exact: decimal(30, 10),
  flag: boolean(),
  local: timestamp(),
  at: timestamptz(),
  doc: json<{ on: boolean; list: number[] } | string | null>(),
});
const parts = table(
  "parts",
  {
    thingId: integer("thing_id").references(() => things.id),
    number: integer(),
    label: text().nullable(),
    at: timestamptz().nullable(),
    big: bigint().nullable(),
    exact: decimal(30, 10).nullable(),
  },
  { primaryKey: ["thingId", "number"] },
);

const largest = 9_223_372_036_854_775_807n;
const smallest = -9_223_372_036_854_775_808n;
// The instants around both changes of Lord Howe Island, of New York, and one that local time has twice.
const moments = [
  "2024-04-06T14:59:59.999Z",
  "2024-04-06T15:00:00.000Z",
  "2024-10-05T15:30:00.000Z",
  "2024-03-10T07:00:00.001Z",
  "2024-11-03T05:59:59.123Z",
  "0999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59.999Z",
].map((moment) => new Date(moment));

const row = (id: number, more: object = {}) => ({
  id,
  name: `thing ${id}`,
  note: null,
  big: id % 2 ? largest : smallest,
  safe: Number.MAX_SAFE_INTEGER,
  exact: "12345678901234567890.0123456789" as const,
  flag: id % 2 === 1,
  local: moments[(id + 1) % moments.length] as Date,
  at: moments[id % moments.length] as Date,
  doc: { on: true, list: [1, 2.5] },
  ...more,
});

test("the process is in a zone in which a wrong conversion shows", () => {
  expect(new Date("2024-07-01T00:00:00Z").getTimezoneOffset()).toBe(-630);
});

describe.each(databases)("$name", ({ db, dialect }) => {
  beforeAll(() => db.create({ things, parts }));
  beforeEach(async () => {
    await db.run(deleteFrom(parts).everyRow());
    await db.run(deleteFrom(things).everyRow());
    await db.run(insertInto(things).values(moments.map((_, i) => row(i))));
    await db.run(
      insertInto(parts).values(
        moments.map((at, i) => ({
          thingId: i < 3 ? 0 : 1,
          number: i,
          label: null,
          at,
          big: largest,
          exact: "-0.0000000001" as const,
        })),
      ),
    );
  });
  const ofThing = parts.thingId.eq(things.id);

  test("N04C a row of which every selected column is null is a row", async () => {
    await db.run(update(parts).set({ label: null }).everyRow());
    const labels = select({ thingId: parts.thingId, label: parts.label })
      .from(parts)
      .where(parts.number.in([0]))
      .as("labels");
    const query = select({ id: things.id, labels })
      .from(things)
      .leftJoin(labels, labels.thingId.eq(things.id))
      .where(things.id.lt(2))
      .orderBy(things.id.asc());
    expect(await db.all(query)).toEqual([
      { id: 0, labels: { thingId: 0, label: null } },
      { id: 1, labels: null },
    ]);
    const nulls = select({ label: parts.label }).from(parts).where(parts.number.eq(0)).as("nulls");
    expect(
      await db.all(
        select({ id: things.id, nulls })
          .from(things)
          .leftJoin(nulls, things.id.eq(0))
          .where(things.id.lt(2))
          .orderBy(things.id.asc()),
      ),
    ).toEqual([
      { id: 0, nulls: { label: null } },
      { id: 1, nulls: null },
    ]);
  });

  test("N08 and N10 an aggregate over no rows is null, a mean of whole numbers is no whole number", async () => {
    const none = select({ max: fn.max(things.name), avg: fn.avg(things.id), sum: fn.sum(things.id) })
      .from(things)
      .where(things.id.lt(0));
    expect(await db.all(none)).toEqual([{ max: null, avg: null, sum: null }]);
    expect(
      await db.scalar(
        select({ avg: fn.avg(things.id) })
          .from(things)
          .where(things.id.lt(2)),
      ),
    ).toBe(0.5);
  });

  test("N09 count is a number", async () => {
    expect(await db.all(select({ all: fn.count(), notes: fn.count(things.note) }).from(things))).toEqual([
      { all: 7, notes: 0 },
    ]);
  });

  test("N11 a scalar subquery without a row is null", async () => {
    const label = select({ at: parts.at }).from(parts).where(ofThing).orderBy(parts.number.asc()).limit(1).scalar();
    expect(
      await db.all(select({ id: things.id, label }).from(things).where(things.id.lt(3)).orderBy(things.id.asc())),
    ).toEqual([
      { id: 0, label: moments[0] },
      { id: 1, label: moments[3] },
      { id: 2, label: null },
    ]);
  });

  test("M01 and Q07 64 bits are exact: read, bound, compared, added up", async () => {
    expect(
      await db.all(select({ big: things.big }).from(things).where(things.id.lt(2)).orderBy(things.id.asc())),
    ).toEqual([{ big: smallest }, { big: largest }]);
    expect(await db.scalar(select({ n: fn.count() }).from(things).where(things.big.eq(largest)))).toBe(3);
    expect(
      await db.scalar(
        select({ n: fn.count() })
          .from(things)
          .where(things.big.in([largest - 1n, smallest])),
      ),
    ).toBe(4);
    expect(await db.scalar(select({ max: fn.max(things.big) }).from(things))).toBe(largest);
    expect(
      await db.scalar(
        select({ less: things.big.sub(1n) })
          .from(things)
          .where(things.id.eq(1)),
      ),
    ).toBe(largest - 1n);
    expect(
      await db.scalar(
        select({ literal: literal(9_007_199_254_740_993n) })
          .from(things)
          .where(things.id.eq(1)),
      ),
    ).toBe(9_007_199_254_740_993n);
  });

  test("M06 and Q11 raw SQL is decoded by its declared type", async () => {
    const query = sql.statement({ at: timestamptz(), big: bigint(), flag: boolean(), exact: decimal(30, 10) })`
      select max(${things.at}) as at, max(${things.big}) as big, 1 = 1 as flag, max(${things.exact}) as exact from ${things}`;
    expect(await db.all(query)).toEqual([
      { at: moments[6], big: largest, flag: true, exact: "12345678901234567890.0123456789" },
    ]);
  });

  test("P03 raw SQL that is no value of its declared type is an error that names the property", async () => {
    const query = select({ wrong: sql(integer())`${things.name}` }).from(things);
    await expect(db.all(query)).rejects.toThrow(DecodeError);
    await expect(db.all(query)).rejects.toThrow(/wrong/);
  });

  test("M06 moments are Dates, whatever the process's zone", async () => {
    const found = await db.all(
      select({ id: things.id, at: things.at, local: things.local }).from(things).orderBy(things.id.asc()),
    );
    expect(found).toEqual(moments.map((at, id) => ({ id, at, local: moments[(id + 1) % 7] })));
    for (const [id, at] of moments.entries()) {
      expect(await db.all(select({ id: things.id }).from(things).where(things.at.eq(at)))).toEqual([{ id }]);
    }
    expect(
      await db.scalar(
        select({ hour: fn.extract("hour", things.at) })
          .from(things)
          .where(things.id.eq(1)),
      ),
    ).toBe(15);
  });

  test("N20 and N21 dates, 64 bits and decimals are what they are inside JSON", async () => {
    const list = jsonArray(
      select({ number: parts.number, at: parts.at, big: parts.big, exact: parts.exact, label: parts.label })
        .from(parts)
        .where(ofThing)
        .orderBy(parts.number.asc()),
    );
    const part = (number: number) => ({
      number,
      at: moments[number],
      big: largest,
      exact: "-0.0000000001",
      label: null,
    });
    expect(
      await db.all(select({ id: things.id, list }).from(things).where(things.id.lt(3)).orderBy(things.id.asc())),
    ).toEqual([
      { id: 0, list: [0, 1, 2].map(part) },
      { id: 1, list: [3, 4, 5, 6].map(part) },
      { id: 2, list: [] },
    ]);
    const nested = jsonObject({
      big: things.big,
      deeper: { flag: things.flag, local: things.local, doc: things.doc, list },
    });
    expect(await db.all(select({ nested }).from(things).where(things.id.eq(2)))).toEqual([
      {
        nested: {
          big: smallest,
          deeper: { flag: false, local: moments[3], doc: { on: true, list: [1, 2.5] }, list: [] },
        },
      },
    ]);
    const all = select({ all: fn.jsonAgg({ at: parts.at, big: parts.big, exact: parts.exact }) })
      .from(parts)
      .where(parts.number.eq(5));
    expect(await db.all(all)).toEqual([{ all: [{ at: moments[5], big: largest, exact: "-0.0000000001" }] }]);
  });

  test("Q01, Q01B and Q03 booleans, dates and documents are bound and read as what they are", async () => {
    expect(
      await db.all(
        select({ flag: things.flag, is: things.flag.eq(true), not: things.flag.not() })
          .from(things)
          .where(things.id.lt(2))
          .orderBy(things.id.asc()),
      ),
    ).toEqual([
      { flag: false, is: false, not: true },
      { flag: true, is: true, not: false },
    ]);
    expect(await db.scalar(select({ n: fn.count() }).from(things).where(things.flag))).toBe(3);
    expect(await db.scalar(select({ any: fn.some(things.flag) }).from(things))).toBe(true);
    expect(
      await db.scalar(
        select({ both: coalesce(things.flag, false) })
          .from(things)
          .where(things.id.eq(1)),
      ),
    ).toBe(true);
  });

  test("Q04 a sum is exact or an error", async () => {
    expect(await db.scalar(select({ sum: fn.sum(things.id) }).from(things))).toBe(21);
    const past = select({ past: fn.sum(things.safe) }).from(things);
    await expect(db.all(past)).rejects.toThrow(DecodeError);
    await expect(db.all(past)).rejects.toThrow(/past/);
    expect(
      await db.scalar(
        select({ sum: fn.sum(things.exact) })
          .from(things)
          .where(things.id.lt(2)),
      ),
    ).toMatch(/^24691357802469135780\.0246913578(0*)$/);
  });

  test("Q04 a number past what JavaScript holds exactly is an error that names the column", async () => {
    await db.run(update(things).set({ big: 9_007_199_254_740_993n }).where(things.id.eq(0)));
    const wide = select({ wide: things.big.as(integer()) })
      .from(things)
      .where(things.id.eq(0));
    await expect(db.all(wide)).rejects.toThrow(DecodeError);
    await expect(db.all(wide)).rejects.toThrow(/wide|big/);
  });

  test("Q08 documents are parsed, whatever they are", async () => {
    for (const doc of [{ on: false, list: [] }, "text"]) {
      await db.run(update(things).set({ doc }).where(things.id.eq(0)));
      expect(await db.scalar(select({ doc: things.doc }).from(things).where(things.id.eq(0)))).toEqual(doc);
    }
  });

  test("S05B two columns of one name stand under two keys", async () => {
    expect(
      await db.all(
        select({ a: { id: things.id }, b: { id: parts.number } })
          .from(things)
          .join(parts, ofThing)
          .where(parts.number.eq(5)),
      ),
    ).toEqual([{ a: { id: 1 }, b: { id: 5 } }]);
  });

  test("C04, C07 and C08 null and undefined are refused where they would mean nothing", () => {
    expect(() => things.name.eq(null as never)).toThrow(ParameterError);
    expect(() => things.name.eq(undefined as never)).toThrow(/column "name" of "things"/);
    expect(() => things.id.in([1, null] as never)).toThrow(ParameterError);
    expect(() => things.id.notIn([1, undefined] as never)).toThrow(ParameterError);
    expect(() => insertInto(things).values({ ...row(9), note: undefined as never })).toThrow(ParameterError);
    expect(() => update(things).set({ note: undefined as never })).toThrow(/column "note" of "things"/);
  });

  test("D05 and D06 an empty list of conditions is no condition", () => {
    const none: [] = [];
    expect(() =>
      update(things)
        .set({ note: "x" })
        .where(...(none as never as [never])),
    ).toThrow(CompileError);
    expect(() => deleteFrom(things).where(...(none as never as [never]))).toThrow(/everyRow/);
  });

  test("D07 the key of an inserted row", async () => {
    const insert = insertInto(things).values({ ...row(0, {}), id: 100 });
    if (dialect.features.has("INSERT RETURNING")) {
      expect(await db.all(insert.returning({ id: things.id }))).toEqual([{ id: 100 }]);
    } else expect(await db.run(insert)).toMatchObject({ affected: 1 });
  });

  test("D12 null for a column that is not nullable", () => {
    expect(() => update(things).set({ name: null as never })).toThrow(ParameterError);
  });

  test("D13 an upsert over columns that are no key together", async () => {
    expect(() =>
      insertInto(parts).values({ thingId: 1, number: 1 }).onConflict(parts.thingId, parts.label).doNothing(),
    ).toThrow(CompileError);
    await db.run(
      insertInto(parts)
        .values({ thingId: 0, number: 0 })
        .onConflict(parts.thingId, parts.number)
        .doUpdate({ label: "again" }),
    );
    expect(await db.all(select({ label: parts.label }).from(parts).where(parts.number.eq(0)))).toEqual([
      { label: "again" },
    ]);
  });

  test("D15 an update that sets nothing", async () => {
    await expect((async () => db.run(update(things).set({}).everyRow()))()).rejects.toThrow(CompileError);
  });

  test("G06 DISTINCT ON must be what ORDER BY starts with", async () => {
    const first = select({ thingId: parts.thingId, number: parts.number }).from(parts).distinctOn(parts.thingId);
    await expect(db.all(first.orderBy(parts.number.asc()))).rejects.toThrow(CompileError);
    if (!dialect.features.has("DISTINCT ON")) return;
    expect(await db.all(first.orderBy(parts.thingId.asc(), parts.number.desc()))).toEqual([
      { thingId: 0, number: 2 },
      { thingId: 1, number: 6 },
    ]);
  });

  test("G01 grouping by one expression and selecting another over the same column is refused", async () => {
    const query = select({ year: fn.extract("year", parts.at), n: fn.count() })
      .from(parts)
      .groupBy(fn.extract("month", parts.at) as never);
    await expect(db.all(query)).rejects.toThrow(CompileError);
  });

  test("U03 the columns of a union are matched by name", async () => {
    const union = select({ a: things.id, b: things.name })
      .from(things)
      .where(things.id.eq(1))
      .union(select({ b: things.name, a: things.id }).from(things).where(things.id.eq(2)));
    expect(await db.all(union.orderBy((row) => row.a.asc()))).toEqual([
      { a: 1, b: "thing 1" },
      { a: 2, b: "thing 2" },
    ]);
    expect(() =>
      select({ a: things.id })
        .from(things)
        .union(select({ b: things.id }).from(things) as never),
    ).toThrow(CompileError);
  });

  test("X01 LIKE and ILIKE mean the same everywhere", async () => {
    await db.run(update(things).set({ name: "ÄB%_!x" }).where(things.id.eq(0)));
    const matching = async (condition: ReturnType<typeof things.name.eq>) =>
      (await db.all(select({ id: things.id }).from(things).where(condition))).length;
    expect(await matching(things.name.like("ÄB%"))).toBe(1);
    expect(await matching(things.name.like("Äb%"))).toBe(0);
    expect(await matching(things.name.ilike("Äb!%!_!!X"))).toBe(1);
    expect(await matching(things.name.ilike("THING%"))).toBe(6);
    expect(await matching(things.name.contains("%_!"))).toBe(1);
    expect(await matching(things.name.contains("_"))).toBe(1);
  });

  test("X02, X04 and X05 what a database has not is an error that names it", async () => {
    const lacking = [
      ["FULL JOIN", select({ id: things.id }).from(things).fullJoin(parts, ofThing)],
      ["ROW LOCKS", select({ id: things.id }).from(things).forUpdate()],
      [
        "LATERAL",
        select({ id: things.id })
          .from(things)
          .joinLateral(select({ n: parts.number }).from(parts).where(ofThing).as("l")),
      ],
    ] as const;
    for (const [feature, query] of lacking) {
      const run = () => db.all(query as unknown as Statement<unknown, never>);
      if (dialect.features.has(feature)) expect(await run()).not.toEqual([]);
      else await expect(run()).rejects.toThrow(new RegExp(feature));
    }
  });

  test("P04 the first row of an empty result is undefined", async () => {
    expect(await db.first(select({ id: things.id }).from(things).where(things.id.lt(0)))).toBeUndefined();
  });

  test("T01 a transaction inside a transaction is a savepoint", async () => {
    await db.transaction(async (outer) => {
      await outer.run(update(things).set({ note: "outer" }).where(things.id.eq(0)));
      const inner = outer.transaction(async (tx) => {
        await tx.run(update(things).set({ note: "inner" }).where(things.id.eq(1)));
        throw new Error("undone");
      });
      await expect(inner).rejects.toThrow("undone");
    });
    expect(
      await db.all(select({ note: things.note }).from(things).where(things.id.lt(2)).orderBy(things.id.asc())),
    ).toEqual([{ note: "outer" }, { note: null }]);
  });

  test("T05 the outer handle inside a transaction's callback is an error", async () => {
    await db.transaction(async () => {
      await expect(db.all(select({ id: things.id }).from(things))).rejects.toThrow(OuterHandleError);
    });
  });
});
