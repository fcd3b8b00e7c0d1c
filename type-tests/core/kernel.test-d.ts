// biome-ignore-all format: what is wrong stays on the line below its directive
// biome-ignore-all assist/source/organizeImports: as in the cases this came from
// biome-ignore-all lint/style/noNonNullAssertion: the rows are of no interest here
// What the Core kernel must accept, infer and reject. Each `@ts-expect-error` line must stay an error.
import { table, integer, text, boolean, timestamp, select, coalesce, exists, alias, param, sql, jsonArray, recursive, update, insertInto, and, type Database, type Feature, fn } from "athanor";
const { count, sum, upper } = fn;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
declare function same<T extends true>(): void;
const users = table("users", { id: integer().primaryKey().generated(), name: text(), bio: text().nullable(), age: integer(), boss: integer().references(() => users.id).nullable() });
const posts = table("posts", { id: integer().primaryKey(), authorId: integer("author_id").references(() => users.id), title: text(), published: boolean(), at: timestamp() });
const tags = table("tags", { id: integer(), label: text() });
declare const pg: Database<Feature<"FULL JOIN" | "INSERT RETURNING" | "UPDATE RETURNING">>;
declare const my: Database<never>;

// outer joins make columns, functions of columns, raw SQL and whole rows nullable; coalesce and count undo it
const joined = select({ id: users.id, title: posts.title, up: upper(posts.title), t2: coalesce(posts.title, "none"), post: posts, raw: sql(text())`lower(${posts.title})` })
  .from(users).leftJoin(posts, posts.authorId.eq(users.id)).where(users.age.gt(3), users.name.like("a%")).orderBy(users.id.desc()).limit(3);
const [row] = await my.all(joined);
same<Same<NonNullable<typeof row>, { id: number; title: string | null; up: string | null; t2: string; post: { id: number; authorId: number; title: string; published: boolean; at: Date } | null; raw: string | null }>>();
// comparisons follow three-valued logic: null if a side is null or absent
const logic = await my.all(select({ a: users.bio.eq("x"), b: users.id.eq(1), c: users.id.eq(posts.authorId), d: users.name.eq(users.bio), e: users.bio.isNull(), f: users.age.add(posts.id) }).from(users).leftJoin(posts, posts.authorId.eq(users.id)));
same<Same<(typeof logic)[0], { a: boolean | null; b: boolean; c: boolean | null; d: boolean | null; e: boolean; f: number | null }>>();
// correlation: an inner query may need an outer source; the need is met where it is embedded
const correlated = select({ id: users.id, n: select({ n: count() }).from(posts).where(posts.authorId.eq(users.id)).scalar() }).from(users)
  .where(exists(select({ id: posts.id }).from(posts).where(posts.authorId.eq(users.id))));
const counts = await my.all(correlated);
same<Same<(typeof counts)[0], { id: number; n: number | null }>>();
// derived tables, self-joins, recursion, nested JSON that keeps its types (a Date stays a Date)
const perUser = select({ uid: posts.authorId, n: count() }).from(posts).groupBy(posts.authorId).as("per_user");
const derived = await my.all(select({ name: users.name, n: perUser.n }).from(users).leftJoin(perUser, perUser.uid.eq(users.id)));
same<Same<(typeof derived)[0]["n"], number | null>>();
const boss = alias(users, "boss");
const selfJoin = await my.all(select({ n: users.name, b: boss.name }).from(users).leftJoin(boss, users.boss.eq(boss.id)));
same<Same<(typeof selfJoin)[0], { n: string; b: string | null }>>();
const tree = recursive("tree", select({ id: users.id, depth: sql(integer())`1` }).from(users).where(users.boss.isNull()), (t) => select({ id: users.id, depth: t.depth.add(1) }).from(users).join(t, users.boss.eq(t.id)));
const levels = await my.all(select({ id: tree.id, d: tree.depth }).from(tree));
same<Same<(typeof levels)[0], { id: number; d: number }>>();
const nested = await my.all(select({ id: users.id, posts: jsonArray(select({ t: posts.title, at: posts.at }).from(posts).where(posts.authorId.eq(users.id))) }).from(users));
same<Same<(typeof nested)[0]["posts"], { t: string; at: Date }[]>>();
const total = await my.all(select({ s: sum(users.age) }).from(users));
same<Same<(typeof total)[0]["s"], number | null>>();
// grouping: what is selected bare must be grouped by; a primary key covers its whole row; aggregates and their arguments are free
const grouped = await my.all(select({ user: users, name: users.name, n: count(posts.id) }).from(users).leftJoin(posts, posts.authorId.eq(users.id)).groupBy(users.id));
same<Same<(typeof grouped)[0]["n"], number>>();
await my.all(select({ title: upper(posts.title), n: count() }).from(posts).groupBy(posts.title));
await my.all(select({ n: count(), s: sum(users.age) }).from(users));
// parameters are needs that the call supplies
const byName = select({ id: users.id }).from(users).where(users.name.eq(param("name", text())), users.age.gt(param("min", integer())));
await my.all(byName, { name: "x", min: 3 });
await pg.all(update(users).set({ name: "x", age: users.age.add(1), bio: null }).where(users.id.eq(1)).returning({ id: users.id }));
await pg.all(insertInto(users).values({ name: "a", age: 1 }).returning({ id: users.id, user: users }));

// @ts-expect-error parameters missing
await my.all(byName);
// @ts-expect-error one parameter missing
await my.all(byName, { name: "x" });
// @ts-expect-error posts is not in FROM (selection)
await my.all(select({ id: users.id, t: posts.title }).from(users));
// @ts-expect-error posts is not in FROM (where)
await my.all(select({ id: users.id }).from(users).where(posts.published.eq(true)));
// @ts-expect-error posts is not in FROM (right-hand side)
await my.all(select({ id: users.id }).from(users).where(users.id.eq(posts.authorId)));
// @ts-expect-error posts is not in FROM (inside and)
await my.all(select({ id: users.id }).from(users).where(and(users.id.eq(1), posts.published.eq(true))));
// @ts-expect-error posts is not in FROM (order by)
await my.all(select({ id: users.id }).from(users).orderBy(posts.at.desc()));
// @ts-expect-error posts is not in FROM (raw SQL)
await my.all(select({ r: sql(text())`lower(${posts.title})` }).from(users));
// @ts-expect-error tags is in neither FROM
await my.all(select({ id: users.id }).from(users).where(exists(select({ i: posts.id }).from(posts).where(tags.id.eq(posts.id)))));
// @ts-expect-error 'users.name' must be in GROUP BY or inside an aggregate
await my.all(select({ name: users.name, n: count() }).from(users));
// @ts-expect-error 'posts.title' must be in GROUP BY or inside an aggregate (inside a function)
await my.all(select({ t: upper(posts.title), n: count() }).from(posts).groupBy(posts.published));
// @ts-expect-error the whole row of posts is not grouped by
await my.all(select({ post: posts, n: count() }).from(posts).groupBy(posts.published));
// @ts-expect-error an update without where
await my.all(update(users).set({ name: "x" }));
// @ts-expect-error this database has no UPDATE RETURNING
await my.all(update(users).set({ name: "x" }).where(users.id.eq(1)).returning({ id: users.id }));
// @ts-expect-error this database has no FULL JOIN
await my.all(select({ id: users.id }).from(users).fullJoin(posts, posts.authorId.eq(users.id)));
// @ts-expect-error not nullable
update(users).set({ name: null });
// @ts-expect-error no such column
update(users).set({ nmae: "x" });
// @ts-expect-error age is required
insertInto(users).values({ name: "a" });
// @ts-expect-error null is never equal to anything: isNull()
users.bio.eq(null);
// @ts-expect-error a value that may be undefined
users.name.eq(undefined as string | undefined);
// @ts-expect-error number against string
users.id.eq("x");
// @ts-expect-error like on a number
users.id.like("x");
// @ts-expect-error number column against string column
users.id.eq(users.name);
// @ts-expect-error union of different rows
select({ id: users.id }).from(users).union(select({ id: users.name }).from(users));
