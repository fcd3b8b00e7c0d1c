import { alias, and, exists, fn, literal, or, select, sql, text } from "athanor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { posts, shop, users } from "./shop.ts";
import { postgresText, sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
});
afterAll(() => db.close());

describe("names of columns", () => {
  test("stand alone where the statement has one source", async () => {
    const query = select({ id: users.id, boss: users.bossId })
      .from(users)
      .where(users.age.gt(25))
      .orderBy(users.id.asc());
    expect(sqliteText(query)).toBe('select "id", "boss_id" as "boss" from "users" where "age" > ? order by "id" asc');
    expect(postgresText(query)).toBe(
      'select "id", "boss_id" as "boss" from "users" where "age" > $1 order by "id" asc',
    );
    expect(await db.all(query)).toEqual([{ id: 1, boss: null }]);
  });

  test("are qualified where it has several", async () => {
    const query = select({ name: users.name, title: posts.title })
      .from(users)
      .join(posts, posts.authorId.eq(users.id))
      .orderBy(posts.id.desc());
    expect(sqliteText(query)).toBe(
      'select "users"."name", "posts"."title" from "users" join "posts" on "posts"."author_id" = "users"."id" order by "posts"."id" desc',
    );
    expect(await db.all(query)).toEqual([
      { name: "Ann", title: "Hello" },
      { name: "Ann", title: "100% true" },
    ]);
  });

  test("of the statement around are qualified in a subquery", async () => {
    const query = select({ name: users.name })
      .from(users)
      .where(exists(select({ id: posts.id }).from(posts).where(posts.authorId.eq(users.id), posts.score.isNotNull())));
    expect(sqliteText(query)).toBe(
      'select "name" from "users" where exists (select "id" from "posts" where "author_id" = "users"."id" and "score" is not null)',
    );
    expect(await db.all(query)).toEqual([{ name: "Ann" }]);
  });

  test("are qualified where a label would be taken for them", async () => {
    const query = select({ name: fn.upper(users.email), other: users.name })
      .from(users)
      .orderBy(users.name.desc());
    expect(sqliteText(query)).toBe(
      'select upper("email") as "name", "name" as "other" from "users" order by "users"."name" desc',
    );
    expect(await db.all(query)).toEqual([
      { name: null, other: "Bob" },
      { name: "ANN@EXAMPLE.ORG", other: "Ann" },
    ]);
  });

  test("belong to the alias where there is one", async () => {
    const boss = alias(users, "boss");
    const query = select({ name: users.name, boss: boss.name }).from(users).join(boss, boss.id.eq(users.bossId));
    expect(sqliteText(query)).toBe(
      'select "users"."name", "boss"."name" as "boss" from "users" join "users" as "boss" on "boss"."id" = "users"."boss_id"',
    );
    expect(await db.all(query)).toEqual([{ name: "Bob", boss: "Ann" }]);
  });
});

test("a row nests as its selection does, whatever labels repeat", async () => {
  const query = select({ id: users.id, post: { id: posts.id, by: { id: users.id } } })
    .from(users)
    .join(posts, posts.authorId.eq(users.id))
    .orderBy(posts.id.asc())
    .limit(1);
  expect(sqliteText(query)).toBe(
    'select "users"."id", "posts"."id", "users"."id" from "users" join "posts" on "posts"."author_id" = "users"."id" order by "posts"."id" asc limit ?',
  );
  expect(await db.all(query)).toEqual([{ id: 1, post: { id: 1, by: { id: 1 } } }]);
});

test("operands stand in parentheses where they bind less tightly", async () => {
  const query = select({
    a: users.age.add(1).mul(2),
    b: users.age.sub(users.age.sub(1)),
    c: users.age.add(1).add(2),
    d: users.age.mul(2).add(1),
  })
    .from(users)
    .where(or(and(users.id.eq(1), users.age.gt(1)), users.id.eq(9)));
  expect(sqliteText(query)).toBe(
    'select ("age" + ?) * ? as "a", "age" - ("age" - ?) as "b", "age" + ? + ? as "c", "age" * ? + ? as "d" from "users" where ("id" = ? and "age" > ?) or "id" = ?',
  );
  expect(await db.all(query)).toEqual([{ a: 62, b: 1, c: 33, d: 61 }]);
});

describe("an expression that binds values and is selected as well", () => {
  const grouping = fn.coalesce(users.email, "none");

  test("is grouped by and ordered by with the same placeholders, where they are numbered", () => {
    const query = select({ email: grouping, n: fn.count() }).from(users).groupBy(grouping).orderBy(grouping.asc());
    expect(postgresText(query)).toBe(
      'select coalesce("email", $1::text) as "email", count(*) as "n" from "users" ' +
        'group by coalesce("users"."email", $1::text) order by coalesce("users"."email", $1::text) asc',
    );
  });

  test("is grouped by and ordered by position, where they are not", async () => {
    const query = select({ n: fn.count(), email: grouping }).from(users).groupBy(grouping).orderBy(grouping.desc());
    expect(sqliteText(query)).toBe(
      'select count(*) as "n", coalesce("email", ?) as "email" from "users" group by 2 order by 2 desc',
    );
    expect(await db.all(query)).toEqual([
      { n: 1, email: "none" },
      { n: 1, email: "ann@example.org" },
    ]);
  });

  test("is the same though it was built twice", () => {
    const query = select({ email: fn.coalesce(users.email, "none"), n: fn.count() })
      .from(users)
      .groupBy(fn.coalesce(users.email, "none"));
    expect(sqliteText(query)).toBe('select coalesce("email", ?) as "email", count(*) as "n" from "users" group by 1');
    expect(postgresText(query)).toBe(
      'select coalesce("email", $1::text) as "email", count(*) as "n" from "users" group by 1',
    );
  });
});

test("a number to order by is no position", async () => {
  const query = select({ name: users.name, id: users.id }).from(users).orderBy(literal(2).desc(), users.id.desc());
  expect((await db.all(query)).map((row) => row.id)).toEqual([2, 1]);
});

test("the text depends on the shape of a statement alone", () => {
  const texts = new Set(
    [[], [1], [1, 2, 3]].map((ids) =>
      sqliteText(
        select({ id: users.id }).from(users).where(users.id.in(ids), users.age.gt(ids.length)).limit(ids.length),
      ),
    ),
  );
  expect([...texts]).toHaveLength(1);
});

test("raw SQL follows the scope around it", async () => {
  const query = select({ shout: sql(text())`upper(${users.name} || ${"!"})` })
    .from(users)
    .orderBy(users.id.asc());
  expect(sqliteText(query)).toBe('select upper("name" || ?) as "shout" from "users" order by "id" asc');
  expect(await db.all(query)).toEqual([{ shout: "ANN!" }, { shout: "BOB!" }]);
});
