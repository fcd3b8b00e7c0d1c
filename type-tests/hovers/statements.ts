// Tables, expressions and statements.
import { alias, cte, fn, insertInto, integer, param, select, table, text, update } from "athanor";
import { posts, users, wrote } from "../tables.ts";

export const tags = table("tags", { id: integer().primaryKey(), label: text().nullable() });
export const column = tags.label;
export const key = tags.id;
export const condition = users.age.gt(18);
export const maybe = tags.label.eq("x");
export const call = fn.upper(tags.label);
export const sum = fn.sum(users.age);
export const boss = alias(tags, "boss");
export const query = select({ id: users.id, name: users.name }).from(users);
export const joined = query.leftJoin(posts, wrote).where(condition).limit(3);
export const byId = query.where(users.id.eq(param("id", integer())));
export const busy = cte("busy", select({ id: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));
export const insert = insertInto(tags).values({ label: "x" });
export const returning = insert.returning({ id: tags.id });
export const change = update(tags).set({ label: null });
