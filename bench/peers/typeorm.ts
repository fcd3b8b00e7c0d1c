// TypeORM: repositories over entity schemas; relations by joins, which are faster than its statement for each.
import { DataSource, EntitySchema, In, LessThanOrEqual } from "typeorm";
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

const id = { type: "integer", primary: true, generated: "increment" } as const;
const integer = { type: "integer" } as const;
const text = { type: "varchar" } as const;
const schema = (name: string, columns: object, relations: object = {}): EntitySchema<any> =>
  new EntitySchema<any>({ name, tableName: name, columns: { id, ...columns }, relations } as never);

const Author = schema(
  "authors",
  { name: text, city: text, age: integer, note: { type: "varchar", nullable: true } },
  { posts: { type: "one-to-many", target: "posts", inverseSide: "author" } },
);
const Post = schema(
  "posts",
  { title: text, views: integer },
  {
    author: { type: "many-to-one", target: "authors", inverseSide: "posts", joinColumn: { name: "author_id" } },
    comments: { type: "one-to-many", target: "comments", inverseSide: "post" },
    tags: {
      type: "many-to-many",
      target: "tags",
      joinTable: { name: "post_tags", joinColumn: { name: "post_id" }, inverseJoinColumn: { name: "tag_id" } },
    },
  },
);
const Comment = schema(
  "comments",
  { body: text },
  { post: { type: "many-to-one", target: "posts", inverseSide: "comments", joinColumn: { name: "post_id" } } },
);
const Tag = schema("tags", { label: text });
const Person = schema("people", { name: text, age: integer, city: text, score: integer });
const Book = schema(
  "books",
  { title: text, pages: integer },
  { author: { type: "many-to-one", target: "people", joinColumn: { name: "author_id" } } },
);

export const openTypeOrm: OpenPeer = async (database, url) => {
  const source = await connect(database, url);
  const em = source.manager;
  // TypeORM sends a chunk as one statement; SQLite takes 32,766 values, and so do the others with room to spare.
  const chunk = 1000;
  return {
    name: "TypeORM",
    version: await versionOf("typeorm"),
    close: () => source.destroy(),
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await em.findOneByOrFail(Author, { id: first + i })).age;
        return sum;
      },
      rows: async () => sumAuthors(await em.find(Author)),
      keep: () => em.find(Author),
      aggregate: async () =>
        sumGroups(
          await em
            .createQueryBuilder(Author, "a")
            .innerJoin("a.posts", "p")
            .select("a.city", "city")
            .addSelect("count(p.id)", "n")
            .addSelect("sum(p.views)", "views")
            .where("a.age > :age", { age: 20 })
            .groupBy("a.city")
            .having("count(p.id) > :n", { n: 3 })
            .orderBy("a.city")
            .getRawMany(),
        ),
      nested: async () =>
        sumNested(
          await em.find(Author, {
            where: { id: LessThanOrEqual(100) },
            relations: { posts: { comments: true } },
            relationLoadStrategy: "join",
          }),
        ),
      manyToMany: async () =>
        sumTagged(await em.find(Post, { relations: { tags: true }, relationLoadStrategy: "join" })),
      async insert() {
        let n = 0;
        await source.transaction(async (trx) => {
          for (const some of chunks(people(5000), chunk))
            n += (await trx.insert(Person, some)).identifiers.filter((one) => one.id > 0).length;
        });
        return n;
      },
      async change() {
        const found = await em.find(Person, { order: { id: "ASC" } });
        const changed = found.filter((_, i) => i % 4 === 0);
        for (const person of changed) person.age++;
        await em.save(Person, changed, { chunk });
        return found.length;
      },
      async graph() {
        const all = people(2000).map((row) => em.create(Person, row));
        await source.transaction(async (trx) => {
          await trx.save(Person, all, { chunk });
          await trx.save(
            Book,
            all.flatMap((author, i) => booksOf(i).map((book) => em.create(Book, { ...book, author }))),
            { chunk },
          );
        });
        return 8000;
      },
      async tenWrites() {
        await source.transaction(async (trx) => {
          for (let i = 1; i <= 10; i++) await trx.update(Author, { id: In([i * 3 - 1]) }, { note: "note" });
        });
        return 10;
      },
      ...(database === "sqlite"
        ? {}
        : {
            async stream() {
              let sum = 0;
              const stream = await em
                .createQueryBuilder(Author, "a")
                .innerJoin("tags", "copies", "copies.id <= 5")
                .select(["a.id", "a.name", "a.city", "a.age", "a.note"])
                .stream();
              for await (const row of stream) sum += row.a_age;
              return sum;
            },
          }),
    },
  };
};

async function connect(database: DatabaseName, url: string): Promise<DataSource> {
  const entities = [Author, Post, Comment, Tag, Person, Book];
  const source = new DataSource(
    (database === "sqlite"
      ? { type: "better-sqlite3", database: url, entities }
      : { type: database, url, entities }) as never,
  );
  return source.initialize();
}
