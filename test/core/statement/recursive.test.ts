import { decimal, literal, recursive, select } from "athanor";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

describe.each(databases)("$name", ({ db }) => {
  test("a recursion over decimals ends where its condition says, however many digits a step has", async () => {
    const nine = literal("9.00", decimal(10, 2));
    const thirds = recursive("thirds", select({ d: nine }), (before) =>
      select({ d: before.d.div("3").notNull() })
        .from(before)
        .where(before.d.gt("0.1")),
    );
    const found = await db.all(select({ d: thirds.d }).from(thirds).limit(20));
    expect(found.map(({ d }) => Math.round(Number(d) * 100))).toEqual([900, 300, 100, 33, 11, 4]);
  });
});
