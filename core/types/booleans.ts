// True and false.
import { malformed, refuse } from "./found.ts";

export function acceptBoolean(value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse("true or false", value);
}

/** A driver's boolean; databases without the type keep 0 and 1. */
export function readBoolean(value: unknown): boolean {
  switch (value) {
    case true:
    case 1:
    case 1n:
      return true;
    case false:
    case 0:
    case 0n:
      return false;
    default:
      return malformed("a boolean, or 0 or 1", value);
  }
}
