// What docs/databases.md says is made the same, and what it says stays different.
import {
  bytes,
  DatabaseError,
  decimal,
  double,
  enumeration,
  fn,
  insertInto,
  integer,
  literal,
  rollup,
  select,
  table,
  text,
  timestamp,
  timestamptz,
} from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const things = table("things", {
  id: integer().primaryKey(),
  at: timestamptz(),
  local: timestamp(),
  price: decimal(10, 2),
  any: decimal(),
  half: double(),
  data: bytes(),
  word: text(),
  size: enumeration(["small", "large"]),
});
const first = new Date("2024-02-29T12:30:15.250Z");
const second = new Date("2024-02-29T12:30:00.000Z");

describe.each(databases)("differences: $name", ({ name, db }) => {
  const isOne = (...names: readonly string[]): boolean => names.includes(name);
  beforeAll(async () => {
    await db.create([things]);
    await db.run(
      insertInto(things).values([
        {
          at: first,
          local: first,
          price: "1.50",
          any: "1.5",
          half: -2.5,
          data: Uint8Array.of(1),
          word: "a!",
          size: "small",
        },
        {
          at: second,
          local: second,
          price: "20.00",
          any: "2",
          half: 3.5,
          data: Uint8Array.of(2),
          word: "b",
          size: "large",
        },
      ]),
    );
  });

  test("points in time and decimals as text", async () => {
    const rows = await db.all(
      select({ at: things.at.cast(text()), local: things.local.cast(text()), price: things.price.cast(text()) })
        .from(things)
        .orderBy(things.id),
    );
    expect(rows).toEqual([
      { at: "2024-02-29 12:30:15.25", local: "2024-02-29 12:30:15.25", price: "1.50" },
      { at: "2024-02-29 12:30:00", local: "2024-02-29 12:30:00", price: "20.00" },
    ]);
    const any = await db.all(
      select({ any: things.any.cast(text()) })
        .from(things)
        .orderBy(things.id),
    );
    const zeros = isOne("mariadb", "mysql") ? "0".repeat(29) : "";
    expect(any).toEqual([{ any: `1.5${zeros}` }, { any: isOne("mariadb", "mysql") ? `2.${zeros}0` : "2" }]);
  });

  test("a cast rounds halves to the even number, round() away from zero", async () => {
    const halves = {
      cast: things.half.cast(integer()),
      round: fn.round(things.half),
      up: literal(2.5).cast(integer()),
    };
    expect(await db.all(select(halves).from(things).orderBy(things.id))).toEqual([
      { cast: -2, round: -3, up: 2 },
      { cast: 4, round: 4, up: 2 },
    ]);
  });

  test("a pattern that ends in a lone ! means the sign itself", async () => {
    for (const pattern of ["a!", "%!", "_!!"]) {
      const found = select({ id: things.id }).from(things);
      expect(await db.all(found.where(things.word.like(pattern)))).toEqual([{ id: 1 }]);
      expect(await db.all(found.where(things.word.ilike(pattern.toUpperCase())))).toEqual([{ id: 1 }]);
    }
    const byColumn = db.all(select({ id: things.id }).from(things).where(things.word.like(things.word)));
    if (isOne("postgres")) await expect(byColumn).rejects.toThrow(DatabaseError);
    else expect(await byColumn).toHaveLength(2);
  });

  test("division by zero is null, on PostgreSQL an error", async () => {
    const asked = db.all(
      select({ div: things.id.div(0), mod: things.id.mod(0) })
        .from(things)
        .limit(1),
    );
    if (isOne("postgres")) await expect(asked).rejects.toThrow("division by zero");
    else expect(await asked).toEqual([{ div: null, mod: null }]);
  });

  test("enumerations are compared as text, and sorted as declared on MySQL and MariaDB", async () => {
    expect(
      await db.all(
        select({ less: things.size.lt("small") })
          .from(things)
          .orderBy(things.id),
      ),
    ).toEqual([{ less: false }, { less: true }]);
    const sorted = await db.all(select({ size: things.size }).from(things).orderBy(things.size));
    const asText = [{ size: "large" }, { size: "small" }];
    expect(sorted).toEqual(isOne("mariadb", "mysql") ? asText.toReversed() : asText);
  });

  test("the largest bytes are unknown to PostgreSQL before 18", async () => {
    const ask = () => db.scalar(select({ largest: fn.max(things.data) }).from(things));
    if (!isOne("postgres")) return expect(await ask()).toEqual(Uint8Array.of(2));
    const version = Number(
      await db.scalar(select({ v: fn.call("current_setting", text(), literal("server_version_num")) })),
    );
    if (version < 180_000) await expect(ask()).rejects.toThrow("function max(bytea) does not exist");
    else expect(await ask()).toEqual(Uint8Array.of(2));
  });

  test("MariaDB does not sort what ROLLUP gives", async () => {
    const sums = select({ word: things.word, n: fn.count() }).from(things).groupBySets(rollup(things.word));
    const sorted = db.all(sums.orderBy(things.word.asc().nullsLast()));
    if (isOne("mariadb")) await expect(sorted).rejects.toThrow("ROLLUP and ORDER BY");
    else if (!db.dialect.features.has("ROLLUP")) await expect(sorted).rejects.toThrow("ROLLUP");
    else expect(await sorted).toHaveLength(3);
    if (db.dialect.features.has("ROLLUP")) {
      const inside = sums.as("sums");
      const outside = select({ word: inside.word, n: inside.n }).from(inside).orderBy(inside.word.asc().nullsLast());
      expect(await db.all(outside)).toEqual([
        { word: "a!", n: 1 },
        { word: "b", n: 1 },
        { word: null, n: 2 },
      ]);
    }
  });
});
