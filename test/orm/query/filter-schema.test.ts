import {
  bigint,
  boolean,
  bytes,
  decimal,
  double,
  enumeration,
  InvalidInputError,
  insertInto,
  integer,
  json,
  table,
  text,
  timestamp,
  uuid,
} from "athanor";
import { filterSchema, MappingError, many, mapped, optional, Session } from "athanor/orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../../support/databases.ts";

const people = table("people", {
  id: integer().primaryKey(),
  name: text(),
  password: text(),
  age: integer().nullable(),
  born: timestamp().nullable(),
  visits: bigint().nullable(),
  height: double().nullable(),
  salary: decimal(10, 2).nullable(),
  kind: enumeration(["guest", "member"]),
  active: boolean().nullable(),
  code: uuid().nullable(),
  avatar: bytes().nullable(),
  settings: json().nullable(),
  bio: text().nullable(),
  bossId: integer("boss_id")
    .references(() => people.id)
    .nullable(),
});
const letters = table("letters", {
  id: integer().primaryKey(),
  writerId: integer("writer_id").references(() => people.id),
  subject: text(),
  body: text(),
});
class Person extends mapped(
  people,
  {
    get letters() {
      return many(Letter);
    },
    get boss() {
      return optional(Person);
    },
    get shout() {
      return people.name.concat("!");
    },
  },
  { deferred: ["bio"] },
) {
  static get hybrid() {
    return people.password;
  }
}
class Letter extends mapped(letters, {
  get writer() {
    return optional(Person);
  },
}) {}

const fields = [
  "name",
  "age",
  "born",
  "visits",
  "height",
  "salary",
  "kind",
  "active",
  "code",
  "avatar",
  "settings",
  "letters.subject",
  "boss.name",
  "boss.boss",
] as const;
const schema = filterSchema(Person, {
  fields,
  sort: ["name", "age", "boss.name", "shout"],
  maxDepth: 4,
  maxTerms: 20,
  maxSize: 3,
  maxLength: 10,
});
const problems = (data: unknown): string[] => {
  const result = schema["~standard"].validate(data);
  return (result.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
};
const filtering = (filter: unknown): string[] => problems({ filter });

describe("what is allowed passes, read as what the columns hold", () => {
  test.each<[unknown, unknown]>([
    [{}, {}],
    [{ name: "Ann" }, { name: "Ann" }],
    [{ name: { startsWith: "A", ne: "B", in: ["a", "b"] } }, { name: { startsWith: "A", ne: "B", in: ["a", "b"] } }],
    [{ age: null }, { age: null }],
    [{ age: { eq: null } }, { age: { eq: null } }],
    [{ age: { between: [1, 2] } }, { age: { between: [1, 2] } }],
    [{ born: "2024-01-02T03:04:05.678Z" }, { born: new Date("2024-01-02T03:04:05.678Z") }],
    [{ born: { gt: new Date(0) } }, { born: { gt: new Date(0) } }],
    [{ visits: "12345678901234567890".slice(0, 10) }, { visits: 1234567890n }],
    [{ visits: { in: [1, "2", 3n] } }, { visits: { in: [1n, 2n, 3n] } }],
    [{ height: 1.5 }, { height: 1.5 }],
    [{ salary: "12.50" }, { salary: "12.50" }],
    [{ kind: "guest" }, { kind: "guest" }],
    [{ code: "00000000-0000-4000-8000-00000000000a" }, { code: "00000000-0000-4000-8000-00000000000a" }],
    [{ active: true }, { active: true }],
    [{ avatar: "AQI=" }, { avatar: new Uint8Array([1, 2]) }],
    [{ settings: null }, { settings: null }],
    [{ letters: { any: { subject: "x" }, none: {} } }, { letters: { any: { subject: "x" }, none: {} } }],
    [{ boss: { name: "x", boss: null } }, { boss: { name: "x", boss: null } }],
    [
      { or: [{ name: "a" }, { not: { age: 1 } }], and: [] },
      { or: [{ name: "a" }, { not: { age: 1 } }], and: [] },
    ],
    [{ name: undefined }, {}],
  ])("case %#", (filter, expected) => {
    expect(schema.parse({ filter }).filter).toEqual(expected);
  });

  test("sort", () => {
    expect(schema.parse({ sort: ["-age", "boss.name"] })).toEqual({
      filter: {},
      orderBy: [
        { by: "age", direction: "desc" },
        { by: "boss.name", direction: "asc" },
      ],
    });
    expect(schema.parse({})).toEqual({ filter: {}, orderBy: [] });
  });
});

describe("what is not allowed is refused, with its path", () => {
  const nested = (n: number): unknown => (n === 0 ? {} : { not: nested(n - 1) });
  test.each<[string, unknown, string]>([
    ["another column", { password: "x" }, "filter.password: is not allowed"],
    ["a column of a relationship", { letters: { any: { body: "x" } } }, "filter.letters.any.body: is not allowed"],
    ["a column two relationships away", { boss: { boss: { name: "x" } } }, "filter.boss.boss.name: is not allowed"],
    ["another relationship", { letters: { any: { writer: {} } } }, "filter.letters.any.writer: is not allowed"],
    ["a path", { "letters.subject": "x" }, "filter.letters.subject: is not allowed"],
    ["a foreign key", { bossId: 1 }, "filter.bossId: is not allowed"],
    ["a column's name in the database", { boss_id: 1 }, "filter.boss_id: is not allowed"],
    ["a deferred column", { bio: "x" }, "filter.bio: is not allowed"],
    ["a computed property", { shout: "x" }, "filter.shout: is not allowed"],
    ["a hybrid", { hybrid: "x" }, "filter.hybrid: is not allowed"],
    ["constructor", { constructor: {} }, "filter.constructor: is not allowed"],
    ["toString", { toString: {} }, "filter.toString: is not allowed"],
    ["__proto__", JSON.parse('{"__proto__": {"name": "x"}}'), "filter.__proto__: is not allowed"],
    ["__proto__ of a column", { name: JSON.parse('{"__proto__": "x"}') }, "filter.name.__proto__: is not allowed"],
    ["a symbol", { [Symbol("x")]: 1 }, "filter: expected plain data"],
    [
      "an accessor",
      Object.defineProperty({}, "name", { get: () => "x", enumerable: true }),
      "filter.name: expected plain data",
    ],
    ["an operator outside the list", { name: { like: "%" } }, "filter.name.like: is not allowed"],
    ["an operator of another type", { age: { contains: "1" } }, "filter.age.contains: is not allowed"],
    ["an inherited operator", { name: { valueOf: 1 } }, "filter.name.valueOf: is not allowed"],
    ["equality of JSON", { settings: { eq: 1 } }, "filter.settings.eq: is not allowed"],
    [
      "a number as a string",
      { age: "1" },
      "filter.age: expected a whole number from -2147483648 to 2147483647, found a string",
    ],
    [
      "a fraction",
      { age: 1.5 },
      "filter.age: expected a whole number from -2147483648 to 2147483647, found a fraction",
    ],
    ["a string as a number", { name: 1 }, "filter.name: expected a string, found a whole number"],
    ["a boolean as a number", { active: 1 }, "filter.active: expected true or false, found a whole number"],
    ["no member", { kind: "admin" }, "filter.kind: expected one of 'guest', 'member', found another string"],
    ["no time", { born: "today" }, "filter.born: expected a point in time as ISO 8601, found a string that is none"],
    [
      "no decimal",
      { salary: 12.5 },
      "filter.salary: expected a decimal of 10 digits, 2 of them after the point, found a fraction",
    ],
    ["no bytes", { avatar: "?" }, "filter.avatar: expected bytes as base64, found a string that is none"],
    ["infinity", { height: Number.POSITIVE_INFINITY }, "filter.height: expected a finite number"],
    ["NUL", { name: "a\0" }, "filter.name: expected text without NUL"],
    [
      "half a surrogate pair",
      { name: "\ud800" },
      "filter.name: expected a string, found one with half a surrogate pair",
    ],
    ["null where there is none", { name: null }, "filter.name: is never null"],
    ["null in a list", { age: { in: [null] } }, "filter.age.in.0: cannot be null"],
    ["null to compare", { age: { lt: null } }, "filter.age.lt: cannot be null"],
    ["null for a filter", { not: null }, "filter.not: expected an object"],
    ["an array for a filter", { not: [] }, "filter.not: expected an object"],
    ["an array for a value", { name: ["a"] }, "filter.name: expected a string, found an array"],
    ["an object for a value", { name: { eq: {} } }, "filter.name.eq: expected a value"],
    ["an object for a list", { age: { in: { length: 1, 0: 1 } } }, "filter.age.in: expected a list"],
    ["a long list", { age: { in: [1, 2, 3, 4] } }, "filter.age.in: expected a list of at most 3"],
    [
      "a list with holes",
      { age: { in: new Array(2) } },
      "filter.age.in.0: expected a whole number from -2147483648 to 2147483647, found undefined",
    ],
    ["three bounds", { age: { between: [1, 2, 3] } }, "filter.age.between: expected a list of two values"],
    ["long text", { name: "x".repeat(11) }, "filter.name: expected at most 10 characters"],
    [
      "long text to contain",
      { name: { contains: "x".repeat(11) } },
      "filter.name.contains: expected at most 10 characters",
    ],
    ["isNull of a string", { age: { isNull: "true" } }, "filter.age.isNull: expected true or false"],
    ["depth", nested(4), "filter.not.not.not.not: is nested deeper than 4 filters"],
    [
      "many terms",
      { or: Array.from({ length: 19 }, () => ({ age: 1 })) },
      "filter.or.9: has more than 20 terms in all",
    ],
    ["a long or", { or: Array.from({ length: 21 }, () => ({})) }, "filter.or: expected a list of at most 20"],
    [
      "many names",
      Object.fromEntries(Array.from({ length: 21 }, (_, i) => [i, 1])),
      "filter: expected at most 20 properties",
    ],
    [
      "a filter where any is asked",
      { letters: { subject: "x" } },
      "filter.letters.subject: is none of any, none, every",
    ],
    ["null for a to-many relationship", { letters: null }, "filter.letters: expected an object"],
    ["an instance", { letters: { any: new Map() } }, "filter.letters.any: expected an object"],
    ["a long name", { ["x".repeat(1000)]: 1 }, `filter.${"x".repeat(40)}…: is not allowed`],
  ])("%s", (_, filter, problem) => {
    expect(filtering(filter)).toContain(problem);
  });

  test("in sort", () => {
    expect(problems({ sort: ["password"] })).toEqual(["sort.0: is not allowed"]);
    expect(problems({ sort: ["--age"] })).toEqual(["sort.0: is not allowed"]);
    expect(problems({ sort: ["constructor", "__proto__", 1, null, {}].slice(0, 4) })).toEqual(
      [0, 1, 2, 3].map((i) => `sort.${i}: is not allowed`),
    );
    expect(problems({ sort: ["age", "-age"] })).toEqual(["sort.1: is there twice"]);
    expect(problems({ sort: Array.from({ length: 5 }, () => "age") })).toEqual(["sort: expected at most 4 names"]);
    expect(problems({ sort: "age" })).toEqual(['sort: expected a list, like ["-age", "name"]']);
  });

  test("at the top", () => {
    for (const data of [null, undefined, 1, "x", [], new Date()])
      expect(problems(data)).toEqual([": expected an object"]);
    expect(problems({ where: {} })).toEqual(["where: is neither filter nor sort"]);
    expect(problems(JSON.parse('{"__proto__": {}}'))).toEqual(["__proto__: is neither filter nor sort"]);
  });

  test("every problem is reported, and parse throws them all", () => {
    const data = { filter: { password: "x", age: "1", or: [{ nme: 1 }] }, sort: ["x"], page: 1 };
    const error = (() => {
      try {
        schema.parse(data);
      } catch (thrown) {
        return thrown as InvalidInputError;
      }
      throw new Error("accepted");
    })();
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.code).toBe("INVALID_INPUT");
    expect(error.issues.map(({ path }) => path)).toEqual([
      ["filter", "password"],
      ["filter", "age"],
      ["filter", "or", 0, "nme"],
      ["sort", 0],
      ["page"],
    ]);
    expect(error.message.split("\n").length).toBe(6);
  });
});

test("operators can be named one by one", () => {
  const narrow = filterSchema(Person, { fields: { name: ["like", "eq"], "letters.subject": ["contains"] } });
  const accepts = (filter: unknown): boolean => narrow["~standard"].validate({ filter }).issues === undefined;
  expect(accepts({ name: { like: "%" } })).toBe(true);
  expect(accepts({ name: "x" })).toBe(true);
  expect(accepts({ name: { ne: "x" } })).toBe(false);
  expect(accepts({ letters: { any: { subject: { contains: "x" } } } })).toBe(true);
  expect(accepts({ letters: { any: { subject: "x" } } })).toBe(false);
});

test("an allow-list that leads nowhere is a mistake of the program", () => {
  const refused: [object, string][] = [
    [{ fields: ["nme"] }, 'Person has no column or relationship "nme"'],
    [{ fields: ["letters.nme"] }, 'Person has no column or relationship "letters.nme"'],
    [{ fields: ["name.x"] }, 'Person has no column or relationship "name.x"'],
    [{ fields: ["shout"] }, 'Person has no column or relationship "shout"'],
    [{ fields: ["constructor"] }, 'Person has no column or relationship "constructor"'],
    [{ fields: { age: ["like"] } }, 'Person.age has no operator "like"'],
    [{ sort: ["letters.subject"] }, 'Person has no column "letters.subject"'],
    [{ sort: ["boss"] }, 'Person has no column "boss"'],
    [{ sort: ["settings"] }, "Person.settings is JSON, which has no order"],
  ];
  for (const [options, message] of refused) {
    expect(() => filterSchema(Person, options as never)).toThrow(MappingError);
    expect(() => filterSchema(Person, options as never)).toThrow(message);
  }
});

describe.each(databases)("$name", ({ db }) => {
  beforeAll(async () => {
    await db.create({ people, letters });
    const person = (id: number, name: string, bossId: number | null) => ({
      id,
      name,
      bossId,
      password: "p",
      kind: "guest" as const,
      age: id % 2,
    });
    await db.run(
      insertInto(people).values([
        person(1, "Ann", null),
        person(2, "Bob", 1),
        person(3, "Cem", 2),
        person(4, "Dee", 1),
      ]),
    );
    await db.run(insertInto(letters).values([{ id: 1, writerId: 3, subject: "hi", body: "x" }]));
  });

  test("a checked search filters, sorts and pages", async () => {
    await using session = new Session(db);
    const found = async (data: unknown): Promise<string[]> => {
      const query = session.query(Person).filterWith(schema.parse(data));
      const names: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: Person[]; next: string | null } = await query.after(cursor, { size: 1 });
        names.push(...page.items.map(({ name }) => name));
        cursor = page.next;
      } while (cursor !== null);
      expect((await query.page({ page: 1, size: 10 })).items.map(({ name }) => name)).toEqual(names);
      return names;
    };
    expect(await found({})).toEqual(["Ann", "Bob", "Cem", "Dee"]);
    expect(await found({ filter: { letters: { any: { subject: "hi" } } } })).toEqual(["Cem"]);
    expect(await found({ filter: { boss: { name: "Ann" } }, sort: ["-name"] })).toEqual(["Dee", "Bob"]);
    expect(await found({ sort: ["-boss.name"] })).toEqual(["Ann", "Cem", "Dee", "Bob"]);
    expect(await found({ sort: ["-age", "-name"] })).toEqual(["Cem", "Ann", "Dee", "Bob"]);
    expect(await found({ sort: ["-shout"] })).toEqual(["Dee", "Cem", "Bob", "Ann"]);
  });
});

describe("at random", () => {
  // Everything that names something somewhere, and what has broken other libraries.
  const names = fc.oneof(
    fc.constantFrom(
      ...Object.keys(people),
      ...Object.keys(letters),
      "letters",
      "boss",
      "writer",
      "shout",
      "hybrid",
      "and",
      "or",
      "not",
      "any",
      "none",
      "every",
      "eq",
      "ne",
      "in",
      "notIn",
      "lt",
      "between",
      "isNull",
      "like",
      "ilike",
      "contains",
      "startsWith",
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "hasOwnProperty",
      "valueOf",
      "then",
      "toJSON",
      "table",
      "name",
      "length",
      "athanor.node",
      "$where",
      "",
    ),
    fc.string({ maxLength: 5 }),
  );
  const { data } = fc.letrec<{ data: unknown }>((tie) => ({
    data: fc.oneof(
      { depthSize: "medium", maxDepth: 6 },
      fc.constantFrom<unknown>(
        null,
        true,
        0,
        1,
        "a",
        "1",
        "guest",
        -0,
        Number.POSITIVE_INFINITY,
        undefined,
        "2024-01-01T00:00:00Z",
        "__proto__",
      ),
      fc.string({ maxLength: 12 }),
      fc.array(tie("data"), { maxLength: 4 }),
      fc.array(fc.tuple(names, tie("data")), { maxLength: 3 }).map((entries) => {
        const object = {};
        for (const [key, value] of entries)
          Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
        return object;
      }),
    ),
  }));
  // Likely ones too, so that not everything is refused at once.
  const likely = fc.record(
    {
      name: data,
      age: data,
      letters: fc.record({ any: data, every: data }, { requiredKeys: [] }),
      boss: data,
      or: fc.array(data, { maxLength: 3 }),
      not: data,
    },
    { requiredKeys: [] },
  );
  const searches = fc.record(
    { filter: fc.oneof(likely, data), sort: fc.oneof(fc.subarray(["name", "-age", "password", "-"]), data) },
    { requiredKeys: [] },
  );

  test("nothing passes that is not on the list; what passes is a filter, and no prototype is touched", () => {
    const session = new Session((databases[0] as TestDatabase).db);
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    let passed = 0;
    fc.assert(
      fc.property(searches, (search) => {
        const result = schema["~standard"].validate(search);
        expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before);
        expect(({} as Record<string, unknown>).name).toBe(undefined);
        if (result.issues !== undefined) {
          expect(result.issues.length).toBeGreaterThan(0);
          return;
        }
        passed++;
        checkAllowed(result.value.filter, "Person", 1);
        for (const { by } of result.value.orderBy) expect(["name", "age", "boss.name", "shout"]).toContain(by);
        // No ParameterError: what the schema lets through the query takes.
        session.query(Person).filterWith(result.value);
      }),
      { numRuns: 5000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  test("what is sent as JSON and what JSON.parse made of it is the same", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = schema["~standard"].validate(JSON.parse(text));
        expect("value" in result || (result.issues?.length ?? 0) > 0).toBe(true);
      }),
    );
  });
});

const allowedNames: Record<string, readonly string[]> = {
  Person: ["name", "age", "born", "visits", "height", "salary", "kind", "active", "code", "avatar", "settings"],
  Letter: ["subject"],
  Boss: ["name"],
  BossOfBoss: [],
};
const reached: Record<string, Record<string, string>> = {
  Person: { letters: "Letter", boss: "Boss" },
  Letter: {},
  Boss: { boss: "BossOfBoss" },
  BossOfBoss: {},
};

/** Walks a filter that passed as the allow-list has it, written down anew. */
function checkAllowed(filter: any, place: string, depth: number): void {
  expect(depth).toBeLessThanOrEqual(4);
  expect(Object.getOwnPropertySymbols(filter)).toEqual([]);
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if (key === "and" || key === "or") for (const one of value) checkAllowed(one, place, depth + 1);
    else if (key === "not") checkAllowed(value, place, depth + 1);
    else if (key === "letters" && place === "Person") {
      for (const [quantifier, inner] of Object.entries(value)) {
        expect(["any", "none", "every"]).toContain(quantifier);
        checkAllowed(inner, "Letter", depth + 1);
      }
    } else if (Object.hasOwn(reached[place] as object, key)) {
      if (value !== null) checkAllowed(value, reached[place]?.[key] as string, depth + 1);
    } else {
      expect(allowedNames[place]).toContain(key);
      if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
        for (const operator of Object.keys(value)) {
          expect([
            "eq",
            "ne",
            "in",
            "notIn",
            "lt",
            "lte",
            "gt",
            "gte",
            "between",
            "isNull",
            "startsWith",
            "endsWith",
            "contains",
          ]).toContain(operator);
        }
      }
    }
  }
}
