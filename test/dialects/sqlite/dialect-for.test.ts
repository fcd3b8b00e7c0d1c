import {
  bytes,
  customType,
  type Database,
  database,
  double,
  insertInto,
  integer,
  jsonArray,
  select,
  table,
} from "athanor";
import { describe, expect, test } from "vitest";
import { Connections } from "../../../dialects/sqlite/connections.ts";
import { dialectOfDigits } from "../../../dialects/sqlite/dialect-for.ts";
import { inspect } from "../../../dialects/sqlite/inspector.ts";
import { natives } from "./open.ts";

const metres = customType({ sql: "double precision", base: double(), encode: (of: number) => of, decode: (of) => of });
const numbers = table("numbers", {
  id: integer().primaryKey(),
  of: double().nullable(),
  far: metres().nullable(),
  raw: bytes(),
});

describe.each(natives)("$name", (native) => {
  test("a SQLite that leaves out digits of doubles in JSON gives all of them by a function", async () => {
    await using db: Database<never> = database(new Connections(native, ":memory:", {}, dialectOfDigits, inspect));
    await db.create({ numbers });
    const values = [
      0.1,
      -1 / 3,
      1,
      2 ** 60,
      5e-324,
      Number.MAX_VALUE,
      Number.POSITIVE_INFINITY,
      -Number.MAX_VALUE,
      null,
    ];
    const rows = values.map((of, index) => ({ id: index + 1, of, far: of, raw: new Uint8Array(0) }));
    await db.run(insertInto(numbers).values(rows));
    expect(await db.scalar(select({ all: jsonArray(select(numbers).orderBy(numbers.id.asc())) }))).toEqual(rows);
  });

  test("bytes of which there are none are not null, whatever holds them", async () => {
    await using db: Database<never> = database(new Connections(native, ":memory:", {}, dialectOfDigits, inspect));
    await db.create({ numbers });
    const nothings = [
      new Uint8Array(),
      new Uint8Array(new ArrayBuffer(0)),
      Buffer.alloc(0),
      new TextEncoder().encode(""),
    ];
    await db.run(insertInto(numbers).values(nothings.map((raw) => ({ raw }))));
    expect(await db.all(select({ raw: numbers.raw }).from(numbers))).toEqual(
      nothings.map(() => ({ raw: new Uint8Array() })),
    );
  });
});
