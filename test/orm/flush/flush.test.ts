import { select, UniqueViolation, update } from "athanor";
import { FlushError, StaleDataError } from "athanor/orm";
import { describe, expect, test } from "vitest";
import {
  Comment,
  comments,
  Desk,
  desks,
  Note,
  newUser,
  notes,
  Post,
  Profile,
  posts,
  postTags,
  profiles,
  Room,
  Slot,
  slots,
  Tag,
  tags,
  User,
  users,
} from "./blog.ts";
import { places } from "./support.ts";

const verbs = (sent: readonly string[]): string[] =>
  sent.map((text) =>
    text.replace(/[`"]/g, "").replace(/^(insert into \w+|update \w+|delete from \w+|select).*$/s, "$1"),
  );

describe.each(places)("$name", ({ db, session: open, sent, trips, clear, name }) => {
  const embedded = name.includes("sqlite");

  test("an added object is inserted with all that can be reached from it, parents first", async () => {
    await using session = open();
    const author = newUser();
    const post = new Post({ title: "First", author });
    post.tags.add(new Tag({ label: "a" }), new Tag({ label: "b" }));
    const comment = new Comment({ body: "Well", post });
    session.add(comment);
    expect([comment, post, author].map((it) => session.status(it))).toEqual(["pending", "transient", "transient"]);
    clear();
    await session.flush();
    expect(verbs(sent)).toEqual([
      "insert into users",
      "insert into posts",
      "insert into comments",
      "insert into tags",
      "insert into post_tags",
    ]);
    expect([comment, post, author].map((it) => session.status(it))).toEqual(["persistent", "persistent", "persistent"]);
    expect(post.authorId).toBe(author.id);
    expect(comment.postId).toBe(post.id);
    await session.commit();
    expect(
      await db.all(select({ t: posts.title, u: users.name }).from(posts).join(users, users.id.eq(posts.authorId))),
    ).toEqual([{ t: "First", u: "Ann" }]);
    expect(
      await db.all(
        select({ label: tags.label }).from(tags).join(postTags, postTags.tagId.eq(tags.id)).orderBy(tags.label.asc()),
      ),
    ).toEqual([{ label: "a" }, { label: "b" }]);
  });

  test("keys and defaults come back, each to its own object", async () => {
    await using session = open();
    const author = newUser();
    const made = Array.from({ length: 120 }, (_, i) => new Post({ title: `Post ${i}`, author }));
    session.add(...made);
    clear();
    await session.commit();
    expect(verbs(sent).filter((it) => it === "insert into posts")).toHaveLength(embedded ? 3 : 1);
    const rows = await db.all(
      select({ id: posts.id, title: posts.title, created: posts.created, status: posts.status }).from(posts),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(byId.size).toBe(120);
    for (const post of made) {
      expect(byId.get(post.id)).toEqual({ id: post.id, title: post.title, created: post.created, status: "draft" });
    }
  });

  test("a flush without changes sends nothing", async () => {
    await using session = open();
    const user = newUser();
    session.add(user);
    await session.commit();
    user.name = "Bea";
    user.name = "Ann";
    clear();
    await session.commit();
    expect(sent).toEqual([]);
  });

  test("an update writes the columns that changed, and raises the version", async () => {
    await using session = open();
    const user = newUser();
    session.add(user);
    await session.commit();
    user.name = "Bea";
    clear();
    await session.commit();
    expect(sent.map((text) => text.replace(/[`"]/g, "").replace(/\$\d/g, "?"))).toEqual([
      "update users set name = ?, version = ? where id = ? and version = ?",
    ]);
    expect(user.version).toBe(2);
    expect(await db.one(select({ name: users.name, version: users.version }).from(users))).toEqual({
      name: "Bea",
      version: 2,
    });
  });

  test("updates of many rows are one statement, but on SQLite, where a prepared one is run for each", async () => {
    await using session = open();
    const made = Array.from({ length: 30 }, (_, i) => newUser(`U${i}`));
    session.add(...made);
    await session.commit();
    for (const user of made) user.name += "!";
    clear();
    await session.commit();
    expect(sent).toHaveLength(embedded ? 30 : 1);
    expect((await db.all(select({ name: users.name }).from(users))).every((row) => row.name.endsWith("!"))).toBe(true);
  });

  test("changes inside JSON and dates are found", async () => {
    await using session = open();
    const post = new Post({ title: "T", author: newUser(), meta: { tags: ["a"] }, at: new Date(1_000_000) });
    session.add(post);
    await session.commit();
    post.meta?.tags.push("b");
    (post.at as Date).setTime(2_000_000);
    await session.commit();
    expect(await db.one(select({ meta: posts.meta, at: posts.at }).from(posts))).toEqual({
      meta: { tags: ["a", "b"] },
      at: new Date(2_000_000),
    });
  });

  test("an update or delete of a row that somebody else has changed is a StaleDataError, and changes nothing", async () => {
    await using session = open();
    const [first, second] = [newUser("A"), newUser("B")];
    session.add(first, second);
    await session.commit();
    await db.run(update(users).set({ name: "X", version: 7 }).where(users.id.eq(first.id)));
    first.name = "C";
    second.name = "D";
    await expect(session.commit()).rejects.toThrow(StaleDataError);
    expect([first.name, first.version, second.name, second.version]).toEqual(["C", 1, "D", 1]);
    await session.rollback();
    expect([first.name, second.name]).toEqual(["A", "B"]);
    session.delete(first);
    await expect(session.flush()).rejects.toThrow(StaleDataError);
    expect(session.status(first)).toBe("persistent");
    await session.refresh(first);
    expect(first.name).toBe("X");
    await session.commit();
    expect(await db.all(select({ name: users.name }).from(users))).toEqual([{ name: "B" }]);
  });

  test("what is read for a cascade does not make an object that is to be deleted a newer one", async () => {
    await using session = open();
    const user = newUser("A");
    session.add(user);
    await session.flush();
    user.boss = user;
    await session.commit();
    await db.run(update(users).set({ name: "X", version: 7 }).everyRow());
    session.delete(user);
    await expect(session.flush()).rejects.toThrow(StaleDataError);
    expect([user.name, user.version]).toEqual(["A", 2]);
  });

  test("trees are inserted and deleted in any order", async () => {
    await using session = open();
    const made = Array.from({ length: 7 }, (_, i) => newUser(`U${i}`));
    for (let i = 1; i < 7; i++) (made[6 - i] as User).boss = made[6 - Math.floor((i - 1) / 2)] as User;
    session.add(...made);
    clear();
    await session.commit();
    expect(verbs(sent)).toEqual(["insert into users", "insert into users", "insert into users"]);
    session.delete(...made.toReversed());
    await session.commit();
    expect(await db.all(select({ id: users.id }).from(users))).toEqual([]);
  });

  test("a circle through a nullable key is broken by null first", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    a.boss = b;
    b.boss = a;
    const own = newUser("O");
    own.boss = own;
    session.add(a, b, own);
    await session.commit();
    const rows = await db.all(select({ id: users.id, boss: users.bossId }).from(users));
    expect(new Map(rows.map((row) => [row.id, row.boss]))).toEqual(
      new Map([
        [a.id, b.id],
        [b.id, a.id],
        [own.id, own.id],
      ]),
    );
    clear();
    await session.commit();
    expect(sent).toEqual([]);
    session.delete(a, b, own);
    await session.commit();
    expect(await db.all(select({ id: users.id }).from(users))).toEqual([]);
  });

  test("a deleted object takes along what its relationships cascade to", async () => {
    await using session = open();
    const user = newUser();
    const post = new Post({ title: "T", author: user });
    post.tags.add(new Tag({ label: "kept" }));
    const profile = new Profile({ bio: "…", user });
    const note = new Note({ body: "n" });
    user.notes.add(note);
    const comment = new Comment({ body: "c", post });
    session.add(user, comment, profile);
    await session.commit();
    await using other = open();
    const again = await other.getOne(User, user.id);
    const seen = await other.getOne(Comment, comment.id);
    other.delete(again);
    await other.commit();
    expect(other.status(seen)).toBe("detached");
    for (const table of [users, posts, postTags, profiles, comments])
      expect(await db.all(select({ n: table }).from(table as typeof users))).toEqual([]);
    expect(await db.all(select({ label: tags.label }).from(tags))).toEqual([{ label: "kept" }]);
    expect(await db.all(select({ owner: notes.ownerId }).from(notes))).toEqual([{ owner: null }]);
  });

  test("what is taken out of a relationship with orphans is deleted, unless another takes it", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    const kept = new Post({ title: "kept", author: a });
    const gone = new Post({ title: "gone", author: a });
    session.add(a, b);
    await session.commit();
    a.posts.remove(kept, gone);
    b.posts.add(kept);
    await session.commit();
    expect(await db.all(select({ title: posts.title, author: posts.authorId }).from(posts))).toEqual([
      { title: "kept", author: b.id },
    ]);
    expect(session.status(gone)).toBe("detached");
  });

  test("a link that is there already is no error, where neither side was read", async () => {
    await using first = open();
    const post = new Post({ title: "P", author: newUser() });
    post.tags.add(new Tag({ label: "a" }), new Tag({ label: "b" }));
    first.add(post);
    await first.commit();
    await using session = open();
    const same = await session.getOne(Post, post.id);
    const [a, b, c] = [...(await session.query(Tag).orderBy(tags.label.asc()).all()), new Tag({ label: "c" })];
    same.tags.add(a as Tag, b as Tag, c as Tag);
    await session.commit();
    same.tags.remove(b as Tag);
    (b as Tag).posts.add(same);
    await session.commit();
    expect((await same.tags).map(({ label }) => label).sort()).toEqual(["a", "b", "c"]);
    expect(await db.all(select({ postId: postTags.postId }).from(postTags))).toHaveLength(3);
  });

  test("links are written by their net change, whichever side says so", async () => {
    await using session = open();
    const post = new Post({ title: "T", author: newUser() });
    const [a, b, c] = [new Tag({ label: "a" }), new Tag({ label: "b" }), new Tag({ label: "c" })];
    post.tags.add(a, b);
    session.add(post, c);
    await session.commit();
    await c.posts;
    await a.posts;
    c.posts.add(post);
    post.tags.add(c);
    post.tags.remove(a);
    a.posts.remove(post);
    b.posts.remove(post);
    post.tags.add(b);
    clear();
    await session.commit();
    expect(verbs(sent)).toEqual(["delete from post_tags", "insert into post_tags"]);
    const rows = await db.all(
      select({ label: tags.label }).from(postTags).join(tags, tags.id.eq(postTags.tagId)).orderBy(tags.label.asc()),
    );
    expect(rows.map((row) => row.label)).toEqual(["b", "c"]);
  });

  test("a unique value is freed before it is taken", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    session.add(a, b);
    await session.commit();
    const email = a.email;
    session.delete(a);
    b.email = email;
    await session.commit();
    session.delete(b);
    const next = newUser("C");
    next.email = email;
    session.add(next);
    await session.commit();
    expect(await db.all(select({ name: users.name }).from(users))).toEqual([{ name: "C" }]);
  });

  test("unique values are swapped by null first where that is allowed, else an error says so", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    a.nick = "x";
    b.nick = "y";
    session.add(a, b);
    await session.commit();
    [a.nick, b.nick] = [b.nick, a.nick];
    await session.commit();
    expect(await db.all(select({ nick: users.nick }).from(users).orderBy(users.name.asc()))).toEqual([
      { nick: "y" },
      { nick: "x" },
    ]);
    [a.email, b.email] = [b.email, a.email];
    await expect(session.flush()).rejects.toThrow("in a circle: update User, update User");
    await session.rollback();
  });

  test("keys may change; the row is found by its old one", async () => {
    await using session = open();
    const slot = new Slot({ day: 1, hour: 2, what: "w", place: "p" });
    session.add(slot);
    await session.commit();
    slot.hour = 3;
    slot.what = "v";
    await session.commit();
    expect(await db.all(select(slots))).toEqual([{ day: 1, hour: 3, what: "v", place: "p" }]);
    expect(await session.get(Slot, { day: 1, hour: 3 })).toBe(slot);
  });

  test("rows that refer to a changed key follow it, and so do their objects; new ones get the new key", async () => {
    await using session = open();
    const room = new Room({ code: "A1", floor: 1 });
    const desk = new Desk({ in: room });
    session.add(desk);
    await session.commit();
    room.code = "B2";
    const other = new Desk({ in: room });
    session.add(other);
    await session.commit();
    expect([desk.room, other.room, session.isChanged(desk)]).toEqual(["B2", "B2", false]);
    expect(await session.get(Room, "B2")).toBe(room);
    room.code = "C3";
    await session.flush();
    await session.rollback();
    expect([room.code, desk.room, other.room]).toEqual(["B2", "B2", "B2"]);
    expect(await db.all(select({ room: desks.room }).from(desks))).toEqual([{ room: "B2" }, { room: "B2" }]);
  });

  test("a new object in the place of a deleted one", async () => {
    await using session = open();
    const slot = new Slot({ day: 1, hour: 2, what: "w", place: "p" });
    session.add(slot);
    await session.commit();
    session.delete(slot);
    const next = new Slot({ day: 1, hour: 2, what: "x", place: "p" });
    session.add(next);
    await session.commit();
    expect(await db.all(select({ what: slots.what }).from(slots))).toEqual([{ what: "x" }]);
    expect(await session.get(Slot, { day: 1, hour: 2 })).toBe(next);
    expect(session.status(slot)).toBe("detached");
  });

  test("statements that need nothing of each other ride together on PostgreSQL, never with the commit", async () => {
    await using session = open();
    const [user, tag] = [newUser("before"), new Tag({ label: "before" })];
    session.add(user, tag);
    await session.flush();
    user.name = "after";
    tag.label = "after";
    session.add(new Note({ body: "first" }), new Profile({ bio: "bio", user: newUser("other") }));
    clear();
    await session.commit();
    expect(
      trips.filter((text) => !/^(savepoint|release|commit)/.test(text)).map((text) => verbs(text.split(";\n"))),
    ).toEqual(
      name === "postgres"
        ? [
            ["insert into users", "insert into notes"],
            ["insert into profiles", "update users", "update tags"],
          ]
        : [["insert into users"], ["insert into notes"], ["insert into profiles"], ["update users"], ["update tags"]],
    );
    expect(trips.at(-1)).toBe("commit");
    expect(await db.all(select({ name: users.name }).from(users).orderBy(users.name.asc()))).toEqual([
      { name: "after" },
      { name: "other" },
    ]);
  });

  test("a value of a long list that is none of its type is told by its column", async () => {
    await using session = open();
    session.add(...Array.from({ length: 20 }, (_, i) => new Note({ body: i === 11 ? (7 as never) : `B${i}` })));
    await expect(session.flush()).rejects.toThrow(/column "body" of "notes": expected /);
    await session.rollback();
    const written = Array.from({ length: 20 }, (_, i) => new Note({ body: `B${i}` }));
    session.add(...written);
    await session.commit();
    for (const note of written) note.body = note.body === "B11" ? (7 as never) : `${note.body}!`;
    await expect(session.commit()).rejects.toThrow(/body".*: expected /);
  });

  test("what is missing is named, and nothing is sent", async () => {
    await using session = open();
    session.add(new Post({} as never));
    clear();
    await expect(session.flush()).rejects.toThrow("a new Post has no value for author (authorId) and title");
    expect(sent).toEqual([]);
  });

  test("a relationship and its column that disagree are an error", async () => {
    await using session = open();
    const [a, b] = [newUser("A"), newUser("B")];
    session.add(a, b);
    await session.commit();
    session.add(new Post({ title: "T", author: a, authorId: b.id }));
    await expect(session.flush()).rejects.toThrow(FlushError);
  });

  test("a failed flush leaves memory as before it and the transaction usable", async () => {
    await using session = open();
    const user = newUser("A");
    session.add(user);
    await session.flush();
    const twin = newUser("B");
    twin.email = user.email;
    const post = new Post({ title: "T", author: twin });
    session.add(post);
    user.name = "C";
    await expect(session.flush()).rejects.toThrow(UniqueViolation);
    expect([post, twin].map((it) => session.status(it))).toEqual(["pending", "transient"]);
    expect(Object.hasOwn(twin, "id")).toBe(false);
    expect(session.isChanged(user)).toBe(true);
    twin.email = "other@example.org";
    await session.commit();
    expect(await db.all(select({ name: users.name }).from(users).orderBy(users.name.asc()))).toEqual([
      { name: "B" },
      { name: "C" },
    ]);
    expect(await db.all(select({ title: posts.title }).from(posts))).toEqual([{ title: "T" }]);
  });

  test("a rollback makes memory what it was: added objects transient, changes undone, deleted ones back", async () => {
    await using session = open();
    const user = newUser("A");
    const note = new Note({ body: "n" });
    user.notes.add(note);
    session.add(user);
    await session.commit();
    user.name = "B";
    const other = newUser("N");
    session.add(other);
    session.delete(note);
    await session.flush();
    expect([session.status(other), session.status(note)]).toEqual(["persistent", "deleted"]);
    expect([...(user.notes as never as Note[])]).toEqual([]);
    user.nick = "unwritten";
    await session.rollback();
    expect([user.name, user.nick, user.version]).toEqual(["A", null, 1]);
    expect([session.status(other), session.status(note)]).toEqual(["transient", "persistent"]);
    expect(Object.hasOwn(other, "id")).toBe(false);
    expect([...(user.notes as never as Note[])]).toEqual([note]);
    session.add(other);
    await session.commit();
    expect(await db.all(select({ name: users.name }).from(users).orderBy(users.name.asc()))).toEqual([
      { name: "A" },
      { name: "N" },
    ]);
  });

  test("nested transactions undo what they did and no more", async () => {
    await using session = open();
    const user = newUser("A");
    session.add(user);
    await session.nested(async () => {
      user.name = "B";
    });
    await expect(
      session.nested(async () => {
        user.name = "C";
        session.add(newUser("gone"));
        await session.flush();
        user.name = "D";
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(user.name).toBe("B");
    await session.commit();
    expect(await db.all(select({ name: users.name }).from(users))).toEqual([{ name: "B" }]);
  });
});
