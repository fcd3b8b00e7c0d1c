// What decides how rows are decoded, as a string: statements that are built anew each time share a decoder by it.
import type { ExpressionNode, SelectionNode, SourceColumn } from "../tree/node.ts";
import type { JsonShape, SqlType } from "../types/sql-type.ts";
import { isNeverNull } from "./never-null.ts";
import { presenceOf, type Surroundings } from "./whole-row.ts";

/** The signature of a selection: keys, types, and what tells whether whole rows are there. */
export function signatureOf(selection: SelectionNode, around: Surroundings): string {
  let text = "";
  for (const { key, value } of selection.fields) {
    text += named(key);
    if (value.kind === "object") text += `{${signatureOf(value, around)}}`;
    else if (value.kind !== "rowOf") text += columnSignature(value, around);
    else text += `(${presenceOf(value, around)} ${identity(value.entity)} ${columnsSignature(value.source.columns)})`;
  }
  return text;
}

/** A key that no text after it can be taken for a part of. */
function named(key: string): string {
  return `${key.length} ${key}`;
}

function columnSignature(value: ExpressionNode, around: Surroundings): string {
  return typeSignature(value.type) + (isNeverNull(value, around) ? "!" : "");
}

const columnSignatures = new WeakMap<readonly SourceColumn[], string>();

function columnsSignature(columns: readonly SourceColumn[]): string {
  let short = columnSignatures.get(columns);
  if (short === undefined) {
    short = shortened(columns.map((column) => named(column.key) + typeSignature(column.type)).join());
    columnSignatures.set(columns, short);
  }
  return short;
}

const typeSignatures = new WeakMap<SqlType, string>();

function typeSignature(type: SqlType): string {
  let short = typeSignatures.get(type);
  if (short === undefined) {
    short = shortened(describe(type));
    typeSignatures.set(type, short);
  }
  return short;
}

const shorts = new Map<string, string>();
const mostShorts = 10_000;

/** A few characters that stand for a description, the same for the same: a signature is looked up for each new statement. */
function shortened(description: string): string {
  let short = shorts.get(description);
  if (short === undefined) {
    short = `#${++identified} `;
    if (shorts.size >= mostShorts) shorts.clear();
    shorts.set(description, short);
  }
  return short;
}

function describe(type: SqlType): string {
  switch (type.kind) {
    case "custom":
      // Two custom types of one name may translate differently.
      return `custom ${identity(type)}`;
    case "array":
      return `[${typeSignature(type.of)}]`;
    case "json-row":
      return `${type.many ? "rows" : "row"} ${shapeSignature(type.shape)}`;
    default:
      return JSON.stringify(type);
  }
}

function shapeSignature(shape: JsonShape): string {
  if (shape.kind === "value") return typeSignature(shape.type) + (shape.notNull === true ? "!" : "");
  const fields = shape.fields.map((field) => named(field.name) + shapeSignature(field.shape));
  return `{${shape.presence ?? ""} ${fields.join()}}`;
}

const identities = new WeakMap<object, number>();
let identified = 0;

function identity(value: unknown): number {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return 0;
  let found = identities.get(value);
  if (found === undefined) {
    found = ++identified;
    identities.set(value, found);
  }
  return found;
}
