// A column of a class's table, or of whatever else stands for it.
import { type AnyTable, column, type Expr } from "../../core/index.ts";

/** A column of a source by its property. */
export function columnAt(key: string | undefined, source: AnyTable): Expr<any, any, any> {
  return column(source as never, key as never) as Expr<any, any, any>;
}
