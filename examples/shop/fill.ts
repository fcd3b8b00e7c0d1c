// Two tenants with something to sell. Their tokens are no secret: the shop is an example.
import { type Database, insertInto } from "athanor";
import { products, tenants } from "./schema.ts";
import { hashOf } from "./server.ts";

export async function fill(db: Database<never>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(
      insertInto(tenants).values([
        { id: 1, name: "Tea & Co", tokenHash: hashOf("tea") },
        { id: 2, name: "Coffee Ltd", tokenHash: hashOf("coffee") },
      ]),
    );
    await tx.run(
      insertInto(products).values([
        { tenantId: 1, sku: "assam", name: "Assam", price: "8.50", stock: 40 },
        { tenantId: 1, sku: "sencha", name: "Sencha", price: "12.00", stock: 12 },
        { tenantId: 1, sku: "oolong", name: "Oolong", price: "15.90", stock: 1 },
        { tenantId: 2, sku: "sidamo", name: "Sidamo", price: "11.20", stock: 25 },
      ]),
    );
  });
}
