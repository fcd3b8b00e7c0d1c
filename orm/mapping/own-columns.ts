// Expressions over one table, as ones over another that has the columns too: what a class with a whole table of its own inherits speaks
// of the base's table, and means its own.
import {
  type AnyTable,
  type ColumnNode,
  type DeclaredTable,
  expression,
  factsOf,
  isSource,
  NODE,
  replaceColumns,
} from "../../core/index.ts";
import { declarationOf } from "./abstract-table.ts";
import { sourcesOf } from "./scope.ts";
import { propertyOf } from "./table-part.ts";

/** An expression, or whatever else a mapping gives, with the columns of some tables as those of another one. */
export function inColumnsOf<T>(own: AnyTable, tables: readonly AnyTable[], value: T): T {
  if (tables.length === 0) return value;
  const { columns, sourceNode } = declarationOf(own);
  const declared = new Map(tables.map((table) => [factsOf(table).node.source.key, declarationOf(table)]));
  return withColumns(value, new Set(declared.keys()), (column) => {
    const key = propertyOf(declared.get(column.source.key) as DeclaredTable, column.name);
    const facts = columns.get(key);
    return facts === undefined ? undefined : { ...column, source: sourceNode.source, name: facts.name ?? key };
  });
}

/**
 * An expression or ordering with some columns replaced; anything else as it is. A query inside it that has one of the sources in its own
 * FROM means its own row.
 *
 * @param sources the keys of the sources whose columns are meant
 */
export function withColumns<T>(
  value: T,
  sources: ReadonlySet<string>,
  replace: (column: ColumnNode) => ColumnNode | undefined,
): T {
  if (typeof value !== "object" || value === null || !(NODE in value) || isSource(value)) return value;
  const before: object = value[NODE] as object;
  const node = replaceColumns(
    before,
    (column) => (sources.has(column.source.key) ? replace(column) : undefined),
    (select) => !sourcesOf(select).some(({ key }) => sources.has(key)),
  );
  if (node === before) return value;
  if ("asc" in value) return expression(node as never) as T;
  return Object.create(Object.getPrototypeOf(value), { [NODE]: { value: node } }) as T;
}
