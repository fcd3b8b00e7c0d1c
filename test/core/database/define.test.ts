import {
  check,
  enumeration,
  fn,
  index,
  insertInto,
  integer,
  select,
  table,
  text,
  timestamp,
  UndefinedObject,
  unique,
  view,
} from "athanor";
import { expect, test } from "vitest";
import { createScript, dropScript } from "../../../core/database/define.ts";
import { sqlite, sqliteDialect } from "../../../dialects/sqlite/index.ts";

const users = table(
  "users",
  {
    id: integer().primaryKey(),
    email: text().unique(),
    mood: enumeration(["sad", "happy"]).default("happy"),
    age: integer()
      .nullable()
      .check((age) => age.gt(0)),
    boss: integer()
      .nullable()
      .references(() => users.id, { onDelete: "set null" }),
  },
  { constraints: (t) => [index(t.mood, t.age.desc()), unique(t.email, t.age), check(t.age.lt(200))] },
);
const posts = table("posts", {
  id: integer().primaryKey(),
  author: integer("author_id").references(() => users.id, { onDelete: "cascade", deferrable: "deferred" }),
  title: text().default("it's new"),
  at: timestamp().default(new Date("2024-02-29T12:00:00.500Z")),
});
const happy = view("happy", select({ id: users.id, name: users.email }).from(users).where(users.mood.eq("happy")));

test("a schema is written in the order of its dependencies, with names, checks and literals", () => {
  expect(createScript({ happy, posts, users, other: 1, nothing: undefined }, sqliteDialect)).toEqual([
    `create table "users" (
  "id" integer primary key,
  "email" text not null,
  "mood" text not null default 'happy',
  "age" integer,
  "boss" integer,
  constraint "users_email_key" unique ("email"),
  constraint "users_email_age_key" unique ("email", "age"),
  constraint "users_boss_fkey" foreign key ("boss") references "users" ("id") on delete set null,
  constraint "users_age_check" check ("age" > 0),
  constraint "users_age_check1" check ("age" < 200),
  constraint "users_mood_check" check ("mood" in ('sad', 'happy'))
)`,
    'create index "users_mood_age_idx" on "users" ("mood", "age" desc)',
    `create table "posts" (
  "id" integer primary key,
  "author_id" integer not null,
  "title" text not null default 'it''s new',
  "at" timestamp not null default '2024-02-29 12:00:00.5',
  constraint "posts_author_id_fkey" foreign key ("author_id") references "users" ("id") on delete cascade deferrable initially deferred
)`,
    `create view "happy" ("id", "name") as
select "id", "email" as "name" from "users" where "mood" = 'happy'`,
  ]);
  expect(dropScript([users, posts, happy], sqliteDialect)).toEqual([
    'drop view "happy"',
    'drop table "posts"',
    'drop table "users"',
  ]);
});

test("what was created can be used, and a view is a source", async () => {
  await using db = sqlite(":memory:");
  await db.create({ users, posts, happy });
  await db.run(insertInto(users).values([{ email: "a" }, { email: "b", mood: "sad" }]));
  expect(await db.all(select({ id: happy.id, name: happy.name }).from(happy))).toEqual([{ id: 1, name: "a" }]);
});

test("creating is all or nothing", async () => {
  await using db = sqlite(":memory:");
  await db.execute("create view happy as select 1");
  await expect(db.create([users, posts, happy])).rejects.toThrow('"happy"');
  expect((await db.inspect()).tables).toEqual([]);
});

test("what exists is left alone if asked for, with its indexes, and what is missing is added", async () => {
  await using db = sqlite(":memory:");
  await db.create([users]);
  await db.run(insertInto(users).values({ email: "a" }));
  await expect(db.create([users, posts])).rejects.toThrow('"users"');
  await db.create([users, posts, happy], { ifNotExists: true });
  await db.create([users, posts, happy], { ifNotExists: true });
  expect((await db.inspect()).tables.map(({ name }) => name)).toEqual(["posts", "users"]);
  expect(await db.one(select({ n: fn.count() }).from(users))).toEqual({ n: 1 });
});

test("dropping what is not there fails unless asked to pass over it", async () => {
  await using db = sqlite(":memory:");
  await db.create([users]);
  await expect(db.drop([users, posts])).rejects.toThrow(UndefinedObject);
  expect((await db.inspect()).tables).toHaveLength(1);
  await db.drop([users, posts, happy], { ifExists: true });
  await db.drop([users, posts, happy], { ifExists: true });
  expect(await db.inspect()).toEqual({ tables: [], others: [] });
});

test("tables that refer to each other in a circle are created, and dropped with the rows that do", async () => {
  const hens = table("hens", {
    id: integer().primaryKey(),
    egg: integer()
      .nullable()
      .references(() => eggs.id),
  });
  const eggs = table("eggs", { id: integer().primaryKey(), hen: integer().references(() => hens.id) });
  await using db = sqlite(":memory:");
  await db.create({ hens, eggs });
  await db.run(insertInto(hens).values({ id: 1 }));
  await db.run(insertInto(eggs).values({ id: 1, hen: 1 }));
  await db.execute("update hens set egg = 1");
  await db.drop({ hens, eggs });
  expect((await db.inspect()).tables).toEqual([]);
});
