// Conditions that belong to a class, and hold wherever it is read: soft delete, and a tenant that the session supplies.
import { alias, boolean, deleteFrom, fn, insertInto, integer, param, select, table, text, update } from "athanor";
import { MappingError, many, mapped, one, optional, Session } from "athanor/orm";
import { beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const teams = table("filter_teams", { id: integer().primaryKey().given(), name: text() });
const members = table("filter_members", {
  id: integer().primaryKey().given(),
  teamId: integer("team_id").references(() => teams.id),
  name: text(),
  tenant: integer(),
  gone: boolean(),
  chiefId: integer("chief_id")
    .references(() => members.id)
    .nullable(),
});

class Team extends mapped(teams, {
  get members() {
    return many(Member);
  },
}) {}
class Member extends mapped(
  members,
  {
    get team() {
      return one(Team);
    },
    get chief() {
      return optional(Member);
    },
    get followers() {
      return many(Member);
    },
  },
  { where: { present: members.gone.eq(false), tenant: members.tenant.eq(param("tenant", integer())) } },
) {}

for (const { name, db } of databases) {
  describe(name, () => {
    const open = (tenant = 1): Session<any> => new Session(db, { parameters: { tenant } });
    const names = (found: readonly { readonly name: string }[]): readonly string[] => found.map((one) => one.name);

    beforeEach(async () => {
      await db.drop({ teams, members }, { ifExists: true });
      await db.create({ teams, members });
      await db.run(
        insertInto(teams).values([
          { id: 1, name: "red" },
          { id: 2, name: "blue" },
        ]),
      );
      await db.run(
        insertInto(members).values([
          { id: 1, teamId: 1, name: "Ann", tenant: 1, gone: false, chiefId: null },
          { id: 2, teamId: 1, name: "Bob", tenant: 1, gone: true, chiefId: 1 },
          { id: 3, teamId: 1, name: "Cy", tenant: 2, gone: false, chiefId: 1 },
          { id: 4, teamId: 1, name: "Di", tenant: 1, gone: false, chiefId: 1 },
          { id: 5, teamId: 2, name: "Ed", tenant: 1, gone: true, chiefId: 2 },
        ]),
      );
    });

    test("a query gives what the filters let through, and counts it", async () => {
      await using session = open();
      const query = session.query(Member).orderBy(members.id.asc());
      expect(names(await query.all())).toEqual(["Ann", "Di"]);
      expect(await query.count()).toBe(2);
      expect(await query.where(members.name.eq("Bob")).exists()).toBe(false);
      expect((await query.page({ page: 1, size: 1 })).total).toBe(2);
      expect(names((await query.after(null, { size: 9 })).items)).toEqual(["Ann", "Di"]);
      await using other = open(2);
      expect(names(await other.query(Member).all())).toEqual(["Cy"]);
    });

    test("a filter is lifted by name, the others hold on", async () => {
      await using session = open();
      const query = session.query(Member).without("present").orderBy(members.id.asc());
      expect(names(await query.all())).toEqual(["Ann", "Bob", "Di", "Ed"]);
      expect(names(await query.without("tenant").all())).toEqual(["Ann", "Bob", "Cy", "Di", "Ed"]);
      expect(await query.count()).toBe(4);
      expect(() => query.without("absent")).toThrow(
        new MappingError('Member has no default filter "absent"', "It has present, tenant."),
      );
      expect(() => session.query(Team).without("present")).toThrow(MappingError);
    });

    test("get does not find what a filter leaves out", async () => {
      await using session = open();
      expect((await session.get(Member, 1))?.name).toBe("Ann");
      expect(await session.get(Member, 2)).toBeNull();
      expect(await session.get(Member, 3)).toBeNull();
    });

    test.each(["select in", "subquery", "json"] as const)(
      "included by %s, related objects are filtered",
      async (by) => {
        await using session = open();
        const found = await session.query(Team).include(Team.members.by(by)).orderBy(teams.id.asc()).all();
        expect(found.map((team) => names(team.members))).toEqual([["Ann", "Di"], []]);
      },
    );

    test("awaited and joined, related objects are filtered", async () => {
      await using session = open();
      const [red] = await session.query(Team).orderBy(teams.id.asc()).all();
      expect(names((await red?.members) ?? [])).toEqual(["Ann", "Di"]);
      const [ed] = await session.query(Member).without("present").where(members.id.eq(5)).include(Member.chief).all();
      expect(ed?.chief).toBeNull();
      await using later = open();
      const [same] = await later.query(Member).without("present").where(members.id.eq(5)).all();
      expect(await same?.chief).toBeNull();
      expect(same?.chief).toBeNull();
      // Known only of the key that was looked for.
      if (same) same.chiefId = 1;
      expect((await same?.chief)?.name).toBe("Ann");
    });

    test("any, none, every and count see filtered rows only", async () => {
      await using session = open();
      const query = session.query(Team).orderBy(teams.id.asc());
      expect(names(await query.where(Team.members.any()).all())).toEqual(["red"]);
      expect(names(await query.where(Team.members.none()).all())).toEqual(["blue"]);
      expect(names(await query.where(Team.members.every(members.id.lt(5))).all())).toEqual(["red", "blue"]);
      expect(names(await query.filter({ members: { any: { name: "Bob" } } }).all())).toEqual([]);
      expect(await session.query(Team).with({ n: Team.members.count() }).all()).toMatchObject([{ n: 2 }, { n: 0 }]);
      // Where a class relates to itself, the filter is on the related row.
      expect(
        names(
          await session
            .query(Member)
            .where(Member.followers.any(members.id.gt(1)))
            .all(),
        ),
      ).toEqual(["Ann"]);
    });

    test("Core's statements over the class are filtered, whatever the join", async () => {
      const given = { tenant: 1 } as never;
      const columns = { team: teams.name, member: members.name };
      const rows = (statement: unknown): Promise<unknown[]> => db.all(statement as never, given) as Promise<unknown[]>;
      const byBoth = [teams.id.asc(), members.id.asc()] as const;
      expect(await rows(select({ n: fn.count() }).from(Member))).toEqual([{ n: 2 }]);
      const left = select(columns).from(teams).leftJoin(Member, members.teamId.eq(teams.id));
      expect(await rows(left.orderBy(...byBoth))).toEqual([
        { team: "red", member: "Ann" },
        { team: "red", member: "Di" },
        { team: "blue", member: null },
      ]);
      const right = select(columns).from(Member).rightJoin(teams, members.teamId.eq(teams.id));
      expect(await rows(right.orderBy(...byBoth))).toEqual([
        { team: "red", member: "Ann" },
        { team: "red", member: "Di" },
        { team: "blue", member: null },
      ]);
      const chiefs = alias(Member, "chiefs");
      const self = select({ name: members.name, chief: chiefs.name })
        .from(members)
        .join(chiefs, members.chiefId.eq(chiefs.id));
      expect(await rows(self.orderBy(members.id.asc()))).toEqual([
        { name: "Bob", chief: "Ann" },
        { name: "Cy", chief: "Ann" },
        { name: "Di", chief: "Ann" },
      ]);
    });

    test("bulk writes over the class leave alone what a filter leaves out", async () => {
      const given = { tenant: 1 } as never;
      await db.run(update(Member).set({ name: "X" }).everyRow(), given);
      expect(names(await db.all(select({ name: members.name }).from(members).orderBy(members.id.asc())))).toEqual([
        "X",
        "Bob",
        "Cy",
        "X",
        "Ed",
      ]);
      await db.run(deleteFrom(Member).where(members.id.gt(3)), given);
      expect(await db.scalar(select({ n: fn.count() }).from(members))).toBe(4);
    });

    test("updates and deletes through a query leave alone what a filter leaves out", async () => {
      await using session = open();
      expect(await session.query(Member).update({ name: "X" })).toBe(2);
      expect(await session.query(Member).without("present").where(members.id.gt(4)).delete()).toBe(1);
      expect(await session.query(Member).where(members.id.gt(3)).delete()).toBe(1);
      const left = await session.query(Member).without("present", "tenant").orderBy(members.id.asc()).all();
      expect(names(left)).toEqual(["X", "Bob", "Cy"]);
      await session.rollback();
    });

    test("objects are written and read again whatever the filters say", async () => {
      await using session = open();
      const ann = await session.getOne(Member, 1);
      ann.gone = true;
      await session.flush();
      await session.refresh(ann);
      expect(ann.gone).toBe(true);
      expect(names(await session.query(Member).all())).toEqual(["Di"]);
    });
  });
}
