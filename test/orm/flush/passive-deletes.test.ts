import { type Database, insertInto, integer, table, text } from "athanor";
import { many, mapped, one, Session } from "athanor/orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const boxes = table("passive_boxes", { id: integer().primaryKey(), label: text() });
const items = table("passive_items", {
  id: integer().primaryKey(),
  boxId: integer("box_id").references(() => boxes.id, { onDelete: "cascade" }),
});
const schema = { boxes, items };

class Box extends mapped(boxes, {
  get items() {
    return many(Item, { cascade: { delete: true }, passiveDeletes: true });
  },
}) {}
class Item extends mapped(items, {
  get box() {
    return one(Box);
  },
}) {}

for (const { name, open } of databases) {
  describe(name, () => {
    let db: Database<any>;
    const sent: string[] = [];
    beforeAll(async () => {
      db = open({ echo: (line) => void sent.push(line) });
      await db.drop(schema, { ifExists: true });
      await db.create(schema);
      await db.run(insertInto(boxes).values({ label: "box" }));
      await db.run(insertInto(items).values([{ boxId: 1 }, { boxId: 1 }]));
    });
    afterAll(() => db.drop(schema));

    test("what the database deletes by itself is not loaded to be deleted", async () => {
      await using session = new Session(db);
      const box = await session.getOne(Box, 1);
      sent.length = 0;
      session.delete(box);
      await session.commit();
      expect(sent.filter((line) => line.includes("passive_items"))).toEqual([]);
      expect(await session.query(Item).count()).toBe(0);
    });
  });
}
