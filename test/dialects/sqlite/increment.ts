// Run by processes.test.ts as a process of its own: adds 1 to two counters, again and again, reading before it writes.
import { betterSqlite3 } from "../../../dialects/sqlite/better-sqlite3.ts";
import { Connections } from "../../../dialects/sqlite/connections.ts";
import { sqliteDialect } from "../../../dialects/sqlite/dialect.ts";
import { inspect } from "../../../dialects/sqlite/inspector.ts";
import { nodeSqlite } from "../../../dialects/sqlite/node-sqlite.ts";

const [driver, path = "", times] = process.argv.slice(2);
const native = driver === "node:sqlite" ? nodeSqlite() : betterSqlite3();
const connections = new Connections(native, path, { busyTimeout: 20_000 }, sqliteDialect, inspect);

for (let i = 0; i < Number(times); i++) {
  const connection = await connections.acquire("write");
  await connection.execute("begin immediate");
  for (const name of ["a", "b"]) {
    const select = { text: "select value from counters where name = ?", parameters: [name], rows: true };
    const { rows } = await connection.query(select);
    const update = "update counters set value = ? where name = ?";
    await connection.query({ text: update, parameters: [BigInt(Number(rows[0]?.[0]) + 1), name], rows: false });
  }
  await connection.execute("commit");
  connection.release();
}
await connections.close();
