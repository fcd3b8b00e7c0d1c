// What MySQL and MariaDB have beyond the common language.
import {
  bigint,
  CompileError,
  compile,
  type Database,
  deleteFrom,
  fn,
  index,
  insertInto,
  integer,
  select,
  sequence,
  table,
  text,
  timestamp,
  update,
  varchar,
} from "athanor";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  commitPrepared,
  currentValue,
  fullText,
  inet4,
  inet6,
  type MariadbFeatures,
  mariadb,
  mariadbDialect,
  mediumint,
  mysqlDialect,
  nextBigint,
  nextValue,
  preparedTransactions,
  prepareTransaction,
  rollbackPrepared,
  set,
  setValue,
  tinyint,
  unsignedBigint,
  unsignedInteger,
  unsignedMediumint,
  unsignedSmallint,
  unsignedTinyint,
  withLock,
  withLockIfFree,
  year,
} from "../../../dialects/mysql/index.ts";
import { failure, hasMariadb, TemporaryDatabase } from "./support.ts";

const posts = table(
  "posts",
  { id: unsignedInteger().primaryKey(), title: varchar(100), body: text() },
  { constraints: (post) => [index(post.title, post.body).using("fulltext")] },
);
const odd = table("odd", {
  id: unsignedBigint().primaryKey(),
  tiny: tinyint(),
  medium: mediumint(),
  one: unsignedTinyint(),
  two: unsignedSmallint(),
  three: unsignedMediumint(),
  colours: set(["red", "green", "it's blue"]),
  year: year(),
  changed: timestamp().default(fn.now()).onUpdate(fn.now()),
});
const hosts = table("hosts", { id: integer().primaryKey(), v4: inet4(), v6: inet6() });
const numbers = sequence("order numbers", { start: 100, increment: 10 });

describe.skipIf(!hasMariadb)("on MariaDB", () => {
  let temporary: TemporaryDatabase;
  let db: Database<MariadbFeatures>;
  beforeAll(async () => {
    temporary = await TemporaryDatabase.create();
    db = mariadb(temporary.url());
    await db.create({ posts, odd, hosts, numbers });
    await db.run(
      insertInto(posts).values([
        { title: "The furnace", body: "An athanor keeps an even heat." },
        { title: "Steam", body: "Nothing of the kind; but a furnace too." },
        { title: "Water", body: "Cold." },
      ]),
    );
  });
  beforeEach(() => db.run(deleteFrom(odd).everyRow()));
  afterAll(async () => {
    await db.close();
    await temporary[Symbol.asyncDispose]();
  });

  test("full text: matches and scores, in every mode", async () => {
    const found = (condition: ReturnType<typeof fullText.matches<[typeof posts.title, typeof posts.body]>>) =>
      db.all(select({ id: posts.id }).from(posts).where(condition).orderBy(posts.id.asc()));
    expect(await found(fullText.matches([posts.title, posts.body], "furnace"))).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await found(fullText.matches([posts.title, posts.body], "+furnace -Steam", "boolean"))).toEqual([{ id: 1 }]);
    expect(await found(fullText.matches([posts.title, posts.body], "athanor", "query expansion"))).toContainEqual({
      id: 1,
    });
    const scored = await db.all(
      select({
        id: posts.id,
        score: fullText.score([posts.title, posts.body], "athanor heat"),
        hit: fullText.matches([posts.title, posts.body], "athanor heat"),
      })
        .from(posts)
        .orderBy(posts.id.asc()),
    );
    expect(scored.map(({ id, score, hit }) => [id, score > 0, hit])).toEqual([
      [1, true, true],
      [2, false, false],
      [3, false, false],
    ]);
  });

  test("numbers of every size and sign, sets and years come back, or are refused", async () => {
    const row = {
      id: 18446744073709551615n,
      tiny: -128,
      medium: -8388608,
      one: 255,
      two: 65535,
      three: 16777215,
      colours: ["it's blue", "red"] as const,
      year: 2155,
    };
    await db.run(insertInto(odd).values(row));
    const { changed: _, ...found } = await db.one(select(odd));
    expect(found).toEqual({ ...row, colours: ["red", "it's blue"] });
    await db.run(update(odd).set({ colours: [] }).where(odd.id.eq(row.id)));
    expect(await db.one(select({ colours: odd.colours, less: odd.one.sub(odd.two) }).from(odd))).toEqual({
      colours: [],
      less: -65280,
    });
    for (const wrong of [
      { tiny: 128 },
      { one: -1 },
      { two: 65536 },
      { three: 2 ** 24 },
      { id: -1n },
      { year: 1900 },
      { colours: ["pink"] as never },
    ]) {
      expect(await failure(db.run(insertInto(odd).values({ ...row, ...wrong })))).toMatchObject({ code: "PARAMETER" });
    }
  });

  test("ON UPDATE CURRENT_TIMESTAMP changes the column where an update does not", async () => {
    await temporary.run(
      "insert into odd (id, tiny, medium, one, two, three, colours, year, changed) values (1, 1, 1, 1, 1, 1, '', 2000, '2001-01-01')",
    );
    await temporary.run("update odd set tiny = 2");
    const { changed } = await db.one(select({ changed: odd.changed }).from(odd));
    expect(changed.getTime()).toBeGreaterThan(Date.parse("2026-01-01"));
  });

  test("network addresses are kept as such", async () => {
    await db.run(insertInto(hosts).values({ id: 1, v4: "10.0.0.1", v6: "::ffff" }));
    expect(await db.all(select({ v4: hosts.v4, v6: hosts.v6 }).from(hosts).where(hosts.v4.eq("10.0.0.1")))).toEqual([
      { v4: "10.0.0.1", v6: "::ffff" },
    ]);
    expect(await failure(db.run(insertInto(hosts).values({ id: 2, v4: "10.0.0.256", v6: "::" })))).toMatchObject({
      code: "DATABASE",
    });
  });

  test("sequences give, tell and set their numbers", async () => {
    await db.connection(async (connection) => {
      expect(await connection.one(select({ n: nextValue(numbers) }))).toEqual({ n: 100 });
      expect(await connection.one(select({ n: nextBigint(numbers), last: currentValue(numbers) }))).toMatchObject({
        n: 110n,
      });
      await connection.one(select({ n: setValue(numbers, 500) }));
      expect(await connection.one(select({ n: nextValue(numbers) }))).toEqual({ n: 510 });
    });
    await db.run(
      insertInto(odd).values({
        id: 1n,
        tiny: 1,
        medium: nextValue(numbers),
        one: 1,
        two: 1,
        three: 1,
        colours: [],
        year: 2000,
      }),
    );
    expect(await db.one(select({ medium: odd.medium }).from(odd))).toEqual({ medium: 520 });
  });

  test("rows come back from inserts, replaces and deletes", async () => {
    const inserted = await db.all(
      insertInto(posts)
        .values([
          { title: "a", body: "b" },
          { title: "c", body: "d" },
        ])
        .returning({ id: posts.id, title: posts.title }),
    );
    expect(inserted.map(({ title }) => title)).toEqual(["a", "c"]);
    const gone = await db.all(
      deleteFrom(posts)
        .where(posts.id.in(inserted.map(({ id }) => id)))
        .returning(posts),
    );
    expect(gone).toHaveLength(2);
    expect(
      await failure(
        db.run(
          insertInto(posts)
            .values({ id: 1, title: "x", body: "y" })
            .onConflict(posts.id)
            .doNothing()
            .returning({ id: posts.id }),
        ),
      ),
    ).toBeInstanceOf(CompileError);
  });

  test("two phases: prepared here, committed or undone by any session", async () => {
    const ids = async (): Promise<readonly unknown[]> =>
      (await db.all(select({ id: hosts.id }).from(hosts).where(hosts.id.gt(10)))).map(({ id }) => id);
    const insert = (id: number) => insertInto(hosts).values({ id, v4: "1.2.3.4", v6: "::1" });
    await prepareTransaction(db, "it's one", (connection) => connection.run(insert(11)));
    await prepareTransaction(db, "two", (connection) => connection.run(insert(12)));
    expect(await preparedTransactions(db)).toEqual(expect.arrayContaining(["it's one", "two"]));
    expect(await ids()).toEqual([]);
    await commitPrepared(db, "it's one");
    await rollbackPrepared(db, "two");
    expect(await ids()).toEqual([11]);
    await expect(
      prepareTransaction(db, "three", async (connection) => {
        await connection.run(insert(13));
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await ids()).toEqual([11]);
    expect(await preparedTransactions(db)).not.toContain("three");
  });

  test("named locks keep others out, and are free afterwards", async () => {
    const name = `a lock with a name that is longer than the server's 64 characters ${temporary.name}`;
    const seen = await withLock(db, name, async () => [await withLockIfFree(db, name, () => "both"), "one"]);
    expect(seen).toEqual([undefined, "one"]);
    expect(await withLockIfFree(db, name, () => "free")).toBe("free");
    await expect(withLock(db, name, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(await withLockIfFree(db, name, () => "free again")).toBe("free again");
    const waiting = withLock(db, name, () => failure(withLock(db, name, () => undefined, { timeout: 100 })));
    expect(await waiting).toMatchObject({ code: "STATEMENT_TIMEOUT" });
  });
});

test("what they are written as, on both", () => {
  const search = select({ id: posts.id })
    .from(posts)
    .where(fullText.matches([posts.title, posts.body], "a", "boolean"));
  const text = "select `id` from `posts` where (match (`title`, `body`) against (? in boolean mode) > 0)";
  expect([mysqlDialect, mariadbDialect].map((dialect) => compile(search, dialect).text)).toEqual([text, text]);
  const next = select({ n: nextValue(numbers) });
  expect(compile(next, mariadbDialect).text).toBe("select nextval(`order numbers`) as `n`");
  expect(() => compile(next, mysqlDialect)).toThrow("MySQL has no SEQUENCES");
  expect(() => set(["a,b"])).toThrow(/cannot have the word/);
  expect(mysqlDialect.features.has("NETWORK")).toBe(false);
  expect(bigint).toBeTypeOf("function");
});
