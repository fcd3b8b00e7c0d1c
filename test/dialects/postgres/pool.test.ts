import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "../../../core/dialect/index.ts";
import { ClosedError, StatementTimeout } from "../../../core/index.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { driver, failure, query, until, using, value, within } from "./support.ts";

describe.skipIf(!hasPostgres)("PostgreSQL's pool", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await temporaryDatabase();
    await database.run("create table kept (id int)");
  });
  afterAll(() => database[Symbol.asyncDispose]());

  async function withOne<T>(work: (postgres: ReturnType<typeof driver>) => Promise<T>): Promise<T> {
    const postgres = driver(database.url, { max: 1, acquireTimeout: 500 });
    try {
      return await work(postgres);
    } finally {
      await postgres.close();
    }
  }

  test("exhausted, says so in time, and works when a connection comes back", async () => {
    await withOne(async (postgres) => {
      const held = await postgres.acquire("write");
      const error = await failure(postgres.acquire("write"));
      expect(error).toBeInstanceOf(StatementTimeout);
      expect(error).toMatchObject({ message: expect.stringContaining("all 1 connections of the pool are in use") });
      const waiting = postgres.acquire("write") as Promise<Connection>;
      held.release();
      const next = await waiting;
      expect(await value(next, "select 1")).toBe("1");
      next.release();
    });
  });

  test("of one serves many, one after the other", async () => {
    await withOne(async (postgres) => {
      const values = await Promise.all(
        Array.from({ length: 50 }, (_, i) => using(postgres, (c) => value(c, "select $1::int", i))),
      );
      expect(values).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
    });
  });

  test("releasing twice is releasing once", async () => {
    await withOne(async (postgres) => {
      const first = await postgres.acquire("write");
      first.release();
      first.release();
      expect(first.usable).toBe(false);
      const second = await postgres.acquire("write");
      expect(await value(second, "select 1")).toBe("1");
      second.release();
    });
  });

  test("a transaction that was left open is rolled back before the next user", async () => {
    await withOne(async (postgres) => {
      await using(postgres, async (c) => {
        await c.execute("begin");
        await c.query(query("insert into kept values (1)"));
      });
      expect(await using(postgres, (c) => value(c, "select count(*) from kept"))).toBe("0");
      await using(postgres, async (c) => {
        await c.execute("begin");
        await failure(c.query(query("select 1 / 0")));
      });
      expect(await using(postgres, (c) => value(c, "select 1"))).toBe("1");
    });
  });

  const leftovers: readonly [what: string, leave: (c: Connection) => Promise<unknown>, look: string, clean: string][] =
    [
      [
        "a setting",
        async (c) => c.execute("set search_path = 'pg_catalog'"),
        "select current_setting('search_path')",
        '"$user", public',
      ],
      [
        "a setting made by a function",
        async (c) => c.query(query("select set_config('work_mem', '3MB', false)")),
        "select current_setting('work_mem') = '3MB'",
        "f",
      ],
      ["a role", async (c) => c.execute("set role pg_monitor"), "select current_user = session_user", "t"],
      [
        "a temporary table",
        async (c) => c.execute("create temp table mine (id int)"),
        "select to_regclass('pg_temp.mine') is null",
        "t",
      ],
      ["a LISTEN", async (c) => c.execute("listen news"), "select count(*) from pg_listening_channels()", "0"],
      [
        "a lock of the session",
        async (c) => c.query(query("select pg_advisory_lock(7)")),
        "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()",
        "0",
      ],
      [
        "a prepared statement of the user's",
        async (c) => c.execute("prepare mine as select 1"),
        "select count(*) from pg_prepared_statements where name = 'mine'",
        "0",
      ],
      [
        "a cursor",
        async (c) => c.execute("declare mine cursor with hold for select 1"),
        "select count(*) from pg_cursors where name = 'mine'",
        "0",
      ],
      [
        "a setting among other statements",
        async (c) => c.execute("select 1; set work_mem = '3MB'"),
        "select current_setting('work_mem') = '3MB'",
        "f",
      ],
      [
        "a setting behind a comment",
        async (c) => c.execute("/* hello */ set work_mem = '3MB'"),
        "select current_setting('work_mem') = '3MB'",
        "f",
      ],
    ];
  for (const [what, leave, look, clean] of leftovers) {
    test(`${what} does not reach the next user`, async () => {
      await withOne(async (postgres) => {
        const id = await using(postgres, (c) => value(c, "select pg_backend_pid()"));
        await using(postgres, leave);
        await using(postgres, async (c) => {
          expect(await value(c, look)).toBe(clean);
          // It was reset, not replaced.
          expect(await value(c, "select pg_backend_pid()")).toBe(id);
        });
      });
    });
  }

  test("with `reset: always`, what a function has hidden does not reach the next user either", async () => {
    await database.run("create function hide() returns void language sql as $$ set work_mem = '3MB' $$");
    const postgres = driver(database.url, { max: 1, reset: "always" });
    await using(postgres, (c) => value(c, "select hide()"));
    expect(await using(postgres, (c) => value(c, "select current_setting('work_mem') = '3MB'"))).toBe("f");
    await postgres.close();
  });

  test("what only reads and writes is given back without a round trip, its statements still prepared", async () => {
    await withOne(async (postgres) => {
      await using(postgres, (c) => value(c, "select 'prepared'"));
      const count = "select count(*) from pg_prepared_statements where statement = 'select ''prepared'''";
      expect(await using(postgres, (c) => value(c, count))).toBe("1");
    });
  });

  test("settings of the options hold for every session, also after a reset", async () => {
    const postgres = driver(database.url, {
      max: 1,
      settings: { search_path: "pg_catalog" },
      applicationName: "athanor test",
    });
    await using(postgres, async (c) => {
      expect(await value(c, "show search_path")).toBe("pg_catalog");
      expect(await value(c, "show application_name")).toBe("athanor test");
      await c.execute("set search_path = 'public'");
    });
    expect(await using(postgres, (c) => value(c, "show search_path"))).toBe("pg_catalog");
    await postgres.close();
  });

  test("closed, it refuses, ends who waits, and leaves no connection on the server", async () => {
    const postgres = driver(database.url, { max: 1, applicationName: "athanor closing" });
    const held = await postgres.acquire("write");
    const waiting = failure(postgres.acquire("write"));
    const closing = postgres.close();
    expect(await waiting).toBeInstanceOf(ClosedError);
    // What still runs ends first.
    expect(await value(held, "select 1")).toBe("1");
    held.release();
    await closing;
    expect(await failure(postgres.acquire("write"))).toBeInstanceOf(ClosedError);
    const open = () => database.run("select 1 from pg_stat_activity where application_name = 'athanor closing'");
    await until(async () => (await open()).length === 0);
  });

  test("a connection that is never given back is cut when the time to close is up", async () => {
    const postgres = driver(database.url, { max: 1, closeTimeout: 50 });
    const held = await postgres.acquire("write");
    await postgres.close();
    expect(await failure(held.query(query("select 1"), within(1_000)))).toMatchObject({
      code: "DISCONNECTED",
    });
    held.release();
  });

  test("a process ends by itself once its database is closed, and sooner than any timeout", async () => {
    const { spawn } = await import("node:child_process");
    const program = `
      import { PostgresDriver } from "./dialects/postgres/driver.ts";
      import { postgresDialect } from "./dialects/postgres/dialect.ts";
      import { readOptions } from "./dialects/postgres/options.ts";
      const postgres = new PostgresDriver(readOptions(process.argv[1]), postgresDialect, async () => ({ tables: [], others: [] }));
      const connections = await Promise.all([1, 2, 3].map(() => postgres.acquire("read")));
      const query = { text: "select pg_sleep(10)", parameters: [], rows: true };
      await connections[0].query(query, { deadline: performance.now() + 50 }).catch(() => undefined);
      for (const connection of connections) connection.release();
      await postgres.close();
      console.log("closed");
    `;
    const child = spawn(
      process.execPath,
      ["--conditions=athanor-source", "--input-type=module", "--eval", program, database.url],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    const code = await new Promise((resolve) => child.on("exit", resolve));
    expect(Buffer.concat(output).toString()).toBe("closed\n");
    expect(code).toBe(0);
  }, 9_000);
});
