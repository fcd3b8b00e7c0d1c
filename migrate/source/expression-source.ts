// Expressions that a database reported as text → sql`…` of the same text, or the plain value where it is a literal.
import {
  CompileError,
  type ExpressionNode,
  type QueryNode,
  type SqlText,
  type SqlType,
} from "../../core/dialect/index.ts";
import { type SourceFile, valueSource } from "./source-file.ts";
import { typeSource } from "./type-source.ts";

/** An expression of a type. */
export function expressionSource(expression: ExpressionNode | SqlText, type: SqlType, file: SourceFile): string {
  return `${file.core("sql")}(${typeSource(type, undefined, file)})${templateSource(textOf(expression))}`;
}

/** Only what was reflected is text. */
export function textOf(sql: ExpressionNode | QueryNode | SqlText): string {
  if (sql.kind === "sqlText") return sql.text;
  throw new CompileError("a source can only be written of a schema that was reflected", "Pass what inspect() gave.");
}

/** A template without holes. A carriage return would be taken for a line's end. */
export function templateSource(text: string): string {
  return `\`${text
    .replaceAll(/[\\`]|\$\{/g, "\\$&")
    .replaceAll("\r", "\\r")
    .replaceAll("\0", "\\x00")}\``;
}

const boolean: SqlType = { kind: "boolean" };

export function conditionSource(expression: ExpressionNode | SqlText, file: SourceFile): string {
  return expressionSource(expression, boolean, file);
}

/** A default: the value if it is a literal that is written as this again, else the expression. */
export function defaultSource(expression: ExpressionNode | SqlText, type: SqlType, file: SourceFile): string {
  const value = literalValue(textOf(expression), type, file);
  return value === undefined ? expressionSource(expression, type, file) : valueSource(value);
}

type Value = string | number | bigint | boolean;

function literalValue(text: string, type: SqlType, file: SourceFile): Value | undefined {
  // PostgreSQL says of every string what it is: 'x'::text.
  const bare = /^('(?:[^']|'')*')::[\w" .()]+$/.exec(text)?.[1] ?? text;
  const value = valueIn(bare, type);
  if (value === undefined) return undefined;
  const { dialect } = file.door;
  let written: string;
  try {
    written = dialect.literal(dialect.codec(type).encode(value), type);
  } catch {
    return undefined;
  }
  const same = written === bare || written === `'${bare}'` || bare === `'${written}'` || isSameFlag(written, bare);
  return same ? value : undefined;
}

/** Booleans are numbers on some databases, which tell of them so. */
function isSameFlag(written: string, text: string): boolean {
  return (written === "true" && text === "1") || (written === "false" && text === "0");
}

function valueIn(literal: string, type: SqlType): Value | undefined {
  const inner = /^'(?:[^']|'')*'$/.test(literal) ? literal.slice(1, -1).replaceAll("''", "'") : undefined;
  const number = inner ?? literal;
  switch (type.kind) {
    case "text":
    case "varchar":
    case "char":
    case "enumeration":
    case "uuid":
    case "date":
      return inner;
    case "integer":
      return /^-?\d+$/.test(number) ? Number(number) : undefined;
    case "bigint":
      if (!/^-?\d+$/.test(number)) return undefined;
      return type.as === "bigint" ? BigInt(number) : Number(number);
    case "decimal":
      return /^-?\d+(\.\d+)?$/.test(number) && type.as === "string" ? number : undefined;
    case "boolean":
      if (literal === "true" || literal === "1") return true;
      return literal === "false" || literal === "0" ? false : undefined;
    default:
      return undefined;
  }
}
