// Runs everything a change must pass, in the order that fails soonest, and stops at the first failure.
import { spawnSync } from "node:child_process";
import { tsc, versions } from "./compilers.ts";

const steps: readonly (readonly [name: string, command: string])[] = [
  ["format and lint", "biome check --error-on-warnings ."],
  ["layers", "node scripts/layers.ts"],
  ["unused exports", "node scripts/unused.ts"],
  ...versions.toReversed().map((version) => [`types, TypeScript ${version}`, tsc(version)] as const),
  ["declarations", "node scripts/declarations.ts"],
  ["build", "npm run --silent build"],
  ["tests", "npm test"],
  ["type tests", "npm run --silent type-tests"],
  ["public surface", "node scripts/api.ts --check"],
  ["list of errors", "npm run --silent errors -- --check"],
  ["list of functions", "npm run --silent functions -- --check"],
  ["documentation", "npm run --silent docs"],
  ["package", "node scripts/package.ts"],
];

for (const [name, command] of steps) {
  console.log(`\n── ${name}: ${command}`);
  const started = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: "inherit" });
  if (status !== 0) {
    console.error(`✗ ${name} failed`);
    process.exit(1);
  }
  console.log(`✓ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
console.log("\n✓ everything holds");
