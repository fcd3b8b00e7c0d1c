import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredObjects } from "../../../core/database/declared-schema.ts";
import type { TableNode } from "../../../core/tree/schema-node.ts";
import type { SqlType } from "../../../core/types/sql-type.ts";
import { sqlite, sqliteDialect } from "../../../dialects/sqlite/index.ts";
import { schemaSource } from "../../../migrate/source/schema-source.ts";
import { filledIn } from "../../support/default-values.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";
import { type Normality, normalTable } from "../../support/normal-schema.ts";
import { randomSchema, type Traits, type TypeTrait } from "../../support/random-schema.ts";

const type = (type: SqlType, values: readonly unknown[] = [], keyable = true): TypeTrait => ({ type, values, keyable });

const traits: Traits = {
  types: [
    type({ kind: "integer", size: 4 }, [0, -1, 2147483647]),
    type({ kind: "integer", size: 2 }, [7]),
    type({ kind: "bigint", as: "bigint" }, [9007199254740993n, -9223372036854775808n]),
    type({ kind: "float", size: 4 }, [0.5, -1.5]),
    type({ kind: "float", size: 8 }, [0.1, 1e300, Number.NEGATIVE_INFINITY]),
    type({ kind: "decimal", precision: 10, scale: 2, as: "string" }, ["12.50", "-0.01"]),
    type({ kind: "decimal", precision: 30, scale: 5, as: "string" }, ["12345678901234567890.12345"]),
    type({ kind: "decimal", as: "number" }, [3]),
    type({ kind: "boolean" }, [true, false]),
    type({ kind: "text" }, ["", "it's", '"x"', "a\\b", "-- c", "/* d */", "é🎉\n", "), ("]),
    type({ kind: "varchar", length: 20 }, ["x"]),
    type({ kind: "char", length: 3 }, ["abc"]),
    type({ kind: "uuid" }, ["01890a5d-ac96-774b-bcce-b302099a8057"]),
    type({ kind: "enumeration", values: ["sad", "it's ok", "happy"] }, ["it's ok"]),
    type({ kind: "date" }, ["2024-02-29"]),
    type({ kind: "time" }, ["12:30:00"]),
    type({ kind: "timestamp", as: "date" }, [new Date("2024-02-29T12:34:56.789Z")]),
    type({ kind: "timestamptz", as: "string" }, ["2024-02-29T12:34:56.789012Z"]),
    type({ kind: "interval" }, ["P1DT2H"]),
    type({ kind: "json", storage: "binary" }, [{ a: ["it's", 1, null] }, [], "x"], false),
    type({ kind: "bytes" }, [new Uint8Array([0, 255, 39]), new Uint8Array()]),
  ],
  names: ["a", "order", "Na me", 'quo"te', "it's", "`tick`", "[brackets]", "ünï🎉", "dot.ted", "--", "null"],
  collations: ["NOCASE", "RTRIM", "BINARY"],
  comments: true,
  computed: ["stored", "virtual"],
  deferrable: true,
  actions: ["no action", "restrict", "cascade", "set null", "set default"],
  partialIndexes: true,
  expressionIndexes: true,
  options: [{}, {}, { strict: true }, { withoutRowid: true, strict: true }],
  expressionDefaults: true,
};

const normality: Normality = { dialect: sqliteDialect, text: (text) => text };

/** SQLite takes a table without row numbers only with a key, and numbers rows only in one that has them. */
function possible(table: TableNode): TableNode {
  const { primaryKey } = table;
  if (table.options.withoutRowid && (primaryKey === undefined || table.columns.some(({ identity }) => identity))) {
    return { ...table, options: { strict: true } };
  }
  return table;
}

for (const driver of ["better-sqlite3", "node:sqlite"] as const) {
  test(`${driver}: reflecting what was created gives back what was declared`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const tables = randomSchema(g, traits).map(possible);
        await using db = sqlite(":memory:", { driver });
        await db.create(tables);
        const reflected = await db.inspect();
        const declared = declaredObjects(tables, sqliteDialect) as TableNode[];
        const normal = (list: readonly TableNode[]) =>
          list
            .map((table) => normalTable(table, normality))
            .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        expect(normal(reflected.tables)).toEqual(normal(declared));

        await using copy = sqlite(":memory:", { driver });
        await copy.create(reflected.tables);
        expect(await copy.inspect()).toEqual(reflected);

        await db.drop(tables);
        expect((await db.inspect()).tables).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
}

test("what is written of a database declares it: its types check, and what it creates is the same", {
  timeout: 120_000,
}, async () => {
  using files = new GeneratedFiles();
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      await using db = sqlite(":memory:");
      await db.create(randomSchema(g, traits).map(possible));
      const reflected = await db.inspect();
      await using copy = sqlite(":memory:");
      await copy.create(
        await files.import(schemaSource(reflected, { dialect: sqliteDialect, module: "athanor/sqlite" })),
      );
      const normal = (list: readonly TableNode[]) => list.map((table) => normalTable(table, normality));
      expect(normal((await copy.inspect()).tables)).toEqual(normal(reflected.tables));
    }),
    { numRuns: 40 },
  );
  expect(files.complaints()).toEqual([]);
});

test("the default that the database fills in is the value that was declared", async () => {
  await using db = sqlite(":memory:");
  for (const { type, declared, found } of await filledIn(db, traits)) expect([type, found]).toEqual([type, declared]);
});
