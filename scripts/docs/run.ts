// Runs a module in a thread of its own, so that no two share a database or any other state, and keeps quiet about what it
// prints unless it fails.
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const longestRun = 30_000;

/** What went wrong, if anything did. */
export async function run(path: string): Promise<string | undefined> {
  const worker = new Worker(resolve(path), { stdout: true, stderr: true });
  const printed = Promise.all([text(worker.stdout), text(worker.stderr)]);
  const ended = Promise.withResolvers<string | undefined>();
  worker.on("error", (error: unknown) => ended.resolve(error instanceof Error ? error.stack : String(error)));
  worker.on("exit", (code) => ended.resolve(code === 0 ? undefined : `ended with exit code ${code}`));
  const late = setTimeout(longestRun, `still runs after ${longestRun / 1000} s`, { ref: false });
  const fault = await Promise.race([ended.promise, late]);
  await worker.terminate();
  return fault === undefined ? undefined : [fault, ...(await printed)].join("\n").trimEnd();
}
