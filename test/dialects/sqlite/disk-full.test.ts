// A disk that is full while a transaction writes. A statement of several rows is undone alone; after one that needs no
// journal of its own SQLite has rolled back all of it, and would go on in autocommit: https://sqlite.org/lang_transaction.html
import { bytes, insertInto, integer, ResourceExhausted, select, TransactionAborted, table } from "athanor";
import { sqlite } from "athanor/sqlite";
import { describe, expect, test } from "vitest";
import { temporaryPath } from "./open.ts";

const blobs = table("blobs", { id: integer().primaryKey(), data: bytes() });
const ids = select({ id: blobs.id }).from(blobs);

const insert = (...sizes: readonly number[]) =>
  insertInto(blobs).values(sizes.map((size) => ({ data: new Uint8Array(size) })));

describe.each(["better-sqlite3", "node:sqlite"] as const)("%s", (driver) => {
  const pragmas = { max_page_count: 50 };

  test("a full disk takes the transaction with it: nothing of it is kept, and nothing more is written", async () => {
    await using db = sqlite(temporaryPath(), { driver, pragmas });
    await db.create({ blobs });
    await db.run(insert(10));
    const filling = db.transaction(async (tx) => {
      await tx.run(insert(20));
      await expect(tx.run(insert(1_000_000))).rejects.toThrow(ResourceExhausted);
      expect(tx.isOpen).toBe(false);
      // Were it sent, it would be committed by itself.
      await expect(tx.run(insert(30))).rejects.toThrow(TransactionAborted);
      await expect(tx.all(ids)).rejects.toThrow(TransactionAborted);
    });
    await expect(filling).rejects.toThrow(TransactionAborted);
    expect(await db.all(ids)).toEqual([{ id: 1 }]);
    await db.run(insert(40));
    expect(await db.all(ids)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("of a statement that can be undone alone, the transaction goes on as after any error", async () => {
    await using db = sqlite(temporaryPath(), { driver, pragmas });
    await db.create({ blobs });
    await db.transaction(async (tx) => {
      await tx.run(insert(10));
      await tx
        .transaction((inner) => inner.run(insert(...new Array(300).fill(1_000))))
        .catch((error: unknown) => expect(error).toBeInstanceOf(ResourceExhausted));
      await tx.run(insert(20));
    });
    expect(await db.all(ids)).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
