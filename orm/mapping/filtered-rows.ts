// The rows of a table that conditions let through, as a source: the conditions hold wherever it is read or written in bulk.
import { type AnyTable, type ExprOf, factsOf, nodeOf, sourceOf } from "../../core/index.ts";
import { inOwnColumns, type Recipe } from "./mapper.ts";

type Condition = ExprOf<boolean | null, any>;

/**
 * The rows of a source that the default filters of a class let through.
 *
 * @param always what holds also where filters are lifted
 */
export function filteredRows(recipe: Recipe, source: AnyTable, ...always: readonly Condition[]): AnyTable {
  const filters: { readonly name: string | undefined; readonly condition: unknown }[] = [];
  for (const [name, condition] of Object.entries(recipe.options.where ?? {}))
    filters.push({ name, condition: nodeOf(inOwnColumns(recipe, condition)) });
  for (const condition of always) filters.push({ name: undefined, condition: nodeOf(condition) });
  if (filters.length === 0) return source;
  const facts = factsOf(source);
  return sourceOf({ ...facts, node: { ...facts.node, filters } as typeof facts.node });
}
