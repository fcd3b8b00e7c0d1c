// Classes that share a table: a column tells of which class a row is.
import { fn, insertInto, integer, select, table, text, varchar } from "athanor";
import { inherit, MappingError, many, mapped, one, optional, Session } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const people = table("sti_people", {
  id: integer().primaryKey().given(),
  kind: varchar(20),
  name: text(),
  level: integer().nullable(),
  bossId: integer("boss_id")
    .references(() => people.id)
    .nullable(),
});
const audits = table("sti_audits", {
  id: integer().primaryKey().given(),
  adminId: integer("admin_id").references(() => people.id),
  note: text(),
});

class Person extends mapped(
  people,
  {
    get boss() {
      return optional(Person);
    },
    get reports() {
      return many(Person);
    },
  },
  { identity: { column: "kind", value: "person" }, subclasses: () => [Admin, Guest] },
) {
  greeting(): string {
    return `I am ${this.name}`;
  }
}
class Admin extends inherit(
  Person,
  { identity: "admin", subclasses: () => [Owner] },
  {
    get audits() {
      return many(Audit);
    },
  },
) {
  override greeting(): string {
    return `${super.greeting()}, level ${this.level}`;
  }
}
class Owner extends inherit(Admin, { identity: "owner" }) {}
class Guest extends inherit(Person, { identity: "guest" }) {}
class Audit extends mapped(audits, {
  get admin() {
    return one(Admin);
  },
}) {}

for (const { name, open } of databases) {
  describe(name, () => {
    const sent: string[] = [];
    const db = open({ echo: (line) => void sent.push(line) });
    const reads = (): number => sent.splice(0).filter((line) => / select /.test(line)).length;
    const names = (found: readonly { readonly name: string }[]): readonly string[] => found.map((one) => one.name);

    beforeEach(async () => {
      await db.drop({ people, audits }, { ifExists: true });
      await db.create({ people, audits });
      await db.run(
        insertInto(people).values([
          { id: 1, kind: "owner", name: "Ann", level: 9, bossId: null },
          { id: 2, kind: "admin", name: "Bob", level: 3, bossId: 1 },
          { id: 3, kind: "person", name: "Cy", level: null, bossId: 2 },
          { id: 4, kind: "guest", name: "Di", level: null, bossId: 2 },
        ]),
      );
      await db.run(
        insertInto(audits).values([
          { id: 1, adminId: 1, note: "one" },
          { id: 2, adminId: 2, note: "two" },
        ]),
      );
      sent.length = 0;
    });

    test("a query for the base gives objects of the right classes, in one statement", async () => {
      await using session = new Session(db);
      const found = await session.query(Person).orderBy(people.id.asc()).all();
      expect(reads()).toBe(1);
      expect(found.map((one) => one.constructor)).toEqual([Owner, Admin, Person, Guest]);
      expect(found[0]).toBeInstanceOf(Admin);
      expect(found.map((one) => one.greeting())).toEqual([
        "I am Ann, level 9",
        "I am Bob, level 3",
        "I am Cy",
        "I am Di",
      ]);
      expect(await session.get(Admin, 2)).toBe(found[1]);
      expect(await session.get(Admin, 3)).toBeNull();
      expect(reads()).toBe(1);
    });

    test("a query for a subclass gives its objects and those of its own subclasses", async () => {
      await using session = new Session(db);
      expect(names(await session.query(Admin).orderBy(people.id.asc()).all())).toEqual(["Ann", "Bob"]);
      expect(names(await session.query(Owner).all())).toEqual(["Ann"]);
      expect(await session.query(Guest).count()).toBe(1);
      expect(names(await session.query(Person).of(Owner, Guest).orderBy(people.id.asc()).all())).toEqual(["Ann", "Di"]);
      expect(await db.scalar(select({ n: fn.count() }).from(Admin))).toBe(2);
    });

    test("relationships lead to the base and to a subclass, and from both", async () => {
      await using session = new Session(db);
      const [ann, bob] = await session
        .query(Admin)
        .include(Person.reports, Admin.audits)
        .orderBy(people.id.asc())
        .all();
      expect(ann?.reports.map((one) => one.constructor)).toEqual([Admin]);
      expect(bob?.reports.map((one) => one.constructor)).toEqual([Person, Guest]);
      expect(bob?.audits.map((audit) => audit.note)).toEqual(["two"]);
      expect((await bob?.audits[0]?.admin)?.name).toBe("Bob");
      const [first] = await session.query(Audit).include(Audit.admin).orderBy(audits.id.asc()).all();
      expect(first?.admin).toBe(ann);
      const busy = session.query(Admin).where(Admin.audits.any(audits.note.eq("two")));
      expect(names(await busy.all())).toEqual(["Bob"]);
    });

    test("what only a subclass has is loaded for the objects of it, also for siblings", async () => {
      await using session = new Session(db);
      const found = await session.query(Person).orderBy(people.id.asc()).all();
      sent.length = 0;
      const admins = found.filter((one) => one instanceof Admin);
      for (const admin of admins) expect(await admin.audits).toHaveLength(1);
      expect(reads()).toBe(1);
    });

    test("objects are written with the discriminator of their class", async () => {
      await using session = new Session(db);
      const owner = new Owner({ id: 10, name: "Fay", level: 1 });
      const guest = new Guest({ id: 11, name: "Gus", boss: owner });
      owner.audits.add(new Audit({ id: 12, note: "new" }));
      session.add(guest);
      await session.commit();
      expect(owner.kind).toBe("owner");
      expect(
        await db.all(
          select({ kind: people.kind, bossId: people.bossId })
            .from(people)
            .where(people.id.gt(9))
            .orderBy(people.id.asc()),
        ),
      ).toEqual([
        { kind: "owner", bossId: null },
        { kind: "guest", bossId: 10 },
      ]);
      guest.level = 5;
      owner.level = 6;
      await session.commit();
      session.delete(guest);
      await session.commit();
      expect(await db.all(select({ level: people.level }).from(people).where(people.id.gt(9)))).toEqual([{ level: 6 }]);
    });

    test("a row that no class stands for is an error that says what to declare", async () => {
      await db.run(insertInto(people).values({ id: 20, kind: "robot", name: "R2", level: null, bossId: null }));
      await using session = new Session(db);
      const failed = await session
        .query(Person)
        .all()
        .catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(MappingError);
      expect(failed).toMatchObject({
        message: expect.stringContaining(
          '"kind" of "sti_people" is "robot" in a row, and no class is known that stands for it',
        ),
        hint: 'Declare one: class … extends inherit(Person, { identity: "robot" }) {}.',
      });
    });
  });
}

test("mistakes in inheriting are found, with what to write instead", () => {
  class Plain extends mapped(audits) {}
  class Lost extends inherit(Plain, { identity: "x" }) {}
  expect(() => new Lost({ id: 1, note: "x" })).toThrow("classes that inherit from Plain cannot be told apart");
  class Shape extends mapped(people, {}, { identity: { column: "kind" } }) {}
  expect(() => new Shape({ id: 1, name: "x" })).toThrow("Shape has no identity of its own");
  expect(() => new Admin({ id: 1, name: "x", kind: "guest" } as never)).toThrow('Admin.kind is "admin"');
});
