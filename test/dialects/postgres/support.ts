// Drivers without Core around them, and what tests of them say again and again.
import type { Connection, Driver, Query, Reflected, Result, Until } from "../../../core/dialect/index.ts";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";
import { PostgresDriver } from "../../../dialects/postgres/driver.ts";
import { type PostgresOptions, readOptions } from "../../../dialects/postgres/options.ts";
import type { PgPool } from "../../../dialects/postgres/pg-client.ts";

export function driver(given: string | PgPool, options: PostgresOptions = {}): Driver {
  const inspectNothing = async (): Promise<Reflected> => ({ tables: [], others: [] });
  return new PostgresDriver(readOptions(given, options), postgresDialect, inspectNothing);
}

export function query(text: string, ...parameters: readonly unknown[]): Query {
  return { text, parameters, rows: true, prepare: true };
}

/** Lends a connection for as long as the work takes. */
export async function using<T>(from: Driver, work: (connection: Connection) => T | Promise<T>): Promise<T> {
  const connection = await from.acquire("write");
  let failed = true;
  try {
    const result = await work(connection);
    failed = false;
    return result;
  } finally {
    connection.release(failed && !connection.usable);
  }
}

/** The first value of the first row. */
export async function value(connection: Connection, text: string, ...parameters: readonly unknown[]): Promise<unknown> {
  return (await connection.query(query(text, ...parameters))).rows[0]?.[0];
}

export function within(milliseconds: number): Until {
  return { deadline: performance.now() + milliseconds };
}

/** What the promise rejects with. */
export async function failure(promise: unknown): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until it holds; the test's timeout ends it. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await pause(10);
}

/** Runs statements in one round trip; a driver need not be able to, this one is. */
export function pipeline(connection: Connection, ...queries: readonly Query[]): Promise<readonly Result[]> {
  return (connection as Required<Connection>).pipeline(queries);
}
