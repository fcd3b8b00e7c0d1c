// A join without a condition goes by the only foreign key there is, or says why it cannot.
import { alias, CompileError, compile, foreignKey, integer, select, table, text } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { expect, test } from "vitest";

const people = table("people", { id: integer().primaryKey(), name: text() });
const notes = table("notes", {
  id: integer().primaryKey(),
  authorId: integer("author_id").references(() => people.id),
});
const letters = table("letters", {
  id: integer().primaryKey(),
  from: integer().references(() => people.id),
  to: integer().references(() => people.id),
});
const trips = table("trips", { year: integer(), no: integer() }, { primaryKey: ["year", "no"] });
const stops = table(
  "stops",
  { id: integer().primaryKey(), year: integer(), no: integer() },
  { constraints: (t) => [foreignKey([t.year, t.no], () => [trips.year, trips.no])] },
);
const textOf = (query: Parameters<typeof compile>[0]): string => compile(query, sqliteDialect).text;

test("the key leads either way, also over an alias and several columns", () => {
  const author = alias(people, "author");
  const query = select({ id: notes.id }).from(notes);
  expect(textOf(query.join(people))).toBe(textOf(query.join(people, notes.authorId.eq(people.id))));
  expect(textOf(query.leftJoin(author))).toBe(textOf(query.leftJoin(author, notes.authorId.eq(author.id))));
  expect(textOf(select({ id: people.id }).from(people).join(notes))).toContain(
    'on "notes"."author_id" = "people"."id"',
  );
  expect(textOf(select({ id: stops.id }).from(stops).join(trips))).toContain(
    'on "stops"."year" = "trips"."year" and "stops"."no" = "trips"."no"',
  );
});

test("no key, or several, are an error that names them", () => {
  const none = 'no foreign key leads from "trips" to a source before it, or from one of them to "trips"';
  const derived = select({ id: people.id }).from(people).as("derived");
  expect(() => select({ id: notes.id }).from(notes).join(trips)).toThrow(none);
  expect(() => select({ id: notes.id }).from(notes).join(derived)).toThrow(CompileError);
  expect(() => select({ id: letters.id }).from(letters).join(people)).toThrow(
    '"people" could be joined by "from" of "letters" or by "to" of "letters"',
  );
});
