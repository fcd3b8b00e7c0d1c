// Proves that what is published works: packs it, lets publint and attw judge it, installs it into an empty project, and
// there imports every door under Node and type-checks the declarations, libraries' own included, with every compiler.
import { execFileSync, execSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tsc, versions } from "./compilers.ts";

const compilerOptions = {
  target: "es2024",
  lib: ["es2024", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  noEmit: true,
};

const project = mkdtempSync(join(tmpdir(), "athanor-"));
try {
  const tarball = pack(project);
  execFileSync("publint", [tarball, "--strict"], { stdio: "inherit" });
  execFileSync("attw", [tarball, "--profile", "esm-only"], { stdio: "inherit" });
  install(tarball, project);
  useEveryDoor(project);
} finally {
  rmSync(project, { recursive: true });
}

function pack(folder: string): string {
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { encoding: "utf8" });
  return join(folder, JSON.parse(packed)[0].filename);
}

/** Unpacks it as npm would; types of Node and of the drivers are ours. */
function install(tarball: string, project: string): void {
  mkdirSync(join(project, "node_modules/athanor"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components", "1", "-C", join(project, "node_modules/athanor")]);
  for (const name of ["@types", "better-sqlite3", "undici-types"]) {
    symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
  }
}

function useEveryDoor(project: string): void {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const doors = Object.keys(exports).filter((path) => path !== "./package.json");
  const program = doors.map(
    (path, n) => `import * as door${n} from "${path.replace(/^\./, "athanor")}";\nvoid door${n};\n`,
  );
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(join(project, "index.ts"), program.join(""));
  execFileSync("node", [join(project, "index.ts")], { stdio: "inherit" });
  // No door needs a driver to be imported; mysql2 brings the types that ours mention.
  symlinkSync(resolve("node_modules/mysql2"), join(project, "node_modules/mysql2"));
  for (const version of versions) execSync(tsc(version, "-p", project), { stdio: "inherit" });
}
