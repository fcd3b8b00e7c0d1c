import { alias, foreignKey, insertInto, integer, select, sql, table, text } from "athanor";
import { MappingError, many, mapped, one, optional, Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";
import { expect, test } from "vitest";
import { fill, User, users } from "./blog.ts";

const people = table("m_people", {
  id: integer().primaryKey(),
  name: text(),
  bossId: integer()
    .nullable()
    .references(() => people.id),
  friendId: integer()
    .nullable()
    .references(() => people.id),
});
const notes = table("m_notes", {
  id: integer().primaryKey(),
  personId: integer().references(() => people.id),
  maybeId: integer()
    .nullable()
    .references(() => people.id),
  text: text(),
});
const db = sqlite(":memory:");

/** What using the class for the first time says. */
async function firstUse(entity: any): Promise<string> {
  try {
    const session = new Session(db);
    await session.query(entity).all();
    new entity({});
    return "nothing";
  } catch (error) {
    expect(error).toBeInstanceOf(MappingError);
    return (error as Error).message;
  }
}
const message = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(MappingError);
    return (error as Error).message;
  }
  throw new Error("nothing was wrong");
};

test("several keys that fit are an error that names them, until one is chosen", () => {
  class Person extends mapped(people) {}
  class Note extends mapped(notes, {
    get person() {
      return optional(Person);
    },
  }) {}
  expect(message(() => new Note({ text: "x", person: null }))).toBe(
    'Note.person could go by "personId" and "maybeId"\n  Say which: { key: table.column }.',
  );
  class Chosen extends mapped(notes, {
    get person() {
      return one(Person, { key: notes.personId });
    },
  }) {}
  const person = new Person({ name: "x" });
  expect(new Chosen({ text: "x", person }).person).toBe(person);
});

test("no key that fits is an error that says what to add", () => {
  const others = table("m_others", { id: integer().primaryKey() });
  class Other extends mapped(others) {}
  class Person extends mapped(people, {
    get others() {
      return many(Other);
    },
  }) {}
  expect(message(() => new Person({ name: "x", others: [] }))).toContain(
    'Person.others has no foreign key to go by: none leads from "m_others" to "m_people"',
  );
});

test("one() over a key that may be null is an error", () => {
  class Person extends mapped(people) {}
  class Note extends mapped(notes, {
    get maybe() {
      return one(Person, { key: notes.maybeId });
    },
  }) {}
  expect(message(() => new Note({ text: "x", maybe: new Person({ name: "y" }) }))).toBe(
    "Note.maybe is one(), but its key may be null\n  Declare it as optional().",
  );
});

test("a relationship cannot have the name of a column, or one that every class or object has", async () => {
  const clash: any = {
    get text() {
      return many(User);
    },
  };
  class Clash extends (mapped(notes, clash) as any) {}
  expect(await firstUse(Clash)).toContain('Clash has a column "text" and a relationship of the same name');
  class Then extends mapped(people, {
    get then() {
      return many(User);
    },
  }) {}
  expect(await firstUse(Then)).toContain('a relationship of Then cannot be called "then"');
});

test("a table without a primary key cannot be mapped", async () => {
  class Keyless extends mapped(table("m_keyless", { a: integer() })) {}
  expect(await firstUse(Keyless)).toContain('Keyless is mapped to "m_keyless", which has no primary key');
});

test("a class that is not mapped is refused by name", () => {
  class Plain {}
  expect(message(() => new Session(db).query(Plain as never))).toContain("Plain is no mapped class");
});

test("two relationships by one key in one direction are an error unless one only shows", async () => {
  class Person extends mapped(people, {
    get notes() {
      return many(Note, { key: notes.personId });
    },
    get again() {
      return many(Note, { key: notes.personId });
    },
  }) {}
  class Note extends mapped(notes) {}
  expect(message(() => new Person({ name: "x", notes: [] }))).toContain(
    "Person.notes and Person.again go by the same key in the same direction",
  );
  class Shown extends mapped(people, {
    get notes() {
      return many(Note, { key: notes.personId });
    },
    get again() {
      return many(Note, { key: notes.personId, viewOnly: true });
    },
  }) {}
  expect(() => new Shown({ name: "x", notes: [] })).not.toThrow();
});

test("a field declared again and a constructor that passes nothing on are found on the first object", async () => {
  const own = sqlite(":memory:");
  await own.create({ people });
  await own.run(insertInto(people).values({ name: "Ann" }));
  class Again extends mapped(people) {
    // biome-ignore lint/suspicious/noTsIgnore: the mistake is the point
    // @ts-ignore: the compiler would refuse it too under some options
    name!: string;
  }
  class Deaf extends mapped(people) {
    // biome-ignore lint/complexity/noUselessConstructor: the mistake is the point
    constructor() {
      super();
    }
  }
  await expect(new Session(own).query(Again).all()).rejects.toThrow('Again declares the field "name" again');
  await expect(new Session(own).query(Deaf).all()).rejects.toThrow(
    "the constructor of Deaf does not pass its argument on",
  );
  await own.close();
});

test("several keys to one table, a custom join and composite keys", async () => {
  const own = sqlite(":memory:");
  const areas = table(
    "m_areas",
    { country: text(), code: integer(), name: text() },
    { primaryKey: ["country", "code"] },
  );
  const towns = table(
    "m_towns",
    { id: integer().primaryKey(), country: text(), area: integer(), name: text() },
    { constraints: (t) => [foreignKey([t.country, t.area], () => [areas.country, areas.code])] },
  );
  class Area extends mapped(areas, {
    get towns() {
      return many(Town);
    },
    get longNamed() {
      return many(Town, { on: (area, town) => town.country.eq(area.country).and(town.name.like("%long%")) });
    },
  }) {}
  class Town extends mapped(towns, {
    get area_() {
      return one(Area);
    },
  }) {}
  await own.create({ areas, towns });
  await own.run(
    insertInto(areas).values([
      { country: "ch", code: 1, name: "Bern" },
      { country: "de", code: 1, name: "Hessen" },
    ]),
  );
  await own.run(
    insertInto(towns).values([
      { country: "ch", area: 1, name: "Thun" },
      { country: "ch", area: 1, name: "longtown" },
      { country: "de", area: 1, name: "Kassel" },
    ]),
  );
  await using session = new Session(own);
  const found = await session.query(Area).include(Area.towns, Area.longNamed).orderBy(areas.country.asc()).all();
  expect(found.map((area) => [area.towns.map((town) => town.name), area.longNamed.map((town) => town.name)])).toEqual([
    [["Thun", "longtown"], ["longtown"]],
    [["Kassel"], []],
  ]);
  expect(await session.get(Area, { country: "de", code: 1 })).toBe(found[1]);
  expect(await found[0]?.towns[0]?.area_).toBe(found[0]);
  await own.close();
});

test("a statement of one's own gives objects, if it has the columns of the class", async () => {
  const own = sqlite(":memory:");
  await fill(own);
  await using session = new Session(own);
  const statement = sql.statement({
    id: integer(),
    name: text(),
    bossId: integer().nullable(),
  })`select id, name, boss_id from orm_users where id > ${1} order by id`;
  const found = await session.from(User, statement);
  expect(found.map((user) => user.shout)).toEqual(["BOB", "CY"]);
  expect(await session.get(User, 2)).toBe(found[0]);
  await expect(session.from(User, select({ id: users.id }).from(users))).rejects.toThrow(
    'the statement gives no "name", "bossId"',
  );
  const other = alias(users, "other");
  expect(
    (await session.from(User, select({ id: other.id, name: other.name, bossId: other.bossId }).from(other))).length,
  ).toBe(3);
  await own.close();
});
