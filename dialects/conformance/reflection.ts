// What was created is found again: tables, columns, types, keys, indexes, views; and dropping leaves nothing.
import assert from "node:assert/strict";
import {
  bigint,
  boolean,
  bytes,
  type Database,
  date,
  decimal,
  deleteFrom,
  double,
  fn,
  index,
  insertInto,
  integer,
  json,
  select,
  smallint,
  table,
  text,
  timestamptz,
  unique,
  uniqueIndex,
  varchar,
  view,
} from "../../core/index.ts";
import type { Draft, Group } from "./suite.ts";

const owners = table("conformance_owners", {
  id: integer().primaryKey(),
  name: varchar(40).unique("conformance_owner_name"),
});
const things = table(
  "conformance_things",
  {
    id: integer().primaryKey(),
    ownerId: integer("owner_id").references(() => owners.id, { onDelete: "cascade" }),
    small: smallint().default(7),
    big: bigint().nullable(),
    exact: decimal(12, 3),
    half: double().nullable(),
    flag: boolean().default(true),
    name: varchar(40),
    body: text().nullable(),
    day: date().nullable(),
    at: timestamptz(),
    doc: json().nullable(),
    data: bytes().nullable(),
  },
  {
    constraints: (t) => [unique(t.ownerId, t.name), index(t.name, t.day), uniqueIndex(t.big)],
  },
);
const links = table(
  "conformance_links",
  {
    from: integer("from_id").references(() => things.id),
    to: integer("to_id").references(() => things.id),
    note: text().nullable(),
  },
  { primaryKey: ["from", "to"] },
);
const names = view("conformance_names", select({ id: owners.id, name: owners.name }).from(owners));
const schema = { owners, things, links, names };
const own = ["conformance_owners", "conformance_things", "conformance_links", "conformance_names"];

const reflect = (db: Database<any>) => db.inspect({ only: own });
const found = async (db: Database<any>, name: string) => {
  const { tables } = await reflect(db);
  const one = tables.find((table) => table.name === name);
  assert.ok(one, `${name} is there`);
  return one;
};

const cases: Readonly<Record<string, (db: Database<any>) => Promise<void>>> = {
  "every table and view is there": async (db) => {
    const { tables, others } = await reflect(db);
    assert.deepEqual(tables.map(({ name }) => name).sort(), own.slice(0, 3).sort());
    assert.deepEqual(
      others.filter(({ kind }) => kind === "view").map(({ name }) => name),
      ["conformance_names"],
    );
  },
  "columns are there in order, and may be null or not": async (db) => {
    const { columns } = await found(db, "conformance_things");
    assert.deepEqual(
      columns.map(({ name, nullable }) => `${name}${nullable ? "?" : ""}`),
      ["id", "owner_id", "small", "big?", "exact", "half?", "flag", "name", "body?", "day?", "at", "doc?", "data?"],
    );
  },
  "types are what was declared": async (db) => {
    const { columns } = await found(db, "conformance_things");
    assert.deepEqual(
      // Where both are the same to the database, it cannot tell which was declared.
      columns.map(({ type }) => (type.kind === "timestamp" ? "timestamptz" : type.kind)),
      [
        "integer",
        "integer",
        "integer",
        "bigint",
        "decimal",
        "float",
        "boolean",
        "varchar",
        "text",
        "date",
        "timestamptz",
        "json",
        "bytes",
      ],
    );
    const exact = columns.find(({ name }) => name === "exact")?.type;
    assert.deepEqual(exact?.kind === "decimal" && [exact.precision, exact.scale], [12, 3]);
  },
  "a single key numbers itself": async (db) => {
    const { primaryKey, columns } = await found(db, "conformance_owners");
    assert.deepEqual(primaryKey?.columns, ["id"]);
    assert.ok(columns.find(({ name }) => name === "id")?.identity !== undefined);
  },
  "a composite key": async (db) => {
    assert.deepEqual((await found(db, "conformance_links")).primaryKey?.columns, ["from_id", "to_id"]);
  },
  "foreign keys, with what happens on delete": async (db) => {
    const { foreignKeys } = await found(db, "conformance_things");
    assert.deepEqual(
      foreignKeys.map(({ columns, target, onDelete }) => ({
        columns,
        table: target.table,
        to: target.columns,
        onDelete,
      })),
      [{ columns: ["owner_id"], table: "conformance_owners", to: ["id"], onDelete: "cascade" }],
    );
    assert.equal((await found(db, "conformance_links")).foreignKeys.length, 2);
  },
  "what is unique, be it a constraint or an index": async (db) => {
    const { uniques, indexes } = await found(db, "conformance_things");
    const columnsOf = indexes.filter(({ unique }) => unique).map(({ items }) => `an index of ${items.length}`);
    const all = [
      ...uniques.map(({ columns }) => (columns.length === 1 ? "an index of 1" : columns.join())),
      ...columnsOf,
    ];
    assert.deepEqual(all.sort(), ["an index of 1", "owner_id,name"]);
    const owner = await found(db, "conformance_owners");
    assert.deepEqual(
      owner.uniques.map(({ name, columns }) => ({ name, columns })),
      [{ name: "conformance_owner_name", columns: ["name"] }],
    );
  },
  indexes: async (db) => {
    const { indexes } = await found(db, "conformance_things");
    assert.ok(indexes.some(({ unique, items }) => !unique && items.length === 2));
  },
  defaults: async (db) => {
    const { columns } = await found(db, "conformance_things");
    assert.deepEqual(
      columns.filter((column) => column.default !== undefined).map(({ name }) => name),
      ["small", "flag"],
    );
  },
  "creating again fails, unless what exists is left alone": async (db) => {
    await assert.rejects(db.create(schema));
    await db.create(schema, { ifNotExists: true });
  },
  "a view reads": async (db) => {
    await db.run(insertInto(owners).values({ name: "Ann" }));
    assert.deepEqual(await db.all(select({ name: names.name }).from(names)), [{ name: "Ann" }]);
  },
  "on delete cascade": async (db) => {
    await db.transaction(async (tx) => {
      await tx.run(insertInto(owners).values({ id: 50, name: "Bob" }));
      await tx.run(insertInto(things).values({ id: 50, ownerId: 50, exact: "1.500", name: "x", at: new Date(0) }));
      const [thing] = await tx.all(
        select({ small: things.small, flag: things.flag }).from(things).where(things.id.eq(50)),
      );
      assert.deepEqual(thing, { small: 7, flag: true });
    });
    await db.run(deleteFrom(owners).where(owners.id.eq(50)));
    assert.equal(await db.scalar(select({ n: fn.count() }).from(things)), 0);
  },
  "dropping leaves nothing, and may pass over what is not there": async (db) => {
    await db.drop(schema);
    assert.deepEqual(await reflect(db), { tables: [], others: [] });
    await db.drop(schema, { ifExists: true });
    await assert.rejects(db.drop(schema));
    await db.create(schema);
  },
};

export const reflection: Group = {
  name: "reflection",
  prepare: (db) => db.create(schema),
  cases: Object.entries(cases).map(([name, run]): Draft => ({ name, run })),
};
