// The inferred type is the truth: each statement is run on each database that has what its type says it needs, and each
// value of each row is compared with the row type as the compiler prints it. Where a type allows null, null is seen.
import { CompileError, compile, type Statement } from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";
import { misfits, nullablePaths } from "./fits.ts";
import { type PrintedStatement, printedRows } from "./printed-rows.ts";
import { fill } from "./schema.ts";
import * as grouping from "./statements/grouping.ts";
import * as joins from "./statements/joins.ts";
import * as queries from "./statements/queries.ts";
import * as rows from "./statements/rows.ts";
import * as writes from "./statements/writes.ts";

// Local time that jumps, half an hour off: whatever depends on the process's zone shows.
process.env.TZ = "Australia/Lord_Howe";

const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { grouping, joins, queries, rows, writes };
const fileOf = (name: string): string => `test/truth/statements/${name}.ts`;
const printed = printedRows(Object.keys(modules).map(fileOf));

const parameters: Readonly<Record<string, object>> = {
  parameters: {
    given: "Ann",
    day: "2024-02-29",
    at: new Date("2024-04-06T15:00:00Z"),
    exact: "0.30",
    big: -9_223_372_036_854_775_808n,
    flag: false,
    least: 0,
  },
  insertParameters: { title: "t" },
};

/** Where a type allows a null that no row of the statement can show, and why. */
const neverNull: Readonly<Record<string, string>> = {
  "lateralThroughLeft.label":
    "a lateral source is null as a whole, or not: its columns share what makes one of them null",
};

/** The databases on which a statement ends in an error that says why, though its type allows it. */
const refused: Readonly<Record<string, readonly string[]>> = {
  // It would also give the rows that were left alone.
  upsertNothing: ["mariadb"],
};

// Every database has these or makes up for them: types do not mention them. Types alone mention intervals.
const atRunTime: ReadonlySet<string> = new Set(["RIGHT JOIN", "ON CONFLICT TARGET", "AGGREGATE FILTER"]);

test("the process is in a zone in which a wrong conversion shows", () => {
  expect(new Date("2024-07-01T00:00:00Z").getTimezoneOffset()).toBe(-630);
});

test("there are at least 150 statements, and at most ten positions at which null is not seen", () => {
  expect([...printed.values()].flat().length).toBeGreaterThanOrEqual(150);
  expect(Object.keys(neverNull).length).toBeLessThanOrEqual(10);
});

describe.each(databases)("$name", ({ name, db, dialect }) => {
  beforeAll(() => fill(db));

  for (const [module, exports] of Object.entries(modules)) {
    describe(module, () => {
      test.each([...(printed.get(fileOf(module)) ?? [])])("$name", async (statement) => {
        const query = exports[statement.name] as Statement<unknown, never>;
        const run = () => runAndUndo(query, parameters[statement.name]);
        if (!statement.features.every((feature) => (dialect.features as ReadonlySet<string>).has(feature))) {
          await expect(run()).rejects.toThrow(CompileError);
        } else if (refused[`${statement.name}`]?.includes(name)) {
          await expect(run()).rejects.toThrow();
        } else {
          const used: readonly string[] = compile(query, dialect).features;
          expect(used.filter((feature) => !atRunTime.has(feature)).sort()).toEqual(
            statement.features.filter((feature) => feature !== "INTERVALS").sort(),
          );
          compare(statement, await run());
        }
      });
    });
  }

  async function runAndUndo(query: Statement<unknown, never>, params: object | undefined): Promise<readonly unknown[]> {
    await using transaction = await db.begin();
    return await (params ? transaction.all(query as Statement<unknown, any>, params as never) : transaction.all(query));
  }
});

function compare(statement: PrintedStatement, rows: readonly unknown[]): void {
  expect(rows.length).toBeGreaterThan(0);
  const nulls = new Set<string>();
  expect([...new Set(rows.flatMap((row) => misfits(row, statement.row, statement.name, nulls)))]).toEqual([]);
  const unseen = nullablePaths(statement.row, statement.name).filter((path) => !nulls.has(path) && !neverNull[path]);
  expect(unseen, `${statement.name}: ${statement.row.shown}`).toEqual([]);
}
