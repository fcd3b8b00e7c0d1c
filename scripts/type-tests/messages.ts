// Messages: wrong programs in type-tests/messages/*.ts, and beside each in *.txt exactly what the newest compiler says of
// it. The older ones word some errors differently, but find them on the same lines.
import { globSync } from "node:fs";
import { type Diagnostic, diagnose, newest, versions } from "../compilers.ts";
import { type GoldenMode, golden } from "../golden.ts";

const folder = "type-tests/messages";

export function messages(mode: GoldenMode): boolean {
  const programs = globSync(`${folder}/*.ts`).sort();
  const found = Object.fromEntries(versions.map((version) => [version, diagnose(version, folder)]));
  const results = [
    ...strayErrors(Object.values(found).flat(), programs),
    ...programs.map((program) => golden(program.replace(/\.ts$/, ".txt"), textOf(found[newest], program), mode)),
    ...programs.flatMap((program) => versions.map((version) => agrees(version, found, program))),
  ];
  console.log(`messages: ${programs.length} programs`);
  return programs.length > 0 && results.every(Boolean);
}

/** Errors outside the programs are nobody's intention. */
function strayErrors(found: readonly Diagnostic[], programs: readonly string[]): boolean[] {
  const stray = found.filter(({ file }) => !programs.includes(file));
  for (const { file, line, text } of stray) console.error(`${file}:${line}: ${text}`);
  return stray.map(() => false);
}

function textOf(found: readonly Diagnostic[] = [], program: string): string {
  return found
    .filter(({ file }) => file === program)
    .map(({ line, column, text }) => `${line}:${column} ${text}\n`)
    .join("\n");
}

function agrees(version: string, found: Record<string, readonly Diagnostic[]>, program: string): boolean {
  const expected = linesOf(found[newest], program);
  const lines = linesOf(found[version], program);
  if (lines === "") console.error(`${program}: TypeScript ${version} finds nothing wrong with it`);
  else if (lines !== expected) {
    console.error(
      `${program}: TypeScript ${version} finds errors on lines ${lines}, ${newest} on ${expected || "none"}`,
    );
  }
  return lines !== "" && lines === expected;
}

function linesOf(found: readonly Diagnostic[] = [], program: string): string {
  const lines = found.filter(({ file }) => file === program).map(({ line }) => line);
  return [...new Set(lines)].sort((a, b) => a - b).join(", ");
}
