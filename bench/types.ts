// What checking a program costs the compiler: the same schema and the same queries written with Athanor, Kysely and Drizzle.
// So many tables of twelve columns, each referring to the one before, with two queries a table: point selects, three-way
// joins, aggregates, left joins; one row of each result is read. Counted is what a program costs over one that only imports
// the library, whose declarations are used as they are installed: run `npm run build` of the project first.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { athanorProgram, drizzleProgram, kyselyProgram } from "./type-programs.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const place = join(import.meta.dirname, ".types");
const packages: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, "type-tests/versions.json"), "utf8"),
);
const libraries = [
  ["athanor", athanorProgram],
  ["kysely", kyselyProgram],
  ["drizzle", drizzleProgram],
] as const;

interface Cost {
  readonly instantiations: number;
  readonly seconds: number;
}

function costOf(compiler: string, program: string): Cost {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "program.ts"), program);
  writeFileSync(
    join(place, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2023",
        module: "nodenext",
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
      },
      files: ["program.ts"],
    }),
  );
  const options = ["-p", place, "--extendedDiagnostics", ...(compiler === "7.0" ? ["--singleThreaded"] : [])];
  const tsc = join(root, "node_modules", packages[compiler] as string, "bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options], { encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
  return { instantiations: figure(stdout, "Instantiations"), seconds: figure(stdout, "Check time") };
}

function figure(diagnostics: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+([\\d.,]+)`, "m").exec(diagnostics)?.[1];
  if (found === undefined) throw new Error(`the compiler does not tell its ${name}:\n${diagnostics}`);
  return Number(found.replaceAll(",", ""));
}

const sizes = process.argv.slice(2).map(Number);
try {
  for (const compiler of Object.keys(packages)) {
    console.log(`\nTypeScript ${compiler}`);
    for (const [name, program] of libraries) {
      const free = costOf(compiler, program(0));
      for (const tables of sizes.length > 0 ? sizes : [50, 100, 200]) {
        const { instantiations, seconds } = costOf(compiler, program(tables));
        const count = (instantiations - free.instantiations).toLocaleString("en").padStart(10);
        console.log(
          `  ${name.padEnd(8)} ${String(tables).padStart(4)} tables ${count} instantiations, checked in ${seconds.toFixed(2).padStart(5)} s`,
        );
      }
    }
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
