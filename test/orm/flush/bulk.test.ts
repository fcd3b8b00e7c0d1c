import { fn, select } from "athanor";
import { describe, expect, test } from "vitest";
import { Comment, comments, newUser, Post, posts, Tag, User, users } from "./blog.ts";
import { places } from "./support.ts";

describe.each(places)("$name", ({ db, session: open }) => {
  test("a bulk update changes rows, versions and the objects for them, after what was changed so far", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    session.add(a, b);
    await session.commit();
    b.name = "A";
    const count = await session
      .query(User)
      .where(users.name.eq("A"))
      .update({ name: fn.lower(users.name), nick: null });
    expect(count).toBe(2);
    expect([a.name, a.version, b.name, b.version]).toEqual(["a", 2, "a", 3]);
    a.name = "again";
    await session.commit();
    expect(
      await db.all(select({ name: users.name, version: users.version }).from(users).orderBy(users.id.asc())),
    ).toEqual([
      { name: "again", version: 3 },
      { name: "a", version: 3 },
    ]);
  });

  test("a rollback undoes a bulk update, on objects too", async () => {
    await using session = open();
    const user = newUser("A");
    session.add(user);
    await session.commit();
    await session.query(User).update({ name: "B" });
    expect(user.name).toBe("B");
    await session.rollback();
    expect([user.name, user.version]).toEqual(["A", 1]);
    expect(session.isChanged(user)).toBe(false);
  });

  test("a bulk delete takes the objects out of the session, with what the database deletes besides", async () => {
    await using session = open();
    const post = new Post({ title: "T", author: newUser() });
    const comment = new Comment({ body: "c", post });
    session.add(comment);
    await session.commit();
    expect(await session.query(Post).where(posts.title.eq("T")).delete()).toBe(1);
    expect([post, comment].map((it) => session.status(it))).toEqual(["deleted", "deleted"]);
    await session.rollback();
    expect([post, comment].map((it) => session.status(it))).toEqual(["persistent", "persistent"]);
    expect(await session.get(Comment, comment.id)).toBe(comment);
    await session.query(Post).delete();
    await session.commit();
    expect(session.status(post)).toBe("detached");
    expect(await db.all(select({ id: comments.id }).from(comments))).toEqual([]);
  });

  test("a query that is ordered or limited cannot write", async () => {
    await using session = open();
    await expect(session.query(Post).limit(1).delete()).rejects.toThrow("ordered or limited");
  });

  test("many rows are inserted without objects", async () => {
    await using session = open();
    const rows = Array.from({ length: 130 }, (_, i) => ({ name: `N${i}`, email: `n${i}@example.org`, version: 1 }));
    expect(await session.insertMany(User, rows)).toBe(130);
    expect(session.identities.size).toBe(0);
    await session.commit();
    expect(await session.query(User).count()).toBe(130);
  });

  test("an upsert inserts or changes, and gives the objects", async () => {
    await using session = open();
    const user = newUser("A");
    session.add(user);
    await session.commit();
    const [again, fresh] = await session.upsert(
      User,
      [
        { email: user.email, name: "B", version: 1 },
        { email: "new@example.org", name: "C", version: 1 },
      ],
      { by: ["email"] },
    );
    expect(again).toBe(user);
    expect([user.name, user.version]).toEqual(["B", 2]);
    expect([fresh?.name, fresh?.version]).toEqual(["C", 1]);
    await session.rollback();
    expect([user.name, user.version]).toEqual(["A", 1]);
    expect(session.status(fresh as User)).toBe("detached");
    const tags = await session.upsert(Tag, [{ label: "x" }, { label: "y" }, { label: "x" }], {
      by: ["label"],
      set: [],
    });
    expect(tags[0]).toBe(tags[2]);
    expect(tags.map((tag) => tag.label)).toEqual(["x", "y", "x"]);
    await session.commit();
  });
});
