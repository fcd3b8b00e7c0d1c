import { integer, param, select, table, text } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { expect, test } from "vitest";
import { compile } from "../../../core/compile/compile.ts";
import { NODE } from "../../../core/expression/needs.ts";
import type { StatementNode } from "../../../core/tree/node.ts";

const users = table("users", { id: integer().primaryKey(), name: text().nullable() });
const statement = select({ id: users.id })
  .from(users)
  .where(
    users.id.gt(param("low", integer())),
    users.id.lt(param("hostile\"]);'name", integer())),
    users.name.eq(param("name", text())),
  );

function often(): ReturnType<typeof compile> {
  const it = compile({ ...(statement as unknown as { [NODE]: StatementNode })[NODE] } as StatementNode, sqliteDialect);
  for (let i = 0; i < 100; i++) it.query({ low: i, "hostile\"]);'name": 9, name: "a" });
  return it;
}

test("a statement that ran often encodes its parameters as it did before", () => {
  const it = often();
  expect(it.query({ name: "b", "hostile\"]);'name": 2, low: 1 }).parameters).toEqual([1n, 2n, "b"]);
  expect(it.query({ low: 1, "hostile\"]);'name": 2, name: null }).parameters).toEqual([1n, 2n, null]);
});

test("a statement that ran often refuses what it refused before, in the same words", () => {
  const it = often();
  const rest = { "hostile\"]);'name": 2, name: "a" };
  expect(() => it.query(rest)).toThrow('parameter "low" was not given');
  expect(() => it.query({ ...rest, low: undefined })).toThrow('parameter "low" was not given');
  expect(() => it.query({ ...rest, low: 1, high: 2 })).toThrow('the statement has no parameter "high"');
  expect(() => it.query({ ...rest, low: 0.5 })).toThrow('parameter "low": ');
  expect(() => it.query()).toThrow("was not given");
});

test("a parameter called like something that every object has must be given all the same", () => {
  const named = select({ id: users.id })
    .from(users)
    .where(users.name.eq(param("constructor", text())));
  const it = compile((named as unknown as { [NODE]: StatementNode })[NODE], sqliteDialect);
  for (let i = 0; i < 100; i++) expect(it.query({ constructor: "x" } as never).parameters).toEqual(["x"]);
  expect(() => it.query({})).toThrow('parameter "constructor" was not given');
});
