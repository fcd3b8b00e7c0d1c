// The tables that the cases of select, write, transactions and errors use, and the rows they start from.
import {
  bigint,
  boolean,
  type Database,
  decimal,
  deleteFrom,
  insertInto,
  integer,
  table,
  text,
  timestamptz,
  varchar,
} from "../../core/index.ts";

export const makers = table("conformance_makers", {
  id: integer().primaryKey(),
  name: varchar(50),
  country: varchar(20).nullable(),
});
export const products = table("conformance_products", {
  id: integer().primaryKey(),
  makerId: integer("maker_id")
    .references(() => makers.id)
    .nullable(),
  parentId: integer("parent_id")
    .references(() => products.id)
    .nullable(),
  name: varchar(50),
  price: decimal(10, 2),
  stock: bigint(),
  sold: boolean(),
  at: timestamptz(),
});
/** What writes write: unique names, a default, a check. */
export const items = table("conformance_items", {
  id: integer().primaryKey(),
  name: varchar(50).unique(),
  count: integer()
    .default(1)
    .check((count) => count.gte(0)),
  note: text().nullable(),
  productId: integer("product_id")
    .references(() => products.id)
    .nullable(),
});
export const pairs = table(
  "conformance_pairs",
  { left: integer("left_id"), right: integer("right_id"), label: varchar(20).nullable() },
  { primaryKey: ["left", "right"] },
);

export const at = (day: number): Date => new Date(Date.UTC(2024, 1, 27 + day, 12, 30, 15, 250));
export const makerRows = [
  { id: 1, name: "Acme", country: "fr" },
  { id: 2, name: "Bolt", country: null },
  { id: 3, name: "Cog", country: "de" },
];
export const productRows = [
  { id: 1, makerId: 1, parentId: null, name: "anvil", price: "99.50", stock: 5n, sold: false, at: at(0) },
  { id: 2, makerId: 1, parentId: 1, name: "bell", price: "9.90", stock: 0n, sold: true, at: at(1) },
  { id: 3, makerId: 2, parentId: 1, name: "cup", price: "0.10", stock: 9_007_199_254_740_993n, sold: true, at: at(2) },
  { id: 4, makerId: null, parentId: 2, name: "dart", price: "9.90", stock: 7n, sold: false, at: at(3) },
] as const;

/** Creates the tables, if no other group has, and fills them. */
export async function createShop(db: Database<any>): Promise<void> {
  await db.create([makers, products, items, pairs], { ifNotExists: true });
  await empty(db);
  for (const { id } of productRows.toReversed()) await db.run(deleteFrom(products).where(products.id.gte(id)));
  await db.run(deleteFrom(makers).everyRow());
  await db.run(insertInto(makers).values(makerRows));
  for (const row of productRows) await db.run(insertInto(products).values(row));
  await fill(db);
}

/** Puts the rows that writes write back as they were at first. */
export async function refill(db: Database<any>): Promise<void> {
  await empty(db);
  await fill(db);
}

async function empty(db: Database<any>): Promise<void> {
  await db.run(deleteFrom(items).everyRow());
  await db.run(deleteFrom(pairs).everyRow());
}

async function fill(db: Database<any>): Promise<void> {
  await db.run(
    insertInto(items).values([
      { id: 1, name: "one", count: 10, note: "first", productId: 1 },
      { id: 2, name: "two", count: 20, note: null, productId: null },
      { id: 3, name: "three", count: 30, note: "third", productId: 3 },
    ]),
  );
  await db.run(
    insertInto(pairs).values([
      { left: 1, right: 1, label: "a" },
      { left: 1, right: 2, label: null },
    ]),
  );
}
