// Proves that what is published works as strangers use it: packs it, lets publint and attw judge it, and installs it into an
// empty project. There every door opens, also for CommonJS; its declarations compile under every compiler and strictness; a
// schema in a package of its own has small declarations that others build on; a bundler takes it; and the pages of the
// documentation that are to be followed are followed.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { walk } from "./docs/walk.ts";
import { bundle } from "./package/bundle.ts";
import { buildReferences } from "./package/references.ts";
import { checkUnderEveryCompiler } from "./package/strictness.ts";

const mostBytes = 2_000_000;

const project = mkdtempSync(join(tmpdir(), "athanor-"));
try {
  const { tarball, size } = pack(project);
  if (size > mostBytes) throw new Error(`The package has ${size} bytes unpacked; ${mostBytes} are allowed.`);
  execFileSync("publint", [tarball, "--strict"], { stdio: "inherit" });
  execFileSync("attw", [tarball, "--profile", "esm-only"], { stdio: "inherit" });
  install(tarball);
  openEveryDoor();
  checkUnderEveryCompiler(project);
  buildReferences(project);
  await bundle(project);
  const faults = globSync("docs/**/*.md").flatMap((page) => walk(page, join(project, "node_modules/athanor")));
  if (faults.length > 0) throw new Error(faults.join("\n"));
} finally {
  rmSync(project, { recursive: true });
}

function pack(folder: string): { readonly tarball: string; readonly size: number } {
  const printed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { encoding: "utf8" });
  const [{ filename, unpackedSize }] = JSON.parse(printed);
  return { tarball: join(folder, filename), size: unpackedSize };
}

/** Unpacks it as npm would; types of Node and of the drivers are ours. */
function install(tarball: string): void {
  mkdirSync(join(project, "node_modules/athanor"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components", "1", "-C", join(project, "node_modules/athanor")]);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  link("@types", "better-sqlite3", "undici-types");
}

/** No door needs a driver to be imported; mysql2 brings the types that ours mention. */
function openEveryDoor(): void {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const doors = Object.keys(exports).filter((path) => path !== "./package.json");
  const specifiers = doors.map((path) => path.replace(/^\./, "athanor"));
  const imports = specifiers.map((door, n) => `import * as door${n} from "${door}";\nvoid door${n};\n`);
  writeFileSync(join(project, "index.ts"), imports.join(""));
  writeFileSync(join(project, "index.cjs"), specifiers.map((door) => `require("${door}");\n`).join(""));
  execFileSync("node", [join(project, "index.ts")], { stdio: "inherit" });
  execFileSync("node", [join(project, "index.cjs")], { stdio: "inherit" });
  link("mysql2");
}

function link(...packages: readonly string[]): void {
  for (const name of packages) symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
}
