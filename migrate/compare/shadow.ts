// What a declared schema is to the database that shall have it. Only the database knows: how it writes an expression again, what
// it makes of a type, what it leaves out. So the schema is created beside everything else, read back, and undone, and what is
// compared are two answers of the same database. PostgreSQL: in a transaction that is rolled back. SQLite: in memory. MySQL and
// MariaDB: in a database of its own, dropped at once.
import { randomBytes } from "node:crypto";
import {
  creation,
  type Database,
  define,
  type PinnedConnection,
  type Queries,
  type Reflected,
  type SchemaObject,
  sql,
  type Transaction,
  text,
} from "../../core/index.ts";
import { type DatabaseKind, kindOf, openDatabase } from "../database.ts";
import { MigrationError } from "../errors.ts";
import { currentSchema } from "../run/current-schema.ts";

/** The declared objects as the database tells of them. Those of the connection's own schema say no schema. */
export async function reflectDeclared(
  connection: PinnedConnection<any> | Transaction<any>,
  objects: readonly SchemaObject[],
): Promise<Reflected> {
  const kind = kindOf(connection.dialect);
  try {
    if (kind === "sqlite") return await inMemory(objects);
    return await inScratch(connection, kind, objects);
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(
      `the declared schema cannot be created for comparison: ${message}`,
      hintOf(kind, message),
      cause,
    );
  }
}

function hintOf(kind: DatabaseKind, message: string): string | undefined {
  if (!/permission|denied/i.test(message)) return undefined;
  const needed =
    kind === "postgres" ? "CREATE on the database" : "CREATE and DROP on databases called athanor_scratch_…";
  return `It is created beside the others and undone at once, for which the user needs ${needed}. Or name another server of the same kind with --scratch.`;
}

/**
 * Text of SQL that names another schema means the one that is there already, and is left so if that does. Where it does not,
 * since what it means is not there yet or is of another type, the name is taken for that of the schema beside it.
 */
async function inScratch(
  connection: PinnedConnection<any> | Transaction<any>,
  kind: DatabaseKind,
  objects: readonly SchemaObject[],
): Promise<Reflected> {
  const attempt = (into: Scratch["into"], scratch: Scratch) =>
    kind === "postgres"
      ? inScratchSchemas(connection, into(objects), scratch)
      : inScratchDatabases(connection, into(objects), scratch);
  const scratch = scratchNames(objects);
  try {
    return await attempt(scratch.into, scratch);
  } catch (error) {
    if (scratch.others.length === 0) throw error;
    return await attempt(scratch.intoWithTexts, scratch).catch(() => {
      throw error;
    });
  }
}

// --- PostgreSQL ---

async function inScratchSchemas(
  connection: PinnedConnection<any> | Transaction<any>,
  objects: readonly SchemaObject[],
  scratch: Scratch,
): Promise<Reflected> {
  const { dialect } = connection;
  return connection.transaction(async (tx: Transaction<any>): Promise<Reflected> => {
    const { path } = await tx.one(sql.statement({ path: text() })`select current_setting('search_path') as path`);
    for (const name of scratch.all) await tx.execute(`create schema ${dialect.quote(name)}`);
    await tx.execute(`set local search_path to ${dialect.quote(scratch.own)}, ${path}`);
    await createAll(tx, objects);
    const written = await tx.all(
      sql.statement({ name: text(), as: text() })`
        select name, quote_ident(name) as "as" from json_array_elements_text(${JSON.stringify(scratch.names)}::json) name`,
    );
    const found = scratch.outOf(
      await inspectAll(tx, scratch.others),
      new Map(written.map(({ name, as }) => [name, as])),
    );
    await tx.rollback();
    return found;
  });
}

// --- MySQL and MariaDB ---

async function inScratchDatabases(
  queries: Queries<any>,
  objects: readonly SchemaObject[],
  scratch: Scratch,
): Promise<Reflected> {
  const { dialect } = queries;
  const before = await currentSchema(queries);
  try {
    for (const name of scratch.all) await queries.execute(`create database ${dialect.quote(name)}`);
    await queries.execute(`use ${dialect.quote(scratch.own)}`);
    await createAll(queries, objects);
    return scratch.outOf(await inspectAll(queries, scratch.others), new Map());
  } finally {
    if (before !== undefined) await queries.execute(`use ${dialect.quote(before)}`);
    // Views and keys cross over, so all go, whatever is left in them.
    await queries.execute("set foreign_key_checks = 0");
    for (const name of scratch.all) await queries.execute(`drop database if exists ${dialect.quote(name)}`);
    await queries.execute("set foreign_key_checks = 1");
  }
}

// --- SQLite ---

async function inMemory(objects: readonly SchemaObject[]): Promise<Reflected> {
  const db: Database<any> = await openDatabase("sqlite::memory:");
  const schemas = schemasOf(objects);
  try {
    return await db.connection(async (connection) => {
      for (const name of schemas) await connection.execute(`attach database ':memory:' as ${db.dialect.quote(name)}`);
      await createAll(connection, objects);
      return inspectAll(connection, schemas);
    });
  } finally {
    await db.close();
  }
}

// --- what they share ---

async function createAll(queries: Queries<any>, objects: readonly SchemaObject[]): Promise<void> {
  for (const node of creation(objects, queries.dialect, false)) {
    for (const statement of define(node, queries.dialect)) await queries.execute(statement);
  }
}

/** The connection's own schema, and these. */
export async function inspectAll(queries: Queries<any>, schemas: readonly string[]): Promise<Reflected> {
  const own = await queries.inspect();
  if (schemas.length === 0) return own;
  const others = await queries.inspect({ schemas });
  return { tables: [...own.tables, ...others.tables], others: [...own.others, ...others.others] };
}

/** The schemas that objects say. */
export function schemasOf(objects: readonly SchemaObject[]): readonly string[] {
  return [...new Set(objects.flatMap(({ schema }) => schema ?? []))];
}

/** The objects, those of the connection's own schema without saying so. */
export function withoutOwnSchema(objects: readonly SchemaObject[], own: string | undefined): readonly SchemaObject[] {
  return own === undefined ? objects : replaceSchemas(objects, new Map([[own, undefined]]));
}

interface Scratch {
  readonly own: string;
  readonly others: readonly string[];
  readonly all: readonly string[];
  /** What the others stand for. */
  readonly names: readonly string[];
  into(objects: readonly SchemaObject[]): readonly SchemaObject[];
  intoWithTexts(objects: readonly SchemaObject[]): readonly SchemaObject[];
  /** @param written how the database writes the names of schemas in text, where not as they are */
  outOf(found: Reflected, written: ReadonlyMap<string, string>): Reflected;
}

function scratchNames(objects: readonly SchemaObject[]): Scratch {
  const own = `athanor_scratch_${randomBytes(4).toString("hex")}`;
  const there = new Map(schemasOf(objects).map((name, place) => [name, `${own}_${place}_`] as const));
  const back = new Map([...there].map(([name, scratch]) => [scratch, name] as const));
  return {
    own,
    others: [...there.values()],
    all: [own, ...there.values()],
    names: [...there.keys()],
    into: (objects) => replaceSchemas(objects, there),
    intoWithTexts: (objects) => replaceSchemas(objects, there, (text) => withNamesInText(text, there)),
    outOf: (found, written) =>
      replaceSchemas(found, back, (text) =>
        [...back].reduce((result, [from, to]) => result.replaceAll(from, written.get(to) ?? to), text),
      ),
  };
}

/** The text with other names where it says `schema.`; strings are passed over. */
function withNamesInText(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /'(?:[^']|'')*'|("(?:[^"]|"")*"|`(?:[^`]|``)*`|[\p{L}_][\p{L}\p{N}_$]*)\s*\./gu,
    (token, name) => {
      const bare =
        name === undefined ? undefined : /^["`]/.test(name) ? name.slice(1, -1).replaceAll(/(["`])\1/g, "$1") : name;
      const other = bare === undefined ? undefined : names.get(bare);
      return other === undefined ? token : `${other}.`;
    },
  );
}

/** Nodes are plain data: wherever one says a schema it is another, and text is what `inText` makes of it. */
function replaceSchemas<T>(
  value: T,
  names: ReadonlyMap<string, string | undefined>,
  inText: (text: string) => string = (text) => text,
): T {
  if (names.size === 0) return value;
  const replace = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(replace);
    if (typeof part !== "object" || part === null || !isPlain(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => {
        if (key === "schema" && typeof inner === "string") return [key, names.has(inner) ? names.get(inner) : inner];
        if (key === "text" && typeof inner === "string") return [key, inText(inner)];
        if (key === "text" && Array.isArray(inner)) return [key, inner.map((one) => inText(String(one)))];
        return [key, replace(inner)];
      }),
    );
  };
  return replace(value) as T;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
