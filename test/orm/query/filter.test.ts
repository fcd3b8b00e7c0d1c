import { insertInto, ParameterError } from "athanor";
import { type Filter, Session } from "athanor/orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../../support/databases.ts";
import { blog, Post, posts, postTags, Tag, tags, User, users } from "./blog.ts";

// The rows, as the model below sees them too.
const day = (n: number): Date => new Date(Date.UTC(2024, 0, n));
const userRows = [
  { id: 1, name: "Ann", age: 50, active: true, joined: day(1), settings: { theme: "dark" }, bossId: null },
  { id: 2, name: "Bob", age: null, active: false, joined: null, settings: null, bossId: 1 },
  { id: 3, name: "ann lee", age: 20, active: null, joined: day(3), settings: null, bossId: 1 },
  { id: 4, name: "100%_!", age: 20, active: true, joined: day(4), settings: null, bossId: 3 },
  { id: 5, name: "", age: 0, active: false, joined: day(5), settings: null, bossId: 4 },
];
const postRows = [
  { id: 1, authorId: 1, title: "On furnaces", score: 10 },
  { id: 2, authorId: 1, title: "On heat", score: null },
  { id: 3, authorId: 3, title: "Salt", score: 3 },
  { id: 4, authorId: 4, title: "Sulphur", score: 3 },
];
const tagRows = [
  { id: 1, label: "fire" },
  { id: 2, label: "earth" },
];
const linkRows = [
  { postId: 1, tagId: 1 },
  { postId: 1, tagId: 2 },
  { postId: 3, tagId: 2 },
];

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create(blog);
    await db.run(insertInto(users).values(userRows));
    await db.run(insertInto(posts).values(postRows));
    await db.run(insertInto(tags).values(tagRows));
    await db.run(insertInto(postTags).values(linkRows));
  });

  const found = async (filter: Filter<User>): Promise<number[]> => {
    await using session = new Session(db);
    return (await session.query(User).filter(filter).orderBy(users.id.asc()).all()).map(({ id }) => id);
  };

  test("a value is found by being equal, null by being absent", async () => {
    expect(await found({ name: "Bob" })).toEqual([2]);
    expect(await found({ age: null })).toEqual([2]);
    expect(await found({ age: { eq: null } })).toEqual([2]);
    expect(await found({ age: { ne: null } })).toEqual([1, 3, 4, 5]);
    expect(await found({ joined: day(3) })).toEqual([3]);
    expect(await found({ active: true, age: 20 })).toEqual([4]);
    expect(await found({})).toEqual([1, 2, 3, 4, 5]);
    expect(await found({ settings: null })).toEqual([2, 3, 4, 5]);
    expect(await found({ settings: { isNull: false } })).toEqual([1]);
  });

  test("every operator", async () => {
    expect(await found({ age: { eq: 20 } })).toEqual([3, 4]);
    expect(await found({ age: { ne: 20 } })).toEqual([1, 5]);
    expect(await found({ age: { in: [0, 50] } })).toEqual([1, 5]);
    expect(await found({ age: { in: [] } })).toEqual([]);
    expect(await found({ age: { notIn: [0, 50] } })).toEqual([3, 4]);
    expect(await found({ age: { lt: 20 } })).toEqual([5]);
    expect(await found({ age: { lte: 20 } })).toEqual([3, 4, 5]);
    expect(await found({ age: { gt: 20 } })).toEqual([1]);
    expect(await found({ age: { gte: 20, lt: 50 } })).toEqual([3, 4]);
    expect(await found({ age: { between: [1, 20] } })).toEqual([3, 4]);
    expect(await found({ joined: { between: [day(3), day(4)] } })).toEqual([3, 4]);
    expect(await found({ age: { isNull: true } })).toEqual([2]);
    expect(await found({ age: { isNull: false } })).toEqual([1, 3, 4, 5]);
    expect(await found({ name: { like: "A%" } })).toEqual([1]);
    expect(await found({ name: { ilike: "A%" } })).toEqual([1, 3]);
    expect(await found({ name: { startsWith: "100%" } })).toEqual([4]);
    expect(await found({ name: { endsWith: "_!" } })).toEqual([4]);
    expect(await found({ name: { contains: "n" } })).toEqual([1, 3]);
    expect(await found({ name: { contains: "%" } })).toEqual([4]);
  });

  test("and, or, not; of nothing, and is true and or false", async () => {
    expect(await found({ or: [{ name: "Bob" }, { age: 50 }] })).toEqual([1, 2]);
    expect(await found({ and: [{ age: { gte: 20 } }, { active: true }] })).toEqual([1, 4]);
    expect(await found({ not: { age: 20 } })).toEqual([1, 5]);
    expect(await found({ not: { age: null } })).toEqual([1, 3, 4, 5]);
    expect(await found({ and: [] })).toEqual([1, 2, 3, 4, 5]);
    expect(await found({ or: [] })).toEqual([]);
    expect(await found({ not: {} })).toEqual([]);
    expect(await found({ age: 20, or: [{ name: { contains: "!" } }, { id: 1 }] })).toEqual([4]);
  });

  test("relationships, in circles, to itself and through a table", async () => {
    expect(await found({ posts: { any: {} } })).toEqual([1, 3, 4]);
    expect(await found({ posts: { none: {} } })).toEqual([2, 5]);
    expect(await found({ posts: { any: { score: { gt: 5 } } } })).toEqual([1]);
    expect(await found({ posts: { every: { score: 3 } } })).toEqual([2, 3, 4, 5]);
    expect(await found({ posts: { any: {}, every: { score: 3 } } })).toEqual([3, 4]);
    expect(await found({ boss: null })).toEqual([1]);
    expect(await found({ boss: {} })).toEqual([2, 3, 4, 5]);
    expect(await found({ boss: { name: "Ann" } })).toEqual([2, 3]);
    expect(await found({ boss: { boss: { name: "Ann" } } })).toEqual([4]);
    expect(await found({ boss: { boss: { boss: { name: "Ann" } } } })).toEqual([5]);
    expect(await found({ boss: { boss: null } })).toEqual([2, 3]);
    expect(await found({ reports: { any: { reports: { any: { reports: { any: {} } } } } } })).toEqual([1]);
    expect(await found({ posts: { any: { tags: { any: { label: "earth" } } } } })).toEqual([1, 3]);
    expect(await found({ posts: { any: { tags: { every: { label: "earth" }, any: {} } } } })).toEqual([3]);
    expect(await found({ posts: { any: { author: { boss: { posts: { any: { score: 10 } } } } } } })).toEqual([3]);
    await using session = new Session(db);
    const related = await session
      .query(Tag)
      .filter({ posts: { any: { tags: { any: { label: "fire" } } } } })
      .orderBy(tags.id.asc())
      .all();
    expect(related.map(({ id }) => id)).toEqual([1, 2]);
  });

  test("stands beside conditions, and in counts", async () => {
    await using session = new Session(db);
    const query = session
      .query(Post)
      .where(posts.score.isNotNull())
      .filter({ author: { age: 20 } });
    expect(await query.count()).toBe(2);
    expect(await query.exists()).toBe(true);
  });

  test("agrees with the same filter over the same objects in JavaScript", async () => {
    await fc.assert(
      fc.asyncProperty(userFilter, async (filter) => {
        const expected = userRows.filter((row) => meets("User", row, filter) === true).map(({ id }) => id);
        expect(await found(filter as Filter<User>)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("what is no filter is refused, with its path", () => {
  const session = new Session((databases[0] as TestDatabase).db);
  const refused = (filter: unknown): string => {
    try {
      session.query(User).filter(filter as Filter<User>);
    } catch (error) {
      expect(error).toBeInstanceOf(ParameterError);
      return (error as Error).message.split("\n")[0] as string;
    }
    return "accepted";
  };

  test.each<[string, unknown, string]>([
    ["undefined", { name: undefined }, "User.name is undefined"],
    [
      "undefined as an operand",
      { posts: { any: { score: { gt: undefined } } } },
      "User.posts.any.score.gt is undefined",
    ],
    ["undefined in a list", { age: { in: [1, undefined] } }, "User.age.in.1 is undefined"],
    ["null in a list", { age: { in: [1, null] } }, "User.age.in.1 is null"],
    ["null as a bound", { age: { lt: null } }, "User.age.lt is null"],
    ["an unknown name", { nme: 1 }, "User.nme is no column and no relationship of User"],
    [
      "an unknown name inside",
      { or: [{}, { posts: { any: { x: 1 } } }] },
      "User.or.1.posts.any.x is no column and no relationship of Post",
    ],
    ["a getter of the user's", { initials: "A" }, "User.initials is no column and no relationship of User"],
    ["a computed property", { titles: "A" }, "User.titles is no column and no relationship of User"],
    ["a name of Object.prototype", { constructor: {} }, "User.constructor is no column and no relationship of User"],
    [
      "__proto__",
      JSON.parse('{"__proto__": {"name": "x"}}'),
      "User.__proto__ is no column and no relationship of User",
    ],
    ["an unknown operator", { age: { gtt: 1 } }, "User.age.gtt: a column of type integer is not filtered by that"],
    ["LIKE on a number", { age: { like: "1%" } }, "User.age.like: a column of type integer is not filtered by like"],
    [
      "equality of documents",
      { settings: { eq: { theme: "x" } } },
      "User.settings.eq: a column of type json is not filtered by eq",
    ],
    ["a symbol", { [Symbol("x")]: 1 }, "User has a symbol as a key"],
    ["an array for a filter", [], "User is not a filter of User"],
    ["null for a filter", null, "User is not a filter of User"],
    ["an instance for a filter", new Date(), "User is not a filter of User"],
    [
      "a filter where any, none or every is asked",
      { posts: { title: "x" } },
      "User.posts.title is none of any, none and every",
    ],
    [
      "null for a to-many relationship",
      { posts: null },
      "User.posts is not any, none or every of a to-many relationship",
    ],
    ["no list", { age: { in: 1 } }, "User.age.in is not a list"],
    ["three bounds", { age: { between: [1, 2, 3] } }, "User.age.between is a list of two values"],
    ["isNull of a number", { age: { isNull: 1 } }, "User.age.isNull is true or false"],
    ["an expression", { name: users.name }, "User.name is an expression, and a filter takes data"],
    ["an object for or", { or: {} }, "User.or is not a list"],
    [
      "depth",
      Array.from({ length: 1000 }).reduce((inner) => ({ not: inner }), {}),
      "the filter of User is nested too deeply",
    ],
  ])("%s", (_, filter, message) => {
    expect(refused(filter)).toBe(message);
  });

  test("an inherited property is no part of a filter", () => {
    expect(refused(Object.create({ nme: 1 }))).toBe("User is not a filter of User");
    expect(refused(Object.assign(Object.create(null), { name: "x" }))).toBe("accepted");
  });
});

// --- the model: three-valued logic over the rows above ---

type Truth = boolean | null;
type Row = Record<string, unknown>;
type ClassName = "User" | "Post" | "Tag";

const related: Record<ClassName, Record<string, [ClassName, (row: any) => readonly Row[]]>> = {
  User: {
    posts: ["Post", (user) => postRows.filter(({ authorId }) => authorId === user.id)],
    boss: ["User", (user) => userRows.filter(({ id }) => id === user.bossId)],
    reports: ["User", (user) => userRows.filter(({ bossId }) => bossId === user.id)],
  },
  Post: {
    author: ["User", (post) => userRows.filter(({ id }) => id === post.authorId)],
    tags: ["Tag", (post) => tagRows.filter((tag) => isLinked(post.id, tag.id))],
  },
  Tag: { posts: ["Post", (tag) => postRows.filter((post) => isLinked(post.id, tag.id))] },
};
const isLinked = (post: number, tag: number): boolean =>
  linkRows.some(({ postId, tagId }) => postId === post && tagId === tag);

const every = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;
const some = (truths: readonly Truth[]): Truth => (truths.includes(true) ? true : truths.includes(null) ? null : false);
const negated = (truth: Truth): Truth => (truth === null ? null : !truth);

function meets(entity: ClassName, row: Row, filter: any): Truth {
  return every(
    Object.entries<any>(filter).map(([key, value]) => {
      if (key === "and") return every(value.map((one: unknown) => meets(entity, row, one)));
      if (key === "or") return some(value.map((one: unknown) => meets(entity, row, one)));
      if (key === "not") return negated(meets(entity, row, value));
      const relation = related[entity][key];
      if (relation === undefined) return compares(row[key], value);
      const [target, rowsOf] = relation;
      const rows = rowsOf(row);
      const count = (inner: unknown): number => rows.filter((one) => meets(target, one, inner) === true).length;
      if (key === "boss" || key === "author") return value === null ? rows.length === 0 : count(value) > 0;
      return every(
        Object.entries(value).map(([quantifier, inner]) => {
          if (quantifier === "any") return count(inner) > 0;
          return quantifier === "none" ? count(inner) === 0 : count(inner) === rows.length;
        }),
      );
    }),
  );
}

function compares(stored: any, filter: any): Truth {
  if (filter === null) return stored === null;
  if (typeof filter !== "object") return stored === null ? null : stored === filter;
  return every(
    Object.entries<any>(filter).map(([operator, value]) => {
      if (operator === "isNull") return (stored === null) === value;
      if (operator === "eq" && value === null) return stored === null;
      if (operator === "ne" && value === null) return stored !== null;
      if ((operator === "in" || operator === "notIn") && value.length === 0) return operator === "notIn";
      if (stored === null) return null;
      return operators[operator]?.(stored, value) as boolean;
    }),
  );
}
const operators: Record<string, (stored: any, value: any) => boolean> = {
  eq: (stored, value) => stored === value,
  ne: (stored, value) => stored !== value,
  in: (stored, value) => value.includes(stored),
  notIn: (stored, value) => !value.includes(stored),
  lt: (stored, value) => stored < value,
  lte: (stored, value) => stored <= value,
  gt: (stored, value) => stored > value,
  gte: (stored, value) => stored >= value,
  between: (stored, [low, high]) => stored >= low && stored <= high,
  startsWith: (stored, value) => stored.startsWith(value),
  endsWith: (stored, value) => stored.endsWith(value),
  contains: (stored, value) => stored.includes(value),
};

// --- filters at random ---

const numbers = fc.constantFrom(-1, 0, 1, 3, 10, 20, 50);
const texts = fc.constantFrom("", "A", "Ann", "n", "%", "_!", "Salt", "fire", "On", "earth");
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 });

const numberFilter = fc.oneof(
  maybe(numbers),
  sparse({
    eq: maybe(numbers),
    ne: maybe(numbers),
    in: fc.array(numbers, { maxLength: 3 }),
    notIn: fc.array(numbers, { maxLength: 3 }),
    lt: numbers,
    lte: numbers,
    gt: numbers,
    gte: numbers,
    between: fc.tuple(numbers, numbers),
    isNull: fc.boolean(),
  }),
);
const textFilter = fc.oneof(
  texts,
  sparse({
    eq: texts,
    ne: texts,
    in: fc.array(texts, { maxLength: 3 }),
    startsWith: texts,
    endsWith: texts,
    contains: texts,
  }),
);
const booleanFilter = fc.oneof(
  maybe(fc.boolean()),
  sparse({ eq: fc.boolean(), ne: fc.boolean(), isNull: fc.boolean() }),
);

const { User: userFilter } = fc.letrec<{ User: Row; Post: Row; Tag: Row }>((tie) => {
  const logic = (name: ClassName) => ({
    and: fc.array(tie(name), { maxLength: 2 }),
    or: fc.array(tie(name), { maxLength: 2 }),
    not: tie(name),
  });
  const toMany = (name: ClassName) => sparse({ any: tie(name), none: tie(name), every: tie(name) });
  // Deeper filters are rarer, and end.
  const limited = (model: Record<string, fc.Arbitrary<unknown>>, deep: Record<string, fc.Arbitrary<unknown>>) =>
    fc.oneof(
      { depthSize: "medium", maxDepth: 4 },
      { weight: 1, arbitrary: sparse(model) },
      { weight: 3, arbitrary: sparse({ ...model, ...deep }) },
    ) as fc.Arbitrary<Row>;
  return {
    User: limited(
      { name: textFilter, age: numberFilter, active: booleanFilter },
      { ...logic("User"), posts: toMany("Post"), reports: toMany("User"), boss: maybe(tie("User")) },
    ),
    Post: limited(
      { title: textFilter, score: numberFilter },
      { ...logic("Post"), author: tie("User"), tags: toMany("Tag") },
    ),
    Tag: limited({ label: textFilter }, { ...logic("Tag"), posts: toMany("Post") }),
  };
});

/** Hardly ever more than one of the properties: with all of them no row would be found. */
function sparse(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Row> {
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.subarray(Object.keys(model), { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.subarray(Object.keys(model), { maxLength: Math.min(2, Object.keys(model).length) }) },
    )
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, model[key] as fc.Arbitrary<unknown>]))));
}
