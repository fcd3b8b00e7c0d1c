// What reads a part of a table keeps the table's columns, and is never dropped where it cannot be.
import { CompileError, compile, deleteFrom, integer, only, select, table, tableSample, text, update } from "athanor";
import { mariadbDialect } from "athanor/mysql";
import { postgresDialect } from "athanor/postgres";
import { expect, test } from "vitest";

const people = table("people", { id: integer().primaryKey(), name: text() });

test("ONLY stands before the table it is about, read or written", () => {
  const texts = [
    select({ id: people.id }).from(only(people)),
    update(only(people)).set({ name: "x" }).everyRow(),
    deleteFrom(only(people)).everyRow(),
  ].map((statement) => compile(statement, postgresDialect).text);
  expect(texts).toEqual([
    'select "id" from only "people"',
    'update only "people" set "name" = $1',
    'delete from only "people"',
  ]);
  expect(() => compile(update(only(people)).set({ name: "x" }).everyRow(), mariadbDialect)).toThrow(CompileError);
});

test("a sample says how it is drawn, and cannot be written to", () => {
  const sample = tableSample(people, 10, { method: "system", seed: 7 });
  expect(compile(select({ id: people.id }).from(sample), postgresDialect).text).toMatch(
    /from "people" tablesample system \(\$1.*\) repeatable \(\$2.*\)$/,
  );
  expect(() => update(sample).set({ name: "x" })).toThrow(/^a sample of "people" cannot be written to/);
  expect(() => tableSample(select(people).as("derived"), 10)).toThrow(/^"derived" is not a table/);
});
