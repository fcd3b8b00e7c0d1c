import { excluded, insertInto, integer, select, table, text } from "athanor";
import { sqlite } from "athanor/sqlite";
import { expect, test } from "vitest";

const notes = table("notes", { id: integer().primaryKey(), body: text() });
const tags = table("tags", { name: text().primaryKey() });

test("the key is reported where the database generated it, and nowhere else", async () => {
  await using db = sqlite(":memory:");
  await db.create({ notes, tags });
  const note = { body: "a" };
  expect(await db.run(insertInto(notes).values([note, note]))).toEqual({ affected: 2, insertedKey: 1 });
  expect(await db.run(insertInto(notes).values(note))).toEqual({ affected: 1, insertedKey: 3 });
  expect(
    await db.run(
      insertInto(notes).values([
        { id: 10, body: "b" },
        { id: 20, body: "c" },
      ]),
    ),
  ).toEqual({ affected: 2 });
  const upsert = insertInto(notes)
    .values({ id: 10, body: "d" })
    .onConflict(notes.id)
    .doUpdate({ body: excluded(notes.body) });
  expect(await db.run(upsert)).toEqual({ affected: 1 });
  expect(await db.run(insertInto(tags).values({ name: "x" }))).toEqual({ affected: 1 });
  expect(
    await db.run(insertInto(notes).select(select({ body: notes.body }).from(notes).where(notes.id.lte(2)))),
  ).toEqual({
    affected: 2,
    insertedKey: 21,
  });
});
