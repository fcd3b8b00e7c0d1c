import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StatementCache } from "../../../dialects/sqlite/connection.ts";
import {
  abs,
  add,
  ceil,
  compare,
  divide,
  type Exact,
  exactOf,
  floor,
  multiply,
  remainder,
  round,
  sortKey,
  subtract,
  textOfExact,
} from "../../../dialects/sqlite/exact.ts";
import { globLiteral, globOfLike } from "../../../dialects/sqlite/glob.ts";
import type { NativeStatement } from "../../../dialects/sqlite/native.ts";
import { readPlan } from "../../../dialects/sqlite/plan.ts";

const decimals: fc.Arbitrary<Exact> = fc.record({
  units: fc.oneof(fc.bigInt(), fc.bigInt({ min: -999n, max: 999n })),
  scale: fc.integer({ min: 0, max: 12 }),
});
const text = (value: Exact | undefined) => (value === undefined ? undefined : textOfExact(value));

describe("exact decimals", () => {
  test("have one text each, which reads back as the same", () => {
    fc.assert(
      fc.property(decimals, (a) => {
        expect(compare(exactOf(textOfExact(a)), a)).toBe(0);
        expect(textOfExact({ units: a.units * 100n, scale: a.scale + 2 })).toBe(textOfExact(a));
      }),
    );
  });

  test("obey the laws of arithmetic", () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(text(add(a, b))).toBe(text(add(b, a)));
        expect(text(subtract(add(a, b), b))).toBe(text(a));
        expect(text(multiply(a, add(b, c)))).toBe(text(add(multiply(a, b), multiply(a, c))));
        const rest = remainder(a, b);
        if (b.units === 0n) expect([rest, divide(a, b)]).toEqual([undefined, undefined]);
        else {
          expect(compare(abs(rest as Exact), abs(b))).toBe(-1);
          expect(text(divide(multiply(a, b), b))).toBe(text(a));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("sort by their keys as by their values", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [left, right] = [sortKey(a), sortKey(b)];
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(compare(a, b));
      }),
      { numRuns: 20_000 },
    );
  });

  test("are rounded half away from zero", () => {
    const rounded = ["2.345", "-2.345", "2.344", "0.5", "-0.5", "149", "150"].map((it) => text(round(exactOf(it), 2)));
    expect(rounded).toEqual(["2.35", "-2.35", "2.34", "0.5", "-0.5", "149", "150"]);
    expect(["149", "-150"].map((it) => text(round(exactOf(it), -2)))).toEqual(["100", "-200"]);
    expect(["1.1", "-1.1", "2"].map((it) => [text(floor(exactOf(it))), text(ceil(exactOf(it)))])).toEqual([
      ["1", "2"],
      ["-2", "-1"],
      ["2", "2"],
    ]);
  });

  test("quotients have twenty digits, however small they are", () => {
    expect(text(divide(exactOf("1"), exactOf("3")))).toBe("0.33333333333333333333");
    expect(text(divide(exactOf("2"), exactOf("3000000")))).toMatch(/^0\.0000006{19,20}7$/);
    expect(text(divide(exactOf("-1"), exactOf("8")))).toBe("-0.125");
  });

  test("are made of numbers by their shortest digits, and of nothing else", () => {
    expect([exactOf(0.1), exactOf(1e21), exactOf(7n)].map(text)).toEqual(["0.1", "1000000000000000000000", "7"]);
    for (const value of ["", "1e3", "abc", new Uint8Array([49])]) expect(() => exactOf(value)).toThrow("no decimal");
  });
});

test("a pattern of LIKE is one of GLOB", () => {
  expect(["a%_", "!%!_!!", "*?[]", "!*", "!"].map(globOfLike)).toEqual(["a*?", "%_!", "[*][?][[]]", "[*]", "!"]);
  expect(globLiteral("a*?[]!%")).toBe("a[*][?][[]]!%");
});

test("a plan is laid out as a tree", () => {
  expect(
    readPlan([
      [2, 0, 0, "COMPOUND QUERY"],
      [3, 2, 0, "LEFT-MOST SUBQUERY"],
      [5, 3, 0, "SCAN a"],
      [9, 2, 0, "UNION ALL"],
    ]),
  ).toBe("COMPOUND QUERY\n  LEFT-MOST SUBQUERY\n    SCAN a\n  UNION ALL");
});

test("the cache of statements keeps those used last, and no more than twice its size", () => {
  const prepared: string[] = [];
  const cache = new StatementCache(2, (name) => {
    prepared.push(name);
    return { name } as unknown as NativeStatement;
  });
  const use = (name: string) => cache.get(name);
  for (const name of ["a", "b", "a", "c", "a", "d", "a", "e", "a"]) use(name);
  expect(prepared).toEqual(["a", "b", "c", "d", "e"]);
  use("b");
  expect(prepared.at(-1)).toBe("b");
  expect(use("a")).toBe(use("a"));
});
