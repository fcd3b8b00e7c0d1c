// Encoded values as literals, the way standard SQL writes them. A dialect lays its own over what it writes otherwise.
import { CompileError, ParameterError } from "../errors/usage-errors.ts";

/** @throws {CompileError} if the value has no literal in standard SQL */
export function standardLiteral(value: unknown): string {
  switch (typeof value) {
    case "string":
      return stringLiteral(value);
    case "number":
      if (Number.isFinite(value)) return String(value);
      throw new CompileError(`no literal of this database stands for ${value}`, "Give a finite number.");
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    default:
      if (value === null) return "null";
      if (value instanceof Uint8Array) return `x'${hex(value)}'`;
      throw new CompileError(
        `a value of ${kindOf(value)} has no literal in this database`,
        "Give an expression instead.",
      );
  }
}

/** Text between single quotes, which are doubled within. Nothing else is special in standard SQL. */
export function stringLiteral(text: string): string {
  if (text.includes("\0"))
    throw new ParameterError("a text with a NUL character cannot be written as a literal", "Leave the character out.");
  if (!text.isWellFormed())
    throw new ParameterError(
      "a text with half a surrogate pair cannot be written as a literal",
      "Use value.toWellFormed().",
    );
  return `'${text.replaceAll("'", "''")}'`;
}

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

function kindOf(value: unknown): string {
  return typeof value === "object" ? `class ${value?.constructor?.name ?? "Object"}` : `type ${typeof value}`;
}
