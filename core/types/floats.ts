// Binary floating point numbers.
import { malformed, refuse } from "./found.ts";
import type { FloatType } from "./sql-type.ts";

/** What a database keeps beside finite numbers. */
export interface FloatsKept {
  readonly nan: boolean;
  readonly infinity: boolean;
}

const largestSingle = (2 - 2 ** -23) * 2 ** 127;

/** Gives back numbers that the database keeps. Four bytes round what they are given, as every database does. */
export function acceptFloat(type: FloatType, kept: FloatsKept): (value: unknown) => number {
  const expected = kept.nan ? "a number" : kept.infinity ? "a number that is not NaN" : "a finite number";
  const limit = type.size === 4 ? largestSingle : Number.MAX_VALUE;
  return (value) => {
    if (typeof value !== "number") return refuse(expected, value);
    if (value >= -limit && value <= limit) return value;
    if (Number.isNaN(value) ? kept.nan : kept.infinity && !Number.isFinite(value)) return value;
    return refuse(Number.isFinite(value) ? "a number that four bytes hold" : expected, value);
  };
}

/** A driver's number, whichever way it came. */
export function readFloat(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") {
    if (finite.test(value)) return Number(value);
    const special = specials[value.toLowerCase()];
    if (special !== undefined) return special;
  }
  return malformed("a number", value);
}

const finite = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const specials: Readonly<Record<string, number>> = {
  __proto__: null as never,
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  "-infinity": Number.NEGATIVE_INFINITY,
};
