import { fn, integer, select, sequence, table, text, varchar, view } from "athanor";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { define } from "../../../core/compile/define.ts";
import type { InspectOptions, Reflected } from "../../../core/dialect/inspector.ts";
import type { IndexNode, SchemaNode, TableColumnNode, TableNode } from "../../../core/tree/schema-node.ts";
import { mariadb, mariadbDialect, mysqlDialect } from "../../../dialects/mysql/index.ts";
import { standardText } from "../../../dialects/mysql/standard-text.ts";
import { schemaSource } from "../../../migrate/source/schema-source.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";
import { hasMariadb, TemporaryDatabase } from "./support.ts";

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
const words = { kind: "varchar", length: 100 } as const;
const item = (of: string, more: object = {}) => ({ of: name(of), direction: "asc", ...more }) as const;

const index = (node: IndexNode): SchemaNode => ({ kind: "createIndex", table: "t", index: node, ifNotExists: true });

test("MySQL indexes expressions, and has no IF NOT EXISTS for indexes", () => {
  const node: IndexNode = {
    name: "i",
    unique: true,
    items: [{ of: sql("lower(a)"), direction: "desc" }, item("b", { length: 10 })],
  };
  expect(define(index(node), mysqlDialect)).toEqual(["create unique index `i` on `t` ((lower(a)) desc, `b`(10))"]);
  expect(() => define(index(node), mariadbDialect)).toThrow("MariaDB has no indexes over expressions");
});

test("options of a table change to what they are where nobody says anything", () => {
  const from = { engine: "MyISAM", collate: "latin1_swedish_ci", row_format: "compressed", key_block_size: 8 };
  const change = (from: TableNode["options"], to: TableNode["options"]) =>
    define({ kind: "alterOptions", table: "t", from, to }, mysqlDialect);
  expect(change(from, { stats_persistent: 1 })).toEqual([
    "alter table `t` engine = InnoDB, default charset utf8mb4 collate utf8mb4_0900_bin, row_format = default, key_block_size = 0, stats_persistent = 1",
  ]);
  expect(change({}, from)).toEqual([
    "alter table `t` engine = MyISAM, default charset latin1 collate latin1_swedish_ci, row_format = compressed, key_block_size = 8",
  ]);
  expect(() => change({}, { engine: "x; drop table t" })).toThrow('"x; drop table t" is not the name of an engine');
});

test("what neither has is refused", () => {
  const node: IndexNode = { name: "i", unique: false, items: [item("a")] };
  for (const dialect of [mysqlDialect, mariadbDialect]) {
    const refusal = (node: SchemaNode) => () => define(node, dialect);
    expect(refusal(index({ ...node, where: sql("a > 1") }))).toThrow("has no indexes over a part of the rows");
    expect(refusal(index({ ...node, include: ["b"] }))).toThrow("has no INCLUDE on an index");
    expect(refusal(index({ ...node, items: [item("a", { nulls: "first" })] }))).toThrow("NULLS FIRST");
    expect(
      refusal({ kind: "addUnique", table: "t", unique: { name: "u", columns: ["a"], deferrable: "deferred" } }),
    ).toThrow("has no deferrable constraints");
    expect(refusal({ kind: "dropTable", table: "t", ifExists: false, cascade: true })).toThrow("CASCADE");
    expect(refusal({ kind: "commentTable", table: "t", comment: "🎉" })).toThrow("past U+FFFF");
    expect(
      refusal({ kind: "createTable", table: tableOf("t", { options: { engine: "a b" } }), ifNotExists: false }),
    ).toThrow('"a b" is not the name of an engine');
  }
});

test("strings with backslashes are put into the words of standard SQL, names are left alone", () => {
  expect(standardText("concat(`a\\'b`,'it\\'s','c''d','e\\\\f\\n',_utf8mb4'x')")).toBe(
    "concat(`a\\'b`,'it''s','c''d','e\\f\n',_utf8mb4'x')",
  );
});

describe.skipIf(!hasMariadb)("MariaDB", () => {
  let database: TemporaryDatabase;
  let db: ReturnType<typeof mariadb>;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    db = mariadb(database.url());
  });
  afterAll(async () => {
    await db[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const { tables, others } = await db.inspect();
    await db.drop([...tables, ...others]);
  });

  /** The file that is written of a database declares it: what it creates is the same. */
  async function expectSameFromFile(reflected: Reflected, options?: InspectOptions): Promise<void> {
    using files = new GeneratedFiles();
    await db.create(await files.import(schemaSource(reflected, { dialect: mariadbDialect, module: "athanor/mysql" })));
    expect(await db.inspect(options)).toEqual(reflected);
    expect(files.complaints()).toEqual([]);
  }

  const run = async (...nodes: readonly SchemaNode[]): Promise<void> => {
    for (const node of nodes) for (const text of define(node, mariadbDialect)) await db.execute(text);
  };

  test("what only MySQL and MariaDB have comes back as it was declared", { timeout: 120_000 }, async () => {
    const pages = tableOf("pages", {
      columns: [
        column(
          "id",
          { kind: "bigint", as: "bigint", unsigned: true },
          { nullable: false, identity: { always: false } },
        ),
        column("title", words, { collation: "utf8mb4_general_ci", comment: "it's" }),
        column("body", { kind: "text" }, { nullable: false }),
        column("place", { kind: "custom", sql: "point", base: { kind: "text" } }, { nullable: false }),
        column("year", { kind: "custom", sql: "year(4)", base: int }),
        column(
          "at",
          { kind: "timestamp", precision: 3, as: "date" },
          { default: sql("current_timestamp(3)"), onUpdate: sql("current_timestamp(3)") },
        ),
        column("address", { kind: "custom", sql: "inet6", base: { kind: "text" } }),
        column("token", { kind: "uuid" }, { default: sql("uuid()") }),
      ],
      primaryKey: { name: undefined, columns: ["id"] },
      indexes: [
        { name: "f", unique: false, items: [item("body")], method: "fulltext" },
        { name: "h", unique: false, items: [item("title", { length: 5 }), item("year")], method: undefined },
        { name: "s", unique: false, items: [item("place")], method: "spatial" },
        { name: "u", unique: true, items: [item("body", { length: 20 })], method: undefined },
      ],
      options: { row_format: "compressed", key_block_size: 8 },
    });
    const sequences = [
      sequence("down", { start: -5, increment: -2, min: -100, max: 0, cycle: true, cache: 7 }).node,
      sequence("plain").node,
      sequence("wide", { start: 9007199254740993n }).node,
    ];
    await db.create([pages, ...sequences]);
    expect(await db.inspect()).toEqual({ tables: [pages], others: sequences });
    await db.create([pages, ...sequences], { ifNotExists: true });
    await db.drop([pages, ...sequences]);
    expect(await db.inspect()).toEqual({ tables: [], others: [] });
    await expectSameFromFile({ tables: [pages], others: sequences });
  });

  test("the index that a foreign key makes for itself is the key's, one that was there is not", async () => {
    const reference = (name: string) => ({
      name,
      columns: ["up"],
      target: { schema: undefined, table: "tree", columns: ["id"] },
      onDelete: "cascade" as const,
      onUpdate: "no action" as const,
    });
    const tree = tableOf("tree", {
      columns: [column("id", int, { nullable: false }), column("up", int)],
      primaryKey: { name: undefined, columns: ["id"] },
      foreignKeys: [reference("of_tree")],
    });
    await db.create([tree]);
    expect((await db.inspect()).tables).toEqual([tree]);
    const indexed = { ...tree, indexes: [{ name: "mine", unique: false, items: [item("up")], method: undefined }] };
    await run(index({ name: "mine", unique: false, items: [item("up")] })).catch(() => undefined);
    await run({ kind: "createIndex", table: "tree", index: indexed.indexes[0] as IndexNode, ifNotExists: true });
    expect((await db.inspect()).tables).toEqual([indexed]);
  });

  test("tables of another database say so, and a view forgets the name of its own", { timeout: 120_000 }, async () => {
    const users = table("users", { id: integer().primaryKey(), name: varchar(100) });
    const loud = view(
      "loud",
      select({ id: users.id, call: fn.upper(users.name) })
        .from(users)
        .where(users.name.ne(`\`${database.name}\`.it's`)),
    );
    await db.create([loud, users]);
    const { others } = await db.inspect();
    expect(others).toEqual([
      {
        kind: "view",
        name: "loud",
        schema: undefined,
        materialized: false,
        query: sql(
          `select \`users\`.\`id\` AS \`id\`,ucase(\`users\`.\`name\`) AS \`call\` from \`users\` where \`users\`.\`name\` <> '\`${database.name}\`.it''s'`,
        ),
        columns: [
          { key: "id", name: "id", type: int, nullable: true },
          { key: "call", name: "call", type: { kind: "varchar", length: 100 }, nullable: true },
        ],
      },
    ]);
    await db.execute("drop view loud");
    await db.create(others);
    expect((await db.inspect()).others).toEqual(others);
    await db.execute("drop view loud");
    await expectSameFromFile({ tables: [], others }, { only: ["loud"] });

    const other = `${database.name}_other`;
    await run({ kind: "createSchema", name: other, ifNotExists: false });
    const far = tableOf("far", {
      schema: other,
      columns: [column("user", int)],
      foreignKeys: [
        {
          name: "to_users",
          columns: ["user"],
          target: { schema: database.name, table: "users", columns: ["id"] },
          onDelete: "no action",
          onUpdate: "no action",
        },
      ],
    });
    const lost = {
      ...far,
      foreignKeys: far.foreignKeys.map((key) => ({ ...key, target: { ...key.target, schema: undefined } })),
    };
    await expect(db.create([lost])).rejects.toThrow('refers to "users", which says no schema');
    await db.create([far]);
    expect((await db.inspect({ schemas: [other] })).tables).toEqual([far]);
    await run(
      { kind: "renameTable", schema: other, table: "far", to: "near" },
      { kind: "dropConstraint", schema: other, table: "near", name: "to_users", of: "foreign key" },
    );
    expect((await db.inspect({ schemas: [other] })).tables.map(({ name }) => name)).toEqual(["near"]);
    await run({ kind: "dropSchema", name: other, ifExists: false });
  });

  test("columns, constraints and comments change one by one", async () => {
    const place = { table: "t" };
    const key = column("id", int, { nullable: false, identity: { always: false } });
    await run(
      {
        kind: "createTable",
        table: tableOf("t", { columns: [column("id", int, { nullable: false }), column("a", int)] }),
        ifNotExists: false,
      },
      { kind: "addPrimaryKey", ...place, primaryKey: { name: "pk", columns: ["id"] } },
      { kind: "alterColumn", ...place, from: column("id", int, { nullable: false }), to: key },
      {
        kind: "addColumn",
        ...place,
        column: column("b", words, { nullable: false, default: sql("'x'"), comment: "b's" }),
      },
      { kind: "renameColumn", ...place, column: "a", to: "c" },
      { kind: "addUnique", ...place, unique: { name: "un", columns: ["c"] } },
      { kind: "addCheck", ...place, check: { name: "ch", expression: sql("c > 0") } },
      { kind: "commentTable", ...place, comment: "t's" },
      { kind: "commentColumn", ...place, column: column("c", int, { comment: "new" }) },
    );
    const expected = tableOf("t", {
      columns: [
        key,
        column("c", int, { comment: "new" }),
        column("b", words, { nullable: false, default: sql("'x'"), comment: "b's" }),
      ],
      primaryKey: { name: undefined, columns: ["id"] },
      uniques: [{ name: "un", columns: ["c"] }],
      checks: [{ name: "ch", expression: sql("`c` > 0") }],
      comment: "t's",
    });
    expect((await db.inspect()).tables).toEqual([expected]);
    await run(
      { kind: "dropConstraint", ...place, name: "un", of: "unique" },
      { kind: "dropConstraint", ...place, name: "ch", of: "check" },
      { kind: "alterColumn", ...place, from: key, to: column("id", int, { nullable: false }) },
      { kind: "dropConstraint", ...place, name: "pk", of: "primary key" },
      index({ name: "ix", unique: false, items: [item("c")], method: "btree" }),
      { kind: "dropIndex", ...place, name: "ix", ifExists: false },
      { kind: "dropIndex", ...place, name: "ix", ifExists: true },
      { kind: "dropColumn", ...place, column: "b" },
      { kind: "commentTable", ...place, comment: undefined },
    );
    expect((await db.inspect()).tables).toEqual([
      tableOf("t", { columns: [column("id", int, { nullable: false }), column("c", int, { comment: "new" })] }),
    ]);
  });

  test("a table that others made reads as what it is, and is made again", { timeout: 120_000 }, async () => {
    await db.execute(`
      create table old (
        id int(10) unsigned zerofill not null auto_increment, flag tinyint(1) not null default 0, small tinyint unsigned,
        kind enum('a','b''c') character set latin1 default 'a', many set('x','y'), blb blob, doc json, n decimal,
        at timestamp null default null, stamp timestamp not null default current_timestamp() on update current_timestamp(),
        note tinytext, bits bit(3) default b'101', raw binary(4), price double(10,2), name varchar(50) default 'it''s',
        primary key (id), unique key by_name (name), key by_note (note(10)), check (small > 0)
      ) engine=MyISAM default charset=latin1 comment='old''s'`);
    const before = await db.inspect();
    const [old] = before.tables;
    expect(old?.columns.map(({ name, type }) => `${name}: ${mariadbDialect.typeName(type)}`)).toEqual([
      "id: int(10) unsigned zerofill",
      "flag: boolean",
      "small: tinyint unsigned",
      "kind: enum('a', 'b''c')",
      "many: set('x','y')",
      "blb: blob",
      "doc: json",
      "n: decimal(10, 0)",
      "at: timestamp",
      "stamp: timestamp",
      "note: tinytext",
      "bits: bit(3)",
      "raw: binary(4)",
      "price: double(10,2)",
      "name: varchar(50)",
    ]);
    expect(old?.options).toEqual({ engine: "MyISAM", collate: "latin1_swedish_ci" });
    await db.execute("drop table old");
    await db.create(before.tables);
    expect(await db.inspect()).toEqual(before);
    await db.execute("drop table old");
    await expectSameFromFile(before);
  });

  test("a text of the schema's own keeps characters that the server's catalogue cannot show", async () => {
    const party = table("party", {
      id: integer().primaryKey(),
      mood: varchar(20).default("🎉"),
      note: text().default("é🎉"),
    });
    await db.create([party]);
    const { tables } = await db.inspect();
    await db.drop([party]);
    await db.create(tables);
    await db.execute("insert into party (id) values (1)");
    expect(await db.all(select({ mood: party.mood, note: party.note }).from(party))).toEqual([
      { mood: "🎉", note: "é🎉" },
    ]);
  });
});
