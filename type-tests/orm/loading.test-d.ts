// biome-ignore-all lint/style/noNonNullAssertion: the rows are of no interest here
// Mapped classes, what loading makes of their types, and sessions. Each `@ts-expect-error` must stay an error.
import { boolean, fn, integer, select, table, text } from "athanor";

const { count, upper } = fn;

import { type Found, type Loaded, many, mapped, one, optional, type Session } from "athanor/orm";
import { expectType } from "tsd";

const users = table("users", {
  id: integer().primaryKey().generated(),
  name: text(),
  bio: text().nullable(),
  bossId: integer()
    .references(() => users.id)
    .nullable(),
});
const posts = table("posts", {
  id: integer().primaryKey().generated(),
  authorId: integer("author_id").references(() => users.id),
  title: text(),
  published: boolean(),
});
const comments = table("comments", {
  id: integer().primaryKey().generated(),
  postId: integer().references(() => posts.id),
  body: text(),
});
const tags = table("tags", { id: integer().primaryKey().generated(), label: text() });
const postTags = table("post_tags", { postId: integer(), tagId: integer() });

export class User extends mapped(users, {
  get posts() {
    return many(Post, { inverse: "author" });
  },
  get boss() {
    return optional(User);
  },
  get reports() {
    return many(User);
  },
  get written() {
    return select({ n: count() }).from(posts).where(posts.authorId.eq(users.id)).scalar();
  },
  get hasPublished() {
    return User.posts.any(posts.published.eq(true));
  },
}) {
  static get shout() {
    return upper(users.name);
  }
  get shout() {
    return this.name.toUpperCase();
  }
  get initials() {
    return this.name[0]!;
  }
  async titles() {
    return (await this.posts).map((post) => post.title);
  }
}
export class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
  get comments() {
    return many(Comment);
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

const links = table("links", { postId: integer().primaryKey(), tagId: integer().primaryKey() });
class Link extends mapped(links) {}
declare const session: Session;
// what a query includes is loaded in the type, to any depth; the rest is not
const found = await session
  .query(User)
  .where(users.name.like("a%"), User.posts.any(posts.published.eq(true)))
  .include(User.posts.include(Post.comments, Post.tags), User.boss)
  .orderBy(users.id.desc())
  .limit(10)
  .all();
const user = found[0]!;
user.initials satisfies string;
user.posts[0]!.comments[0]!.body satisfies string;
user.posts[0]!.tags.map((tag) => tag.label) satisfies string[];
if (user.boss) user.boss.name satisfies string;
user satisfies User;
// lazy loading: await the relationship
const plain = (await session.get(User, 1))!;
const [post] = await plain.posts;
(await post!.author).name satisfies string;
const loaded = await session.load(post!, Post.author, Post.tags);
loaded.author.name satisfies string;
loaded.tags.length satisfies number;
// assigning, building graphs
plain.boss = user;
plain.boss = null;
post!.author = plain;
const made = new User({ name: "x", posts: [new Post({ title: "t", published: true })] });
made.posts.add(post!);
session.add(made);
// entities beside expressions in one statement; filters as data
const mixed = await session.all(
  select({ user: User, n: count(posts.id) })
    .from(User)
    .leftJoin(posts, posts.authorId.eq(users.id))
    .groupBy(users.id),
);
mixed[0]!.user.initials satisfies string;
await session
  .query(User)
  .filter({
    name: { startsWith: "a" },
    bio: null,
    posts: { any: { published: true, tags: { any: { label: "x" } } } },
    boss: { name: "z" },
  })
  .first();

const other = (await session.get(Post, 2))!;
// @ts-expect-error posts is not loaded
plain.posts[0]!.title;
// @ts-expect-error author is not loaded
other.author.name;
// @ts-expect-error author, one level down, is not loaded
user.posts[0]!.author.name;
// @ts-expect-error name is required
new User({ bio: "x" });
// @ts-expect-error a Post is not a User
other.author = other;
// @ts-expect-error no such field
session.query(User).filter({ nme: 1 });
// @ts-expect-error a string is not a boolean, inside a relationship
session.query(User).filter({ posts: { any: { published: "x" } } });
// @ts-expect-error posts is not joined
await session.query(User).where(posts.published.eq(true)).all();

// a child built without its key: the object stands for it
new Post({ title: "t", published: true, author: plain });
// a subclass with a joined table reads both
session.query(User).filter({ boss: null });
// hover: a loaded to-one is the entity, not a union with Pending
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<T extends true>(): void;
same<Same<typeof loaded.author, User>>();
await session.get(Link, { postId: 1, tagId: 2 });
// @ts-expect-error a key is a number here
await session.get(User, "abc");
// @ts-expect-error half a composite key
await session.get(Link, { postId: 1 });
// @ts-expect-error a relationship of another class
session.query(Post).include(User.boss);
// @ts-expect-error the same, one level down
session.query(User).include(User.posts.include(User.boss));
// @ts-expect-error the same, on an instance
await session.load(post!, User.posts);
// @ts-expect-error a getter of the user's has no SQL
session.query(User).filter({ initials: "A" });
// @ts-expect-error posts is not in FROM, also through a session
await session.all(select({ t: posts.title }).from(User));
await session.all(
  // @ts-expect-error grouping, also through a session
  select({ user: User, n: count(posts.id) })
    .from(User)
    .join(posts, posts.authorId.eq(users.id)),
);
// @ts-expect-error a loaded collection is changed by add and remove, never as an array
user.posts.push(post!);
// @ts-expect-error what await gives is a copy
(await plain.posts).push(post!);

// a getter that gives an expression is a computed property; a static and an instance getter of one name are a hybrid
plain.written satisfies number | null;
session.query(User).where(User.written.gt(3), User.shout.eq("ANN")).orderBy(User.written.desc()).all();
export class Clash extends mapped(users, {
  // @ts-expect-error a column has this name
  get name() {
    return many(Post);
  },
}) {}
export class Lost extends mapped(users, {
  get posts() {
    // @ts-expect-error no such inverse
    return many(Post, { inverse: "writer" });
  },
}) {}

// what stands beside an entity, computed properties and deferred columns, and streams
const rows = await session
  .query(User)
  .where(User.shout.eq("ANN"))
  .with({
    newest: User.posts.where(posts.published.eq(true)).orderBy(posts.id.desc()).limit(3),
    n: User.posts.count(),
    name: users.name,
  })
  .all();
same<Same<(typeof rows)[number]["n"], number>>();
same<Same<(typeof rows)[number]["name"], string>>();
rows[0]!.newest[0]!.title satisfies string;
rows[0]!.entity.initials satisfies string;
// @ts-expect-error what stands beside is no change of the entity: its posts are not loaded
rows[0]!.entity.posts[0]!.title;
// @ts-expect-error a condition on what is not in reach
await session
  .query(User)
  .with({ newest: User.posts.where(tags.label.eq("x")) })
  .all();
for await (const batch of session.query(User).include(User.posts).stream({ batch: 10 }))
  batch[0]!.posts[0]!.title satisfies string;
same<Same<Awaited<ReturnType<typeof merged>>, User>>();
const merged = async () => session.merge(plain);
await session.refresh(plain, "name", User.posts);
// @ts-expect-error a relationship of another class
await session.refresh(plain, Post.author);
class Bio extends mapped(users, {}, { deferred: ["bio"] }) {}
session.query(Bio).undefer("bio");
// @ts-expect-error no such column
session.query(Bio).undefer("boi");
// @ts-expect-error no such column
export class Wrong extends mapped(users, {}, { deferred: ["boi"] }) {}

// What a query gives, and what a function needs, have names.
const authors = (session: Session) => session.query(User).include(User.posts.include(Post.comments), User.boss);
type Author = Found<ReturnType<typeof authors>>;
const titlesOf = (user: Loaded<User, "posts">) => user.posts.map((post) => post.title);
const bossOf = (user: Loaded<User, "posts" | "boss">) => user.boss?.name;
export async function named(session: Session, author: Author) {
  expectType<string[]>(titlesOf(author));
  expectType<string | undefined>(bossOf(author));
  expectType<string | undefined>(author.posts[0]?.comments[0]?.body);
  titlesOf(await session.load(await session.getOne(User, 1), User.posts));
  // @ts-expect-error: it is not loaded
  titlesOf(await session.getOne(User, 1));
  // @ts-expect-error: only one of them is
  bossOf(await session.load(await session.getOne(User, 1), User.posts));
  // @ts-expect-error: there is none of that name
  type _None = Loaded<User, "name">;
  const rows = session.query(User).with({ n: User.posts.count() });
  expectType<number>({} as Found<typeof rows>["n"]);
}
