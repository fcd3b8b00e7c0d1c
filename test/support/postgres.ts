// A PostgreSQL server for tests: the one that ATHANOR_POSTGRES_URL names, else one on this machine. Where there is none,
// its tests are skipped; where one was named, they are not.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import pg from "pg";

const named = process.env.ATHANOR_POSTGRES_URL;

/** The server, with the database that new ones are made from. */
export const postgresServer: URL = new URL(named ?? "postgres://postgres@127.0.0.1:5432/postgres");

/** Whether there is a server to test on. */
export const hasPostgres: boolean = named !== undefined || (await answers(postgresServer));

export interface TemporaryDatabase extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  /** The same database through another port. */
  through(port: number): string;
  /** Runs a statement on a connection beside those of the test. */
  run(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

/** An empty database with a name of its own, dropped at the end. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  const name = `athanor_${randomBytes(6).toString("hex")}`;
  await once(postgresServer.href, `create database ${name}`);
  const url = new URL(postgresServer);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    through(port) {
      const other = new URL(url);
      other.hostname = "127.0.0.1";
      other.port = String(port);
      return other.href;
    },
    run: (text, values) => once(url.href, text, values),
    async [Symbol.asyncDispose]() {
      await once(postgresServer.href, `drop database ${name} with (force)`);
    },
  };
}

async function once(url: string, text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

function answers(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port || 5432), url.hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
