// What a declared type means. SQLite takes any words for a type and keeps them; the names that Athanor writes are read back
// as what they were, those of other tools as what they usually mean, and the rest by SQLite's own rule of affinity
// (https://sqlite.org/datatype3.html#determination_of_column_affinity).
import type { SqlType } from "../../core/dialect/index.ts";
import { tokensOf } from "./tokens.ts";

const known: Readonly<Record<string, (numbers: readonly number[]) => SqlType>> = {
  tinyint: () => ({ kind: "integer", size: 1 }),
  smallint: () => ({ kind: "integer", size: 2 }),
  int2: () => ({ kind: "integer", size: 2 }),
  mediumint: () => ({ kind: "integer", size: 3 }),
  int: () => ({ kind: "integer", size: 4 }),
  int4: () => ({ kind: "integer", size: 4 }),
  integer: () => ({ kind: "integer", size: 4 }),
  bigint: () => ({ kind: "bigint", as: "bigint" }),
  int8: () => ({ kind: "bigint", as: "bigint" }),
  "unsigned big int": () => ({ kind: "bigint", as: "bigint" }),
  boolean: () => ({ kind: "boolean" }),
  bool: () => ({ kind: "boolean" }),
  real: () => ({ kind: "float", size: 4 }),
  float: () => ({ kind: "float", size: 8 }),
  double: () => ({ kind: "float", size: 8 }),
  "double precision": () => ({ kind: "float", size: 8 }),
  decimal_text: ([precision, scale]) => ({ kind: "decimal", precision, scale, as: "string" }),
  decimal: ([precision, scale]) => ({ kind: "decimal", precision, scale, as: "string" }),
  numeric: ([precision, scale]) => ({ kind: "decimal", precision, scale, as: "string" }),
  text: () => ({ kind: "text" }),
  clob: () => ({ kind: "text" }),
  varchar: ([length]) => ({ kind: "varchar", length }),
  nvarchar: ([length]) => ({ kind: "varchar", length }),
  "character varying": ([length]) => ({ kind: "varchar", length }),
  "varying character": ([length]) => ({ kind: "varchar", length }),
  char: ([length]) => ({ kind: "char", length }),
  nchar: ([length]) => ({ kind: "char", length }),
  character: ([length]) => ({ kind: "char", length }),
  uuid: () => ({ kind: "uuid" }),
  date: () => ({ kind: "date" }),
  time: ([precision]) => ({ kind: "time", precision }),
  timestamp: ([precision]) => ({ kind: "timestamp", precision, as: "date" }),
  datetime: ([precision]) => ({ kind: "timestamp", precision, as: "date" }),
  timestamptz: ([precision]) => ({ kind: "timestamptz", precision, as: "date" }),
  interval: () => ({ kind: "interval" }),
  json_text: () => ({ kind: "json", storage: "binary" }),
  json: () => ({ kind: "json", storage: "binary" }),
  jsonb: () => ({ kind: "json", storage: "binary" }),
  blob: ([length]) => ({ kind: "bytes", length }),
  binary: ([length]) => ({ kind: "bytes", length }),
  varbinary: ([length]) => ({ kind: "bytes", length }),
};

export function declaredType(declared: string): SqlType {
  const tokens = tokensOf(declared).filter(({ kind }) => kind !== "comment");
  const words = tokens.filter(({ kind }) => kind === "word").map(({ value }) => value);
  const numbers = tokens.filter(({ kind }) => kind === "number").map(({ value }) => Number(value));
  const name = words.join(" ");
  return Object.hasOwn(known, name)
    ? (known[name] as (typeof known)[string])(numbers)
    : byAffinity(declared.toLowerCase());
}

function byAffinity(declared: string): SqlType {
  if (declared.includes("int")) return { kind: "integer", size: 8 };
  if (declared.includes("char") || declared.includes("clob") || declared.includes("text")) return { kind: "text" };
  if (declared.includes("blob")) return { kind: "bytes" };
  if (declared.includes("real") || declared.includes("floa") || declared.includes("doub"))
    return { kind: "float", size: 8 };
  // What has no type keeps values of every kind as they are.
  if (declared === "" || declared === "any") return { kind: "custom", sql: declared, base: { kind: "text" } };
  return { kind: "decimal", as: "string" };
}
