import { expect, test } from "vitest";
import { sqlite } from "../../../dialects/sqlite/index.ts";
import { identifierOf, Scope } from "../../../migrate/source/identifiers.ts";
import { pull } from "../../../migrate/source/pull.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";

test("a schema is written as one would write it oneself", { timeout: 120_000 }, async () => {
  await using db = sqlite(":memory:");
  await db.execute(`
    create table users (
      id integer primary key, email text not null constraint users_email_key unique, "full name" varchar(20) default 'it''s',
      score decimal(10, 2) not null default 1.5, boss_id integer references users on delete set null,
      class text check ("class" <> '\`\${x}\\'), created_at timestamp default current_timestamp
    );
    create table "order" (
      user_id integer not null, place int, total integer as (place * 2) stored, flag boolean not null default 1,
      primary key (user_id, place), constraint own foreign key (user_id) references users (id)
    );
    create index order_place_idx on "order" (place desc);
    create unique index one on "order" (lower(flag)) where place > 1;
    create view totals as select user_id, total from "order";
  `);
  const text = await pull(db);
  expect(text).toBe(`\
// What SQLite has, as it was when it was read. Change it as you like: it is yours.
import {
  boolean,
  check,
  decimal,
  index,
  integer,
  sql,
  table,
  text,
  timestamp,
  uniqueIndex,
  varchar,
  view,
} from "athanor";

export const order = table("order", {
  userId: integer("user_id").references(() => users.id, { name: "own" }),
  place: integer(),
  total: integer().nullable().generatedAs(() => sql(integer())\`place * 2\`),
  flag: boolean().default(true),
}, {
  primaryKey: ["userId", "place"],
  constraints: (t) => [
    index(t.place.desc()),
    uniqueIndex(sql(text())\`lower(flag)\`).named("one").where(sql(boolean())\`place > 1\`),
  ],
});

export const users = table("users", {
  id: integer().primaryKey(),
  email: text().unique(),
  fullName: varchar(20, "full name").nullable().default("it's"),
  score: decimal(10, 2).default("1.5"),
  bossId: integer("boss_id").nullable().references(() => users.id, { onDelete: "set null" }),
  class: text().nullable(),
  createdAt: timestamp("created_at").nullable().default(sql(timestamp())\`current_timestamp\`),
}, {
  constraints: () => [
    check(sql(boolean())\`"class" <> '\\\`\\\${x}\\\\'\`),
  ],
});

export const totals = view("totals", sql.statement({
  user_id: integer().nullable(),
  total: integer().nullable(),
})\`select user_id, total from "order"\`);
`);
  using files = new GeneratedFiles();
  files.write(text);
  expect(files.complaints()).toEqual([]);
});

test("a table that was not read is declared as far as a foreign key needs it, and not exported", async () => {
  await using db = sqlite(":memory:");
  await db.execute(`
    create table "a.b" (id int primary key);
    create table c (id integer primary key references "a.b", x int references "a.b" (id));
  `);
  const text = await pull(db, { only: ["c"] });
  expect(text).toContain(
    'const aB = table("a_b", { id: integer() }, { name: "a.b" });\n\nexport const c = table("c", {\n' +
      "  id: integer().primaryKey().references(() => aB.id),\n  x: integer().nullable().references(() => aB.id),\n});",
  );
});

test("a dialect of somebody else's says where its types are", async () => {
  await using db = sqlite(":memory:");
  const other = { dialect: { ...db.dialect, name: "Other" }, inspect: () => db.inspect() };
  await expect(pull(other)).rejects.toThrow("nothing is known of where the types of Other are");
  expect(await pull(other, { module: "other" })).toBe(
    "// What Other has, as it was when it was read. Change it as you like: it is yours.\n",
  );
});

test("names become identifiers, each once", () => {
  const names = ["author_id", "UserID", "ID", "a b-c", "1st", "ünï", "__proto__", "💥", "SHOUTED_NAME"];
  expect(names.map(identifierOf)).toEqual([
    "authorId",
    "userID",
    "id",
    "aBC",
    "_1st",
    "ünï",
    "proto",
    "",
    "shoutedName",
  ]);
  const scope = new Scope(["class"]);
  expect(["class", "a_b", "aB", "💥"].map((name) => scope.claim(name, "column"))).toEqual([
    "class2",
    "aB",
    "aB2",
    "column",
  ]);
});
