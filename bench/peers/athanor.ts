// Athanor: Core where rows are asked for, the ORM where objects are.
import { readFile } from "node:fs/promises";
import { compile, cte, type Database, exists, fn, integer, param, select, table, update, varchar } from "athanor";
import { many, mapped, one, Session } from "athanor/orm";
import {
  booksOf,
  lookups,
  people as newPeople,
  type OpenPeer,
  sumAuthors,
  sumGroups,
  sumNested,
  sumTagged,
} from "./peer.ts";

const authors = table("authors", {
  id: integer().primaryKey(),
  name: varchar(80),
  city: varchar(80),
  age: integer(),
  note: varchar(80).nullable(),
});
const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => authors.id),
  title: varchar(80),
  views: integer(),
});
const comments = table("comments", {
  id: integer().primaryKey(),
  postId: integer("post_id").references(() => posts.id),
  body: varchar(80),
});
const tags = table("tags", { id: integer().primaryKey(), label: varchar(80) });
const postTags = table(
  "post_tags",
  { postId: integer("post_id").references(() => posts.id), tagId: integer("tag_id").references(() => tags.id) },
  { primaryKey: ["postId", "tagId"] },
);
const people = table("people", {
  id: integer().primaryKey(),
  name: varchar(80),
  age: integer(),
  city: varchar(80),
  score: integer(),
});
const books = table("books", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => people.id),
  title: varchar(80),
  pages: integer(),
});

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
class Person extends mapped(people, {
  get books() {
    return many(Book);
  },
}) {}
class Book extends mapped(books, {
  get author() {
    return one(Person);
  },
}) {}

const sessions: Session<any>[] = [];

export const openAthanor: OpenPeer = async (database, url) => {
  const db = await connect(database, url);
  const dialect = await dialectOf(database);
  const byId = db.prepare(select(authors).where(authors.id.eq(param("id", integer()))));
  return {
    name: "Athanor",
    version: JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")).version,
    close: async () => {
      for (const session of sessions.splice(0)) await session.close();
      await db.close();
    },
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await byId.first({ id: first + i }))?.age ?? 0;
        return sum;
      },
      rows: async () => sumAuthors(await db.all(select(authors))),
      aggregate: async () =>
        sumGroups(
          await db.all(
            select({ city: authors.city, n: fn.count(posts.id), views: fn.sum(posts.views) })
              .from(authors)
              .join(posts, posts.authorId.eq(authors.id))
              .where(authors.age.gt(20))
              .groupBy(authors.city)
              .having(fn.count(posts.id).gt(3))
              .orderBy(authors.city.asc()) as never,
          ),
        ),
      nested: async () =>
        sumNested(
          (await new Session(db)
            .query(Author)
            .where(authors.id.lte(100))
            .include(Author.posts.include(Post.comments))
            .all()) as never,
        ),
      manyToMany: async () => sumTagged((await new Session(db).query(Post).include(Post.tags).all()) as never),
      async insert() {
        const session = new Session(db);
        const all = newPeople(5000).map((row) => new Person(row));
        session.add(...all);
        await session.commit();
        await session.close();
        return all.filter((person) => person.id > 0).length;
      },
      async change() {
        const session = new Session(db);
        const found = await session.query(Person).orderBy(people.id.asc()).all();
        for (let i = 0; i < found.length; i += 4) (found[i] as Person).age++;
        await session.commit();
        await session.close();
        return found.length;
      },
      async graph() {
        const session = new Session(db);
        newPeople(2000).forEach((row, i) => {
          const author = new Person(row);
          for (const book of booksOf(i)) session.add(new Book({ ...book, author }));
        });
        await session.commit();
        await session.close();
        return 8000;
      },
      async tenWrites() {
        await db.transaction(async (tx) => {
          for (let i = 1; i <= 10; i++)
            await tx.run(
              update(authors)
                .set({ note: "note" })
                .where(authors.id.eq(i * 3 - 1)),
            );
        });
        return 10;
      },
      async stream() {
        const copies = select({ id: tags.id }).from(tags).where(tags.id.lte(5)).as("copies");
        const statement = select({ ...authors })
          .from(authors)
          .crossJoin(copies);
        let sum = 0;
        for await (const row of db.stream(statement)) sum += row.age;
        return sum;
      },
      compile: () => compile(build(), dialect as never).text.length,
      async keep() {
        const session = new Session(db);
        sessions.push(session);
        return session.query(Author).all();
      },
    },
  };
};

/** The statement of the task `compile`. */
function build(): any {
  const busy = cte(
    "busy",
    select({ authorId: posts.authorId, n: fn.count() }).from(posts).where(posts.views.gt(10)).groupBy(posts.authorId),
  );
  return select({ id: authors.id, name: authors.name, n: busy.n, title: posts.title })
    .from(authors)
    .join(busy, busy.authorId.eq(authors.id))
    .join(posts, posts.authorId.eq(authors.id))
    .leftJoin(comments, comments.postId.eq(posts.id))
    .where(
      authors.age.gte(18),
      authors.name.like("a%"),
      authors.city.eq("Bern"),
      posts.views.gt(3),
      comments.body.isNotNull(),
    )
    .where(exists(select({ postId: postTags.postId }).from(postTags).where(postTags.postId.eq(posts.id))))
    .orderBy(authors.name.asc())
    .limit(20);
}

async function connect(database: string, url: string): Promise<Database<any>> {
  if (database === "sqlite") return (await import("athanor/sqlite")).sqlite(url) as Database<any>;
  if (database === "postgres") return (await import("athanor/postgres")).postgres(url) as Database<any>;
  return (await import("athanor/mysql")).mariadb(url) as Database<any>;
}

async function dialectOf(database: string): Promise<unknown> {
  if (database === "sqlite") return (await import("athanor/sqlite")).sqliteDialect;
  if (database === "postgres") return (await import("athanor/postgres")).postgresDialect;
  return (await import("athanor/mysql")).mariadbDialect;
}
