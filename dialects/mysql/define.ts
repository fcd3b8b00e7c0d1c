// Changes of schema as MySQL and MariaDB write them: keys that generate themselves, comments inside the definitions, and
// tables whose text compares code points, as it does on the other databases.
import {
  type Dialect,
  defineWith,
  standardDefinitions,
  standardParts,
  stringLiteral,
  type TableParts,
  writeCollation,
  writeComputed,
  writeDefault,
} from "../../core/dialect/index.ts";

const parts: TableParts = {
  ...standardParts,
  column(column, _table, out) {
    out.name(column.name);
    out.add(` ${out.dialect.typeName(column.type)}`);
    writeCollation(column, out);
    writeComputed(column, out);
    if (!column.nullable) out.add(" not null");
    if (column.identity !== undefined) out.add(" auto_increment");
    writeDefault(column, out);
    if (column.comment !== undefined) out.add(` comment ${stringLiteral(column.comment)}`);
  },
  opening: () => {},
  options(table, out) {
    out.add(" default charset utf8mb4");
    if (table.comment !== undefined) out.add(` comment ${stringLiteral(table.comment)}`);
  },
};

export const define: Dialect["define"] = defineWith(standardDefinitions(parts));
