// One migrator at a time. PostgreSQL: an advisory lock of the session, asked for again and again outside a transaction,
// since one that waits in the server holds a snapshot that CREATE INDEX CONCURRENTLY waits for. MySQL and MariaDB: GET_LOCK.
// SQLite: BEGIN EXCLUSIVE on a file beside the database, which a killed process lets go of.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { integer, type PinnedConnection, sql, text } from "../../core/index.ts";
import { type DatabaseKind, kindOf } from "../database.ts";
import { MigrationError } from "../errors.ts";
import { currentSchema } from "./current-schema.ts";

export interface LockOptions {
  /** What is locked: migrators of different version tables do not wait for each other. */
  readonly name: string;
  /** Milliseconds to wait; ten minutes by default. */
  readonly wait?: number | undefined;
  /** Called once when it must be waited for, with who holds it. */
  readonly onWait?: ((holder: string) => void) | undefined;
}

interface Lock {
  /** Whether it was had. */
  take(): Promise<boolean>;
  holder(): Promise<string>;
  release(): Promise<void>;
  /** Called where it was never had. */
  giveUp?(): void;
}

/**
 * Does the work while no other migrator does any.
 *
 * @throws {MigrationError} saying who holds the lock if it cannot be had in time
 */
export async function locked<T>(
  connection: PinnedConnection<any>,
  { name, wait = 600_000, onWait }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await lockOf(kindOf(connection.dialect), connection, name);
  if (lock === undefined) return work();
  const deadline = performance.now() + wait;
  for (let tries = 0; !(await lock.take()); tries++) {
    const left = deadline - performance.now();
    if (tries === 0 && left > 0) onWait?.(await lock.holder());
    if (left <= 0) {
      lock.giveUp?.();
      throw new MigrationError(
        `another migrator is at work on this database: ${await lock.holder()}`,
        "Wait until it is done, or allow more time with --wait.",
      );
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, 50 + Math.random() * 100)));
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function lockOf(kind: DatabaseKind, connection: PinnedConnection<any>, name: string): Promise<Lock | undefined> {
  switch (kind) {
    case "postgres":
      return postgresLock(connection, name);
    case "sqlite":
      return fileLock(connection);
    default:
      return serverLock(connection, name);
  }
}

const yes = { got: integer() };

function postgresLock(connection: PinnedConnection<any>, name: string): Lock {
  // Two numbers of 32 bits: ours, and that of the version table.
  const key = sql.raw(`${hash("athanor migrate")}, ${hash(name)}`);
  const held = sql.raw(
    `l.locktype = 'advisory' and l.objsubid = 2 and l.granted and l.classid = ${hash("athanor migrate") >>> 0} and l.objid = ${hash(name) >>> 0}`,
  );
  return {
    take: async () =>
      (await connection.one(sql.statement(yes)`select pg_try_advisory_lock(${key})::int as got`)).got === 1,
    holder: async () => {
      const row = await connection.first(
        sql.statement({ holder: text() })`
          select concat_ws(' ', 'process', a.pid, 'from', coalesce(host(a.client_addr), 'this machine'), 'since', to_char(a.backend_start at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS'), 'UTC') as holder
          from pg_locks l join pg_stat_activity a on a.pid = l.pid
          where ${held} and l.database = (select oid from pg_database where datname = current_database())`,
      );
      return row?.holder ?? unknownHolder;
    },
    release: async () => {
      await connection.one(sql.statement(yes)`select pg_advisory_unlock(${key})::int as got`);
    },
  };
}

/** Locks of MySQL are the server's, so the database is part of the name. */
async function serverLock(connection: PinnedConnection<any>, name: string): Promise<Lock> {
  const database = await currentSchema(connection);
  const key = `athanor ${(hash(`${database}\0${name}`) >>> 0).toString(16)}`;
  return {
    take: async () => (await connection.one(sql.statement(yes)`select get_lock(${key}, 0) as got`)).got === 1,
    holder: async () => {
      const row = await connection.first(
        sql.statement({ holder: text() })`
          select concat('connection ', p.ID, ' of ', p.USER, ' from ', p.HOST) as holder
          from information_schema.PROCESSLIST p where p.ID = is_used_lock(${key})`,
      );
      return row?.holder ?? unknownHolder;
    },
    release: async () => {
      await connection.first(sql.statement({ got: integer().nullable() })`select release_lock(${key}) as got`);
    },
  };
}

const unknownHolder = "one that has just ended, or that may not be looked at";

async function fileLock(connection: PinnedConnection<any>): Promise<Lock | undefined> {
  const files = await connection.all(
    sql.statement({ name: text(), file: text().nullable() })`select name, file from pragma_database_list`,
  );
  const file = files.find(({ name }) => name === "main")?.file;
  // A database in memory is this process's alone.
  if (!file) return undefined;
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const side = new DatabaseSync(`${file}-migrating`);
  const note = `${file}-migrator`;
  const close = (): void => side.close();
  return {
    giveUp: close,
    take: async () => {
      try {
        side.exec("begin exclusive");
      } catch (error) {
        if ((error as { readonly errcode?: number }).errcode === 5) return false;
        close();
        throw error;
      }
      writeFileSync(note, `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}`);
      return true;
    },
    holder: async () => {
      try {
        return readFileSync(note, "utf8") || unknownHolder;
      } catch {
        return unknownHolder;
      }
    },
    // The file itself stays: were it deleted, one who has it open and one who makes it anew would both have the lock.
    release: async () => {
      rmSync(note, { force: true });
      close();
    },
  };
}

/** FNV-1a, 32 bits, signed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value | 0;
}
