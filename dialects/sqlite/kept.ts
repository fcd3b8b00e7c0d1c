// A declared table as SQLite tells of it once it has been created.
import type { TableColumnNode, TableNode } from "../../core/dialect/index.ts";
import { declaredType } from "./declared-type.ts";
import { rowNumber, strictTypeName } from "./define.ts";
import { typeName } from "./types.ts";

export function kept(table: TableNode): TableNode {
  return {
    ...table,
    columns: table.columns.map((column) => keptColumn(column, table)),
    // Its name is nowhere to be found.
    primaryKey: table.primaryKey && { name: undefined, columns: table.primaryKey.columns },
  };
}

function keptColumn(column: TableColumnNode, table: TableNode): TableColumnNode {
  // The row's own number is an integer, whatever its width was said to be, and always takes a value that is given.
  if (rowNumber(table) === column) {
    return { ...column, type: declaredType("integer"), identity: column.identity && { always: false } };
  }
  return { ...column, type: declaredType(table.options.strict ? strictTypeName(column.type) : typeName(column.type)) };
}
