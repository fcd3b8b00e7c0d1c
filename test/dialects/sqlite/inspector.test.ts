import { expect, test } from "vitest";
import type { TableNode } from "../../../core/tree/schema-node.ts";
import { sqlite } from "../../../dialects/sqlite/index.ts";
import { chinookCopy, missing } from "../../support/chinook.ts";

test("tables written by hand are read as SQLite understands them", async () => {
  await using db = sqlite(":memory:");
  await db.execute(`
    create table Users (ID integer primary key autoincrement, email TEXT not null unique collate nocase, age tinyint check (age > 0));
    create table posts (
      user_id int references users, -- the key of users, which is not said
      slug varchar(40) default ('x' || 1), body, at datetime default current_timestamp, size as (length(body)),
      primary key (USER_ID, slug)
    ) without rowid;
    create unique index recent on posts (AT desc, lower(slug)) where size > 10;
    create view authors (name) as select email from users;
    create virtual table words using fts5(word);
  `);
  const { tables, others } = await db.inspect();
  const none = { collation: undefined, comment: undefined, computed: undefined, default: undefined };
  const column = (name: string, type: object, more: object = {}) => ({
    ...none,
    key: name,
    name,
    type,
    nullable: true,
    ...more,
  });
  const sql = (text: string) => ({ kind: "sqlText", text });
  expect(tables).toEqual([
    {
      kind: "table",
      name: "Users",
      schema: undefined,
      columns: [
        column("ID", { kind: "integer", size: 4 }, { nullable: false, identity: { always: false } }),
        column("email", { kind: "text" }, { nullable: false, collation: "nocase" }),
        column("age", { kind: "integer", size: 1 }),
      ],
      primaryKey: { name: undefined, columns: ["ID"] },
      foreignKeys: [],
      uniques: [{ name: undefined, columns: ["email"] }],
      checks: [{ name: undefined, expression: sql("age > 0") }],
      indexes: [],
      exclusions: [],
      comment: undefined,
      options: { autoincrement: true },
    },
    {
      kind: "table",
      name: "posts",
      schema: undefined,
      columns: [
        column("user_id", { kind: "integer", size: 4 }, { nullable: false }),
        column("slug", { kind: "varchar", length: 40 }, { nullable: false, default: sql("'x' || 1") }),
        column("body", { kind: "custom", sql: "", base: { kind: "text" } }),
        column("at", { kind: "timestamp", precision: undefined, as: "date" }, { default: sql("current_timestamp") }),
        column(
          "size",
          { kind: "custom", sql: "", base: { kind: "text" } },
          { computed: { expression: sql("length(body)"), stored: false } },
        ),
      ],
      primaryKey: { name: undefined, columns: ["user_id", "slug"] },
      foreignKeys: [
        {
          name: undefined,
          columns: ["user_id"],
          target: { schema: undefined, table: "Users", columns: ["ID"] },
          onDelete: "no action",
          onUpdate: "no action",
          deferrable: undefined,
        },
      ],
      uniques: [],
      checks: [],
      indexes: [
        {
          name: "recent",
          unique: true,
          items: [
            { of: { kind: "name", name: "at" }, direction: "desc", collation: undefined },
            { of: sql("lower(slug)"), direction: "asc", collation: undefined },
          ],
          where: sql("size > 10"),
        },
      ],
      exclusions: [],
      comment: undefined,
      options: { withoutRowid: true },
    },
  ]);
  expect(others).toEqual([
    {
      kind: "view",
      name: "authors",
      schema: undefined,
      materialized: false,
      query: sql("select email from users"),
      columns: [{ key: "name", name: "name", type: { kind: "text" }, nullable: true }],
    },
  ]);
});

test("an attached database is a schema, and what is found there says so", async () => {
  await using db = sqlite(":memory:");
  await db.execute("attach ':memory:' as other; create table other.a (id int); create table b (id int)");
  const { tables } = await db.inspect({ schemas: ["other", "main"] });
  expect(tables.map(({ schema, name }) => [schema, name])).toEqual([
    ["other", "a"],
    [undefined, "b"],
  ]);
});

test("only the tables and views that were asked for are given", async () => {
  await using db = sqlite(":memory:");
  await db.execute("create table a (id int); create table b (id int); create view v as select 1 as x");
  const { tables, others } = await db.inspect({ only: ["b", "v"] });
  expect([...tables, ...others].map(({ name }) => name)).toEqual(["b", "v"]);
});

test.skipIf(missing !== undefined)("a database of other people's making, created anew, reads the same", async () => {
  using chinook = chinookCopy();
  await using db = sqlite(chinook.path, { readOnly: true });
  const reflected = await db.inspect();
  expect(reflected.tables.map(({ name, columns }) => `${name} ${columns.length}`)).toEqual([
    "Album 3",
    "Artist 2",
    "Customer 13",
    "Employee 15",
    "Genre 2",
    "Invoice 9",
    "InvoiceLine 5",
    "MediaType 2",
    "Playlist 2",
    "PlaylistTrack 2",
    "Track 9",
  ]);
  await using copy = sqlite(":memory:");
  await copy.create([...reflected.tables, ...reflected.others]);
  const again = await copy.inspect();
  // Its foreign keys had no names; in the copy they have.
  const nameless = (table: TableNode) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, name: undefined })),
  });
  expect(again.tables.map(nameless)).toEqual(reflected.tables);
  expect(again.tables[0]?.foreignKeys[0]?.name).toBe("Album_ArtistId_fkey");
});
