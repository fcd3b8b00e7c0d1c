import { expect, test } from "vitest";
import { AthanorError, MultipleRowsError, NoRowError } from "../../../core/index.ts";

test("an error has a code for programs, a message for people, and a hint that is part of it", () => {
  const error = new MultipleRowsError("one");
  expect(error).toBeInstanceOf(AthanorError);
  expect(error.code).toBe("MULTIPLE_ROWS");
  expect(error.name).toBe("MultipleRowsError");
  expect(error.message).toBe(
    "one() found more than one row where exactly 1 was expected\n  Use first() if any of them will do, or add a condition that tells them apart.",
  );
});

test("the message names the method that was called", () => {
  expect(new NoRowError("scalar").message).toContain("scalar() found no row");
});
