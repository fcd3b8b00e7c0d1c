// What single statements answer and how their errors read.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { CannotConnect, type DatabaseError, ParameterError } from "../../../core/index.ts";
import { statementError } from "../../../dialects/mysql/errors.ts";
import { settingsOf } from "../../../dialects/mysql/options.ts";
import { changesSession, leavesLasting, serverOf } from "../../../dialects/mysql/session.ts";
import { splitStatements } from "../../../dialects/mysql/split-statements.ts";
import { driver, failure, hasMariadb, query, rows, TemporaryDatabase, using, value } from "./support.ts";

describe.skipIf(!hasMariadb)("statements on MariaDB", () => {
  let database: TemporaryDatabase;
  let mariadb: Driver;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    mariadb = driver(database.url(), { max: 2 });
    await database.run(
      "create table parents (id int primary key);" +
        "create table things (id bigint unsigned auto_increment primary key, email varchar(80) unique, n int not null, small tinyint, parent int," +
        " constraint positive check (n > 0), constraint `the ``parent` foreign key (parent) references parents (id))",
    );
  });
  beforeEach(() => database.run("delete from things; alter table things auto_increment = 1"));
  afterAll(async () => {
    await mariadb.close();
    await database[Symbol.asyncDispose]();
  });

  const fails = (text: string, ...values: readonly unknown[]): Promise<unknown> =>
    using(mariadb, (c) => failure(c.query(query(text, ...values))));

  test("rows matched are counted, not rows changed; the first generated key is told", async () => {
    await using(mariadb, async (c) => {
      expect(await c.query(query("insert into things (n) values (?), (?)", 1n, 2n))).toEqual({
        rows: [],
        affected: 2,
        insertedKey: 1,
      });
      expect(await c.query(query("update things set n = n"))).toEqual({ rows: [], affected: 2 });
      expect(await c.query(query("delete from things where n = ?", 2n))).toEqual({ rows: [], affected: 1 });
      const far = 18446744073709551600n;
      await c.execute(`alter table things auto_increment = ${far}`);
      expect((await c.query(query("insert into things (n) values (1)"))).insertedKey).toBe(far);
      await c.execute("delete from things where id > 100; alter table things auto_increment = 9007199254740993");
      expect((await c.query(query("insert into things (n) values (1)"))).insertedKey).toBe(9007199254740993n);
    });
  });

  test.each([
    [
      "UNIQUE_VIOLATION",
      "insert into things (email, n) values (?, 1), (?, 1)",
      ["same@secret", "same@secret"],
      { constraint: "email" },
    ],
    ["NOT_NULL_VIOLATION", "insert into things (n) values (?)", [null], { columns: ["n"] }],
    ["NOT_NULL_VIOLATION", "insert into things (email) values (?)", ["a"], { columns: ["n"] }],
    ["CHECK_VIOLATION", "insert into things (n) values (?)", [-5n], { constraint: "positive", table: "things" }],
    [
      "FOREIGN_KEY_VIOLATION",
      "insert into things (n, parent) values (1, ?)",
      [77n],
      { constraint: "the `parent", table: "things", columns: ["parent"] },
    ],
    ["SYNTAX", "selec 1", [], {}],
    ["UNDEFINED_OBJECT", "select * from nothing_here", [], {}],
    ["UNDEFINED_OBJECT", "select no_such_column from things", [], {}],
    ["UNDEFINED_OBJECT", "select no_such_function(1)", [], {}],
    [
      "STATEMENT_TIMEOUT",
      "set statement max_statement_time = 0.05 for select sleep(5) from (select 1 union select 2) as two",
      [],
      {},
    ],
    ["DATABASE", "insert into things (n, small) values (1, ?)", [1000n], {}],
    ["DATABASE", "insert into things (n, email) values (1, ?)", ["x".repeat(81)], {}],
  ] as const)("%s: %s", async (code, text, values, facts) => {
    const error = (await fails(text, ...values)) as DatabaseError;
    expect(error).toMatchObject({ code, sql: text, connectionInvalidated: false, ...facts });
    expect(error.parameters ?? []).toEqual(values);
    for (const given of values)
      if (typeof given === "string" && given.length > 3) expect(String(error)).not.toContain(given);
  });

  test("no value is in a message, nor in the error that caused it", async () => {
    const secret = "hunter2 of all places";
    for (const text of [
      "insert into things (n) values (?)",
      "insert into things (n, parent) values (1, ?)",
      "insert into things (email, n) values ('a', 1), ('b', ?)",
    ]) {
      const error = (await fails(text, secret)) as Error & { cause: Error & { sqlMessage: string } };
      for (const shown of [
        error.message,
        error.stack,
        error.cause.message,
        error.cause.stack,
        error.cause.sqlMessage,
        JSON.stringify(error),
      ]) {
        expect(shown).not.toContain("hunter2");
      }
    }
  });

  test("what the server cannot prepare is sent as text", async () => {
    await using(mariadb, async (c) => {
      expect((await c.query(query("lock tables things read"))).rows).toEqual([]);
      await c.execute("unlock tables");
    });
  });

  test("a procedure gives its first rows", async () => {
    await using(mariadb, async (c) => {
      await c.execute("create or replace procedure two() begin select 1 as a; select 2 as b; end");
      expect(await rows(c, "call two()")).toEqual([[1]]);
      expect(await value(c, "select 3")).toBe(3);
    });
  });

  test("execute() takes several statements, and what they hold of semicolons", async () => {
    await using(mariadb, async (c) => {
      await c.execute(
        "insert into things (n, email) values (1, 'a;b'); -- and; so on\n insert into things (n) values (2);",
      );
      expect(await rows(c, "select n, email from things order by n")).toEqual([
        [1, "a;b"],
        [2, null],
      ]);
    });
  });
});

test("text is cut at its semicolons, and at no other", () => {
  expect(splitStatements("select 1; select ';'; select `a;b`, \"c;d\" ; -- x;y\n# z;\n select /* ; */ 2;;")).toEqual([
    "select 1",
    "select ';'",
    'select `a;b`, "c;d"',
    "-- x;y\n# z;\n select /* ; */ 2",
  ]);
  expect(splitStatements("select 'it''s; \\'; select 2")).toEqual(["select 'it''s; \\'", "select 2"]);
  expect(splitStatements("  ;; -- nothing\n")).toEqual([]);
  expect(splitStatements("select 5--1; select 2")).toEqual(["select 5--1", "select 2"]);
  expect(splitStatements("/*!40101 set names utf8mb4 */; select 1")).toEqual([
    "/*!40101 set names utf8mb4 */",
    "select 1",
  ]);
  const body = "create procedure p() begin select 1; select 2; end";
  expect(splitStatements(`${body}; select 3`)).toEqual([body, "select 3"]);
  const nested =
    "create or replace function f() returns int begin if 1 then begin select 'end;'; end; end if; case 1 when 1 then select 2; end case; return case 1 when 1 then 2 end; end";
  expect(splitStatements(`${nested}; select 3`)).toEqual([nested, "select 3"]);
  const trigger = "create trigger t before insert on a for each row set new.n = 1";
  expect(splitStatements(`${trigger}; select 1`)).toEqual([trigger, "select 1"]);
  expect(splitStatements(`delimiter //\n${body} //\ndelimiter ;\nselect 3;`)).toEqual([body, "select 3"]);
});

test("which statements may leave a trace in their session", () => {
  for (const text of [
    "select 1",
    "(select 1) union (select 2)",
    "insert into a values (?)",
    "with x as (select 1) select * from x",
    "start transaction",
    "commit",
    "savepoint a",
    "set transaction isolation level serializable",
    "xa commit 'a'",
  ]) {
    expect(changesSession(text), text).toBe(false);
  }
  for (const text of [
    "set names latin1",
    "create temporary table a (b int)",
    "select @a := 1",
    "select get_lock('a', 1)",
    "lock tables a read",
    "call p()",
    "use other",
    "prepare a from 'select 1'",
    "xa start 'a'",
  ]) {
    expect(changesSession(text), text).toBe(true);
  }
  expect(["use other", "set role admin", "call p()", "set names utf8"].map(leavesLasting)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test("the server is the one that was named, and not too old", () => {
  const of = (version: string, expected: "mysql" | "mariadb") => () => serverOf([version, 1000], expected, "db:3306");
  expect(of("10.11.19-MariaDB-0+deb12u1", "mariadb")()).toMatchObject({
    version: [10, 11, 19],
    mariadb: true,
    maxPacket: 1000,
  });
  expect(of("5.5.5-10.11.2-MariaDB", "mariadb")()).toMatchObject({ version: [10, 11, 2] });
  expect(of("8.4.3", "mysql")()).toMatchObject({ version: [8, 4, 3], mariadb: false });
  expect(of("10.11.19-MariaDB", "mysql")).toThrow(CannotConnect);
  expect(of("10.11.19-MariaDB", "mysql")).toThrow(
    /is MariaDB 10\.11\.19-MariaDB, not MySQL[\s\S]*Connect with mariadb/,
  );
  expect(of("8.4.3", "mariadb")).toThrow(/is MySQL 8\.4\.3, not MariaDB/);
  expect(of("8.0.30", "mysql")).toThrow(/8\.0\.31 is the oldest supported/);
  expect(of("10.6.1-MariaDB", "mariadb")).toThrow(/oldest supported/);
});

test("options and URLs are understood or refused, and a password is never repeated", () => {
  const settings = settingsOf("mysql://me:p%40ss@[::1]:3307/shop%20one?max=3&ssl=true&connectTimeout=50");
  expect(settings.native).toMatchObject({
    host: "::1",
    port: 3307,
    user: "me",
    password: "p@ss",
    database: "shop one",
    connectionLimit: 3,
    connectTimeout: 50,
    ssl: { verifyIdentity: true },
    multipleStatements: false,
  });
  expect(settings.address).toBe("::1:3307");
  expect(settingsOf("mysql://a@b/c", { database: "d", ssl: { ca: "certificate" } }).native).toMatchObject({
    database: "d",
    ssl: { ca: "certificate" },
  });
  for (const wrong of [
    "mysql://me:secret@host:99999999/x",
    "http://me:secret@host/x",
    "mysql://me:secret@host/x?frob=1",
    "mysql://me:secret@host/x?max=zero",
    "mysql://me:secret@host/%zz",
    "mysql://me:secret@host/x?ssl=maybe",
  ]) {
    expect(() => settingsOf(wrong)).toThrow(ParameterError);
    try {
      settingsOf(wrong);
    } catch (error) {
      expect(String(error)).not.toContain("secret");
    }
  }
});

test("MySQL's wording of errors is read too", () => {
  const of = (errno: number, message: string) =>
    statementError(Object.assign(new Error(message), { errno, sqlState: "HY000" }));
  expect(of(1062, "Duplicate entry 'x' for key 'users.users_email_key'")).toMatchObject({
    code: "UNIQUE_VIOLATION",
    table: "users",
    constraint: "users_email_key",
    message: "Duplicate entry for key 'users.users_email_key'",
  });
  expect(of(3819, "Check constraint 'positive' is violated.")).toMatchObject({
    code: "CHECK_VIOLATION",
    constraint: "positive",
  });
  expect(
    of(3572, "Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set."),
  ).toMatchObject({ code: "LOCK_TIMEOUT", transaction: "failed" });
  expect(of(3024, "Query execution was interrupted, maximum statement execution time exceeded")).toMatchObject({
    code: "STATEMENT_TIMEOUT",
  });
  expect(
    of(1290, "The MySQL server is running with the --super-read-only option so it cannot execute this statement"),
  ).toMatchObject({ code: "READ_ONLY" });
  expect(of(1114, "The table 't' is full")).toMatchObject({ code: "RESOURCE_EXHAUSTED" });
  expect(of(4031, "The client was disconnected by the server because of inactivity.")).toMatchObject({
    code: "DISCONNECTED",
    connectionInvalidated: true,
  });
  expect(of(1406, "Data too long for column 'a' at row 1")).toMatchObject({ code: "DATABASE", retryable: "no" });
});
