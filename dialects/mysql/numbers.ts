// Numbers that only these databases have: of one and of three bytes, and without a sign.
import { type Col, columnOf, type Feature } from "../../core/index.ts";

type Small = Feature<"SMALL NUMBERS">;
type Unsigned = Feature<"UNSIGNED">;

/** A whole number of 8 bits, from -128 to 127. */
export function tinyint(name?: string): Col<number, "serial", Small> {
  return columnOf({ kind: "integer", size: 1 }, name);
}

/** A whole number of 24 bits. */
export function mediumint(name?: string): Col<number, "serial", Small> {
  return columnOf({ kind: "integer", size: 3 }, name);
}

/** A whole number from 0 to 255. */
export function unsignedTinyint(name?: string): Col<number, "serial", Small | Unsigned> {
  return columnOf({ kind: "integer", size: 1, unsigned: true }, name);
}

/** A whole number from 0 to 65,535. */
export function unsignedSmallint(name?: string): Col<number, "serial", Unsigned> {
  return columnOf({ kind: "integer", size: 2, unsigned: true }, name);
}

/** A whole number from 0 to 16,777,215. */
export function unsignedMediumint(name?: string): Col<number, "serial", Small | Unsigned> {
  return columnOf({ kind: "integer", size: 3, unsigned: true }, name);
}

/** A whole number from 0 to 4,294,967,295. */
export function unsignedInteger(name?: string): Col<number, "serial", Unsigned> {
  return columnOf({ kind: "integer", size: 4, unsigned: true }, name);
}

/** A whole number from 0 to 2^64 - 1. */
export function unsignedBigint(name?: string): Col<bigint, "serial", Unsigned> {
  return columnOf({ kind: "bigint", as: "bigint", unsigned: true }, name);
}
