import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TimestampType } from "../../../core/types/sql-type.ts";
import {
  acceptDate,
  acceptTime,
  acceptTimestamp,
  isoText,
  parseInstant,
  readDate,
  readTime,
  readTimestamp,
  timestampText,
} from "../../../core/types/time.ts";

const asDate: TimestampType = { kind: "timestamptz", as: "date" };
const asText: TimestampType = { kind: "timestamptz", as: "string" };

const dates = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const instants = fc
  .tuple(dates, fc.integer({ min: 0, max: 999 }))
  .map(([date, microseconds]) => ({ milliseconds: date.getTime(), microseconds }));

describe("points in time", () => {
  test("a Date comes back as it was", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(readTimestamp(asDate)(acceptTimestamp(asDate)(date))).toEqual(date);
      }),
      { numRuns: 10_000 },
    );
  });

  test("microseconds come back as they were", () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const iso = isoText(instant);
        expect(readTimestamp(asText)(acceptTimestamp(asText)(iso))).toBe(iso);
        expect(parseInstant(timestampText(instant))).toEqual(instant);
      }),
      { numRuns: 10_000 },
    );
  });

  test("their texts sort as they do, and are equal if they are", () => {
    const key = (instant: { milliseconds: number; microseconds: number }) =>
      instant.milliseconds * 1_000 + instant.microseconds;
    const near = fc
      .tuple(instants, fc.integer({ min: -1_500_000, max: 1_500_000 }))
      .map(
        ([a, by]) =>
          [a, { milliseconds: a.milliseconds + Math.trunc(by / 1_000), microseconds: a.microseconds }] as const,
      );
    fc.assert(
      fc.property(near, ([a, b]) => {
        fc.pre(b.milliseconds > -62_135_596_800_000 && b.milliseconds < 253_402_300_799_000);
        const texts = [timestampText(a), timestampText(b)] as const;
        expect(texts[0] < texts[1]).toBe(key(a) < key(b));
        expect(texts[0] === texts[1]).toBe(key(a) === key(b));
      }),
      { numRuns: 10_000 },
    );
  });

  test.each([
    ["2009-01-01 00:00:00", "2009-01-01T00:00:00.000Z"],
    ["2009-01-01T00:00:00Z", "2009-01-01T00:00:00.000Z"],
    ["2009-01-01 12:30", "2009-01-01T12:30:00.000Z"],
    ["2009-01-01", "2009-01-01T00:00:00.000Z"],
    ["2024-02-29 23:59:59.999999+00", "2024-02-29T23:59:59.999Z"],
    ["2024-07-01 02:00:00+02:00", "2024-07-01T00:00:00.000Z"],
    ["2024-07-01 02:00:00.5-05:30", "2024-07-01T07:30:00.500Z"],
    ["1890-01-01 00:53:28+00:53:28", "1890-01-01T00:00:00.000Z"],
    ["0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00.000Z"],
    ["12024-01-01 00:00:00", "+012024-01-01T00:00:00.000Z"],
  ])("reads %s in UTC", (text, iso) => {
    expect(readTimestamp(asDate)(text)).toEqual(new Date(iso));
  });

  test.each([
    "2023-02-29 00:00:00",
    "2024-13-01 00:00:00",
    "2024-00-01 00:00:00",
    "2024-01-01 24:00:00",
    "2024-01-01 00:60:00",
    "2024-01-01 00:00:60",
    "2024-01-01 00:00:0x",
    "2024-01-01 00:00:00 ",
    "2024-01-01x00:00:00",
    "01/02/2024",
    "now",
    "infinity",
    "",
    "1704067200",
    1_704_067_200,
    new Date(Number.NaN),
    true,
  ])("refuses %s from the database", (value) => {
    expect(() => readTimestamp(asDate)(value)).toThrow("expected a point in time as YYYY-MM-DD HH:MM:SS");
  });

  test.each([
    [new Date(Number.NaN), "an invalid Date"],
    [new Date("0000-12-31T23:59:59Z"), "one out of that range"],
    [new Date("+010000-01-01T00:00:00Z"), "one out of that range"],
    ["2024-01-01", "found a string"],
    [0, "found a whole number"],
    [undefined, "found undefined"],
  ])("refuses %s as a Date", (value, message) => {
    expect(() => acceptTimestamp(asDate)(value)).toThrow(message);
  });

  test("refuses digits past the microseconds, and past the precision", () => {
    expect(() => acceptTimestamp(asText)("2024-01-01T00:00:00.1234567Z")).toThrow("a string that is none");
    expect(acceptTimestamp(asText)("2024-01-01T00:00:00.1234560Z")).toBe("2024-01-01 00:00:00.123456");
    expect(() => acceptTimestamp({ ...asDate, precision: 0 })(new Date(1))).toThrow(
      "at most 0 digits after the second",
    );
    expect(acceptTimestamp({ ...asDate, precision: 3 })(new Date(1))).toBe("1970-01-01 00:00:00.001");
  });

  test("do not depend on the time zone of the process", () => {
    const zone = process.env.TZ;
    try {
      process.env.TZ = "America/New_York";
      expect(readTimestamp(asDate)("2024-03-10 02:30:00")).toEqual(new Date("2024-03-10T02:30:00Z"));
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe("days", () => {
  test("are those of the calendar", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(acceptDate(day)).toBe(day);
        expect(readDate(day)).toBe(day);
      }),
    );
  });

  test.each(["2023-02-29", "1900-02-29", "2024-04-31", "0000-01-01", "2024-1-1", "20240101", "2024-01-01T00:00:00"])(
    "%s is none",
    (value) => {
      expect(() => acceptDate(value)).toThrow("expected a day as YYYY-MM-DD");
    },
  );

  test("are read where midnight stands behind them, and nothing else", () => {
    expect(readDate("2000-02-29 00:00:00.000")).toBe("2000-02-29");
    expect(readDate("2000-02-29T00:00:00Z")).toBe("2000-02-29");
    expect(() => readDate("2000-02-29 00:00:01")).toThrow("expected a day");
    expect(() => readDate(20_000_229)).toThrow("expected a day");
  });
});

describe("times of day", () => {
  test.each([
    ["12:30", "12:30:00"],
    ["23:59:59.100000", "23:59:59.1"],
    ["00:00:00.000001", "00:00:00.000001"],
    ["00:00:00.0000010", "00:00:00.000001"],
  ])("%s is %s", (given, canonical) => {
    expect(acceptTime({ kind: "time" })(given)).toBe(canonical);
    expect(readTime(given)).toBe(canonical);
  });

  test.each(["24:00:00", "12:60", "12:30:60", "1:30", "12:30:00.0000001", "12:30Z", "", 12])("%s is none", (value) => {
    expect(() => acceptTime({ kind: "time" })(value)).toThrow("expected a time of day");
    expect(() => readTime(value)).toThrow("expected a time of day");
  });

  test("have no more digits than the precision", () => {
    expect(() => acceptTime({ kind: "time", precision: 3 })("12:00:00.0001")).toThrow("at most 3 digits");
  });
});
