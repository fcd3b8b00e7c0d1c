// The door `athanor/postgres`.
import { type Database, type DatabaseOptions, database, type Feature } from "../../core/index.ts";
import { type PostgresFeature, postgresDialect } from "./dialect.ts";
import { PostgresDriver } from "./driver.ts";
import { inspect } from "./inspector.ts";
import { type PostgresOptions as ConnectionOptions, readOptions } from "./options.ts";
import type { PgPool } from "./pg-client.ts";

/** What PostgreSQL has of all that only some databases have. */
export type PostgresFeatures = Feature<PostgresFeature>;

export interface PostgresOptions extends DatabaseOptions, ConnectionOptions {}

/**
 * A PostgreSQL database: at a URL, by options, or over a `pg.Pool` that its owner goes on to own and to end. Nothing is
 * connected before the first statement.
 *
 * Sessions are in UTC, statements are prepared by name, and a connection goes back to the pool without anything of its last
 * user. A statement that is cancelled is stopped on the server.
 *
 * @example
 * const db = postgres("postgres://localhost/shop", { ssl: true });
 * await db.all(select({ id: users.id }).from(users));
 */
export function postgres(
  server: string | PostgresOptions | PgPool,
  options: PostgresOptions = {},
): Database<PostgresFeatures> {
  const isOptions = typeof server === "object" && !("connect" in server);
  const settings = readOptions(server, options);
  return database<PostgresFeatures>(
    new PostgresDriver(settings, postgresDialect, inspect),
    isOptions ? server : options,
  );
}

export {
  type LockKey,
  type LockOptions,
  lockInTransaction,
  tryLockInTransaction,
  withLock,
  withLockIfFree,
} from "./advisory-locks.ts";
// --- PostgreSQL's own types and operators, each family under its name: `arrays.contains(posts.tags, ["a"])` ---
export * as arrays from "./arrays.ts";
export { type CopyFormat, type CopyPlace, copyFrom, copyInto, copyTextInto } from "./copy.ts";
export * as fullText from "./full-text.ts";
export * as jsonb from "./jsonb.ts";
export { listen, type Notification, notify, type Subscription } from "./listen.ts";
export * as network from "./network.ts";
export * as ranges from "./ranges.ts";
export { currentValue, nextBigint, nextValue, setValue } from "./sequences.ts";
export { generateSeries, unnest, unnestWithPosition } from "./series.ts";
export {
  commitPrepared,
  type PreparedTransaction,
  preparedTransactions,
  prepareTransaction,
  rollbackPrepared,
} from "./two-phase.ts";
export * as vectors from "./vectors.ts";
export type { PgPool };
export { postgresDialect };
