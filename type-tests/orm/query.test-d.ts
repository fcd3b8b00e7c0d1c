// biome-ignore-all lint/style/noNonNullAssertion: the rows are of no interest here
// Filters as data, searches from outside, pages and cursors, and the schemas of rows. Each `@ts-expect-error` must stay an error.
import {
  bigint,
  boolean,
  bytes,
  type CursorPage,
  type Database,
  enumeration,
  type Feature,
  insertInto,
  insertSchema,
  integer,
  json,
  keysetPage,
  select,
  table,
  text,
  timestamp,
  updateSchema,
} from "athanor";
import {
  type Filter,
  filterSchema,
  many,
  mapped,
  one,
  optional,
  type Page,
  type Search,
  type Session,
} from "athanor/orm";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<T extends true>(): void;

const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
  bio: text().nullable(),
  age: integer().nullable(),
  role: enumeration(["guest", "member"]),
  joined: timestamp(),
  visits: bigint().nullable(),
  photo: bytes().nullable(),
  settings: json<{ theme: string }>().nullable(),
  active: boolean().default(true),
  bossId: integer()
    .references(() => users.id)
    .nullable(),
  code: text().generatedAs(() => users.name),
});
const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => users.id),
  title: text(),
});

class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
  get boss() {
    return optional(User);
  },
  get shout() {
    return users.name.concat("!");
  },
}) {
  get initials(): string {
    return this.name.slice(0, 1);
  }
}
class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
}) {}
declare const session: Session;
const query = session.query(User);

// --- filters ---
query.filter({});
query.filter({ name: "x", bio: null, age: 3, role: "guest", joined: new Date(), settings: null, active: true });
query.filter({
  age: { eq: null, ne: 3, in: [1, 2], notIn: [], lt: 1, lte: 1, gt: 1, gte: 1, between: [1, 2], isNull: true },
});
query.filter({
  name: { like: "a%", ilike: "a%", startsWith: "a", endsWith: "a", contains: "a" },
  bio: { contains: "x" },
});
query.filter({ settings: { isNull: false }, photo: new Uint8Array(), visits: 3n });
query.filter({
  posts: { any: { title: "x", author: { boss: null } }, none: {}, every: { title: { ne: "y" } } },
  boss: { boss: { name: "x" } },
});
query.filter({ or: [{ name: "x" }, { not: { age: 1 } }], and: [{ posts: { any: {} } }], not: { boss: null } });
// filters are values of a type, to be made and passed on
const adults: Filter<User> = { age: { gte: 18 } };
query.filter({ and: [adults, { name: "x" }] });
(await query.filter(adults).include(User.posts).limit(3).all()) satisfies {
  readonly posts: readonly { title: string }[];
}[];

// @ts-expect-error no such column
query.filter({ nme: "x" });
// @ts-expect-error a number is no string
query.filter({ name: 1 });
// @ts-expect-error a string is no number
query.filter({ age: { in: ["1"] } });
// @ts-expect-error name is never null
query.filter({ name: null });
// @ts-expect-error null is in no list
query.filter({ age: { in: [null] } });
// @ts-expect-error no member
query.filter({ role: "admin" });
// @ts-expect-error LIKE is for text
query.filter({ age: { like: "1%" } });
// @ts-expect-error an enumeration is compared whole
query.filter({ role: { contains: "g" } });
// @ts-expect-error no such operator
query.filter({ age: { gtt: 1 } });
// @ts-expect-error a document is compared by its operators, not by an object that could be one
query.filter({ settings: { theme: "x" } });
// @ts-expect-error two bounds
query.filter({ age: { between: [1] } });
// @ts-expect-error a getter of the user's has no SQL
query.filter({ initials: "A" });
// @ts-expect-error a computed property stands in where()
query.filter({ shout: "A" });
// @ts-expect-error a to-many relationship is filtered by any, none, every
query.filter({ posts: { title: "x" } });
// @ts-expect-error a relationship of another class
query.filter({ author: { name: "x" } });
// @ts-expect-error the wrong type, inside a relationship
query.filter({ posts: { any: { title: 1 } } });
// @ts-expect-error the wrong type, inside a list
query.filter({ or: [{ age: "1" }] });
// @ts-expect-error author is never null
session.query(Post).filter({ author: null });
// @ts-expect-error an expression is no data
query.filter({ name: users.bio });
// @ts-expect-error the condition could be missing
query.filter({ name: undefined });

// --- searches ---
const search = filterSchema(User, {
  fields: ["name", "posts", "posts.title", "boss.name"],
  sort: ["name", "boss.name", "shout"],
  maxDepth: 3,
});
filterSchema(User, { fields: { name: ["eq", "startsWith"], "posts.title": ["contains"] } });
same<Same<ReturnType<typeof search.parse>, Search<User>>>();
query.filterWith(search.parse({}));
search["~standard"].validate(null) satisfies
  | { readonly value: Search<User> }
  | { readonly issues: readonly { readonly message: string }[] };
// @ts-expect-error no such column
filterSchema(User, { fields: ["nme"] });
// @ts-expect-error no such relationship
filterSchema(User, { fields: ["author.name"] });
// @ts-expect-error no such operator
filterSchema(User, { fields: { name: ["equals"] } });
// @ts-expect-error data that was not checked
query.filterWith({ filter: { nme: 1 } });

// --- pages ---
same<Same<Awaited<ReturnType<typeof query.page>>, Page<User>>>();
const page = await query.orderBy(users.name.asc()).include(User.boss).page({ page: 1, size: 20 });
page.items[0]!.boss satisfies User | null;
page.total satisfies number;
const first = await query.after(null, { size: 20 });
same<Same<typeof first, CursorPage<User>>>();
await query.before(first.previous, { size: 20 });
const beside = await query.with({ n: User.posts.count() }).after(first.next, { size: 20 });
beside.items[0]!.n satisfies number;
beside.items[0]!.entity satisfies User;
// @ts-expect-error a size is needed
await query.after(null);
// @ts-expect-error posts is not in FROM
await query.where(posts.title.eq("x")).after(null, { size: 1 });
// @ts-expect-error posts is not in FROM
await query.orderBy(posts.title.asc()).page({ page: 1, size: 1 });

// --- pages of any query ---
declare const db: Database<Feature<"FULL JOIN">>;
declare const lesser: Database<never>;
const joined = select({ title: posts.title, author: users.name })
  .from(posts)
  .fullJoin(users, users.id.eq(posts.authorId))
  .orderBy(users.name.asc());
same<Same<Awaited<ReturnType<typeof joinedPage>>, CursorPage<{ title: string | null; author: string | null }>>>();
const joinedPage = () => keysetPage(db, joined, { after: null, size: 10 });
const objects = await keysetPage(
  session,
  select({ post: Post, author: users.name }).from(Post).join(users, users.id.eq(posts.authorId)),
  { before: null, size: 10 },
);
objects.items[0]!.post satisfies Post;
// @ts-expect-error this database has no FULL JOIN
await keysetPage(lesser, joined, { after: null, size: 10 });
// @ts-expect-error users is not in FROM
await keysetPage(db, select({ title: posts.title }).from(posts).orderBy(users.name.asc()), { after: null, size: 10 });
// @ts-expect-error the same, through a session
await keysetPage(session, select({ title: posts.title }).from(posts).orderBy(users.name.asc()), {
  after: null,
  size: 10,
});
const union = select({ t: posts.title })
  .from(posts)
  .union(select({ t: users.name }).from(users));
// @ts-expect-error a union has no sources of its own
await keysetPage(db, union, { after: null, size: 10 });

// --- rows ---
const newUser = insertSchema(users, { only: ["name", "role", "joined", "bio", "visits"] });
const row = newUser.parse({});
row.name satisfies string;
row.joined satisfies Date;
row.bio satisfies string | null | undefined;
row.visits satisfies bigint | null | undefined;
insertInto(users).values({ ...row, age: 3 });
type Sent = NonNullable<(typeof newUser)["~standard"]["types"]>["input"];
({ name: "x", role: "guest", joined: "2024-01-01T00:00:00Z", visits: "3" }) satisfies Sent;
const change = updateSchema(users, { only: ["name", "active"] });
change.parse({}).name satisfies string | undefined;
// @ts-expect-error the schema has only what it was given
row.age;
// @ts-expect-error no such column
insertSchema(users, { only: ["nme"] });
// @ts-expect-error the database alone writes it
insertSchema(users, { only: ["code"] });
// @ts-expect-error what a client may set is said
insertSchema(users);

// --- Standard Schema, as https://standardschema.dev writes it down ---
interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };
interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
search satisfies StandardSchemaV1<unknown, Search<User>>;
newUser satisfies StandardSchemaV1<unknown, { name: string }>;
change satisfies StandardSchemaV1<unknown, { name?: string }>;
