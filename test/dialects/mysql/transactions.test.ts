import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { type Database, Deadlock, database as databaseOver, LockTimeout } from "../../../core/index.ts";
import { driver, failure, hasMariadb, query, rows, TemporaryDatabase, until, using, value } from "./support.ts";

describe.skipIf(!hasMariadb)("transactions on MariaDB", () => {
  let database: TemporaryDatabase;
  let mariadb: Driver;
  let db: Database<any>;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    await database.run("create table accounts (id int primary key, balance int not null)");
  });
  beforeEach(async () => {
    await database.run("delete from accounts; insert into accounts values (1, 10), (2, 20)");
    mariadb = driver(database.url(), { max: 4 });
    db = databaseOver(mariadb);
  });
  afterEach(() => mariadb.close());
  afterAll(() => database[Symbol.asyncDispose]());

  const add = (id: number): string => `update accounts set balance = balance + 1 where id = ${id}`;
  const outcome = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const balances = async (): Promise<unknown> =>
    (await database.run("select balance from accounts order by id")).map(([balance]) => balance);

  test("a deadlock has rolled the transaction back; what follows is refused, not done in autocommit", async () => {
    const first = await db.begin();
    const second = await db.begin();
    await first.execute(add(1));
    await second.execute(add(2));
    // Which of the two loses is InnoDB's choice; the other goes on.
    const one = outcome(first.execute(add(2)));
    await until(async () => (await database.running("update%")).length === 1);
    const two = outcome(second.execute(add(1)));
    const [lostFirst, lostSecond] = [await one, await two];
    const loser = lostFirst === undefined ? second : first;
    expect([lostFirst, lostSecond].filter((error) => error !== undefined)).toHaveLength(1);
    const lost = lostFirst ?? lostSecond;
    expect(lost).toBeInstanceOf(Deadlock);
    expect(lost).toMatchObject({ transaction: "gone", retryable: "transaction", connectionInvalidated: false });
    expect(await failure(loser.execute(add(1)))).toMatchObject({ code: "TRANSACTION_ABORTED" });
    expect(await failure(loser.commit())).toMatchObject({ code: "TRANSACTION_ABORTED" });
    await loser.rollback().catch(() => undefined);
    await (loser === first ? second : first).rollback();
    expect(await balances()).toEqual([10, 20]);
  });

  test("whole transactions are run again after a deadlock, on request", async () => {
    let runs = 0;
    let locked = 0;
    const both = (from: number, to: number): Promise<void> =>
      db.transaction(
        async (tx) => {
          runs++;
          await tx.execute(add(from));
          locked++;
          // Each holds its own row before it wants the other's: else one could have both before the other has begun.
          await until(async () => locked >= 2);
          await tx.execute(add(to));
        },
        { retry: 5 },
      );
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(runs).toBeGreaterThan(2);
    expect(await balances()).toEqual([12, 22]);
  });

  test("a lock timeout has rolled back its statement only; the half is never committed", async () => {
    const holder = await db.begin();
    await holder.execute(add(2));
    const tx = await db.begin();
    await tx.execute("set statement innodb_lock_wait_timeout = 1 for select 1");
    await tx.execute(add(1));
    const error = await failure(tx.execute(`set statement innodb_lock_wait_timeout = 1 for ${add(2)}`));
    expect(error).toBeInstanceOf(LockTimeout);
    expect(error).toMatchObject({ transaction: "failed", retryable: "transaction" });
    expect(await failure(tx.commit())).toMatchObject({ code: "TRANSACTION_ABORTED" });
    await tx.rollback().catch(() => undefined);
    await holder.rollback();
    expect(await balances()).toEqual([10, 20]);
  });

  test("NOWAIT fails at once, with the class of a lock timeout", async () => {
    const holder = await db.begin();
    await holder.execute(add(1));
    await using(mariadb, async (c) => {
      await c.execute("start transaction");
      expect(await failure(c.query(query("select * from accounts where id = 1 for update nowait")))).toBeInstanceOf(
        LockTimeout,
      );
      expect(await rows(c, "select id from accounts for update skip locked")).toEqual([[2]]);
    });
    await holder.rollback();
  });

  test("a violation leaves the transaction open for what its savepoint allows", async () => {
    await db.transaction(async (tx) => {
      await tx.execute(add(1));
      await expect(
        tx.transaction((inner) => inner.execute("insert into accounts values (1, 0)")),
      ).rejects.toMatchObject({
        code: "UNIQUE_VIOLATION",
      });
      await tx.execute(add(2));
    });
    expect(await balances()).toEqual([11, 21]);
  });

  test.each([
    ["read uncommitted", "READ-UNCOMMITTED"],
    ["read committed", "READ-COMMITTED"],
    ["repeatable read", "REPEATABLE-READ"],
    ["serializable", "SERIALIZABLE"],
  ] as const)("isolation %s holds for its transaction only", async (isolation, seen) => {
    await using(mariadb, async (c) => {
      for (const text of mariadb.dialect.begin({ isolation })) await c.execute(text);
      // A snapshot is taken when it is first read; what others write then tells the levels apart.
      expect(await value(c, "select balance from accounts where id = 1")).toBe(10);
      if (isolation !== "serializable") await database.run(add(1));
      const again = await value(c, "select balance from accounts where id = 1");
      expect(again).toBe(seen === "READ-COMMITTED" || seen === "READ-UNCOMMITTED" ? 11 : 10);
      await c.execute("rollback");
      expect(await value(c, "select @@tx_isolation")).toBe("REPEATABLE-READ");
    });
  });

  test("a read only transaction refuses to write", async () => {
    await expect(db.transaction((tx) => tx.execute(add(1)), { readOnly: true })).rejects.toMatchObject({
      code: "READ_ONLY",
    });
    expect(await balances()).toEqual([10, 20]);
  });

  test("deferrable transactions are refused, not dropped in silence", () => {
    expect(() => mariadb.dialect.begin({ deferrable: true })).toThrow(/no deferrable transactions/);
  });

  test("a snapshot that others have changed is a serialization failure that ended the transaction", async () => {
    await using(mariadb, async (c) => {
      await c.execute("set innodb_snapshot_isolation = on");
      await c.execute("start transaction");
      await value(c, "select balance from accounts where id = 1");
      await database.run(add(1));
      expect(await failure(c.query(query(add(1))))).toMatchObject({
        code: "SERIALIZATION_FAILURE",
        transaction: "gone",
        retryable: "transaction",
      });
      expect(await value(c, "select @@in_transaction")).toBe(0);
    });
  });

  test("two phases: prepared on one connection, committed on another", async () => {
    const c = await mariadb.acquire("write");
    await c.execute("xa start 'one'");
    await c.query(query(add(1)));
    await c.execute("xa end 'one'");
    await c.execute("xa prepare 'one'");
    // A prepared transaction binds its session until that ends.
    c.release(true);
    await until(async () => (await database.run("xa recover")).length > 0);
    expect(await balances()).toEqual([10, 20]);
    await using(mariadb, (next) => next.execute("xa commit 'one'"));
    expect(await balances()).toEqual([11, 20]);
  });

  test("a connection in the middle of XA is not given to anybody else", async () => {
    const only = driver(database.url(), { max: 1 });
    await using(only, async (c) => {
      await c.execute("xa start 'two'");
      await c.query(query(add(1)));
    });
    await using(only, async (c) => expect(await value(c, "select balance from accounts where id = 1")).toBe(10));
    await only.close();
    await until(async () => (await database.connections()) === 0);
    expect(await balances()).toEqual([10, 20]);
  });
});
