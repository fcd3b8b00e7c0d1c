// Writes api/<door>.d.ts, the public surface as text, from the declarations in dist/; with --check it only compares. What
// a door takes from another one is imported there by its public name, so that each declaration is read once.
import { globSync, readFileSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { type Plugin, rollup } from "rollup";
import { golden } from "./golden.ts";

// The bundler of declarations needs the classic compiler API, which TypeScript 7 does not have; it looks for this name.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "@typescript/typescript6" ? "typescript-6.0" : specifier, context),
});
const { dts } = await import("rollup-plugin-dts");

interface Door {
  /** As users import it. */
  readonly name: string;
  /** The absolute path of its declarations. */
  readonly entry: string;
  readonly golden: string;
}

const doors = doorsOf(JSON.parse(readFileSync("package.json", "utf8")));
const mode = process.argv.includes("--check") ? "compare" : "write";

const stale: string[] = surplusFiles();
for (const door of doors) if (!golden(door.golden, await surfaceOf(door), mode)) stale.push(door.golden);
if (stale.length > 0) {
  console.error(`${stale.join(", ")}: run \`npm run api\`, and say in CHANGELOG.md what changed for users.`);
  process.exit(1);
}
console.log(`${doors.length} doors: ${doors.map(({ name }) => name).join(", ")}`);

function doorsOf(manifest: { exports: Record<string, string | { types: string }> }): Door[] {
  return Object.entries(manifest.exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [];
    const name = path.replace(/^\./, "athanor");
    return { name, entry: resolve(target.types), golden: `api/${path.slice(2) || "core"}.d.ts` };
  });
}

async function surfaceOf(door: Door): Promise<string> {
  const bundle = await rollup({
    input: door.entry,
    plugins: [byPublicName(door), dts()],
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
  });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  return `// ${door.name}, made by \`npm run api\`\n\n${output[0].code}`;
}

/** Leaves the imports of other doors standing, by the names users know. */
function byPublicName(door: Door): Plugin {
  return {
    name: "by-public-name",
    resolveId(specifier, importer) {
      if (importer === undefined || !specifier.startsWith(".")) return null;
      const target = resolve(importer, "..", specifier).replace(/\.[jt]s$/, ".d.ts");
      const other = doors.find(({ entry }) => entry === target && entry !== door.entry);
      return other === undefined ? null : { id: other.name, external: true };
    },
  };
}

/** Golden files of doors that are no longer there. */
function surplusFiles(): string[] {
  const surplus = globSync("api/*.d.ts").filter((file) => !doors.some(({ golden }) => golden === file));
  if (mode === "compare") return surplus;
  for (const file of surplus) rmSync(file);
  return [];
}
