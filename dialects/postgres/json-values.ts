// How values travel inside JSON that a statement builds. jsonb writes most of them as PostgreSQL would write their text;
// the others are made text before, so that no digit is lost on the way through a JavaScript number.
import { type Codec, type JsonCodec, readCustom, type SqlType, type TextBuffer } from "../../core/dialect/index.ts";
import { codec, readItems } from "./types.ts";

const jsonCodecs = new WeakMap<SqlType, JsonCodec>();

export function jsonCodec(type: SqlType): JsonCodec {
  let found = jsonCodecs.get(type);
  if (!found) {
    found = jsonCodecOf(type);
    jsonCodecs.set(type, found);
  }
  return found;
}

function jsonCodecOf(type: SqlType): JsonCodec {
  switch (type.kind) {
    case "bigint":
    case "decimal":
    case "float":
      return { write: writeAs("text"), decode: decoderOf(codec(type)) };
    // jsonb's own elements would be numbers again: each goes as its text.
    case "array":
      return { write: writeAs("text[]"), decode: readItems(type) };
    // A document within a document is parsed already.
    case "json":
    case "json-row":
      return { write: writeAsItIs, decode: (value) => value };
    case "custom":
      return customJsonCodec(type);
    default:
      return { write: writeAsItIs, decode: decoderOf(codec(type)) };
  }
}

function customJsonCodec(type: Extract<SqlType, { kind: "custom" }>): JsonCodec {
  const { base } = type;
  if (base.kind === "json") return { write: writeAsItIs, decode: readCustom(type, (value) => value) };
  // How jsonb would write a type that the library does not know is not known either; its text is.
  return {
    write: writeAs(base.kind === "array" ? "text[]" : "text"),
    decode: readCustom(type, jsonCodec(base).decode),
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
