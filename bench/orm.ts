// Loading objects, beside the raw driver used by hand: prepared statements, level queries stitched with Maps.
//
//   npm run orm                    SQLite
//   npm run orm -- postgres        PostgreSQL on this machine
//   npm run orm -- mariadb         MariaDB on this machine
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, insertInto, integer, select, table, text } from "athanor";
import { many, mapped, one, Session } from "athanor/orm";
import { measure } from "./measure.ts";
import { mariadbRaw, postgresRaw, type RawDatabase, sqliteRaw } from "./raw.ts";

const authors = table("b_authors", {
  id: integer().primaryKey(),
  name: text(),
  city: text(),
  age: integer(),
  note: text().nullable(),
});
const posts = table("b_posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => authors.id),
  title: text(),
  views: integer(),
});
const comments = table("b_comments", {
  id: integer().primaryKey(),
  postId: integer("post_id").references(() => posts.id),
  body: text(),
});
const tags = table("b_tags", { id: integer().primaryKey(), label: text() });
const postTags = table(
  "b_post_tags",
  { postId: integer("post_id").references(() => posts.id), tagId: integer("tag_id").references(() => tags.id) },
  { primaryKey: ["postId", "tagId"] },
);

class Author extends mapped(authors, {
  get posts() {
    return many(Post);
  },
}) {}
class Post extends mapped(posts, {
  get author() {
    return one(Author);
  },
  get comments() {
    return many(Comment);
  },
  get tags() {
    return many(Tag, { through: postTags });
  },
}) {}
class Comment extends mapped(comments, {
  get post() {
    return one(Post);
  },
}) {}
class Tag extends mapped(tags, {
  get posts() {
    return many(Post, { through: postTags });
  },
}) {}

const which = process.argv[2] ?? "sqlite";
const file = join(tmpdir(), `athanor-bench-orm-${process.pid}.sqlite`);
const raw: RawDatabase =
  which === "postgres" ? await postgresRaw() : which === "mariadb" ? await mariadbRaw() : await sqliteRaw(file);
const db: Database<any> = raw.athanor;
const schema = { authors, posts, comments, tags, postTags };
await db.drop(schema, { ifExists: true });
await db.create(schema);
const chunk = async (source: any, rows: object[]): Promise<void> => {
  for (let i = 0; i < rows.length; i += 500)
    await db.run(insertInto(source).values(rows.slice(i, i + 500) as never) as never);
};
await chunk(
  authors,
  Array.from({ length: 10_000 }, (_, i) => ({
    name: `author ${i}`,
    city: `city ${i % 50}`,
    age: i % 90,
    note: i % 3 ? "note" : null,
  })),
);
await chunk(
  posts,
  Array.from({ length: 1000 }, (_, i) => ({ authorId: 1 + (i % 100), title: `post ${i}`, views: i })),
);
await chunk(
  comments,
  Array.from({ length: 5000 }, (_, i) => ({ postId: 1 + (i % 1000), body: `comment ${i}` })),
);
await chunk(
  tags,
  Array.from({ length: 200 }, (_, i) => ({ label: `tag ${i}` })),
);
await chunk(
  postTags,
  Array.from({ length: 1000 }, (_, i) =>
    [0, 1, 2, 3].map((j) => ({ postId: 1 + i, tagId: 1 + ((i * 7 + j * 13) % 200) })),
  ).flat(),
);

const allAuthors = raw.prepare("select id, name, city, age, note from b_authors");
// Enough rounds come first for the engine to have optimized what all of them run, as in a program that has been up for a while.
const rounds = { rounds: 41, warmUp: 40 };
await measure(
  `${which}: 10,000 objects of five columns`,
  [
    { name: "raw driver by hand", run: () => allAuthors([]) },
    { name: "athanor, objects in a session", run: () => new Session(db).query(Author).all() },
    { name: "athanor, plain rows", run: () => db.all(select(authors)) },
  ],
  rounds,
);

const hundred = raw.prepare("select id, name, city, age, note from b_authors where id <= 100");
const theirPosts = raw.prepareList("select id, author_id, title, views from b_posts where author_id in", 100);
const theirComments = raw.prepareList("select id, post_id, body from b_comments where post_id in", 1000);
function stitch(parents: any[], children: any[], key: string, into: string): void {
  const byId = new Map(parents.map((parent) => [parent.id, parent]));
  for (const parent of parents) parent[into] = [];
  for (const child of children) byId.get(child[key])[into].push(child);
}
await measure(
  `${which}: 100 authors with their 1,000 posts and 5,000 comments`,
  [
    {
      name: "raw driver by hand",
      run: async () => {
        const parents = (await hundred([])) as any[];
        const middle = (await theirPosts(parents.map((parent) => parent.id))) as any[];
        stitch(parents, middle, "author_id", "posts");
        stitch(middle, (await theirComments(middle.map((one) => one.id))) as any[], "post_id", "comments");
        return parents;
      },
    },
    {
      name: "athanor",
      run: () =>
        new Session(db).query(Author).where(authors.id.lte(100)).include(Author.posts.include(Post.comments)).all(),
    },
  ],
  rounds,
);

const allPosts = raw.prepare("select id, author_id, title, views from b_posts");
const links = raw.prepareList("select post_id, tag_id from b_post_tags where post_id in", 1000);
const allTags = raw.prepare("select id, label from b_tags");
await measure(
  `${which}: 1,000 posts with their tags (many-to-many)`,
  [
    {
      name: "raw driver by hand",
      run: async () => {
        const parents = (await allPosts([])) as any[];
        const pairs = (await links(parents.map((parent) => parent.id))) as any[];
        const byId = new Map(((await allTags([])) as any[]).map((tag) => [tag.id, tag]));
        const byPost = new Map(parents.map((parent) => [parent.id, parent]));
        for (const parent of parents) parent.tags = [];
        for (const pair of pairs) byPost.get(pair.post_id).tags.push(byId.get(pair.tag_id));
        return parents;
      },
    },
    { name: "athanor", run: () => new Session(db).query(Post).include(Post.tags).all() },
  ],
  rounds,
);

let turn = 0;
const next = (): number => 1 + (turn++ % 10_000);
const byId = raw.prepare("select id, name, city, age, note from b_authors where id = ?");
await measure(
  `${which}: one object by key, in a new session`,
  [
    { name: "raw driver by hand", run: () => byId([next()]) },
    { name: "athanor", run: () => new Session(db).get(Author, next()) },
  ],
  { times: which === "sqlite" ? 2000 : 200, rounds: 21 },
);

if (globalThis.gc) {
  // The second time counts: what the first leaves behind for a moment is still there before the second, and gone after it.
  const weigh = async (make: () => Promise<unknown>): Promise<number> => {
    const kept: unknown[] = [];
    let weight = 0;
    for (let time = 0; time < 2; time++) {
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      kept.push(await make());
      globalThis.gc?.();
      weight = (process.memoryUsage().heapUsed - before) / 10_000;
    }
    return kept.length > 0 ? weight : 0;
  };
  console.log(`\n${which}: bytes for each of 10,000 objects of five columns`);
  console.log(`  plain rows     ${(await weigh(async () => allAuthors([]))).toFixed(0)}`);
  const sessions: Session<any>[] = [];
  console.log(
    `  in a session   ${(
      await weigh(async () => {
        const session = new Session(db);
        sessions.push(session);
        return session.query(Author).all();
      })
    ).toFixed(0)}`,
  );
}
await db.drop(schema);
await raw.close();
for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
