// athanor/sqlite, made by `npm run api`

import { DatabaseOptions, Feature, Database } from 'athanor';
import { Dialect } from 'athanor/dialect';

interface FileOptions {
    /** Opens the file for reading alone: it must exist, and no statement can write to it. */
    readonly readOnly?: boolean | undefined;
    /** Whether a file that does not exist is created; `true` by default. */
    readonly create?: boolean | undefined;
    /** Milliseconds to wait for a lock of another process before `LockTimeout`; 5,000 by default. */
    readonly busyTimeout?: number | undefined;
    /** How many prepared statements each connection keeps; 200 by default. */
    readonly statements?: number | undefined;
    /** Settings of each connection besides Athanor's own, e.g. `{ synchronous: "full", cache_size: -64000 }`. */
    readonly pragmas?: Readonly<Record<string, string | number | boolean>> | undefined;
    /** Other files whose tables are reached as schemas of these names. */
    readonly attach?: Readonly<Record<string, string>> | undefined;
}

/** What SQLite has of all that some databases have; the types of `sqlite()` say the same. */
declare const sqliteFeatures: readonly ["FULL JOIN", "RIGHT JOIN", "INSERT RETURNING", "UPDATE RETURNING", "DELETE RETURNING", "WINDOW GROUPS", "AGGREGATE FILTER", "AGGREGATE ORDER", "ON CONFLICT TARGET", "ON CONFLICT WHERE", "INSERT IGNORE", "UPDATE FROM", "DELETE USING", "WITH INSERT", "WITH UPDATE", "MATERIALIZED CTE", "REGEXP", "STATISTICS", "INTERVALS", "SMALL NUMBERS", "SCHEMAS", "COMMENTS", "TRANSACTIONAL DDL", "DEFERRABLE CONSTRAINTS"];
declare const sqliteDialect: Dialect;

/** What SQLite has of all that only some databases have. */
type SqliteFeatures = Feature<(typeof sqliteFeatures)[number]>;
interface SqliteOptions extends DatabaseOptions, FileOptions {
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
declare function sqlite(path: string, options?: SqliteOptions): Database<SqliteFeatures>;

type SqliteDriver = NonNullable<SqliteOptions["driver"]>;

export { sqlite, sqliteDialect };
export type { FileOptions, SqliteDriver, SqliteFeatures, SqliteOptions };
