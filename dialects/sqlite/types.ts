// How values are kept by SQLite, which has but integers, reals, text and blobs, and columns with an affinity to one of them
// (https://sqlite.org/datatype3.html). Integers are bound as `bigint`: a `number` would be bound as a real, and be one
// wherever no column turns it back, as in `? / 2`.
//
// Points in time are text in UTC, as CURRENT_TIMESTAMP writes it, with a fraction only where there is one: such texts are
// equal and sort as the times do. JSON is kept as text, in columns whose type has TEXT affinity.
import {
  acceptBigint,
  acceptBoolean,
  acceptBytes,
  acceptCustom,
  acceptDate,
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
  ParameterError,
  readBigint,
  readBoolean,
  readBytes,
  readCustom,
  readDate,
  readEnumeration,
  readFloat,
  readInteger,
  readInterval,
  readJson,
  readString,
  readTime,
  readTimestamp,
  remembered,
  type SqlType,
  type StringType,
} from "../../core/dialect/index.ts";
import { decimalCodec, decimalTypeName } from "./decimals.ts";

/** How the values of a type travel; the same object for the same type. */
export const codec: (type: SqlType) => Codec = remembered(codecOf);

/** The name of a type in CREATE TABLE. */
export function typeName(type: SqlType): string {
  switch (type.kind) {
    case "integer":
      return integerNames[type.size];
    case "float":
      return type.size === 4 ? "real" : "double precision";
    case "decimal":
      return decimalTypeName(type);
    case "varchar":
    case "char":
      return type.length === undefined ? type.kind : `${type.kind}(${type.length})`;
    case "enumeration":
      return "text";
    // A column of type JSON would have NUMERIC affinity, and turn the document `1.10` into a number.
    case "json":
    case "json-row":
      return "json_text";
    case "bytes":
      return "blob";
    case "array":
      throw noArrays();
    case "custom":
      return type.sql;
    case "bigint":
    case "boolean":
    case "text":
    case "uuid":
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
    case "interval":
      return type.kind;
  }
}

// The node:sqlite of Node 22 takes bytes of which nothing is in memory for null.
const noBytes = new Uint8Array(new ArrayBuffer(1), 0, 0);
const notNull = (bytes: Uint8Array): Uint8Array => (bytes.length === 0 ? noBytes : bytes);

const integerNames = { 1: "tinyint", 2: "smallint", 3: "mediumint", 4: "integer", 8: "bigint" } as const;

function codecOf(type: SqlType): Codec {
  switch (type.kind) {
    case "integer": {
      const accept = acceptInteger(type);
      return { encode: (value) => BigInt(accept(value)), plain: "safe integer", decode: readInteger };
    }
    case "bigint": {
      // Unsigned values past 2^63 have no place in SQLite's integers.
      const encode = acceptBigint({ ...type, unsigned: false });
      const checked = type.unsigned === true ? unsigned(encode) : encode;
      if (type.as === "number") return { encode: checked, plain: "safe integer", decode: readInteger };
      return { encode: checked, plain: "bigint", decode: readBigint, bigints: true };
    }
    case "float": {
      // A real that is a whole number is stored as an integer, which has no -0.
      const accept = acceptFloat(type, { nan: false, infinity: true });
      return { encode: (value) => accept(value) + 0, plain: "number", decode: readFloat };
    }
    case "decimal":
      return decimalCodec(type);
    case "boolean":
      return { encode: (value) => (acceptBoolean(value) ? 1n : 0n), decode: readBoolean };
    case "text":
    case "varchar":
    case "char":
      return { encode: text(type), plain: "string", decode: readString };
    case "uuid":
      return { encode: acceptUuid, plain: "string", decode: readString };
    case "enumeration":
      return { encode: acceptEnumeration(type), decode: readEnumeration(type) };
    case "date":
      return { encode: acceptDate, decode: readDate };
    case "time":
      return { encode: acceptTime(type), decode: readTime };
    case "timestamp":
    case "timestamptz":
      return { encode: acceptTimestamp(type), decode: readTimestamp(type) };
    case "interval":
      return { encode: acceptInterval, decode: readInterval };
    case "json":
    case "json-row":
      return { encode: acceptJson, decode: readDocument };
    case "bytes": {
      const accept = acceptBytes(type);
      return { encode: (value) => notNull(accept(value)), decode: readBytes };
    }
    case "array":
      throw noArrays();
    case "custom": {
      const base = codec(type.base);
      return {
        encode: acceptCustom(type, base.encode),
        decode: readCustom(type, base.decode),
        plain: type.decode === undefined ? base.plain : undefined,
        bigints: base.bigints,
      };
    }
  }
}

// What SQL makes of a text with NUL in it is undefined: https://sqlite.org/nulinstr.html
function text(type: StringType): Codec["encode"] {
  const accept = acceptString(type);
  return (value) => {
    const checked = accept(value);
    if (checked.includes("\0")) {
      throw new ParameterError(
        "expected a string without NUL characters, which SQLite's functions take for its end",
        "Keep such data in a bytes() column.",
      );
    }
    return checked;
  };
}

function unsigned(encode: (value: unknown) => bigint): Codec["encode"] {
  return (value) => {
    const checked = encode(value);
    if (checked < 0n) throw new ParameterError("expected a whole number from 0 on, found a negative one");
    return checked;
  };
}

// Columns that other tools declared as JSON have numeric affinity: a document that is a number comes as one.
function readDocument(value: unknown): unknown {
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : readJson(value);
}

function noArrays(): CompileError {
  return new CompileError("SQLite has no arrays", "Keep the list in a json() column, or in a table of its own.");
}
