import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptBytes, bytesFromBase64, bytesFromHex, bytesToHex, readBytes } from "../../../core/types/bytes.ts";
import { acceptCustom, readCustom } from "../../../core/types/custom.ts";

describe("bytes", () => {
  test("come back from hexadecimal digits and from base64", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(bytesFromHex(bytesToHex(bytes))).toEqual(bytes);
        expect(bytesFromHex(`\\x${bytesToHex(bytes).toUpperCase()}`)).toEqual(bytes);
        expect(bytesFromBase64(Buffer.from(bytes).toString("base64"))).toEqual(bytes);
      }),
    );
  });

  test("are read into memory of their own", () => {
    const pool = Buffer.from([1, 2, 3, 4]);
    const window = new Uint8Array(pool.buffer, pool.byteOffset + 1, 2);
    const read = readBytes(window);
    pool.fill(0);
    expect(read).toEqual(new Uint8Array([2, 3]));
    expect(Buffer.isBuffer(readBytes(Buffer.from([1])))).toBe(false);
  });

  test("are nothing but Uint8Array, no longer than declared", () => {
    expect(() => acceptBytes({ kind: "bytes" })([1, 2])).toThrow("expected a Uint8Array, found an array");
    expect(() => acceptBytes({ kind: "bytes" })(new ArrayBuffer(2))).toThrow("found an instance of ArrayBuffer");
    expect(() => acceptBytes({ kind: "bytes", length: 1 })(new Uint8Array(2))).toThrow(
      "at most 1 bytes, found a longer",
    );
    expect(() => readBytes("00")).toThrow("expected bytes, found a string");
  });

  test.each(["abc", "zz", 1, null])("%s is not hexadecimal", (value) => {
    expect(() => bytesFromHex(value)).toThrow("hexadecimal digits");
  });

  test("what is not base64 is refused", () => {
    expect(() => bytesFromBase64("a$b=")).toThrow("bytes as base64");
    expect(bytesFromBase64("AQID\nBA==\n")).toEqual(new Uint8Array([1, 2, 3, 4]));
  });
});

test("a custom type's functions stand around those of its base", () => {
  const type = {
    kind: "custom",
    sql: "text",
    base: { kind: "text" },
    encode: (point: { x: number }) => String(point.x),
    decode: (text: string) => ({ x: Number(text) }),
  } as const;
  const shout = (value: unknown): unknown => `${value}!`;
  const hush = (value: unknown): unknown => String(value).slice(0, -1);
  expect(acceptCustom(type, shout)({ x: 3 })).toBe("3!");
  expect(readCustom(type, hush)("3!")).toEqual({ x: 3 });
  expect(acceptCustom({ kind: "custom", sql: "text", base: type.base }, shout)("a")).toBe("a!");
});
