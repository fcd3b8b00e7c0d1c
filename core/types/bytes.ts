// Binary data: `Uint8Array` on both ways, hexadecimal text inside JSON.
import { malformed, refuse, refuseAs } from "./found.ts";
import type { BytesType } from "./sql-type.ts";

export function acceptBytes({ length }: BytesType): (value: unknown) => Uint8Array {
  const expected = length === undefined ? "a Uint8Array" : `a Uint8Array of at most ${length} bytes`;
  return (value) => {
    if (!(value instanceof Uint8Array)) return refuse(expected, value);
    if (length !== undefined && value.length > length) return refuseAs(expected, "a longer one");
    return value;
  };
}

/** A driver's bytes as a plain `Uint8Array` whose memory is its own: a Buffer may be a window onto a pool. */
export function readBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) return malformed("bytes", value);
  return value.byteLength === value.buffer.byteLength ? new Uint8Array(value.buffer) : new Uint8Array(value);
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function bytesToHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexOf[byte];
  return text;
}

/** Reads pairs of hexadecimal digits, after PostgreSQL's `\x` if it is there. */
export function bytesFromHex(value: unknown): Uint8Array {
  const text = typeof value === "string" && value.startsWith("\\x") ? value.slice(2) : value;
  if (typeof text !== "string" || text.length % 2 !== 0 || !/^[\da-f]*$/i.test(text)) {
    return malformed("bytes as hexadecimal digits", value);
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Reads base64, with or without the line breaks that MySQL and PostgreSQL put in. */
export function bytesFromBase64(value: unknown): Uint8Array {
  if (typeof value !== "string" || !/^[A-Za-z\d+/\s]*={0,2}\s*$/.test(value))
    return malformed("bytes as base64", value);
  const binary = atob(value.replaceAll(/\s/g, ""));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
