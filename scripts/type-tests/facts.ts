// Facts: what is inferred, to the letter (`expectType` wants the very same type), in type-tests/**/*.test-d.ts.
import { globSync } from "node:fs";
import tsd from "tsd";

export async function facts(): Promise<boolean> {
  const testFiles = globSync("type-tests/**/*.test-d.ts").sort();
  const all = await tsd.default({ cwd: process.cwd(), typingsFile: "core/index.ts", testFiles });
  // What tsd says of package.json is about the sources, which are tested here and not published.
  const found = all.filter(({ fileName }) => !fileName.endsWith("package.json"));
  if (found.length > 0) console.error(tsd.formatter(found, true));
  console.log(`facts: ${testFiles.length} files`);
  return testFiles.length > 0 && !found.some(({ severity }) => severity === "error");
}
