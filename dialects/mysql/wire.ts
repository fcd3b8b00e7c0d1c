// How encoded values are handed to mysql2, which would send a number as a DOUBLE and anything else it does not know as text:
// the server would then compare 64-bit integers and decimals as floating point, inexactly, and refuse LIMIT ?.

import type { ExecuteValues } from "mysql2";
import { native } from "./native.ts";

/** An exact decimal on its way to the server. Codecs make it, so that it is told from text. */
export class Decimal {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toString(): string {
    return this.digits;
  }

  toJSON(): string {
    return this.digits;
  }
}

const greatestSigned = 2n ** 63n - 1n;

/** A `bigint` is sent as a 64-bit integer, a {@link Decimal} as a decimal, a `number` as a double, bytes as binary. */
export function wireValues(parameters: readonly unknown[]): ExecuteValues[] {
  const values = new Array<ExecuteValues>(parameters.length);
  for (let i = 0; i < parameters.length; i++) values[i] = wireValue(parameters[i]);
  return values;
}

function wireValue(value: unknown): ExecuteValues {
  if (typeof value === "bigint") {
    const { LONGLONG } = native().TypedParameter;
    return value > greatestSigned ? LONGLONG.unsigned(value) : LONGLONG(value);
  }
  if (value instanceof Decimal) return native().TypedParameter.NEWDECIMAL(value.digits);
  if (value instanceof Uint8Array && !Buffer.isBuffer(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return value as ExecuteValues;
}

/** About how many bytes the values take in the packet that holds them. */
export function wireLength(values: readonly unknown[]): number {
  let length = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "string") length += value.length;
    else if (value instanceof Uint8Array) length += value.byteLength;
  }
  return length;
}
