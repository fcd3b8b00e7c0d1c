import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ClosedError, ConcurrentUseError, insertInto, integer, param, recursive, select, sql, text } from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { emptied, notes, texts } from "./tables.ts";

const rows = 1_000;
const numbered = select({ id: notes.id }).from(notes).orderBy(notes.id.asc());

describe.each(databases)("$name", ({ db, open, dialect, isShared }) => {
  beforeAll(async () => {
    await emptied(db);
    const insert = insertInto(notes).values({ text: param("text", text()) });
    await db.run(
      insert,
      Array.from({ length: rows }, (_, i) => ({ text: `n${i}` })),
    );
  });

  test("a stream gives every row once, in order", async () => {
    const ids: number[] = [];
    for await (const { id } of db.stream(numbered, { batch: 64 })) ids.push(id);
    expect(ids).toEqual(Array.from({ length: rows }, (_, i) => i + 1));
  });

  test("batches hold no more rows than asked for", async () => {
    const sizes: number[] = [];
    for await (const batch of db.stream(numbered, { batch: 300 }).batches()) sizes.push(batch.length);
    expect(sizes).toEqual([300, 300, 300, 100]);
  });

  test("leaving early, return and await using free the connection", async () => {
    const small = isShared ? open({ max: 1, acquireTimeout: 2_000 }) : db;
    for await (const { id } of small.stream(numbered, { batch: 10 })) if (id === 15) break;
    {
      await using stream = small.stream(numbered, { batch: 10 });
      expect((await stream.next()).value).toEqual({ id: 1 });
    }
    const stream = small.stream(numbered, { batch: 10 });
    await stream.next();
    expect(await stream.return()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    for await (const batch of small.stream(numbered, { batch: 10 }).batches()) if (batch.length > 0) break;
    expect(await small.first(numbered)).toEqual({ id: 1 });
  });

  test("a reader that throws frees the connection", async () => {
    const small = isShared ? open({ max: 1, acquireTimeout: 2_000 }) : db;
    const reading = async () => {
      for await (const { id } of small.stream(numbered, { batch: 10 })) if (id === 3) throw new Error("enough");
    };
    await expect(reading()).rejects.toThrow("enough");
    expect(await small.first(numbered)).toEqual({ id: 1 });
  });

  test("a stream that is begun and forgotten frees its connection", async () => {
    const small = isShared ? open({ max: 1, acquireTimeout: 5_000 }) : db;
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const forget = async () => void (await small.stream(numbered, { batch: 10 }).next());
    await forget();
    const waiting = small.run(insertInto(notes).values({ text: "after" }));
    let done = false;
    waiting.then(() => {
      done = true;
    });
    for (let i = 0; i < 50 && !done; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await waiting).toMatchObject({ affected: 1 });
    await small.execute("delete from notes where text = 'after'");
  });

  test("nothing is sent before the first row is asked for", async () => {
    db.stream(numbered);
    const lines: string[] = [];
    const other = await (isShared ? open({ echo: (line) => lines.push(line) }) : emptied(open()));
    const stream = other.stream(numbered);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines).toEqual([]);
    await stream.return();
    await other.close();
  });

  test("rows asked for before others have come arrive in order", async () => {
    const stream = db.stream(numbered, { batch: 2 });
    const found = await Promise.all(Array.from({ length: 5 }, () => stream.next()));
    await stream.return();
    expect(found.map(({ value }) => value?.id)).toEqual([1, 2, 3, 4, 5]);
  });

  test("an error surfaces once, and then the stream is over", async () => {
    const small = isShared ? open({ max: 1, acquireTimeout: 2_000 }) : db;
    const wrong = sql.statement({ id: integer() })`select id from no_such_table`;
    const stream = small.stream(wrong);
    await expect(stream.next()).rejects.toMatchObject({ code: "UNDEFINED_OBJECT" });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await small.first(numbered)).toEqual({ id: 1 });
  });

  test("a row that is not what its column declares ends the stream", async () => {
    const small = isShared ? open({ max: 1, acquireTimeout: 2_000 }) : db;
    const wrong = sql.statement({ id: integer() })`select ${notes.text} from ${notes}`;
    await expect(small.stream(wrong).next()).rejects.toMatchObject({ code: "DECODE" });
    expect(await small.first(numbered)).toEqual({ id: 1 });
  });

  test("a transaction streams, and refuses what would come in between", async () => {
    await db.transaction(async (tx) => {
      const ids: number[] = [];
      for await (const { id } of tx.stream(numbered, { batch: 100 })) {
        if (id === 5) await expect(tx.all(texts)).rejects.toThrow(ConcurrentUseError);
        if (id === 150) break;
        ids.push(id);
      }
      expect(ids).toHaveLength(149);
      expect(await tx.first(numbered)).toEqual({ id: 1 });
    });
  });

  test("a transaction that ends while a stream of it is open ends the stream", async () => {
    const stream = await db.transaction(async (tx) => {
      const it = tx.stream(numbered, { batch: 2 });
      await it.next();
      await it.next();
      return it;
    });
    await expect(stream.next()).rejects.toThrow(ClosedError);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test("a signal ends a stream", async () => {
    const abort = new AbortController();
    const stream = db.stream(numbered, { batch: 2, signal: abort.signal });
    await stream.next();
    await stream.next();
    abort.abort();
    await expect(stream.next()).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await db.first(numbered)).toEqual({ id: 1 });
  });

  test("close cuts off a stream that is not read on", async () => {
    const other = isShared ? open({ closeTimeout: 20 }) : await emptied(open({ closeTimeout: 20 }));
    const many = recursive("many", select({ n: sql(integer())`1` }), (it) =>
      select({ n: it.n.add(1) })
        .from(it)
        .where(it.n.lt(500)),
    );
    const stream = other.stream(select({ n: many.n }).from(many), { batch: 2 });
    expect((await stream.next()).value).toEqual({ n: 1 });
    await other.close();
    // In memory, a stream outside a transaction has handed its connection on; its rows are at hand.
    await stream.next();
    if (isShared || dialect.name !== "SQLite") await expect(stream.next()).rejects.toThrow(ClosedError);
  });
});
