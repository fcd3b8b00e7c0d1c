// A small world that flushes are tried on: every kind of relationship, key and column.
import { randomUUID } from "node:crypto";
import { fn, integer, json, table, text, timestamptz, unique, uuid, uuidv7, varchar } from "athanor";
import { many, mapped, one, optional } from "athanor/orm";

export const users = table("users", {
  id: integer().primaryKey(),
  email: varchar(80).unique(),
  name: varchar(80),
  nick: varchar(80).nullable().unique(),
  bossId: integer()
    .nullable()
    .references(() => users.id),
  version: integer(),
});
export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => users.id),
  title: varchar(80),
  status: varchar(20).default("draft"),
  created: timestamptz().default(fn.now()),
  meta: json<{ tags: string[] }>().nullable(),
  at: timestamptz().nullable(),
});
export const tags = table("tags", {
  id: uuid()
    .primaryKey()
    .default(() => uuidv7()),
  label: varchar(80).unique(),
});
export const postTags = table(
  "post_tags",
  { postId: integer().references(() => posts.id), tagId: uuid().references(() => tags.id) },
  { primaryKey: ["postId", "tagId"] },
);
export const comments = table("comments", {
  id: integer().primaryKey(),
  postId: integer().references(() => posts.id, { onDelete: "cascade" }),
  readerId: integer()
    .nullable()
    .references(() => users.id, { onDelete: "set null" }),
  body: text(),
});
export const profiles = table("profiles", {
  userId: integer()
    .primaryKey()
    .references(() => users.id),
  bio: text(),
});
export const notes = table("notes", {
  id: integer().primaryKey(),
  ownerId: integer()
    .nullable()
    .references(() => users.id),
  body: text(),
});
export const slots = table(
  "slots",
  { day: integer(), hour: integer(), what: varchar(40), place: varchar(40) },
  { primaryKey: ["day", "hour"], constraints: (t) => [unique(t.place, t.what)] },
);

export const rooms = table("rooms", { code: varchar(10).primaryKey(), floor: integer() });
export const desks = table("desks", {
  id: integer().primaryKey(),
  room: varchar(10).references(() => rooms.code, { onUpdate: "cascade" }),
});

export const blog = [rooms, desks, users, posts, tags, postTags, comments, profiles, notes, slots];

export class User extends mapped(
  users,
  {
    get posts() {
      return many(Post, { cascade: { delete: true, orphans: true } });
    },
    get boss() {
      return optional(User);
    },
    get reports() {
      return many(User);
    },
    get profile() {
      return optional(Profile, { cascade: { delete: true } });
    },
    get notes() {
      return many(Note);
    },
  },
  { version: "version" },
) {}
export class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
  get tags() {
    return many(Tag, { through: postTags });
  },
  get comments() {
    return many(Comment);
  },
}) {}
export class Tag extends mapped(tags, {
  get posts() {
    return many(Post, { through: postTags });
  },
}) {}
export class Comment extends mapped(comments, {
  get post() {
    return one(Post);
  },
  get reader() {
    return optional(User);
  },
}) {}
export class Profile extends mapped(profiles, {
  get user() {
    return one(User);
  },
}) {}
export class Note extends mapped(notes) {}
export class Slot extends mapped(slots) {}

export class Room extends mapped(rooms, {
  get desks() {
    return many(Desk);
  },
}) {}
export class Desk extends mapped(desks, {
  get in() {
    return one(Room);
  },
}) {}

let made = 0;
/** A user of a name that nobody else has. */
export function newUser(name = "Ann"): User {
  return new User({ name, email: `${name}${++made}-${randomUUID()}@example.org`, version: 1 });
}
