import { CannotConnect, integer, select, table } from "athanor";
import { connect } from "athanor/connect";
import { expect, test } from "vitest";
import { databases } from "../support/databases.ts";

test("a URL of SQLite opens a database in memory or in a file", async () => {
  for (const url of [":memory:", "sqlite::memory:", "sqlite://:memory:"]) {
    await using db = await connect(url);
    const numbers = table("numbers", { id: integer().primaryKey() });
    await db.create({ numbers });
    expect(await db.all(select(numbers))).toEqual([]);
  }
});

test("the URL of a server opens a database on it", async () => {
  const server = databases.find(({ name }) => name === "postgres")?.server;
  if (server === undefined) return;
  await using db = await connect(`postgres://postgres@${server.host}:${server.port}/postgres`);
  expect(db.dialect.name).toBe("PostgreSQL");
});

test("a URL of something else is refused without showing what it holds", async () => {
  await expect(connect("oracle://scott:tiger@host/db")).rejects.toThrow(CannotConnect);
  await expect(connect("oracle://scott:tiger@host/db")).rejects.toThrow('there is no dialect for "oracle:"');
  await expect(connect("oracle://scott:tiger@host/db")).rejects.not.toThrow("tiger");
  await expect(connect("shop.sqlite")).rejects.toThrow("this is no URL of a database");
});
