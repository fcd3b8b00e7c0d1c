// Which JavaScript values a type accepts, whatever the database: what data is checked by before there is a statement. A
// database may refuse more (see `kept` of each dialect), none takes what is refused here.
import { acceptBoolean } from "./booleans.ts";
import { acceptBytes, bytesFromBase64 } from "./bytes.ts";
import { acceptCustom } from "./custom.ts";
import { acceptDecimal } from "./decimals.ts";
import { acceptEnumeration } from "./enumeration.ts";
import { acceptFloat } from "./floats.ts";
import { refuse, refuseAs } from "./found.ts";
import { acceptBigint, acceptInteger } from "./integers.ts";
import { acceptInterval } from "./intervals.ts";
import { acceptJson } from "./json.ts";
import type { SqlType } from "./sql-type.ts";
import { acceptString, acceptUuid } from "./strings.ts";
import { acceptDate, acceptTime, acceptTimestamp, parseInstant } from "./time.ts";

/**
 * Checks a value against a type: throws a {@link ParameterError} that says what was expected, else gives what the value is
 * sent as. Null is for the column to judge.
 */
export function acceptValue(type: SqlType): (value: unknown) => unknown {
  switch (type.kind) {
    case "integer":
      return acceptInteger(type);
    case "bigint":
      return acceptBigint(type);
    case "float":
      return acceptFloat(type, { nan: true, infinity: true });
    case "decimal":
      return acceptDecimal(type);
    case "boolean":
      return acceptBoolean;
    case "text":
    case "varchar":
    case "char":
      return acceptString(type);
    case "uuid":
      return acceptUuid;
    case "enumeration":
      return acceptEnumeration(type);
    case "date":
      return acceptDate;
    case "time":
      return acceptTime(type);
    case "timestamp":
    case "timestamptz":
      return acceptTimestamp(type);
    case "interval":
      return acceptInterval;
    case "json":
    case "json-row":
      return acceptJson;
    case "bytes":
      return acceptBytes(type);
    case "array": {
      const accept = acceptValue(type.of);
      return (value) =>
        Array.isArray(value)
          ? value.map((one) => (one === null && type.nulls ? null : accept(one)))
          : refuse("a list of values", value);
    }
    case "custom":
      return acceptCustom(type, acceptValue(type.base));
  }
}

/**
 * The value that stands in JSON for one of a type: a point in time as ISO 8601, a bigint as its digits or a whole number,
 * bytes as base64. What JSON has itself, and what is none of these, is given back as it is.
 */
export function fromJson(type: SqlType): (value: unknown) => unknown {
  switch (type.kind) {
    case "bigint":
      return type.as === "bigint" ? bigintFromJson : same;
    case "timestamp":
    case "timestamptz":
      return type.as === "date" ? dateFromJson : same;
    case "bytes":
      return bytesFromJson;
    case "array": {
      const read = fromJson(type.of);
      return (value) => (Array.isArray(value) ? value.map(read) : value);
    }
    default:
      return same;
  }
}

const same = (value: unknown): unknown => value;
const wholeNumber = /^-?\d{1,20}$/;

function bigintFromJson(value: unknown): unknown {
  return Number.isSafeInteger(value) || (typeof value === "string" && wholeNumber.test(value))
    ? BigInt(value as string | number)
    : value;
}

function dateFromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const instant = value.length <= 40 ? parseInstant(value) : undefined;
  if (instant === undefined) return refuseAs("a point in time as ISO 8601", "a string that is none");
  if (instant.microseconds !== 0) return refuseAs("a point in time with at most three digits after the second", "more");
  return new Date(instant.milliseconds);
}

function bytesFromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return bytesFromBase64(value);
  } catch {
    return refuseAs("bytes as base64", "a string that is none");
  }
}
