import { Cancelled, LockTimeout, StatementTimeout, select, sql, update } from "athanor";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { emptied, insertNote, notes, textsIn } from "./tables.ts";

describe.each(databases.filter(({ isShared }) => isShared))("$name", ({ db, dialect, server, open }) => {
  beforeEach(async () => {
    await emptied(db);
    await db.run(insertNote("a"));
    await db.run(insertNote("b"));
  });

  const rename = (id: number, to: string) => update(notes).set({ text: to }).where(notes.id.eq(id));

  test("transactions that wait for each other both get done with retry", async () => {
    let met = 0;
    const bothHere = Promise.withResolvers<void>();
    const meet = async () => {
      if (++met === 2) bothHere.resolve();
      await Promise.race([bothHere.promise, new Promise((resolve) => setTimeout(resolve, 100))]);
    };
    const swap = (first: number, second: number, to: string) =>
      db.transaction(
        async (tx) => {
          await tx.run(rename(first, `${to}${first}`));
          await meet();
          await tx.run(rename(second, `${to}${second}`));
        },
        { retry: { attempts: 5, delay: 5 } },
      );
    await Promise.all([swap(1, 2, "x"), swap(2, 1, "y")]);
    const found = await textsIn(db);
    expect([
      ["x1", "x2"],
      ["y1", "y2"],
    ]).toContainEqual(found);
  });

  test.skipIf(dialect.name !== "PostgreSQL")("serialization failures are run again", async () => {
    let runs = 0;
    const count = async () =>
      db.transaction(
        async (tx) => {
          runs++;
          const before = await textsIn(tx);
          await new Promise((resolve) => setTimeout(resolve, 20));
          await tx.run(insertNote(`${before.length} of ${runs}`));
        },
        { isolation: "serializable", retry: { attempts: 10, delay: 5 } },
      );
    await Promise.all([count(), count(), count()]);
    expect((await textsIn(db)).map((it) => it[0])).toEqual(["a", "b", "2", "3", "4"]);
    expect(runs).toBeGreaterThan(3);
  });

  test.skipIf(dialect.name !== "PostgreSQL")("a COMMIT that the server answers with ROLLBACK is an error", async () => {
    const committing = db.transaction(async (tx) => {
      await tx.run(insertNote("c"));
      // Behind the library's back, so that only the server knows that the transaction has failed.
      const native = tx.native as { query(text: string): Promise<unknown> };
      await expect(native.query("select 1/0")).rejects.toThrow("division by zero");
    });
    await expect(committing).rejects.toMatchObject({ code: "TRANSACTION_ABORTED" });
    expect(await textsIn(db)).toEqual(["a", "b"]);
  });

  test("a wait for a connection or a turn ends with its timeout or signal, and leaves nothing behind", async () => {
    const small = open({ max: 1, acquireTimeout: 500 });
    const tx = await small.begin();
    await expect(small.run(insertNote("c"))).rejects.toThrow(StatementTimeout);
    await expect(small.run(insertNote("c"), { timeout: 10 })).rejects.toThrow(StatementTimeout);
    const abort = new AbortController();
    const waiting = small.run(insertNote("c"), { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toThrow(Cancelled);
    await tx.rollback();
    expect(await small.run(insertNote("d"))).toMatchObject({ affected: 1 });
    expect(await textsIn(small)).toEqual(["a", "b", "d"]);
    await small.close();
  });

  test.skipIf(server === undefined)(
    "a statement that is cancelled ends on the server, also in a transaction",
    async () => {
      const slow = sql.statement(
        {},
      )`${sql.raw(dialect.name === "PostgreSQL" ? "select pg_sleep(5)" : "select sleep(5)")}`;
      const small = open({ max: 1 });
      await expect(small.run(slow, { timeout: 50 })).rejects.toThrow(StatementTimeout);
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 50);
      await expect(small.run(slow, { signal: abort.signal })).rejects.toThrow(Cancelled);
      await small.transaction(async (tx) => {
        const running = tx.run(slow, { timeout: 100 });
        const abortWaiting = new AbortController();
        const waiting = tx.run(insertNote("c"), { signal: abortWaiting.signal });
        abortWaiting.abort();
        await expect(waiting).rejects.toThrow(Cancelled);
        await expect(running).rejects.toThrow(StatementTimeout);
        await tx.rollback();
      });
      expect(await small.scalar(select({ one: notes.id }).from(notes).where(notes.id.eq(1)))).toBe(1);
      await small.close();
    },
  );

  test.skipIf(dialect.name !== "SQLite")("a lock held by another handle is LockTimeout", async () => {
    const tx = await db.begin();
    const other = open({ ...({ busyTimeout: 30 } as object) });
    await expect(other.run(insertNote("c"))).rejects.toThrow(LockTimeout);
    await tx.rollback();
    expect(await other.run(insertNote("c"))).toMatchObject({ affected: 1 });
    await other.close();
  });
});
