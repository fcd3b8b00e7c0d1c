// A small model for the tests of queries: a class related to itself, to many, through a table, and by a key that may be null.
import { boolean, integer, json, table, text, timestamp } from "athanor";
import { many, mapped, one, optional } from "athanor/orm";

export const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
  age: integer().nullable(),
  active: boolean().nullable(),
  joined: timestamp().nullable(),
  settings: json<{ theme: string }>().nullable(),
  bossId: integer("boss_id")
    .references(() => users.id)
    .nullable(),
});
export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => users.id),
  title: text(),
  score: integer().nullable(),
});
export const tags = table("tags", { id: integer().primaryKey(), label: text() });
export const postTags = table(
  "post_tags",
  { postId: integer("post_id").references(() => posts.id), tagId: integer("tag_id").references(() => tags.id) },
  { primaryKey: ["postId", "tagId"] },
);

export class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
  get boss() {
    return optional(User);
  },
  get reports() {
    return many(User);
  },
  get titles() {
    return users.name.concat("!");
  },
}) {
  get initials(): string {
    return this.name.slice(0, 1);
  }
}
export class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
  get tags() {
    return many(Tag, { through: postTags });
  },
}) {}
export class Tag extends mapped(tags, {
  get posts() {
    return many(Post, { through: postTags });
  },
}) {}

export const blog = { users, posts, tags, postTags };
