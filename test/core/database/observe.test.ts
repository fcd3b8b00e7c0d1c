import { tracingChannel } from "node:diagnostics_channel";
import { integer, type QueryEvent, select, sql, type TransactionEvent } from "athanor";
import { sqlite } from "athanor/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { emptied, insertNote, notes, texts } from "./tables.ts";

async function opened(options: Parameters<typeof sqlite>[1]) {
  const db = sqlite(":memory:", options);
  onTestFinished(() => db.close());
  await emptied(db);
  return db;
}

/** What a channel tells until the test ends: the event's name, and the event as it was then. */
function listen<E extends object>(channel: "athanor:query" | "athanor:transaction", database: string) {
  const told: [string, E][] = [];
  const note = (name: string) => (event: unknown) => {
    if ((event as { database: string }).database === database) told.push([name, { ...(event as E) }]);
  };
  const handlers = {
    start: note("start"),
    end: () => {},
    asyncStart: () => {},
    asyncEnd: note("asyncEnd"),
    error: note("error"),
  };
  const tracing = tracingChannel(channel);
  tracing.subscribe(handlers);
  onTestFinished(() => void tracing.unsubscribe(handlers));
  return told;
}

test("echo prints each statement with its duration and count, and no values", async () => {
  const lines: string[] = [];
  const db = await opened({ name: "shop", echo: (line) => lines.push(line) });
  lines.length = 0;
  await db.run(insertNote("a secret"));
  await db.all(texts);
  await db.transaction((tx) => tx.run(insertNote("b")));
  await expect(db.run(insertNote("b"))).rejects.toThrow();
  for await (const _ of db.stream(texts));
  expect(lines.map((line) => line.replace(/\d+\.\d\d ms/, "… ms"))).toEqual([
    'shop  … ms  1 row written  insert into "notes" ("text") values (?)',
    'shop  … ms  1 row  select "text" from "notes" order by "id" asc',
    "shop  … ms  done  begin immediate",
    'shop  … ms  1 row written  insert into "notes" ("text") values (?)',
    "shop  … ms  done  commit",
    'shop  … ms  failed: UniqueViolation  insert into "notes" ("text") values (?)',
    'shop  … ms  2 rows  select "text" from "notes" order by "id" asc',
  ]);
});

test("echo prints values when asked to", async () => {
  const lines: string[] = [];
  const db = await opened({ echo: { values: true, write: (line) => lines.push(line) } });
  lines.length = 0;
  await db.run(insertNote(`a "b" ${"c".repeat(200)}`));
  await db.all(sql.statement({ n: integer() })`select length(${new Uint8Array(3)}) as n`);
  expect(lines[0]).toMatch(/values \(\?\) {2}-- "a \\"b\\" c{90,}…$/);
  expect(lines[1]).toMatch(/-- <3 bytes>$/);
});

test("athanor:query tells of statements from start to end, without values", async () => {
  const db = await opened({ name: "told" });
  const told = listen<QueryEvent>("athanor:query", "told");
  await db.run(insertNote("a secret"));
  await db.all(texts);
  await expect(db.run(insertNote("a secret"))).rejects.toThrow();
  expect(told.map(([name]) => name)).toEqual(["start", "asyncEnd", "start", "asyncEnd", "start", "error", "asyncEnd"]);
  const insert = 'insert into "notes" ("text") values (?)';
  expect(told[0]?.[1]).toEqual({ sql: insert, database: "told", system: "SQLite" });
  expect(told[1]?.[1]).toMatchObject({ sql: insert, affected: 1, duration: expect.any(Number) });
  expect(told[3]?.[1]).toMatchObject({ rows: 1 });
  expect(told[5]?.[1]).toMatchObject({ error: { code: "UNIQUE_VIOLATION" }, duration: expect.any(Number) });
  expect(JSON.stringify(told)).not.toContain("secret");
});

test("athanor:query tells values when asked to", async () => {
  const db = await opened({ name: "loud", trace: { values: true } });
  const told = listen<QueryEvent>("athanor:query", "loud");
  await db.run(insertNote("a secret"));
  expect(told[0]?.[1]).toMatchObject({ parameters: ["a secret"] });
});

test("athanor:transaction tells of transactions and what became of them", async () => {
  const db = await opened({ name: "kept" });
  const told = listen<TransactionEvent>("athanor:transaction", "kept");
  const error = new Error("no");
  await db.transaction(
    async (tx) => {
      await tx.transaction(async (inner) => void (await inner.rollback()));
    },
    { isolation: "serializable" },
  );
  await expect(db.transaction(() => Promise.reject(error))).rejects.toBe(error);
  {
    await using tx = await db.begin({ readOnly: true });
    await tx.all(select({ id: notes.id }).from(notes));
  }
  expect(
    told.map(([name, { depth, isolation, readOnly, outcome }]) => [name, depth, isolation, readOnly, outcome]),
  ).toEqual([
    ["start", 0, "serializable", false, undefined],
    ["start", 1, undefined, false, undefined],
    ["asyncEnd", 1, undefined, false, "rolled back"],
    ["asyncEnd", 0, "serializable", false, "committed"],
    ["start", 0, undefined, false, undefined],
    ["error", 0, undefined, false, "rolled back"],
    ["asyncEnd", 0, undefined, false, "rolled back"],
    ["start", 0, undefined, true, undefined],
    ["asyncEnd", 0, undefined, true, "rolled back"],
  ]);
});
