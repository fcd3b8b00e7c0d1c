// A golden file is text that a script works out and that is committed, so that a change of it is seen in review. It is
// either written anew or compared; a difference is shown as Git shows it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export type GoldenMode = "write" | "compare";

/** Whether the file holds this text, which after writing it does. Shows the difference if not. */
export function golden(path: string, text: string, mode: GoldenMode): boolean {
  if (mode === "write") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return true;
  }
  const before = existsSync(path) ? path : "/dev/null";
  const { status, stdout } = spawnSync("git", ["diff", "--no-index", "--exit-code", "--", before, "-"], {
    input: text,
    encoding: "utf8",
  });
  if (status === 0) return true;
  console.error(`${path} is ${before === path ? "stale" : "missing"}:\n${stdout.split("\n").slice(4).join("\n")}`);
  return false;
}
