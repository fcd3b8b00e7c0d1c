// biome-ignore-all lint/suspicious/noDebugger: they mark where the watcher looks
// How far one query walks: the files it enters, and the calls that lead from one file into another. A debugger steps through
// `db.all(statement)` call by call: from outside, so that nothing in the way of the statement knows that it is watched.
// What belongs to Node and to the driver is stepped over; generated code counts as calls, not as a file.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { insertInto, integer, select, table, text } from "athanor";
import { sqlite } from "athanor/sqlite";
import type { Walk } from "./walk-watcher.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const users = table("users", { id: integer().primaryKey(), name: text() });
const constant = select(users).where(users.id.lt(3)).orderBy(users.id.asc());
const other = select({ name: users.name }).from(users).where(users.id.gt(1));

const folder = mkdtempSync(join(tmpdir(), "athanor-walk-"));
const db = sqlite(join(folder, "walk.sqlite"));
await db.create([users]);
await db.run(insertInto(users).values([{ name: "Ada" }, { name: "Grace" }, { name: "Barbara" }]));
// What the first statement of a process does alone: it opens the database, and makes what dialects make once.
await db.all(other);

const watcher = new Worker(new URL("./walk-watcher.ts", import.meta.url));
await once(watcher, "message");

/** The call stands between two `debugger` statements, and nothing else does. */
async function walk(name: string, most: { readonly files: number; readonly hops: number }): Promise<boolean> {
  const found = once(watcher, "message");
  debugger;
  await db.all(constant);
  debugger;
  const [walked] = (await found) as [Walk];
  return print(name, walked, most);
}

function print(
  name: string,
  { files, hops, calls }: Walk,
  most: { readonly files: number; readonly hops: number },
): boolean {
  const within = files.length <= most.files && hops <= most.hops;
  console.log(`\n${name}: ${files.length} files, ${hops} hops between them, ${calls} calls`);
  console.log(`  at most ${most.files} and ${most.hops}: ${within ? "kept" : "missed"}`);
  for (const [url, entered] of files) {
    const path = relative(root, fileURLToPath(url)).replaceAll(sep, "/");
    console.log(`  ${String(entered).padStart(5)} calls in  ${path}`);
  }
  return within;
}

const cold = await walk("a statement never run before", { files: 12, hops: 40 });
const warm = await walk("the same again", { files: 6, hops: 15 });
await watcher.terminate();
await db.close();
rmSync(folder, { recursive: true });
if (!cold || !warm) process.exitCode = 1;
