// What classes of a hierarchy have beside columns: computed properties, value objects, deferred parts, what tells them apart. For classes
// that share a table, that join one of their own, and that have whole ones.
import { fn, integer, select, table, text, varchar } from "athanor";
import { abstractTable, filterSchema, inherit, MappingError, many, mapped, one, optional, Session } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

class Address {
  readonly street: string;
  readonly city: string | null;
  constructor({ street, city }: { street: string; city: string | null }) {
    this.street = street;
    this.city = city;
  }
}
const lands = table("hi_lands", { id: integer().primaryKey(), name: text() });
const person = {
  id: integer().primaryKey(),
  name: text(),
  street: text().nullable(),
  city: text().nullable(),
  landId: integer("land_id")
    .references(() => lands.id)
    .nullable(),
};
const people = table("hi_people", {
  ...person,
  kind: varchar(10),
  rank: integer().nullable(),
  rankUnit: text().nullable(),
});
const admins = table("hi_admins", {
  personId: integer("person_id")
    .primaryKey()
    .references(() => people.id),
  level: integer(),
  officeStreet: text(),
  officeCity: text().nullable(),
  seatId: integer("seat_id")
    .references(() => lands.id)
    .nullable(),
  notes: text().nullable(),
});
const audits = table("hi_audits", {
  id: integer().primaryKey(),
  adminId: integer("admin_id").references(() => admins.personId),
});

class Land extends mapped(lands) {}
class Person extends mapped(
  people,
  {
    get land() {
      return optional(Land);
    },
    get label() {
      return fn.upper(people.name);
    },
  },
  {
    identity: { column: "kind", value: "person" },
    omit: ["rank", "rankUnit"],
    embed: { home: { class: Address, columns: ["street", "city"], nullable: true, optional: ["city"] } },
    subclasses: () => [Admin, Soldier],
  },
) {}
class Admin extends inherit(
  Person,
  {
    identity: "admin",
    table: admins,
    embed: { office: { class: Address, columns: ["street", "city"], prefix: "office" } },
    deferred: ["notes", "audited"],
    subclasses: () => [Root],
  },
  {
    get seat() {
      return optional(Land);
    },
    get audits() {
      return many(Audit);
    },
    get double() {
      return admins.level.mul(2);
    },
    get audited() {
      return Admin.audits.count();
    },
  },
) {}
class Root extends inherit(
  Admin,
  { identity: "root" },
  {
    get label() {
      return fn.lower(people.name);
    },
  },
) {}
class Soldier extends inherit(
  Person,
  {
    identity: "soldier",
    columns: ["rank", "rankUnit"],
    embed: { grade: { columns: { level: "rank", unit: "rankUnit" }, nullable: true } },
  },
  {
    get next() {
      return people.rank.add(1);
    },
  },
) {}
class Audit extends mapped(audits, {
  get admin() {
    return one(Admin);
  },
}) {}

const clients = abstractTable("hi_clients", person);
const firms = table("hi_firms", { ...person, staff: integer(), billStreet: text(), billCity: text().nullable() });
const buyers = table("hi_buyers", { ...person, street: text().nullable(), points: integer() });
class Client extends mapped(
  clients,
  {
    get label() {
      return fn.upper(clients.name);
    },
  },
  {
    embed: { home: { class: Address, columns: ["street", "city"], nullable: true, optional: ["city"] } },
    subclasses: () => [Firm, Buyer],
  },
) {}
class Firm extends inherit(
  Client,
  {
    table: firms,
    concrete: true,
    embed: { billing: { class: Address, columns: { street: "billStreet", city: "billCity" } } },
  },
  {
    get half() {
      return firms.staff.div(2);
    },
  },
) {}
class Buyer extends inherit(
  Client,
  { table: buyers, concrete: true },
  {
    get label() {
      return fn.lower(buyers.name);
    },
  },
) {}
const tables = { lands, people, admins, audits, firms, buyers };

for (const { name, open } of databases) {
  describe(name, () => {
    const sent: string[] = [];
    const db = open({ echo: (line) => void sent.push(line) });
    const reads = (): number => sent.splice(0).filter((line) => / select /.test(line)).length;

    beforeEach(async () => {
      await db.drop(tables, { ifExists: true });
      await db.create(tables);
      await using session = new Session(db);
      const [north, south] = [new Land({ name: "North" }), new Land({ name: "South" })];
      const home = new Address({ street: "Mill", city: null });
      const office = new Address({ street: "Main", city: "Town" });
      const ann = new Admin({ name: "Ann", level: 3, office, seat: north, notes: "first", land: south });
      ann.audits.add(new Audit(), new Audit());
      session.add(
        new Person({ name: "Cy", home, land: north }),
        ann,
        new Root({ name: "Bob", level: 9, office, home, seat: south }),
        new Soldier({ name: "Di", grade: { level: 4, unit: "x" } }),
        new Soldier({ name: "Ed" }),
        new Firm({ name: "Forge", staff: 8, billing: office }),
        new Buyer({ name: "Gus", points: 1, home }),
      );
      await session.commit();
      sent.length = 0;
    });

    test("computed properties of all classes come with the objects, in one statement", async () => {
      await using session = new Session(db);
      const found = await session.query(Person).orderBy(people.name.asc()).all();
      const computed = (one: Person): unknown => [
        one.label,
        one instanceof Admin ? one.double : one instanceof Soldier ? one.next : undefined,
      ];
      const all = [
        ["ANN", 6],
        ["bob", 18],
        ["CY", undefined],
        ["DI", 5],
        ["ED", null],
      ];
      expect(found.map(computed)).toEqual(all);
      expect(reads()).toBe(1);
      await using other = new Session(db);
      const streamed: unknown[] = [];
      for await (const some of other.query(Person).orderBy(people.name.asc()).stream({ batch: 2 }))
        streamed.push(...some.map(computed));
      expect(streamed).toEqual(all);
      await using third = new Session(db);
      const page = await third.query(Person).of(Admin, Soldier).orderBy(people.name.asc()).after(null, { size: 2 });
      expect(page.items.map(computed)).toEqual(all.slice(0, 2));
      const ann = await third.getOne(Person, page.items[0]?.id as number);
      expect(() => (ann as Admin).audited).toThrow("was not loaded");
      await third.load(ann as Admin, "audited", "notes");
      expect([(ann as Admin).audited, (ann as Admin).notes]).toEqual([2, "first"]);
      await using fourth = new Session(db);
      const related = await fourth.query(Audit).include(Audit.admin).all();
      expect(related.map(({ admin }) => admin.double)).toEqual([6, 6]);
    });

    test("computed properties of whole tables are computed over their rows", async () => {
      await using session = new Session(db);
      const found = await session.query(Client).orderBy(clients.name.asc()).all();
      expect(reads()).toBe(1);
      expect(found.map((one) => [one.label, one instanceof Firm ? one.half : undefined])).toEqual([
        ["FORGE", 4],
        ["gus", undefined],
      ]);
      expect((await session.query(Firm).one()).label).toBe("FORGE");
    });

    test("value objects of all classes are made, changed, filtered and searched by", async () => {
      await using session = new Session(db);
      const [ann, bob, cy, di, ed] = await session.query(Person).orderBy(people.name.asc()).all();
      if (!(ann instanceof Admin && bob instanceof Root && di instanceof Soldier && ed instanceof Soldier)) throw cy;
      expect([ann.home, bob.home, cy?.home]).toEqual([null, bob.home, new Address({ street: "Mill", city: null })]);
      expect(ann.office).toBeInstanceOf(Address);
      expect(bob.office).toEqual({ street: "Main", city: "Town" });
      expect([di.grade, ed.grade]).toEqual([{ level: 4, unit: "x" }, null]);
      ann.office = new Address({ street: "High", city: null });
      ed.grade = { level: 1, unit: "y" };
      await session.commit();
      expect(
        await db.one(
          select({ street: admins.officeStreet, city: admins.officeCity }).from(admins).where(admins.level.eq(3)),
        ),
      ).toEqual({
        street: "High",
        city: null,
      });
      expect(
        await session
          .query(Admin)
          .filter({ office: { street: "High" } })
          .count(),
      ).toBe(1);
      expect(await session.query(Admin).where(Admin.office.street.eq("Main")).count()).toBe(1);
      expect(
        await session
          .query(Soldier)
          .filter({ grade: { level: { gt: 2 } }, home: null })
          .count(),
      ).toBe(1);
      expect(
        await session
          .query(Person)
          .filter({ home: { street: "Mill" } })
          .count(),
      ).toBe(2);
      expect(
        await session
          .query(Person)
          .of(Admin)
          .filter({ home: { street: "Mill" }, office: { city: "Town" } })
          .count(),
      ).toBe(1);
      const [gus, forge] = await session.query(Client).orderBy(clients.name.desc()).all();
      expect(gus?.home).toEqual({ street: "Mill", city: null });
      expect((forge as Firm).billing).toEqual({ street: "Main", city: "Town" });
      expect(
        await session
          .query(Client)
          .filter({ home: { street: "Mill" } })
          .count(),
      ).toBe(1);
      expect(await session.query(Firm).where(Firm.billing.street.eq("Main"), Firm.home.street.isNull()).count()).toBe(
        1,
      );
      expect(await session.query(Admin).update({ office: new Address({ street: "New", city: "N" }), name: "x" })).toBe(
        2,
      );
      expect([ann.office, ann.name]).toEqual([new Address({ street: "New", city: "N" }), "x"]);
    });

    test("relationships of a subclass are included, whatever the strategy, also among several classes", async () => {
      for (const strategy of ["join", "select in", "subquery", "json"] as const) {
        await using session = new Session(db);
        const found = await session
          .query(Person)
          .of(Admin, Soldier)
          .include(Admin.seat.by(strategy), Admin.audits.by(strategy), Person.land.by(strategy))
          .orderBy(people.name.asc())
          .all();
        const seen = found.map((one) => [
          one.land?.name,
          one instanceof Admin ? one.seat?.name : undefined,
          one instanceof Admin ? one.audits.length : undefined,
        ]);
        expect(seen).toEqual([
          ["South", "North", 2],
          [undefined, "South", 0],
          [undefined, undefined, undefined],
          [undefined, undefined, undefined],
        ]);
      }
    });

    test("an object stays of its class", async () => {
      await using session = new Session(db);
      const cy = await session.query(Person).where(people.name.eq("Cy")).one();
      cy.kind = "admin";
      await expect(session.flush()).rejects.toThrow("Person.kind says of which class the object is, and was changed");
      await session.rollback();
      expect(cy.kind).toBe("person");
      await expect(session.query(Person).update({ kind: "admin" })).rejects.toThrow(
        'update() sets "kind", which says of which class a Person is',
      );
    });

    test("rows of plain values need no discriminator", async () => {
      await using session = new Session(db);
      expect(await session.insertMany(Soldier, [{ name: "Flo", rank: 2 }])).toBe(1);
      expect(await session.insertMany(Admin, [{ name: "Hal", level: 1, officeStreet: "Side" }])).toBe(1);
      const [hal] = await session.query(Person).where(people.name.eq("Hal")).all();
      expect([hal?.constructor, (hal as Admin).office.street]).toEqual([Admin, "Side"]);
      const [flo] = await session.upsert(Soldier, [{ id: 77, name: "Flo", rank: 3, rankUnit: "x" }], { by: ["id"] });
      expect([flo?.kind, flo?.grade]).toEqual(["soldier", { level: 3, unit: "x" }]);
      const half = session.upsert(Soldier, [{ id: 78, name: "Half", rank: 3 }], { by: ["id"] });
      await expect(half).rejects.toThrow(
        /^column "rankUnit" is null, where grade.unit is part of a value that is there/,
      );
    });

    test("a search from outside reaches what its class has, and nothing of the others", async () => {
      await using session = new Session(db);
      const ofPerson = filterSchema(Person, { fields: ["name"], sort: ["name"] });
      expect(() => ofPerson.parse({ filter: { level: 1 } })).toThrow("filter.level: is not allowed");
      // @ts-expect-error not every person has a level
      expect(() => filterSchema(Person, { fields: ["level"] })).toThrow(MappingError);
      const search = filterSchema(Admin, {
        fields: ["name", "level", "office.street", "seat.name", "land.name"],
        sort: ["level", "name", "seat.name"],
      });
      const given = search.parse({
        filter: { level: { gt: 2 }, office: { street: "Main" }, seat: { name: "South" } },
        sort: ["-level", "seat.name"],
      });
      const found = await session.query(Person).of(Admin).filterWith(given).all();
      expect(found.map((one) => one.name)).toEqual(["Bob"]);
      expect(() => search.parse({ filter: { notes: "x" } })).toThrow("filter.notes: is not allowed");
      const ofClient = filterSchema(Client, { fields: ["name", "home.street"], sort: ["name"] });
      const clientsFound = await session
        .query(Client)
        .filterWith(ofClient.parse({ filter: { name: { startsWith: "F" }, home: null }, sort: ["-name"] }))
        .all();
      expect(clientsFound.map((one) => one.name)).toEqual(["Forge"]);
    });
  });
}
