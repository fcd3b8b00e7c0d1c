// SQLite's tables that are copied into a new shape: nothing that refers to them is lost, and nothing that belongs to them.
import { insertInto, integer, select, sql, table, text, varchar } from "athanor";
import { sqlite } from "athanor/sqlite";
import { describe, expect, test } from "vitest";
import type { Operations } from "../../../migrate/operation/operations.ts";
import { openProject } from "../../../migrate/project.ts";
import { revision } from "../../../migrate/revision/revision.ts";
import { downgrade, upgrade } from "../../../migrate/run/upgrade.ts";

const parents = table(
  "parents",
  { id: integer().primaryKey(), name: varchar(20).nullable() },
  { options: { autoincrement: true } },
);
const children = table("children", {
  id: integer().primaryKey(),
  parentId: integer("parent_id").references(() => parents.id, { onDelete: "cascade" }),
});
const grandchildren = table("grandchildren", {
  id: integer().primaryKey(),
  childId: integer("child_id").references(() => children.id, { onDelete: "cascade" }),
});

const one = (up: (op: Operations) => Promise<void>, down: (op: Operations) => Promise<void> = async () => {}) =>
  openProject({
    config: { database: "unused" },
    revisions: [revision({ id: "aaaa", after: [], message: "one", up, down })],
  });

async function filled() {
  const db = sqlite(":memory:");
  await db.create([parents, children, grandchildren]);
  await db.run(insertInto(parents).values([{ name: "a" }, { name: "b" }, { name: "c" }]));
  await db.run(insertInto(children).values([{ parentId: 1 }, { parentId: 1 }, { parentId: 2 }]));
  await db.run(insertInto(grandchildren).values([{ childId: 1 }, { childId: 3 }]));
  return db;
}

describe("a table that is copied", () => {
  test("keeps every child that would be deleted with its parent, triggers, views and the number it was at", async () => {
    await using db = await filled();
    await db.execute("delete from parents where id = 3");
    await db.execute("create table log (what text)");
    await db.execute("create trigger renamed after update on parents begin insert into log values (new.name); end");
    await db.execute("create view names as select name from parents");
    const tighten = async (op: Operations) => {
      await op.alterColumn("parents", "name", { from: varchar(20).nullable(), to: varchar(40) });
    };
    const project = await one(tighten, async (op) => {
      await op.alterColumn("parents", "name", { from: varchar(40), to: varchar(20).nullable() });
    });
    await upgrade(project, "head", { on: db });
    expect((await db.all(select(children))).length).toBe(3);
    expect((await db.all(select(grandchildren))).length).toBe(2);
    await db.execute("update parents set name = 'z' where id = 1");
    expect(await db.all(sql.statement({ what: text() })`select what from log`)).toEqual([{ what: "z" }]);
    expect(await db.all(sql.statement({ name: text() })`select name from names`)).toEqual([
      { name: "z" },
      { name: "b" },
    ]);
    // A number that was given once is not given again.
    await db.run(insertInto(parents).values({ name: "d" }));
    expect(await db.all(select({ id: parents.id }).from(parents))).toEqual([{ id: 1 }, { id: 2 }, { id: 4 }]);
    await expect(db.execute("insert into children (parent_id) values (99)")).rejects.toThrow("FOREIGN KEY");
    await downgrade(project, "base", { on: db });
    expect((await db.all(select(children))).length).toBe(3);
  });

  test("is not changed if rows would refer to nothing afterwards", async () => {
    await using db = await filled();
    const project = await one(async (op) => {
      await op.commentTable("parents", "who has children");
      await op.execute("delete from parents where id = 1");
    });
    await expect(upgrade(project, "head", { on: db })).rejects.toThrow(
      '2 rows of "children" refer to rows of "parents" that are not there: everything is rolled back',
    );
    expect((await db.all(select(parents))).length).toBe(3);
    expect((await db.inspect()).tables.find(({ name }) => name === "parents")?.comment).toBeUndefined();
  });

  test("is not changed if a view would no longer work", async () => {
    await using db = await filled();
    await db.execute("create view names as select name from parents");
    const project = await one((op) => op.dropColumn("parents", "name"));
    await expect(upgrade(project, "head", { on: db })).rejects.toThrow(
      'view "names" no longer works once "parents" is changed',
    );
    expect((await db.all(select(parents))).length).toBe(3);
  });

  test("is not dropped with the rows that refer to it", async () => {
    await using db = await filled();
    const project = await one((op) => op.dropTable("parents"));
    await expect(upgrade(project, "head", { on: db })).rejects.toThrow('rows of "children" refer to rows of "parents"');
    expect((await db.all(select(children))).length).toBe(3);
  });
});
