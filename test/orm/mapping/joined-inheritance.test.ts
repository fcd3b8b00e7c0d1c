// Subclasses with a table of their own, joined to that of the base.
import { alias, fn, insertInto, integer, select, table, text, varchar } from "athanor";
import { inherit, many, mapped, one, optional, Session, StaleDataError } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const people = table("jti_people", {
  id: integer().primaryKey(),
  kind: varchar(20),
  name: text(),
  bio: text().nullable(),
  version: integer().default(1),
  bossId: integer("boss_id")
    .references(() => people.id)
    .nullable(),
});
const admins = table("jti_admins", {
  personId: integer("person_id")
    .primaryKey()
    .references(() => people.id, { onDelete: "cascade", onUpdate: "cascade" }),
  level: integer(),
  notes: text().nullable(),
});
const owners = table("jti_owners", {
  id: integer()
    .primaryKey()
    .references(() => admins.personId),
  share: integer().default(50),
  deputyId: integer("deputy_id")
    .references(() => admins.personId)
    .nullable(),
});
const guests = table("jti_guests", {
  id: integer("guest_id")
    .primaryKey()
    .references(() => people.id),
  level: varchar(10),
});
const audits = table("jti_audits", {
  id: integer().primaryKey(),
  adminId: integer("admin_id").references(() => admins.personId),
  note: text(),
});
const tables = { people, admins, owners, guests, audits };

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
  {
    identity: { column: "kind", value: "person" },
    version: "version",
    deferred: ["bio"],
    subclasses: () => [Admin, Guest, Robot],
  },
) {
  greeting(): string {
    return `I am ${this.name}`;
  }
}
class Admin extends inherit(
  Person,
  { identity: "admin", table: admins, deferred: ["notes"], subclasses: () => [Owner] },
  {
    get audits() {
      return many(Audit, { cascade: { delete: true } });
    },
  },
) {
  override greeting(): string {
    return `${super.greeting()}, level ${this.level}`;
  }
}
class Owner extends inherit(
  Admin,
  { identity: "owner", table: owners },
  {
    get deputy() {
      return optional(Admin);
    },
  },
) {}
class Guest extends inherit(Person, { identity: "guest", table: guests }) {}
// One that has no table of its own, between those that have.
class Robot extends inherit(Person, { identity: "robot" }) {}
class Audit extends mapped(audits, {
  get admin() {
    return one(Admin);
  },
}) {}

for (const { name, open } of databases) {
  describe(name, () => {
    const sent: string[] = [];
    const db = open({ echo: (line) => void sent.push(line) });
    const texts = (verb: RegExp): readonly string[] => sent.splice(0).filter((line) => verb.test(line));
    const reads = (): number => texts(/ select /).length;
    const names = (found: readonly { readonly name: string }[]): readonly string[] => found.map((one) => one.name);

    beforeEach(async () => {
      await db.drop(tables, { ifExists: true });
      await db.create(tables);
      await db.run(
        insertInto(people).values([
          { kind: "owner", name: "Ann", version: 1, bio: "of Ann" },
          { kind: "admin", name: "Bob", version: 1, bossId: 1 },
          { kind: "person", name: "Cy", version: 1, bossId: 2 },
          { kind: "guest", name: "Di", version: 1, bossId: 2 },
          { kind: "robot", name: "R2", version: 1, bossId: 2 },
        ]),
      );
      await db.run(
        insertInto(admins).values([
          { personId: 1, level: 9, notes: "first" },
          { personId: 2, level: 3 },
        ]),
      );
      await db.run(insertInto(owners).values({ id: 1, share: 70, deputyId: 2 }));
      await db.run(insertInto(guests).values({ id: 4, level: "low" }));
      await db.run(
        insertInto(audits).values([
          { adminId: 1, note: "one" },
          { adminId: 2, note: "two" },
        ]),
      );
      sent.length = 0;
    });

    test("a query for the base gives whole objects of the right classes, in one statement", async () => {
      await using session = new Session(db);
      const found = await session.query(Person).orderBy(people.id.asc()).all();
      expect(reads()).toBe(1);
      expect(found.map((one) => one.constructor)).toEqual([Owner, Admin, Person, Guest, Robot]);
      expect(found.map((one) => one.greeting())).toEqual([
        "I am Ann, level 9",
        "I am Bob, level 3",
        "I am Cy",
        "I am Di",
        "I am R2",
      ]);
      const [ann, bob, , di] = found as [Owner, Admin, Person, Guest];
      expect({ ...ann }).toEqual({
        id: 1,
        kind: "owner",
        name: "Ann",
        version: 1,
        bossId: null,
        personId: 1,
        level: 9,
        share: 70,
        deputyId: 2,
      });
      expect(di.level).toBe("low");
      expect(await ann.deputy).toBe(bob);
      expect(await session.get(Admin, 2)).toBe(bob);
      expect(await session.get(Admin, 3)).toBeNull();
      expect(reads()).toBe(1);
      expect(session.isChanged(ann)).toBe(false);
    });

    test("a query for a subclass joins its table, and reads those of its own subclasses", async () => {
      await using session = new Session(db);
      const found = await session.query(Admin).where(admins.level.gt(1), people.name.like("%n%")).all();
      expect(names(found)).toEqual(["Ann"]);
      expect((found[0] as Owner).share).toBe(70);
      expect(reads()).toBe(1);
      expect(names(await session.query(Admin).orderBy(admins.level.asc()).all())).toEqual(["Bob", "Ann"]);
      expect(await session.query(Admin).where(admins.level.gt(3)).count()).toBe(1);
      expect(await session.query(Admin).where(admins.level.gt(10)).exists()).toBe(false);
      expect(
        names(
          await session
            .query(Admin)
            .filter({ level: { lt: 5 }, name: { startsWith: "B" } })
            .all(),
        ),
      ).toEqual(["Bob"]);
    });

    test("of narrows to classes, whose columns conditions and ordering may name", async () => {
      await using session = new Session(db);
      const strong = await session.query(Person).of(Admin).where(admins.level.gt(3)).all();
      expect(strong.map(({ level }) => level)).toEqual([9]);
      const some = await session
        .query(Person)
        .of(Admin, Guest)
        .where(people.name.ne("Ann"))
        .orderBy(guests.level.desc().nullsFirst(), people.id.asc())
        .all();
      expect(some.map((one) => (one instanceof Admin ? one.level + 1 : one.level.length))).toEqual([4, 3]);
    });

    test("relationships lead to the base and to a subclass, by any strategy", async () => {
      for (const strategy of ["join", "select in"] as const) {
        await using session = new Session(db);
        const [first, second] = await session
          .query(Audit)
          .include(Audit.admin.by(strategy).include(Person.reports, Person.boss.by(strategy)))
          .orderBy(audits.id.asc())
          .all();
        expect(first?.admin).toBeInstanceOf(Owner);
        expect(first?.admin.level).toBe(9);
        expect(second?.admin.constructor).toBe(Admin);
        expect(second?.admin.boss).toBe(first?.admin);
        expect(second?.admin.reports.map((one) => one.constructor)).toEqual([Person, Guest, Robot]);
      }
      for (const strategy of ["json", "subquery", "select in"] as const) {
        await using session = new Session(db);
        const admin = await session.query(Admin).where(people.id.eq(2)).include(Admin.audits.by(strategy)).one();
        expect(admin.audits.map(({ note }) => note)).toEqual(["two"]);
        const boss = await session.query(Person).include(Person.reports.by(strategy)).where(people.id.eq(1)).one();
        expect(boss.reports).toEqual([admin]);
      }
    });

    test("conditions on related rows reach into every table of theirs", async () => {
      await using session = new Session(db);
      expect(
        names(
          await session
            .query(Admin)
            .where(Admin.audits.any(audits.note.eq("two")))
            .all(),
        ),
      ).toEqual(["Bob"]);
      expect(
        names(
          await session
            .query(Person)
            .where(Person.boss.any(people.name.eq("Ann")))
            .all(),
        ),
      ).toEqual(["Bob"]);
      const notes = await session
        .query(Audit)
        .where(Audit.admin.any(admins.level.gt(5), people.name.eq("Ann")))
        .all();
      expect(notes.map(({ note }) => note)).toEqual(["one"]);
      expect(
        names(
          await session
            .query(Owner)
            .where(Owner.deputy.any(admins.level.eq(3)))
            .all(),
        ),
      ).toEqual(["Ann"]);
      expect(
        await session
          .query(Owner)
          .where(Owner.deputy.any(admins.level.eq(9)))
          .count(),
      ).toBe(0);
      const filtered = session.query(Owner).filter({ deputy: { level: 3, reports: { any: { name: "Di" } } } });
      expect(names(await filtered.all())).toEqual(["Ann"]);
      const counted = await session.query(Admin).orderBy(people.id.asc()).with({ n: Person.reports.count() }).all();
      expect(counted.map(({ n }) => n)).toEqual([1, 3]);
    });

    test("Core statements read a class with all its tables, also by another name and beside others", async () => {
      await using session = new Session(db);
      const rows = await session.all(
        select({ admin: Admin, n: fn.count(audits.id) })
          .from(Admin)
          .leftJoin(audits, audits.adminId.eq(admins.personId))
          .groupBy(people.id, admins.personId, owners.id)
          .orderBy(people.id.asc()) as never,
      );
      expect(rows).toHaveLength(2);
      const boss = alias(Person, "boss");
      const pairs = await session.all(
        select({ person: Person, boss })
          .from(Person)
          .leftJoin(boss, people.bossId.eq(boss.id))
          .orderBy(people.id.asc()),
      );
      expect(pairs.map(({ boss: one }) => one?.name)).toEqual([undefined, "Ann", "Bob", "Bob", "Bob"]);
      expect((pairs.at(1)?.boss as unknown as Owner | undefined)?.share).toBe(70);
      expect(await db.scalar(select({ n: fn.count() }).from(Admin))).toBe(2);
    });

    test("new objects are written table by table, in batches, with keys that the database gives", async () => {
      await using session = new Session(db);
      const bosses = [1, 2, 3].map((level) => new Admin({ name: `a${level}`, level, audits: [] }));
      const owner = new Owner({ name: "O", level: 8, deputy: bosses[0] as Admin });
      (bosses[1] as Admin).audits.add(new Audit({ note: "new" }));
      session.add(new Guest({ name: "G", level: "high", boss: owner }), ...bosses, owner, new Person({ name: "P" }));
      await session.commit();
      const inserts = texts(/ insert /);
      expect(inserts.filter((line) => line.includes("jti_admins"))).toHaveLength(2);
      expect(bosses.map(({ id, personId, kind }) => personId === id && kind === "admin")).toEqual([true, true, true]);
      expect([owner.share, owner.deputyId, owner.version]).toEqual([50, bosses[0]?.id, 1]);
      expect(session.isChanged(owner)).toBe(false);
      await using other = new Session(db);
      const again = await other.query(Person).where(people.id.gt(5)).orderBy(people.name.asc()).all();
      expect(again.map((one) => one.constructor)).toEqual([Guest, Owner, Person, Admin, Admin, Admin]);
      expect(await again[0]?.boss).toBe(again[1]);
      expect(await other.query(Audit).where(audits.note.eq("new")).one()).toMatchObject({ adminId: bosses[1]?.id });
    });

    test("an update writes the tables that changed, and the version of the base always", async () => {
      await using session = new Session(db);
      const ann = await session.getOne(Owner, 1);
      sent.length = 0;
      ann.level = 10;
      await session.flush();
      expect(ann.version).toBe(2);
      const updates = texts(/ update /);
      expect(
        updates
          .join()
          .match(/jti_\w+["`] set/g)
          ?.map((text) => text.slice(0, -5)),
      ).toEqual(["jti_people", "jti_admins"]);
      ann.name = "Anna";
      ann.share = 60;
      ann.deputy = null;
      await session.commit();
      await using other = new Session(db);
      const read = await other.getOne(Owner, 1);
      expect(read).toMatchObject({ name: "Anna", share: 60, level: 10, version: 3, deputyId: null });
      read.level = 1;
      await other.commit();
      ann.share = 1;
      await expect(session.commit()).rejects.toThrow(StaleDataError);
    });

    test("a delete takes the rows of all tables, and what cascades", async () => {
      await using session = new Session(db);
      const bob = await session.getOne(Admin, 2);
      for (const one of await session.query(Person).where(people.bossId.eq(2)).all()) session.delete(one);
      (await session.getOne(Owner, 1)).deputy = null;
      session.delete(bob);
      await session.commit();
      expect(await db.all(select({ id: people.id }).from(people))).toEqual([{ id: 1 }]);
      expect(await db.all(select({ id: admins.personId }).from(admins))).toEqual([{ id: 1 }]);
      expect(await db.all(select({ id: guests.id }).from(guests))).toEqual([]);
      expect(await db.all(select({ id: audits.id }).from(audits))).toEqual([{ id: 1 }]);
      session.delete(await session.getOne(Person, 1));
      await session.commit();
      expect(await db.all(select({ id: owners.id }).from(owners))).toEqual([]);
    });

    test("deferred columns of both tables are loaded on request, rows again on refresh", async () => {
      await using session = new Session(db);
      const ann = await session.getOne(Person, 1);
      if (!(ann instanceof Owner)) throw new Error("an owner");
      expect(() => ann.notes).toThrow("Owner.notes is deferred");
      await session.load(ann, "notes", "bio");
      expect([ann.notes, ann.bio]).toEqual(["first", "of Ann"]);
      ann.notes = "second";
      await session.commit();
      expect(await db.scalar(select({ notes: admins.notes }).from(admins).where(admins.personId.eq(1)))).toBe("second");
      ann.level = 100;
      ann.name = "?";
      await session.refresh(ann);
      expect([ann.level, ann.name, ann.notes]).toEqual([9, "Ann", "second"]);
      const [bob] = await session.query(Admin).undefer("notes").where(people.id.eq(2)).all();
      expect(bob?.notes).toBeNull();
    });

    test("pages, cursors and streams go over the hierarchy", async () => {
      await using session = new Session(db);
      const ordered = session.query(Admin).orderBy(admins.level.desc());
      const first = await ordered.after(null, { size: 1 });
      expect(names(first.items)).toEqual(["Ann"]);
      expect(names((await ordered.after(first.next, { size: 1 })).items)).toEqual(["Bob"]);
      expect(names((await session.query(Person).page({ page: 2, size: 2 })).items)).toEqual(["Cy", "Di"]);
      const seen: string[] = [];
      for await (const batch of session.query(Person).orderBy(people.id.asc()).stream({ batch: 2 }))
        for (const one of batch) seen.push(one.constructor.name);
      expect(seen).toEqual(["Owner", "Admin", "Person", "Guest", "Robot"]);
    });

    test("a rollback makes new objects transient again, and changed ones what they were", async () => {
      await using session = new Session(db);
      const ann = await session.getOne(Owner, 1);
      const fresh = new Owner({ name: "N", level: 1 });
      session.add(fresh);
      ann.share = 1;
      ann.level = 2;
      await session.flush();
      expect(fresh.id).toBeGreaterThan(5);
      await session.rollback();
      expect([ann.share, ann.level, ann.version]).toEqual([70, 9, 1]);
      expect(session.status(fresh)).toBe("transient");
      expect(() => fresh.personId).toThrow("has no value yet");
      session.add(fresh);
      await session.commit();
      expect(fresh.personId).toBe(fresh.id);
    });

    test("events of the base are told of its subclasses, and merging copies all tables", async () => {
      await using session = new Session(db);
      const told: string[] = [];
      session.on("beforeUpdate", Person, (person) => void told.push(`${person.name} updated`));
      session.on("load", Admin, (admin) => void told.push(`${admin.name} ${admin.level} loaded`));
      session.on("afterInsert", Person, (person) => void told.push(`${person.name} inserted`));
      const [ann] = await session.query(Person).of(Owner).all();
      (ann as Owner).share = 7;
      session.add(new Guest({ name: "G", level: "x" }));
      await session.flush();
      expect(told).toEqual(["Ann 9 loaded", "Ann updated", "G inserted"]);
      await session.rollback();
      await using other = new Session(db);
      const outside = await other.getOne(Owner, 1);
      outside.level = 77;
      outside.share = 66;
      const merged = await session.merge(outside);
      expect(merged).toMatchObject({ level: 77, share: 66 });
      await session.commit();
      expect(await db.scalar(select({ share: owners.share }).from(owners))).toBe(66);
    });

    test("bulk writes reach every table of the rows they find", async () => {
      await using session = new Session(db);
      const bob = await session.getOne(Admin, 2);
      const found = session.query(Person).of(Admin).where(admins.level.lt(5));
      expect(await found.update({ level: admins.level.add(4), name: "Rob" })).toBe(1);
      expect(bob).toMatchObject({ level: 7, name: "Rob", version: 2 });
      expect(await found.update({ level: 1 })).toBe(0);
      expect(await session.query(Person).where(people.id.lt(3)).update({ name: "x" })).toBe(2);
      expect(bob.name).toBe("x");
      await expect(session.query(Admin).update({ level: people.bossId.add(1) as never })).rejects.toThrow(
        "Admin.level is set to what another table of Admin holds",
      );
      await expect(session.query(Admin).update({ id: 9 })).rejects.toThrow("the key that holds the tables");
      const rows = [
        { name: "a", level: 1 },
        { name: "b", level: 2, notes: "n" },
      ];
      expect(await session.insertMany(Admin, rows as never)).toBe(2);
      const made = await session.query(Admin).where(admins.level.lt(3)).orderBy(admins.level.asc()).all();
      expect(made.map((one) => [one.name, one.kind, one.version, one.id > 5])).toEqual([
        ["a", "admin", 1, true],
        ["b", "admin", 1, true],
      ]);
      await expect(session.insertMany(Person, [{ kind: "admin", name: "half" }])).rejects.toThrow(
        'a row of Person has another kind than "person"',
      );
      await expect(session.upsert(Admin, rows as never, { by: ["id"] })).rejects.toThrow("lie in several tables");
      expect(await session.query(Admin).where(admins.level.lt(3)).delete()).toBe(2);
      await session.query(Audit).delete();
      await session.query(Person).update({ bossId: null });
      await session.query(Owner).update({ deputyId: null });
      expect(await session.query(Person).where(people.id.ne(3)).delete()).toBe(4);
      expect(session.status(bob)).toBe("deleted");
      await session.commit();
      for (const source of [admins, owners, guests])
        expect(await db.scalar(select({ n: fn.count() }).from(source as typeof guests))).toBe(0);
    });

    test("rows of any statement become objects of their classes", async () => {
      await using session = new Session(db);
      const query = select({ ...people, level: admins.level, personId: admins.personId })
        .from(people)
        .join(admins, admins.personId.eq(people.id))
        .where(people.kind.eq("admin"));
      expect((await session.from(Person, query)).map((one) => one.constructor)).toEqual([Admin]);
      await expect(session.from(Person, select(people).where(people.id.eq(1)))).rejects.toThrow(
        'the statement gives no "personId", "level", "share", "deputyId", which every Owner has',
      );
    });

    test("a key that changes takes the rows of other tables along, if the database does", async () => {
      await using session = new Session(db);
      const bob = await session.query(Admin).where(people.id.eq(2)).include(Admin.audits).one();
      const di = await session.getOne(Guest, 4);
      await session.query(Audit).delete();
      (await session.getOne(Owner, 1)).deputy = null;
      for (const one of await session.query(Person).where(people.bossId.eq(2)).all()) one.boss = null;
      await session.flush();
      bob.id = 20;
      bob.level = 4;
      await session.flush();
      expect(bob).toMatchObject({ id: 20, personId: 20, level: 4 });
      await session.commit();
      expect(await db.scalar(select({ level: admins.level }).from(admins).where(admins.personId.eq(20)))).toBe(4);
      expect(await session.query(Admin).where(people.id.eq(20)).one()).toBe(bob);
      bob.personId = 3;
      await expect(session.flush()).rejects.toThrow("Admin.personId repeats Admin.id");
      await session.rollback();
      di.id = 40;
      await expect(session.flush()).rejects.toThrow('the rows of "jti_guests" do not follow');
    });
  });
}
