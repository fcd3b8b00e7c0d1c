// Drizzle: a query builder with relational queries.
import { and, asc, count, eq, exists, gt, gte, isNotNull, like, lte, relations, sql, sum } from "drizzle-orm";
import {
  booksOf,
  chunks,
  lookups,
  people as newPeople,
  type OpenPeer,
  sumAuthors,
  sumGroups,
  sumNested,
  sumTagged,
} from "./peer.ts";
import { versionOf } from "./raw.ts";

export const openDrizzle: OpenPeer = async (database, url) => {
  const { db, close, schema } = await connect(database, url);
  const { authors, posts, comments, tags, postTags, people, books } = schema;
  // A synchronous driver takes no asynchronous transaction, so BEGIN and COMMIT are sent by hand on SQLite.
  const transaction = async <T>(work: (tx: any) => Promise<T>): Promise<T> => {
    if (database !== "sqlite") return db.transaction(work);
    db.run(sql`begin`);
    const result = await work(db);
    db.run(sql`commit`);
    return result;
  };
  const insertPeople = async (tx: any, rows: ReturnType<typeof newPeople>): Promise<number[]> => {
    const keys: number[] = [];
    for (const some of chunks(rows, 1000)) {
      const insert = tx.insert(people).values(some);
      const given: { id: number }[] =
        database === "mariadb" ? await insert.$returningId() : await insert.returning({ id: people.id });
      for (const { id } of given) keys.push(id);
    }
    return keys;
  };
  const byId = db
    .select()
    .from(authors)
    .where(eq(authors.id, sql.placeholder("id")))
    .prepare("by_id");
  const manyToMany = async (): Promise<number> =>
    sumTagged(
      (await db.query.posts.findMany({ with: { postTags: { columns: {}, with: { tag: true } } } })).map(
        (post: any) => ({
          ...post,
          tags: post.postTags.map((link: any) => link.tag),
        }),
      ),
    );
  return {
    name: "Drizzle",
    version: await versionOf("drizzle-orm"),
    close,
    tasks: {
      async point(first) {
        let sum_ = 0;
        for (let i = 0; i < lookups; i++) sum_ += (await byId.execute({ id: first + i }))[0].age;
        return sum_;
      },
      rows: async () => sumAuthors(await db.select().from(authors)),
      keep: async () => db.select().from(authors),
      aggregate: async () =>
        sumGroups(
          await db
            .select({ city: authors.city, n: count(posts.id), views: sum(posts.views) })
            .from(authors)
            .innerJoin(posts, eq(posts.authorId, authors.id))
            .where(gt(authors.age, 20))
            .groupBy(authors.city)
            .having(gt(count(posts.id), 3))
            .orderBy(asc(authors.city)),
        ),
      nested: async () =>
        sumNested(
          await db.query.authors.findMany({
            where: lte(authors.id, 100),
            with: { posts: { with: { comments: true } } },
          }),
        ),
      // Relations through a table refer to a name that MariaDB does not see at that depth.
      ...(database === "mariadb" ? {} : { manyToMany }),
      insert: async () => (await transaction((tx) => insertPeople(tx, newPeople(5000)))).length,
      async change() {
        const found: any[] = await db.select().from(people).orderBy(people.id);
        await transaction(async (tx) => {
          for (let i = 0; i < found.length; i += 4)
            await tx
              .update(people)
              .set({ age: found[i].age + 1 })
              .where(eq(people.id, found[i].id));
        });
        return found.length;
      },
      async graph() {
        await transaction(async (tx) => {
          const keys = await insertPeople(tx, newPeople(2000));
          const all = keys.flatMap((key, i) => booksOf(i).map((book) => ({ ...book, authorId: key })));
          for (const some of chunks(all, 1000)) await tx.insert(books).values(some);
        });
        return 8000;
      },
      async tenWrites() {
        await transaction(async (tx) => {
          for (let i = 1; i <= 10; i++)
            await tx
              .update(authors)
              .set({ note: "note" })
              .where(eq(authors.id, i * 3 - 1));
        });
        return 10;
      },
      ...(database === "mariadb"
        ? {
            async stream() {
              let sum_ = 0;
              const copies = db.select({ copy: tags.id }).from(tags).where(lte(tags.id, 5)).as("copies");
              const query = db
                .select({
                  id: authors.id,
                  name: authors.name,
                  city: authors.city,
                  age: authors.age,
                  note: authors.note,
                })
                .from(authors)
                .innerJoin(copies, sql`true`);
              for await (const row of query.iterator()) sum_ += row.age;
              return sum_;
            },
          }
        : {}),
      compile() {
        const busy = db.$with("busy").as(
          db
            .select({ authorId: posts.authorId, n: count().as("n") })
            .from(posts)
            .where(gt(posts.views, 10))
            .groupBy(posts.authorId),
        );
        return db
          .with(busy)
          .select({ id: authors.id, name: authors.name, n: busy.n, title: posts.title })
          .from(authors)
          .innerJoin(busy, eq(busy.authorId, authors.id))
          .innerJoin(posts, eq(posts.authorId, authors.id))
          .leftJoin(comments, eq(comments.postId, posts.id))
          .where(
            and(
              gte(authors.age, 18),
              like(authors.name, "a%"),
              eq(authors.city, "Bern"),
              gt(posts.views, 3),
              isNotNull(comments.body),
              exists(db.select({ id: postTags.postId }).from(postTags).where(eq(postTags.postId, posts.id))),
            ),
          )
          .orderBy(asc(authors.name))
          .limit(20)
          .toSQL().sql.length;
      },
    },
  };
};

type AnyDb = any;

async function connect(
  database: string,
  url: string,
): Promise<{ db: AnyDb; schema: Record<string, any>; close(): Promise<void> }> {
  if (database === "sqlite") {
    const core = await import("drizzle-orm/sqlite-core");
    const schema = declare(core.sqliteTable, () => core.integer().primaryKey(), core.integer, core.text);
    const { default: Sqlite } = await import("better-sqlite3");
    const { drizzle } = await import("drizzle-orm/better-sqlite3");
    const native = new Sqlite(url);
    native.pragma("foreign_keys = on");
    return { db: drizzle(native as never, { schema } as never), schema, close: async () => void native.close() };
  }
  if (database === "postgres") {
    const core = await import("drizzle-orm/pg-core");
    const schema = declare(core.pgTable, () => core.serial().primaryKey(), core.integer, core.varchar);
    const { default: pg } = await import("pg");
    const { drizzle } = await import("drizzle-orm/node-postgres");
    const pool = new pg.Pool({ connectionString: url });
    return { db: drizzle(pool, { schema } as never), schema, close: () => pool.end() };
  }
  const core = await import("drizzle-orm/mysql-core");
  const varchar = (name?: string): unknown =>
    name ? core.varchar(name, { length: 80 }) : core.varchar({ length: 80 });
  const schema = declare(core.mysqlTable, () => core.serial().primaryKey(), core.int, varchar);
  const { createPool } = await import("mysql2/promise");
  const { drizzle } = await import("drizzle-orm/mysql2");
  const pool = createPool(url);
  return { db: drizzle(pool, { schema, mode: "planetscale" } as never), schema, close: () => pool.end() };
}

/** The tables, with the constructors of one database. */
function declare(table: any, key: () => any, integer: any, text: any): Record<string, any> {
  const authors = table("authors", {
    id: key(),
    name: text().notNull(),
    city: text().notNull(),
    age: integer().notNull(),
    note: text(),
  });
  const posts = table("posts", {
    id: key(),
    authorId: integer("author_id").notNull(),
    title: text().notNull(),
    views: integer().notNull(),
  });
  const comments = table("comments", { id: key(), postId: integer("post_id").notNull(), body: text().notNull() });
  const tags = table("tags", { id: key(), label: text().notNull() });
  const postTags = table("post_tags", { postId: integer("post_id").notNull(), tagId: integer("tag_id").notNull() });
  const people = table("people", {
    id: key(),
    name: text().notNull(),
    age: integer().notNull(),
    city: text().notNull(),
    score: integer().notNull(),
  });
  const books = table("books", {
    id: key(),
    authorId: integer("author_id").notNull(),
    title: text().notNull(),
    pages: integer().notNull(),
  });
  return {
    authors,
    posts,
    comments,
    tags,
    postTags,
    people,
    books,
    authorRelations: relations(authors, ({ many }) => ({ posts: many(posts) })),
    postRelations: relations(posts, ({ one, many }) => ({
      author: one(authors, { fields: [posts.authorId], references: [authors.id] }),
      comments: many(comments),
      postTags: many(postTags),
    })),
    commentRelations: relations(comments, ({ one }) => ({
      post: one(posts, { fields: [comments.postId], references: [posts.id] }),
    })),
    postTagRelations: relations(postTags, ({ one }) => ({
      post: one(posts, { fields: [postTags.postId], references: [posts.id] }),
      tag: one(tags, { fields: [postTags.tagId], references: [tags.id] }),
    })),
  };
}
