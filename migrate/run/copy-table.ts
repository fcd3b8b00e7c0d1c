// SQLite alters little of a table. What it cannot, is done as https://sqlite.org/lang_altertable.html#otheralter says: a table
// of the new shape is made, the rows are copied, the old table goes and the new one takes its name. While that goes on foreign
// keys are not enforced, since dropping a table would delete what refers to its rows. Nothing may be lost on the way: the rows
// of the table and of all that refers to it are counted before and after, and every foreign key is checked at the end.
import {
  type Dialect,
  define,
  integer,
  type Queries,
  type SchemaNode,
  sql,
  type TableColumnNode,
  type TableNode,
  text,
} from "../../core/index.ts";
import { MigrationError } from "../errors.ts";
import { changed, isAt, type TableChange } from "../operation/apply.ts";
import { unlimited } from "./carry-out.ts";

/** Whether SQLite needs a copy of the table for this change. */
export function needsCopy(node: SchemaNode): node is TableChange {
  switch (node.kind) {
    case "alterColumn":
    case "dropColumn":
    case "addPrimaryKey":
    case "addForeignKey":
    case "addUnique":
    case "addCheck":
    case "dropConstraint":
    case "alterOptions":
    case "commentTable":
    case "commentColumn":
      return true;
    case "addColumn":
      return !canBeAdded(node.column);
    default:
      return false;
  }
}

/** ALTER TABLE ADD COLUMN takes neither what would have to be worked out for each row, nor NOT NULL without a default. */
function canBeAdded({ nullable, default: value, computed, identity }: TableColumnNode): boolean {
  if (identity !== undefined || computed !== undefined) return false;
  return value === undefined ? nullable : isLiteral(value);
}

function isLiteral(value: NonNullable<TableColumnNode["default"]>): boolean {
  if (value.kind === "sqlText") return /^(-?\d+(\.\d+)?|'([^']|'')*')$/.test(value.text);
  return value.kind === "value" || value.kind === "constant";
}

/** The texts that copy a table into its new shape, from the first to the last. */
export function copyTexts(before: TableNode, changes: readonly TableChange[], dialect: Dialect): CopyTexts {
  const after = changes.reduce(changed, before);
  const temporary = `${before.name}__new`;
  const quote = (name: string) => dialect.quote(name);
  const place = (name: string) =>
    before.schema === undefined ? quote(name) : `${quote(before.schema)}.${quote(name)}`;
  const kept = after.columns.filter(
    ({ name, computed }) => computed === undefined && before.columns.some((column) => column.name === name),
  );
  const filled = after.columns.filter(
    (column) =>
      column.computed === undefined && !kept.includes(column) && column.default === undefined && !column.nullable,
  );
  const names = kept.map(({ name }) => quote(name)).join(", ");
  return {
    after,
    /** Columns without a value for the rows that are there. */
    filled: filled.map(({ name }) => name),
    begin: [
      ...define({ kind: "createTable", table: { ...after, name: temporary }, ifNotExists: false }, dialect),
      ...(kept.length === 0
        ? []
        : [`insert into ${place(temporary)} (${names}) select ${names} from ${place(before.name)}`]),
    ],
    // The key that was given last is remembered by the table's name.
    numbering:
      before.options.autoincrement && after.options.autoincrement
        ? [
            `delete from sqlite_sequence where name = ${literal(temporary)}`,
            `insert into sqlite_sequence (name, seq) select ${literal(temporary)}, seq from sqlite_sequence where name = ${literal(before.name)}`,
          ]
        : [],
    end: [
      `drop table ${place(before.name)}`,
      // Otherwise renaming would look at views and triggers, of which some speak of a table that is gone right now, and would
      // turn every reference to the old table into one to the new name.
      "pragma legacy_alter_table = on",
      `alter table ${place(temporary)} rename to ${quote(before.name)}`,
      "pragma legacy_alter_table = off",
      ...after.indexes.flatMap((index) =>
        define({ kind: "createIndex", schema: after.schema, table: after.name, index, ifNotExists: false }, dialect),
      ),
    ],
  };
}

export interface CopyTexts {
  readonly after: TableNode;
  readonly filled: readonly string[];
  readonly begin: readonly string[];
  readonly numbering: readonly string[];
  readonly end: readonly string[];
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Copies a table into its new shape, in a transaction in which foreign keys are not enforced.
 *
 * @throws {MigrationError} if a row would be lost, or what refers to the table no longer fits; the transaction is then to be
 * rolled back
 */
export async function copyTable(queries: Queries<any>, changes: readonly TableChange[]): Promise<void> {
  const [first] = changes;
  if (first === undefined) return;
  const { dialect } = queries;
  const { tables } = await queries.inspect(first.schema === undefined ? {} : { schemas: [first.schema] });
  const before = tableBefore(tables, first);
  const texts = copyTexts(before, changes, dialect);
  const watched = [before, ...referring(before, tables)];
  const counts = await countsOf(queries, watched);
  const rows = counts.get(before.name) ?? 0;
  if (texts.filled.length > 0 && rows > 0) {
    throw new MigrationError(
      `column "${texts.filled.join('", "')}" of "${before.name}" is NOT NULL and has no default, and ${rows} rows are there`,
      "Give it a default, or add it as nullable, fill it, and make it NOT NULL then.",
    );
  }
  const triggers = await triggersOf(queries, before);
  for (const text of [...texts.begin, ...texts.numbering, ...texts.end, ...triggers])
    await queries.execute(text, unlimited);
  await compareCounts(await countsOf(queries, watched), counts, before.name);
  await checkReaders(queries, before);
}

/** The tables that refer to this one, and those that refer to them. */
function referring(table: TableNode, tables: readonly TableNode[]): readonly TableNode[] {
  const found = new Set<TableNode>();
  const waiting = [table];
  for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
    const name = target.name.toLowerCase();
    for (const other of tables) {
      if (other.name === table.name || found.has(other)) continue;
      if (!other.foreignKeys.some((key) => key.target.table.toLowerCase() === name)) continue;
      found.add(other);
      waiting.push(other);
    }
  }
  return [...found];
}

async function countsOf(queries: Queries<any>, tables: readonly TableNode[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { schema, name } of tables) {
    const place =
      schema === undefined ? sql.id(name) : sql.raw(`${queries.dialect.quote(schema)}.${queries.dialect.quote(name)}`);
    const { n } = await queries.one(sql.statement({ n: integer() })`select count(*) as n from ${place}`);
    counts.set(name, n);
  }
  return counts;
}

async function compareCounts(
  after: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
  copied: string,
): Promise<void> {
  for (const [name, count] of before) {
    if (after.get(name) === count) continue;
    throw new MigrationError(
      `"${name}" had ${count} rows before "${copied}" was copied, and ${after.get(name)} after: everything is rolled back`,
      "Look for triggers that write when rows are copied.",
    );
  }
}

async function triggersOf(queries: Queries<any>, table: TableNode): Promise<readonly string[]> {
  const schema = sql.id(table.schema ?? "main");
  const rows = await queries.all(
    sql.statement({ sql: text() })`
      select sql from ${schema}.sqlite_schema where type = 'trigger' and tbl_name = ${table.name} collate nocase order by rowid`,
  );
  return rows.map((row) => row.sql);
}

/** Views and triggers that read the table must still be possible; SQLite looks only when they are used. */
async function checkReaders(queries: Queries<any>, table: TableNode): Promise<void> {
  const quote = (name: string) => queries.dialect.quote(name);
  const views = await queries.all(
    sql.statement({ name: text() })`select name from sqlite_schema where type = 'view' order by rowid`,
  );
  const place = table.schema === undefined ? quote(table.name) : `${quote(table.schema)}.${quote(table.name)}`;
  const uses = [
    ...views.map(({ name }) => [`view "${name}"`, `explain select * from ${quote(name)}`] as const),
    [`a trigger of "${table.name}"`, `explain delete from ${place}`] as const,
  ];
  for (const [what, use] of uses) {
    try {
      await queries.execute(use, unlimited);
    } catch (cause) {
      throw new MigrationError(
        `${what} no longer works once "${table.name}" is changed: ${cause instanceof Error ? cause.message : cause}`,
        "Drop it before, and create it again after the change.",
        cause,
      );
    }
  }
}

/** @throws {MigrationError} if a row refers to one that is not there */
export async function checkForeignKeys(queries: Queries<any>): Promise<void> {
  const broken = await queries.all(
    sql.statement({ table: text(), parent: text(), n: integer() })`
      select "table", parent, count(*) as n from pragma_foreign_key_check group by "table", parent`,
  );
  const [first] = broken;
  if (first === undefined) return;
  throw new MigrationError(
    `${first.n} rows of "${first.table}" refer to rows of "${first.parent}" that are not there: everything is rolled back`,
    "While tables are copied SQLite enforces no foreign keys and cascades nothing. Delete what refers to a row before the row itself, or do it in a revision of its own.",
  );
}

/** The table that a change is of, as it is before. */
export function tableBefore(tables: readonly TableNode[], change: TableChange): TableNode {
  const before = tables.find((table) => isAt(table, change));
  if (before !== undefined) return before;
  throw new MigrationError(`there is no table "${change.table}" to change`, "An earlier revision must create it.");
}
