// A small coffee roastery, to show statements on.
import { boolean, date, decimal, enumeration, index, integer, json, table, text, timestamptz } from "athanor";

/** Where a customer lives, kept as JSON. */
export interface Address {
  readonly city: string;
  readonly country: string;
}

export const customers = table("customers", {
  id: integer().primaryKey(),
  name: text(),
  address: json<Address>(),
  wholesale: boolean().default(false),
  invitedBy: integer("invited_by")
    .references(() => customers.id)
    .nullable(),
  joined: timestamptz(),
});

export const coffees = table("coffees", {
  id: integer().primaryKey(),
  name: text().unique(),
  origin: enumeration(["Ethiopia", "Kenya", "Colombia", "Brazil", "Sumatra"]),
  price: decimal(6, 2).check((price) => price.gt("0")),
  tastes: json<string[]>(),
  soldOut: date("sold_out").nullable(),
});

export const orders = table(
  "orders",
  {
    id: integer().primaryKey(),
    customerId: integer("customer_id").references(() => customers.id),
    placed: timestamptz(),
    note: text().nullable(),
  },
  { constraints: (order) => [index(order.customerId, order.placed.desc())] },
);

export const lines = table(
  "lines",
  {
    orderId: integer("order_id").references(() => orders.id, { onDelete: "cascade" }),
    coffeeId: integer("coffee_id").references(() => coffees.id),
    bags: integer(),
  },
  { primaryKey: ["orderId", "coffeeId"] },
);
