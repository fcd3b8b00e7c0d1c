import { type Database, insertInto, integer, table, text, timestamp, update } from "athanor";
import { DetachedError, many, mapped, one, Session, StaleDataError } from "athanor/orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const albums = table("merge_albums", {
  id: integer().primaryKey(),
  title: text(),
  at: timestamp().nullable(),
  notes: text().nullable(),
  revision: integer(),
});
const tracks = table("merge_tracks", {
  id: integer().primaryKey(),
  albumId: integer("album_id").references(() => albums.id),
  name: text(),
});
const schema = { albums, tracks };

class Album extends mapped(
  albums,
  {
    get tracks() {
      return many(Track);
    },
  },
  { version: "revision", deferred: ["notes"] },
) {}
class Track extends mapped(tracks, {
  get album() {
    return one(Album);
  },
}) {}

for (const { name, open } of databases) {
  describe(name, () => {
    let db: Database<any>;
    const sent: string[] = [];

    beforeAll(async () => {
      db = open({ echo: (line) => void sent.push(line) });
      await db.drop(schema, { ifExists: true });
      await db.create(schema);
    });
    beforeEach(async () => {
      await db.drop(schema);
      await db.create(schema);
      await db.run(insertInto(albums).values({ title: "Blue", at: new Date(0), notes: "long", revision: 1 }));
      await db.run(
        insertInto(tracks).values([
          { albumId: 1, name: "one" },
          { albumId: 1, name: "two" },
        ]),
      );
      sent.length = 0;
    });
    afterAll(() => db.drop(schema));

    test("merging copies what an object of another session holds into the session's own", async () => {
      await using first = new Session(db);
      await using second = new Session(db);
      const theirs = await first.getOne(Album, 1);
      const mine = await second.getOne(Album, 1);
      theirs.title = "Red";
      const merged = await second.merge(theirs);
      expect(merged).toBe(mine);
      expect(mine.title).toBe("Red");
      expect(second.isChanged(mine)).toBe(true);
      expect(first.status(theirs)).toBe("persistent");
      expect(mine.at).toEqual(theirs.at);
      expect(mine.at).not.toBe(theirs.at);
    });

    test("loaded relationships come with it, and what is not loaded is left alone", async () => {
      await using first = new Session(db);
      const [theirs] = await first.query(Album).include(Album.tracks).all();
      theirs?.tracks.add(new Track({ name: "three" }));
      await using second = new Session(db);
      const mine = await second.merge(theirs as Album);
      expect((await mine.tracks).map((track) => track.name)).toEqual(["one", "two", "three"]);
      await second.commit();
      await using third = new Session(db);
      const bare = await third.getOne(Album, 1);
      await second.merge(bare);
      expect(await third.query(Track).count()).toBe(3);
    });

    test("an object made of data from elsewhere updates its row, or is a new one", async () => {
      await using session = new Session(db);
      const known = await session.merge(new Album({ id: 1, title: "Green", revision: 1 }));
      const fresh = await session.merge(
        new Album({ title: "New", revision: 1, tracks: [new Track({ name: "only" })] }),
      );
      await session.commit();
      expect([known.id, known.title, known.at]).toEqual([1, "Green", new Date(0)]);
      expect(fresh.id).toBeGreaterThan(1);
      expect((await fresh.tracks).map((track) => [track.name, track.albumId])).toEqual([["only", fresh.id]]);
    });

    test("merging an object of an older version is a StaleDataError", async () => {
      await using first = new Session(db);
      const theirs = await first.getOne(Album, 1);
      await first.close();
      await db.run(update(albums).set({ title: "other", revision: 2 }).where(albums.id.eq(1)));
      await using second = new Session(db);
      await expect(second.merge(theirs)).rejects.toThrow(StaleDataError);
    });

    test("an object of the session itself is given back", async () => {
      await using session = new Session(db);
      const mine = await session.getOne(Album, 1);
      expect(await session.merge(mine)).toBe(mine);
    });

    test("refresh reads what it is told to, and else what the object has", async () => {
      await using session = new Session(db, { autoflush: false });
      const mine = await session.getOne(Album, 1);
      await mine.tracks;
      await db.run(update(albums).set({ title: "theirs", notes: "longer" }).where(albums.id.eq(1)));
      await db.run(insertInto(tracks).values({ albumId: 1, name: "three" }));
      mine.title = "mine";
      await session.refresh(mine, Album.tracks);
      expect([mine.title, (await mine.tracks).length]).toEqual(["mine", 3]);
      await session.refresh(mine, "title");
      expect(mine.title).toBe("theirs");
      expect(session.isChanged(mine)).toBe(false);
      await session.refresh(mine);
      expect(() => mine.notes).toThrow("deferred");
      await session.load(mine, "notes");
      await db.run(update(albums).set({ notes: "longest" }).where(albums.id.eq(1)));
      await session.refresh(mine);
      expect([mine.notes, session.isChanged(mine)]).toEqual(["longest", false]);
    });

    test("refreshing an object whose row is gone says so", async () => {
      await using session = new Session(db);
      const mine = await session.getOne(Track, 1);
      await db.run(update(tracks).set({ id: 9 }).where(tracks.id.eq(1)));
      await expect(session.refresh(mine)).rejects.toThrow(DetachedError);
    });

    test("reads that are asked for at once wait for each other, and each gets its answer", async () => {
      await using session = new Session(db);
      const [album, track, all, count] = await Promise.all([
        session.get(Album, 1),
        session.get(Track, 2),
        session.query(Track).all(),
        session.query(Album).count(),
      ]);
      expect(all[1]).toBe(track);
      expect([album?.title, count]).toEqual(["Blue", 1]);
      expect(sent.filter((line) => / select /.test(line))).toHaveLength(4);
      const [first, second] = await Promise.all([session.get(Track, 1), session.get(Track, 1)]);
      expect(first).toBe(second);
    });
  });
}
