// What each way of running a statement gives, and what it refuses.
import {
  type Database,
  type Feature,
  fn,
  insertInto,
  integer,
  param,
  type RowStream,
  type RunResult,
  select,
  type Transaction,
  table,
  text,
  update,
} from "athanor";
import { expectType } from "tsd";

declare const db: Database<Feature<"INSERT RETURNING">>;
declare const plain: Database<never>;

const users = table("users", { id: integer().primaryKey(), name: text(), bio: text().nullable() });
const all = select({ id: users.id, bio: users.bio }).from(users);
const one = all.where(users.id.eq(param("id", integer())));
const name = select({ name: users.name })
  .from(users)
  .where(users.id.eq(param("id", integer())));
const insert = insertInto(users).values({ name: "x" });
const named = insertInto(users).values({ name: param("name", text()) });

// --- options stand after the parameters, if there are any ---
expectType<{ id: number; bio: string | null }[]>(await db.all(all));
expectType<{ id: number; bio: string | null }[]>(await db.all(all, { timeout: 10 }));
expectType<{ id: number; bio: string | null }[]>(await db.all(one, { id: 1 }, { signal: AbortSignal.timeout(1) }));
expectType<{ id: number; bio: string | null }[]>(await db.all(one, [{ id: 1 }, { id: 2 }]));
expectType<{ id: number; bio: string | null }>(await db.one(one, { id: 1 }));
expectType<{ id: number; bio: string | null } | undefined>(await db.first(one, { id: 1 }));
expectType<RunResult>(await db.run(named, [{ name: "a" }]));
expectType<RowStream<{ id: number; bio: string | null }>>(db.stream(one, { id: 1 }, { batch: 10 }));
expectType<string>(await db.explain(one, { id: 1 }, { analyze: true }));
// @ts-expect-error the parameters are missing
await db.one(one);
// @ts-expect-error options are no parameters
await db.one(one, { timeout: 10 });
// @ts-expect-error a parameter of another type
await db.one(one, { id: "1" });
// @ts-expect-error there is no such option
await db.all(all, { timeOut: 10 });
// @ts-expect-error one row has one set of parameters
await db.one(one, [{ id: 1 }]);

// --- scalar takes one column ---
expectType<string>(await db.scalar(name, { id: 1 }));
expectType<number>(await db.scalar(select({ n: fn.count() }).from(users)));
expectType<string | null>(await db.scalar(select({ bio: users.bio }).from(users)));
// @ts-expect-error scalar() needs a statement of exactly one column
await db.scalar(all);

// --- prepared statements ---
const find = db.prepare(one);
expectType<{ id: number; bio: string | null } | undefined>(await find.first({ id: 1 }));
expectType<string>(await db.prepare(name).scalar({ id: 1 }));
// @ts-expect-error the parameters are missing
await find.first();
// @ts-expect-error 'users.id' is not in FROM
db.prepare(select({ id: users.id }));

// --- batches ---
expectType<[{ id: number; bio: string | null }[], RunResult, { name: string }[], { id: number }[]]>(
  await db.batch([all, insert, [name, { id: 1 }], insert.returning({ id: users.id })]),
);
// @ts-expect-error a statement with parameters is given as [statement, params]
await db.batch([one]);
// @ts-expect-error a parameter of another type
await db.batch([[one, { id: "1" }]]);
// @ts-expect-error this database has no INSERT RETURNING
await plain.batch([insert.returning({ id: users.id })]);
// @ts-expect-error needs .where() or .everyRow()
await db.batch([update(users).set({ name: "x" })]);

// --- transactions have what the database has ---
expectType<number>(
  await db.transaction(async (tx) => {
    expectType<Transaction<Feature<"INSERT RETURNING">>>(tx);
    const { id } = await tx.one(insert.returning({ id: users.id }));
    return tx.transaction((inner) => inner.scalar(select({ id: users.id }).from(users).where(users.id.eq(id))));
  }),
);
await plain.transaction(async (tx) => {
  // @ts-expect-error this database has no INSERT RETURNING
  await tx.one(insert.returning({ id: users.id }));
});

// --- a database with more features can be given where fewer are asked for, not the other way round ---
declare function needsNothing(db: Database<never>): void;
declare function needsReturning(db: Database<Feature<"INSERT RETURNING">>): void;
needsNothing(db);
// @ts-expect-error it lacks INSERT RETURNING
needsReturning(plain);
