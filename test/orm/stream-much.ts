// Run as a program with little memory: goes through a million objects.
import { integer, table, text } from "athanor";
import { mapped, Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";

const things = table("things", { id: integer().primaryKey(), name: text(), size: integer() });
class Thing extends mapped(things) {}
const db = sqlite(process.argv[2] as string);
await db.create({ things });
await db.execute(
  "insert into things (name, size) with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000) select 'thing ' || i, i % 100 from n",
);
const session = new Session(db);
let count = 0;
let sum = 0;
for await (const batch of session.query(Thing).stream({ batch: 1000 })) {
  count += batch.length;
  for (const thing of batch) sum += thing.size;
}
console.log(count, sum, session.identities.size < 2000);
await session.close();
await db.close();
