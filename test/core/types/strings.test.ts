import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptBoolean, readBoolean } from "../../../core/types/booleans.ts";
import { acceptEnumeration, readEnumeration } from "../../../core/types/enumeration.ts";
import { acceptString, acceptUuid, readString, readUuid } from "../../../core/types/strings.ts";

describe("acceptString", () => {
  test("takes what is well-formed, and nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, broken) => {
        const value = broken ? `${text}\uD800` : text;
        if (broken) expect(() => acceptString({ kind: "text" })(value)).toThrow("half a surrogate pair");
        else expect(acceptString({ kind: "text" })(value)).toBe(value);
      }),
    );
  });

  test("counts characters, not code units", () => {
    expect(acceptString({ kind: "varchar", length: 2 })("😀😀")).toBe("😀😀");
    expect(() => acceptString({ kind: "varchar", length: 2 })("😀😀a")).toThrow(
      "at most 2 characters, found a longer one",
    );
  });

  test.each([1, null, undefined, {}, ["a"], Symbol("a")])("refuses what is no string", (value) => {
    expect(() => acceptString({ kind: "text" })(value)).toThrow("expected a string, found");
  });

  test("text from the database is text", () => {
    expect(readString("a")).toBe("a");
    expect(() => readString(1)).toThrow("expected text, found a whole number");
  });
});

describe("uuid", () => {
  test("is written in lower case", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(acceptUuid(uuid.toUpperCase())).toBe(uuid);
        expect(readUuid(uuid.toUpperCase())).toBe(uuid);
      }),
    );
  });

  test.each(["", "abc", "{00000000-0000-0000-0000-000000000000}", "00000000000000000000000000000000", 1])(
    "is not %s",
    (value) => {
      expect(() => acceptUuid(value)).toThrow("8-4-4-4-12");
      expect(() => readUuid(value)).toThrow("expected a uuid");
    },
  );
});

describe("enumeration", () => {
  const type = { kind: "enumeration", values: ["new", "paid"] } as const;

  test("takes and gives its members alone", () => {
    expect(acceptEnumeration(type)("paid")).toBe("paid");
    expect(readEnumeration(type)("new")).toBe("new");
    expect(() => acceptEnumeration(type)("Paid")).toThrow("expected one of 'new', 'paid', found another string");
    expect(() => acceptEnumeration(type)(1)).toThrow("found a whole number");
    expect(() => readEnumeration(type)("lost")).toThrow("expected one of 'new', 'paid', found a string");
  });

  test("shows no more than ten members", () => {
    const values = Array.from({ length: 12 }, (_, i) => `v${i}`);
    expect(() => acceptEnumeration({ kind: "enumeration", values })("x")).toThrow("'v9' and 2 more");
  });
});

describe("boolean", () => {
  test("is true or false on the way in, and may be 0 or 1 on the way out", () => {
    expect([acceptBoolean(true), acceptBoolean(false)]).toEqual([true, false]);
    expect([true, 1, 1n, false, 0, 0n].map(readBoolean)).toEqual([true, true, true, false, false, false]);
    for (const value of [0, 1, "true", undefined]) expect(() => acceptBoolean(value)).toThrow("expected true or false");
    for (const value of [2, "t", "", null, 0.5]) expect(() => readBoolean(value)).toThrow("expected a boolean");
  });
});
