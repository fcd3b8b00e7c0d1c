// `any` and its kind: conditions on related rows, as expressions over the related table or as functions of the related row. Each
// `@ts-expect-error` must stay an error.
import { boolean, type Expr, fn, integer, select, table, text } from "athanor";
import { many, mapped, one, optional, type Session } from "athanor/orm";

const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
  age: integer(),
  bossId: integer()
    .references(() => users.id)
    .nullable(),
});
const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => users.id),
  title: text(),
  published: boolean(),
});
class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
  get boss() {
    return optional(User);
  },
  get reports() {
    return many(User);
  },
  // A computed property may compare the rows of its own class.
  get isYoungest() {
    return User.reports.none((report) => report.age.lt(users.age));
  },
}) {}
class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
}) {}
declare const session: Session;
const query = session.query(User);

// --- the related row and the row at hand, of one class ---
User.reports.any((report) => report.age.gt(users.age)) satisfies Expr<boolean, "users" | "users.age">;
User.boss.any((boss) => boss.name.eq(users.name), users.age.gt(3)) satisfies Expr<boolean, "users" | "users.name">;
User.reports.every((report) => {
  report.id satisfies Expr<number, "reports.id", "reports">;
  return report.name.ne("x");
}) satisfies Expr<boolean, "users">;
User.reports.none((report) => report.age.isNull());
await query.where(User.reports.any((report) => report.age.gt(users.age))).all();
// two levels of one class
await query
  .where(User.reports.any((report) => User.boss.any((boss) => boss.age.lt(users.age)).and(report.age.gt(1))))
  .all();
(await query.first())?.isYoungest satisfies boolean | undefined;

// --- of another class the function is given what its table means too ---
User.posts.any((post) => post.title.eq(users.name)) satisfies Expr<boolean, "users" | "users.name">;
User.posts.any((post) => post.published.and(posts.title.ne("x"))) satisfies Expr<boolean, "users">;
await session
  .query(Post)
  .where(Post.author.any((author) => author.age.gt(30)))
  .all();
select({ n: fn.count() })
  .from(User)
  .where(User.posts.any((post) => post.published));

// @ts-expect-error 'posts.title' is not in FROM: the callback's row is another user
await query.where(User.reports.any((report) => report.name.eq(posts.title))).all();
// @ts-expect-error no such column
User.reports.any((report) => report.nme.eq("x"));
// @ts-expect-error a number is no string
User.reports.any((report) => report.name.eq(1));
// @ts-expect-error not a condition
User.reports.any((report) => report.name);
// @ts-expect-error nothing is given
User.reports.any(() => undefined);
