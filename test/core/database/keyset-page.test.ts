import {
  alias,
  CursorError,
  deleteFrom,
  fn,
  insertInto,
  integer,
  keysetPage,
  ParameterError,
  select,
  table,
  text,
  timestamp,
  values,
} from "athanor";
import { mapped, Session } from "athanor/orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const authors = table("authors", { id: integer().primaryKey(), name: text(), bossId: integer("boss_id").nullable() });
const books = table("books", {
  id: integer().primaryKey(),
  authorId: integer("author_id").nullable(),
  title: text(),
  at: timestamp("at", { as: "string" }),
});
class Book extends mapped(books) {}

describe.each(databases)("$name", ({ db }) => {
  beforeAll(() => db.create({ authors, books }));
  const at = (n: number): string => `2024-01-01T00:00:00.00000${n}Z`;
  const fill = async (rows: readonly (readonly [author: number | null, title: string])[]): Promise<void> => {
    await db.run(insertInto(books).values(rows.map(([authorId, title], i) => ({ authorId, title, at: at(i % 3) }))));
  };
  beforeEach(async () => {
    await db.run(deleteFrom(books).everyRow());
    await db.run(deleteFrom(authors).everyRow());
    await db.run(
      insertInto(authors).values([
        { id: 1, name: "Zosimos", bossId: null },
        { id: 2, name: "Maria", bossId: 1 },
        { id: 3, name: "Maria", bossId: 2 },
      ]),
    );
  });

  test("a join is paged by columns of both sides, and rows keep their shape", async () => {
    await fill([
      [1, "a"],
      [2, "b"],
      [null, "c"],
      [2, "a"],
      [3, "a"],
    ]);
    const query = select({ title: books.title, author: { name: authors.name } })
      .from(books)
      .leftJoin(authors, authors.id.eq(books.authorId))
      .orderBy(authors.name.desc(), books.title.asc());
    const first = await keysetPage(db, query, { after: null, size: 2 });
    // Nulls are greater than any value, on every database.
    expect(first.items).toEqual([
      { title: "c", author: { name: null } },
      { title: "a", author: { name: "Zosimos" } },
    ]);
    expect(first.previous).toBe(null);
    const second = await keysetPage(db, query, { after: first.next, size: 2 });
    expect(second.items.map(({ title }) => title)).toEqual(["a", "a"]);
    const third = await keysetPage(db, query, { after: second.next, size: 2 });
    expect(third).toMatchObject({ items: [{ title: "b", author: { name: "Maria" } }], next: null });
    const back = await keysetPage(db, query, { before: third.previous, size: 3 });
    expect(back.items.map(({ title }) => title)).toEqual(["a", "a", "a"]);
    expect((await keysetPage(db, query, { before: null, size: 1 })).items).toEqual(third.items);
  });

  test("an outer join's rows come once each, whatever the order, while others insert", async () => {
    const boss = alias(authors, "boss");
    const joined = select({ id: books.id, name: authors.name, boss: boss.name })
      .from(books)
      .leftJoin(authors, authors.id.eq(books.authorId))
      .leftJoin(boss, boss.id.eq(authors.bossId));
    const by: Record<string, any> = {
      name: authors.name,
      boss: boss.name,
      bossId: boss.id,
      title: books.title,
      at: books.at,
      both: fn.coalesce(boss.name, authors.name),
    };
    const title = fc.constantFrom("a", "b");
    const author = fc.constantFrom(null, 1, 2, 3);
    const order = fc.uniqueArray(fc.record({ key: fc.constantFrom(...Object.keys(by)), descending: fc.boolean() }), {
      maxLength: 3,
      selector: ({ key }) => key,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(author, title), { minLength: 1, maxLength: 8 }),
        order,
        fc.integer({ min: 1, max: 4 }),
        async (rows, orders, size) => {
          await db.run(deleteFrom(books).everyRow());
          await fill(rows);
          const there = (await db.all(select({ id: books.id }).from(books))).map(({ id }) => id);
          const query = joined.orderBy(
            ...orders.map(({ key, descending }) => (descending ? by[key].desc() : by[key].asc())),
          );
          const visited: number[] = [];
          let cursor: string | null = null;
          do {
            const page: { items: { id: number }[]; next: string | null } = await keysetPage(db, query, {
              after: cursor,
              size,
            });
            visited.push(...page.items.map(({ id }) => id));
            cursor = page.next;
            if (visited.length < 20) await fill([[2, "a"]]);
          } while (cursor !== null);
          expect(new Set(visited).size).toBe(visited.length);
          expect(visited.filter((id) => there.includes(id)).sort()).toEqual([...there].sort());
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  test("a session pages through objects beside what is joined to them", async () => {
    await fill([
      [1, "a"],
      [2, "b"],
    ]);
    await using session = new Session(db, { cursorSecret: "x" });
    const query = select({ book: Book, author: authors.name })
      .from(Book)
      .join(authors, authors.id.eq(books.authorId))
      .orderBy(authors.name.asc());
    const first = await keysetPage(session, query, { after: null, size: 1 });
    expect(first.items[0]?.book).toBeInstanceOf(Book);
    expect(first.items[0]?.author).toBe("Maria");
    expect((await keysetPage(session, query, { after: first.next, size: 1 })).items[0]?.author).toBe("Zosimos");
    await expect(keysetPage(db, query as never, { after: first.next, size: 1 })).rejects.toThrow(CursorError);
  });

  test("a source without a key is told which columns do", async () => {
    const letters = values("letters", { x: text() }, [{ x: "b" }, { x: "a" }]);
    const query = select({ x: letters.x }).from(letters);
    await expect(keysetPage(db, query, { after: null, size: 1 })).rejects.toThrow('"letters" has no primary key');
    const page = await keysetPage(db, query, { after: null, size: 1, key: [letters.x] });
    expect(page.items).toEqual([{ x: "a" }]);
    expect((await keysetPage(db, query, { after: page.next, size: 1, key: [letters.x] })).items).toEqual([{ x: "b" }]);
  });

  test("groups are paged as a source of their own", async () => {
    await fill([
      [1, "a"],
      [2, "b"],
      [2, "c"],
    ]);
    const groups = select({ author: books.authorId, n: fn.count() }).from(books).groupBy(books.authorId);
    await expect(keysetPage(db, groups, { after: null, size: 1 })).rejects.toThrow(ParameterError);
    const counted = groups.as("counted");
    const query = select({ n: counted.n }).from(counted).orderBy(counted.n.desc());
    const first = await keysetPage(db, query, { after: null, size: 1, key: [counted.author] });
    expect(first.items).toEqual([{ n: 2 }]);
    expect((await keysetPage(db, query, { after: first.next, size: 1, key: [counted.author] })).items).toEqual([
      { n: 1 },
    ]);
  });

  test("what is no page is refused", async () => {
    const query = select({ id: books.id }).from(books);
    const refused = [
      keysetPage(db, query, { size: 1 }),
      keysetPage(db, query, { after: null, before: null, size: 1 }),
      keysetPage(db, query, { after: null, size: 0 }),
      keysetPage(db, query.limit(1), { after: null, size: 1 }),
      keysetPage(db, query.distinct(), { after: null, size: 1 }),
    ];
    for (const page of await Promise.allSettled(refused)) expect(page).toMatchObject({ reason: { code: "PARAMETER" } });
  });
});
