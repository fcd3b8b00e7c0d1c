// What a table means inside `any`: the related row, also where a class relates to itself several times over or in a circle.
import { type ExprOf, insertInto } from "athanor";
import { Session } from "athanor/orm";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";
import { blog, Post, posts, User, users } from "../query/blog.ts";

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create(blog);
    const user = (id: number, bossId: number | null) => ({ id, name: `u${id}`, age: 50 - 10 * id, bossId });
    await db.run(insertInto(users).values([user(1, null), user(2, 1), user(3, 2), user(4, 3)]));
    await db.run(
      insertInto(posts).values([
        { id: 1, authorId: 2, title: "x" },
        { id: 2, authorId: 3, title: "y" },
      ]),
    );
  });

  const found = async (condition: ExprOf<boolean | null, any>): Promise<number[]> => {
    await using session = new Session(db);
    const all = await session
      .query(User)
      .where(condition as ExprOf<boolean, "users">)
      .orderBy(users.id.asc())
      .all();
    return all.map(({ id }) => id);
  };

  test("a class that relates to itself, three times over", async () => {
    expect(await found(User.reports.any(users.name.eq("u4")))).toEqual([3]);
    expect(await found(User.reports.any(User.reports.any(users.name.eq("u4"))))).toEqual([2]);
    expect(await found(User.reports.any(User.reports.any(User.reports.any(users.name.eq("u4")))))).toEqual([1]);
    expect(await found(User.boss.any(User.boss.any(users.name.eq("u1"))))).toEqual([3]);
    expect(await found(User.boss.any(User.reports.any(users.name.eq("u3"))))).toEqual([3]);
    expect(await found(User.reports.any(User.reports.count().eq(1)))).toEqual([1, 2]);
    expect(await found(User.reports.every(User.reports.none()))).toEqual([3, 4]);
  });

  test("a circle back to the class: the innermost row is meant", async () => {
    expect(await found(User.reports.any(User.posts.any(Post.author.any(users.name.eq("u3")))))).toEqual([2]);
    expect(await found(User.posts.any(Post.author.any(User.reports.any(User.posts.any(posts.title.eq("y"))))))).toEqual(
      [2],
    );
  });

  test("a function is given the related row, and the table stays the one outside", async () => {
    expect(await found(User.reports.any((report) => report.age.lt(users.age)))).toEqual([1, 2, 3]);
    expect(await found(User.reports.any((report) => report.age.gt(users.age)))).toEqual([]);
  });
});
