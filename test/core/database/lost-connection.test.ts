import { CommitOutcomeUnknown, type Database, Disconnected, TransactionAborted } from "athanor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { emptied, insertNote, texts, textsIn } from "./tables.ts";

const servers = databases.filter(({ server }) => server !== undefined);

describe.each(servers)("$name", ({ db, open, server }) => {
  let proxy: TcpProxy;
  /** The same database through the proxy, on one connection: what is left broken would meet the next user. */
  let weak: Database<any>;
  beforeEach(async () => {
    await emptied(db);
    proxy = await TcpProxy.start(server as { host: string; port: number });
    weak = open({ port: proxy.port, max: 1, acquireTimeout: 3_000 });
    await weak.all(texts);
  });
  afterEach(async () => {
    proxy.filter(undefined);
    await weak.close();
    await proxy[Symbol.asyncDispose]();
  });

  /** Hangs up instead of the next answer, and lets everything after that through. */
  function loseNextAnswer(to?: string): void {
    let sent = false;
    proxy.filter((chunk, way) => {
      if (way === "to server") sent ||= to === undefined || chunk.includes(to);
      else if (sent) {
        proxy.filter(undefined);
        return undefined;
      }
      return chunk;
    });
  }

  test("a read whose connection is lost runs once more", async () => {
    await db.run(insertNote("a"));
    loseNextAnswer();
    expect(await textsIn(weak)).toEqual(["a"]);
  });

  test("a write whose connection is lost is not repeated", async () => {
    loseNextAnswer();
    await expect(weak.run(insertNote("a"))).rejects.toThrow(Disconnected);
    expect((await textsIn(weak)).length).toBeLessThan(2);
  });

  test("a transaction whose connection is lost takes no more statements and no commit", async () => {
    const losing = weak.transaction(async (tx) => {
      await tx.run(insertNote("a"));
      loseNextAnswer();
      await expect(tx.all(texts)).rejects.toThrow(Disconnected);
      await expect(tx.run(insertNote("b"))).rejects.toThrow(TransactionAborted);
      expect(tx.isOpen).toBe(false);
    });
    const error = await losing.catch((it: unknown) => it);
    expect(error).toBeInstanceOf(TransactionAborted);
    expect(error).toMatchObject({ cause: { code: "DISCONNECTED" } });
    expect(await textsIn(weak)).toEqual([]);
  });

  test("a commit that was never answered is CommitOutcomeUnknown, and never run again", async () => {
    let runs = 0;
    const losing = weak.transaction(
      async (tx) => {
        runs++;
        await tx.run(insertNote("a"));
        loseNextAnswer("commit");
      },
      { retry: 3 },
    );
    await expect(losing).rejects.toThrow(CommitOutcomeUnknown);
    expect(runs).toBe(1);
    await weak.all(texts);
  });

  test("a connection lost before COMMIT is sent is no open question", async () => {
    const tx = await weak.begin();
    await tx.run(insertNote("a"));
    proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const error = await tx.commit().catch((it: unknown) => it);
    expect(error).toBeInstanceOf(Disconnected);
    expect(await textsIn(weak)).toEqual([]);
  });

  test("a batch that was never answered may have been committed", async () => {
    loseNextAnswer();
    const error = await weak.batch([insertNote("a"), insertNote("b")]).catch((it: unknown) => it);
    const sentAtOnce = error instanceof CommitOutcomeUnknown;
    expect(sentAtOnce || error instanceof Disconnected).toBe(true);
    await weak.all(texts);
  });

  test("a BEGIN that fails leaves the pool of one usable", async () => {
    loseNextAnswer();
    await expect(weak.transaction(async () => {})).rejects.toThrow(Disconnected);
    expect(await textsIn(weak)).toEqual([]);
  });

  test("a ROLLBACK that fails does not hide why it was sent", async () => {
    const reason = new Error("no");
    const losing = weak.transaction(async (tx) => {
      await tx.run(insertNote("a"));
      loseNextAnswer("rollback");
      throw reason;
    });
    await expect(losing).rejects.toBe(reason);
    expect(reason).toMatchObject({ suppressed: [{ code: "DISCONNECTED" }] });
    expect(await textsIn(weak)).toEqual([]);
  });

  test("a stream whose connection is lost fails once, and the pool of one works again", async () => {
    await db.run(insertNote("a"));
    const stream = weak.stream(texts);
    loseNextAnswer();
    await expect(stream.next()).rejects.toThrow(Disconnected);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await textsIn(weak)).toEqual(["a"]);
  });
});
