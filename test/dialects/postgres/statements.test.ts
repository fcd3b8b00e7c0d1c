import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Driver } from "../../../core/dialect/index.ts";
import { DatabaseError, ParameterError, UniqueViolation } from "../../../core/index.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { driver, failure, pipeline, query, using, value } from "./support.ts";

describe.skipIf(!hasPostgres)("statements on PostgreSQL", () => {
  let database: TemporaryDatabase;
  let postgres: Driver;
  beforeAll(async () => {
    database = await temporaryDatabase();
    postgres = driver(database.url);
  });
  afterAll(async () => {
    await postgres.close();
    await database[Symbol.asyncDispose]();
  });

  test("rows are arrays of the server's text, in the order of the columns, whatever the labels", async () => {
    const result = await using(postgres, (c) =>
      c.query(query("select 1 as a, 'é' as a, null as a, true as a, 1.50::numeric as a, '\\x00ff'::bytea as a")),
    );
    expect(result.rows).toEqual([["1", "é", null, "t", "1.50", "\\x00ff"]]);
    expect(result.tag).toBe("SELECT 1");
    expect(result.affected).toBe(0);
  });

  test("parameters go as text, bytes as they are", async () => {
    const parameters = ["9007199254740993", new Uint8Array([0, 255]), null, "a\\b'c", 7, 8n, true];
    const text = "select $1::int8, $2::bytea, $3::text, $4::text, $5::int, $6::int8, $7::bool";
    const { rows } = await using(postgres, (c) => c.query(query(text, ...parameters)));
    expect(rows).toEqual([["9007199254740993", "\\x00ff", null, "a\\b'c", "7", "8", "t"]]);
  });

  test("a session is in UTC and ISO whatever the server's defaults, also in a pool that was given", async () => {
    const check =
      "select current_setting('timezone'), current_setting('datestyle'), current_setting('intervalstyle'), current_setting('extra_float_digits')";
    await database.run(`alter database ${database.name} set timezone = 'Asia/Kathmandu'`);
    await database.run(`alter database ${database.name} set datestyle = 'SQL, DMY'`);
    await database.run(`alter database ${database.name} set intervalstyle = 'sql_standard'`);
    await database.run(`alter database ${database.name} set extra_float_digits = 0`);
    const pool = new pg.Pool({ connectionString: database.url });
    const own = driver(database.url);
    const given = driver(pool as never);
    try {
      for (const it of [own, given]) {
        const { rows } = await using(it, (c) => c.query(query(check)));
        expect(rows[0]?.[0]).toBe("UTC");
        expect(rows[0]?.[1]).toMatch(/^ISO/);
        expect(rows[0]?.[2]).toBe("iso_8601");
        expect(rows[0]?.[3]).toBe("1");
        // A reset must not bring the defaults back.
        await using(it, (c) => c.execute("set timezone = 'Asia/Tokyo'"));
        expect(await using(it, (c) => value(c, "show timezone"))).toBe("UTC");
      }
    } finally {
      await own.close();
      await given.close();
      // A pool that was given stays open: it is its owner's to end.
      expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
      await pool.end();
      for (const name of ["timezone", "datestyle", "intervalstyle", "extra_float_digits"]) {
        await database.run(`alter database ${database.name} reset ${name}`);
      }
    }
  });

  test("a pool whose clients pipeline is refused with the fix", async () => {
    const pool = new pg.Pool({ connectionString: database.url, pipeline: true } as pg.PoolConfig);
    const given = driver(pool as never);
    expect(await failure(given.acquire("read"))).toMatchObject({
      code: "CANNOT_CONNECT",
      message: expect.stringContaining("Give a pool without it"),
    });
    await pool.end();
  });

  test("text with NUL is refused before it is sent: the protocol would end the text there", async () => {
    await using(postgres, async (c) => {
      expect(await failure(c.query(query("select 1\0; drop table users")))).toBeInstanceOf(ParameterError);
      expect(await failure(c.execute("select 1\0"))).toBeInstanceOf(ParameterError);
      expect(await value(c, "select 2")).toBe("2");
    });
  });

  test("what was written is counted", async () => {
    await using(postgres, async (c) => {
      await c.execute("create temp table counted (id int primary key)");
      expect(await c.query(query("insert into counted select generate_series(1, 5)"))).toMatchObject({
        affected: 5,
        tag: "INSERT 0 5",
      });
      expect(await c.query(query("update counted set id = id + 10 where id > 2"))).toMatchObject({ affected: 3 });
      expect(await c.query(query("delete from counted where id > 10 returning id"))).toMatchObject({
        affected: 3,
        rows: [["13"], ["14"], ["15"]],
      });
    });
  });

  test("a statement is parsed once for each text, and its name is reused", async () => {
    await using(postgres, async (c) => {
      for (const n of [1, 2, 3]) expect(await value(c, "select $1::int + 100", n)).toBe(String(n + 100));
      expect(
        await value(c, "select count(*) from pg_prepared_statements where statement = 'select $1::int + 100'"),
      ).toBe("1");
    });
  });

  test("no more statements stay prepared than allowed, and the one unused for longest goes", async () => {
    const small = driver(database.url, { preparedLimit: 3 });
    await using(small, async (c) => {
      for (let i = 0; i < 20; i++) {
        expect(await value(c, "select 'kept'")).toBe("kept");
        expect(await value(c, `select ${i}`)).toBe(String(i));
      }
      const { rows } = await c.query({ ...query("select statement from pg_prepared_statements"), prepare: false });
      expect(rows.length).toBeLessThanOrEqual(4);
      expect(rows.flat()).toContain("select 'kept'");
    });
    await small.close();
  });

  test("nothing is prepared by name where that is switched off", async () => {
    const plain = driver(database.url, { prepare: false });
    await using(plain, async (c) => {
      expect(await value(c, "select $1::int", 1)).toBe("1");
      expect(await value(c, "select count(*) from pg_prepared_statements")).toBe("0");
    });
    await plain.close();
  });

  test("a plan that no longer fits its table is made anew", async () => {
    await using(postgres, async (c) => {
      await c.execute("create table changing (a int); insert into changing values (1)");
      expect((await c.query(query("select * from changing"))).rows).toEqual([["1"]]);
      await database.run("alter table changing add column b text default 'new'");
      expect((await c.query(query("select * from changing"))).rows).toEqual([["1", "new"]]);

      await database.run("alter table changing drop column b");
      await c.execute("begin");
      // Inside a transaction the transaction is lost to it; running it again helps, and then it works.
      expect(await failure(c.query(query("select * from changing")))).toMatchObject({
        retryable: "transaction",
        transaction: "failed",
      });
      await c.execute("rollback");
      expect((await c.query(query("select * from changing"))).rows).toEqual([["1"]]);
    });
  });

  test("statements that the user has deallocated are prepared again", async () => {
    await using(postgres, async (c) => {
      await value(c, "select 'mine'");
      await c.execute("deallocate all");
      expect(await value(c, "select 'mine'")).toBe("mine");
      // Where the text does not show it, the server says so.
      await c.query(query("do $$ begin execute 'deallocate all'; end $$"));
      expect(await value(c, "select 'mine'")).toBe("mine");
    });
  });

  test("a statement that failed to parse can be sent again", async () => {
    await using(postgres, async (c) => {
      for (let i = 0; i < 3; i++)
        expect(await failure(c.query(query("selec 1")))).toMatchObject({
          code: "SYNTAX",
          sql: "selec 1",
        });
      await c.execute("create temp table later (a int)");
      await failure(c.query(query("select b from later")));
      await c.execute("alter table later add column b int");
      expect((await c.query(query("select b from later"))).rows).toEqual([]);
    });
  });

  describe("a pipeline", () => {
    test("gives each statement's result, in order", async () => {
      const results = await using(postgres, (c) =>
        pipeline(c, query("select 1"), query("select $1::text", "x"), query("select 3 where false")),
      );
      expect(results).toMatchObject([{ rows: [["1"]] }, { rows: [["x"]] }, { rows: [] }]);
    });

    test("stops at the first error, says which statement it was, and has done nothing outside a transaction", async () => {
      await using(postgres, async (c) => {
        await c.execute("create table piped (id int primary key)");
        const insert = "insert into piped values ($1)";
        const error = await failure(
          pipeline(c, query(insert, 1), query("insert into piped values (1)"), query(insert, 3)),
        );
        expect(error).toBeInstanceOf(UniqueViolation);
        expect(error).toMatchObject({
          sql: "insert into piped values (1)",
          constraint: "piped_pkey",
          table: "piped",
          columns: ["id"],
          transaction: "open",
        });
        expect(await value(c, "select count(*) from piped")).toBe("0");
      });
    });

    test("with BEGIN and COMMIT in it is one transaction; after an error it is to be rolled back", async () => {
      await using(postgres, async (c) => {
        await c.execute("create table piped_in (id int primary key)");
        const insert = query("insert into piped_in values (1)");
        const error = await failure(pipeline(c, query("begin"), insert, insert, query("commit")));
        expect(error).toMatchObject({ code: "UNIQUE_VIOLATION", transaction: "failed" });
        expect(await c.execute("commit")).toMatchObject({ tag: "ROLLBACK" });
        const done = await pipeline(c, query("begin"), insert, query("commit"));
        expect(done.map((result) => result.tag)).toEqual(["BEGIN", "INSERT 0 1", "COMMIT"]);
      });
    });

    test("of thousands of statements works", async () => {
      const many = Array.from({ length: 5_000 }, (_, i) => query("select $1::int, repeat('x', 100)", i));
      const results = await using(postgres, (c) => pipeline(c, ...many));
      expect(results.map((result) => result.rows[0]?.[0])).toEqual(many.map((_, i) => String(i)));
    });
  });

  describe("errors", () => {
    test("never show a value, but have it at hand", async () => {
      await using(postgres, async (c) => {
        const error = (await failure(c.query(query("select $1::int", "secret!")))) as DatabaseError;
        expect(error).toBeInstanceOf(DatabaseError);
        expect(error.message).toBe('invalid input syntax for type integer: "…"');
        expect(error.parameters).toEqual(["secret!"]);
        const { inspect } = await import("node:util");
        expect(inspect(error, { depth: 10 })).not.toContain("secret!");
        expect(JSON.stringify(error)).not.toContain("secret!");
      });
    });

    test("are of one class for each cause, with what they concern", async () => {
      await using(postgres, async (c) => {
        await c.execute(`create table owners (id int primary key);
          create table owned (id int primary key, owner int not null references owners (id), n int check (n > 0), during int4range, exclude using gist (during with &&))`);
        await c.query(query("insert into owners values (1)"));
        await c.query(query("insert into owned values (1, 1, 1, '[1,5)')"));
        const cases: readonly [text: string, facts: object][] = [
          [
            "insert into owned values (1, 1, 1, null)",
            { code: "UNIQUE_VIOLATION", constraint: "owned_pkey", table: "owned", columns: ["id"] },
          ],
          [
            "insert into owned values (2, 9, 1, null)",
            { code: "FOREIGN_KEY_VIOLATION", constraint: "owned_owner_fkey", columns: ["owner"] },
          ],
          ["delete from owners", { code: "FOREIGN_KEY_VIOLATION", constraint: "owned_owner_fkey", table: "owned" }],
          [
            "insert into owned values (2, null, 1, null)",
            { code: "NOT_NULL_VIOLATION", table: "owned", columns: ["owner"] },
          ],
          [
            "insert into owned values (2, 1, 0, null)",
            { code: "CHECK_VIOLATION", constraint: "owned_n_check", table: "owned" },
          ],
          [
            "insert into owned values (2, 1, 1, '[2,3)')",
            { code: "EXCLUSION_VIOLATION", constraint: "owned_during_excl", columns: ["during"] },
          ],
          ["select * from nowhere", { code: "UNDEFINED_OBJECT" }],
          ["select nothing from owned", { code: "UNDEFINED_OBJECT" }],
          ["select nofunction(1)", { code: "UNDEFINED_OBJECT" }],
          ["select from where", { code: "SYNTAX" }],
          ["select 1 / 0", { code: "DATABASE", retryable: "no" }],
        ];
        for (const [text, facts] of cases) {
          expect(await failure(c.query(query(text)))).toMatchObject({
            ...facts,
            sql: text,
            transaction: "open",
            connectionInvalidated: false,
          });
        }
        await c.execute("begin read only");
        expect(await failure(c.query(query("insert into owners values (2)")))).toMatchObject({
          code: "READ_ONLY",
          transaction: "failed",
        });
        expect(await failure(c.query(query("select 1")))).toMatchObject({
          code: "TRANSACTION_ABORTED",
          transaction: "failed",
        });
        await c.execute("rollback");
      });
    });
  });
});
