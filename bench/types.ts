// What checking a program costs the compiler: the same schema and the same queries written with Athanor, Kysely and Drizzle.
// So many tables of twelve columns, each referring to the one before, with two queries a table: point selects, three-way
// joins, aggregates, left joins; one row of each result is read. Counted is what a program costs over one that only imports
// the library, whose declarations are used as they are installed: run `npm run build` of the project first.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineCharts } from "./chart.ts";
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

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [50, 100, 200, 300];
const found: Found[] = [];
try {
  for (const compiler of Object.keys(packages)) {
    console.log(`\nTypeScript ${compiler}`);
    for (const [library, program] of libraries) {
      const free = costOf(compiler, program(0));
      for (const tables of sizes) {
        const { instantiations, seconds } = costOf(compiler, program(tables));
        const cost = { compiler, library, tables, instantiations: instantiations - free.instantiations, seconds };
        found.push(cost);
        console.log(
          `  ${library.padEnd(8)} ${String(tables).padStart(4)} tables ${count(cost).padStart(10)} instantiations, checked in ${seconds.toFixed(2).padStart(5)} s`,
        );
      }
    }
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
if (given.length === 0) write();

interface Found extends Cost {
  readonly compiler: string;
  readonly library: string;
  readonly tables: number;
}

function count({ instantiations }: Cost): string {
  return instantiations.toLocaleString("en");
}

function write(): void {
  const names = libraries.map(([name]) => name);
  const cell = (compiler: string, tables: number, library: string): string => {
    const cost = found.find((one) => one.compiler === compiler && one.tables === tables && one.library === library);
    return cost ? `${count(cost)}<br>${cost.seconds.toFixed(2)} s` : "–";
  };
  const rows = Object.keys(packages).flatMap((compiler) =>
    sizes.map(
      (tables) => `| ${compiler} | ${tables} | ${names.map((name) => cell(compiler, tables, name)).join(" | ")} |`,
    ),
  );
  const lines = [
    "# What types cost",
    "",
    "Instantiations over those of a program that only imports the library, and the time the checker takes, of a schema of so",
    "many tables of twelve columns with two queries a table.",
    "",
    `| TypeScript | tables | ${names.join(" | ")} |`,
    `| --- | ---: | ${names.map(() => "---:").join(" | ")} |`,
    ...rows,
    "",
    "![chart](types.svg)",
    "",
  ];
  const folder = new URL("results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("types.md", folder), lines.join("\n"));
  writeFileSync(
    new URL("types.svg", folder),
    lineCharts(
      "seconds to check, by number of tables",
      Object.keys(packages).map((compiler) => ({
        title: `TypeScript ${compiler}`,
        lines: names.map((name) => ({
          name,
          points: found
            .filter((one) => one.compiler === compiler && one.library === name)
            .map((one) => [one.tables, one.seconds] as const),
        })),
      })),
    ),
  );
  console.log("\nwritten: bench/results/types.md and .svg");
}
