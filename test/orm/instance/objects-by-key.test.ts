import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ObjectsByKey } from "../../../orm/instance/objects-by-key.ts";

const near = fc.integer({ min: -200, max: 200 });
const key = fc.oneof(
  { weight: 10, arbitrary: near },
  { weight: 2, arbitrary: near.map((n) => n * 1000) },
  near.map((n) => n + 0.5),
  near.map(BigInt),
  near.map(String),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 60, Number.NaN, Number.POSITIVE_INFINITY, -0),
);
const start = fc.constantFrom(0, 1, 1_000_000, 2 ** 40, Number.MAX_SAFE_INTEGER - 100);

describe("the objects of a class by key", () => {
  test("hold what a Map holds, whatever the keys and whatever their order", () => {
    fc.assert(
      fc.property(start, fc.array(fc.tuple(fc.boolean(), key), { maxLength: 300 }), (from, steps) => {
        const objects = new ObjectsByKey();
        const map = new Map<unknown, object>();
        for (const [isTaken, offset] of steps) {
          const key = typeof offset === "number" ? from + offset : offset;
          const object = { key };
          if (isTaken) {
            objects.delete(key);
            map.delete(key);
          } else {
            objects.set(key, object);
            map.set(key, object);
          }
          expect(objects.get(key)).toBe(map.get(key));
          expect(objects.size).toBe(map.size);
        }
        for (const [key, object] of map) expect(objects.get(key)).toBe(object);
        expect(new Map(objects)).toEqual(map);
        expect(new Set(objects.values())).toEqual(new Set(map.values()));
      }),
    );
  });

  test("keep their places down to the least whole number there is", () => {
    const objects = new ObjectsByKey();
    const keys = Array.from({ length: 100 }, (_, i) => Number.MIN_SAFE_INTEGER + 100 - i);
    for (const key of keys) objects.set(key, { key });
    for (const key of keys) expect(objects.get(key)).toEqual({ key });
    expect(new Map(objects)).toEqual(new Map(keys.map((key) => [key, { key }])));
  });

  test("may be taken out while they are gone through", () => {
    const objects = new ObjectsByKey();
    for (const key of [1, 2, 3, 1_000_000, "text"]) objects.set(key, { key });
    const seen: unknown[] = [];
    for (const [key] of objects) {
      seen.push(key);
      objects.delete(key);
    }
    expect(seen).toEqual([1, 2, 3, 1_000_000, "text"]);
    expect(objects.size).toBe(0);
  });

  test("begin anew elsewhere once all are gone, as those of a stream do", () => {
    const objects = new ObjectsByKey();
    for (let batch = 0; batch < 1_000; batch++) {
      for (let i = 0; i < 10; i++) objects.set(batch * 1_000 + i, { batch, i });
      expect([...objects.values()]).toEqual(Array.from({ length: 10 }, (_, i) => ({ batch, i })));
      for (let i = 0; i < 10; i++) objects.delete(batch * 1_000 + i);
    }
    expect(objects.size).toBe(0);
  });
});
