import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import { insertInto } from "athanor";
import { MappingError, many, mapped, NotLoadedError, one, plain, Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";
import { beforeAll, describe, expect, test } from "vitest";
import { fill, Post, posts, schema, User, users } from "./blog.ts";

const run = promisify(execFile);
const program = (file: string, ...args: string[]) => [new URL(file, import.meta.url).pathname, ...args] as const;
const db = sqlite(":memory:");
beforeAll(() => fill(db));

describe("a new object", () => {
  test("has what it was given, and says why it has nothing else", () => {
    const user = new User({ name: "Dora" });
    expect({ ...user }).toEqual({ name: "Dora", visits: 0 });
    expect(() => user.id).toThrow(NotLoadedError);
    expect(() => user.id).toThrow(
      "User.id has no value yet\n  The database gives it one: await session.flush(), or set it yourself.",
    );
    expect("id" in user).toBe(true);
    expect(Object.hasOwn(user, "id")).toBe(false);
  });

  test("refuses what the class has not", () => {
    expect(() => new User({ name: "x", nmae: "y" } as never)).toThrow(MappingError);
    expect(() => new User({ name: undefined } as never)).toThrow("User.name is given undefined");
  });

  test("takes objects in place of keys, and both sides know", () => {
    const post = new Post({ title: "t", published: true, at: new Date() });
    const user = new User({ name: "Dora", posts: [post] });
    expect(post.author).toBe(user);
    const other = new User({ name: "Eve" });
    post.author = other;
    expect([...(other.posts as unknown as Post[])]).toEqual([post]);
    expect([...(user.posts as unknown as Post[])]).toEqual([]);
  });

  test("keeps #private and class fields, and equality is identity", () => {
    const user = new User({ name: "Dora" });
    expect([user.secret, user.visits]).toEqual([7, 0]);
    expect(user === new User({ name: "Dora" })).toBe(false);
  });
});

describe("a loaded object", () => {
  test("has its columns as properties of its own, in the order of the table", async () => {
    await using session = new Session(db);
    const post = await session.getOne(Post, 1);
    expect(Object.keys(post)).toEqual(["id", "authorId", "title", "published", "at", "meta"]);
    expect(Object.getPrototypeOf(post)).toBe(Post.prototype);
    expect(post.constructor).toBe(Post);
  });

  test("is told that it was loaded, once its values are there; its constructors have run before", async () => {
    const seen: string[] = [];
    class Told extends mapped(users) {
      readonly #began = seen.push("constructed");
      constructor(init?: ConstructorParameters<typeof User>[0]) {
        super(init as never);
        seen.push("made");
      }
      onLoad(): void {
        seen.push(`loaded ${this.name} ${this.#began}`);
      }
    }
    await using session = new Session(db);
    await session.getOne(Told, 1);
    await session.getOne(Told, 1);
    expect(seen).toEqual(["constructed", "made", "loaded Ann 1"]);
  });

  test("is inspected as its class, with circles cut", async () => {
    await using session = new Session(db);
    const [bob] = await session
      .query(User)
      .include(User.posts.include(Post.author))
      .all()
      .then((all) => all.filter((user) => user.name === "Bob"));
    expect(inspect(bob)).toMatch(/^User \{/);
    expect(inspect(bob)).not.toContain("Circular");
    expect(JSON.parse(JSON.stringify(bob)).posts[0].author).toBeUndefined();
  });

  test("is copied plainly, and the copy shares nothing", async () => {
    await using session = new Session(db);
    const post = await session.getOne(Post, 1);
    const copy = plain(post);
    expect(copy.at).toEqual(post.at);
    expect(copy.at).not.toBe(post.at);
    copy.meta?.tags.push("more");
    expect(post.meta).toEqual({ tags: ["x"] });
  });

  test("cannot be given to structuredClone as it is only by what JavaScript copies: its columns", async () => {
    await using session = new Session(db);
    const post = await session.getOne(Post, 1);
    expect(structuredClone(post)).toEqual({ ...post });
  });

  test("assigning a relationship sets its key, assigning the key redirects the relationship", async () => {
    await using session = new Session(db, { autoflush: false });
    const [ann, bob] = [await session.getOne(User, 1), await session.getOne(User, 2)];
    const post = await session.getOne(Post, 1);
    expect(post.author).toBe(bob);
    post.author = ann;
    expect(post.authorId).toBe(1);
    post.authorId = 2;
    expect(post.author).toBe(bob);
    expect(session.isChanged(post)).toBe(false);
    bob.boss = null;
    expect(bob.bossId).toBeNull();
    expect(session.isChanged(bob)).toBe(true);
  });

  test("a loaded collection is changed by add and remove alone", async () => {
    await using session = new Session(db, { autoflush: false });
    const [bob] = await session
      .query(User)
      .include(User.posts)
      .all()
      .then((all) => all.filter((user) => user.name === "Bob"));
    const list = bob?.posts as unknown as Post[];
    expect(() => list.push(new Post({ title: "x", published: true, at: new Date() }))).toThrow(MappingError);
    const [first] = list;
    bob?.posts.remove(first as Post);
    expect(list.includes(first as Post)).toBe(false);
    expect(list.map((post) => post.id)).toEqual([3, 5]);
    expect(list.filter(() => true).constructor).toBe(Array);
  });

  test("a change inside a document or a date shows", async () => {
    await using session = new Session(db, { autoflush: false });
    const post = await session.getOne(Post, 1);
    post.meta?.tags.push("y");
    expect(session.isChanged(post)).toBe(true);
    post.meta?.tags.pop();
    expect(session.isChanged(post)).toBe(false);
    post.at.setFullYear(1999);
    expect(session.isChanged(post)).toBe(true);
  });

  test("a relationship that is never lazy says that it must be included", async () => {
    class Strict extends mapped(users, {
      get posts() {
        return many(Written, { lazy: "never" });
      },
    }) {}
    class Written extends mapped(posts, {
      get author() {
        return one(Strict, { lazy: "never" });
      },
    }) {}
    await using session = new Session(db);
    const user = await session.getOne(Strict, 1);
    await expect(user.posts).rejects.toThrow(
      "Strict.posts is never loaded by itself\n  Include it: include(Strict.posts), or session.load(object, Strict.posts).",
    );
    const [included] = await session.query(Strict).include(Strict.posts).all();
    expect(included?.posts.length).toBe(2);
  });
});

test("a thousand objects, four levels deep, take five statements at most", async () => {
  const sent: string[] = [];
  const many = sqlite(":memory:", { echo: (line) => void sent.push(line) });
  await many.create(schema);
  await many.run(insertInto(users).values(Array.from({ length: 1000 }, (_, i) => ({ name: `u${i}` }))));
  await many.run(
    insertInto(posts).values(
      Array.from({ length: 1000 }, (_, i) => ({ authorId: i + 1, title: "t", published: true, at: new Date(0) })),
    ),
  );
  await using session = new Session(many);
  sent.length = 0;
  let seen = 0;
  for (const user of await session.query(User).all()) {
    for (const post of await user.posts) {
      for (const tag of await post.tags) seen += tag.id;
      for (const comment of await post.comments) seen += comment.id;
      if ((await post.author) !== user) throw new Error("another author");
      seen++;
    }
  }
  expect(seen).toBe(1000);
  expect(sent.filter((line) => line.includes("select")).length).toBe(4);
  await many.close();
});

test.each(["author first", "book first"])("classes in modules that import each other work, %s", async (order) => {
  const { stdout } = await run(process.execPath, [
    "--conditions=athanor-source",
    ...program("./circular/either-order.ts", order),
  ]);
  expect(stdout.trim()).toBe('{"id":1,"authorId":1,"title":"One","author":{"id":1,"name":"Ann","books":[]}} true');
});

test("a million objects are gone through with 64 MB", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "athanor-stream-"));
  try {
    const { stdout } = await run(process.execPath, [
      "--max-old-space-size=64",
      "--conditions=athanor-source",
      ...program("./stream-much.ts", join(folder, "much.sqlite")),
    ]);
    expect(stdout.trim()).toBe("1000000 49500000 true");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
