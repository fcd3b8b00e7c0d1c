// Changes of schema as MySQL and MariaDB write them: keys that number themselves, comments inside the definitions, MODIFY
// for whatever changes of a column, and tables whose text compares code points, as it does on the other databases.
import {
  addConstraint,
  alterTable,
  CompileError,
  type Definitions,
  type Dialect,
  defineWith,
  type ForeignKeyNode,
  type IndexItem,
  type IndexNode,
  lacks,
  nameOf,
  oneText,
  type SchemaNode,
  type SqlType,
  standardDefinitions,
  standardParts,
  stringLiteral,
  type TableColumnNode,
  type TableNode,
  type TableParts,
  type TextBuffer,
  writeDefaultValue,
  writeNames,
  writeSql,
  writeTableName,
} from "../../core/dialect/index.ts";
import { collations } from "./session.ts";

/** `define` of one of the two, which have different collations, and of which only MariaDB knows IF NOT EXISTS everywhere. */
export function defineFor(flavour: "mysql" | "mariadb"): Dialect["define"] {
  const parts: TableParts = {
    ...standardParts,
    column: writeColumn,
    // The key is always called PRIMARY.
    primaryKey(key, out) {
      if (key.include !== undefined) lacks(out, "INCLUDE on a primary key");
      out.add("primary key ");
      writeNames(key.columns, out);
    },
    foreignKey(key, out) {
      if (key.deferrable !== undefined) lacks(out, "deferrable constraints");
      standardParts.foreignKey(key, out);
    },
    unique(unique, out) {
      if (unique.deferrable !== undefined) lacks(out, "deferrable constraints");
      standardParts.unique(unique, out);
    },
    opening: () => {},
    options: (table, out) => writeOptions(table, collations[flavour], out),
  };
  const standard = standardDefinitions(parts);
  const modify = (
    place: { readonly schema?: string | undefined; readonly table: string },
    column: TableColumnNode,
    open: () => TextBuffer,
  ): readonly string[] =>
    alterTable(place, open, (out) => {
      out.add("modify column ");
      writeColumn(column, undefined, out);
    });

  const definitions: Definitions = {
    ...standard,
    createTable(node, open) {
      for (const key of node.table.foreignKeys) checkTarget(node.table.schema, node.table.name, key);
      return standard.createTable(node, open);
    },
    addForeignKey(node, open) {
      checkTarget(node.schema, node.table, node.foreignKey);
      return standard.addForeignKey(node, open);
    },
    dropTable(node, open) {
      if (node.cascade) lacks(open(), "DROP TABLE … CASCADE");
      return standard.dropTable(node, open);
    },
    // Without its schema the new name would be one of the session's database.
    renameTable: (node, open) =>
      alterTable(node, open, (out) => {
        out.add("rename to ");
        writeTableName({ schema: node.schema, table: node.to }, out);
      }),
    alterColumn(node, open) {
      const { from, to, table } = node;
      if (node.using !== undefined) lacks(open(), "USING when a column changes its type");
      if (from.name !== to.name) {
        throw new CompileError(`column "${from.name}" of "${table}" is to be called "${to.name}"`, "Rename it first.");
      }
      return modify(node, to, open);
    },
    dropConstraint: (node, open) =>
      alterTable(node, open, (out) => {
        if (node.of === "primary key") return out.add("drop primary key");
        if (node.of === "exclusion") return lacks(out, "exclusion constraints");
        out.add({ "foreign key": "drop foreign key ", unique: "drop index ", check: "drop constraint " }[node.of]);
        out.name(node.name);
      }),
    addUnique: (node, open) => addConstraint(node, open, (out) => parts.unique(node.unique, out)),
    createIndex: (node, open) => createIndex(node, flavour, open),
    dropIndex: (node, open) =>
      oneText(open, (out) => {
        if (node.concurrently) lacks(out, "DROP INDEX CONCURRENTLY");
        if (node.ifExists && flavour === "mysql") lacks(out, "DROP INDEX IF EXISTS");
        out.add(node.ifExists ? "drop index if exists " : "drop index ");
        out.name(node.name);
        out.add(" on ");
        writeTableName(node, out);
      }),
    alterOptions: (node, open) => alterOptions(node, collations[flavour], open),
    commentTable: (node, open) =>
      alterTable(node, open, (out) => writeComment(node.comment ?? "", `table "${node.table}"`, out)),
    commentColumn: (node, open) => modify(node, node.column, open),
    // MySQL has no IF NOT EXISTS here. What exists makes it fail, as it should where nobody looked.
    createView: (node, open) => standard.createView(flavour === "mysql" ? { ...node, ifNotExists: false } : node, open),
  };
  return defineWith(definitions);
}

/** A table without its schema is looked for in that of the table that refers to it. */
function checkTarget(schema: string | undefined, table: string, { target }: ForeignKeyNode): void {
  if (schema === undefined || target.schema !== undefined) return;
  throw new CompileError(
    `"${table}" of schema "${schema}" refers to "${target.table}", which says no schema`,
    "Declare the schema of both: MySQL and MariaDB would look for it in the same one.",
  );
}

function writeColumn(column: TableColumnNode, _table: TableNode | undefined, out: TextBuffer): void {
  out.name(column.name);
  out.add(` ${out.dialect.typeName(column.type)}`);
  if (column.collation !== undefined) out.add(` collate ${word(column.collation, "a collation")}`);
  if (column.computed !== undefined) {
    out.add(" generated always as (");
    writeSql(column.computed.expression, out);
    out.add(column.computed.stored ? ") stored" : ") virtual");
  }
  // MariaDB takes no NOT NULL on a computed column, whose expression decides.
  if (!column.nullable && column.computed === undefined) out.add(" not null");
  // A TIMESTAMP that says nothing would not be nullable, and would change by itself.
  else if (column.nullable && column.type.kind === "custom" && column.computed === undefined) out.add(" null");
  if (column.identity !== undefined) {
    if (column.identity.start !== undefined || column.identity.increment !== undefined) {
      lacks(out, `start and increment of a single column: "${column.name}"`);
    }
    out.add(" auto_increment");
  }
  if (column.default !== undefined) {
    out.add(" default ");
    writeColumnDefault(column.default, column.type, out);
  }
  if (column.onUpdate !== undefined) {
    out.add(" on update ");
    writeSql(column.onUpdate, out);
  }
  if (column.comment !== undefined) writeComment(column.comment, `column "${column.name}"`, out);
}

/** Comments are kept in three bytes a character, whatever the character set of the table. */
function writeComment(comment: string, what: string, out: TextBuffer): void {
  if (/[\u{10000}-\u{10ffff}]/u.test(comment)) {
    throw new CompileError(
      `the comment on ${what} has a character past U+FFFF in it, which MySQL and MariaDB cannot keep there`,
      "Leave out emoji and the like.",
    );
  }
  out.add(` comment ${stringLiteral(comment)}`);
}

/** https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html: what is kept aside has no literals, but expressions. */
function writeColumnDefault(value: NonNullable<TableColumnNode["default"]>, type: SqlType, out: TextBuffer): void {
  const keptAside =
    type.kind === "text" || type.kind === "json" || (type.kind === "varchar" && type.length === undefined);
  if (value.kind !== "value") return writeDefaultValue(value, out);
  const before = out.text;
  out.assigned(value);
  const literal = out.text.slice(before.length);
  // Some values have no literal that the servers would tell of, and are written as a call.
  if (keptAside || literal.endsWith(")")) out.text = `${before}(${literal})`;
}

/** `engine`, `charset` and `collate`; every other option is written as it is called, e.g. `{ row_format: "compressed" }`. */
function writeOptions(table: TableNode, collation: string, out: TextBuffer): void {
  const { engine, charset, collate, ...others } = table.options;
  if (engine !== undefined) out.add(` engine = ${word(engine, "an engine")}`);
  const collates = collate ?? (charset === undefined ? collation : undefined);
  const set = charset ?? String(collates).split("_")[0];
  out.add(` default charset ${word(set, "a character set")}`);
  if (collates !== undefined) out.add(` collate ${word(collates, "a collation")}`);
  for (const [option, value] of Object.entries(others)) {
    out.add(` ${word(option, "a table option")} = `);
    out.add(typeof value === "string" && !/^\w+$/.test(value) ? stringLiteral(value) : String(value));
  }
  if (table.comment !== undefined) writeComment(table.comment, `table "${table.name}"`, out);
}

/** What is no longer said becomes what it is where nobody says anything. Columns keep their collations. */
function alterOptions(
  node: Extract<SchemaNode, { kind: "alterOptions" }>,
  collation: string,
  open: () => TextBuffer,
): readonly string[] {
  const { engine, charset: _, collate, ...others } = node.to;
  return alterTable(node, open, (out) => {
    const parts: string[] = [];
    if (engine !== node.from.engine) parts.push(`engine = ${word(engine ?? "InnoDB", "an engine")}`);
    if (collate !== node.from.collate) {
      const name = word(collate ?? collation, "a collation");
      parts.push(`default charset ${name.split("_")[0]} collate ${name}`);
    }
    for (const option of new Set([...Object.keys(node.from), ...Object.keys(others)])) {
      const value = others[option];
      if (["engine", "charset", "collate"].includes(option) || value === node.from[option]) continue;
      const unsaid = option === "key_block_size" ? 0 : "default";
      const text = typeof value === "string" && !/^\w+$/.test(value) ? stringLiteral(value) : String(value ?? unsaid);
      parts.push(`${word(option, "a table option")} = ${text}`);
    }
    out.add(parts.join(", "));
  });
}

/** A word that stands in the text unquoted. */
function word(text: unknown, what: string): string {
  if (typeof text === "string" && /^\w+$/.test(text)) return text;
  throw new CompileError(
    `${JSON.stringify(text)} is not the name of ${what}`,
    "Names have letters, digits and underscores.",
  );
}

// --- indexes ---

const kinds = new Set(["fulltext", "spatial"]);

function createIndex(
  node: Extract<SchemaNode, { kind: "createIndex" }>,
  flavour: "mysql" | "mariadb",
  open: () => TextBuffer,
): readonly string[] {
  const { index } = node;
  return oneText(open, (out) => {
    refuseOptions(index, node.concurrently === true, out);
    const method = index.method?.toLowerCase();
    const isKind = method !== undefined && kinds.has(method);
    out.add(`create ${index.unique ? "unique " : ""}${isKind ? `${method} ` : ""}index `);
    // MySQL has no IF NOT EXISTS here. What exists makes it fail, as it should where nobody looked.
    if (node.ifNotExists && flavour === "mariadb") out.add("if not exists ");
    out.name(nameOf(index, `an index of "${node.table}"`));
    if (method !== undefined && !isKind) out.add(` using ${word(method, "an index method")}`);
    out.add(" on ");
    writeTableName(node, out);
    out.add(" (");
    out.list(index.items, (item) => writeIndexItem(item, flavour, out));
    out.add(")");
    const { parser } = index.options ?? {};
    if (parser !== undefined) out.add(` with parser ${word(parser, "a parser")}`);
  });
}

function refuseOptions(index: IndexNode, concurrently: boolean, out: TextBuffer): void {
  if (concurrently) lacks(out, "CREATE INDEX CONCURRENTLY");
  if (index.where !== undefined) lacks(out, "indexes over a part of the rows");
  if (index.include !== undefined) lacks(out, "INCLUDE on an index");
  if (index.nullsNotDistinct) lacks(out, "NULLS NOT DISTINCT");
  for (const option of Object.keys(index.options ?? {})) {
    if (option !== "parser") lacks(out, `the index option "${option}"`);
  }
}

function writeIndexItem(item: IndexItem, flavour: "mysql" | "mariadb", out: TextBuffer): void {
  if (item.of.kind === "name") out.name(item.of.name);
  else {
    if (flavour === "mariadb") {
      throw new CompileError(
        "MariaDB has no indexes over expressions",
        "Index a column that is computed with generatedAs(…) instead.",
      );
    }
    out.add("(");
    writeSql(item.of, out);
    out.add(")");
  }
  if (item.length !== undefined) out.add(`(${item.length})`);
  if (item.collation !== undefined) lacks(out, "a collation of an index's own");
  if (item.operatorClass !== undefined) lacks(out, "operator classes");
  if (item.nulls !== undefined) lacks(out, "NULLS FIRST and NULLS LAST in an index");
  if (item.direction === "desc") out.add(" desc");
}
