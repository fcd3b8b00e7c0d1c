import {
  CompileError,
  column,
  compile,
  deleteFrom,
  excluded,
  fn,
  insertInto,
  integer,
  select,
  table,
  text,
  update,
} from "athanor";
import { mariadbDialect, mysqlDialect } from "athanor/mysql";
import { postgresDialect } from "athanor/postgres";
import { sqliteDialect } from "athanor/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { notes, posts, shop, users } from "./shop.ts";
import { postgresText, sqliteText } from "./texts.ts";

let db: Awaited<ReturnType<typeof shop>>;
beforeEach(async () => {
  db = await shop();
});
afterEach(() => db.close());

test("an insert gives back what it was asked for", async () => {
  const statement = insertInto(users)
    .values({ name: "Cid", age: 40, active: true })
    .returning({ id: users.id, boss: users.bossId });
  expect(sqliteText(statement)).toBe(
    'insert into "users" ("name", "age", "active") values (?, ?, ?) returning "id", "boss_id" as "boss"',
  );
  expect(await db.all(statement)).toEqual([{ id: 3, boss: null }]);
});

test("a key that one row lacks is generated", async () => {
  const statement = insertInto(posts)
    .values([
      { authorId: 1, title: "a" },
      { id: 9, authorId: 1, title: "b" },
    ])
    .returning({ id: posts.id });
  expect(postgresText(statement)).toBe(
    'insert into "posts" ("id", "author_id", "title") values (default, $1, $2), ($3, $4, $5) returning "id"',
  );
  expect(await db.all(statement)).toEqual([{ id: 3 }, { id: 9 }]);
});

test("an insert can take the rows of a query", async () => {
  const statement = insertInto(notes).select(select({ userId: users.id, body: users.name }).from(users));
  expect(sqliteText(statement)).toBe(
    'insert into "notes" ("user_id", "body") select "id" as "userId", "name" as "body" from "users"',
  );
  expect((await db.run(statement)).affected).toBe(2);
});

test("an upsert tells the row that is there from the one proposed", async () => {
  const statement = insertInto(users)
    .values({ id: 1, name: "Eve", age: 1, active: false })
    .onConflict(users.id)
    .doUpdate({ name: excluded(users.name), age: users.age.add(excluded(users.age)) })
    .returning({ name: users.name, age: users.age });
  expect(sqliteText(statement)).toBe(
    'insert into "users" ("id", "name", "age", "active") values (?, ?, ?, ?) ' +
      'on conflict ("id") do update set "name" = excluded."name", "age" = "users"."age" + excluded."age" returning "name", "age"',
  );
  expect(await db.all(statement)).toEqual([{ name: "Eve", age: 31 }]);
});

test("an update reads other sources, joins among them", async () => {
  const statement = update(users)
    .set({ age: posts.score.notNull() })
    .from(posts)
    .where(posts.authorId.eq(users.id), posts.score.isNotNull());
  expect(sqliteText(statement)).toBe(
    'update "users" set "age" = "posts"."score" from "posts" where "posts"."author_id" = "users"."id" and "posts"."score" is not null',
  );
  await db.run(statement);
  expect(await db.scalar(select({ age: users.age }).from(users).where(users.id.eq(1)))).toBe(5);
});

test("a condition on the target may stand in the ON of a join beside it", () => {
  const statement = update(users)
    .set({ age: 1 })
    .from(notes)
    .join(posts, posts.authorId.eq(users.id))
    .where(notes.userId.eq(users.id));
  expect(postgresText(statement)).toBe(
    'update "users" set "age" = $1 from "notes" cross join "posts" ' +
      'where "posts"."author_id" = "users"."id" and "notes"."user_id" = "users"."id"',
  );
});

test("a correlated subquery sees the row that is updated", async () => {
  const statement = update(users)
    .set({ age: fn.coalesce(select({ n: fn.count() }).from(posts).where(posts.authorId.eq(users.id)).scalar(), 0) })
    .everyRow();
  expect(sqliteText(statement)).toBe(
    'update "users" set "age" = coalesce((select count(*) as "n" from "posts" where "author_id" = "users"."id"), ?)',
  );
  await db.run(statement);
  expect(await db.all(select({ age: users.age }).from(users).orderBy(users.id.asc()))).toEqual([
    { age: 2 },
    { age: 0 },
  ]);
});

test("a delete reads other sources", () => {
  const statement = deleteFrom(posts).using(users).where(posts.authorId.eq(users.id), users.active.eq(false));
  expect(postgresText(statement)).toBe(
    'delete from "posts" using "users" where "posts"."author_id" = "users"."id" and "users"."active" = $1',
  );
});

test("a table of another schema is named with it everywhere", () => {
  const log = table("log", { id: integer().primaryKey(), what: text() }, { schema: "audit" });
  const query = select({ id: log.id, name: users.name }).from(log).join(users, users.id.eq(log.id));
  expect(postgresText(query)).toBe(
    'select "audit"."log"."id", "users"."name" from "audit"."log" join "users" on "users"."id" = "audit"."log"."id"',
  );
  expect(postgresText(update(log).set({ what: "x" }).where(log.id.eq(1)))).toBe(
    'update "audit"."log" set "what" = $1 where "id" = $2',
  );
});

test("D15: an update or upsert that sets nothing is refused, on every database", () => {
  const upsert = insertInto(notes).values({ userId: 1, body: "a" }).onConflict().doUpdate({});
  for (const dialect of [sqliteDialect, postgresDialect, mysqlDialect, mariadbDialect]) {
    const refused = (verb: string) =>
      new CompileError(`this ${verb} sets no column`, "Set at least one, or leave the statement out.");
    expect(() => compile(update(users).set({}).where(users.id.eq(1)), dialect)).toThrow(refused('update of "users"'));
    expect(() => compile(upsert, dialect)).toThrow(refused('upsert of "notes"'));
  }
});

test("a column that a table lacks is named beside those that it has", () => {
  expect(() => update(users).set({ nmae: "x" } as never)).toThrow(
    new CompileError('"users" has no column "nmae"', `It has ${Object.keys(users).join(", ")}.`),
  );
  expect(() => column(users, "nmae" as never)).toThrow('"users" has no column "nmae"');
});
