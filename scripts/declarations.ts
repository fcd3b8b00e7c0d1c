// Proves that what the sources export is written at each export, not inferred (`isolatedDeclarations`). One complaint of the
// compiler's is no fault: it does not allow a unique symbol as the name of a class's member here (TS9038), though it writes such
// members out as they are; and behind a symbol is where a source keeps what must not look like a column.
import { spawnSync } from "node:child_process";
import { newest, tsc } from "./compilers.ts";

const { stdout } = spawnSync(tsc(newest, "-p", "tsconfig.sources.json"), { shell: true, encoding: "utf8" });
const faults = stdout.split("\n").filter((line) => line.includes("error TS") && !line.includes("error TS9038"));
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
