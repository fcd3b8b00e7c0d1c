// Asks the questions of chinook/questions.ts of a database in a file and prints the answers:
//
//   npm run chinook -- ../shared/data/chinook/chinook.sqlite
//
// The questions write, if only to undo it; they are asked of a copy.
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlite } from "athanor/sqlite";
import { questions } from "./chinook/questions.ts";
import { accent, bold, dim, tableOf } from "./print.ts";

const [path] = process.argv.slice(2);
if (path === undefined || !existsSync(path)) {
  console.error(path === undefined ? "Which database? Give the path of chinook.sqlite." : `There is no ${path}.`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "athanor-chinook-"));
try {
  const copy = join(folder, "chinook.sqlite");
  await copyFile(path, copy);
  await chmod(copy, 0o600);
  await using db = sqlite(copy, { create: false });
  for (const [i, { title, ask }] of questions.entries()) {
    const started = performance.now();
    const rows = await ask(db);
    const took = `${rows.length} ${rows.length === 1 ? "row" : "rows"}, ${(performance.now() - started).toFixed(1)} ms`;
    console.log(`\n${accent(`${i + 1}.`)} ${bold(title)} ${dim(took)}\n\n${tableOf(rows)}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
