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
    return await (kind === "postgres"
      ? inScratchSchemas(connection, objects)
      : inScratchDatabases(connection, objects));
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

// --- PostgreSQL ---

async function inScratchSchemas(
  connection: PinnedConnection<any> | Transaction<any>,
  objects: readonly SchemaObject[],
): Promise<Reflected> {
  const { dialect } = connection;
  const scratch = scratchNames(objects);
  return connection.transaction(async (tx: Transaction<any>): Promise<Reflected> => {
    const { path } = await tx.one(sql.statement({ path: text() })`select current_setting('search_path') as path`);
    for (const name of scratch.all) await tx.execute(`create schema ${dialect.quote(name)}`);
    await tx.execute(`set local search_path to ${dialect.quote(scratch.own)}, ${path}`);
    await createAll(tx, scratch.into(objects));
    const found = scratch.outOf(await inspectAll(tx, scratch.others));
    await tx.rollback();
    return found;
  });
}

// --- MySQL and MariaDB ---

async function inScratchDatabases(queries: Queries<any>, objects: readonly SchemaObject[]): Promise<Reflected> {
  const { dialect } = queries;
  const before = await currentSchema(queries);
  const scratch = scratchNames(objects);
  try {
    for (const name of scratch.all) await queries.execute(`create database ${dialect.quote(name)}`);
    await queries.execute(`use ${dialect.quote(scratch.own)}`);
    await createAll(queries, scratch.into(objects));
    return scratch.outOf(await inspectAll(queries, scratch.others));
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
  await using db: Database<any> = await openDatabase("sqlite::memory:");
  const schemas = schemasOf(objects);
  return await db.connection(async (connection) => {
    for (const name of schemas) await connection.execute(`attach database ':memory:' as ${db.dialect.quote(name)}`);
    await createAll(connection, objects);
    return inspectAll(connection, schemas);
  });
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
  into(objects: readonly SchemaObject[]): readonly SchemaObject[];
  outOf(found: Reflected): Reflected;
}

function scratchNames(objects: readonly SchemaObject[]): Scratch {
  const own = `athanor_scratch_${randomBytes(4).toString("hex")}`;
  const there = new Map(schemasOf(objects).map((name, place) => [name, `${own}_${place}_`] as const));
  const back = new Map([...there].map(([name, scratch]) => [scratch, name] as const));
  return {
    own,
    others: [...there.values()],
    all: [own, ...there.values()],
    into: (objects) => replaceSchemas(objects, there),
    outOf: (found) => replaceSchemas(found, back),
  };
}

/** Nodes are plain data: wherever one says a schema, or text has its name in it, it is another. */
function replaceSchemas<T>(value: T, names: ReadonlyMap<string, string | undefined>): T {
  if (names.size === 0) return value;
  const replace = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(replace);
    if (typeof part !== "object" || part === null || !isPlain(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => {
        if (key === "schema" && typeof inner === "string") return [key, names.has(inner) ? names.get(inner) : inner];
        if (key === "text" && typeof inner === "string") return [key, inText(inner)];
        return [key, replace(inner)];
      }),
    );
  };
  const inText = (text: string): string =>
    [...names].reduce((result, [from, to]) => {
      return to === undefined || !from.startsWith("athanor_scratch_") ? result : result.replaceAll(from, to);
    }, text);
  return replace(value) as T;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
