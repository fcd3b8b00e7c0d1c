// Points in time as mysql2 reads them. It can make a `Date`, which forgets microseconds and takes the year 50 for 1950, or a
// text, which it puts together of a dozen pieces: that takes longer than all else about a row. So each connection's reader
// is given its own way, which makes a `Date` that is right, and keeps the microseconds beside it.
import type { Connection } from "mysql2";

/** A point in time with microseconds that are no whole milliseconds. */
export class PreciseDate extends Date {
  readonly microseconds: number;

  constructor(milliseconds: number, microseconds: number) {
    super(milliseconds);
    this.microseconds = microseconds;
  }
}

/** What is used of mysql2's reader of packets, which it does not declare. */
interface Packet {
  readInt8(): number;
  readInt16(): number;
  readInt32(): number;
  readDateTimeString(decimals: number, separator: string | null, columnType: number): unknown;
}

/** The code of the type DATE in the protocol. */
const dateType = 10;

/** Makes a connection read times so. Where mysql2 is made otherwise than expected, it goes on to give text, which is slower. */
export function readTimes(connection: Connection): void {
  const { packetParser } = connection as unknown as { packetParser?: { _reusablePacket?: Packet } };
  const packet = packetParser?._reusablePacket;
  if (typeof packet?.readDateTimeString === "function") packet.readDateTimeString = readDateTime;
}

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html
function readDateTime(this: Packet, _decimals: number, _separator: string | null, columnType: number): Date | string {
  const length = this.readInt8();
  if (length === 0) return columnType === dateType ? "0000-00-00" : "0000-00-00 00:00:00";
  const year = this.readInt16();
  const month = this.readInt8();
  const day = this.readInt8();
  const hour = length > 4 ? this.readInt8() : 0;
  const minute = length > 4 ? this.readInt8() : 0;
  const second = length > 4 ? this.readInt8() : 0;
  const micros = length > 7 ? this.readInt32() : 0;
  if (columnType === dateType) return dayText(year, month, day);
  const days = epochDay(year, month, day);
  // A day that the calendar has not would become another one.
  if (days === undefined) return `${dayText(year, month, day)} ${two[hour]}:${two[minute]}:${two[second]}`;
  const milliseconds = Math.floor(micros / 1_000);
  const time = days * 86_400_000 + (hour * 3_600_000 + minute * 60_000 + second * 1_000 + milliseconds);
  const rest = micros - milliseconds * 1_000;
  return rest === 0 ? new Date(time) : new PreciseDate(time, rest);
}

const lengths = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysBefore = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Days since 1970-01-01, by the Gregorian calendar; `undefined` for a day it has not. */
function epochDay(year: number, month: number, day: number): number | undefined {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = (lengths[month] as number) + (isLeap && month === 2 ? 1 : 0);
  // The thirteenth month is NaN days long.
  if (!(day >= 1 && day <= length)) return undefined;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return before * 365 + leapDays + (daysBefore[month] as number) + (isLeap && month > 2 ? 1 : 0) + day - 719_163;
}

const two: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

function dayText(year: number, month: number, day: number): string {
  return `${year > 999 ? year : String(year).padStart(4, "0")}-${two[month]}-${two[day]}`;
}

/** The text that the server would show: `YYYY-MM-DD HH:MM:SS[.ffffff]`. Anything but a `Date` stays as it is. */
export function textOfTime(value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  const text = value.toISOString().replace("T", " ").replace("Z", "");
  const more = value instanceof PreciseDate ? String(value.microseconds).padStart(3, "0") : "000";
  return `${text}${more}`.replace(/\.0+$/, "");
}

/** A plain `Date`; anything else as it is. */
export function plainDate(value: unknown): unknown {
  return value instanceof PreciseDate ? new Date(value.getTime()) : value;
}
