// Athanor's Core: a query builder. Nested rows by JSON, as builders do it.
import { compile, cte, exists, fn, insertInto, integer, jsonArray, param, select, update } from "athanor";
import { athanorVersion, authors, books, comments, connect, people, posts, postTags, tags } from "./athanor-tables.ts";
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

export const openAthanorCore: OpenPeer = async (database, url) => {
  const db = await connect(database, url);
  const byId = db.prepare(select(authors).where(authors.id.eq(param("id", integer()))));
  const insertPeople = async (tx: any, rows: ReturnType<typeof newPeople>): Promise<number[]> => {
    const keys: number[] = [];
    for (const some of chunks(rows, 1000)) {
      const insert = insertInto(people).values(some);
      if (database === "mariadb") {
        const { insertedKey } = await tx.run(insert);
        some.forEach((_, at) => void keys.push(insertedKey + at));
      } else for (const { id } of await tx.all(insert.returning({ id: people.id }))) keys.push(id);
    }
    return keys;
  };
  return {
    name: "Athanor Core",
    version: await athanorVersion(),
    close: () => db.close(),
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
      nested: async () => sumNested(await db.all(nested)),
      manyToMany: async () => sumTagged(await db.all(tagged)),
      insert: async () => (await db.transaction((tx) => insertPeople(tx, newPeople(5000)))).length,
      async change() {
        const found = await db.all(select(people).orderBy(people.id.asc()));
        const changed = found.filter((_, i) => i % 4 === 0);
        await db.run(
          changeAge,
          changed.map(({ id, age }) => ({ id, age: age + 1 })),
        );
        return found.length;
      },
      async graph() {
        await db.transaction(async (tx) => {
          const keys = await insertPeople(tx, newPeople(2000));
          const all = keys.flatMap((authorId, i) => booksOf(i).map((book) => ({ ...book, authorId })));
          for (const some of chunks(all, 1000)) await tx.run(insertInto(books).values(some));
        });
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
      compile: () => compile(build(), db.dialect).text.length,
      keep: () => db.all(select(authors)),
    },
  };
};

const nested = select({
  ...authors,
  posts: jsonArray(
    select({
      ...posts,
      comments: jsonArray(select(comments).where(comments.postId.eq(posts.id))),
    })
      .from(posts)
      .where(posts.authorId.eq(authors.id)),
  ),
})
  .from(authors)
  .where(authors.id.lte(100));

const tagged = select({
  ...posts,
  tags: jsonArray(
    select({ ...tags })
      .from(tags)
      .join(postTags, postTags.tagId.eq(tags.id))
      .where(postTags.postId.eq(posts.id)),
  ),
}).from(posts);

const changeAge = update(people)
  .set({ age: param("age", integer()) })
  .where(people.id.eq(param("id", integer())));

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
