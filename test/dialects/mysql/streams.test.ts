import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { Cancelled, Disconnected } from "../../../core/index.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import {
  driver,
  failure,
  hasMariadb,
  port,
  query,
  rows,
  server,
  TemporaryDatabase,
  until,
  using,
  value,
} from "./support.ts";

const many = query("select seq, repeat('x', 100) from seq_1_to_1000000");

describe.skipIf(!hasMariadb)("streams from MariaDB", () => {
  let database: TemporaryDatabase;
  let proxy: TcpProxy;
  let mariadb: Driver;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  beforeEach(async () => {
    proxy = await TcpProxy.start({ host: server.hostname, port });
    mariadb = driver(database.url(proxy.port), { max: 1 });
  });
  afterEach(async () => {
    proxy.resume();
    await mariadb.close();
    await proxy[Symbol.asyncDispose]();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("all rows once, in batches, also where the last is short", async () => {
    await using(mariadb, async (c) => {
      for (const [count, batch, sizes] of [
        [10, 4, [4, 4, 2]],
        [8, 4, [4, 4]],
        [0, 4, []],
        [3, 100, [3]],
      ] as const) {
        const found: number[] = [];
        const lengths: number[] = [];
        for await (const part of c.stream(query("select seq from seq_1_to_10 where seq <= ?", BigInt(count)), batch)) {
          lengths.push(part.length);
          found.push(...part.map(([seq]) => seq as number));
        }
        expect(found).toEqual(Array.from({ length: count }, (_, i) => i + 1));
        expect(lengths).toEqual(sizes);
      }
      expect(await value(c, "select 1")).toBe(1);
    });
  });

  test("holds a batch, not the result: the server waits while nobody asks", async () => {
    // Not through the proxy, which takes whatever comes.
    const direct = driver(database.url(), { max: 1 });
    await using(direct, async (c) => {
      const stream = c.stream(many, 100)[Symbol.asyncIterator]();
      expect((await stream.next()).value).toHaveLength(100);
      const state = "select state from information_schema.processlist where info like 'select seq, repeat%'";
      await until(async () => (await database.run(state))[0]?.[0] === "Writing to net");
      await stream.return?.();
      expect(await value(c, "select 1")).toBe(1);
    });
    await direct.close();
  });

  test("left early, the statement is stopped on the server and the connection goes on, in its transaction", async () => {
    await using(mariadb, async (c) => {
      await c.execute("start transaction");
      for await (const part of c.stream(many, 10)) {
        expect(part).toHaveLength(10);
        break;
      }
      expect(await database.running("select seq, repeat%")).toEqual([]);
      expect(await value(c, "select @@in_transaction")).toBe(1);
    });
  });

  test("left at once again and again, the next statement is never hit", async () => {
    await using(mariadb, async (c) => {
      for (let i = 1; i <= 30; i++) {
        const stream = c.stream(query(`select seq from seq_1_to_${i * 100}`), 10)[Symbol.asyncIterator]();
        await stream.next();
        await stream.return?.();
        expect(await value(c, "select count(*) from seq_1_to_1000")).toBe(1000);
      }
    });
  });

  test("a signal ends it with an error, and the connection goes on", async () => {
    await using(mariadb, async (c) => {
      const controller = new AbortController();
      const stream = c.stream(many, 10, { signal: controller.signal })[Symbol.asyncIterator]();
      await stream.next();
      controller.abort();
      expect(await failure(stream.next())).toBeInstanceOf(Cancelled);
      expect(await value(c, "select 1")).toBe(1);
    });
  });

  test("an error of the statement comes out of the iteration", async () => {
    await using(mariadb, async (c) => {
      const wrong = c.stream(query("select * from no_such_table"), 10)[Symbol.asyncIterator]();
      expect(await failure(wrong.next())).toMatchObject({
        code: "UNDEFINED_OBJECT",
        sql: "select * from no_such_table",
      });
      const late = c.stream(query("select exp(seq * 100) from seq_1_to_10"), 2)[Symbol.asyncIterator]();
      expect(
        await failure(
          (async () => {
            while (!(await late.next()).done);
          })(),
        ),
      ).toMatchObject({ code: "DATABASE" });
      expect(await value(c, "select 1")).toBe(1);
    });
  });

  test("the connection lost in the middle comes out of the iteration", async () => {
    const c = await mariadb.acquire("read");
    const stream = c.stream(many, 10)[Symbol.asyncIterator]();
    await stream.next();
    proxy.cut();
    expect(
      await failure(
        (async () => {
          while (!(await stream.next()).done);
        })(),
      ),
    ).toBeInstanceOf(Disconnected);
    expect(c.usable).toBe(false);
    c.release();
    expect(await using(mariadb, (next) => value(next, "select 1"))).toBe(1);
  });

  test("abandoned without an end, it is ended with the connection", async () => {
    const c = await mariadb.acquire("read");
    await c.stream(many, 10)[Symbol.asyncIterator]().next();
    c.release(true);
    await until(async () => (await database.running("select seq, repeat%")).length === 0);
    expect(await using(mariadb, (next) => value(next, "select 1"))).toBe(1);
  });

  test("where nobody confirms the end, the connection is destroyed", async () => {
    await mariadb.close();
    mariadb = driver(database.url(proxy.port), { max: 1, cancelTimeout: 500 });
    const c = await mariadb.acquire("read");
    const stream = c.stream(many, 10)[Symbol.asyncIterator]();
    await stream.next();
    proxy.stall();
    await stream.return?.();
    expect(c.usable).toBe(false);
    proxy.resume();
    c.release();
    expect(await using(mariadb, (next) => rows(next, "select 1"))).toEqual([[1]]);
  });
});
