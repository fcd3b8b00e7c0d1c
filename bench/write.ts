// Writing: Athanor beside the raw driver used by hand. `npm run write -- sqlite` (or postgres, or mariadb; all three without).
import { type Database, deleteFrom, insertInto, integer, param, table, update, varchar } from "athanor";
import { mariadb } from "athanor/mysql";
import { postgres } from "athanor/postgres";
import { sqlite } from "athanor/sqlite";
import type Sqlite from "better-sqlite3";
import mysql2 from "mysql2/promise";
import pg from "pg";
import { measure } from "./measure.ts";
import { mariadbDatabase, postgresDatabase } from "./servers.ts";

const people = table("people", {
  id: integer().primaryKey(),
  name: varchar(80),
  age: integer(),
  city: varchar(80),
  score: integer(),
});

type PersonValues = readonly [name: string, age: number, city: string, score: number];
type Change = { readonly id: number; readonly age: number };

/** What is done by hand on one database, with prepared statements that are kept. */
interface Raw {
  readonly how: { readonly insert: string; readonly change: string };
  /** Inserts the rows in a transaction and gives their keys. */
  insert(rows: readonly PersonValues[]): Promise<readonly number[]>;
  /** One update for each, in a transaction. */
  change(changes: readonly Change[]): Promise<void>;
  close(): Promise<void>;
}

const rows = Array.from({ length: 5_000 }, (_, i): PersonValues => [`Person ${i}`, i % 90, `City ${i % 50}`, i]);
const values = rows.map(([name, age, city, score]) => ({ name, age, city, score }));

async function bench(title: string, db: Database<any>, openRaw: () => Promise<Raw>): Promise<void> {
  await db.create([people]);
  const raw = await openRaw();
  const insert = insertInto(people).values(values);
  await measure(
    `${title}: 5,000 rows inserted, keys back`,
    [
      { name: raw.how.insert, run: () => raw.insert(rows) },
      {
        name: "athanor, returning",
        run: () => db.all(insert.returning({ id: people.id })),
      },
      { name: "athanor, the first key from run()", run: () => db.run(insert) },
    ],
    { rounds: 11, before: () => db.run(deleteFrom(people).everyRow()) },
  );

  await db.run(deleteFrom(people).everyRow());
  const keys = await raw.insert(rows.slice(0, 2_000));
  let turn = 0;
  const changes = (count: number): Change[] =>
    Array.from({ length: count }, () => ({ id: keys[turn++ % keys.length] as number, age: turn % 90 }));
  const change = update(people)
    .set({ age: param("age", integer()) })
    .where(people.id.eq(param("id", integer())));
  await measure(
    `${title}: a transaction of ten writes`,
    [
      { name: raw.how.change, run: () => raw.change(changes(10)) },
      {
        name: "athanor, awaited one by one",
        run: () =>
          db.transaction(async (tx) => {
            for (const one of changes(10)) await tx.run(change, one);
          }),
      },
      { name: "athanor, a batch", run: () => db.batch(changes(10).map((one) => [change, one] as const)) },
      { name: "athanor, one statement for a list", run: () => db.run(change, changes(10)) },
    ],
    { rounds: 21, times: 20 },
  );
  await measure(
    `${title}: 500 of 2,000 rows changed`,
    [
      { name: raw.how.change, run: () => raw.change(changes(500)) },
      { name: "athanor, one statement for a list", run: () => db.run(change, changes(500)) },
    ],
    { rounds: 11 },
  );
  await raw.close();
  await db.close();
}

function sqliteByHand(db: Sqlite.Database): Raw {
  const insert = db.prepare("insert into people (name, age, city, score) values (?, ?, ?, ?)");
  const change = db.prepare("update people set age = ? where id = ?");
  const inserts = db.transaction((all: readonly PersonValues[]) =>
    all.map((row) => insert.run(...row).lastInsertRowid as number),
  );
  const changes = db.transaction((all: readonly Change[]) => {
    for (const { id, age } of all) change.run(age, id);
  });
  return {
    how: { insert: "better-sqlite3, one insert per row", change: "better-sqlite3, one update per row" },
    insert: async (all) => inserts(all),
    change: async (all) => changes(all),
    close: async () => {},
  };
}

const places = (count: number, place: (n: number) => string): string =>
  Array.from({ length: count }, (_, row) => `(${[0, 1, 2, 3].map((n) => place(row * 4 + n + 1))})`).join();

async function postgresByHand(url: string): Promise<Raw> {
  const client = new pg.Client(url);
  await client.connect();
  const text = `insert into people (name, age, city, score) values ${places(1_000, (n) => `$${n}`)} returning id`;
  const change = { name: "change", text: "update people set age = $1 where id = $2" };
  return {
    how: { insert: "pg, 1,000 rows a statement", change: "pg, one named update per row" },
    async insert(all) {
      const keys: number[] = [];
      await client.query("begin");
      for (let i = 0; i < all.length; i += 1_000) {
        const some = all.slice(i, i + 1_000).flat();
        const { rows } = await client.query({ name: "insert", text, values: some, rowMode: "array" });
        for (const [key] of rows) keys.push(key);
      }
      await client.query("commit");
      return keys;
    },
    async change(all) {
      await client.query("begin");
      for (const { id, age } of all) await client.query({ ...change, values: [age, id] });
      await client.query("commit");
    },
    close: () => client.end(),
  };
}

async function mariadbByHand(url: string): Promise<Raw> {
  const client = await mysql2.createConnection(url);
  const insert = `insert into people (name, age, city, score) values ${places(1_000, () => "?")}`;
  return {
    how: { insert: "mysql2, 1,000 rows a statement", change: "mysql2, one prepared update per row" },
    async insert(all) {
      const keys: number[] = [];
      await client.query("begin");
      for (let i = 0; i < all.length; i += 1_000) {
        const [{ insertId }] = await client.execute<mysql2.ResultSetHeader>(insert, all.slice(i, i + 1_000).flat());
        for (let n = 0; n < 1_000; n++) keys.push(insertId + n);
      }
      await client.query("commit");
      return keys;
    },
    async change(all) {
      await client.query("begin");
      for (const { id, age } of all) await client.execute("update people set age = ? where id = ?", [age, id]);
      await client.query("commit");
    },
    close: () => client.end(),
  };
}

const only = process.argv[2];
if (only === undefined || only === "sqlite") {
  const db = sqlite(":memory:");
  await bench("sqlite", db, () => db.connection((it) => sqliteByHand(it.native as Sqlite.Database)));
}
if (only === undefined || only === "postgres") {
  const { url, drop } = await postgresDatabase();
  await bench("postgres", postgres(url, { max: 1 }), () => postgresByHand(url));
  await drop();
}
if (only === undefined || only === "mariadb") {
  const { url, drop } = await mariadbDatabase();
  await bench("mariadb", mariadb(url, { max: 1 }), () => mariadbByHand(url));
  await drop();
}
