// Subclasses with whole tables of their own: a query for the base is a union of the tables.
import {
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  double,
  enumeration,
  fn,
  insertInto,
  integer,
  json,
  type Param,
  param,
  select,
  table,
  text,
  timestamptz,
  uuid,
  varchar,
} from "athanor";
import {
  abstractTable,
  inherit,
  MappingError,
  many,
  mapped,
  one,
  optional,
  Session,
  StaleDataError,
} from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const garages = table("ci_garages", { id: integer().primaryKey(), name: text() });
const vehicle = {
  id: integer().primaryKey(),
  name: text(),
  garageId: integer("garage_id")
    .references(() => garages.id)
    .nullable(),
  notes: text().nullable(),
  tenant: integer().default(1),
  version: integer().default(1),
};
const vehicles = abstractTable("ci_vehicles", vehicle);
const cars = table("ci_cars", { doors: integer("door_count"), manual: text().nullable(), ...vehicle });
const sportsCars = table("ci_sports_cars", {
  ...vehicle,
  doors: integer(),
  manual: text().nullable(),
  topSpeed: integer("top_speed"),
});
const boats = table("ci_boats", { ...vehicle, doors: text().nullable(), sails: integer() });
const wheels = table("ci_wheels", { id: integer().primaryKey(), carId: integer("car_id").references(() => cars.id) });
const tables = { garages, cars, sportsCars, boats, wheels };

class Garage extends mapped(garages, {
  get vehicles() {
    return many(Vehicle, { cascade: { orphans: true, delete: true } });
  },
}) {}
class Vehicle extends mapped(
  vehicles,
  {
    get garage() {
      return optional(Garage);
    },
    get label() {
      return fn.upper(vehicles.name);
    },
  },
  {
    version: "version",
    deferred: ["notes"],
    where: { tenant: vehicles.tenant.eq(param("tenant", integer())) },
    subclasses: () => [Car, Boat],
    validate: {
      name: (name) => {
        if (name === "") throw new Error("a vehicle has a name");
      },
    },
  },
) {
  greeting(): string {
    return `I am ${this.name}`;
  }
}
class Car extends inherit(
  Vehicle,
  { table: cars, concrete: true, deferred: ["manual"], subclasses: () => [SportsCar] },
  {
    get wheels() {
      return many(Wheel);
    },
    get halfDoors() {
      return cars.doors.div(2);
    },
  },
) {
  override greeting(): string {
    return `${super.greeting()} with ${this.doors} doors`;
  }
}
class SportsCar extends inherit(
  Car,
  { table: sportsCars, concrete: true },
  {
    get wheels() {
      return many(Wheel, { on: (car, wheel) => wheel.carId.eq(car.topSpeed) });
    },
  },
) {}
class Boat extends inherit(Vehicle, { table: boats, concrete: true }) {}
class Wheel extends mapped(wheels, {
  get car() {
    return one(Car);
  },
}) {}

// Every type that a column can have on all databases, in one branch or the other.
const measure = { id: uuid().primaryKey(), at: timestamptz() };
const measures = abstractTable("ci_measures", measure);
const weights = table("ci_weights", {
  ...measure,
  grams: decimal(12, 3),
  exact: boolean(),
  raw: bytes(),
  on: date(),
  unit: enumeration(["g", "kg"]),
});
const lengths = table("ci_lengths", {
  ...measure,
  metres: double(),
  big: bigint(),
  parts: json<{ n: number }>(),
  note: varchar(20).nullable(),
});
class Measure extends mapped(measures, {}, { subclasses: () => [Weight, Length] }) {}
class Weight extends inherit(Measure, { table: weights, concrete: true }) {}
class Length extends inherit(Measure, { table: lengths, concrete: true }) {}

test("mistakes are found at first use, with the fix", () => {
  const failing = (make: () => unknown): MappingError => {
    try {
      make();
    } catch (error) {
      if (error instanceof MappingError) return error;
    }
    throw new Error("expected a MappingError");
  };
  const shared = { id: integer().primaryKey(), name: text() };
  const base = abstractTable("ci_bases", shared);
  class Base extends mapped(base) {}
  expect(failing(() => select({ base: Base }).from(Base)).message).toContain("no class inherits from Base");
  class Lacking extends inherit(Base, {
    table: table("ci_lacking", { id: integer().primaryKey(), other: text() }),
    concrete: true,
  }) {}
  expect(failing(() => new Lacking({ other: "x", name: "x" }))).toMatchObject({
    message: expect.stringContaining('"ci_lacking" has no column "name", which Base has'),
    hint: "Declare it alike: Lacking is a Base. Columns that tables have in common can be spread into each.",
  });
  class Nullable extends inherit(Base, {
    table: table("ci_nullable", { ...shared, name: text().nullable() }),
    concrete: true,
  }) {}
  expect(failing(() => new Nullable({ name: "x" })).message).toContain(
    '"ci_nullable" has another column "name" than "ci_bases"',
  );
  class OtherKey extends inherit(Base, {
    table: table("ci_other_key", { id: integer(), name: varchar(10).primaryKey() }),
    concrete: true,
  }) {}
  expect(failing(() => new OtherKey({ id: 1, name: "x" })).message).toContain("ci_other_key");
  class Sharing extends inherit(Base, { identity: "x" }) {}
  expect(failing(() => new Sharing())).toMatchObject({
    message: expect.stringContaining(
      "Sharing shares the table of Base, which stands for whole tables of several classes",
    ),
    hint: "Give it a table with all columns too: { table: …, concrete: true }.",
  });
  class Whole extends inherit(Base, { table: table("ci_whole", shared), concrete: true }) {}
  class BelowWhole extends inherit(Whole, { identity: "x" }) {}
  expect(failing(() => new BelowWhole()).message).toContain("BelowWhole shares the table of Whole");
  class Tableless extends inherit(Whole, { concrete: true }) {}
  expect(failing(() => new Tableless()).message).toContain("Tableless has no table of its own");
  class Late extends inherit(Whole, { table: table("ci_late", shared), concrete: true, deferred: ["name"] }) {}
  expect(failing(() => new Late())).toMatchObject({
    message: expect.stringContaining('"name" is deferred in Late, and read with every Whole'),
  });
  const kinds = table("ci_kinds", { ...shared, kind: text() });
  class Kind extends mapped(kinds, {}, { identity: { column: "kind", value: "kind" } }) {}
  class Apart extends inherit(Kind, { table: table("ci_apart", { ...shared, kind: text() }), concrete: true }) {}
  expect(failing(() => new Apart())).toMatchObject({
    message: expect.stringContaining("Apart has whole rows of its own, and Kind shares a table with other classes"),
    hint: "Tell all classes of a hierarchy by a discriminator, or give each a table with all columns: { concrete: true }.",
  });
});

for (const { name, open } of databases) {
  describe(name, () => {
    const sent: string[] = [];
    const db = open({ echo: (line) => void sent.push(line) });
    const texts = (verb: RegExp): readonly string[] => sent.splice(0).filter((line) => verb.test(line));
    const reads = (): number => texts(/ select /).length;
    const names = (found: readonly { readonly name: string }[]): readonly string[] => found.map((one) => one.name);
    const newSession = (): Session<Param<"tenant", number>> => new Session(db, { parameters: { tenant: 1 } }) as never;

    beforeEach(async () => {
      await db.drop(tables, { ifExists: true });
      await db.create(tables);
      await db.run(insertInto(garages).values([{ name: "North" }, { name: "South" }]));
      await db.run(
        insertInto(cars).values([
          { name: "Beetle", doors: 3, garageId: 1, notes: "round", manual: "of Beetle" },
          { name: "Van", doors: 5, garageId: 2 },
          { name: "Hidden", doors: 5, garageId: 1, tenant: 2 },
        ]),
      );
      await db.run(insertInto(sportsCars).values([{ name: "Zonda", doors: 2, topSpeed: 350, garageId: 1 }]));
      await db.run(
        insertInto(boats).values([
          { name: "Argo", sails: 1, garageId: 1, doors: "hatch" },
          { name: "Barge", sails: 0 },
        ]),
      );
      await db.run(insertInto(wheels).values([{ carId: 1 }, { carId: 1 }, { carId: 2 }]));
      sent.length = 0;
    });

    test("a query for the base gives objects of all classes in one statement, apart also where keys are equal", async () => {
      await using session = newSession();
      const found = await session.query(Vehicle).orderBy(vehicles.name.asc()).all();
      expect(reads()).toBe(1);
      expect(found.map((one) => one.greeting())).toEqual([
        "I am Argo",
        "I am Barge",
        "I am Beetle with 3 doors",
        "I am Van with 5 doors",
        "I am Zonda with 2 doors",
      ]);
      expect(found.map((one) => [one.constructor, one.id])).toEqual([
        [Boat, 1],
        [Boat, 2],
        [Car, 1],
        [Car, 2],
        [SportsCar, 1],
      ]);
      const [argo, , beetle, , zonda] = found as [Boat, Boat, Car, Car, SportsCar];
      expect({ ...argo }).toEqual({
        id: 1,
        name: "Argo",
        garageId: 1,
        tenant: 1,
        version: 1,
        doors: "hatch",
        sails: 1,
      });
      expect({ ...beetle }).toEqual({ id: 1, name: "Beetle", garageId: 1, tenant: 1, version: 1, doors: 3 });
      expect({ ...zonda }).toEqual({
        id: 1,
        name: "Zonda",
        garageId: 1,
        tenant: 1,
        version: 1,
        doors: 2,
        topSpeed: 350,
      });
      expect(argo.label).toBe("ARGO");
      expect(await session.query(Vehicle).orderBy(vehicles.name.asc()).all()).toEqual(found);
      expect(await session.get(Car, 1)).toBe(beetle);
      expect(await session.get(Boat, 1)).toBe(argo);
      sent.length = 0;
      expect(beetle).toBeInstanceOf(Vehicle);
      expect(zonda).toBeInstanceOf(Car);
    });

    test("a class in the middle stands for its own table and those below", async () => {
      await using session = newSession();
      const found = await session.query(Car).where(cars.doors.lt(5)).orderBy(cars.doors.asc()).all();
      expect(names(found)).toEqual(["Zonda", "Beetle"]);
      expect(found.map((one) => one.halfDoors)).toEqual([1, 1]);
      expect(await session.query(SportsCar).count()).toBe(1);
      expect(names(await session.query(SportsCar).where(sportsCars.topSpeed.gt(300)).all())).toEqual(["Zonda"]);
    });

    test("conditions, filters, orderings, limits, counts and pages go over the whole", async () => {
      await using session = newSession();
      const all = session.query(Vehicle);
      expect(await all.count()).toBe(5);
      expect(await all.where(vehicles.garageId.eq(1)).count()).toBe(3);
      expect(await all.where(vehicles.name.eq("nobody")).exists()).toBe(false);
      expect(names(await all.filter({ garage: { name: "South" } }).all())).toEqual(["Van"]);
      expect(
        names(
          await all
            .filter({ name: { startsWith: "B" } })
            .orderBy(vehicles.name.desc())
            .all(),
        ),
      ).toEqual(["Beetle", "Barge"]);
      expect(names(await all.orderBy(vehicles.name.desc()).limit(2).offset(1).all())).toEqual(["Van", "Beetle"]);
      const page = await all.orderBy(vehicles.name.asc()).page({ page: 2, size: 2 });
      expect([names(page.items), page.total]).toEqual([["Beetle", "Van"], 5]);
      const seen: string[] = [];
      // Sorted by nothing but what several have in common, and by keys that several have.
      const byVersion = all.orderBy(vehicles.version.asc());
      for (let cursor: string | null = null; ; ) {
        const next = await byVersion.after(cursor, { size: 2 });
        seen.push(...names(next.items));
        cursor = next.next;
        if (cursor === null) break;
      }
      expect(seen.toSorted()).toEqual(["Argo", "Barge", "Beetle", "Van", "Zonda"]);
      expect(names((await byVersion.before(null, { size: 10 })).items)).toEqual(seen);
      const streamed: string[] = [];
      for await (const batch of all.orderBy(vehicles.name.asc()).stream({ batch: 2 })) streamed.push(...names(batch));
      expect(streamed).toEqual(["Argo", "Barge", "Beetle", "Van", "Zonda"]);
      const rows = await all
        .orderBy(vehicles.name.asc())
        .limit(1)
        .with({ length: fn.length(vehicles.name) })
        .all();
      expect(rows.map(({ entity, length }) => [entity.name, length])).toEqual([["Argo", 4]]);
      expect(await session.query(Vehicle).without("tenant").count()).toBe(6);
      await using other = new Session(db, { parameters: { tenant: 2 } });
      expect(names(await other.query(Vehicle).all())).toEqual(["Hidden"]);
    });

    test("`of` narrows to fewer tables, whose columns may be named", async () => {
      await using session = newSession();
      const some = session.query(Vehicle).where(vehicles.name.ne("Van")).of(Car, Boat);
      expect(names(await some.orderBy(cars.doors.asc().nullsLast(), boats.sails.asc()).all())).toEqual([
        "Zonda",
        "Beetle",
        "Barge",
        "Argo",
      ]);
      sent.length = 0;
      expect(names(await session.query(Vehicle).of(SportsCar, Boat).where(sportsCars.topSpeed.gt(1)).all())).toEqual([
        "Zonda",
      ]);
      const [text] = texts(/ select /);
      expect(text).not.toContain("ci_cars");
      const boatsAlone = session.query(Vehicle).where(vehicles.name.like("B%")).of(Boat);
      expect(names(await boatsAlone.where(boats.sails.eq(0)).all())).toEqual(["Barge"]);
      expect(texts(/ select /)[0]).not.toContain("union");
      expect(names(await session.query(Vehicle).of(Car).where(cars.doors.eq(2)).all())).toEqual(["Zonda"]);
      expect(await session.query(Vehicle).of(Car, Boat).count()).toBe(5);
    });

    test("an object is got by the base where its key is the only one", async () => {
      await using session = newSession();
      await expect(session.get(Vehicle, 1)).rejects.toThrow("more than one row");
      await db.run(insertInto(boats).values({ id: 77, name: "Far", sails: 2 }));
      const far = await session.getOne(Vehicle, 77);
      expect(far).toBeInstanceOf(Boat);
      expect(await session.get(Boat, 77)).toBe(far);
      expect(await session.get(Vehicle, 99)).toBeNull();
      expect(await session.get(Car, 77)).toBeNull();
      // A key is one of a table: that of the class comes first.
      const zonda = await session.getOne(SportsCar, 1);
      const beetle = await session.getOne(Car, 1);
      expect([beetle.name, zonda.name]).toEqual(["Beetle", "Zonda"]);
      await db.run(insertInto(sportsCars).values({ id: 9, name: "Nine", doors: 2, topSpeed: 9 }));
      expect((await session.getOne(Car, 9)).constructor).toBe(SportsCar);
    });

    test("relationships to the base hold objects of all classes, and lead back", async () => {
      await using session = newSession();
      const found = await session.query(Garage).include(Garage.vehicles).orderBy(garages.id.asc()).all();
      expect(reads()).toBe(2);
      expect(found.map((garage) => names(garage.vehicles).toSorted())).toEqual([["Argo", "Beetle", "Zonda"], ["Van"]]);
      for (const garage of found) for (const one of garage.vehicles) expect(one.garage).toBe(garage);
      expect(reads()).toBe(0);
      for (const strategy of ["subquery", "json"] as const) {
        await using other = newSession();
        const again = await other.query(Garage).include(Garage.vehicles.by(strategy)).orderBy(garages.id.asc()).all();
        expect(again.map((garage) => names(garage.vehicles).toSorted())).toEqual([
          ["Argo", "Beetle", "Zonda"],
          ["Van"],
        ]);
        expect(again[0]?.vehicles.map((one) => one.constructor.name).toSorted()).toEqual(["Boat", "Car", "SportsCar"]);
      }
      const full = session.query(Garage).where(Garage.vehicles.any(vehicles.name.eq("Argo")));
      expect(names(await full.all())).toEqual(["North"]);
      const counted = await session
        .query(Garage)
        .orderBy(garages.id.asc())
        .with({ n: Garage.vehicles.count(), last: Garage.vehicles.orderBy(vehicles.name.desc()).limit(2) })
        .all();
      expect(counted.map(({ n, last }) => [n, names(last)])).toEqual([
        [3, ["Zonda", "Beetle"]],
        [1, ["Van"]],
      ]);
    });

    test("what all refer to is read in one statement, included or awaited", async () => {
      await using session = newSession();
      const found = await session.query(Vehicle).include(Vehicle.garage).orderBy(vehicles.name.asc()).all();
      expect(reads()).toBe(1);
      expect(found.map(({ garage }) => garage?.name)).toEqual(["North", undefined, "North", "South", "North"]);
      await using other = newSession();
      const some = await other.query(Vehicle).orderBy(vehicles.name.asc()).all();
      sent.length = 0;
      const awaited = [];
      for (const one of some) awaited.push((await one.garage)?.name);
      expect(awaited).toEqual(["North", undefined, "North", "South", "North"]);
      expect(reads()).toBe(1);
    });

    test("what only one class has is included for its objects", async () => {
      await using session = newSession();
      const found = await session.query(Vehicle).of(Car, Boat).include(Car.wheels).orderBy(vehicles.name.asc()).all();
      expect(found.map((one) => ("wheels" in one ? one.wheels.length : undefined))).toEqual([
        undefined,
        undefined,
        2,
        1,
        0,
      ]);
      const [beetle] = await session.query(Wheel).include(Wheel.car).orderBy(wheels.id.asc()).all();
      expect(beetle?.car.name).toBe("Beetle");
      expect(
        await session
          .query(Wheel)
          .where(Wheel.car.any(cars.name.eq("Zonda")))
          .count(),
      ).toBe(0);
      expect(() => session.query(Car).where(Car.wheels.any())).toThrow(
        'Car.wheels goes by the key of "ci_cars", and rows of Car lie in other tables too',
      );
    });

    test("a reference by key means the table that it refers to", async () => {
      await using session = newSession();
      await db.run(insertInto(sportsCars).values([{ id: 2, name: "Two", doors: 2, topSpeed: 1 }]));
      const found = await session.query(Wheel).orderBy(wheels.id.asc()).all();
      expect((await found[2]?.car)?.name).toBe("Van");
      await using other = newSession();
      const joined = await other.query(Wheel).include(Wheel.car.by("join")).orderBy(wheels.id.asc()).all();
      expect(joined.map((wheel) => wheel.car.name)).toEqual(["Beetle", "Beetle", "Van"]);
    });

    test("the unit of work writes each object to the table of its class", async () => {
      await using session = newSession();
      const garage = new Garage({ name: "East" });
      garage.vehicles.add(
        new Car({ name: "Kit", doors: 3 }),
        new Boat({ name: "Skiff", sails: 1 }),
        new SportsCar({ name: "Fast", doors: 2, topSpeed: 300 }),
      );
      session.add(garage);
      await session.commit();
      expect(
        await db.all(select({ name: boats.name, garage: boats.garageId }).from(boats).where(boats.id.gt(2))),
      ).toEqual([{ name: "Skiff", garage: garage.id }]);
      const [kit] = await session.query(Car).where(cars.name.eq("Kit")).all();
      if (kit === undefined) throw new Error("a car");
      kit.doors = 4;
      sent.length = 0;
      await session.commit();
      expect(texts(/ update /)).toEqual([expect.stringMatching(/ci_cars/)]);
      expect(kit.version).toBe(2);
      await using other = newSession();
      (await other.getOne(Car, kit.id)).name = "Kat";
      await other.commit();
      kit.name = "Kot";
      await expect(session.commit()).rejects.toThrow(StaleDataError);
      await session.rollback();
      await session.query(Wheel).delete();
      const argo = await session.getOne(Boat, 1);
      const north = await session.getOne(Garage, 1);
      const list = await north.vehicles;
      north.vehicles.remove(list.find((one) => one.name === "Beetle") as Car);
      argo.garage = null;
      await session.commit();
      expect(await db.all(select({ name: cars.name }).from(cars).where(cars.id.lt(3)))).toEqual([{ name: "Van" }]);
      await session.query(Car).without("tenant").where(cars.tenant.eq(2)).delete();
      session.delete(north);
      await session.commit();
      expect(await db.scalar(select({ n: fn.count() }).from(sportsCars).where(sportsCars.garageId.eq(1)))).toBe(0);
      expect(() => new Car({ name: "", doors: 1 })).toThrow("a vehicle has a name");
      expect(() => new Vehicle({ name: "x" })).toThrow("Vehicle has no table");
    });

    test("bulk writes reach every table, and the objects of all", async () => {
      await using session = newSession();
      const [argo, , beetle] = await session.query(Vehicle).orderBy(vehicles.name.asc()).all();
      expect(
        await session
          .query(Vehicle)
          .where(vehicles.garageId.eq(1))
          .update({ name: fn.lower(vehicles.name) as never }),
      ).toBe(3);
      expect([argo?.name, argo?.version, beetle?.name, beetle?.version]).toEqual(["argo", 2, "beetle", 2]);
      expect(await session.query(Vehicle).of(Car, Boat).where(cars.doors.eq(2)).update({ garageId: 2 })).toBe(1);
      await session.query(Wheel).delete();
      expect(await session.query(Vehicle).where(vehicles.id.eq(1)).delete()).toBe(3);
      expect([session.status(argo as Boat), session.status(beetle as Car)]).toEqual(["deleted", "deleted"]);
      expect(names(await session.query(Vehicle).orderBy(vehicles.name.asc()).all())).toEqual(["Barge", "Van"]);
      expect(await session.insertMany(Boat, [{ name: "More", sails: 3 }])).toBe(1);
      await expect(session.insertMany(Vehicle, [{ name: "x" }])).rejects.toThrow("Vehicle, which has no table");
      const [more] = await session.upsert(Boat, [{ id: 2, name: "Berge", sails: 9 }], { by: ["id"] });
      expect([more?.name, more?.sails]).toEqual(["Berge", 9]);
      await session.rollback();
      expect(await session.query(Vehicle).count()).toBe(5);
    });

    test("deferred columns, refreshing and merging go to the own table", async () => {
      await using session = newSession();
      const [beetle] = await session.query(Vehicle).where(vehicles.name.eq("Beetle")).all();
      if (!(beetle instanceof Car)) throw new Error("a car");
      expect(() => beetle.notes).toThrow("deferred");
      await session.load(beetle, "notes", "manual");
      expect([beetle.notes, beetle.manual]).toEqual(["round", "of Beetle"]);
      beetle.doors = 9;
      await session.refresh(beetle);
      expect(beetle.doors).toBe(3);
      const [argo] = await session.query(Vehicle).undefer("notes").where(vehicles.name.eq("Argo")).all();
      expect(argo?.notes).toBeNull();
      await using other = newSession();
      const outside = await other.getOne(Car, 1);
      outside.doors = 7;
      expect(await session.merge(outside)).toBe(beetle);
      expect(beetle.doors).toBe(7);
      expect((await session.from(SportsCar, select(sportsCars))).map((one) => one.name)).toEqual(["Zonda"]);
      await expect(session.from(Vehicle, select(cars))).rejects.toThrow("rows of Vehicle may be of several classes");
      await expect(
        (async () => session.query(Vehicle).forUpdate().all())().then((found) => {
          if (db.dialect.features.has("ROW LOCKS")) return found;
          throw new Error("lie in the tables of several classes");
        }),
      ).rejects.toThrow("lie in the tables of several classes");
    });

    test("columns of any type stand in the union, also where only one class has them", async () => {
      await db.drop({ weights, lengths }, { ifExists: true });
      await db.create({ weights, lengths });
      await using session = new Session(db);
      const at = new Date("2026-01-02T03:04:05.678Z");
      const ids = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;
      const weight = {
        grams: "1.250",
        exact: true,
        raw: new Uint8Array([1, 2]),
        on: "2026-01-02",
        unit: "kg",
      } as const;
      const length = { metres: 1.5, big: 2n ** 60n, parts: { n: 1 }, note: null };
      session.add(new Weight({ id: ids[0], at, ...weight }), new Length({ id: ids[1], at, ...length }));
      await session.commit();
      await using other = new Session(db);
      for (const by of [measures.id.asc(), measures.id.desc()]) {
        const found = await other.query(Measure).orderBy(by).all();
        const [first, second] = found.toSorted((a, b) => a.id.localeCompare(b.id));
        expect({ ...first }).toEqual({ id: ids[0], at, ...weight });
        expect({ ...second }).toEqual({ id: ids[1], at, ...length });
      }
      expect(await other.get(Measure, ids[1])).toBeInstanceOf(Length);
      const json = await other
        .query(Measure)
        .of(Weight, Length)
        .where(lengths.big.gt(2n ** 59n))
        .all();
      expect(json.map((one) => one.id)).toEqual([ids[1]]);
    });

    test("Core reads the base as a source", async () => {
      await using session = newSession();
      const rows = await session.all(
        select({ vehicle: Vehicle, garage: garages.name })
          .from(garages)
          .leftJoin(Vehicle, vehicles.garageId.eq(garages.id))
          .orderBy(garages.id.asc(), vehicles.name.asc()),
      );
      expect(rows.map(({ vehicle: one, garage }) => [garage, one?.greeting()])).toEqual([
        ["North", "I am Argo"],
        ["North", "I am Beetle with 3 doors"],
        ["North", "I am Zonda with 2 doors"],
        ["South", "I am Van with 5 doors"],
      ]);
    });
  });
}
