// Conditions that belong to a class, and hold wherever it is read: soft delete, and a tenant that the session supplies.
import {
  alias,
  boolean,
  deleteFrom,
  exists,
  fn,
  insertInto,
  integer,
  param,
  select,
  sql,
  table,
  text,
  update,
} from "athanor";
import { MappingError, many, mapped, one, optional, Session, without } from "athanor/orm";
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
        new MappingError('no class has a default filter "absent"', "There are present, tenant."),
      );
    });

    test("a filter is lifted wherever in a query its class is read", async () => {
      await using session = open();
      const query = session.query(Team).without("present").orderBy(teams.id.asc());
      for (const by of ["select in", "subquery", "json"] as const) {
        await using own = open();
        const found = await own
          .query(Team)
          .without("present")
          .include(Team.members.by(by))
          .orderBy(teams.id.asc())
          .all();
        expect(found.map((team) => names(team.members))).toEqual([["Ann", "Bob", "Di"], ["Ed"]]);
      }
      expect(names(await query.where(Team.members.any(members.name.eq("Ed"))).all())).toEqual(["blue"]);
      expect(names(await query.filter({ members: { any: { name: "Ed" } } }).all())).toEqual(["blue"]);
      expect(await query.where(Team.members.none()).count()).toBe(0);
      expect(await query.where(Team.members.any(members.name.eq("Ed"))).exists()).toBe(true);
      expect(
        await query.with({ n: Team.members.count(), all: Team.members.orderBy(members.id.asc()) }).all(),
      ).toMatchObject([
        { n: 3, all: [{ name: "Ann" }, { name: "Bob" }, { name: "Di" }] },
        { n: 1, all: [{ name: "Ed" }] },
      ]);
      expect((await query.where(Team.members.any(members.name.eq("Ed"))).page({ page: 1, size: 9 })).total).toBe(1);
      const [ed] = await session
        .query(Member)
        .without("present")
        .where(members.name.eq("Ed"))
        .include(Member.chief)
        .all();
      expect(ed?.chief?.name).toBe("Bob");
      // Of a class that relates to itself, by two filters.
      const followed = session.query(Member).where(Member.followers.any(members.name.in(["Bob", "Cy"])));
      expect(await followed.count()).toBe(0);
      expect(names(await followed.without("present").all())).toEqual(["Ann"]);
      expect(names(await followed.without("tenant").all())).toEqual(["Ann"]);
      expect(
        await session
          .query(Team)
          .without("present")
          .where(Team.members.any(members.name.eq("Ed")))
          .update({ name: "b" }),
      ).toBe(1);
      expect(
        await session
          .query(Team)
          .where(Team.members.any(members.name.eq("Ed")))
          .update({ name: "c" }),
      ).toBe(0);
      await session.rollback();
      // What is read next is filtered again.
      await using next = open();
      for await (const batch of next
        .query(Team)
        .without("present")
        .include(Team.members)
        .orderBy(teams.id.asc())
        .stream())
        expect(batch.map((team) => names(team.members))).toEqual([["Ann", "Bob", "Di"], ["Ed"]]);
      const [red] = await next.query(Team).orderBy(teams.id.asc()).all();
      expect(names((await red?.members) ?? [])).toEqual(["Ann", "Di"]);
    });

    test("a failed query leaves the filters of the next one in place", async () => {
      await using session = open();
      const wrong = session.query(Member).without("present").where(sql(boolean())`${members.name} = no_such_column`);
      await expect(wrong.all()).rejects.toThrow();
      await session.rollback();
      expect(names(await session.query(Member).orderBy(members.id.asc()).all())).toEqual(["Ann", "Di"]);
    });

    test("get and Core's statements lift filters by name", async () => {
      await using session = open();
      expect((await session.get(Member, 2, { without: ["present"] }))?.name).toBe("Bob");
      expect(await session.get(Member, 3, { without: ["present"] })).toBeNull();
      expect((await session.getOne(Member, 3, { without: ["present", "tenant"] })).name).toBe("Cy");
      await expect(session.get(Member, 1, { without: ["absent"] })).rejects.toThrow(
        'no class has a default filter "absent"',
      );

      const given = { tenant: 1 } as never;
      const counted = select({ n: fn.count() }).from(Member);
      expect(await db.all(without(counted, "present"), given)).toEqual([{ n: 4 }]);
      expect(await db.all(without(counted, "present", "tenant"))).toEqual([{ n: 5 }]);
      expect(await db.all(counted, given)).toEqual([{ n: 2 }]);
      const [first] = await session.all(
        without(select({ member: Member }).from(Member).where(members.id.eq(5)), "present"),
      );
      expect(first?.member).toBeInstanceOf(Member);
      const inside = select({ n: fn.count() })
        .from(teams)
        .where(exists(select({ id: Member.table.id }).from(Member).where(members.teamId.eq(teams.id))));
      expect(await db.scalar(inside, given)).toBe(1);
      expect(await db.scalar(without(inside, "present"), given)).toBe(2);
      await db.run(without(update(Member).set({ name: "X" }).where(members.id.gt(3)), "present"), given);
      expect(names(await db.all(select({ name: members.name }).from(members).orderBy(members.id.asc())))).toEqual([
        "Ann",
        "Bob",
        "Cy",
        "X",
        "X",
      ]);
      await db.run(without(deleteFrom(Member).where(members.id.gt(4)), "present"), given);
      expect(await db.scalar(select({ n: fn.count() }).from(members))).toBe(4);
    });

    test("a parameter that the session does not supply is an error that names it", async () => {
      await using session = new Session<any>(db);
      const wanted = /tenant/;
      await expect(session.query(Member).all()).rejects.toThrow(wanted);
      await expect(session.get(Member, 1)).rejects.toThrow(wanted);
      await expect(session.query(Team).where(Team.members.any()).all()).rejects.toThrow(wanted);
      await expect(session.query(Member).update({ name: "X" })).rejects.toThrow(wanted);
      await expect(db.all(select({ n: fn.count() }).from(Member))).rejects.toThrow(wanted);
      expect(await session.query(Member).without("tenant").count()).toBe(3);
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
      await db.run(update(members).set({ chiefId: 2 }).where(members.id.eq(4)));
      await using joined = open();
      const [di] = await joined.query(Member).where(members.id.eq(4)).include(Member.chief).all();
      expect(di?.chief).toBeNull();
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
