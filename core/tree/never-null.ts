// What `notNull()` said of a value.
import type { ExpressionNode } from "./node.ts";

/** Whether null is ruled out for a value, or allowed in spite of what it is made of; `undefined` where nothing was said. */
export function isSaidNeverNull(value: ExpressionNode): boolean | undefined {
  for (let inner = value; inner.kind === "retype"; inner = inner.operand) {
    if (inner.notNull !== undefined) return inner.notNull;
  }
  return undefined;
}
