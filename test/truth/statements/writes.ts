// Rows that writes give back. Each runs in a transaction that is rolled back.
import {
  alias,
  coalesce,
  cte,
  deleteFrom,
  excluded,
  fn,
  insertInto,
  jsonObject,
  literal,
  param,
  select,
  text,
  update,
} from "athanor";
import { notes, people, posts, teams } from "../schema.ts";

export const insertOne = insertInto(notes).values({ title: "new" }).returning(notes);
export const insertMany = insertInto(notes)
  .values([
    { title: "a", body: "x", rank: 3 },
    { title: "b", body: null },
    { title: "c", at: new Date("2024-03-10T02:30:00Z") },
  ])
  .returning({ id: notes.id, title: notes.title, body: notes.body, at: notes.at });
export const insertWhole = insertInto(notes).values({ title: "new" }).returning({ note: notes });
export const insertNested = insertInto(notes)
  .values({ title: "new" })
  .returning({ title: notes.title, more: { body: notes.body, rank: notes.rank } });
export const insertExpressions = insertInto(notes)
  .values({ title: fn.upper(literal("x")), rank: literal(2).mul(3) })
  .returning({
    title: notes.title,
    loud: fn.upper(notes.title),
    body: fn.upper(notes.body),
    more: notes.rank.add(1),
    is: notes.body.isNull(),
  });
export const insertSelect = insertInto(notes)
  .select(select({ title: people.name, body: people.nick, rank: people.age }).from(people))
  .returning({ title: notes.title, body: notes.body, rank: notes.rank });
export const insertParameters = insertInto(notes)
  .values({ title: param("title", text()) })
  .returning({ title: notes.title, body: notes.body });
export const upsertNothing = insertInto(notes)
  .values([{ title: "one" }, { title: "fresh" }])
  .onConflict(notes.title)
  .doNothing()
  .returning({ title: notes.title, body: notes.body });
export const upsertUpdate = insertInto(notes)
  .values([{ title: "one", body: null, rank: 9 }, { title: "fresh" }])
  .onConflict(notes.title)
  .doUpdate({ body: excluded(notes.body), rank: notes.rank.add(excluded(notes.rank)) })
  .returning({ title: notes.title, body: notes.body, rank: notes.rank });
export const updateRows = update(notes)
  .set({ rank: notes.rank.add(1) })
  .everyRow()
  .returning(notes);
export const updateSome = update(notes)
  .set({ body: null, at: new Date("2011-12-30T10:00:00Z") })
  .where(notes.id.gt(1))
  .returning({ body: notes.body, at: notes.at, rank: notes.rank.mul(2) });
export const updateScalar = update(notes)
  .set({ body: select({ n: people.nick }).from(people).where(people.id.eq(notes.id)).scalar() })
  .everyRow()
  .returning({ id: notes.id, body: notes.body });
export const updateFrom = update(notes)
  .set({ body: people.nick, rank: people.age })
  .from(people)
  .where(people.id.eq(notes.id))
  .returning({ id: notes.id, body: notes.body, rank: notes.rank });
export const updateCase = update(people)
  .set({ nick: coalesce(people.nick, people.name), salary: people.salary.mul("1.10") })
  .where(people.id.lt(3))
  .returning({
    mood: people.mood,
    salary: people.salary,
    banned: people.banned,
    verified: people.verified,
    visits: people.visits,
  });
export const deleteRows = deleteFrom(notes).everyRow().returning(notes);
export const deleteSome = deleteFrom(notes)
  .where(notes.body.isNull())
  .returning({ body: notes.body, rank: notes.rank, at: notes.at, loud: fn.upper(notes.title) });
export const deleteWhole = deleteFrom(notes).where(notes.id.lt(3)).returning({ note: notes });
export const returningJson = update(notes)
  .set({ rank: 3 })
  .everyRow()
  .returning({ o: jsonObject({ at: notes.at, body: notes.body }) });
export const insertFromCte = (() => {
  const source = cte("source_rows", select({ title: teams.name, body: teams.motto }).from(teams));
  return insertInto(notes)
    .select(select({ title: source.title, body: source.body }).from(source))
    .returning({ title: notes.title, body: notes.body });
})();
export const writingCte = (() => {
  const gone = cte("gone", deleteFrom(notes).everyRow().returning({ id: notes.id, body: notes.body }));
  return select({ id: gone.id, body: gone.body }).from(gone);
})();
export const updateWithQuery = update(notes)
  .set({ rank: 7 })
  .where(notes.id.in(select({ id: posts.id }).from(posts).where(posts.likes.gt(0))))
  .returning({ id: notes.id, body: notes.body });
const absent = alias(teams, "absent");
export const updateBesideLeft = update(notes)
  .set({ rank: 2 })
  .from(people)
  .leftJoin(absent, absent.id.eq(people.id.add(100)))
  .where(people.id.eq(notes.id))
  .returning({ id: notes.id, nick: people.nick, team: absent.name, whole: absent.id });
export const deleteBesideLeft = deleteFrom(notes)
  .using(people)
  .leftJoin(absent, absent.id.eq(people.id.add(100)))
  .where(people.id.eq(notes.id))
  .returning({ id: notes.id, nick: people.nick, team: absent.name });
