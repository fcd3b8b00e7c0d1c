// What stands in a query's FROM.
import type { SelectNode, SourceName } from "./node.ts";

/** What the sources of a query are called, those among them that hold further parts of another's rows. */
export function sourcesOf({ from, joins }: Pick<SelectNode, "from" | "joins">): readonly SourceName[] {
  const sources = [...(from === undefined ? [] : [from]), ...joins.map((join) => join.source)];
  return sources.flatMap((node) => {
    const joined = node.kind === "table" ? (node.joined ?? []) : [];
    return [node.source, ...joined.map((join) => join.source.source)];
  });
}
