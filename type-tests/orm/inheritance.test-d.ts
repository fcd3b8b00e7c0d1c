// biome-ignore-all lint/style/noNonNullAssertion: the rows are of no interest here
// Classes that share a table, and default filters. Each `@ts-expect-error` must stay an error.
import { integer, select, table, text } from "athanor";
import { inherit, many, mapped, one, type Session } from "athanor/orm";

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
