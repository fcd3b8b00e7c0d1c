// Changes of schema as standard SQL writes them: one writer for each kind. A dialect takes the table and lays its own
// writers over it, see `definitions`.
import { CompileError } from "../errors/usage-errors.ts";
import type { IndexNode, SchemaNode } from "../tree/schema-node.ts";
import {
  lacks,
  standardParts,
  type TableParts,
  writeCreateTable,
  writeIndexItem,
  writeNames,
  writeSql,
  writeTableName,
} from "./define-table.ts";
import type { Dialect } from "./dialect.ts";
import type { TextBuffer } from "./text-buffer.ts";

type Open = () => TextBuffer;

/** One writer for each kind of change. Each gives the texts to run, in order. */
export type Definitions = {
  readonly [K in SchemaNode["kind"]]: (node: Extract<SchemaNode, { kind: K }>, open: Open) => readonly string[];
};

/** A dialect's `define`, made of its writers. */
export function defineWith(definitions: Definitions): Dialect["define"] {
  // The compiler cannot see that the writer belongs to the node's kind.
  return (node, open) => (definitions[node.kind] as (node: SchemaNode, open: Open) => readonly string[])(node, open);
}

/** The text that `write` writes, as the only statement. */
export function oneText(open: Open, write: (out: TextBuffer) => void): readonly string[] {
  const out = open();
  write(out);
  return [out.text];
}

/** The writers of standard SQL, with the parts of a table written the database's way. */
export function standardDefinitions(parts: TableParts = standardParts): Definitions {
  return {
    createTable: (node, open) => oneText(open, (out) => writeCreateTable(node.table, node, parts, out)),
    dropTable: (node, open) =>
      oneText(open, (out) => {
        out.add(node.ifExists ? "drop table if exists " : "drop table ");
        writeTableName(node, out);
        if (node.cascade) out.add(" cascade");
      }),
    renameTable: (node, open) =>
      alterTable(node, open, (out) => {
        out.add("rename to ");
        out.name(node.to);
      }),

    addColumn: (node, open) =>
      alterTable(node, open, (out) => {
        out.add("add column ");
        parts.column(node.column, undefined, out);
      }),
    dropColumn: (node, open) =>
      alterTable(node, open, (out) => {
        out.add("drop column ");
        out.name(node.column);
      }),
    renameColumn: (node, open) =>
      alterTable(node, open, (out) => {
        out.add("rename column ");
        out.name(node.column);
        out.add(" to ");
        out.name(node.to);
      }),
    alterColumn: (node, open) => lacks(open(), `ALTER COLUMN: column "${node.from.name}" of "${node.table}"`),

    addPrimaryKey: (node, open) => addConstraint(node, open, (out) => parts.primaryKey(node.primaryKey, out)),
    addForeignKey: (node, open) =>
      addConstraint(node, open, (out) => {
        parts.foreignKey(node.foreignKey, out);
        if (node.notValid) lacks(out, "NOT VALID");
      }),
    addUnique: (node, open) => addConstraint(node, open, (out) => parts.unique(node.unique, out)),
    addCheck: (node, open) =>
      addConstraint(node, open, (out) => {
        parts.check(node.check, out);
        if (node.notValid) lacks(out, "NOT VALID");
      }),
    addExclusion: (node, open) => addConstraint(node, open, (out) => parts.exclusion(node.exclusion, out)),
    validateConstraint: (_node, open) => lacks(open(), "VALIDATE CONSTRAINT"),
    dropConstraint: (node, open) =>
      alterTable(node, open, (out) => {
        out.add("drop constraint ");
        out.name(node.name);
      }),

    createIndex: (node, open) =>
      oneText(open, (out) => {
        if (node.concurrently) lacks(out, "CREATE INDEX CONCURRENTLY");
        out.add(node.index.unique ? "create unique index " : "create index ");
        if (node.ifNotExists) out.add("if not exists ");
        out.name(nameOf(node.index, `an index of "${node.table}"`));
        out.add(" on ");
        writeTableName(node, out);
        writeIndexBody(node.index, out);
      }),
    dropIndex: (node, open) =>
      oneText(open, (out) => {
        if (node.concurrently) lacks(out, "DROP INDEX CONCURRENTLY");
        out.add(node.ifExists ? "drop index if exists " : "drop index ");
        writeTableName({ schema: node.schema, table: node.name }, out);
      }),

    alterOptions: (node, open) => lacks(open(), `other options for a table that is there: "${node.table}"`),
    commentTable: (_node, open) => lacks(open(), "comments on tables"),
    commentColumn: (_node, open) => lacks(open(), "comments on columns"),

    createView: (node, open) =>
      oneText(open, (out) => {
        const { view } = node;
        if (view.materialized) out.require("MATERIALIZED VIEWS");
        out.add(node.orReplace ? "create or replace view " : "create view ");
        if (node.ifNotExists) out.add("if not exists ");
        writeTableName({ schema: view.schema, table: view.name }, out);
        writeViewBody(view, out);
      }),
    dropView: (node, open) =>
      oneText(open, (out) => {
        if (node.materialized) out.require("MATERIALIZED VIEWS");
        out.add(node.ifExists ? "drop view if exists " : "drop view ");
        writeTableName({ schema: node.schema, table: node.name }, out);
      }),

    createSequence: (node, open) =>
      oneText(open, (out) => {
        out.require("SEQUENCES");
        const { sequence } = node;
        out.add(node.ifNotExists ? "create sequence if not exists " : "create sequence ");
        writeTableName({ schema: sequence.schema, table: sequence.name }, out);
        if (sequence.start !== undefined) out.add(` start with ${sequence.start}`);
        if (sequence.increment !== undefined) out.add(` increment by ${sequence.increment}`);
        if (sequence.min !== undefined) out.add(` minvalue ${sequence.min}`);
        if (sequence.max !== undefined) out.add(` maxvalue ${sequence.max}`);
        if (sequence.cache !== undefined) out.add(` cache ${sequence.cache}`);
        if (sequence.cycle) out.add(" cycle");
      }),
    dropSequence: (node, open) =>
      oneText(open, (out) => {
        out.require("SEQUENCES");
        out.add(node.ifExists ? "drop sequence if exists " : "drop sequence ");
        writeTableName({ schema: node.schema, table: node.name }, out);
      }),

    createType: (node, open) => lacks(open(), `types of their own: "${node.type.name}"`),
    dropType: (node, open) => lacks(open(), `types of their own: "${node.name}"`),
    renameType: (node, open) => lacks(open(), `types of their own: "${node.name}"`),
    alterDomain: (node, open) => lacks(open(), `domains: "${node.name}"`),
    addEnumValue: (node, open) => lacks(open(), `types of their own: "${node.name}"`),

    createSchema: (node, open) =>
      oneText(open, (out) => {
        out.require("SCHEMAS");
        out.add(node.ifNotExists ? "create schema if not exists " : "create schema ");
        out.name(node.name);
      }),
    dropSchema: (node, open) =>
      oneText(open, (out) => {
        out.require("SCHEMAS");
        out.add(node.ifExists ? "drop schema if exists " : "drop schema ");
        out.name(node.name);
        if (node.cascade) out.add(" cascade");
      }),
  };
}

/** ALTER TABLE with one change. */
export function alterTable(
  table: { readonly schema?: string | undefined; readonly table: string },
  open: Open,
  write: (out: TextBuffer) => void,
): readonly string[] {
  return oneText(open, (out) => {
    out.add("alter table ");
    writeTableName(table, out);
    out.add(" ");
    write(out);
  });
}

/** ALTER TABLE that adds a constraint. */
export function addConstraint(
  table: { readonly schema?: string | undefined; readonly table: string },
  open: Open,
  write: (out: TextBuffer) => void,
): readonly string[] {
  return alterTable(table, open, (out) => {
    out.add("add ");
    write(out);
  });
}

/** What an index is over, from the opening parenthesis on. */
export function writeIndexBody(index: IndexNode, out: TextBuffer): void {
  if (index.method !== undefined) lacks(out, `the index method "${index.method}"`);
  if (index.include !== undefined) lacks(out, "INCLUDE on an index");
  if (index.nullsNotDistinct) lacks(out, "NULLS NOT DISTINCT");
  if (index.options !== undefined) lacks(out, "options of an index");
  out.add(" (");
  out.list(index.items, (item) => writeIndexItem(item, out));
  out.add(")");
  if (index.where) {
    out.add(" where ");
    writeSql(index.where, out);
  }
}

/** From the names of a view's columns on. They are given, since the labels of its query are the compiler's own. */
export function writeViewBody(view: Extract<SchemaNode, { kind: "createView" }>["view"], out: TextBuffer): void {
  if (view.columns.length > 0) {
    out.add(" ");
    writeNames(
      view.columns.map(({ name }) => name),
      out,
    );
  }
  out.add(" as\n");
  if (view.query.kind === "sqlText") out.add(view.query.text);
  else out.query(view.query);
}

/** @throws {CompileError} if it has no name by now, see core/schema/naming.ts */
export function nameOf(named: { readonly name: string | undefined }, what: string): string {
  if (named.name !== undefined) return named.name;
  throw new CompileError(`${what} has no name`, "Give it one, or let create() name it.");
}
