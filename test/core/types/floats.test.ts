import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptFloat, readFloat } from "../../../core/types/floats.ts";

const all = { nan: true, infinity: true };
const finite = { nan: false, infinity: false };

describe("acceptFloat", () => {
  test("takes every number where the database keeps every number", () => {
    fc.assert(
      fc.property(fc.double(), (value) => Object.is(acceptFloat({ kind: "float", size: 8 }, all)(value), value)),
    );
  });

  test("takes NaN and infinity only where the database keeps them", () => {
    const accept = acceptFloat({ kind: "float", size: 8 }, finite);
    expect(() => accept(Number.NaN)).toThrow("expected a finite number, found NaN");
    expect(() => accept(Number.NEGATIVE_INFINITY)).toThrow("found -Infinity");
    const infinite = acceptFloat({ kind: "float", size: 8 }, { nan: false, infinity: true });
    expect(infinite(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
    expect(() => infinite(Number.NaN)).toThrow("found NaN");
  });

  test("refuses for four bytes what they cannot hold", () => {
    const accept = acceptFloat({ kind: "float", size: 4 }, all);
    expect(accept(3.402_823_466_385_288_6e38)).toBe(3.402_823_466_385_288_6e38);
    expect(() => accept(1e39)).toThrow("a number that four bytes hold");
    expect(accept(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });

  test.each(["1", 1n, undefined, {}])("refuses what is no number: %s", (value) => {
    expect(() => acceptFloat({ kind: "float", size: 8 }, all)(value)).toThrow("expected a number, found");
  });
});

describe("readFloat", () => {
  test("reads a number's own text", () => {
    fc.assert(fc.property(fc.double(), (value) => Object.is(readFloat(String(value)), value === 0 ? 0 : value)));
  });

  test("reads what is not finite as PostgreSQL writes it", () => {
    expect([readFloat("Infinity"), readFloat("-Infinity"), readFloat("NaN")]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
    expect(readFloat(3n)).toBe(3);
  });

  test.each(["", "abc", "1e", "__proto__", true, new Date(0)])("refuses %s", (value) => {
    expect(() => readFloat(value)).toThrow("expected a number, found");
  });
});
