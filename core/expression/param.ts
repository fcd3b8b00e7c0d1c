// Values that a statement is given when it runs, and values that stand in it from the start.
import { CompileError } from "../errors/usage-errors.ts";
import {
  bigintType,
  booleanType,
  bytesType,
  doubleType,
  integerType,
  type SqlType,
  textType,
} from "../types/sql-type.ts";
import { declaredType } from "./declared.ts";
import { type Expr, expression } from "./expr.ts";
import type { ColOf, Param } from "./needs.ts";
import { valueNode } from "./operand.ts";

/** A value given by name when the statement runs: `db.all(statement, { name: "Ann" })`. */
export function param<const Name extends string, T>(name: Name, type: ColOf<T, any>): Expr<T, Param<Name, T>> {
  return expression({ kind: "param", name, type: declaredType(type) });
}

/** A constant as an expression; with a column type for anything but texts, numbers, booleans and bytes. */
export function literal<const T extends string | number | bigint | boolean | Uint8Array>(value: T): Expr<Widened<T>>;
export function literal<T>(value: T, type: ColOf<T, any>): Expr<T>;
export function literal(value: unknown, type?: ColOf<any, any>): Expr<unknown> {
  return expression(valueNode(value, type ? declaredType(type) : typeOfValue(value)));
}
/** The type of a plain value, not the value. */
export type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends bigint
      ? bigint
      : T extends boolean
        ? boolean
        : Uint8Array;

/** The SQL type of a plain JavaScript value, where nothing else says. @throws {CompileError} if it has none of its own */
export function typeOfValue(value: unknown): SqlType {
  switch (typeof value) {
    case "string":
      return textType;
    case "number":
      return Number.isSafeInteger(value) ? { ...integerType, size: 8 } : doubleType;
    case "bigint":
      return bigintType;
    case "boolean":
      return booleanType;
    default:
      if (value instanceof Uint8Array) return bytesType;
      throw new CompileError("a value here has no SQL type of its own", "Say which: literal(value, timestamp()).");
  }
}
