// Compiles the package to dist/: a file for each door, which leads to one for each part, because many small files take long to
// import; and the declarations that the doors lead to, which keep their comments for editors to show. The JavaScript has none,
// and is formatted as the sources are. Neither maps nor sources are published: what is installed stays small and can be read.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rollup } from "rollup";

const compiled = ".build";

const run = (command: string, ...flags: readonly string[]): void => {
  execFileSync(process.execPath, [`node_modules/${command}`, ...flags], { stdio: "inherit" });
};
const tsc = (...flags: readonly string[]): void => run("typescript/bin/tsc", "-p", "tsconfig.build.json", ...flags);

for (const folder of [compiled, "dist"]) rmSync(folder, { recursive: true, force: true });
tsc("--removeComments", "--declaration", "false", "--outDir", compiled);
await bundle();
run("@biomejs/biome/bin/biome", "format", "--write", "--vcs-enabled=false", "--log-level=error", "dist");
tsc("--emitDeclarationOnly");
for (const path of unreachableDeclarations()) rmSync(path);
rmSync(compiled, { recursive: true });

async function bundle(): Promise<void> {
  const { exports, bin } = JSON.parse(readFileSync("package.json", "utf8"));
  const doors = [...Object.values<{ default?: string }>(exports).map((door) => door.default), bin.athanor]
    .filter((path) => path !== undefined)
    .map((path) => relative("dist", path));
  const build = await rollup({
    input: Object.fromEntries(doors.map((path) => [path.replace(/\.js$/, ""), join(compiled, path)])),
    external: (id) => !/^[./]/.test(id),
    treeshake: false,
    onwarn(warning) {
      if (warning.code !== "THIS_IS_UNDEFINED") throw new Error(warning.message);
    },
  });
  await build.write({
    dir: "dist",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    hoistTransitiveImports: false,
    manualChunks: partOf,
    minifyInternalExports: false,
  });
  await build.close();
}

/** What is declared inside a part and no door mentions. */
function unreachableDeclarations(): string[] {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const doors = Object.values<{ types?: string }>(exports).flatMap(({ types }) => types ?? []);
  const reachable = new Set(doors.map((door) => join(door)));
  // A set is gone through with what is added to it meanwhile.
  for (const path of reachable) {
    for (const [, , specifier = ""] of readFileSync(path, "utf8").matchAll(/\b(from |import\()"(\.[^"]+)\.ts"/g)) {
      const imported = join(dirname(path), `${specifier}.d.ts`);
      // An example in a docstring may import what is the user's own.
      if (existsSync(imported)) reachable.add(imported);
    }
  }
  return globSync("dist/**/*.d.ts").filter((path) => !reachable.has(path));
}

/** The file that a module ends in; the command, which does its work when it is imported, stays apart. */
function partOf(id: string): string | undefined {
  const path = relative(compiled, id);
  return path === "migrate/cli.js" ? undefined : /^(?:dialects\/)?(\w+)\//.exec(path)?.[1];
}
