// What is called otherwise now: declared with `renamedFrom`, or given as flags, never guessed. A table that goes and one that
// comes are two tables, whatever they have in common.
import type { Reflected, SchemaNode, SchemaObject } from "../../core/index.ts";
import { MigrationError } from "../errors.ts";
import { applied, isAt } from "../operation/apply.ts";

export interface TableRename {
  readonly schema?: string | undefined;
  readonly from: string;
  readonly to: string;
}

export interface ColumnRename {
  readonly schema?: string | undefined;
  /** As the table is called now. */
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

export interface Renames {
  readonly tables: readonly TableRename[];
  readonly columns: readonly ColumnRename[];
}

export const noRenames: Renames = { tables: [], columns: [] };

/** The renames that declarations and flags speak of, as far as the database has not had them yet. */
export function renamesOf(objects: readonly SchemaObject[], flags: readonly string[], from: Reflected): Renames {
  const wanted = [declaredRenames(objects), ...flags.map(flagOf)];
  const has = (place: { readonly schema?: string | undefined; readonly table: string }) =>
    from.tables.find((table) => isAt(table, place));
  const tables = wanted
    .flatMap((renames) => renames.tables)
    .filter((one) => has({ ...one, table: one.from }) && !has({ ...one, table: one.to }));
  const columns = wanted
    .flatMap((renames) => renames.columns)
    .filter((one) => {
      const old = tables.find(({ schema, to }) => schema === one.schema && to === one.table)?.from ?? one.table;
      const names = has({ ...one, table: old })?.columns.map(({ name }) => name) ?? [];
      return names.includes(one.from) && !names.includes(one.to);
    });
  return { tables, columns };
}

function declaredRenames(objects: readonly SchemaObject[]): Renames {
  const declared = objects.filter((object) => object.kind === "table");
  return {
    tables: declared.flatMap(({ schema, renamedFrom: from, name: to }) =>
      from === undefined ? [] : { schema, from, to },
    ),
    columns: declared.flatMap(({ schema, name: table, columns }) =>
      columns.flatMap(({ renamedFrom: from, name: to }) => (from === undefined ? [] : { schema, table, from, to })),
    ),
  };
}

/** `old:new` for a table, `table.old:new` for a column, with the table as it is called now. */
function flagOf(flag: string): Renames {
  const parts = /^(?:([^.:]+)\.)?([^.:]+):([^.:]+)$/.exec(flag);
  if (parts === null) {
    throw new MigrationError(`"${flag}" is no rename`, "Write old:new for a table, table.old:new for a column.");
  }
  const [, table, from = "", to = ""] = parts;
  return table === undefined ? { tables: [{ from, to }], columns: [] } : { tables: [], columns: [{ table, from, to }] };
}

/** The way back. */
export function reversed({ tables, columns }: Renames): Renames {
  return {
    tables: tables.map((one) => ({ ...one, from: one.to, to: one.from })),
    columns: columns.map((one) => ({
      ...one,
      table: oldName({ tables, columns }, one),
      from: one.to,
      to: one.from,
    })),
  };
}

/** What a table was called before. */
export function oldName(
  { tables }: Renames,
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
): string {
  return tables.find((one) => one.to === table && one.schema === schema)?.from ?? table;
}

/** As changes: first tables, then columns. */
function renameNodes({ tables, columns }: Renames): readonly SchemaNode[] {
  return [
    ...tables.map(({ schema, from, to }): SchemaNode => ({ kind: "renameTable", schema, table: from, to })),
    ...columns.map(
      ({ schema, table, from, to }): SchemaNode => ({ kind: "renameColumn", schema, table, column: from, to }),
    ),
  ];
}

export function withRenames(from: Reflected, renames: Renames): Reflected {
  return renameNodes(renames).reduce(applied, from);
}
