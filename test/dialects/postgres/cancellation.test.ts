import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { Cancelled, StatementTimeout } from "../../../core/index.ts";
import { hasPostgres, postgresServer, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { driver, failure, pause, query, until, using, value, within } from "./support.ts";

describe.skipIf(!hasPostgres)("cancellation on PostgreSQL", () => {
  let database: TemporaryDatabase;
  let proxy: TcpProxy;
  let postgres: Driver;
  beforeAll(async () => {
    database = await temporaryDatabase();
  });
  beforeEach(async () => {
    proxy = await TcpProxy.start({ host: postgresServer.hostname, port: Number(postgresServer.port || 5432) });
    postgres = driver(database.through(proxy.port), { max: 1, cancelTimeout: 500 });
  });
  afterEach(async () => {
    proxy.resume();
    await postgres.close();
    await proxy[Symbol.asyncDispose]();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  async function running(): Promise<number> {
    return (
      await database.run(
        "select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active' and datname = current_database()",
      )
    ).length;
  }

  test("a statement past its deadline is stopped on the server, and the connection goes on", async () => {
    await using(postgres, async (c) => {
      const error = await failure(c.query(query("select pg_sleep(20)"), within(100)));
      expect(error).toBeInstanceOf(StatementTimeout);
      expect(error).toMatchObject({ connectionInvalidated: false, transaction: "open", sql: "select pg_sleep(20)" });
      expect(await running()).toBe(0);
      expect(await value(c, "select 1")).toBe("1");
    });
  });

  test("a signal does the same, and is the cause", async () => {
    await using(postgres, async (c) => {
      const controller = new AbortController();
      const failed = failure(c.query(query("select pg_sleep(20)"), { signal: controller.signal }));
      await until(async () => (await running()) === 1);
      const reason = new Error("the user left");
      controller.abort(reason);
      const error = await failed;
      expect(error).toBeInstanceOf(Cancelled);
      expect(error).toMatchObject({ cause: reason, connectionInvalidated: false });
      expect(await running()).toBe(0);
      expect(await value(c, "select 1")).toBe("1");
    });
  });

  test("a signal that has aborted already: nothing is sent", async () => {
    await using(postgres, async (c) => {
      await c.execute("create temp table untouched (id int)");
      const error = await failure(
        c.query(query("insert into untouched values (1)"), { signal: AbortSignal.abort() }) as Promise<unknown>,
      );
      expect(error).toMatchObject({ code: "CANCELLED", transaction: "open" });
      expect(await value(c, "select count(*) from untouched")).toBe("0");
    });
  });

  test("in a transaction, it has failed and can be rolled back", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin");
      expect(await failure(c.query(query("select pg_sleep(20)"), within(50)))).toMatchObject({
        transaction: "failed",
      });
      expect((await c.execute("rollback")).tag).toBe("ROLLBACK");
      expect(await value(c, "select 1")).toBe("1");
    });
  });

  test("a cancel that comes when the statement has just ended never hits the next one", async () => {
    await using(postgres, async (c) => {
      let cancelled = 0;
      for (let i = 0; i < 200; i++) {
        const controller = new AbortController();
        const first = c.query(query("select pg_sleep(0.002)"), { signal: controller.signal }) as Promise<unknown>;
        const ended = first.then(
          () => undefined,
          (error: unknown) => error,
        );
        await pause(i % 4);
        controller.abort();
        if (await ended) cancelled++;
        expect(await value(c, "select $1::int", i)).toBe(String(i));
      }
      expect(cancelled).toBeGreaterThan(0);
    });
  });

  test("a cancel that cannot be confirmed costs the connection, and a pool of one works again", async () => {
    const before = proxy.connections;
    await using(postgres, async (c) => {
      const failed = failure(c.query(query("select pg_sleep(20)"), within(200)));
      await until(async () => (await running()) === 1);
      proxy.stall();
      expect(await failed).toMatchObject({
        code: "STATEMENT_TIMEOUT",
        connectionInvalidated: true,
        transaction: "gone",
      });
      expect(c.usable).toBe(false);
    });
    proxy.resume();
    expect(await using(postgres, (c) => value(c, "select 1"))).toBe("1");
    expect(proxy.connections).toBeGreaterThan(before);
    await database.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and datname = current_database()",
    );
  });

  test("a wait in the pool's queue can be cancelled and times out, and leaks nothing", async () => {
    const held = await postgres.acquire("read");
    const controller = new AbortController();
    const waits = [
      failure(postgres.acquire("read", { signal: controller.signal })),
      failure(postgres.acquire("read", within(50))),
      failure(postgres.acquire("read", { signal: AbortSignal.abort() })),
    ];
    controller.abort(new Error("enough"));
    const [cancelled, late, early] = await Promise.all(waits);
    expect(cancelled).toMatchObject({ code: "CANCELLED", message: expect.stringContaining("wait for a connection") });
    expect(late).toMatchObject({
      code: "STATEMENT_TIMEOUT",
      message: expect.stringContaining("all 1 connections of the pool are in use"),
      hint: expect.stringContaining("max"),
    });
    expect(early).toBeInstanceOf(Cancelled);
    held.release();
    for (let i = 0; i < 3; i++) expect(await using(postgres, (c) => value(c, "select 1"))).toBe("1");
  });

  test("a pipeline is cancelled as a whole", async () => {
    await using(postgres, async (c) => {
      const queries = [query("select 1"), query("select pg_sleep(20)"), query("select 3")];
      const error = await failure(c.pipeline?.(queries, within(100)));
      expect(error).toMatchObject({ code: "STATEMENT_TIMEOUT", sql: "select pg_sleep(20)" });
      expect(await value(c, "select 1")).toBe("1");
    });
  });

  test("text of several statements is cancelled", async () => {
    await using(postgres, async (c) => {
      expect(await failure(c.execute("select 1; select pg_sleep(20); select 2", within(100)))).toBeInstanceOf(
        StatementTimeout,
      );
      expect(await value(c, "select 1")).toBe("1");
    });
  });

  test("a cancel by someone else is Cancelled, a timeout of the server's StatementTimeout", async () => {
    await using(postgres, async (c) => {
      const id = await value(c, "select pg_backend_pid()");
      const failed = failure(value(c, "select pg_sleep(20)"));
      await until(async () => (await running()) === 1);
      await database.run("select pg_cancel_backend($1)", [id]);
      expect(await failed).toBeInstanceOf(Cancelled);
      await c.execute("set statement_timeout = '50ms'");
      expect(await failure(value(c, "select pg_sleep(20)"))).toBeInstanceOf(StatementTimeout);
    });
  });
});
