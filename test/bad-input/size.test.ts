// Long lists, many conditions and deep nesting: right, or a DialectLimit that says so. Never a crash, never half of it.
import {
  and,
  caseWhen,
  coalesce,
  DialectLimit,
  type Expr,
  fn,
  insertInto,
  integer,
  literal,
  not,
  or,
  select,
  table,
  text,
} from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const rows = table("rows", { id: integer().primaryKey(), name: text() });
type Condition = Expr<boolean, "rows.id", "rows">;

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create([rows]);
    await db.run(insertInto(rows).values([1, 2, 3].map((id) => ({ id, name: `row ${id}` }))));
  });
  const found = async (condition: Expr<boolean | null, any, any>) =>
    (await db.all(select({ id: rows.id }).from(rows).where(condition).orderBy(rows.id.asc()))).map(({ id }) => id);

  const many = Array.from({ length: 100_000 }, (_, i) => i + 2);
  test("a list of 100,000 numbers", async () => {
    expect(await found(rows.id.in(many))).toEqual([2, 3]);
    expect(await found(rows.id.notIn(many))).toEqual([1]);
  });

  test("a list of 100,000 texts", async () => {
    expect(await found(rows.name.in(many.map((n) => `row ${n}`)))).toEqual([2, 3]);
  });

  test("a list of 100,000 in a write", async () => {
    const write = db.run(
      insertInto(rows).select(
        select({ id: rows.id.add(100), name: rows.name })
          .from(rows)
          .where(rows.id.in(many)),
      ),
    );
    const result = await write.catch((error: unknown) => error);
    if (result instanceof DialectLimit) return;
    expect(result).toMatchObject({ affected: 2 });
    expect(await found(rows.id.gt(100))).toEqual([102, 103]);
  });

  const conditions = Array.from({ length: 10_000 }, (_, i) => rows.id.eq(i + 2));
  test("10,000 conditions joined by OR, at once and one by one", async () => {
    expect(await found(and(or(...conditions), rows.id.lt(100)))).toEqual([2, 3]);
    const chain = conditions.reduce<Condition>((all, one) => all.or(one), rows.id.eq(1));
    expect(await found(chain.and(rows.id.lt(100)))).toEqual([1, 2, 3]);
  });

  test("10,000 conditions joined by AND, at once, one by one and by where", async () => {
    const nots = conditions.map((one) => not(one));
    expect(await found(and(...nots, rows.id.lt(100)))).toEqual([1]);
    let query = select({ id: rows.id }).from(rows);
    for (const one of nots.slice(0, 2_000)) query = query.where(one);
    expect(await db.all(query.where(rows.id.lt(100)))).toEqual([{ id: 1 }]);
  });

  const grown = <T>(depth: number, first: T, grow: (of: T) => T): T => {
    let grown = first;
    for (let i = 0; i < depth; i++) grown = grow(grown);
    return grown;
  };
  const one = rows.id.eq(1);
  const deep: Readonly<Record<string, (depth: number) => readonly [Expr<any, any, any>, value: unknown]>> = {
    not: (depth) => [grown<Expr<boolean, any, any>>(depth, one, not), depth % 2 === 0],
    add: (depth) => [grown<Expr<number, any, any>>(depth, rows.id.add(0), (of) => of.add(1)), depth + 1],
    "sub on the right": (depth) => [
      grown<Expr<number, any, any>>(depth, rows.id.add(0), (of) => literal(1).sub(of)),
      depth % 2 === 0 ? 1 : 0,
    ],
    concat: (depth) => [fn.length(grown<Expr<string, any, any>>(depth, rows.name, (of) => of.concat("x"))), 5 + depth],
    case: (depth) => [grown<Expr<number, any, any>>(depth, rows.id, (of) => caseWhen(one, of).else(literal(0))), 1],
    coalesce: (depth) => [grown<Expr<any, any, any>>(depth, rows.id as never, (of) => coalesce(of, -1)), 1],
    lower: (depth) => [grown<Expr<string, any, any>>(depth, rows.name, fn.lower), "row 1"],
    "and inside or": (depth) => [grown<Expr<any, any, any>>(depth, one, (of) => or(and(of, one), rows.id.lt(0))), true],
    scalar: (depth) => [
      grown<Expr<any, any, any>>(Math.min(depth, 2_000), rows.id as never, (of) => select({ of }).scalar()),
      1,
    ],
  };
  for (const [name, build] of Object.entries(deep)) {
    test.each([10, 200, 1_000, 20_000])(`${name}, %i deep`, async (depth) => {
      const [expression, expected] = build(depth);
      let value: unknown;
      try {
        value = await db.scalar(select({ value: expression }).from(rows).where(one));
      } catch (error) {
        expect(error).toBeInstanceOf(DialectLimit);
        // What people write never is.
        expect(depth).toBeGreaterThan(10);
        return;
      }
      expect(value).toBe(expected);
    });
  }

  test("a statement with more columns than the database takes", async () => {
    const columns = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`c${i}`, rows.id]));
    const run = db.all(select(columns).from(rows).where(one));
    await run.then(
      (all) => expect(Object.keys(all[0] ?? {})).toHaveLength(5_000),
      (error) => expect(error).toHaveProperty("code"),
    );
    expect(await found(one)).toEqual([1]);
  });
});
