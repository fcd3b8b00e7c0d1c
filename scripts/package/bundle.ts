// A bundler takes the package, leaves out what is not used, and what it writes runs.
import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const program = `import { compile, select, table, integer } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
const users = table("users", { id: integer().primaryKey() });
if (!compile(select(users), sqliteDialect).text.includes("users")) process.exit(1);
`;

export async function bundle(project: string): Promise<void> {
  writeFileSync(join(project, "app.js"), program);
  const outfile = join(project, "bundled.mjs");
  await build({
    absWorkingDir: project,
    entryPoints: ["app.js"],
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["better-sqlite3"],
    minify: true,
    outfile,
    logLevel: "warning",
  });
  execFileSync("node", [outfile], { stdio: "inherit" });
  console.log(`bundled: ${(statSync(outfile).size / 1000).toFixed(0)} kB`);
}
