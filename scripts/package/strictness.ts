// Type-checks a program that opens every door, the programs that documentation has its readers write, and the declarations
// that they meet, libraries' own included.
import { execSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tsc, versions } from "../compilers.ts";
import { writeFilesOf } from "../docs/walk.ts";

export const compilerOptions = {
  target: "es2024",
  lib: ["es2024", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  skipLibCheck: false,
} as const;

/** Under each compiler, with each of the options that `strict` leaves out, both and neither. */
export function checkUnderEveryCompiler(project: string, pages: readonly string[]): void {
  for (const page of pages) writeFilesOf(page, project);
  for (const exactOptionalPropertyTypes of [true, false]) {
    for (const noUncheckedIndexedAccess of [true, false]) {
      const strictness = { exactOptionalPropertyTypes, noUncheckedIndexedAccess };
      const options = { ...compilerOptions, ...strictness, noEmit: true, allowImportingTsExtensions: true };
      const config = { compilerOptions: options, include: ["index.ts", "docs"] };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
      for (const version of versions) execSync(tsc(version, "-p", project), { stdio: "inherit" });
    }
  }
}
