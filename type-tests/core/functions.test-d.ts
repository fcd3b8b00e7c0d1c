// What functions take beside their first argument is a value, or an expression with needs and nulls of its own.
import { type Database, fn, integer, param, select } from "athanor";
import type { SqliteFeatures } from "athanor/sqlite";
import { expectType } from "tsd";
import { posts, users, wrote } from "../tables.ts";

declare const db: Database<SqliteFeatures>;

expectType<{ t: string }[]>(await db.all(select({ t: fn.concat("<", users.name, ">") }).from(users)));
expectType<{ t: string }[]>(await db.all(select({ t: fn.concat("a", "b") })));
expectType<{ t: string | null }[]>(await db.all(select({ t: fn.concat(users.bio, "!") }).from(users)));
expectType<{ t: string | null }[]>(
  await db.all(
    select({ t: fn.concat(users.name, ": ", posts.title) })
      .from(users)
      .leftJoin(posts, wrote),
  ),
);
// @ts-expect-error posts is not in FROM
await db.all(select({ t: fn.concat(users.name, " ", posts.title) }).from(users));
// @ts-expect-error a number is no text
fn.concat(users.name, 1);

expectType<{ t: string }[]>(await db.all(select({ t: fn.left(users.name, 2) }).from(users)));
expectType<{ t: string | null }[]>(
  await db.all(
    select({ t: fn.left(users.name, posts.id) })
      .from(users)
      .leftJoin(posts, wrote),
  ),
);
expectType<{ t: string }[]>(
  await db.all(select({ t: fn.right(users.name, param("n", integer())) }).from(users), { n: 1 }),
);
// @ts-expect-error posts is not in FROM
await db.all(select({ t: fn.right(users.name, posts.id) }).from(users));

expectType<{ n: number }[]>(await db.all(select({ n: fn.greatest(users.age, 18, users.id) }).from(users)));
expectType<{ n: number | null }[]>(
  await db.all(
    select({ n: fn.least(users.age, 18, posts.id) })
      .from(users)
      .leftJoin(posts, wrote),
  ),
);
// @ts-expect-error posts is not in FROM
await db.all(select({ n: fn.greatest(users.age, 18, posts.id) }).from(users));
// @ts-expect-error a text is no number
fn.greatest(users.age, "18");

expectType<{ t: string }[]>(await db.all(select({ t: fn.coalesce(users.bio, users.name, "none") }).from(users)));
expectType<{ t: string }[]>(
  await db.all(
    select({ t: fn.coalesce(users.bio, posts.title, users.name) })
      .from(users)
      .leftJoin(posts, wrote),
  ),
);
expectType<{ t: string | null }[]>(
  await db.all(
    select({ t: fn.coalesce(users.bio, users.name, posts.title) })
      .from(users)
      .leftJoin(posts, wrote),
  ),
);
expectType<{ t: string | null }[]>(
  await db.all(select({ t: fn.coalesce(users.bio, users.name, users.bio) }).from(users)),
);
// @ts-expect-error posts is not in FROM
await db.all(select({ t: fn.coalesce(users.bio, posts.title, "none") }).from(users));
// @ts-expect-error a number is no text
fn.coalesce(users.bio, users.name, 1);

expectType<{ yes: boolean | null }[]>(await db.all(select({ yes: fn.matches(users.name, users.bio) }).from(users)));
// @ts-expect-error posts is not in FROM
await db.all(select({ yes: fn.matches(users.name, posts.title) }).from(users));
