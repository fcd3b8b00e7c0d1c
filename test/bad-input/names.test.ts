// Names that nobody should choose: each works exactly as it is, or is refused before anything is sent.
import { AthanorError, alias, compile, insertInto, integer, NameError, select, table, text } from "athanor";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const odd = [
  "select",
  "order",
  "user",
  "from",
  "table",
  "null",
  "true",
  "group by",
  '"',
  '""',
  "`",
  "'",
  "\\",
  "a;b--c",
  "/* */",
  "$1",
  "?",
  ":name",
  "%s",
  "[x]",
  " a b ",
  "Ünï",
  "日本語",
  "🐘",
  "a\nb",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "then",
  "toJSON",
  "length",
  "rowid",
  "oid",
  "ctid",
  "e\u0301",
];
const impossible = ["a\0b", "\0", "\ud800", "a\udc00b", "x".repeat(2_000)];

describe.each(databases)("$name", ({ db, dialect }) => {
  const numbers = table("numbers", { id: integer().primaryKey(), name: text() });
  beforeAll(async () => {
    await db.create([numbers]);
    await db.run(insertInto(numbers).values([{ id: 1, name: "x" }]));
  });

  /** Whether the name works as a label and as an alias; false if it was refused. */
  const works = async (name: string): Promise<boolean> => {
    const selection: Record<string, typeof numbers.id> = Object.create(null);
    selection[name] = numbers.id;
    try {
      const [row] = await db.all(select(selection).from(numbers));
      expect(Object.keys(row as object)).toEqual([name]);
      expect(Object.getOwnPropertyDescriptor(row, name)?.value).toBe(1);
      const other = alias(numbers, name);
      expect(
        await db.all(
          select({ id: other.id })
            .from(other as never)
            .where(other.name.eq("x")),
        ),
      ).toEqual([{ id: 1 }]);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(NameError);
      return false;
    }
  };

  test.each(odd)("%j as a label and as an alias", async (name) => {
    const isRefused = !(await works(name));
    // MySQL's names end at U+FFFF and in no space, and its driver has no result with a column called __proto__.
    const mayBeRefused = /[\u{10000}-\u{10ffff}]/u.test(name) || name.endsWith(" ") || name === "__proto__";
    expect(isRefused && !mayBeRefused).toBe(false);
  });

  test.each(impossible)("%j is refused", async (name) => {
    expect(await works(name)).toBe(false);
  });

  test("any name at all works or is refused", async () => {
    const names = fc.string({ unit: "binary", minLength: 0, maxLength: 70 });
    await fc.assert(
      fc.asyncProperty(names, async (name) => void (await works(name))),
      { numRuns: 100 },
    );
  });

  test("columns of any name are created, written and read, or refused", async () => {
    let made = 0;
    for (const [i, name] of [...odd, ...impossible].entries()) {
      const columns = {
        id: integer().primaryKey(),
        [name === "__proto__" ? "id2" : name]: text(),
        value: text(name === "id" ? "x" : `${name}2`),
      };
      const own = table(`odd_${i}`, columns as never) as unknown as typeof numbers &
        Record<string, typeof numbers.name>;
      const key = name === "__proto__" ? "id2" : name;
      try {
        await db.create([own]);
      } catch (error) {
        expect(error).toBeInstanceOf(AthanorError);
        continue;
      }
      made++;
      await db.run(insertInto(own).values({ id: 1, [key]: "a", value: "b" } as never));
      expect(await db.all(select(own as typeof numbers))).toEqual([{ id: 1, [key]: "a", value: "b" }]);
    }
    expect(made).toBeGreaterThanOrEqual(odd.length - 6);
  });

  test("a column whose property is __proto__", async () => {
    const columns = Object.defineProperty({ id: integer().primaryKey() }, "__proto__", {
      value: text("proto"),
      enumerable: true,
    });
    const own = table("proto_table", columns) as unknown as typeof numbers;
    await db.create([own]);
    const row = Object.defineProperty({ id: 1 }, "__proto__", { value: "x", enumerable: true });
    await db.run(insertInto(own).values(row as never));
    const [found] = await db.all(select(own)).catch((error: unknown) => {
      expect(error).toBeInstanceOf(NameError);
      return [];
    });
    if (found === undefined) return;
    expect(Object.getOwnPropertyDescriptor(found, "__proto__")?.value).toBe("x");
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  });

  test("labels that differ in case alone, or not at all but for nesting", async () => {
    const query = select({ a: numbers.id, A: numbers.name, b: { a: numbers.name } }).from(numbers);
    expect(await db.all(query)).toEqual([{ a: 1, A: "x", b: { a: "x" } }]);
    const derived = select({ a: numbers.id, b: numbers.name }).from(numbers).as("derived");
    expect(await db.all(select({ b: derived.a, a: derived.b }).from(derived))).toEqual([{ b: 1, a: "x" }]);
  });

  test("a name never ends its quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), (name) => {
        const selection = { [`x${name}`]: numbers.id };
        let text: string;
        try {
          text = compile(select(selection).from(numbers), dialect).text;
        } catch (error) {
          expect(error).toBeInstanceOf(NameError);
          return;
        }
        const quote = dialect.quote("x").charAt(0);
        const label = text.slice(text.indexOf(" as ") + 4, text.lastIndexOf(" from "));
        expect(label).toBe(`${quote}${`x${name}`.replaceAll(quote, quote + quote)}${quote}`);
      }),
    );
  });
});
