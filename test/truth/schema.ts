// A small schema with every type of column, each once NOT NULL and once nullable, and rows in which every nullable column
// is null at least once.
import {
  alias,
  bigint,
  boolean,
  bytes,
  type Database,
  date,
  decimal,
  double,
  enumeration,
  insertInto,
  integer,
  interval,
  json,
  real,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varchar,
} from "athanor";

export interface Settings {
  theme: string;
  tags: string[];
  size: number | null;
}

export const teams = table("teams", {
  id: integer().primaryKey(),
  name: varchar(100).unique(),
  motto: text().nullable(),
  budget: decimal(20, 4),
  spent: decimal(20, 4).nullable(),
  founded: date(),
  closed: date().nullable(),
});

export const people = table("people", {
  id: integer().primaryKey(),
  name: varchar(100),
  nick: varchar(100).nullable(),
  teamId: integer("team_id")
    .references(() => teams.id)
    .nullable(),
  bossId: integer("boss_id")
    .references(() => people.id)
    .nullable(),
  age: integer(),
  score: smallint().nullable(),
  rating: double(),
  weight: real().nullable(),
  visits: bigint(),
  seenBy: bigint("seen_by").nullable(),
  salary: decimal(12, 2),
  bonus: decimal(12, 2).nullable(),
  active: boolean(),
  verified: boolean().nullable(),
  role: enumeration(["admin", "member", "guest"]),
  mood: enumeration(["good", "bad"]).nullable(),
  born: date(),
  left: date("left_on").nullable(),
  wakes: time(),
  sleeps: time().nullable(),
  joined: timestamp(),
  paused: timestamp().nullable(),
  seen: timestamptz(),
  banned: timestamptz().nullable(),
  exact: timestamptz("exact_at", { as: "string", precision: 6 }),
  settings: json<Settings>(),
  extra: json<{ note: string } | null>().nullable(),
  photo: bytes(),
  thumb: bytes().nullable(),
  token: uuid(),
  invite: uuid().nullable(),
});

export const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => people.id),
  title: varchar(200),
  body: text().nullable(),
  likes: integer(),
  price: decimal(14, 2),
  at: timestamptz(),
  hidden: boolean().nullable(),
});

export const tags = table("tags", { id: integer().primaryKey(), label: varchar(50).unique() });

export const postTags = table(
  "post_tags",
  {
    postId: integer("post_id").references(() => posts.id),
    tagId: integer("tag_id").references(() => tags.id),
    weight: integer().nullable(),
  },
  { primaryKey: ["postId", "tagId"] },
);

/** No foreign keys point here: what writes write. */
export const notes = table("notes", {
  id: integer().primaryKey(),
  title: varchar(100).unique(),
  body: text().nullable(),
  rank: integer().default(1),
  at: timestamptz().default(new Date("2024-02-29T12:34:56.789Z")),
});

/** Only where the database has intervals. */
export const spans = table("spans", { id: integer().primaryKey(), length: interval(), gap: interval().nullable() });

export const boss = alias(people, "boss");

export const schema = { teams, people, posts, tags, postTags, notes };

const at = (text: string): Date => new Date(text);
// Around the changes of daylight saving time in New York, Lord Howe and Apia, and where local time stands at midnight.
const moments = [
  at("2024-03-10T06:59:59.999Z"),
  at("2024-11-03T05:30:00.000Z"),
  at("2011-12-30T10:00:00.001Z"),
  at("1999-12-31T23:59:59.500Z"),
  at("2024-02-29T00:00:00.000Z"),
  at("1970-01-01T00:00:00.000Z"),
];
const moment = (i: number): Date => moments[i % moments.length] as Date;

const names = ["Ann", "Bob", "Çelik", "Dörte", "émile", "Zoë 🐘"];

/** Six people: those with an even number lack whatever may be lacking, the first leads all and is in no team. */
const rows = names.map((name, i) => {
  const lacks = i % 2 === 1;
  return {
    id: i + 1,
    name,
    nick: lacks ? null : `n%_${i}'"`,
    teamId: i === 0 ? null : (i % 2) + 1,
    bossId: i === 0 ? null : Math.ceil(i / 2),
    age: 20 + i * 7,
    score: lacks ? null : i - 2,
    rating: i / 3,
    weight: lacks ? null : 60.5 + i,
    visits: 9_007_199_254_740_993n + BigInt(i),
    seenBy: lacks ? null : -9_223_372_036_854_775_808n + BigInt(i),
    salary: `${1000 + i}.${i}5` as `${number}`,
    bonus: lacks ? null : ("0.10" as const),
    active: i % 3 !== 0,
    verified: lacks ? null : i === 0,
    role: (["admin", "member", "guest"] as const)[i % 3] as "admin" | "member" | "guest",
    mood: lacks ? null : ("good" as const),
    born: `19${80 + i}-02-2${i}`,
    left: lacks ? null : "2024-12-31",
    wakes: `0${i}:59:59`,
    sleeps: lacks ? null : "23:59:59.123456",
    joined: moment(i),
    paused: lacks ? null : moment(i + 1),
    seen: moment(i + 2),
    banned: lacks ? null : moment(i + 3),
    exact: `2024-03-10T02:3${i}:00.12345${i}Z`,
    settings: { theme: `t"${i}`, tags: ["a", "ü"].slice(0, i % 3), size: lacks ? null : i },
    extra: lacks ? null : { note: "\u2028n" },
    photo: new Uint8Array([0, 255, i]),
    thumb: lacks ? null : new Uint8Array([]),
    token: `00000000-0000-4000-8000-00000000000${i}`,
    invite: lacks ? null : "ffffffff-ffff-4fff-bfff-ffffffffffff",
  };
});

/** Creates the tables and fills them. Team 3 has nobody, persons 5 and 6 no posts, post 5 no tags, tag 3 no posts. */
export async function fill(db: Database<any>): Promise<void> {
  await db.create(schema);
  await db.run(
    insertInto(teams).values([
      {
        id: 1,
        name: "Red",
        motto: "on!",
        budget: "1234567890123456.7891",
        spent: "0.0001",
        founded: "2001-01-01",
        closed: "2030-12-31",
      },
      { id: 2, name: "Blue", motto: null, budget: "-0.5", spent: null, founded: "0999-12-31", closed: null },
      { id: 3, name: "Empty", motto: null, budget: "0", spent: null, founded: "9999-12-31", closed: null },
    ]),
  );
  for (const row of rows) await db.run(insertInto(people).values(row));
  await db.run(
    insertInto(posts).values(
      [1, 1, 2, 3, 4, 1].map((authorId, i) => ({
        id: i + 1,
        authorId,
        title: `Post ${i}`,
        body: i % 2 ? null : `body ${i}`,
        likes: i * 10,
        price: `${i}.99` as `${number}`,
        at: moment(i),
        hidden: i % 3 === 2 ? null : i % 3 === 0,
      })),
    ),
  );
  await db.run(
    insertInto(tags).values([
      { id: 1, label: "sql" },
      { id: 2, label: "types" },
      { id: 3, label: "unused" },
    ]),
  );
  await db.run(
    insertInto(postTags).values([
      { postId: 1, tagId: 1, weight: 3 },
      { postId: 1, tagId: 2, weight: null },
      { postId: 2, tagId: 1, weight: 1 },
      { postId: 3, tagId: 2, weight: null },
      { postId: 4, tagId: 1, weight: 2 },
      { postId: 6, tagId: 2, weight: 5 },
    ]),
  );
  await db.run(
    insertInto(notes).values([
      { title: "one", body: "text", rank: 5 },
      { title: "two", body: null },
      { title: "three", body: "text" },
    ]),
  );
  if (db.dialect.features.has("INTERVALS")) {
    await db.create({ spans });
    await db.run(
      insertInto(spans).values([
        { id: 1, length: "P1DT2H", gap: "PT0.5S" },
        { id: 2, length: "P1Y2M3DT4H5M6S", gap: null },
        { id: 3, length: "PT0S", gap: "-PT1H" },
      ]),
    );
  }
}
