import { type EventEmitter, once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { CannotConnect, CommitOutcomeUnknown, Disconnected, database as databaseOver } from "../../../core/index.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { driver, failure, hasMariadb, port, query, server, TemporaryDatabase, until, using, value } from "./support.ts";

describe.skipIf(!hasMariadb)("lost connections to MariaDB", () => {
  let database: TemporaryDatabase;
  let proxy: TcpProxy;
  let mariadb: Driver;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    await database.run("create table kept (id int primary key)");
  });
  beforeEach(async () => {
    await database.run("delete from kept");
    proxy = await TcpProxy.start({ host: server.hostname, port });
    mariadb = driver(database.url(proxy.port), { max: 1, cancelTimeout: 500 });
  });
  afterEach(async () => {
    await mariadb.close();
    await proxy[Symbol.asyncDispose]();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("lost while idle: the next user gets another connection", async () => {
    const c = await mariadb.acquire("read");
    const first = await value(c, "select connection_id()");
    const lost = once(c.native as EventEmitter, "end");
    c.release();
    await database.run(`kill ${first}`);
    await lost;
    expect(await using(mariadb, (next) => value(next, "select connection_id()"))).not.toBe(first);
  });

  test("killed by the server in a statement", async () => {
    const c = await mariadb.acquire("write");
    const id = await value(c, "select connection_id()");
    const failed = failure(c.query(query("select sleep(20)")));
    await until(async () => (await database.running("select sleep%")).length === 1);
    await database.run(`kill ${id}`);
    const error = await failed;
    expect(error).toBeInstanceOf(Disconnected);
    expect(error).toMatchObject({ connectionInvalidated: true, transaction: "gone", retryable: "connect" });
    expect(c.usable).toBe(false);
    c.release();
    expect(await using(mariadb, (next) => value(next, "select 1"))).toBe(1);
  });

  test("cut in the middle of a result", async () => {
    const c = await mariadb.acquire("write");
    proxy.cutAfter("to client", 100_000);
    const error = await failure(c.query(query("select seq, repeat('x', 100) from seq_1_to_10000")));
    expect(error).toBeInstanceOf(Disconnected);
    proxy.filter(undefined);
    c.release();
    expect(await using(mariadb, (next) => value(next, "select 1"))).toBe(1);
  });

  test("cut in a transaction: every further statement is refused, and nothing of it is kept", async () => {
    const c = await mariadb.acquire("write");
    await c.execute("start transaction");
    await c.query(query("insert into kept values (1)"));
    proxy.cut();
    expect(await failure(c.query(query("insert into kept values (2)")))).toMatchObject({
      code: "DISCONNECTED",
      transaction: "gone",
    });
    expect(await failure(c.execute("commit"))).toMatchObject({ code: "DISCONNECTED" });
    c.release();
    await until(async () => (await database.connections()) === 0);
    expect(await using(mariadb, (next) => value(next, "select count(*) from kept"))).toBe(0);
  });

  test("cut in COMMIT: the outcome is unknown, whether it happened or not", async () => {
    const db = databaseOver(mariadb);
    for (const [spoil, count] of [
      [() => proxy.cutBefore("to server", "commit"), 0],
      [() => proxy.cutAnswerTo("commit"), 1],
    ] as const) {
      await database.run("delete from kept");
      const tx = await db.begin();
      await tx.execute("insert into kept values (1)");
      spoil();
      const error = await failure(tx.commit());
      expect(error).toBeInstanceOf(CommitOutcomeUnknown);
      expect(error).toMatchObject({ retryable: "ambiguous", connectionInvalidated: true });
      proxy.filter(undefined);
      await until(async () => (await database.connections()) === 0);
      expect(Number((await database.run("select count(*) from kept"))[0]?.[0])).toBe(count);
    }
    expect(await using(mariadb, (next) => value(next, "select 1"))).toBe(1);
  });

  test("a BEGIN that fails leaves a pool that works", async () => {
    const db = databaseOver(mariadb);
    proxy.cutBefore("to server", "start transaction");
    expect(await failure(db.begin())).toBeInstanceOf(Disconnected);
    proxy.filter(undefined);
    const tx = await db.begin();
    await tx.execute("insert into kept values (5)");
    await tx.commit();
    expect(Number((await database.run("select count(*) from kept"))[0]?.[0])).toBe(1);
  });

  test("garbled bytes destroy the connection, not the process", async () => {
    const c = await mariadb.acquire("write");
    proxy.filter((chunk, way) => (way === "to client" ? Buffer.alloc(chunk.length, 0x7f) : chunk));
    expect(await failure(c.query(query("select 1"), { deadline: performance.now() + 300 }))).toMatchObject({
      connectionInvalidated: true,
    });
    expect(c.usable).toBe(false);
    proxy.filter(undefined);
    c.release();
    expect(await using(mariadb, (next) => value(next, "select 1"))).toBe(1);
  });

  test("nobody listens: it cannot connect, and says where, without the password", async () => {
    const nowhere = driver("mariadb://root:secret@127.0.0.1:1/test");
    const error = await failure(nowhere.acquire("read"));
    expect(error).toBeInstanceOf(CannotConnect);
    expect(String(error)).toContain("127.0.0.1:1");
    expect(String(error)).not.toContain("secret");
    await nowhere.close();
  });

  test("a wrong password and an unknown database are refused connections", async () => {
    const url = new URL(server);
    url.username = "nobody";
    url.password = "hunter2";
    const wrong = driver(url.href);
    const error = await failure(wrong.acquire("read"));
    expect(error).toBeInstanceOf(CannotConnect);
    expect(String(error)).not.toContain("hunter2");
    await wrong.close();
    const unknown = driver(new URL("/no_such_database", server).href);
    expect(await failure(unknown.acquire("read"))).toBeInstanceOf(CannotConnect);
    await unknown.close();
  });

  test("waiters are served after a connection was lost", async () => {
    const c = await mariadb.acquire("write");
    const waiting = [1, 2, 3].map((n) => using(mariadb, (next) => value(next, `select ${n}`)));
    proxy.cut();
    expect(await failure(c.query(query("select 1")))).toBeInstanceOf(Disconnected);
    c.release();
    expect(await Promise.all(waiting)).toEqual([1, 2, 3]);
  });
});
