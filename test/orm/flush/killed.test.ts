// A process is killed while it commits: what it was told is committed is there, and of what it was not told all or nothing.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fn, select } from "athanor";
import { describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { batches, items } from "./killed.ts";

const kills = Number(process.env.ATHANOR_KILLS ?? (process.env.CI ? 50 : 10));
// Both drivers of SQLite write the same file in the same way.
const shared = databases.filter(({ name, address }) => address !== undefined && name !== "node:sqlite");

describe.each(shared)("$name", ({ db, address }) => {
  test(`${kills} processes killed while they commit leave no half of anything`, { timeout: 600_000 }, async () => {
    await db.create([batches, items]);
    const acknowledged = new Set<string>();
    for (let i = 0; i < kills; i += 2) {
      for (const said of await Promise.all([killed(address as string, i), killed(address as string, i + 1)]))
        for (const name of said) acknowledged.add(name);
    }
    const found = await db.all(
      select({ name: batches.name, n: fn.count(items.id) })
        .from(batches)
        .leftJoin(items, items.batchId.eq(batches.id))
        .groupBy(batches.id, batches.name),
    );
    expect(found.filter(({ n }) => n !== 60)).toEqual([]);
    const there = new Set(found.map(({ name }) => name));
    expect([...acknowledged].filter((name) => !there.has(name))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThanOrEqual(kills);
  });
});

/** Starts a process, kills it some milliseconds after its first commit, and gives what it said it had committed. */
function killed(address: string, number: number): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["--conditions=athanor-source", join(import.meta.dirname, "killed.ts"), address],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (said === "") setTimeout(() => child.kill("SIGKILL"), 3 + ((number * 7) % 40));
      said += chunk;
    });
    // What was cut off in the middle was not said.
    child.on("close", () => resolve(said.split("\n").slice(0, -1)));
  });
}
