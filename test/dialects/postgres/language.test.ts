// PostgreSQL's own language, on the server.
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import {
  array,
  bigint,
  bytes,
  type Database,
  fn,
  insertInto,
  integer,
  json,
  literal,
  param,
  select,
  sequence,
  table,
  text,
  timestamptz,
} from "../../../core/index.ts";
import {
  arrays,
  commitPrepared,
  copyFrom,
  copyInto,
  copyTextInto,
  currentValue,
  fullText,
  generateSeries,
  jsonb,
  listen,
  lockInTransaction,
  network,
  nextBigint,
  nextValue,
  notify,
  type PostgresFeatures,
  postgres,
  preparedTransactions,
  prepareTransaction,
  ranges,
  rollbackPrepared,
  setValue,
  tryLockInTransaction,
  unnest,
  unnestWithPosition,
  vectors,
  withLock,
  withLockIfFree,
} from "../../../dialects/postgres/index.ts";
import { type SqliteFeatures, sqlite } from "../../../dialects/sqlite/index.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { failure, pause } from "./support.ts";

const posts = table("posts", {
  id: integer().primaryKey(),
  title: text(),
  tags: array(text()),
  scores: array(integer()).nullable(),
  doc: json<{ a: number; b?: string; list?: { n: number }[] }>(),
  during: ranges.tstzrange().nullable(),
  pages: ranges.int4range(),
  words: fullText.tsvector().generatedAs(() => fullText.toTsVector(posts.title, { language: "english" })),
  from: network.inet().nullable(),
});
const numbers = sequence("numbers", { start: 10 });
const rows = table("rows", {
  id: integer().primaryKey(),
  big: bigint().nullable(),
  text: text().nullable(),
  data: bytes().nullable(),
  at: timestamptz().nullable(),
  doc: json<unknown>().nullable(),
  tags: array(text()).nullable(),
});

const monday = new Date("2024-01-01T00:00:00Z");
const friday = new Date("2024-01-05T00:00:00Z");

describe.skipIf(!hasPostgres)("PostgreSQL's own language", () => {
  let database: TemporaryDatabase;
  let db: Database<PostgresFeatures>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    db = postgres(database.url);
    await db.create([posts, rows, numbers]);
    await db.run(
      insertInto(posts).values([
        {
          id: 1,
          title: "The fat cats sat",
          tags: ["a", "b"],
          scores: [1, 5],
          doc: { a: 1, b: "x", list: [{ n: 1 }, { n: 2 }] },
          during: { lower: monday, upper: friday },
          pages: { lower: 1, upper: 5, includesUpper: true },
          from: "10.0.0.1",
        },
        { id: 2, title: "A dog barked at a cat", tags: [], doc: { a: 2 }, pages: "empty" },
      ]),
    );
  });
  afterAll(async () => {
    await db.close();
    await database[Symbol.asyncDispose]();
  });

  const first = posts.id.eq(1);

  test("arrays", async () => {
    const query = select({
      contains: arrays.contains(posts.tags, ["a"]),
      containedBy: arrays.containedBy(posts.tags, ["a", "b", "c"]),
      overlaps: arrays.overlaps(posts.tags, ["x", "b"]),
      any: literal(5, integer()).eq(arrays.any(posts.scores)),
      all: literal(5, integer()).gte(arrays.all(posts.scores)),
      length: arrays.length(posts.tags),
      second: arrays.element(posts.tags, 2),
      third: arrays.element(posts.tags, 3),
      slice: arrays.slice(posts.tags, 2, 5),
      concat: arrays.concat(posts.tags, ["c"]),
      append: arrays.append(posts.tags, "d"),
      remove: arrays.remove(posts.tags, "a"),
      replace: arrays.replace(posts.tags, "a", "A"),
      position: arrays.position(posts.tags, "b"),
      join: arrays.join(posts.tags, "-"),
      list: arrays.list(integer(), posts.id, posts.id.add(1)),
      none: arrays.list(text()),
    })
      .from(posts)
      .where(first);
    const row = await db.one(query);
    expect(row).toEqual({
      contains: true,
      containedBy: true,
      overlaps: true,
      any: true,
      all: true,
      length: 2,
      second: "b",
      third: null,
      slice: ["b"],
      concat: ["a", "b", "c"],
      append: ["a", "b", "d"],
      remove: ["b"],
      replace: ["A", "b"],
      position: 2,
      join: "a-b",
      list: [1, 2],
      none: [],
    });
    expectTypeOf(row).toEqualTypeOf<{
      contains: boolean;
      containedBy: boolean;
      overlaps: boolean;
      any: boolean | null;
      all: boolean | null;
      length: number;
      second: string | null;
      third: string | null;
      slice: string[];
      concat: string[];
      append: string[];
      remove: string[];
      replace: string[];
      position: number | null;
      join: string;
      list: number[];
      none: string[];
    }>();
    const wanted = db.prepare(
      select({ id: posts.id })
        .from(posts)
        .where(arrays.overlaps(posts.tags, param("tags", array(text())))),
    );
    expect(await wanted.all({ tags: ["b", "z"] })).toEqual([{ id: 1 }]);
  });

  test("elements as rows, and series", async () => {
    const tag = unnestWithPosition("tag", posts.tags);
    expect(
      await db.all(
        select({ id: posts.id, tag: tag.value, at: tag.position })
          .from(posts)
          .joinLateral(tag, literal(true))
          .orderBy(tag.position.asc()),
      ),
    ).toEqual([
      { id: 1, tag: "a", at: 1 },
      { id: 1, tag: "b", at: 2 },
    ]);
    const given = unnest("given", literal([3, 1, 2], array(integer())));
    expect(await db.all(select({ n: given.value }).from(given).orderBy(given.value.asc()))).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
    const day = generateSeries("day", timestamptz(), monday, friday, "P2D");
    expect(await db.all(select({ day: day.value }).from(day))).toEqual([
      { day: monday },
      { day: new Date("2024-01-03T00:00:00Z") },
      { day: friday },
    ]);
    const n = generateSeries("n", integer(), 1, 10, 4);
    expect(await db.all(select({ n: n.value }).from(n))).toEqual([{ n: 1 }, { n: 5 }, { n: 9 }]);
  });

  test("binary JSON", async () => {
    const row = await db.one(
      select({
        contains: jsonb.contains(posts.doc, { list: [{ n: 2 }] }),
        containedBy: jsonb.containedBy(posts.doc, { a: 1, b: "x", list: [{ n: 1 }, { n: 2 }] }),
        hasKey: jsonb.hasKey(posts.doc, "b"),
        hasAny: jsonb.hasAnyKey(posts.doc, ["z", "b"]),
        hasAll: jsonb.hasAllKeys(posts.doc, ["z", "b"]),
        merge: jsonb.merge(posts.doc, { b: "y" }),
        without: jsonb.without(posts.doc, "list", "b"),
        exists: jsonb.pathExists(posts.doc, "$.list[*] ? (@.n > 1)"),
        matches: jsonb.pathMatches(posts.doc, "$.a > 1"),
        found: jsonb.pathQuery(posts.doc, "$.list[*].n"),
        pretty: jsonb.pretty(jsonb.without(posts.doc, "list", "b")),
        stripped: jsonb.stripNulls(literal({ a: null, b: 1 }, json<{ a: null; b: number }>())),
      })
        .from(posts)
        .where(first),
    );
    expect(row).toEqual({
      contains: true,
      containedBy: true,
      hasKey: true,
      hasAny: true,
      hasAll: false,
      merge: { a: 1, b: "y", list: [{ n: 1 }, { n: 2 }] },
      without: { a: 1 },
      exists: true,
      matches: false,
      found: [1, 2],
      pretty: '{\n    "a": 1\n}',
      stripped: { b: 1 },
    });
  });

  test("ranges", async () => {
    const row = await db.one(
      select({
        during: posts.during,
        pages: posts.pages,
        now: ranges.contains(posts.during, new Date("2024-01-02T00:00:00Z")),
        whole: ranges.contains(posts.pages, { lower: 2, upper: 3 }),
        within: ranges.containedBy(posts.pages, { lower: null, upper: 100 }),
        overlaps: ranges.overlaps(posts.pages, { lower: 5, upper: null }),
        adjacent: ranges.adjacent(posts.pages, { lower: 6, upper: 7 }),
        before: ranges.before(posts.pages, { lower: 6, upper: 7 }),
        after: ranges.after(posts.pages, { lower: 6, upper: 7 }),
        common: ranges.intersect(posts.pages, { lower: 4, upper: 9 }),
        both: ranges.union(posts.pages, { lower: 6, upper: 9 }),
        lower: ranges.lower(posts.during),
        upper: ranges.upper(posts.pages),
        empty: ranges.isEmpty(posts.pages),
      })
        .from(posts)
        .where(first),
    );
    const whole = { includesLower: true, includesUpper: false };
    expect(row).toEqual({
      during: { lower: monday, upper: friday, ...whole },
      pages: { lower: 1, upper: 6, ...whole },
      now: true,
      whole: true,
      within: true,
      overlaps: true,
      adjacent: true,
      before: true,
      after: false,
      common: { lower: 4, upper: 6, ...whole },
      both: { lower: 1, upper: 9, ...whole },
      lower: monday,
      upper: 6,
      empty: false,
    });
    expect(
      await db.all(select({ pages: posts.pages, during: posts.during }).from(posts).where(posts.id.eq(2))),
    ).toEqual([{ pages: "empty", during: null }]);
    const types = await db.one(
      select({
        big: literal({ lower: 1n, upper: 2n ** 60n }, ranges.int8range()),
        exact: literal({ lower: "0.10", upper: null, includesLower: false }, ranges.numrange()),
        days: literal({ lower: "2024-01-01", upper: "2024-02-01" }, ranges.daterange()),
        local: literal({ lower: monday, upper: friday, includesUpper: true }, ranges.tsrange()),
      }),
    );
    expect(types).toEqual({
      big: { lower: 1n, upper: 2n ** 60n, ...whole },
      exact: { lower: "0.10", upper: null, includesLower: false, includesUpper: false },
      days: { lower: "2024-01-01", upper: "2024-02-01", ...whole },
      local: { lower: monday, upper: friday, includesLower: true, includesUpper: true },
    });
  });

  test("full text search", async () => {
    const query = fullText.webSearch("cat -dog", { language: "english" });
    const row = await db.one(
      select({
        id: posts.id,
        rank: fullText.rank(posts.words, query),
        cover: fullText.rankByCover(posts.words, query),
        headline: fullText.headline(posts.title, query, { language: "english", start: "[", stop: "]" }),
        lexemes: fullText.lexemes(posts.words),
      })
        .from(posts)
        .where(fullText.matches(posts.words, query)),
    );
    expect(row).toEqual({
      id: 1,
      rank: expect.any(Number),
      cover: expect.any(Number),
      headline: "The fat [cats] sat",
      lexemes: ["cat", "fat", "sat"],
    });
    const count = (search: Parameters<typeof fullText.matches>[1]) =>
      db.scalar(
        select({ n: fn.count() })
          .from(posts)
          .where(fullText.matches(posts.words, search as ReturnType<typeof fullText.plainSearch>)),
      );
    expect(await count(fullText.plainSearch("dog cat", { language: "english" }))).toBe(1);
    expect(await count(fullText.phraseSearch("fat cat", { language: "english" }))).toBe(1);
    expect(await count(fullText.toTsQuery("dog | fat", { language: "english" }))).toBe(2);
    const weighted = fullText.concat(
      fullText.weighted(fullText.toTsVector(posts.title, { language: "simple" }), "A"),
      fullText.toTsVector(literal("more", text()), { language: "simple" }),
    );
    expect(await db.scalar(select({ w: weighted }).from(posts).where(first))).toBe(
      "'cats':3A 'fat':2A 'more':5 'sat':4A 'the':1A",
    );
    expect(await failure(db.all(select({ q: fullText.toTsQuery("a &", { language: "english" }) })))).toMatchObject({
      code: "SYNTAX",
    });
  });

  test("network addresses", async () => {
    const row = await db.one(
      select({
        from: posts.from,
        within: network.within(posts.from, "10.0.0.0/8"),
        contains: network.contains(literal("10.0.0.0/8", network.cidr()), posts.from),
        overlaps: network.overlaps(posts.from, "11.0.0.0/8"),
        host: network.host(literal("10.0.0.1/8", network.inet())),
        network: network.network(literal("10.0.0.1/8", network.inet())),
        mask: network.maskLength(literal("10.0.0.1/8", network.inet())),
        family: network.family(posts.from),
        mac: literal("08:00:2b:01:02:03", network.macaddr()),
      })
        .from(posts)
        .where(first),
    );
    expect(row).toEqual({
      from: "10.0.0.1",
      within: true,
      contains: true,
      overlaps: false,
      host: "10.0.0.1",
      network: "10.0.0.0/8",
      mask: 8,
      family: 4,
      mac: "08:00:2b:01:02:03",
    });
    expect(
      await db.all(
        select({ id: posts.id })
          .from(posts)
          .where(posts.from.in(["10.0.0.1"])),
      ),
    ).toEqual([{ id: 1 }]);
    expect(
      await db.scalar(
        select({ all: fn.jsonAgg({ from: posts.from, pages: posts.pages, tags: posts.tags }) })
          .from(posts)
          .where(first),
      ),
    ).toEqual([
      { from: "10.0.0.1", pages: { lower: 1, upper: 6, includesLower: true, includesUpper: false }, tags: ["a", "b"] },
    ]);
  });

  test("sequences", async () => {
    await db.connection(async (c) => {
      expect(await c.scalar(select({ n: nextValue(numbers) }))).toBe(10);
      expect(await c.scalar(select({ n: nextBigint(numbers) }))).toBe(11n);
      expect(await c.scalar(select({ n: currentValue(numbers) }))).toBe(11);
      expect(await c.scalar(select({ n: setValue(numbers, 100) }))).toBe(100);
      expect(await c.scalar(select({ n: nextValue(numbers) }))).toBe(101);
    });
  });

  test("a database that lacks them does not take them", async () => {
    const lite = sqlite(":memory:");
    expectTypeOf<Database<SqliteFeatures>>().toEqualTypeOf(lite);
    // @ts-expect-error this database has no ARRAYS
    expect(await failure(lite.all(select({ n: arrays.length(posts.tags) }).from(posts)))).toMatchObject({
      code: "COMPILE",
    });
    // @ts-expect-error this database has no JSONB
    expect(await failure(lite.all(select({ n: jsonb.hasKey(rows.doc, "a") }).from(rows)))).toMatchObject({
      code: "COMPILE",
    });
    const near = select({ n: vectors.distance(literal([1], vectors.vector(1)), [2]) });
    // @ts-expect-error this database has no VECTORS
    expect(await failure(lite.all(near))).toMatchObject({ code: "COMPILE" });
    await lite.close();
  });

  describe("locks", () => {
    test("of a transaction end with it; who tries does not wait", async () => {
      await db.transaction(async (a) => {
        await lockInTransaction(a, "job");
        const other = await db.begin.call(db).catch((error: unknown) => error);
        expect(other).toMatchObject({ code: "OUTER_HANDLE" });
      });
      const a = await db.begin();
      const b = await db.begin();
      await lockInTransaction(a, "job");
      expect(await tryLockInTransaction(b, "job")).toBe(false);
      expect(await tryLockInTransaction(b, "another job")).toBe(true);
      expect(await failure(lockInTransaction(b, "job", { timeout: 50 }))).toMatchObject({ code: "STATEMENT_TIMEOUT" });
      await b.rollback();
      await a.commit();
    });

    test("of a session are held while the work runs", async () => {
      const order: string[] = [];
      const work = (name: string) => async () => {
        order.push(`${name} begins`);
        await pause(20);
        order.push(`${name} ends`);
        return name;
      };
      expect(await Promise.all([withLock(db, 7n, work("a")), withLock(db, 7n, work("b"))])).toEqual(["a", "b"]);
      expect(order[1]).toBe(`${order[0]?.[0]} ends`);
      const held = withLock(db, 7n, () => withLockIfFree(db, 7n, () => "free"));
      expect(await held).toBeUndefined();
      expect(await withLockIfFree(db, 7n, () => "free")).toEqual({ result: "free" });
      expect(
        await Promise.all(
          [1, 2].map(() =>
            withLock(db, "shared", () => withLockIfFree(db, "shared", () => "both", { shared: true }), {
              shared: true,
            }),
          ),
        ),
      ).toEqual([{ result: "both" }, { result: "both" }]);
      expect(
        await database.run(
          "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
        ),
      ).toEqual([]);
    });
  });

  describe("notifications", () => {
    test("come to those who listen, once they are committed, and not after they have stopped", async () => {
      const subscription = await listen(db, ["news", 'odd "name"']);
      const iterator = subscription[Symbol.asyncIterator]();
      await notify(db, "news", "one");
      await db.transaction(async (tx) => {
        await notify(tx, 'odd "name"', "two");
        await notify(tx, "elsewhere", "not for us");
      });
      expect((await iterator.next()).value).toMatchObject({ channel: "news", payload: "one" });
      expect((await iterator.next()).value).toMatchObject({ channel: 'odd "name"', payload: "two" });
      const last = iterator.next();
      await subscription.close();
      expect(await last).toEqual({ done: true, value: undefined });
      expect(await failure(notify(db, "news", "x".repeat(8_000)))).toMatchObject({ code: "PARAMETER" });
    });

    test("end when their connection is lost, with an error, and when the database is closed, without", async () => {
      const other = postgres(database.url, { applicationName: "listens" });
      const lost = await listen(other, "news");
      const reading = failure(
        (async () => {
          for await (const _ of lost) throw new Error("nothing was sent");
        })(),
      );
      await database.run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listens'");
      expect(await reading).toMatchObject({ code: "DISCONNECTED" });
      const closed = await listen(other, "news");
      const end = closed[Symbol.asyncIterator]().next();
      await other.close();
      expect(await end).toEqual({ done: true, value: undefined });
    });
  });

  describe("COPY", () => {
    const every = [
      {
        id: 1,
        big: 2n ** 60n,
        text: "tab\tnew\nline\\back\r",
        data: new Uint8Array([0, 255]),
        at: monday,
        doc: { "a\tb": ["\\N", "\n"] },
        tags: ["a", "{", "\\"],
      },
      { id: 2, big: null, text: "\\N", data: new Uint8Array(), at: friday, doc: [], tags: [] },
      { id: 3, big: 0n, text: "", data: null, at: null, doc: null, tags: null },
    ];

    test("takes rows of every type in, which come out equal", async () => {
      expect(await copyInto(db, rows, every)).toBe(3);
      expect(await db.all(select(rows).orderBy(rows.id.asc()))).toEqual(every);
      const copied: Uint8Array[] = [];
      for await (const chunk of copyFrom(
        db,
        select({ id: rows.id, text: rows.text }).from(rows).orderBy(rows.id.asc()),
      ))
        copied.push(chunk);
      expect(Buffer.concat(copied).toString()).toBe("1\ttab\\tnew\\nline\\\\back\\r\n2\t\\\\N\n3\t\n");
      const csv: Uint8Array[] = [];
      for await (const chunk of copyFrom(db, select({ id: rows.id }).from(rows).orderBy(rows.id.asc()), {
        format: "csv",
        header: true,
      }))
        csv.push(chunk);
      expect(Buffer.concat(csv).toString()).toBe("id\n1\n2\n3\n");
      await db.execute("delete from rows");
    });

    test("takes many rows, from a source that makes them as they are wanted, inside a transaction", async () => {
      async function* many() {
        for (let id = 0; id < 100_000; id++) yield { id, text: `row ${id}` };
      }
      await db.transaction(async (tx) => {
        expect(await copyInto(tx, rows, many())).toBe(100_000);
        expect(await tx.scalar(select({ n: fn.count() }).from(rows))).toBe(100_000);
        await tx.rollback();
      });
      expect(await db.scalar(select({ n: fn.count() }).from(rows))).toBe(0);
    });

    test("of text goes through files in both directions", async () => {
      await copyInto(
        db,
        rows,
        every.map(({ id, text }) => ({ id, text })),
      );
      const chunks: Uint8Array[] = [];
      for await (const chunk of copyFrom(db, select({ id: rows.id, text: rows.text }).from(rows), { format: "binary" }))
        chunks.push(chunk);
      await db.execute("delete from rows");
      async function* again() {
        yield* chunks;
      }
      expect(await copyTextInto(db, rows, again(), { format: "binary", columns: ["id", "text"] })).toBe(3);
      expect(await db.all(select({ id: rows.id, text: rows.text }).from(rows).orderBy(rows.id.asc()))).toEqual(
        every.map(({ id, text }) => ({ id, text })),
      );
      await db.execute("delete from rows");
    });

    test("writes nothing if its source fails, a value is refused, or a row has other columns, and says why", async () => {
      async function* failing() {
        yield { id: 1 };
        throw new Error("the file ended");
      }
      expect(await failure(copyInto(db, rows, failing()))).toMatchObject({ message: "the file ended" });
      expect(await failure(copyInto(db, rows, [{ id: 1 }, { id: 1.5 }]))).toMatchObject({ code: "PARAMETER" });
      expect(await failure(copyInto(db, rows, [{ id: 1 }, { id: 2, text: "x" }]))).toMatchObject({
        code: "PARAMETER",
        message: expect.stringContaining('"text"'),
      });
      expect(await failure(copyInto(db, rows, [{ id: 1, text: "a" }, { id: 2 }]))).toMatchObject({
        code: "PARAMETER",
        message: expect.stringContaining('"text"'),
      });
      expect(await failure(copyInto(db, rows, [{ id: 1 }, { id: 1 }]))).toMatchObject({ code: "UNIQUE_VIOLATION" });
      expect(await copyInto(db, rows, [])).toBe(0);
      expect(await db.scalar(select({ n: fn.count() }).from(rows))).toBe(0);
    });

    test("is cancelled while its source is slow, and while its reader is; the database goes on", async () => {
      const one = postgres(database.url, { max: 1 });
      async function* slow() {
        yield { id: 1 };
        await pause(300);
        yield { id: 2 };
      }
      expect(await failure(copyInto(one, rows, slow(), { timeout: 50 }))).toMatchObject({ code: "STATEMENT_TIMEOUT" });
      expect(await one.scalar(select({ n: fn.count() }).from(rows))).toBe(0);
      const series = generateSeries("n", integer(), 1, 5_000_000);
      const view = select({ n: series.value }).from(series);
      expect(
        await failure(
          (async () => {
            for await (const _ of copyFrom(one, view)) break;
          })(),
        ),
      ).toMatchObject({ code: "COMPILE" });
      await one.execute("create view many as select generate_series(1, 5000000) as n");
      const many = table("many", { n: integer() });
      let bytes = 0;
      for await (const chunk of copyFrom(one, select({ n: many.n }).from(many))) {
        bytes += chunk.length;
        if (bytes > 1_000_000) break;
      }
      expect(await one.scalar(select({ n: fn.count() }).from(rows))).toBe(0);
      await one.close();
    });
  });

  test("two-phase commit, or the server's word that it does not allow it", async () => {
    const allowed = Number((await database.run("show max_prepared_transactions"))[0]?.max_prepared_transactions) > 0;
    const tx = await db.begin();
    await tx.run(insertInto(rows).values({ id: 1 }));
    if (!allowed) {
      expect(await failure(prepareTransaction(tx, "it's mine"))).toMatchObject({
        code: "DATABASE",
        message: expect.stringContaining("prepared transactions are disabled"),
      });
      await tx.rollback();
      expect(await preparedTransactions(db)).toEqual([]);
      expect(await failure(commitPrepared(db, "it's mine"))).toMatchObject({ code: "UNDEFINED_OBJECT" });
      expect(await failure(rollbackPrepared(db, "it's mine"))).toMatchObject({ code: "UNDEFINED_OBJECT" });
      return;
    }
    await prepareTransaction(tx, "it's mine");
    expect(await preparedTransactions(db)).toMatchObject([{ name: "it's mine" }]);
    expect(await db.scalar(select({ n: fn.count() }).from(rows))).toBe(0);
    await commitPrepared(db, "it's mine");
    expect(await db.scalar(select({ n: fn.count() }).from(rows))).toBe(1);
    await db.execute("delete from rows");
  });
});
