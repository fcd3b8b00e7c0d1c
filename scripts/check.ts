// Runs everything a change must pass, in the order that fails soonest, and stops at the first failure.
import { spawnSync } from "node:child_process";

const steps: readonly (readonly [name: string, command: string])[] = [
  ["format and lint", "biome check ."],
  ["types, TypeScript 7", "tsc --noEmit"],
  ["types, TypeScript 6.0", "node node_modules/typescript-6.0/bin/tsc --noEmit"],
  ["types, TypeScript 5.9", "node node_modules/typescript-5.9/bin/tsc --noEmit"],
  ["build", "npm run --silent build"],
  ["tests", "npm test"],
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
