// The raw drivers, as somebody uses them by hand who cares for speed: prepared statements that are kept.
import type { Database } from "athanor";
import { mariadb } from "athanor/mysql";
import { postgres } from "athanor/postgres";
import { sqlite } from "athanor/sqlite";
import Sqlite from "better-sqlite3";
import mysql2 from "mysql2/promise";
import pg from "pg";

type Run = (values: readonly unknown[]) => unknown;
export interface RawDatabase {
  /** The same database through Athanor. */
  readonly athanor: Database<any>;
  prepare(sql: string): Run;
  /** A statement that ends in `in`, for a list of so many values. */
  prepareList(sql: string, length: number): Run;
  close(): Promise<void>;
}

export async function sqliteRaw(path: string): Promise<RawDatabase> {
  const athanor = sqlite(path) as Database<any>;
  await athanor.execute("select 1");
  const db = new Sqlite(path);
  const prepare = (sql: string): Run => {
    let statement: Sqlite.Statement | undefined;
    return (values) => {
      statement ??= db.prepare(sql);
      return sql.includes("where id = ?") ? statement.get(...values) : statement.all(...values);
    };
  };
  return {
    athanor,
    prepare,
    prepareList: (sql, length) => prepare(`${sql} (${Array(length).fill("?").join(", ")})`),
    close: async () => {
      db.close();
      await athanor.close();
    },
  };
}

export async function postgresRaw(): Promise<RawDatabase> {
  const url = process.env.ATHANOR_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/test";
  const client = new pg.Client(url);
  await client.connect();
  let n = 0;
  const prepare = (text: string, list: boolean): Run => {
    const name = `bench${n++}`;
    return async (values) => (await client.query({ name, text, values: list ? [values] : [...values] })).rows;
  };
  const athanor = postgres(url) as Database<any>;
  return {
    athanor,
    prepare: (sql) => prepare(sql.replace("?", "$1"), false),
    prepareList: (sql) => prepare(`${sql.replace(/ in$/, "")} = any($1)`, true),
    async close() {
      await client.end();
      await athanor.close();
    },
  };
}

export async function mariadbRaw(): Promise<RawDatabase> {
  const url = process.env.ATHANOR_MARIADB_URL ?? "mysql://root@127.0.0.1:3306/test";
  const connection = await mysql2.createConnection(url);
  const prepare =
    (sql: string): Run =>
    async (values) =>
      (await connection.execute(sql, [...values] as never))[0];
  const athanor = mariadb(url) as Database<any>;
  return {
    athanor,
    prepare,
    prepareList: (sql, length) => prepare(`${sql} (${Array(length).fill("?").join(", ")})`),
    async close() {
      await connection.end();
      await athanor.close();
    },
  };
}
