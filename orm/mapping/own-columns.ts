// Expressions over one table, as ones over another that has the columns too: what a class with a whole table of its own inherits speaks
// of the base's table, and means its own.
import { type AnyTable, type DeclaredTable, factsOf } from "../../core/index.ts";
import { declarationOf } from "./abstract-table.ts";
import { withColumns } from "./scope.ts";
import { propertyOf } from "./table-part.ts";

/** An expression, or whatever else a mapping gives, with the columns of some tables as those of another one. */
export function inColumnsOf<T>(own: AnyTable, tables: readonly AnyTable[], value: T): T {
  const { columns, sourceNode } = declarationOf(own);
  const declared = new Map(tables.map((table) => [factsOf(table).node.source.key, declarationOf(table)]));
  return withColumns(value, new Set(declared.keys()), (column) => {
    const key = propertyOf(declared.get(column.source.key) as DeclaredTable, column.name);
    const facts = columns.get(key);
    return facts === undefined ? undefined : { ...column, source: sourceNode.source, name: facts.name ?? key };
  });
}
