// Rows written down, as a source.

import { CompileError } from "../errors/usage-errors.ts";
import { declaredType } from "../expression/declared.ts";
import type { AnyTable, ColOf, OnInsert } from "../expression/needs.ts";
import { valueNode } from "../expression/operand.ts";
import type { RowOf } from "../expression/selection.ts";
import { type Derived, sourceOf } from "../expression/source.ts";
import type { ColumnNode, SourceColumn, SourceName } from "../tree/node.ts";

/**
 * Rows of values that a statement reads like a table.
 *
 * @example
 * const prices = values("prices", { id: integer(), cents: integer() }, [{ id: 1, cents: 99 }, { id: 2, cents: 149 }]);
 * select({ name: products.name, cents: prices.cents }).from(products).join(prices, prices.id.eq(products.id));
 * @throws {CompileError} if there is no row
 */
export function values<const Name extends string, C extends Record<string, ColOf<any, OnInsert>>>(
  name: Name,
  columns: C,
  rows: readonly RowOf<C>[],
): Derived<Name, RowOf<C>> {
  if (rows.length === 0) throw new CompileError(`values("${name}") has no rows`, "SQL cannot write a list of no rows.");
  const source: SourceName = { key: name, name };
  const sourceColumns: SourceColumn[] = Object.keys(columns).map((key) => ({
    key,
    name: key,
    type: declaredType(columns[key] as ColOf<unknown, unknown>),
    nullable: true,
  }));
  return sourceOf({
    node: {
      kind: "values",
      source,
      columns: sourceColumns,
      rows: rows.map((row) =>
        sourceColumns.map(({ key, name, type }) =>
          valueNode((row as Record<string, unknown>)[key], type, { kind: "column", source, name, type }),
        ),
      ),
    },
    columns: sourceColumns,
  });
}

/** A column of rows that are given as lists. */
export interface ListedColumn {
  readonly name: string;
  /** The column that its values are written into or compared with. */
  readonly of: ColumnNode;
}

/**
 * Rows that a statement is given when it runs, as a list of values for each column: `{ [parameter]: [ids, names] }`. For
 * databases whose dialect has `bulk.lists`.
 *
 * @param ordinal the name of a further column, which counts the rows
 */
export function listedValues(
  name: string,
  columns: readonly ListedColumn[],
  { parameter, ordinal }: { readonly parameter: string; readonly ordinal?: string | undefined },
): AnyTable {
  const source: SourceName = { key: name, name };
  const sourceColumns: SourceColumn[] = columns.map(({ name: key, of: { type } }) => ({
    key,
    name: key,
    type,
    nullable: true,
  }));
  if (ordinal !== undefined)
    sourceColumns.push({ key: ordinal, name: ordinal, type: { kind: "bigint", as: "number" }, nullable: false });
  const of = columns.map((column) => column.of);
  return sourceOf({
    node: { kind: "lists", source, columns: sourceColumns, parameter, of, ordinal },
    columns: sourceColumns,
  });
}
