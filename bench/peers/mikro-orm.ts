// MikroORM: a unit of work with an identity map. Each turn has an entity manager of its own, as each request should.
import { EntitySchema } from "@mikro-orm/core";
import {
  booksOf,
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

class Author {
  id!: number;
  name!: string;
  city!: string;
  age!: number;
  note!: string | null;
  posts!: any;
}
class Post {
  id!: number;
  title!: string;
  views!: number;
  author!: any;
  comments!: any;
  tags!: any;
}
class Comment {
  id!: number;
  body!: string;
  post!: any;
}
class Tag {
  id!: number;
  label!: string;
}
class Person {
  id!: number;
  name!: string;
  age!: number;
  city!: string;
  score!: number;
}
class Book {
  id!: number;
  title!: string;
  pages!: number;
  author!: any;
}

const key = { type: "number", primary: true } as const;
const text = { type: "string" } as const;
const number = { type: "number" } as const;
const entities = [
  new EntitySchema<any>({
    class: Author as never,
    tableName: "authors",
    properties: {
      id: key,
      name: text,
      city: text,
      age: number,
      note: { type: "string", nullable: true },
      posts: { kind: "1:m", entity: () => Post, mappedBy: "author" },
    },
  } as never),
  new EntitySchema<any>({
    class: Post as never,
    tableName: "posts",
    properties: {
      id: key,
      title: text,
      views: number,
      author: { kind: "m:1", entity: () => Author, fieldName: "author_id" },
      comments: { kind: "1:m", entity: () => Comment, mappedBy: "post" },
      tags: {
        kind: "m:n",
        entity: () => Tag,
        owner: true,
        pivotTable: "post_tags",
        joinColumn: "post_id",
        inverseJoinColumn: "tag_id",
      },
    },
  } as never),
  new EntitySchema<any>({
    class: Comment as never,
    tableName: "comments",
    properties: { id: key, body: text, post: { kind: "m:1", entity: () => Post, fieldName: "post_id" } },
  } as never),
  new EntitySchema<any>({ class: Tag as never, tableName: "tags", properties: { id: key, label: text } } as never),
  new EntitySchema<any>({
    class: Person as never,
    tableName: "people",
    properties: { id: key, name: text, age: number, city: text, score: number },
  } as never),
  new EntitySchema<any>({
    class: Book as never,
    tableName: "books",
    properties: {
      id: key,
      title: text,
      pages: number,
      author: { kind: "m:1", entity: () => Person, fieldName: "author_id" },
    },
  } as never),
];

export const openMikroOrm: OpenPeer = async (database, url) => {
  const orm = await connect(database, url);
  const kept: unknown[] = [];
  const fork = (): any => orm.em.fork();
  return {
    name: "MikroORM",
    version: await versionOf("@mikro-orm/core"),
    async close() {
      kept.length = 0;
      await orm.close();
    },
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await fork().findOneOrFail(Author, first + i)).age;
        return sum;
      },
      rows: async () => sumAuthors(await fork().find(Author, {})),
      async keep() {
        const em = fork();
        kept.push(em);
        return em.find(Author, {});
      },
      async aggregate() {
        const { sql } = await import("@mikro-orm/core");
        return sumGroups(
          await fork()
            .createQueryBuilder(Author, "a")
            .select(["a.city", sql`count(p.id)`.as("n"), sql`sum(p.views)`.as("views")])
            .join("a.posts", "p")
            .where({ age: { $gt: 20 } })
            .groupBy("a.city")
            .having("count(p.id) > ?", [3])
            .orderBy({ "a.city": "asc" })
            .execute(),
        );
      },
      nested: async () =>
        sumNested(
          await fork().find(Author, { id: { $lte: 100 } }, { populate: ["posts.comments"], strategy: "select-in" }),
        ),
      manyToMany: async () => sumTagged(await fork().find(Post, {}, { populate: ["tags"], strategy: "select-in" })),
      async insert() {
        const em = fork();
        const all = people(5000).map((row) => em.create(Person, row));
        await em.flush();
        return all.filter((person: Person) => person.id > 0).length;
      },
      async change() {
        const em = fork();
        const found: Person[] = await em.find(Person, {}, { orderBy: { id: "asc" } });
        for (let i = 0; i < found.length; i += 4) (found[i] as Person).age++;
        await em.flush();
        return found.length;
      },
      async graph() {
        const em = fork();
        people(2000).forEach((row, i) => {
          const author = em.create(Person, row);
          for (const book of booksOf(i)) em.create(Book, { ...book, author });
        });
        await em.flush();
        return 8000;
      },
      async tenWrites() {
        await fork().transactional(async (em: any) => {
          for (let i = 1; i <= 10; i++) await em.nativeUpdate(Author, { id: i * 3 - 1 }, { note: "note" });
        });
        return 10;
      },
    },
  };
};

async function connect(database: DatabaseName, url: string): Promise<any> {
  const options = { entities, discovery: { warnWhenNoEntities: false }, debug: false } as object;
  if (database === "sqlite") {
    const { MikroORM } = await import("@mikro-orm/sqlite");
    return MikroORM.init({ ...options, dbName: url });
  }
  if (database === "postgres") {
    const { MikroORM } = await import("@mikro-orm/postgresql");
    return MikroORM.init({ ...options, clientUrl: url });
  }
  const { MikroORM } = await import("@mikro-orm/mariadb");
  return MikroORM.init({ ...options, clientUrl: url });
}
