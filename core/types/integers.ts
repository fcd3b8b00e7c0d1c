// Whole numbers: `number` where it is exact, `bigint` for 64 bits.
import { malformed, refuse, refuseAs } from "./found.ts";
import type { BigintType, IntegerType } from "./sql-type.ts";

/** The least and the greatest value that a column of the type holds and a `number` holds exactly. */
export function integerRange(type: IntegerType): { readonly min: number; readonly max: number } {
  if (type.size === 8) return { min: type.unsigned ? 0 : Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
  const values = 2 ** (8 * type.size);
  return type.unsigned ? { min: 0, max: values - 1 } : { min: -values / 2, max: values / 2 - 1 };
}

/** The least and the greatest value of a 64-bit column. */
function bigintRange(type: BigintType): { readonly min: bigint; readonly max: bigint } {
  return type.unsigned ? { min: 0n, max: 2n ** 64n - 1n } : { min: -(2n ** 63n), max: 2n ** 63n - 1n };
}

/** Gives back whole numbers in the type's range; -0 becomes 0. */
export function acceptInteger(type: IntegerType): (value: unknown) => number {
  const { min, max } = integerRange(type);
  const expected = `a whole number from ${min} to ${max}`;
  return (value) => {
    if (typeof value !== "number" || !Number.isInteger(value)) return refuse(expected, value);
    if (value < min || value > max) {
      return refuseAs(expected, "one out of that range", "Declare the column wider, or as bigint().");
    }
    return value + 0;
  };
}

/** Gives back the value as a `bigint` in the type's range. A column read as `number` takes safe numbers only. */
export function acceptBigint(type: BigintType): (value: unknown) => bigint {
  const { min, max } = bigintRange(type);
  if (type.as === "number") {
    const accept = acceptInteger({ kind: "integer", size: 8, ...(type.unsigned ? { unsigned: true } : {}) });
    return (value) => BigInt(accept(value));
  }
  const expected = `a bigint from ${min} to ${max}`;
  return (value) => {
    if (typeof value !== "bigint") return refuse(expected, value, "Write 1n instead of 1, or convert with BigInt().");
    if (value < min || value > max) return refuseAs(expected, "one out of that range");
    return value;
  };
}

/** A driver's whole number, whichever way it came, as a safe `number`. */
export function readInteger(value: unknown): number {
  const number = typeof value === "bigint" || (typeof value === "string" && digits.test(value)) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  const isLarge = typeof number === "number" && Number.isInteger(number);
  return malformed(
    "a whole number that is safe in JavaScript",
    value,
    isLarge ? "It is past 2^53: declare the column as bigint()." : undefined,
  );
}

/** A driver's whole number, whichever way it came, as a `bigint`. A `number` that is not safe has lost digits already. */
export function readBigint(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value) || (typeof value === "string" && digits.test(value))) return BigInt(value as string);
  return malformed("a whole number of 64 bits", value);
}

const digits = /^[+-]?\d+$/;
