import {
  ClosedError,
  CommitOutcomeUnknown,
  ConcurrentUseError,
  DatabaseError,
  Deadlock,
  OuterHandleError,
  outside,
  select,
  TransactionAborted,
} from "athanor";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { emptied, insertNote, notes, texts, textsIn } from "./tables.ts";

const constraintName = "UNIQUE_VIOLATION";

describe.each(databases)("$name", ({ db, open, dialect, isShared }) => {
  beforeEach(async () => {
    await emptied(db);
  });

  test("a callback that returns commits, and its result is the transaction's", async () => {
    const result = await db.transaction(async (tx) => {
      expect(tx.depth).toBe(0);
      await tx.run(insertNote("a"));
      return textsIn(tx);
    });
    expect(result).toEqual(["a"]);
    expect(await textsIn(db)).toEqual(["a"]);
  });

  test("a callback that throws rolls back, and its own error is what is thrown", async () => {
    const error = new Error("no");
    await expect(
      db.transaction(async (tx) => {
        await tx.run(insertNote("a"));
        throw error;
      }),
    ).rejects.toBe(error);
    expect(await textsIn(db)).toEqual([]);
  });

  test("rollback undoes everything, and what the callback returns still stands", async () => {
    const result = await db.transaction(async (tx) => {
      await tx.run(insertNote("a"));
      await tx.rollback();
      await expect(tx.run(insertNote("b"))).rejects.toThrow(ClosedError);
      return "done";
    });
    expect(result).toBe("done");
    expect(await textsIn(db)).toEqual([]);
  });

  test("a transaction begun by hand is ended by hand, and by await using if it is not", async () => {
    const first = await db.begin();
    await first.run(insertNote("a"));
    await first.commit();
    await expect(first.commit()).rejects.toThrow(ClosedError);
    await expect(first.rollback()).rejects.toThrow(ClosedError);
    await expect(first.all(texts)).rejects.toThrow("the transaction has been closed");
    {
      await using second = await db.begin();
      await second.run(insertNote("b"));
    }
    {
      await using third = await db.begin();
      await third.run(insertNote("c"));
      await third.commit();
    }
    expect(await textsIn(db)).toEqual(["a", "c"]);
  });

  test("statements run in the order they are called, awaited or not", async () => {
    await db.transaction((tx) => {
      const writes = ["a", "b", "c"].map((it) => tx.run(insertNote(it)));
      return Promise.all([...writes, tx.all(texts)]).then((results) => {
        expect(results[3]).toEqual([{ text: "a" }, { text: "b" }, { text: "c" }]);
      });
    });
    await db.transaction(async (tx) => void tx.run(insertNote("d")));
    expect(await textsIn(db)).toEqual(["a", "b", "c", "d"]);
  });

  test("a nested transaction is a savepoint: rolled back alone, committed with the rest", async () => {
    await db.transaction(async (tx) => {
      await tx.run(insertNote("a"));
      await expect(
        tx.transaction(async (inner) => {
          expect(inner.depth).toBe(1);
          await inner.run(insertNote("b"));
          await inner.transaction((innermost) => innermost.run(insertNote("c")));
          throw new Error("no");
        }),
      ).rejects.toThrow("no");
      await tx.transaction((inner) => inner.run(insertNote("d")));
      const byHand = await tx.begin();
      await byHand.run(insertNote("e"));
      await byHand.rollback();
      const kept = await tx.begin();
      await kept.run(insertNote("f"));
      await kept.commit();
    });
    expect(await textsIn(db)).toEqual(["a", "d", "f"]);
  });

  test("while a nested transaction is open, only its handle can be used", async () => {
    await db.transaction(async (tx) => {
      await tx.transaction(async (inner) => {
        await expect(tx.run(insertNote("a"))).rejects.toThrow(ConcurrentUseError);
        await expect(tx.begin()).rejects.toThrow("while a transaction nested in it was open");
        await expect(tx.commit()).rejects.toThrow(ConcurrentUseError);
        await inner.run(insertNote("b"));
      });
      const together = await Promise.allSettled([
        tx.transaction((inner) => inner.run(insertNote("c"))),
        tx.transaction((inner) => inner.run(insertNote("d"))),
      ]);
      expect(together).toMatchObject([{ status: "fulfilled" }, { reason: { code: "CONCURRENT_USE" } }]);
    });
    expect(await textsIn(db)).toEqual(["b", "c"]);
  });

  test("a nested transaction that nobody waits for is rolled back with the one around it", async () => {
    let nested: Promise<unknown> | undefined;
    await expect(
      db.transaction(async (tx) => {
        nested = tx.transaction(async (inner) => {
          await inner.run(insertNote("a"));
          await new Promise((resolve) => setTimeout(resolve, 20));
          await inner.run(insertNote("b"));
        });
        nested.catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 5));
      }),
    ).rejects.toThrow(ConcurrentUseError);
    await expect(nested).rejects.toThrow(ClosedError);
    expect(await textsIn(db)).toEqual([]);
  });

  test("a call on the outer database inside a callback is refused, whichever way", async () => {
    const find = db.prepare(texts);
    await db.transaction(async (tx) => {
      for (const call of [
        () => db.all(texts),
        () => db.transaction(async () => {}),
        () => db.begin(),
        () => db.batch([texts, texts]),
        () => find.all(),
        () => db.stream(texts).next(),
        () => db.connection(() => {}),
        () => db.inspect(),
        () => db.close(),
      ]) {
        await expect(call()).rejects.toThrow(OuterHandleError);
      }
      await tx.transaction(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        await expect(db.all(texts)).rejects.toThrow(OuterHandleError);
      });
    });
  });

  test("outside lets a call through, another database is never refused, and afterwards nothing is", async () => {
    const other = await emptied(open());
    let late: Promise<unknown> | undefined;
    await db.transaction(async () => {
      if (dialect.name !== "SQLite") expect(await outside(() => db.all(texts))).toEqual([]);
      expect(await other.all(select({ id: notes.id }).from(notes).where(notes.id.lt(0)))).toEqual([]);
      late = new Promise((resolve) => setTimeout(resolve, 30)).then(() => db.all(texts));
    });
    expect(await late).toEqual([]);
    await other.close();
  });

  test("a read-only transaction reads, and its writes are refused", async () => {
    await expect(
      db.transaction(
        async (tx) => {
          expect(await tx.all(texts)).toEqual([]);
          await tx.run(insertNote("a"));
        },
        { readOnly: true },
      ),
    ).rejects.toMatchObject({ code: "READ_ONLY" });
    await db.run(insertNote("b"));
    expect(await textsIn(db)).toEqual(["b"]);
  });

  test("a failed statement that the callback swallows does not commit half", async () => {
    await db.run(insertNote("a"));
    const failing = db.transaction(async (tx) => {
      await tx.run(insertNote("b"));
      await expect(tx.run(insertNote("a"))).rejects.toMatchObject({ code: constraintName });
      if (tx.isOpen) throw new Error("still open");
    });
    if (dialect.name === "PostgreSQL") {
      const error = await failing.catch((it: unknown) => it);
      expect(error).toBeInstanceOf(TransactionAborted);
      expect(error).toMatchObject({ cause: { code: constraintName } });
    } else {
      await expect(failing).rejects.toThrow("still open");
    }
    expect(await textsIn(db)).toEqual(["a"]);
  });

  test("a failed savepoint is rolled back to, and the transaction goes on", async () => {
    await db.run(insertNote("a"));
    await db.transaction(async (tx) => {
      await expect(tx.transaction((inner) => inner.run(insertNote("a")))).rejects.toMatchObject({
        code: constraintName,
      });
      expect(tx.isOpen).toBe(true);
      await tx.run(insertNote("b"));
    });
    expect(await textsIn(db)).toEqual(["a", "b"]);
  });

  test("a value that cannot be sent leaves the transaction open", async () => {
    await db.transaction(async (tx) => {
      await expect(tx.run(insertNote("\ud800"))).rejects.toMatchObject({ code: "PARAMETER" });
      expect(tx.isOpen).toBe(true);
      await tx.run(insertNote("b"));
    });
    expect(await textsIn(db)).toEqual(["b"]);
  });

  test("retry runs the whole callback again where that is safe, and nowhere else", async () => {
    let runs = 0;
    const result = await db.transaction(
      async (tx) => {
        await tx.run(insertNote(`run ${++runs}`));
        if (runs < 3) throw new Error("wrapped", { cause: new Deadlock({ message: "met another" }) });
        return runs;
      },
      { retry: { attempts: 3, delay: 1 } },
    );
    expect(result).toBe(3);
    expect(await textsIn(db)).toEqual(["run 3"]);
    runs = 0;
    const other = db.transaction(
      async () => {
        runs++;
        throw new Error("for another reason");
      },
      { retry: 5 },
    );
    await expect(other).rejects.toThrow("for another reason");
    expect(runs).toBe(1);
    const often = db.transaction(
      async () => {
        runs++;
        throw new Deadlock({ message: "again" });
      },
      { retry: { attempts: 2, delay: 0 } },
    );
    await expect(often).rejects.toThrow("again");
    expect(runs).toBe(3);
    const failed: number[] = [];
    const told = db.transaction(
      async () => {
        throw new Deadlock({ message: "again" });
      },
      { retry: { attempts: 4, delay: (so) => failed.push(so) && 0 } },
    );
    await expect(told).rejects.toThrow("again");
    expect(failed).toEqual([1, 2, 3]);
    const wrong = db.transaction(
      async () => {
        throw new Deadlock({ message: "again" });
      },
      { retry: { attempts: 2, delay: () => Number.NaN } },
    );
    await expect(wrong).rejects.toThrow("the delay of a retry gave no number of milliseconds");
  });

  test("retry also runs the callback again after what `also` names, but never when the commit may have happened", async () => {
    class Taken extends Error {}
    const runsUntil = async (thrown: (run: number) => Error | undefined): Promise<number> => {
      let runs = 0;
      await db
        .transaction(
          async (tx) => {
            await tx.run(insertNote(`run ${++runs}`));
            const error = thrown(runs);
            if (error) throw error;
          },
          {
            retry: { attempts: 4, delay: 0, also: (error) => error instanceof Taken || error instanceof DatabaseError },
          },
        )
        .catch(() => {});
      return runs;
    };
    expect(await runsUntil((run) => (run < 3 ? new Taken() : undefined))).toBe(3);
    expect(await textsIn(db)).toEqual(["run 3"]);
    expect(await runsUntil(() => new Error("another"))).toBe(1);
    expect(await runsUntil(() => new CommitOutcomeUnknown({ message: "lost" }))).toBe(1);
    expect(await runsUntil(() => new Deadlock({ message: "met another" }))).toBe(4);
  });

  test("a transaction that takes too long is rolled back, though its callback never returns", async () => {
    let late: Promise<unknown> | undefined;
    const hanging = db.transaction(
      async (tx) => {
        await tx.run(insertNote("a"));
        await new Promise((resolve) => setTimeout(resolve, 100));
        late = tx.run(insertNote("b"));
        await late;
      },
      { timeout: 30 },
    );
    await expect(hanging).rejects.toMatchObject({
      code: "STATEMENT_TIMEOUT",
      message: "the time for the transaction was up",
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(late).rejects.toThrow(ClosedError);
    expect(await textsIn(db)).toEqual([]);
  });

  test("a signal ends a transaction", async () => {
    const abort = new AbortController();
    const running = db.transaction(
      async (tx) => {
        await tx.run(insertNote("a"));
        abort.abort(new Error("enough"));
        await new Promise(() => {});
      },
      { signal: abort.signal },
    );
    await expect(running).rejects.toMatchObject({ code: "CANCELLED", cause: { message: "enough" } });
    await expect(db.transaction(() => {}, { signal: abort.signal })).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await textsIn(db)).toEqual([]);
  });

  test("close waits for a transaction that ends by itself, and cuts off one that does not", async () => {
    const other = await emptied(open({ closeTimeout: 10_000 }));
    let closing: Promise<void> | undefined;
    await other.transaction(async (tx) => {
      closing = outside(() => other.close());
      await tx.run(insertNote("a"));
    });
    await closing;
    const third = await (isShared ? open({ closeTimeout: 20 }) : emptied(open({ closeTimeout: 20 })));
    const tx = await third.begin();
    await tx.run(insertNote("b"));
    await third.close();
    await expect(tx.commit()).rejects.toThrow(ClosedError);
    if (isShared) expect(await textsIn(db)).toEqual(["a"]);
  });
});
