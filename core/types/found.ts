// The sentences of refusal, which never quote a value: what was expected, and what kind of thing was found instead.
import { DecodeError, ParameterError } from "../errors/usage-errors.ts";

/** Refuses a value on its way to the database. */
export function refuse(expected: string, value: unknown, hint?: string): never {
  throw new ParameterError(`expected ${expected}, found ${kindOf(value)}`, hint);
}

/** Refuses a value of the right JavaScript type that breaks a rule, said by `found`. */
export function refuseAs(expected: string, found: string, hint?: string): never {
  throw new ParameterError(`expected ${expected}, found ${found}`, hint);
}

/** Refuses a value that came from the database. */
export function malformed(expected: string, value: unknown, hint?: string): never {
  throw new DecodeError(`expected ${expected}, found ${kindOf(value)}`, hint);
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "a whole number" : Number.isFinite(value) ? "a fraction" : String(value);
    case "string":
      return "a string";
    case "object":
      return kindOfObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function kindOfObject(value: object): string {
  if (Array.isArray(value)) return "an array";
  const name = value.constructor?.name;
  return name === undefined || name === "Object" ? "an object" : `an instance of ${name}`;
}
