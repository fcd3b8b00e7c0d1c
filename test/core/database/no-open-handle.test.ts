// Rule 12: once a database is closed nothing keeps the process alive, and nothing rejects where nobody listens, whatever was
// under way. Each runs in a process of its own, which must end by itself.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const program = (opened: string): string => `
import { insertInto, integer, select, table } from "athanor";
import { sqlite } from "athanor/sqlite";
import { postgres } from "athanor/postgres";
import { mariadb, mysql } from "athanor/mysql";
process.on("unhandledRejection", (error) => { console.log("unhandled", error); process.exit(3); });
const things = table("things_of_one_connection", { id: integer().primaryKey() });
const db = ${opened};
await db.connection(async (one) => {
  await one.execute("create temporary table things_of_one_connection (id integer primary key)");
  await one.all(select(things));
});
const numbers = select({ n: select({ n: (await import("athanor")).literal(1) }).scalar() });
await Promise.all(Array.from({ length: 5 }, () => db.all(numbers)));
for await (const _ of db.stream(numbers)) break;
const left = db.stream(numbers)[Symbol.asyncIterator]();
await left.next();
const open = await db.begin();
await open.all(numbers);
const late = db.all(numbers).catch((error) => error.code);
const never = new AbortController();
const cancelled = db.all(numbers, { signal: never.signal }).catch((error) => error.code);
never.abort();
await db.close();
await Promise.all([late, cancelled]);
console.log(await db.all(numbers).then(() => "answered", (error) => error.code));
`;

const opening: Record<string, (url: string) => string> = {
  sqlite: () => 'sqlite(":memory:", { closeTimeout: 500 })',
  postgres: (url) => `postgres(${JSON.stringify(url)}, { closeTimeout: 500 })`,
  mariadb: (url) => `mariadb(${JSON.stringify(url)}, { closeTimeout: 500 })`,
};

describe.each(databases.filter(({ name }) => name in opening))("$name", ({ name, server }) => {
  test("a process ends by itself after close()", async () => {
    const url =
      name === "postgres"
        ? (process.env.ATHANOR_POSTGRES_URL ?? `postgres://postgres@${server?.host}:${server?.port}/postgres`)
        : (process.env.ATHANOR_MARIADB_URL ?? `mysql://root@${server?.host}:${server?.port}/mysql`);
    const text = program((opening[name] as (url: string) => string)(url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=athanor-source", "--input-type=module", "--eval", text],
      { timeout: 30_000 },
    );
    expect(stdout.trim()).toBe("CLOSED");
  });
});
