// Whether two parts of a schema are the same to the database that told of both. Names of constraints and indexes do not count:
// one that was made by somebody else, under another name, is the one that is declared.
import type { Dialect, SqlText, SqlType, TableColumnNode } from "../../core/index.ts";
import { MigrationError } from "../errors.ts";

/** What tells a constraint or an index from others of its kind, without its name. */
export function contentOf(part: object): string {
  const { name: _, ...content } = part as { readonly name?: unknown };
  return stable(content);
}

/** Equal for equal data, in whatever order the properties stand; what is undefined is not there. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return `${inner}n`;
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function sameType(a: SqlType, b: SqlType, dialect: Dialect): boolean {
  return dialect.typeName(a) === dialect.typeName(b);
}

/** The text of an expression; only what was reflected is compared. */
export function textOf(expression: { readonly kind: string } | undefined): string | undefined {
  if (expression === undefined) return undefined;
  if (expression.kind === "sqlText") return (expression as SqlText).text;
  throw new MigrationError("only schemas that were reflected can be compared", "Pass what inspect() gave.");
}

/** Everything of a column but its comment. */
export function sameColumn(a: TableColumnNode, b: TableColumnNode, dialect: Dialect): boolean {
  return (
    sameType(a.type, b.type, dialect) &&
    a.nullable === b.nullable &&
    a.collation === b.collation &&
    textOf(a.default) === textOf(b.default) &&
    textOf(a.onUpdate) === textOf(b.onUpdate) &&
    stable(a.identity ?? null) === stable(b.identity ?? null) &&
    sameComputed(a, b)
  );
}

export function sameComputed(a: TableColumnNode, b: TableColumnNode): boolean {
  return textOf(a.computed?.expression) === textOf(b.computed?.expression) && a.computed?.stored === b.computed?.stored;
}
