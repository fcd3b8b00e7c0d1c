// How PostgreSQL spells types.
import { type EnumerationType, type SqlType, unreachable } from "../../core/dialect/index.ts";

export function typeName(type: SqlType): string {
  switch (type.kind) {
    case "integer":
      return type.size <= 2 ? "smallint" : type.size === 8 ? "bigint" : "integer";
    case "bigint":
      return "bigint";
    case "float":
      return type.size === 4 ? "real" : "double precision";
    case "decimal":
      return `numeric${sized(type.precision, type.scale)}`;
    case "boolean":
    case "text":
    case "uuid":
    case "date":
    case "interval":
      return type.kind;
    case "varchar":
    case "char":
      return `${type.kind}${sized(type.length)}`;
    case "enumeration":
      return enumerationName(type);
    case "time":
    case "timestamp":
    case "timestamptz":
      return `${type.kind}${sized(type.precision)}`;
    case "json":
      return type.storage === "binary" ? "jsonb" : "json";
    case "json-row":
      return "jsonb";
    case "bytes":
      return "bytea";
    case "array":
      return `${typeName(type.of)}[]`;
    case "custom":
      return type.sql;
    default:
      return unreachable(type);
  }
}

/**
 * What a value is cast to so that the server knows its type: the type without its limits, by which a cast would cut or
 * round the value without a word.
 */
export function valueTypeName(type: SqlType): string {
  switch (type.kind) {
    case "decimal":
      return "numeric";
    case "varchar":
      return "text";
    case "char":
      return "bpchar";
    case "time":
    case "timestamp":
    case "timestamptz":
      return type.kind;
    case "array":
      return `${valueTypeName(type.of)}[]`;
    default:
      return typeName(type);
  }
}

function sized(size: number | undefined, scale?: number): string {
  if (size === undefined) return "";
  return scale === undefined ? `(${size})` : `(${size}, ${scale})`;
}

/** A type of its own if it has a name, else text. */
function enumerationName({ name, schema }: EnumerationType): string {
  if (name === undefined) return "text";
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
