import {
  and,
  CompileError,
  deleteFrom,
  fn,
  insertInto,
  integer,
  NameError,
  or,
  select,
  table,
  text,
  update,
} from "athanor";
import { describe, expect, test } from "vitest";
import { posts, users } from "./shop.ts";
import { postgresText, sqliteText } from "./texts.ts";

describe("D05, D06: a write without where", () => {
  test("is refused", () => {
    expect(() => sqliteText(update(users).set({ age: 1 }))).toThrow('this update of "users" has no where');
    expect(() => sqliteText(deleteFrom(users))).toThrow('this delete of "users" has no where');
  });

  test("is refused where the list of conditions turns out empty", () => {
    expect(() => sqliteText(update(users).set({ age: 1 }).where(and()))).toThrow("are an empty list");
    expect(() => sqliteText(deleteFrom(users).where(and(and(), and())))).toThrow("are an empty list");
  });

  test("is written where every row is meant", () => {
    expect(sqliteText(deleteFrom(users).everyRow())).toBe('delete from "users"');
  });
});

test("an empty or() holds for no row, an empty and() for all", () => {
  expect(sqliteText(select({ id: users.id }).from(users).where(or()))).toBe('select "id" from "users" where 1 = 0');
  expect(sqliteText(select({ id: users.id }).from(users).where(and()))).toBe('select "id" from "users" where 1 = 1');
});

test("a source that stands in FROM twice needs an alias", () => {
  const query = select({ id: users.id }).from(users).join(users, users.id.eq(users.bossId));
  expect(() => sqliteText(query)).toThrow('"users" stands in FROM twice\n  Give one of them another name: alias(users');
});

test("a feature that the database lacks is named with what it does", () => {
  const query = select({ id: users.id }).from(users).forUpdate();
  expect(() => sqliteText(query)).toThrow("SQLite has no ROW LOCKS: FOR UPDATE and FOR SHARE");
  expect(postgresText(query)).toBe('select "id" from "users" for update');
});

test("G06: DISTINCT ON has to begin ORDER BY", () => {
  const query = select({ id: posts.id }).from(posts).distinctOn(posts.authorId);
  expect(postgresText(query.orderBy(posts.authorId.asc(), posts.score.desc()))).toBe(
    'select distinct on ("author_id") "id" from "posts" order by "author_id" asc, "score" desc',
  );
  expect(() => postgresText(query.orderBy(posts.score.desc()))).toThrow("ORDER BY begins with something else");
});

test("a column that is grouped by only inside another expression cannot be selected", () => {
  const query = select({ name: fn.lower(users.name), n: fn.count() })
    .from(users)
    .groupBy(fn.upper(users.name));
  expect(() => sqliteText(query as never)).toThrow('"name" is selected over column "name"');
  expect(
    sqliteText(
      select({ a: fn.lower(users.name) })
        .from(users)
        .groupBy(users.name),
    ),
  ).toBe('select lower("name") as "a" from "users" group by "name"');
});

describe("a name", () => {
  const named = (name: string): string => sqliteText(select({ id: users.id, [name]: users.name }).from(users));

  test("is quoted, whatever it is", () => {
    expect(named('a "b" c')).toBe('select "id", "name" as "a ""b"" c" from "users"');
    expect(named("select")).toBe('select "id", "name" as "select" from "users"');
    expect(named("😀")).toBe('select "id", "name" as "😀" from "users"');
  });

  test("is refused where it could not be kept as it is", () => {
    expect(() => named("")).toThrow(new NameError("a name is empty", "Give the table, column or alias one."));
    expect(() => named("a\0b")).toThrow('the name "a\\u0000b" has a NUL character in it');
    expect(() => named("a\ud800")).toThrow("has half of a surrogate pair in it");
  });

  test("is refused where the database would cut it off, counted as it counts", () => {
    const name = "ä".repeat(32);
    const long = table(name, { id: integer() });
    expect(() => postgresText(select({ id: long.id }).from(long))).toThrow("has 64 bytes, where PostgreSQL allows 63");
  });
});

test("an insert of no rows is refused", () => {
  expect(() => sqliteText(insertInto(posts).values([]))).toThrow(CompileError);
});

test("too many parameters are a DialectLimit that says what to do", () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ id: i, authorId: 1, title: "t" }));
  const many = table("many", { id: integer().primaryKey(), authorId: integer(), title: text() });
  expect(() => sqliteText(insertInto(many).values(rows))).toThrow(
    "the statement has too many parameters: 60000, where this database allows 32766",
  );
});
