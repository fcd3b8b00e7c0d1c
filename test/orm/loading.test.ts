import { boolean, Cancelled, type Database, fn, integer, NoRowError, param, select, sql, update } from "athanor";
import { DetachedError, NotLoadedError, plain, Session } from "athanor/orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";
import { Comment, comments, day, fill, Post, Profile, posts, tags, User, users } from "./blog.ts";

for (const { name, open } of databases) {
  describe(name, () => {
    let db: Database<any>;
    const sent: string[] = [];
    const statements = (): string[] => sent.splice(0).filter((line) => / select /.test(line));

    beforeAll(async () => {
      db = open({ echo: (line) => void sent.push(line) });
      await fill(db);
      sent.length = 0;
    });
    afterEach(() => {
      sent.length = 0;
    });

    test("one row is one object, whichever way it comes", async () => {
      await using session = new Session(db);
      const ann = await session.getOne(User, 1);
      const [found] = await session.query(User).where(users.name.eq("Ann")).all();
      const [mixed] = await session.all(
        select({ user: User, n: fn.count(posts.id) })
          .from(User)
          .join(posts, posts.authorId.eq(users.id))
          .where(users.id.eq(1))
          .groupBy(users.id, users.name, users.bossId),
      );
      expect(found).toBe(ann);
      expect(mixed).toEqual({ user: ann, n: 2 });
      expect(mixed?.user).toBe(ann);
      expect(ann).toBeInstanceOf(User);
      expect([ann.shout, ann.secret, ann.visits]).toEqual(["ANN", 7, 0]);
    });

    test("get reads once, gives null for none, and getOne fails", async () => {
      await using session = new Session(db);
      await session.get(User, 1);
      await session.get(User, 1);
      expect(statements()).toHaveLength(1);
      expect(await session.get(User, 99)).toBeNull();
      await expect(session.getOne(User, 99)).rejects.toThrow(NoRowError);
    });

    test("what is included is loaded, one statement for each level", async () => {
      await using session = new Session(db);
      const found = await session
        .query(User)
        .include(User.posts.include(Post.comments, Post.tags), User.profile)
        .orderBy(users.id.asc())
        .all();
      expect(statements()).toHaveLength(5);
      expect(found.map((user) => user.posts.map((post) => post.id))).toEqual([[2, 4], [1, 3, 5], []]);
      expect(found[1]?.posts[0]?.tags.map((tag) => tag.label)).toEqual(["red", "blue"]);
      expect(found[0]?.posts[0]?.comments.map((comment) => comment.body)).toEqual(["comment 3", "comment 1"]);
      expect(found.map((user) => user.profile?.motto)).toEqual([undefined, "on we go", undefined]);
      expect(found[1]?.posts[0]?.at).toEqual(day(1));
    });

    test("a to-one relationship is joined, and null where there is none", async () => {
      await using session = new Session(db);
      const found = await session.query(Comment).include(Comment.post).orderBy(comments.id.asc()).all();
      expect(statements()).toHaveLength(1);
      expect(found.map((comment) => comment.post.title)).toEqual(["post 2", "post 1", "post 2", "post 1"]);
      const [ann] = await session.query(User).include(User.boss).where(users.id.eq(1)).all();
      expect(ann?.boss).toBeNull();
    });

    test("every strategy loads the same", async () => {
      const shapes = [];
      for (const strategy of ["select in", "subquery", "json"] as const) {
        await using session = new Session(db);
        const found = await session.query(User).include(User.posts.by(strategy)).orderBy(users.id.asc()).limit(2).all();
        shapes.push(
          found.map((user) =>
            user.posts.map(({ id, title, at, published, meta }) => ({ id, title, at, published, meta })),
          ),
        );
      }
      expect(shapes[1]).toEqual(shapes[0]);
      expect(shapes[2]).toEqual(shapes[0]);
      expect(shapes[0]?.[1]?.[0]).toEqual({
        id: 1,
        title: "post 1",
        at: day(1),
        published: false,
        meta: { tags: ["x"] },
      });
    });

    test("awaiting in nested loops costs one statement for each level", async () => {
      await using session = new Session(db);
      for (const user of await session.query(User).all()) {
        for (const post of await user.posts) {
          for (const comment of await post.comments) {
            expect(await comment.post).toBe(post);
            expect(await post.author).toBe(user);
          }
        }
      }
      expect(statements()).toHaveLength(3);
    });

    test("awaiting at the same time asks once", async () => {
      await using session = new Session(db);
      const found = await session.query(User).all();
      statements();
      const lists = await Promise.all(found.map(async (user) => (await user.posts).length));
      expect(lists.sort()).toEqual([0, 2, 3]);
      expect(statements()).toHaveLength(1);
    });

    test("an awaited collection gives a copy, never itself", async () => {
      await using session = new Session(db);
      const ann = await session.getOne(User, 1);
      const first = await ann.posts;
      expect(Array.isArray(first)).toBe(true);
      expect(first).not.toBe(ann.posts);
      expect("then" in first).toBe(false);
    });

    test("parts of relationships stand beside the entity and leave it as it is", async () => {
      await using session = new Session(db);
      const found = await session
        .query(User)
        .orderBy(users.id.asc())
        .with({
          newest: User.posts.orderBy(posts.id.desc()).limit(2),
          red: User.posts.where(Post.tags.any(tags.label.eq("red"))),
          n: User.posts.count(),
        })
        .all();
      expect(
        found.map(({ entity, newest, red, n }) => [
          entity.name,
          newest.map((post) => post.id),
          red.map((post) => post.id),
          n,
        ]),
      ).toEqual([
        ["Ann", [4, 2], [], 2],
        ["Bob", [5, 3], [1, 3], 3],
        ["Cy", [], [], 0],
      ]);
      expect(found[0]?.entity.posts.isLoaded).toBe(false);
    });

    test("any, none and every mean the related row, also of the same table", async () => {
      await using session = new Session(db);
      const names = async (query: { all(): Promise<User[]> }): Promise<string[]> =>
        (await query.all()).map((user) => user.name);
      const all = session.query(User).orderBy(users.id.asc());
      expect(await names(all.where(User.posts.any(posts.published.eq(true))))).toEqual(["Ann", "Bob"]);
      expect(await names(all.where(User.posts.none(posts.published.eq(true))))).toEqual(["Cy"]);
      expect(await names(all.where(User.posts.every(posts.published.eq(true))))).toEqual(["Cy"]);
      expect(await names(all.where(User.reports.any(users.name.eq("Cy"))))).toEqual(["Ann"]);
      expect(await names(all.where(User.boss.any(users.name.eq("Ann"))))).toEqual(["Bob", "Cy"]);
      expect(await names(all.where(User.posts.count().gte(3)))).toEqual(["Bob"]);
      expect(
        await session
          .query(Post)
          .where(Post.tags.any(tags.label.eq("blue")))
          .count(),
      ).toBe(1);
    });

    test("a deferred column is read on request only", async () => {
      await using session = new Session(db);
      const ann = await session.getOne(User, 1);
      expect(() => ann.bio).toThrow(NotLoadedError);
      await session.load(ann, "bio");
      expect(ann.bio).toBe("the boss");
      await using other = new Session(db);
      const [again] = await other.query(User).undefer("bio").where(users.id.eq(1)).all();
      expect(again?.bio).toBe("the boss");
      expect(other.isChanged(again as User)).toBe(false);
    });

    test("a computed property comes with the object, a hybrid works on both sides", async () => {
      await using session = new Session(db);
      const found = await session.query(User).where(User.written.gt(2), User.shout.eq("BOB")).all();
      expect(found.map((user) => [user.name, user.written])).toEqual([["Bob", 3]]);
    });

    test("a computed property is as old as the row it came with, until the object is refreshed or read again", async () => {
      await using session = new Session(db);
      const cy = await session.query(User).where(users.id.eq(3)).one();
      expect(cy.written).toBe(0);
      session.add(new Post({ id: 90, title: "more", published: true, at: day(9), author: cy }));
      await session.flush();
      expect(cy.written).toBe(0);
      await session.refresh(cy, "name");
      expect(cy.written).toBe(0);
      await session.refresh(cy, "written");
      expect(cy.written).toBe(1);
      session.add(new Post({ id: 91, title: "still more", published: true, at: day(9), author: cy }));
      await session.flush();
      await session.refresh(cy);
      expect(cy.written).toBe(2);
      session.add(new Post({ id: 92, title: "and more", published: true, at: day(9), author: cy }));
      await session.query(User).where(users.id.eq(3)).all();
      expect(cy.written).toBe(3);
      await session.rollback();
    });

    test("what is read of an object that is not loaded says what to do", async () => {
      await using session = new Session(db);
      const post = await session.getOne(Post, 1);
      const author = post.author as unknown as User;
      expect(() => author.name).toThrow(
        '"name" is read of Post.author, which is not loaded\n  Await it, or include it in the query: include(Post.author).',
      );
      expect(() => author.posts).toThrow(NotLoadedError);
      expect((await post.author).name).toBe("Bob");
    });

    test("native SQL gives objects by the columns of their table", async () => {
      await using session = new Session(db);
      const rows = sql.statement({
        ...users,
      })`select id, name, bio, boss_id from orm_users where name <> ${"Ann"} order by id`;
      const found = await session.from(User, rows);
      expect(found.map((user) => [user.name, user.bossId])).toEqual([
        ["Bob", 1],
        ["Cy", 1],
      ]);
      expect(found[0]).toBe(await session.getOne(User, 2));
    });

    test("parameters and options of a statement are told apart, whatever they are called", async () => {
      await using session = new Session(db);
      const late = select({ id: posts.id })
        .from(posts)
        .where(posts.id.gt(param("timeout", integer())))
        .orderBy(posts.id.asc());
      expect(await session.all(late, { timeout: 3 })).toEqual([{ id: 4 }, { id: 5 }]);
      expect(await session.all(late, { timeout: 3 }, { timeout: 5_000 })).toEqual([{ id: 4 }, { id: 5 }]);
      const all = select({ n: fn.count() }).from(posts);
      expect(await session.all(all, { timeout: 5_000 })).toEqual([{ n: 5 }]);
      expect(await session.all(all, undefined, { timeout: 5_000 })).toEqual([{ n: 5 }]);
      await expect(db.scalar(all, undefined, { signal: AbortSignal.abort() })).rejects.toThrow(Cancelled);
      expect(await db.prepare(all).scalar(undefined, { timeout: 5_000 })).toBe(5);
    });

    test("native SQL gives objects", async () => {
      await using session = new Session(db);
      const [row] = await session.all(
        select({ post: Post }).from(Post).where(sql(boolean())`${posts.title} = ${"post 3"}`),
      );
      expect(row?.post.id).toBe(3);
    });

    test("a row that comes in a later transaction is news to a clean object, and leaves a changed one alone", async () => {
      await using session = new Session(db, { autoflush: false });
      const [bob, cy] = [await session.getOne(User, 2), await session.getOne(User, 3)];
      cy.name = "mine";
      await db.run(update(users).set({ name: "Bobby" }).where(users.id.eq(2)));
      await db.run(update(users).set({ name: "theirs" }).where(users.id.eq(3)));
      try {
        await session.query(User).all();
        expect([bob.name, cy.name]).toEqual(["Bobby", "mine"]);
        await session.refresh(cy);
        expect(cy.name).toBe("theirs");
      } finally {
        await db.run(update(users).set({ name: "Bob" }).where(users.id.eq(2)));
        await db.run(update(users).set({ name: "Cy" }).where(users.id.eq(3)));
      }
    });

    test("objects are handed out in batches and leave the session", async () => {
      await using session = new Session(db);
      const sizes: number[] = [];
      let first: Post | undefined;
      for await (const batch of session
        .query(Post)
        .orderBy(posts.id.asc())
        .include(Post.comments)
        .stream({ batch: 2 })) {
        first ??= batch[0];
        sizes.push(batch.length);
        expect(batch[0]?.comments.length).toBe(sizes.length === 1 ? 2 : 0);
      }
      expect(sizes).toEqual([2, 2, 1]);
      expect(session.status(first as Post)).toBe("detached");
    });

    test("after close objects keep their values and load nothing", async () => {
      const session = new Session(db);
      const ann = await session.getOne(User, 1);
      await session.close();
      expect(ann.name).toBe("Ann");
      expect(session.status(ann)).toBe("detached");
      await expect(ann.posts).rejects.toThrow(DetachedError);
      await expect(session.get(User, 1)).rejects.toThrow(DetachedError);
      await expect(session.query(User).all()).rejects.toThrow(DetachedError);
    });

    test("objects that were loaded together go on referring to each other, closed or let go", async () => {
      const session = new Session(db);
      const [ann] = await session.query(User).include(User.posts).where(users.id.eq(1)).all();
      const [first, second] = ann?.posts ?? [];
      session.expunge(first as Post);
      expect(first?.author).toBe(ann);
      await session.close();
      expect(second?.author).toBe(ann);
    });

    test("JSON, spread and copies show columns and loaded relationships, back references cut", async () => {
      await using session = new Session(db);
      const [bob] = await session.query(User).include(User.profile.include(Profile.user)).where(users.id.eq(2)).all();
      const columns = { id: 2, name: "Bob", bossId: 1 };
      expect(JSON.parse(JSON.stringify(bob))).toEqual({
        ...columns,
        written: 3,
        profile: { id: 1, userId: 2, motto: "on we go" },
      });
      expect({ ...(bob as object) }).toEqual({ ...columns, visits: 0 });
      expect(structuredClone({ ...(bob as object) })).toEqual({ ...columns, visits: 0 });
      const copy = plain(bob as User);
      expect(copy).toMatchObject({ ...columns, profile: { motto: "on we go" } });
      expect(copy).not.toBeInstanceOf(User);
    });
  });
}
