// Finds the functions that a file of the sources exports and no other file imports: they are dead, or nobody else's
// business. Types and classes are left alone, because declarations name them.
import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";

const doors = Object.values<Record<string, string>>(JSON.parse(readFileSync("package.json", "utf8")).exports)
  .map((door) => door["athanor-source"])
  .filter((door) => door !== undefined)
  .map(posix.normalize);
const sources = globSync("{core,orm,dialects,migrate,scripts}/**/*.ts").filter((file) => !doors.includes(file));

const imported = new Set(
  globSync("{core,orm,dialects,migrate,scripts,test,bench,examples}/**/*.ts").flatMap(importsOf),
);
const unused = sources.flatMap((file) =>
  exportsOf(file)
    .filter((name) => !imported.has(`${file} ${name}`) && !imported.has(`${file} *`))
    .map((name) => `${file}: exports ${name}, which no other file imports`),
);
for (const fault of unused) console.error(fault);
if (unused.length > 0) process.exit(1);
console.log(`${sources.length} files: no function is exported for nobody`);

function exportsOf(file: string): string[] {
  const found = readFileSync(file, "utf8").matchAll(/^export (?:async )?function\*? (\w+)/gm);
  return [...found].map(([, name = ""]) => name);
}

/** The files and names that a file imports. A program in a test's string imports too, by a path from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/(?:import|export)\s+(?:type\s+)?(?:\{([^}]*)\}|\* as \w+)\s+from\s+"(\.[^"]+)"/g);
  return [...found].flatMap(([, names = "*", specifier = ""]) =>
    [posix.join(posix.dirname(file), specifier), posix.normalize(specifier)].flatMap((target) =>
      names.split(",").map((name) => `${target} ${name.trim().split(" as ")[0]}`),
    ),
  );
}
