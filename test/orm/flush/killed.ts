// Commits one small piece of work after the other, and says so after each; killed at some point by killed.test.ts.
import { integer, table, varchar } from "athanor";
import { connect } from "athanor/connect";
import { many, mapped, one, Session } from "athanor/orm";

export const batches = table("killed_batches", { id: integer().primaryKey(), name: varchar(40) });
export const items = table("killed_items", {
  id: integer().primaryKey(),
  batchId: integer().references(() => batches.id),
  place: integer(),
});
export class Batch extends mapped(batches, {
  get items() {
    return many(Item);
  },
}) {}
export class Item extends mapped(items, {
  get batch() {
    return one(Batch);
  },
}) {}

const [, file, url] = process.argv;
if (file?.endsWith("killed.ts") && url !== undefined) {
  const db = await connect(url);
  for (let number = 0; ; number++) {
    const name = `${process.pid}-${number}`;
    await Session.run(db, (session) => {
      const batch = new Batch({ name });
      for (let place = 0; place < 60; place++) batch.items.add(new Item({ place }));
      session.add(batch);
    });
    process.stdout.write(`${name}\n`);
  }
}
