import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { atDeadline } from "../../../core/dialect/deadlines.ts";

const soon = (milliseconds: number): number => performance.now() + milliseconds;

test("each deadline is reached once, in the order of their times, whichever came first", async () => {
  const reached: string[] = [];
  const late = performance.now();
  atDeadline(soon(60_000), () => reached.push("never"));
  atDeadline(late + 60, () => reached.push("third"));
  atDeadline(late + 20, () => reached.push("first"));
  atDeadline(late + 40, () => reached.push("second"));
  atDeadline(late - 1, () => reached.push("past"));
  await pause(120);
  expect(reached).toEqual(["past", "first", "second", "third"]);
});

test("what is taken back is not reached, even by another at the same moment", async () => {
  const reached: string[] = [];
  const at = soon(20);
  atDeadline(at, () => {
    reached.push("one");
    takeBack();
    atDeadline(soon(10), () => reached.push("later"));
  });
  const takeBack = atDeadline(at, () => reached.push("another"));
  atDeadline(at, () => reached.push("gone"))();
  await pause(80);
  expect(reached).toEqual(["one", "later"]);
});

/** What a process prints that does this with deadlines, and how long it lives. */
async function lifeOf(code: string): Promise<{ readonly printed: string; readonly milliseconds: number }> {
  const file = fileURLToPath(new URL("../../../core/dialect/deadlines.ts", import.meta.url));
  const program = `import { atDeadline } from ${JSON.stringify(file)}; const started = performance.now();
    process.on("exit", () => console.log(Math.round(performance.now() - started)));
    process.on("uncaughtException", (error) => console.log(error.message)); ${code}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  const lines = stdout.trim().split("\n");
  return { milliseconds: Number(lines.pop()), printed: lines.join(" ") };
}

test("a process lives as long as something waits, and no longer", async () => {
  const done = await lifeOf(`atDeadline(started + 60_000, () => console.log("never"))();`);
  expect(done.printed).toBe("");
  expect(done.milliseconds).toBeLessThan(5_000);
  const waits = await lifeOf(
    `atDeadline(started + 60_000, () => {})(); atDeadline(started + 200, () => console.log("reached"));`,
  );
  expect(waits.printed).toBe("reached");
  expect(waits.milliseconds).toBeGreaterThanOrEqual(190);
  const again = await lifeOf(
    `atDeadline(started + 300, () => {})(); setTimeout(() => atDeadline(started + 400, () => console.log("reached")), 50);`,
  );
  expect(again.printed).toBe("reached");
});

test("one that throws does not keep others from being reached", async () => {
  const { printed } = await lifeOf(`const at = started + 20;
    atDeadline(at, () => { throw new Error("thrown"); }); atDeadline(at, () => console.log("reached"));`);
  expect(printed).toBe("thrown reached");
});

test("a timer that was set by a false clock, and is gone with it, does not keep others from being reached", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  atDeadline(soon(-1_000), () => {});
  vi.useRealTimers();
  await pause(100);
  const reached: string[] = [];
  atDeadline(soon(20), () => reached.push("reached"));
  await pause(60);
  expect(reached).toEqual(["reached"]);
});
