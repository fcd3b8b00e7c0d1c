import fc from "fast-check";
import { expect, test } from "vitest";
import { writeOrder } from "../../../orm/flush/order.ts";

const edge = (before: number, after: number, cuttable = false) => ({ before, after, cuttable });

test("writes of one group go together as far as edges let them", () => {
  expect(writeOrder([0, 1, 0, 1], [edge(0, 1), edge(2, 3)]).batches).toEqual([
    [0, 2],
    [1, 3],
  ]);
  expect(writeOrder([0, 0, 0], [edge(2, 1), edge(1, 0)]).batches).toEqual([[2], [1], [0]]);
});

test("a group that can go whole goes before one that can only go in part", () => {
  expect(writeOrder([0, 0, 5], [edge(2, 1)]).batches).toEqual([[2], [0, 1]]);
});

test("a circle is cut where it may be; else it is told", () => {
  expect(writeOrder([0, 0], [edge(0, 1), edge(1, 0, true)])).toEqual({
    batches: [[0], [1]],
    cut: [1],
    circle: undefined,
  });
  expect(new Set(writeOrder([0, 0, 0], [edge(0, 1), edge(1, 0)]).circle)).toEqual(new Set([0, 1]));
});

test("every write goes once, and no edge but a cut one is broken", () => {
  const graph = fc.integer({ min: 1, max: 30 }).chain((size) =>
    fc.record({
      groups: fc.array(fc.nat({ max: 4 }), { minLength: size, maxLength: size }),
      edges: fc.array(
        fc.record({ before: fc.nat({ max: size - 1 }), after: fc.nat({ max: size - 1 }), cuttable: fc.boolean() }),
        { maxLength: 60 },
      ),
    }),
  );
  fc.assert(
    fc.property(graph, ({ groups, edges }) => {
      const { batches, cut, circle } = writeOrder(groups, edges);
      if (circle !== undefined) {
        // Every step of it is an edge that may not be cut.
        circle.forEach((after, i) => {
          const before = circle[(i + 1) % circle.length] as number;
          expect(edges.some((one) => one.before === before && one.after === after && !one.cuttable)).toBe(true);
        });
        return;
      }
      const place = new Map(batches.flatMap((batch, i) => batch.map((write) => [write, i] as const)));
      expect(place.size).toBe(groups.length);
      expect(batches.flat().length).toBe(groups.length);
      for (const batch of batches) expect(new Set(batch.map((write) => groups[write])).size).toBe(1);
      edges.forEach(({ before, after, cuttable }, i) => {
        if (cut.includes(i)) expect(cuttable).toBe(true);
        else expect(place.get(before) as number).toBeLessThan(place.get(after) as number);
      });
    }),
    { numRuns: 1000 },
  );
});
