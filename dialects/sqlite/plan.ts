// EXPLAIN QUERY PLAN gives rows of id, parent, an unused number, and what is done: a tree, which is laid out by indentation.
export function readPlan(rows: readonly (readonly unknown[])[]): string {
  const depths = new Map<unknown, number>();
  return rows
    .map(([id, parent, , detail]) => {
      const depth = depths.get(parent) ?? 0;
      depths.set(id, depth + 1);
      return "  ".repeat(depth) + String(detail);
    })
    .join("\n");
}
