// The door `athanor/mysql`: MySQL and MariaDB, which are two databases by now.
import { type Database, type DatabaseOptions, database, type Feature } from "../../core/index.ts";
import { type MariadbFeature, type MysqlFeature, mysqlDialect } from "./dialect.ts";
import { MysqlDriver } from "./driver.ts";
import { inspectorFor } from "./inspector.ts";
import { mariadbDialect } from "./mariadb.ts";
import { type MysqlOptions as ConnectionOptions, settingsOf } from "./options.ts";

/** What MySQL has of all that only some databases have. */
export type MysqlFeatures = Feature<MysqlFeature>;
/** What MariaDB has of all that only some databases have. */
export type MariadbFeatures = Feature<MariadbFeature>;

export interface MysqlOptions extends DatabaseOptions, ConnectionOptions {}

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
export function mysql(server: string | MysqlOptions, options: MysqlOptions = {}): Database<MysqlFeatures> {
  const settings = settingsOf(server, options);
  return database<MysqlFeatures>(
    new MysqlDriver(mysqlDialect, inspectorFor("mysql"), "mysql", settings),
    chosen(server, options),
  );
}

/**
 * A MariaDB database, of version 10.7 or later; see {@link mysql}.
 *
 * @example
 * const db = mariadb("mariadb://shop:secret@localhost/shop");
 * await db.all(insertInto(users).values({ name: "Ann" }).returning({ id: users.id }));
 */
export function mariadb(server: string | MysqlOptions, options: MysqlOptions = {}): Database<MariadbFeatures> {
  const settings = settingsOf(server, options);
  return database<MariadbFeatures>(
    new MysqlDriver(mariadbDialect, inspectorFor("mariadb"), "mariadb", settings),
    chosen(server, options),
  );
}

function chosen(server: string | MysqlOptions, options: MysqlOptions): MysqlOptions {
  return typeof server === "string" ? options : { ...server, ...options };
}

// --- their own types and functions ---
export * as fullText from "./full-text.ts";
export { withLock, withLockIfFree } from "./named-locks.ts";
export { inet4, inet6 } from "./network.ts";
export {
  mediumint,
  tinyint,
  unsignedBigint,
  unsignedInteger,
  unsignedMediumint,
  unsignedSmallint,
  unsignedTinyint,
} from "./numbers.ts";
export { currentValue, nextBigint, nextValue, setValue } from "./sequences.ts";
export { set, year } from "./sets.ts";
export { commitPrepared, preparedTransactions, prepareTransaction, rollbackPrepared } from "./two-phase.ts";
export { mariadbDialect, mysqlDialect };
