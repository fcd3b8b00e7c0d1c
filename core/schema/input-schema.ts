// What checks data from outside: a form body, a query string's JSON. Every problem is found, each with its path, and what comes
// out holds nothing but what was allowed. Speaks Standard Schema (https://standardschema.dev), so that routers and form
// libraries take it as it is.
import { type InputIssue, InvalidInputError } from "../errors/invalid-input.ts";
import { ParameterError } from "../errors/usage-errors.ts";
import { acceptValue, fromJson } from "../types/accept.ts";
import type { SqlType } from "../types/sql-type.ts";

/** A schema of data from outside. */
export interface InputSchema<Input, Output> {
  /** The data, checked. @throws {InvalidInputError} with every problem and its path */
  parse(data: unknown): Output;
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "athanor";
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Output; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** Where a problem is added. */
export type Report = (path: readonly (string | number)[], message: string) => void;

// Data with more problems than this is not worth the memory of a list of them.
const mostIssues = 100;

/** Makes a schema of a function that gives what is allowed of the data and reports the rest. */
export function inputSchema<Input, Output>(
  what: string,
  check: (data: unknown, report: Report) => Output,
): InputSchema<Input, Output> {
  const validate = (data: unknown): { value: Output; issues?: undefined } | { issues: readonly InputIssue[] } => {
    const issues: InputIssue[] = [];
    const value = check(data, (path, message) => {
      if (issues.length < mostIssues) issues.push({ message, path: path.map(clipped) });
    });
    return issues.length === 0 ? { value } : { issues };
  };
  return {
    parse(data) {
      const result = validate(data);
      if (result.issues === undefined) return result.value;
      throw new InvalidInputError(what, result.issues);
    },
    "~standard": { version: 1, vendor: "athanor", validate },
  };
}

/** A name that was sent is shown, but not at any length. */
function clipped<T>(name: T): T | string {
  return typeof name === "string" && name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

/** Whether it is an object as a literal or JSON.parse makes it. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The own properties of an object that are data, at most `most`. Symbols and accessors are reported, as is what is no plain
 * object. A property that is undefined is as if it were not there, as in JSON.
 */
export function entriesOf(
  value: unknown,
  path: readonly (string | number)[],
  most: number,
  report: Report,
): readonly (readonly [string, unknown])[] {
  if (!isRecord(value)) {
    report(path, "expected an object");
    return [];
  }
  const keys = Reflect.ownKeys(value);
  if (keys.length > most) {
    report(path, `expected at most ${most} properties`);
    return [];
  }
  const entries: (readonly [string, unknown])[] = [];
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (typeof key === "symbol" || property === undefined || !("value" in property)) {
      report(typeof key === "symbol" ? path : [...path, key], "expected plain data");
    } else if (property.value !== undefined) entries.push([key, property.value]);
  }
  return entries;
}

/** Sets a property of its own, whatever its name. */
export function put(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Gives the value for a type, from itself or from what stands for it in JSON; undefined once it was reported. */
export function readInput(type: SqlType, value: unknown, path: readonly (string | number)[], report: Report): unknown {
  try {
    const found = fromJson(type)(value);
    // What is text for one database is none for another.
    if (typeof found === "string" && found.includes("\0")) throw new ParameterError("expected text without NUL");
    if (typeof found === "number" && !Number.isFinite(found)) throw new ParameterError("expected a finite number");
    acceptValue(type)(found);
    return found;
  } catch (error) {
    // A custom type's own code says what it says; what it was given may be in it.
    report(path, error instanceof ParameterError ? (error.message.split("\n")[0] as string) : "expected another value");
    return undefined;
  }
}
