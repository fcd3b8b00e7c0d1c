// A database with the tables of blog.ts, empty before each test, and what was sent to it.
import { type Database, deleteFrom, update } from "athanor";
import { Session } from "athanor/orm";
import { beforeAll, beforeEach } from "vitest";
import { databases, type TestDatabase } from "../../support/databases.ts";
import { blog, comments, desks, notes, posts, postTags, profiles, rooms, slots, tags, users } from "./blog.ts";

export interface Place {
  readonly name: TestDatabase["name"];
  readonly db: Database<any>;
  /** What was sent since the last `clear`, without what begins, ends or splits transactions. */
  readonly sent: string[];
  /** All of it. */
  readonly all: string[];
  /** The same, with what rode together as one. */
  readonly trips: string[];
  clear(): void;
  session(options?: object): Session<any>;
}

/** Every database, each with the tables, emptied before each test. */
export const places: readonly Place[] = databases.map((it) => {
  const all: string[] = [];
  const trips: string[] = [];
  const sent: string[] = [];
  const db = it.open({
    echo: (line) => {
      const text = line.replace(/^.*? {2}.*? {2}.*? {2}/, "");
      trips.push(text);
      // Statements that ride together are told of together.
      for (const one of text.split(";\n")) {
        all.push(one);
        if (!/^(begin|start|commit|rollback|savepoint|release|pragma)/.test(one)) sent.push(one);
      }
    },
  });
  beforeAll(() => db.create(blog));
  beforeEach(async () => {
    await db.run(update(users).set({ bossId: null }).everyRow());
    for (const table of [desks, rooms, comments, postTags, posts, profiles, notes, tags, slots, users])
      await db.run(deleteFrom(table as typeof users).everyRow());
  });
  return {
    name: it.name,
    db,
    sent,
    all,
    trips,
    clear: () => {
      trips.length = 0;
      sent.length = 0;
      all.length = 0;
    },
    session: (options) => new Session(db, options),
  };
});
