import { fn, integer, materializedView, select, sequence, table, text, view } from "athanor";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { define } from "../../../core/compile/define.ts";
import type { SchemaNode, TableColumnNode, TableNode, TypeNode, ViewNode } from "../../../core/tree/schema-node.ts";
import { postgres, postgresDialect } from "../../../dialects/postgres/index.ts";
import { schemaSource } from "../../../migrate/source/schema-source.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";

const door = { dialect: postgresDialect, module: "athanor/postgres" };

const sql = (text: string) => ({ kind: "sqlText", text }) as const;
const name = (name: string) => ({ kind: "name", name }) as const;

function column(name: string, type: TableColumnNode["type"], more: Partial<TableColumnNode> = {}): TableColumnNode {
  return { key: name, name, type, nullable: true, ...more };
}

function tableOf(name: string, more: Partial<TableNode>): TableNode {
  return {
    kind: "table",
    name,
    columns: [],
    primaryKey: undefined,
    foreignKeys: [],
    uniques: [],
    checks: [],
    indexes: [],
    exclusions: [],
    options: {},
    ...more,
  };
}

const int = { kind: "integer", size: 4 } as const;
const string = { kind: "text" } as const;

describe.skipIf(!hasPostgres)("PostgreSQL", () => {
  let database: TemporaryDatabase;
  let db: ReturnType<typeof postgres>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    db = postgres(database.url, { max: 1 });
  });
  afterAll(async () => {
    await db[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  beforeEach(() => db.execute("drop schema if exists public, other cascade; create schema public"));

  const run = async (...nodes: readonly SchemaNode[]): Promise<void> => {
    for (const node of nodes) for (const text of define(node, postgresDialect)) await db.execute(text);
  };

  test("what only PostgreSQL has comes back as it was declared", { timeout: 120_000 }, async () => {
    await db.execute("create schema other");
    const types: readonly TypeNode[] = [
      { kind: "type", name: "mood", schema: "other", definition: { kind: "enumeration", values: ["sad", "it's ok"] } },
      {
        kind: "type",
        name: "positive",
        definition: {
          kind: "domain",
          of: int,
          nullable: false,
          checks: [{ name: "positive_check", expression: sql("(VALUE > 0)") }],
        },
      },
    ];
    const rooms = tableOf("rooms", {
      columns: [
        column(
          "id",
          { kind: "bigint", as: "bigint" },
          { nullable: false, identity: { always: true, start: 10, increment: 5 } },
        ),
        column("old", int, { nullable: false, identity: { always: false, serial: true } }),
        column("floor", int),
        column("mood", { kind: "enumeration", values: ["sad", "it's ok"], name: "mood", schema: "other" }),
        column("size", { kind: "custom", sql: '"positive"', base: int }),
        column("words", { kind: "custom", sql: "tsvector", base: string }),
        column("tags", { kind: "array", of: string }),
        column("taken", { kind: "custom", sql: "int4range", base: string }),
        column("label", string),
      ],
      primaryKey: { name: "rooms_pkey", columns: ["id"], include: ["floor"] },
      uniques: [
        { name: "a", columns: ["floor"], nullsNotDistinct: true, deferrable: undefined },
        { name: "b", columns: ["label", "floor"], include: ["old"], deferrable: undefined },
        { name: "c", columns: ["label"], deferrable: "deferred" },
      ],
      indexes: [
        {
          name: "i1",
          unique: false,
          items: [{ of: name("words"), direction: "asc" }],
          method: "gin",
          options: { fastupdate: false },
        },
        {
          name: "i2",
          unique: true,
          items: [
            { of: name("label"), direction: "desc", nulls: "last", operatorClass: "text_pattern_ops", collation: "C" },
            { of: sql("(floor + 1)"), direction: "asc", nulls: "first" },
          ],
          where: sql("(floor > 1)"),
          include: ["old"],
          nullsNotDistinct: true,
          options: { fillfactor: 70 },
        },
        { name: "i3", unique: false, items: [{ of: name("id"), direction: "asc" }], method: "brin" },
      ],
      exclusions: [
        {
          name: "x",
          method: "gist",
          items: [
            { of: name("taken"), with: "&&" },
            { of: sql("int4range(floor, (floor + 1))"), with: "&&" },
          ],
          where: sql("(floor > 0)"),
        },
      ],
    });
    const keys = tableOf("keys", {
      schema: "other",
      columns: [column("room", { kind: "bigint", as: "bigint" }), column("a", int), column("b", int)],
      uniques: [{ name: "u", columns: ["a", "b"], deferrable: undefined }],
      foreignKeys: [
        {
          name: "f1",
          columns: ["room"],
          target: { schema: undefined, table: "rooms", columns: ["id"] },
          onDelete: "cascade",
          onUpdate: "restrict",
          deferrable: "immediate",
        },
        {
          name: "f2",
          columns: ["a", "b"],
          target: { schema: "other", table: "keys", columns: ["a", "b"] },
          onDelete: "set null",
          onUpdate: "no action",
          onDeleteColumns: ["b"],
          deferrable: undefined,
        },
      ],
    });
    const sequences = [
      sequence("plain").node,
      sequence("down", { start: -5, increment: -2, min: -100, max: 0, cycle: true, cache: 7 }).node,
      sequence("wide", { start: 9007199254740993n, schema: "other" }).node,
    ];
    await db.create([...types, rooms, keys, ...sequences]);

    const { tables, others } = await db.inspect({ schemas: ["public", "other"] });
    expect(tables).toEqual([keys, rooms]);
    expect(others).toEqual([sequences[1], sequences[0], sequences[2], ...types]);
    await db.drop([...types, rooms, keys, ...sequences]);
    expect(await db.inspect({ schemas: ["public", "other"] })).toEqual({ tables: [], others: [] });

    // The file that is written of it declares the same.
    using files = new GeneratedFiles();
    await db.create(await files.import(schemaSource({ tables, others }, door)));
    expect(await db.inspect({ schemas: ["public", "other"] })).toEqual({ tables, others });
    expect(files.complaints()).toEqual([]);
  });

  test("a partitioned table says how, and its partitions are not tables of their own", async () => {
    const logs = tableOf("logs", {
      columns: [column("at", { kind: "date" }, { nullable: false })],
      options: { partitionBy: "RANGE (at)" },
    });
    await db.create([logs]);
    await db.execute("create table logs_2024 partition of logs for values from ('2024-01-01') to ('2025-01-01')");
    expect((await db.inspect()).tables).toEqual([logs]);
  });

  test("views, materialized views with indexes, and comments on them", { timeout: 120_000 }, async () => {
    const users = table("users", { id: integer().primaryKey(), name: text() });
    const named = view("named", select({ id: users.id, call: fn.upper(users.name) }).from(users), { comment: "it's" });
    const kept = materializedView("kept", select({ n: fn.count() }).from(users));
    await db.create([kept, named, users]);
    await db.execute("create unique index kept_n on kept (n)");
    const { others } = await db.inspect();
    expect(others).toEqual([
      expect.objectContaining({
        name: "kept",
        materialized: true,
        columns: [{ key: "n", name: "n", type: { kind: "bigint", as: "bigint" }, nullable: true }],
        indexes: [expect.objectContaining({ name: "kept_n", unique: true })],
      }),
      expect.objectContaining({ name: "named", materialized: false, comment: "it's" }),
    ]);
    await db.execute("drop materialized view kept; drop view named");
    await db.create(others);
    expect((await db.inspect()).others).toEqual(others);
    using files = new GeneratedFiles();
    const reflected = await db.inspect();
    const declared = await files.import(schemaSource(reflected, door));
    await db.drop(declared);
    await db.create(declared);
    expect(await db.inspect()).toEqual(reflected);
    expect(files.complaints()).toEqual([]);
    await run({ kind: "createView", view: others[1] as ViewNode, orReplace: true, ifNotExists: false });
    await run({ kind: "createView", view: others[1] as ViewNode, orReplace: false, ifNotExists: true });
    await db.drop([kept, named, users]);
    expect(await db.inspect()).toEqual({ tables: [], others: [] });
  });

  test("tables in a circle get the last foreign key afterwards", async () => {
    const key = (name: string, of: string, target: string) =>
      tableOf(of, {
        columns: [column("id", int, { nullable: false }), column("other", int)],
        primaryKey: { name: `${of}_pkey`, columns: ["id"] },
        foreignKeys: [
          {
            name,
            columns: ["other"],
            target: { schema: undefined, table: target, columns: ["id"] },
            onDelete: "no action",
            onUpdate: "no action",
            deferrable: undefined,
          },
        ],
      });
    const tables = [key("f", "a", "b"), key("g", "b", "a")];
    await db.create(tables);
    expect((await db.inspect()).tables).toEqual(tables);
    await db.execute("insert into a values (1, null); insert into b values (1, 1); update a set other = 1");
    await db.drop(tables);
    expect((await db.inspect()).tables).toEqual([]);
  });

  test("a column changes in one statement, whatever of it changes", async () => {
    const from = column("c", { kind: "varchar", length: 5 }, { default: sql("'7'") });
    const to = column("c", int, { nullable: false, default: sql("8"), comment: "new" });
    const place = { table: "t" };
    const alter: SchemaNode = { kind: "alterColumn", ...place, from, to, using: '"c"::integer' };
    expect(define(alter, postgresDialect)).toEqual([
      'alter table "t" alter column "c" drop default, alter column "c" type integer using "c"::integer, alter column "c" set not null, alter column "c" set default (8)',
      `comment on column "t"."c" is 'new'`,
    ]);
    await db.execute("create table t (c varchar(5) default '7'); insert into t values ('1')");
    await run(alter);
    const after = (await db.inspect()).tables[0]?.columns[0];
    expect(after).toEqual({ ...to, default: sql("8") });

    const numbered = column("c", int, { nullable: false, identity: { always: false, start: 5 } });
    await run(
      { kind: "alterColumn", ...place, from: to, to: { ...numbered, comment: "new" } },
      {
        kind: "alterColumn",
        ...place,
        from: { ...numbered, comment: "new" },
        to: { ...numbered, identity: { always: true } },
      },
      { kind: "renameColumn", ...place, column: "c", to: "d" },
      { kind: "renameTable", ...place, to: "u" },
    );
    const renamed = (await db.inspect()).tables[0];
    expect([renamed?.name, renamed?.columns[0]?.name, renamed?.columns[0]?.identity]).toEqual([
      "u",
      "d",
      { always: true, start: undefined, increment: undefined },
    ]);
    expect(define({ kind: "alterColumn", ...place, from: to, to }, postgresDialect)).toEqual([]);
  });

  test("a change that PostgreSQL cannot make is refused with the way round it", () => {
    const plain = column("c", int);
    const computed = column("c", int, { computed: { expression: sql("1"), stored: true } });
    const serial = column("c", int, { identity: { always: false, serial: true } });
    const alter = (from: TableColumnNode, to: TableColumnNode) => () =>
      define({ kind: "alterColumn", table: "t", from, to }, postgresDialect);
    expect(alter(plain, computed)).toThrow("Drop the column and add it anew");
    expect(alter(plain, serial)).toThrow("Use generated(), an identity");
    expect(alter(plain, { ...plain, name: "d" })).toThrow("Rename it first");
    expect(alter(computed, plain)()).toEqual(['alter table "t" alter column "c" drop expression']);
  });

  test("constraints, indexes, types and schemas are added and dropped one by one", async () => {
    const place = { schema: "other", table: "t" };
    await run(
      { kind: "createSchema", name: "other", ifNotExists: true },
      { kind: "createSchema", name: "other", ifNotExists: true },
      {
        kind: "createTable",
        table: tableOf("t", { schema: "other", columns: [column("a", int)] }),
        ifNotExists: false,
      },
      { kind: "addColumn", ...place, column: column("b", int, { nullable: false, comment: "b's" }) },
      { kind: "addPrimaryKey", ...place, primaryKey: { name: "pk", columns: ["b"] } },
      { kind: "addUnique", ...place, unique: { name: "un", columns: ["a"] } },
      { kind: "addCheck", ...place, check: { name: "ch", expression: sql("a > 0") }, notValid: true },
      { kind: "validateConstraint", ...place, name: "ch" },
      {
        kind: "addForeignKey",
        ...place,
        foreignKey: {
          name: "fk",
          columns: ["a"],
          target: { schema: "other", table: "t", columns: ["b"] },
          onDelete: "no action",
          onUpdate: "no action",
        },
        notValid: true,
      },
      {
        kind: "addExclusion",
        ...place,
        exclusion: { name: "ex", method: "btree", items: [{ of: name("a"), with: "=" }] },
      },
      {
        kind: "createIndex",
        ...place,
        index: { name: "ix", unique: false, items: [{ of: name("a"), direction: "asc" }] },
        ifNotExists: true,
        concurrently: true,
      },
      { kind: "commentTable", ...place, comment: "t's" },
    );
    const full = (await db.inspect({ schemas: ["other"] })).tables[0] as TableNode;
    expect([
      full.primaryKey?.name,
      full.uniques[0]?.name,
      full.checks[0],
      full.foreignKeys[0]?.name,
      full.exclusions[0]?.name,
      full.indexes[0]?.name,
      full.comment,
      full.columns[1]?.comment,
    ]).toEqual(["pk", "un", { name: "ch", expression: sql("(a > 0)") }, "fk", "ex", "ix", "t's", "b's"]);
    await run(
      { kind: "dropConstraint", ...place, name: "fk", of: "foreign key" },
      { kind: "dropConstraint", ...place, name: "pk", of: "primary key" },
      { kind: "dropConstraint", ...place, name: "ch", of: "check" },
      { kind: "dropIndex", ...place, name: "ix", ifExists: false, concurrently: true },
      { kind: "dropIndex", ...place, name: "ix", ifExists: true },
      { kind: "dropColumn", ...place, column: "b" },
      { kind: "commentTable", ...place, comment: undefined },
      {
        kind: "createType",
        type: { kind: "type", name: "m", schema: "other", definition: { kind: "enumeration", values: ["$$", "b"] } },
        ifNotExists: true,
      },
      {
        kind: "createType",
        type: { kind: "type", name: "m", schema: "other", definition: { kind: "enumeration", values: ["$$", "b"] } },
        ifNotExists: true,
      },
      { kind: "addEnumValue", schema: "other", name: "m", value: "it's", before: "b" },
    );
    const { tables, others } = await db.inspect({ schemas: ["other"] });
    expect(tables).toEqual([
      tableOf("t", {
        schema: "other",
        columns: [column("a", int)],
        uniques: [{ name: "un", columns: ["a"], deferrable: undefined }],
        exclusions: [{ name: "ex", method: "btree", items: [{ of: name("a"), with: "=" }], where: undefined }],
      }),
    ]);
    expect(others[0]).toEqual({
      kind: "type",
      schema: "other",
      name: "m",
      definition: { kind: "enumeration", values: ["$$", "it's", "b"] },
    });
    await run({ kind: "dropSchema", name: "other", ifExists: false, cascade: true });
    expect(await db.inspect({ schemas: ["other"] })).toEqual({ tables: [], others: [] });
  });
});
