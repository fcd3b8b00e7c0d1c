// Kysely: a query builder; relations by its JSON helpers, as its documentation shows.
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from "kysely";
import {
  booksOf,
  chunks,
  type DatabaseName,
  lookups,
  type OpenPeer,
  people,
  sumAuthors,
  sumGroups,
  sumNested,
  sumTagged,
} from "./peer.ts";
import { versionOf } from "./raw.ts";

interface Tables {
  authors: { id: number; name: string; city: string; age: number; note: string | null };
  posts: { id: number; author_id: number; title: string; views: number };
  comments: { id: number; post_id: number; body: string };
  tags: { id: number; label: string };
  post_tags: { post_id: number; tag_id: number };
  people: { id: import("kysely").Generated<number>; name: string; age: number; city: string; score: number };
  books: { id: import("kysely").Generated<number>; author_id: number; title: string; pages: number };
}

export const openKysely: OpenPeer = async (database, url) => {
  const db = await connect(database, url);
  const { jsonArrayFrom } =
    database === "sqlite"
      ? await import("kysely/helpers/sqlite")
      : database === "postgres"
        ? await import("kysely/helpers/postgres")
        : await import("kysely/helpers/mysql");
  // SQLite and MariaDB give JSON as text; the plugin that parses it looks at every value, so text is parsed here.
  const list = (value: unknown): any[] => (typeof value === "string" ? JSON.parse(value) : (value as any[]));
  const insertPeople = async (trx: Kysely<Tables>, rows: ReturnType<typeof people>): Promise<number[]> => {
    const keys: number[] = [];
    for (const some of chunks(rows, 1000)) {
      if (database !== "mariadb")
        for (const { id } of await trx.insertInto("people").values(some).returning("id").execute()) keys.push(id);
      else {
        const { insertId } = await trx.insertInto("people").values(some).executeTakeFirstOrThrow();
        some.forEach((_, at) => void keys.push(Number(insertId) + at));
      }
    }
    return keys;
  };
  const nested = async (): Promise<number> => {
    const found = await db
      .selectFrom("authors")
      .selectAll()
      .select((a) =>
        jsonArrayFrom(
          a
            .selectFrom("posts")
            .select(["posts.id", "posts.author_id", "posts.title", "posts.views"])
            .select((p) =>
              jsonArrayFrom(
                p
                  .selectFrom("comments")
                  .select(["comments.id", "comments.post_id", "comments.body"])
                  .whereRef("comments.post_id", "=", "posts.id"),
              ).as("comments"),
            )
            .whereRef("posts.author_id", "=", "authors.id"),
        ).as("posts"),
      )
      .where("authors.id", "<=", 100)
      .execute();
    return sumNested(
      found.map((author) => ({
        posts: list(author.posts).map((post) => ({ ...post, comments: list(post.comments) })),
      })),
    );
  };
  const manyToMany = async (): Promise<number> => {
    const found = await db
      .selectFrom("posts")
      .selectAll()
      .select((p) =>
        jsonArrayFrom(
          p
            .selectFrom("tags")
            .innerJoin("post_tags", "post_tags.tag_id", "tags.id")
            .select(["tags.id", "tags.label"])
            .whereRef("post_tags.post_id", "=", "posts.id"),
        ).as("tags"),
      )
      .execute();
    return sumTagged(found.map((post) => ({ ...post, tags: list(post.tags) })));
  };
  return {
    name: "Kysely",
    version: await versionOf("kysely"),
    close: () => db.destroy(),
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++)
          sum += (
            await db
              .selectFrom("authors")
              .selectAll()
              .where("id", "=", first + i)
              .executeTakeFirstOrThrow()
          ).age;
        return sum;
      },
      rows: async () => sumAuthors(await db.selectFrom("authors").selectAll().execute()),
      keep: () => db.selectFrom("authors").selectAll().execute(),
      aggregate: async () =>
        sumGroups(
          (await db
            .selectFrom("authors as a")
            .innerJoin("posts as p", "p.author_id", "a.id")
            .select(["a.city", (e) => e.fn.count("p.id").as("n"), (e) => e.fn.sum("p.views").as("views")])
            .where("a.age", ">", 20)
            .groupBy("a.city")
            .having((e) => e.fn.count("p.id"), ">", 3)
            .orderBy("a.city")
            .execute()) as never,
        ),
      // Its JSON helpers cast to a type that MariaDB has not.
      ...(database === "mariadb" ? {} : { nested, manyToMany }),
      insert: async () => (await db.transaction().execute((trx) => insertPeople(trx, people(5000)))).length,
      async change() {
        const found = await db.selectFrom("people").selectAll().orderBy("id").execute();
        await db.transaction().execute(async (trx) => {
          for (let i = 0; i < found.length; i += 4) {
            const { id, age } = found[i] as { id: number; age: number };
            await trx
              .updateTable("people")
              .set({ age: age + 1 })
              .where("id", "=", id)
              .execute();
          }
        });
        return found.length;
      },
      async graph() {
        await db.transaction().execute(async (trx) => {
          const keys = await insertPeople(trx, people(2000));
          const books = keys.flatMap((key, i) => booksOf(i).map((book) => ({ ...book, author_id: key })));
          for (const some of chunks(books, 1000)) await trx.insertInto("books").values(some).execute();
        });
        return 8000;
      },
      async tenWrites() {
        await db.transaction().execute(async (trx) => {
          for (let i = 1; i <= 10; i++)
            await trx
              .updateTable("authors")
              .set({ note: "note" })
              .where("id", "=", i * 3 - 1)
              .execute();
        });
        return 10;
      },
      // Its PostgreSQL dialect streams through pg-cursor, which it asks for; SQLite and MariaDB stream by themselves.
      async stream() {
        let sum = 0;
        const query = db
          .selectFrom("authors as a")
          .innerJoin(db.selectFrom("tags").select("id as copy").where("id", "<=", 5).as("copies"), (join) =>
            join.onTrue(),
          )
          .select(["a.id", "a.name", "a.city", "a.age", "a.note"]);
        for await (const row of query.stream(1000)) sum += row.age;
        return sum;
      },
      compile: () =>
        db
          .with("busy", (d) =>
            d
              .selectFrom("posts")
              .select(["author_id", (e) => e.fn.countAll().as("n")])
              .where("views", ">", 10)
              .groupBy("author_id"),
          )
          .selectFrom("authors")
          .innerJoin("busy", "busy.author_id", "authors.id")
          .innerJoin("posts", "posts.author_id", "authors.id")
          .leftJoin("comments", "comments.post_id", "posts.id")
          .select(["authors.id", "authors.name", "busy.n", "posts.title"])
          .where("authors.age", ">=", 18)
          .where("authors.name", "like", "a%")
          .where("authors.city", "=", "Bern")
          .where("posts.views", ">", 3)
          .where("comments.body", "is not", null)
          .where((e) =>
            e.exists(
              e.selectFrom("post_tags").select("post_tags.post_id").whereRef("post_tags.post_id", "=", "posts.id"),
            ),
          )
          .orderBy("authors.name", "asc")
          .limit(20)
          .compile().sql.length,
    },
  };
};

async function connect(database: DatabaseName, url: string): Promise<Kysely<Tables>> {
  if (database === "sqlite") {
    const { default: Sqlite } = await import("better-sqlite3");
    const native = new Sqlite(url);
    native.pragma("foreign_keys = on");
    return new Kysely({ dialect: new SqliteDialect({ database: native as never }) });
  }
  if (database === "postgres") {
    const { default: pg } = await import("pg");
    const { default: Cursor } = await import("pg-cursor");
    return new Kysely({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }), cursor: Cursor as never }),
    });
  }
  const { createPool } = await import("mysql2");
  return new Kysely({ dialect: new MysqlDialect({ pool: createPool(url) as never }) });
}
