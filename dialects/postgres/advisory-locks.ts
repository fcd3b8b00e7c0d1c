// Locks that mean what the program says they do. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
import { createHash } from "node:crypto";
import { bigintType, booleanType, type SqlType, textType } from "../../core/dialect/index.ts";
import {
  type Database,
  type Expr,
  type Feature,
  type RunOptions,
  type Select,
  select,
  type Transaction,
} from "../../core/index.ts";
import { call, operand } from "./operators.ts";

type Locks = Feature<"ADVISORY LOCKS">;

/** What a lock is called. A name stands for the first 64 bits of its SHA-256. */
export type LockKey = string | bigint;

export interface LockOptions {
  /** Whether others that lock it shared may have it at the same time. */
  readonly shared?: boolean | undefined;
}

/** Waits for a lock, which the end of the transaction gives up. */
export async function lockInTransaction(
  tx: Transaction<Locks>,
  key: LockKey,
  { shared = false, ...options }: LockOptions & RunOptions = {},
): Promise<void> {
  await tx.one(lockStatement(shared ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock", key), options);
}

/** Takes a lock if it is free, which the end of the transaction gives up, and says whether it did. */
export async function tryLockInTransaction(
  tx: Transaction<Locks>,
  key: LockKey,
  { shared = false, ...options }: LockOptions & RunOptions = {},
): Promise<boolean> {
  const name = shared ? "pg_try_advisory_xact_lock_shared" : "pg_try_advisory_xact_lock";
  return await tx.scalar(tryStatement(name, key), options);
}

/**
 * Waits for a lock, runs the work while it holds it, and gives it up. The lock is held by a connection of its own.
 *
 * @example
 * await withLock(db, "nightly report", () => writeReport());
 */
export function withLock<T>(
  db: Database<Locks>,
  key: LockKey,
  work: () => T | Promise<T>,
  { shared = false, ...options }: LockOptions & RunOptions = {},
): Promise<T> {
  const suffix = shared ? "_shared" : "";
  return db.connection(async (connection) => {
    await connection.one(lockStatement(`pg_advisory_lock${suffix}`, key), options);
    try {
      return await work();
    } finally {
      await connection.one(tryStatement(`pg_advisory_unlock${suffix}`, key));
    }
  });
}

/** Runs the work if the lock is free, while it holds it; gives `undefined` if it is not. */
export function withLockIfFree<T>(
  db: Database<Locks>,
  key: LockKey,
  work: () => T | Promise<T>,
  { shared = false, ...options }: LockOptions & RunOptions = {},
): Promise<{ readonly result: T } | undefined> {
  const suffix = shared ? "_shared" : "";
  return db.connection(async (connection) => {
    if (!(await connection.scalar(tryStatement(`pg_try_advisory_lock${suffix}`, key), options))) return undefined;
    try {
      return { result: await work() };
    } finally {
      await connection.one(tryStatement(`pg_advisory_unlock${suffix}`, key));
    }
  });
}

function lockStatement(name: string, key: LockKey): LockSelect<string> {
  return statement(name, key, textType);
}

function tryStatement(name: string, key: LockKey): LockSelect<boolean> {
  return statement(name, key, booleanType);
}

type LockSelect<T> = Select<{ readonly answer: Expr<T, Locks> }, never, never, Locks>;

function statement<T>(name: string, key: LockKey, type: SqlType): LockSelect<T> {
  const answer = call<T, Locks, never>(name, [operand(numberOf(key), bigintType)], type, "ADVISORY LOCKS");
  return select({ answer }) as unknown as LockSelect<T>;
}

function numberOf(key: LockKey): bigint {
  if (typeof key === "bigint") return key;
  return createHash("sha256").update(key).digest().readBigInt64BE();
}
