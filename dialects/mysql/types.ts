// How values travel to MySQL and MariaDB and back, and what their types are called. Integers are bound as `bigint` and
// decimals as Decimal, see wire.ts; times are text in UTC, in which every session is. What comes back is a number, text or
// bytes by the column's type on the server, which for an expression may be another than declared: a sum of integers comes as
// the text of a decimal.
import {
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
  type Codec,
  CompileError,
  type DecimalType,
  malformed,
  readBigint,
  readBoolean,
  readBytes,
  readCustom,
  readDate,
  readDecimal,
  readEnumeration,
  readFloat,
  readInteger,
  readInterval,
  readJson,
  readString,
  readTime,
  readTimestamp,
  readUuid,
  refuseAs,
  remembered,
  type SqlType,
  type StringType,
  type TimestampType,
} from "../../core/dialect/index.ts";
import { plainDate, textOfTime } from "./times.ts";
import { Decimal } from "./wire.ts";

/** How the values of a type travel; the same object for the same type. */
export const codec: (type: SqlType) => Codec = remembered(codecOf);

function codecOf(type: SqlType): Codec {
  switch (type.kind) {
    case "integer": {
      const accept = acceptInteger(type);
      return {
        encode: (value) => BigInt(accept(value)),
        plain: "safe integer",
        decode: (value) => readInteger(whole(value)),
      };
    }
    case "bigint": {
      const encode = acceptBigint(type);
      if (type.as === "number") return { encode, plain: "safe integer", decode: (value) => readInteger(whole(value)) };
      return { encode, plain: "bigint", decode: (value) => readBigint(whole(value)) };
    }
    case "float": {
      const accept = acceptFloat(type, { nan: false, infinity: false });
      // There is no -0.
      if (type.size === 8) return { encode: (value) => accept(value) + 0, plain: "number", decode: readFloat };
      // A FLOAT column equals what it holds, which is the value rounded to four bytes.
      return { encode: (value) => Math.fround(accept(value)) + 0, decode: (value) => shortest(readFloat(value)) };
    }
    case "decimal":
      return { encode: decimalEncoder(type), decode: decimalDecoder(type) };
    case "boolean":
      return { encode: acceptBoolean, decode: readFlag };
    case "text":
    case "varchar":
      return { encode: acceptString(type), plain: "string", decode: readText };
    case "char":
      return { encode: unpadded(type), plain: "string", decode: readText };
    case "uuid":
      return { encode: acceptUuid, decode: readUuid };
    case "enumeration":
      return { encode: acceptEnumeration(type), decode: readEnumeration(type) };
    case "date":
      return { encode: acceptDate, decode: (value) => readDate(textOfTime(value)) };
    case "time":
      return { encode: acceptTime(type), decode: readTime };
    case "timestamp":
    case "timestamptz":
      return { encode: acceptTimestamp(type), decode: timeDecoder(type) };
    case "interval":
      return { encode: acceptInterval, decode: readInterval };
    case "json":
    case "json-row":
      return { encode: acceptJson, decode: readJson };
    case "bytes":
      return { encode: acceptBytes(type), decode: readBytes };
    case "array":
      throw noArrays();
    case "custom": {
      const base = codec(type.base);
      return {
        encode: acceptCustom(type, base.encode),
        decode: readCustom(type, base.decode),
        plain: type.decode === undefined ? base.plain : undefined,
      };
    }
  }
}

/** MariaDB's own type keeps uuids of the versions that the first standard had room for. */
export const mariadbUuid: Codec = {
  encode(value) {
    const uuid = acceptUuid(value);
    if (uuid.charAt(14) < "8" || uuid === "ffffffff-ffff-ffff-ffff-ffffffffffff") return uuid;
    return refuseAs(
      "a uuid of version 0 to 7",
      "one that MariaDB's uuid type refuses",
      "Keep it in a char(36) column.",
    );
  },
  decode: readUuid,
};

/** The name of a type in CREATE TABLE. */
export function typeName(type: SqlType): string {
  switch (type.kind) {
    case "integer":
      return `${integerNames[type.size]}${type.unsigned ? " unsigned" : ""}`;
    case "bigint":
      return `bigint${type.unsigned ? " unsigned" : ""}`;
    case "float":
      return type.size === 4 ? "float" : "double";
    case "decimal":
      return `decimal${digitsOf(type)}${type.unsigned ? " unsigned" : ""}`;
    case "boolean":
      return "boolean";
    // TEXT ends after 64 KB, LONGTEXT after 4 GB; they are kept alike.
    case "text":
      return "longtext";
    case "varchar":
      return type.length === undefined ? "longtext" : `varchar(${type.length})`;
    case "char":
      return `char(${type.length ?? 1})`;
    case "uuid":
      return "char(36) character set ascii collate ascii_bin";
    case "enumeration":
      return `enum(${type.values.map(quoted).join(", ")})`;
    case "date":
      return "date";
    case "time":
      return `time(${type.precision ?? 6})`;
    // TIMESTAMP ends in 2038 on most servers, and its only other virtue, the session's time zone, is always UTC here.
    case "timestamp":
    case "timestamptz":
      return `datetime(${type.precision ?? 6})`;
    case "interval":
      return "varchar(80)";
    case "json":
    case "json-row":
      return "json";
    case "bytes":
      return type.length === undefined ? "longblob" : `varbinary(${type.length})`;
    case "array":
      throw noArrays();
    case "custom":
      return type.sql;
  }
}

/** The name of a type in CAST, which knows fewer: https://dev.mysql.com/doc/refman/8.4/en/cast-functions.html#function_cast */
export function castName(type: SqlType): string {
  switch (type.kind) {
    case "integer":
    case "bigint":
      return type.unsigned ? "unsigned" : "signed";
    case "float":
      return type.size === 4 ? "float" : "double";
    case "decimal":
      return `decimal${digitsOf(type)}`;
    case "boolean":
      return "signed";
    case "text":
    case "enumeration":
    case "interval":
      return "char";
    case "varchar":
    case "char":
      return type.length === undefined ? "char" : `char(${type.length})`;
    case "uuid":
      return "char(36)";
    case "date":
      return "date";
    case "time":
      return `time(${type.precision ?? 6})`;
    case "timestamp":
    case "timestamptz":
      return `datetime(${type.precision ?? 6})`;
    case "json":
    case "json-row":
      return "json";
    case "bytes":
      return type.length === undefined ? "binary" : `binary(${type.length})`;
    case "array":
      throw noArrays();
    case "custom":
      return type.sql;
  }
}

const integerNames = { 1: "tinyint", 2: "smallint", 3: "mediumint", 4: "int", 8: "bigint" } as const;

/** DECIMAL alone means ten digits and no fraction, and would round; this is the widest there is. */
const widest = { whole: 35, fraction: 30 } as const;

function digitsOf({ precision, scale }: DecimalType): string {
  if (precision === undefined) return `(${widest.whole + widest.fraction}, ${widest.fraction})`;
  return `(${precision}, ${scale ?? 0})`;
}

function decimalEncoder(type: DecimalType): Codec["encode"] {
  const accept = acceptDecimal(type);
  if (type.precision !== undefined) return (value) => new Decimal(accept(value));
  return (value) => {
    const digits = accept(value);
    const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
    if (whole.length > widest.whole || fraction.replace(/0+$/, "").length > widest.fraction) {
      const most = `a decimal of at most ${widest.whole} digits before the point and ${widest.fraction} after it`;
      return refuseAs(most, "one with more", "MySQL and MariaDB have no longer ones.");
    }
    return new Decimal(digits);
  };
}

/** A decimal without a declared scale is stored with 30 digits after the point; the zeros at their end were never given. */
function decimalDecoder(type: DecimalType): Codec["decode"] {
  const read = readDecimal(type);
  if (type.as === "number" || type.scale !== undefined) return read;
  return (value) => {
    const text = read(value) as string;
    return text.length - text.indexOf(".") - 1 === widest.fraction ? text.replace(/\.?0+$/, "") : text;
  };
}

/** A whole number may come as the text of a decimal, as a sum or a quotient is. */
function whole(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\.0+$/, "") : value;
}

/** The shortest decimal that is the same four-byte number, which is what the server and other clients show. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return Number(value.toPrecision(9));
}

/** Comparisons are numbers, what was taken out of JSON is text, BIT(1) is a byte. */
function readFlag(value: unknown): boolean {
  if (value === 1) return true;
  if (value === 0) return false;
  if (typeof value === "string") return readBoolean(flags.get(value) ?? value);
  return readBoolean(value instanceof Uint8Array && value.length === 1 ? value[0] : value);
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ["0", false],
  ["1", true],
  ["false", false],
  ["true", true],
]);

function timeDecoder(type: TimestampType): Codec["decode"] {
  const read = readTimestamp(type);
  // What the connection's reader makes is right; see times.ts.
  if (type.as === "date") return (value) => (value instanceof Date ? plainDate(value) : read(value));
  return (value) => read(textOfTime(value));
}

/** Some functions give text as bytes. */
function readText(value: unknown): string {
  if (!(value instanceof Uint8Array)) return readString(textOfTime(value));
  try {
    return utf8.decode(value);
  } catch {
    return malformed("text in UTF-8", value);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function unpadded(type: StringType): Codec["encode"] {
  const accept = acceptString(type);
  return (value) => {
    const text = accept(value);
    if (!text.endsWith(" ")) return text;
    return refuseAs(
      "a string without spaces at its end",
      "one with some",
      "A char() column drops them: declare it as varchar().",
    );
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function noArrays(): CompileError {
  return new CompileError(
    "MySQL and MariaDB have no arrays",
    "Keep the list in a json() column, or in a table of its own.",
  );
}
