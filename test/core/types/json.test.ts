import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptJson, readJson } from "../../../core/types/json.ts";

describe("documents", () => {
  test("come back equal", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(readJson(acceptJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("may hold instances of plain classes, and properties that are undefined", () => {
    class Point {
      x = 1;
      y: number | undefined = undefined;
    }
    expect(acceptJson({ at: new Point() })).toBe('{"at":{"x":1}}');
    expect(acceptJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  test.each([
    [undefined, "found undefined"],
    [Number.NaN, "found NaN"],
    [{ a: [1, { b: Number.POSITIVE_INFINITY }] }, "found Infinity at .a[1].b"],
    [[undefined], "found undefined at [0]"],
    [{ at: new Date(0) }, "found an instance of Date at .at"],
    [{ n: 1n }, "found a bigint at .n"],
    [new Map([[1, 2]]), "found an instance of Map"],
    [new Uint8Array(2), "found an instance of Uint8Array"],
    [{ f: () => 1 }, "found a function at .f"],
    [["\uD800"], "half a surrogate pair at [0]"],
    [{ "\uDC00": 1 }, "a key with half a surrogate pair"],
    [Promise.resolve(1), "found an instance of Promise"],
  ])("refuses %s", (value, message) => {
    expect(() => acceptJson(value)).toThrow(message);
  });

  test("refuses what holds itself, or is nested without end", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => acceptJson(circle)).toThrow("nested too deeply, or that holds itself");
  });

  test("refuses text that is no JSON", () => {
    for (const value of ["", "{", "undefined", 1, null]) expect(() => readJson(value)).toThrow("expected JSON text");
  });
});
