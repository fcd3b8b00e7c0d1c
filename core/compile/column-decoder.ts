// How the value of one result column is read: what may pass as it is, and what decodes the rest.
import type { Codec, Dialect } from "../dialect/dialect.ts";
import type { SqlType } from "../types/sql-type.ts";
import { jsonRowDecoder } from "./json-shape.ts";

/** How to read the values of one column. */
export interface ColumnDecoder {
  readonly plain: Codec["plain"];
  readonly decode: (value: unknown) => unknown;
  readonly notNull: boolean;
}

export function columnDecoder(type: SqlType, notNull: boolean, dialect: Dialect): ColumnDecoder {
  if (type.kind === "json-row") return { plain: undefined, decode: jsonRowDecoder(type, dialect), notNull };
  const { plain, decode } = dialect.codec(type);
  return { plain, decode, notNull };
}

/** Whether the column's values come as `bigint`. */
export function needsBigints(type: SqlType, dialect: Dialect): boolean {
  return type.kind !== "json-row" && dialect.codec(type).bigints === true;
}

/** The test that a plain value passes, as JavaScript over `v`. */
export const plainTests: Readonly<Record<NonNullable<Codec["plain"]>, string>> = {
  string: 'typeof v === "string"',
  "safe integer": "Number.isSafeInteger(v)",
  number: 'typeof v === "number"',
  boolean: 'typeof v === "boolean"',
  bigint: 'typeof v === "bigint"',
};

/** The same test as a function. */
export function isPlain(value: unknown, plain: Codec["plain"]): boolean {
  switch (plain) {
    case undefined:
      return false;
    case "safe integer":
      return Number.isSafeInteger(value);
    default:
      return typeof value === plain;
  }
}
