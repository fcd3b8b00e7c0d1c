// Value objects over several columns: on instances, in constructors, in queries. Each `@ts-expect-error` must stay an error.
import { decimal, type Expr, fn, integer, select, table, text } from "athanor";
import { many, mapped, one, plain, type Session } from "athanor/orm";

const customers = table("customers", {
  id: integer().primaryKey(),
  name: text(),
  street: text(),
  city: text(),
  zip: text().nullable(),
  billingStreet: text().nullable(),
  billingCity: text().nullable(),
  billingNote: text().nullable(),
  amount: decimal(10, 2).nullable(),
  currency: text().nullable(),
  lat: integer().nullable(),
  lng: integer().nullable(),
});
const orders = table("orders", { id: integer().primaryKey(), customerId: integer().references(() => customers.id) });

export class Address {
  readonly street: string;
  readonly city: string;
  zip: string | null;
  constructor(parts: { street: string; city: string; zip: string | null }) {
    this.street = parts.street;
    this.city = parts.city;
    this.zip = parts.zip;
  }
  get label(): string {
    return `${this.street}, ${this.city}`;
  }
}
export class Customer extends mapped(
  customers,
  {
    get orders() {
      return many(Order);
    },
    get loud() {
      return fn.upper(customers.city);
    },
  },
  {
    deferred: ["credit"],
    embed: {
      address: { class: Address, columns: ["street", "city", "zip"] },
      billing: { prefix: "billing", columns: ["street", "city", "note"], nullable: true, optional: ["note"] },
      credit: {
        nullable: true,
        columns: {
          amount: "amount",
          currency: "currency",
          at: { columns: { lat: "lat", lng: "lng" }, nullable: true },
        },
      },
    },
    validate: {
      name: (name) => name.length,
      address: (address) => address.city.length,
      billing: (billing) => billing?.street.length,
    },
  },
) {
  get where(): string {
    return this.address.label;
  }
}
export class Order extends mapped(orders, {
  get customer() {
    return one(Customer);
  },
}) {}
declare const session: Session;
declare const customer: Customer;

// --- on an instance ---
customer.address satisfies Address;
customer.address = new Address({ street: "a", city: "b", zip: null });
customer.address.zip = "z";
customer.billing satisfies { street: string; city: string; note: string | null } | null;
customer.billing = null;
customer.billing = { street: "a", city: "b", note: null };
customer.billing.city = "c";
customer.credit satisfies { amount: string; currency: string; at: { lat: number; lng: number } | null } | null;
customer.name satisfies string;
const { address, ...rest } = { ...customer };
address satisfies Address;
rest.name satisfies string;
plain(customer).address.city satisfies string;
declare const other: Customer;
// @ts-expect-error its columns are no properties
other.street;
// @ts-expect-error it may be null
other.billing.street.length;
// @ts-expect-error readonly
other.address.city = "x";
// @ts-expect-error this one may not
other.address = null;

// --- in the constructor ---
new Customer({ name: "Ann", address });
new Customer({ name: "Ann", address, billing: { street: "a", city: "b", note: null }, credit: null, orders: [] });
// @ts-expect-error an address is needed
new Customer({ name: "Ann" });
// @ts-expect-error a part is missing
new Customer({ name: "Ann", address, billing: { street: "a" } });
// @ts-expect-error columns are given as parts
new Customer({ name: "Ann", address, street: "x" });

// --- in queries ---
Customer.address.city satisfies Expr<string, "customers.city", "customers">;
Customer.billing.street satisfies Expr<string | null, "customers.billingStreet", "customers">;
Customer.credit.at.lat satisfies Expr<number | null, "customers.lat", "customers">;
const query = session.query(Customer);
await query.where(Customer.address.city.eq("Rome")).orderBy(Customer.credit.at.lat.desc()).all();
await query.undefer("credit").all();
await session.refresh(customer, "address", "name");
await session
  .query(Order)
  .where(Order.customer.any(Customer.address.city.eq("Rome")))
  .all();
(await session.query(Order).include(Order.customer).one()).customer.address satisfies Address;
select({ city: Customer.address.city }).from(Customer);
(await session.all(select({ customer: Customer }).from(Customer)))[0]?.customer.address satisfies Address | undefined;
await query.update({ name: "x", address, credit: null });
await session.insertMany(Customer, [{ name: "x", street: "a", city: "b" }]);
// @ts-expect-error no such part
Customer.address.zipcode;
// @ts-expect-error not the columns
await query.update({ street: "x" });

// --- as data ---
query.filter({ address: { city: { startsWith: "R" }, zip: null }, billing: null, credit: { at: { lat: { gt: 1 } } } });
await session
  .query(Order)
  .filter({ customer: { address: { city: "Rome" } } })
  .all();
// @ts-expect-error never null
query.filter({ address: null });
// @ts-expect-error no such part
query.filter({ address: { town: "x" } });
// @ts-expect-error columns are found as parts
query.filter({ street: "x" });

// --- what does not fit ---
// @ts-expect-error the constructor takes something else
mapped(customers, {}, { embed: { address: { class: Address, columns: ["street", "city"] } } });
// @ts-expect-error no such column
mapped(customers, {}, { embed: { address: { columns: ["street", "town"] } } });
// @ts-expect-error no such column behind the prefix
mapped(customers, {}, { embed: { billing: { prefix: "billing", columns: ["street", "town"] } } });
// @ts-expect-error a column has this name
mapped(customers, {}, { embed: { city: { columns: ["street"] } } });
