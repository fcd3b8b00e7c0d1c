// Proves that the documentation is true: its links lead somewhere, here and in the site made of it, and all its TypeScript
// compiles and runs.
//
// - ```ts blocks of a page run from top to bottom; each sees the names of those above it and may declare them anew.
// - ```ts alone is a program of its own. ```ts no-run is only compiled. Both may be said of one block.
// - ```ts schema.ts is a file. A page that has such blocks is followed from top to bottom in an empty folder, with what its
//   ```sh blocks say, and what they print is compared with the block below.
// - What readers need not see stands in a comment: `<!-- ts`, code, `-->`. Relative imports start from the page.
// - An @example of a docstring is a program of its own. The exports of the door are at hand in it, and those of
//   docs/preamble.ts; behind another door than Core's first those of its own preamble, such as docs/preamble.postgres.ts.
//   What needs a server is only compiled.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { posix } from "node:path";
import { diagnose, newest } from "./compilers.ts";
import { brokenLinks } from "./docs/links.ts";
import { moduleText, type Offered, offeredBy } from "./docs/module.ts";
import { run } from "./docs/run.ts";
import { type Snippet, snippetsOfPage, snippetsOfSource } from "./docs/snippets.ts";
import { walk, writeFilesOf } from "./docs/walk.ts";
import { brokenSiteLinks, buildSite } from "./site/build.ts";

const folder = ".docs";
const preamble = "docs/preamble.ts";

/** Snippets that make one module. */
interface Program {
  readonly origin: string;
  readonly name: string;
  readonly snippets: readonly Snippet[];
  readonly offered: Offered;
}

const pages = globSync(["*.md", "docs/**/*.md"]).sort();
const sources = globSync("{core,orm,dialects,migrate}/**/*.ts").sort();
const programs = [
  ...pages.flatMap((page) => programsOf(page, snippetsOfPage(page), new Map())),
  ...sources.flatMap((source) => programsOf(source, examplesOf(source), offeredIn(source))),
];

stopAt(pages.flatMap(brokenLinks));
stopAt(brokenSiteLinks(buildSite()));
stopAt(compile());
stopAt(await runAll());
stopAt(pages.flatMap((page) => walk(page)));
console.log(`${pages.length} pages, ${programs.length} programs`);

function stopAt(faults: readonly string[]): void {
  if (faults.length === 0) return;
  console.error(faults.join("\n"));
  process.exit(1);
}

function programsOf(origin: string, snippets: readonly Snippet[], offered: Offered): Program[] {
  const shared = snippets.filter(({ alone }) => !alone);
  return [
    ...(shared.length === 0 ? [] : [{ origin, name: `${origin}.ts`, snippets: shared, offered }]),
    ...snippets
      .filter(({ alone }) => alone)
      .map((snippet) => ({ origin, name: `${origin}@${snippet.line}.ts`, snippets: [snippet], offered })),
  ];
}

function examplesOf(source: string): readonly Snippet[] {
  const needsServer = /^dialects\/(postgres|mysql|conformance)\//.test(source);
  return snippetsOfSource(source).map((snippet) => (needsServer ? { ...snippet, noRun: true } : snippet));
}

/** What the examples in a source file have at hand: the preamble before the door of the file, and that before Core's. */
function offeredIn(source: string): Offered {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const [folder = "", name = ""] = source.split("/");
  const own = folder === "dialects" || source.startsWith("core/dialect/") ? name : folder;
  const offered = new Map<string, string>();
  for (const [path, specifier] of [
    [exports["."]["athanor-source"], "athanor"],
    [exports[`./${own}`]?.["athanor-source"], `athanor/${own}`],
    ...[preamble, preamble.replace(".ts", `.${own}.ts`)].map((path) => [path, `${toRoot(source)}${path}`] as const),
  ] as const) {
    if (path === undefined || !existsSync(path)) continue;
    for (const [name, statement] of offeredBy(readFileSync(path, "utf8"), specifier)) offered.set(name, statement);
  }
  return offered;
}

/** From the module made of a source file's example. */
function toRoot(source: string): string {
  return "../".repeat(source.split("/").length + 1);
}

/** Compiles all snippets together; those to be run are written apart, without the others. */
function compile(): string[] {
  rmSync(folder, { recursive: true, force: true });
  if (programs.length === 0) return [];
  for (const program of programs) {
    write(program, "check", program.snippets);
    const runnable = program.snippets.filter(({ noRun }) => !noRun);
    if (runnable.length > 0) write(program, "run", runnable);
  }
  for (const page of pages) writeFilesOf(page, `${folder}/check`);
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ extends: "../tsconfig.json", include: ["check"] }));
  return diagnose(newest, folder)
    .map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`)
    .map(asWritten);
}

function write({ origin, name, offered }: Program, purpose: "check" | "run", snippets: readonly Snippet[]): void {
  const path = posix.join(folder, purpose, name);
  mkdirSync(posix.dirname(path), { recursive: true });
  writeFileSync(path, moduleText(origin, path, snippets, offered));
}

async function runAll(): Promise<string[]> {
  const waiting = globSync(`${folder}/run/**/*.ts`).sort();
  const faults: string[] = [];
  const runOneByOne = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const fault = await run(path);
      if (fault !== undefined) faults.push(asWritten(`${path}: ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, runOneByOne));
  return faults;
}

/** Puts the file that a reader knows in place of the module made of it. */
function asWritten(text: string): string {
  const module = /(?:file:\/\/)?[^\s(]*\.docs\/(?:check|run)\/(\S+?)(?:@(\d+))?\.ts(:\d+)?(?=[:\s)])/g;
  return text.replaceAll(
    module,
    (_, file: string, start?: string, line?: string) => file + (line ?? (start ? `:${start}` : "")),
  );
}
