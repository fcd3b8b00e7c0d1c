import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Connection, Driver } from "../../../core/dialect/index.ts";
import { CannotConnect, CommitOutcomeUnknown, Disconnected, StatementTimeout } from "../../../core/index.ts";
import { hasPostgres, postgresServer, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { driver, failure, pause, query, until, using, value, within } from "./support.ts";

describe.skipIf(!hasPostgres)("lost connections to PostgreSQL", () => {
  let database: TemporaryDatabase;
  let proxy: TcpProxy;
  let postgres: Driver;
  beforeAll(async () => {
    database = await temporaryDatabase();
    await database.run("create table written (id int)");
  });
  beforeEach(async () => {
    await database.run("truncate written");
    proxy = await TcpProxy.start({ host: postgresServer.hostname, port: Number(postgresServer.port || 5432) });
    // One connection: what is left broken would be handed to the next user.
    postgres = driver(database.through(proxy.port), {
      max: 1,
      cancelTimeout: 300,
      connectTimeout: 300,
      acquireTimeout: 2_000,
    });
  });
  afterEach(async () => {
    proxy.resume();
    proxy.filter(undefined);
    await postgres.close();
    await proxy[Symbol.asyncDispose]();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  async function terminate(connection: Connection): Promise<void> {
    const id = await value(connection, "select pg_backend_pid()");
    await database.run("select pg_terminate_backend($1)", [id]);
  }

  async function expectWorking(): Promise<void> {
    expect(await using(postgres, (c) => value(c, "select 1"))).toBe("1");
  }

  test("a server that refuses connections is CannotConnect, with its address and without the password", async () => {
    const nobody = await TcpProxy.start({ host: "127.0.0.1", port: 1 });
    const closed = driver(`postgres://postgres:hunter2@127.0.0.1:${nobody.port}/test`);
    await nobody[Symbol.asyncDispose]();
    const error = await failure(closed.acquire("read"));
    expect(error).toBeInstanceOf(CannotConnect);
    expect(error).toMatchObject({ retryable: "connect", message: expect.stringContaining(`127.0.0.1:${nobody.port}`) });
    const { inspect } = await import("node:util");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
    await closed.close();
  });

  test("a URL that cannot be read is CannotConnect without the URL", async () => {
    const wrong = driver("postgres://postgres:hunter2@[nonsense:5432/test");
    const error = await failure(wrong.acquire("read"));
    expect(error).toBeInstanceOf(CannotConnect);
    const { inspect } = await import("node:util");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
    await wrong.close();
  });

  test("a wrong password or database is CannotConnect", async () => {
    const url = new URL(database.url);
    url.pathname = "/no_such_database";
    const wrong = driver(url.href);
    expect(await failure(wrong.acquire("read"))).toMatchObject({
      code: "CANNOT_CONNECT",
      message: expect.stringContaining("no_such_database"),
    });
    await wrong.close();
  });

  test("a server that is too old is CannotConnect, with its version", async () => {
    proxy.filter((chunk, way) => {
      const at = chunk.indexOf("server_version\0");
      if (way === "to client" && at >= 0) chunk.write("12", at + "server_version\0".length);
      return chunk;
    });
    expect(await failure(postgres.acquire("read"))).toMatchObject({
      code: "CANNOT_CONNECT",
      message: expect.stringMatching(/is of version 12.*, and Athanor needs 13 or later/),
    });
    proxy.filter(undefined);
    await expectWorking();
  });

  test("a server that accepts and then says nothing is CannotConnect in time", async () => {
    proxy.stall();
    expect(await failure(postgres.acquire("read"))).toBeInstanceOf(CannotConnect);
    proxy.resume();
    await expectWorking();
  });

  test("a handshake that is cut or garbled at any byte fails, and the next one works", async () => {
    for (const bytes of [0, 1, 5, 9, 20, 60, 200, 400]) {
      proxy.cutAfter("to client", bytes);
      const error = await failure((async () => await using(postgres, (c) => value(c, "select 1")))());
      expect(["CANNOT_CONNECT", "DISCONNECTED"]).toContain((error as { code: string }).code);
    }
    proxy.filter((chunk, way) => (way === "to client" ? Buffer.from(chunk.map((byte) => byte ^ 0x55)) : chunk));
    expect(await failure(postgres.acquire("read", within(1_000)))).toMatchObject({
      code: expect.stringMatching(/CANNOT_CONNECT|STATEMENT_TIMEOUT/),
    });
    proxy.filter(undefined);
    await expectWorking();
  });

  test("a connection lost while idle in the pool is replaced without an error", async () => {
    await using(postgres, terminateAfterRelease());
    await until(() => proxy.open === 0);
    await pause(50);
    await expectWorking();
    function terminateAfterRelease() {
      return async (c: Connection): Promise<void> => {
        const id = await value(c, "select pg_backend_pid()");
        setImmediate(() => database.run("select pg_terminate_backend($1)", [id]));
      };
    }
  });

  test("a server restarted while connections are idle: at most one statement finds out, the others are not lent a dead one", async () => {
    const several = driver(database.through(proxy.port), { max: 3 });
    const held = await Promise.all([1, 2, 3].map(() => several.acquire("read")));
    for (const c of held) c.release();
    proxy.cut();
    // Nobody can know yet that the first is dead. From then on the others are asked before they are lent.
    await using(several, (c) => value(c, "select 1")).catch((error: unknown) =>
      expect(error).toBeInstanceOf(Disconnected),
    );
    for (let i = 0; i < 5; i++) expect(await using(several, (c) => value(c, "select 1"))).toBe("1");
    await several.close();
  });

  test("an idle connection whose server is gone without a word is found dead when it is lent after another was lost", async () => {
    const several = driver(database.through(proxy.port), { max: 2, cancelTimeout: 200 });
    const [a, b] = await Promise.all([several.acquire("read"), several.acquire("read")]);
    b.release();
    await terminate(a).catch(() => undefined);
    await failure(value(a, "select 1"));
    a.release(true);
    // From here on what the idle one's server says is swallowed: only asking can tell.
    proxy.filter((chunk, way) => (way === "to client" && chunk.length === 6 ? Buffer.alloc(0) : chunk));
    const c = await several.acquire("read");
    proxy.filter(undefined);
    expect(await value(c, "select 1")).toBe("1");
    expect(proxy.connections).toBe(3);
    c.release();
    await several.close();
  });

  test("a connection lost in a query is Disconnected, and the next one works", async () => {
    await using(postgres, async (c) => {
      await terminate(c).catch(() => undefined);
      const error = await failure(value(c, "select 1"));
      expect(error).toBeInstanceOf(Disconnected);
      expect(error).toMatchObject({
        retryable: "connect",
        connectionInvalidated: true,
        transaction: "gone",
        sql: "select 1",
      });
      expect(c.usable).toBe(false);
      expect(await failure(value(c, "select 2"))).toBeInstanceOf(Disconnected);
    });
    await expectWorking();
  });

  test("an answer cut at any byte is Disconnected, never half a result", async () => {
    await expectWorking();
    for (const bytes of [0, 1, 4, 5, 9, 15, 30, 49]) {
      const c = await postgres.acquire("read");
      await value(c, "select repeat('x', 50)");
      proxy.cutAfter("to client", bytes);
      expect(await failure(value(c, "select repeat('x', 50)"))).toBeInstanceOf(Disconnected);
      c.release(true);
      proxy.filter(undefined);
      await expectWorking();
    }
  });

  test("a connection lost in a transaction takes it along", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin");
      await c.query(query("insert into written values (1)"));
      proxy.cut();
      expect(await failure(c.query(query("insert into written values (2)")))).toMatchObject({
        code: "DISCONNECTED",
        transaction: "gone",
      });
    });
    expect(await using(postgres, (c) => value(c, "select count(*) from written"))).toBe("0");
  });

  test("a transaction that the server gave up waiting for is gone, and the next statement says why", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin; set local idle_in_transaction_session_timeout = '50ms'");
      await until(() => !c.usable);
      const error = await failure(c.query(query("insert into written values (1)")));
      expect(error).toMatchObject({
        code: "DISCONNECTED",
        message: expect.stringContaining("idle-in-transaction timeout"),
        transaction: "gone",
        connectionInvalidated: true,
      });
    });
    await expectWorking();
  });

  test("an error whose connection is lost before the server is ready again says both", async () => {
    await using(postgres, async (c) => {
      await value(c, "select 1");
      // The error's message passes, what comes behind it does not.
      proxy.filter((chunk, way) => {
        const ready = way === "to client" ? chunk.lastIndexOf("Z\0\0\0\x05") : -1;
        if (ready < 0) return chunk;
        setTimeout(() => proxy.cut(), 20);
        return chunk.subarray(0, ready);
      });
      const error = await failure(c.query(query("select 1 / 0")));
      expect(error).toMatchObject({ code: "DATABASE", connectionInvalidated: true, transaction: "gone" });
      proxy.filter(undefined);
    });
    await expectWorking();
  });

  test("a connection lost before COMMIT arrived, or before its answer did: nobody knows, and the error says so", async () => {
    for (const way of ["before", "after"] as const) {
      await using(postgres, async (c) => {
        await c.execute("begin");
        await c.query(query("insert into written values (1)"));
        if (way === "before") proxy.cutBefore("to server", "commit");
        else proxy.cutAnswerTo("commit");
        const error = await failure(c.execute("commit"));
        expect(error).toBeInstanceOf(CommitOutcomeUnknown);
        expect(error).toMatchObject({ retryable: "ambiguous", connectionInvalidated: true });
        proxy.filter(undefined);
      });
      const written = await using(postgres, (c) => value(c, "select count(*) from written"));
      expect(written).toBe(way === "before" ? "0" : "1");
    }
  });

  test("a COMMIT that gets no answer in time is CommitOutcomeUnknown too", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin");
      await c.query(query("insert into written values (1)"));
      proxy.stall();
      expect(await failure(c.execute("commit", within(100)))).toBeInstanceOf(CommitOutcomeUnknown);
      proxy.resume();
    });
    await expectWorking();
  });

  test("a silent server ends a statement at its deadline, and its connection is destroyed", async () => {
    await using(postgres, async (c) => {
      await value(c, "select 1");
      proxy.stall();
      const error = await failure(c.query(query("select 2"), within(100)));
      expect(error).toBeInstanceOf(StatementTimeout);
      expect(error).toMatchObject({ connectionInvalidated: true });
      expect(c.usable).toBe(false);
      proxy.resume();
    });
    await expectWorking();
  });

  test("an answer of nonsense ends the connection, not the process", async () => {
    await using(postgres, async (c) => {
      await value(c, "select 1");
      proxy.filter((chunk, way) => (way === "to client" ? Buffer.from(chunk.map((byte) => byte ^ 0x55)) : chunk));
      expect(await failure(c.query(query("select 2"), within(300)))).toMatchObject({
        connectionInvalidated: true,
      });
      proxy.filter(undefined);
    });
    await expectWorking();
  });

  test("a server that is shut down says so to a running statement", async () => {
    await using(postgres, async (c) => {
      const id = await value(c, "select pg_backend_pid()");
      const running = failure(value(c, "select pg_sleep(20)"));
      await until(
        async () =>
          (
            await database.run(
              "select 1 from pg_stat_activity where pid = $1 and query like '%pg_sleep%' and state = 'active'",
              [id],
            )
          ).length === 1,
      );
      await database.run("select pg_terminate_backend($1)", [id]);
      expect(await running).toMatchObject({ code: "DISCONNECTED", connectionInvalidated: true });
    });
    await expectWorking();
  });
});
