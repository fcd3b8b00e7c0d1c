import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptBigint, acceptInteger, integerRange, readBigint, readInteger } from "../../../core/types/integers.ts";
import type { BigintType, IntegerType } from "../../../core/types/sql-type.ts";

const sizes = [1, 2, 3, 4, 8] as const;

describe("acceptInteger", () => {
  test("takes every whole number of the type's range, and no other", () => {
    fc.assert(
      fc.property(fc.constantFrom(...sizes), fc.boolean(), fc.maxSafeInteger(), (size, unsigned, value) => {
        const type: IntegerType = { kind: "integer", size, unsigned };
        const { min, max } = integerRange(type);
        if (value >= min && value <= max) expect(acceptInteger(type)(value)).toBe(value);
        else expect(() => acceptInteger(type)(value)).toThrow("found one out of that range");
      }),
    );
  });

  test("knows the ranges of all sizes", () => {
    expect(sizes.map((size) => integerRange({ kind: "integer", size }))).toEqual([
      { min: -128, max: 127 },
      { min: -32_768, max: 32_767 },
      { min: -8_388_608, max: 8_388_607 },
      { min: -2_147_483_648, max: 2_147_483_647 },
      { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
    ]);
    expect(integerRange({ kind: "integer", size: 2, unsigned: true })).toEqual({ min: 0, max: 65_535 });
  });

  test("makes -0 a plain 0", () => {
    expect(Object.is(acceptInteger({ kind: "integer", size: 4 })(-0), 0)).toBe(true);
  });

  test.each([
    [1.5, "found a fraction"],
    [Number.NaN, "found NaN"],
    [Number.POSITIVE_INFINITY, "found Infinity"],
    [2 ** 53, "found one out of that range"],
    ["1", "found a string"],
    [1n, "found a bigint"],
    [undefined, "found undefined"],
    [true, "found a boolean"],
    [new Date(0), "found an instance of Date"],
  ])("refuses %s", (value, message) => {
    expect(() => acceptInteger({ kind: "integer", size: 8 })(value)).toThrow(message);
  });

  test("never shows the value", () => {
    expect(() => acceptInteger({ kind: "integer", size: 1 })(123_456)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("123456"), code: "PARAMETER" }),
    );
  });
});

describe("acceptBigint", () => {
  const signed: BigintType = { kind: "bigint", as: "bigint" };

  test("takes 64 bits and no more", () => {
    expect(acceptBigint(signed)(2n ** 63n - 1n)).toBe(2n ** 63n - 1n);
    expect(acceptBigint(signed)(-(2n ** 63n))).toBe(-(2n ** 63n));
    expect(() => acceptBigint(signed)(2n ** 63n)).toThrow("out of that range");
    expect(acceptBigint({ ...signed, unsigned: true })(2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect(() => acceptBigint({ ...signed, unsigned: true })(-1n)).toThrow("out of that range");
  });

  test("takes safe numbers where the column is read as a number, and only there", () => {
    expect(acceptBigint({ kind: "bigint", as: "number" })(42)).toBe(42n);
    expect(() => acceptBigint({ kind: "bigint", as: "number" })(2 ** 60)).toThrow("out of that range");
    expect(() => acceptBigint(signed)(42)).toThrow("BigInt()");
  });
});

describe("reading", () => {
  test("a whole number comes as number, bigint or text", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        for (const form of [value, BigInt(value), String(value)]) {
          expect(readInteger(form)).toBe(value + 0);
          expect(readBigint(form)).toBe(BigInt(value));
        }
      }),
    );
  });

  test("a number past 2^53 is an error, in whichever way it comes", () => {
    for (const value of [2 ** 53, 2n ** 53n, "9007199254740993"]) {
      expect(() => readInteger(value)).toThrow("declare the column as bigint()");
    }
    expect(() => readBigint(2 ** 53)).toThrow("a whole number of 64 bits");
    expect(readBigint("9007199254740993")).toBe(9_007_199_254_740_993n);
  });

  test("what is no whole number is an error", () => {
    for (const value of ["", " ", "1.5", "0x10", "abc", 1.5, Number.NaN, true, null, new Date(0)]) {
      expect(() => readInteger(value)).toThrow(expect.objectContaining({ code: "DECODE" }));
      expect(() => readBigint(value)).toThrow(expect.objectContaining({ code: "DECODE" }));
    }
  });
});
