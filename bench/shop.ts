// The data that benchmarks run on: a shop of 1,000 customers and 10,000 orders, in a file of its own.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boolean, type Database, double, insertInto, integer, table, text } from "athanor";
import { sqlite } from "athanor/sqlite";
import Raw from "better-sqlite3";

export const customers = table("customers", {
  id: integer().primaryKey(),
  name: text(),
  city: text(),
  age: integer(),
  vip: boolean(),
});
export const orders = table("orders", {
  id: integer().primaryKey(),
  customerId: integer("customer_id").references(() => customers.id),
  title: text(),
  total: double(),
  quantity: integer(),
  note: text().nullable(),
  state: text(),
});

export interface Shop {
  readonly db: Database<any>;
  readonly raw: Raw.Database;
  readonly path: string;
  close(): Promise<void>;
}

/** Makes the shop on SQLite. */
export async function openShop(): Promise<Shop> {
  const path = join(tmpdir(), `athanor-bench-${process.pid}.sqlite`);
  const remove = (): void => {
    for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  };
  remove();
  const db = sqlite(path) as Database<any>;
  await db.create({ customers, orders });
  await db.transaction(async (tx) => {
    for (let i = 0; i < 10; i++) {
      await tx.run(
        insertInto(customers).values(
          Array.from({ length: 100 }, (_, j) => ({
            name: `customer ${i * 100 + j}`,
            city: `city ${j % 20}`,
            age: 18 + (j % 60),
            vip: j % 7 === 0,
          })),
        ),
      );
    }
    for (let i = 0; i < 100; i++) {
      await tx.run(
        insertInto(orders).values(
          Array.from({ length: 100 }, (_, j) => ({
            customerId: 1 + ((i * 100 + j) % 1000),
            title: `order ${i * 100 + j}`,
            total: j * 1.25,
            quantity: j % 10,
            note: j % 3 === 0 ? null : `note ${j}`,
            state: j % 2 === 0 ? "open" : "sent",
          })),
        ),
      );
    }
  });
  const raw = new Raw(path);
  return {
    db,
    raw,
    path,
    close: async () => {
      raw.close();
      await db.close();
      remove();
    },
  };
}
