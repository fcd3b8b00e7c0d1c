import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptDecimal, plainDigits, readDecimal, splitDecimal } from "../../../core/types/decimals.ts";
import type { DecimalType } from "../../../core/types/sql-type.ts";

const any: DecimalType = { kind: "decimal", as: "string" };
const money: DecimalType = { kind: "decimal", precision: 10, scale: 2, as: "string" };

describe("acceptDecimal", () => {
  test("keeps every digit, however many", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (whole, fraction) => {
        const text = fraction.length === 0 ? String(whole) : `${whole}.${fraction.join("")}`;
        const negativeZero = text.startsWith("-") && !/[1-9]/.test(text);
        expect(acceptDecimal(any)(text)).toBe(negativeZero ? text.slice(1) : text);
      }),
    );
  });

  test.each([
    ["1", "1.00"],
    ["+1.5", "1.50"],
    ["007.10", "7.10"],
    [".5", "0.50"],
    ["5.", "5.00"],
    ["-0.00", "0.00"],
    ["1.1000", "1.10"],
    ["-99999999.99", "-99999999.99"],
  ])("writes %s as %s in decimal(10, 2)", (given, written) => {
    expect(acceptDecimal(money)(given)).toBe(written);
  });

  test.each([
    ["1.234", "one with more digits after the point"],
    ["100000000", "one with more digits before the point"],
    ["1e3", "a string that is none"],
    ["", "a string that is none"],
    [".", "a string that is none"],
    ["1,5", "a string that is none"],
    [" 1", "a string that is none"],
    ["NaN", "a string that is none"],
    ["٣", "a string that is none"],
    [1.5, "found a fraction"],
    [10n, "found a bigint"],
    [undefined, "found undefined"],
  ])("refuses %s", (value, message) => {
    expect(() => acceptDecimal(money)(value)).toThrow(message);
  });

  test("has no digits after the point where only a precision is declared", () => {
    const whole: DecimalType = { kind: "decimal", precision: 3, as: "string" };
    expect(acceptDecimal(whole)("999")).toBe("999");
    expect(() => acceptDecimal(whole)("9.9")).toThrow("after the point");
  });

  test("takes numbers where they were asked for, without an exponent", () => {
    expect(acceptDecimal({ ...any, as: "number" })(1e15)).toBe("1000000000000000");
    expect(() => acceptDecimal({ ...any, as: "number" })(1e21)).toThrow("past 2^53");
    expect(acceptDecimal({ ...any, as: "number" })(1.5e-7)).toBe("0.00000015");
    expect(() => acceptDecimal({ ...any, as: "number" })(Number.NaN)).toThrow("found NaN");
    expect(() => acceptDecimal({ ...money, as: "number" })(0.1 + 0.2)).toThrow("Round it first");
  });

  test("refuses a negative one where the column is unsigned", () => {
    expect(() => acceptDecimal({ ...money, unsigned: true })("-1")).toThrow("an unsigned decimal");
    expect(acceptDecimal({ ...money, unsigned: true })("-0")).toBe("0.00");
  });
});

describe("readDecimal", () => {
  test("gives the digits of the scale that was declared", () => {
    expect(readDecimal(money)("1.1")).toBe("1.10");
    expect(readDecimal(money)(1.1)).toBe("1.10");
    expect(readDecimal(money)(5n)).toBe("5.00");
    expect(readDecimal(any)("1.10")).toBe("1.10");
  });

  test("drops no digit that is there", () => {
    expect(readDecimal(money)(0.1 + 0.2)).toBe("0.30000000000000004");
  });

  test("gives a number where it was asked for and holds the whole part", () => {
    expect(readDecimal({ ...money, as: "number" })("12.50")).toBe(12.5);
    expect(() => readDecimal({ ...any, as: "number" })("9007199254740993")).toThrow("without { as:");
  });

  test.each(["abc", "", true, Number.NaN])("refuses %s", (value) => {
    expect(() => readDecimal(any)(value)).toThrow(expect.objectContaining({ code: "DECODE" }));
    expect(() => readDecimal({ ...any, as: "number" })(value)).toThrow(expect.objectContaining({ code: "DECODE" }));
  });
});

test("plain digits are the same number, without an exponent", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = plainDigits(value);
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text)).toBe(value === 0 ? 0 : value);
      expect(splitDecimal(text)).toBeDefined();
    }),
  );
});
