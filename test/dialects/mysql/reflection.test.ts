import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { declaredObjects } from "../../../core/database/declared-schema.ts";
import type { TableNode } from "../../../core/tree/schema-node.ts";
import type { SqlType } from "../../../core/types/sql-type.ts";
import { mariadb, mariadbDialect } from "../../../dialects/mysql/index.ts";
import { schemaSource } from "../../../migrate/source/schema-source.ts";
import { filledIn } from "../../support/default-values.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";
import { looseSql } from "../../support/loose-sql.ts";
import { type Normality, normalTable } from "../../support/normal-schema.ts";
import { randomSchema, type Traits, type TypeTrait } from "../../support/random-schema.ts";
import { hasMariadb, TemporaryDatabase } from "./support.ts";

const type = (type: SqlType, values: readonly unknown[] = [], keyable = true): TypeTrait => ({ type, values, keyable });

const traits: Traits = {
  types: [
    type({ kind: "integer", size: 4 }, [0, -1, 2147483647]),
    type({ kind: "integer", size: 1 }, [7, -128]),
    type({ kind: "integer", size: 2, unsigned: true }, [65535]),
    type({ kind: "integer", size: 3 }, [-5]),
    type({ kind: "bigint", as: "bigint" }, [9007199254740993n, -9223372036854775808n]),
    type({ kind: "bigint", as: "bigint", unsigned: true }, [18446744073709551615n]),
    type({ kind: "float", size: 4 }, [0.5, -1.5]),
    type({ kind: "float", size: 8 }, [0.1, 1e300]),
    type({ kind: "decimal", precision: 10, scale: 2, as: "string" }, ["12.50", "-0.01"]),
    type({ kind: "decimal", precision: 8, as: "string", unsigned: true }, ["3"]),
    type({ kind: "decimal", as: "string" }, ["1.5"]),
    type({ kind: "boolean" }, [true, false]),
    type({ kind: "text" }, ["", "it's", '"x"', "a\\b", "-- c", "/* d */", "é🎉\n", "), ("], false),
    type({ kind: "varchar", length: 20 }, ["x", "it's", "a\\'b", "é🎉\n", ") on update"]),
    type({ kind: "char", length: 3 }, ["abc"]),
    type({ kind: "uuid" }, ["01890a5d-ac96-774b-bcce-b302099a8057"]),
    type({ kind: "enumeration", values: ["sad", "it's ok", "a\\b", "c, (d)"] }, ["it's ok", "a\\b"]),
    type({ kind: "date" }, ["2024-02-29"]),
    type({ kind: "time" }, ["12:30:00"]),
    type({ kind: "time", precision: 3 }, ["12:30:00.125"]),
    type({ kind: "timestamp", as: "date" }, [new Date("2024-02-29T12:34:56.789Z")]),
    type({ kind: "timestamptz", precision: 0, as: "date" }, [new Date("2024-02-29T12:34:56Z")]),
    type({ kind: "interval" }, ["P1DT2H"]),
    type({ kind: "json", storage: "binary" }, [{ a: ["it's", 1, null, "\\"] }, [], "x"], false),
    type({ kind: "bytes" }, [new Uint8Array([65, 66])], false),
    type({ kind: "bytes", length: 16 }, [new Uint8Array([65, 39, 66])]),
    type({ kind: "custom", sql: "inet6", base: { kind: "text" } }),
    type({ kind: "custom", sql: "text", base: { kind: "text" } }, [], false),
    type({ kind: "custom", sql: "set('a','b''c')", base: { kind: "text" } }),
    type({ kind: "custom", sql: "timestamp(3)", base: { kind: "timestamptz", as: "date" } }),
    type({ kind: "custom", sql: "int(8) unsigned zerofill", base: { kind: "integer", size: 4 } }),
  ],
  names: ["a", "order", "Na me", 'quo"te', "it's", "`tick`", "[brackets]", "ünï", "dot.ted", "--", "null", "a\\b"],
  collations: [],
  comments: true,
  computed: ["stored", "virtual"],
  deferrable: false,
  actions: ["no action", "restrict", "cascade", "set null"],
  partialIndexes: false,
  expressionIndexes: false,
  options: [
    {},
    {},
    { engine: "MyISAM" },
    { collate: "utf8mb4_general_ci" },
    { row_format: "compressed", key_block_size: 8 },
  ],
  expressionDefaults: true,
};

// Booleans are numbers.
const normality: Normality = { dialect: mariadbDialect, text: (text) => looseSql(text, { true: "1", false: "0" }) };

/** Only InnoDB has foreign keys. */
function possible(tables: readonly TableNode[]): readonly TableNode[] {
  const refer = tables.some(({ foreignKeys }) => foreignKeys.length > 0);
  return refer ? tables.map((table) => ({ ...table, options: {} })) : tables;
}

describe.skipIf(!hasMariadb)("MariaDB", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("reflecting what was created gives back what was declared", { timeout: 120_000 }, async () => {
    await using db = mariadb(database.url(), { connectionLimit: 1 } as never);
    using files = new GeneratedFiles();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const before = (await db.inspect()).tables;
        await db.drop(before);
        const tables = possible(randomSchema(g, traits));
        await db.create(tables);
        const reflected = await db.inspect();
        const declared = declaredObjects(tables, mariadbDialect) as TableNode[];
        const normal = (list: readonly TableNode[]) =>
          list
            .map((table) => normalTable(table, normality))
            .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        expect(normal(reflected.tables)).toEqual(normal(declared));

        await db.drop(tables);
        expect(await db.inspect()).toEqual({ tables: [], others: [] });
        await db.create(reflected.tables);
        expect(await db.inspect()).toEqual(reflected);

        // The file that is written of it declares the same.
        const declaration = await files.import(
          schemaSource(reflected, { dialect: mariadbDialect, module: "athanor/mysql" }),
        );
        await db.drop(reflected.tables);
        await db.create(declaration);
        expect(await db.inspect()).toEqual(reflected);
      }),
      { numRuns: 25 },
    );
    expect(files.complaints()).toEqual([]);
  });

  test("the default that the database fills in is the value that was declared", async () => {
    await using db = mariadb(database.url());
    for (const { type, declared, found } of await filledIn(db, traits)) expect([type, found]).toEqual([type, declared]);
  });
});
