// Proves who imports whom. The table below is the rule book: what the files of a folder may import beside those of their
// own folder. Types count like values, because an arrow that only types follow is an arrow all the same. Beyond the
// table, no two files may need each other, however long the way round.
import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript-6.0";

/** What files may import: others by path (a folder, or a single file), and packages by name. */
interface Rule {
  readonly files: readonly string[];
  readonly packages?: readonly string[];
}

const doorsOfCore = ["core/index.ts", "core/dialect/index.ts"];

const rules: Readonly<Record<string, Rule>> = {
  // errors → types → tree → expression → schema → statement
  "core/errors": { files: [] },
  "core/types": { files: ["core/errors"] },
  "core/tree": { files: ["core/errors", "core/types"] },
  "core/expression": { files: ["core/errors", "core/types", "core/tree"] },
  "core/schema": { files: ["core/errors", "core/types", "core/tree", "core/expression"] },
  "core/statement": { files: ["core/errors", "core/types", "core/tree", "core/expression", "core/schema"] },
  // tree → dialect → compile → database
  "core/dialect": { files: ["core/errors", "core/types", "core/tree"] },
  "core/compile": { files: ["core/errors", "core/types", "core/tree", "core/dialect"] },
  "core/database": { files: ["core"], packages: ["node:"] },
  "core/index.ts": { files: ["core"] },

  orm: { files: ["core/index.ts"], packages: ["node:async_hooks"] },

  "dialects/postgres": { files: doorsOfCore, packages: ["node:", "pg"] },
  "dialects/sqlite": { files: doorsOfCore, packages: ["node:", "better-sqlite3"] },
  "dialects/mysql": { files: doorsOfCore, packages: ["node:", "mysql2"] },
  "dialects/connect.ts": {
    files: ["core/index.ts", "dialects/postgres/index.ts", "dialects/sqlite/index.ts", "dialects/mysql/index.ts"],
  },
  "dialects/conformance": { files: doorsOfCore, packages: ["node:"] },

  migrate: {
    files: [
      ...doorsOfCore,
      "orm/index.ts",
      "dialects/postgres/index.ts",
      "dialects/sqlite/index.ts",
      "dialects/mysql/index.ts",
    ],
    packages: ["node:"],
  },
};

interface Import {
  readonly file: string;
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** The file meant, from the root; undefined for a package. */
  readonly target: string | undefined;
}

const files = globSync("{core,orm,dialects,migrate}/**/*.ts").sort();
const imports = files.flatMap(importsOf);
const faults = [
  ...files.filter((file) => folderOf(file) === undefined).map((file) => `${file}: has no rule in scripts/layers.ts`),
  ...imports.flatMap(faultOf),
  ...cyclesAmong(files, imports),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${files.length} files, ${imports.length} imports: every arrow points one way`);

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  return ts.preProcessFile(text, true, false).importedFiles.map(({ fileName: specifier, pos }) => ({
    file,
    line: text.slice(0, pos).split("\n").length,
    specifier,
    target: specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : undefined,
  }));
}

/** The key of the rule for a file: the most deeply nested one that holds it. */
function folderOf(file: string): string | undefined {
  const holding = Object.keys(rules).filter((folder) => isIn(file, folder));
  return holding.sort((a, b) => b.length - a.length)[0];
}

function isIn(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function faultOf({ file, line, specifier, target }: Import): string[] {
  const folder = folderOf(file);
  const rule = folder === undefined ? undefined : rules[folder];
  if (folder === undefined || rule === undefined) return [];
  const where = `${file}:${line}: imports "${specifier}"`;
  if (target === undefined) {
    const packages = rule.packages ?? [];
    return packages.some((name) => isPackage(specifier, name))
      ? []
      : [`${where}, but ${folder} may import ${listed(packages, "no package")}`];
  }
  return [folder, ...rule.files].some((place) => isIn(target, place))
    ? []
    : [`${where}, but ${folder} may import ${listed(rule.files, "nothing")} beside its own files`];
}

/** A name that ends in a colon stands for all that starts with it: `node:` for Node's own modules. */
function isPackage(specifier: string, name: string): boolean {
  return name.endsWith(":") ? specifier.startsWith(name) : isIn(specifier, name);
}

function listed(names: readonly string[], none: string): string {
  return names.length === 0 ? none : `only ${names.join(", ")}`;
}

/** One line for each import that closes a circle, found by walking the imports depth first. */
function cyclesAmong(files: readonly string[], imports: readonly Import[]): string[] {
  const targets = Map.groupBy(imports, ({ file }) => file);
  const done = new Set<string>();
  const path: string[] = [];
  const cycles: string[] = [];
  const visit = (file: string): void => {
    if (path.includes(file)) {
      cycles.push(`${path.at(-1)}: closes a circle: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
    }
    if (done.has(file) || path.includes(file)) return;
    path.push(file);
    for (const { target } of targets.get(file) ?? []) if (target !== undefined) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of files) visit(file);
  return cycles;
}
