// Arithmetic on decimals as whole numbers with a scale: `12.50` is 1250 with scale 2.
import { joinDecimal, plainDigits, splitDecimal } from "../../core/dialect/index.ts";
import type { SqliteValue } from "./native.ts";

export interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

/** Quotients have at least this many digits after the first that is not zero. */
const digitsOfQuotient = 20;

/** @throws {RangeError} if the value is no decimal; SQLite reports it as the statement's error */
export function exactOf(value: SqliteValue): Exact {
  if (typeof value === "bigint") return { units: value, scale: 0 };
  const parts = splitDecimal(typeof value === "number" ? plainDigits(value) : String(value));
  if (parts === undefined || value instanceof Uint8Array) throw new RangeError("a value is no decimal");
  const units = BigInt(parts.whole + parts.fraction);
  return { units: parts.negative ? -units : units, scale: parts.fraction.length };
}

/** The shortest text of the decimal. */
export function textOfExact({ units, scale }: Exact): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/, "");
  return joinDecimal({ negative: units < 0n, whole: digits.slice(0, point), fraction });
}

/** The same with so many digits behind the point. */
export function fixedText(value: Exact, scale: number): string {
  const text = textOfExact(value);
  if (scale === 0) return text;
  const [whole = "", fraction = ""] = text.split(".");
  return `${whole}.${fraction.padEnd(scale, "0")}`;
}

export function add(a: Exact, b: Exact): Exact {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, { units: -b.units, scale: b.scale });
}

export function multiply(a: Exact, b: Exact): Exact {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** The quotient, its last digit rounded half away from zero; `undefined` for division by zero. */
export function divide(a: Exact, b: Exact): Exact | undefined {
  if (b.units === 0n) return undefined;
  const leading = String(amount(b.units)).length - b.scale - (String(amount(a.units)).length - a.scale);
  const scale = Math.max(a.scale, b.scale, digitsOfQuotient + leading);
  return { units: divideRounded(a.units * 10n ** BigInt(scale + b.scale), b.units * 10n ** BigInt(a.scale)), scale };
}

/** What is left of `a` when `b` has been taken away as often as possible; it has the sign of `a`. */
export function remainder(a: Exact, b: Exact): Exact | undefined {
  if (b.units === 0n) return undefined;
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) % unitsAt(b, scale), scale };
}

export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const left = unitsAt(a, scale);
  const right = unitsAt(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The nearest decimal with so many digits after the point, halves away from zero. */
export function round(value: Exact, scale: number): Exact {
  if (scale >= value.scale) return value;
  return at(divideRounded(value.units, 10n ** BigInt(value.scale - scale)), scale);
}

/** The nearest whole number below. */
export function floor(value: Exact): Exact {
  const one = 10n ** BigInt(value.scale);
  const units = value.units / one;
  return { units: value.units < 0n && units * one !== value.units ? units - 1n : units, scale: 0 };
}

/** The nearest whole number above. */
export function ceil(value: Exact): Exact {
  const { units } = floor({ units: -value.units, scale: value.scale });
  return { units: -units, scale: 0 };
}

export function abs({ units, scale }: Exact): Exact {
  return { units: amount(units), scale };
}

/**
 * A text that sorts, byte by byte, as decimals do: sign, number of digits before the point, digits; for negative numbers
 * every digit is turned around, so that larger amounts come first.
 */
export function sortKey(value: Exact): string {
  const negative = value.units < 0n;
  const digits = String(amount(value.units)).padStart(value.scale + 1, "0");
  const whole = digits.slice(0, digits.length - value.scale).replace(/^0+/, "");
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, "");
  const key = String(whole.length).padStart(10, "0") + whole + fraction;
  // `~` stands after every digit: a longer fraction is a smaller number if it is negative.
  return negative ? `0${[...key].map((digit) => 9 - Number(digit)).join("")}~` : `1${key}`;
}

// A scale below zero counts digits before the point.
function at(units: bigint, scale: number): Exact {
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function unitsAt(value: Exact, scale: number): bigint {
  return value.scale === scale ? value.units : value.units * 10n ** BigInt(scale - value.scale);
}

function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = amount(dividend) / amount(divisor);
  const rest = amount(dividend) % amount(divisor);
  const rounded = 2n * rest >= amount(divisor) ? quotient + 1n : quotient;
  return dividend < 0n === divisor < 0n ? rounded : -rounded;
}

function amount(value: bigint): bigint {
  return value < 0n ? -value : value;
}
