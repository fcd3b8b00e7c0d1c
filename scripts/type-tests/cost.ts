// Cost: how many types the compiler instantiates to check each program of type-tests/cost/, above the baseline, a program
// that only imports the library. The count is exact, so budget.json holds it to the last digit, and beside it the
// ceiling that no change may go through. Only the program itself is checked, as with the declarations users install.
//
// A program that only repeats itself is made: `many-tables.make.ts` has the text of the program as its default export. If it
// exports `fixed` too, a program that pays what any such program pays, what is counted is what it costs over that.
import { globSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type ts from "typescript-6.0";
import { compilerApi, projectOptions, versionsWithApi } from "../compilers.ts";
import { type GoldenMode, golden } from "../golden.ts";

const folder = "type-tests/cost";
const budgetFile = `${folder}/budget.json`;

/** The ceiling, and the count under each version of the compiler. */
type Budget = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface CostProgram {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** What it is counted over, in place of the baseline. */
  readonly fixed?: string | undefined;
}

export async function cost(mode: GoldenMode): Promise<boolean> {
  const before: Budget = JSON.parse(readFileSync(budgetFile, "utf8"));
  const all = await Promise.all(globSync(`${folder}/*.ts`).sort().map(read));
  const programs = all.filter(({ name }) => name !== "baseline");
  const baseline = all.find(({ name }) => name === "baseline");
  if (baseline === undefined || programs.length === 0) return false;

  const counts = versionsWithApi.map((version) => [version, countAbove(version, baseline, programs)] as const);
  const budget: Budget = Object.fromEntries(
    programs.map(({ name }) => {
      const measured = Object.fromEntries(counts.map(([version, count]) => [version, count.get(name) ?? 0]));
      return [name, { ceiling: before[name]?.ceiling ?? firstCeiling(measured), ...measured }];
    }),
  );
  console.log(`cost: ${programs.length} programs`);
  return [golden(budgetFile, `${JSON.stringify(budget, null, 2)}\n`, mode), ...withinCeilings(budget)].every(Boolean);
}

async function read(path: string): Promise<CostProgram> {
  const name = basename(path).replace(/(\.make)?\.ts$/, "");
  const file = resolve(folder, `${name}.ts`);
  if (!path.endsWith(".make.ts")) return { name, file, text: readFileSync(path, "utf8") };
  const made: { default: string; fixed?: string } = await import(pathToFileURL(resolve(path)).href);
  return { name, file, text: made.default, fixed: made.fixed };
}

function countAbove(version: string, baseline: CostProgram, programs: readonly CostProgram[]): Map<string, number> {
  const compiler = compilerApi(version);
  const count = counter(compiler);
  const free = count(baseline);
  const over = ({ name, file, fixed }: CostProgram) =>
    fixed === undefined ? free : count({ name: `${name} (fixed)`, file, text: fixed });
  return new Map(programs.map((program) => [program.name, count(program) - over(program)]));
}

/** Counts for one compiler; what several programs import is parsed once. */
function counter(compiler: typeof ts): (program: CostProgram) => number {
  const options = projectOptions(compiler);
  const host = compiler.createCompilerHost(options);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const parse = host.getSourceFile;
  return ({ name, file, text }) => {
    host.getSourceFile = (path, language) => {
      if (path === file) return compiler.createSourceFile(path, text, language, true);
      if (!parsed.has(path)) parsed.set(path, parse(path, language));
      return parsed.get(path);
    };
    const program = compiler.createProgram([file], options, host);
    for (const { messageText } of program.getSemanticDiagnostics(program.getSourceFile(file))) {
      throw new Error(`${name}: ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`);
    }
    return program.getInstantiationCount();
  };
}

/** A fifth above what a new program costs, to be lowered in review. */
function firstCeiling(measured: Readonly<Record<string, number>>): number {
  return Math.ceil((Math.max(...Object.values(measured)) * 1.2) / 100) * 100;
}

function withinCeilings(budget: Budget): boolean[] {
  return Object.entries(budget).map(([name, { ceiling = 0, ...measured }]) => {
    const highest = Math.max(...Object.values(measured));
    if (highest > ceiling)
      console.error(`${folder}/${name}: ${highest} instantiations, above the ceiling of ${ceiling}`);
    return highest <= ceiling;
  });
}
