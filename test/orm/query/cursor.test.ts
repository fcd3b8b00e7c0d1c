import {
  bigint,
  boolean,
  bytes,
  CursorError,
  caseWhen,
  date,
  decimal,
  deleteFrom,
  double,
  enumeration,
  fn,
  insertInto,
  integer,
  json,
  literal,
  real,
  select,
  table,
  text,
  time,
  timestamp,
  uuid,
  varchar,
} from "athanor";
import { mapped, one, Session } from "athanor/orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const makers = table("makers", { id: integer().primaryKey(), name: text().nullable() });
const things = table(
  "things",
  {
    lot: integer(),
    part: varchar(40),
    makerId: integer("maker_id").references(() => makers.id),
    whole: integer(),
    maybe: integer().nullable(),
    large: bigint().nullable(),
    float: double().nullable(),
    single: real().nullable(),
    price: decimal(12, 3).nullable(),
    loose: decimal(12, 3, { as: "number" }).nullable(),
    name: varchar(40).nullable(),
    note: text().nullable(),
    kind: enumeration(["b", "a", "c"]).nullable(),
    flag: boolean().nullable(),
    day: date().nullable(),
    hour: time().nullable(),
    moment: timestamp().nullable(),
    exact: timestamp("exact", { as: "string" }).nullable(),
    code: uuid().nullable(),
    raw: bytes().nullable(),
    extra: json().nullable(),
  },
  { primaryKey: ["lot", "part"] },
);
class Maker extends mapped(makers) {}
class Thing extends mapped(things, {
  get maker() {
    return one(Maker);
  },
}) {}

// Few values of each type, so that there are ties everywhere, and among them those that are lost on the way easily.
const values = {
  whole: [1, 2, 3],
  maybe: [null, 1, 2],
  large: [null, 2n ** 62n, 2n ** 62n + 1n, -5n],
  float: [null, 0.1, 1e300, -2.5],
  single: [null, 0.1, 0.25, 16777216],
  price: [null, "0.100", "12.345", "-3.000"],
  loose: [null, 0.1, 12.345],
  name: [null, "a", "A", "ä", "", "a b"],
  note: [null, "x", "X", "zz"],
  kind: [null, "a", "b", "c"],
  flag: [null, true, false],
  day: [null, "2024-01-01", "2023-12-31"],
  hour: [null, "10:00:00", "10:00:00.5"],
  moment: [null, new Date(0), new Date(1)],
  exact: [null, "2024-01-01T00:00:00.000001Z", "2024-01-01T00:00:00.000002Z"],
  code: [null, "00000000-0000-4000-8000-000000000001", "a0000000-0000-4000-8000-000000000000"],
  raw: [null, new Uint8Array([0]), new Uint8Array([0, 255]), new Uint8Array([])],
};
type Name = keyof typeof values;
const names = Object.keys(values) as Name[];

const expressions: Record<string, any> = {
  ...Object.fromEntries(names.map((name) => [name, things[name]])),
  lot: things.lot,
  part: things.part,
  "lower(name)": fn.lower(things.name),
  "maybe + 1": things.maybe.add(1),
  "whole * -1": things.whole.mul(-1),
  "maybe is null": things.maybe.isNull(),
  case: caseWhen(things.flag.eq(true), things.whole).else(literal(0)),
  "maker's name": select({ name: makers.name }).from(makers).where(makers.id.eq(things.makerId)).scalar(),
  coalesce: fn.coalesce(things.maybe, 0),
};

/** A row with as few values as there can be. */
const plain = { whole: 1 };

const rowArbitrary = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(...(values[name] as readonly unknown[]))])),
);
const orderArbitrary = fc.uniqueArray(
  fc.record({
    by: fc.constantFrom(...Object.keys(expressions)),
    descending: fc.boolean(),
    nulls: fc.constantFrom(undefined, "first" as const, "last" as const),
  }),
  { maxLength: 3, selector: ({ by }) => by },
);

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create({ makers, things });
    await db.run(
      insertInto(makers).values([
        { id: 1, name: "m" },
        { id: 2, name: null },
        { id: 3, name: "M" },
      ]),
    );
  });

  let lot = 0;
  const insert = async (rows: readonly object[]): Promise<string[]> => {
    lot++;
    const made = rows.map((row, i) => ({ ...row, lot: lot % 3, part: `${lot}-${i % 3}-${i}`, makerId: (i % 3) + 1 }));
    await db.run(insertInto(things).values(made as never));
    return made.map(({ lot, part }) => `${lot} ${part}`);
  };

  const keyOf = ({ lot, part }: { lot: number; part: string }): string => `${lot} ${part}`;

  test("visits each row exactly once, whatever the order, while others insert", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { minLength: 1, maxLength: 12 }),
        fc.array(rowArbitrary, { minLength: 1, maxLength: 2 }),
        orderArbitrary,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (rows, late, order, size, backwards) => {
          await db.run(deleteFrom(things).everyRow());
          const first = await insert(rows);
          await using session = new Session(db);
          const orders = order.map(({ by, descending, nulls }) => {
            const one = descending ? expressions[by].desc() : expressions[by].asc();
            return nulls === undefined ? one : nulls === "first" ? one.nullsFirst() : one.nullsLast();
          });
          const query = session.query(Thing).orderBy(...orders);
          const total = (await query.page({ page: 1, size: 1000 })).items.map(keyOf);
          const visited: string[] = [];
          let cursor: string | null = null;
          do {
            const page: any = backwards ? await query.before(cursor, { size }) : await query.after(cursor, { size });
            expect(page.items.length).toBeLessThanOrEqual(size);
            const found = page.items.map(keyOf);
            if (backwards) visited.unshift(...found);
            else visited.push(...found);
            cursor = backwards ? page.previous : page.next;
            if (visited.length < 30) await insert(late);
          } while (cursor !== null);
          expect(new Set(visited).size).toBe(visited.length);
          // The rows that were there at the start, in the order of a numbered page.
          expect(visited.filter((key) => first.includes(key))).toEqual(total);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  describe("pages by hand", () => {
    const rows = [null, 2, 1, null, 2].map((maybe, i) => ({ ...plain, lot: 0, part: `p${i}`, makerId: 1, maybe }));
    const parts = (items: readonly Thing[]): string[] => items.map(({ part }) => part);
    beforeEach(async () => {
      await db.run(deleteFrom(things).everyRow());
      await db.run(insertInto(things).values(rows));
    });

    test("follow the query's own order and break ties by the key; nulls are greater than any value unless told", async () => {
      await using session = new Session(db);
      const query = session.query(Thing);
      const all = async (by: any): Promise<string[]> => {
        const whole = parts((await query.orderBy(by).page({ page: 1, size: 9 })).items);
        expect(parts((await query.orderBy(by).after(null, { size: 9 })).items)).toEqual(whole);
        expect(parts((await query.orderBy(by).before(null, { size: 9 })).items)).toEqual(whole);
        return whole;
      };
      expect(await all(things.maybe)).toEqual(["p2", "p1", "p4", "p0", "p3"]);
      expect(await all(things.maybe.asc())).toEqual(["p2", "p1", "p4", "p0", "p3"]);
      expect(await all(things.maybe.asc().nullsFirst())).toEqual(["p0", "p3", "p2", "p1", "p4"]);
      expect(await all(things.maybe.desc())).toEqual(["p3", "p0", "p4", "p1", "p2"]);
      expect(await all(things.maybe.desc().nullsLast())).toEqual(["p4", "p1", "p2", "p3", "p0"]);
      expect(await all(things.part.desc())).toEqual(["p4", "p3", "p2", "p1", "p0"]);
    });

    test("go forth and back", async () => {
      await using session = new Session(db);
      const query = session.query(Thing).orderBy(things.maybe.desc());
      const first = await query.after(null, { size: 2 });
      expect([parts(first.items), first.previous]).toEqual([["p3", "p0"], null]);
      const second = await query.after(first.next, { size: 2 });
      expect(parts(second.items)).toEqual(["p4", "p1"]);
      const third = await query.after(second.next, { size: 2 });
      expect([parts(third.items), third.next]).toEqual([["p2"], null]);
      const back = await query.before(third.previous, { size: 3 });
      expect(parts(back.items)).toEqual(["p0", "p4", "p1"]);
      expect(parts((await query.after(back.next, { size: 3 })).items)).toEqual(["p2"]);
      const start = await query.before(back.previous, { size: 3 });
      expect([parts(start.items), start.previous]).toEqual([["p3"], null]);
    });

    test("hold with conditions, with what is included and with what stands beside", async () => {
      await using session = new Session(db);
      const query = session
        .query(Thing)
        .where(things.maybe.isNotNull())
        .orderBy(things.part.asc())
        .include(Thing.maker);
      const first = await query.after(null, { size: 2 });
      expect(first.items.map(({ part, maker }) => [part, maker.name])).toEqual([
        ["p1", "m"],
        ["p2", "m"],
      ]);
      const rest = await query.with({ twice: things.maybe.mul(2) }).after(first.next, { size: 2 });
      expect(rest.items.map(({ entity, twice, ...more }) => [entity.part, twice, more])).toEqual([["p4", 4, {}]]);
      expect(rest.next).toBe(null);
    });

    test("an object that changed its place is found where it is now", async () => {
      await using session = new Session(db);
      const query = session.query(Thing).orderBy(things.whole.asc());
      const { next } = await query.after(null, { size: 2 });
      await db.run(deleteFrom(things).where(things.part.eq("p1")));
      expect(parts((await query.after(next, { size: 9 })).items)).toEqual(["p2", "p3", "p4"]);
    });

    test("a numbered page comes with totals, also past the end and where there is nothing", async () => {
      await using session = new Session(db);
      const query = session.query(Thing).where(things.lot.eq(0));
      const page = async (page: number, size: number): Promise<unknown> => {
        const { items, ...rest } = await query.page({ page, size });
        return [parts(items), rest];
      };
      expect(await page(1, 2)).toEqual([["p0", "p1"], { total: 5, pages: 3 }]);
      expect(await page(3, 2)).toEqual([["p4"], { total: 5, pages: 3 }]);
      expect(await page(4, 2)).toEqual([[], { total: 5, pages: 3 }]);
      expect(await page(1, 5)).toEqual([["p0", "p1", "p2", "p3", "p4"], { total: 5, pages: 1 }]);
      await db.run(deleteFrom(things).everyRow());
      expect(await page(1, 5)).toEqual([[], { total: 0, pages: 0 }]);
    });
  });

  describe("a cursor is refused", () => {
    const cursorOf = async (session: Session<any>, by: any): Promise<string> => {
      const { next } = await session.query(Thing).orderBy(by).after(null, { size: 1 });
      return next as string;
    };
    beforeEach(async () => {
      await db.run(deleteFrom(things).everyRow());
      await db.run(
        insertInto(things).values(
          [1, 2, 3].map((whole) => ({ ...plain, lot: 0, part: `p${whole}`, makerId: 1, whole })),
        ),
      );
    });

    test("by a query of another order, other conditions or another class, but not of other values", async () => {
      await using session = new Session(db);
      const cursor = await cursorOf(session, things.whole.asc());
      const query = session.query(Thing);
      const ordered = query.orderBy(things.whole.asc());
      expect((await ordered.after(cursor, { size: 5 })).items.length).toBe(2);
      expect((await ordered.include(Thing.maker).after(cursor, { size: 5 })).items.length).toBe(2);
      const foreign = [
        query.after(cursor, { size: 5 }),
        query.orderBy(things.whole.desc()).after(cursor, { size: 5 }),
        query.orderBy(things.whole.asc().nullsFirst(), things.maybe.asc()).after(cursor, { size: 5 }),
        ordered.where(things.whole.gt(1)).after(cursor, { size: 5 }),
        session.query(Maker).after(cursor, { size: 5 }),
      ];
      for (const page of await Promise.allSettled(foreign)) {
        expect(page).toMatchObject({ reason: { code: "CURSOR", message: expect.stringContaining("another query") } });
      }
      const filtered = (least: number) => ordered.where(things.whole.gt(least));
      const { next } = await filtered(0).after(null, { size: 1 });
      expect((await filtered(1).after(next, { size: 5 })).items.length).toBe(2);
    });

    test("when any part of it is altered, or it is none", async () => {
      await using session = new Session(db);
      const cursor = await cursorOf(session, things.whole.asc());
      const query = session.query(Thing).orderBy(things.whole.asc());
      for (let i = 0; i < cursor.length; i++) {
        const other = cursor[i] === "A" ? "B" : "A";
        const altered = cursor.slice(0, i) + other + cursor.slice(i + 1);
        await expect(query.after(altered, { size: 1 })).rejects.toThrow(CursorError);
      }
      const none = [
        "",
        "x",
        "!",
        `${cursor}=`,
        `${cursor}A`,
        cursor.slice(0, -2),
        `${cursor} `,
        "A".repeat(200_000),
        1,
        {},
        undefined,
      ];
      for (const one of none) await expect(query.after(one as string, { size: 1 })).rejects.toThrow(CursorError);
    });

    test("when it was signed with another secret, or with none", async () => {
      const sessions = ["one", "two", undefined].map((cursorSecret) => new Session(db, { cursorSecret }));
      for (const maker of sessions) {
        const cursor = await cursorOf(maker, things.whole.asc());
        for (const reader of sessions) {
          const page = reader.query(Thing).orderBy(things.whole.asc()).after(cursor, { size: 1 });
          if (reader === maker) expect((await page).items.length).toBe(1);
          else await expect(page).rejects.toThrow(CursorError);
        }
      }
    });
  });

  test("pages set the limit themselves, have a size, and cannot be ordered by JSON", async () => {
    await using session = new Session(db);
    const query = session.query(Thing);
    const refused = [
      query.limit(3).after(null, { size: 1 }),
      query.offset(3).page({ page: 1, size: 1 }),
      query.after(null, { size: 0 }),
      query.before(null, { size: 1.5 }),
      query.page({ page: 0, size: 1 }),
      query.page({ page: Number.NaN, size: 1 }),
      query.page({ page: "1" as never, size: 1 }),
      query.page({ page: 2 ** 52, size: 1000 }),
      query.orderBy(things.extra.asc()).after(null, { size: 1 }),
    ];
    for (const page of await Promise.allSettled(refused)) expect(page).toMatchObject({ reason: { code: "PARAMETER" } });
  });
});
