// A declared table as PostgreSQL tells of it once it has been created.
import type { TableNode, UniqueNode } from "../../core/dialect/index.ts";

/** Unique constraints that repeat the key or one another are left out, without a word. */
export function kept(table: TableNode): TableNode {
  const indexOf = ({
    columns,
    include,
  }: {
    readonly columns: readonly string[];
    readonly include?: UniqueNode["include"];
  }) => JSON.stringify([columns, include ?? []]);
  const seen = new Set(table.primaryKey ? [indexOf(table.primaryKey)] : []);
  const uniques = table.uniques.filter((unique) => {
    if (unique.nullsNotDistinct || unique.deferrable) return true;
    const isNew = !seen.has(indexOf(unique));
    seen.add(indexOf(unique));
    return isNew;
  });
  return { ...table, uniques };
}
