import { compile, insertInto, ParameterError, param, select, sql, text, update } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { expect, test } from "vitest";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";
import { posts, users } from "./shop.ts";

test("a statement without parameters has one query, encoded once", () => {
  const compiled = compile(select({ id: users.id }).from(users).where(users.active.eq(true)), sqliteDialect);
  expect(compiled.query()).toEqual({
    text: 'select "id" from "users" where "active" = ?',
    parameters: [1n],
    rows: true,
    bigints: false,
    prepare: true,
  });
  expect(compiled.query()).toBe(compiled.query());
});

test("named parameters are encoded for each run, wherever they stand", () => {
  const name = param("name", text());
  const statement = select({ id: users.id })
    .from(users)
    .where(users.name.eq(name).or(users.email.eq(name)), users.age.gt(1));
  expect(compile(statement, sqliteDialect).query({ name: "Ann" }).parameters).toEqual(["Ann", "Ann", 1n]);
  const numbered = compile(statement, postgresDialect);
  expect(numbered.text).toBe('select "id" from "users" where ("name" = $1 or "email" = $1) and "age" > $2');
  expect(numbered.query({ name: "Ann" }).parameters).toEqual(["Ann", "1"]);
});

test("a parameter that is missing, undefined or unknown is named", () => {
  const compiled = compile(
    select({ id: users.id })
      .from(users)
      .where(users.name.eq(param("name", text()))),
    sqliteDialect,
  );
  expect(() => compiled.query()).toThrow('parameter "name" was not given');
  expect(() => compiled.query({ name: undefined })).toThrow('parameter "name" was not given');
  expect(() => compiled.query({ name: "Ann", nme: 1 })).toThrow(
    'the statement has no parameter "nme"\n  It has "name".',
  );
  expect(() => compiled.query({ toString: "x" })).toThrow(ParameterError);
  expect(() => compiled.query({ name: 7 })).toThrow('parameter "name": expected a string, found a whole number');
});

test("a value that is none of its column's type is refused with the column's name, and not shown", () => {
  const refused = (statement: Parameters<typeof compile>[0]): (() => unknown) => {
    const compiled = compile(statement, sqliteDialect);
    return () => compiled.query();
  };
  expect(refused(insertInto(users).values({ name: "a\0secret", age: 1, active: true }))).toThrow(
    /^column "name" of "users": (?!.*secret)/,
  );
  expect(refused(update(users).set({ age: Number.NaN }).where(users.id.eq(1)))).toThrow('column "age" of "users": ');
  expect(
    refused(
      select({ id: users.id })
        .from(users)
        .where(users.id.eq(2 ** 53)),
    ),
  ).toThrow('column "id" of "users": ');
  expect(
    refused(
      select({ id: users.id })
        .from(users)
        .where(users.id.in([1, 1.5])),
    ),
  ).toThrow('column "id" of "users": ');
  expect(
    refused(
      select({ id: posts.id })
        .from(posts)
        .where(posts.title.contains(7 as never)),
    ),
  ).toThrow('column "title" of "posts": ');
});

test("no character of a text that is looked for is wild", () => {
  const statement = select({ id: users.id }).from(users).where(users.name.contains("50%_!"));
  expect(compile(statement, postgresDialect).query().parameters).toEqual(["%50!%!_!!%"]);
});

test("what raw SQL interpolates is bound", () => {
  const hostile = "'; drop table users; --";
  const statement = select({ x: sql(text())`${hostile}` }).from(users);
  const compiled = compile(statement, sqliteDialect);
  expect(compiled.text).toBe('select ? as "x" from "users"');
  expect(compiled.query().parameters).toEqual([hostile]);
});
