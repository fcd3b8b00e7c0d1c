// A row that the class refuses while a list is read again.
import { insertInto, integer, table, text } from "athanor";
import { many, mapped, optional, Session } from "athanor/orm";
import { expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const shelves = table("refused_shelves", { id: integer().primaryKey() });
const jars = table("refused_jars", {
  id: integer().primaryKey(),
  shelfId: integer("shelf_id")
    .references(() => shelves.id)
    .nullable(),
  label: text(),
});
class Shelf extends mapped(shelves, {
  get jars() {
    return many(Jar);
  },
}) {}
class Jar extends mapped(jars, {
  get shelf() {
    return optional(Shelf);
  },
}) {
  onLoad(): void {
    if (this.label === "") throw new RangeError("a jar has a label");
  }
}

test.each(databases)("$name: the list stays what it was", async ({ db }) => {
  await db.create({ shelves, jars });
  try {
    await db.run(insertInto(shelves).values({ id: 1 }));
    await db.run(insertInto(jars).values([1, 3].map((id) => ({ id, shelfId: 1, label: `${id}` }))));
    await using session = new Session(db);
    const shelf = await session.getOne(Shelf, 1);
    const labels = (await shelf.jars).map((jar) => jar.label);
    await db.run(insertInto(jars).values({ id: 2, shelfId: 1, label: "" }));
    await expect(session.refresh(shelf, Shelf.jars)).rejects.toThrow("a jar has a label");
    expect((await shelf.jars).map((jar) => jar.label)).toEqual(labels);
  } finally {
    await db.drop({ shelves, jars });
  }
});
