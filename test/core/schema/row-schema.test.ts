import {
  bigint,
  boolean,
  bytes,
  CompileError,
  date,
  decimal,
  fn,
  InvalidInputError,
  insertInto,
  insertSchema,
  integer,
  json,
  select,
  table,
  text,
  timestamp,
  update,
  updateSchema,
  uuid,
  varchar,
} from "athanor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const accounts = table("accounts", {
  id: integer().primaryKey(),
  name: varchar(10),
  email: varchar(50).unique(),
  role: text().default("guest"),
  serial: bigint().nullable(),
  balance: decimal(8, 2).default("0.00"),
  born: date().nullable(),
  seen: timestamp().nullable(),
  key: uuid().default(() => "00000000-0000-4000-8000-000000000000"),
  photo: bytes().nullable(),
  extra: json<{ likes: string[] }>().nullable(),
  active: boolean(),
  shout: text().generatedAs(() => fn.upper(accounts.name)),
});
const only = ["name", "email", "serial", "balance", "born", "seen", "photo", "extra", "active"] as const;
const newAccount = insertSchema(accounts, { only });
const accountChange = updateSchema(accounts, { only });

const problems = (schema: typeof newAccount | typeof accountChange, data: unknown): string[] =>
  (schema["~standard"].validate(data).issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
const least = { name: "Ann", email: "a@example.com", active: true };

describe("an insert's schema", () => {
  test("gives the values of the columns, read from JSON where JSON has no better", () => {
    expect(newAccount.parse(least)).toEqual(least);
    const data = JSON.parse(`{
      "name": "Ann", "email": "a", "active": false, "serial": "9007199254740993", "balance": "1.50", "born": "2000-02-29",
      "seen": "2024-01-01T00:00:00.5+01:00", "photo": "AAEC", "extra": {"likes": ["x"]}
    }`);
    expect(newAccount.parse(data)).toEqual({
      ...data,
      serial: 9007199254740993n,
      seen: new Date("2023-12-31T23:00:00.500Z"),
      photo: new Uint8Array([0, 1, 2]),
    });
    expect(newAccount.parse({ ...least, seen: new Date(0), serial: null, born: undefined })).toEqual({
      ...least,
      seen: new Date(0),
      serial: null,
    });
  });

  test.each<[string, unknown, string[]]>([
    ["what is missing", { name: "x" }, ["email: is required", "active: is required"]],
    ["undefined for what is required", { ...least, name: undefined }, ["name: is required"]],
    ["a column outside the list", { ...least, role: "admin" }, ["role: is not allowed"]],
    ["the key", { ...least, id: 1 }, ["id: is not allowed"]],
    ["a computed column", { ...least, shout: "X" }, ["shout: is not allowed"]],
    [
      "__proto__",
      { ...least, ...JSON.parse('{"x": 1}'), ["__proto__"]: 1 },
      ["x: is not allowed", "__proto__: is not allowed"],
    ],
    ["null", { ...least, name: null }, ["name: cannot be null"]],
    ["another type", { ...least, name: 1 }, ["name: expected a string of at most 10 characters, found a whole number"]],
    [
      "a number as a string",
      { ...least, serial: 1.5 },
      ["serial: expected a bigint from -9223372036854775808 to 9223372036854775807, found a fraction"],
    ],
    [
      "long text",
      { ...least, name: "x".repeat(11) },
      ["name: expected a string of at most 10 characters, found a longer one"],
    ],
    [
      "a day that is none",
      { ...least, born: "2023-02-29" },
      ["born: expected a day as YYYY-MM-DD, found a string that is none"],
    ],
    [
      "microseconds for a Date",
      { ...least, seen: "2024-01-01T00:00:00.000001Z" },
      ["seen: expected a point in time with at most three digits after the second, found more"],
    ],
    ["a symbol", { ...least, [Symbol("x")]: 1 }, [": expected plain data"]],
    ["no object", [], [": expected an object"]],
  ])("refuses %s", (_, data, expected) => {
    expect(problems(newAccount, data)).toEqual(expected);
  });

  test("a key that the database gives, and what has a default, may be left out", () => {
    const whole = insertSchema(accounts, { only: ["id", "name", "email", "role", "balance", "key", "active"] });
    expect(whole.parse(least)).toEqual(least);
  });

  test("throws all problems at once, without the values", () => {
    expect(() => newAccount.parse({ name: 12345, password: "secret" })).toThrow(InvalidInputError);
    expect(() => newAccount.parse({ name: 12345, password: "secret" })).toThrow(
      [
        "accounts is not allowed as it is:",
        "  - name: expected a string of at most 10 characters, found a whole number",
        "  - password: is not allowed",
        "  - email: is required",
        "  - active: is required",
      ].join("\n"),
    );
  });
});

describe("an update's schema", () => {
  test("lets everything be left out, and checks what is there", () => {
    expect(accountChange.parse({})).toEqual({});
    expect(accountChange.parse({ name: "B", born: null })).toEqual({ name: "B", born: null });
    expect(problems(accountChange, { name: null, role: "admin", active: 1 })).toEqual([
      "name: cannot be null",
      "role: is not allowed",
      "active: expected true or false, found a whole number",
    ]);
  });
});

test("a list that names what is no column, or what the database alone writes, is a mistake of the program", () => {
  expect(() => insertSchema(accounts, { only: ["nme" as never] })).toThrow(CompileError);
  expect(() => updateSchema(accounts, { only: ["shout" as never] })).toThrow("written by the database alone");
});

test("speaks Standard Schema", () => {
  const standard = newAccount["~standard"];
  expect([standard.version, standard.vendor]).toEqual([1, "athanor"]);
  expect(standard.validate(least)).toEqual({ value: least });
});

test("nothing passes at random but the columns of the list, and prototypes are left alone", () => {
  const names = fc.oneof(
    fc.constantFrom(...Object.keys(accounts), "__proto__", "constructor", "toString"),
    fc.string(),
  );
  const row = fc.array(fc.tuple(names, fc.anything()), { maxLength: 8 }).map((entries) => {
    const data = { ...least };
    for (const [key, value] of entries)
      Object.defineProperty(data, key, { value, enumerable: true, configurable: true });
    return data;
  });
  fc.assert(
    fc.property(row, (data) => {
      const result = accountChange["~standard"].validate(data);
      if (result.issues !== undefined) return;
      expect(only).toEqual(expect.arrayContaining(Object.keys(result.value)));
      expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype);
    }),
    { numRuns: 2000 },
  );
});

describe.each(databases)("$name", ({ db }) => {
  test("what passes is written as it is", async () => {
    const sent = {
      ...least,
      serial: "9007199254740993",
      seen: "2024-01-01T00:00:00Z",
      photo: "AAEC",
      extra: { likes: ["x"] },
    };
    await db.create([accounts]);
    await db.run(insertInto(accounts).values({ ...newAccount.parse(sent), role: "member" }));
    await db.run(
      update(accounts)
        .set(accountChange.parse({ name: "Bob" }))
        .where(accounts.id.eq(1)),
    );
    const { name, role, serial, seen, photo, extra, shout } = accounts;
    expect(await db.one(select({ name, role, serial, seen, photo, extra, shout }).from(accounts))).toEqual({
      name: "Bob",
      role: "member",
      serial: 9007199254740993n,
      seen: new Date("2024-01-01T00:00:00Z"),
      photo: new Uint8Array([0, 1, 2]),
      extra: { likes: ["x"] },
      shout: "BOB",
    });
  });
});
