// Core's language on PostgreSQL: what is sent where PostgreSQL is particular, and what comes back.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  alias,
  and,
  array,
  bigint,
  boolean,
  bytes,
  caseWhen,
  coalesce,
  compile,
  cte,
  type Database,
  date,
  decimal,
  deleteFrom,
  double,
  type ExprOf,
  enumeration,
  excluded,
  exists,
  type Feature,
  fn,
  insertInto,
  integer,
  interval,
  json,
  jsonArray,
  jsonObject,
  literal,
  mergeInto,
  orderedBy,
  param,
  partitionBy,
  recursiveAll,
  row,
  type Statement,
  select,
  sql,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  update,
  uuid,
  values,
  varchar,
} from "../../../core/index.ts";
import { type PostgresFeatures, postgres, postgresDialect } from "../../../dialects/postgres/index.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";

const people = table("people", {
  id: integer().primaryKey(),
  name: text(),
  nick: varchar(20).nullable(),
  born: date().nullable(),
  height: double().nullable(),
  boss: integer().nullable(),
});
const things = table("things", {
  id: integer().primaryKey(),
  big: bigint(),
  price: decimal(10, 2),
  ok: boolean(),
  at: timestamptz(),
  local: timestamp(),
  precise: timestamptz("precise", { as: "string" }),
  day: date(),
  clock: time(),
  span: interval(),
  doc: json<{ a: number; b?: { c: string }[] }>(),
  data: bytes(),
  key: uuid(),
  mood: enumeration(["happy", "sad"]),
  tags: array(text()),
  ratio: double(),
});

const at = new Date("2024-02-29T12:34:56.789Z");
const thing = {
  id: 1,
  big: 9007199254740993n,
  price: "12.50" as const,
  ok: true,
  at,
  local: at,
  precise: "2024-02-29T12:34:56.789123Z",
  day: "2024-02-29",
  clock: "12:34:56.5",
  span: "P1Y2M3DT4H5M6.5S",
  doc: { a: 1, b: [{ c: "x" }] },
  data: new Uint8Array([0, 1, 255]),
  key: "0189c4a5-6d4c-7000-8000-000000000001",
  mood: "happy" as const,
  tags: ["a", 'b"c', "d,e", ""],
  ratio: Number.NEGATIVE_INFINITY,
};

describe.skipIf(!hasPostgres)("Core on PostgreSQL", () => {
  let database: TemporaryDatabase;
  let db: Database<PostgresFeatures>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    db = postgres(database.url);
    await db.create([people, things]);
    await db.run(
      insertInto(people).values([
        { id: 1, name: "Ann", nick: "A%", born: "1980-01-31", height: 1.7 },
        { id: 2, name: "bob", born: "1990-06-01", boss: 1 },
        { id: 3, name: "Cy!_", nick: "c", height: 1.8, boss: 2 },
      ]),
    );
    await db.run(insertInto(things).values(thing));
  });
  afterAll(async () => {
    await db.close();
    await database[Symbol.asyncDispose]();
  });

  const textOf = (statement: Statement<any, any>) => compile(statement, postgresDialect).text;

  test("values of every type come back as they were written", async () => {
    expect(await db.one(select(things))).toEqual(thing);
  });

  test("and inside JSON, three levels deep, the same", async () => {
    const inner = select({ thing: things }).from(things);
    const found = await db.one(
      select({ outer: jsonObject({ list: jsonArray(inner) }) })
        .from(people)
        .where(people.id.eq(1)),
    );
    expect(found).toEqual({ outer: { list: [{ thing }] } });
  });

  test("as a literal, every value is what it is", async () => {
    const found = await db.one(
      select({
        big: literal(2n ** 62n, bigint()),
        price: literal("0.10", decimal()),
        at: literal(at, timestamptz()),
        span: literal("P1D", interval()),
        data: literal(new Uint8Array([1]), bytes()),
        tags: literal(["x", "NULL"], array(text())),
        nan: literal(Number.NaN, double()),
      }),
    );
    expect(found).toEqual({
      big: 2n ** 62n,
      price: "0.10",
      at,
      span: "P1D",
      data: new Uint8Array([1]),
      tags: ["x", "NULL"],
      nan: Number.NaN,
    });
  });

  test("a value beside a column goes without a cast, anywhere else with one", async () => {
    const query = select({ id: people.id, plus: people.id.add(1), or: coalesce(people.nick, "none") })
      .from(people)
      .where(people.id.eq(1), people.name.like("A%"), people.id.in([1, 2]), people.height.add(1).gt(2))
      .orderBy(people.id.asc())
      .limit(5);
    expect(textOf(query)).toBe(
      'select "id", "id" + $1::integer as "plus", coalesce("nick", $2::text) as "or" from "people" ' +
        `where "id" = $3 and "name" like $4 escape '!' and "id" = any($5) and "height" + $6::double precision > $7::double precision ` +
        'order by "id" asc limit $8',
    );
    expect(await db.all(query)).toEqual([{ id: 1, plus: 2, or: "A%" }]);
    expect(textOf(insertInto(people).values({ name: "x", boss: 1 }))).toBe(
      'insert into "people" ("name", "boss") values ($1, $2)',
    );
    expect(textOf(update(people).set({ name: "x" }).where(people.id.eq(1)))).toBe(
      'update "people" set "name" = $1 where "id" = $2',
    );
  });

  test("an IN list is one parameter, whatever its length", async () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => i);
    const long = select({ id: people.id }).from(people);
    expect(textOf(long.where(people.id.in(ids)))).toBe(
      'select "id" from "people" where "id" in (select unnest($1::integer[]))',
    );
    expect(textOf(long.where(people.id.notIn(ids)))).toBe(
      'select "id" from "people" where "id" not in (select unnest($1::integer[]))',
    );
    expect(await db.all(long.where(people.id.notIn(ids.slice(2))))).toEqual([{ id: 1 }]);
    expect(
      await db.all(select({ id: people.id }).from(people).where(people.id.in(ids)).orderBy(people.id.asc())),
    ).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(
      await db.all(
        select({ id: people.id })
          .from(people)
          .where(people.id.notIn([1, 2])),
      ),
    ).toEqual([{ id: 3 }]);
    expect(await db.all(select({ id: people.id }).from(people).where(people.id.in([])))).toEqual([]);
    expect(
      await db.all(
        select({ id: people.id })
          .from(people)
          .where(people.name.in(['a"b', "bob", "x,{}"])),
      ),
    ).toEqual([{ id: 2 }]);
    expect(
      await db.all(
        select({ id: people.id })
          .from(people)
          .where(people.born.in(["1980-01-31"])),
      ),
    ).toEqual([{ id: 1 }]);
    expect(
      await db.all(
        select({ id: things.id })
          .from(things)
          .where(things.at.in([at]), things.big.in([9007199254740993n]), things.key.in([thing.key])),
      ),
    ).toEqual([{ id: 1 }]);
    expect(
      await db.all(
        select({ id: people.id })
          .from(people)
          .where(
            row(people.id, people.name).in([
              [2, "bob"],
              [3, "nobody"],
            ]),
          ),
      ),
    ).toEqual([{ id: 2 }]);
  });

  test("matching text: case, wild cards and escapes", async () => {
    const names = async (condition: ExprOf<boolean | null, "people.name" | "people.nick" | Feature<"REGEXP">>) => {
      const query = select({ id: people.id }).from(people).where(condition).orderBy(people.id.asc());
      return (await db.all(query)).map((one) => one.id);
    };
    expect(await names(people.name.like("a%"))).toEqual([]);
    expect(await names(people.name.ilike("a%"))).toEqual([1]);
    expect(await names(people.name.startsWith("A"))).toEqual([1]);
    expect(await names(people.name.endsWith("!_"))).toEqual([3]);
    expect(await names(people.name.contains("%"))).toEqual([]);
    expect(await names(people.name.contains("y!"))).toEqual([3]);
    expect(await names(people.nick.startsWith(people.nick))).toEqual([1, 3]);
    expect(await names(fn.matches(people.name, "^[A-Z]"))).toEqual([1, 3]);
  });

  test("text functions", async () => {
    const name = literal("Héllo wörld", text());
    const found = await db.one(
      select({
        lower: fn.lower(name),
        upper: fn.upper(name),
        length: fn.length(name),
        bytes: fn.byteLength(name),
        trim: fn.trim(literal("  x ", text())),
        trimStart: fn.trimStart(literal("  x ", text())),
        trimEnd: fn.trimEnd(literal("  x ", text())),
        replace: fn.replace(name, "l", "L"),
        substring: fn.substring(name, 2, 3),
        rest: fn.substring(name, 7),
        position: fn.position(name, "wör"),
        nowhere: fn.position(name, "z"),
        left: fn.left(name, 2),
        right: fn.right(name, 2),
        concat: fn.concat(name, literal("!", text())),
      }),
    );
    expect(found).toEqual({
      lower: "héllo wörld",
      upper: "HÉLLO WÖRLD",
      length: 11,
      bytes: 13,
      trim: "x",
      trimStart: "x ",
      trimEnd: "  x",
      replace: "HéLLo wörLd",
      substring: "éll",
      rest: "wörld",
      position: 7,
      nowhere: 0,
      left: "Hé",
      right: "ld",
      concat: "Héllo wörld!",
    });
  });

  test("numeric functions, integers staying integers", async () => {
    const n = literal(-7, integer());
    const d = literal("-2.50", decimal());
    const f = literal(2.5, double());
    const found = await db.one(
      select({
        abs: fn.abs(n),
        sign: fn.sign(n),
        round: fn.round(n),
        ceil: fn.ceil(n),
        floor: fn.floor(n),
        dAbs: fn.abs(d),
        dRound: fn.round(d),
        dOne: fn.round(literal("2.25", decimal()), 1),
        dCeil: fn.ceil(d),
        dFloor: fn.floor(d),
        fRound: fn.round(f),
        fMinus: fn.round(literal(-2.5, double())),
        fOne: fn.round(literal(0.25, double()), 1),
        fCeil: fn.ceil(f),
        fFloor: fn.floor(f),
        power: fn.power(literal(2, integer()), 10),
        sqrt: fn.sqrt(literal(9, double())),
        exp: fn.exp(literal(0, double())),
        ln: fn.ln(literal(1, double())),
        log10: fn.log10(literal(1000, double())),
        quotient: literal(7, integer()).div(2),
        rest: literal(7, integer()).mod(4),
        sum: literal(7, integer()).add(1).mul(2).sub(3),
        exact: literal("0.1", decimal()).add("0.2"),
        large: literal(2n ** 40n, bigint()).mul(2n),
        greatest: fn.greatest(literal(1, integer()), literal(3, integer())),
        least: fn.least(literal(1, integer()), literal(3, integer())),
        bigCeil: fn.ceil(literal(2n ** 60n + 1n, bigint())),
      }),
    );
    expect(found).toEqual({
      abs: 7,
      sign: -1,
      round: -7,
      ceil: -7,
      floor: -7,
      dAbs: "2.50",
      dRound: "-3",
      dOne: "2.3",
      dCeil: "-2",
      dFloor: "-3",
      fRound: 3,
      fMinus: -3,
      fOne: 0.3,
      fCeil: 3,
      fFloor: 2,
      power: 1024,
      sqrt: 3,
      exp: 1,
      ln: 0,
      log10: 3,
      quotient: 3,
      rest: 3,
      sum: 13,
      exact: "0.3",
      large: 2n ** 41n,
      greatest: 3,
      least: 1,
      bigCeil: 2n ** 60n + 1n,
    });
    const { random } = await db.one(select({ random: fn.random() }));
    expect(random >= 0 && random < 1).toBe(true);
  });

  test("greatest and least are null where an argument is", async () => {
    const query = select({
      id: people.id,
      most: fn.greatest(people.height, literal(1.75, double())),
      fewest: fn.least(people.height, literal(1.75, double())),
    })
      .from(people)
      .orderBy(people.id.asc());
    expect(await db.all(query)).toEqual([
      { id: 1, most: 1.75, fewest: 1.7 },
      { id: 2, most: null, fewest: null },
      { id: 3, most: 1.8, fewest: 1.75 },
    ]);
  });

  test("functions of time, in UTC", async () => {
    const found = await db.one(
      select({
        year: fn.extract("year", things.at),
        quarter: fn.extract("quarter", things.at),
        month: fn.extract("month", things.at),
        week: fn.extract("week", things.at),
        day: fn.extract("day", things.at),
        hour: fn.extract("hour", things.at),
        minute: fn.extract("minute", things.at),
        second: fn.extract("second", things.at),
        dow: fn.extract("dayOfWeek", things.at),
        doy: fn.extract("dayOfYear", things.at),
        epoch: fn.extract("epoch", things.at),
        truncYear: fn.dateTrunc("year", things.at),
        truncWeek: fn.dateTrunc("week", things.local),
        truncHour: fn.dateTrunc("hour", things.at),
        nextMonth: fn.dateAdd(things.at, 12, "month"),
        nextQuarter: fn.dateAdd(things.at, 1, "quarter"),
        weekAgo: fn.dateAdd(things.local, -1, "week"),
        seconds: fn.secondsBetween(things.at, new Date(at.getTime() + 1500)),
        date: fn.toDate(things.at),
      }).from(things),
    );
    expect(found).toEqual({
      year: 2024,
      quarter: 1,
      month: 2,
      week: 9,
      day: 29,
      hour: 12,
      minute: 34,
      second: 56,
      dow: 4,
      doy: 60,
      epoch: 1709210096,
      truncYear: new Date("2024-01-01T00:00:00Z"),
      truncWeek: new Date("2024-02-26T00:00:00Z"),
      truncHour: new Date("2024-02-29T12:00:00Z"),
      nextMonth: new Date("2025-02-28T12:34:56.789Z"),
      nextQuarter: new Date("2024-05-29T12:34:56.789Z"),
      weekAgo: new Date("2024-02-22T12:34:56.789Z"),
      seconds: 1.5,
      date: "2024-02-29",
    });
    const now = await db.one(
      select({ now: fn.now(), today: fn.currentDate(), clock: fn.currentTime(), id: fn.randomUuid() }),
    );
    expect(Math.abs(now.now.getTime() - Date.now())).toBeLessThan(60_000);
    expect(now.today).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(now.clock).toMatch(/^\d\d:\d\d:\d\d/);
    expect(now.id).toMatch(/^[\da-f-]{36}$/);
  });

  test("JSON is read and written by bound paths", async () => {
    const found = await db.one(
      select({
        a: fn.jsonGet(things.doc, "a"),
        c: fn.jsonValue(things.doc, ["b", 0, "c"], text()),
        n: fn.jsonValue(things.doc, ["a"], integer()),
        none: fn.jsonGet(things.doc, "'; drop table things"),
        length: fn.jsonLength(things.doc, "b"),
        noLength: fn.jsonLength(things.doc, "a"),
        type: fn.jsonType(things.doc, "b"),
        set: fn.jsonSet(things.doc, ["a"], 2),
        setNull: fn.jsonSet(things.doc, ["a"], null),
        without: fn.jsonRemove(things.doc, "b"),
      }).from(things),
    );
    expect(found).toEqual({
      a: 1,
      c: "x",
      n: 1,
      none: null,
      length: 1,
      noLength: null,
      type: "array",
      set: { a: 2, b: [{ c: "x" }] },
      setNull: { a: null, b: [{ c: "x" }] },
      without: { a: 1 },
    });
  });

  test("aggregates: types and nulls", async () => {
    const query = select({
      n: fn.count(),
      heights: fn.count(people.height),
      sum: fn.sum(people.id),
      avg: fn.avg(people.id),
      min: fn.min(people.name),
      max: fn.max(people.born),
      names: fn.stringAgg(people.name, ",").orderBy(people.id.desc()),
      every: fn.every(people.id.gt(0)),
      some: fn.some(people.id.gt(2)),
      ids: fn.arrayAgg(people.id).orderBy(people.id.desc()),
      nicks: fn.arrayAgg(people.nick).orderBy(people.id.asc()),
      rows: fn.jsonAgg({ id: people.id, born: people.born }).orderBy(people.id.asc()),
      median: fn.percentileCont(0.5, people.id),
      mode: fn.mode(people.boss),
      few: fn.count().filter(people.id.gt(1)),
      distinct: fn.count(people.boss).distinct(),
    }).from(people);
    expect(await db.one(query)).toEqual({
      n: 3,
      heights: 2,
      sum: 6,
      avg: 2,
      min: "Ann",
      max: "1990-06-01",
      names: "Cy!_,bob,Ann",
      every: true,
      some: true,
      ids: [3, 2, 1],
      nicks: ["A%", null, "c"],
      rows: [
        { id: 1, born: "1980-01-31" },
        { id: 2, born: "1990-06-01" },
        { id: 3, born: null },
      ],
      median: 2,
      mode: 1,
      few: 2,
      distinct: 2,
    });
    expect(await db.one(query.where(people.id.lt(0)))).toEqual({
      n: 0,
      heights: 0,
      sum: null,
      avg: null,
      min: null,
      max: null,
      names: null,
      every: null,
      some: null,
      ids: null,
      nicks: null,
      rows: [],
      median: null,
      mode: null,
      few: 0,
      distinct: 0,
    });
    const filtered = select({ rows: fn.jsonAgg({ id: people.id }).filter(people.id.gt(100)) }).from(people);
    expect(await db.one(filtered)).toEqual({ rows: [] });
    const { big } = await db.one(select({ big: fn.sum(things.big) }).from(things));
    expect(big).toBe(9007199254740993n);
    expect(await db.one(select({ price: fn.sum(things.price), mean: fn.avg(things.price) }).from(things))).toEqual({
      price: "12.50",
      mean: "12.5000000000000000",
    });
  });

  test("windows", async () => {
    const window = orderedBy(people.id.asc());
    const query = select({
      id: people.id,
      n: fn.rowNumber().over(window),
      before: fn.lag(people.name).over(window),
      after: fn.lead(people.id, 1, -1).over(window),
      tile: fn.ntile(2).over(window),
      second: fn.nthValue(people.name, 2).over(window),
      running: fn.sum(people.id).over(window),
      all: fn.jsonAgg({ id: people.id }).over(partitionBy(people.boss)),
    })
      .from(people)
      .orderBy(people.id.asc());
    expect(await db.all(query)).toEqual([
      { id: 1, n: 1, before: null, after: 2, tile: 1, second: null, running: 1, all: [{ id: 1 }] },
      { id: 2, n: 2, before: "Ann", after: 3, tile: 1, second: "bob", running: 3, all: [{ id: 2 }] },
      { id: 3, n: 3, before: "bob", after: -1, tile: 2, second: "bob", running: 6, all: [{ id: 3 }] },
    ]);
  });

  test("an expression that is grouped by is sent with the placeholders of the selection", async () => {
    const shifted = people.id.mod(2);
    const query = select({ odd: shifted, n: fn.count() }).from(people).groupBy(shifted).orderBy(shifted.asc());
    expect(await db.all(query)).toEqual([
      { odd: 0, n: 1 },
      { odd: 1, n: 2 },
    ]);
  });

  test("joins, lateral, full joins, recursion, set operations", async () => {
    const bosses = alias(people, "bosses");
    expect(
      await db.all(
        select({ name: people.name, boss: bosses })
          .from(people)
          .leftJoin(bosses, people.boss.eq(bosses.id))
          .where(people.id.lt(3))
          .orderBy(people.id.asc()),
      ),
    ).toMatchObject([
      { name: "Ann", boss: null },
      { name: "bob", boss: { id: 1, name: "Ann" } },
    ]);
    expect(
      await db.all(
        select({ a: people.id, b: bosses.id })
          .from(people)
          .fullJoin(bosses, people.boss.eq(bosses.id))
          .orderBy(people.id.asc().nullsLast(), bosses.id.asc()),
      ),
    ).toEqual([
      { a: 1, b: null },
      { a: 2, b: 1 },
      { a: 3, b: 2 },
      { a: null, b: 3 },
    ]);
    const first = select({ id: bosses.id }).from(bosses).where(bosses.boss.eq(people.id)).limit(1).as("first");
    expect(
      await db.all(
        select({ id: people.id, report: first.id })
          .from(people)
          .leftJoinLateral(first, literal(true, boolean()))
          .orderBy(people.id.asc()),
      ),
    ).toEqual([
      { id: 1, report: 2 },
      { id: 2, report: 3 },
      { id: 3, report: null },
    ]);
    const chain = recursiveAll(
      "chain",
      select({ id: people.id, depth: literal(0, integer()) })
        .from(people)
        .where(people.id.eq(1)),
      (self) =>
        select({ id: people.id, depth: self.depth.add(1) })
          .from(people)
          .join(self, people.boss.eq(self.id)),
    );
    expect(await db.all(select({ id: chain.id, depth: chain.depth }).from(chain).orderBy(chain.id.asc()))).toEqual([
      { id: 1, depth: 0 },
      { id: 2, depth: 1 },
      { id: 3, depth: 2 },
    ]);
    const low = select({ id: people.id }).from(people).where(people.id.lt(3));
    expect(await db.all(low.exceptAll(select({ id: people.id }).from(people).where(people.id.eq(1))))).toEqual([
      { id: 2 },
    ]);
    expect(
      await db.all(
        select({ boss: people.boss })
          .distinct()
          .from(people)
          .where(exists(select({ one: literal(1, integer()) }).from(things)))
          .orderBy(people.boss.asc().nullsFirst()),
      ),
    ).toEqual([{ boss: null }, { boss: 1 }, { boss: 2 }]);
  });

  test("values as a source, and parameters by name", async () => {
    const pairs = values("pairs", { id: integer(), label: text() }, [
      { id: 1, label: "one" },
      { id: 3, label: "three" },
    ]);
    expect(
      await db.all(
        select({ name: people.name, label: pairs.label })
          .from(people)
          .join(pairs, people.id.eq(pairs.id))
          .orderBy(people.id.asc()),
      ),
    ).toEqual([
      { name: "Ann", label: "one" },
      { name: "Cy!_", label: "three" },
    ]);
    const byId = db.prepare(
      select({ name: people.name, same: param("id", integer()) })
        .from(people)
        .where(people.id.eq(param("id", integer()))),
    );
    expect(await byId.one({ id: 2 })).toEqual({ name: "bob", same: 2 });
  });

  test("case, raw SQL, and a whole statement of the user's", async () => {
    expect(
      await db.all(
        select({
          kind: caseWhen(people.id.gt(2), literal("late", text())).else(literal("early", text())),
          raw: sql(integer())`char_length(${people.name}) + ${10}`,
        })
          .from(people)
          .where(people.id.eq(3)),
      ),
    ).toEqual([{ kind: "late", raw: 14 }]);
    expect(
      await db.all(
        sql.statement({
          at: timestamptz(),
          big: bigint(),
        })`select max(${things.at}), max(${things.big}) from ${things}`,
      ),
    ).toEqual([{ at, big: 9007199254740993n }]);
  });

  test("writes: returning, upserts, update from, delete using, writing CTEs", async () => {
    await db
      .transaction(async (tx) => {
        const inserted = await tx.all(
          insertInto(people)
            .values([
              { id: 10, name: "x" },
              { id: 11, name: "y", height: 1 },
            ])
            .returning({ id: people.id, name: people.name }),
        );
        expect(inserted).toEqual([
          { id: 10, name: "x" },
          { id: 11, name: "y" },
        ]);
        const upserted = await tx.one(
          insertInto(people)
            .values({ id: 10, name: "again" })
            .onConflict(people.id)
            .doUpdate({ name: excluded(people.name) })
            .returning({ name: people.name }),
        );
        expect(upserted).toEqual({ name: "again" });
        const bosses = alias(people, "bosses");
        expect(
          await tx.all(
            update(people)
              .set({ nick: bosses.name })
              .from(bosses)
              .where(people.boss.eq(bosses.id), people.id.eq(2))
              .returning({ nick: people.nick }),
          ),
        ).toEqual([{ nick: "Ann" }]);
        const gone = cte("gone", deleteFrom(people).where(people.id.gte(10)).returning({ id: people.id }));
        expect(await tx.all(select({ n: fn.count() }).from(gone))).toEqual([{ n: 2 }]);
        await tx.rollback();
      })
      .catch((error: unknown) => {
        if (!/rolled back|ended/.test(String(error))) throw error;
      });
    expect(await db.scalar(select({ n: fn.count() }).from(people).where(people.id.gte(10)))).toBe(0);
  });

  test("enumerations as types of their own, alone, in lists, arrays and JSON", async () => {
    const values = ["so so", 'qu"ote', "sad"] as const;
    const mood = () => enumeration(values, { type: "Mood of" });
    const moods = table("moods", { id: integer().primaryKey(), mood: mood(), all: array(mood()) });
    await db.create([moods]);
    await db.run(
      insertInto(moods).values([
        { id: 1, mood: "so so", all: ["sad", 'qu"ote'] },
        { id: 2, mood: "sad", all: [] },
      ]),
    );
    const query = select({
      mood: moods.mood,
      all: moods.all,
      least: fn.min(moods.mood).over(partitionBy(moods.id)),
    }).from(moods);
    expect(await db.all(query.where(moods.mood.in(["so so", 'qu"ote'])))).toEqual([
      { mood: "so so", all: ["sad", 'qu"ote'], least: "so so" },
    ]);
    expect(await db.all(query.where(moods.mood.eq("sad"), coalesce(moods.mood, "sad").eq("sad")))).toMatchObject([
      { mood: "sad" },
    ]);
    expect(
      await db.scalar(
        select({
          json: jsonArray(select({ mood: moods.mood, all: moods.all }).from(moods).orderBy(moods.mood.desc())),
        }),
      ),
    ).toEqual([
      { mood: "sad", all: [] },
      { mood: "so so", all: ["sad", 'qu"ote'] },
    ]);
    expect(await db.scalar(select({ l: literal("sad", mood()) }))).toBe("sad");
    // The database has been given a value that the program does not know.
    await db.execute(`alter type "Mood of" add value 'new'`);
    await database.run("update moods set mood = 'new' where id = 2");
    await expect(db.all(query)).rejects.toMatchObject({ code: "DECODE", message: expect.stringContaining('"mood"') });
  });

  test("an upsert by constraint, by a partial index, and by anything", async () => {
    const upserted = table("upserted", { id: integer().primaryKey(), code: text(), live: boolean() });
    await db.create([upserted]);
    await db.execute(
      "alter table upserted add constraint one_code unique (code); create unique index one_live on upserted (live) where live",
    );
    const insert = insertInto(upserted).values({ id: 1, code: "a", live: true });
    await db.run(insert);
    expect(await db.run(insert.onConflict().doNothing())).toMatchObject({ affected: 0 });
    const again = insertInto(upserted).values({ id: 2, code: "a", live: false });
    await db.run(again.onConflictConstraint("one_code").doUpdate({ id: excluded(upserted.id) }));
    expect(await db.all(select(upserted))).toEqual([{ id: 2, code: "a", live: true }]);
  });

  test("merge, branch by branch", async (context) => {
    const [version] = await database.run("show server_version_num");
    // MERGE came with PostgreSQL 15.
    if (Number(version?.server_version_num) < 150_000) context.skip();
    const stock = table("stock", { item: text().primaryKey(), count: integer(), note: text().default(() => "new") });
    await db.create([stock]);
    await db.run(
      insertInto(stock).values([
        { item: "a", count: 1, note: "old" },
        { item: "b", count: 2, note: "old" },
        { item: "c", count: 3, note: "old" },
      ]),
    );
    const come = values("come", { item: text(), count: integer() }, [
      { item: "a", count: 10 },
      { item: "b", count: 0 },
      { item: "d", count: 5 },
      { item: "e", count: 0 },
    ]);
    const merge = mergeInto(stock, come, stock.item.eq(come.item))
      .whenMatched(come.count.eq(0))
      .delete()
      .whenMatched()
      .update({ count: stock.count.add(come.count) })
      .whenNotMatched(come.count.gt(0))
      .insert({ item: come.item, count: come.count })
      .whenNotMatched()
      .doNothing();
    expect(textOf(merge)).toBe(
      'merge into "stock" using (values ($1::text, $2::integer), ($3::text, $4::integer), ($5::text, $6::integer), ($7::text, $8::integer)) as "come" ("item", "count") on "stock"."item" = "come"."item" ' +
        'when matched and ("come"."count" = $9) then delete when matched then update set "count" = "stock"."count" + "come"."count" ' +
        'when not matched and ("come"."count" > $10) then insert ("item", "count", "note") values ("come"."item", "come"."count", $11) when not matched then do nothing',
    );
    expect(await db.run(merge)).toMatchObject({ affected: 3 });
    expect(await db.all(select(stock).orderBy(stock.item.asc()))).toEqual([
      { item: "a", count: 11, note: "old" },
      { item: "c", count: 3, note: "old" },
      { item: "d", count: 5, note: "new" },
    ]);
    // @ts-expect-error merge needs whenMatched() or whenNotMatched()
    await expect(db.run(mergeInto(stock, come, stock.item.eq(come.item)))).rejects.toMatchObject({ code: "COMPILE" });
    const wrong = mergeInto(stock, come, stock.item.eq(come.item)).whenNotMatched(stock.count.gt(1)).doNothing();
    // @ts-expect-error 'stock.count' is not in FROM where no row was met
    await expect(db.run(wrong)).rejects.toMatchObject({ code: "UNDEFINED_OBJECT" });
  });

  test("streams give every row", async () => {
    const seen: number[] = [];
    for await (const one of db.stream(select({ id: people.id }).from(people).orderBy(people.id.asc())))
      seen.push(one.id);
    expect(seen).toEqual([1, 2, 3]);
  });

  test("a batch goes in one round trip and is one transaction", async () => {
    const results = await db.batch([
      select({ n: fn.count() }).from(people),
      insertInto(people).values({ id: 20, name: "batched" }),
      deleteFrom(people).where(people.id.eq(20)),
    ]);
    expect(results[0]).toEqual([{ n: 3 }]);
  });

  test("explain shows the plan", async () => {
    expect(
      await db.explain(
        select({ id: people.id })
          .from(people)
          .where(and(people.id.eq(1), people.name.eq("x"))),
      ),
    ).toMatch(/Scan/);
    expect(await db.explain(select({ id: people.id }).from(people), { analyze: true })).toMatch(/actual time/);
  });
});
