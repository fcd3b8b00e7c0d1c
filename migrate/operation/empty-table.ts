import type { TableNode } from "../../core/index.ts";

/** A table of which nothing is known but where it is: what is put into it is named and written like a part of any table. */
export function emptyTable({
  schema,
  table,
}: {
  readonly schema?: string | undefined;
  readonly table: string;
}): TableNode {
  return {
    kind: "table",
    name: table,
    schema,
    columns: [],
    primaryKey: undefined,
    foreignKeys: [],
    uniques: [],
    checks: [],
    indexes: [],
    exclusions: [],
    options: {},
  };
}
