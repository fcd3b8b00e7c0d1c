import { fn, select } from "athanor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { posts, shop, users } from "./shop.ts";
import { postgresText, sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
});
afterAll(() => db.close());

const a = select({ id: users.id }).from(users);
const b = select({ id: posts.id }).from(posts);
const c = select({ id: posts.authorId }).from(posts);

test("a chain is read from the left", async () => {
  expect(sqliteText(a.unionAll(b).except(c))).toBe(
    'select "id" from "users" union all select "id" from "posts" except select "author_id" as "id" from "posts"',
  );
  expect(await db.all(a.unionAll(b).except(c))).toEqual([{ id: 2 }]);
});

test("INTERSECT takes no part of the chain on its left for itself", async () => {
  expect(postgresText(a.union(b).intersect(c))).toBe(
    'select * from (select "id" from "users" union select "id" from "posts") as "athanor rows" ' +
      'intersect select "author_id" as "id" from "posts"',
  );
  expect(await db.all(a.union(b).intersect(c))).toEqual([{ id: 1 }]);
});

test("an operand with an order or a limit is a derived table", async () => {
  const first = a.orderBy(users.id.desc()).limit(1);
  expect(sqliteText(first.unionAll(c))).toBe(
    'select * from (select "id" from "users" order by "id" desc limit ?) as "athanor rows" ' +
      'union all select "author_id" as "id" from "posts"',
  );
  expect(await db.all(first.unionAll(c))).toEqual([{ id: 2 }, { id: 1 }, { id: 1 }]);
});

test("U03: columns are matched by name", async () => {
  const left = select({ id: users.id, name: users.name }).from(users);
  const right = select({ name: posts.title, id: posts.id }).from(posts).where(posts.id.eq(2));
  expect(await db.all(left.union(right).orderBy((row) => [row.id.asc(), row.name.asc()]))).toEqual([
    { id: 1, name: "Ann" },
    { id: 2, name: "Bob" },
    { id: 2, name: "Hello" },
  ]);
});

test("what is computed to order by is computed around the whole", async () => {
  const query = a.union(b).orderBy((row) => row.id.mul(-1).asc());
  expect(sqliteText(query)).toBe(
    'select * from (select "id" from "users" union select "id" from "posts") as "athanor rows" order by "id" * ? asc',
  );
  expect(await db.all(query)).toEqual([{ id: 2 }, { id: 1 }]);
});

test("a compound is a source, a value and a condition", async () => {
  const all = a.unionAll(c).as("all_ids");
  expect(await db.one(select({ n: fn.count(all.id) }).from(all))).toEqual({ n: 4 });
  const query = select({ id: users.id })
    .from(users)
    .where(users.id.in(c.union(c)));
  expect(await db.all(query)).toEqual([{ id: 1 }]);
});
