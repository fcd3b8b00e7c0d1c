// Databases of the benchmarks' own on the servers: made when they begin, dropped when they end.
import mysql2 from "mysql2/promise";
import pg from "pg";

export interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const name = `athanor_bench_${process.pid}`;

export async function postgresDatabase(): Promise<OwnDatabase> {
  const server = new URL(process.env.ATHANOR_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/postgres");
  const admin = new pg.Client({ connectionString: server.href });
  await admin.connect();
  await admin.query(`create database ${name}`);
  return {
    url: withName(server),
    async drop() {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

export async function mariadbDatabase(): Promise<OwnDatabase> {
  const server = new URL(process.env.ATHANOR_MARIADB_URL ?? "mysql://root@127.0.0.1:3306/");
  const admin = await mysql2.createConnection(server.href);
  await admin.query(`create database ${name} character set utf8mb4`);
  return {
    url: withName(server),
    async drop() {
      await admin.query(`drop database ${name}`);
      await admin.end();
    },
  };
}

function withName(server: URL): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
