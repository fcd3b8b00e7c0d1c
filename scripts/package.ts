// Proves that what is published works as strangers use it: packs it, lets publint and attw judge it, and installs it into an
// empty project. There every door opens on every Node, also for CommonJS; its declarations, and what documentation builds on
// them, compile under every compiler and strictness; a schema in a package of its own has small declarations that others build
// on; a bundler takes it; and the pages of the documentation that are to be followed are followed, on every Node.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { walk } from "./docs/walk.ts";
import { bundle } from "./package/bundle.ts";
import { nodes } from "./package/nodes.ts";
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
  link("@types", "undici-types", "better-sqlite3", "mysql2");
  const pages = globSync("docs/**/*.md");
  checkUnderEveryCompiler(project, pages);
  buildReferences(project);
  await bundle(project);
  const faults = nodes().flatMap((node) => pages.flatMap((page) => walk(page, installed(), node)));
  if (faults.length > 0) throw new Error(faults.join("\n"));
} finally {
  rmSync(project, { recursive: true });
}

function pack(folder: string): { readonly tarball: string; readonly size: number } {
  const printed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { encoding: "utf8" });
  const [{ filename, unpackedSize }] = JSON.parse(printed);
  return { tarball: join(folder, filename), size: unpackedSize };
}

function installed(): string {
  return join(project, "node_modules/athanor");
}

/** Unpacks it as npm would. */
function install(tarball: string): void {
  mkdirSync(installed(), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components", "1", "-C", installed()]);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
}

/** As TypeScript that is stripped of its types, and from CommonJS; no driver is installed yet, and none is needed. */
function openEveryDoor(): void {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const doors = Object.keys(exports).filter((path) => path !== "./package.json");
  const specifiers = doors.map((path) => path.replace(/^\./, "athanor"));
  const imports = specifiers.map((door, n) => `import * as door${n} from "${door}";\nvoid door${n};\n`);
  writeFileSync(join(project, "index.ts"), imports.join(""));
  writeFileSync(join(project, "index.cjs"), specifiers.map((door) => `require("${door}");\n`).join(""));
  for (const node of nodes()) {
    console.log(`on Node ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}`);
    for (const file of ["index.ts", "index.cjs"]) execFileSync(node, [join(project, file)], { stdio: "inherit" });
  }
}

/** What users install beside it: drivers, and types of Node and of them. */
function link(...packages: readonly string[]): void {
  for (const name of packages) symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
}
