// Two packages in one project: one declares a hundred tables and their classes and emits declarations, the other builds on them.
// Declarations stay small, or editors and builds of large projects become slow.
import { execSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tsc, versions } from "../compilers.ts";
import { compilerOptions } from "./strictness.ts";

const count = 100;
const mostBytes = { "tables.d.ts": 80_000, "classes.d.ts": 200_000 };

const numbers = Array.from({ length: count }, (_, n) => n);

const tables = `import { boolean, fn, integer, json, table, text, timestamp } from "athanor";
${numbers
  .map(
    (n) => `
export const table${n} = table("table_${n}", {
  id: integer().primaryKey(),
  name: text(),
  note: text().nullable(),
  active: boolean().default(true),
  made: timestamp().default(fn.now()),
  data: json<{ a: number }>(),
  parentId: integer("parent_id").nullable()${n > 0 ? `.references(() => table${n - 1}.id)` : ""},
});
`,
  )
  .join("")}`;

const classes = `import { many, mapped, optional } from "athanor/orm";
import * as tables from "./tables.ts";
${numbers
  .map(
    (n) => `
export class Class${n} extends mapped(tables.table${n}, {
  ${n > 0 ? `get parent() { return optional(Class${n - 1}); },` : ""}
  ${n < count - 1 ? `get children() { return many(Class${n + 1}); },` : ""}
}) {}
`,
  )
  .join("")}`;

const app = `import { select } from "athanor";
import { Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";
import { Class1 } from "../schema/classes.ts";
import { table0, table1 } from "../schema/tables.ts";

const db = sqlite(":memory:");
export const rows: Promise<{ id: number; note: string | null }[]> = db.all(
  select({ id: table1.id, note: table1.note }).from(table1).where(table1.active.eq(true)),
);
export const names = db.all(select({ name: table0.name }).from(table0));
export const parents = new Session(db).query(Class1).include(Class1.parent).all();
export const first: Promise<string | undefined> = parents.then(([one]) => one?.parent?.name);
`;

/** Builds both with each compiler. */
export function buildReferences(project: string): void {
  const folder = join(project, "references");
  const emitting = { composite: true, declaration: true, emitDeclarationOnly: true, allowImportingTsExtensions: true };
  write("schema/tables.ts", tables);
  write("schema/classes.ts", classes);
  write("app/index.ts", app);
  for (const version of versions) {
    const outDir = `../out-${version}`;
    const options = { ...compilerOptions, ...emitting, rootDir: "..", outDir };
    write("schema/tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["."] }));
    write(
      "app/tsconfig.json",
      JSON.stringify({ compilerOptions: options, include: ["."], references: [{ path: "../schema" }] }),
    );
    execSync(tsc(version, "-b", join(folder, "app"), "--force"), { stdio: "inherit" });
    for (const [name, most] of Object.entries(mostBytes)) {
      const { size } = statSync(join(folder, `out-${version}/schema`, name));
      if (size > most) throw new Error(`TypeScript ${version} writes ${size} bytes for ${name} of ${count} tables.`);
    }
  }

  function write(path: string, text: string): void {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
