// Reads back JSON that a statement has built. The parsed value is the result: only what JSON could not hold as it is gets
// replaced, in place.
import type { Dialect } from "../dialect/dialect.ts";
import { DecodeError } from "../errors/usage-errors.ts";
import type { JsonRowType, JsonShape } from "../types/sql-type.ts";

type Decode = (value: unknown) => unknown;

const utf8 = new TextEncoder();

/** The decoder of a column of built JSON, which comes as text or parsed already. */
export function jsonRowDecoder(type: JsonRowType, dialect: Dialect): Decode {
  const decode = partDecoder(type, dialect);
  return (value) => decode(typeof value === "string" ? JSON.parse(value) : value);
}

function partDecoder(type: JsonRowType, dialect: Dialect): Decode {
  const decodeOne = shapeDecoder(type.shape, dialect);
  return type.many ? listDecoder(decodeOne) : decodeOne;
}

function shapeDecoder(shape: JsonShape, dialect: Dialect): Decode {
  if (shape.kind === "object") return objectDecoder(shape, dialect);
  const { type } = shape;
  const decode = type.kind === "json-row" ? partDecoder(type, dialect) : dialect.jsonCodec(type).decode;
  if (shape.notNull !== true) return (value) => (value === null ? null : decode(value));
  return (value) => {
    if (value === null) throw new DecodeError("expected a value, found null");
    return decode(value);
  };
}

function listDecoder(decode: Decode): Decode {
  return (value) => {
    if (!Array.isArray(value)) throw new DecodeError("expected a JSON array");
    for (let i = 0; i < value.length; i++) {
      const decoded = decode(value[i]);
      if (decoded !== value[i]) value[i] = decoded;
    }
    return value;
  };
}

function objectDecoder(shape: Extract<JsonShape, { kind: "object" }>, dialect: Dialect): Decode {
  const names = shape.fields.map((field) => field.name);
  const decoders = shape.fields.map((field) => shapeDecoder(field.shape, dialect));
  const presence = shape.presence === undefined ? undefined : names[shape.presence];
  const isInOrder =
    dialect.sortsJsonKeys !== true || names.every((name, i) => i === 0 || sorts(names[i - 1] as string, name));
  return (value) => {
    if (value === null) return null;
    if (typeof value !== "object" || Array.isArray(value)) throw new DecodeError("expected a JSON object");
    const object = value as Record<string, unknown>;
    if (presence !== undefined && own(object, presence) === null) return null;
    const made: Record<string, unknown> = isInOrder ? object : {};
    let name = "";
    try {
      for (let i = 0; i < names.length; i++) {
        name = names[i] as string;
        const part = own(object, name);
        const decoded = (decoders[i] as Decode)(part);
        if (!isInOrder || decoded !== part || part === null) put(made, name, decoded);
      }
    } catch (error) {
      throw inside(name, error);
    }
    return made;
  };
}

/** Whether a database that sorts keys puts one before the other: shorter ones first, in UTF-8, then by their bytes. */
function sorts(a: string, b: string): boolean {
  const [x, y] = [utf8.encode(a), utf8.encode(b)];
  if (x.length !== y.length) return x.length < y.length;
  const at = x.findIndex((byte, i) => byte !== y[i]);
  return at < 0 || (x[at] as number) < (y[at] as number);
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : null;
}

/** Assigning to `__proto__` would change what the object is. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function inside(name: string, error: unknown): unknown {
  if (!(error instanceof DecodeError)) return error;
  return new DecodeError(`${JSON.stringify(name)}: ${error.message.split("\n  ")[0]}`, error.hint);
}
