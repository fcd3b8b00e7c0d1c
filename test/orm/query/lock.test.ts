// Rows of objects, locked until the transaction ends.
import { integer, LockTimeout, ParameterError, table, text } from "athanor";
import { many, mapped, optional, Session } from "athanor/orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const owners = table("lock_owners", { id: integer().primaryKey(), name: text() });
const jobs = table("lock_jobs", {
  id: integer().primaryKey(),
  state: text(),
  ownerId: integer("owner_id")
    .nullable()
    .references(() => owners.id),
});

class Owner extends mapped(owners, {
  get jobs() {
    return many(Job);
  },
}) {}
class Job extends mapped(jobs, {
  get owner() {
    return optional(Owner);
  },
}) {}

describe.each(databases)("$name", ({ db, server }) => {
  beforeAll(() => db.create({ owners, jobs }));
  beforeEach(async () => {
    await db.execute("delete from lock_jobs");
    await db.execute("delete from lock_owners");
    await Session.run(db, (session) => {
      const owner = new Owner({ id: 1, name: "Ann" });
      session.add(new Job({ id: 1, state: "open", owner }), new Job({ id: 2, state: "open", owner: null }));
    });
  });

  test.runIf(server)("what one session has locked, others skip or are told of at once", async () => {
    const first = new Session(db);
    const second = new Session(db);
    try {
      const mine = await first.query(Job).orderBy(jobs.id.asc()).limit(1).forUpdate().one();
      const theirs = await second.query(Job).orderBy(jobs.id.asc()).limit(1).forUpdate({ skipLocked: true }).one();
      expect([mine.id, theirs.id]).toEqual([1, 2]);
      await expect(second.query(Job).where(jobs.id.eq(1)).forShare({ noWait: true }).one()).rejects.toThrow(
        LockTimeout,
      );
      await second.rollback();
      mine.state = "done";
      await first.commit();
      expect((await second.query(Job).where(jobs.id.eq(1)).forUpdate({ noWait: true }).one()).state).toBe("done");
    } finally {
      await first.close();
      await second.close();
    }
  });

  test("others wait until the transaction ends", async () => {
    const first = new Session(db);
    const order: string[] = [];
    try {
      const job = await first.query(Job).where(jobs.id.eq(1)).forUpdate().one();
      const others = Session.run(db, async (second) => {
        const theirs = await second.query(Job).where(jobs.id.eq(1)).forUpdate().one();
        order.push(`second reads ${theirs.state}`);
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      job.state = "done";
      order.push("first commits");
      await first.commit();
      await others;
      expect(order).toEqual(["first commits", "second reads done"]);
    } finally {
      await first.close();
    }
  });

  test("objects that the session has already are given as they are now", async () => {
    const session = new Session(db);
    try {
      const job = await session.getOne(Job, 1);
      await Session.run(db, async (other) => {
        (await other.getOne(Job, 1)).state = "sent";
      });
      expect(job.state).toBe("open");
      expect(await session.query(Job).where(jobs.id.eq(1)).forUpdate().one()).toBe(job);
      expect(job.state).toBe("sent");
    } finally {
      await session.close();
    }
  });

  test("what is joined may be absent", async () => {
    const session = new Session(db);
    try {
      const found = await session.query(Job).include(Job.owner.by("join")).orderBy(jobs.id.asc()).forUpdate().all();
      expect(found.map(({ owner }) => owner?.name)).toEqual(["Ann", undefined]);
    } finally {
      await session.close();
    }
  });

  test("a stream refuses to lock, and counts lock nothing", async () => {
    const session = new Session(db);
    try {
      const query = session.query(Job).forUpdate();
      expect(await query.count()).toBe(2);
      expect(() => query.stream()).toThrow(ParameterError);
    } finally {
      await session.close();
    }
  });
});
