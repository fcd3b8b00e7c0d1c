// Exact decimals. They are text from end to end: `'12.50'`. A double never stands in between, unless the column was
// declared to be read as a `number`.
import { malformed, refuse, refuseAs } from "./found.ts";
import type { DecimalType } from "./sql-type.ts";

/** Gives back the digits of the value as the type writes them: without a plus, without leading zeros, with all of its scale. */
export function acceptDecimal(type: DecimalType): (value: unknown) => string {
  const expected = expectation(type);
  return (value) => {
    const text = type.as === "number" ? textOfNumber(value, expected) : value;
    if (typeof text !== "string") return refuse(expected, value, "Give the digits as a string, e.g. '12.50'.");
    const parts = splitDecimal(text);
    if (parts === undefined) {
      return refuseAs(expected, "a string that is none", "Digits, with a point if need be, and no exponent.");
    }
    if (type.unsigned && parts.negative) return refuseAs(expected, "a negative one");
    return joinDecimal(fitted(parts, type, expected));
  };
}

/** A decimal that a driver gave as text or as a number, written as the type writes it. */
export function readDecimal(type: DecimalType): (value: unknown) => string | number {
  if (type.as === "number") return (value) => safeNumber(textOf(value));
  return (value) => {
    const parts = splitDecimal(textOf(value));
    return parts === undefined ? malformed("a decimal", value) : joinDecimal(padded(parts, type.scale));
  };
}

/** The digits of a decimal on either side of its point: no leading zeros before it, whatever was written after it. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/** Takes a plain decimal apart; `undefined` if the text is none. Zero is never negative. */
export function splitDecimal(text: string): DecimalParts | undefined {
  const match = plain.exec(text);
  if (match === null) return undefined;
  const whole = (match[2] as string).replace(/^0+(?=\d)/, "") || "0";
  const fraction = match[3] ?? "";
  return { negative: match[1] === "-" && /[1-9]/.test(whole + fraction), whole, fraction };
}

export function joinDecimal({ negative, whole, fraction }: DecimalParts): string {
  return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The shortest decimal that is the same `number`, without an exponent. */
export function plainDigits(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign, whole = "", fraction = "", exponent] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0").slice(0, point)}${point < digits.length ? `.${digits.slice(point)}` : ""}`;
}

// A sign, digits, and digits after a point; one of the two may be missing.
const plain = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?$/;

function expectation({ precision, scale, unsigned }: DecimalType): string {
  const size = precision === undefined ? "" : ` of ${precision} digits, ${scale ?? 0} of them after the point`;
  return `${unsigned ? "an unsigned" : "a"} decimal${size}`;
}

function textOfNumber(value: unknown, expected: string): string {
  if (typeof value !== "number" || !Number.isFinite(value)) return refuse(expected, value);
  // Past 2^53 it could not be read back, see safeNumber.
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return refuseAs(expected, "a number past 2^53", 'Declare the column as decimal() without { as: "number" }.');
  }
  return plainDigits(value);
}

function fitted(parts: DecimalParts, { precision, scale }: DecimalType, expected: string): DecimalParts {
  // Without a precision the scale says only how many digits are shown.
  if (precision === undefined) return padded(parts, scale);
  const limit = scale ?? 0;
  if (/[1-9]/.test(parts.fraction.slice(limit))) {
    return refuseAs(
      expected,
      "one with more digits after the point",
      "Round it first: which way is not for the database to say.",
    );
  }
  const digits = parts.whole === "0" ? 0 : parts.whole.length;
  if (digits > precision - limit) return refuseAs(expected, "one with more digits before the point");
  return { ...parts, fraction: parts.fraction.slice(0, limit).padEnd(limit, "0") };
}

function padded(parts: DecimalParts, scale: number | undefined): DecimalParts {
  return scale === undefined ? parts : { ...parts, fraction: parts.fraction.padEnd(scale, "0") };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return plainDigits(value);
  return malformed("a decimal", value);
}

// A fraction is rounded to the nearest double, which is what a `number` was asked for; a whole part must not be.
function safeNumber(text: string): number {
  const number = splitDecimal(text) === undefined ? Number.NaN : Number(text);
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  return malformed("a decimal that a number holds", text, 'Declare the column as decimal() without { as: "number" }.');
}
