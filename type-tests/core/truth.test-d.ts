// biome-ignore-all format: what is wrong stays on the line below its directive
// biome-ignore-all lint/suspicious/noDuplicateObjectKeys: this is one of the mistakes
// The truth table, as far as the compiler can know it. Each case bears the id of the row it proves: what is accepted has
// the very type that the database gives, what is wrong does not compile.
import {
  alias,
  bigint,
  boolean,
  caseWhen,
  coalesce,
  cte,
  type Database,
  date,
  decimal,
  deleteFrom,
  enumeration,
  excluded,
  type Feature,
  fn,
  insertInto,
  integer,
  json,
  jsonArray,
  jsonObject,
  literal,
  or,
  param,
  partitionBy,
  select,
  sql,
  table,
  text,
  timestamp,
  timestamptz,
  update,
} from "athanor";
import type { SqliteFeatures } from "athanor/sqlite";
import { expectType } from "tsd";

const users = table("users", {
  id: integer().primaryKey(),
  email: text().unique(),
  name: text(),
  bio: text().nullable(),
  age: integer(),
  score: integer().nullable(),
  balance: decimal(12, 2),
  role: enumeration(["admin", "member"]),
  big: bigint(),
  active: boolean(),
  born: date().nullable(),
  seen: timestamptz().nullable(),
  settings: json<{ theme: string; tags: string[] }>(),
  shout: text().generatedAs(() => fn.upper(users.name)),
});
const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => users.id),
  title: text(),
  note: text().nullable(),
  at: timestamp(),
  price: decimal(10, 2),
});
const labels = table("labels", { id: integer(), label: text() });
declare const db: Database<SqliteFeatures>;
declare const all: Database<
  Feature<
    "FULL JOIN" | "RIGHT JOIN" | "LATERAL" | "INSERT RETURNING" | "UPDATE RETURNING" | "DELETE RETURNING" | "ROW LOCKS"
  >
>;
declare const none: Database<never>;
const wrote = posts.authorId.eq(users.id);
const left = select({ id: users.id }).from(users).leftJoin(posts, wrote);

// --- A. Nullability ---
// N01 a column of a left-joined table
expectType<{ title: string | null }>(await db.one(left.select({ title: posts.title })));
// N02 a function over one
expectType<{ t: string | null }>(await db.one(left.select({ t: fn.upper(posts.title) })));
expectType<{ n: number | null }>(await db.one(left.select({ n: fn.length(fn.trim(posts.title)) })));
// N03 raw SQL that mentions one
expectType<{ n: number | null }>(await db.one(left.select({ n: sql(integer())`length(${posts.title})` })));
expectType<{ n: number }>(await db.one(left.select({ n: sql(integer())`length(${users.name})` })));
// N04 a whole source of the null side, and a plain object beside it
type Post = { id: number; authorId: number; title: string; note: string | null; at: Date; price: `${number}` };
expectType<{ post: Post | null; plain: { title: string | null } }>(
  await db.one(left.select({ post: posts, plain: { title: posts.title } })),
);
// N04C every selected column may be null, the row not
const notes = select({ note: posts.note, authorId: posts.authorId }).from(posts).as("notes");
expectType<{ whole: { note: string | null; authorId: number } | null }>(
  await db.one(select({ whole: notes }).from(users).leftJoin(notes, notes.authorId.eq(users.id))),
);
// N05 FULL JOIN: both sides
expectType<{ a: number | null; b: string | null }>(
  await db.one(select({ a: users.id, b: posts.title }).from(users).fullJoin(posts, wrote)),
);
expectType<{ a: number | null; b: string }>(
  await db.one(select({ a: users.id, b: posts.title }).from(users).rightJoin(posts, wrote)),
);
// N06 coalesce
expectType<{ a: string; b: string }>(
  await db.one(left.select({ a: coalesce(posts.title, ""), b: coalesce(users.bio, users.name) })),
);
expectType<{ a: string | null }>(await db.one(left.select({ a: coalesce(users.bio, posts.title) })));
// N08 an aggregate over no rows
expectType<{ m: string | null }>(await db.one(select({ m: fn.max(users.name) }).from(users)));
// N09 count
expectType<{ n: number; of: number }>(await db.one(select({ n: fn.count(), of: fn.count(users.bio) }).from(users)));
// N10 avg
expectType<{ a: number | null; d: `${number}` | null }>(
  await db.one(select({ a: fn.avg(users.age), d: fn.avg(users.balance) }).from(users)),
);
// N11 a scalar subquery
expectType<{ t: string | null }>(
  await db.one(select({ t: select({ t: posts.title }).from(posts).where(wrote).limit(1).scalar() }).from(users)),
);
// N13 arithmetic
expectType<{ a: number | null; b: number }>(
  await db.one(select({ a: users.score.add(1), b: users.age.mul(2) }).from(users)),
);
expectType<{ a: number | null }>(await db.one(select({ a: users.age.add(users.score) }).from(users)));
// N14 and N26 conditions over null
expectType<{ a: boolean | null; b: boolean | null; c: boolean; d: boolean }>(
  await db.one(
    select({
      a: users.score.gt(1),
      b: users.score.gt(1).not(),
      c: users.score.isNull(),
      d: users.score.isDistinctFrom(1),
    }).from(users),
  ),
);
expectType<{ a: boolean | null }>(await db.one(select({ a: or(users.active, users.score.gt(users.age)) }).from(users)));
// N16 and N16B left joins of a subquery and a CTE, also of an expression in it
const sub = select({ authorId: posts.authorId, up: fn.upper(posts.title), n: posts.id.add(1) })
  .from(posts)
  .as("sub");
expectType<{ up: string | null; n: number | null }>(
  await db.one(select({ up: sub.up, n: sub.n }).from(users).leftJoin(sub, sub.authorId.eq(users.id))),
);
const busy = cte("busy", select({ authorId: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));
expectType<{ n: number | null }>(
  await db.one(select({ n: busy.n }).from(users).leftJoin(busy, busy.authorId.eq(users.id))),
);
expectType<{ n: number }>(await db.one(select({ n: busy.n }).from(users).join(busy, busy.authorId.eq(users.id))));
// N18 LEFT JOIN LATERAL
const latest = select({ title: posts.title }).from(posts).where(wrote).limit(1).as("latest");
expectType<{ title: string | null }>(
  await all.one(select({ title: latest.title }).from(users).leftJoinLateral(latest)),
);
// N19 lag and lead
const byId = partitionBy(users.role).orderBy(users.id.asc());
expectType<{ a: string | null; b: string; c: number | null }>(
  await db.one(
    select({
      a: fn.lag(users.name).over(byId),
      b: fn.lag(users.name, 1, "-").over(byId),
      c: fn.lead(users.age).over(byId),
    }).from(users),
  ),
);
// N23 a union of a nullable column and one that is not
expectType<{ t: string | null }>(
  await db.one(
    select({ t: users.name })
      .from(users)
      .union(select({ t: users.bio }).from(users)),
  ),
);

// --- B. Values in JavaScript ---
// M01, Q07 64 bits; N20, N21 inside JSON; Q01, Q08 booleans and documents
expectType<{ big: bigint; active: boolean; settings: { theme: string; tags: string[] }; seen: Date | null }>(
  await db.one(
    select({ big: users.big, active: users.active, settings: users.settings, seen: users.seen }).from(users),
  ),
);
expectType<{ rows: { at: Date; price: `${number}`; big: bigint }[] }>(
  await db.one(
    select({
      rows: jsonArray(select({ at: posts.at, price: posts.price, big: users.big }).from(posts).where(wrote)),
    }).from(users),
  ),
);
expectType<{ o: { at: Date | null; n: string } }>(
  await db.one(left.select({ o: jsonObject({ at: posts.at, n: users.name }) })),
);
// Q04 sum
expectType<{ s: number | null; b: bigint | null; d: `${number}` | null }>(
  await db.one(select({ s: fn.sum(users.age), b: fn.sum(users.big), d: fn.sum(users.balance) }).from(users)),
);
// M06, Q11, P03 raw SQL has a declared SQL type, never an asserted JavaScript one
expectType<{ m: Date | null }>(
  await db.one(select({ m: sql(timestamptz().nullable())`max(${fn.max(users.seen)})` }).from(users)),
);
// @ts-expect-error a JavaScript type is no SQL type
sql<number>`length(${users.name})`;

// --- C. Scope ---
// @ts-expect-error S01 a column whose table is not in FROM
await db.all(select({ t: posts.title }).from(users));
// @ts-expect-error S02 WHERE on a table that is not in FROM
await db.all(select({ id: users.id }).from(users).where(posts.title.eq("x")));
// @ts-expect-error S03 ORDER BY a foreign column
await db.all(select({ id: users.id }).from(users).orderBy(posts.id.asc()));
// @ts-expect-error S03 ORDER BY an unknown column
await db.all(select({ id: users.id }).from(users).orderBy(users.nope.asc()));
// S05 a column is named with its table: nothing is ambiguous
expectType<{ a: number; b: number }>(await db.one(select({ a: users.id, b: posts.id }).from(users).join(posts, wrote)));
// @ts-expect-error S05B two columns of one name
select({ id: users.id, id: posts.id });
const boss = alias(users, "boss");
// @ts-expect-error S06 the original name after aliasing
await db.all(select({ id: users.id }).from(boss));
// @ts-expect-error S07 a column the CTE has not
await db.all(select({ x: busy.title }).from(busy));
// @ts-expect-error S09 ON refers to a table that is joined later
await db.all(select({ id: users.id }).from(users).join(posts, posts.id.eq(labels.id)).join(labels, labels.id.eq(users.id)));
// @ts-expect-error S10 GROUP BY a column of another table
await db.all(select({ n: fn.count() }).from(users).groupBy(posts.title));
// @ts-expect-error D22 RETURNING a column of another table
await db.all(insertInto(labels).values({ id: 1, label: "x" }).returning({ t: posts.title }));
// @ts-expect-error D22 also of an update
await db.all(update(labels).set({ label: "x" }).everyRow().returning({ t: posts.title }));
// @ts-expect-error D23 UPDATE with a condition on another table
await db.run(update(labels).set({ label: "x" }).where(posts.id.eq(1)));
// @ts-expect-error D23 DELETE with a condition on another table
await db.run(deleteFrom(labels).where(posts.id.eq(1)));

// --- D. Operands ---
// @ts-expect-error C01
users.age.eq("abc");
// @ts-expect-error C02
users.age.eq(users.name);
// @ts-expect-error C03
users.role.eq("boss");
users.role.in(["admin"]);
// @ts-expect-error C03
users.role.in(["boss"]);
// @ts-expect-error C04
users.bio.eq(null);
// @ts-expect-error C06
users.age.like("1%");
declare const maybe: string | undefined;
// @ts-expect-error C07
users.name.eq(maybe);
// @ts-expect-error C08
users.age.notIn([1, null]);
// @ts-expect-error C08 NOT IN a query that may give null
users.age.notIn(select({ s: users.score }).from(users));
// @ts-expect-error C11
users.age.in(select({ t: posts.title }).from(posts));
// @ts-expect-error C11B
await db.all(select({ id: users.id }).from(users).where(users.id.in(select({ a: posts.id, b: posts.authorId }).from(posts))));
// @ts-expect-error C14
select({ id: users.id }).from(users).where(users.age);
// @ts-expect-error C14 text is no condition
select({ id: users.id }).from(users).where(users.name);
// @ts-expect-error C17
coalesce(users.name, 1);
// @ts-expect-error C17 nor an expression of another type
coalesce(users.name, users.age);
// C19 a text is a value, never the name of a column
expectType<{ both: string }>(await db.one(select({ both: users.email.concat("id") }).from(users)));
// @ts-expect-error G08
fn.sum(users.name);
// @ts-expect-error G08
fn.avg(users.name);
// @ts-expect-error calculations on text
users.name.add(1);
// @ts-expect-error a condition that is no condition
caseWhen(users.age, literal("x"));
// @ts-expect-error a text where a number is calculated with
users.age.add("1");

// --- E. Writes ---
const ann = {
  email: "a@b.c",
  name: "Ann",
  age: 3,
  balance: "1.50",
  role: "admin",
  big: 1n,
  active: true,
  settings: { theme: "x", tags: [] },
} as const;
insertInto(users).values({ ...ann, settings: { theme: "x", tags: [] } });
// @ts-expect-error D01
insertInto(posts).values({ title: "x", at: new Date(), price: "1" });
// @ts-expect-error D02
insertInto(users).values({...ann, settings: { theme: "x", tags: [] }, shout: "ANN" });
// @ts-expect-error D04
update(users).set({ shout: "ANN" });
// @ts-expect-error D05
await db.run(update(users).set({ age: 1 }));
await db.run(update(users).set({ age: 1 }).everyRow());
// @ts-expect-error D06
await db.run(deleteFrom(users));
await db.run(deleteFrom(users).everyRow());
// @ts-expect-error D07
await none.all(insertInto(labels).values({ id: 1, label: "x" }).returning({ id: labels.id }));
expectType<number | bigint | undefined>((await none.run(insertInto(labels).values({ id: 1, label: "x" }))).insertedKey);
// @ts-expect-error D08
insertInto(users).values({...ann, settings: { theme: "x", tags: [] }, role: "boss" });
const extra = { id: 1, label: "x", nope: 1 };
// @ts-expect-error D09B
insertInto(labels).values(extra);
insertInto(users)
  .values({ ...ann, settings: { theme: "x", tags: [] } })
  .onConflict(users.email)
  .doUpdate({ name: excluded(users.name) });
// @ts-expect-error D10
insertInto(labels).values({ id: 1, label: "x" }).onConflict().doUpdate({ label: excluded(labels.nope) });
// @ts-expect-error D10 a column of another table
await db.run(insertInto(labels).values({ id: 1, label: "x" }).onConflict().doUpdate({ label: posts.title }));
// @ts-expect-error D12
update(users).set({ name: null });
update(users).set({ bio: null });
// @ts-expect-error D12 an expression that may be null
update(users).set({ name: users.bio });
// @ts-expect-error D13
insertInto(users).values({...ann, settings: { theme: "x", tags: [] } }).onConflict(users.name);
// @ts-expect-error D17
update(users).set({ name: select({ n: posts.id }).from(posts).scalar() });
// @ts-expect-error D18
update(users).set({ name: users.age });

// --- F. Grouping and set operations ---
// @ts-expect-error G01
await db.all(select({ id: users.id, role: users.role }).from(users).groupBy(users.role));
// @ts-expect-error G02
await db.all(select({ role: users.role, n: fn.count() }).from(users));
// @ts-expect-error G05
await db.all(select({ id: users.id }).from(users).where(fn.rowNumber().over(byId).eq(1)));
// @ts-expect-error U01
select({ a: users.id }).from(users).union(select({ a: users.id, b: users.name }).from(users));
// @ts-expect-error U02
select({ a: users.id }).from(users).union(select({ a: users.name }).from(users));
// U03 columns are matched by name
expectType<{ a: number; b: string }>(
  await db.one(
    select({ a: users.id, b: users.name })
      .from(users)
      .union(select({ b: users.email, a: users.age }).from(users)),
  ),
);

// --- G. Dialects ---
// X01 ilike is the same everywhere
await none.all(select({ id: users.id }).from(users).where(users.name.ilike("a%")));
// @ts-expect-error X02
await none.all(select({ id: users.id }).from(users).fullJoin(posts, wrote));
// @ts-expect-error X04
await db.all(select({ id: users.id }).from(users).forUpdate());
// @ts-expect-error X05
await db.all(select({ t: latest.title }).from(users).joinLateral(latest));

// --- H. Running ---
// P04
expectType<{ id: number } | undefined>(await db.first(select({ id: users.id }).from(users)));
// T01 a nested transaction is a savepoint of the same type of handle
await db.transaction(async (tx) => {
  await tx.transaction(async (inner) =>
    expectType<{ id: number }[]>(await inner.all(select({ id: users.id }).from(users))),
  );
});
// @ts-expect-error T03 a statement is no result
const forgotten: { id: number }[] = db.all(select({ id: users.id }).from(users));
// @ts-expect-error a parameter that is not given
await db.all(select({ id: users.id }).from(users).where(users.id.eq(param("id", integer()))));
// @ts-expect-error a parameter of another type
await db.all(select({ id: users.id }).from(users).where(users.id.eq(param("id", integer()))), { id: "1" });
// @ts-expect-error scalar() of two columns
await db.scalar(select({ id: users.id, name: users.name }).from(users));
void forgotten;
