// The types say where a value may be null. Where they say that it may not, the decoder refuses null; elsewhere it takes it.
import { DecodeError, insertInto, integer, rollup, select, sql, table, text } from "athanor";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const users = table("users", { id: integer().primaryKey(), name: text(), email: text().nullable() });
const posts = table("posts", {
  id: integer().primaryKey(),
  userId: integer().references(() => users.id),
  title: text(),
});
const refused = new DecodeError(
  'result column "e": found null, which was ruled out',
  "Leave notNull() out there, or declare what sql`…` gives as nullable().",
);

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create({ users, posts });
    await db.run(insertInto(users).values({ id: 1, name: "Ann" }));
  });

  test("raw SQL of a type without null is refused where it gives one", async () => {
    const query = select({ e: sql(text())`upper(${users.email})` }).from(users);
    await expect(db.all(query)).rejects.toThrow(refused);
    await expect(db.scalar(query)).rejects.toThrow(refused);
    expect(await db.all(select({ e: sql(text().nullable())`upper(${users.email})` }).from(users))).toEqual([
      { e: null },
    ]);
  });

  test("so is a column of a statement that was declared without null", async () => {
    await expect(db.all(sql.statement({ e: text() })`select email from users`)).rejects.toThrow(refused);
    expect(await db.all(sql.statement({ e: text().nullable() })`select email from users`)).toEqual([{ e: null }]);
    expect(await db.all(sql.statement({ e: users.email })`select email from users`)).toEqual([{ e: null }]);
  });

  test("raw SQL over rows that an outer join did not find is null", async () => {
    const joined = select({ name: sql(text())`upper(${users.name})`, e: sql(text())`upper(${posts.title})` })
      .from(users)
      .leftJoin(posts, posts.userId.eq(users.id));
    const rows: { name: string; e: string | null }[] = await db.all(joined);
    expect(rows).toEqual([{ name: "ANN", e: null }]);
  });

  test.runIf(db.dialect.features.has("ROLLUP"))(
    "so it is in the row that sums over what it is grouped by",
    async () => {
      const upper = sql(text())`upper(${users.name})`;
      const rows = await db.all(select({ e: upper }).from(users).groupBySets(rollup(upper)));
      expect(rows.map(({ e }) => e).sort()).toEqual(["ANN", null]);
    },
  );

  test("a union has the nulls of either side", async () => {
    const never = select({ e: users.email.notNull() }).from(users).where(users.email.isNotNull());
    const raw = select({ e: sql(text())`upper(${users.name})` }).from(users);
    const maybe = select({ e: users.email }).from(users);
    const rows: { e: string | null }[] = await db.all(never.union(maybe));
    expect(rows).toEqual([{ e: null }]);
    expect(new Set((await db.all(raw.union(maybe))).map(({ e }) => e))).toEqual(new Set(["ANN", null]));
    await expect(db.all(never.unionAll(select({ e: users.email.notNull() }).from(users)))).rejects.toThrow(
      "found null, which was ruled out",
    );
  });
});
