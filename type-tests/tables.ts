// The tables that messages and hovers are about.
import { type Database, enumeration, integer, table, text, timestamp } from "athanor";
import type { SqliteFeatures } from "athanor/sqlite";

export declare const db: Database<SqliteFeatures>;
export declare const plain: Database<never>;
export const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
  email: text().unique(),
  bio: text().nullable(),
  age: integer(),
  role: enumeration(["admin", "member"]),
  loud: text().generatedAs(() => users.name),
});
export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => users.id),
  title: text(),
  at: timestamp(),
});
export const wrote = posts.authorId.eq(users.id);
