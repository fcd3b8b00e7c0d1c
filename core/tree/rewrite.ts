// A tree like another: with some nodes replaced, for whoever moves a condition from one source to another; with sources that stand
// for more of their rows.
import type { ColumnNode, ExpressionNode, SelectNode, SourceNode } from "./node.ts";

type Replace = (column: ColumnNode) => ExpressionNode | undefined;
type Enters = (select: SelectNode) => boolean;
type Node = ExpressionNode | SelectNode | SourceNode;
/** What stands for a node; undefined: the same, with whatever is inside it. */
type Rewrite = (node: Node) => unknown;

/**
 * The tree with every column for which `replace` gives something replaced by that. Parts without such columns are shared.
 * `enters` says whether a query inside is gone into; each is unless it is given.
 */
export function replaceColumns<T>(tree: T, replace: Replace, enters: Enters = () => true): T {
  return replaceNodes(tree, (node) => {
    if (node.kind === "column") return replace(node) ?? node;
    return node.kind === "select" && !enters(node) ? node : undefined;
  });
}

/** The tree with the filters of these names lifted from all of its sources. */
export function liftFilters<T>(tree: T, names: readonly string[]): T {
  const isLifted = (name: string | undefined): boolean => name !== undefined && names.includes(name);
  return replaceNodes(tree, (node) => {
    if (node.kind !== "table" || !node.filters?.some(({ name }) => isLifted(name))) return undefined;
    const left = node.filters.filter(({ name }) => !isLifted(name));
    return liftFilters({ ...node, filters: left.length === 0 ? undefined : left }, names);
  });
}

/** The tree with every node for which `rewrite` gives something replaced by that, parents first. */
export function replaceNodes<T>(tree: T, rewrite: Rewrite): T {
  return copied(tree, rewrite) as T;
}

function copied(value: unknown, rewrite: Rewrite): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => copied(item, rewrite));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  const { kind } = value as { readonly kind?: unknown };
  // The value of a value node is the user's, and no part of the tree.
  if (kind === "value") return value;
  if (typeof kind === "string") {
    const other = rewrite(value as Node);
    if (other !== undefined) return other;
  }
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    if (key === "type") continue;
    const before = (value as Record<string, unknown>)[key];
    const after = copied(before, rewrite);
    if (after !== before) {
      changed ??= { ...value };
      changed[key] = after;
    }
  }
  return changed ?? value;
}
