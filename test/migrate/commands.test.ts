// The functions behind the commands, without a database server: the graph, merges, checks, verification, tenants.
import { integer, sql, table, text } from "athanor";
import { connect } from "athanor/connect";
import { sqlite } from "athanor/sqlite";
import { describe, expect, test } from "vitest";
import { check, verify } from "../../migrate/command/check.ts";
import { branches, current, heads, history, show } from "../../migrate/command/look.ts";
import { init, merge, newRevision } from "../../migrate/command/write.ts";
import type { DatabasePlace } from "../../migrate/database.ts";
import { openProject, reopen } from "../../migrate/project.ts";
import type { RevisionDeclaration } from "../../migrate/revision/revision.ts";
import { appliedTo, downgrade, stamp, upgrade } from "../../migrate/run/upgrade.ts";
import { databases } from "../support/databases.ts";
import { migrationPlace, placeNames } from "../support/migration-places.ts";
import { MigrationProject } from "../support/migration-project.ts";

const empty = (id: string, after: readonly string[], more: Partial<RevisionDeclaration> = {}): RevisionDeclaration => ({
  id,
  after,
  message: `the ${id}`,
  up: () => {},
  down: () => {},
  ...more,
});
const projectOf = (...revisions: readonly RevisionDeclaration[]) =>
  openProject({ config: { database: "unused" }, revisions });
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe("the graph", () => {
  const graph = () =>
    projectOf(
      empty("a1", []),
      empty("b1", ["a1"]),
      empty("b2", ["a1"], { label: "billing" }),
      empty("c1", ["b1", "b2"]),
      empty("x1", [], { label: "own", dependsOn: ["b1"] }),
    );

  test("is shown", async () => {
    const project = await graph();
    expect(ids(heads(project))).toEqual(["c1", "x1"]);
    expect(branches(project).map(({ at, into }) => [at.id, ids(into)])).toEqual([["a1", ["b1", "b2"]]]);
    expect(ids(history(project, "a1:c1"))).toEqual(["c1", "b2", "b1"]);
    expect(ids(show(project, "billing"))).toEqual(["b2"]);
  });

  test("is walked by labels, steps and branches", async () => {
    await using db = sqlite(":memory:");
    const on = { on: db };
    const project = await graph();
    expect((await upgrade(project, "own@head", on)).ran.map(({ id }) => id)).toEqual(["a1", "b1", "x1"]);
    expect((await upgrade(project, "billing", on)).current).toEqual(["b1", "b2", "x1"]);
    expect((await upgrade(project, "heads", on)).current).toEqual(["c1", "x1"]);
    expect((await downgrade(project, "own@base", on)).ran.map(({ id }) => id)).toEqual(["x1"]);
    expect((await downgrade(project, "-1", on)).current).toEqual(["b1", "b2"]);
    await expect(downgrade(project, "-1", on)).rejects.toThrow("the database is at 2 versions: b1, b2");
    expect((await downgrade(project, "billing@base", on)).current).toEqual(["b1"]);
    await expect(downgrade(project, "c1", on)).rejects.toThrow('the database has not had "c1"');
  });

  test("a branch that nothing of has run is entered step by step", async () => {
    await using db = sqlite(":memory:");
    const project = await graph();
    await upgrade(project, "a1", { on: db });
    expect((await upgrade(project, "billing@+1", { on: db })).ran.map(({ id }) => id)).toEqual(["b2"]);
    await expect(upgrade(project, "billing@+3", { on: db })).rejects.toThrow(
      "there is no +3: the last revision is 1 away",
    );
    await expect(upgrade(project, "-1", { on: db })).rejects.toThrow("an upgrade to -1 would go down");
    await expect(downgrade(project, "own@+1", { on: db })).rejects.toThrow("a downgrade to own@+1 would go up");
  });

  test("says what is wrong with it", async () => {
    await expect(projectOf(empty("a1", []), empty("a1", []))).rejects.toThrow('two revisions have the id "a1"');
    await expect(projectOf(empty("a1", ["zz"]))).rejects.toThrow(
      'revision "a1" comes after "zz", which there is none of',
    );
    await expect(projectOf(empty("a1", ["b1"]), empty("b1", ["a1"]))).rejects.toThrow("in a circle: a1, b1");
    const project = await projectOf(empty("a1", []), empty("a2", []));
    await expect(upgrade(project, "a", { on: sqlite(":memory:") })).rejects.toThrow('"a" begins 2 ids: a1, a2');
  });
});

describe("a database", () => {
  test("says where it is, and can be told", async () => {
    await using db = sqlite(":memory:");
    const project = await projectOf(empty("a1", []), empty("b1", ["a1"]));
    expect(await current(project, { on: db })).toMatchObject({ at: [], isHead: false });
    await upgrade(project, "a1", { on: db });
    expect(await current(project, { on: db })).toMatchObject({
      at: [{ id: "a1" }],
      isHead: false,
      waiting: [{ id: "b1" }],
    });
    const fewer = await projectOf(empty("z1", []));
    await expect(upgrade(fewer, "head", { on: db })).rejects.toThrow(
      'the database has had revision "a1", which there is no file of',
    );
    expect((await stamp(fewer, "head", { on: db, purge: true })).current).toEqual(["z1"]);
  });

  test("can be a transaction of the caller's, which is rolled back", async () => {
    await using db = sqlite(":memory:");
    const light = table("light", { id: integer().primaryKey() });
    const project = await projectOf(empty("a1", [], { up: (op) => op.createTable(light) }));
    await db.transaction(async (tx) => {
      await upgrade(project, "head", { on: tx });
      expect((await tx.inspect()).tables.map(({ name }) => name)).toContain("light");
      await tx.rollback();
    });
    expect((await db.inspect()).tables).toEqual([]);
  });
});

describe.each(databases.filter(({ server }) => server !== undefined).map((it) => [it.name, it] as const))(
  "tenants on %s",
  (_name, { db }) => {
    test("are not made by who only looks, and share no version table", async () => {
      const project = await projectOf(empty("a1", []));
      const tenant = `t_none_${process.pid}`;
      const looked = await current(project, { on: db, tenant }).catch((error: unknown) => error);
      expect(looked).toMatchObject(db.dialect.name === "PostgreSQL" ? { at: [] } : { code: "UNDEFINED_OBJECT" });
      const schemas = sql.statement({ name: text() })`
        select schema_name as name from information_schema.schemata where schema_name = ${tenant}`;
      expect(await db.all(schemas)).toEqual([]);
      const shared = await openProject({ config: { database: "unused", history: { schema: "ops" } }, revisions: [] });
      await expect(upgrade(shared, "head", { on: db, tenant })).rejects.toThrow(
        'the version table is in the schema "ops", where it would be that of every tenant',
      );
    });

    test("have a schema for the version table where one is named", async () => {
      const schema = `ops_${process.pid}`;
      const light = table("light", { id: integer().primaryKey() });
      const revisions = [empty("a1", [], { up: (op) => op.createTable(light), down: (op) => op.dropTable("light") })];
      const project = await openProject({ config: { database: "unused", history: { schema } }, revisions });
      try {
        await upgrade(project, "head", { on: db });
        expect((await db.inspect({ schemas: [schema] })).tables.map(({ name }) => name)).toEqual([
          "athanor_versions",
          "athanor_versions_journal",
        ]);
        await downgrade(project, "base", { on: db });
      } finally {
        await db.execute(
          `drop schema if exists ${db.dialect.quote(schema)}${db.dialect.name === "PostgreSQL" ? " cascade" : ""}`,
        );
      }
    });

    test("have their own tables and versions", async () => {
      const light = table("light", { id: integer().primaryKey() });
      const project = await projectOf(
        empty("a1", [], { up: (op) => op.createTable(light), down: (op) => op.dropTable("light") }),
        empty("b1", ["a1"]),
      );
      const tenants = ["acme", "zulu"].map((name) => `t_${name}_${process.pid}`);
      const [acme, zulu] = tenants as [string, string];
      try {
        await upgrade(project, "head", { on: db, tenant: acme });
        await upgrade(project, "a1", { on: db, tenant: zulu });
        expect(await appliedTo(project, { on: db, tenant: acme })).toEqual(new Set(["a1", "b1"]));
        expect(await appliedTo(project, { on: db, tenant: zulu })).toEqual(new Set(["a1"]));
        expect((await db.inspect()).tables).toEqual([]);
        expect((await db.inspect({ schemas: [acme] })).tables.map(({ name }) => name)).toContain("light");
      } finally {
        for (const name of tenants)
          await db.execute(
            `drop schema if exists ${db.dialect.quote(name)}${db.dialect.name === "PostgreSQL" ? " cascade" : ""}`,
          );
      }
    });
  },
);

describe.each(placeNames.filter((name) => name !== "sqlite").map((name) => [name]))(
  "%s opened by a function",
  (name) => {
    const revisions = [
      empty("a1", [], {
        up: (op) => op.createTable(table("light", { id: integer().primaryKey() })),
        down: (op) => op.dropTable("light"),
      }),
    ];

    test("is verified on a scratch database that it opens by name", async () => {
      await using place = await migrationPlace(name);
      const opened: (string | undefined)[] = [];
      const database = ({ database }: DatabasePlace) => {
        opened.push(database);
        const url = new URL(place.url);
        if (database !== undefined) url.pathname = `/${database}`;
        return connect(url.href);
      };
      const project = await openProject({ config: { database }, revisions });
      expect(await verify(project)).toEqual({ faults: [], revisions: 1 });
      expect(opened).toEqual([undefined, expect.stringMatching(/^athanor_verify_/)]);
      // Neither the version table nor, on MySQL, what is in other databases is touched.
      const other = `other_${process.pid}`;
      const far = table("far", { id: integer().primaryKey() }, { schema: other });
      const near = [
        empty("a1", [], {
          up: async (op) => {
            await op.createSchema(other);
            await op.createTable(far);
          },
          down: async (op) => {
            await op.dropTable({ schema: other, table: "far" });
            await op.dropSchema(other);
          },
        }),
      ];
      const away = await openProject({ config: { database, history: { schema: "nowhere" } }, revisions: near });
      if (name === "postgres") expect(await verify(away)).toEqual({ faults: [], revisions: 1 });
      else {
        await expect(verify(away)).rejects.toThrow(`names the database "${other}", which is not the scratch database`);
        expect(await place.db.inspect({ schemas: [other] })).toEqual({ tables: [], others: [] });
      }
      const deaf = await openProject({ config: { database: () => connect(place.url) }, revisions });
      await expect(verify(deaf)).rejects.toThrow("was given the name of a scratch database, and opened another");
      expect((await place.db.inspect()).tables).toEqual([]);
    });
  },
);

describe("files", () => {
  test("a project begins, branches, and is merged", async () => {
    using files = new MigrationProject("sqlite::memory:");
    expect(
      init(files.folder)
        .map((path) => path.slice(files.folder.length + 1))
        .sort(),
    ).toEqual(["migrations/.gitkeep", "schema.ts"]);
    let project = await openProject({ root: files.folder });
    const first = await newRevision(project, { message: "first", label: "main" });
    project = await reopen(project);
    await newRevision(project, { message: "left" });
    project = await reopen(project);
    await expect(newRevision(project, { message: "right", after: first.id as string })).rejects.toThrow(
      "so a branch would begin there",
    );
    await newRevision(project, { message: "right", after: first.id as string, splice: true });
    project = await reopen(project);
    await expect(newRevision(project, { message: "more" })).rejects.toThrow("there are 2 heads");
    await merge(project, { message: "both" });
    project = await reopen(project);
    expect(heads(project).map(({ message }) => message)).toEqual(["both"]);
  });

  test("the command refuses what it would have to guess at", async () => {
    using files = new MigrationProject("sqlite:app.sqlite");
    files.revision("a1", [], { up: "", down: "" });
    files.revision("b1", ["a1"], { up: "", down: "" });
    const said = async (...args: readonly string[]) => {
      const { code, err } = await files.run(...args);
      return [code, err.split("\n")[0]];
    };
    expect(await said("upgrade", "a1", "b1")).toEqual([
      2,
      'error: athanor upgrade does not take "b1": upgrade [target]',
    ]);
    expect(await said("check", "now")).toEqual([2, 'error: athanor check does not take "now": check']);
    expect(await said("current", "--name", "x")).toEqual([
      2,
      expect.stringContaining("athanor.config.ts has a single configuration, which has no name"),
    ]);
    expect(await said("revision", "-m", " ")).toEqual([2, "error: a revision needs a message"]);
    expect(await said("upgrade", "--nonsense")).toEqual([
      2,
      "error: Unknown option '--nonsense': athanor help <command> lists them",
    ]);
    expect(await said("help", "nope")).toEqual([2, 'error: there is no command "nope": athanor help lists them']);
    const { err } = await files.run("downgrade", "zz", "--json");
    expect(JSON.parse(err)).toEqual({
      error: 'there is no revision "zz"',
      hint: "`athanor history` lists them.",
      code: "MIGRATION",
    });
    expect((await files.run("upgrade", "a1")).code).toBe(0);
    expect((await files.run("stamp", "base")).out).toBe("at base\n");
    expect((await files.run("upgrade", "--", "+1")).out).toBe("at a1\n");
    expect((await files.run("current")).out).toBe("a1 a1\n1 revision has not run\n");
    expect((await files.run("history", "--verbose", "a1:b1")).out).toMatch(
      /^b1 b1\n {2}after: a1\n {2}file: .*b1\.ts\n$/,
    );
  });

  test("what cannot be loaded says why", async () => {
    using files = new MigrationProject("sqlite::memory:");
    files.write("migrations/a.ts", "enum Broken { A }\nexport default Broken;\n");
    const outcome = await files.run("heads");
    expect(outcome.code).toBe(2);
    expect(outcome.err).toMatch(/the revision .*a\.ts cannot be loaded/);
    expect(outcome.err).toContain("Node takes types away and changes nothing else");
    files.write("migrations/a.ts", "export default 3;\n");
    expect((await files.run("heads")).err).toContain("a.ts declares no revision");
  });

  test("a revision that imports the schema is warned of", async () => {
    using files = new MigrationProject("sqlite:app.sqlite");
    files.write(
      "schema.ts",
      'import { integer, table } from "athanor";\nexport const users = table("users", { id: integer().primaryKey() });\n',
    );
    files.revision("a1", [], {
      head: 'import { users } from "../schema.ts";',
      up: "    await op.createTable(users);",
      down: '    await op.dropTable("users");',
    });
    expect((await files.run("upgrade")).code).toBe(0);
    const { out, code } = await files.run("check");
    expect(code).toBe(0);
    expect(out).toContain('revision "a1" imports ../schema.ts: declare light tables in it instead');
  });
});

describe("verification", () => {
  const things = table("things", { id: integer().primaryKey(), name: text() });
  const config = { database: "sqlite::memory:", schema: () => ({ things }) };

  test("proves that revisions lead there and back", async () => {
    const fine = empty("a1", [], { up: (op) => op.createTable(things), down: (op) => op.dropTable("things") });
    expect(await verify(await openProject({ config, revisions: [fine] }))).toEqual({ faults: [], revisions: 1 });
  });

  test("names what a down forgets", async () => {
    const base = empty("a1", [], { up: (op) => op.createTable(things), down: (op) => op.dropTable("things") });
    const lazy = empty("b1", ["a1"], { up: (op) => op.commentTable("things", "new") });
    const { faults } = await verify(await openProject({ config, revisions: [base, lazy] }));
    expect(faults).toEqual([
      { revision: "b1", what: 'its down does not lead back: it would take to comment on table "things"' },
    ]);
  });

  test("check ends well only where nothing differs and nothing waits", async () => {
    await using db = sqlite(":memory:");
    const fine = empty("a1", [], { up: (op) => op.createTable(things), down: (op) => op.dropTable("things") });
    const project = await openProject({ config, revisions: [fine] });
    expect(await check(project, { on: db })).toMatchObject({
      isFine: false,
      warnings: ["1 revision has not run: a1"],
    });
    await upgrade(project, "head", { on: db });
    expect(await check(project, { on: db })).toMatchObject({ isFine: true, warnings: [] });
    await db.execute("alter table things add column extra text");
    expect((await check(project, { on: db })).isFine).toBe(false);
  });
});
