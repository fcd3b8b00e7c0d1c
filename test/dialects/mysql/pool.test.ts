import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { ClosedError } from "../../../core/index.ts";
import { driver, failure, hasMariadb, query, rows, TemporaryDatabase, until, using, value } from "./support.ts";

describe.skipIf(!hasMariadb)("what the next user of a connection finds on MariaDB", () => {
  let database: TemporaryDatabase;
  let mariadb: Driver;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    await database.run("create table kept (id int primary key)");
  });
  beforeEach(async () => {
    await database.run("delete from kept");
    mariadb = driver(database.url(), { max: 1 });
  });
  afterEach(() => mariadb.close());
  afterAll(() => database[Symbol.asyncDispose]());

  test("sessions are strict, in UTC, in utf8mb4, whatever the server says", async () => {
    await using(mariadb, async (c) => {
      const [found] = await rows(
        c,
        "select @@sql_mode, @@time_zone, @@character_set_client, @@character_set_results, @@collation_connection, @@autocommit",
      );
      expect(found?.slice(1)).toEqual(["+00:00", "utf8mb4", "utf8mb4", "utf8mb4_nopad_bin", 1]);
      expect(String(found?.[0]).split(",")).toEqual(
        expect.arrayContaining(["STRICT_ALL_TABLES", "NO_ZERO_DATE", "NO_AUTO_VALUE_ON_ZERO", "NO_BACKSLASH_ESCAPES"]),
      );
    });
  });

  test("no open transaction", async () => {
    await using(mariadb, async (c) => {
      await c.execute("start transaction");
      await c.query(query("insert into kept values (1)"));
    });
    await using(mariadb, async (c) => {
      expect(await value(c, "select @@in_transaction")).toBe(0);
      expect(await value(c, "select count(*) from kept")).toBe(0);
    });
  });

  test.each([
    ["a session setting", "set session sql_mode = ''", "select @@sql_mode like '%STRICT_ALL_TABLES%'", 1],
    ["the time zone", "set time_zone = '+05:00'", "select @@time_zone", "+00:00"],
    ["the character set", "set names latin1", "select @@character_set_client", "utf8mb4"],
    ["autocommit", "set autocommit = 0", "select @@autocommit", 1],
    [
      "the isolation level",
      "set session transaction isolation level serializable",
      "select @@tx_isolation",
      "REPEATABLE-READ",
    ],
    ["a user variable", "set @mine = 5", "select @mine", null],
    ["a user variable set in a query", "select @mine := 5", "select @mine", null],
    ["a named lock", "select get_lock('athanor test', 0)", "select is_used_lock('athanor test')", null],
    ["the default database", "use information_schema", "select database() like 'athanor%'", 1],
    ["foreign key checks", "set foreign_key_checks = 0", "select @@foreign_key_checks", 1],
  ])("not %s of the last user, by query or by execute", async (_what, change, look, expected) => {
    await using(mariadb, (c) => c.execute(change));
    expect(await using(mariadb, (c) => value(c, look))).toEqual(expected);
    await using(mariadb, (c) => c.query(query(change)));
    expect(await using(mariadb, (c) => value(c, look))).toEqual(expected);
  });

  test("no temporary table", async () => {
    await using(mariadb, (c) => c.execute("create temporary table mine (id int)"));
    await using(mariadb, async (c) => {
      expect(await failure(c.query(query("select * from mine")))).toMatchObject({ code: "UNDEFINED_OBJECT" });
    });
  });

  test("but the same session, with its prepared statements, where nothing could have changed it", async () => {
    const prepared = (): Promise<unknown> =>
      using(mariadb, async (c) => (await rows(c, "show session status like 'Com_stmt_prepare'"))[0]?.[1]);
    const once = (): Promise<unknown> => using(mariadb, (c) => value(c, "select connection_id()"));
    const session = await once();
    await prepared();
    const before = await prepared();
    expect(await once()).toBe(session);
    expect(await prepared()).toBe(before);
  });

  test("a connection given back as broken is not seen again", async () => {
    const c = await mariadb.acquire("write");
    const id = await value(c, "select connection_id()");
    c.release(true);
    expect(await using(mariadb, (next) => value(next, "select connection_id()"))).not.toBe(id);
  });

  test("a connection that was given back cannot be used, nor given back again", async () => {
    const c = await mariadb.acquire("write");
    c.release();
    const next = await mariadb.acquire("write");
    c.release(true);
    expect(await failure(c.query(query("select 1")))).toMatchObject({ code: "DISCONNECTED" });
    expect(await value(next, "select 1")).toBe(1);
    next.release();
  });

  test("users of a full pool queue in their order, and all are served", async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        using(mariadb, async (c) => {
          await value(c, "select 1");
          order.push(i);
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test("statements kept on a connection are bounded", async () => {
    const small = driver(database.url(), { max: 1, statementCache: 4 });
    await using(small, async (c) => {
      for (let i = 0; i < 40; i++) expect(await value(c, `select ${i}`)).toBe(i);
      const closed = Number((await rows(c, "show session status like 'Com_stmt_close'"))[0]?.[1]);
      const opened = Number((await rows(c, "show session status like 'Com_stmt_prepare'"))[0]?.[1]);
      // The four, and the two that are asking.
      expect(opened - closed).toBeLessThanOrEqual(6);
    });
    await small.close();
  });

  test("close waits for what runs, refuses what comes, and leaves no connection", async () => {
    const busy = driver(database.url(), { max: 3 });
    const c = await busy.acquire("write");
    const running = c.query(query("select sleep(0.1), 'done'"));
    const closing = busy.close();
    expect(await failure(busy.acquire("read"))).toBeInstanceOf(ClosedError);
    expect((await running).rows).toEqual([[0, "done"]]);
    c.release();
    await closing;
    await busy.close();
    await until(async () => (await database.connections()) === 0);
  });
});

test("a driver that was never used closes", async () => {
  await driver("mariadb://root@127.0.0.1:1/test").close();
});
