// The text of random trees is one that PostgreSQL accepts, with the types it works out for every placeholder.
import { describe, expect, test } from "vitest";
import { compile } from "../../../core/compile/compile.ts";
import type { Connection } from "../../../core/dialect/index.ts";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";
import { hasPostgres, temporaryDatabase } from "../../support/postgres.ts";
import { deepest, RandomExpressions, selecting } from "../../support/random-expressions.ts";
import { driver, failure, pipeline, using } from "./support.ts";

const trees = 100_000;
const together = 250;

describe.skipIf(!hasPostgres)("random trees", () => {
  test(`PostgreSQL accepts the text of ${trees} of them`, { timeout: 180_000 }, async () => {
    await using database = await temporaryDatabase();
    await database.run("create table t (id integer primary key, name text)");
    const postgres = driver(database.url, { prepare: false });
    const refused: string[] = [];
    await using(postgres, async (c) => {
      for (let from = 0; from < trees; from += together) {
        const queries = Array.from({ length: together }, (_, i) => queryOf(from + i));
        if (await accepts(c, queries)) continue;
        for (const [i, one] of queries.entries()) {
          if (!(await accepts(c, [one]))) refused.push(`seed ${from + i}: ${one.text}`);
        }
      }
    });
    await postgres.close();
    expect(refused).toEqual([]);
  });
});

function queryOf(seed: number) {
  const generator = new RandomExpressions(seed, "C");
  const depth = 1 + generator.below(seed % 100 === 0 ? deepest : 12);
  return compile(selecting(generator.condition(depth)), postgresDialect).query();
}

/** Whether the server takes them. That a product of constants does not fit an integer is no fault of the text. */
async function accepts(c: Connection, queries: readonly ReturnType<typeof queryOf>[]): Promise<boolean> {
  const running = pipeline(c, ...queries);
  const error = await running.then(
    () => undefined,
    () => failure(running),
  );
  if (error === undefined) return true;
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  return queries.length === 1 && cause?.code === "22003";
}
