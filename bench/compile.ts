// Building and compiling one statement with a CTE, three joins, a subquery and six conditions, without running it.
import { compile, cte, exists, fn, integer, select, table, text } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { measure } from "./measure.ts";

const users = table("users", { id: integer().primaryKey(), name: text(), age: integer(), city: text() });
const posts = table("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id"),
  title: text(),
  views: integer(),
});
const comments = table("comments", { id: integer().primaryKey(), postId: integer("post_id"), body: text() });
const tags = table("tags", { id: integer().primaryKey(), postId: integer("post_id"), label: text() });

function athanor(): unknown {
  const busy = cte(
    "busy",
    select({ authorId: posts.authorId, n: fn.count() }).from(posts).where(posts.views.gt(10)).groupBy(posts.authorId),
  );
  return select({ id: users.id, name: users.name, n: busy.n, title: posts.title })
    .from(users)
    .join(busy, busy.authorId.eq(users.id))
    .join(posts, posts.authorId.eq(users.id))
    .leftJoin(comments, comments.postId.eq(posts.id))
    .where(
      users.age.gte(18),
      users.name.like("a%"),
      users.city.eq("Bern"),
      posts.views.gt(3),
      comments.body.isNotNull(),
    )
    .where(exists(select({ id: tags.id }).from(tags).where(tags.postId.eq(posts.id))))
    .orderBy(users.name.asc())
    .limit(20);
}

const kysely = new Kysely<any>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

function peer(): unknown {
  return kysely
    .with("busy", (db) =>
      db
        .selectFrom("posts")
        .select(["author_id", (e) => e.fn.countAll().as("n")])
        .where("views", ">", 10)
        .groupBy("author_id"),
    )
    .selectFrom("users")
    .innerJoin("busy", "busy.author_id", "users.id")
    .innerJoin("posts", "posts.author_id", "users.id")
    .leftJoin("comments", "comments.post_id", "posts.id")
    .select(["users.id", "users.name", "busy.n", "posts.title"])
    .where("users.age", ">=", 18)
    .where("users.name", "like", "a%")
    .where("users.city", "=", "Bern")
    .where("posts.views", ">", 3)
    .where("comments.body", "is not", null)
    .where((e) => e.exists(e.selectFrom("tags").select("tags.id").whereRef("tags.post_id", "=", "posts.id")))
    .orderBy("users.name", "asc")
    .limit(20)
    .compile();
}

await measure(
  "build and compile, the peer first",
  [
    { name: "kysely", run: peer },
    { name: "athanor", run: () => compile(athanor() as never, sqliteDialect) },
  ],
  { times: 2000, rounds: 31 },
);
