// What a SQLite database tells of itself. Two statements a schema, however many tables: one for the CREATE statements that
// SQLite keeps, which say everything of tables and indexes, and one for the columns of views.
import type {
  Connection,
  ForeignKeyNode,
  IndexItem,
  IndexNode,
  InspectOptions,
  Reflected,
  Row,
  TableColumnNode,
  TableNode,
  ViewNode,
} from "../../core/dialect/index.ts";
import {
  type ColumnClause,
  type CreateTable,
  type IndexItemClause,
  readCreateIndex,
  readCreateTable,
  readCreateView,
} from "./create-statement.ts";
import { declaredType } from "./declared-type.ts";
import { rowNumber } from "./define.ts";
import { lowerCase } from "./tokens.ts";

export async function inspect(connection: Connection, options: InspectOptions): Promise<Reflected> {
  const tables: TableNode[] = [];
  const views: ViewNode[] = [];
  for (const schema of options.schemas ?? ["main"]) {
    const found = await inspectSchema(connection, schema);
    tables.push(...found.tables);
    views.push(...found.views);
  }
  const wanted = ({ name }: { readonly name: string }): boolean => options.only?.includes(name) ?? true;
  return { tables: tables.filter(wanted).sort(byName), others: views.filter(wanted).sort(byName) };
}

interface Found {
  readonly tables: readonly TableNode[];
  readonly views: readonly ViewNode[];
}

async function inspectSchema(connection: Connection, schema: string): Promise<Found> {
  const statements = (await rows(connection, createStatements(schema))).map(([kind, name, table, sql]) => ({
    kind,
    name: String(name),
    table: String(table),
    sql: String(sql),
  }));
  const of = (kind: string) => statements.filter((statement) => statement.kind === kind);
  // What is not the default schema says so, in tables as in declarations.
  const place = schema === "main" ? undefined : schema;
  const parsed = new Map(
    of("table").map(({ name, sql }) => [lowerCase(name), { name, clauses: readCreateTable(sql) }]),
  );
  const indexes = Map.groupBy(of("index"), ({ table }) => lowerCase(table));
  const views = of("view");
  const columns = views.length > 0 ? await rows(connection, viewColumns(schema)) : [];
  return {
    tables: [...parsed.values()].map(({ name, clauses }) => {
      const table = tableNode(name, place, clauses, (target) => parsed.get(lowerCase(target)));
      return {
        ...table,
        indexes: (indexes.get(lowerCase(name)) ?? []).map(({ name, sql }) => indexNode(name, sql, table)),
      };
    }),
    views: views.map(({ name, sql }) => viewNode(name, place, sql, columns)),
  };
}

// Virtual tables, and the shadow tables they keep their data in, are none that a schema can declare.
const createStatements = (schema: string): string => `
  with kinds as materialized (select name, type from pragma_table_list where schema = ${literal(schema)})
  select s.type, s.name, s.tbl_name, s.sql
  from ${quote(schema)}.sqlite_schema s left join kinds k on k.name = s.tbl_name
  where s.sql is not null and s.type <> 'trigger' and coalesce(k.type, 'table') in ('table', 'view')
    and s.name not like 'sqlite!_%' escape '!'
  order by s.rowid`;

const viewColumns = (schema: string): string => `
  select v.name, c.name, c.type
  from ${quote(schema)}.sqlite_schema v, pragma_table_info(v.name, ${literal(schema)}) c
  where v.type = 'view'
  order by v.rowid, c.cid`;

async function rows(connection: Connection, text: string): Promise<readonly Row[]> {
  return (await connection.query({ text, parameters: [], rows: true })).rows;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

type Lookup = (table: string) => { readonly name: string; readonly clauses: CreateTable } | undefined;

function tableNode(name: string, schema: string | undefined, clauses: CreateTable, lookup: Lookup): TableNode {
  const spelled = (columns: readonly string[], of: CreateTable = clauses) =>
    columns.map((column) => spelling(column, of));
  const primaryKey = clauses.primaryKey && { name: undefined, columns: spelled(clauses.primaryKey.columns) };
  const keyColumns = new Set(primaryKey?.columns);
  const table: TableNode = {
    kind: "table",
    name,
    schema,
    columns: clauses.columns.map((column) => columnNode(column, keyColumns.has(column.name))),
    primaryKey,
    foreignKeys: clauses.foreignKeys.map((key): ForeignKeyNode => {
      const target = lookup(key.table);
      // Without columns a foreign key refers to the primary key.
      const columns = key.targets.length > 0 ? key.targets : (target?.clauses.primaryKey?.columns ?? []);
      return {
        name: key.name,
        columns: spelled(key.columns),
        target: {
          schema,
          table: target?.name ?? key.table,
          columns: target ? spelled(columns, target.clauses) : columns,
        },
        onDelete: key.onDelete,
        onUpdate: key.onUpdate,
        deferrable: key.deferrable,
      };
    }),
    uniques: clauses.uniques.map((unique) => ({ name: unique.name, columns: spelled(unique.columns) })),
    checks: clauses.checks.map((check) => ({ name: check.name, expression: { kind: "sqlText", text: check.text } })),
    indexes: [],
    exclusions: [],
    comment: clauses.comment,
    options: {
      ...(clauses.strict ? { strict: true } : {}),
      ...(clauses.withoutRowid ? { withoutRowid: true } : {}),
      ...(clauses.autoincrement ? { autoincrement: true } : {}),
    },
  };
  return numbered(table, clauses);
}

function columnNode(column: ColumnClause, isKey: boolean): TableColumnNode {
  return {
    key: column.name,
    name: column.name,
    type: declaredType(column.type),
    // A key may hold null in SQLite where nobody said NOT NULL: by an old mistake, as its manual says. It is not meant.
    nullable: !column.notNull && !isKey,
    default: column.default === undefined ? undefined : { kind: "sqlText", text: defaultText(column.default) },
    computed: column.computed && {
      expression: { kind: "sqlText", text: column.computed.text },
      stored: column.computed.stored,
    },
    collation: column.collation,
    comment: column.comment,
  };
}

/** A default has no column to read, so a name in double quotes is a string there, which SQLite may be built to refuse. */
function defaultText(text: string): string {
  const name = /^"((?:[^"]|"")*)"$/s.exec(text)?.[1];
  return name === undefined ? text : literal(name.replaceAll('""', '"'));
}

/** The table with its key numbered by the database, if it is the row's own number and refers to nothing. */
function numbered(table: TableNode, clauses: CreateTable): TableNode {
  const [key] = table.primaryKey?.columns ?? [];
  const isInteger = clauses.columns.some(({ name, type }) => name === key && lowerCase(type) === "integer");
  const refers = table.foreignKeys.some(({ columns }) => columns.includes(key ?? ""));
  if (!isInteger || (refers && !clauses.autoincrement)) return table;
  const columns = table.columns.map((column) =>
    column.name === key ? { ...column, identity: { always: false } } : column,
  );
  return rowNumber({ ...table, columns }) ? { ...table, columns } : table;
}

/** A column's name as its table spells it; SQLite does not tell upper and lower case apart. */
function spelling(column: string, table: CreateTable): string {
  return table.columns.find(({ name }) => lowerCase(name) === lowerCase(column))?.name ?? column;
}

function indexNode(name: string, sql: string, table: TableNode): IndexNode {
  const { unique, items, where } = readCreateIndex(sql);
  return {
    name,
    unique,
    items: items.map(
      (item): IndexItem => ({ of: indexed(item, table), direction: item.direction, collation: item.collation }),
    ),
    where: where === undefined ? undefined : { kind: "sqlText", text: where },
  };
}

/** A column, or an expression; a name that is no column is one too, since SQLite takes `"text"` for a string then. */
function indexed(item: IndexItemClause, table: TableNode): IndexItem["of"] {
  const column = table.columns.find(({ name }) => item.isName && lowerCase(name) === lowerCase(item.text));
  return column
    ? { kind: "name", name: column.name }
    : { kind: "sqlText", text: item.isName ? quote(item.text) : item.text };
}

function viewNode(name: string, schema: string | undefined, sql: string, columns: readonly Row[]): ViewNode {
  return {
    kind: "view",
    name,
    schema,
    materialized: false,
    query: { kind: "sqlText", text: readCreateView(sql).query },
    columns: columns
      .filter(([view]) => view === name)
      .map(([, column, type]) => ({
        key: String(column),
        name: String(column),
        type: declaredType(String(type)),
        // Whether an expression can be null is not known.
        nullable: true,
      })),
  };
}
