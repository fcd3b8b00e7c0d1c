// biome-ignore-all format: what is wrong stays on the line below its directive
// biome-ignore-all assist/source/organizeImports: as in the cases this came from
// biome-ignore-all lint/style/noNonNullAssertion: the rows are of no interest here
// Cases found in review. Each `@ts-expect-error` line must stay an error.
import { table, integer, text, boolean, timestamp, select, coalesce, caseWhen, exists, param, jsonArray, jsonObject, update, insertInto, and, partitionBy, type Database, type Feature, type Statement, type Select, type Expr, type ExprOf, type TableMeta, type Of, fn } from "athanor";
const { count, sum, max, upper } = fn;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
declare function same<T extends true>(): void;
const users = table("users", { id: integer().primaryKey().generated(), name: text(), bio: text().nullable(), age: integer(), boss: integer().nullable() });
const posts = table("posts", { id: integer().primaryKey(), authorId: integer("author_id"), title: text(), published: boolean(), at: timestamp() });
const tags = table("tags", { id: integer(), label: text() });
declare const pg: Database<Feature<"FULL JOIN" | "LATERAL" | "INSERT RETURNING" | "UPDATE RETURNING">>;
declare const my: Database<never>;
const on = posts.authorId.eq(users.id);

// --- Rejected ---
// @ts-expect-error an aggregate in WHERE
await my.all(select({ id: users.id }).from(users).where(count().gt(3)));
// @ts-expect-error an aggregate in ON
await my.all(select({ id: users.id }).from(users).join(posts, sum(posts.id).eq(3)));
// @ts-expect-error an aggregate inside an aggregate
await my.all(select({ s: sum(count(users.id)) }).from(users));
// @ts-expect-error a derived table whose own query lacks a source
await my.all(select({ x: select({ t: posts.title }).from(users).as("d").t }).from(select({ t: posts.title }).from(users).as("d")));
const ungrouped = select({ name: users.name, n: count() }).from(users).as("u");
// @ts-expect-error a derived table whose own query is not grouped
await my.all(select({ n: ungrouped.n }).from(ungrouped));
// @ts-expect-error nor as EXISTS
await my.all(select({ id: users.id }).from(users).where(exists(select({ name: posts.title, n: count() }).from(posts))));
// @ts-expect-error nor as half of a union
await my.all(select({ name: users.name, n: sum(users.age) }).from(users).groupBy(users.name).union(select({ name: users.name, n: sum(users.age) }).from(users)));
const needsParam = select({ name: users.name }).from(users).where(users.id.eq(param("id", integer()))).as("p");
// @ts-expect-error a parameter inside a derived table is missing
await my.all(select({ n: needsParam.name }).from(needsParam));
await my.all(select({ n: needsParam.name }).from(needsParam), { id: 3 });
// @ts-expect-error ON uses a source that is joined later
await my.all(select({ id: users.id }).from(users).join(posts, posts.id.eq(tags.id)).join(tags, tags.id.eq(posts.id)));
// @ts-expect-error the same source twice
await my.all(select({ id: users.id }).from(users).join(users, users.id.eq(users.boss)));
// @ts-expect-error a union with a column more
select({ id: users.id }).from(users).union(select({ id: users.id, name: users.name }).from(users));
// @ts-expect-error IN over two columns
await my.all(select({ id: users.id }).from(users).where(users.id.in(select({ a: posts.id, b: posts.authorId }).from(posts))));
// @ts-expect-error a scalar of two columns
await my.all(select({ s: select({ a: posts.id, b: posts.title }).from(posts).scalar() }).from(users));
const extra = { name: "a", age: 1, extra: 2 };
// @ts-expect-error a property that is no column, through a variable
insertInto(users).values(extra);
// @ts-expect-error and on update
update(users).set(extra);
declare function needsFull(db: Database<Feature<"FULL JOIN">>): void;
needsFull(pg);
// @ts-expect-error this database has no FULL JOIN
needsFull(my);
// @ts-expect-error where() of nothing is no where
update(users).set({ name: "x" }).where();
// @ts-expect-error one name, two types
await my.all(select({ a: users.id }).from(users).where(users.name.eq(param("x", text())), users.age.eq(param("x", integer()))), { x: 3 });
// @ts-expect-error HAVING over a bare column
await my.all(select({ n: count() }).from(posts).groupBy(posts.title).having(posts.published.eq(true)));
// @ts-expect-error ORDER BY over a bare column
await my.all(select({ n: count() }).from(posts).groupBy(posts.title).orderBy(posts.at.asc()));
// @ts-expect-error a window function in WHERE
await my.all(select({ n: users.id }).from(users).where(count().over(partitionBy(users.name)).gt(1)));
// @ts-expect-error an aggregate over a window leaves its columns bare: they must be grouped by
await my.all(select({ n: users.name, s: sum(users.age).over(partitionBy(users.name)) }).from(users).groupBy(users.name));
// @ts-expect-error a dot in a name
table("audit.log", { id: integer() });
// @ts-expect-error a correlated subquery over an ungrouped column
await my.all(select({ name: users.name, n: select({ n: count() }).from(posts).where(on).scalar() }).from(users).groupBy(users.name));
// @ts-expect-error a derived table in FROM cannot see its neighbours (that is LATERAL)
await my.all(select({ id: users.id }).from(users).join(select({ t: posts.title }).from(posts).where(on).as("l"), users.id.eq(1)));

// --- Accepted, with these types ---
const l1 = await my.all(select({ a: and(users.bio.eq("x"), users.id.eq(1)), b: and(posts.published, users.id.eq(1)) }).from(users).leftJoin(posts, on));
same<Same<(typeof l1)[0], { a: boolean | null; b: boolean | null }>>();
// JSON of absent rows: the parts are null, not the whole; also of an outer source's columns
const l2 = await my.all(select({ j: jsonArray(select({ t: posts.title, l: tags.label }).from(tags)), o: jsonObject({ t: posts.title, n: users.name }) }).from(users).leftJoin(posts, on));
same<Same<(typeof l2)[0], { j: { t: string | null; l: string }[]; o: { t: string | null; n: string } }>>();
const u1 = await my.all(select({ a: users.name, i: users.id }).from(users).union(select({ i: users.id, a: users.bio }).from(users)).orderBy((r) => r.a.desc()).limit(3));
same<Same<(typeof u1)[0], { a: string | null; i: number }>>();
await my.all(update(users).set({ name: param("n", text()), age: users.age.add(1) }).where(users.id.eq(1)), { n: "x" });
await my.all(insertInto(users).values({ name: param("n", text()), age: 3 }), { n: "x" });
await my.all(insertInto(users).values([{ name: "a", age: 3 }, { name: "b", age: 4, bio: null }]));
// lateral, and null through it
const lat = select({ t: posts.title, n: users.name }).from(posts).where(on).as("lat");
const lj = await pg.all(select({ id: users.id, t: lat.t }).from(users).leftJoinLateral(lat, on2()));
same<Same<(typeof lj)[0], { id: number; t: string | null }>>();
declare function on2(): Expr<boolean>;
const lat2 = select({ n: users.name, l: tags.label }).from(tags).as("lat2");
const lr = await pg.all(select({ n: lat2.n }).from(tags2()).leftJoin(users, users.id.eq(1)).joinLateral(lat2, on2()));
same<Same<(typeof lr)[0], { n: string | null }>>();
declare function tags2(): typeof t2; const t2 = table("t2", { id: integer() });
const rj = await my.all(select({ u: users.name, p: posts.title }).from(users).rightJoin(posts, on));
same<Same<(typeof rj)[0], { u: string | null; p: string }>>();
// nullable derived columns, joined left and not
const d = select({ uid: posts.authorId, b: max(posts.title), bio: users.bio, n: users.name }).from(users).leftJoin(posts, on).groupBy(users.id, posts.authorId).as("d");
const dr = await my.all(select({ uid: d.uid, b: d.b, bio: upper(d.bio), n: d.n, whole: d }).from(d));
same<Same<(typeof dr)[0], { uid: number | null; b: string | null; bio: string | null; n: string; whole: { uid: number | null; b: string | null; bio: string | null; n: string } }>>();
// having, order by aggregate, windows over aggregates
await my.all(select({ t: posts.title, n: count(), r: sum(posts.id).over(partitionBy(posts.title)) }).from(posts).groupBy(posts.title, posts.id).having(count().gt(1)).orderBy(count().desc()));
const w = await my.all(select({ name: users.name, r: count().over(partitionBy(users.name).orderBy(users.age.asc())), s: sum(users.age).over(partitionBy(users.name)) }).from(users));
same<Same<(typeof w)[0], { name: string; r: number; s: number | null }>>();
// a correlated subquery may hold an outer column bare beside its own aggregates
await my.all(select({ id: users.id, n: select({ n: sum(posts.id).add(users.age) }).from(posts).where(on).scalar() }).from(users));
await my.all(select({ id: users.id, n: select({ n: count() }).from(posts).where(on).scalar() }).from(users).groupBy(users.id));
// case, coalesce of expressions
const c = await my.all(select({ a: caseWhen(users.age.gt(3), posts.title).else(users.name), b: caseWhen(users.age.gt(3), users.name).end(), c: coalesce(posts.title, users.name), d: coalesce(users.name, posts.title), e: coalesce(users.bio, users.bio) }).from(users).leftJoin(posts, on));
same<Same<(typeof c)[0], { a: string | null; b: string | null; c: string; d: string | null; e: string | null }>>();
// building step by step
let q = select({ id: users.id }).from(users);
if (Math.random() > 0.5) q = q.where(users.age.gt(3));
if (Math.random() > 0.5) q = q.join(posts, on);
if (Math.random() > 0.5) q = q.orderBy(users.id.desc()).limit(3);
await my.all(q);
// @ts-expect-error the join may not have happened
await my.all(q.where(posts.published.eq(true)));
const either = Math.random() > 0.5 ? select({ id: users.id }).from(users) : select({ id: users.id }).from(users).join(posts, on);
await my.all(either);
type Condition<S> = ExprOf<boolean | null, S extends TableMeta<infer Name, any, any> ? Of<Name> : never>;
const conditions: Condition<typeof users | typeof posts>[] = [];
conditions.push(users.age.gt(3)); conditions.push(posts.published.eq(true), users.bio.eq("x"));
await my.all(select({ id: users.id }).from(users).join(posts, on).where(...conditions));
// @ts-expect-error posts is not in FROM
await my.all(select({ id: users.id }).from(users).where(...conditions));
// @ts-expect-error tags is not among them
conditions.push(tags.label.eq("x"));
// helpers generic over statements and tables
function paginate<S, Scope extends string, Nullable, Free, Group, Also>(of: Select<S, Scope, Nullable, Free, Group, Also>, page: number) { return of.limit(page); }
const p = await my.all(paginate(select({ id: users.id, n: posts.title }).from(users).leftJoin(posts, on), 2));
same<Same<(typeof p)[0], { id: number; n: string | null }>>();
type With<Name extends string, C> = TableMeta<Name, any> & { readonly [K in keyof C & string]: Expr<C[K], `${Name}.${K}`, Name> };
function named<Name extends string>(source: With<Name, { id: number; name: string }>) { return select({ id: source.id, name: source.name }).from(source).where(source.id.gt(3)); }
const n = await my.all(named(users));
same<Same<(typeof n)[0], { id: number; name: string }>>();
// @ts-expect-error tags has no name
named(tags);
const run = <R>(statement: Statement<R, never>) => my.all(statement);
same<Same<Awaited<ReturnType<typeof run<{ id: number }>>>, { id: number }[]>>();
const all = [select({ id: users.id }).from(users), select({ id: posts.id }).from(posts)];
for (const one of all) (await my.all(one))[0]!.id satisfies number;

function joined<Name extends string, S, Scope extends string, Nullable, Free, Group, Also>(of: Select<S, Scope, Nullable, Free, Group, Also>, source: With<Name, { authorId: number }>) { return of.join(source, source.authorId.eq(users.id)); }
await my.all(joined(select({ t: posts.title }).from(users), posts));
// @ts-expect-error twice
await my.all(joined(select({ t: posts.title }).from(users).join(posts, on), posts));

// nested selections, spreads
const nest = await my.all(select({ id: users.id, post: { t: posts.title, by: { n: users.name, all: users } } }).from(users).leftJoin(posts, on));
same<Same<(typeof nest)[0], { id: number; post: { t: string | null; by: { n: string; all: { id: number; name: string; bio: string | null; age: number; boss: number | null } } } }>>();
// @ts-expect-error posts is not in FROM, one level down
await my.all(select({ id: users.id, post: { t: posts.title } }).from(users));
// @ts-expect-error not grouped, one level down
await my.all(select({ n: count(), post: { t: posts.title } }).from(posts));
const rowInside = select({ id: users.id, u: users }).from(users).as("r");
// @ts-expect-error a derived table has columns only
await my.all(select({ id: rowInside.id }).from(rowInside));
const spread = { ...tags, up: upper(tags.label) };
same<Same<keyof typeof spread, "id" | "label" | "up">>();
const sp = await my.all(select(spread).from(tags));
same<Same<(typeof sp)[0], { id: number; label: string; up: string }>>();

// @ts-expect-error one of several rows lacks a column
insertInto(users).values([{ name: "a", age: 1 }, { name: "b" }]);
// @ts-expect-error one of several rows has a property that is no column
insertInto(users).values([{ name: "a", age: 1 }, { name: "b", age: 1, nope: 1 }]);
const many = [{ name: "a", age: 1, nope: 1 }];
// @ts-expect-error through a variable
insertInto(users).values(many);

// keys
const countries = table("countries", { code: text().primaryKey(), name: text() });
const profiles = table("profiles", { userId: integer().primaryKey().references(() => users.id), bio: text() });
insertInto(countries).values({ code: "fr", name: "France" });
// @ts-expect-error a text key does not generate itself
insertInto(countries).values({ name: "France" });
// @ts-expect-error nor does a key that refers to another table's
insertInto(profiles).values({ bio: "x" });
