// The door `athanor/sqlite`.
import { type Database, type DatabaseOptions, database, type Feature } from "../../core/index.ts";
import { betterSqlite3 } from "./better-sqlite3.ts";
import { Connections, type FileOptions } from "./connections.ts";
import { sqliteDialect, type sqliteFeatures } from "./dialect.ts";
import { dialectFor } from "./dialect-for.ts";
import { inspect } from "./inspector.ts";
import { nodeSqlite } from "./node-sqlite.ts";

/** What SQLite has of all that only some databases have. */
export type SqliteFeatures = Feature<(typeof sqliteFeatures)[number]>;

export interface SqliteOptions extends DatabaseOptions, FileOptions {
  /**
   * `better-sqlite3` by default, which must be installed; `node:sqlite` comes with Node. They give the same values and
   * errors; better-sqlite3 is faster.
   */
  readonly driver?: "better-sqlite3" | "node:sqlite" | undefined;
}

/**
 * A database in a file, or in memory with `":memory:"`. It is opened when it is first used.
 *
 * A file is put into WAL mode, with foreign keys enforced. One connection writes, and writers queue for it in the order they
 * came; others read beside it, and see what was committed last. A database in memory has one connection that all share.
 * Statements run in this thread: a signal or timeout ends the wait for a turn or a lock, and a stream between two batches,
 * but not a statement that SQLite is working on.
 *
 * @throws {CannotConnect} if better-sqlite3 is to be used and is not installed
 * @example
 * const db = sqlite(":memory:"); // or the path of a file
 * await db.create({ users });
 * await db.all(select({ id: users.id }).from(users));
 */
export function sqlite(path: string, options: SqliteOptions = {}): Database<SqliteFeatures> {
  const native = options.driver === "node:sqlite" ? nodeSqlite() : betterSqlite3();
  return database<SqliteFeatures>(new Connections(native, path, options, dialectFor(native), inspect), options);
}

export type { FileOptions, SqliteDriver };
export { sqliteDialect };

type SqliteDriver = NonNullable<SqliteOptions["driver"]>;
