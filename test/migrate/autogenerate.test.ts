// What autogenerate sees, and says of it: on every database what every database has, on PostgreSQL its types, views, sequences.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  boolean,
  check,
  customType,
  type Database,
  domain,
  enumeration,
  index,
  insertInto,
  integer,
  materializedView,
  select,
  sequence,
  sql,
  table,
  text,
  unique,
  varchar,
  view,
} from "athanor";
import type { SqlType } from "athanor/dialect";
import { afterEach, describe, expect, test } from "vitest";
import { newRevision } from "../../migrate/command/write.ts";
import type { Change } from "../../migrate/compare/change.ts";
import type { OwnComparison } from "../../migrate/compare/own.ts";
import { planChanges } from "../../migrate/compare/plan.ts";
import { openProject, type Project, reopen } from "../../migrate/project.ts";
import { describeChange } from "../../migrate/run/carry-out.ts";
import { downgrade, upgrade } from "../../migrate/run/upgrade.ts";
import { databases } from "../support/databases.ts";
import { GeneratedFiles } from "../support/generated-file.ts";

async function clean(db: Database<any>): Promise<void> {
  const { tables, others } = await db.inspect();
  await db.drop([...tables, ...others]);
}

const lines = (changes: readonly { readonly change: Change }[]) => changes.map(({ change }) => describeChange(change));

const projectOf = (schema: object, more: object = {}): Promise<Project> =>
  openProject({ config: { database: "unused", schema: () => schema, ...more }, revisions: [] });

const users = table("users", { id: integer().primaryKey(), name: varchar(20) });

/** Options of a table, before and after. */
const optionsOn: Readonly<Record<string, readonly [before: Options, after: Options]>> = {
  PostgreSQL: [{ fillfactor: 70 }, { fillfactor: 80, autovacuum_enabled: false }],
  SQLite: [{ strict: true }, { autoincrement: true }],
  MariaDB: [{ row_format: "compressed", collate: "utf8mb4_general_ci" }, { row_format: "dynamic" }],
  MySQL: [{ row_format: "compressed", collate: "utf8mb4_general_ci" }, { row_format: "dynamic" }],
};
type Options = Record<string, string | number | boolean>;

describe.each(databases.filter(({ name }) => name !== "node:sqlite").map((it) => [it.name, it] as const))(
  "%s",
  (_name, { db }) => {
    afterEach(() => clean(db));

    test("what is as declared needs nothing", async () => {
      const schema = {
        users,
        posts: table(
          "posts",
          {
            id: integer().primaryKey(),
            author: integer().references(() => users.id),
            stars: integer().default(3),
            mood: enumeration(["sad", "ok"]).default("ok"),
          },
          { constraints: (t) => [index(t.author), check(t.stars.gte(0))] },
        ),
        stars: view("stars", select({ id: users.id, name: users.name }).from(users).where(users.id.gt(3))),
      };
      await db.create(schema);
      const plan = await planChanges(await projectOf(schema), { on: db });
      expect([lines(plan.up), plan.remarks, plan.unknown]).toEqual([[], [], []]);
    });

    test("what is not declared is left alone, unless it is to be dropped", async () => {
      await db.create([users, table("others", { id: integer().primaryKey() })]);
      const project = await projectOf({ users });
      const plan = await planChanges(project, { on: db });
      expect([lines(plan.up), plan.unknown]).toEqual([[], [{ kind: "table", name: "others", schema: undefined }]]);
      expect(lines((await planChanges(project, { on: db, dropUnknown: true })).up)).toEqual(['drop table "others"']);
      const hidden = await projectOf(
        { users },
        { include: ({ name }: { readonly name: string }) => name !== "others" },
      );
      expect(lines((await planChanges(hidden, { on: db, dropUnknown: true })).up)).toEqual([]);
    });

    test("renames are declared or given, and keep their rows", async () => {
      await db.create([users]);
      await db.run(insertInto(users).values({ name: "Ann" }));
      const people = table(
        "people",
        { id: integer().primaryKey(), title: varchar(20).renamedFrom("name") },
        { renamedFrom: "users" },
      );
      const named = table("people", { id: integer().primaryKey(), title: varchar(20) });
      const wanted = ['rename table "users" to "people"', 'rename column "name" of "people" to "title"'];
      const declared = await planChanges(await projectOf({ people }), { on: db });
      expect(lines(declared.up)).toEqual(wanted);
      const project = await projectOf({ named });
      expect(lines((await planChanges(project, { on: db, rename: ["users:people", "people.name:title"] })).up)).toEqual(
        wanted,
      );
      using files = new GeneratedFiles();
      const writing = { ...project, folders: [files.folder] };
      const { path } = await newRevision(writing, {
        on: db,
        autogenerate: true,
        message: "people",
        rename: ["users:people", "people.name:title"],
      });
      const after = await reopen(writing);
      await upgrade(after, "head", { on: db });
      expect(await db.all(select(named))).toEqual([{ id: 1, title: "Ann" }]);
      expect(lines((await planChanges(after, { on: db })).up)).toEqual([]);
      await downgrade(after, "base", { on: db });
      expect(await db.all(select(users))).toEqual([{ id: 1, name: "Ann" }]);
      expect(basename(path ?? "")).toMatch(/^\d{8}-\d{6}-[0-9a-f]{12}-people\.ts$/);
    });

    test("a wider text is an alteration, and loses nothing", async () => {
      await db.create([users]);
      const plan = await planChanges(
        await projectOf({ users: table("users", { id: integer().primaryKey(), name: varchar(60) }) }),
        { on: db },
      );
      expect(lines(plan.up)).toEqual(['alter column "name" of "users"']);
      expect(plan.up[0]?.hazards.filter(({ kind }) => kind === "data loss")).toEqual([]);
      expect(plan.down[0]?.hazards.filter(({ kind }) => kind === "data loss").length).toBe(1);
    });

    test("options of tables change, and change back", async () => {
      const [before, after] = optionsOn[db.dialect.name] ?? [{}, {}];
      const logs = (options: Options) => {
        const light = table("logs", { id: integer().primaryKey(), name: varchar(20).nullable() }, { options });
        const notes = table("notes", { id: integer().primaryKey(), log: integer().references(() => light.id) });
        return [light, notes];
      };
      await db.create(logs(before));
      await db.execute("insert into logs (id, name) values (7, 'x')");
      await db.execute("insert into notes (id, log) values (1, 7)");
      using files = new GeneratedFiles();
      const project = { ...(await projectOf(logs(after))), folders: [files.folder] };
      const { plan } = await newRevision(project, { on: db, autogenerate: true, message: "options" });
      expect(lines(plan?.up ?? [])).toContain('alter the options of "logs"');
      expect(plan?.remarks).toEqual([]);
      const next = await reopen(project);
      await upgrade(next, "head", { on: db });
      expect(lines((await planChanges(next, { on: db })).up)).toEqual([]);
      await downgrade(next, "base", { on: db });
      expect(lines((await planChanges(await projectOf(logs(before)), { on: db })).up)).toEqual([]);
      expect(await db.all(sql.statement({ id: integer() })`select id from logs`)).toEqual([{ id: 7 }]);
      expect(files.complaints()).toEqual([]);
    });

    test.skipIf(db.dialect.name === "SQLite")("a schema that is not there is made", async () => {
      const schema = `made_${process.pid}`;
      const far = table("far", { id: integer().primaryKey() }, { schema });
      const declared = [far, table("near", { id: integer().references(() => far.id) })];
      const isPostgres = db.dialect.name === "PostgreSQL";
      using files = new GeneratedFiles();
      // A database of MySQL's refers to one of another only where it says its own.
      const project = { ...(await projectOf(isPostgres ? declared : [far])), folders: [files.folder] };
      try {
        const { plan } = await newRevision(project, { on: db, autogenerate: true, message: "far" });
        expect(lines(plan?.up ?? [])[0]).toBe(`create schema "${schema}"`);
        const next = await reopen(project);
        await upgrade(next, "head", { on: db });
        expect(lines((await planChanges(next, { on: db })).up)).toEqual([]);
        await downgrade(next, "base", { on: db });
        const there = sql.statement({ n: integer() })`
          select count(*) as n from information_schema.schemata where schema_name = ${schema}`;
        expect(await db.one(there)).toEqual({ n: isPostgres ? 0 : 1 });
        expect(files.complaints()).toEqual([]);
      } finally {
        await db.execute(`drop schema if exists ${db.dialect.quote(schema)}${isPostgres ? " cascade" : ""}`);
      }
    });

    test("a column that is computed from a renamed one keeps its index, and loses nothing", async () => {
      const before = table(
        "things",
        { id: integer().primaryKey(), x: integer(), twice: integer().generatedAs(() => sql(integer())`x * 2`) },
        { constraints: (t) => [index(t.twice), unique(t.twice, t.x)] },
      );
      const after = table(
        "things",
        {
          id: integer().primaryKey(),
          y: integer().renamedFrom("x"),
          twice: integer().generatedAs(() => sql(integer())`y * 2`),
        },
        {
          name: "items" as "things",
          renamedFrom: "things",
          constraints: (t) => [index(t.twice), unique(t.twice, t.y)],
        },
      );
      await db.create([before]);
      await db.execute("insert into things (id, x) values (1, 3)");
      using files = new GeneratedFiles();
      const project = { ...(await projectOf([after])), folders: [files.folder] };
      const { plan } = await newRevision(project, { on: db, autogenerate: true, message: "y" });
      const hazards = [...(plan?.up ?? []), ...(plan?.down ?? [])].flatMap((one) => one.hazards);
      expect(hazards.filter(({ kind }) => kind === "data loss")).toEqual([]);
      const next = await reopen(project);
      await upgrade(next, "head", { on: db });
      expect(lines((await planChanges(next, { on: db })).up)).toEqual([]);
      expect(await db.all(sql.statement({ twice: integer() })`select twice from items`)).toEqual([{ twice: 6 }]);
      await downgrade(next, "base", { on: db });
      expect(lines((await planChanges(await projectOf([before]), { on: db })).up)).toEqual([]);
      expect(files.complaints()).toEqual([]);
    });

    test("a database that is not at head is refused", async () => {
      using files = new GeneratedFiles();
      const project = { ...(await projectOf({ users })), folders: [files.folder] };
      const { id } = await newRevision(project, { on: db, autogenerate: true, message: "users" });
      const next = await reopen(project);
      await expect(newRevision(next, { on: db, autogenerate: true, message: "more" })).rejects.toThrow(
        `the database is not at head: 1 revision has not run, the first is "${id}"`,
      );
      await upgrade(next, "head", { on: db });
      expect((await newRevision(next, { on: db, autogenerate: true, message: "more" })).path).toBeUndefined();
    });

    test("comparisons and renderers of one's own have their say", async () => {
      using files = new GeneratedFiles();
      await db.create([table("users", { id: integer().primaryKey(), name: varchar(20).default("x") })]);
      const wanted = table("users", {
        id: integer().primaryKey(),
        name: varchar(60).default("y"),
        bio: text().nullable(),
      });
      const declared = { wanted };
      const strict = await projectOf(declared);
      expect(lines((await planChanges(strict, { on: db })).up)).toEqual([
        'add column "bio" to "users"',
        'alter column "name" of "users"',
      ]);
      const asked: unknown[] = [];
      const touch = { text: "touch", source: 'await op.execute("select 1");' };
      const project = {
        ...(await projectOf(declared, {
          sameType: (found: SqlType, other: SqlType) => found.kind === "varchar" && other.kind === "varchar",
          sameDefault: (_found: string, _other: string, place: object) => {
            asked.push(place);
            return true;
          },
          compare: ({ found }: OwnComparison) => [
            { up: { ...touch, text: `touch ${found.tables.length}` }, down: { ...touch, text: "untouch" } },
            { up: touch, down: touch, first: true },
          ],
          renderType: (type: SqlType, name: string | undefined) =>
            type.kind === "text"
              ? { source: `varchar(${[300, name].filter((part) => part !== undefined).join(", ")})` }
              : undefined,
          renderChange: (change: Change) =>
            change.kind === "dropColumn"
              ? { source: "await dropLater(op);", imports: ['import { dropLater } from "./later.ts";'] }
              : undefined,
        })),
        folders: [files.folder],
      };
      const { path, plan } = await newRevision(project, { on: db, autogenerate: true, message: "bio" });
      expect(lines(plan?.up ?? [])).toEqual(["touch", 'add column "bio" to "users"', "touch 1"]);
      expect(lines(plan?.down ?? [])).toEqual(["untouch", 'drop column "bio" of "users"', "touch"]);
      expect(asked).toContainEqual({ schema: undefined, table: "users", column: "name" });
      const source = readFileSync(path ?? "", "utf8");
      expect(source).toContain('await op.addColumn("users", { bio: varchar(300).nullable() });');
      expect(source).toContain('import { dropLater } from "./later.ts";');
      expect(source).toContain("    await dropLater(op);\n");
      expect(source.match(/await op.execute\("select 1"\);/g)?.length).toBe(4);
    });

    test("rewriting, templates and hooks have their say", async () => {
      using files = new GeneratedFiles();
      const written: string[] = [];
      const base = await projectOf(
        { users, logs: table("logs", { id: integer().primaryKey() }) },
        {
          rewrite: (changes: readonly Change[]) =>
            changes.filter(
              (change) => !("table" in change && typeof change.table === "object" && change.table.name === "logs"),
            ),
          template: ({ up }: { readonly up: readonly string[] }) => `// ${up.length} steps\n`,
          fileName: ({ message }: { readonly message: string }) => `${message}.ts`,
          afterWrite: (path: string) => void written.push(basename(path)),
        },
      );
      const { path } = await newRevision(
        { ...base, folders: [files.folder] },
        { on: db, autogenerate: true, message: "users" },
      );
      expect(readFileSync(path ?? "", "utf8")).toBe("// 1 steps\n");
      expect(written).toEqual(["users.ts"]);
    });
  },
);

const postgres = databases.find(({ name }) => name === "postgres");
describe.skipIf(postgres === undefined)("PostgreSQL", () => {
  const db = postgres?.db as Database<any>;
  afterEach(() => clean(db));

  test("enumerations, sequences, views and materialized views change, and change back", async () => {
    const people = (values: readonly [string, ...string[]]) =>
      table("people", { id: integer().primaryKey(), mood: enumeration(values, { type: "mood" }).default(values[0]) });
    const before = people(["sad", "ok", "happy"]);
    const after = people(["happy", "ok", "glad"]);
    const grown = people(["sad", "ok", "glad", "happy"]);
    const all = (source: typeof before, least: number) => [
      source,
      sequence("numbers", { start: least }),
      view("moods", select({ id: source.id, mood: source.mood }).from(source).where(source.id.gt(least))),
      materializedView("counted", select({ id: source.id }).from(source).where(source.id.lt(least)), {
        indexes: (v) => [index(v.id)],
      }),
    ];
    await db.create(all(before, 1));
    const grows = await planChanges(await projectOf(all(grown, 1)), { on: db });
    expect(lines(grows.up)).toEqual(['add "glad" to type "mood"']);
    using files = new GeneratedFiles();
    const project = { ...(await projectOf(all(after, 2))), folders: [files.folder] };
    const { plan } = await newRevision(project, { on: db, autogenerate: true, message: "moods" });
    const dropped = plan?.up.find(({ change }) => change.kind === "dropView" && change.name === "moods");
    expect(dropped?.hazards.map(({ kind, message }) => [kind, message])).toEqual([
      ["note", 'rights, comments and options that "moods" was given by hand go with it'],
    ]);
    expect(plan?.up.find(({ change }) => change.kind === "createIndex")?.hazards).toEqual([]);
    expect(lines(plan?.up ?? [])).toContain('replace the values of enumeration "mood"');
    await db.execute("insert into people (mood) values ('ok')");
    const next = await reopen(project);
    await upgrade(next, "head", { on: db });
    expect(lines((await planChanges(next, { on: db })).up)).toEqual([]);
    expect(await db.all(sql.statement({ mood: text() })`select mood::text from people`)).toEqual([{ mood: "ok" }]);
    await downgrade(next, "base", { on: db });
    expect(lines((await planChanges(await projectOf(all(before, 1)), { on: db })).up)).toEqual([]);
    expect(files.complaints()).toEqual([]);
    // A value that a row has is not taken away.
    await db.execute("update people set mood = 'sad'");
    await expect(upgrade(next, "head", { on: db })).rejects.toThrow(
      '1 rows of "people" have values in "mood" that it shall not have any more',
    );
  });

  test("domains change, and change back", async () => {
    const n = (domain: string) =>
      customType({ sql: `"${domain}"`, base: integer(), encode: (value: number) => value, decode: (value) => value });
    const value = (text: string) => sql(boolean())`${sql.raw(text)}`;
    const people = table("people", { id: integer().primaryKey(), age: n("age")().nullable() });
    const before = [domain("age", integer(), { check: value("value > 0"), default: sql(integer())`1` }), people];
    const after = [
      domain("age", integer(), { nullable: false, check: { adult: value("value >= 18"), sane: value("value < 150") } }),
      people,
    ];
    await db.create(before);
    expect(lines((await planChanges(await projectOf(before), { on: db })).up)).toEqual([]);
    using files = new GeneratedFiles();
    const project = { ...(await projectOf(after)), folders: [files.folder] };
    const { plan } = await newRevision(project, { on: db, autogenerate: true, message: "ages" });
    expect(lines(plan?.up ?? [])).toEqual(['alter domain "age"']);
    const next = await reopen(project);
    await upgrade(next, "head", { on: db });
    expect(lines((await planChanges(next, { on: db })).up)).toEqual([]);
    await expect(db.execute("insert into people (age) values (3)")).rejects.toThrow("adult");
    await downgrade(next, "base", { on: db });
    expect(lines((await planChanges(await projectOf(before), { on: db })).up)).toEqual([]);
    const other = await planChanges(await projectOf([domain("age", text()), people]), { on: db });
    expect(other.remarks).toEqual([
      'domain "age" is declared over another type, which no database can change: declare another domain, and turn the columns to it',
    ]);
    expect(files.complaints()).toEqual([]);
  });

  test("text that names another schema is taken for the declared one where what it means is not there", async () => {
    const level = enumeration(["low", "high"], { type: "level", schema: "audit" });
    const entries = table(
      "entries",
      { id: integer().primaryKey(), level: level.default(sql(level)`'low'::audit.level`) },
      { schema: "audit" },
    );
    const schema = [
      entries,
      view("high", sql.statement({ id: integer() })`select id from audit.entries where level = 'high'::audit.level`),
    ];
    const plan = await planChanges(await projectOf(schema), { on: db });
    expect(lines(plan.up)).toContain('create view "high"');
    expect(JSON.stringify(plan.up)).not.toContain("athanor_scratch");
    await db.execute("create schema audit");
    await db.create(schema);
    expect(lines((await planChanges(await projectOf(schema), { on: db })).up)).toEqual([]);
    await db.execute("drop schema audit cascade");
  });

  test("what locks or rewrites is marked with the safer way", async () => {
    const wide = (name: string) =>
      table(
        "posts",
        { id: integer().primaryKey(), title: varchar(20).nullable(), n: integer() },
        { name: name as "posts" },
      );
    await db.create([wide("posts"), users]);
    const wanted = table(
      "posts",
      {
        id: integer().primaryKey(),
        title: varchar(20),
        n: varchar(9),
        author: integer()
          .nullable()
          .references(() => users.id),
      },
      { constraints: (t) => [index(t.title), check(sql(boolean())`${t.title} <> ''`)] },
    );
    const { up } = await planChanges(await projectOf([wanted, users]), { on: db });
    const marks = up.flatMap(({ change, hazards }) =>
      hazards.map(({ kind, instead }) => [change.kind, kind, instead?.split(/[,:.]/)[0]]),
    );
    expect(marks).toEqual([
      ["alterColumn", "note", "Fill them in a step before"],
      ["alterColumn", "lock", 'On a large table add a check ("title" is not null) as notValid'],
      ["alterColumn", "data loss", undefined],
      ["alterColumn", "rewrite", "On a large table add a column of the new type"],
      ["createIndex", "lock", "On a large table give { concurrently"],
      ["addCheck", "lock", "On a large table give { notValid"],
      ["addForeignKey", "lock", "On a large table give { notValid"],
    ]);
  });
});
