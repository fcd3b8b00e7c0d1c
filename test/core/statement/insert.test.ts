import { fn, insertInto, integer, select, table, text } from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const notes = table("default_notes", {
  id: integer().primaryKey(),
  state: text().default("new"),
  more: text().nullable(),
});

describe.each(databases)("$name", ({ db }) => {
  beforeAll(() => db.create({ notes }));

  test("rows of nothing but defaults are as many as were given", async () => {
    expect((await db.run(insertInto(notes).values([{}, {}, {}]))).affected).toBe(3);
    await db.run(insertInto(notes).values({}));
    await db.run(insertInto(notes).defaults());
    expect(await db.scalar(select({ n: fn.count() }).from(notes).where(notes.more.isNull()))).toBe(5);
  });
});
