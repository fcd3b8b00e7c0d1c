// Several groupings at once, for `groupBySets`.
import { nodeOf } from "../expression/expr.ts";
import { type AnyExpr, type Feature, type NeedsIn, NODE } from "../expression/needs.ts";
import type { GroupNode } from "../tree/node.ts";

/** N: what is grouped by. F: the database features it takes. */
export interface Grouping<out N, out F> {
  readonly grouping: (needs: never) => readonly [N, F];
}

function grouping<N, F>(node: GroupNode): Grouping<N, F> {
  return { [NODE]: node } as unknown as Grouping<N, F>;
}

/** By all of these, then by all but the last, and so on down to the total. */
export function rollup<const E extends readonly AnyExpr[]>(...by: E): Grouping<NeedsIn<E>, Feature<"ROLLUP">> {
  return grouping({ kind: "rollup", items: by.map(nodeOf) });
}

/** By every subset of these. */
export function cube<const E extends readonly AnyExpr[]>(...by: E): Grouping<NeedsIn<E>, Feature<"CUBE">> {
  return grouping({ kind: "cube", items: by.map(nodeOf) });
}

/** By each of the given lists. */
export function groupingSets<const E extends readonly (readonly AnyExpr[])[]>(
  ...sets: E
): Grouping<NeedsIn<E[number]>, Feature<"CUBE">> {
  return grouping({ kind: "groupingSets", sets: sets.map((set) => set.map(nodeOf)) });
}
