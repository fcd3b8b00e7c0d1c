// The raw driver, used by hand by somebody who cares for speed: prepared statements that are kept, levels stitched with Maps.
import Sqlite from "better-sqlite3";
import mysql2 from "mysql2/promise";
import pg from "pg";
import { lookups, type OpenPeer, people, sumAuthors, sumGroups, sumNested, sumTagged, type Tasks } from "./peer.ts";

const author = "select id, name, city, age, note from authors";
const aggregate =
  "select a.city, count(p.id) as n, sum(p.views) as views from authors a join posts p on p.author_id = a.id where a.age > 20 group by a.city having count(p.id) > 3 order by a.city";
const streamed =
  "select a.id, a.name, a.city, a.age, a.note from authors a cross join (select id from tags where id <= 5) copies";

/** Rows of one statement; a list of values is one place where the driver can send it as one. */
interface Hand {
  all(text: string, values?: readonly unknown[]): Promise<any[]> | any[];
  allOf(text: string, list: readonly number[]): Promise<any[]> | any[];
}

function stitch(parents: any[], children: any[], key: string, into: string): void {
  const byId = new Map(parents.map((parent) => [parent.id, parent]));
  for (const parent of parents) parent[into] = [];
  for (const child of children) byId.get(child[key])[into].push(child);
}

const reading = ({ all, allOf }: Hand): Pick<Tasks, "rows" | "aggregate" | "nested" | "manyToMany" | "keep"> => ({
  rows: async () => sumAuthors(await all(author)),
  aggregate: async () => sumGroups(await all(aggregate)),
  keep: async () => all(author),
  async nested() {
    const authors = await all(`${author} where id <= 100`);
    const ids = (rows: any[]): number[] => rows.map((row) => row.id);
    const posts = await allOf("select id, author_id, title, views from posts where author_id in", ids(authors));
    stitch(authors, posts, "author_id", "posts");
    stitch(
      posts,
      await allOf("select id, post_id, body from comments where post_id in", ids(posts)),
      "post_id",
      "comments",
    );
    return sumNested(authors);
  },
  async manyToMany() {
    const posts = await all("select id, author_id, title, views from posts");
    const pairs = await allOf(
      "select post_id, tag_id from post_tags where post_id in",
      posts.map((post) => post.id),
    );
    const tags = new Map((await all("select id, label from tags")).map((tag) => [tag.id, tag]));
    const byPost = new Map(posts.map((post) => [post.id, post]));
    for (const post of posts) post.tags = [];
    for (const pair of pairs) byPost.get(pair.post_id).tags.push(tags.get(pair.tag_id));
    return sumTagged(posts);
  },
});

export const openRaw: OpenPeer = (database, url) =>
  database === "sqlite" ? sqlite(url) : database === "postgres" ? postgres(url) : mariadb(url);

async function sqlite(url: string): ReturnType<OpenPeer> {
  const db = new Sqlite(url);
  db.pragma("foreign_keys = on");
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = (text: string): Sqlite.Statement => {
    let statement = kept.get(text);
    if (!statement) {
      statement = db.prepare(text);
      kept.set(text, statement);
    }
    return statement;
  };
  const hand: Hand = {
    all: (text, values = []) => prepare(text).all(...values),
    allOf: (text, list) => prepare(`${text} (select value from json_each(?))`).all(JSON.stringify(list)),
  };
  const one = prepare(`${author} where id = ?`);
  const insert = prepare("insert into people (name, age, city, score) values (?, ?, ?, ?)");
  const book = prepare("insert into books (author_id, title, pages) values (?, ?, ?)");
  const update = prepare("update people set age = ? where id = ?");
  const transaction = db.transaction((work: () => void) => work());
  return {
    name: "raw driver by hand",
    version: `better-sqlite3 ${await versionOf("better-sqlite3")}`,
    close: async () => void db.close(),
    tasks: {
      ...reading(hand),
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (one.get(first + i) as { age: number }).age;
        return sum;
      },
      async insert() {
        const keys: unknown[] = [];
        transaction(() => {
          for (const { name, age, city, score } of people(5000))
            keys.push(insert.run(name, age, city, score).lastInsertRowid);
        });
        return keys.length;
      },
      async change() {
        const found = prepare("select id, name, age, city, score from people order by id").all() as any[];
        transaction(() => {
          for (let i = 0; i < found.length; i += 4) update.run(++found[i].age, found[i].id);
        });
        return found.length;
      },
      async graph() {
        transaction(() => {
          people(2000).forEach(({ name, age, city, score }, i) => {
            const key = insert.run(name, age, city, score).lastInsertRowid;
            for (let n = 0; n < 3; n++) book.run(key, `Book ${i * 3 + n}`, (i * 3 + n) % 700);
          });
        });
        return 8000;
      },
      async tenWrites() {
        transaction(() => {
          for (let i = 1; i <= 10; i++) prepare("update authors set note = ? where id = ?").run("note", i * 3 - 1);
        });
        return 10;
      },
      async stream() {
        let sum = 0;
        for (const row of prepare(streamed).iterate()) sum += (row as { age: number }).age;
        return sum;
      },
    },
  };
}

async function postgres(url: string): ReturnType<OpenPeer> {
  const { default: QueryStream } = await import("pg-query-stream");
  const client = new pg.Client(url);
  await client.connect();
  const names = new Map<string, string>();
  const run = async (text: string, values: readonly unknown[] = []): Promise<any[]> => {
    let name = names.get(text);
    if (!name) {
      name = `hand${names.size}`;
      names.set(text, name);
    }
    return (await client.query({ name, text, values: values as unknown[] })).rows;
  };
  const transaction = async (work: () => Promise<void>): Promise<void> => {
    await client.query("begin");
    await work();
    await client.query("commit");
  };
  // Columns as arrays: one text for any number of rows, and the least to parse.
  const insertPeople = async (rows: ReturnType<typeof people>): Promise<number[]> =>
    (
      await run(
        "insert into people (name, age, city, score) select * from unnest($1::text[], $2::int[], $3::text[], $4::int[]) returning id",
        [
          rows.map((row) => row.name),
          rows.map((row) => row.age),
          rows.map((row) => row.city),
          rows.map((row) => row.score),
        ],
      )
    ).map((row) => row.id);
  return {
    name: "raw driver by hand",
    version: `pg ${await versionOf("pg")}`,
    close: () => client.end(),
    tasks: {
      ...reading({ all: run, allOf: (text, list) => run(`${text.replace(/ in$/, "")} = any($1)`, [list]) }),
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await run(`${author} where id = $1`, [first + i]))[0].age;
        return sum;
      },
      async insert() {
        let keys: number[] = [];
        await transaction(async () => {
          keys = await insertPeople(people(5000));
        });
        return keys.length;
      },
      async change() {
        const found = await run("select id, name, age, city, score from people order by id");
        const changed = found.filter((_, i) => i % 4 === 0);
        for (const row of changed) row.age++;
        await transaction(async () => {
          await run(
            "update people set age = v.age from unnest($1::int[], $2::int[]) as v (id, age) where people.id = v.id",
            [changed.map((row) => row.id), changed.map((row) => row.age)],
          );
        });
        return found.length;
      },
      async graph() {
        await transaction(async () => {
          const keys = await insertPeople(people(2000));
          const all = Array.from({ length: 6000 }, (_, i) => i);
          await run(
            "insert into books (author_id, title, pages) select * from unnest($1::int[], $2::text[], $3::int[])",
            [all.map((i) => keys[Math.floor(i / 3)]), all.map((i) => `Book ${i}`), all.map((i) => i % 700)],
          );
        });
        return 8000;
      },
      async tenWrites() {
        await transaction(async () => {
          for (let i = 1; i <= 10; i++) await run("update authors set note = $1 where id = $2", ["note", i * 3 - 1]);
        });
        return 10;
      },
      async stream() {
        let sum = 0;
        for await (const row of client.query(new QueryStream(streamed, [], { batchSize: 1000, highWaterMark: 1000 })))
          sum += row.age;
        return sum;
      },
    },
  };
}

async function mariadb(url: string): ReturnType<OpenPeer> {
  const connection = await mysql2.createConnection(url);
  const run = async (text: string, values: readonly unknown[] = []): Promise<any> =>
    (await connection.execute(text, values as never))[0];
  const transaction = async (work: () => Promise<void>): Promise<void> => {
    await connection.query("begin");
    await work();
    await connection.query("commit");
  };
  const insert = async (into: string, rows: readonly (readonly unknown[])[]): Promise<number[]> => {
    const keys: number[] = [];
    for (let i = 0; i < rows.length; i += 1000) {
      const some = rows.slice(i, i + 1000);
      const places = `(${(some[0] as unknown[]).map(() => "?")})`;
      const { insertId } = await run(`insert into ${into} values ${some.map(() => places).join()}`, some.flat());
      some.forEach((_, at) => void keys.push(insertId + at));
    }
    return keys;
  };
  const insertPeople = (count: number): Promise<number[]> =>
    insert(
      "people (name, age, city, score)",
      people(count).map(({ name, age, city, score }) => [name, age, city, score]),
    );
  return {
    name: "raw driver by hand",
    version: `mysql2 ${await versionOf("mysql2")}`,
    close: () => connection.end(),
    tasks: {
      ...reading({ all: run, allOf: (text, list) => run(`${text} (${list.map(() => "?")})`, list) }),
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await run(`${author} where id = ?`, [first + i]))[0].age;
        return sum;
      },
      async insert() {
        let keys: number[] = [];
        await transaction(async () => {
          keys = await insertPeople(5000);
        });
        return keys.length;
      },
      async change() {
        const found: any[] = await run("select id, name, age, city, score from people order by id");
        const changed = found.filter((_, i) => i % 4 === 0);
        for (const row of changed) row.age++;
        await transaction(async () => {
          const values = changed
            .map((_, i) => (i > 0 ? "select ?, ?" : "select ? as id, ? as age"))
            .join(" union all ");
          await run(
            `update people join (${values}) as v on v.id = people.id set people.age = v.age`,
            changed.flatMap((row) => [row.id, row.age]),
          );
        });
        return found.length;
      },
      async graph() {
        await transaction(async () => {
          const keys = await insertPeople(2000);
          await insert(
            "books (author_id, title, pages)",
            Array.from({ length: 6000 }, (_, i) => [keys[Math.floor(i / 3)], `Book ${i}`, i % 700]),
          );
        });
        return 8000;
      },
      async tenWrites() {
        await transaction(async () => {
          for (let i = 1; i <= 10; i++) await run("update authors set note = ? where id = ?", ["note", i * 3 - 1]);
        });
        return 10;
      },
      async stream() {
        let sum = 0;
        const rows = (connection as any).connection.execute(streamed).stream({ highWaterMark: 1000 });
        for await (const row of rows) sum += (row as { age: number }).age;
        return sum;
      },
    },
  };
}

/** The installed version of a package. */
export async function versionOf(name: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return JSON.parse(await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
}
