// The text of random trees is one that SQLite accepts.
import { expect, test } from "vitest";
import { compile } from "../../../core/compile/compile.ts";
import { betterSqlite3 } from "../../../dialects/sqlite/better-sqlite3.ts";
import { sqliteDialect } from "../../../dialects/sqlite/dialect.ts";
import { defineFunctions } from "../../../dialects/sqlite/user-functions.ts";
import { deepest, RandomExpressions, selecting } from "../../support/random-expressions.ts";

const trees = 100_000;

test(`SQLite accepts the text of ${trees} random trees`, { timeout: 120_000 }, () => {
  const db = betterSqlite3().open(":memory:", { readOnly: false, mustExist: false, busyTimeout: 0 });
  try {
    defineFunctions(db);
    db.exec("create table t (id integer primary key, name text)");
    const refused: string[] = [];
    for (let seed = 0; seed < trees; seed++) {
      const generator = new RandomExpressions(seed, "nocase");
      // Most trees are small; each hundredth may be as deep as promised.
      const depth = 1 + generator.below(seed % 100 === 0 ? deepest : 12);
      try {
        db.prepare(compile(selecting(generator.condition(depth)), sqliteDialect).text, false);
      } catch (error) {
        refused.push(`seed ${seed}, depth ${depth}: ${(error as Error).message}`);
      }
    }
    expect(refused).toEqual([]);
  } finally {
    db.close();
  }
});
