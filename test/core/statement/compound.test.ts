import { double, fn, integer, literal, select, sql } from "athanor";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

describe.each(databases)("$name", ({ db }) => {
  test("a union of whole numbers and doubles gives both, whichever comes first", async () => {
    const whole = select({ n: sql(integer())`${1}` });
    const halves = select({ n: literal(0.5, double()) });
    for (const query of [whole.union(halves), halves.union(whole)]) {
      const rows = await db.all(query.orderBy((row) => row.n.asc()));
      expect(rows).toEqual([{ n: 0.5 }, { n: 1 }]);
      expect(await db.scalar(select({ most: fn.max(query.as("both").n) }).from(query.as("both")))).toBe(1);
    }
  });
});
