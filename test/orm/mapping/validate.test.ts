// Validators run where an object is constructed, and at flush for what is going to be written.
import { fn, insertInto, integer, select, table, text } from "athanor";
import { inherit, mapped, Session } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const people = table("valid_people", {
  id: integer().primaryKey().given(),
  kind: text(),
  name: text(),
  age: integer().nullable(),
});
class Person extends mapped(
  people,
  {},
  {
    identity: { column: "kind", value: "person" },
    validate: {
      name: (name) => {
        if (name.trim() === "") throw new RangeError("a person has a name");
      },
      age: (age) => {
        if (age !== null && age < 0) throw new RangeError("an age is not negative");
      },
    },
  },
) {}
class Child extends inherit(Person, { identity: "child" }) {}

for (const { name, db } of databases) {
  describe(name, () => {
    beforeEach(async () => {
      await db.drop({ people }, { ifExists: true });
      await db.create({ people });
      await db.run(insertInto(people).values({ id: 1, kind: "person", name: "", age: -1 }));
    });

    test("a constructor refuses a value, also that of a class that inherits", () => {
      expect(() => new Person({ id: 2, name: " " })).toThrow(new RangeError("a person has a name"));
      expect(() => new Child({ id: 2, name: "Ann", age: -1 })).toThrow(new RangeError("an age is not negative"));
      expect(new Child({ id: 2, name: "Ann", age: null }).age).toBeNull();
    });

    test("a flush refuses what was assigned, writes nothing and can be repeated", async () => {
      await using session = new Session(db);
      const ann = new Person({ id: 2, name: "Ann" });
      const bob = new Person({ id: 3, name: "Bob" });
      session.add(ann, bob);
      bob.name = "";
      await expect(session.flush()).rejects.toThrow(new RangeError("a person has a name"));
      expect(session.status(ann)).toBe("pending");
      bob.name = "Bo";
      await session.commit();
      expect(await db.scalar(select({ n: fn.count() }).from(people))).toBe(3);
      ann.age = -3;
      await expect(session.flush()).rejects.toThrow(new RangeError("an age is not negative"));
      await session.rollback();
      expect(ann.age).toBeNull();
    });

    test("what was loaded is not judged until it is written", async () => {
      await using session = new Session(db);
      const old = await session.getOne(Person, 1);
      old.age = 4;
      await session.commit();
      expect(await db.all(select({ name: people.name, age: people.age }).from(people))).toEqual([{ name: "", age: 4 }]);
    });
  });
}
