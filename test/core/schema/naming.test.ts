import { expect, test } from "vitest";
import { named, shortened, standardNames } from "../../../core/schema/naming.ts";
import type { ExpressionNode } from "../../../core/tree/node.ts";
import type { TableNode } from "../../../core/tree/schema-node.ts";

const limit = { length: 63, unit: "bytes" } as const;
const source = { key: "posts", name: "posts" };
const age: ExpressionNode = { kind: "column", source, name: "age", type: { kind: "integer", size: 4 } };
const size: ExpressionNode = { ...age, name: "size" };
const below = (left: ExpressionNode, right: ExpressionNode): ExpressionNode => ({
  kind: "binary",
  operator: "<",
  left,
  right,
  type: { kind: "boolean" },
});

const posts: TableNode = {
  kind: "table",
  name: "posts",
  columns: [],
  primaryKey: { name: undefined, columns: ["id"] },
  foreignKeys: [
    {
      name: undefined,
      columns: ["author_id"],
      target: { table: "users", columns: ["id"] },
      onDelete: "cascade",
      onUpdate: "no action",
    },
  ],
  uniques: [
    { name: undefined, columns: ["a", "b"] },
    { name: "mine", columns: ["c"] },
  ],
  checks: [
    { name: undefined, expression: below(age, age) },
    { name: undefined, expression: below(age, age) },
    { name: undefined, expression: below(age, size) },
    { name: undefined, expression: { kind: "sqlText", text: "1 = 1" } },
  ],
  indexes: [
    { name: undefined, unique: false, items: [{ of: { kind: "name", name: "a" }, direction: "asc" }] },
    { name: undefined, unique: false, items: [{ of: age, direction: "asc" }] },
  ],
  exclusions: [{ name: undefined, method: "gist", items: [{ of: { kind: "name", name: "a" }, with: "&&" }] }],
  options: {},
};

function namesOf(table: TableNode): unknown {
  const names = (nodes: readonly { readonly name: string | undefined }[]) => nodes.map(({ name }) => name);
  const { primaryKey, foreignKeys, uniques, checks, indexes, exclusions } = table;
  return [primaryKey?.name, names(foreignKeys), names(uniques), names(checks), names(indexes), names(exclusions)];
}

test("constraints without a name are called as PostgreSQL calls them, those with one keep it", () => {
  expect(namesOf(named(posts, limit))).toEqual([
    "posts_pkey",
    ["posts_author_id_fkey"],
    ["posts_a_b_key", "mine"],
    ["posts_age_check", "posts_age_check1", "posts_check", "posts_check1"],
    ["posts_a_idx", "posts_expr_idx"],
    ["posts_a_excl"],
  ]);
});

test("a convention replaces what it says and leaves the rest", () => {
  const table = named(posts, limit, { unique: (of, columns) => `uq_${of}_${columns.join("_")}` });
  expect(table.uniques[0]?.name).toBe("uq_posts_a_b");
  expect(table.primaryKey?.name).toBe("posts_pkey");
});

test("a generated name does not take a name that was given", () => {
  const table = named({ ...posts, indexes: [{ name: "posts_pkey", unique: false, items: [] }] }, limit);
  expect(table.primaryKey?.name).toBe("posts_pkey1");
});

test("a name that is too long becomes its beginning and a hash, within the limit", () => {
  const name = standardNames.unique("a_rather_long_table_name_of_a_generated_schema", ["and_a_column", "another"]);
  expect(shortened(name, limit)).toBe("a_rather_long_table_name_of_a_generated_schema_and_a_c_edc00aee");
  expect(shortened(name, limit)).toHaveLength(63);
  expect(shortened(`${name}x`, limit)).not.toBe(shortened(name, limit));
});

test("bytes are counted where the database counts bytes, and no character is cut in two", () => {
  const name = "é".repeat(60);
  expect(shortened(name, { length: 64, unit: "characters" })).toBe(name);
  const short = shortened(name, limit);
  expect(short).toMatch(/^é{27}_[0-9a-f]{8}$/u);
  expect(new TextEncoder().encode(short)).toHaveLength(63);
});
