// Documents. What is accepted is what comes back equal: anything that JSON would turn into something else without a word
// (NaN, a Date, a Map, undefined inside an array) is refused, with its path. A property that is `undefined` is left out.
import { kindOf, malformed, refuseAs } from "./found.ts";

const expected = "a value that JSON keeps: strings, finite numbers, booleans, null, arrays and plain objects of these";

/** Gives the value as JSON text. */
export function acceptJson(value: unknown): string {
  try {
    check(value, "");
    return JSON.stringify(value);
  } catch (error) {
    // Both the walk and JSON.stringify call themselves for each level.
    if (error instanceof RangeError) return refuseAs(expected, "one nested too deeply, or that holds itself");
    throw error;
  }
}

/** Reads JSON text; parsed once, whatever it holds. */
export function readJson(value: unknown): unknown {
  if (typeof value !== "string") return malformed("JSON text", value);
  try {
    return JSON.parse(value);
  } catch {
    return malformed("JSON text", value);
  }
}

function check(value: unknown, path: string): void {
  const fault = faultOf(value);
  if (fault !== undefined) fail(fault, path);
  if (typeof value === "object" && value !== null) checkParts(value, path);
}

/** What is wrong with a value, but for its parts. */
function faultOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "boolean":
      return undefined;
    case "string":
      return value.isWellFormed() ? undefined : "a string with half a surrogate pair";
    case "number":
      return Number.isFinite(value) ? undefined : String(value);
    case "object":
      return undefined;
    default:
      return kindOf(value);
  }
}

function checkParts(value: object, path: string): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) check(value[i], `${path}[${i}]`);
    return;
  }
  if (!isRecord(value)) fail(kindOf(value), path);
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key];
    if (!key.isWellFormed()) fail("a key with half a surrogate pair", path);
    if (part !== undefined) check(part, `${path}.${key}`);
  }
}

// Instances of a user's own class are records of their properties. What says how it wants to be written (a Date, a Decimal)
// would come back as that text, and what keeps its contents in slots (a Map, bytes) as an empty or another object.
function isRecord(value: object): boolean {
  if ("toJSON" in value && typeof value.toJSON === "function") return false;
  return Object.prototype.toString.call(value) === "[object Object]" && !(value instanceof Promise);
}

function fail(found: string, path: string): never {
  return refuseAs(expected, path === "" ? found : `${found} at ${path}`, "Convert it to one of these first.");
}
