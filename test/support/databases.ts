// The databases that tests run on, each with a database of its own for the test file that imports this, dropped when the
// file is done: SQLite in memory, in a file, and through node:sqlite; PostgreSQL and MariaDB (and MySQL) on the servers that
// ATHANOR_POSTGRES_URL, ATHANOR_MARIADB_URL and ATHANOR_MYSQL_URL name, else on this machine. Where there is no server its
// tests do not run, and a warning says so; where one was named, or in CI, that is a failure.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, DatabaseOptions } from "athanor";
import type { Dialect } from "athanor/dialect";
import { sqlite } from "athanor/sqlite";
import mysql2 from "mysql2/promise";
import pg from "pg";
import { afterAll } from "vitest";
import { mariadb, mysql } from "../../dialects/mysql/index.ts";
import { postgres } from "../../dialects/postgres/index.ts";

/** Options that a test opens a database with, where there is a server: the size of the pool, and another port to reach it. */
export interface OpenOptions extends DatabaseOptions {
  readonly max?: number;
  readonly port?: number;
}

export interface TestDatabase {
  readonly name: "sqlite" | "sqlite file" | "node:sqlite" | "postgres" | "mariadb" | "mysql";
  readonly dialect: Dialect;
  /** `any`: has every feature, as far as types go. */
  readonly db: Database<any>;
  /** Whether another handle sees the same tables. */
  readonly isShared: boolean;
  /** What another process opens it by, with `connect`; undefined where only this one sees it. */
  readonly address: string | undefined;
  /** Where its server listens, if it has one. */
  readonly server: { readonly host: string; readonly port: number } | undefined;
  /** Another handle, closed by the test or at the end; on a database of its own where it is not shared. */
  open(options?: OpenOptions): Database<any>;
}

/** How to open a database that was made, and how to get rid of it. */
interface Made {
  readonly isShared: boolean;
  readonly address?: string;
  readonly server?: URL;
  open(options: OpenOptions): Database<any>;
  drop(): void | Promise<void>;
}

const file = (driver: "better-sqlite3" | "node:sqlite") => (): Made => {
  const folder = mkdtempSync(join(tmpdir(), "athanor-"));
  return {
    isShared: true,
    address: `sqlite:${join(folder, "test.sqlite")}`,
    open: (options) => sqlite(join(folder, "test.sqlite"), { ...options, driver }),
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const makers: { readonly [Name in TestDatabase["name"]]: () => Made | undefined | Promise<Made | undefined> } = {
  sqlite: () => ({ isShared: false, open: (options) => sqlite(":memory:", options), drop: () => {} }),
  "sqlite file": file("better-sqlite3"),
  "node:sqlite": file("node:sqlite"),
  postgres: () =>
    onServer("ATHANOR_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres", async (url, name) => {
      await onPostgres(url, `create database ${name}`);
      return {
        isShared: true,
        address: urlOf(url, name, undefined),
        server: url,
        open: ({ port, ...options }) => postgres(urlOf(url, name, port), options),
        drop: () => onPostgres(url, `drop database ${name} with (force)`),
      };
    }),
  mariadb: () =>
    onServer("ATHANOR_MARIADB_URL", "mysql://root@127.0.0.1:3306", (url, name) => onMysql(mariadb, url, name)),
  mysql: () => onServer("ATHANOR_MYSQL_URL", undefined, (url, name) => onMysql(mysql, url, name)),
};

async function onServer(
  variable: string,
  here: string | undefined,
  make: (url: URL, name: string) => Promise<Made>,
): Promise<Made | undefined> {
  const named = process.env[variable];
  const address = named ?? here;
  if (address === undefined) return undefined;
  const url = new URL(address);
  if (named === undefined && !process.env.CI && !(await answers(url))) {
    console.warn(`SKIPPED: no server answers at ${url.host}; name one in ${variable}`);
    return undefined;
  }
  return make(url, `athanor_${randomBytes(6).toString("hex")}`);
}

async function onMysql(connector: typeof mysql | typeof mariadb, url: URL, name: string): Promise<Made> {
  const once = async (text: string): Promise<void> => {
    const connection = await mysql2.createConnection(url.href);
    await connection.query(text);
    await connection.end();
  };
  await once(`create database ${name}`);
  return {
    isShared: true,
    address: urlOf(url, name, undefined).replace(/^\w+:/, connector === mariadb ? "mariadb:" : "mysql:"),
    server: url,
    open: ({ port, ...options }) => connector(urlOf(url, name, port), options),
    drop: () => once(`drop database ${name}`),
  };
}

async function onPostgres(url: URL, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(text);
  await client.end();
}

function urlOf(server: URL, name: string, port: number | undefined): string {
  const url = new URL(server);
  if (port !== undefined) url.port = String(port);
  url.pathname = `/${name}`;
  return url.href;
}

function answers(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

async function testDatabase(name: TestDatabase["name"]): Promise<TestDatabase | undefined> {
  const made = await makers[name]();
  if (made === undefined) return undefined;
  const opened: Database<any>[] = [];
  const open = (options: OpenOptions = {}): Database<any> => {
    const db = made.open({ name, closeTimeout: 500, ...options });
    opened.push(db);
    return db;
  };
  afterAll(async () => {
    for (const db of opened) await db.close();
    await made.drop();
  });
  const db = open();
  const server = made.server && { host: made.server.hostname, port: Number(made.server.port) };
  return { name, dialect: db.dialect, db, isShared: made.isShared, address: made.address, server, open };
}

const found = await Promise.all((Object.keys(makers) as TestDatabase["name"][]).map(testDatabase));

/** All there are here. */
export const databases: readonly TestDatabase[] = found.filter((it) => it !== undefined);
