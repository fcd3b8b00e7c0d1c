// Copies the Chinook database into an empty database on a server, which `npm run chinook -- <url>` can then be asked of:
//
//   npm run copy -- ../shared/data/chinook/chinook.sqlite postgres://postgres@127.0.0.1/music
//   npm run copy -- ../shared/data/chinook/chinook.sqlite mariadb://root@127.0.0.1/music
import { existsSync } from "node:fs";
import { connect } from "athanor/connect";
import { sqlite } from "athanor/sqlite";
import { copyTables, type Progress } from "./chinook/copy-tables.ts";
import { accent, dim } from "./print.ts";

const [path, url] = process.argv.slice(2);
if (path === undefined || url === undefined || !existsSync(path)) {
  console.error(
    "Give the path of chinook.sqlite and the URL of an empty database: postgres://…, mariadb://… or mysql://…",
  );
  process.exit(2);
}

const from = sqlite(path, { readOnly: true });
const to = await connect(url);
try {
  const started = performance.now();
  await copyTables(from, to, show);
  console.log(dim(`copied in ${((performance.now() - started) / 1000).toFixed(1)} s`));
} finally {
  await Promise.all([from.close(), to.close()]);
}

/** One line for each table; on a terminal it counts as the rows go over. */
function show({ table, rows, done }: Progress): void {
  const line = `${accent(table.padEnd(14))} ${String(rows).padStart(6)} rows`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${done ? "\n" : ""}`);
  else if (done) console.log(line);
}
