import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { declaredObjects } from "../../../core/database/declared-schema.ts";
import type { SchemaObject, TableNode } from "../../../core/tree/schema-node.ts";
import type { SqlType } from "../../../core/types/sql-type.ts";
import { postgres, postgresDialect } from "../../../dialects/postgres/index.ts";
import { schemaSource } from "../../../migrate/source/schema-source.ts";
import { filledIn } from "../../support/default-values.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";
import { looseSql } from "../../support/loose-sql.ts";
import { type Normality, normalTable } from "../../support/normal-schema.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { randomSchema, type Traits, type TypeTrait } from "../../support/random-schema.ts";

const type = (type: SqlType, values: readonly unknown[] = [], keyable = true): TypeTrait => ({ type, values, keyable });

const traits: Traits = {
  types: [
    type({ kind: "integer", size: 4 }, [0, -1, 2147483647]),
    type({ kind: "integer", size: 2 }, [7, -32768]),
    type({ kind: "bigint", as: "bigint" }, [9007199254740993n, -9223372036854775808n]),
    type({ kind: "float", size: 4 }, [0.5, -1.5]),
    type({ kind: "float", size: 8 }, [0.1, Number.NEGATIVE_INFINITY, Number.NaN]),
    type({ kind: "decimal", precision: 10, scale: 2, as: "string" }, ["12.50", "-0.01"]),
    type({ kind: "decimal", as: "string" }, ["12345678901234567890.12345"]),
    type({ kind: "boolean" }, [true, false]),
    type({ kind: "text" }, ["", "it's", '"x"', "a\\b", "-- c", "/* d */", "é🎉\n", "), ("]),
    type({ kind: "varchar", length: 20 }, ["x"]),
    type({ kind: "varchar" }, ["x"]),
    type({ kind: "char", length: 3 }, ["abc"]),
    type({ kind: "uuid" }, ["01890a5d-ac96-774b-bcce-b302099a8057"]),
    type({ kind: "enumeration", values: ["sad", "it's ok", "happy"] }, ["it's ok"]),
    type({ kind: "enumeration", values: ["sad", "it's ok", "happy"], name: 'Mood "x"' }, ["it's ok"]),
    type({ kind: "date" }, ["2024-02-29"]),
    type({ kind: "time" }, ["12:30:00"]),
    type({ kind: "time", precision: 3 }, ["12:30:00.125"]),
    type({ kind: "timestamp", as: "date" }, [new Date("2024-02-29T12:34:56.789Z")]),
    type({ kind: "timestamptz", as: "string" }, ["2024-02-29T12:34:56.789012Z"]),
    type({ kind: "timestamptz", precision: 0, as: "date" }, [new Date("2024-02-29T12:34:56Z")]),
    type({ kind: "interval" }, ["P1DT2H"]),
    type({ kind: "json", storage: "binary" }, [{ a: ["it's", 1, null] }, [], "x"]),
    type({ kind: "json", storage: "text" }, [{ a: 1 }], false),
    type({ kind: "bytes" }, [new Uint8Array([0, 255, 39])]),
    type({ kind: "array", of: { kind: "integer", size: 4 } }, [[1, 2]]),
    type({ kind: "array", of: { kind: "array", of: { kind: "varchar", length: 9 } } }),
    type({ kind: "array", of: { kind: "enumeration", values: ["sad", "it's ok", "happy"], name: 'Mood "x"' } }),
    type({ kind: "custom", sql: "inet", base: { kind: "text" } }, ["10.0.0.1"]),
    type({ kind: "custom", sql: "tstzrange", base: { kind: "text" } }),
    type({ kind: "custom", sql: "bit varying(5)", base: { kind: "text" } }),
  ],
  names: ["a", "order", "Na me", 'quo"te', "it's", "`tick`", "[brackets]", "ünï🎉", "dot.ted", "--", "null", "a\\b"],
  collations: ["C", "POSIX"],
  comments: true,
  computed: ["stored"],
  deferrable: true,
  actions: ["no action", "restrict", "cascade", "set null", "set default"],
  partialIndexes: true,
  expressionIndexes: true,
  options: [{}, {}, { unlogged: true }, { fillfactor: 70, autovacuum_enabled: false }],
  expressionDefaults: true,
};

const normality: Normality = { dialect: postgresDialect, text: looseSql };

/** A logged table cannot refer to an unlogged one. */
function possible(tables: readonly TableNode[]): TableNode[] {
  return tables.some(({ options }) => !options.unlogged)
    ? tables.map((table) => ({ ...table, options: withoutUnlogged(table) }))
    : [...tables];
}
function withoutUnlogged({ options: { unlogged: _, ...rest } }: TableNode): TableNode["options"] {
  return rest;
}

describe.skipIf(!hasPostgres)("PostgreSQL", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await temporaryDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("reflecting what was created gives back what was declared", { timeout: 120_000 }, async () => {
    await using db = postgres(database.url, { max: 1 });
    const isTable = (object: SchemaObject) => object.kind === "table";
    using files = new GeneratedFiles();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        await db.execute("drop schema if exists public cascade; create schema public");
        const tables = possible(randomSchema(g, traits));
        await db.create(tables);
        const reflected = await db.inspect();
        const declared = declaredObjects(tables, postgresDialect);
        const normal = (list: readonly TableNode[]) =>
          list
            .map((table) => normalTable(table, normality))
            .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        expect(normal(reflected.tables)).toEqual(normal(declared.filter(isTable)));
        expect(reflected.others).toEqual(declared.filter((object) => !isTable(object)));

        await db.drop(tables);
        expect(await db.inspect()).toEqual({ tables: [], others: [] });
        await db.create([...reflected.tables, ...reflected.others]);
        expect(await db.inspect()).toEqual(reflected);

        // The file that is written of it declares the same.
        const declaration = await files.import(
          schemaSource(reflected, { dialect: postgresDialect, module: "athanor/postgres" }),
        );
        await db.drop([...reflected.tables, ...reflected.others]);
        await db.create(declaration);
        expect(await db.inspect()).toEqual(reflected);
      }),
      { numRuns: 25 },
    );
    expect(files.complaints()).toEqual([]);
  });

  test("the default that the database fills in is the value that was declared", async () => {
    await using db = postgres(database.url, { max: 1 });
    await db.execute("drop schema if exists public cascade; create schema public");
    for (const { type, declared, found } of await filledIn(db, traits)) expect([type, found]).toEqual([type, declared]);
  });
});
