// What may be left out: a window, the condition of a join; and what else takes its needs along.
import { type Database, fn, only, row, select, tableSample } from "athanor";
import { expectType } from "tsd";
import { plain, posts, users } from "../tables.ts";

declare const postgres: Database<import("athanor/postgres").PostgresFeatures>;

expectType<{ id: number; n: number }[]>(await plain.all(select({ id: users.id, n: fn.count().over() }).from(users)));
expectType<{ n: number }[]>(await plain.all(select({ n: fn.rowNumber().over() }).from(users)));

expectType<{ name: string; title: string | null }[]>(
  await plain.all(select({ name: users.name, title: posts.title }).from(users).leftJoin(posts)),
);
// @ts-expect-error posts is not joined
await plain.all(select({ name: users.name, title: posts.title }).from(users));

const taken = select({ a: posts.authorId, b: posts.title }).from(posts).where(users.id.eq(1));
const pairs = select({ a: posts.authorId, b: posts.title }).from(posts);
await plain.all(select({ id: users.id }).from(users).where(row(users.id, users.name).in(pairs)));
await plain.all(
  select({ id: users.id })
    .from(users)
    .where(row(users.id, users.name).in(pairs.where(posts.id.eq(users.age)))),
);
// @ts-expect-error a row of numbers and texts is no Date
row(users.id, users.name).in(select({ a: posts.authorId, b: posts.at }).from(posts));
const inTaken = row(posts.id, posts.title).in(taken);
// @ts-expect-error 'users.id' is not in FROM
await plain.all(select({ id: posts.id }).from(posts).where(inTaken));

expectType<{ id: number }[]>(await postgres.all(select({ id: users.id }).from(tableSample(users, 10))));
expectType<{ id: number }[]>(await postgres.all(select({ id: users.id }).from(only(users))));
// @ts-expect-error this database has no TABLESAMPLE
await plain.all(select({ id: users.id }).from(tableSample(users, 10)));
// @ts-expect-error this database has no ONLY
await plain.all(select({ id: users.id }).from(only(users)));
