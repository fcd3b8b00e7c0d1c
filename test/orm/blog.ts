// A small blog, mapped: what the tests of the ORM work on.
import {
  boolean,
  type Database,
  fn,
  insertInto,
  integer,
  json,
  select,
  table,
  text,
  timestamp,
  varchar,
} from "athanor";
import { many, mapped, one, optional } from "athanor/orm";

export const users = table("orm_users", {
  id: integer().primaryKey(),
  name: text(),
  bio: text().nullable(),
  bossId: integer("boss_id")
    .nullable()
    .references(() => users.id),
});
export const profiles = table("orm_profiles", {
  id: integer().primaryKey(),
  userId: integer("user_id")
    .unique()
    .references(() => users.id),
  motto: text(),
});
export const posts = table("orm_posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => users.id),
  title: varchar(200),
  published: boolean(),
  at: timestamp(),
  meta: json<{ tags: string[] }>().nullable(),
});
export const comments = table("orm_comments", {
  id: integer().primaryKey(),
  postId: integer("post_id").references(() => posts.id),
  body: text(),
});
export const tags = table("orm_tags", { id: integer().primaryKey(), label: text() });
export const postTags = table(
  "orm_post_tags",
  {
    postId: integer("post_id").references(() => posts.id),
    tagId: integer("tag_id").references(() => tags.id),
  },
  { primaryKey: ["postId", "tagId"] },
);

export class User extends mapped(
  users,
  {
    get posts() {
      return many(Post);
    },
    get boss() {
      return optional(User);
    },
    get reports() {
      return many(User);
    },
    get profile() {
      return optional(Profile);
    },
    get written() {
      return select({ n: fn.count() }).from(posts).where(posts.authorId.eq(users.id)).scalar();
    },
  },
  { deferred: ["bio"] },
) {
  readonly #secret = 7;
  visits = 0;
  static get shout() {
    return fn.upper(users.name);
  }
  get shout() {
    return this.name.toUpperCase();
  }
  get secret() {
    return this.#secret;
  }
}
export class Profile extends mapped(profiles, {
  get user() {
    return one(User);
  },
}) {}
export class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
  get comments() {
    return many(Comment, { orderBy: () => comments.id.desc() });
  },
  get tags() {
    return many(Tag, { through: postTags });
  },
}) {}
export class Comment extends mapped(comments, {
  get post() {
    return one(Post);
  },
}) {}
export class Tag extends mapped(tags, {
  get posts() {
    return many(Post, { through: postTags });
  },
}) {}

export const schema = { users, profiles, posts, comments, tags, postTags };
export const day = (n: number): Date => new Date(Date.UTC(2024, 0, n));

/** Ann is the boss of Bob and Cy. Ann wrote posts 2 and 4, Bob 1, 3 and 5, Cy none. */
export async function fill(db: Database<any>): Promise<void> {
  await db.create(schema);
  await db.run(
    insertInto(users).values([
      { id: 1, name: "Ann", bio: "the boss" },
      { id: 2, name: "Bob", bossId: 1 },
      { id: 3, name: "Cy", bossId: 1 },
    ]),
  );
  await db.run(insertInto(profiles).values({ id: 1, userId: 2, motto: "on we go" }));
  await db.run(
    insertInto(posts).values(
      [1, 2, 3, 4, 5].map((id) => ({
        id,
        authorId: 1 + (id % 2),
        title: `post ${id}`,
        published: id > 2,
        at: day(id),
        meta: id === 1 ? { tags: ["x"] } : null,
      })),
    ),
  );
  await db.run(
    insertInto(comments).values([1, 2, 3, 4].map((id) => ({ id, postId: 1 + (id % 2), body: `comment ${id}` }))),
  );
  await db.run(
    insertInto(tags).values([
      { id: 1, label: "red" },
      { id: 2, label: "blue" },
    ]),
  );
  await db.run(
    insertInto(postTags).values([
      { postId: 1, tagId: 1 },
      { postId: 1, tagId: 2 },
      { postId: 3, tagId: 1 },
    ]),
  );
}
