import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptInterval, intervalText, parseInterval, readInterval } from "../../../core/types/intervals.ts";

const intervals = fc.record({
  months: fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
  days: fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
  microseconds: fc.maxSafeInteger(),
});

describe("intervals", () => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(intervals, (interval) => {
        const plain = { ...interval, microseconds: interval.microseconds + 0 };
        expect(parseInterval(intervalText(plain))).toEqual({
          months: plain.months + 0,
          days: plain.days + 0,
          microseconds: plain.microseconds,
        });
      }),
      { numRuns: 10_000 },
    );
  });

  test.each([
    ["PT0S", "PT0S"],
    ["P0D", "PT0S"],
    ["P14M", "P1Y2M"],
    ["P2W", "P14D"],
    ["PT90S", "PT1M30S"],
    ["P1Y2M3DT4H5M6.500S", "P1Y2M3DT4H5M6.5S"],
    ["-P1DT1S", "P-1DT-1S"],
    ["P-1Y-2M3DT-4H-5M-6.789S", "P-1Y-2M3DT-4H-5M-6.789S"],
    ["PT-0.000001S", "PT-0.000001S"],
  ])("%s is written %s", (given, canonical) => {
    expect(acceptInterval(given)).toBe(canonical);
    expect(readInterval(given)).toBe(canonical);
  });

  test.each(["", "P", "PT", "P1", "1 day", "P1DT", "P1.5D", "PT1.0000001S", "P9999999999Y", 5, undefined])(
    "%s is none",
    (value) => {
      expect(() => acceptInterval(value)).toThrow("expected an ISO 8601 duration");
      expect(() => readInterval(value)).toThrow("expected an ISO 8601 duration");
    },
  );
});
