import { CompileError } from "../errors/usage-errors.ts";
import { Expression } from "../expression/expr.ts";
import { NODE } from "../expression/needs.ts";
import type { ColumnNode } from "../tree/node.ts";

/** The column that a foreign key points at, or that a constraint is over. */
export function referredColumn(value: unknown, from: string): ColumnNode {
  const node = value instanceof Expression ? value[NODE] : undefined;
  if (node?.kind !== "column") {
    throw new CompileError(
      `${from} refers to something that is no column`,
      "Give references() a function: () => users.id.",
    );
  }
  return node;
}
