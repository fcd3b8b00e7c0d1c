// A dozen statements on a database that this creates and fills itself: how each is written, the SQL it becomes, the type of
// its rows and the rows. Needs no server and leaves nothing behind.
//
//   npm run demo
import { tracingChannel } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlite } from "athanor/sqlite";
import { fill } from "./demo/fill.ts";
import { dedented, sqlLines, typeLines } from "./demo/layout.ts";
import * as schema from "./demo/schema.ts";
import { steps } from "./demo/steps.ts";
import { accent, bold, dim, tableOf } from "./print.ts";

const rowTypes: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("./demo/row-types.json", import.meta.url), "utf8"),
);
const folder = await mkdtemp(join(tmpdir(), "athanor-demo-"));
try {
  const db = sqlite(join(folder, "roastery.sqlite"));
  try {
    await db.create(schema);
    await fill(db);

    const sent: string[] = [];
    tracingChannel<string, { readonly sql: string }>("athanor:query").start.subscribe((event) => {
      sent.push((event as { readonly sql: string }).sql);
    });
    for (const [i, { title, run }] of steps.entries()) {
      sent.length = 0;
      const rows = await run(db);
      console.log(`\n${accent(`${i + 1}.`)} ${bold(title)}\n`);
      console.log(section("written", dedented(String(run))));
      console.log(section("sent", sent.flatMap(sqlLines)));
      console.log(section("row", typeLines(rowTypes[title] as string)));
      console.log(`\n${tableOf(rows)}`);
    }
  } finally {
    await db.close();
  }
} finally {
  await rm(folder, { recursive: true });
}

function section(name: string, lines: readonly string[]): string {
  return lines.map((line, i) => `  ${dim((i === 0 ? name : "").padEnd(8))} ${line}`).join("\n");
}
