// Statements that the database lacks something for, parameters that are missing, unions that do not fit.
import { fn, integer, param, select, table, text } from "athanor";
import { db, plain, posts, users, wrote } from "../tables.ts";

const byId = select({ name: users.name })
  .from(users)
  .where(users.id.eq(param("id", integer())));

await db.all(byId);

await db.all(byId, { id: "1" });

await db.all(byId, { di: 1 });

await plain.all(select({ id: users.id }).from(users).fullJoin(posts, wrote));

await db.all(select({ id: users.id }).from(users).forUpdate());

await db.scalar(select({ id: users.id, name: users.name }).from(users));

select({ id: users.id })
  .from(users)
  .union(select({ name: users.name }).from(users));

select({ a: users.id })
  .from(users)
  .union(select({ a: users.name }).from(users));

await db.all(
  select({ id: users.id })
    .from(users)
    .where(users.id.in(select({ a: posts.id, b: posts.title }).from(posts))),
);

const rows: { id: number }[] = db.all(select({ id: users.id }).from(users));

(await db.all(select({ id: users.id }).from(users)))[0].name;

table("audit.log", { id: integer() });

export { rows };

await db.scalar(select({ slept: fn.call("pg_sleep", text(), 5) }));
