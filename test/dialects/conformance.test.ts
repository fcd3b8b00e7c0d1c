// The public suite, on every database there is here.

import { conformance } from "athanor/conformance";
import { describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

test("there are at least 300 cases, and each has a name of its own", () => {
  const names = conformance(() => Promise.reject(new Error("nothing is opened"))).map(
    ({ group, name }) => `${group}: ${name}`,
  );
  expect(names.length).toBeGreaterThanOrEqual(300);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe.each(databases)("$name", ({ open }) => {
  for (const { group, name, run } of conformance(() => open())) test(`${group}: ${name}`, run);
});
