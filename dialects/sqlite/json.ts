// How values travel inside JSON that a statement builds. JSON has numbers, which JavaScript reads as doubles, text, true and
// false: whatever these would alter goes as text.
import {
  bytesFromHex,
  type JsonCodec,
  readBigint,
  readBytes,
  readCustom,
  readFloat,
  readInteger,
  remembered,
  type SqlType,
} from "../../core/dialect/index.ts";
import { codec } from "./types.ts";

type CodecOf = (type: SqlType) => JsonCodec;

const asItIs: JsonCodec["write"] = (write) => write();

/** How the values of a type travel inside JSON; the same object for the same type. */
export const jsonCodec: CodecOf = codecsWith(asItIs);

/** The same where SQLite itself would leave out the last digits of a double: see dialect-for.ts. */
export const jsonCodecOfDigits: CodecOf = codecsWith(around("json(double_text(", "))"));

function codecsWith(writeDouble: JsonCodec["write"]): CodecOf {
  const codecs: CodecOf = remembered((type) => codecOf(type, writeDouble, codecs));
  return codecs;
}

function codecOf(type: SqlType, writeDouble: JsonCodec["write"], jsonCodec: CodecOf): JsonCodec {
  switch (type.kind) {
    case "bigint":
      return { write: around("cast(", " as text)"), decode: type.as === "number" ? readInteger : readBigint };
    // SQLite writes infinity as 9.0e+999, which JSON.parse reads as Infinity.
    case "float":
      return { write: writeDouble, decode: readFloat };
    case "boolean":
      return { write: around("('[false,true]' -> (", "))"), decode: codec(type).decode };
    case "bytes":
      return { write: writeHex, decode: (value) => readBytes(bytesFromHex(value)) };
    case "json":
    case "json-row":
      return { write: around("json(", ")"), decode: (value) => value };
    case "custom": {
      const base = jsonCodec(type.base);
      return { write: base.write, decode: readCustom(type, base.decode) };
    }
    default:
      return { write: asItIs, decode: codec(type).decode };
  }
}

function around(before: string, after: string): JsonCodec["write"] {
  return (write, out) => {
    out.add(before);
    write();
    out.add(after);
  };
}

// hex(null) is not null but empty.
const writeHex: JsonCodec["write"] = (write, out) => {
  out.add("case when ");
  write();
  out.add(" is not null then hex(");
  write();
  out.add(") end");
};
