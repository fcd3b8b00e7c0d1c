// What needs a server that nobody else uses: restarts, passwords, TLS, two-phase commit across a restart.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fn, insertInto, integer, select, sql, table, text } from "../../../core/index.ts";
import {
  commitPrepared,
  postgres,
  preparedTransactions,
  prepareTransaction,
  rollbackPrepared,
} from "../../../dialects/postgres/index.ts";
import { canRunPostgres, type PrivatePostgres, privatePostgres } from "../../support/private-postgres.ts";
import { failure } from "./support.ts";

const notes = table("notes", { id: integer().primaryKey(), body: text() });
const encrypted = sql.statement({ ssl: text() })`select ssl::text from pg_stat_ssl where pid = pg_backend_pid()`;

describe.skipIf(!canRunPostgres)("a PostgreSQL server of one's own", () => {
  let server: PrivatePostgres;
  beforeAll(async () => {
    server = await privatePostgres({ max_prepared_transactions: "5", max_connections: "10" });
    await using db = postgres(server.url);
    await db.create([notes]);
  }, 60_000);
  afterAll(() => server[Symbol.dispose]());

  test("a wrong password is CannotConnect, and neither password is shown", async () => {
    await using db = postgres(server.url.replace("secret", "wrong-password"));
    const error = await failure(db.one(encrypted));
    expect(error).toMatchObject({
      code: "CANNOT_CONNECT",
      message: expect.stringContaining("password authentication failed"),
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("wrong-password");
    expect(inspect(db, { depth: 10 })).not.toContain("wrong-password");
  });

  test("a password can be asked for", async () => {
    await using db = postgres({
      host: "127.0.0.1",
      port: server.port,
      user: "owner",
      database: "postgres",
      password: async () => "secret",
    });
    expect(await db.scalar(select({ one: fn.count() }))).toBe(1);
    await using beside = postgres({
      url: server.url.replace(":secret", ""),
      password: () => "secret",
      applicationName: "beside",
    });
    expect(await beside.scalar(sql.statement({ name: text() })`show application_name`)).toBe("beside");
  });

  test("TLS options are passed on: a certificate that is trusted is used, one that is not is refused", async () => {
    await using trusting = postgres(server.url, { ssl: { ca: readFileSync(server.certificate) } });
    expect(await trusting.scalar(encrypted)).toBe("true");
    // A cancel goes the same way.
    expect(
      await failure(trusting.all(sql.statement({ t: text() })`select pg_sleep(10)::text`, { timeout: 100 })),
    ).toMatchObject({ code: "STATEMENT_TIMEOUT", connectionInvalidated: false });
    await using strict = postgres(server.url, { ssl: true });
    expect(await failure(strict.one(encrypted))).toMatchObject({ code: "CANNOT_CONNECT" });
    await using plain = postgres(server.url);
    expect(await plain.scalar(encrypted)).toBe("false");
  });

  test("a local socket serves as well as TCP, for cancels too", async () => {
    const { folder: host, port } = server;
    await using db = postgres({ host, port, user: "owner", password: "secret", database: "postgres" });
    const sleep = sql.statement({ t: text() })`select pg_sleep(10)::text`;
    expect(await failure(db.all(sleep, { timeout: 100 }))).toMatchObject({
      code: "STATEMENT_TIMEOUT",
      connectionInvalidated: false,
    });
    expect(await db.scalar(encrypted)).toBe("false");
  });

  test("more connections than the server allows are ResourceExhausted", async () => {
    await using db = postgres(server.url, { max: 20 });
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => db.all(sql.statement({ t: text() })`select pg_sleep(0.2)::text`)),
    );
    const errors = all.filter((one) => one.status === "rejected").map((one) => one.reason);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatchObject({ code: "RESOURCE_EXHAUSTED", retryable: "connect" });
  });

  test("a prepared transaction survives a restart, and is committed by another connection", async () => {
    await using db = postgres(server.url);
    for (const name of ["kept", "dropped"]) {
      const tx = await db.begin();
      await tx.run(insertInto(notes).values({ body: name }));
      await prepareTransaction(tx, `it's ${name}`);
      expect(tx.isOpen).toBe(false);
    }
    server.restart();
    await db.all(select(notes)).catch(() => undefined);
    expect((await preparedTransactions(db)).map(({ name, owner }) => ({ name, owner }))).toEqual([
      { name: "it's kept", owner: "owner" },
      { name: "it's dropped", owner: "owner" },
    ]);
    expect(await db.all(select(notes))).toEqual([]);
    await commitPrepared(db, "it's kept");
    await rollbackPrepared(db, "it's dropped");
    expect(await db.all(select({ body: notes.body }).from(notes))).toEqual([{ body: "kept" }]);
    expect(await preparedTransactions(db)).toEqual([]);
  }, 30_000);

  test("a restart between two statements is not noticed by reads, and ends a transaction", async () => {
    await using db = postgres(server.url, { max: 3 });
    await Promise.all([1, 2, 3].map(() => db.all(select(notes))));
    server.restart();
    for (let i = 0; i < 6; i++) expect(await db.scalar(select({ n: fn.count() }).from(notes))).toBe(1);

    await using tx = await db.begin();
    await tx.run(insertInto(notes).values({ body: "lost" }));
    server.restart();
    expect(await failure(tx.run(insertInto(notes).values({ body: "lost" })))).toMatchObject({
      code: "DISCONNECTED",
      transaction: "gone",
    });
    expect(await failure(tx.commit())).toBeInstanceOf(Error);
    expect(await db.scalar(select({ n: fn.count() }).from(notes))).toBe(1);
  }, 30_000);

  test("while the server is down every call fails at once, and works when it is back", async () => {
    await using db = postgres(server.url);
    await db.all(select(notes));
    server.stop();
    expect(await failure(db.all(select(notes)))).toMatchObject({ retryable: "connect" });
    expect(await failure(db.run(insertInto(notes).values({ body: "x" })))).toMatchObject({ code: "CANNOT_CONNECT" });
    server.start();
    expect(await db.scalar(select({ n: fn.count() }).from(notes))).toBe(1);
  }, 30_000);
});
