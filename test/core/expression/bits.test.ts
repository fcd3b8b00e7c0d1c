import { fn, integer, literal, select, sql } from "athanor";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

describe.each(databases)("$name", ({ db, dialect }) => {
  test.each([
    [12, 10],
    [-12, 10],
    [7, -1],
    [0, 5],
  ])("bits of %i and %i are those of JavaScript's numbers", async (a, b) => {
    const [x, y] = [sql(integer())`${a}`, literal(b)];
    const row = await db.one(
      select({
        and: fn.bitAnd(x, y),
        or: fn.bitOr(x, b),
        xor: fn.bitXor(x, y),
        not: fn.bitNot(x),
        left: fn.shiftLeft(x, 3),
        right: fn.shiftRight(x, 1),
      }),
    );
    expect(row).toEqual({ and: a & b, or: a | b, xor: a ^ b, not: ~a, left: a << 3, right: a >> 1 });
  });

  test.runIf(dialect.features.has("REGEXP"))("every match of a pattern is replaced, with its groups", async () => {
    const text = literal("2024-05-06 and 2025-07-08");
    expect(await db.scalar(select({ t: fn.replaceMatches(text, "[0-9]+", "n") }))).toBe("n-n-n and n-n-n");
    expect(await db.scalar(select({ t: fn.replaceMatches(text, "([0-9]{4})-([0-9]{2})", "\\2/\\1") }))).toBe(
      "05/2024-06 and 07/2025-08",
    );
  });
});
