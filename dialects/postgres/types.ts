// How values travel to PostgreSQL and back. Everything is sent as text, so that no number passes through a double that
// need not; bytes alone go as they are. Every value comes as the text that PostgreSQL writes, see driver.ts for the settings
// that its form depends on.
import {
  type ArrayType,
  acceptBigint,
  acceptBoolean,
  acceptBytes,
  acceptCustom,
  acceptDate,
  acceptDecimal,
  acceptEnumeration,
  acceptFloat,
  acceptInteger,
  acceptInterval,
  acceptJson,
  acceptString,
  acceptTime,
  acceptTimestamp,
  acceptUuid,
  bytesToHex,
  type Codec,
  type CustomType,
  type DecimalType,
  malformed,
  readBigint,
  readCustom,
  readDate,
  readDecimal,
  readEnumeration,
  readFloat,
  readInteger,
  readInterval,
  readJson,
  readTime,
  readTimestamp,
  refuse,
  refuseAs,
  remembered,
  type SqlType,
  type StringType,
  type TimestampType,
  unreachable,
} from "../../core/dialect/index.ts";
import { arrayText, readArrayText, type Texts } from "./array-text.ts";
import { commonMilliseconds } from "./timestamp-text.ts";

/** The codec of a type. The same type has the same codec, so that equal values can share a placeholder. */
export const codec: (type: SqlType) => Codec = remembered(codecOf);

function codecOf(type: SqlType): Codec {
  switch (type.kind) {
    case "integer":
      return { encode: asText(acceptInteger(type)), decode: decodeInteger };
    case "bigint":
      return { encode: asText(acceptBigint(type)), decode: type.as === "bigint" ? readBigint : decodeInteger };
    case "float":
      return { encode: encodeFloat(acceptFloat(type, { nan: true, infinity: true })), decode: decodeFloat };
    case "decimal":
      return { encode: acceptDecimal(type), decode: decodeDecimal(type) };
    case "boolean":
      return { encode: asText(acceptBoolean), decode: decodeBoolean };
    case "text":
    case "varchar":
      return { encode: acceptText(type), plain: "string", decode: (value) => malformed("text", value) };
    case "char":
      return { encode: acceptPadded(type), decode: decodePadded };
    case "uuid":
      return { encode: acceptUuid, plain: "string", decode: (value) => malformed("a uuid", value) };
    case "enumeration":
      return { encode: acceptEnumeration(type), decode: readEnumeration(type) };
    case "date":
      return { encode: acceptDate, decode: finite("date", readDate) };
    case "time":
      return { encode: acceptTime(type), decode: readTime };
    case "timestamp":
      return { encode: acceptTimestamp(type), decode: decodeTimestamp(type) };
    case "timestamptz":
      return { encode: acceptTimestamptz(type), decode: decodeTimestamp(type) };
    case "interval":
      return { encode: acceptInterval, decode: readInterval };
    case "json":
      return { encode: acceptDocument, decode: readJson };
    case "json-row":
      return { encode: acceptDocument, decode: readJson };
    case "bytes":
      return { encode: acceptBytes(type), decode: decodeBytes };
    case "array":
      return { encode: encodeArray(type), decode: decodeArray(type) };
    case "custom":
      return customCodec(type);
    default:
      return unreachable(type);
  }
}

function asText(accept: (value: unknown) => number | bigint | boolean): (value: unknown) => string {
  return (value) => String(accept(value));
}

// Most whole numbers are keys and counts: short runs of digits, which are read so in half the time that Number() takes.
function decodeInteger(value: unknown): number {
  if (typeof value !== "string" || value.length === 0 || value.length > 15) return readInteger(value);
  let number = 0;
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return decodeSigned(value);
    number = number * 10 + digit;
  }
  return number;
}

function decodeSigned(value: string): number {
  const number = Number(value);
  return Number.isInteger(number) ? number : readInteger(value);
}

function decodeFloat(value: unknown): number {
  if (typeof value === "string" && value !== "") {
    const number = Number(value);
    if (!Number.isNaN(number)) return number;
  }
  return readFloat(value);
}

function encodeFloat(accept: (value: unknown) => number): (value: unknown) => string {
  return (value) => {
    const number = accept(value);
    return Object.is(number, -0) ? "-0" : String(number);
  };
}

/** PostgreSQL writes a decimal as the type does, unless it is none: `NaN` and the infinities. */
function decodeDecimal(type: DecimalType): (value: unknown) => string | number {
  const read = readDecimal(type);
  if (type.as === "number" || type.scale !== undefined) return read;
  return (value) => {
    if (typeof value !== "string") return read(value);
    const last = value.charCodeAt(value.length - 1);
    return last >= 48 && last <= 57 ? value : read(value);
  };
}

/** `t` and `f`; a cast to text has made `true` and `false` of them. */
function decodeBoolean(value: unknown): boolean {
  if (value === "t" || value === "true" || value === true) return true;
  if (value === "f" || value === "false" || value === false) return false;
  return malformed("a boolean", value);
}

function acceptText(type: StringType): (value: unknown) => string {
  const accept = acceptString(type);
  return (value) => withoutNul(accept(value));
}

function withoutNul(text: string): string {
  if (text.includes("\0")) return refuseAs("text without NUL, which PostgreSQL cannot keep", "one with NUL");
  return text;
}

// char(n) is filled up with blanks, and those at its end mean nothing: what is written with some would come back without.
function acceptPadded(type: StringType): (value: unknown) => string {
  const accept = acceptText(type);
  return (value) => {
    const text = accept(value);
    if (text.endsWith(" ")) {
      return refuseAs("text without blanks at its end, which char(n) loses", "one with", "Use varchar(n) or text().");
    }
    return text;
  };
}

function decodePadded(value: unknown): string {
  return typeof value === "string" ? value.replace(/ +$/, "") : malformed("text", value);
}

function acceptDocument(value: unknown): string {
  const text = acceptJson(value);
  // An escaped NUL, before which an even number of backslashes escape each other.
  if (text.includes("\\u0000") && /(?<!\\)(?:\\\\)*\\u0000/.test(text)) {
    return refuseAs("JSON without NUL, which PostgreSQL cannot keep", "one with NUL in a string");
  }
  return text;
}

/** PostgreSQL's infinities are no point in time, and no `Date` or ISO text stands for one. */
function finite<T>(kind: string, read: (value: unknown) => T): (value: unknown) => T {
  return (value) => {
    if (value === "infinity" || value === "-infinity") {
      return malformed(
        `a finite ${kind}`,
        value,
        `The column holds PostgreSQL's ${value}: read it with .cast(text()), or keep it out with a check.`,
      );
    }
    return read(value);
  };
}

// The offset says that it is UTC whatever the session's time zone.
function acceptTimestamptz(type: TimestampType): (value: unknown) => string {
  const accept = acceptTimestamp(type);
  return (value) => `${accept(value)}+00`;
}

// Sessions are in UTC, so that both kinds read alike.
function decodeTimestamp(type: TimestampType): (value: unknown) => Date | string {
  const read = finite("timestamp", readTimestamp(type));
  if (type.as === "string") return read;
  return (value) => {
    const milliseconds = typeof value === "string" ? commonMilliseconds(value) : undefined;
    return milliseconds === undefined ? read(value) : new Date(milliseconds);
  };
}

function decodeBytes(value: unknown): Uint8Array {
  if (typeof value !== "string" || !value.startsWith("\\x")) return malformed("bytes", value);
  // A small Buffer is a window onto a pool: the copy has its own memory.
  return new Uint8Array(Buffer.from(value.slice(2), "hex"));
}

function encodeArray(type: ArrayType): (value: unknown) => string {
  const toTexts = textsOf(type);
  return (value) => arrayText(toTexts(value));
}

function textsOf(type: ArrayType): (value: unknown) => Texts {
  const { of, nulls } = type;
  const element: (value: unknown) => Texts[number] =
    of.kind === "array" ? textsOf(of) : elementText(codec(of), nulls === true);
  return (value) => {
    if (!Array.isArray(value)) return refuse("an array", value);
    const texts = Array.from(value, element);
    // PostgreSQL's arrays of arrays are blocks.
    if (of.kind === "array" && new Set(texts.map((text) => text?.length)).size > 1) {
      return refuseAs("an array of arrays of one length", "one of several lengths");
    }
    return texts;
  };
}

/** How a value stands in a list of values of its type, some of which may be null. */
export function listItemEncoder(type: SqlType): (value: unknown) => string | null {
  return elementText(codec(type), nullsToo);
}
const nullsToo = true;

function elementText({ encode }: Codec, nulls: boolean): (value: unknown) => string | null {
  return (value) => {
    if (value === null && nulls) return null;
    if (value === null || value === undefined) return refuse("an array without nulls", value);
    const encoded = encode(value);
    return encoded instanceof Uint8Array ? `\\x${bytesToHex(encoded)}` : String(encoded);
  };
}

function decodeArray(type: ArrayType): (value: unknown) => unknown[] {
  const read = readItems(type);
  return (value) => (typeof value === "string" ? read(readArrayText(value)) : malformed("an array", value));
}

/** Reads the elements of an array, given as the texts of PostgreSQL unless `decoder` says otherwise. */
export function readItems(
  { of, nulls }: ArrayType,
  decoder: (of: SqlType) => (value: unknown) => unknown = textDecoder,
): (items: unknown) => unknown[] {
  const decode = of.kind === "array" ? readItems(of, decoder) : decoder(of);
  return (items) => {
    if (!Array.isArray(items)) return malformed("an array", items);
    return items.map((item: unknown) => {
      if (item !== null) return decode(item);
      if (nulls === true) return null;
      return malformed("an array without nulls", null, "Leave them out, e.g. with array_remove(…, null).");
    });
  };
}

function textDecoder(of: SqlType): (value: unknown) => unknown {
  const { plain, decode } = codec(of);
  return plain === "string" ? (value) => (typeof value === "string" ? value : decode(value)) : decode;
}

function customCodec(type: CustomType): Codec {
  const base = codec(type.base);
  const encode = acceptCustom(type, base.encode);
  if (type.decode === undefined) return { ...base, encode };
  const { plain, decode } = base;
  return {
    encode,
    decode: readCustom(
      type,
      plain === "string" ? (value) => (typeof value === "string" ? value : decode(value)) : decode,
    ),
  };
}
