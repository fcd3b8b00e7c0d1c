// The tables of the tasks, and how Athanor reaches each database; for its Core and its ORM alike.
import { readFile } from "node:fs/promises";
import { type Database, integer, table, varchar } from "athanor";
import type { DatabaseName } from "./peer.ts";

export const authors = table("authors", {
  id: integer().primaryKey(),
  name: varchar(80),
  city: varchar(80),
  age: integer(),
  note: varchar(80).nullable(),
});
export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => authors.id),
  title: varchar(80),
  views: integer(),
});
export const comments = table("comments", {
  id: integer().primaryKey(),
  postId: integer("post_id").references(() => posts.id),
  body: varchar(80),
});
export const tags = table("tags", { id: integer().primaryKey(), label: varchar(80) });
export const postTags = table(
  "post_tags",
  { postId: integer("post_id").references(() => posts.id), tagId: integer("tag_id").references(() => tags.id) },
  { primaryKey: ["postId", "tagId"] },
);
export const people = table("people", {
  id: integer().primaryKey(),
  name: varchar(80),
  age: integer(),
  city: varchar(80),
  score: integer(),
});
export const books = table("books", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => people.id),
  title: varchar(80),
  pages: integer(),
});

export async function connect(database: DatabaseName, url: string): Promise<Database<any>> {
  if (database === "sqlite") return (await import("athanor/sqlite")).sqlite(url) as Database<any>;
  if (database === "postgres") return (await import("athanor/postgres")).postgres(url) as Database<any>;
  return (await import("athanor/mysql")).mariadb(url) as Database<any>;
}

export async function athanorVersion(): Promise<string> {
  return JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")).version;
}
