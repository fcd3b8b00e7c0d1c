import fc from "fast-check";
import { expect, test } from "vitest";
import { creationOrder } from "../../../core/schema/dependency-order.ts";
import type { SchemaObject, TableNode, ViewNode } from "../../../core/tree/schema-node.ts";

function table(name: string, targets: readonly string[], schema?: string): TableNode {
  return {
    kind: "table",
    name,
    schema,
    columns: [],
    primaryKey: undefined,
    foreignKeys: targets.map((target) => ({
      name: undefined,
      columns: [target],
      target: { schema, table: target, columns: ["id"] },
      onDelete: "no action",
      onUpdate: "no action",
    })),
    uniques: [],
    checks: [],
    indexes: [],
    exclusions: [],
    options: {},
  };
}

function view(name: string, of: string): ViewNode {
  const source = {
    kind: "table",
    source: { key: of, name: of },
    table: of,
    alias: false,
    key: [],
    columns: [],
  } as const;
  return {
    kind: "view",
    name,
    materialized: false,
    query: {
      kind: "select",
      ctes: [],
      selection: { kind: "object", fields: [] },
      distinct: false,
      distinctOn: [],
      from: source,
      joins: [],
      where: [],
      groupBy: [],
      having: [],
      orderBy: [],
      limit: undefined,
      offset: undefined,
      withTies: false,
      locks: [],
    },
    columns: [],
  };
}

const names = (objects: readonly { readonly name: string }[]) => objects.map(({ name }) => name);

test("tables come after those they refer to, otherwise in the order given", () => {
  const order = creationOrder([table("d", []), table("c", ["b"]), table("b", ["a", "b"]), table("a", [])]);
  expect(names(order.tables)).toEqual(["d", "a", "b", "c"]);
  expect(order.circular).toEqual([]);
});

test("a circle is cut at one foreign key, which is named", () => {
  const order = creationOrder([table("a", ["b"]), table("b", ["c"]), table("c", ["a"])]);
  expect(names(order.tables)).toEqual(["c", "b", "a"]);
  expect(order.circular.map(({ table, foreignKey }) => [table.name, foreignKey.target.table])).toEqual([["c", "a"]]);
});

test("tables of one name in two schemas are two tables", () => {
  const order = creationOrder([table("a", ["b"], "x"), table("b", []), table("b", [], "x")]);
  expect(order.tables.map(({ schema, name }) => [schema, name])).toEqual([
    ["x", "b"],
    ["x", "a"],
    [undefined, "b"],
  ]);
});

test("views come after the views they read, enumerations before domains", () => {
  const domain: SchemaObject = {
    kind: "type",
    name: "d",
    definition: { kind: "domain", of: { kind: "text" }, nullable: true, checks: [] },
  };
  const mood: SchemaObject = { kind: "type", name: "mood", definition: { kind: "enumeration", values: ["sad"] } };
  const order = creationOrder([view("w", "v"), domain, view("v", "t"), mood]);
  expect(names(order.views)).toEqual(["v", "w"]);
  expect(names(order.types)).toEqual(["mood", "d"]);
});

test("whatever refers to whatever: every foreign key points back, but for those that are named", () => {
  const graph = fc
    .integer({ min: 1, max: 12 })
    .chain((size) =>
      fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(graph, (edges) => {
      const tables = edges.map((targets, index) =>
        table(
          `t${index}`,
          targets.map((target) => `t${target}`),
        ),
      );
      const { tables: ordered, circular } = creationOrder(tables);
      expect(new Set(ordered)).toEqual(new Set(tables));
      const later = new Set(circular.map(({ foreignKey }) => foreignKey));
      ordered.forEach((each, index) => {
        const there = new Set(names(ordered.slice(0, index + 1)));
        const pointsBack = each.foreignKeys
          .filter((key) => !later.has(key))
          .every(({ target }) => there.has(target.table));
        expect(pointsBack).toBe(true);
      });
      // Without a circle nothing is put off.
      if (edges.every((targets, index) => targets.every((target) => target <= index))) expect(circular).toEqual([]);
    }),
  );
});
