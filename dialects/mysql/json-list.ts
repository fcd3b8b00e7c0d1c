// Values that travel as one JSON document and are read by JSON_TABLE.
import type { SqlType } from "../../core/dialect/index.ts";
import { Decimal } from "./wire.ts";

/** What a list's elements are read as, if they can travel as JSON. */
export function listColumn(type: SqlType): string | undefined {
  switch (type.kind) {
    case "integer":
    case "bigint":
      return type.unsigned ? "bigint unsigned" : "bigint";
    case "boolean":
      return "boolean";
    case "float":
      return "double";
    case "decimal":
      return "decimal(65, 30)";
    case "date":
      return "date";
    case "time":
      return "time(6)";
    case "timestamp":
    case "timestamptz":
      return "datetime(6)";
    // Text takes the connection's collation, which is that of the columns Athanor creates.
    case "text":
    case "varchar":
    case "char":
    case "enumeration":
    case "uuid":
      return "longtext";
    default:
      return undefined;
  }
}

/** An encoded value as JSON. */
export function elementText(encoded: unknown): string {
  return typeof encoded === "bigint"
    ? String(encoded)
    : JSON.stringify(encoded instanceof Decimal ? encoded.digits : encoded);
}
