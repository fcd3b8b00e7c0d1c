// Which values the decoder refuses where they are null: those of `notNull()`, and those of raw SQL of a type that has no null.
import { isSaidNeverNull } from "../tree/never-null.ts";
import type { ExpressionNode, RawNode } from "../tree/node.ts";
import { walk } from "../tree/visit.ts";
import { canBeAbsent, type Surroundings } from "./whole-row.ts";

/** Whether null was ruled out for a value that is selected. */
export function isNeverNull(value: ExpressionNode, around: Surroundings): boolean {
  return isSaidNeverNull(value) ?? (value.kind === "raw" && value.notNull === true && !readsAbsent(value, around));
}

/** Whether what raw SQL reads may be of a row that an outer join did not find, or summed over. */
function readsAbsent(raw: RawNode, around: Surroundings): boolean {
  if (around.groupBy?.some(({ kind }) => kind === "rollup" || kind === "cube" || kind === "groupingSets")) return true;
  if (around.joins.length === 0) return false;
  let found = false;
  walk(raw, (node) => {
    const source = node.kind === "column" ? node.source : node.kind === "rowOf" ? node.source.source : undefined;
    if (source !== undefined && canBeAbsent(source.key, around)) found = true;
    return !found;
  });
  return found;
}
