// A tree like another, with some columns replaced: for whoever moves a condition from one source to another.
import type { ColumnNode, ExpressionNode, SelectNode } from "./node.ts";

type Replace = (column: ColumnNode) => ExpressionNode | undefined;
type Enters = (select: SelectNode) => boolean;

/**
 * The tree with every column for which `replace` gives something replaced by that. Parts without such columns are shared.
 * `enters` says whether a query inside is gone into; each is unless it is given.
 */
export function replaceColumns<T>(tree: T, replace: Replace, enters: Enters = () => true): T {
  return copied(tree, replace, enters) as T;
}

function copied(value: unknown, replace: Replace, enters: Enters): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => copied(item, replace, enters));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  const { kind } = value as { readonly kind?: unknown };
  if (kind === "column") return replace(value as ColumnNode) ?? value;
  // The value of a value node is the user's, and no part of the tree.
  if (kind === "value") return value;
  if (kind === "select" && !enters(value as SelectNode)) return value;
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    if (key === "type") continue;
    const before = (value as Record<string, unknown>)[key];
    const after = copied(before, replace, enters);
    if (after !== before) {
      changed ??= { ...value };
      changed[key] = after;
    }
  }
  return changed ?? value;
}
