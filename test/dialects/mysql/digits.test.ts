// MariaDB is sent the whole numbers of new rows as their digits: they arrive as they are, whatever their size.
import { bigint, excluded, insertInto, integer, type Queries, select, table } from "athanor";
import { expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const numbers = table("digits", { id: integer().primaryKey(), big: bigint(), small: integer().nullable() });

for (const { name, db } of databases.filter(({ dialect }) => dialect.name === "MariaDB")) {
  test(`${name}: whole numbers are stored exactly, and what is none is told by its column`, async () => {
    const all: Queries<any> = db;
    await all.create([numbers]);
    const rows = [
      { big: 9223372036854775807n, small: -2147483648 },
      { big: -9223372036854775808n, small: null },
      { big: 9007199254740993n, small: 0 },
    ];
    await all.run(insertInto(numbers).values(rows));
    expect(await all.all(select({ big: numbers.big, small: numbers.small }).from(numbers))).toEqual(rows);
    await expect(all.run(insertInto(numbers).values({ big: 1n, small: 1.5 }))).rejects.toThrow(
      /column "small" of "digits": expected /,
    );
    await expect(all.run(insertInto(numbers).values({ big: 1n, small: 2 ** 31 }))).rejects.toThrow();
    await all.run(
      insertInto(numbers)
        .values({ id: 1, big: 7n, small: 7 })
        .onConflict(numbers.id)
        .doUpdate({ small: excluded(numbers.small) }),
    );
    expect(
      await all.first(select({ big: numbers.big, small: numbers.small }).from(numbers).where(numbers.id.eq(1))),
    ).toEqual({ ...rows[0], small: 7 });
    await all.drop([numbers]);
  });
}
