// Loaded graphs answer as statements do, on every database, and leave the data as it was.
import type { Database } from "athanor";
import { sqlite } from "athanor/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyTables } from "../../examples/chinook/copy-tables.ts";
import { questions } from "../../examples/chinook/questions.ts";
import { questionsOfObjects } from "../../examples/chinook/questions-of-objects.ts";
import { chinookCopy, missing } from "../support/chinook.ts";
import { databases } from "../support/databases.ts";

const answersOf = new Map(questions.map(({ title, ask }) => [title, ask]));

describe.skipIf(missing)(missing ?? "Chinook, mapped", () => {
  let copy: ReturnType<typeof chinookCopy>;
  let file: Database<never>;
  const expected = new Map<string, readonly object[] | undefined>();
  beforeAll(async () => {
    copy = chinookCopy();
    file = sqlite(copy.path, { create: false });
    for (const { title } of questionsOfObjects) expected.set(title, await answersOf.get(title)?.(file));
  });
  afterAll(async () => {
    await file.close();
    copy[Symbol.dispose]();
  });

  describe.each(databases)("copied to $name", ({ db }) => {
    beforeAll(() => copyTables(file, db, () => {}));

    for (const { title, ask } of questionsOfObjects) {
      test(title, async () => {
        const answer = await ask(db);
        expect(answer.length > 0 || title === "Which invoices do not add up?").toBe(true);
        expect(answer).toEqual(expected.get(title));
      });
    }
  });
});
