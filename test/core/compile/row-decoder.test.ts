import { execFileSync } from "node:child_process";
import { boolean, DecodeError, integer, sql, text } from "athanor";
import { expect, test } from "vitest";
import { compile } from "../../../core/compile/compile.ts";
import type { SelectNode } from "../../../core/tree/node.ts";
import { integerType, jsonType, textType } from "../../../core/types/sql-type.ts";
import { sqliteDialect } from "../../../dialects/sqlite/dialect.ts";
import { sqlite } from "../../../dialects/sqlite/index.ts";

const source = { key: "users", name: "users" };
const columns = [
  { key: "id", name: "id", type: integerType, nullable: false },
  { key: "name", name: "name", type: textType, nullable: true },
];
const users = { kind: "table", source, table: "users", alias: false, key: ["id"], columns } as const;

function statement(fields: SelectNode["selection"]["fields"], joins: SelectNode["joins"] = []): SelectNode {
  return {
    kind: "select",
    ctes: [],
    selection: { kind: "object", fields },
    distinct: false,
    distinctOn: [],
    from: users,
    joins,
    where: [],
    groupBy: [],
    having: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
    withTies: false,
    locks: [],
  };
}

const id = { kind: "column", source, name: "id", type: integerType } as const;
const name = { kind: "column", source, name: "name", type: textType } as const;

test("hostile keys are own properties", () => {
  const node = statement([
    { key: "__proto__", value: id },
    { key: "constructor", value: name },
    { key: 'a"]; throw 1; //', value: name },
    { key: "\u2028", value: name },
  ]);
  const [row] = compile(node, sqliteDialect).decode([[1, "a", "b", "c"]]);
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  expect(Object.entries(row as object)).toEqual([
    ["__proto__", 1],
    ["constructor", "a"],
    ['a"]; throw 1; //', "b"],
    ["\u2028", "c"],
  ]);
});

test("a value that is none of its type is an error that names label and column, never the value", () => {
  const node = statement([
    { key: "id", value: id },
    { key: "called", value: name },
  ]);
  const decode = (row: unknown[]): unknown => compile(node, sqliteDialect).decode([[1, "a"], row]);
  expect(() => decode(["secret", "a"])).toThrow(/^column "id" of "users": expected (?!.*secret)/);
  expect(() => decode([1, new Uint8Array(2)])).toThrow(/^result column "called", which is column "name" of "users": /);
});

test("notNull() is checked", () => {
  const node = statement([{ key: "name", value: { kind: "retype", operand: name, type: textType, notNull: true } }]);
  expect(compile(node, sqliteDialect).decode([["a"]])).toEqual([{ name: "a" }]);
  expect(() => compile(node, sqliteDialect).decode([["a"], [null]])).toThrow(
    new DecodeError(
      'column "name" of "users": found null, which was ruled out',
      "Leave notNull() out there, or declare what sql`…` gives as nullable().",
    ),
  );
});

test("whoever runs a statement can build the objects of an entity", () => {
  class User {
    readonly row: readonly unknown[];
    constructor(row: readonly unknown[]) {
      this.row = row;
    }
  }
  const joined = { ...users, source: { key: "boss", name: "boss" } };
  const boss = { kind: "inner", source: { ...users, source: joined.source, alias: true }, lateral: false } as const;
  const node = statement(
    [
      { key: "n", value: id },
      { key: "user", value: { kind: "rowOf", source: users, entity: User } },
      { key: "boss", value: { kind: "rowOf", source: boss.source, entity: User } },
    ],
    [{ ...boss, kind: "left" }],
  );
  const decode = compile(node, sqliteDialect);
  const rows = () => [
    [7, 1, "a", 2, "b"],
    [8, 3, null, null, null],
  ];
  expect(
    decode.decode(rows(), (entity) => (entity === User ? (row, at) => new User(row.slice(at, at + 2)) : undefined)),
  ).toEqual([
    { n: 7, user: new User([1, "a"]), boss: new User([2, "b"]) },
    { n: 8, user: new User([3, null]), boss: null },
  ]);
  expect(decode.decode(rows())[0]).toEqual({ n: 7, user: { id: 1, name: "a" }, boss: { id: 2, name: "b" } });
  expect(decode.plan.fields).toMatchObject([
    { kind: "value", key: "n", at: 0 },
    { kind: "row", key: "user", at: 1, presence: undefined, entity: User },
    { kind: "row", key: "boss", at: 3, presence: 3, entity: User },
  ]);
});

test("values are decoded where they stand on request", async () => {
  const db = sqlite(":memory:");
  const query = sql.statement({ a: boolean(), b: integer(), c: text().nullable() })`select 1, 2, null`;
  expect(await db.all(query)).toEqual([{ a: true, b: 2, c: null }]);
  await db.close();
  const node = statement([{ key: "ok", value: { ...id, type: { kind: "boolean" } } }]);
  const rows = [[1], [0], [null]];
  compile(node, sqliteDialect).decodeInPlace(rows);
  expect(rows).toEqual([[true], [false], [null]]);
});

test("what is wrong is said of its column, though values before it were decoded where they stood", () => {
  const tags = { ...name, name: "tags", type: jsonType } as const;
  const node = statement([
    { key: "tags", value: tags },
    { key: "id", value: id },
  ]);
  const rows = () => [
    ['["a"]', 1],
    ['["b"]', "two"],
  ];
  expect(() => compile(node, sqliteDialect).decodeInPlace(rows())).toThrow(/^column "id" of "users": expected/);
  expect(() => compile(node, sqliteDialect).decode(rows())).toThrow(/^column "id" of "users": expected/);
});

test("a list without rows may be everybody's, and is not given on", () => {
  const nothing: never[] = [];
  expect(compile(statement([{ key: "id", value: id }]), sqliteDialect).decode(nothing)).not.toBe(nothing);
});

test("statements that select the same share a decoder, whatever they are called", () => {
  const one = compile(statement([{ key: "a", value: id }]), sqliteDialect);
  const other = compile(statement([{ key: "a", value: { ...id, name: "other" } }]), sqliteDialect);
  expect(() => one.decode([["x"]])).toThrow('which is column "id" of "users"');
  expect(() => other.decode([["x"]])).toThrow('which is column "other" of "users"');
});

test("rows are decoded the same where code may not be generated", () => {
  const program = `
    import { makeDecoder } from "./core/compile/row-decoder.ts";
    import { sqliteDialect } from "./dialects/sqlite/dialect.ts";
    const column = (type, notNull = false) => ({ label: "l", type, notNull, of: undefined });
    const plan = {
      columns: [column({ kind: "integer", size: 4 }), column({ kind: "boolean" }), column({ kind: "text" }), column({ kind: "text" }, true)],
      fields: [
        { kind: "value", key: "__proto__", at: 0 },
        { kind: "object", key: "o", fields: [{ kind: "value", key: "b", at: 1 }] },
        { kind: "row", key: "r", at: 2, presence: 2, entity: "e", fields: [{ kind: "value", key: "t", at: 2 }] },
        { kind: "value", key: "n", at: 3 },
      ],
    };
    const { objects, inPlace } = makeDecoder(plan, sqliteDialect);
    const rows = () => [[1, 1, "x", "y"], [null, 0, null, "z"]];
    let generates = true;
    try { new Function("") } catch { generates = false }
    let refused;
    try { objects([[1, 1, "x", null]]) } catch (error) { refused = [error.column, error.error.message] }
    const changed = rows();
    inPlace(changed);
    console.log(JSON.stringify([generates, objects(rows()), objects(rows(), () => (row, at) => [row[at]]), refused, changed]));
  `;
  const run = (...flags: string[]): unknown[] =>
    JSON.parse(
      execFileSync(process.execPath, [...flags, "--input-type=module-typescript", "-e", program], { encoding: "utf8" }),
    );
  const [generates, ...results] = run();
  const [forbidden, ...same] = run("--disallow-code-generation-from-strings");
  expect([generates, forbidden]).toEqual([true, false]);
  expect(same).toEqual(results);
  expect(results[2]).toEqual([3, expect.stringContaining("found null, which was ruled out")]);
  expect(results[0]).toEqual(
    JSON.parse(
      '[{"__proto__":1,"o":{"b":true},"r":{"t":"x"},"n":"y"},{"__proto__":null,"o":{"b":false},"r":null,"n":"z"}]',
    ),
  );
});
