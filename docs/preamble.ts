// What the examples of the documentation stand on: a few tables in a SQLite database in memory, with some rows. Docstrings
// have these names at hand; a page imports them, out of its readers' sight.
import { boolean, decimal, fn, insertInto, integer, table, text, timestamptz } from "athanor";
import { sqlite } from "athanor/sqlite";

export { sqliteDialect } from "athanor/sqlite";

export const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
  email: text().unique().nullable(),
  age: integer().default(30),
  role: text().default("guest"),
  bossId: integer("boss_id")
    .references(() => users.id)
    .nullable(),
});

export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => users.id),
  title: text(),
  length: integer().default(0),
  published: boolean().default(false),
  at: timestamptz().default(fn.now()),
});

export const tags = table("tags", { id: integer().primaryKey(), label: text().unique() });

export const postTags = table(
  "post_tags",
  { postId: integer("post_id").references(() => posts.id), tagId: integer("tag_id").references(() => tags.id) },
  { primaryKey: ["postId", "tagId"] },
);

export const products = table("products", {
  id: integer().primaryKey(),
  name: text().unique(),
  price: decimal(10, 2),
  stock: integer().default(0),
});

export const accounts = table("accounts", { id: integer().primaryKey(), balance: integer() });

export const attempts = table("attempts", { id: integer().primaryKey(), at: timestamptz() });

export const stock = table("stock", { item: text().primaryKey(), count: integer() });

export const deliveries = table("deliveries", { item: text().primaryKey(), count: integer() });

/** What a client sent. */
export const body: unknown = { name: "Ida" };

export const db = sqlite(":memory:");

await db.create({ users, posts, tags, postTags, products, accounts, attempts, stock, deliveries });
await db.run(
  insertInto(users).values([
    { id: 1, name: "Ann", email: "ann@example.org", age: 41 },
    { id: 2, name: "Bob", age: 17, bossId: 1 },
    { id: 7, name: "Cleo", email: "cleo@example.org", bossId: 1 },
  ]),
);
await db.run(
  insertInto(posts).values([
    { id: 1, authorId: 1, title: "Athanors", length: 1200, published: true, at: new Date("2026-01-05T09:00:00Z") },
    { id: 2, authorId: 1, title: "Alembics", length: 800, published: true, at: new Date("2026-02-10T12:30:00Z") },
    { id: 3, authorId: 2, title: "A draft", length: 90, at: new Date("2026-03-01T18:45:00Z") },
  ]),
);
await db.run(
  insertInto(tags).values([
    { id: 1, label: "fire" },
    { id: 2, label: "glass" },
  ]),
);
await db.run(
  insertInto(postTags).values([
    { postId: 1, tagId: 1 },
    { postId: 2, tagId: 1 },
    { postId: 2, tagId: 2 },
  ]),
);
await db.run(
  insertInto(products).values([
    { id: 1, name: "crucible", price: "12.50", stock: 4 },
    { id: 2, name: "retort", price: "30.00" },
  ]),
);
await db.run(
  insertInto(accounts).values([
    { id: 1, balance: 100 },
    { id: 2, balance: 0 },
  ]),
);
