// The unit of work beside the raw driver used by hand in the same run: inserts with keys back, changes of some of many objects, a
// graph of rows, and a flush over many objects of which one was changed. `node --conditions=athanor-source bench/unit-of-work.ts`
import { type Database, deleteFrom, integer, json, table, varchar } from "athanor";
import { many, mapped, one, Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";
import type Sqlite from "better-sqlite3";
import mysql2 from "mysql2/promise";
import pg from "pg";
import { mariadb } from "../dialects/mysql/index.ts";
import { postgres } from "../dialects/postgres/index.ts";

const people = table("bench_people", {
  id: integer().primaryKey(),
  name: varchar(80),
  age: integer(),
  city: varchar(80),
  score: integer(),
});
const books = table("bench_books", {
  id: integer().primaryKey(),
  authorId: integer().references(() => people.id),
  title: varchar(80),
  pages: integer(),
});
const documents = table("bench_documents", {
  id: integer().primaryKey(),
  name: varchar(80),
  body: json<{ a: number }>(),
});

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
class Document extends mapped(documents) {}

/** What is done by hand, on one database. */
interface Raw {
  insert(rows: readonly (readonly unknown[])[]): Promise<readonly number[]>;
  insertBooks(rows: readonly (readonly unknown[])[]): Promise<void>;
  load(): Promise<{ id: number; age: number }[]>;
  update(rows: readonly { id: number; age: number }[]): Promise<void>;
  close(): Promise<void>;
}

const person = (i: number): readonly unknown[] => [`Person ${i}`, i % 90, `City ${i % 50}`, i];

async function bench(name: string, db: Database<any>, raw: Raw): Promise<void> {
  const clear = async (): Promise<void> => {
    await db.run(deleteFrom(books).everyRow());
    await db.run(deleteFrom(people).everyRow());
  };
  const rows = Array.from({ length: 5000 }, (_, i) => person(i));
  const objects = (count: number): Person[] =>
    Array.from({ length: count }, (_, i) => {
      const [name, age, city, score] = person(i) as [string, number, string, number];
      return new Person({ name, age, city, score });
    });
  await compare(
    `${name}  insert 5,000`,
    clear,
    () => raw.insert(rows),
    async () => {
      const session = new Session(db);
      session.add(...objects(5000));
      await session.commit();
      await session.close();
    },
  );
  const fill = async (): Promise<void> => {
    await clear();
    await raw.insert(rows.slice(0, 2000));
  };
  await compare(
    `${name}  load 2,000, change 500`,
    fill,
    async () => {
      const found = (await raw.load()).filter((_, i) => i % 4 === 0);
      for (const row of found) row.age++;
      await raw.update(found);
    },
    async () => {
      const session = new Session(db);
      const found = await session.query(Person).all();
      found.forEach((one, i) => {
        if (i % 4 === 0) one.age++;
      });
      await session.commit();
      await session.close();
    },
  );
  await compare(
    `${name}  graph of 8,000`,
    clear,
    async () => {
      const keys = await raw.insert(rows.slice(0, 2000));
      await raw.insertBooks(Array.from({ length: 6000 }, (_, i) => [keys[i % 2000], `Book ${i}`, i % 700]));
    },
    async () => {
      const session = new Session(db);
      const authors = objects(2000);
      for (let i = 0; i < 6000; i++) {
        const author = authors[i % 2000] as Person;
        session.add(new Book({ title: `Book ${i}`, pages: i % 700, author }));
      }
      await session.commit();
      await session.close();
    },
  );
  await db.drop([people, books, documents]);
  await raw.close();
}

async function compare(
  what: string,
  before: () => Promise<unknown>,
  byHand: () => Promise<unknown>,
  ours: () => Promise<unknown>,
): Promise<void> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 25; round++) {
    for (const [i, work] of [byHand, ours].entries()) {
      await before();
      const start = performance.now();
      await work();
      if (round > 4) times[i]?.push(performance.now() - start);
    }
  }
  // The best of many rounds: whatever else the machine does only ever adds.
  const [hand, own] = times.map((list) => Math.min(...list)) as [number, number];
  console.log(`${what}: ${(hand / own).toFixed(2)} of raw (${hand.toFixed(1)} ms by hand, ${own.toFixed(1)} ms)`);
}

function rawSqlite(native: Sqlite.Database): Raw {
  const insert = native.prepare("insert into bench_people (name, age, city, score) values (?, ?, ?, ?)");
  const book = native.prepare('insert into bench_books ("authorId", title, pages) values (?, ?, ?)');
  const select = native.prepare("select id, name, age, city, score from bench_people");
  const update = native.prepare("update bench_people set age = ? where id = ?");
  const all = native.transaction((work: () => unknown) => work());
  return {
    insert: async (rows) => all(() => rows.map((row) => insert.run(...row).lastInsertRowid)) as number[],
    insertBooks: async (rows) => void all(() => rows.forEach((row) => void book.run(...row))),
    load: async () => select.all() as { id: number; age: number }[],
    update: async (rows) => void all(() => rows.forEach(({ id, age }) => void update.run(age, id))),
    close: async () => {},
  };
}

async function rawPostgres(url: string): Promise<Raw> {
  const client = new pg.Client(url);
  await client.connect();
  const places = (count: number, width: number): string =>
    Array.from(
      { length: count },
      (_, r) => `(${Array.from({ length: width }, (_, c) => `$${r * width + c + 1}`)})`,
    ).join();
  const inserts = async (into: string, rows: readonly (readonly unknown[])[], returning: string): Promise<number[]> => {
    const keys: number[] = [];
    await client.query("begin");
    for (let i = 0; i < rows.length; i += 1000) {
      const some = rows.slice(i, i + 1000);
      const width = some[0]?.length as number;
      const text = `insert into ${into} values ${places(some.length, width)} ${returning}`;
      const result = await client.query({
        text,
        values: some.flat(),
        rowMode: "array",
        name: `${into}${some.length}`.slice(0, 60),
      });
      for (const [id] of result.rows as [number][]) keys.push(id);
    }
    await client.query("commit");
    return keys;
  };
  return {
    insert: (rows) => inserts("bench_people (name, age, city, score)", rows, "returning id"),
    insertBooks: async (rows) => void (await inserts('bench_books ("authorId", title, pages)', rows, "")),
    load: async () => (await client.query("select id, name, age, city, score from bench_people")).rows,
    update: async (rows) => {
      await client.query("begin");
      for (const { id, age } of rows)
        await client.query({
          name: "update",
          text: "update bench_people set age = $1 where id = $2",
          values: [age, id],
        });
      await client.query("commit");
    },
    close: () => client.end(),
  };
}

async function rawMariadb(url: string): Promise<Raw> {
  const client = await mysql2.createConnection(url);
  const inserts = async (into: string, rows: readonly (readonly unknown[])[]): Promise<number[]> => {
    const keys: number[] = [];
    await client.query("begin");
    for (let i = 0; i < rows.length; i += 1000) {
      const some = rows.slice(i, i + 1000);
      const row = `(${(some[0] as unknown[]).map(() => "?")})`;
      const [result] = await client.execute(
        `insert into ${into} values ${some.map(() => row).join()}`,
        some.flat() as never,
      );
      const { insertId } = result as { insertId: number };
      some.forEach((_, at) => void keys.push(insertId + at));
    }
    await client.query("commit");
    return keys;
  };
  return {
    insert: (rows) => inserts("bench_people (name, age, city, score)", rows),
    insertBooks: async (rows) => void (await inserts("bench_books (authorId, title, pages)", rows)),
    load: async () => (await client.execute("select id, name, age, city, score from bench_people"))[0] as never,
    update: async (rows) => {
      await client.query("begin");
      for (const { id, age } of rows) await client.execute("update bench_people set age = ? where id = ?", [age, id]);
      await client.query("commit");
    },
    close: () => client.end(),
  };
}

async function many100k(): Promise<void> {
  const db = sqlite(":memory:");
  await db.create([people, books, documents]);
  const native = (await db.connection((it) => it.native)) as Sqlite.Database;
  native.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
    insert into bench_people (name, age, city, score) select 'Person ' || i, i % 90, 'City', i from n`);
  native.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
    insert into bench_documents (name, body) select 'D' || i, '{"a": ' || i || '}' from n`);
  for (const [what, entity] of [
    ["without JSON", Person],
    ["with one JSON column", Document],
  ] as const) {
    const session = new Session(db);
    const found = (await session.query(entity).all()) as { name: string }[];
    const times: number[] = [];
    for (let i = 0; i < 25; i++) {
      (found[i] as { name: string }).name += "!";
      const start = performance.now();
      await session.flush();
      times.push(performance.now() - start);
    }
    console.log(`flush over 100,000 objects, one changed, ${what}: ${Math.min(...times).toFixed(1)} ms`);
    await session.close();
  }
  await db.close();
}

const only = process.argv[2];
if (!only || only === "many") await many100k();
if (!only || only === "sqlite") {
  const db = sqlite(":memory:");
  const native = (await db.connection((it) => it.native)) as Sqlite.Database;
  await db.create([people, books, documents]);
  const raw = rawSqlite(native);
  await bench("sqlite", db, raw);
  await db.close();
}
if (!only || only === "postgres") {
  const url = "postgres://postgres@127.0.0.1:5432/test";
  const db = postgres(url);
  await db.drop([people, books, documents], { ifExists: true });
  await db.create([people, books, documents]);
  await bench("postgres", db, await rawPostgres(url));
  await db.close();
}
if (!only || only === "mariadb") {
  const url = "mysql://root@127.0.0.1:3306/test";
  const db = mariadb(url);
  await db.drop([people, books, documents], { ifExists: true });
  await db.create([people, books, documents]);
  await bench("mariadb", db, await rawMariadb(url));
  await db.close();
}
