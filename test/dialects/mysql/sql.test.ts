// What both databases are sent, side by side, and what MariaDB answers. MySQL's text is only looked at where there is no
// server for it.
import {
  alias,
  and,
  bigint,
  boolean,
  bytes,
  caseWhen,
  compile,
  cte,
  type Database,
  decimal,
  deleteFrom,
  double,
  excluded,
  fn,
  insertInto,
  integer,
  json,
  jsonArray,
  jsonObject,
  literal,
  not,
  or,
  recursiveAll,
  replaceInto,
  rollup,
  row,
  select,
  table,
  text,
  timestamp,
  update,
  values,
  varchar,
} from "athanor";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mariadbDialect, mysqlDialect } from "../../../dialects/mysql/index.ts";
import { servers, TemporaryDatabase } from "./support.ts";

const users = table("users", {
  id: integer().primaryKey(),
  name: varchar(40).unique(),
  age: integer().nullable(),
  active: boolean().default(true),
  score: double().default(0.5),
  balance: decimal(10, 2).default("0.00"),
  large: bigint().nullable(),
  doc: json<{ tags: string[]; n: number | null }>().nullable(),
  at: timestamp().default(new Date("2024-02-29T12:34:56.789Z")),
});
const posts = table("posts", {
  id: integer().primaryKey(),
  userId: integer().references(() => users.id, { onDelete: "cascade" }),
  title: text(),
  length: integer(),
});

/** The text for MySQL and for MariaDB; one text where they are the same. */
function textOf(statement: Parameters<typeof compile>[0]): string | readonly [string, string] {
  const [a, b] = [mysqlDialect, mariadbDialect].map((dialect) => compile(statement, dialect).text) as [string, string];
  return a === b ? a : [a, b];
}

describe.each(servers)("$name", ({ at, open }) => {
  let temporary: TemporaryDatabase;
  // `any`: what a database lacks is looked at too.
  let db: Database<any>;
  beforeAll(async () => {
    temporary = await TemporaryDatabase.create(at);
    db = open(temporary.url());
    await db.create({ users, posts });
  });
  afterAll(async () => {
    await db.close();
    await temporary[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await db.run(deleteFrom(users).everyRow());
    await db.run(
      insertInto(users).values([
        { id: 1, name: "Ann", age: 30, large: 9007199254740993n, doc: { tags: ["a", "b"], n: 1 } },
        { id: 2, name: "bob", age: null, doc: { tags: [], n: null }, score: 2.5 },
        { id: 3, name: "Cid!", age: 25, active: false, balance: "12.50", score: -2.5 },
      ]),
    );
    await db.run(
      insertInto(posts).values([
        { id: 1, userId: 1, title: "one", length: 10 },
        { id: 2, userId: 1, title: "two", length: 30 },
        { id: 3, userId: 3, title: "three", length: 20 },
      ]),
    );
  });

  const ids = (condition: any): Promise<unknown> =>
    db
      .all(select({ id: users.id }).from(users).where(condition).orderBy(users.id.asc()) as never)
      .then((found: any[]) => found.map(({ id }) => id));

  test("comparisons of text see case, and LIKE too; ilike does not", async () => {
    expect(await ids(users.name.eq("ann"))).toEqual([]);
    expect(await ids(users.name.like("a%"))).toEqual([]);
    expect(await ids(users.name.like("A%"))).toEqual([1]);
    expect(await ids(users.name.ilike("a%"))).toEqual([1]);
    expect(await ids(users.name.endsWith("!"))).toEqual([3]);
    expect(await ids(users.name.contains("%"))).toEqual([]);
    expect(await ids(users.name.eq("Ann "))).toEqual([]);
  });

  test("nulls: equal to themselves where asked, and ordered as said", async () => {
    expect(await ids(users.age.isDistinctFrom(30))).toEqual([2, 3]);
    expect(await ids(users.age.isNotDistinctFrom(30))).toEqual([1]);
    const ordered = async (order: any): Promise<unknown> =>
      (await db.all(select({ id: users.id }).from(users).orderBy(order))).map(({ id }: any) => id);
    expect(await ordered(users.age.asc())).toEqual([2, 3, 1]);
    expect(await ordered(users.age.asc().nullsLast())).toEqual([3, 1, 2]);
    expect(await ordered(users.age.desc().nullsFirst())).toEqual([2, 1, 3]);
    expect(await ordered(users.age.add(1).asc().nullsLast())).toEqual([3, 1, 2]);
    expect(textOf(select({ id: users.id }).from(users).orderBy(users.age.desc().nullsFirst()))).toBe(
      "select `id` from `users` order by `age` is null desc, `age` desc",
    );
  });

  test("integers are divided as integers, doubles and decimals as what they are", async () => {
    const found = await db.one(
      select({
        whole: users.age.div(4),
        rest: users.age.mod(4),
        negative: users.age.mul(-1).div(4),
        double: users.score.div(4),
        joined: users.name.concat("-").concat(users.name),
        and: fn.coalesce(users.age, 1).add(0),
      })
        .from(users)
        .where(users.id.eq(1)),
    );
    expect(found).toEqual({ whole: 7, rest: 2, negative: -7, double: 0.125, joined: "Ann-Ann", and: 30 });
  });

  test("aggregates: exact sums, means that are doubles, FILTER by CASE", async () => {
    const statement = select({
      n: fn.count(),
      aged: fn.count(users.age),
      sum: fn.sum(users.age),
      large: fn.sum(users.large),
      balance: fn.sum(users.balance),
      mean: fn.avg(users.age),
      young: fn.sum(users.age).filter(users.age.lt(28)),
      every: fn.every(users.active),
      some: fn.some(users.active),
      names: fn.stringAgg(users.name, "', '").orderBy(users.name.desc()).filter(users.id.gt(1)),
    }).from(users);
    expect(await db.one(statement)).toEqual({
      n: 3,
      aged: 2,
      sum: 55,
      large: 9007199254740993n,
      balance: "12.50",
      mean: 27.5,
      young: 25,
      every: false,
      some: true,
      names: "bob', 'Cid!",
    });
    expect(textOf(select({ names: fn.stringAgg(users.name, "';--") }).from(users))).toBe(
      "select group_concat(`name` separator x'273b2d2d') as `names` from `users`",
    );
  });

  test("rows as JSON arrays: in their order, limited, correlated, grouped, empty", async () => {
    const ofUser = select({ title: posts.title, length: posts.length }).from(posts).where(posts.userId.eq(users.id));
    const statement = select({
      id: users.id,
      plain: jsonArray(ofUser.orderBy(posts.length.desc())),
      counted: jsonArray(select({ n: fn.count() }).from(posts)),
    })
      .from(users)
      .orderBy(users.id.asc());
    expect(await db.all(statement)).toEqual([
      {
        id: 1,
        plain: [
          { title: "two", length: 30 },
          { title: "one", length: 10 },
        ],
        counted: [{ n: 3 }],
      },
      { id: 2, plain: [], counted: [{ n: 3 }] },
      { id: 3, plain: [{ title: "three", length: 20 }], counted: [{ n: 3 }] },
    ]);
    const limited = select({ id: users.id, last: jsonArray(ofUser.orderBy(posts.length.desc()).limit(1)) })
      .from(users)
      .where(users.id.eq(1));
    expect(await db.one(limited)).toEqual({ id: 1, last: [{ title: "two", length: 30 }] });
    const grouped = select({
      all: jsonArray(
        select({ userId: posts.userId, n: fn.count() }).from(posts).groupBy(posts.userId).orderBy(fn.count().desc()),
      ),
    });
    expect(await db.one(grouped)).toEqual({
      all: [
        { userId: 1, n: 2 },
        { userId: 3, n: 1 },
      ],
    });
    const distinct = select({
      all: jsonArray(select({ userId: posts.userId }).from(posts).distinct().orderBy(posts.userId.desc())),
    });
    expect(await db.one(distinct)).toEqual({ all: [{ userId: 3 }, { userId: 1 }] });
  });

  test("jsonAgg leaves out rows whose source is absent, and keeps an order", async () => {
    const statement = select({
      id: users.id,
      posts: fn
        .jsonAgg({ title: posts.title, large: users.large, at: users.at, doc: users.doc })
        .orderBy(posts.id.desc()),
    })
      .from(users)
      .leftJoin(posts, posts.userId.eq(users.id))
      .groupBy(users.id)
      .orderBy(users.id.asc());
    const at = new Date("2024-02-29T12:34:56.789Z");
    const ann = { large: 9007199254740993n, at, doc: { tags: ["a", "b"], n: 1 } };
    expect(await db.all(statement)).toEqual([
      {
        id: 1,
        posts: [
          { title: "two", ...ann },
          { title: "one", ...ann },
        ],
      },
      { id: 2, posts: [] },
      { id: 3, posts: [{ title: "three", large: null, at, doc: null }] },
    ]);
  });

  test("parts of JSON documents, as documents and as values; JSON's null is null", async () => {
    const statement = select({
      id: users.id,
      tags: fn.jsonGet(users.doc, "tags"),
      second: fn.jsonValue(users.doc, ["tags", 1], text()),
      n: fn.jsonValue(users.doc, ["n"], integer()),
      type: fn.jsonType(users.doc, "n"),
      length: fn.jsonLength(users.doc, "tags"),
      set: fn.jsonSet(users.doc, ["n"], 5),
      removed: fn.jsonRemove(users.doc, "tags"),
    })
      .from(users)
      .where(users.doc.isNotNull())
      .orderBy(users.id.asc());
    expect(await db.all(statement)).toEqual([
      {
        id: 1,
        tags: ["a", "b"],
        second: "b",
        n: 1,
        type: "number",
        length: 2,
        set: { tags: ["a", "b"], n: 5 },
        removed: { n: 1 },
      },
      {
        id: 2,
        tags: [],
        second: null,
        n: null,
        type: "null",
        length: 0,
        set: { tags: [], n: 5 },
        removed: { n: null },
      },
    ]);
    expect(await ids(users.doc.eq({ tags: ["a", "b"], n: 1 }))).toEqual([1]);
  });

  test("text, numbers and time by the catalogue's rules", async () => {
    const found = await db.one(
      select({
        middle: fn.substring(users.name, 2, 2),
        before: fn.substring(users.name, -1, 4),
        at: fn.position(users.name, "n"),
        half: fn.round(users.score),
        up: fn.round(users.score.mul(-1)),
        month: fn.dateTrunc("month", users.at),
        week: fn.dateTrunc("week", users.at),
        quarter: fn.dateTrunc("quarter", users.at),
        year: fn.extract("year", users.at),
        epoch: fn.extract("epoch", users.at),
        later: fn.dateAdd(users.at, 1, "year"),
        day: fn.toDate(users.at),
        seconds: fn.secondsBetween(users.at, new Date("2024-02-29T12:35:00.000Z")),
      })
        .from(users)
        .where(users.id.eq(2)),
    );
    expect(found).toEqual({
      middle: "ob",
      before: "bo",
      at: 0,
      half: 3,
      up: -3,
      month: new Date("2024-02-01T00:00:00Z"),
      week: new Date("2024-02-26T00:00:00Z"),
      quarter: new Date("2024-01-01T00:00:00Z"),
      year: 2024,
      epoch: 1709210096,
      later: new Date("2025-02-28T12:34:56.789Z"),
      day: "2024-02-29",
      seconds: 3.211,
    });
    expect((await db.one(select({ id: fn.randomUuid() }))).id).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  test("IN: any length, by placeholders in powers of two", async () => {
    expect(await ids(users.id.in([1, 3, 99]))).toEqual([1, 3]);
    expect(await ids(users.id.in([]))).toEqual([]);
    expect(await ids(users.id.notIn([]))).toEqual([1, 2, 3]);
    expect(await ids(users.id.notIn([1]))).toEqual([2, 3]);
    const many = Array.from({ length: 100_000 }, (_, i) => i + 3);
    expect(await ids(users.id.in(many))).toEqual([3]);
    expect(await ids(users.name.in(many.map((n) => `name ${n}`).concat("bob")))).toEqual([2]);
    expect(await ids(users.at.in(Array.from({ length: 20_000 }, (_, i) => new Date(1_700_000_000_000 + i))))).toEqual(
      [],
    );
    expect(
      textOf(
        select({ id: users.id })
          .from(users)
          .where(users.id.in([1, 2, 3])),
      ),
    ).toBe("select `id` from `users` where `id` in (?, ?, ?, ?)");
  });

  test("upserts: by the key that is named, by any, or nothing; other keys in the way are errors", async () => {
    const again = { id: 1, name: "Ann", age: 50 };
    const upsert = insertInto(users)
      .values(again)
      .onConflict(users.id)
      .doUpdate({ age: excluded(users.age).add(1) });
    expect(await db.run(upsert)).toMatchObject({ affected: 1 });
    expect(await ids(users.age.eq(51))).toEqual([1]);
    await expect(
      db.run(insertInto(users).values({ id: 77, name: "bob", age: 1 }).onConflict(users.id).doUpdate({ age: 1 })),
    ).rejects.toMatchObject({ code: "UNIQUE_VIOLATION", message: expect.stringContaining("another unique key") });
    expect(
      await db.run(insertInto(users).values({ id: 77, name: "bob" }).onConflict().doUpdate({ age: 7 })),
    ).toMatchObject({ affected: 1 });
    expect(await ids(users.age.eq(7))).toEqual([2]);
    expect(await db.run(insertInto(users).values({ id: 1, name: "x" }).onConflict(users.id).doNothing())).toEqual({
      affected: 0,
    });
    expect(await db.run(insertInto(users).values({ id: 9, name: "y" }).onConflict(users.id).doNothing())).toMatchObject(
      { affected: 1 },
    );
    const some = [
      { id: 1, name: "q" },
      { id: 10, name: "r" },
      { id: 11, name: "s" },
    ];
    expect(await db.run(insertInto(users).values(some).onConflict(users.id).doNothing())).toMatchObject({
      affected: 2,
    });
    expect(await db.run(insertInto(users).values(some).onConflict(users.id).doUpdate({ age: 3 }))).toMatchObject({
      affected: 3,
    });
    const copied = insertInto(users)
      .select(
        select({ id: users.id, name: users.name.concat("*"), age: users.age })
          .from(users)
          .where(users.id.eq(1)),
      )
      .onConflict(users.id)
      .doUpdate({ name: excluded(users.name) });
    expect(await db.run(copied)).toMatchObject({ affected: 1 });
    expect(await ids(users.name.eq("Ann*"))).toEqual([1]);
    expect(
      textOf(
        insertInto(posts)
          .values({ id: 1, userId: 1, title: "t", length: 1 })
          .onConflict()
          .doUpdate({ title: excluded(posts.title) }),
      ),
    ).toEqual([
      "insert into `posts` (`id`, `userId`, `title`, `length`) values (?, ?, ?, ?) as `athanor new` on duplicate key update `title` = `athanor new`.`title`",
      "insert into `posts` (`id`, `userId`, `title`, `length`) values (?, ?, ?, ?) on duplicate key update `title` = values(`title`)",
    ]);
  });

  test("REPLACE, INSERT IGNORE, defaults, and the keys of inserted rows", async () => {
    expect(await db.run(replaceInto(users).values({ id: 2, name: "Bea" }))).toMatchObject({ affected: 1 });
    expect(await ids(users.name.eq("Bea"))).toEqual([2]);
    expect(
      await db.run(
        insertInto(users)
          .values([
            { id: 2, name: "no" },
            { id: 20, name: "yes" },
          ])
          .ignore(),
      ),
    ).toMatchObject({ affected: 1 });
    expect(
      await db.run(
        insertInto(posts).values([
          { userId: 1, title: "x", length: 1 },
          { userId: 1, title: "y", length: 1 },
        ]),
      ),
    ).toMatchObject({
      affected: 2,
      insertedKey: expect.any(Number),
    });
    expect(await db.run(insertInto(users).values([{ id: 0, name: "zero" }]))).toMatchObject({ affected: 1 });
    expect(await ids(users.name.eq("zero"))).toEqual([0]);
  });

  test("updates compute from the row as it was", async () => {
    await db.run(
      update(posts)
        .set({ length: posts.id, id: posts.length.add(100) })
        .where(posts.id.eq(1)),
    );
    expect(
      await db.all(select({ id: posts.id, length: posts.length }).from(posts).where(posts.title.eq("one"))),
    ).toEqual([{ id: 110, length: 1 }]);
    expect(
      textOf(
        update(users)
          .set({ age: users.age.add(1), score: users.age.mul(1) as never })
          .where(users.id.eq(1)),
      ),
    ).toEqual([
      "update `users` set `score` = `age` * ?, `age` = `age` + ? where `id` = ?",
      "update `users` set `age` = `age` + ?, `score` = `age` * ? where `id` = ?",
    ]);
    expect(() =>
      compile(update(posts).set({ length: posts.id, id: posts.length }).where(posts.id.eq(1)), mysqlDialect),
    ).toThrow(/made of each other/);
  });

  test("updates and deletes that read other sources", async () => {
    const set = update(users)
      .set({ age: posts.length })
      .from(posts)
      .where(posts.userId.eq(users.id), posts.title.eq("three"));
    expect(await db.run(set)).toMatchObject({ affected: 1 });
    expect(await ids(users.age.eq(20))).toEqual([3]);
    expect(textOf(set)).toBe(
      "update `users` cross join `posts` set `users`.`age` = `posts`.`length` where `posts`.`userId` = `users`.`id` and `posts`.`title` = ?",
    );
    const gone = deleteFrom(posts).using(users).where(posts.userId.eq(users.id), users.name.eq("Ann"));
    expect(await db.run(gone)).toMatchObject({ affected: 2 });
    expect(textOf(gone)).toBe(
      "delete `posts` from `posts` cross join `users` where `posts`.`userId` = `users`.`id` and `users`.`name` = ?",
    );
  });

  test("limits, offsets and locks", async () => {
    const page = select({ id: users.id }).from(users).orderBy(users.id.asc());
    expect(await db.all(page.limit(1).offset(1))).toEqual([{ id: 2 }]);
    expect(await db.all(page.offset(1))).toEqual([{ id: 2 }, { id: 3 }]);
    expect(textOf(page.offset(1))).toBe(
      "select `id` from `users` order by `id` asc limit 18446744073709551615 offset ?",
    );
    await db.transaction(async (tx: any) => {
      expect(await tx.all(page.forShare())).toHaveLength(3);
      expect(await tx.all(page.forUpdate({ skipLocked: true }))).toHaveLength(3);
    });
    expect(textOf(page.forShare())).toEqual([
      "select `id` from `users` order by `id` asc for share",
      "select `id` from `users` order by `id` asc lock in share mode",
    ]);
  });

  test("rows written down, as a source", async () => {
    const wanted = values("wanted", { id: integer(), label: text() }, [
      { id: 1, label: "first" },
      { id: 3, label: "third" },
    ]);
    const statement = select({ name: users.name, label: wanted.label })
      .from(users)
      .join(wanted, wanted.id.eq(users.id))
      .orderBy(users.id.asc());
    expect(await db.all(statement)).toEqual([
      { name: "Ann", label: "first" },
      { name: "Cid!", label: "third" },
    ]);
    const odd = values("odd", { n: integer(), t: text(), d: decimal(), at: timestamp(), ok: boolean(), raw: bytes() }, [
      { n: 1, t: 'a"\\\0😀', d: "1.10", at: new Date("2024-01-01T00:00:00.001Z"), ok: false, raw: new Uint8Array([0]) },
      { n: 2, t: "x".repeat(70_000), d: "-0.5", at: new Date(0), ok: true, raw: new Uint8Array([1, 2]) },
    ]);
    const { raw: _, ...plain } = { n: odd.n, t: odd.t, d: odd.d, at: odd.at, ok: odd.ok, raw: odd.raw };
    for (const selection of [plain, { ...plain, raw: odd.raw }]) {
      const found: any[] = await db.all(select(selection).from(odd).orderBy(odd.n.asc()));
      expect(found.map(({ n, t, ok }) => [n, t.length, ok])).toEqual([
        [1, 6, false],
        [2, 70_000, true],
      ]);
      expect(found[0].t).toBe('a"\\\0😀');
    }
  });

  test("bound texts of any length beside UNION", async () => {
    const long = "x".repeat(70_000);
    const joined = select({ n: literal(1), t: literal("a") }).unionAll(select({ n: literal(2), t: literal(long) }));
    const found: any[] = await db.all(joined.orderBy((one) => one.n.asc()));
    expect(found.map(({ t }) => t.length)).toEqual([1, 70_000]);
    const inside: any[] = await db.all(select({ t: joined.as("j").t }).from(joined.as("j")));
    expect(inside.map(({ t }) => t.length).sort()).toEqual([1, 70_000]);
  });

  test("recursion whose text and numbers outgrow the first row", async () => {
    const walk = recursiveAll(
      "walk",
      select({ n: literal(1), path: users.name })
        .from(users)
        .where(users.id.eq(1)),
      (self) =>
        select({ n: self.n.mul(3000), path: self.path.concat(" > a long name that goes on and on") })
          .from(self)
          .where(self.n.lt(10_000_000_000)),
    );
    const found: any[] = await db.all(select({ n: walk.n, path: walk.path }).from(walk).orderBy(walk.n.asc()));
    expect(found.map(({ n, path }) => [n, path.length])).toEqual([
      [1, 3],
      [3000, 37],
      [9_000_000, 71],
      [27_000_000_000, 105],
    ]);
  });

  test("row values, CASE, nested conditions and grouping by a key", async () => {
    expect(await ids(or(and(users.id.eq(1), not(users.active.eq(false))), users.name.eq("bob")))).toEqual([1, 2]);
    const other = alias(users, "other");
    const statement = select({
      name: users.name,
      n: fn.count(other.id),
      kind: caseWhen(users.age.gt(28), literal("old")).else(literal("young")),
    })
      .from(users)
      .leftJoin(other, other.id.gt(users.id))
      .groupBy(users.id)
      .orderBy(users.id.asc());
    expect(await db.all(statement)).toEqual([
      { name: "Ann", n: 2, kind: "old" },
      { name: "bob", n: 1, kind: "young" },
      { name: "Cid!", n: 0, kind: "young" },
    ]);
  });

  test("what the database does not have is refused by name", () => {
    const full = select({ id: users.id }).from(users).fullJoin(posts, posts.userId.eq(users.id));
    expect(() => compile(full, mariadbDialect)).toThrow("MariaDB has no FULL JOIN");
    expect(() => compile(full, mysqlDialect)).toThrow("MySQL has no FULL JOIN");
    const returned = insertInto(users).values({ name: "x" }).returning({ id: users.id });
    expect(() => compile(returned, mysqlDialect)).toThrow("MySQL has no INSERT RETURNING");
    expect(() =>
      compile(select({ id: users.id }).from(table("a😀", { id: integer().primaryKey() }) as never), mysqlDialect),
    ).toThrow(/past U\+FFFF/);
  });
});

test("every text that is asked for differs or agrees on purpose", () => {
  expect(textOf(select({ o: jsonObject({ a: users.name }) }).from(users))).toEqual([
    "select json_object('a', `name`) as `o` from `users`",
    "select json_object('a' collate utf8mb4_bin, `name`) as `o` from `users`",
  ]);
  const rows = values("v", { a: integer() }, [{ a: 1 }]);
  expect(textOf(select({ a: rows.a }).from(rows))).toEqual([
    "select `a` from (values row(?)) as `v` (`a`)",
    "select `a` from json_table(?, '$[*]' columns (`a` bigint path '$[0]')) as `v`",
  ]);
  expect(textOf(select({ n: fn.count() }).from(users).groupBySets(rollup(users.age)))).toBe(
    "select count(*) as `n` from `users` group by `age` with rollup",
  );
  const sorted = select({ n: fn.count() })
    .from(users)
    .groupBySets(rollup(users.age))
    .orderBy(users.age.desc())
    .limit(3);
  expect(textOf(sorted)).toEqual([
    "select count(*) as `n` from `users` group by `age` with rollup order by `age` desc limit ?",
    "select `c0` as `n` from (select count(*) as `c0`, `age` as `c1` from `users` group by `age` with rollup) as `athanor rows` order by `c1` desc limit ?",
  ]);
  const raw = values("v", { a: bytes() }, [{ a: new Uint8Array(1) }, { a: new Uint8Array(2) }]);
  expect(textOf(select({ a: raw.a }).from(raw))).toEqual([
    "select `a` from (values row(?), row(?)) as `v` (`a`)",
    "select `a` from (with `v` (`a`) as (select concat(?, '') union all select concat(?, '')) select * from `v`) as `v`",
  ]);
  const ages = cte("ages", select({ age: users.age }).from(users));
  expect(textOf(select({ age: ages.age }).from(ages))).toBe(
    "with `ages` as (select `age` from `users`) select `age` from `ages`",
  );
  expect(row).toBeTypeOf("function");
});
