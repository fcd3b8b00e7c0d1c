// The law of autogenerate: what it writes from one schema to another, run, leaves no difference, and its way back leads to where
// it began. Pairs of schemas that nobody would write; ATHANOR_PAIRS says how many for each database, and with ATHANOR_SEED they
// are others. ATHANOR_PAIRS_SHOW shows the revision of the first pair that fails.
import { type Database, declaredObjects, type Reflected } from "athanor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compare } from "../../../migrate/compare/compare.ts";
import { planFor } from "../../../migrate/compare/plan.ts";
import { settled } from "../../../migrate/compare/settle.ts";
import { kindOf, moduleOf } from "../../../migrate/database.ts";
import { openProject } from "../../../migrate/project.ts";
import type { RevisionDeclaration } from "../../../migrate/revision/revision.ts";
import { revisionSource } from "../../../migrate/revision/write.ts";
import { downgrade, upgrade } from "../../../migrate/run/upgrade.ts";
import { databases } from "../../support/databases.ts";
import { GeneratedFiles } from "../../support/generated-file.ts";
import { mysqlPairs, postgresPairs, sqlitePairs } from "../../support/pair-traits.ts";
import { randomSchema, type Traits } from "../../support/random-schema.ts";

const pairs = Number(process.env.ATHANOR_PAIRS ?? 15);
const traitsOf: Readonly<Record<string, Traits>> = {
  postgres: postgresPairs,
  sqlite: sqlitePairs,
  mysql: mysqlPairs,
  mariadb: mysqlPairs,
};

async function clean(db: Database<any>): Promise<void> {
  const { tables, others } = await db.inspect();
  await db.drop([...tables, ...others]);
}

const wanted = databases.filter(({ name }) => name !== "node:sqlite" && name !== "sqlite file");

// The databases do most of the work, each its own.
test.concurrent.each(wanted.map((it) => [it.name, it] as const))(
  "what is written leads there and back on %s",
  { timeout: 120_000 + pairs * 6_000 },
  async (_name, { db }) => {
    const traits = traitsOf[kindOf(db.dialect)] as Traits;
    const project = await openProject({ config: { database: "unused" }, revisions: [] });
    using files = new GeneratedFiles();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        await clean(db);
        const few = { ...traits, names: [0, 1].map(() => g(fc.constantFrom, ...traits.names)) };
        const from = randomSchema(g, few);
        const to = declaredObjects(randomSchema(g, few), db.dialect);
        await db.create(from);
        const before = await db.inspect();
        const plan = (options: object = { dropUnknown: true }) =>
          db.connection((connection) => planFor(project, connection, to, options));

        const written = await plan();
        expect(written.remarks).toEqual([]);
        const text = revisionSource({ id: "aaaa", after: [], message: "there" }, written, {
          dialect: db.dialect,
          module: moduleOf(kindOf(db.dialect)),
        });
        const { default: revision } = await files.import(text);
        const moved = await openProject({
          config: { database: "unused" },
          revisions: [revision as RevisionDeclaration],
        });
        try {
          await upgrade(moved, "head", { on: db });
          expect((await plan()).up).toEqual([]);
          await downgrade(moved, "base", { on: db });
          await db.drop(project.history.tables as never);
          const database = { dialect: db.dialect, kind: kindOf(db.dialect) };
          const settle = (schema: Reflected) => db.connection((connection) => settled(connection, schema));
          const now = await db.inspect();
          // As the database writes an expression depends on how it was written when it was made.
          if (compare(now, before, database).changes.length === 0) return;
          expect(compare(await settle(now), await settle(before), database).changes).toEqual([]);
        } catch (error) {
          if (process.env.ATHANOR_PAIRS_SHOW) console.log(text);
          throw error;
        }
      }),
      { numRuns: pairs, endOnFailure: process.env.ATHANOR_PAIRS_SHOW !== undefined },
    );
    expect(files.complaints()).toEqual([]);
  },
);
