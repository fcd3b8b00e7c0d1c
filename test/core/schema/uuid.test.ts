import { uuidv7 } from "athanor";
import { expect, test } from "vitest";

test("UUIDs of version 7 are well-formed, unique and sorted by the time they were made", () => {
  const made = Array.from({ length: 20_000 }, () => uuidv7());
  for (const one of made) expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(made).size).toBe(made.length);
  expect(made.toSorted()).toEqual(made);
  const time = Number.parseInt((made[0] as string).replace("-", "").slice(0, 12), 16);
  expect(Math.abs(time - Date.now())).toBeLessThan(60_000);
});
