// What needs a MariaDB that nobody else uses: restarts and TLS.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fn, insertInto, integer, select, sql, table, text, varchar } from "../../../core/index.ts";
import { mariadb } from "../../../dialects/mysql/index.ts";
import { canRunMariadb, type PrivateMariadb, privateMariadb } from "../../support/private-mariadb.ts";
import { failure } from "./support.ts";

const notes = table("notes", { id: integer().primaryKey(), body: varchar(50) });
const cipher = sql.statement({ name: text(), value: text() })`show session status like 'Ssl_cipher'`;
const sleep = sql.statement({ slept: integer() })`select sleep(10)`;
const count = select({ n: fn.count() }).from(notes);

if (!canRunMariadb) console.warn("no mariadbd and mariadb-install-db here: restarts and TLS of MariaDB are not tested");

describe.skipIf(!canRunMariadb)("a MariaDB server of one's own", () => {
  let server: PrivateMariadb;
  beforeAll(async () => {
    server = await privateMariadb();
    await using db = mariadb(server.url);
    await db.create([notes]);
    await db.run(insertInto(notes).values({ body: "first" }));
  }, 120_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  test("TLS options are passed on: a certificate that is trusted is used, one that is not is refused", async () => {
    // By name: of an address mysql2 checks whether the certificate is one for "localhost".
    const byName = server.url.replace("127.0.0.1", "localhost");
    await using trusting = mariadb(byName, { ssl: { ca: readFileSync(server.certificate), verifyIdentity: true } });
    expect((await trusting.one(cipher)).value).toMatch(/^[A-Z0-9_-]+$/);
    // A cancel goes the same way.
    expect(await failure(trusting.all(sleep, { timeout: 200 }))).toMatchObject({
      code: "STATEMENT_TIMEOUT",
      connectionInvalidated: false,
    });
    await using strict = mariadb(byName, { ssl: true });
    expect(await failure(strict.one(cipher))).toMatchObject({ code: "CANNOT_CONNECT" });
    await using plain = mariadb(server.url);
    expect((await plain.one(cipher)).value).toBe("");
  });

  test("a restart between two statements is not noticed by reads, and ends a transaction", async () => {
    await using db = mariadb(server.url, { max: 3 });
    await Promise.all([1, 2, 3].map(() => db.all(select(notes))));
    await server.restart();
    for (let i = 0; i < 6; i++) expect(await db.scalar(count)).toBe(1);

    await using tx = await db.begin();
    await tx.run(insertInto(notes).values({ body: "lost" }));
    await server.restart();
    expect(await failure(tx.run(insertInto(notes).values({ body: "lost" })))).toMatchObject({
      code: "DISCONNECTED",
      transaction: "gone",
    });
    expect(await failure(tx.commit())).toBeInstanceOf(Error);
    expect(await db.scalar(count)).toBe(1);
  }, 60_000);

  test("a crash during a statement ends it, and what was committed is there afterwards", async () => {
    await using db = mariadb(server.url);
    await db.run(insertInto(notes).values({ body: "kept" }));
    const running = failure(db.all(sleep));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.stop("SIGKILL");
    // Read outside a transaction: it was tried again, and found nobody.
    expect(await running).toMatchObject({ retryable: "connect" });
    await server.start();
    expect(await db.scalar(count)).toBe(2);
  }, 60_000);

  test("while the server is down every call fails at once, and works when it is back", async () => {
    await using db = mariadb(server.url);
    const before = await db.scalar(count);
    await server.stop();
    expect(await failure(db.all(select(notes)))).toMatchObject({ retryable: "connect" });
    expect(await failure(db.run(insertInto(notes).values({ body: "x" })))).toMatchObject({ code: "CANNOT_CONNECT" });
    await server.start();
    expect(await db.scalar(count)).toBe(before);
  }, 60_000);
});
