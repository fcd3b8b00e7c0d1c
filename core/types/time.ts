// Dates, times of day and points in time. Points in time travel as text in UTC, `YYYY-MM-DD HH:MM:SS[.ffffff]`, with no
// more digits than they need: such texts are equal exactly if the times are, and sort as the times do. They are read
// without Date.parse, which takes what is not ISO for local time.
import { malformed, refuse, refuseAs } from "./found.ts";
import type { TimestampType, TimeType } from "./sql-type.ts";

/** A point in time: whole milliseconds since 1970 in UTC, and the microseconds after them, from 0 to 999. */
export interface Instant {
  readonly milliseconds: number;
  readonly microseconds: number;
}

/** Gives a point in time as text in UTC. Years from 1 to 9999, which every database keeps. */
export function acceptTimestamp(type: TimestampType): (value: unknown) => string {
  const read = type.as === "date" ? instantOfDate : instantOfIso;
  return (value) => {
    const instant = read(value);
    checkFraction(microsecondsOf(instant), type.precision);
    return timestampText(instant);
  };
}

/** Gives back a day that the calendar has. */
export function acceptDate(value: unknown): string {
  const expected = "a day as YYYY-MM-DD";
  if (typeof value !== "string") return refuse(expected, value);
  if (!isDay(value)) return refuseAs(expected, "a string that is none");
  return value;
}

/** Gives a time of day as `HH:MM:SS[.ffffff]`. */
export function acceptTime(type: TimeType): (value: unknown) => string {
  const expected = "a time of day as HH:MM:SS[.ffffff]";
  return (value) => {
    if (typeof value !== "string") return refuse(expected, value);
    const time = canonicalTime(value);
    if (time === undefined) return refuseAs(expected, "a string that is none");
    checkFraction(Number(time.slice(9).padEnd(6, "0")), type.precision);
    return time;
  };
}

/** Reads a point in time from a driver's text or `Date`: a `Date`, or ISO 8601 with all six digits of its microseconds. */
export function readTimestamp(type: TimestampType): (value: unknown) => Date | string {
  return type.as === "date" ? readAsDate : (value) => isoText(readInstant(value));
}

/** Reads a day; a time of day behind it must be midnight. */
export function readDate(value: unknown): string {
  if (typeof value === "string") {
    if (value.length === 10 && isDay(value)) return value;
    const day = value.slice(0, 10);
    if (isDay(day) && midnight.test(value.slice(10))) return day;
  }
  return malformed("a day as YYYY-MM-DD", value);
}

export function readTime(value: unknown): string {
  const time = typeof value === "string" ? canonicalTime(value) : undefined;
  return time ?? malformed("a time of day as HH:MM:SS[.ffffff]", value);
}

/** Reads text of a point in time; without an offset it is UTC. `undefined` if it is none. */
export function parseInstant(text: string): Instant | undefined {
  const milliseconds = plainMilliseconds(text);
  if (milliseconds !== undefined) return { milliseconds, microseconds: 0 };
  const match = timestampPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset, era] = match;
  const years = era === undefined ? Number(year) : 1 - Number(year);
  const date = epochDay(years, Number(month), Number(day));
  const shift = offsetSeconds(offset);
  if (date === undefined || shift === undefined || !isClock(Number(hour), Number(minute), Number(second)))
    return undefined;
  // Digits past the microseconds: zeros, or the text holds more than a point in time does.
  if (/[1-9]/.test(fraction.slice(6))) return undefined;
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  const seconds = date * 86_400 + Number(hour) * 3_600 + Number(minute) * 60 + Number(second) - shift;
  return { milliseconds: seconds * 1_000 + Math.floor(micros / 1_000), microseconds: micros % 1_000 };
}

/** Text of a point in time in UTC that sorts as time does, for years from 1 to 9999. */
export function timestampText(instant: Instant): string {
  const { day, clock } = partsOf(instant);
  return `${day} ${clock}${shortFraction(microsecondsOf(instant))}`;
}

/** ISO 8601 in UTC with six digits after the second. */
export function isoText(instant: Instant): string {
  const { day, clock } = partsOf(instant);
  return `${day}T${clock}.${String(microsecondsOf(instant)).padStart(6, "0")}Z`;
}

function instantOfDate(value: unknown): Instant {
  const expected = "a valid Date from the year 1 to 9999";
  if (!(value instanceof Date)) return refuse(expected, value);
  const milliseconds = value.getTime();
  if (Number.isNaN(milliseconds)) return refuseAs(expected, "an invalid Date");
  if (!isCommonEra(milliseconds)) return refuseAs(expected, "one out of that range");
  return { milliseconds, microseconds: 0 };
}

function instantOfIso(value: unknown): Instant {
  const expected = "a point in time as ISO 8601, with at most six digits after the second";
  if (typeof value !== "string") return refuse(expected, value);
  const instant = parseInstant(value);
  if (instant === undefined || !isCommonEra(instant.milliseconds)) return refuseAs(expected, "a string that is none");
  return instant;
}

// From 0001-01-01 to 9999-12-31.
function isCommonEra(milliseconds: number): boolean {
  return milliseconds >= -62_135_596_800_000 && milliseconds < 253_402_300_800_000;
}

function readAsDate(value: unknown): Date {
  if (typeof value === "string") {
    const milliseconds = plainMilliseconds(value) ?? parseInstant(value)?.milliseconds;
    if (milliseconds !== undefined && Math.abs(milliseconds) <= 8.64e15) return new Date(milliseconds);
  }
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  return malformed("a point in time as YYYY-MM-DD HH:MM:SS", value);
}

function readInstant(value: unknown): Instant {
  if (value instanceof Date) return { milliseconds: value.getTime(), microseconds: 0 };
  const instant = typeof value === "string" ? parseInstant(value) : undefined;
  return instant ?? malformed("a point in time as YYYY-MM-DD HH:MM:SS", value);
}

// The commonest texts, `YYYY-MM-DD HH:MM:SS` and the same with `.ms`, digit by digit. Anything else is left to the pattern.
function plainMilliseconds(text: string): number | undefined {
  const { length } = text;
  if (length !== 19 && !(length === 23 && text.charCodeAt(19) === point)) return undefined;
  const separator = text.charCodeAt(10);
  if (separator !== space && separator !== letterT) return undefined;
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return undefined;
  if (text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return undefined;
  // A character that is no digit makes a negative number, which none of these is.
  const year = two(text, 0) * 100 + two(text, 2);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const ms = length === 23 ? two(text, 20) * 10 + digit(text, 22) : 0;
  const day = epochDay(year, two(text, 5), two(text, 8));
  if (day === undefined || year < 0 || ms < 0 || hour < 0 || minute < 0 || second < 0) return undefined;
  if (!isClock(hour, minute, second)) return undefined;
  return day * 86_400_000 + (hour * 3_600_000 + minute * 60_000 + second * 1_000 + ms);
}

const space = 32;
const dash = 45;
const point = 46;
const colon = 58;
const letterT = 84;

const notDigit = -100_000;

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : notDigit;
}

function two(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function isClock(hour: number, minute: number, second: number): boolean {
  return hour <= 23 && minute <= 59 && second <= 59;
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysBefore = lengths.map((_, month) => lengths.slice(0, month).reduce((sum, length) => sum + length, 0));

/** Days since 1970-01-01, by the Gregorian calendar; `undefined` for a day it has not. */
function epochDay(year: number, month: number, day: number): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1)) return undefined;
  const isLeap = (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (lengths[month - 1] as number) && !(isLeap && month === 2 && day === 29)) return undefined;
  const years = year - 1;
  const leapDays = (years >> 2) - Math.floor(years / 100) + Math.floor(years / 400) + (isLeap && month > 2 ? 1 : 0);
  return years * 365 + leapDays + (daysBefore[month - 1] as number) + day - 719_163;
}

function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const year = Number(text.slice(0, 4));
  return year >= 1 && epochDay(year, Number(text.slice(5, 7)), Number(text.slice(8))) !== undefined;
}

function canonicalTime(text: string): string | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [, hour = "", minute = "", second = "00", fraction = ""] = match;
  if (!isClock(Number(hour), Number(minute), Number(second)) || /[1-9]/.test(fraction.slice(6))) return undefined;
  return `${hour}:${minute}:${second}${shortFraction(Number(fraction.slice(0, 6).padEnd(6, "0")))}`;
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const midnight = /^[T ]00:00(:00(\.0+)?)?(Z|[+-]00(:?00)?)?$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?$/;
// Offsets and years of more than four digits are PostgreSQL's and ISO 8601's; so is the era.
const timestampPattern =
  /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?)?( BC)?$/i;

function offsetSeconds(offset: string | undefined): number | undefined {
  if (offset === undefined || offset === "Z" || offset === "z") return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (offset.slice(1).match(/\d\d/g) ?? []).map(Number);
  if (!isClock(hours, minutes, seconds)) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 3_600 + minutes * 60 + seconds);
}

function microsecondsOf({ milliseconds, microseconds }: Instant): number {
  return (milliseconds - Math.floor(milliseconds / 1_000) * 1_000) * 1_000 + microseconds;
}

function partsOf({ milliseconds }: Instant): { readonly day: string; readonly clock: string } {
  if (!(Math.abs(milliseconds) <= 8.64e15)) return malformed("a point in time within the range of Date", milliseconds);
  // toISOString writes years outside 0 to 9999 with a sign and six digits.
  const iso = new Date(milliseconds).toISOString();
  const split = iso.indexOf("T");
  return { day: iso.slice(0, split), clock: iso.slice(split + 1, split + 9) };
}

function shortFraction(microseconds: number): string {
  if (microseconds === 0) return "";
  return `.${String(microseconds).padStart(6, "0").replace(/0+$/, "")}`;
}

function checkFraction(microseconds: number, precision: number | undefined): void {
  if (precision === undefined || microseconds % 10 ** (6 - precision) === 0) return;
  refuseAs(`at most ${precision} digits after the second`, "more", "Round it first, or declare a higher precision.");
}
