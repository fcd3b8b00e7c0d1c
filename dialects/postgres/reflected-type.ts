// A type in PostgreSQL's catalogue → the type that a schema declares. What nobody can declare by a name of its own keeps its
// text, and travels as text.
import type { SqlType } from "../../core/dialect/index.ts";
import type { OwnTypeRow, TypeRow } from "./catalogue.ts";

/** `own` are the enumerations and domains of the database, by their number. */
export function reflectedType(type: TypeRow, own: ReadonlyMap<number, OwnTypeRow>): SqlType {
  if (type.elementId === null || type.elementName === null) {
    return ownType(type.id, own) ?? builtIn(type.name, type.modifier) ?? unknown(type.text);
  }
  const text = type.text.replace(/(\[\])+$/, "");
  let of = ownType(type.elementId, own) ?? builtIn(type.elementName, type.modifier) ?? unknown(text);
  for (let dimension = Math.max(type.dimensions, 1); dimension > 0; dimension--) of = { kind: "array", of };
  return of;
}

function unknown(text: string): SqlType {
  return { kind: "custom", sql: text, base: { kind: "text" } };
}

function ownType(id: number, own: ReadonlyMap<number, OwnTypeRow>): SqlType | undefined {
  const found = own.get(id);
  if (found === undefined) return undefined;
  const schema = found.schema ?? undefined;
  if (found.values !== null) return { kind: "enumeration", values: found.values, name: found.name, schema };
  if (found.of === null) return undefined;
  const sql = schema === undefined ? quoted(found.name) : `${quoted(schema)}.${quoted(found.name)}`;
  return { kind: "custom", sql, base: reflectedType(found.of, own) };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function builtIn(name: string, modifier: number): SqlType | undefined {
  // What a length or a precision is kept as: https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/
  const length = modifier < 0 ? undefined : modifier - 4;
  const precision = modifier < 0 ? undefined : modifier;
  switch (name) {
    case "int2":
      return { kind: "integer", size: 2 };
    case "int4":
      return { kind: "integer", size: 4 };
    case "int8":
      return { kind: "bigint", as: "bigint" };
    case "float4":
      return { kind: "float", size: 4 };
    case "float8":
      return { kind: "float", size: 8 };
    case "numeric":
      if (length === undefined) return { kind: "decimal", as: "string" };
      return { kind: "decimal", precision: length >> 16, scale: ((length & 0x7ff) ^ 1024) - 1024, as: "string" };
    case "bool":
      return { kind: "boolean" };
    case "text":
    case "uuid":
    case "date":
      return { kind: name };
    case "varchar":
      return { kind: "varchar", length };
    case "bpchar":
      return length === undefined ? undefined : { kind: "char", length };
    case "time":
      return { kind: "time", precision };
    case "timestamp":
    case "timestamptz":
      return { kind: name, precision, as: "date" };
    case "interval":
      return modifier < 0 ? { kind: "interval" } : undefined;
    case "json":
      return { kind: "json", storage: "text" };
    case "jsonb":
      return { kind: "json", storage: "binary" };
    case "bytea":
      return { kind: "bytes" };
    default:
      return undefined;
  }
}
