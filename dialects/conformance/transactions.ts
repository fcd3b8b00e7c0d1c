// What a transaction keeps and undoes, and what is refused while it runs.
import assert from "node:assert/strict";
import {
  ClosedError,
  ConcurrentUseError,
  type Database,
  deleteFrom,
  fn,
  insertInto,
  OuterHandleError,
  select,
  type Transaction,
  UniqueViolation,
  update,
} from "../../core/index.ts";
import { createShop, items, refill } from "./shop.ts";
import type { Draft, Group } from "./suite.ts";
import { itemsIn } from "./write.ts";

const start = ["1 one 10 first", "2 two 20 null", "3 three 30 third"];
const without = (id: number) => deleteFrom(items).where(items.id.eq(id));
const broken = insertInto(items).values({ id: 1, name: "again" });
class Undo extends Error {}
const undo = (): never => {
  throw new Undo();
};
const count = select({ n: fn.count() }).from(items);

const cases: Readonly<Record<string, (db: Database<any>) => Promise<void>>> = {
  "what succeeds is committed, and its value handed on": async (db) => {
    assert.equal(await db.transaction(async (tx) => (await tx.run(without(1))).affected), 1);
    assert.deepEqual(await itemsIn(db), start.slice(1));
  },
  "what throws is rolled back, and the error handed on": async (db) => {
    const work = db.transaction(async (tx) => {
      await tx.run(without(1));
      undo();
    });
    await assert.rejects(work, Undo);
    assert.deepEqual(await itemsIn(db), start);
  },
  "a transaction sees what it wrote": async (db) => {
    await db.transaction(async (tx) => {
      await tx.run(without(2));
      assert.equal(await tx.scalar(count), 2);
    });
  },
  "begin and commit": async (db) => {
    const tx = await db.begin();
    await tx.run(without(1));
    await tx.commit();
    assert.equal(tx.isOpen, false);
    assert.deepEqual(await itemsIn(db), start.slice(1));
  },
  "begin and rollback": async (db) => {
    const tx = await db.begin();
    await tx.run(without(1));
    await tx.rollback();
    assert.deepEqual(await itemsIn(db), start);
  },
  "disposing of it, as `await using` does, rolls back what was not committed": async (db) => {
    const tx = await db.begin();
    await tx.run(without(1));
    await tx[Symbol.asyncDispose]();
    assert.deepEqual(await itemsIn(db), start);
    assert.equal(tx.isOpen, false);
  },
  "a transaction that has ended refuses statements": async (db) => {
    let escaped: Transaction<any> | undefined;
    await db.transaction((tx) => {
      escaped = tx;
    });
    await assert.rejects(async () => escaped?.all(count), ClosedError);
    await assert.rejects(async () => escaped?.commit(), ClosedError);
  },
  "a nested transaction that succeeds is part of the outer one": async (db) => {
    await db.transaction(async (tx) => {
      await tx.run(without(1));
      await tx.transaction(async (inner) => void (await inner.run(without(2))));
    });
    assert.deepEqual(await itemsIn(db), start.slice(2));
  },
  "a nested transaction that fails undoes itself alone": async (db) => {
    await db.transaction(async (tx) => {
      await tx.run(without(1));
      const inner = tx.transaction(async (inner) => {
        await inner.run(without(2));
        undo();
      });
      await assert.rejects(inner, Undo);
    });
    assert.deepEqual(await itemsIn(db), start.slice(1));
  },
  "the outer transaction undoes what nested ones committed": async (db) => {
    const work = db.transaction(async (tx) => {
      await tx.transaction(async (inner) => void (await inner.run(without(2))));
      undo();
    });
    await assert.rejects(work, Undo);
    assert.deepEqual(await itemsIn(db), start);
  },
  "three levels of savepoints": async (db) => {
    await db.transaction(async (one) => {
      await one.run(without(1));
      await one.transaction(async (two) => {
        const three = two.transaction(async (three) => {
          assert.equal(three.depth, 2);
          await three.run(without(2));
          undo();
        });
        await assert.rejects(three, Undo);
        await two.run(without(3));
      });
    });
    assert.deepEqual(await itemsIn(db), [start[1]]);
  },
  "begin inside a transaction": async (db) => {
    await db.transaction(async (tx) => {
      const inner = await tx.begin();
      await inner.run(without(1));
      await inner.rollback();
      await tx.run(without(2));
    });
    assert.deepEqual(await itemsIn(db), [start[0], start[2]]);
  },
  "the outer handle is refused while a nested transaction is open": async (db) => {
    await db.transaction(async (tx) => {
      const inner = await tx.begin();
      await assert.rejects(async () => tx.all(count), ConcurrentUseError);
      await inner.rollback();
      assert.equal(await tx.scalar(count), 3);
    });
  },
  "an error inside a savepoint leaves the transaction usable": async (db) => {
    await db.transaction(async (tx) => {
      await tx.run(without(2));
      await assert.rejects(
        tx.transaction(async (inner) => void (await inner.run(broken))),
        UniqueViolation,
      );
      await tx.run(without(3));
    });
    assert.deepEqual(await itemsIn(db), [start[0]]);
  },
  "the database itself is refused inside a transaction's callback": async (db) => {
    await db.transaction(async (tx) => {
      await assert.rejects(async () => db.all(count), OuterHandleError);
      await assert.rejects(async () => db.transaction(() => undefined), OuterHandleError);
      assert.equal(await tx.scalar(count), 3);
    });
  },
  "an unhandled violation rolls back everything": async (db) => {
    const work = db.transaction(async (tx) => {
      await tx.run(without(2));
      await tx.run(broken);
    });
    await assert.rejects(work, UniqueViolation);
    assert.deepEqual(await itemsIn(db), start);
  },
  "a read-only transaction reads": async (db) => {
    assert.equal(await db.transaction((tx) => tx.scalar(count), { readOnly: true }), 3);
  },
  "a read-only transaction refuses writes": async (db) => {
    await assert.rejects(db.transaction(async (tx) => void (await tx.run(without(1))), { readOnly: true }));
    assert.deepEqual(await itemsIn(db), start);
  },
  "a serializable transaction": async (db) => {
    await db.transaction(async (tx) => void (await tx.run(without(1))), { isolation: "serializable" });
    assert.deepEqual(await itemsIn(db), start.slice(1));
  },
  "transactions one after the other, and many at once": async (db) => {
    const add = () =>
      db.transaction(
        async (tx) =>
          void (await tx.run(
            update(items)
              .set({ count: items.count.add(1) })
              .where(items.id.eq(1)),
          )),
      );
    await add();
    await Promise.all(Array.from({ length: 8 }, add));
    assert.equal((await itemsIn(db))[0], "1 one 19 first");
  },
  "streams inside a transaction": async (db) => {
    await db.transaction(async (tx) => {
      await tx.run(without(1));
      const found: number[] = [];
      for await (const { id } of tx.stream(select({ id: items.id }).from(items).orderBy(items.id.asc())))
        found.push(id);
      assert.deepEqual(found, [2, 3]);
    });
  },
  "a batch inside a transaction": async (db) => {
    const work = db.transaction(async (tx) => {
      await tx.batch([without(1), without(2)] as never);
      undo();
    });
    await assert.rejects(work, Undo);
    assert.deepEqual(await itemsIn(db), start);
  },
  "a retried transaction runs the callback again only where it can help": async (db) => {
    let runs = 0;
    const work = db.transaction(
      async (tx) => {
        runs++;
        await tx.run(broken);
      },
      { retry: 3 },
    );
    await assert.rejects(work, UniqueViolation);
    assert.equal(runs, 1);
  },
  "a signal that has fired stops the call": async (db) => {
    await assert.rejects(db.all(count, { signal: AbortSignal.abort() } as never));
    assert.equal(await db.scalar(count), 3);
  },
};

export const transactions: Group = {
  name: "transactions",
  prepare: createShop,
  cases: Object.entries(cases).map(
    ([name, run]): Draft => ({
      name,
      async run(db) {
        await refill(db);
        await run(db);
      },
    }),
  ),
};
