import {
  ClosedError,
  fn,
  insertInto,
  integer,
  MultipleRowsError,
  NoRowError,
  ParameterError,
  param,
  select,
  text,
  update,
} from "athanor";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { emptied, insertNote, notes, texts, textsIn } from "./tables.ts";

const byId = select({ id: notes.id, text: notes.text })
  .from(notes)
  .where(notes.id.eq(param("id", integer())));
const count = select({ n: fn.count() }).from(notes);

describe.each(databases)("$name", ({ db, open, dialect }) => {
  beforeEach(async () => {
    await emptied(db);
    await db.run(insertInto(notes).values([{ text: "a" }, { text: "b" }]));
  });

  test("all gives every row, one the only one, first the first or undefined", async () => {
    expect(await db.all(texts)).toEqual([{ text: "a" }, { text: "b" }]);
    expect(await db.one(byId, { id: 2 })).toEqual({ id: 2, text: "b" });
    expect(await db.first(texts)).toEqual({ text: "a" });
    expect(await db.first(byId, { id: 3 })).toBe(undefined);
    expect(await db.scalar(count)).toBe(2);
  });

  test("one and scalar refuse no row, and more than one", async () => {
    await expect(db.one(byId, { id: 3 })).rejects.toThrow(NoRowError);
    await expect(db.one(texts)).rejects.toThrow(MultipleRowsError);
    await expect(db.scalar(texts)).rejects.toThrow("scalar() found more than one row");
    await expect(db.scalar(select({ id: notes.id }).from(notes).where(notes.id.eq(3)))).rejects.toThrow(
      "scalar() found no row",
    );
  });

  test("run says how many rows were written, and a generated key where the driver does", async () => {
    const { affected, insertedKey } = await db.run(insertNote("c"));
    expect(affected).toBe(1);
    const key = await db.scalar(select({ id: notes.id }).from(notes).where(notes.text.eq("c")));
    expect(insertedKey === undefined ? key : Number(insertedKey)).toBe(key);
    expect(await db.run(update(notes).set({ text: "x" }).where(notes.id.eq(99)))).toMatchObject({ affected: 0 });
  });

  test("a list of parameters runs the statement once for each, in one transaction", async () => {
    const insert = insertInto(notes).values({ text: param("text", text()) });
    expect(await db.run(insert, [{ text: "c" }, { text: "d" }])).toMatchObject({ affected: 2 });
    await expect(db.run(insert, [{ text: "e" }, { text: "a" }])).rejects.toMatchObject({ code: "UNIQUE_VIOLATION" });
    expect(await textsIn(db)).toEqual(["a", "b", "c", "d"]);
    expect(await db.all(byId, [{ id: 2 }, { id: 9 }, { id: 1 }])).toEqual([
      { id: 2, text: "b" },
      { id: 1, text: "a" },
    ]);
    expect(await db.run(insert, [])).toEqual({ affected: 0 });
  });

  test("a list of parameters longer than a round trip carries is sent in pieces", async () => {
    const insert = insertInto(notes).values({ text: param("text", text()) });
    const list = Array.from({ length: 1203 }, (_, i) => ({ text: `n${i}` }));
    expect(await db.run(insert, list)).toMatchObject({ affected: 1203 });
    expect(await db.scalar(count)).toBe(1205);
  });

  test("a parameter that is missing, unknown or of another type rejects, and nothing throws", async () => {
    for (const given of [undefined, {}, { id: 1, x: 1 }, { id: "1" }]) {
      const running = db.one(byId, given as never);
      await expect(running).rejects.toThrow(ParameterError);
    }
  });

  test("a prepared statement runs like the statement", async () => {
    const find = db.prepare(byId);
    expect(find.sql).toBe(dialect.name === "PostgreSQL" ? find.sql.replace("?", "$1") : find.sql.replace("$1", "?"));
    expect(await find.one({ id: 1 })).toEqual({ id: 1, text: "a" });
    expect(await find.all([{ id: 2 }, { id: 1 }])).toEqual([
      { id: 2, text: "b" },
      { id: 1, text: "a" },
    ]);
    expect(await find.first({ id: 3 })).toBe(undefined);
    await expect(find.scalar({ id: 3 })).rejects.toThrow(NoRowError);
    expect(await db.prepare(count).scalar()).toBe(2);
    const rows: unknown[] = [];
    for await (const row of find.stream({ id: 1 })) rows.push(row);
    expect(rows).toEqual([{ id: 1, text: "a" }]);
    const insert = db.prepare(insertInto(notes).values({ text: param("text", text()) }));
    expect(await insert.run({ text: "c" })).toMatchObject({ affected: 1 });
    expect(await insert.run([{ text: "d" }, { text: "e" }])).toMatchObject({ affected: 2 });
  });

  test("a batch gives the result of each statement", async () => {
    expect(await db.batch([count, insertNote("c"), [byId, { id: 1 }], count])).toMatchObject([
      [{ n: 2 }],
      { affected: 1 },
      [{ id: 1, text: "a" }],
      [{ n: 3 }],
    ]);
    expect(await db.batch([])).toEqual([]);
    expect(await db.batch([count])).toEqual([[{ n: 3 }]]);
  });

  test("where one statement of a batch fails, none takes effect", async () => {
    await expect(db.batch([insertNote("c"), insertNote("a"), insertNote("d")])).rejects.toMatchObject({
      code: "UNIQUE_VIOLATION",
    });
    expect(await textsIn(db)).toEqual(["a", "b"]);
  });

  test("explain shows a plan, and analyze leaves nothing behind", async () => {
    expect(await db.explain(byId, { id: 1 })).toMatch(/notes/i);
    if (dialect.name === "PostgreSQL") {
      expect(await db.explain(insertNote("c"), { analyze: true })).toMatch(/actual/);
      await db.transaction(async (tx) => {
        expect(await tx.explain(insertNote("c"), { analyze: true })).toMatch(/actual/);
      });
      expect(await textsIn(db)).toEqual(["a", "b"]);
    }
  });

  test("a connection of one's own keeps its session, and is refused afterwards", async () => {
    const kept = await db.connection(async (connection) => {
      await connection.execute("create temporary table own (id integer)");
      await connection.execute("insert into own values (7)");
      expect(connection.native).toBeTypeOf("object");
      await expect(
        connection.transaction(async (tx) => {
          await tx.run(insertNote("c"));
          await connection.all(texts);
        }),
      ).rejects.toThrow("the connection was used while a transaction had it");
      await connection.transaction((tx) => tx.run(insertNote("d")));
      expect(await textsIn(connection)).toEqual(["a", "b", "d"]);
      return connection;
    });
    await expect(kept.all(texts)).rejects.toThrow(ClosedError);
  });

  test("after close every call is refused, and closing again is not", async () => {
    const other = open();
    await emptied(other);
    const find = other.prepare(count);
    const stream = other.stream(texts);
    await other.close();
    await other.close();
    for (const call of [
      () => other.all(texts),
      () => other.run(insertNote("x")),
      () => find.scalar(),
      () => stream.next(),
      () => other.transaction(async () => {}),
      () => other.begin(),
      () => other.batch([count, count]),
      () => other.execute("select 1"),
      () => other.inspect(),
      () => other.connection(() => {}),
    ]) {
      await expect(call()).rejects.toThrow(ClosedError);
    }
  });
});
