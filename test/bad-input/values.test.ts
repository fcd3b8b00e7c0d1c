// Any value at all comes back as it was, or is refused by name before it is sent; and no value is ever in the text.
import {
  bigint,
  boolean,
  bytes,
  type Col,
  compile,
  date,
  decimal,
  deleteFrom,
  double,
  insertInto,
  integer,
  json,
  ParameterError,
  param,
  select,
  table,
  text,
  timestamptz,
} from "athanor";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const slots = table("slots", {
  id: integer().primaryKey(),
  whole: integer().nullable(),
  big: bigint().nullable(),
  half: double().nullable(),
  exact: decimal(20, 6).nullable(),
  flag: boolean().nullable(),
  words: text().nullable(),
  day: date().nullable(),
  at: timestamptz().nullable(),
  doc: json().nullable(),
  data: bytes().nullable(),
});
type Slot = Exclude<keyof typeof slots & string, "id">;

const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withTypedArray: true }),
  fc.string({ unit: "binary" }),
  fc.constantFrom<unknown>(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    2 ** 53,
    2 ** 53 + 2,
    1e308,
    new Date(Number.NaN),
    new Date(8.64e15),
    "\0",
    "a\0b",
    "\ud800",
    "1",
    "",
    "2024-02-30",
    Symbol("x"),
    () => 1,
    undefined,
    true,
    [],
    {},
  ),
);
const likely: Readonly<Record<Slot, fc.Arbitrary<unknown>>> = {
  whole: fc.integer(),
  big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  half: fc.double({ noNaN: true, noDefaultInfinity: true }),
  exact: fc.integer({ min: -1e9, max: 1e9 }).map((n) => (n / 1000).toFixed(6)),
  flag: fc.boolean(),
  words: fc.string({ unit: "grapheme" }),
  day: fc
    .date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  at: fc.date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
  doc: fc.jsonValue().filter((doc) => doc !== null),
  data: fc.uint8Array(),
};

/** Rows of ten values each, other ones each time, the same for every database. */
const many = once(() => {
  const seed = Date.now() % 2 ** 31;
  const rows = fc.sample(fc.record(likely), { seed, numRuns: 10_000 }).map((row, i) => ({
    ...row,
    id: i + 1,
    whole: plain(row.whole),
    half: plain(row.half),
    doc: JSON.parse(JSON.stringify(row.doc)),
  }));
  return { seed, rows };
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

describe.each(databases)("$name", ({ db, dialect }) => {
  beforeAll(() => db.create([slots]));
  beforeEach(() => db.run(deleteFrom(slots).everyRow()));

  for (const slot of Object.keys(likely) as Slot[]) {
    /** Writes the value and reads it; undefined if it was refused. */
    const kept = async (value: unknown): Promise<{ readonly value: unknown } | undefined> => {
      await db.run(deleteFrom(slots).everyRow());
      try {
        await db.run(insertInto(slots).values({ id: 1, [slot]: value } as never));
      } catch (error) {
        expect(error).toBeInstanceOf(ParameterError);
        expect((error as Error).message).toContain(`column "${slot}" of "slots"`);
        return undefined;
      }
      const found = await db.one(select({ value: slots[slot] }).from(slots));
      return { value: plain(found.value) };
    };

    test(`${slot}: what it is made for comes back`, { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(likely[slot], async (value) => {
          expect(await kept(value)).toEqual({
            value: slot === "doc" ? JSON.parse(JSON.stringify(value)) : plain(value),
          });
        }),
        { numRuns: 80 },
      );
    });

    test(`${slot}: anything at all comes back, or is refused by name`, { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(anything, async (value) => {
          const found = await kept(value);
          // A document is what JSON makes of it.
          if (found === undefined || slot === "doc") return;
          // A decimal has the digits of its column.
          expect(slot === "exact" ? Number(found.value) : found.value).toEqual(
            slot === "exact" ? Number(value) : plain(value),
          );
        }),
        { numRuns: 80 },
      );
    });
  }

  test("100,000 values come back as they were, written in bulk", { timeout: 120_000 }, async () => {
    const { seed, rows } = many();
    for (let from = 0; from < rows.length; from += 1_000) {
      await db.run(insertInto(slots).values(rows.slice(from, from + 1_000) as never));
    }
    let at = 0;
    for await (const batch of db.stream(select(slots).orderBy(slots.id.asc()), { batch: 1_000 }).batches()) {
      const found = batch.map((row) => ({ ...row, whole: plain(row.whole), half: plain(row.half) }));
      expect(found, `seed ${seed}`).toEqual(rows.slice(at, at + batch.length));
      at += batch.length;
    }
    expect(at).toBe(rows.length);
  });

  test("the text depends on the shape alone", () => {
    const texts = (given: (slot: Slot) => unknown) =>
      (Object.keys(likely) as Slot[]).map((slot) => {
        const column = slots[slot] as typeof slots.words;
        const query = select({ id: slots.id, value: column })
          .from(slots)
          .where(column.eq(given(slot) as never), column.isDistinctFrom(given(slot) as never));
        return compile(query, dialect).text;
      });
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const sample = (slot: Slot): unknown =>
          fc.sample(
            likely[slot].filter((value) => value !== null),
            { seed, numRuns: 1 },
          )[0];
        const first = (slot: Slot): unknown =>
          fc.sample(
            likely[slot].filter((value) => value !== null),
            { seed: 1, numRuns: 1 },
          )[0];
        expect(texts(sample)).toEqual(texts(first));
      }),
      { numRuns: 30 },
    );
  });

  test("the text of a long list does not grow with it, as far as elements can travel together", () => {
    const lengthOf = (count: number) =>
      compile(
        select({ id: slots.id })
          .from(slots)
          .where(slots.id.in(Array.from({ length: count }, (_, i) => i))),
        dialect,
      ).text.length;
    const step = lengthOf(1_200);
    expect(lengthOf(1_201)).toBe(step);
    expect(lengthOf(30_000)).toBeLessThanOrEqual(step * 40);
  });

  test("named parameters are checked as values are", async () => {
    const types: Readonly<Record<string, () => Col<any, any, any>>> = {
      integer,
      bigint,
      double,
      boolean,
      text,
      date,
      timestamptz: () => timestamptz(),
      bytes,
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(types)), anything, async (name, value) => {
        const query = select({ given: param("given", (types[name] as () => Col<any, any, any>)()) });
        try {
          const { given } = (await db.one(query, { given: value } as never)) as { given: unknown };
          expect(plain(given)).toEqual(plain(value));
        } catch (error) {
          if (!(error instanceof ParameterError)) throw error;
          expect(error.message).toMatch(/given/);
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** Zero has no sign in SQL. */
function plain(value: unknown): unknown {
  return value === 0 ? 0 : value;
}
