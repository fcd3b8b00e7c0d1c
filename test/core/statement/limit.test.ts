// LIMIT and OFFSET take numbers of rows and nothing else: SQLite would take a negative number for no limit at all.
import { integer, ParameterError, select, table } from "athanor";
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
