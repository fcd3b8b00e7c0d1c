// Random histories over classes with tables of their own: whatever is added, changed, deleted, committed and rolled back, the database
// must hold what a model of plain data says, table by table and object by object. ATHANOR_HISTORIES runs that many on each database.
import { type Database, integer, select, table, text, varchar } from "athanor";
import { inherit, mapped, optional, Session } from "athanor/orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const things = table("hm_things", {
  id: integer().primaryKey(),
  kind: varchar(10),
  name: text(),
  extra: integer().nullable(),
  version: integer().default(1),
  nextId: integer("next_id")
    .references(() => things.id)
    .nullable(),
});
const boxes = table("hm_boxes", {
  thingId: integer("thing_id")
    .primaryKey()
    .references(() => things.id),
  size: integer(),
});
const crates = table("hm_crates", {
  id: integer()
    .primaryKey()
    .references(() => boxes.thingId, { onDelete: "cascade" }),
  wood: text(),
  insideId: integer("inside_id")
    .references(() => boxes.thingId)
    .nullable(),
});
const tables = { things, boxes, crates };

class Thing extends mapped(
  things,
  {
    get next() {
      return optional(Thing);
    },
  },
  { identity: { column: "kind", value: "thing" }, omit: ["extra"], version: "version", subclasses: () => [Box, Tool] },
) {}
class Box extends inherit(Thing, { identity: "box", table: boxes, subclasses: () => [Crate] }) {}
class Crate extends inherit(
  Box,
  { identity: "crate", table: crates },
  {
    get inside() {
      return optional(Box);
    },
  },
) {}
class Tool extends inherit(Thing, { identity: "tool", columns: ["extra"] }) {}

interface Fields {
  kind: "thing" | "box" | "crate" | "tool";
  name: string;
  size?: number;
  wood?: string;
  extra?: number | null;
  next: number | null;
  inside?: number | null;
}
type World = Map<number, Fields>;

const kinds = ["thing", "box", "crate", "tool"] as const;
const small = fc.nat(30);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant("add" as const), n: small, m: small }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant("change" as const), n: small, m: small }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("refer" as const), n: small, m: small }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("delete" as const), n: small, m: small }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("flush" as const), n: small, m: small }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("commit" as const), n: small, m: small }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("rollback" as const), n: small, m: small }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("renew" as const), n: small, m: small }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

class History {
  readonly #db: Database<any>;
  #session: Session;
  #objects = new Map<number, Thing>();
  #world: World = new Map();
  #committed: World = new Map();
  #number = 1;

  constructor(db: Database<any>) {
    this.#db = db;
    this.#session = new Session(db);
  }

  async run(steps: readonly Step[]): Promise<void> {
    try {
      for (const one of steps) await this.#step(one);
      await this.#commit();
    } finally {
      await this.#session.close();
    }
  }

  async #step({ what, n, m }: Step): Promise<void> {
    switch (what) {
      case "add":
        return this.#add(kinds[n % 4] as Fields["kind"], m);
      case "change":
        return this.#change(n, m);
      case "refer":
        return this.#refer(n, m);
      case "delete":
        return this.#delete(n);
      case "flush":
        await this.#session.flush();
        return this.#compareMemory();
      case "commit":
        return this.#commit();
      case "rollback":
        await this.#session.rollback();
        return this.#renew();
      case "renew":
        await this.#commit();
        return this.#renew();
    }
  }

  #add(kind: Fields["kind"], m: number): void {
    const name = `n${this.#number}`;
    const fields: Fields = { kind, name, next: null };
    let made: Thing;
    if (kind === "thing") made = new Thing({ name });
    else if (kind === "tool") {
      fields.extra = m % 3 === 0 ? null : m;
      made = new Tool({ name, extra: fields.extra });
    } else {
      fields.size = m;
      if (kind === "box") made = new Box({ name, size: m });
      else {
        Object.assign(fields, { wood: `w${m}`, inside: null });
        made = new Crate({ name, size: m, wood: `w${m}` });
      }
    }
    this.#session.add(made);
    this.#objects.set(this.#number, made);
    this.#world.set(this.#number++, fields);
  }

  #pick(n: number, isMeant: (fields: Fields) => boolean = () => true): number | undefined {
    const some = [...this.#world].filter(([, fields]) => isMeant(fields)).map(([number]) => number);
    return some[n % some.length];
  }

  #change(n: number, m: number): void {
    const number = this.#pick(n);
    if (number === undefined) return;
    const fields = this.#world.get(number) as Fields;
    const object = this.#objects.get(number) as Thing;
    if (m % 2 === 0) fields.name = object.name = `n${number} ${m}`;
    if (object instanceof Crate && m % 3 === 0) fields.wood = object.wood = `w${m}`;
    else if (object instanceof Box) fields.size = object.size = m;
    else if (object instanceof Tool) fields.extra = object.extra = m % 5 === 0 ? null : m;
  }

  #refer(n: number, m: number): void {
    const from = this.#pick(n);
    const to = this.#pick(m);
    if (from === undefined || to === undefined) return;
    // Only to what was there before: rows that wait for each other are another test's.
    if (to >= from) return;
    (this.#objects.get(from) as Thing).next = this.#objects.get(to) as Thing;
    (this.#world.get(from) as Fields).next = to;
    const crate = this.#pick(n, ({ kind }) => kind === "crate");
    const box = this.#pick(m, ({ kind }) => kind === "box");
    if (crate === undefined || box === undefined || box >= crate) return;
    (this.#objects.get(crate) as Crate).inside = this.#objects.get(box) as Box;
    (this.#world.get(crate) as Fields).inside = box;
  }

  async #delete(n: number): Promise<void> {
    const number = this.#pick(n);
    if (number === undefined) return;
    for (const [other, fields] of this.#world) {
      if (fields.next === number) (this.#objects.get(other) as Thing).next = fields.next = null;
      if (fields.inside === number) (this.#objects.get(other) as Crate).inside = fields.inside = null;
    }
    this.#session.delete(this.#objects.get(number) as Thing);
    this.#world.delete(number);
    this.#objects.delete(number);
  }

  async #commit(): Promise<void> {
    await this.#session.commit();
    this.#committed = structuredClone(this.#world);
    this.#compareMemory();
    await this.#compareTables();
  }

  /** Goes on with what was committed, read anew. */
  async #renew(): Promise<void> {
    await this.#session.close();
    this.#session = new Session(this.#db);
    this.#world = structuredClone(this.#committed);
    const found = await this.#session.query(Thing).orderBy(things.id.asc()).all();
    const byNumber = new Map(found.map((one) => [Number(/\d+/.exec(one.name)?.[0]), one]));
    this.#objects = new Map([...this.#world.keys()].map((number) => [number, byNumber.get(number) as Thing]));
    expect(found).toHaveLength(this.#world.size);
    this.#compareMemory();
  }

  #compareMemory(): void {
    const id = (number: number | null | undefined): number | null =>
      typeof number === "number" ? (this.#objects.get(number) as Thing).id : null;
    for (const [number, { next, inside, ...fields }] of this.#world) {
      const object = this.#objects.get(number) as Thing;
      expect(object).toMatchObject({ ...fields, nextId: id(next) });
      if (object instanceof Crate) expect(object.insideId).toBe(id(inside));
      if (object instanceof Box) expect(object.thingId).toBe(object.id);
      expect(this.#session.isChanged(object)).toBe(false);
    }
  }

  async #compareTables(): Promise<void> {
    const all = [...this.#world].map(([number, fields]) => ({ object: this.#objects.get(number) as Thing, fields }));
    const sorted = <T>(rows: readonly T[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();
    const rows = await this.#db.all(
      select({ id: things.id, kind: things.kind, name: things.name, extra: things.extra }).from(things),
    );
    expect(sorted(rows)).toEqual(
      sorted(
        all.map(({ object, fields }) => ({
          id: object.id,
          kind: fields.kind,
          name: fields.name,
          extra: fields.extra ?? null,
        })),
      ),
    );
    const sizes = await this.#db.all(select({ id: boxes.thingId, size: boxes.size }).from(boxes));
    const isBox = all.filter(({ fields }) => fields.size !== undefined);
    expect(sorted(sizes)).toEqual(sorted(isBox.map(({ object, fields }) => ({ id: object.id, size: fields.size }))));
    const woods = await this.#db.all(select({ id: crates.id, wood: crates.wood }).from(crates));
    const isCrate = all.filter(({ fields }) => fields.kind === "crate");
    expect(sorted(woods)).toEqual(sorted(isCrate.map(({ object, fields }) => ({ id: object.id, wood: fields.wood }))));
  }
}

const given = process.env.ATHANOR_HISTORIES;

describe.each(databases)("$name", ({ name, open }) => {
  const db = open();
  test("rows lie in their tables as a model says, whatever the history", async () => {
    const numRuns = given === undefined ? (name.includes("sqlite") ? 40 : 8) : Number(given);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        await db.drop(tables, { ifExists: true });
        await db.create(tables);
        await new History(db as Database<any>).run(steps);
      }),
      { numRuns },
    );
  }, 120_000);
});
