// Drivers without Core around them, on a database of the test's own, and what tests of them say again and again.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import mysql2 from "mysql2/promise";
import type { Connection, Driver, Query, Reflected, Result, Until } from "../../../core/dialect/index.ts";
import { MysqlDriver } from "../../../dialects/mysql/driver.ts";
import { mariadb, mysql } from "../../../dialects/mysql/index.ts";
import { mariadbDialect } from "../../../dialects/mysql/mariadb.ts";
import { type MysqlOptions, settingsOf } from "../../../dialects/mysql/options.ts";

export const server: URL = new URL(process.env.ATHANOR_MARIADB_URL ?? "mysql://root@127.0.0.1:3306");
export const port: number = Number(server.port || 3306);

/** Whether there is a MariaDB; where one was named there must be. */
export const hasMariadb: boolean = process.env.ATHANOR_MARIADB_URL !== undefined || (await answers());

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, server.hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

/** A database that is dropped at the end, and a connection that does not go through Athanor. */
export class TemporaryDatabase implements AsyncDisposable {
  readonly name: string;
  readonly #connection: mysql2.Connection;
  readonly #on: URL;

  private constructor(name: string, connection: mysql2.Connection, on: URL) {
    this.name = name;
    this.#connection = connection;
    this.#on = on;
  }

  static async create(on: URL = server): Promise<TemporaryDatabase> {
    const name = `athanor_${randomBytes(6).toString("hex")}`;
    const connection = await mysql2.createConnection({ uri: on.href, multipleStatements: true, rowsAsArray: true });
    await connection.query(`create database ${name}; use ${name}`);
    return new TemporaryDatabase(name, connection, on);
  }

  /** Its URL, through a proxy if a port is given. */
  url(through?: number): string {
    const url = new URL(this.#on);
    url.pathname = `/${this.name}`;
    if (through !== undefined) url.port = String(through);
    return url.href;
  }

  async run(text: string): Promise<unknown[][]> {
    return (await this.#connection.query(text))[0] as unknown as unknown[][];
  }

  /** The threads that run something in this database, but for the one that asks. */
  async running(pattern = "%"): Promise<readonly number[]> {
    const rows = await this.run(
      `select id from information_schema.processlist where db = '${this.name}' and command <> 'Sleep' and id <> connection_id() and info like '${pattern}'`,
    );
    return rows.map(([id]) => Number(id));
  }

  async connections(): Promise<number> {
    const rows = await this.run(
      `select count(*) from information_schema.processlist where db = '${this.name}' and id <> connection_id()`,
    );
    return Number(rows[0]?.[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.query(`drop database ${this.name}`);
    await this.#connection.end();
  }
}

/** The servers there are: MariaDB here, and a MySQL if ATHANOR_MYSQL_URL names one. */
export const servers: readonly {
  readonly name: string;
  readonly at: URL;
  readonly open: typeof mariadb | typeof mysql;
}[] = [
  ...(hasMariadb ? [{ name: "mariadb", at: server, open: mariadb }] : []),
  ...(process.env.ATHANOR_MYSQL_URL
    ? [{ name: "mysql", at: new URL(process.env.ATHANOR_MYSQL_URL), open: mysql }]
    : []),
];

export function driver(url: string, options: MysqlOptions = {}): Driver {
  const inspectNothing = async (): Promise<Reflected> => ({ tables: [], others: [] });
  return new MysqlDriver(mariadbDialect, inspectNothing, "mariadb", settingsOf(url, options));
}

export function query(text: string, ...parameters: readonly unknown[]): Query {
  return { text, parameters, rows: true, prepare: true };
}

/** Lends a connection for as long as the work takes. */
export async function using<T>(from: Driver, work: (connection: Connection) => T | Promise<T>): Promise<T> {
  const connection = await from.acquire("write");
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}

export async function rows(
  connection: Connection,
  text: string,
  ...parameters: readonly unknown[]
): Promise<Result["rows"]> {
  return (await connection.query(query(text, ...parameters))).rows;
}

/** The first value of the first row. */
export async function value(connection: Connection, text: string, ...parameters: readonly unknown[]): Promise<unknown> {
  return (await rows(connection, text, ...parameters))[0]?.[0];
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until it holds; the test's timeout ends it. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await pause(10);
}
