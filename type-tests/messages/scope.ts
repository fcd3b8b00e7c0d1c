// What is not in FROM, or stands there twice.
import { alias, deleteFrom, insertInto, select, update } from "athanor";
import { db, posts, users, wrote } from "../tables.ts";

await db.all(select({ title: posts.title }).from(users));

await db.all(select({ id: users.id }).from(users).where(posts.id.eq(1)));

await db.all(select({ id: users.id }).from(users).orderBy(posts.id.asc()));

await db.all(select({ id: users.id }));

await db.all(select({ id: users.id }).from(users).join(users, users.id.eq(users.age)));

await db.all(select({ id: users.id }).from(alias(users, "other")));

await db.all(select({ id: users.id, post: { title: posts.title } }).from(users));

await db.all(select({ id: users.id }).from(users).join(alias(users, "boss"), wrote));

await db.run(update(users).set({ age: 1 }).where(posts.id.eq(1)));

await db.run(deleteFrom(users).where(posts.id.eq(1)));

await db.all(
  insertInto(users).values({ name: "a", email: "a", age: 1, role: "admin" }).returning({ title: posts.title }),
);

select({ id: users.id }).from(users).where(users.nope.eq(1));
