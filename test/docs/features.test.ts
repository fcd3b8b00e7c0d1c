// docs/features.md is whole: every row of the table it answers has an answer, and what is there names where it is tested.
// That the files it names exist is proved with all links of the documentation.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** How many rows each family has. */
const families = { EN: 58, SC: 46, TY: 26, EX: 50, DM: 23, PG: 23, MY: 18, SL: 13, MP: 38, RL: 27, LD: 24, AL: 44 };

interface Feature {
  readonly id: string;
  readonly answer: string;
  readonly documented: string;
  readonly tested: string;
}

const features = readFileSync("docs/features.md", "utf8")
  .split("\n")
  .filter((line) => /^\| [A-Z]{2}-\d\d /.test(line))
  .map((line): Feature => {
    const [, id = "", , , answer = "", documented = "", tested = ""] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { id, answer, documented, tested };
  });

test("every row is there once, in order", () => {
  const ids = Object.entries(families).flatMap(([family, rows]) =>
    Array.from({ length: rows }, (_, i) => `${family}-${String(i + 1).padStart(2, "0")}`),
  );
  expect(features.map(({ id }) => id)).toEqual(ids);
});

test("every row says what becomes of it", () => {
  expect(features.filter(({ answer }) => !/^(yes|partly|no|later|see)\b/.test(answer))).toEqual([]);
});

test("what is left out says why", () => {
  expect(features.filter(({ answer }) => /^no\b/.test(answer) && !/[:,]/.test(answer))).toEqual([]);
});

// Some rows are a matter of the language: there is nothing to run.
const untestable = new Set(["EN-55", "DM-07", "AL-35", "AL-38"]);

test("what is there names where it is tested", () => {
  const named = features.filter(({ answer, tested }) => /^(yes|partly)\b/.test(answer) && tested === "");
  expect(named.filter(({ id }) => !untestable.has(id)).map(({ id }) => id)).toEqual([]);
});
