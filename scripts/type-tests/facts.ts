// Facts: what is inferred, to the letter (`expectType` wants the very same type), in type-tests/**/*.test-d.ts.
import { globSync } from "node:fs";
import tsd from "tsd";

export async function facts(): Promise<boolean> {
  const testFiles = globSync("type-tests/**/*.test-d.ts").sort();
  const found = await tsd.default({ cwd: process.cwd(), typingsFile: "core/index.ts", testFiles });
  if (found.length > 0) console.error(tsd.formatter(found, true));
  console.log(`facts: ${testFiles.length} files`);
  return testFiles.length > 0 && !found.some(({ severity }) => severity === "error");
}
