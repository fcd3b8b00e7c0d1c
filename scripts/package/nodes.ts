// The versions of Node that the package is tried on: the oldest that it promises, the one at hand, and the newest.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const others = ["22.18.0", "26.9.0"];

/** The command of each: installed from npm, where it has not been yet. Without a registry there is only the one at hand. */
export function nodes(): string[] {
  return [process.execPath, ...others.flatMap((version) => installed(version) ?? [])];
}

function installed(version: string): string | undefined {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(tmpdir(), `athanor-node-${version}`);
  const command = join(folder, "node_modules", name, "bin/node");
  try {
    if (!existsSync(command)) execFileSync("npm", ["install", "--silent", "--prefix", folder, `${name}@${version}`]);
    return command;
  } catch (error) {
    // There it would pass without having been tried.
    if (process.env.CI === "true") throw error;
    console.warn(`Node ${version} could not be installed, and is left out.`);
    return undefined;
  }
}
