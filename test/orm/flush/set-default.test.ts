// ON DELETE SET DEFAULT, which InnoDB does not have: objects follow what the database has done.
import { type Database, fn, insertInto, integer, select, sql, table, text } from "athanor";
import { mapped, optional, Session } from "athanor/orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const homes = table("default_homes", { id: integer().primaryKey(), name: text() });
const cats = table("default_cats", {
  id: integer().primaryKey(),
  homeId: integer()
    .nullable()
    .default(1)
    .references(() => homes.id, { onDelete: "set default" }),
  formerId: integer()
    .nullable()
    .default(sql(integer())`0 + 1`)
    .references(() => homes.id, { onDelete: "set default" }),
  nextId: integer()
    .nullable()
    .references(() => homes.id, { onDelete: "set default" }),
});
const schema = { homes, cats };

class Home extends mapped(homes) {}
class Cat extends mapped(cats, {
  get home() {
    return optional(Home, { key: cats.homeId });
  },
  get former() {
    return optional(Home, { key: cats.formerId });
  },
  get next() {
    return optional(Home, { key: cats.nextId });
  },
}) {}

describe.each(databases.filter(({ name }) => name !== "mariadb" && name !== "mysql"))("$name", ({ open }) => {
  let db: Database<any>;
  beforeAll(async () => {
    db = open();
    await db.create(schema);
    await db.run(insertInto(homes).values([{ name: "shelter" }, { name: "left" }]));
    await db.run(insertInto(cats).values({ homeId: 2, formerId: 2, nextId: 2 }));
  });
  afterAll(() => db.drop(schema));

  test("a reference becomes its default, or is to be read again where the database computes it", async () => {
    await using session = new Session(db);
    const [shelter, left] = (await session.query(Home).orderBy(homes.id.asc()).all()) as [Home, Home];
    const cat = await session.getOne(Cat, 1);
    expect(await cat.home).toBe(left);
    session.delete(left);
    await session.flush();
    expect([cat.homeId, cat.nextId, session.isChanged(cat)]).toEqual([1, null, false]);
    expect(await cat.home).toBe(shelter);
    expect(() => cat.formerId).toThrow("not loaded");
    await session.refresh(cat);
    expect([cat.homeId, cat.formerId, cat.nextId]).toEqual([1, 1, null]);
    await session.rollback();
    expect([cat.homeId, cat.formerId, cat.nextId]).toEqual([2, 2, 2]);
    expect(await db.scalar(select({ n: fn.count() }).from(homes))).toBe(2);
  });
});
