// Value objects over several columns: what they are on instances, how their changes are found, and that everything else that knows of
// columns knows of them.
import { inspect } from "node:util";
import {
  DecodeError,
  decimal,
  InvalidInputError,
  insertInto,
  integer,
  json,
  ParameterError,
  select,
  table,
  text,
  timestamp,
  update,
} from "athanor";
import { FlushError, filterSchema, MappingError, many, mapped, NotLoadedError, one, plain, Session } from "athanor/orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const customers = table("embed_customers", {
  id: integer().primaryKey(),
  name: text(),
  street: text("main_street"),
  city: text(),
  movedAt: timestamp("moved_at").nullable(),
  billingStreet: text("billing_street").nullable(),
  billingCity: text("billing_city").nullable(),
  billingNote: text("billing_note").nullable(),
  amount: decimal(10, 2).nullable(),
  currency: text().nullable(),
  lat: integer().nullable(),
  lng: integer().nullable(),
  theme: json<{ dark: boolean }>().nullable(),
});
const orders = table("embed_orders", {
  id: integer().primaryKey(),
  customerId: integer("customer_id").references(() => customers.id),
  street: text(),
  city: text(),
});

/** Keeps what it is made of to itself. */
class Address {
  readonly #street: string;
  city: string;
  movedAt: Date | null;
  constructor(parts: { street: string; city: string; movedAt: Date | null }) {
    if (parts.city === "") throw new RangeError("an address has a city");
    this.#street = parts.street;
    this.city = parts.city;
    this.movedAt = parts.movedAt;
  }
  get street(): string {
    return this.#street;
  }
  get label(): string {
    return `${this.#street}, ${this.city}`;
  }
}
class Point {
  readonly lat: number;
  readonly lng: number;
  constructor({ lat, lng }: { lat: number; lng: number }) {
    this.lat = lat;
    this.lng = lng;
    Object.freeze(this);
  }
}
class Customer extends mapped(
  customers,
  {
    get orders() {
      return many(Order);
    },
  },
  {
    deferred: ["look"],
    embed: {
      address: { class: Address, columns: ["street", "city", "movedAt"] },
      billing: { prefix: "billing", columns: ["street", "city", "note"], nullable: true, optional: ["note"] },
      credit: {
        columns: {
          amount: "amount",
          currency: "currency",
          at: { class: Point, columns: ["lat", "lng"], nullable: true },
        },
      },
      look: { columns: { theme: "theme" } },
    },
  },
) {
  readonly #secret = "kept";
  get label(): string {
    return `${this.name}: ${this.address.label} ${this.#secret}`;
  }
}
class Order extends mapped(
  orders,
  {
    get customer() {
      return one(Customer);
    },
  },
  { embed: { to: { columns: ["street", "city"] } } },
) {}

const address = (city: string, street = "Main"): Address => new Address({ street, city, movedAt: null });
const noCredit = { amount: null, currency: null, at: null };
const noLook = { theme: null };

for (const { name, db } of databases) {
  describe(name, () => {
    let session: Session<any>;
    const columns = (id: number): Promise<Record<string, unknown> | undefined> =>
      db.first(select(customers).where(customers.id.eq(id)));

    beforeEach(async () => {
      await db.create({ customers, orders });
      await db.run(
        insertInto(customers).values([
          {
            name: "Ann",
            street: "Main",
            city: "Rome",
            movedAt: new Date(0),
            billingStreet: "Side",
            billingCity: "Bonn",
          },
          {
            name: "Bob",
            street: "High",
            city: "Oslo",
            amount: "1.50",
            currency: "EUR",
            lat: 1,
            lng: 2,
            theme: { dark: true },
          },
        ]),
      );
      await db.run(insertInto(orders).values([{ customerId: 1, street: "Dock", city: "Kiel" }]));
      session = new Session<any>(db);
    });
    afterEach(async () => {
      await session.close();
      await db.drop({ customers, orders });
    });

    test("a loaded object has its values, and no columns of theirs", async () => {
      const [ann, bob] = await session.query(Customer).orderBy(customers.id.asc()).all();
      expect(ann?.address).toBeInstanceOf(Address);
      expect(ann?.label).toBe("Ann: Main, Rome kept");
      expect(ann?.address.movedAt).toEqual(new Date(0));
      expect(ann?.billing).toEqual({ street: "Side", city: "Bonn", note: null });
      expect(ann?.credit).toEqual(noCredit);
      expect(bob?.billing).toBeNull();
      expect(bob?.credit).toEqual({ amount: "1.50", currency: "EUR", at: new Point({ lat: 1, lng: 2 }) });
      expect(bob?.credit.at).toBeInstanceOf(Point);
      expect(Object.keys(ann ?? {}).sort()).toEqual(["address", "billing", "credit", "id", "name"]);
      expect(Object.keys({ ...ann }).sort()).toEqual(["address", "billing", "credit", "id", "name"]);
      expect(session.isChanged(ann as Customer)).toBe(false);
    });

    test("JSON, plain data, inspection and clones have the values", async () => {
      const order = await session.query(Order).include(Order.customer).one();
      const shown = {
        id: 1,
        name: "Ann",
        address: { street: "Main", city: "Rome", movedAt: new Date(0) },
        billing: { street: "Side", city: "Bonn", note: null },
        credit: noCredit,
      };
      expect(plain(order)).toEqual({ id: 1, customerId: 1, to: { street: "Dock", city: "Kiel" }, customer: shown });
      expect(JSON.parse(JSON.stringify(order))).toEqual(JSON.parse(JSON.stringify(plain(order))));
      expect(plain(order).customer).not.toHaveProperty("street");
      expect(inspect(order)).toContain("to: { street: 'Dock', city: 'Kiel' }");
      expect(structuredClone(order)).toEqual({ id: 1, customerId: 1, to: { street: "Dock", city: "Kiel" } });
    });

    test("a new object takes values, and says which are missing", async () => {
      const eve = new Customer({ name: "Eve", address: address("Wien"), credit: noCredit, look: noLook });
      expect(eve.billing).toBeNull();
      expect(eve.label).toBe("Eve: Main, Wien kept");
      session.add(eve);
      await session.commit();
      expect(await columns(eve.id)).toMatchObject({ street: "Main", city: "Wien", movedAt: null, billingCity: null });
      expect(session.isChanged(eve)).toBe(false);

      const without = new Customer({ name: "Finn", credit: noCredit, look: noLook } as never);
      expect(() => without.address).toThrow(
        new NotLoadedError(
          "Customer.address has no value yet",
          "The database gives it one: await session.flush(), or set it yourself.",
        ),
      );
      session.add(without);
      await expect(session.flush()).rejects.toThrow("a new Customer has no value for address");
      without.address = address("Graz");
      await session.flush();
      expect(await session.query(Customer).where(Customer.address.city.eq("Graz")).count()).toBe(1);
      expect(() => new Customer({ name: "x", street: "y" } as never)).toThrow(
        'Customer has no column or relationship "street"',
      );
    });

    test("a change shows by replacing the value, by changing a part, and by changing a part in place", async () => {
      const ann = await session.getOne(Customer, 1);
      ann.address.city = "Bari";
      expect(session.isChanged(ann)).toBe(true);
      ann.address.city = "Rome";
      expect(session.isChanged(ann)).toBe(false);
      ann.address = address("Rome");
      expect(session.isChanged(ann)).toBe(true);
      ann.address.movedAt = new Date(0);
      expect(session.isChanged(ann)).toBe(false);
      ann.address.movedAt.setTime(5000);
      expect(session.isChanged(ann)).toBe(true);
      ann.billing = null;
      ann.credit.at = new Point({ lat: 3, lng: 4 });
      await session.commit();
      expect(await columns(1)).toMatchObject({
        street: "Main",
        city: "Rome",
        movedAt: new Date(5000),
        billingStreet: null,
        billingCity: null,
        lat: 3,
        lng: 4,
      });
      expect(session.isChanged(ann)).toBe(false);
      ann.billing = { street: "s", city: "c", note: "n" };
      ann.credit.at = null;
      await session.commit();
      expect(await columns(1)).toMatchObject({ billingStreet: "s", billingCity: "c", billingNote: "n", lat: null });
    });

    test("an update sends the parts that changed and no others", async () => {
      const ann = await session.getOne(Customer, 1);
      await db.run(update(customers).set({ street: "Elsewhere" }).where(customers.id.eq(1)));
      ann.address.city = "Bari";
      await session.commit();
      expect(await columns(1)).toMatchObject({ street: "Elsewhere", city: "Bari" });
    });

    test("a rollback gives back the values, whether they were flushed or not", async () => {
      const ann = await session.getOne(Customer, 1);
      ann.address.city = "Bari";
      ann.billing = null;
      await session.rollback();
      expect([ann.address.label, plain(ann).billing?.city]).toEqual(["Main, Rome", "Bonn"]);
      ann.address = address("Bari", "Low");
      ann.credit.at = new Point({ lat: 3, lng: 4 });
      await session.flush();
      await session.rollback();
      expect([ann.address.label, ann.credit.at]).toEqual(["Main, Rome", null]);
      expect(ann.address).toBeInstanceOf(Address);
      expect(session.isChanged(ann)).toBe(false);

      await session
        .nested(async () => {
          ann.address.city = "Bari";
          await session.flush();
          throw new Error("undone");
        })
        .catch(() => {});
      expect(ann.address.city).toBe("Rome");

      const eve = new Customer({ name: "Eve", address: address("Wien"), credit: noCredit, look: noLook });
      session.add(eve);
      await session.flush();
      await session.rollback();
      expect([session.status(eve), eve.address.city, eve.billing]).toEqual(["transient", "Wien", null]);
      session.add(eve);
      await session.commit();
      expect(await session.query(Customer).count()).toBe(3);
    });

    test("a newer row replaces a value that was not changed, and leaves one that is the same", async () => {
      const ann = await session.getOne(Customer, 1);
      const { address: held, billing } = ann;
      await db.run(
        update(customers).set({ city: "Bari", billingCity: null, billingStreet: null }).where(customers.id.eq(1)),
      );
      await session.query(Customer).all();
      expect(ann.address.city).toBe("Bari");
      expect(ann.address).not.toBe(held);
      expect([ann.billing, billing?.city]).toEqual([null, "Bonn"]);
      const same = ann.address;
      await db.run(update(customers).set({ name: "Anna" }).where(customers.id.eq(1)));
      await session.query(Customer).all();
      expect([ann.name, ann.address === same]).toEqual(["Anna", true]);
    });

    test("refreshing reads values again, alone or with the rest", async () => {
      const ann = await session.getOne(Customer, 1);
      ann.address.city = "Bari";
      ann.name = "Anna";
      await session.refresh(ann, "address");
      expect([ann.address.city, ann.name]).toEqual(["Rome", "Anna"]);
      ann.billing = null;
      await session.refresh(ann);
      expect([ann.billing, ann.name]).toEqual([{ street: "Side", city: "Bonn", note: null }, "Ann"]);
    });

    test("merging brings values over", async () => {
      await using other = new Session<any>(db);
      const elsewhere = await other.getOne(Customer, 1);
      elsewhere.address.city = "Bari";
      elsewhere.billing = null;
      const ann = await session.merge(elsewhere);
      expect([ann.address.city, ann.billing]).toEqual(["Bari", null]);
      expect(ann.address).not.toBe(elsewhere.address);
      await session.commit();
      expect(await columns(1)).toMatchObject({ city: "Bari", billingCity: null });
      const fresh = await session.merge(
        new Customer({ name: "Eve", address: address("Wien"), credit: noCredit, look: noLook }),
      );
      await session.commit();
      expect(await columns(fresh.id)).toMatchObject({ city: "Wien" });
    });

    test("a deferred value is loaded when it is asked for", async () => {
      const bob = await session.getOne(Customer, 2);
      expect(() => bob.look).toThrow("Customer.look is deferred and was not loaded");
      expect(session.isChanged(bob)).toBe(false);
      await session.load(bob, "look");
      expect(bob.look).toEqual({ theme: { dark: true } });
      if (bob.look.theme) bob.look.theme.dark = false;
      expect(session.isChanged(bob)).toBe(true);
      await session.commit();
      expect(await columns(2)).toMatchObject({ theme: { dark: false } });
      await using other = new Session<any>(db);
      const again = await other.query(Customer).undefer("look").where(customers.id.eq(2)).one();
      expect(again.look.theme).toEqual({ dark: false });
      again.look.theme = null;
      await other.rollback();
      expect(again.look.theme).toEqual({ dark: false });
      await using third = new Session<any>(db);
      const unread = await third.getOne(Customer, 2);
      unread.look = { theme: { dark: true } };
      await third.commit();
      expect(await columns(2)).toMatchObject({ theme: { dark: true } });
    });

    test("queries compare, sort and page by parts", async () => {
      const query = session.query(Customer);
      expect(await query.where(Customer.address.city.eq("Rome")).count()).toBe(1);
      expect((await query.where(Customer.credit.at.lat.gt(0)).one()).name).toBe("Bob");
      expect((await query.orderBy(Customer.address.city.asc()).all()).map((one) => one.address.city)).toEqual([
        "Oslo",
        "Rome",
      ]);
      const page = await query.orderBy(Customer.address.city.asc()).after(null, { size: 1 });
      const next = await query.orderBy(Customer.address.city.asc()).after(page.next, { size: 1 });
      expect([...page.items, ...next.items].map((one) => one.name)).toEqual(["Bob", "Ann"]);
      expect(await db.all(select({ city: Customer.address.city }).from(Customer).orderBy(customers.id.asc()))).toEqual([
        { city: "Rome" },
        { city: "Oslo" },
      ]);
      expect(
        await session
          .query(Order)
          .where(Order.customer.any(Customer.address.city.eq("Rome")))
          .count(),
      ).toBe(1);
    });

    test("values are loaded with related objects, by every strategy", async () => {
      for (const strategy of ["select in", "subquery", "json"] as const) {
        await using own = new Session<any>(db);
        const ann = await own.query(Customer).include(Customer.orders.by(strategy)).where(customers.id.eq(1)).one();
        expect(ann.orders.map((order) => order.to.city)).toEqual(["Kiel"]);
      }
      await using own = new Session<any>(db);
      expect((await own.query(Order).include(Order.customer.by("join")).one()).customer.label).toBe(
        "Ann: Main, Rome kept",
      );
      const [row] = await own.all(select({ order: Order }).from(Order));
      expect(row?.order.to).toEqual({ street: "Dock", city: "Kiel" });
      expect((await own.from(Customer, select(customers).where(customers.id.eq(2))))[0]?.address.city).toBe("Oslo");
    });

    test("filters as data go by parts", async () => {
      const found = async (filter: object): Promise<string[]> =>
        (await session.query(Customer).filter(filter).orderBy(customers.id.asc()).all()).map((one) => one.name);
      expect(await found({ address: { city: "Rome" } })).toEqual(["Ann"]);
      expect(await found({ address: { city: { in: ["Rome", "Oslo"] }, street: { startsWith: "H" } } })).toEqual([
        "Bob",
      ]);
      expect(await found({ billing: null })).toEqual(["Bob"]);
      expect(await found({ not: { billing: null } })).toEqual(["Ann"]);
      expect(await found({ credit: { at: { lat: { gte: 1 } } } })).toEqual(["Bob"]);
      expect(await found({ credit: { at: null } })).toEqual(["Ann"]);
      expect(await found({ orders: { any: { to: { city: "Kiel" } } } })).toEqual(["Ann"]);
      expect(await found({ address: {} })).toEqual(["Ann", "Bob"]);
      const refused = (filter: object): unknown =>
        expect(() => session.query(Customer).filter(filter)).toThrow(ParameterError);
      refused({ street: "Main" });
      refused({ address: null });
      refused({ address: { town: "Rome" } });
      refused({ address: { label: "x" } });
      refused({ address: { constructor: "x" } });
      refused({ address: "Rome" });
      refused({ address: { city: undefined } });
    });

    test("filters from outside reach the parts that are allowed, and nothing else", async () => {
      const schema = filterSchema(Customer, {
        fields: ["address.city", "billing.street", "credit.at.lat", "orders.to.city"],
        sort: ["address.city", "name"],
      });
      const found = async (search: object): Promise<string[]> =>
        (await session.query(Customer).filterWith(schema.parse(search)).all()).map((one) => one.name);
      expect(await found({ filter: { address: { city: "Rome" } } })).toEqual(["Ann"]);
      expect(await found({ filter: { credit: { at: { lat: 1 } } } })).toEqual(["Bob"]);
      expect(await found({ filter: { billing: null } })).toEqual(["Bob"]);
      expect(await found({ filter: { orders: { any: { to: { city: "Kiel" } } } } })).toEqual(["Ann"]);
      expect(await found({ sort: ["address.city"] })).toEqual(["Bob", "Ann"]);
      expect(await found({ sort: ["-address.city"] })).toEqual(["Ann", "Bob"]);
      for (const filter of [
        { city: "Rome" },
        { street: "Main" },
        { address: { street: "Main" } },
        { address: null },
        { address: { city: 1 } },
        { address: { or: [{ city: "x" }] } },
        { address: { label: "x" } },
        { address: { constructor: {} } },
        JSON.parse('{ "address": { "__proto__": { "city": "x" } } }'),
        { address: { toString: "x" } },
        { credit: { amount: 1 } },
        { look: { theme: null } },
        { billing: { note: "x" } },
      ])
        expect(() => schema.parse({ filter }), JSON.stringify(filter)).toThrow(InvalidInputError);
      expect(() => schema.parse({ sort: ["address.street"] })).toThrow(InvalidInputError);
      expect(() => filterSchema(Customer, { fields: ["address.town"] })).toThrow(MappingError);
      expect(() => filterSchema(Customer, { fields: ["street" as never] })).toThrow(MappingError);
      expect(() => filterSchema(Customer, { sort: ["address" as never] })).toThrow(MappingError);
    });

    test("bulk updates take values, and objects follow", async () => {
      const ann = await session.getOne(Customer, 1);
      expect(await session.query(Customer).update({ address: address("Bari", "Low"), billing: null })).toBe(2);
      expect([ann.address.label, ann.billing]).toEqual(["Low, Bari", null]);
      await session.rollback();
      expect([ann.address.label, ann.billing?.city]).toEqual(["Main, Rome", "Bonn"]);
    });

    test("parts that are missing are found before anything is sent", async () => {
      const ann = await session.getOne(Customer, 1);
      const refused = async (message: string): Promise<void> => {
        const error = await session.flush().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(FlushError);
        expect((error as Error).message).toContain(message);
        await session.rollback();
      };
      ann.billing = { street: "s" } as never;
      await refused("Customer.billing.city is undefined");
      ann.billing = { street: "s", city: null, note: null } as never;
      await refused("Customer.billing.city is null in a value that is there");
      ann.address = null as never;
      await refused("Customer.address.street is null, and its column is not nullable");
      ann.address = undefined as never;
      await refused("Customer.address.street is undefined");
      expect(ann.label).toBe("Ann: Main, Rome kept");
    });

    test("a row with half a value is an error that names the column", async () => {
      await db.run(update(customers).set({ billingStreet: "s", billingCity: null }).where(customers.id.eq(2)));
      const error = await session.get(Customer, 2).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DecodeError);
      expect((error as Error).message).toContain(
        'column "billing_city" is null, where billing.city is part of a value that is there',
      );
    });
  });
}

test("validators see values, in the constructor and when a part is written", async () => {
  class Strict extends mapped(
    orders,
    {},
    {
      embed: { to: { columns: ["street", "city"] } },
      validate: {
        to: (to) => {
          if (to.city === "") throw new RangeError("no city");
        },
      },
    },
  ) {}
  expect(() => new Strict({ customerId: 1, to: { street: "x", city: "" } })).toThrow("no city");
  new Strict({ customerId: 1, to: { street: "x", city: "y" } });
});

test("a field that is declared again is found when the first object is loaded", async () => {
  const [{ db }] = databases as [(typeof databases)[number]];
  await db.create({ customers, orders });
  try {
    await db.run(insertInto(customers).values({ name: "Ann", street: "Main", city: "Rome" }));
    await db.run(insertInto(orders).values({ customerId: 1, street: "Dock", city: "Kiel" }));
    class Again extends mapped(orders, {}, { embed: { to: { columns: ["street", "city"] } } }) {
      override to!: { street: string; city: string };
    }
    await using session = new Session(db);
    await expect(session.get(Again, 1)).rejects.toThrow('Again declares the field "to" again');
  } finally {
    await db.drop({ customers, orders });
  }
});

test("mistakes are found on first use", () => {
  const make = (options: object): void => {
    const Wrong = mapped(customers, {}, options as never) as unknown as new (init: object) => object;
    new (class Wronged extends Wrong {})({});
  };
  const embed =
    (value: object, more: object = {}): (() => void) =>
    () =>
      make({ ...more, embed: { value } });
  expect(embed({ columns: ["town"] })).toThrow('Wronged has no column "town"');
  expect(embed({ columns: ["id"] })).toThrow("Wronged.value.id is part of the primary key");
  expect(embed({ columns: ["city"], nullable: true })).toThrow(
    "Wronged.value.city is part of a value object that may be null",
  );
  expect(embed({ columns: ["city"] }, { deferred: ["city"] })).toThrow(
    '"city" is part of Wronged.value and cannot be deferred alone',
  );
  expect(() => make({ embed: { a: { columns: ["city"] }, b: { columns: ["city"] } } })).toThrow(
    'the column "city" of Wronged is part of two value objects',
  );
  expect(() => make({ embed: { city: { columns: ["street"] } } })).toThrow(
    'has a column "city" and a value object of the same name',
  );
  expect(() => make({ embed: { toJSON: { columns: ["street"] } } })).toThrow('cannot be called "toJSON"');
  class Linked extends mapped(
    orders,
    {
      get customer() {
        return one(Customer);
      },
    },
    { embed: { of: { columns: ["customerId"] } } },
  ) {}
  expect(() => new Linked({ customer: undefined as never, of: { customerId: 1 }, street: "", city: "" })).toThrow(
    /undefined/,
  );
  expect(() => Linked.customer.any()).toThrow(
    'Linked.customer goes by "customerId", which is part of the value object Linked.of',
  );
});
