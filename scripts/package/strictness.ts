// Type-checks a program that opens every door, and the declarations it meets, libraries' own included.
import { execSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tsc, versions } from "../compilers.ts";

export const compilerOptions = {
  target: "es2024",
  lib: ["es2024", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  skipLibCheck: false,
} as const;

/** Under each compiler, as strict as it can be and with `strict` alone. */
export function checkUnderEveryCompiler(project: string): void {
  for (const exactly of [true, false]) {
    const strictness = { exactOptionalPropertyTypes: exactly, noUncheckedIndexedAccess: exactly };
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...strictness, noEmit: true }, files: ["index.ts"] }),
    );
    for (const version of versions) execSync(tsc(version, "-p", project), { stdio: "inherit" });
  }
}
