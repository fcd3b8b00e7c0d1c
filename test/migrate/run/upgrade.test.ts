// Moving databases along revisions, on every database: what ran is remembered, what failed is not there, what was interrupted
// goes on, and rows stay what they were.
import { boolean, check, type Database, insertInto, integer, select, sql, table, text, update, varchar } from "athanor";
import { afterEach, describe, expect, test } from "vitest";
import type { Operations } from "../../../migrate/operation/operations.ts";
import { openProject, type Project } from "../../../migrate/project.ts";
import { type RevisionDeclaration, revision } from "../../../migrate/revision/revision.ts";
import { appliedTo, downgrade, stamp, upgrade } from "../../../migrate/run/upgrade.ts";
import { databases } from "../../support/databases.ts";

const users = table("users", { id: integer().primaryKey(), name: varchar(40), bio: text().nullable() });
const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => users.id, { onDelete: "cascade" }),
  title: varchar(80),
});

const first = revision({
  id: "aaaa",
  after: [],
  message: "users and posts",
  async up(op) {
    await op.createTable(users);
    await op.createTable(posts);
    await op.run(
      insertInto(users).values([
        { name: "Ann", bio: null },
        { name: "Bob", bio: "b" },
      ]),
    );
    await op.run(
      insertInto(posts).values([
        { authorId: 1, title: "one" },
        { authorId: 1, title: "two" },
        { authorId: 2, title: "three" },
      ]),
    );
  },
  async down(op) {
    await op.dropTable("posts");
    await op.dropTable("users");
  },
});

const second = revision({
  id: "bbbb",
  after: ["aaaa"],
  message: "every user has a bio",
  async up(op) {
    const light = table("users", { bio: text().nullable() });
    await op.run(update(light).set({ bio: "" }).where(light.bio.isNull()));
    await op.alterColumn("users", "bio", { from: text().nullable(), to: text() });
    await op.alterColumn("users", "name", { from: varchar(40), to: varchar(60) });
  },
  async down(op) {
    await op.alterColumn("users", "name", { from: varchar(60), to: varchar(40) });
    await op.alterColumn("users", "bio", { from: text(), to: text().nullable() });
  },
});

const third = revision({
  id: "cccc",
  after: ["bbbb"],
  message: "posts have slugs",
  async up(op) {
    await op.addColumn("posts", { slug: varchar(20).default("none") });
  },
  async down(op) {
    await op.dropColumn("posts", "slug");
  },
});

async function projectOf(...revisions: readonly RevisionDeclaration[]): Promise<Project> {
  return openProject({ config: { database: "unused" }, revisions });
}

const columnsOf = async (db: Database<any>, name: string) =>
  (await db.inspect({ only: [name] })).tables[0]?.columns.map((column) => [column.name, column.nullable]);

async function clean(db: Database<any>): Promise<void> {
  const { tables } = await db.inspect();
  await db.drop(tables, { ifExists: true });
}

describe.each(databases.map((it) => [it.name, it] as const))("%s", (_name, { db }) => {
  afterEach(() => clean(db));
  const names = () => db.all(select({ name: users.name, bio: users.bio }).from(users).orderBy(users.id.asc()));
  const titles = () => db.all(select({ title: posts.title, by: posts.authorId }).from(posts).orderBy(posts.id.asc()));

  test("up and down, one by one and all at once", async () => {
    const project = await projectOf(first, second, third);
    expect((await upgrade(project, "+1", { on: db })).current).toEqual(["aaaa"]);
    expect((await upgrade(project, "head", { on: db })).ran.map(({ id }) => id)).toEqual(["bbbb", "cccc"]);
    expect((await upgrade(project, "head", { on: db })).ran).toEqual([]);
    expect(await names()).toEqual([
      { name: "Ann", bio: "" },
      { name: "Bob", bio: "b" },
    ]);
    expect(await titles()).toEqual([
      { title: "one", by: 1 },
      { title: "two", by: 1 },
      { title: "three", by: 2 },
    ]);
    expect(await columnsOf(db, "users")).toEqual([
      ["id", false],
      ["name", false],
      ["bio", false],
    ]);
    expect((await downgrade(project, "-1", { on: db })).current).toEqual(["bbbb"]);
    expect((await downgrade(project, "aa", { on: db })).current).toEqual(["aaaa"]);
    expect(await columnsOf(db, "users")).toEqual([
      ["id", false],
      ["name", false],
      ["bio", true],
    ]);
    expect((await downgrade(project, "base", { on: db })).current).toEqual([]);
    expect((await db.inspect()).tables.map(({ name }) => name)).toEqual([
      "athanor_versions",
      "athanor_versions_journal",
    ]);
  });

  test("rows in the way are counted before anything is done", async () => {
    const tight = revision({
      ...second,
      async up(op) {
        await op.addColumn("users", { age: integer().nullable() });
        await op.alterColumn("users", "bio", { from: text().nullable(), to: text() });
      },
    });
    const project = await projectOf(first, tight);
    await upgrade(project, "aaaa", { on: db });
    const failure = await upgrade(project, "head", { on: db }).catch((error: Error) => error);
    expect((failure as Error).message).toBe(
      'up of "bbbb" (every user has a bio): 1 rows of "users" have null in "bio", which is to be NOT NULL\n' +
        "  Fill them first, in a revision before this one or in a step before it.",
    );
    expect(await columnsOf(db, "users")).toEqual([
      ["id", false],
      ["name", false],
      ["bio", true],
    ]);
    expect(await appliedTo(project, { on: db })).toEqual(new Set(["aaaa"]));
  });

  test("rows that fail a new check are counted too", async () => {
    const column = db.dialect.quote("name");
    const strict = revision({
      ...second,
      up: (op) =>
        op.addConstraints("users", {}, () => [check(sql(boolean())`${sql.raw(`${column} <> 'Ann'`)}`, "no_ann")]),
    });
    const plain = revision({
      ...second,
      up: (op) =>
        op.change({
          kind: "addCheck",
          table: "users",
          check: { name: "no_ann", expression: { kind: "sqlText", text: `${column} <> 'Ann'` } },
        }),
    });
    for (const one of [strict, plain]) {
      const project = await projectOf(first, one);
      await upgrade(project, "aaaa", { on: db });
      await expect(upgrade(project, "head", { on: db })).rejects.toThrow(
        one === plain ? '1 rows of "users" fail the check "no_ann"' : "no_ann",
      );
      if (!db.dialect.features.has("TRANSACTIONAL DDL")) await stamp(project, "aaaa", { on: db });
    }
  });

  test("the version table is called and placed as configured", async () => {
    const project = await openProject({
      config: { database: "unused", history: { table: "versions" } },
      revisions: [first],
    });
    await upgrade(project, "head", { on: db });
    expect((await db.inspect()).tables.map(({ name }) => name)).toEqual([
      "posts",
      "users",
      "versions",
      "versions_journal",
    ]);
  });

  test("two heads stop an upgrade with what to do", async () => {
    const project = await projectOf(first, second, { ...third, after: ["aaaa"] });
    await expect(upgrade(project, "head", { on: db })).rejects.toThrow(
      /^there are 2 heads: bbbb \(every user has a bio\), cccc \(posts have slugs\)[\s\S]*Merge them with `athanor merge heads -m "…"`/,
    );
    expect((await upgrade(project, "heads", { on: db })).current).toEqual(["bbbb", "cccc"]);
  });

  test("a stamp runs nothing", async () => {
    const project = await projectOf(first, second, third);
    expect((await stamp(project, "bbbb", { on: db })).current).toEqual(["bbbb"]);
    expect((await db.inspect()).tables.map(({ name }) => name)).toEqual([
      "athanor_versions",
      "athanor_versions_journal",
    ]);
    expect((await stamp(project, "base", { on: db })).current).toEqual([]);
  });

  test("what fails is as if it had not begun, or goes on where it stopped", async () => {
    let fails = true;
    const ran: string[] = [];
    const shaky = revision({
      id: "dddd",
      after: ["aaaa"],
      message: "fails the first time",
      async up(op: Operations) {
        await op.addColumn("users", { one: integer().nullable() });
        await op.run(update(users).set({ bio: "x" }).everyRow());
        ran.push("half");
        if (fails) throw new Error("power is out");
        await op.addColumn("users", { two: integer().nullable() });
      },
      async down(op: Operations) {
        await op.dropColumn("users", "two");
        await op.dropColumn("users", "one");
      },
    });
    const project = await projectOf(first, shaky);
    await upgrade(project, "aaaa", { on: db });
    await expect(upgrade(project, "head", { on: db })).rejects.toThrow("power is out");
    const isWhole = db.dialect.features.has("TRANSACTIONAL DDL");
    expect((await columnsOf(db, "users"))?.map(([name]) => name)).toEqual(
      isWhole ? ["id", "name", "bio"] : ["id", "name", "bio", "one"],
    );
    fails = false;
    const steps: string[] = [];
    await upgrade(project, "head", {
      on: db,
      report: (event) => "text" in event && steps.push(`${event.kind}: ${event.text}`),
    });
    expect(steps).toEqual([
      `${isWhole ? "step" : "skipped"}: add column "one" to "users"`,
      `${isWhole ? "step" : "skipped"}: run a statement`,
      'step: add column "two" to "users"',
    ]);
    expect((await columnsOf(db, "users"))?.map(([name]) => name)).toEqual(["id", "name", "bio", "one", "two"]);
  });
});
