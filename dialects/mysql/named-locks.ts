// Locks that mean what the program says they do. https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html
import { createHash } from "node:crypto";
import { stopError } from "../../core/dialect/index.ts";
import { type Database, type Feature, integer, type PinnedConnection, type RunOptions, sql } from "../../core/index.ts";

type Locks = Feature<"ADVISORY LOCKS">;

/** A year, in seconds: the call's own timeout ends the wait. */
const long = 31_536_000;

/**
 * Waits for a lock, runs the work while it holds it, and gives it up. The lock is held by a connection of its own, and known on
 * the whole server.
 *
 * @example
 * await withLock(db, "nightly report", () => writeReport());
 */
export async function withLock<T>(
  db: Database<Locks>,
  name: string,
  work: () => T | Promise<T>,
  options: RunOptions = {},
): Promise<T> {
  return db.connection(async (connection) => {
    if ((await take(connection, name, long, options)) !== 1) {
      // A wait that is stopped gives no error, but no lock either.
      const why = options.signal?.aborted ? "cancelled" : "timeout";
      throw stopError(why, options.signal, { message: `the lock ${JSON.stringify(name)} was not free in time` });
    }
    return await holding(connection, name, work);
  });
}

/** Runs the work if the lock is free, while it holds it; gives `undefined` if it is not. */
export async function withLockIfFree<T>(
  db: Database<Locks>,
  name: string,
  work: () => T | Promise<T>,
  options: RunOptions = {},
): Promise<T | undefined> {
  return db.connection(async (connection) => {
    if ((await take(connection, name, 0, options)) !== 1) return undefined;
    return await holding(connection, name, work);
  });
}

async function holding<T>(connection: PinnedConnection<Locks>, name: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await connection.one(
      sql.statement({ released: integer().nullable() })`select release_lock(${keyOf(name)})`.reading(),
    );
  }
}

async function take(
  connection: PinnedConnection<Locks>,
  name: string,
  seconds: number,
  options: RunOptions,
): Promise<number | null> {
  const statement = sql.statement({ taken: integer().nullable() })`select get_lock(${keyOf(name)}, ${seconds})`;
  return (await connection.one(statement.reading(), options)).taken;
}

/** A name has at most 64 characters; a longer one is known by its digest. */
function keyOf(name: string): string {
  return name.length <= 64 ? name : createHash("sha256").update(name).digest("hex");
}
