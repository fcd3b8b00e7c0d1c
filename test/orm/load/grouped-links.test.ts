import { bigint, type Database, insertInto, integer, table, text, uuid } from "athanor";
import { many, mapped, Session } from "athanor/orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

// Links without a key: a pair may stand twice.
const posts = table("g_posts", { id: integer().primaryKey(), title: text() });
const tags = table("g_tags", { id: integer().primaryKey(), label: text(), gone: integer() });
const links = table("g_links", {
  postId: integer("post_id").references(() => posts.id),
  tagId: integer("tag_id").references(() => tags.id),
});
const rooms = table("g_rooms", { id: uuid().primaryKey(), name: text() });
const guests = table("g_guests", { id: bigint().primaryKey(), name: text() });
const stays = table("g_stays", {
  roomId: uuid("room_id").references(() => rooms.id),
  guestId: bigint("guest_id").references(() => guests.id),
});
const schema = { posts, tags, links, rooms, guests, stays };

class Post extends mapped(posts, {
  get tags() {
    return many(Tag, { through: links });
  },
  get byLabel() {
    return many(Tag, { through: links, orderBy: (tag) => tag.label.desc(), viewOnly: true });
  },
}) {}
class Tag extends mapped(
  tags,
  {
    get posts() {
      return many(Post, { through: links });
    },
  },
  { where: { there: tags.gone.eq(0) } },
) {}
class Room extends mapped(rooms, {
  get guests() {
    return many(Guest, { through: stays });
  },
}) {}
class Guest extends mapped(guests, {
  get rooms() {
    return many(Room, { through: stays });
  },
}) {}

const room = (n: number): string => `0190a000-0000-7000-8000-00000000000${n}`;

for (const { name, open } of databases) {
  describe(name, () => {
    let db: Database<any>;
    const sent: string[] = [];
    const statements = (): string[] => sent.splice(0).filter((line) => / select /.test(line));

    beforeAll(async () => {
      db = open({ echo: (line) => void sent.push(line) });
      await db.create(schema);
      await db.run(insertInto(posts).values([1, 2, 3, 4].map((id) => ({ id, title: `post ${id}` }))));
      await db.run(
        insertInto(tags).values([
          { id: 3, label: "a", gone: 0 },
          { id: 1, label: "b", gone: 0 },
          { id: 2, label: "c", gone: 0 },
          { id: 4, label: "d", gone: 1 },
        ]),
      );
      const pairs = [
        [1, 3],
        [1, 1],
        [2, 1],
        [2, 2],
        [2, 2],
        [3, 4],
        [1, 4],
      ] as const;
      await db.run(insertInto(links).values(pairs.map(([postId, tagId]) => ({ postId, tagId }))));
      await db.run(insertInto(rooms).values([1, 2].map((n) => ({ id: room(n), name: `room ${n}` }))));
      await db.run(insertInto(guests).values([7n, 8n].map((id) => ({ id, name: `guest ${id}` }))));
      await db.run(
        insertInto(stays).values([
          { roomId: room(1), guestId: 7n },
          { roomId: room(2), guestId: 7n },
          { roomId: room(2), guestId: 8n },
        ]),
      );
    });
    beforeEach(() => {
      sent.length = 0;
    });
    afterAll(() => db.close());

    test("objects that share what they are linked to have it in the order of its key, as often as it is linked", async () => {
      await using session = new Session(db);
      const found = await session.query(Post).include(Post.tags).orderBy(posts.id.asc()).all();
      expect(statements()).toHaveLength(2);
      expect(found.map((post) => post.tags.map((tag) => tag.id))).toEqual([[1, 3], [1, 2, 2], [], []]);
      expect(found[0]?.tags[0]).toBe(found[1]?.tags[0]);
      expect(await session.getOne(Tag, 1)).toBe(found[0]?.tags[0]);
      expect(statements()).toHaveLength(0);
    });

    test("the mapping's order holds inside each list", async () => {
      await using session = new Session(db);
      const found = await session.query(Post).include(Post.byLabel).orderBy(posts.id.asc()).all();
      expect(found.map((post) => post.byLabel.map((tag) => tag.label))).toEqual([["b", "a"], ["c", "c", "b"], [], []]);
    });

    test("what is included further finds each object once", async () => {
      await using session = new Session(db);
      const found = await session.query(Post).include(Post.tags.include(Tag.posts)).orderBy(posts.id.asc()).all();
      expect(statements()).toHaveLength(3);
      expect(found[1]?.tags.map((tag) => tag.posts.map((post) => post.id))).toEqual([
        [1, 2],
        [2, 2],
        [2, 2],
      ]);
      expect(found[0]?.tags[0]?.posts[1]).toBe(found[1]);
    });

    test("awaited, too, it is loaded for all that came together", async () => {
      await using session = new Session(db);
      const found = await session.query(Post).orderBy(posts.id.asc()).all();
      const labels = [];
      for (const post of found) labels.push((await post.tags).map((tag) => tag.label));
      expect(labels).toEqual([["b", "a"], ["b", "c", "c"], [], []]);
      expect(statements()).toHaveLength(2);
    });

    test("keys may be UUIDs and numbers of 64 bits", async () => {
      await using session = new Session(db);
      const found = await session.query(Room).include(Room.guests.include(Guest.rooms)).orderBy(rooms.name.asc()).all();
      expect(found.map((one) => one.guests.map((guest) => guest.id))).toEqual([[7n], [7n, 8n]]);
      expect(found[1]?.guests.map((guest) => guest.rooms.map(({ name }) => name))).toEqual([
        ["room 1", "room 2"],
        ["room 2"],
      ]);
    });

    test("each row is read once where the database gathers keys quickly", async () => {
      await using session = new Session(db);
      await session.query(Post).include(Post.tags).all();
      const [, many = ""] = statements();
      expect(/string_agg|group_concat/.test(many)).toBe(db.dialect.bulk.gathersKeys === true);
    });
  });
}
