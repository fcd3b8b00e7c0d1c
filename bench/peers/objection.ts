// Objection: models over Knex.
import knex from "knex";
import { Model } from "objection";
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

class Author extends Model {
  static override tableName = "authors";
  static override get relationMappings(): any {
    return {
      posts: {
        relation: Model.HasManyRelation,
        modelClass: Post,
        join: { from: "authors.id", to: "posts.author_id" },
      },
    };
  }
}
class Post extends Model {
  static override tableName = "posts";
  static override get relationMappings(): any {
    return {
      comments: {
        relation: Model.HasManyRelation,
        modelClass: Comment,
        join: { from: "posts.id", to: "comments.post_id" },
      },
      tags: {
        relation: Model.ManyToManyRelation,
        modelClass: Tag,
        join: { from: "posts.id", through: { from: "post_tags.post_id", to: "post_tags.tag_id" }, to: "tags.id" },
      },
    };
  }
}
class Comment extends Model {
  static override tableName = "comments";
}
class Tag extends Model {
  static override tableName = "tags";
}
class Person extends Model {
  static override tableName = "people";
}
class Book extends Model {
  static override tableName = "books";
}

export const openObjection: OpenPeer = async (database, url) => {
  const db = connect(database, url);
  // On SQLite Knex writes rows as a compound SELECT, of which SQLite takes 500.
  const chunk = database === "sqlite" ? 500 : 1000;
  const insertPeople = async (trx: any, rows: ReturnType<typeof people>): Promise<number[]> => {
    const keys: number[] = [];
    for (const some of chunks(rows, chunk)) {
      // Many rows with keys back: models on PostgreSQL, Knex itself on the others.
      if (database === "postgres")
        for (const row of (await Person.query(trx).insert(some as never)) as any) keys.push(row.id);
      else {
        const given = await trx("people").insert(some, ["id"]);
        if (database === "sqlite") for (const { id } of given) keys.push(id);
        else some.forEach((_, at) => void keys.push(given[0] + at));
      }
    }
    return keys;
  };
  return {
    name: "Objection (Knex)",
    version: `${await versionOf("objection")} (${await versionOf("knex")})`,
    close: () => db.destroy(),
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += ((await Author.query(db).findById(first + i)) as any).age;
        return sum;
      },
      rows: async () => sumAuthors((await Author.query(db)) as never),
      keep: async () => Author.query(db),
      aggregate: async () =>
        sumGroups(
          (await db("authors as a")
            .join("posts as p", "p.author_id", "a.id")
            .select("a.city")
            .count("p.id as n")
            .sum("p.views as views")
            .where("a.age", ">", 20)
            .groupBy("a.city")
            .havingRaw("count(p.id) > ?", [3])
            .orderBy("a.city")) as never,
        ),
      nested: async () =>
        sumNested((await Author.query(db).where("id", "<=", 100).withGraphFetched("posts.comments")) as never),
      manyToMany: async () => sumTagged((await Post.query(db).withGraphFetched("tags")) as never),
      insert: async () => (await db.transaction((trx) => insertPeople(trx, people(5000)))).length,
      async change() {
        const found: any[] = await Person.query(db).orderBy("id");
        await db.transaction(async (trx) => {
          for (let i = 0; i < found.length; i += 4) await found[i].$query(trx).patch({ age: found[i].age + 1 });
        });
        return found.length;
      },
      async graph() {
        await db.transaction(async (trx) => {
          const keys = await insertPeople(trx, people(2000));
          const books = keys.flatMap((key, i) => booksOf(i).map((book) => ({ ...book, author_id: key })));
          for (const some of chunks(books, chunk)) {
            if (database === "postgres") await Book.query(trx).insert(some as never);
            else await trx("books").insert(some);
          }
        });
        return 8000;
      },
      async tenWrites() {
        await db.transaction(async (trx) => {
          for (let i = 1; i <= 10; i++)
            await Author.query(trx)
              .patch({ note: "note" } as never)
              .where("id", i * 3 - 1);
        });
        return 10;
      },
      ...(database === "sqlite"
        ? {}
        : {
            async stream() {
              let sum = 0;
              const query = db("authors as a")
                .crossJoin(db("tags").select("id as copy").where("id", "<=", 5).as("copies") as never)
                .select("a.id", "a.name", "a.city", "a.age", "a.note");
              for await (const row of query.stream({ highWaterMark: 1000 })) sum += row.age;
              return sum;
            },
          }),
      compile: () =>
        db
          .with("busy", db("posts").select("author_id").count("* as n").where("views", ">", 10).groupBy("author_id"))
          .from("authors")
          .join("busy", "busy.author_id", "authors.id")
          .join("posts", "posts.author_id", "authors.id")
          .leftJoin("comments", "comments.post_id", "posts.id")
          .select("authors.id", "authors.name", "busy.n", "posts.title")
          .where("authors.age", ">=", 18)
          .where("authors.name", "like", "a%")
          .where("authors.city", "Bern")
          .where("posts.views", ">", 3)
          .whereNotNull("comments.body")
          .whereExists(db("post_tags").select("post_tags.post_id").whereRaw("post_tags.post_id = posts.id"))
          .orderBy("authors.name")
          .limit(20)
          .toSQL().sql.length,
    },
  };
};

function connect(database: DatabaseName, url: string): ReturnType<typeof knex> {
  if (database === "sqlite")
    return knex({ client: "better-sqlite3", connection: { filename: url }, useNullAsDefault: true });
  if (database === "postgres") return knex({ client: "pg", connection: url });
  return knex({ client: "mysql2", connection: url });
}
