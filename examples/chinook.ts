// Asks a Chinook database the questions of chinook/questions.ts and prints the answers. It may be a file, or on a server
// that copy.ts has copied it to:
//
//   npm run chinook -- ../shared/data/chinook/chinook.sqlite
//   npm run chinook -- postgres://postgres@127.0.0.1/music
//
// The questions write, if only to undo it; of a file a copy is asked.
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "athanor";
import { connect } from "athanor/connect";
import { sqlite } from "athanor/sqlite";
import { questions } from "./chinook/questions.ts";
import { accent, bold, dim, tableOf } from "./print.ts";

const [place] = process.argv.slice(2);
if (place?.includes("://")) {
  await using db = await connect(place);
  await askAll(db);
} else if (place !== undefined && existsSync(place)) {
  await askFile(place);
} else {
  console.error(place === undefined ? "Which database? Give the path of chinook.sqlite." : `There is no ${place}.`);
  process.exitCode = 2;
}

async function askFile(path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-chinook-"));
  try {
    const copy = join(folder, "chinook.sqlite");
    await copyFile(path, copy);
    await chmod(copy, 0o600);
    await using db = sqlite(copy, { create: false });
    await askAll(db);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function askAll(db: Database<never>): Promise<void> {
  for (const [i, { title, ask }] of questions.entries()) {
    const started = performance.now();
    const rows = await ask(db);
    const took = `${rows.length} ${rows.length === 1 ? "row" : "rows"}, ${(performance.now() - started).toFixed(1)} ms`;
    console.log(`\n${accent(`${i + 1}.`)} ${bold(title)} ${dim(took)}\n\n${tableOf(rows)}`);
  }
}
