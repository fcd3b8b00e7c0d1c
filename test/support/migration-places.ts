// Databases that a command in another process can reach, by their URL.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, sql, text } from "athanor";
import { sqlite } from "athanor/sqlite";
import { databases } from "./databases.ts";

export interface MigrationPlace extends AsyncDisposable {
  readonly url: string;
  readonly db: Database<any>;
}

export const placeNames: readonly ("sqlite" | "postgres" | "mariadb")[] = [
  "sqlite",
  ...(["postgres", "mariadb"] as const).filter((name) => databases.some((it) => it.name === name)),
];

/** An empty database: SQLite in a file, or the one that this test file has on a server. */
export async function migrationPlace(name: (typeof placeNames)[number]): Promise<MigrationPlace> {
  if (name === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "athanor-migrated-"));
    const path = join(folder, "test.sqlite");
    const db = sqlite(path);
    return {
      url: `sqlite:${path}`,
      db,
      async [Symbol.asyncDispose]() {
        await db.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  const found = databases.find((it) => it.name === name);
  if (found?.server === undefined) throw new Error(`there is no ${name} here`);
  const { db, server } = found;
  const current = sql.raw(name === "postgres" ? "current_database()" : "database()");
  const { it } = await db.one(sql.statement({ it: text() })`select ${current} as it`);
  const url = new URL(
    process.env[`ATHANOR_${name.toUpperCase()}_URL`] ??
      `${name}://${name === "postgres" ? "postgres" : "root"}@${server.host}:${server.port}`,
  );
  url.pathname = `/${it}`;
  return {
    url: url.href.replace(/^mysql:/, `${name}:`),
    db,
    async [Symbol.asyncDispose]() {
      const { tables, others } = await db.inspect();
      await db.drop([...tables, ...others]);
    },
  };
}
