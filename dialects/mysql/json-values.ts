// How values travel inside JSON that a statement builds: what JSON.parse would round, or JSON cannot hold, goes as text.
import { bytesFromHex, type JsonCodec, type SqlType, type TextBuffer } from "../../core/dialect/index.ts";
import { codec } from "./types.ts";

export function jsonCodec(type: SqlType): JsonCodec {
  switch (type.kind) {
    case "bigint":
    case "decimal":
    case "uuid":
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return { write: asText, decode: codec(type).decode };
    // A FLOAT alone is written with six digits.
    case "float":
      return { write: type.size === 4 ? asDouble : asIs, decode: codec(type).decode };
    case "bytes":
      return { write: asHex, decode: bytesFromHex };
    // Already parsed with what stands around it.
    case "json":
    case "json-row":
      return { write: asIs, decode: same };
    case "custom": {
      const base = jsonCodec(type.base);
      const decode = type.decode as ((value: unknown) => unknown) | undefined;
      return decode === undefined ? base : { write: base.write, decode: (value) => decode(base.decode(value)) };
    }
    default:
      return { write: asIs, decode: codec(type).decode };
  }
}

function asIs(write: () => void): void {
  write();
}

function asText(write: () => void, out: TextBuffer): void {
  out.add("cast(");
  write();
  out.add(" as char)");
}

function asDouble(write: () => void, out: TextBuffer): void {
  out.add("cast(");
  write();
  out.add(" as double)");
}

function asHex(write: () => void, out: TextBuffer): void {
  out.add("hex(");
  write();
  out.add(")");
}

function same(value: unknown): unknown {
  return value;
}
