// Two sessions that want the same row at the same time, each over a connection of its own.
import { fn, select } from "athanor";
import { Session, StaleDataError } from "athanor/orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { blog, Note, newUser, notes, User, users } from "./blog.ts";

const servers = databases.filter(({ server }) => server !== undefined);

describe.each(servers)("$name", ({ db, open }) => {
  beforeAll(() => db.create(blog));
  let key: number;
  beforeEach(async () => {
    await db.execute("delete from notes");
    await db.execute("delete from users");
    const user = newUser("0");
    await Session.run(db, (session) => session.add(user));
    key = user.id;
  });
  const state = () => db.one(select({ name: users.name, version: users.version }).from(users));

  test("of two that change one row, the second waits for the first and is told that it is stale", async () => {
    await using first = new Session(db);
    await using second = new Session(db);
    const [mine, theirs] = [await first.getOne(User, key), await second.getOne(User, key)];
    mine.name = "first";
    theirs.name = "second";
    await first.flush();
    let waits = true;
    const told = expect(second.flush().finally(() => (waits = false))).rejects.toThrow(StaleDataError);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // The row is locked until the first has committed.
    expect(waits).toBe(true);
    await first.commit();
    await told;
    expect([theirs.name, theirs.version, second.isChanged(theirs)]).toEqual(["second", 1, true]);
    await second.rollback();
    expect(await state()).toEqual({ name: "first", version: 2 });
    await second.refresh(theirs);
    theirs.name = "second";
    await second.commit();
    expect(await state()).toEqual({ name: "second", version: 3 });
  });

  test("the second writes if the first rolls back", async () => {
    await using first = new Session(db);
    await using second = new Session(db);
    const [mine, theirs] = [await first.getOne(User, key), await second.getOne(User, key)];
    mine.name = "first";
    theirs.name = "second";
    await first.flush();
    const writing = second.commit();
    await first.rollback();
    await writing;
    expect([mine.name, mine.version, theirs.version]).toEqual(["0", 1, 2]);
    expect(await state()).toEqual({ name: "second", version: 2 });
  });

  test("one deletes what the other changes", async () => {
    await using first = new Session(db);
    await using second = new Session(db);
    const [mine, theirs] = [await first.getOne(User, key), await second.getOne(User, key)];
    first.delete(mine);
    await first.commit();
    theirs.name = "second";
    await expect(second.commit()).rejects.toThrow(StaleDataError);
    await second.rollback();
    expect(second.status(theirs)).toBe("persistent");
    await expect(second.getOne(User, key)).resolves.toBe(theirs);
    await expect(second.refresh(theirs)).rejects.toThrow("no longer there");
  });

  test("twenty at once that each add one lose none of it, run again when they are stale", async () => {
    const counter = open({ max: 5 });
    let runs = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        Session.run(
          counter,
          async (session) => {
            runs++;
            const user = await session.getOne(User, key);
            user.name = String(Number(user.name) + 1);
          },
          { retry: { attempts: 200, delay: 1, also: (error) => error instanceof StaleDataError } },
        ),
      ),
    );
    expect(await state()).toEqual({ name: "20", version: 21 });
    expect(runs).toBeGreaterThanOrEqual(20);
  });

  test("what cannot be serialized is run again with a new session", async () => {
    // Each reads what the other is about to write: no order of the two would give both what they read.
    let arrived = 0;
    let bothHaveRead: () => void = () => {};
    const meeting = new Promise<void>((resolve) => {
      bothHaveRead = resolve;
    });
    let runs = 0;
    const work = () =>
      Session.run(
        db,
        async (session) => {
          runs++;
          // The transaction begins with the first write.
          session.add(newUser(`run ${runs}`));
          await session.flush();
          const n = await session.query(Note).count();
          if (++arrived === 2) bothHaveRead();
          await meeting;
          session.add(new Note({ body: `read ${n}` }));
        },
        { retry: { attempts: 9, delay: 5 }, transaction: { isolation: "serializable" } },
      );
    await Promise.all([work(), work()]);
    expect(await db.all(select({ body: notes.body }).from(notes).orderBy(notes.body.asc()))).toEqual([
      { body: "read 0" },
      { body: "read 1" },
    ]);
    expect(runs).toBeGreaterThan(2);
    expect(await db.scalar(select({ n: fn.count() }).from(users))).toBe(3);
  });
});
