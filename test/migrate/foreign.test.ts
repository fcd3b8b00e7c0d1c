// Databases that others have made, with all they have: what `pull` writes of one is what it is, so that nothing differs.
import { readFileSync } from "node:fs";
import { type Database, declaredObjects } from "athanor";
import { sqlite } from "athanor/sqlite";
import { describe, expect, test } from "vitest";
import { planFor } from "../../migrate/compare/plan.ts";
import { inspectAll } from "../../migrate/compare/shadow.ts";
import { kindOf, moduleOf } from "../../migrate/database.ts";
import { openProject } from "../../migrate/project.ts";
import { describeChange } from "../../migrate/run/carry-out.ts";
import { schemaSource } from "../../migrate/source/schema-source.ts";
import { chinookCopy, missing } from "../support/chinook.ts";
import { databases } from "../support/databases.ts";
import { GeneratedFiles } from "../support/generated-file.ts";

/** The schemas beside its own that a file speaks of. */
const schemas: Readonly<Record<string, readonly string[]>> = { postgres: ["audit"] };

/** What differs between a database and its own declaration. */
async function differences(db: Database<any>, files: GeneratedFiles, others: readonly string[]) {
  const found = await db.connection((connection) => inspectAll(connection, others));
  const door = { dialect: db.dialect, module: moduleOf(kindOf(db.dialect)) };
  const module = await files.import(schemaSource(found, door));
  const project = await openProject({ config: { database: "unused" }, revisions: [] });
  const objects = declaredObjects(Object.values(module), db.dialect);
  const { up, down, remarks, unknown } = await db.connection((connection) => planFor(project, connection, objects));
  const lines = [...up, ...down].map(({ change }) => describeChange(change));
  return { lines, remarks, unknown, complaints: files.complaints() };
}

const nothing = { lines: [], remarks: [], unknown: [], complaints: [] };
const others = databases.filter(({ name }) => name === "sqlite" || name === "postgres" || name === "mariadb");

describe.each(others.map((it) => [it.name, it] as const))("%s", (name, { db }) => {
  test("a database made by hand is as it is declared", async () => {
    await db.execute(readFileSync(new URL(`./foreign/${name}.sql`, import.meta.url), "utf8"));
    using files = new GeneratedFiles();
    expect(await differences(db, files, schemas[name] ?? [])).toEqual(nothing);
  });
});

test.skipIf(missing !== undefined)("Chinook is as it is declared", async () => {
  using copy = chinookCopy();
  await using db = sqlite(copy.path);
  using files = new GeneratedFiles();
  expect(await differences(db, files, [])).toEqual(nothing);
});
