// The third argument of table(): what it says reaches the types, also beside a callback.
import { type Database, index, insertInto, integer, select, table, text, unique } from "athanor";
import { expectType } from "tsd";

declare const db: Database<never>;

const entries = table(
  "entries",
  { listId: integer(), trackId: integer(), note: text().nullable() },
  {
    schema: "music",
    primaryKey: ["listId", "trackId"],
    constraints: (entry) => [unique(entry.note), index(entry.trackId.desc())],
  },
);
expectType<{ listId: number; note: string | null }[]>(
  await db.all(select({ listId: entries.listId, note: entries.note }).from(entries)),
);
insertInto(entries).values({ listId: 1, trackId: 2 });
// @ts-expect-error a part of a composite key is required
insertInto(entries).values({ listId: 1 });

table("t", { a: integer() }, { constraints: (t) => [index(t.a)] });
// @ts-expect-error no such column in the callback
table("t", { a: integer() }, { constraints: (t) => [index(t.b)] });
// @ts-expect-error no such column in the key
table("t", { a: integer() }, { primaryKey: ["a", "b"] });
// @ts-expect-error no such option
table("t", { a: integer() }, { primaryKeys: ["a"] });

const sameName = table("entries", { id: integer() });
// @ts-expect-error the schema is part of the name
await db.all(select({ id: sameName.id }).from(entries));
