// Cursors: where a page of a query ended, as text for the client to hand back. Opaque, versioned, and bound to their query by an
// authentication code over its shape; with a secret nobody else can make one. They are signed, not encrypted.
import { CursorError, ParameterError } from "../errors/usage-errors.ts";
import { acceptValue, fromJson } from "../types/accept.ts";
import type { SqlType } from "../types/sql-type.ts";

/** What a cursor is bound to. */
export interface CursorSeal {
  /** The query's text: a cursor of another query is refused. */
  readonly shape: string;
  /** What only the server knows, if it was given. */
  readonly secret: string | Uint8Array | undefined;
}

const version = 1;
const codeLength = 32;

/** The values that a row has for the types of an ordering, as a cursor. */
export async function encodeCursor(
  values: readonly unknown[],
  types: readonly SqlType[],
  seal: CursorSeal,
): Promise<string> {
  const content = Buffer.from(JSON.stringify(values.map((value, i) => written(value, types[i] as SqlType))));
  const code = await crypto.subtle.sign("HMAC", await keyOf(seal), signed(content, seal));
  return Buffer.concat([Buffer.of(version), Buffer.from(code), content]).toString("base64url");
}

/** @throws {CursorError} if the text is no cursor of this query */
export async function decodeCursor(
  cursor: unknown,
  types: readonly SqlType[],
  seal: CursorSeal,
): Promise<readonly unknown[]> {
  if (typeof cursor !== "string" || !/^[\w-]+$/.test(cursor)) throw new CursorError("none");
  const bytes = Buffer.from(cursor, "base64url");
  // Text that is read as the same bytes is not the same cursor.
  if (bytes.length < 1 + codeLength + 2 || bytes.toString("base64url") !== cursor) throw new CursorError("none");
  if (bytes[0] !== version) throw new CursorError("version");
  const code = bytes.subarray(1, 1 + codeLength);
  const content = bytes.subarray(1 + codeLength);
  // Compares in a time that tells nothing.
  const isOurs = await crypto.subtle.verify("HMAC", await keyOf(seal), code, signed(content, seal));
  if (!isOurs) throw new CursorError("foreign");
  return readValues(content, types);
}

function keyOf({ secret = "athanor cursor" }: CursorSeal): ReturnType<typeof crypto.subtle.importKey> {
  const bytes = Buffer.from(secret as string);
  if (bytes.length === 0) throw new ParameterError("cursorSecret is empty", "Leave it out, or give one.");
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function signed(content: Uint8Array, { shape }: CursorSeal): Buffer<ArrayBuffer> {
  // The length keeps the shape apart from what stands behind it.
  return Buffer.concat([Buffer.from(`${version} ${Buffer.byteLength(shape)} ${shape}`), content]);
}

// Without a secret anybody can make a code, so that the values are checked like any others.
function readValues(content: Buffer, types: readonly SqlType[]): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(content.toString());
    if (!Array.isArray(values) || values.length !== types.length) throw new CursorError("foreign");
    return values.map((value, i) => read(value, types[i] as SqlType));
  } catch (error) {
    throw error instanceof CursorError ? error : new CursorError("foreign", error);
  }
}

function written(value: unknown, type: SqlType): unknown {
  if (value === null) return null;
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  // JSON has no NaN and no infinity.
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return Array.isArray(value) && type.kind === "array" ? value.map((one) => written(one, type.of)) : value;
}

function read(value: unknown, type: SqlType): unknown {
  if (value === null) return null;
  if (type.kind === "float" && typeof value === "string" && specials.has(value)) return Number(value);
  const found = fromJson(type)(value);
  acceptValue(type)(found);
  return found;
}

const specials: ReadonlySet<string> = new Set(["NaN", "Infinity", "-Infinity"]);
