import {
  compile,
  cte,
  deleteFrom,
  exists,
  fn,
  insertInto,
  integer,
  literal,
  recursive,
  recursiveAll,
  select,
  sql,
  update,
} from "athanor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mysqlDialect } from "../../../dialects/mysql/dialect.ts";
import { mariadbDialect } from "../../../dialects/mysql/mariadb.ts";
import { posts, shop, users } from "./shop.ts";
import { postgresText, sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeAll(async () => {
  db = await shop();
});
afterAll(() => db.close());

const counts = cte("counts", select({ id: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));

test("a CTE in FROM is defined in WITH", async () => {
  const query = select({ name: users.name, n: counts.n }).from(users).join(counts, counts.id.eq(users.id));
  expect(sqliteText(query)).toBe(
    'with "counts" as (select "author_id" as "id", count(*) as "n" from "posts" group by "author_id") ' +
      'select "users"."name", "counts"."n" from "users" join "counts" on "counts"."id" = "users"."id"',
  );
  expect(await db.all(query)).toEqual([{ name: "Ann", n: 2 }]);
});

test("what a CTE reads stands before it", async () => {
  const many = cte("many", select({ id: counts.id }).from(counts).where(counts.n.gt(1)));
  const query = select({ id: many.id, n: counts.n }).from(many).join(counts, counts.id.eq(many.id));
  expect(sqliteText(query)).toBe(
    'with "counts" as (select "author_id" as "id", count(*) as "n" from "posts" group by "author_id"), ' +
      '"many" as (select "id" from "counts" where "n" > ?) ' +
      'select "many"."id", "counts"."n" from "many" join "counts" on "counts"."id" = "many"."id"',
  );
  expect(await db.all(query)).toEqual([{ id: 1, n: 2 }]);
});

test("a subquery uses what a statement around it has defined", async () => {
  const query = select({ n: counts.n })
    .from(counts)
    .where(
      counts.n.eq(
        select({ most: fn.max(counts.n) })
          .from(counts)
          .scalar(),
      ),
    );
  expect(sqliteText(query).match(/"counts" as \(/g)).toHaveLength(1);
  expect(await db.all(query)).toEqual([{ n: 2 }]);
});

test("a subquery defines what it alone reads", async () => {
  const query = select({ name: users.name })
    .from(users)
    .where(exists(select({ n: counts.n }).from(counts).where(counts.id.eq(users.id))));
  expect(sqliteText(query)).toBe(
    'select "name" from "users" where exists (with "counts" as (select "author_id" as "id", count(*) as "n" from "posts" ' +
      'group by "author_id") select "n" from "counts" where "id" = "users"."id")',
  );
  expect(await db.all(query)).toEqual([{ name: "Ann" }]);
});

test("a recursive CTE refers to itself", async () => {
  const tree = recursive(
    "tree",
    select({ id: users.id, depth: literal(0) })
      .from(users)
      .where(users.bossId.isNull()),
    (tree) =>
      select({ id: users.id, depth: tree.depth.add(1) })
        .from(users)
        .join(tree, users.bossId.eq(tree.id)),
  );
  const query = select({ id: tree.id, depth: tree.depth }).from(tree).orderBy(tree.id.asc());
  expect(sqliteText(query)).toMatch(/^with recursive "tree" \("id", "depth"\) as \(select .* union select /);
  expect(await db.all(query)).toEqual([
    { id: 1, depth: 0 },
    { id: 2, depth: 1 },
  ]);
});

test("the operands of a compound share its WITH", async () => {
  const query = select({ id: counts.id })
    .from(counts)
    .union(select({ id: counts.n }).from(counts))
    .orderBy((row) => row.id.asc());
  expect(sqliteText(query)).toBe(
    'with "counts" as (select "author_id" as "id", count(*) as "n" from "posts" group by "author_id") ' +
      'select "id" from "counts" union select "n" as "id" from "counts" order by "id" asc',
  );
  expect(await db.all(query)).toEqual([{ id: 1 }, { id: 2 }]);
});

test("numbers are counted by a CTE over nothing", async () => {
  const numbers = recursiveAll("numbers", select({ n: literal(1) }), (numbers) =>
    select({ n: numbers.n.add(1) })
      .from(numbers)
      .where(numbers.n.lt(1000)),
  );
  expect(await db.one(select({ sum: fn.sum(numbers.n) }).from(numbers))).toEqual({ sum: 500500 });
});

test("a text of the user's may read a CTE", async () => {
  const query = sql.statement({ n: integer() })`select ${counts.n} from ${counts}`;
  expect(await db.all(query)).toEqual([{ n: 2 }]);
});

test("a CTE that writes is defined by the outermost statement", () => {
  const gone = cte("gone", deleteFrom(posts).where(posts.id.eq(1)).returning({ author: posts.authorId }));
  const query = select({ name: users.name })
    .from(users)
    .where(users.id.in(select({ author: gone.author }).from(gone)));
  expect(postgresText(query)).toBe(
    'with "gone" as (delete from "posts" where "id" = $1 returning "author_id" as "author") ' +
      'select "name" from "users" where "id" in (select "author" from "gone")',
  );
  expect(() => sqliteText(query)).toThrow("SQLite has no WRITING CTE");
});

test("a statement that writes has a WITH only where the database lets it", () => {
  const change = update(users).set({ name: "x" }).from(counts).where(counts.n.gt(1));
  const removal = deleteFrom(users).using(counts).where(counts.n.gt(1));
  const insert = insertInto(users)
    .with(counts)
    .values({ name: "x", age: 1, active: true, bossId: select({ n: counts.n }).from(counts).scalar() });
  for (const statement of [change, removal]) {
    expect(compile(statement, mysqlDialect).text).toMatch(/^with `/);
    expect(() => compile(statement, mariadbDialect)).toThrow("MariaDB has no WITH UPDATE");
  }
  for (const dialect of [mysqlDialect, mariadbDialect]) {
    expect(() => compile(insert, dialect)).toThrow(`${dialect.name} has no WITH INSERT`);
    const fromQuery = insertInto(posts).select(select({ authorId: counts.id, title: literal("x") }).from(counts));
    expect(compile(fromQuery, dialect).text).toMatch(/^insert into `posts` \(.*\) with `/);
  }
  expect(sqliteText(insert)).toMatch(/^with "/);
});
