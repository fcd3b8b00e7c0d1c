import { alias, fn, insertInto, select } from "athanor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notes, posts, shop, users } from "./shop.ts";
import { sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
  await db.run(insertInto(notes).values({ userId: null, body: null }));
});
afterAll(() => db.close());

test("N04: a whole source is null where its row is absent, and only there", async () => {
  const query = select({ name: users.name, post: posts })
    .from(users)
    .leftJoin(posts, posts.authorId.eq(users.id))
    .orderBy(users.id.asc(), posts.id.asc());
  expect(await db.all(query)).toEqual([
    { name: "Ann", post: { id: 1, authorId: 1, title: "100% true", score: 5 } },
    { name: "Ann", post: { id: 2, authorId: 1, title: "Hello", score: null } },
    { name: "Bob", post: null },
  ]);
});

test("N04C: a row that is there is an object, though each of its columns is null", async () => {
  const query = select({ id: users.id, note: notes })
    .from(users)
    .leftJoin(notes, users.id.eq(1))
    .orderBy(users.id.asc());
  expect(sqliteText(query)).toBe(
    'select "users"."id", "notes"."athanor present", "notes"."user_id", "notes"."body" from "users" ' +
      'left join (select 1 as "athanor present", "notes".* from "notes") as "notes" on "users"."id" = ? order by "users"."id" asc',
  );
  expect(await db.all(query)).toEqual([
    { id: 1, note: { userId: null, body: null } },
    { id: 2, note: null },
  ]);
});

test("a plain nested object is never null, its fields are", async () => {
  const query = select({ id: users.id, post: { title: posts.title } })
    .from(users)
    .leftJoin(posts, posts.authorId.eq(users.id))
    .where(users.id.eq(2));
  expect(await db.all(query)).toEqual([{ id: 2, post: { title: null } }]);
});

test("a column of a derived table that cannot be null says whether its row is there", async () => {
  const counts = select({ author: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId).as("counts");
  const query = select({ id: users.id, counts }).from(users).leftJoin(counts, counts.author.eq(users.id));
  expect(sqliteText(query)).not.toContain("athanor present");
  expect(await db.all(query.orderBy(users.id.asc()))).toEqual([
    { id: 1, counts: { author: 1, n: 2 } },
    { id: 2, counts: null },
  ]);
});

test("both sides of a full join can be absent", async () => {
  const other = alias(users, "other");
  const query = select({ a: users, b: other })
    .from(users)
    .fullJoin(other, other.id.eq(users.id.add(1)));
  const rows = await db.all(query.orderBy(users.id.asc()));
  expect(rows.map(({ a, b }) => [a?.id ?? null, b?.id ?? null])).toEqual([
    [null, 1],
    [1, 2],
    [2, null],
  ]);
});
