// How values of one type become values of another where PostgreSQL does not do it by itself.
import type { Dialect, SqlType, TableColumnNode } from "../../core/index.ts";
import type { DatabaseKind } from "../database.ts";

/** The expression, or undefined where none is needed. */
export function castFor(
  from: TableColumnNode,
  to: TableColumnNode,
  dialect: Dialect,
  kind: DatabaseKind,
): string | undefined {
  if (kind !== "postgres") return undefined;
  const target = dialect.typeName(to.type);
  if (dialect.typeName(from.type) === target) return undefined;
  const [a, b] = [familyOf(from.type), familyOf(to.type)];
  if (a === b && a !== "other") return undefined;
  const name = dialect.quote(to.name);
  if (a === "boolean" && b === "number") return `${name}::integer::${target}`;
  if (a === "number" && b === "boolean") return `${name} <> 0`;
  // Whatever a value is, it has a text, and each type reads its own.
  return `${name}::text::${target}`;
}

function familyOf(type: SqlType): "number" | "text" | "boolean" | "day" | "other" {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "float":
    case "decimal":
      return "number";
    case "text":
    case "varchar":
    case "char":
      return "text";
    case "boolean":
      return "boolean";
    case "date":
    case "timestamp":
    case "timestamptz":
      return "day";
    default:
      return "other";
  }
}
