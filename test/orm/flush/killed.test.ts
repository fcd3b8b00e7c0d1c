// A process is killed while it commits: what it was told is committed is there, and of what it was not told all or nothing.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fn, select } from "athanor";
import { sqlite } from "athanor/sqlite";
import { expect, test } from "vitest";
import { batches, items } from "./killed.ts";

const kills = Number(process.env.ATHANOR_KILLS ?? (process.env.CI ? 50 : 10));

test(`${kills} processes killed while they commit leave no half of anything`, { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "athanor-"));
  const path = join(folder, "killed.sqlite");
  try {
    const db = sqlite(path);
    await db.create([batches, items]);
    const acknowledged = new Set<string>();
    for (let i = 0; i < kills; i += 2) {
      for (const said of await Promise.all([killed(path, i), killed(path, i + 1)]))
        for (const name of said) acknowledged.add(name);
    }
    const found = await db.all(
      select({ name: batches.name, n: fn.count() })
        .from(batches)
        .join(items, items.batchId.eq(batches.id))
        .groupBy(batches.id, batches.name),
    );
    expect(found.filter(({ n }) => n !== 60)).toEqual([]);
    expect(await db.scalar(select({ n: fn.count() }).from(batches))).toBe(found.length);
    const there = new Set(found.map(({ name }) => name));
    expect([...acknowledged].filter((name) => !there.has(name))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThanOrEqual(kills);
    await db.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Starts a process, kills it some milliseconds after its first commit, and gives what it said it had committed. */
function killed(path: string, number: number): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["--conditions=athanor-source", join(import.meta.dirname, "killed.ts"), path],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
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
