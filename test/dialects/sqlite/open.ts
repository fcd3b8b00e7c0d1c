// Databases for the tests of SQLite: each of the two drivers, in memory and in a file that is removed afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Connection, Query, Result } from "../../../core/dialect/index.ts";
import { betterSqlite3 } from "../../../dialects/sqlite/better-sqlite3.ts";
import { Connections } from "../../../dialects/sqlite/connections.ts";
import { dialectFor } from "../../../dialects/sqlite/dialect-for.ts";
import { inspect } from "../../../dialects/sqlite/inspector.ts";
import { nodeSqlite } from "../../../dialects/sqlite/node-sqlite.ts";

export const natives = [betterSqlite3(), nodeSqlite()] as const;
export type Native = (typeof natives)[number];

/** A path in a folder of its own. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "athanor-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "test.sqlite");
}

export function open(
  native: Native,
  path: string,
  options: ConstructorParameters<typeof Connections>[2] = {},
): Connections {
  const connections = new Connections(native, path, options, dialectFor(native), inspect);
  onTestFinished(() => connections.close());
  return connections;
}

/** Every driver with every place. */
export const places = natives.flatMap((native) => [
  { name: `${native.name} in memory`, native, path: () => ":memory:" },
  { name: `${native.name} in a file`, native, path: temporaryPath },
]);

/** Runs text with values on a connection that is given back. */
export async function run(
  connections: Connections,
  text: string,
  parameters: readonly unknown[] = [],
  access: "read" | "write" = "write",
): Promise<Result> {
  const connection = await connections.acquire(access);
  try {
    return await connection.query(query(text, parameters));
  } finally {
    connection.release();
  }
}

export function query(text: string, parameters: readonly unknown[] = [], more: Partial<Query> = {}): Query {
  return { text, parameters, rows: true, ...more };
}

export async function withWriter<T>(
  connections: Connections,
  work: (connection: Connection) => T | Promise<T>,
): Promise<T> {
  const connection = await connections.acquire("write");
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}
