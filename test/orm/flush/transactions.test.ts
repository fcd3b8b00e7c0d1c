import {
  CheckViolation,
  ConcurrentUseError,
  type Database,
  SerializationFailure,
  select,
  UniqueViolation,
  update,
} from "athanor";
import { DetachedError, OtherSessionError, type RunSessionOptions, Session, StaleDataError } from "athanor/orm";
import { describe, expect, test } from "vitest";
import { Note, newUser, Post, posts, postTags, Tag, tags, User, users } from "./blog.ts";
import { failing } from "./failing.ts";
import { places } from "./support.ts";

const names = (db: Database<any>): Promise<unknown> =>
  db
    .all(select({ name: users.name }).from(users).orderBy(users.name.asc()))
    .then((rows) => rows.map((row) => row.name));

describe.each(places)("$name", ({ db, session: open, all, clear }) => {
  test("the transaction begins with the first write; what is read before is read outside", async () => {
    await using session = open();
    await session.query(User).all();
    clear();
    await session.query(User).all();
    expect(all.filter((text) => /^(begin|start)/.test(text))).toEqual([]);
    session.add(newUser());
    await session.query(User).all();
    expect(all.filter((text) => /^(begin|start)/.test(text))).toHaveLength(1);
    await session.commit();
    expect(all.at(-1)).toBe("commit");
  });

  test("queries see what was changed, since it is written before them, unless autoflush is off", async () => {
    await using session = open();
    session.add(newUser("A"));
    expect(await session.query(User).where(users.name.eq("A")).count()).toBe(1);
    await session.rollback();
    await using other = open({ autoflush: false });
    other.add(newUser("B"));
    expect(await other.query(User).where(users.name.eq("B")).count()).toBe(0);
  });

  test("flush, commit, rollback and nested refuse to run beside each other; reads wait", async () => {
    await using session = open();
    session.add(newUser("A"));
    const committing = session.commit();
    await expect(session.flush()).rejects.toThrow(ConcurrentUseError);
    await expect(session.rollback()).rejects.toThrow(ConcurrentUseError);
    const reading = session.query(User).count();
    await committing;
    expect(await reading).toBe(1);
    await session.flush();
  });

  test("inside nested the session is used as ever, but not ended", async () => {
    await using session = open();
    const found = await session.nested(async () => {
      session.add(newUser("A"));
      await session.flush();
      await session.nested(async () => session.add(newUser("B")));
      await expect(session.commit()).rejects.toThrow(ConcurrentUseError);
      return session.query(User).count();
    });
    expect(found).toBe(2);
    await session.rollback();
    expect(await names(db)).toEqual([]);
  });

  test("a nested transaction that fails in the database leaves the outer one usable", async () => {
    await using session = open();
    const first = newUser("A");
    session.add(first);
    await session.flush();
    const twin = newUser("B");
    twin.email = first.email;
    await expect(
      session.nested(async () => {
        session.add(twin);
        first.name = "changed";
      }),
    ).rejects.toThrow(UniqueViolation);
    expect([first.name, session.status(twin)]).toEqual(["A", "transient"]);
    await session.commit();
    expect(await names(db)).toEqual(["A"]);
  });

  test("objects that were loaded since the transaction's first write leave the session on rollback", async () => {
    const other = newUser("other");
    await Session.run(db, (session) => session.add(other));
    await using session = open();
    const user = newUser("A");
    session.add(user);
    await session.flush();
    const loaded = (await session.query(User).where(users.name.eq("other")).one()) as User;
    await session.rollback();
    expect(session.status(loaded)).toBe("detached");
    expect(session.identities.size).toBe(0);
    expect(() => session.delete(loaded)).toThrow(DetachedError);
  });

  test("a clean object takes what a later transaction reads; a changed one is left alone", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    session.add(a, b);
    await session.commit();
    await db.run(update(users).set({ name: "elsewhere" }).everyRow());
    await using quiet = open({ autoflush: false });
    const [mine, changed] = (await quiet.query(User).orderBy(users.id.asc()).all()) as [User, User];
    await db.run(update(users).set({ name: "later" }).everyRow());
    changed.name = "mine";
    await quiet.query(User).all();
    expect([mine.name, changed.name]).toEqual(["later", "mine"]);
  });

  test("Session.run commits, or rolls back and closes", async () => {
    await Session.run(db, (session) => session.add(newUser("A")));
    await expect(
      Session.run(db, async (session) => {
        session.add(newUser("B"));
        await session.flush();
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await names(db)).toEqual(["A"]);
  });

  test("Session.run starts anew after a conflict", async () => {
    let runs = 0;
    await Session.run(
      db,
      async (session) => {
        session.add(newUser(`run ${++runs}`));
        await session.flush();
        if (runs < 3) throw new SerializationFailure({ message: "in the way" });
      },
      { retry: { attempts: 5, delay: 0 } },
    );
    expect(await names(db)).toEqual(["run 3"]);
  });

  test("Session.run starts anew after a stale object, where that is asked for", async () => {
    await Session.run(db, (session) => session.add(newUser("A")));
    let runs = 0;
    const rename = (options: RunSessionOptions) =>
      Session.run(
        db,
        async (session) => {
          const user = await session.query(User).one();
          if (++runs === 1)
            await db.run(
              update(users)
                .set({ name: "B", version: user.version + 1 })
                .everyRow(),
            );
          user.name += "!";
        },
        options,
      );
    await rename({ retry: { attempts: 2, delay: 0, also: (error) => error instanceof StaleDataError } });
    expect([runs, await names(db)]).toEqual([2, ["B!"]]);
    runs = 0;
    await expect(rename({ retry: 2 })).rejects.toThrow(StaleDataError);
  });

  test.each(["update", "delete"])(
    "%s: what is stale for some rows leaves nothing in an open transaction",
    async (verb) => {
      await using session = open();
      const all = ["A", "B", "C"].map((name) => newUser(name));
      session.add(...all);
      await session.commit();
      await db.run(update(users).set({ version: 9 }).where(users.name.eq("B")));
      session.add(newUser("D"));
      await session.flush();
      for (const user of all) {
        if (verb === "delete") session.delete(user);
        else user.name += "!";
      }
      await expect(session.flush()).rejects.toThrow(StaleDataError);
      for (const user of all) {
        if (verb === "delete") session.add(user);
        else user.name = user.name.slice(0, -1);
      }
      await session.commit();
      const rows = await db.all(
        select({ name: users.name, version: users.version }).from(users).orderBy(users.name.asc()),
      );
      expect(rows.map(({ name, version }) => `${name} ${version}`)).toEqual(["A 1", "B 9", "C 1", "D 1"]);
    },
  );

  test("a session on a transaction commits into it", async () => {
    const tx = await db.begin();
    await Session.run(tx, (session) => session.add(newUser("A")));
    expect(await tx.all(select({ name: users.name }).from(users))).toEqual([{ name: "A" }]);
    await tx.rollback();
    expect(await names(db)).toEqual([]);
  });

  test("what handlers add or change after a flush is in the commit too", async () => {
    await using session = open();
    session.on("afterInsert", User, (user) => session.add(new Tag({ label: `hello ${user.name}` })));
    session.on("afterInsert", Tag, (tag) => {
      tag.label += "!";
    });
    session.add(newUser("A"));
    await session.commit();
    expect(await db.all(select({ label: tags.label }).from(tags))).toEqual([{ label: "hello A!" }]);
    await session.nested(() => session.add(newUser("B")));
    expect(session.tracked.pending.size).toBe(0);
    await session.rollback();
    session.on("afterUpdate", User, (user) => {
      user.name = user.name === "C" ? "D" : "C";
    });
    const [user] = await session.query(User).all();
    if (user) user.name = "C";
    await expect(session.commit()).rejects.toThrow("handlers change something after every flush");
    await session.rollback();
    expect(await names(db)).toEqual(["A"]);
  });

  test("handlers are told, in order, and may change what is written", async () => {
    await using session = open();
    const told: string[] = [];
    for (const event of [
      "beforeFlush",
      "afterFlush",
      "beforeCommit",
      "afterCommit",
      "beforeRollback",
      "afterRollback",
    ] as const)
      session.on(event, () => void told.push(event));
    session.on("beforeInsert", User, (user) => {
      told.push(`beforeInsert ${user.name}`);
      user.name += "!";
      user.notes.add(new Note({ body: "made by a handler" }));
    });
    session.on("afterInsert", User, async (user) => {
      told.push(`afterInsert ${user.id > 0}`);
      expect(await session.query(User).count()).toBe(1);
      await expect(session.flush()).rejects.toThrow(ConcurrentUseError);
    });
    session.on("beforeUpdate", User, (user) => void told.push(`beforeUpdate ${user.name}`));
    session.on("afterDelete", User, (user) => void told.push(`afterDelete ${user.name}`));
    const stop = session.on("beforeInsert", Note, () => void told.push("beforeInsert note"));
    const user = newUser("A");
    session.add(user);
    await session.commit();
    stop();
    expect(told.splice(0)).toEqual([
      "beforeCommit",
      "beforeFlush",
      "beforeInsert A",
      "beforeInsert note",
      "afterInsert true",
      "afterFlush",
      "afterCommit",
    ]);
    expect(await names(db)).toEqual(["A!"]);
    user.name = "B";
    await session.flush();
    await session.rollback();
    expect(told.splice(0)).toEqual(["beforeFlush", "beforeUpdate B", "afterFlush", "beforeRollback", "afterRollback"]);
    session.delete(user);
    await session.commit();
    expect(told).toEqual(["beforeCommit", "beforeFlush", "afterDelete A!", "afterFlush", "afterCommit"]);
  });

  test("load is told of each object once, when it comes to the session", async () => {
    await Session.run(db, (session) => session.add(newUser("A"), newUser("B")));
    await using session = open();
    const loaded: string[] = [];
    session.on("load", User, (user) => void loaded.push(user.name));
    await session.query(User).orderBy(users.name.asc()).all();
    await session.query(User).all();
    expect(loaded).toEqual(["A", "B"]);
  });

  test.each([false, true])(
    "every statement of a flush may fail: all or nothing, and then it works; transaction open: %s",
    async (inside) => {
      const broken = failing(db);
      for (let at = 0; at < 30; at++) {
        await using session = new Session(broken.db);
        const [kept, gone] = [newUser("kept"), newUser("gone")];
        session.add(kept, gone);
        await session.commit();
        if (inside) {
          session.add(new Note({ body: "before" }));
          await session.flush();
        }
        kept.name = "changed";
        session.delete(gone);
        const author = newUser("new");
        const post = new Post({ title: "T", author });
        const tag = new Tag({ label: `L${inside}${at}` });
        post.tags.add(tag);
        session.add(post);
        broken.failAt(at);
        const flushed = await session.flush().then(
          () => true,
          (error) => error instanceof CheckViolation || Promise.reject(error),
        );
        expect(flushed).toBe(true);
        broken.failAt(undefined);
        if (session.status(post) === "persistent") return expect(at).toBe(6);
        expect([kept.name, kept.version, session.isChanged(kept)]).toEqual(["changed", 1, true]);
        expect([gone, post, author, tag].map((it) => session.status(it))).toEqual([
          "persistent",
          "pending",
          "transient",
          "transient",
        ]);
        expect([post, author].some((it) => Object.hasOwn(it, "id"))).toBe(false);
        await session.commit();
        expect([gone, post, author, tag].map((it) => session.status(it))).toEqual([
          "detached",
          "persistent",
          "persistent",
          "persistent",
        ]);
        const found = await db.all(
          select({ title: posts.title, label: tags.label })
            .from(posts)
            .join(postTags, postTags.postId.eq(posts.id))
            .join(tags, tags.id.eq(postTags.tagId))
            .where(posts.id.eq(post.id)),
        );
        expect(found).toEqual([{ title: "T", label: tag.label }]);
        expect(
          await db.all(
            select({ name: users.name })
              .from(users)
              .where(users.id.in([kept.id, gone.id])),
          ),
        ).toEqual([{ name: "changed" }]);
      }
    },
  );

  test("OtherSessionError: what another session holds cannot be added", async () => {
    await using one = open();
    await using other = open();
    const user = newUser();
    one.add(user);
    expect(() => other.add(user)).toThrow(OtherSessionError);
    other.add(new Post({ title: "T", author: user }));
    await expect(other.flush()).rejects.toThrow(OtherSessionError);
  });
});
