// Rows: what an editor shows is what they hold.
import { fn, jsonArray, select } from "athanor";
import { db, posts, users, wrote } from "../tables.ts";

export const all = await db.all(select(users));
export const some = await db.all(select({ id: users.id, bio: users.bio }).from(users));
export const left = await db.all(select({ name: users.name, title: posts.title }).from(users).leftJoin(posts, wrote));
export const whole = await db.all(select({ name: users.name, post: posts }).from(users).leftJoin(posts, wrote));
export const nested = await db.first(select({ a: { b: users.name, c: { d: users.age } } }).from(users));
export const counted = await db.all(
  select({ role: users.role, n: fn.count(), oldest: fn.max(users.age) })
    .from(users)
    .groupBy(users.role),
);
export const json = await db.one(
  select({
    name: users.name,
    posts: jsonArray(select({ title: posts.title, at: posts.at }).from(posts).where(wrote)),
  }).from(users),
);
export const value = await db.scalar(select({ n: fn.count() }).from(users));
