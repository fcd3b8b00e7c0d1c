import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Driver, Row } from "../../../core/dialect/index.ts";
import { Cancelled, StatementTimeout } from "../../../core/index.ts";
import { hasPostgres, type TemporaryDatabase, temporaryDatabase } from "../../support/postgres.ts";
import { driver, failure, pause, query, using, value, within } from "./support.ts";

describe.skipIf(!hasPostgres)("streams from PostgreSQL", () => {
  let database: TemporaryDatabase;
  let postgres: Driver;
  beforeAll(async () => {
    database = await temporaryDatabase();
    postgres = driver(database.url, { max: 1 });
  });
  afterAll(async () => {
    await postgres.close();
    await database[Symbol.asyncDispose]();
  });

  const numbers = (to: number) => query("select generate_series(1, $1::int)", to);

  async function sizes(batches: AsyncIterable<readonly Row[]>): Promise<number[]> {
    const found: number[] = [];
    for await (const batch of batches) found.push(batch.length);
    return found;
  }

  for (const state of ["outside", "inside"] as const) {
    describe(`${state} a transaction`, () => {
      async function run(work: Parameters<typeof using>[1]): Promise<void> {
        await using(postgres, async (c) => {
          if (state === "inside") await c.execute("begin");
          await work(c);
          if (state === "inside") await c.execute("rollback");
        });
      }

      test("every row comes once, in batches", async () => {
        await run(async (c) => {
          expect(await sizes(c.stream(numbers(10), 4))).toEqual([4, 4, 2]);
          expect(await sizes(c.stream(numbers(8), 4))).toEqual([4, 4]);
          expect(await sizes(c.stream(numbers(0), 4))).toEqual([]);
          const seen: unknown[] = [];
          for await (const batch of c.stream(numbers(1_000), 100)) seen.push(...batch.map((row) => row[0]));
          expect(seen).toEqual(Array.from({ length: 1_000 }, (_, i) => String(i + 1)));
        });
      });

      test("ended early, it ends on the server, and the next statement works", async () => {
        await run(async (c) => {
          for await (const batch of c.stream(numbers(1_000_000_000), 10)) {
            expect(batch).toHaveLength(10);
            break;
          }
          expect(await value(c, "select 1")).toBe("1");
          expect(await value(c, "select count(*) from pg_cursors where name <> ''")).toBe("0");
        });
      });

      test("an error before or amid its rows is thrown, and the next statement works", async () => {
        await using(postgres, async (c) => {
          for (const text of ["select * from nowhere", "select 1 / (5 - n) from generate_series(1, 10) as n"]) {
            if (state === "inside") await c.execute("begin");
            const error = await failure(sizes(c.stream(query(text), 2)));
            expect(error).toMatchObject({ sql: text, transaction: state === "inside" ? "failed" : "open" });
            if (state === "inside") await c.execute("rollback");
            expect(await value(c, "select 1")).toBe("1");
          }
        });
      });

      test("is cancelled while it waits for rows, and while its user does", async () => {
        await using(postgres, async (c) => {
          if (state === "inside") await c.execute("begin");
          expect(await failure(sizes(c.stream(query("select pg_sleep(20)"), 2, within(100))))).toBeInstanceOf(
            StatementTimeout,
          );
          if (state === "inside") await c.execute("rollback");
          expect(await value(c, "select 1")).toBe("1");

          if (state === "inside") await c.execute("begin");
          const controller = new AbortController();
          const slow = (async () => {
            for await (const _ of c.stream(numbers(1_000_000), 2, { signal: controller.signal })) {
              controller.abort();
              await pause(50);
            }
          })();
          expect(await failure(slow)).toBeInstanceOf(Cancelled);
          expect(c.usable).toBe(true);
          if (state === "inside") await c.execute("rollback");
          expect(await value(c, "select 1")).toBe("1");
        });
      });

      test("the user's own error ends it", async () => {
        await run(async (c) => {
          const failed = (async () => {
            for await (const _ of c.stream(numbers(1_000_000), 2)) throw new Error("mine");
          })();
          expect(await failure(failed)).toMatchObject({ message: "mine" });
          expect(await value(c, "select 1")).toBe("1");
        });
      });
    });
  }

  test("inside a transaction, other statements run between two batches", async () => {
    await using(postgres, async (c) => {
      await c.execute("begin; create temp table copied (n int) on commit drop");
      for await (const batch of c.stream(numbers(9), 2)) {
        for (const [n] of batch) await c.query(query("insert into copied values ($1)", n));
      }
      expect(await value(c, "select sum(n) from copied")).toBe("45");
      await c.execute("rollback");
    });
  });

  test("holds no more than its batches, however many rows there are", async () => {
    await using(postgres, async (c) => {
      let rows = 0;
      let most = 0;
      globalThis.gc?.();
      const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
      for await (const batch of c.stream(
        query("select n, repeat('x', 1000) from generate_series(1, 200000) as n"),
        100,
      )) {
        rows += batch.length;
        if (rows % 20_000 === 0)
          most = Math.max(most, process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before);
      }
      expect(rows).toBe(200_000);
      // All of them at once would be 200 megabytes.
      expect(most).toBeLessThan(100 * 1024 * 1024);
    });
  });
});
