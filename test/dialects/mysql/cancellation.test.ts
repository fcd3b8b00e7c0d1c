import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { Cancelled, Disconnected, StatementTimeout } from "../../../core/index.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import {
  driver,
  failure,
  hasMariadb,
  port,
  query,
  server,
  TemporaryDatabase,
  until,
  using,
  value,
  within,
} from "./support.ts";

const slow = "select sleep(20) from (select 1 union select 2) as two";

describe.skipIf(!hasMariadb)("cancellation on MariaDB", () => {
  let database: TemporaryDatabase;
  let proxy: TcpProxy;
  let mariadb: Driver;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  beforeEach(async () => {
    proxy = await TcpProxy.start({ host: server.hostname, port });
    mariadb = driver(database.url(proxy.port), { max: 1, cancelTimeout: 500 });
  });
  afterEach(async () => {
    proxy.resume();
    await mariadb.close();
    await proxy[Symbol.asyncDispose]();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("a statement past its deadline is stopped on the server, and the connection goes on", async () => {
    await using(mariadb, async (c) => {
      const error = await failure(c.query(query(slow), within(100)));
      expect(error).toBeInstanceOf(StatementTimeout);
      expect(error).toMatchObject({ connectionInvalidated: false, transaction: "open", sql: slow });
      expect(await database.running("%sleep%")).toEqual([]);
      expect(await value(c, "select 1")).toBe(1);
    });
  });

  test("a signal does the same, and is the cause", async () => {
    await using(mariadb, async (c) => {
      const controller = new AbortController();
      const failed = failure(c.query(query(slow), { signal: controller.signal }));
      await until(async () => (await database.running("select sleep%")).length === 1);
      const reason = new Error("the user left");
      controller.abort(reason);
      const error = await failed;
      expect(error).toBeInstanceOf(Cancelled);
      expect(error).toMatchObject({ cause: reason, connectionInvalidated: false });
      expect(await value(c, "select 1")).toBe(1);
    });
  });

  test("a signal that has aborted already: nothing is sent", async () => {
    await using(mariadb, async (c) => {
      await c.execute("create temporary table untouched (id int)");
      const error = await failure(c.query(query("insert into untouched values (1)"), { signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ code: "CANCELLED", transaction: "open" });
      expect(await value(c, "select count(*) from untouched")).toBe(0);
    });
  });

  test("in a transaction, it has failed and can be rolled back", async () => {
    await database.run("create or replace table kept (id int)");
    await using(mariadb, async (c) => {
      await c.execute("start transaction");
      await c.query(query("insert into kept values (1)"));
      expect(await failure(c.query(query(slow), within(50)))).toMatchObject({ transaction: "failed" });
      await c.execute("rollback");
      expect(await value(c, "select count(*) from kept")).toBe(0);
    });
  });

  test("execute() stops in the middle of several statements, and the rest does not run", async () => {
    await database.run("create or replace table steps (id int)");
    await using(mariadb, async (c) => {
      const text = `insert into steps values (1); ${slow}; insert into steps values (2)`;
      expect(await failure(c.execute(text, within(100)))).toBeInstanceOf(StatementTimeout);
      expect(await value(c, "select group_concat(id) from steps")).toBe("1");
    });
  });

  test("KILL QUERY that comes when the statement is through hits no other", async () => {
    await using(mariadb, async (c) => {
      // Deadlines around the time a statement takes, so that some KILLs come before its end and some after.
      for (let i = 0; i < 60; i++) {
        try {
          expect((await c.query(query("select sleep(0.003), 7"), within(i / 10))).rows).toEqual([[0, 7]]);
        } catch (error) {
          expect(error).toBeInstanceOf(StatementTimeout);
        }
        expect(await value(c, "select count(*) from seq_1_to_5000")).toBe(5000);
      }
    });
  });

  test("where nobody confirms, the connection is destroyed, and a pool of one works again", async () => {
    const c = await mariadb.acquire("write");
    const failed = failure(c.query(query(slow), within(50)));
    await until(async () => (await database.running("select sleep%")).length === 1);
    proxy.stall();
    const error = await failed;
    expect(error).toBeInstanceOf(StatementTimeout);
    expect(error).toMatchObject({ connectionInvalidated: true, transaction: "gone" });
    expect(c.usable).toBe(false);
    expect(await failure(c.query(query("select 1")))).toBeInstanceOf(Disconnected);
    c.release();
    proxy.resume();
    await using(mariadb, async (next) => {
      expect(next.native).not.toBe(c.native);
      expect(await value(next, "select 1")).toBe(1);
    });
  });

  test("waiting for a connection ends at the deadline and by signal, and leaves nothing behind", async () => {
    const held = await mariadb.acquire("write");
    expect(await failure(mariadb.acquire("write", within(30)))).toMatchObject({
      code: "STATEMENT_TIMEOUT",
      transaction: "open",
      connectionInvalidated: false,
    });
    const controller = new AbortController();
    const waiting = failure(mariadb.acquire("write", { signal: controller.signal }));
    controller.abort();
    expect(await waiting).toBeInstanceOf(Cancelled);
    const patient = mariadb.acquire("write");
    held.release();
    const c = await patient;
    expect(await value(c, "select 1")).toBe(1);
    c.release();
    await using(mariadb, async (again) => expect(await value(again, "select 2")).toBe(2));
  });

  test("a server that accepts and says nothing: connecting ends", async () => {
    proxy.stall();
    const silent = driver(database.url(proxy.port), { connectTimeout: 100 });
    expect(await failure(silent.acquire("read"))).toMatchObject({ code: "CANNOT_CONNECT" });
    await silent.close();
  });

  test("a server that falls silent in the middle of a statement without a deadline of its own is left by signal", async () => {
    const c = await mariadb.acquire("write");
    const controller = new AbortController();
    proxy.stall();
    const failed = failure(c.query(query("select 1"), { signal: controller.signal }));
    controller.abort();
    expect(await failed).toMatchObject({ code: "CANCELLED", connectionInvalidated: true });
    c.release();
  });
});
