import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { Deadlock, LockTimeout, SerializationFailure } from "../../../core/index.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { driver, failure, query, using, value } from "./support.ts";

describe.skipIf(!hasPostgres)("transactions on PostgreSQL", () => {
  let database: TemporaryDatabase;
  let postgres: Driver;
  beforeAll(async () => {
    database = await temporaryDatabase();
    postgres = driver(database.url);
    await database.run("create table accounts (id int primary key, balance int not null)");
  });
  beforeEach(async () => {
    await database.run("truncate accounts");
    await database.run("insert into accounts values (1, 100), (2, 100)");
  });
  afterAll(async () => {
    await postgres.close();
    await database[Symbol.asyncDispose]();
  });

  test("COMMIT of a failed transaction is answered by ROLLBACK, and the tag says so", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin");
      await c.query(query("update accounts set balance = 0"));
      expect(await failure(c.query(query("select 1 / 0")))).toMatchObject({
        transaction: "failed",
      });
      expect((await c.execute("commit")).tag).toBe("ROLLBACK");
      expect(await value(c, "select sum(balance) from accounts")).toBe("200");
      await c.execute("begin");
      expect((await c.execute("commit")).tag).toBe("COMMIT");
    });
  });

  test("an error outside a transaction leaves nothing to roll back, one inside leaves it failed, a failed COMMIT has ended it", async () => {
    await database.run(
      "create table later (id int primary key, other int references later (id) deferrable initially deferred)",
    );
    await using(postgres, async (c) => {
      expect(await failure(c.query(query("select 1 / 0")))).toMatchObject({ transaction: "open" });
      await c.execute("begin");
      await c.query(query("insert into later values (1, 2)"));
      expect(await failure(c.execute("commit"))).toMatchObject({
        code: "FOREIGN_KEY_VIOLATION",
        transaction: "gone",
      });
      expect(await value(c, "select count(*) from later")).toBe("0");
    });
  });

  test("a savepoint takes back an error", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin");
      await c.execute("savepoint a");
      await failure(c.query(query("insert into accounts values (1, 1)")));
      await c.execute("rollback to savepoint a");
      expect(await value(c, "select count(*) from accounts")).toBe("2");
      expect((await c.execute("commit")).tag).toBe("COMMIT");
    });
  });

  test("a deadlock is one transaction's Deadlock, which can be run again", async () => {
    await using(postgres, (a) =>
      using(postgres, async (b) => {
        await a.execute("begin; set local deadlock_timeout = '100ms'");
        await b.execute("begin; set local deadlock_timeout = '100ms'");
        await a.query(query("update accounts set balance = 1 where id = 1"));
        await b.query(query("update accounts set balance = 2 where id = 2"));
        const settled = await Promise.allSettled([
          a.query(query("update accounts set balance = 1 where id = 2")),
          b.query(query("update accounts set balance = 2 where id = 1")),
        ]);
        const errors = settled.filter((one) => one.status === "rejected").map((one) => one.reason);
        expect(errors).toHaveLength(1);
        expect(errors[0]).toBeInstanceOf(Deadlock);
        expect(errors[0]).toMatchObject({ retryable: "transaction", transaction: "failed" });
        for (const it of [a, b]) await it.execute("rollback");
      }),
    );
  });

  test("write skew under SERIALIZABLE is a SerializationFailure", async () => {
    await using(postgres, (a) =>
      using(postgres, async (b) => {
        for (const it of [a, b]) await it.execute("begin isolation level serializable");
        for (const it of [a, b]) await value(it, "select sum(balance) from accounts");
        await a.query(query("update accounts set balance = 0 where id = 1"));
        await b.query(query("update accounts set balance = 0 where id = 2"));
        await a.execute("commit");
        const error = await failure(b.execute("commit"));
        expect(error).toBeInstanceOf(SerializationFailure);
        expect(error).toMatchObject({ retryable: "transaction", transaction: "gone" });
      }),
    );
  });

  test("a lock that is not had in time, or at once, is a LockTimeout", async () => {
    await using(postgres, (a) =>
      using(postgres, async (b) => {
        await a.execute("begin");
        await a.query(query("select * from accounts for update"));
        await b.execute("begin; set local lock_timeout = '50ms'");
        const late = await failure(b.query(query("update accounts set balance = 0")));
        expect(late).toBeInstanceOf(LockTimeout);
        expect(late).toMatchObject({ retryable: "transaction", transaction: "failed" });
        await b.execute("rollback");
        expect(await failure(b.query(query("select * from accounts for update nowait")))).toBeInstanceOf(LockTimeout);
        await a.execute("rollback");
      }),
    );
  });

  test("a BEGIN that fails leaves a connection that works", async () => {
    await using(postgres, async (c) => {
      expect(await failure(c.execute("begin isolation level nonsense"))).toMatchObject({
        code: "SYNTAX",
        transaction: "open",
      });
      expect(await value(c, "select 1")).toBe("1");
    });
  });
});
