// Athanor beside its peers, each in its own documented fast form, on one database:
//
//   npm run peers                     SQLite
//   npm run peers -- postgres         PostgreSQL on this machine
//   npm run peers -- mariadb nested   MariaDB, one task
//
// Every library does a task in turn, round by round, so that a machine whose speed drifts treats all alike; what a task gives
// back, and what stands in the database afterwards, must be the same for all. Times of a round are set beside the raw driver's
// of that round. The table and the chart are written to `results/`.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chart } from "./chart.ts";
import { median, spread } from "./measure.ts";
import { openAthanorCore } from "./peers/athanor-core.ts";
import { openAthanorOrm } from "./peers/athanor-orm.ts";
import { prepare } from "./peers/data.ts";
import { openDrizzle } from "./peers/drizzle.ts";
import { openKysely } from "./peers/kysely.ts";
import { openMikroOrm } from "./peers/mikro-orm.ts";
import { openObjection } from "./peers/objection.ts";
import { type DatabaseName, lookups, type Peer, type TaskName } from "./peers/peer.ts";
import { openPrisma } from "./peers/prisma.ts";
import { openRaw } from "./peers/raw.ts";
import { openSequelize } from "./peers/sequelize.ts";
import { openTypeOrm } from "./peers/typeorm.ts";
import { mariadbDatabase, type OwnDatabase, postgresDatabase } from "./servers.ts";

interface Task {
  readonly title: string;
  readonly writes?: "empty" | "filled";
  /** How often it runs in a round; a round should last some milliseconds. */
  readonly times?: number;
}

const tasks: Record<Exclude<TaskName, "keep">, Task> = {
  point: { title: `${lookups} point selects` },
  rows: { title: "10,000 rows of five columns" },
  aggregate: { title: "join with grouping", times: 5 },
  nested: { title: "100 authors, 1,000 posts, 5,000 comments" },
  manyToMany: { title: "1,000 posts with four tags each" },
  insert: { title: "insert 5,000, keys back", writes: "empty" },
  change: { title: "read 2,000, change 500, save", writes: "filled" },
  graph: { title: "insert a graph of 8,000", writes: "empty" },
  tenWrites: { title: "a transaction of ten writes", times: 5 },
  stream: { title: "stream of 50,000 rows" },
  compile: { title: "build and compile, without running", times: 500 },
};

export interface Result {
  readonly peer: string;
  /** Milliseconds, the median of the rounds. */
  readonly median: number;
  /** How many times as fast as the raw driver in the same round: lower quartile, median, upper quartile. */
  readonly ratio: readonly [number, number, number];
}

const open = [
  openRaw,
  openAthanorCore,
  openAthanorOrm,
  openKysely,
  openDrizzle,
  openMikroOrm,
  openTypeOrm,
  openPrisma,
  openObjection,
  openSequelize,
];

const [database = "sqlite", only] = process.argv.slice(2) as [DatabaseName?, TaskName?];
const rounds = Number(process.env.ROUNDS ?? 15);
const own = await ownDatabase(database);
const backstage = await prepare(database, own.url);
const peers: Peer[] = [];
try {
  for (const one of open) {
    const peer = await one(database, own.url);
    if (peer) peers.push(peer);
  }
  const results: { title: string; results: Result[] }[] = [];
  for (const [name, task] of Object.entries(tasks) as [Exclude<TaskName, "keep">, Task][]) {
    if (only && only !== name) continue;
    const found = await measure(name, task, peers, backstage);
    results.push({ title: task.title, results: found });
    print(task.title, found);
  }
  const weights = !only && globalThis.gc ? await weigh(peers) : [];
  for (const { peer, bytes } of weights)
    console.log(`  ${peer.padEnd(24)} ${bytes.toFixed(0).padStart(8)} bytes an object`);
  if (!only) write(peers, results, weights);
} finally {
  for (const peer of peers) await peer.close();
  await backstage.close();
  await own.drop();
}

async function measure(
  name: Exclude<TaskName, "keep">,
  { writes, times = 1 }: Task,
  peers: readonly Peer[],
  backstage: Awaited<ReturnType<typeof prepare>>,
): Promise<Result[]> {
  const able = peers.filter((peer) => peer.tasks[name]);
  const taken = able.map((): number[] => []);
  let written: number | undefined;
  for (let round = -3; round < rounds; round++) {
    let sum: number | undefined;
    const first = 1 + ((Math.max(round, 0) * lookups) % 9000);
    for (let turn = 0; turn < able.length; turn++) {
      const at = (turn + round + 3) % able.length;
      const peer = able[at] as Peer;
      if (writes) await backstage.reset(writes === "filled");
      let result = 0;
      const started = performance.now();
      for (let n = 0; n < times; n++) {
        const given = (peer.tasks[name] as (first: number) => number | Promise<number>)(first);
        result = typeof given === "number" ? given : await given;
      }
      const time = (performance.now() - started) / times;
      if (name !== "compile") {
        sum ??= result;
        if (result !== sum) throw new Error(`${peer.name} came to ${result} at ${name}, where others came to ${sum}.`);
      }
      if (writes) {
        const now = await backstage.written();
        written ??= now;
        if (now !== written) throw new Error(`${peer.name} left ${now} at ${name}, where others left ${written}.`);
      }
      if (round >= 0) taken[at]?.push(time);
    }
  }
  const base = taken[0] as number[];
  return able.map((peer, i) => {
    const mine = taken[i] as number[];
    return {
      peer: peer.name,
      median: median(mine),
      ratio: spread(mine.map((time, round) => (base[round] as number) / time)),
    };
  });
}

async function weigh(all: readonly Peer[]): Promise<{ peer: string; bytes: number }[]> {
  const weights: { peer: string; bytes: number }[] = [];
  for (const peer of all) {
    const { keep } = peer.tasks;
    if (!keep) continue;
    // What came first stays held, for drivers hold their last result: what is added is the other two.
    const kept = [await keep()];
    const before = await used();
    kept.push(await keep(), await keep());
    const after = await used();
    const objects = kept.slice(1).reduce<number>((sum, list) => sum + (list as readonly unknown[]).length, 0);
    weights.push({ peer: peer.name, bytes: (after - before) / objects });
  }
  return weights;
}

async function used(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

function print(title: string, results: readonly Result[]): void {
  console.log(`\n${title}`);
  for (const { peer, median, ratio } of results)
    console.log(
      `  ${peer.padEnd(24)} ${`${median.toFixed(3)} ms`.padStart(14)}   ${ratio[1].toFixed(2).padStart(6)}  (${ratio[0].toFixed(2)} to ${ratio[2].toFixed(2)})`,
    );
}

function write(
  peers: readonly Peer[],
  all: readonly { title: string; results: Result[] }[],
  weights: readonly { peer: string; bytes: number }[],
): void {
  const folder = new URL("results/", import.meta.url);
  if (!existsSync(folder)) mkdirSync(folder);
  const names = peers.map((peer) => peer.name);
  const cell = (results: readonly Result[], name: string): string => {
    const found = results.find((one) => one.peer === name);
    return found ? `${found.ratio[1].toFixed(2)} (${found.ratio[0].toFixed(2)}–${found.ratio[2].toFixed(2)})` : "–";
  };
  const lines = [
    `# ${database}`,
    "",
    `Speed relative to the first column, which is set to 1: the raw driver used by hand in the same round (building a statement`,
    `alone: Athanor). Above 1 is faster. Medians of ${rounds} rounds, quartiles in brackets; – where a library has no means.`,
    `Node ${process.versions.node}, ${cpus()[0]?.model.trim()}, ${cpus().length} processors.`,
    "",
    `| | ${peers.map((peer) => `${peer.name}<br>${peer.version}`).join(" | ")} |`,
    `| --- | ${names.map(() => "---:").join(" | ")} |`,
    ...all.map(({ title, results }) => `| ${title} | ${names.map((name) => cell(results, name)).join(" | ")} |`),
    ...(weights.length > 0
      ? [
          `| bytes an object of five columns, of 10,000 | ${names
            .map((name) => weights.find((one) => one.peer === name)?.bytes.toFixed(0) ?? "–")
            .join(" | ")} |`,
        ]
      : []),
    "",
    `![chart](${database}.svg)`,
    "",
  ];
  writeFileSync(new URL(`${database}.md`, folder), lines.join("\n"));
  writeFileSync(new URL(`${database}.svg`, folder), chart(database, names, all));
  console.log(`\nwritten: bench/results/${database}.md and .svg`);
}

async function ownDatabase(name: DatabaseName): Promise<OwnDatabase> {
  if (name === "postgres") return postgresDatabase();
  if (name === "mariadb") return mariadbDatabase();
  // In memory where the system has such a folder: a disk's own pace would hide the differences.
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "athanor-bench-"));
  return { url: join(folder, "bench.sqlite"), drop: async () => rmSync(folder, { recursive: true, force: true }) };
}
