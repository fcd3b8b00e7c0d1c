// The tables of a shop that several tenants share.
import {
  check,
  decimal,
  enumeration,
  fn,
  index,
  integer,
  table,
  text,
  timestamptz,
  unique,
  uuid,
  uuidv7,
  varchar,
} from "athanor";

const money = () => decimal(10, 2);

export const tenants = table("tenants", {
  id: integer().primaryKey(),
  name: varchar(80),
  /** The SHA-256 of what its programs send to be let in. */
  tokenHash: varchar(64, "token_hash").unique(),
});

export const products = table(
  "products",
  {
    id: integer().primaryKey(),
    tenantId: integer("tenant_id").references(() => tenants.id),
    sku: varchar(40),
    name: varchar(120),
    price: money(),
    stock: integer(),
    /** Raised by every change, so that none is made to a row that somebody else has changed meanwhile. */
    version: integer().default(1),
  },
  { constraints: (product) => [unique(product.tenantId, product.sku), check(product.stock.gte(0))] },
);

export const orders = table(
  "orders",
  {
    // Made here, and sorted by time: no round trip for a key, and nobody can guess how many orders there are.
    id: uuid()
      .primaryKey()
      .default(() => uuidv7()),
    tenantId: integer("tenant_id").references(() => tenants.id),
    customer: varchar(120),
    note: text().nullable(),
    status: enumeration(["placed", "cancelled"]).default("placed"),
    placedAt: timestamptz("placed_at").default(fn.now()),
    /** What the client called this request, so that a repeated one is not placed twice. */
    requestKey: varchar(100, "request_key"),
    version: integer().default(1),
  },
  {
    constraints: (order) => [
      unique(order.tenantId, order.requestKey).named("one_order_a_request"),
      index(order.tenantId, order.placedAt.desc(), order.id),
    ],
  },
);

export const orderLines = table(
  "order_lines",
  {
    orderId: uuid("order_id").references(() => orders.id, { onDelete: "cascade" }),
    productId: integer("product_id").references(() => products.id),
    quantity: integer().check((quantity) => quantity.gt(0)),
    /** What one cost when it was ordered. */
    price: money(),
  },
  { primaryKey: ["orderId", "productId"] },
);
