// Columns of a shared table that only some classes have, subclasses with tables below such that share one, and mistakes in both.
import { insertInto, integer, select, table, text, varchar } from "athanor";
import { inherit, MappingError, many, mapped, Session } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const animals = table("icol_animals", {
  id: integer().primaryKey(),
  kind: varchar(20),
  name: text(),
  wings: integer().nullable(),
  bred: text().nullable(),
  ownerId: integer("owner_id")
    .references(() => people.id)
    .nullable(),
});
const falcons = table("icol_falcons", {
  id: integer()
    .primaryKey()
    .references(() => animals.id),
  speed: integer(),
});
const people = table("icol_people", { id: integer().primaryKey(), name: text() });
const tables = { people, animals, falcons };

class Animal extends mapped(
  animals,
  {},
  { identity: { column: "kind" }, omit: ["wings", "bred", "ownerId"], subclasses: () => [Bird, Dog] },
) {}
class Bird extends inherit(Animal, {
  identity: "bird",
  columns: ["wings"],
  subclasses: () => [Falcon],
  validate: {
    wings: (wings) => {
      if (wings === 1) throw new Error("no bird flies with one wing");
    },
  },
}) {}
class Falcon extends inherit(Bird, { identity: "falcon", table: falcons }) {}
class Dog extends inherit(Animal, { identity: "dog", columns: ["bred", "ownerId"], deferred: ["bred"] }) {}
class Keeper extends mapped(people, {
  get dogs() {
    return many(Dog);
  },
}) {}

for (const { name, open } of databases) {
  describe(name, () => {
    const db = open();
    beforeEach(async () => {
      await db.drop(tables, { ifExists: true });
      await db.create(tables);
      await db.run(
        insertInto(animals).values([
          { kind: "bird", name: "Tweety", wings: 2 },
          { kind: "dog", name: "Rex", bred: "collie" },
        ]),
      );
    });

    test("each class shows, reads and writes its own columns", async () => {
      await using session = new Session(db);
      const [bird, dog] = await session.query(Animal).orderBy(animals.id.asc()).all();
      expect({ ...bird }).toEqual({ id: 1, kind: "bird", name: "Tweety", wings: 2 });
      expect({ ...dog }).toEqual({ id: 2, kind: "dog", name: "Rex", ownerId: null });
      await session.load(dog as Dog, "bred");
      expect((dog as Dog).bred).toBe("collie");
      expect(() => new Dog({ name: "x", wings: 2 } as never)).toThrow('Dog has no column or relationship "wings"');
      expect(() => new Bird({ name: "x", wings: 1 })).toThrow("one wing");
      const falcon = new Falcon({ name: "Millennium", wings: 4, speed: 100 });
      session.add(falcon, new Keeper({ name: "Kim", dogs: [dog as Dog] }));
      (bird as Bird).wings = 3;
      await session.commit();
      falcon.speed = 120;
      falcon.wings = 5;
      await session.commit();
      await using other = new Session(db);
      const found = await other.query(Bird).orderBy(animals.id.asc()).all();
      expect(found.map((one) => ({ ...one }))).toEqual([
        { id: 1, kind: "bird", name: "Tweety", wings: 3 },
        { id: 3, kind: "falcon", name: "Millennium", wings: 5, speed: 120 },
      ]);
      const kim = await other.query(Keeper).include(Keeper.dogs).one();
      expect(kim.dogs.map((one) => ({ ...one }))).toEqual([{ id: 2, kind: "dog", name: "Rex", ownerId: kim.id }]);
      other.delete(...found);
      await other.commit();
      expect(await db.all(select({ id: animals.id }).from(animals))).toEqual([{ id: 2 }]);
    });
  });
}

test("mistakes in subclasses are found at first use, with the fix", () => {
  const loose = table("icol_loose", { id: integer().primaryKey(), legs: integer() });
  const same = table("icol_same", {
    id: integer()
      .primaryKey()
      .references(() => animals.id),
    name: text(),
  });
  const strict = table("icol_strict", { id: integer().primaryKey(), kind: text(), rank: integer() });
  class Base extends mapped(animals, {}, { identity: { column: "kind", value: "base" }, omit: ["wings"] }) {}
  const failing = (make: () => unknown): MappingError => {
    try {
      make();
    } catch (error) {
      if (error instanceof MappingError) return error;
    }
    throw new Error("expected a MappingError");
  };
  class One extends inherit(Base, { identity: "one", table: loose }) {}
  expect(failing(() => new One({ name: "x", legs: 1 }))).toMatchObject({
    message: expect.stringContaining("its primary key does not refer to that of"),
    hint: "Declare it so: .primaryKey().references(() => icol_animals.id). If it holds whole rows, say { concrete: true }.",
  });
  class Base2 extends mapped(animals, {}, { identity: { column: "kind", value: "base" }, omit: ["wings"] }) {}
  class Two extends inherit(Base2, { identity: "two", table: same }) {}
  expect(failing(() => new Two({ name: "x" }))).toMatchObject({
    message: expect.stringContaining('Two has a column "name" of its own, and Base2 has one too'),
    hint: expect.stringContaining("Give one of them another property"),
  });
  class Base3 extends mapped(animals, {}, { identity: { column: "kind", value: "base" } }) {}
  class Three extends inherit(Base3, { identity: "three", columns: ["wings"] }) {}
  expect(failing(() => new Three({ name: "x" }))).toMatchObject({
    message: expect.stringContaining('Three adds the column "wings", which Base3 has already'),
    hint: 'Leave it out there: { omit: ["wings"] } in the mapping of Base3.',
  });
  class Four extends inherit(Base3, { identity: "four", columns: ["fins" as never] }) {}
  expect(failing(() => new Four({ name: "x" })).message).toContain('"icol_animals" does not have');
  class Base4 extends mapped(animals, {}, { identity: { column: "kind", value: "base" } }) {}
  class Five extends inherit(Base4, { identity: "five" }) {}
  class Six extends inherit(Base4, { identity: "five" }) {}
  expect(failing(() => [new Five({ name: "x" }), new Six({ name: "x" })])).toMatchObject({
    message: expect.stringContaining('has the identity "five", which another class of its hierarchy has too'),
    hint: expect.stringContaining("Give each class an identity of its own"),
  });
  class Base5 extends mapped(strict, {}, { identity: { column: "kind", value: "base" }, omit: ["rank"] }) {}
  expect(failing(() => new Base5())).toMatchObject({
    message: expect.stringContaining('does not have the column "rank" of "icol_strict", which may not be null'),
    hint: expect.stringContaining("Make it nullable()"),
  });
  class Base6 extends mapped(animals, {}, { identity: { column: "kind", value: "x" }, omit: ["id" as never] }) {}
  expect(failing(() => new Base6({ name: "x" })).message).toContain('omits "id", which its objects are told by');
  class Base7 extends mapped(animals, {}, { identity: { column: "kind", value: "x" }, omit: ["tail" as never] }) {}
  expect(failing(() => new Base7({ name: "x" })).message).toContain('which is no column of "icol_animals"');
  class Plain extends mapped(animals) {}
  class Seven extends inherit(Plain, { identity: "seven" }) {}
  expect(failing(() => new Seven({ name: "x", kind: "seven" }))).toMatchObject({
    message:
      'classes that inherit from Plain cannot be told apart\n  Name a column in its mapping: { identity: { column: "kind", value: "…" } }.',
  });
  class Base8 extends mapped(
    animals,
    {},
    {
      identity: { column: "kind", value: "x" },
      omit: ["wings"],
      deferred: ["ownerId"],
    },
  ) {}
  class Eight extends inherit(Base8, { identity: "eight", columns: ["wings"] }) {}
  expect(failing(() => new Eight({ name: "x" }))).toMatchObject({
    message: expect.stringContaining("Base8.ownerId refers to other rows and is deferred, and Eight adds columns"),
    hint: "Load it with the object: leave it out of deferred.",
  });
  expect(() => inherit(Object as never, { identity: "x" })).toThrow("Object is no mapped class");
});
