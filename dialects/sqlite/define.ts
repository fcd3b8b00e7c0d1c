// Changes of schema as SQLite writes them: the integer primary key that is the row's own number, types of STRICT tables, and
// a plain word where SQLite cannot alter what other databases can. Comments, of which it has none, are kept as comments in
// the text of CREATE TABLE, where the inspector finds them.
import {
  CompileError,
  type Definitions,
  type Dialect,
  defineWith,
  lacks,
  nameOf,
  oneText,
  type SqlType,
  standardDefinitions,
  standardParts,
  type TableColumnNode,
  type TableNode,
  type TableParts,
  type TextBuffer,
  writeActions,
  writeCollation,
  writeComputed,
  writeConstraintName,
  writeDefault,
  writeDeferrable,
  writeIndexBody,
  writeNames,
  writeTableName,
} from "../../core/dialect/index.ts";
import { isNumeric } from "./decimals.ts";

const parts: TableParts = {
  ...standardParts,
  column: writeColumn,
  keyInColumn: (table) => rowNumber(table) !== undefined,
  // The name of a primary key is nowhere to be seen in SQLite, neither in messages nor in its own tables.
  primaryKey(key, out) {
    out.add("primary key ");
    writeNames(key.columns, out);
  },
  foreignKey(key, out) {
    writeConstraintName(key.name, out);
    out.add("foreign key ");
    writeNames(key.columns, out);
    // A foreign key stays in its own file; SQLite takes no schema here.
    out.add(" references ");
    out.name(key.target.table);
    out.add(" ");
    writeNames(key.target.columns, out);
    writeActions(key, out);
    writeDeferrable(key.deferrable, out);
  },
  opening: (table, out) => writeComment(table.comment, `table "${table.name}"`, out),
  options: writeOptions,
};

const standard = standardDefinitions(parts);

const definitions: Definitions = {
  ...standard,
  createTable: (node, open) => {
    checkIdentity(node.table);
    return standard.createTable(node, open);
  },
  dropTable(node, open) {
    if (node.cascade) lacks(open(), "DROP TABLE … CASCADE");
    // Dropping deletes the rows first, which checks foreign keys that point at them. Those of a table that is dropped next
    // can wait for the end of the transaction. https://sqlite.org/foreignkeys.html#fk_schemacommands
    return [...(node.referred ? ["pragma defer_foreign_keys = on"] : []), ...standard.dropTable(node, open)];
  },
  addColumn(node, open) {
    if (node.column.computed?.stored) refuseAlter(`add the stored column "${node.column.name}"`, node.table);
    if (node.column.identity) refuseAlter(`add the key column "${node.column.name}"`, node.table);
    return standard.addColumn(node, open);
  },
  alterColumn: (node) => refuseAlter(`alter column "${node.from.name}"`, node.table),
  addPrimaryKey: (node) => refuseAlter("add a primary key", node.table),
  addForeignKey: (node) => refuseAlter("add a foreign key", node.table),
  addUnique: (node) => refuseAlter("add a unique constraint", node.table, "A unique index can be added at any time."),
  addCheck: (node) => refuseAlter("add a check", node.table),
  dropConstraint: (node) => refuseAlter(`drop the ${node.of} "${node.name}"`, node.table),
  createIndex: (node, open) =>
    oneText(open, (out) => {
      if (node.concurrently) lacks(out, "CREATE INDEX CONCURRENTLY");
      out.add(node.index.unique ? "create unique index " : "create index ");
      if (node.ifNotExists) out.add("if not exists ");
      // The schema stands before the index, and the table is looked for there.
      writeTableName({ schema: node.schema, table: nameOf(node.index, `an index of "${node.table}"`) }, out);
      out.add(" on ");
      out.name(node.table);
      writeIndexBody(node.index, out);
    }),
  createView: (node, open) =>
    node.orReplace
      ? [
          ...definitions.dropView({ ...node.view, kind: "dropView", ifExists: true }, open),
          ...standard.createView({ ...node, orReplace: false }, open),
        ]
      : standard.createView(node, open),
};

export const define: Dialect["define"] = defineWith(definitions);

function refuseAlter(what: string, table: string, hint?: string): never {
  throw new CompileError(
    `SQLite cannot ${what} of "${table}"`,
    hint ?? "A migration copies the table into one of the new shape instead: see athanor/migrate.",
  );
}

/** The column that is the row's own number: the only one of the key, and an integer. */
export function rowNumber(table: TableNode): TableColumnNode | undefined {
  const [name, ...more] = table.primaryKey?.columns ?? [];
  const column = table.columns.find((column) => column.name === name);
  if (column === undefined || more.length > 0 || table.options.withoutRowid === true || !isInteger(column.type)) return;
  return column.identity || table.foreignKeys.some(({ columns }) => columns.includes(column.name)) ? column : undefined;
}

function isInteger(type: SqlType): boolean {
  return type.kind === "integer" || type.kind === "bigint";
}

function checkIdentity(table: TableNode): void {
  for (const { name, identity } of table.columns) {
    if (identity === undefined) continue;
    if (rowNumber(table)?.name !== name) {
      throw new CompileError(
        `SQLite cannot number column "${name}" of "${table.name}"`,
        "It numbers an integer that is the whole primary key, and nothing else.",
      );
    }
    if (identity.start !== undefined || identity.increment !== undefined) {
      throw new CompileError(
        `SQLite numbers "${name}" of "${table.name}" from 1 in steps of 1`,
        "Leave start and increment out.",
      );
    }
  }
}

function writeColumn(column: TableColumnNode, table: TableNode | undefined, out: TextBuffer): void {
  out.name(column.name);
  if (table && rowNumber(table) === column) {
    // Only the type name INTEGER makes a key the row's number.
    out.add(table.options.autoincrement === true ? " integer primary key autoincrement" : " integer primary key");
  } else {
    out.add(` ${typeName(column, table, out)}`);
    writeCollation(column, out);
    writeComputed(column, out);
    if (!column.nullable) out.add(" not null");
    writeDefault(column, out);
  }
  writeComment(column.comment, `column "${column.name}"`, out);
}

function typeName(column: TableColumnNode, table: TableNode | undefined, out: TextBuffer): string {
  const name = table?.options.strict === true ? strictTypeName(column.type) : out.dialect.typeName(column.type);
  // An integer that is the key without being numbered must not become the row's number.
  const isKey = table?.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  return isKey && name === "integer" ? "int" : name;
}

/** The one of the five types of a STRICT table (https://sqlite.org/stricttables.html) that the values are stored as. */
export function strictTypeName(type: SqlType): "integer" | "real" | "text" | "blob" | "any" {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "boolean":
      return "integer";
    case "float":
      return "real";
    case "decimal":
      return isNumeric(type) ? "real" : "text";
    case "bytes":
      return "blob";
    case "custom":
      return type.sql.toLowerCase() === "any" ? "any" : strictTypeName(type.base);
    default:
      return "text";
  }
}

function writeOptions(table: TableNode, out: TextBuffer): void {
  const options: string[] = [];
  for (const [option, value] of Object.entries(table.options)) {
    if (option === "strict") options.push(...(value === true ? ["strict"] : []));
    else if (option === "withoutRowid") options.push(...(value === true ? ["without rowid"] : []));
    else if (option !== "autoincrement") lacks(out, `the table option "${option}"`);
    else if (value === true && rowNumber(table) === undefined)
      lacks(out, `AUTOINCREMENT without an integer key: "${table.name}"`);
  }
  if (options.length > 0) out.add(` ${options.join(", ")}`);
}

/** @throws {CompileError} if the text would end the comment it is to stand in */
function writeComment(comment: string | undefined, what: string, out: TextBuffer): void {
  if (comment === undefined) return;
  if (comment.includes("*/") || comment.includes("\0")) {
    throw new CompileError(
      `the comment on ${what} cannot be kept by SQLite`,
      "It may not contain */ or a NUL character.",
    );
  }
  out.add(` /* ${comment} */`);
}
