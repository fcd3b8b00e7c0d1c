// Spans of time as ISO 8601 durations. They are kept in three parts that do not convert into each other: months, days
// and microseconds (a month has no fixed number of days, nor a day of hours), and written as PostgreSQL writes them.
import { malformed, refuse, refuseAs } from "./found.ts";

export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly microseconds: number;
}

/** Gives an ISO 8601 duration in its one canonical form: `P14M` as `P1Y2M`, `P2W` as `P14D`, `PT90S` as `PT1M30S`. */
export function acceptInterval(value: unknown): string {
  const expected = "an ISO 8601 duration, e.g. P1Y2M3DT4H5M6.5S";
  if (typeof value !== "string") return refuse(expected, value);
  const interval = parseInterval(value);
  if (interval === undefined) return refuseAs(expected, "a string that is none");
  return intervalText(interval);
}

export function readInterval(value: unknown): string {
  const interval = typeof value === "string" ? parseInterval(value) : undefined;
  return interval === undefined ? malformed("an ISO 8601 duration", value) : intervalText(interval);
}

/** Reads an ISO 8601 duration; each part may have a sign, only seconds a fraction. `undefined` if it is none. */
export function parseInterval(text: string): Interval | undefined {
  const match = durationPattern.exec(text);
  if (match === null) return undefined;
  const sign = match[1] === "-" ? -1 : 1;
  const [years, months, weeks, days, hours, minutes] = match.slice(2, 8).map((part) => Number(part ?? 0) * sign);
  const interval = {
    months: (years as number) * 12 + (months as number),
    days: (weeks as number) * 7 + (days as number),
    microseconds: ((hours as number) * 3_600 + (minutes as number) * 60) * 1e6 + sign * secondsAsMicroseconds(match),
  };
  return isKept(interval) ? interval : undefined;
}

export function intervalText({ months, days, microseconds }: Interval): string {
  const date = part(Math.trunc(months / 12), "Y") + part(months % 12, "M") + part(days, "D");
  const seconds = Math.trunc(microseconds / 1e6);
  const time =
    part(Math.trunc(seconds / 3_600), "H") + part(Math.trunc(seconds / 60) % 60, "M") + secondsText(microseconds);
  if (time === "") return date === "" ? "PT0S" : `P${date}`;
  return `P${date}T${time}`;
}

// The lookaheads ask for at least one part, and for one behind T.
const durationPattern =
  /^([+-]?)P(?=[\dT+-])(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?=[\d+-])(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?)(\d+)(?:\.(\d{1,6})0*)?S)?)?$/;

function secondsAsMicroseconds(match: RegExpExecArray): number {
  const [sign, whole = "0", fraction = ""] = match.slice(8);
  return (sign === "-" ? -1 : 1) * (Number(whole) * 1e6 + Number(fraction.padEnd(6, "0")));
}

// What PostgreSQL holds, and a number holds exactly.
function isKept({ months, days, microseconds }: Interval): boolean {
  return Math.abs(months) < 2 ** 31 && Math.abs(days) < 2 ** 31 && Number.isSafeInteger(microseconds);
}

function part(value: number, unit: string): string {
  return value === 0 ? "" : `${value}${unit}`;
}

function secondsText(microseconds: number): string {
  const rest = Math.abs(microseconds % 60e6);
  if (rest === 0) return "";
  const fraction =
    rest % 1e6 === 0
      ? ""
      : `.${String(rest % 1e6)
          .padStart(6, "0")
          .replace(/0+$/, "")}`;
  return `${microseconds < 0 ? "-" : ""}${Math.floor(rest / 1e6)}${fraction}S`;
}
