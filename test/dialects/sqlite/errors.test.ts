import { describe, expect, test } from "vitest";
import type { Connection } from "../../../core/dialect/index.ts";
import { codeOfNumber, driverMissing, isBusy, sqliteError } from "../../../dialects/sqlite/errors.ts";
import { natives, open, query, temporaryPath, withWriter } from "./open.ts";

const schema = `
  create table users (
    id integer primary key, email text not null unique, age integer constraint "is of age" check (age >= 18), first text, last text,
    unique (first, last)
  ) strict;
  create table tags (name text);
  create unique index lower_name on tags (lower(name));
  insert into tags values ('a');
  create table posts (id text primary key, author integer references users (id) on delete restrict) without rowid;
  insert into users values (1, 'a@b.c', 20, 'A', 'B');
  insert into posts values ('p', 1);
`;

describe.each(natives.map((native) => ({ name: native.name, native })))("$name", ({ native }) => {
  test.each([
    ["insert into users (email) values ('a@b.c')", "UniqueViolation", { table: "users", columns: ["email"] }],
    ["insert into users (id, email) values (1, 'x')", "UniqueViolation", { table: "users", columns: ["id"] }],
    [
      "insert into users (email, first, last) values ('x', 'A', 'B')",
      "UniqueViolation",
      { table: "users", columns: ["first", "last"] },
    ],
    ["insert into tags values ('A')", "UniqueViolation", { constraint: "lower_name" }],
    ["insert into posts values ('p', 1)", "UniqueViolation", { table: "posts", columns: ["id"] }],
    ["insert into users (age) values (20)", "NotNullViolation", { table: "users", columns: ["email"] }],
    ["insert into users (email, age) values ('x', 17)", "CheckViolation", { constraint: "is of age" }],
    ["insert into posts values ('q', 2)", "ForeignKeyViolation", {}],
    ["delete from users", "ForeignKeyViolation", {}],
    ["insert into users (email, age) values ('x', 'old')", "DatabaseError", { table: "users", columns: ["age"] }],
    ["select * from nobody", "UndefinedObject", {}],
    ["select missing from users", "UndefinedObject", {}],
    ["select missing()", "UndefinedObject", {}],
    ["insert into users (missing) values (1)", "UndefinedObject", {}],
    ["selec 1", "SyntaxErrorInSql", {}],
    ["select (1", "SyntaxErrorInSql", {}],
    ["select $%&", "SyntaxErrorInSql", {}],
  ])("%s is a %s", async (text, name, details) => {
    const connections = open(native, ":memory:");
    await withWriter(connections, async (connection) => {
      connection.execute(schema);
      expect(await failure(connection, text)).toMatchObject({ name, sql: text, transaction: "open", ...details });
    });
  });

  test("a failed statement leaves its transaction open", async () => {
    const connections = open(native, ":memory:");
    await withWriter(connections, async (connection) => {
      connection.execute(schema);
      connection.execute("begin immediate");
      connection.query(query("update users set age = 30", [], { rows: false }));
      expect(await failure(connection, "insert into users (email) values ('a@b.c')")).toMatchObject({
        transaction: "open",
      });
      connection.execute("commit");
      expect((await connection.query(query("select age from users"))).rows.flat().map(Number)).toEqual([30]);
    });
  });

  test("a full disk takes the transaction with it, and says so", async () => {
    const connections = open(native, temporaryPath());
    await withWriter(connections, async (connection) => {
      connection.execute("create table t (v blob); pragma max_page_count = 50; pragma cache_size = 5");
      connection.execute("begin immediate");
      const fill =
        "insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select zeroblob(1000) from n";
      const error = await failure(connection, fill);
      expect(error).toMatchObject({ name: "ResourceExhausted", retryable: "connect" });
      const it = connection.native as { inTransaction?: boolean; isTransaction?: boolean };
      const isOpen = it.inTransaction ?? it.isTransaction;
      expect(error).toMatchObject({ transaction: isOpen === true ? "open" : "gone" });
    });
  });

  test("a transaction that SQLite has rolled back is gone", async () => {
    const connections = open(native, ":memory:");
    await withWriter(connections, async (connection) => {
      connection.execute("create table t (v integer unique on conflict rollback); insert into t values (1)");
      connection.execute("begin immediate");
      expect(await failure(connection, "insert into t values (1)")).toMatchObject({
        name: "UniqueViolation",
        transaction: "gone",
      });
      expect(await failure(connection, "insert into t values (1)")).toMatchObject({ transaction: "open" });
    });
  });

  test("writing on after another connection has written is a serialization failure", async () => {
    const path = temporaryPath();
    const one = open(native, path);
    const other = open(native, path);
    await withWriter(one, async (connection) => {
      connection.execute("create table t (v integer)");
      connection.execute("begin");
      await connection.query(query("select * from t"));
      await withWriter(other, (it) => it.query(query("insert into t values (1)", [], { rows: false })));
      expect(await failure(connection, "insert into t values (2)")).toMatchObject({
        name: "SerializationFailure",
        retryable: "transaction",
        transaction: "failed",
      });
    });
  });

  test("values that SQLite does not know are errors that name the statement", async () => {
    const connections = open(native, ":memory:");
    await withWriter(connections, async (connection) => {
      expect(await failure(connection, "select ?", [{}])).toMatchObject({ name: "DatabaseError", sql: "select ?" });
      expect(await failure(connection, "select ?", ["secret", {}])).toMatchObject({
        message: expect.not.stringContaining("secret"),
        parameters: ["secret", {}],
      });
    });
  });

  test("values are kept out of what is logged", async () => {
    const connections = open(native, ":memory:");
    await withWriter(connections, async (connection) => {
      connection.execute(schema);
      const error = await failure(connection, "insert into users (email) values (?), (?)", ["a@b.c", "a@b.c"]);
      expect(JSON.stringify(error)).not.toContain("a@b.c");
      expect(Object.keys(error as object)).not.toContain("parameters");
    });
  });
});

test("numbers and names of codes are the same", () => {
  expect([5, 261, 517, 2067, 1555, 8, 264, 13, 14, 26, 999_999].map(codeOfNumber)).toEqual([
    "SQLITE_BUSY",
    "SQLITE_BUSY",
    "SQLITE_BUSY_SNAPSHOT",
    "SQLITE_CONSTRAINT_UNIQUE",
    "SQLITE_CONSTRAINT_PRIMARYKEY",
    "SQLITE_READONLY",
    "SQLITE_READONLY",
    "SQLITE_FULL",
    "SQLITE_CANTOPEN",
    "SQLITE_NOTADB",
    "SQLITE_ERROR",
  ]);
});

test("extended codes that have no class of their own take that of the code they extend", () => {
  const name = (code: string) => sqliteError(code, { message: "…" }).name;
  expect(
    ["SQLITE_READONLY_DBMOVED", "SQLITE_BUSY_RECOVERY", "SQLITE_IOERR_READ", "SQLITE_INTERRUPT"].map(name),
  ).toEqual(["ReadOnly", "LockTimeout", "DatabaseError", "Cancelled"]);
  expect([isBusy("SQLITE_BUSY_TIMEOUT"), isBusy("SQLITE_BUSY_SNAPSHOT"), isBusy(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("a missing driver says how to have one", () => {
  expect(driverMissing(new Error("not found")).message).toContain('"npm install better-sqlite3"');
});

async function failure(connection: Connection, text: string, parameters: readonly unknown[] = []): Promise<unknown> {
  try {
    await connection.query(query(text, parameters));
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}
