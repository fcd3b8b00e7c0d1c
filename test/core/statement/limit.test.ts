// LIMIT and OFFSET take numbers of rows and nothing else: SQLite would take a negative number for no limit at all.
import { double, integer, literal, ParameterError, param, select, table } from "athanor";
import { sqlite } from "athanor/sqlite";
import { afterAll, expect, test } from "vitest";

const db = sqlite(":memory:");
afterAll(() => db.close());
const numbers = table("numbers", { n: integer().primaryKey() });

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("%s is no number of rows", async (rows) => {
  const query = select(numbers);
  const union = query.union(query);
  for (const wrong of [query.limit(rows), query.offset(rows), union.limit(rows), union.offset(rows)]) {
    await expect(db.all(wrong)).rejects.toThrow(ParameterError);
  }
});

test.each([-1, 1.5])("%s is none where it comes by a parameter or a literal either", async (rows) => {
  const query = select(numbers);
  const given = param("rows", integer());
  for (const wrong of [query.limit(given), query.offset(given), query.union(query).limit(param("rows", double()))]) {
    await expect(db.all(wrong, { rows })).rejects.toThrow(ParameterError);
  }
  await expect(db.all(query.limit(literal(rows)))).rejects.toThrow(ParameterError);
  await db.create([numbers], { ifNotExists: true });
  expect(await db.all(query.limit(given), { rows: 0 })).toEqual([]);
});
