// biome-ignore-all lint/style/noNonNullAssertion: the rows are of no interest here
// Classes that share a table, and default filters. Each `@ts-expect-error` must stay an error.
import { integer, select, table, text } from "athanor";
import { abstractTable, inherit, many, mapped, one, optional, type Session } from "athanor/orm";

const people = table("people", {
  id: integer().primaryKey(),
  kind: text(),
  name: text(),
  gone: integer().nullable(),
});
const audits = table("audits", {
  id: integer().primaryKey(),
  adminId: integer().references(() => people.id),
  note: text(),
});

class Person extends mapped(
  people,
  {
    get friends() {
      return many(Person);
    },
  },
  {
    identity: { column: "kind", value: "person" },
    subclasses: () => [Admin, Guest],
    where: { present: people.gone.isNull() },
  },
) {}
class Admin extends inherit(
  Person,
  { identity: "admin", subclasses: () => [Owner] },
  {
    get audits() {
      return many(Audit);
    },
  },
) {
  get rights() {
    return `all of ${this.name}`;
  }
}
class Owner extends inherit(Admin, { identity: "owner" }) {}
class Guest extends inherit(Person, { identity: "guest" }) {}
class Audit extends mapped(audits, {
  get admin() {
    return one(Admin);
  },
}) {}
declare const session: Session;

// the class gives the discriminator
new Admin({ name: "Ann", audits: [new Audit({ note: "x" })] }) satisfies Person;
// @ts-expect-error the class says of which kind it is
new Person({ name: "x", kind: "person" });
// @ts-expect-error a person is no admin
new Audit({ note: "x", admin: new Person({ name: "x" }) });

const admins = await session.query(Admin).include(Person.friends, Admin.audits).all();
for (const admin of admins) {
  admin.rights satisfies string;
  admin.audits[0]?.note satisfies string | undefined;
  admin.friends[0]?.name satisfies string | undefined;
}
(await session.query(Owner).include(Admin.audits).all())[0]?.audits.length satisfies number | undefined;
// @ts-expect-error not every person has audits
session.query(Person).include(Admin.audits);
// @ts-expect-error a guest has none
session.query(Guest).include(Admin.audits);

// narrowed to some classes
(await session.query(Person).of(Admin).include(Admin.audits).all())[0]?.audits[0]?.note satisfies string | undefined;
const [some] = await session.query(Person).of(Admin, Guest).all();
some satisfies Admin | Guest | undefined;
// @ts-expect-error an audit is no person
session.query(Person).of(Audit);

session
  .query(Admin)
  .where(people.name.like("a%"), Admin.audits.any(audits.note.eq("x")))
  .all();
await session.all(select({ admin: Admin, note: audits.note }).from(Admin).join(audits, audits.adminId.eq(people.id)));
session
  .query(Admin)
  .filter({ name: "x", audits: { any: { note: { startsWith: "a" } } }, friends: { none: { name: "y" } } });
const owner = (await session.get(Owner, 1))!;
(await session.load(owner, Admin.audits, Person.friends)).audits.length satisfies number;
// @ts-expect-error a guest has no audits
await session.load((await session.get(Guest, 1))!, Admin.audits);
(await session.query(Person).without("present").first())?.name satisfies string | undefined;

// subclasses with tables of their own, and with columns that the base omits
const animals = table("animals", {
  id: integer().primaryKey(),
  kind: text(),
  name: text(),
  wings: integer().nullable(),
});
const dogs = table("dogs", {
  animalId: integer()
    .primaryKey()
    .references(() => animals.id),
  tricks: integer(),
});
const cats = table("cats", {
  id: integer()
    .primaryKey()
    .references(() => animals.id),
  lives: integer().default(9),
});
const toys = table("toys", { id: integer().primaryKey(), dogId: integer().references(() => dogs.animalId) });
class Animal extends mapped(
  animals,
  {
    get friends() {
      return many(Animal);
    },
  },
  { identity: { column: "kind" }, omit: ["wings"] },
) {}
class Dog extends inherit(
  Animal,
  { identity: "dog", table: dogs, validate: { tricks: (tricks) => void (tricks satisfies number) } },
  {
    get toys() {
      return many(Toy);
    },
  },
) {}
class Cat extends inherit(Animal, { identity: "cat", table: cats, deferred: ["lives"] }) {}
class Bird extends inherit(Animal, { identity: "bird", columns: ["wings"] }) {}
class Toy extends mapped(toys, {
  get dog() {
    return one(Dog);
  },
}) {}

// the key of the further table is given by the library, and its columns beside those of the base
const dog = new Dog({ name: "Rex", tricks: 3, toys: [new Toy()] });
dog.animalId satisfies number;
dog satisfies Animal;
new Cat({ name: "Tom" }).lives satisfies number;
new Bird({ name: "Tweety", wings: 2 }).wings satisfies number | null;
// @ts-expect-error the table of the class has it, and it may not be null
new Dog({ name: "Rex" });
// @ts-expect-error the key is that of the base
new Dog({ name: "Rex", tricks: 3, animalId: 1 });
// @ts-expect-error the base omits it
new Cat({ name: "Tom", wings: 2 });
// @ts-expect-error the base omits it
dog.wings;
// @ts-expect-error no such column
inherit(Animal, { identity: "x", columns: ["fins"] });

(await session.get(Dog, 1))?.tricks satisfies number | undefined;
session.query(Dog).where(dogs.tricks.gt(1), animals.name.eq("Rex")).all();
session.query(Dog).filter({ tricks: { gt: 1 }, name: "Rex" });
session.query(Animal).of(Dog).where(dogs.tricks.gt(1)).all();
// @ts-expect-error not every animal has tricks
session.query(Animal).where(dogs.tricks.gt(1)).all();
const pets = await session
  .query(Animal)
  .of(Dog, Cat)
  .include(Animal.friends, Dog.toys)
  .where(animals.name.eq("Rex"))
  .orderBy(dogs.tricks.asc(), cats.lives.asc())
  .all();
for (const pet of pets) {
  pet.friends[0]?.name satisfies string | undefined;
  if (pet instanceof Dog) pet.toys[0]?.dogId satisfies number | undefined;
  // @ts-expect-error a cat has no toys
  else pet.toys;
}
await session.all(select({ dog: Dog, tricks: dogs.tricks, name: animals.name }).from(Dog));

// subclasses with whole tables of their own
const yards = table("yards", { id: integer().primaryKey(), name: text() });
const vehicle = {
  id: integer().primaryKey(),
  name: text(),
  yardId: integer()
    .references(() => yards.id)
    .nullable(),
};
const vehicles = abstractTable("vehicles", vehicle);
const cars = table("cars", { ...vehicle, doors: integer() });
const boats = table("boats", { ...vehicle, sails: integer(), doors: text() });
const racers = table("racers", { ...vehicle, doors: integer(), speed: integer() });
class Yard extends mapped(yards, {
  get vehicles() {
    return many(Vehicle);
  },
}) {}
class Vehicle extends mapped(
  vehicles,
  {
    get yard() {
      return optional(Yard);
    },
  },
  { subclasses: () => [Car, Boat] },
) {}
class Car extends inherit(
  Vehicle,
  { table: cars, concrete: true, validate: { doors: (doors) => void (doors satisfies number) } },
  {
    get rival() {
      return optional(Boat, { viewOnly: true });
    },
  },
) {}
class Boat extends inherit(Vehicle, { table: boats, concrete: true, deferred: ["sails"] }) {}
class Racer extends inherit(Car, { table: racers, concrete: true }) {}

const car = new Car({
  name: "Kit",
  doors: 3,
  yard: new Yard({ name: "North", vehicles: [new Boat({ name: "x", sails: 1, doors: "no" })] }),
});
car satisfies Vehicle;
car.yardId satisfies number | null;
new Racer({ name: "x", doors: 2, speed: 1, rival: null }) satisfies Car;
// @ts-expect-error its own table has it, and it may not be null
new Car({ name: "Kit" });
// @ts-expect-error no such column
new Boat({ name: "x", sails: 1, doors: "no", speed: 1 });
// @ts-expect-error a class that shares its base's rows is told by the discriminator
inherit(Vehicle, { table: cars });
// @ts-expect-error whole rows of its own share no columns with others
inherit(Vehicle, { table: cars, concrete: true, columns: ["name"] });

(await session.query(Vehicle).all())[0] satisfies Vehicle | undefined;
(await session.query(Vehicle).where(vehicles.name.eq("x")).include(Vehicle.yard).all())[0]?.yard?.name satisfies
  | string
  | undefined;
// @ts-expect-error not every vehicle has doors
session.query(Vehicle).where(cars.doors.eq(1)).all();
session.query(Car).where(cars.doors.eq(1)).include(Car.yard).all();
// @ts-expect-error a car's columns are those of its own table
session.query(Car).where(vehicles.name.eq("x")).all();
for (const one of await session.query(Vehicle).of(Car, Boat).where(cars.doors.eq(1), vehicles.name.eq("x")).all()) {
  one satisfies Car | Boat;
  if (one instanceof Boat) one.sails satisfies number;
  else one.doors satisfies number;
}
(await session.query(Vehicle).of(Boat).where(boats.sails.eq(1)).all())[0]?.doors satisfies string | undefined;
(await session.query(Yard).include(Yard.vehicles).all())[0]?.vehicles[0]?.name satisfies string | undefined;
session.query(Yard).where(Yard.vehicles.any(vehicles.name.eq("x")));
session.query(Vehicle).filter({ name: "x", yard: { name: "y" } });
session.query(Racer).filter({ speed: { gt: 1 }, doors: 2, yard: { name: "y" } });
(await session.get(Racer, 1))?.speed satisfies number | undefined;
await session.load((await session.get(Racer, 1))!, Racer.yard, Racer.rival);

// the discriminator of a class that names no subclasses is what it holds for it: unions are told apart by it
const shapes = table("shapes", {
  id: integer().primaryKey(),
  kind: text(),
  radius: integer(),
  side: integer(),
  name: text(),
});
class Shape extends mapped(
  shapes,
  {},
  { identity: { column: "kind" }, omit: ["radius", "side"], subclasses: () => [Circle, Square] },
) {}
class Circle extends inherit(Shape, { identity: "circle", columns: ["radius"] }) {}
class Square extends inherit(Shape, { identity: "square", columns: ["side"], subclasses: () => [Tile] }) {}
class Tile extends inherit(Square, { identity: "tile" }) {}
class Cube extends inherit(Square, { identity: "cube" }) {}
// @ts-expect-error the base names its subclasses
inherit(Circle, { identity: "disc" });

(await session.query(Shape).one()).kind satisfies string;
// @ts-expect-error it may be any class's
(await session.query(Shape).one()).kind satisfies "circle";
(await session.query(Circle).one()).kind satisfies "circle";
// @ts-expect-error or that of a tile
(await session.query(Square).one()).kind satisfies "square";
const area = (shape: Circle | Tile | Cube): number => {
  switch (shape.kind) {
    case "circle":
      return shape.radius;
    case "tile":
      return shape.side;
    case "cube":
      return shape.side * 2;
    default:
      return shape satisfies never;
  }
};
for (const shape of await session.query(Shape).of(Circle, Tile, Cube).all()) area(shape);
for (const shape of await session
  .query(Shape)
  .of(Circle, Tile)
  .where(shapes.name.eq("x"))
  .orderBy(shapes.id.asc())
  .all()) {
  if (shape.kind === "circle") shape.radius satisfies number;
  else shape.side satisfies number;
  // @ts-expect-error no class here has that
  shape.kind === "cube";
}
for (const pet of await session.query(Animal).of(Dog, Cat).include(Animal.friends, Dog.toys).all()) {
  if (pet.kind === "cat") pet.lives satisfies number;
  else pet.toys[0]?.dogId satisfies number | undefined;
}

// rows of plain values need no discriminator: the class gives it
await session.insertMany(Dog, [{ name: "Rex", tricks: 1 }]);
await session.insertMany(Person, [{ name: "x" }, { name: "y", kind: "person" }]);
await session.upsert(Circle, [{ id: 1, name: "x", radius: 2 }], { by: ["id"] });
// @ts-expect-error its own table has it, and it may not be null
await session.insertMany(Dog, [{ name: "Rex" }]);
