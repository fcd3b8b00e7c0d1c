import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Row } from "../../../core/dialect/index.ts";
import type { Connections } from "../../../dialects/sqlite/connections.ts";
import { natives, open, places, query, run, temporaryPath, withWriter } from "./open.ts";

const table = "create table t (id integer primary key, name text not null unique, age integer check (age >= 0))";
const add = "insert into t (name, age) values (?, ?)";

describe.each(places)("$name", ({ native, path }) => {
  test("writes and reads without a single promise", async () => {
    const connections = open(native, path());
    const writer = connections.acquire("write");
    if (writer instanceof Promise) throw new Error("the first turn is free");
    expect(writer.execute(table)).toEqual({ rows: [], affected: 0 });
    expect(writer.query(query(add, ["a", 1n], { rows: false }))).toEqual({ rows: [], affected: 1, insertedKey: 1 });
    writer.release();
    const reader = connections.acquire("read");
    if (reader instanceof Promise) throw new Error("reading waits for nobody");
    expect(reader.query(query("select name, age from t"))).toEqual({ rows: [["a", 1]], affected: 0 });
    reader.release();
  });

  test("says how many rows were inserted, updated and deleted, and the first key of several", async () => {
    const connections = open(native, path());
    await withWriter(connections, async (connection) => {
      connection.execute(table);
      const many = "insert into t (name, age) values ('a', 1), ('b', 2), ('c', 3)";
      expect(connection.query(query(many, [], { rows: false }))).toMatchObject({ affected: 3, insertedKey: 1 });
      expect(connection.query(query("update t set age = 5 where age > 1", [], { rows: false }))).toEqual({
        rows: [],
        affected: 2,
      });
      expect(connection.query(query("delete from t where age = 5 returning name"))).toEqual({
        rows: [["b"], ["c"]],
        affected: 2,
      });
      const nothing = "insert into t (name) values ('a') on conflict do nothing";
      expect(connection.query(query(nothing, [], { rows: false }))).toMatchObject({ affected: 0 });
    });
  });

  test("stops reading at the most rows that are looked at", async () => {
    const connections = open(native, path());
    const endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n";
    expect((await run(connections, "select 1 union all select 2", [], "read")).rows).toHaveLength(2);
    const reader = await connections.acquire("read");
    const result = await reader.query(query(endless, [], { maxRows: 1 }));
    expect(result.rows.map((row) => row.map(Number))).toEqual([[1]]);
    reader.release();
  });

  test("gives integers past 2^53 exactly where they are asked for", async () => {
    const connections = open(native, path());
    const reader = await connections.acquire("read");
    const exact = await reader.query(query("select 9223372036854775807, 1", [], { bigints: true }));
    expect(exact.rows).toEqual([[9_223_372_036_854_775_807n, 1n]]);
    // The same text, asked for numbers: not one of them is a wrong number that looks right.
    const [row] = (await reader.query(query("select 9223372036854775807, 1"))).rows as [Row];
    expect(Number.isSafeInteger(row[0])).toBe(false);
    expect(Number(row[1])).toBe(1);
    reader.release();
  });

  test("streams in batches, and lets others write in between", async () => {
    const connections = open(native, path());
    await run(connections, table);
    for (let i = 0; i < 10; i++) await run(connections, add, [`n${i}`, i]);
    const reader = await connections.acquire("read");
    const sizes: number[] = [];
    for await (const rows of reader.stream(query("select id, name from t order by id"), 4)) {
      sizes.push(rows.length);
      await run(connections, "delete from t where id > 2");
    }
    reader.release();
    expect(sizes).toEqual([4, 4, 2]);
    expect((await run(connections, "select count(*) from t", [], "read")).rows.map((row) => row.map(Number))).toEqual([
      [2],
    ]);
  });

  test("a stream that is left early leaves nothing behind", async () => {
    const connections = open(native, path());
    await run(connections, table);
    for (let i = 0; i < 10; i++) await run(connections, add, [`n${i}`, i]);
    const reader = await connections.acquire("read");
    for await (const _ of reader.stream(query("select id from t"), 2)) break;
    reader.release();
    await run(connections, "drop table t");
    expect(
      (await run(connections, "select count(*) from sqlite_schema", [], "read")).rows.map((row) => row.map(Number)),
    ).toEqual([[0]]);
  });

  test("a stream inside a transaction sees it, and steps aside for its writes", async () => {
    const connections = open(native, path());
    await run(connections, table);
    await withWriter(connections, async (connection) => {
      connection.execute("begin immediate");
      for (let i = 0; i < 6; i++) connection.query(query(add, [`n${i}`, BigInt(i)], { rows: false }));
      const seen: unknown[] = [];
      for await (const rows of connection.stream(query("select name from t order by id"), 2)) {
        seen.push(...rows.flat());
        await connection.query(query("delete from t where name = 'n5'", [], { rows: false }));
      }
      expect(seen).toEqual(["n0", "n1", "n2", "n3", "n4", "n5"]);
      connection.execute("rollback");
    });
    expect((await run(connections, "select * from t", [], "read")).rows).toEqual([]);
  });

  test("a signal or deadline ends a stream between two batches", async () => {
    const connections = open(native, path());
    const endless = query("with recursive n(i) as (select 1 union all select i + 1 from n) select i from n");
    for (const until of [{ signal: AbortSignal.timeout(20) }, { deadline: performance.now() + 20 }]) {
      const reader = await connections.acquire("read");
      const read = async () => {
        for await (const _ of reader.stream(endless, 100, until));
      };
      await expect(read()).rejects.toMatchObject({ code: "signal" in until ? "CANCELLED" : "STATEMENT_TIMEOUT" });
      reader.release();
    }
    expect((await run(connections, "select 1", [], "read")).rows.map((row) => row.map(Number))).toEqual([[1]]);
  });

  test("writers take turns in the order they came, and one that gives up leaves no gap", async () => {
    const connections = open(native, path());
    await run(connections, table);
    const first = await connections.acquire("write");
    const order: string[] = [];
    const enter = async (name: string, until?: Parameters<Connections["acquire"]>[1]) => {
      const connection = await connections.acquire("write", until);
      order.push(name);
      connection.release();
    };
    const impatient = enter("impatient", { deadline: performance.now() + 10 });
    const cancelled = new AbortController();
    const waiting = [enter("b"), enter("cancelled", { signal: cancelled.signal }), enter("c")];
    await expect(impatient).rejects.toMatchObject({ code: "STATEMENT_TIMEOUT" });
    cancelled.abort(new Error("enough"));
    await expect(waiting[1]).rejects.toMatchObject({ code: "CANCELLED", cause: new Error("enough") });
    first.release();
    await Promise.all([waiting[0], waiting[2]]);
    expect(order).toEqual(["b", "c"]);
  });

  test("a read that must wait for the one connection does not wait for ever", async () => {
    const connections = open(native, ":memory:", { acquireTimeout: 20 });
    const first = await connections.acquire("write");
    await expect(connections.acquire("read")).rejects.toMatchObject({
      code: "STATEMENT_TIMEOUT",
      hint: expect.stringContaining("a database in memory has one connection for everything"),
    });
    first.release();
    expect((await run(connections, "select 1", [], "read")).rows.map((row) => row.map(Number))).toEqual([[1]]);
  });

  test("what was left open is rolled back before the next has its turn", async () => {
    const connections = open(native, path());
    await run(connections, table);
    const careless = await connections.acquire("write");
    careless.execute("begin immediate");
    careless.query(query(add, ["a", 1n], { rows: false }));
    careless.release();
    careless.release();
    await withWriter(connections, (connection) => {
      expect(connection.query(query("select count(*) from t"))).toMatchObject({
        rows: [[expect.toSatisfy((n) => Number(n) === 0)]],
      });
      expect(connection.execute("begin immediate")).toBeDefined();
    });
  });

  test("a transaction that only reads cannot write, and the next one can", async () => {
    const connections = open(native, path());
    await run(connections, table);
    await withWriter(connections, (connection) => {
      for (const text of connections.dialect.begin({ readOnly: true })) connection.execute(text);
      expect(() => connection.query(query(add, ["a", 1n], { rows: false }))).toThrow(
        expect.objectContaining({ name: "ReadOnly", transaction: "open" }),
      );
      connection.execute("rollback");
    });
    expect(await run(connections, add, ["a", 1n])).toMatchObject({ affected: 1 });
  });

  test("is closed once, after what runs has ended", async () => {
    const connections = open(native, path());
    await run(connections, table);
    const writer = await connections.acquire("write");
    const queued = connections.acquire("write");
    const closing = connections.close();
    expect(() => connections.acquire("write")).toThrow("the database has been closed");
    expect(writer.query(query(add, ["a", 1n], { rows: false }))).toMatchObject({ affected: 1 });
    writer.release();
    (await queued).release();
    await closing;
    expect(writer.usable).toBe(false);
    await connections.close();
  });
});

describe.each(natives.map((native) => ({ name: native.name, native })))("$name with a file", ({ native }) => {
  test("is in WAL mode, with foreign keys enforced", async () => {
    const connections = open(native, temporaryPath());
    expect((await run(connections, "pragma journal_mode")).rows).toEqual([["wal"]]);
    expect((await run(connections, "pragma foreign_keys", [], "read")).rows.flat().map(Number)).toEqual([1]);
  });

  test("readers see what was committed, not what is being written", async () => {
    const connections = open(native, temporaryPath());
    await run(connections, table);
    await withWriter(connections, async (connection) => {
      connection.execute("begin immediate");
      connection.query(query(add, ["a", 1n], { rows: false }));
      expect((await run(connections, "select name from t", [], "read")).rows).toEqual([]);
      connection.execute("commit");
      expect((await run(connections, "select name from t", [], "read")).rows).toEqual([["a"]]);
    });
  });

  test("a transaction that reads has a connection and a snapshot of its own", async () => {
    const connections = open(native, temporaryPath());
    await run(connections, table);
    const reader = await connections.acquire("read");
    for (const text of connections.dialect.begin({ readOnly: true })) await reader.execute(text);
    expect((await reader.query(query("select name from t"))).rows).toEqual([]);
    await run(connections, add, ["a", 1n]);
    expect((await reader.query(query("select name from t"))).rows).toEqual([]);
    expect((await run(connections, "select name from t", [], "read")).rows).toEqual([["a"]]);
    await reader.execute("commit");
    reader.release();
    const other = await connections.acquire("read");
    await other.execute("begin");
    expect(() => other.query(query("delete from t", [], { rows: false }))).toThrow(
      expect.objectContaining({ name: "ReadOnly" }),
    );
    other.release();
  });

  test("many streams and writes at once do not meet", async () => {
    const connections = open(native, temporaryPath());
    await run(connections, "create table n (i integer)");
    await run(
      connections,
      "insert into n with recursive c(i) as (select 1 union all select i + 1 from c where i < 1000) select i from c",
    );
    const sumOf = async () => {
      const reader = await connections.acquire("read");
      let sum = 0;
      for await (const rows of reader.stream(query("select i from n"), 50)) {
        for (const row of rows) sum += Number(row[0]);
        await sleep(0);
      }
      reader.release();
      return sum;
    };
    const writes = async () => {
      for (let i = 0; i < 50; i++) {
        await run(connections, "insert into n values (0)");
        await sleep(0);
      }
    };
    const [sums] = await Promise.all([Promise.all(Array.from({ length: 8 }, sumOf)), writes()]);
    expect(sums).toEqual(Array(8).fill(500_500));
  });

  test("a file that only may be read is not written to, nor created", async () => {
    const path = temporaryPath();
    await run(open(native, path), table);
    const connections = open(native, path, { readOnly: true });
    await expect(run(connections, add, ["a", 1n])).rejects.toMatchObject({ name: "ReadOnly" });
    const missing = temporaryPath();
    await expect(run(open(native, missing, { readOnly: true }), "select 1", [], "read")).rejects.toMatchObject({
      name: "CannotConnect",
    });
    await expect(run(open(native, missing, { create: false }), "select 1", [], "read")).rejects.toMatchObject({
      name: "CannotConnect",
    });
    expect(existsSync(missing)).toBe(false);
  });

  test("what is no database, or in no folder, cannot be connected to", async () => {
    const path = temporaryPath();
    writeFileSync(path, "this is a letter to somebody and surely not a database".repeat(20));
    await expect(run(open(native, path), "select 1", [], "read")).rejects.toMatchObject({
      name: "CannotConnect",
      message: expect.stringContaining("file is not a database"),
    });
    await expect(run(open(native, "/nowhere/at/all.sqlite"), "select 1")).rejects.toMatchObject({
      name: "CannotConnect",
      message: expect.stringContaining("/nowhere/at/all.sqlite"),
    });
  });

  test("other files are reached as schemas, settings are those asked for", async () => {
    const other = temporaryPath();
    await run(open(native, other), table);
    const connections = open(native, temporaryPath(), { attach: { archive: other }, pragmas: { cache_size: -1234 } });
    await run(connections, "insert into archive.t (name) values ('old')");
    expect((await run(connections, "select name from archive.t", [], "read")).rows).toEqual([["old"]]);
    expect((await run(connections, "pragma cache_size", [], "read")).rows.flat().map(Number)).toEqual([-1234]);
  });

  test("a connection that was broken is replaced", async () => {
    const connections = open(native, temporaryPath());
    await run(connections, table);
    const broken = await connections.acquire("write");
    broken.execute("begin immediate");
    broken.release(true);
    expect(await run(connections, add, ["a", 1n])).toMatchObject({ affected: 1 });
  });
});
