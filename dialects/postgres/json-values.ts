// How values travel inside JSON that a statement builds. jsonb writes most of them as PostgreSQL would write their text;
// the others are made text before, so that no digit is lost on the way through a JavaScript number.
import {
  type ArrayType,
  type Codec,
  type CustomType,
  type JsonCodec,
  readCustom,
  remembered,
  type SqlType,
  type TextBuffer,
} from "../../core/dialect/index.ts";
import { codec, readItems } from "./types.ts";

export const jsonCodec: (type: SqlType) => JsonCodec = remembered(jsonCodecOf);

function jsonCodecOf(type: SqlType): JsonCodec {
  switch (type.kind) {
    case "bigint":
    case "decimal":
    case "float":
      return { write: writeAs("text"), decode: decoderOf(codec(type)) };
    case "array":
      return arrayCodec(type);
    // A document within a document is parsed already.
    case "json":
    case "json-row":
      return { write: writeAsItIs, decode: (value) => value };
    case "custom":
      return customCodec(type);
    default:
      return { write: writeAsItIs, decode: decoderOf(codec(type)) };
  }
}

/** The elements of an array become elements of JSON: numbers that JavaScript cannot hold go as texts here too. */
function arrayCodec(type: ArrayType): JsonCodec {
  if (losesDigits(type.of)) return { write: writeAs("text[]"), decode: readItems(type) };
  return { write: writeAsItIs, decode: readItems(type, (of) => jsonCodec(of).decode) };
}

function losesDigits(type: SqlType): boolean {
  if (type.kind === "array") return losesDigits(type.of);
  if (type.kind === "custom") return losesDigits(type.base);
  return type.kind === "bigint" || type.kind === "decimal" || type.kind === "float";
}

function customCodec(type: CustomType): JsonCodec {
  const { base } = type;
  const decode = readCustom(type, jsonCodec(base).decode);
  if (base.kind !== "text") return { write: jsonCodec(base).write, decode };
  // What PostgreSQL writes for the type, which a cast to text need not be: '10.0.0.1'::inet::text is '10.0.0.1/32'.
  return {
    write(write, out) {
      out.add("(to_jsonb(");
      write();
      out.add(") #>> '{}')");
    },
    decode,
  };
}

function writeAsItIs(write: () => void): void {
  write();
}

function writeAs(name: string): JsonCodec["write"] {
  return (write: () => void, out: TextBuffer) => {
    out.add("cast(");
    write();
    out.add(` as ${name})`);
  };
}

function decoderOf({ plain, decode }: Codec): (value: unknown) => unknown {
  if (plain !== "string") return decode;
  return (value) => (typeof value === "string" ? value : decode(value));
}
