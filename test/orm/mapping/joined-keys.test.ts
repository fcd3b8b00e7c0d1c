// Tables of subclasses with keys of several columns, default filters over them, and what else stands beside them in a statement.
import { boolean, fn, foreignKey, insertInto, integer, select, table, text, varchar } from "athanor";
import { inherit, many, mapped, optional, Session } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const places = table(
  "jk_places",
  { country: varchar(2), code: integer(), kind: varchar(10), name: text(), gone: boolean().default(false) },
  { primaryKey: ["country", "code"] },
);
const ports = table(
  "jk_ports",
  { portCode: integer("port_code"), land: varchar(2), depth: integer(), shut: boolean().default(false) },
  {
    primaryKey: ["portCode", "land"],
    constraints: (t) => [foreignKey([t.land, t.portCode], () => [places.country, places.code])],
  },
);
const ships = table(
  "jk_ships",
  { id: integer().primaryKey(), name: text(), land: varchar(2).nullable(), code: integer().nullable() },
  { constraints: (t) => [foreignKey([t.code, t.land], () => [ports.portCode, ports.land])] },
);
const tables = { places, ports, ships };

class Place extends mapped(
  places,
  {},
  { identity: { column: "kind", value: "place" }, where: { there: places.gone.eq(false) }, subclasses: () => [Port] },
) {}
class Port extends inherit(
  Place,
  { identity: "port", table: ports, where: { open: ports.shut.eq(false) } },
  {
    get ships() {
      return many(Ship);
    },
  },
) {}
class Ship extends mapped(ships, {
  get port() {
    return optional(Port);
  },
}) {}

for (const { name, open } of databases) {
  describe(name, () => {
    const db = open();
    beforeEach(async () => {
      await db.drop(tables, { ifExists: true });
      await db.create(tables);
    });

    test("keys of several columns hold the tables together, in whatever order they stand", async () => {
      await using session = new Session(db);
      const [a, b] = [
        new Port({ country: "DE", code: 1, name: "Kiel", depth: 9 }),
        new Port({ country: "DK", code: 1, name: "Aarhus", depth: 7 }),
      ] as const;
      session.add(new Ship({ name: "Nina", port: b }), new Place({ country: "DE", code: 2, name: "Ulm" }), a);
      await session.commit();
      expect([b.land, b.portCode]).toEqual(["DK", 1]);
      b.depth = 8;
      await session.commit();
      await using other = new Session(db);
      const [ship] = await other.query(Ship).include(Ship.port).all();
      expect(ship?.port).toMatchObject({ country: "DK", name: "Aarhus", depth: 8 });
      expect(await other.get(Port, { country: "DK", code: 1 })).toBe(ship?.port);
      const found = await other.query(Port).include(Port.ships).orderBy(ports.depth.asc()).all();
      expect(found.map((port) => port.ships.length)).toEqual([1, 0]);
      expect(await other.query(Port).where(ports.depth.gt(8)).update({ depth: 1, name: "K" })).toBe(1);
      expect(found[1]).toMatchObject({ depth: 1, name: "K" });
      await other.query(Ship).delete();
      expect(await other.query(Place).delete()).toBe(3);
      await other.commit();
      expect(await db.scalar(select({ n: fn.count() }).from(ports))).toBe(0);
    });

    test("default filters of base and subclass hold in queries, includes and joins of any kind", async () => {
      await db.run(
        insertInto(places).values([
          { country: "DE", code: 1, kind: "port", name: "Kiel" },
          { country: "DE", code: 2, kind: "port", name: "shut" },
          { country: "DE", code: 3, kind: "port", name: "gone", gone: true },
        ]),
      );
      await db.run(
        insertInto(ports).values([
          { land: "DE", portCode: 1, depth: 9 },
          { land: "DE", portCode: 2, depth: 9, shut: true },
          { land: "DE", portCode: 3, depth: 9 },
        ]),
      );
      await db.run(insertInto(ships).values([1, 2, 3].map((code) => ({ name: `s${code}`, land: "DE", code }))));
      await using session = new Session(db);
      const names = (some: readonly { readonly name: string }[]): readonly string[] => some.map((one) => one.name);
      expect(names(await session.query(Port).all())).toEqual(["Kiel"]);
      expect(names(await session.query(Port).without("open").orderBy(places.code.asc()).all())).toEqual([
        "Kiel",
        "shut",
      ]);
      expect(names(await session.query(Place).orderBy(places.code.asc()).all())).toEqual(["Kiel", "shut"]);
      const fleet = await session.query(Ship).include(Ship.port).orderBy(ships.id.asc()).all();
      expect(fleet.map(({ port }) => port?.name ?? null)).toEqual(["Kiel", null, null]);
      expect(
        names(
          await session
            .query(Ship)
            .where(Ship.port.any(ports.depth.eq(9)))
            .all(),
        ),
      ).toEqual(["s1"]);
      for (const method of ["leftJoin", "rightJoin"] as const) {
        const sides = method === "leftJoin" ? ([ships, Port] as const) : ([Port, ships] as const);
        const rows = await db.all(
          (select({ ship: ships.name, place: places.name }) as any)
            .from(sides[0])
            [method](sides[1], ships.code.eq(ports.portCode))
            .orderBy(ships.id.asc()),
        );
        expect(rows).toEqual([
          { ship: "s1", place: "Kiel" },
          { ship: "s2", place: null },
          { ship: "s3", place: null },
        ]);
      }
    });
  });
}
