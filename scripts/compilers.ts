// The compilers that users may have. type-tests/versions.json says which package holds which version.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type ts from "typescript-6.0";

const packages: Readonly<Record<string, string>> = JSON.parse(readFileSync("type-tests/versions.json", "utf8"));

export const versions: readonly string[] = Object.keys(packages);

export const newest = "7.0";

/** The versions whose compiler can be called as a library, which the native one cannot. */
export const versionsWithApi: readonly string[] = versions.filter((version) => version !== newest);

/** The command line that runs one version of the compiler. */
export function tsc(version: string, ...options: readonly string[]): string {
  return ["node", `node_modules/${packages[version]}/bin/tsc`, ...options].join(" ");
}

export function compilerApi(version: string): typeof ts {
  return createRequire(import.meta.url)(packages[version] ?? version);
}

/** The options of tsconfig.json, as the classic compiler takes them. */
export function projectOptions(compiler: typeof ts): ts.CompilerOptions {
  const { config } = compiler.readConfigFile("tsconfig.json", compiler.sys.readFile);
  return compiler.parseJsonConfigFileContent({ ...config, files: [], include: [] }, compiler.sys, process.cwd())
    .options;
}

/** One error, where it is and what the compiler says of it. Paths are from the root. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** From the error's number on, with the lines that explain it. */
  readonly text: string;
}

/** What one version says of a project. */
export function diagnose(version: string, project: string): readonly Diagnostic[] {
  const options = ["--noEmit", "--pretty", "false", ...(version === newest ? ["--singleThreaded"] : [])];
  const { stdout, stderr } = spawnSync(tsc(version, "-p", project, ...options), { shell: true, encoding: "utf8" });
  const found = [...stdout.matchAll(/^(\S.*?)\((\d+),(\d+)\): error (TS\d+: .*(?:\n[ \t].*)*)/gm)];
  if (stderr !== "" || (stdout !== "" && found.length === 0)) throw new Error(stderr + stdout);
  return found.map(([, file = "", line, column, text = ""]) => ({
    file,
    line: Number(line),
    column: Number(column),
    text: text.replaceAll(`${process.cwd()}/`, ""),
  }));
}
