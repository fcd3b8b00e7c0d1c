// Several processes on one file: each is a Node of its own that runs the program below.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { natives, open, query, run, temporaryPath, withWriter } from "./open.ts";

const program = join(import.meta.dirname, "increment.ts");

function start(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--no-warnings", program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
  });
}

describe.each(natives.map((native) => ({ name: native.name, native })))("$name", ({ native }) => {
  test("no increment of four processes is lost, and readers never see half of one", async () => {
    const path = temporaryPath();
    const connections = open(native, path);
    await run(connections, "create table counters (name text primary key, value integer)");
    await run(connections, "insert into counters values ('a', 0), ('b', 0)");
    let finished = false;
    const children = Promise.all(Array.from({ length: 4 }, () => start(native.name, path, "50")));
    void children.finally(() => {
      finished = true;
    });
    let reads = 0;
    while (!finished) {
      const { rows } = await run(connections, "select value from counters order by name", [], "read");
      expect(rows[0]).toEqual(rows[1]);
      reads++;
      await sleep(1);
    }
    await children;
    expect(reads).toBeGreaterThan(1);
    const { rows } = await run(connections, "select value from counters", [], "read");
    expect(rows.flat().map(Number)).toEqual([200, 200]);
  });

  test("waiting for another's lock keeps nobody from working, and ends", async () => {
    const path = temporaryPath();
    const holder = open(native, path);
    const waiter = open(native, path, { busyTimeout: 150 });
    await run(holder, "create table t (v integer)");
    await withWriter(holder, async (connection) => {
      connection.execute("begin immediate");
      await withWriter(waiter, async (waiting) => {
        let ticks = 0;
        const timer = setInterval(() => ticks++, 5);
        await expect(waiting.execute("begin immediate")).rejects.toMatchObject({
          name: "LockTimeout",
          retryable: "transaction",
        });
        clearInterval(timer);
        expect(ticks).toBeGreaterThan(3);
        await expect(waiting.execute("begin immediate", { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
          name: "Cancelled",
        });
        await expect(
          waiting.query(query("insert into t values (1)", [], { rows: false }), { deadline: performance.now() + 20 }),
        ).rejects.toMatchObject({ name: "StatementTimeout" });
        const begun = waiting.execute("begin immediate");
        await sleep(10);
        connection.execute("commit");
        expect(await begun).toMatchObject({ affected: 0 });
        waiting.execute("rollback");
      });
    });
  });
});
