// athanor/mysql, made by `npm run api`

import { ExprOf, Expr, NeedsIn, Feature, Database, RunOptions, Col, Sequence, PinnedConnection, DatabaseOptions } from 'athanor';
import { Dialect } from 'athanor/dialect';
import { SslOptions } from 'mysql2';

/** What both databases have. */
declare const shared: readonly ["RIGHT JOIN", "ROW LOCKS", "SKIP LOCKED", "INTERSECT ALL", "ROLLUP", "STATISTICS", "AGGREGATE ORDER", "ON CONFLICT TARGET", "INSERT IGNORE", "UPDATE FROM", "DELETE USING", "WRITE LIMIT", "QUANTIFIED", "REGEXP", "INTERVALS", "MATCH AGAINST", "UNSIGNED", "SMALL NUMBERS", "SETS", "SCHEMAS", "TWO-PHASE COMMIT", "ADVISORY LOCKS", "COMMENTS", "ALTER CONSTRAINTS"];
declare const ofMysql: readonly ["LATERAL", "LOCK OF", "WITH UPDATE"];
declare const ofMariadb: readonly ["INSERT RETURNING", "DELETE RETURNING", "SEQUENCES", "NETWORK", "WITH TIES"];
/** The name of a feature that MySQL has. */
type MysqlFeature = (typeof shared)[number] | (typeof ofMysql)[number];
/** The name of a feature that MariaDB has. */
type MariadbFeature = (typeof shared)[number] | (typeof ofMariadb)[number];
declare const mysqlDialect: Dialect;

declare const mariadbDialect: Dialect;

/** Where the database is, and how connections to it behave. */
interface MysqlOptions$1 {
    /** `mysql://user:password@host:port/database`. Options beside it win. */
    readonly url?: string | undefined;
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    /** A Unix socket, instead of host and port. */
    readonly socketPath?: string | undefined;
    readonly user?: string | undefined;
    readonly password?: string | undefined;
    readonly database?: string | undefined;
    /**
     * TLS: `true` checks the server's certificate and name, an object is handed to the driver. Off by default. The driver checks
     * names only: a server given by its IP address fails the check.
     */
    readonly ssl?: boolean | SslOptions | undefined;
    /** The most connections open at once; 10 by default. */
    readonly max?: number | undefined;
    /** Milliseconds to wait for the server to answer a new connection; 10,000 by default. */
    readonly connectTimeout?: number | undefined;
    /** Milliseconds a server has to confirm that it stopped a statement, before the connection is destroyed; 5,000 by default. */
    readonly cancelTimeout?: number | undefined;
    /** Prepared statements kept on each connection; 256 by default. */
    readonly statementCache?: number | undefined;
}

type Search = Feature<"MATCH AGAINST">;
/**
 * How the words are read: as a person writes them (the default), with `+ - * "…"` and their kind, or as a person writes them
 * and once more with what the best rows say.
 */
type SearchMode = "natural language" | "boolean" | "query expansion";
/**
 * Whether the columns match the words.
 *
 * @example
 * select({ id: posts.id }).from(posts).where(fullText.matches([posts.title, posts.body], "+furnace -steam", "boolean"));
 */
declare function matches<const E extends readonly [ExprOf<string | null, any>, ...ExprOf<string | null, any>[]]>(columns: E, words: string, mode?: SearchMode): Expr<boolean, NeedsIn<E> | Search>;
/** How well the columns match the words: 0 if not at all. */
declare function score<const E extends readonly [ExprOf<string | null, any>, ...ExprOf<string | null, any>[]]>(columns: E, words: string, mode?: SearchMode): Expr<number, NeedsIn<E> | Search>;

type fullText_d_SearchMode = SearchMode;
declare const fullText_d_matches: typeof matches;
declare const fullText_d_score: typeof score;
declare namespace fullText_d {
  export { fullText_d_matches as matches, fullText_d_score as score };
  export type { fullText_d_SearchMode as SearchMode };
}

type Locks = Feature<"ADVISORY LOCKS">;
/**
 * Waits for a lock, runs the work while it holds it, and gives it up. The lock is held by a connection of its own, and known on
 * the whole server.
 *
 * @example
 * await withLock(db, "nightly report", () => writeReport());
 */
declare function withLock<T>(db: Database<Locks>, name: string, work: () => T | Promise<T>, options?: RunOptions): Promise<T>;
/** Runs the work if the lock is free, while it holds it; gives `undefined` if it is not. */
declare function withLockIfFree<T>(db: Database<Locks>, name: string, work: () => T | Promise<T>, options?: RunOptions): Promise<T | undefined>;

type Network = Feature<"NETWORK">;
/** An address of 4 bytes: `10.0.0.1`. */
declare const inet4: (name?: string) => Col<string, "required", Network>;
/** An address of 16 bytes: `::1`. */
declare const inet6: (name?: string) => Col<string, "required", Network>;

type Small = Feature<"SMALL NUMBERS">;
type Unsigned = Feature<"UNSIGNED">;
/** A whole number of 8 bits, from -128 to 127. */
declare function tinyint(name?: string): Col<number, "serial", Small>;
/** A whole number of 24 bits. */
declare function mediumint(name?: string): Col<number, "serial", Small>;
/** A whole number from 0 to 255. */
declare function unsignedTinyint(name?: string): Col<number, "serial", Small | Unsigned>;
/** A whole number from 0 to 65,535. */
declare function unsignedSmallint(name?: string): Col<number, "serial", Unsigned>;
/** A whole number from 0 to 16,777,215. */
declare function unsignedMediumint(name?: string): Col<number, "serial", Small | Unsigned>;
/** A whole number from 0 to 4,294,967,295. */
declare function unsignedInteger(name?: string): Col<number, "serial", Unsigned>;
/** A whole number from 0 to 2^64 - 1. */
declare function unsignedBigint(name?: string): Col<bigint, "serial", Unsigned>;

type Sequences = Feature<"SEQUENCES">;
/** The sequence's next number: taken, whatever becomes of the transaction. */
declare function nextValue(sequence: Sequence): Expr<number, Sequences>;
/** The next number as a `bigint`. */
declare function nextBigint(sequence: Sequence): Expr<bigint, Sequences>;
/** The number that this session took last; null before it has taken one. */
declare function currentValue(sequence: Sequence): Expr<number | null, Sequences>;
/** Sets the sequence, so that it goes on after this number; null if it is further already. */
declare function setValue(sequence: Sequence, value: number | bigint): Expr<number | null, Sequences>;

type Sets = Feature<"SETS">;
/** Some of the given words, in their order: `set(["small", "red"])` holds `["red"]`. At most 64 words, none with a comma. */
declare function set<const V extends readonly string[]>(values: V, name?: string): Col<readonly V[number][], "required", Sets>;
/** A year from 1901 to 2155. */
declare function year(name?: string): Col<number, "required", Sets>;

type TwoPhase = Feature<"TWO-PHASE COMMIT">;
/**
 * Runs the work in a transaction that is then prepared, not committed: it holds its locks until `commitPrepared` or
 * `rollbackPrepared`. If the work fails, the transaction is rolled back.
 *
 * @example
 * await prepareTransaction(db, "order 7", (connection) => connection.run(insertInto(orders).values({ id: 7 })));
 * await commitPrepared(db, "order 7");
 */
declare function prepareTransaction<Provided, T>(db: Database<Provided> & Database<TwoPhase>, name: string, work: (connection: PinnedConnection<Provided>) => T | Promise<T>): Promise<T>;
/** Commits a transaction that was prepared. */
declare function commitPrepared(db: Database<TwoPhase>, name: string): Promise<void>;
/** Undoes a transaction that was prepared. */
declare function rollbackPrepared(db: Database<TwoPhase>, name: string): Promise<void>;
/** The names of the transactions that were prepared and wait, on the whole server. */
declare function preparedTransactions(db: Database<TwoPhase>): Promise<string[]>;

/** What MySQL has of all that only some databases have. */
type MysqlFeatures = Feature<MysqlFeature>;
/** What MariaDB has of all that only some databases have. */
type MariadbFeatures = Feature<MariadbFeature>;
interface MysqlOptions extends DatabaseOptions, MysqlOptions$1 {
}
/**
 * A MySQL database, of version 8.0.31 or later. Nothing is connected before the first statement.
 *
 * Sessions are in UTC and strict, and text is compared by code points, with case and with trailing spaces, unless a column
 * says otherwise. Values go by the binary protocol alone. A statement that is cancelled is stopped on the server; a
 * connection goes back to the pool without anything of its last user.
 *
 * @throws {ParameterError} if the URL or an option cannot be understood
 * @throws {CannotConnect} at the first statement, also if the server is MariaDB
 * @example
 * const db = mysql("mysql://shop:secret@localhost/shop");
 * await db.all(select({ id: users.id }).from(users));
 */
declare function mysql(server: string | MysqlOptions, options?: MysqlOptions): Database<MysqlFeatures>;
/**
 * A MariaDB database, of version 10.7 or later; see {@link mysql}.
 *
 * @example
 * const db = mariadb("mariadb://shop:secret@localhost/shop");
 * await db.all(insertInto(users).values({ name: "Ann" }).returning({ id: users.id }));
 */
declare function mariadb(server: string | MysqlOptions, options?: MysqlOptions): Database<MariadbFeatures>;

export { commitPrepared, currentValue, fullText_d as fullText, inet4, inet6, mariadb, mariadbDialect, mediumint, mysql, mysqlDialect, nextBigint, nextValue, prepareTransaction, preparedTransactions, rollbackPrepared, set, setValue, tinyint, unsignedBigint, unsignedInteger, unsignedMediumint, unsignedSmallint, unsignedTinyint, withLock, withLockIfFree, year };
export type { MariadbFeatures, MysqlFeatures, MysqlOptions };
