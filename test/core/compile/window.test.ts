import { fn, orderedBy, partitionBy, select } from "athanor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { posts, shop, users } from "./shop.ts";
import { sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
});
afterAll(() => db.close());

test("a window stands where it is used", async () => {
  const query = select({
    id: posts.id,
    place: fn.rowNumber().over(partitionBy(posts.authorId).orderBy(posts.id.desc())),
    n: fn.count().over(partitionBy(posts.authorId)),
  })
    .from(posts)
    .orderBy(posts.id.asc());
  expect(sqliteText(query)).toBe(
    'select "id", row_number() over (partition by "author_id" order by "id" desc) as "place", ' +
      'count(*) over (partition by "author_id") as "n" from "posts" order by "id" asc',
  );
  expect(await db.all(query)).toEqual([
    { id: 1, place: 2, n: 2 },
    { id: 2, place: 1, n: 2 },
  ]);
});

test("a running total has a frame", async () => {
  const query = select({ id: users.id, sum: fn.sum(users.age).over(orderedBy(users.id.asc())) })
    .from(users)
    .orderBy(users.id.asc());
  expect(await db.all(query)).toEqual([
    { id: 1, sum: 30 },
    { id: 2, sum: 50 },
  ]);
});

test("an aggregate can count some rows only", async () => {
  const query = select({ n: fn.count().filter(users.age.gt(25)) }).from(users);
  expect(sqliteText(query)).toBe('select count(*) filter (where "age" > ?) as "n" from "users"');
  expect(await db.one(query)).toEqual({ n: 1 });
});

test("a window with a name is written once", async () => {
  const window = partitionBy(posts.authorId).orderBy(posts.id.asc()).named("w");
  const query = select({ n: fn.rowNumber().over(window), first: fn.firstValue(posts.title).over(window) })
    .from(posts)
    .orderBy(fn.rowNumber().over(window).desc());
  expect(sqliteText(query)).toBe(
    'select row_number() over "w" as "n", first_value("title") over "w" as "first" from "posts" ' +
      'window "w" as (partition by "author_id" order by "id" asc) order by row_number() over "w" desc',
  );
  expect(await db.all(query)).toEqual([
    { n: 2, first: "100% true" },
    { n: 1, first: "100% true" },
  ]);
});
