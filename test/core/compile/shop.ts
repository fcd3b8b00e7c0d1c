// The tables and rows that the compiler's tests share.
import { boolean, type Database, insertInto, integer, table, text } from "athanor";
import { type SqliteFeatures, sqlite } from "athanor/sqlite";

export const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
  email: text().nullable(),
  age: integer(),
  active: boolean(),
  bossId: integer("boss_id")
    .nullable()
    .references(() => users.id),
});

export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => users.id),
  title: text(),
  score: integer().nullable(),
});

/** A table whose columns may all be null. */
export const notes = table("notes", {
  userId: integer("user_id").nullable(),
  body: text().nullable(),
});

/** A database of two users, one of whom has written two posts. */
export async function shop(): Promise<Database<SqliteFeatures>> {
  const db = sqlite(":memory:");
  await db.create({ users, posts, notes });
  await db.run(
    insertInto(users).values([
      { id: 1, name: "Ann", email: "ann@example.org", age: 30, active: true, bossId: null },
      { id: 2, name: "Bob", email: null, age: 20, active: false, bossId: 1 },
    ]),
  );
  await db.run(
    insertInto(posts).values([
      { id: 1, authorId: 1, title: "100% true", score: 5 },
      { id: 2, authorId: 1, title: "Hello", score: null },
    ]),
  );
  return db;
}
