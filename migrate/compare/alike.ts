// What a project takes for the same although the database does not: types and defaults of columns by rules of its own.
import type { Reflected, SqlType, TableColumnNode, TableNode } from "../../core/index.ts";
import { isAt } from "../operation/apply.ts";
import { textOf } from "./same.ts";

/** Which column is asked about. */
export interface ColumnPlace {
  readonly schema?: string | undefined;
  readonly table: string;
  readonly column: string;
}

export interface AlikeRules {
  /** Whether a column of the one type is taken for one of the other, so that nothing is written. */
  readonly sameType?: ((found: SqlType, declared: SqlType, place: ColumnPlace) => boolean) | undefined;
  /** Whether the one default, as text of SQL, is taken for the other. */
  readonly sameDefault?:
    | ((found: string | undefined, declared: string | undefined, place: ColumnPlace) => boolean)
    | undefined;
}

/** The declared schema, with the types and defaults that it has already, as the rules say. */
export function withAlike(declared: Reflected, found: Reflected, rules: AlikeRules): Reflected {
  if (rules.sameType === undefined && rules.sameDefault === undefined) return declared;
  const alike = (table: TableNode): TableNode => {
    const there = found.tables.find((other) => isAt(other, { schema: table.schema, table: table.name }));
    return {
      ...table,
      columns: table.columns.map((column) => {
        const old = there?.columns.find(({ name }) => name === column.name);
        return old === undefined ? column : alikeColumn(column, old, table, rules);
      }),
    };
  };
  return { ...declared, tables: declared.tables.map(alike) };
}

function alikeColumn(
  column: TableColumnNode,
  old: TableColumnNode,
  { schema, name: table }: TableNode,
  { sameType, sameDefault }: AlikeRules,
): TableColumnNode {
  const place = { schema, table, column: column.name };
  return {
    ...column,
    type: sameType?.(old.type, column.type, place) ? old.type : column.type,
    default: sameDefault?.(textOf(old.default), textOf(column.default), place) ? old.default : column.default,
  };
}
