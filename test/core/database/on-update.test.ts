// Columns that fill themselves in at every update: by a function here, or by an expression in the database.
import { deleteFrom, excluded, fn, insertInto, integer, select, table, text, timestamptz, update } from "athanor";
import { mapped, Session } from "athanor/orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

let calls = 0;
const notes = table("on_update_notes", {
  id: integer().primaryKey(),
  body: text(),
  seen: timestamptz().default(new Date("2020-01-01T00:00:00Z")).onUpdate(fn.now()),
  mark: integer()
    .default(0)
    .onUpdate(() => ++calls),
});
class Note extends mapped(notes) {}
const old = new Date("2020-01-01T00:00:00Z");

describe.each(databases)("on $name", ({ db }) => {
  const seen = async () => (await db.one(select({ seen: notes.seen }).from(notes))).seen.getUTCFullYear();
  beforeAll(() => db.create({ notes }));
  beforeEach(async () => {
    await db.run(deleteFrom(notes).everyRow());
    await db.run(insertInto(notes).values({ id: 1, body: "a" }));
  });
  afterAll(() => db.drop({ notes }));

  test("an update writes them", async () => {
    expect(await seen()).toBe(2020);
    await db.run(update(notes).set({ body: "b" }).where(notes.id.eq(1)));
    expect(await seen()).toBeGreaterThan(2020);
  });

  test("an update of what is there already does too", async () => {
    await db.run(update(notes).set({ body: "a" }).where(notes.id.eq(1)));
    expect(await seen()).toBeGreaterThan(2020);
  });

  test("what an update sets stands, whichever set() said it", async () => {
    const changes = [
      update(notes).set({ body: "b", seen: old, mark: -1 }),
      update(notes).set({ body: "b" }).set({ seen: old, mark: -1 }),
      update(notes).set({ seen: old, mark: -1 }).set({ body: "b" }),
    ];
    for (const change of changes) {
      await db.run(change.where(notes.id.eq(1)));
      expect(await db.one(select(notes))).toEqual({ id: 1, body: "b", seen: old, mark: -1 });
    }
  });

  test("an upsert writes them where the row is there", async () => {
    const put = (id: number) =>
      db.run(
        insertInto(notes)
          .values({ id, body: "b" })
          .onConflict(notes.id)
          .doUpdate({ body: excluded(notes.body) }),
      );
    await put(1);
    expect(await seen()).toBeGreaterThan(2020);
    await db.run(deleteFrom(notes).everyRow());
    await put(2);
    expect(await seen()).toBe(2020);
  });

  test("a session's objects have what was written", async () => {
    const session = new Session(db);
    const note = await session.getOne(Note, 1);
    note.body = "c";
    await session.commit();
    expect(note.seen.getUTCFullYear()).toBeGreaterThan(2020);
    await session.query(Note).where(notes.id.eq(1)).update({ seen: old });
    expect(note.seen).toEqual(old);
    await session.query(Note).where(notes.id.eq(1)).update({ body: "d" });
    expect(note.seen.getUTCFullYear()).toBeGreaterThan(2020);
    await session.close();
  });
});
