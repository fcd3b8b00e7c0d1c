// A commit that is never answered, and two sessions that want the same row: over real connections.
import { CommitOutcomeUnknown, type Database, select, TransactionAborted } from "athanor";
import { Session, StaleDataError } from "athanor/orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { blog, Note, newUser, notes, User, users } from "./blog.ts";

const servers = databases.filter(({ server }) => server !== undefined);

describe.each(servers)("$name", ({ db, open, server }) => {
  let proxy: TcpProxy;
  let weak: Database<any>;
  beforeAll(async () => {
    await db.create(blog);
    proxy = await TcpProxy.start(server as NonNullable<typeof server>);
    weak = open({ port: proxy.port, max: 1 });
  });
  beforeEach(async () => {
    proxy.filter(undefined);
    await db.execute("delete from notes");
    await db.execute("delete from users");
  });
  afterAll(() => proxy[Symbol.asyncDispose]());

  const lose = (how: "before" | "after"): void => {
    if (how === "before") proxy.cutBefore("to server", "commit");
    else proxy.cutAnswerTo("commit");
  };
  const bodies = async (): Promise<unknown[]> =>
    (await db.all(select({ body: notes.body }).from(notes).orderBy(notes.body.asc()))).map(({ body }) => body);

  test.each(["before", "after"] as const)(
    "a commit lost %s the server had it: the session says so, and is as before the transaction once rolled back",
    async (how) => {
      await using session = new Session(weak);
      const user = newUser("A");
      session.add(user);
      await session.commit();
      user.name = "B";
      const note = new Note({ body: "new" });
      session.add(note);
      await session.flush();
      lose(how);
      await expect(session.commit()).rejects.toThrow(CommitOutcomeUnknown);
      proxy.filter(undefined);
      // Nobody knows what memory should be: nothing is read or written before that is settled.
      await expect(session.query(User).all()).rejects.toThrow(TransactionAborted);
      await expect(session.commit()).rejects.toThrow(TransactionAborted);
      expect([user.name, user.version, session.status(note)]).toEqual(["B", 2, "persistent"]);
      await session.rollback();
      expect([user.name, user.version, session.isChanged(user)]).toEqual(["A", 1, false]);
      expect([session.status(note), Object.hasOwn(note, "id"), note.body]).toEqual(["transient", false, "new"]);
      expect(await bodies()).toEqual(how === "after" ? ["new"] : []);
      // What is read from now on is what became of it.
      await session.query(User).all();
      expect([user.name, user.version]).toEqual(how === "after" ? ["B", 2] : ["A", 1]);
    },
  );

  test("what is written again after a commit that had come through is a StaleDataError, not written twice", async () => {
    await using session = new Session(weak);
    const user = newUser("A");
    session.add(user);
    await session.commit();
    user.name = "B";
    await session.flush();
    lose("after");
    await expect(session.commit()).rejects.toThrow(CommitOutcomeUnknown);
    proxy.filter(undefined);
    await session.rollback();
    user.name = "B";
    await expect(session.commit()).rejects.toThrow(StaleDataError);
  });

  test("Session.run does not run again what may have been committed", async () => {
    let runs = 0;
    const losing = Session.run(
      weak,
      (session) => {
        runs++;
        session.add(new Note({ body: "once" }));
        lose("after");
      },
      { retry: 5 },
    );
    await expect(losing).rejects.toThrow(CommitOutcomeUnknown);
    proxy.filter(undefined);
    expect([runs, await bodies()]).toEqual([1, ["once"]]);
    await Session.run(weak, (session) => session.add(new Note({ body: "then" })));
    expect(await bodies()).toEqual(["once", "then"]);
  });

  test("a connection that is lost in the middle of a flush leaves the session as before it, once rolled back", async () => {
    await using session = new Session(weak);
    const user = newUser("A");
    session.add(user);
    await session.commit();
    user.name = "B";
    proxy.cutBefore("to server", "update");
    await expect(session.flush()).rejects.toThrow();
    proxy.filter(undefined);
    expect([user.name, user.version, session.isChanged(user)]).toEqual(["B", 1, true]);
    await session.commit();
    expect(await db.all(select({ name: users.name }).from(users))).toEqual([{ name: "B" }]);
  });
});
