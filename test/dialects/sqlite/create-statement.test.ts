import fc from "fast-check";
import { expect, test } from "vitest";
import { readCreateIndex, readCreateTable, readCreateView } from "../../../dialects/sqlite/create-statement.ts";
import { tokensOf } from "../../../dialects/sqlite/tokens.ts";

test("everything a table can say of a column is read", () => {
  const table = readCreateTable(`CREATE TABLE "odd ""name""" (
    id INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT REPLACE AUTOINCREMENT,
    [a b] unsigned big int NOT NULL ON CONFLICT ABORT DEFAULT -1 CONSTRAINT positive CHECK ([a b] > ')' || 1),
    'c' varchar(10, 2) COLLATE "NOCASE" DEFAULT ('it''s, ' || 1) UNIQUE,
    d AS (a + (b)) STORED,
    e int GENERATED ALWAYS AS (1),
    f REFERENCES other ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL DEFERRABLE INITIALLY DEFERRED,
    g blob DEFAULT x'00ff' NULL /* kept */, -- not this
    h default current_timestamp
  )`);
  const none = { notNull: false, default: undefined, collation: undefined, computed: undefined, comment: undefined };
  expect(table.columns).toEqual([
    { ...none, name: "id", type: "INTEGER" },
    { ...none, name: "a b", type: "unsigned big int", notNull: true, default: "-1" },
    { ...none, name: "c", type: "varchar(10, 2)", collation: "NOCASE", default: "'it''s, ' || 1" },
    { ...none, name: "d", type: "", computed: { text: "a + (b)", stored: true } },
    { ...none, name: "e", type: "int", computed: { text: "1", stored: false } },
    { ...none, name: "f", type: "" },
    { ...none, name: "g", type: "blob", default: "x'00ff'", comment: "kept" },
    { ...none, name: "h", type: "", default: "current_timestamp" },
  ]);
  expect(table.primaryKey).toEqual({ name: "pk", columns: ["id"] });
  expect(table.autoincrement).toBe(true);
  expect(table.uniques).toEqual([{ name: undefined, columns: ["c"] }]);
  expect(table.checks).toEqual([{ name: "positive", text: "[a b] > ')' || 1" }]);
  expect(table.foreignKeys).toEqual([
    {
      name: undefined,
      columns: ["f"],
      table: "other",
      targets: [],
      onDelete: "set null",
      onUpdate: "no action",
      deferrable: "deferred",
    },
  ]);
});

test("table constraints are read, also without commas between them", () => {
  const table = readCreateTable(`CREATE TABLE t(a, "b", constraint k primary key (a collate nocase desc, [b])
    check (a <> ',') constraint u unique ("b", a) ON CONFLICT IGNORE,
    foreign key (a, b) references "x y"(c, d) on update cascade on delete restrict not deferrable initially deferred,
    foreign key (a) references z(c) deferrable
  ) WITHOUT rowid, STRICT`);
  expect(table.primaryKey).toEqual({ name: "k", columns: ["a", "b"] });
  expect(table.checks).toEqual([{ name: undefined, text: "a <> ','" }]);
  expect(table.uniques).toEqual([{ name: "u", columns: ["b", "a"] }]);
  expect(table.foreignKeys).toEqual([
    {
      name: undefined,
      columns: ["a", "b"],
      table: "x y",
      targets: ["c", "d"],
      onDelete: "restrict",
      onUpdate: "cascade",
      deferrable: undefined,
    },
    {
      name: undefined,
      columns: ["a"],
      table: "z",
      targets: ["c"],
      onDelete: "no action",
      onUpdate: "no action",
      deferrable: "immediate",
    },
  ]);
  expect([table.withoutRowid, table.strict, table.autoincrement]).toEqual([true, true, false]);
});

test("an index says its columns, expressions and condition", () => {
  const index = readCreateIndex(
    `CREATE UNIQUE INDEX "on" ON "t on" (a, "b" COLLATE nocase DESC, (lower(c) || ')'), d + 1 asc) WHERE a IS NOT NULL /* x */`,
  );
  const item = { isName: true, collation: undefined, direction: "asc", autoincrement: false };
  expect(index).toEqual({
    unique: true,
    where: "a IS NOT NULL /* x */",
    items: [
      { ...item, text: "a" },
      { ...item, text: "b", collation: "nocase", direction: "desc" },
      { ...item, text: "lower(c) || ')'", isName: false },
      { ...item, text: "d + 1", isName: false },
    ],
  });
});

test("a view says its columns and its query", () => {
  expect(readCreateView(`CREATE VIEW "v as" ("a", b) AS select 1 as x, 2`)).toEqual({
    columns: ["a", "b"],
    query: "select 1 as x, 2",
  });
  expect(readCreateView("CREATE TEMP VIEW v as with x as (select 1) select * from x")).toEqual({
    columns: [],
    query: "with x as (select 1) select * from x",
  });
});

test("tokens cover every text but its white space, in order, whatever it is", () => {
  const piece = fc.constantFrom(
    "'",
    '"',
    "`",
    "[",
    "]",
    "--",
    "/*",
    "*/",
    "\n",
    " ",
    "(",
    ")",
    "x'",
    "a",
    "É",
    "1",
    "e+",
    ".",
    ";",
    "||",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      let end = 0;
      for (const token of tokensOf(text)) {
        expect(text.slice(end, token.start).trim()).toBe("");
        expect(token.end).toBeGreaterThan(token.start);
        end = token.end;
      }
      expect(text.slice(end).trim()).toBe("");
    }),
  );
});
