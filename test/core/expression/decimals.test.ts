// Exact decimals keep the digits behind the point that their columns have, through arithmetic and aggregates, as every
// database with decimals of its own shows them.
import { decimal, fn, insertInto, integer, literal, select, table, update } from "athanor";
import { sqlite } from "athanor/sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";

const items = table("items", { id: integer().primaryKey(), price: decimal(10, 2), rate: decimal(6, 4) });
const db = sqlite(":memory:");

beforeAll(async () => {
  await db.create({ items });
  await db.run(
    insertInto(items).values([
      { price: "1.20", rate: "0.5" },
      { price: "2.30", rate: "0.25" },
    ]),
  );
});
afterAll(() => db.close());

test("a sum of decimals has their digits behind the point", async () => {
  expect(await db.one(select({ sum: fn.sum(items.price), min: fn.min(items.price) }).from(items))).toEqual({
    sum: "3.50",
    min: "1.20",
  });
});

test("a sum has the digits of the longer operand, a product those of both", async () => {
  const rows = select({
    more: items.price.add("0.3"),
    mixed: items.price.add(items.rate),
    less: items.price.sub(items.price),
    product: items.price.mul(items.rate),
    twice: items.price.mul(literal("2", decimal(3, 0))),
  }).from(items);
  expect(await db.all(rows.where(items.id.eq(1)))).toEqual([
    { more: "1.50", mixed: "1.7000", less: "0.00", product: "0.600000", twice: "2.40" },
  ]);
});

test("a factor may have other digits than the column", async () => {
  expect(
    await db.all(
      select({ n: items.price.mul("1.125") })
        .from(items)
        .orderBy(items.id.asc()),
    ),
  ).toEqual([{ n: "1.35" }, { n: "2.5875" }]);
});

test("a value beside a sum is compared with all of its digits", async () => {
  const dear = select({ n: fn.count() }).from(items).having(fn.sum(items.price).gt("3.499"));
  expect(await db.all(dear)).toEqual([{ n: 2 }]);
});

test("rounding leaves the digits that were asked for", async () => {
  const rounded = select({ one: fn.round(items.price, 1), none: fn.round(items.price) }).from(items);
  expect(await db.all(rounded.where(items.id.eq(1)))).toEqual([{ one: "1.2", none: "1" }]);
});

test("what an update computes is kept with the digits of the column", async () => {
  await db.run(
    update(items)
      .set({ price: items.price.mul("1.125") })
      .everyRow(),
  );
  expect(await db.all(select({ price: items.price }).from(items).orderBy(items.id.asc()))).toEqual([
    { price: "1.35" },
    { price: "2.59" },
  ]);
});
