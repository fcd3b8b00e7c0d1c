// Words that a statement carries for the database alone: they change how rows are found, not which.
import { cte, fn, select } from "athanor";
import { expect, test } from "vitest";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";
import { posts, users } from "./shop.ts";
import { postgresText, sqliteText } from "./texts.ts";

test("a CTE can be kept, or made a part of what reads it", () => {
  const ids = select({ id: posts.authorId }).from(posts);
  const reading = (materialized: boolean) => {
    const source = cte("ids", ids, { materialized });
    return select({ n: fn.count() }).from(source);
  };
  expect(sqliteText(reading(true))).toBe(
    'with "ids" as materialized (select "author_id" as "id" from "posts") select count(*) as "n" from "ids"',
  );
  expect(postgresText(reading(false))).toBe(
    'with "ids" as not materialized (select "author_id" as "id" from "posts") select count(*) as "n" from "ids"',
  );
});

test("rows are locked as strongly as is said", () => {
  const one = select({ id: users.id }).from(users).where(users.id.isNotNull());
  const start = 'select "id" from "users" where "id" is not null';
  expect(postgresText(one.forUpdate())).toBe(`${start} for update`);
  expect(postgresText(one.forNoKeyUpdate({ noWait: true }))).toBe(`${start} for no key update nowait`);
  expect(postgresText(one.forShare({ of: [users] }))).toBe(`${start} for share of "users"`);
  expect(postgresText(one.forKeyShare({ skipLocked: true }))).toBe(`${start} for key share skip locked`);
});

test("a transaction says what it asks for when it begins", () => {
  const begun = postgresDialect.begin({ isolation: "serializable", readOnly: true, deferrable: true });
  expect(begun.join("; ")).toMatch(/serializable.*read only.*deferrable/);
});
