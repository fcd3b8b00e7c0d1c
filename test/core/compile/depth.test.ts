import { and, caseWhen, compile, DialectLimit, type Expr, fn, literal, not, or, select } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shop, users } from "./shop.ts";
import { sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
});
afterAll(() => db.close());

type Condition = Expr<boolean, "users.id", "users">;

describe("10,000 conditions", () => {
  const conditions = Array.from({ length: 10_000 }, (_, i) => users.id.eq(i + 1));

  test("joined by or() work", async () => {
    const query = select({ id: users.id })
      .from(users)
      .where(or(...conditions))
      .orderBy(users.id.asc());
    expect(await db.all(query)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("joined by and() work", async () => {
    const query = select({ id: users.id })
      .from(users)
      .where(and(...conditions.map((condition) => not(condition))));
    expect(await db.all(query)).toEqual([]);
  });

  test("joined one after the other work", async () => {
    const chain = conditions.reduce<Condition>((chain, condition) => chain.or(condition), users.id.eq(0));
    expect(await db.all(select({ id: users.id }).from(users).where(chain).orderBy(users.id.asc()))).toHaveLength(2);
  });
});

describe("a chain that no tree can balance", () => {
  const sum = (terms: number): Expr<number, "users.id", "users"> => {
    let chain: Expr<number, "users.id", "users"> = users.id.add(0);
    for (let i = 1; i < terms; i++) chain = chain.add(1);
    return chain;
  };

  test("works as far as the database goes", async () => {
    expect(
      await db.one(
        select({ n: sum(900) })
          .from(users)
          .where(users.id.eq(1)),
      ),
    ).toEqual({ n: 900 });
  });

  test("is a DialectLimit further on, and never overflows the stack", () => {
    expect(() => sqliteText(select({ n: sum(10_000) }).from(users))).toThrow(DialectLimit);
  });
});

describe("nesting", () => {
  test("of not() works or is a DialectLimit", async () => {
    const nested = (depth: number): Expr<boolean, "users.id", "users"> => {
      let condition: Expr<boolean, "users.id", "users"> = users.id.eq(1);
      for (let i = 0; i < depth; i++) condition = not(condition);
      return condition;
    };
    expect(await db.all(select({ id: users.id }).from(users).where(nested(900)))).toEqual([{ id: 1 }]);
    expect(() => sqliteText(select({ id: users.id }).from(users).where(nested(10_000)))).toThrow(DialectLimit);
  });

  test("of CASE works or is a DialectLimit", async () => {
    const nested = (depth: number): Expr<number, "users.id", "users"> => {
      let value: Expr<number, "users.id", "users"> = users.id.add(0);
      for (let i = 0; i < depth; i++) value = caseWhen(users.id.gt(i), value).else(literal(i));
      return value;
    };
    expect(
      await db.all(
        select({ n: nested(400) })
          .from(users)
          .where(users.id.eq(1)),
      ),
    ).toEqual([{ n: 399 }]);
    expect(() => sqliteText(select({ n: nested(10_000) }).from(users))).toThrow(DialectLimit);
  });

  test("of functions works or is a DialectLimit", async () => {
    const nested = (depth: number): Expr<string, "users.name", "users"> => {
      let value: Expr<string, "users.name", "users"> = fn.upper(users.name);
      for (let i = 0; i < depth; i++) value = fn.lower(value);
      return value;
    };
    expect(
      await db.all(
        select({ n: nested(800) })
          .from(users)
          .where(users.id.eq(1)),
      ),
    ).toEqual([{ n: "ann" }]);
    expect(() => sqliteText(select({ n: nested(10_000) }).from(users))).toThrow(DialectLimit);
  });
});

test("a chain of 10,000 texts is one text, or a DialectLimit", () => {
  expect(() =>
    sqliteText(select({ n: fn.concat(...Array.from({ length: 10_000 }, () => users.name)) }).from(users)),
  ).toThrow(DialectLimit);
});

test("a statement that the stack is too small for is a DialectLimit too", () => {
  let deep = fn.upper(users.name) as Expr<string, "users.name", "users">;
  for (let i = 0; i < 800; i++) deep = fn.lower(deep);
  const query = select({ deep }).from(users);
  const refused: unknown[] = [];
  // Tries again with less and less of the stack left, until there is none for anything.
  const descend = (calls: number): void => {
    try {
      if (calls % 100 === 0) compile(query, { ...sqliteDialect });
    } catch (error) {
      if (error instanceof DialectLimit) refused.push(error.message.split(":")[0]);
      else throw error;
    }
    descend(calls + 1);
  };
  expect(() => descend(0)).toThrow(RangeError);
  expect(refused).toContain("the statement is nested more deeply than the stack of this program goes");
});
