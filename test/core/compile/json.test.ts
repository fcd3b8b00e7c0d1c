import { bigint, decimal, fn, insertInto, integer, jsonArray, jsonObject, select, table, timestamp } from "athanor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { posts, shop, users } from "./shop.ts";
import { sqliteText } from "./texts.ts";

const facts = table("facts", {
  id: integer().primaryKey(),
  userId: integer("user_id"),
  at: timestamp(),
  big: bigint(),
  price: decimal(20, 2),
});

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
  await db.create({ facts });
  await db.run(
    insertInto(facts).values({
      id: 1,
      userId: 1,
      at: new Date("2024-02-29T12:34:56.789Z"),
      big: 9007199254740993n,
      price: "12345678901234567.89",
    }),
  );
});
afterAll(() => db.close());

test("N20, N21: parts of built JSON come back as what they are", async () => {
  const query = select({
    id: users.id,
    facts: jsonArray(
      select({ at: facts.at, big: facts.big, nested: { price: facts.price } })
        .from(facts)
        .where(facts.userId.eq(users.id)),
    ),
  })
    .from(users)
    .orderBy(users.id.asc());
  expect(await db.all(query)).toEqual([
    {
      id: 1,
      facts: [
        {
          at: new Date("2024-02-29T12:34:56.789Z"),
          big: 9007199254740993n,
          nested: { price: "12345678901234567.89" },
        },
      ],
    },
    { id: 2, facts: [] },
  ]);
});

test("rows in JSON keep their order and their limit", async () => {
  const newest = select({ id: posts.id, title: posts.title }).from(posts).orderBy(posts.id.desc()).limit(1);
  const query = select({ posts: jsonArray(newest) })
    .from(users)
    .where(users.id.eq(1));
  expect(sqliteText(query)).toContain('order by "id" desc limit ?) as "athanor rows"');
  expect(await db.all(query)).toEqual([{ posts: [{ id: 2, title: "Hello" }] }]);
});

test("rows in JSON can be told apart first", async () => {
  const distinct = select({ author: { id: posts.authorId } })
    .from(posts)
    .distinct();
  expect(
    await db.all(
      select({ of: jsonArray(distinct) })
        .from(users)
        .limit(1),
    ),
  ).toEqual([{ of: [{ author: { id: 1 } }] }]);
});

test("a whole source in JSON is null where its row is absent", async () => {
  const of = jsonArray(
    select({ user: users, post: posts })
      .from(users)
      .leftJoin(posts, posts.id.eq(users.id.add(1)))
      .orderBy(users.id.asc()),
  );
  expect(await db.all(select({ of }).from(facts))).toMatchObject([
    {
      of: [
        { user: { id: 1, active: true }, post: { id: 2 } },
        { user: { id: 2, active: false }, post: null },
      ],
    },
  ]);
});

test("a JSON object nests and aggregates", async () => {
  const query = select({ json: jsonObject({ n: fn.count(), of: { most: fn.max(users.age) } }) }).from(users);
  expect(await db.all(query)).toEqual([{ json: { n: 2, of: { most: 30 } } }]);
});

test("a key may be anything", async () => {
  const key = `it's a "key" \\ 😀`;
  expect(
    await db.all(
      select({ json: jsonObject({ [key]: users.id, ["__proto__"]: users.age }) })
        .from(users)
        .limit(1),
    ),
  ).toEqual([{ json: JSON.parse(`{${JSON.stringify(key)}:1,"__proto__":30}`) }]);
});
