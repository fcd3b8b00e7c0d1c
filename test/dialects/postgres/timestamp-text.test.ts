import fc from "fast-check";
import { expect, test } from "vitest";
import { commonMilliseconds } from "../../../dialects/postgres/timestamp-text.ts";

test("the common form is read as Date reads it, with and without an offset", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("0100-01-01"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }),
      fc.integer({ min: 0, max: 6 }),
      fc.stringMatching(/^\d{3}$/),
      (date, digits, micros) => {
        const [day, clock] = date.toISOString().slice(0, 19).split("T");
        const fraction = (String(date.getUTCMilliseconds()).padStart(3, "0") + micros).slice(0, digits);
        const text = `${day} ${clock}${fraction === "" ? "" : `.${fraction}`}`;
        const expected = Date.parse(`${day}T${clock}Z`) + Number(fraction.slice(0, 3).padEnd(3, "0"));
        expect(commonMilliseconds(text)).toBe(expected);
        expect(commonMilliseconds(`${text}+00`)).toBe(expected);
      },
    ),
    { numRuns: 5_000 },
  );
});

test("any other form is left alone", () => {
  for (const text of [
    "infinity",
    "-infinity",
    "2024-01-01",
    "0044-03-15 12:00:00 BC",
    "0044-03-15 12:00:00",
    "12024-01-01 00:00:00",
    "2024-01-01 00:00:00+05:45",
    "2024-01-01 00:00:00+01",
    "2024-01-01T00:00:00",
    "x024-01-01 00:00:00",
    "2024-01-01 00:00:0x",
    "2024-01-01 00:00:00,5",
    "",
  ]) {
    expect(commonMilliseconds(text)).toBe(undefined);
  }
});
