// What a column builder declares, also where it only stands for a type: in `cast`, `param` and `sql`.
import type { SqlType } from "../types/sql-type.ts";
import type { ColOf } from "./needs.ts";

/** The SQL type of a builder's values. */
export function declaredType(builder: ColOf<any, any>): SqlType {
  return (builder as unknown as { readonly type: SqlType }).type;
}

/** Whether a builder stands for values that may be null. */
export function isNullable(builder: ColOf<any, any>): boolean {
  return (builder as unknown as { readonly facts: { readonly nullable: boolean } }).facts.nullable;
}
