// Random histories of objects, told to a session and to a model of plain data at the same time: after every flush, commit and
// rollback, database and memory must be what the model says. ATHANOR_HISTORIES runs that many on each database.
import { type Database, select, update } from "athanor";
import { Session, StaleDataError } from "athanor/orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Note, newUser, notes, Post, posts, postTags, Tag, tags, User, users } from "./blog.ts";
import { places } from "./support.ts";

interface Person {
  name: string;
  nick: string | null;
  boss: number | null;
  /** Raised by each flush that writes the row, since that is when what was written last differs. */
  version: number;
  written: string | undefined;
}

const rowOf = ({ name, nick, boss }: Person): string => JSON.stringify([name, nick, boss]);

/** What there should be. Objects go by numbers of the model's own. */
interface World {
  users: Map<number, Person>;
  posts: Map<number, { title: string; author: number | null }>;
  notes: Map<number, { body: string; owner: number | null }>;
  tags: Map<number, { label: string }>;
  links: Set<string>;
  /** Asked to be deleted, and not flushed. */
  doomed: Set<number>;
}

class Model {
  world: World = {
    users: new Map(),
    posts: new Map(),
    notes: new Map(),
    tags: new Map(),
    links: new Set(),
    doomed: new Set(),
  };
  committed: World = structuredClone(this.world);
  /** Objects that have been flushed: only they lose values on rollback. */
  next = 1;

  pick(kind: "users" | "posts" | "notes" | "tags", n: number): number | undefined {
    const alive = [...this.world[kind].keys()].filter((id) => !this.world.doomed.has(id) && this.isKept(kind, id));
    return alive[n % alive.length];
  }

  /** Not one that the next flush takes away because it has no author. */
  isKept(kind: string, id: number): boolean {
    return kind !== "posts" || this.world.posts.get(id)?.author !== null;
  }

  flush(): void {
    const { world } = this;
    for (const [id, post] of world.posts) {
      if (post.author === null || world.doomed.has(post.author)) world.doomed.add(id);
    }
    for (const user of world.users.values()) {
      if (user.boss !== null && world.doomed.has(user.boss)) {
        user.boss = null;
        // Written also where the boss who goes was assigned only now, and the row holds none.
        if (user.written !== undefined) user.written = "another boss";
      }
    }
    for (const note of world.notes.values()) if (note.owner !== null && world.doomed.has(note.owner)) note.owner = null;
    for (const link of world.links) {
      const [post, tag] = link.split(":").map(Number) as [number, number];
      if (world.doomed.has(post) || world.doomed.has(tag)) world.links.delete(link);
    }
    for (const id of world.doomed)
      for (const kind of ["users", "posts", "notes", "tags"] as const) world[kind].delete(id);
    world.doomed.clear();
    for (const user of world.users.values()) {
      const row = rowOf(user);
      if (user.written !== undefined && user.written !== row) user.version++;
      user.written = row;
    }
  }
}

class Real {
  readonly db: Database<any>;
  session: Session<any>;
  objects = new Map<number, object>();

  constructor(db: Database<any>) {
    this.db = db;
    this.session = new Session(db);
  }

  get<T>(id: number | null | undefined): T {
    return this.objects.get(id as number) as T;
  }
}

type Command = fc.AsyncCommand<Model, Real>;
type Step = (model: Model, real: Real) => Promise<void> | void;

class Named implements Command {
  readonly #name: string;
  readonly #run: Step;
  readonly #check: (model: Model) => boolean;
  constructor(name: string, run: Step, check: (model: Model) => boolean = () => true) {
    this.#name = name;
    this.#run = run;
    this.#check = check;
  }
  check(model: Readonly<Model>): boolean {
    return this.#check(model as Model);
  }
  async run(model: Model, real: Real): Promise<void> {
    await this.#run(model, real);
    checkMemory(model, real);
  }
  toString(): string {
    return this.#name;
  }
}

/** The columns and loaded relationships of every object are what the model says. */
function checkMemory({ world }: Model, real: Real): void {
  for (const [id, { name, nick, boss }] of world.users) {
    const user = real.get<User>(id);
    expect([user.name, own(user, "nick")]).toEqual([name, nick]);
    expect(peekOne(user, "boss") ?? null).toBe(boss === null ? null : real.get(boss));
    const list = user.posts as unknown as Post[] & { isLoaded: boolean };
    if (list.isLoaded && !world.doomed.has(id)) {
      const wanted = [...world.posts].filter(([, post]) => post.author === id).map(([post]) => real.get(post));
      expect(new Set(list)).toEqual(new Set(wanted));
      expect(list.length).toBe(wanted.length);
    }
  }
  for (const [id, { title, author }] of world.posts) {
    const post = real.get<Post>(id);
    expect(post.title).toBe(title);
    if (author !== null) expect(peekOne(post, "author")).toBe(real.get(author));
    const list = post.tags as unknown as Tag[] & { isLoaded: boolean };
    if (list.isLoaded) {
      const wanted = [...world.links].flatMap((link) =>
        link.startsWith(`${id}:`) ? [real.get(Number(link.split(":")[1]))] : [],
      );
      expect(new Set(list)).toEqual(new Set(wanted));
    }
  }
}

function own(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? Reflect.get(object, key) : null;
}

function peekOne(object: object, key: string): unknown {
  const value = Reflect.get(object, key) as object | null;
  return value !== null && "then" in value && !Array.isArray(value) && value.constructor.name === "Pending"
    ? "unloaded"
    : value;
}

/** The database holds what the model says, and the session the objects for it. */
async function checkDatabase({ world }: Model, real: Real): Promise<void> {
  const { session } = real;
  const key = (id: number | null): unknown => (id === null ? null : real.get<{ id: unknown }>(id).id);
  const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
  const found = await session.all(
    select({ id: users.id, name: users.name, nick: users.nick, boss: users.bossId, version: users.version }).from(
      users,
    ),
  );
  expect(sorted(found)).toEqual(
    sorted(
      [...world.users].map(([id, { name, nick, boss, version }]) => ({
        id: key(id),
        name,
        nick,
        boss: key(boss),
        version,
      })),
    ),
  );
  for (const [id, { version }] of world.users) expect(real.get<User>(id).version).toBe(version);
  expect(
    sorted(await session.all(select({ id: posts.id, title: posts.title, author: posts.authorId }).from(posts))),
  ).toEqual(sorted([...world.posts].map(([id, { title, author }]) => ({ id: key(id), title, author: key(author) }))));
  expect(sorted(await session.all(select({ id: notes.id, owner: notes.ownerId }).from(notes)))).toEqual(
    sorted([...world.notes].map(([id, { owner }]) => ({ id: key(id), owner: key(owner) }))),
  );
  expect(sorted(await session.all(select({ post: postTags.postId, tag: postTags.tagId }).from(postTags)))).toEqual(
    sorted(
      [...world.links]
        .map((link) => link.split(":").map(Number))
        .map(([post, tag]) => ({ post: key(post as number), tag: key(tag as number) })),
    ),
  );
  expect(sorted(await session.all(select({ id: tags.id }).from(tags)))).toEqual(
    sorted([...world.tags.keys()].map((id) => ({ id: key(id) }))),
  );
  const { size } = session.identities;
  expect(size).toBe(world.users.size + world.posts.size + world.notes.size + world.tags.size);
  for (const kind of ["users", "posts", "notes", "tags"] as const)
    for (const id of world[kind].keys()) expect(session.status(real.get(id))).toBe("persistent");
}

// --- what can happen ---

const n = fc.nat({ max: 997 });

const addUser = fc.tuple(n, n).map(
  ([name, boss]) =>
    new Named(`add user ${name}, ${boss}`, (model, real) => {
      const id = model.next++;
      const user = newUser(`U${name}`);
      const of = boss % 2 === 0 ? model.pick("users", boss) : undefined;
      if (of !== undefined) user.boss = real.get<User>(of);
      real.objects.set(id, user);
      real.session.add(user);
      model.world.users.set(id, { name: user.name, nick: null, boss: of ?? null, version: 1, written: undefined });
    }),
);
const addPost = fc.tuple(n, n, fc.boolean()).map(
  ([title, author, byList]) =>
    new Named(
      `add post ${title}, ${author}, ${byList}`,
      (model, real) => {
        const id = model.next++;
        const of = model.pick("users", author) as number;
        const user = real.get<User>(of);
        const post = byList ? new Post({ title: `P${title}` }) : new Post({ title: `P${title}`, author: user });
        if (byList) user.posts.add(post);
        else real.session.add(post);
        real.objects.set(id, post);
        model.world.posts.set(id, { title: post.title, author: of });
      },
      (model) => model.pick("users", author) !== undefined,
    ),
);
const addNote = fc.tuple(n, fc.boolean()).map(
  ([owner, owned]) =>
    new Named(`add note ${owner}, ${owned}`, (model, real) => {
      const id = model.next++;
      const of = owned ? model.pick("users", owner) : undefined;
      const note = new Note({ body: "…" });
      if (of === undefined) real.session.add(note);
      else real.get<User>(of).notes.add(note);
      real.objects.set(id, note);
      model.world.notes.set(id, { body: "…", owner: of ?? null });
    }),
);
const addTag = n.map(
  (label) =>
    new Named(`add tag ${label}`, (model, real) => {
      const id = model.next++;
      const tag = new Tag({ label: `T${id}` });
      real.session.add(tag);
      real.objects.set(id, tag);
      model.world.tags.set(id, { label: tag.label });
    }),
);
const rename = fc.tuple(n, n).map(
  ([which, name]) =>
    new Named(`rename ${which} to ${name}`, (model, real) => {
      const id = model.pick("users", which);
      if (id === undefined) return;
      real.get<User>(id).name = `N${name}`;
      (model.world.users.get(id) as { name: string }).name = `N${name}`;
    }),
);
const swapNicks = fc.tuple(n, n, fc.constantFrom("swap", "take", "fresh", "none")).map(
  ([a, b, how]) =>
    new Named(`nicks ${a}, ${b}: ${how}`, (model, real) => {
      const [first, second] = [model.pick("users", a), model.pick("users", b)];
      if (first === undefined || second === undefined || first === second) return;
      const of = (id: number): { nick: string | null } => model.world.users.get(id) as { nick: string | null };
      const nicks =
        how === "swap"
          ? [of(second).nick, of(first).nick]
          : how === "take"
            ? [of(second).nick, null]
            : how === "fresh"
              ? [`K${model.next++}`, of(second).nick]
              : [null, of(second).nick];
      [first, second].forEach((id, i) => {
        real.get<User>(id).nick = nicks[i] as string | null;
        of(id).nick = nicks[i] as string | null;
      });
    }),
);
const setBoss = fc.tuple(n, n, fc.boolean()).map(
  ([who, boss, none]) =>
    new Named(`boss of ${who}: ${none ? "none" : boss}`, (model, real) => {
      const id = model.pick("users", who);
      const of = none ? null : model.pick("users", boss);
      if (id === undefined || of === undefined) return;
      real.get<User>(id).boss = of === null ? null : real.get<User>(of);
      (model.world.users.get(id) as { boss: number | null }).boss = of;
    }),
);
const movePost = fc.tuple(n, n, fc.boolean()).map(
  ([which, to, byList]) =>
    new Named(`move post ${which} to ${to}, ${byList}`, (model, real) => {
      const [id, user] = [model.pick("posts", which), model.pick("users", to)];
      if (id === undefined || user === undefined) return;
      const post = real.get<Post>(id);
      if (byList) real.get<User>(user).posts.add(post);
      else post.author = real.get<User>(user);
      // Taken out of the list that it was reached by, and put into one that is not loaded.
      real.session.add(post);
      (model.world.posts.get(id) as { author: number | null }).author = user;
    }),
);
const orphan = n.map(
  (which) =>
    new Named(`orphan ${which}`, (model, real) => {
      const id = model.pick("posts", which);
      if (id === undefined) return;
      const post = model.world.posts.get(id) as { author: number | null };
      real.get<User>(post.author).posts.remove(real.get<Post>(id));
      post.author = null;
    }),
);
const link = fc.tuple(n, n, fc.boolean(), fc.boolean()).map(
  ([a, b, add, byTag]) =>
    new Named(`${add ? "link" : "unlink"} ${a}, ${b}, ${byTag}`, async (model, real) => {
      const [post, tag] = [model.pick("posts", a), model.pick("tags", b)];
      if (post === undefined || tag === undefined) return;
      const name = `${post}:${tag}`;
      // What is linked may be linked again; that something was taken away which was not there, nobody could tell.
      if (!add && !model.world.links.has(name)) return;
      const [p, t] = [real.get<Post>(post), real.get<Tag>(tag)];
      if (byTag) t.posts[add ? "add" : "remove"](p);
      else p.tags[add ? "add" : "remove"](t);
      model.world.links[add ? "add" : "delete"](name);
    }),
);
const remove = fc.tuple(n, fc.constantFrom("users", "posts", "notes", "tags")).map(
  ([which, kind]) =>
    new Named(`delete of ${kind} ${which}`, (model, real) => {
      const id = model.pick(kind, which);
      if (id === undefined) return;
      const isPending = real.session.status(real.get(id)) !== "persistent";
      // What was never written is no longer there at once; others may still hold it, and would take it in again.
      if (isPending) return;
      real.session.delete(real.get<object>(id));
      model.world.doomed.add(id);
    }),
);
const flush = fc.constant(
  new Named("flush", async (model, real) => {
    model.flush();
    await real.session.flush();
    await checkDatabase(model, real);
  }),
);
const changeDuring = fc.tuple(n, n).map(
  ([which, name]) =>
    new Named(`flush, ${which} renamed meanwhile to ${name}`, async (model, real) => {
      model.flush();
      const flushing = real.session.flush();
      const id = model.pick("users", which);
      if (id !== undefined) {
        real.get<User>(id).name = `D${name}`;
        (model.world.users.get(id) as { name: string }).name = `D${name}`;
      }
      await flushing;
      checkMemory(model, real);
      await real.session.flush();
      const user = model.world.users.get(id ?? 0);
      if (user !== undefined) {
        // The first flush may have seen the new name or not: then there were two.
        const { version } = real.get<User>(id);
        expect([user.version, user.version + 1]).toContain(version);
        Object.assign(user, { version, written: rowOf(user) });
      }
      await checkDatabase(model, real);
    }),
);
const commit = fc.boolean().map(
  (reopen) =>
    new Named(`commit${reopen ? ", new session" : ""}`, async (model, real) => {
      model.flush();
      await real.session.commit();
      await checkDatabase(model, real);
      model.committed = structuredClone(model.world);
      if (!reopen) return;
      await real.session.close();
      real.session = new Session(real.db);
      const keys = new Map<unknown, number>();
      for (const kind of ["users", "posts", "notes", "tags"] as const)
        for (const id of model.world[kind].keys()) keys.set(`${kind}${real.get<{ id: unknown }>(id).id}`, id);
      real.objects.clear();
      const found = {
        users: await real.session.query(User).all(),
        posts: await real.session.query(Post).all(),
        notes: await real.session.query(Note).all(),
        tags: await real.session.query(Tag).all(),
      };
      for (const [kind, list] of Object.entries(found))
        for (const one of list) real.objects.set(keys.get(`${kind}${one.id}`) as number, one);
    }),
);
const loadLists = fc.tuple(n, fc.boolean()).map(
  ([which, ofPost]) =>
    new Named(`load ${which}, ${ofPost}`, async (model, real) => {
      const id = model.pick(ofPost ? "posts" : "users", which);
      if (id === undefined || real.session.status(real.get(id)) !== "persistent") return;
      model.flush();
      if (ofPost) await real.session.load(real.get<Post>(id), Post.tags);
      else await real.session.load(real.get<User>(id), User.posts);
    }),
);
const rollback = fc.constant(
  new Named("rollback", async (model, real) => {
    await real.session.rollback();
    model.world = structuredClone(model.committed);
    checkMemory(model, real);
    await checkDatabase(model, real);
  }),
);
const stale = fc.tuple(n, n, fc.boolean()).map(
  ([which, other, deletes]) =>
    new Named(`${deletes ? "delete" : "update"} of ${which}, stale, with ${other}`, async (model, real) => {
      model.flush();
      await real.session.commit();
      model.committed = structuredClone(model.world);
      const [id, beside] = [model.pick("users", which), model.pick("users", other)];
      if (id === undefined || beside === undefined || id === beside) return;
      const [user, neighbour] = [real.get<User>(id), real.get<User>(beside)];
      await real.db.run(
        update(users)
          .set({ version: user.version + 1 })
          .where(users.id.eq(user.id)),
      );
      const before = structuredClone(model.world);
      neighbour.name = "beside";
      if (deletes) real.session.delete(user);
      else user.name = "stale";
      const added = new Note({ body: "beside" });
      real.session.add(added);
      for (const write of [() => real.session.flush(), () => real.session.commit()]) {
        await expect(write()).rejects.toThrow(StaleDataError);
        // Memory is as it was before: everything is still to be written, and nothing has been.
        expect([neighbour.name, real.session.isChanged(neighbour)]).toEqual(["beside", true]);
        expect([user, added].map((one) => real.session.status(one))).toEqual(["persistent", "pending"]);
        expect([user.name, user.version]).toEqual([
          deletes ? before.users.get(id)?.name : "stale",
          before.users.get(id)?.version,
        ]);
      }
      await real.session.rollback();
      model.world = before;
      await real.session.refresh(user);
      for (const world of [model.world, model.committed]) (world.users.get(id) as Person).version++;
      await checkDatabase(model, real);
    }),
);
const inner = fc.oneof(addUser, addPost, addNote, rename, swapNicks, setBoss, movePost, orphan, link, remove, flush);
const nested = fc.tuple(fc.array(inner, { maxLength: 8 }), fc.boolean()).map(
  ([steps, fails]) =>
    new Named(`nested(${steps.join("; ")})${fails ? ", fails" : ""}`, async (model, real) => {
      model.flush();
      const before = structuredClone(model.world);
      const work = real.session.nested(async () => {
        for (const step of steps) if (step.check(model)) await step.run(model, real);
        if (fails) throw new Error("undone");
      });
      if (!fails) {
        await work;
        model.flush();
      } else {
        await expect(work).rejects.toThrow("undone");
        model.world = before;
      }
      checkMemory(model, real);
      await checkDatabase(model, real);
    }),
);

const commands = fc.commands(
  [
    addUser,
    addUser,
    addPost,
    addNote,
    addTag,
    rename,
    swapNicks,
    setBoss,
    movePost,
    orphan,
    link,
    link,
    remove,
    flush,
    changeDuring,
    commit,
    loadLists,
    rollback,
    nested,
    stale,
  ],
  { maxCommands: 50, size: "max" },
);

// All of them where there is time, some while one works.
const histories: Readonly<Record<string, number>> = process.env.CI
  ? { sqlite: 2000, postgres: 500, mariadb: 500 }
  : { sqlite: 500, postgres: 100, mariadb: 100 };

describe.each(places.filter(({ name }) => name in histories))("$name", ({ name, db }) => {
  const numRuns = Number(process.env.ATHANOR_HISTORIES ?? histories[name]);
  test(`${numRuns} random histories end as the model says`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (steps) => {
        await using real = { ...{ at: new Real(db) }, [Symbol.asyncDispose]: async () => {} };
        try {
          await fc.asyncModelRun(() => ({ model: new Model(), real: real.at }), steps);
        } finally {
          await real.at.session.close();
          await empty(db);
        }
      }),
      { numRuns, ...(process.env.ATHANOR_SEED ? { seed: Number(process.env.ATHANOR_SEED) } : {}) },
    );
  });
});

async function empty(db: Database<any>): Promise<void> {
  const quoted = (name: string): string => (db.dialect.name === "MariaDB" ? `\`${name}\`` : `"${name}"`);
  await db.execute(`update users set ${quoted("bossId")} = null`);
  for (const table of ["comments", "post_tags", "posts", "notes", "tags", "users"])
    await db.execute(`delete from ${table}`);
}
