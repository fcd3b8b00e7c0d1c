// What the catalogue lacks is written by name: an operator, a function, a text of SQL. Each has the type that it is said to
// have, and is null where an operand is.
import { fn, insertInto, integer, select, sql, table, text } from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const flags = table("flags", { id: integer().primaryKey(), bits: integer(), name: text().nullable() });

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create({ flags });
    await db.run(
      insertInto(flags).values([
        { id: 1, bits: 6, name: "Ann" },
        { id: 2, bits: 9 },
      ]),
    );
  });

  test("an operator between two operands", async () => {
    const both = flags.bits.op("&", 3, integer());
    expect(
      await db.all(
        select({ both, more: both.add(1) })
          .from(flags)
          .orderBy(flags.id.asc()),
      ),
    ).toEqual([
      { both: 2, more: 3 },
      { both: 1, more: 2 },
    ]);
    expect(
      await db.all(
        select({ id: flags.id })
          .from(flags)
          .where(flags.bits.op("|", flags.id, integer()).eq(7)),
      ),
    ).toEqual([{ id: 1 }]);
  });

  test("a function", async () => {
    const rows = select({ changed: fn.call("replace", text(), flags.name, sql(text())`'n'`, sql(text())`'m'`) });
    expect(await db.all(rows.from(flags).orderBy(flags.id.asc()))).toEqual([{ changed: "Amm" }, { changed: null }]);
  });

  test("what is no value of the type that was said is refused", async () => {
    const wrong = select({ wrong: fn.call("concat", integer(), flags.name, flags.name) }).from(flags);
    await expect(db.all(wrong.where(flags.id.eq(1)))).rejects.toThrow('"wrong"');
  });
});
