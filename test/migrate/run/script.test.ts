// The script that does what an upgrade would do, run by the database's own means, leads to the same.
import { insertInto, integer, table, text, update, varchar } from "athanor";
import { afterEach, describe, expect, test } from "vitest";
import { compare } from "../../../migrate/compare/compare.ts";
import { kindOf } from "../../../migrate/database.ts";
import { openProject } from "../../../migrate/project.ts";
import { revision } from "../../../migrate/revision/revision.ts";
import { script } from "../../../migrate/run/script.ts";
import { appliedTo, downgrade, upgrade } from "../../../migrate/run/upgrade.ts";
import { databases } from "../../support/databases.ts";

const users = table("users", { id: integer().primaryKey(), name: varchar(40), bio: text().nullable() });
const light = table("users", { name: varchar(40), bio: text().nullable() });

const revisions = [
  revision({
    id: "aaaa",
    after: [],
    message: "users",
    async up(op) {
      await op.createTable(users);
      await op.run(insertInto(light).values({ name: "it's; --", bio: null }));
    },
    async down(op) {
      await op.dropTable("users");
    },
  }),
  revision({
    id: "bbbb",
    after: ["aaaa"],
    message: "bios",
    async up(op) {
      await op.run(update(light).set({ bio: "none" }).where(light.bio.isNull()));
      await op.alterColumn("users", "bio", { from: text().nullable(), to: text() });
    },
    async down(op) {
      await op.alterColumn("users", "bio", { from: text(), to: text().nullable() });
    },
  }),
];

const wanted = databases.filter(({ name }) => name !== "node:sqlite");
describe.each(wanted.map((it) => [it.name, it] as const))("%s", (_name, { db }) => {
  afterEach(async () => db.drop((await db.inspect()).tables));
  const open = (list = revisions) => openProject({ config: { database: "unused" }, revisions: list });

  test("what a script leads to is what an upgrade leads to", async () => {
    const project = await open();
    const text = await script(project, "up", "head", { from: "base", on: db });
    await db.connection((connection) => connection.execute(text));
    expect(await appliedTo(project, { on: db })).toEqual(new Set(["aaaa", "bbbb"]));
    const scripted = await db.inspect();
    const back = await script(project, "down", "base", { on: db });
    await db.connection((connection) =>
      connection.execute(back.replace("create temporary table", "create temporary table if not exists")),
    );
    await upgrade(project, "head", { on: db });
    expect(compare(scripted, await db.inspect(), { dialect: db.dialect, kind: kindOf(db.dialect) }).changes).toEqual(
      [],
    );
    await downgrade(project, "base", { on: db });
  });

  test("a script stops where rows are in the way", async () => {
    const project = await open([
      revisions[0] as (typeof revisions)[number],
      revision({
        ...(revisions[1] as (typeof revisions)[number]),
        async up(op) {
          await op.alterColumn("users", "bio", { from: text().nullable(), to: text() });
        },
      }),
    ]);
    await upgrade(project, "aaaa", { on: db });
    const text_ = await script(project, "up", "head", { on: db });
    await expect(
      db.connection((connection) =>
        connection.execute(text_.replace("create temporary table", "create temporary table if not exists")),
      ),
    ).rejects.toThrow();
    expect(await appliedTo(project, { on: db })).toEqual(new Set(["aaaa"]));
  });

  test("a revision that reads rows has no script", async () => {
    const project = await open([
      revision({
        id: "cccc",
        after: [],
        message: "reads",
        up: async (op) => void (await op.all(insertInto(light).values({ name: "" }) as never)),
        down: () => {},
      }),
    ]);
    await expect(script(project, "up", "head", { from: "base", on: db })).rejects.toThrow(
      "a revision reads rows, which a script cannot",
    );
  });
});
