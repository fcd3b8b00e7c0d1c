// Text of any kind, and uuids.
import { malformed, refuse, refuseAs } from "./found.ts";
import type { StringType } from "./sql-type.ts";

/** Gives back text that every encoding keeps, no longer than the type allows. Length is counted in characters (code points). */
export function acceptString(type: StringType): (value: unknown) => string {
  const { length } = type;
  const expected = length === undefined ? "a string" : `a string of at most ${length} characters`;
  return (value) => {
    if (typeof value !== "string") return refuse(expected, value);
    if (!value.isWellFormed()) {
      return refuseAs(expected, "one with half a surrogate pair", "Use value.toWellFormed() if losing it is right.");
    }
    if (length !== undefined && value.length > length && charactersOf(value) > length) {
      return refuseAs(expected, "a longer one");
    }
    return value;
  };
}

/** Gives back a uuid in lower case, as databases write it. */
export function acceptUuid(value: unknown): string {
  if (typeof value !== "string") return refuse(uuidExpected, value);
  if (!uuidPattern.test(value)) return refuseAs(uuidExpected, "a string that is none");
  return value.toLowerCase();
}

export function readString(value: unknown): string {
  return typeof value === "string" ? value : malformed("text", value);
}

export function readUuid(value: unknown): string {
  return typeof value === "string" && uuidPattern.test(value) ? value.toLowerCase() : malformed("a uuid", value);
}

const uuidExpected = "a uuid, as 8-4-4-4-12 hexadecimal digits";
const uuidPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
