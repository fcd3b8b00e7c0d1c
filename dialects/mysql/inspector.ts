// What a MySQL or MariaDB database tells of itself: six questions to information_schema for each database looked at, however
// many tables there are. Where the two answer differently, `flavour` says which it is.
import type {
  CheckNode,
  Connection,
  ForeignKeyNode,
  IndexNode,
  Inspector,
  PrimaryKeyNode,
  ReferentialAction,
  Reflected,
  Row,
  SequenceNode,
  SqlText,
  TableColumnNode,
  TableNode,
  ViewNode,
} from "../../core/dialect/index.ts";
import { isConstraint, uniqueNode } from "./kept.ts";
import { reflectedType } from "./reflected-type.ts";
import { collations } from "./session.ts";
import { standardText } from "./standard-text.ts";

type Flavour = "mysql" | "mariadb";

export function inspectorFor(flavour: Flavour): Inspector {
  return async (connection, { schemas, only }) => {
    // Prepared once, it would go on giving the database of that moment after USE.
    const own = { text: "select database() as current_database", parameters: [], rows: true, prepare: false };
    const current = String((await connection.query(own)).rows[0]?.[0]);
    const tables: TableNode[] = [];
    const others: (ViewNode | SequenceNode)[] = [];
    for (const database of schemas ?? [current]) {
      const found = await inspectDatabase(connection, database, current, flavour);
      tables.push(...found.tables);
      others.push(...(found.others as (ViewNode | SequenceNode)[]));
    }
    const wanted = ({ name }: { readonly name: string }): boolean => only?.includes(name) ?? true;
    return { tables: tables.filter(wanted).sort(byName), others: others.filter(wanted).sort(byKindAndName) };
  };
}

async function ask(connection: Connection, text: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
  return (await connection.query({ text, parameters, rows: true })).rows;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byKindAndName(a: ViewNode | SequenceNode, b: ViewNode | SequenceNode): number {
  return a.kind === b.kind ? byName(a, b) : a.kind < b.kind ? -1 : 1;
}

const tablesQuestion = `
  select TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT
  from information_schema.TABLES where TABLE_SCHEMA = ? order by TABLE_NAME`;

const columnsQuestion = `
  select TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, IS_NULLABLE, COLUMN_TYPE, COLLATION_NAME, EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION
  from information_schema.COLUMNS where TABLE_SCHEMA = ? order by TABLE_NAME, ORDINAL_POSITION`;

const indexesQuestion = (flavour: Flavour): string => `
  select TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, ${flavour === "mysql" ? "EXPRESSION" : "null"}
  from information_schema.STATISTICS where TABLE_SCHEMA = ? order by TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`;

const foreignKeysQuestion = `
  select k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME,
    k.REFERENCED_COLUMN_NAME, r.UPDATE_RULE, r.DELETE_RULE
  from information_schema.KEY_COLUMN_USAGE k
  join information_schema.REFERENTIAL_CONSTRAINTS r
    on r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA and r.CONSTRAINT_NAME = k.CONSTRAINT_NAME and r.TABLE_NAME = k.TABLE_NAME
  where k.TABLE_SCHEMA = ? and k.REFERENCED_TABLE_NAME is not null
  order by k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`;

const checksQuestion = (flavour: Flavour): string =>
  flavour === "mariadb"
    ? `select TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, LEVEL from information_schema.CHECK_CONSTRAINTS
       where CONSTRAINT_SCHEMA = ? order by TABLE_NAME, CONSTRAINT_NAME`
    : `select t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE, 'Table'
       from information_schema.CHECK_CONSTRAINTS c
       join information_schema.TABLE_CONSTRAINTS t
         on t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA and t.CONSTRAINT_NAME = c.CONSTRAINT_NAME and t.CONSTRAINT_TYPE = 'CHECK'
       where c.CONSTRAINT_SCHEMA = ? order by t.TABLE_NAME, c.CONSTRAINT_NAME`;

const viewsQuestion = `
  select TABLE_NAME, VIEW_DEFINITION from information_schema.VIEWS where TABLE_SCHEMA = ? order by TABLE_NAME`;

/** The answers, by the name of the table they are about. */
interface Found {
  readonly flavour: Flavour;
  /** What nodes say where it is not the session's database. */
  readonly schema: string | undefined;
  readonly current: string;
  readonly columns: ReadonlyMap<string, readonly Row[]>;
  readonly indexes: ReadonlyMap<string, readonly Row[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly Row[]>;
  readonly checks: ReadonlyMap<string, readonly Row[]>;
}

async function inspectDatabase(
  connection: Connection,
  database: string,
  current: string,
  flavour: Flavour,
): Promise<Reflected> {
  const rowsOf = (question: string) => ask(connection, question, [database]);
  const byTable = async (question: string) => Map.groupBy(await rowsOf(question), ([table]) => String(table));
  const objects = await rowsOf(tablesQuestion);
  const found: Found = {
    flavour,
    schema: database === current ? undefined : database,
    current,
    columns: await byTable(columnsQuestion),
    indexes: await byTable(indexesQuestion(flavour)),
    foreignKeys: await byTable(foreignKeysQuestion),
    checks: await byTable(checksQuestion(flavour)),
  };
  const ofType = (type: string) => objects.filter((object) => object[1] === type);
  const views = ofType("VIEW").length > 0 ? await rowsOf(viewsQuestion) : [];
  return {
    tables: [...ofType("BASE TABLE"), ...ofType("SYSTEM VERSIONED")].map((table) => tableNode(table, found)),
    others: [
      ...views.map((view) => viewNode(view, database, found)),
      ...(await sequenceNodes(
        connection,
        ofType("SEQUENCE").map(([name]) => String(name)),
        database,
        found.schema,
      )),
    ],
  };
}

// --- tables ---

function tableNode([name, , engine, collation, createOptions, comment]: Row, found: Found): TableNode {
  const table = String(name);
  const rows = (answers: ReadonlyMap<string, readonly Row[]>): readonly Row[] => answers.get(table) ?? [];
  const foreignKeys = foreignKeyNodes(rows(found.foreignKeys), found);
  const indexes = indexNodes(rows(found.indexes), found).filter((index) => !servesForeignKey(index, foreignKeys));
  const checks = rows(found.checks);
  return {
    kind: "table",
    name: table,
    schema: found.schema,
    columns: rows(found.columns).map((column) => columnNode(column, String(collation), checks, found)),
    primaryKey: primaryKeyNode(rows(found.indexes)),
    foreignKeys,
    uniques: indexes.filter(isConstraint).map(uniqueNode),
    checks: checks.filter((check) => !isOfJson(check)).map((check) => checkNode(check, found)),
    indexes: indexes.filter((index) => !isConstraint(index)),
    exclusions: [],
    comment: comment === "" ? undefined : String(comment),
    options: {
      ...(engine === "InnoDB" ? {} : { engine: String(engine) }),
      ...(collation === collations[found.flavour] ? {} : { collate: String(collation) }),
      ...optionsOf(String(createOptions ?? "")),
    },
  };
}

/** `row_format=COMPRESSED key_block_size=8`. */
function optionsOf(text: string): Record<string, string | number> {
  return Object.fromEntries(
    text.split(" ").flatMap((option) => {
      const [name = "", value] = option.split("=");
      if (value === undefined) return [];
      return [
        [name.toLowerCase(), /^\d+$/.test(value) ? Number(value) : value.replace(/^["']|["']$/g, "").toLowerCase()],
      ];
    }),
  );
}

function sqlText(text: string): SqlText {
  return { kind: "sqlText", text };
}

function columnNode(row: Row, tableCollation: string, checks: readonly Row[], found: Found): TableColumnNode {
  const [, columnName, columnDefault, nullable, columnType, collation, extra, comment, generation] = row;
  const name = String(columnName);
  const isJson = checks.some((check) => isOfJson(check) && check[1] === name);
  const type = isJson
    ? ({ kind: "json", storage: "binary" } as const)
    : reflectedType(standardText(String(columnType)), collation as string | null);
  const words = String(extra).toLowerCase();
  const computed =
    generation === null || generation === "" ? undefined : sqlText(expressionText(String(generation), found));
  const onUpdate = /on update (\S+)/.exec(words)?.[1];
  const ownCollation =
    collation !== null && collation !== tableCollation && type.kind !== "uuid" && type.kind !== "json";
  return {
    key: name,
    name,
    type,
    nullable: nullable === "YES",
    default: computed ? undefined : defaultOf(columnDefault, words, type.kind, found),
    identity: words.includes("auto_increment") ? { always: false } : undefined,
    computed: computed && { expression: computed, stored: /stored|persistent/.test(words) },
    onUpdate: onUpdate === undefined ? undefined : sqlText(onUpdate),
    collation: ownCollation ? String(collation) : undefined,
    comment: comment === "" ? undefined : String(comment),
  };
}

/** MariaDB gives a default as it is written in SQL; MySQL gives the value of a literal, and says where it is an expression. */
function defaultOf(text: unknown, extra: string, kind: string, found: Found): SqlText | undefined {
  if (text === null || text === undefined) return undefined;
  if (found.flavour === "mariadb") {
    // A sequence is called with its database's name: nextval(`shop`.`numbers`).
    return text === "NULL" ? undefined : sqlText(withoutDatabase(standardText(String(text)), found.current, found));
  }
  if (extra.includes("default_generated")) return sqlText(expressionText(String(text), found));
  const isNumber =
    kind === "integer" || kind === "bigint" || kind === "decimal" || kind === "float" || kind === "boolean";
  return sqlText(isNumber ? String(text) : `'${String(text).replaceAll("'", "''")}'`);
}

/** MySQL puts a backslash before each quote and backslash of an expression once more. */
function expressionText(text: string, { flavour }: Found): string {
  return standardText(flavour === "mysql" ? text.replace(/\\(['\\])/g, "$1") : text);
}

/** MariaDB's JSON is text with a check. */
function isOfJson([, name, clause, level]: Row): boolean {
  return (
    level === "Column" &&
    String(clause).toLowerCase() === `json_valid(\`${String(name).toLowerCase().replaceAll("`", "``")}\`)`
  );
}

function checkNode([, name, clause, level]: Row, found: Found): CheckNode {
  // The check of a column is called as the column is, which is no name of its own.
  return {
    name: level === "Column" ? undefined : String(name),
    expression: sqlText(expressionText(String(clause), found)),
  };
}

// --- keys and indexes ---

function primaryKeyNode(rows: readonly Row[]): PrimaryKeyNode | undefined {
  const columns = rows.filter(([, index]) => index === "PRIMARY").map(([, , , column]) => String(column));
  return columns.length > 0 ? { name: undefined, columns } : undefined;
}

function indexNodes(rows: readonly Row[], found: Found): IndexNode[] {
  const indexes = Map.groupBy(rows, ([, index]) => String(index));
  indexes.delete("PRIMARY");
  return [...indexes].map(([name, items]) => {
    const [, , nonUnique, , , , type] = items[0] as Row;
    const method = String(type).toLowerCase();
    const isKind = method === "fulltext" || method === "spatial";
    return {
      name,
      unique: Number(nonUnique) === 0,
      items: items.map(([, , , column, direction, length, , expression]) => ({
        of:
          column === null
            ? sqlText(expressionText(String(expression), found))
            : ({ kind: "name", name: String(column) } as const),
        direction: direction === "D" ? "desc" : "asc",
        // A spatial index has a length of its own making.
        length: length === null || length === undefined || isKind ? undefined : Number(length),
      })),
      method: method === "btree" ? undefined : method,
    };
  });
}

/** Where no index begins with its columns, a foreign key makes one, which goes with it. */
function servesForeignKey({ name, unique, items }: IndexNode, foreignKeys: readonly ForeignKeyNode[]): boolean {
  const columns = items.map(({ of }) => (of.kind === "name" ? of.name : undefined));
  return (
    !unique && foreignKeys.some((key) => key.name === name && JSON.stringify(key.columns) === JSON.stringify(columns))
  );
}

function foreignKeyNodes(rows: readonly Row[], found: Found): ForeignKeyNode[] {
  return [...Map.groupBy(rows, ([, name]) => String(name))].map(([name, parts]) => {
    const [, , , schema, table, , onUpdate, onDelete] = parts[0] as Row;
    return {
      name,
      columns: parts.map(([, , column]) => String(column)),
      target: {
        // Beside a table of another database, a name alone would be looked for there.
        schema: found.schema === undefined && schema === found.current ? undefined : String(schema),
        table: String(table),
        columns: parts.map(([, , , , , column]) => String(column)),
      },
      onDelete: actionOf(onDelete),
      onUpdate: actionOf(onUpdate),
    };
  });
}

/** RESTRICT is what NO ACTION does, and what MariaDB says where nobody said anything. */
function actionOf(rule: unknown): ReferentialAction {
  const action = String(rule).toLowerCase() as ReferentialAction;
  return action === "restrict" ? "no action" : action;
}

// --- what is no table ---

function viewNode([name, definition]: Row, database: string, found: Found): ViewNode {
  return {
    kind: "view",
    name: String(name),
    schema: found.schema,
    materialized: false,
    query: sqlText(withoutDatabase(standardText(String(definition)), database, found)),
    columns: (found.columns.get(String(name)) ?? []).map(([, column, , , type, collation]) => ({
      key: String(column),
      name: String(column),
      type: reflectedType(standardText(String(type)), collation as string | null),
      // Whether an expression can be null is not known.
      nullable: true,
    })),
  };
}

/** The server writes the session's database before every table; without it the view can be made anywhere. */
function withoutDatabase(query: string, database: string, { schema }: Found): string {
  if (schema !== undefined) return query;
  const prefix = `\`${database.replaceAll("`", "``")}\`.`;
  // Strings and names are passed over whole.
  return query.replace(/'(?:[^']|'')*'|`(?:[^`]|``)*`\.?/g, (token) => (token === prefix ? "" : token));
}

async function sequenceNodes(
  connection: Connection,
  names: readonly string[],
  database: string,
  schema: string | undefined,
): Promise<SequenceNode[]> {
  if (names.length === 0) return [];
  const quoted = (name: string) => `\`${name.replaceAll("`", "``")}\``;
  const text = names
    .map((name) => {
      const columns = "start_value, increment, minimum_value, maximum_value, cycle_option, cache_size";
      return `select ${columns} from ${quoted(database)}.${quoted(name)}`;
    })
    .join(" union all ");
  const rows = (await connection.query({ text, parameters: [], rows: true, bigints: true })).rows;
  return names.map((name, place): SequenceNode => {
    const [start, increment, min, max, cycle, cache] = (rows[place] ?? []).map((value) => BigInt(String(value)));
    const rising = (increment ?? 1n) > 0n;
    return {
      kind: "sequence",
      name,
      schema,
      start: unless(start, rising ? min : max),
      increment: unless(increment, 1n),
      min: unless(min, rising ? 1n : -9223372036854775807n),
      max: unless(max, rising ? 9223372036854775806n : -1n),
      cycle: cycle === 1n || undefined,
      cache: cache === 1000n || cache === undefined ? undefined : Number(cache),
    };
  });
}

/** The number, or undefined if it is what it would be anyway. */
function unless(value: bigint | undefined, usual: bigint | undefined): number | bigint | undefined {
  if (value === undefined || value === usual) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
