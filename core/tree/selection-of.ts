// What a statement gives rows of.
import type { SelectionNode, StatementNode } from "./node.ts";

/** What a query selects, or what a writing statement gives back, if it does. */
export function selectionOf(node: StatementNode): SelectionNode | undefined {
  return "selection" in node ? node.selection : node.returning;
}
