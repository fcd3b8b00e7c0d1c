// Asks a list of questions of a Chinook database and prints the answers. The database may be a file, or on a server; the questions
// write, if only to undo it, so of a file a copy is asked.
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "athanor";
import { connect } from "athanor/connect";
import { sqlite } from "athanor/sqlite";
import { accent, bold, dim, tableOf } from "../print.ts";
import type { Question } from "./questions.ts";

/** @param place a path or a URL, from the command line */
export async function ask(place: string | undefined, questions: readonly Question[]): Promise<void> {
  if (place?.includes("://")) {
    await askAll(await connect(place), questions);
  } else if (place !== undefined && existsSync(place)) {
    await askFile(place, questions);
  } else {
    console.error(place === undefined ? "Which database? Give the path of chinook.sqlite." : `There is no ${place}.`);
    process.exitCode = 2;
  }
}

async function askFile(path: string, questions: readonly Question[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-chinook-"));
  try {
    const copy = join(folder, "chinook.sqlite");
    await copyFile(path, copy);
    await chmod(copy, 0o600);
    await askAll(sqlite(copy, { create: false }), questions);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function askAll(db: Database<never>, questions: readonly Question[]): Promise<void> {
  try {
    for (const [i, { title, ask }] of questions.entries()) {
      const started = performance.now();
      const rows = await ask(db);
      const took = `${rows.length} ${rows.length === 1 ? "row" : "rows"}, ${(performance.now() - started).toFixed(1)} ms`;
      console.log(`\n${accent(`${i + 1}.`)} ${bold(title)} ${dim(took)}\n\n${tableOf(rows)}`);
    }
  } finally {
    await db.close();
  }
}
