import { compile, type Statement, select } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { expect, test } from "vitest";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";
import { users } from "./shop.ts";

const adult = () => select({ id: users.id }).from(users).where(users.age.gte(18));
const texts = {
  sqlite: 'select "id" from "users" where "age" >= ?',
  postgres: 'select "id" from "users" where "age" >= $1',
};

test.each([
  ["a statement", adult()],
  ["a frozen statement", Object.freeze(adult())],
])("%s is compiled once for each database", (_, statement: Statement<unknown, unknown>) => {
  const sqlite = compile(statement, sqliteDialect);
  const postgres = compile(statement, postgresDialect);
  expect([sqlite.text, postgres.text]).toEqual([texts.sqlite, texts.postgres]);
  expect(compile(statement, sqliteDialect)).toBe(sqlite);
  expect(compile(statement, postgresDialect)).toBe(postgres);
});

test("a statement that extends a compiled one is another", () => {
  const base = adult();
  compile(base, sqliteDialect);
  expect(compile(base.limit(1), sqliteDialect).text).toBe(`${texts.sqlite} limit ?`);
  expect(compile(base, sqliteDialect).text).toBe(texts.sqlite);
});
