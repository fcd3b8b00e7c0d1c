// Sources that are selected whole. On the side of an outer join where rows can be absent, a column that is never null in a
// row that is there says which it is: a key, any other NOT NULL column, or else one that the compiler adds.
import type { GroupNode, JoinNode, QueryNode, RowOfSourceNode, SourceNode } from "../tree/node.ts";

/** The column that the compiler adds to a source none of whose own columns says whether its row is there. */
export const presenceColumn = "athanor present";

/** How it is known whether the row of a source is there: it always is, by one of its columns, or by a column added. */
export type Presence = "always" | "added" | number;

/** The sources of the statement that a whole row is selected in. */
export interface Surroundings {
  readonly from: SourceNode | undefined;
  readonly joins: readonly JoinNode[];
  readonly groupBy?: readonly GroupNode[];
}

export const alone: Surroundings = { from: undefined, joins: [] };

/** The sources that a query selects from: those of its first select, if it is a compound. */
export function surroundingsOf(query: QueryNode): Surroundings {
  let node = query;
  while (node.kind === "compound") node = node.left;
  switch (node.kind) {
    case "select":
    case "update":
      return node;
    case "delete":
      return { from: node.using, joins: node.joins };
    default:
      return alone;
  }
}

export function presenceOf(row: RowOfSourceNode, around: Surroundings): Presence {
  const { source } = row;
  if (!canBeAbsent(source.source.key, around)) return "always";
  const { columns } = source;
  const key = source.kind === "table" ? source.key[0] : undefined;
  let found = key === undefined ? -1 : columns.findIndex((column) => column.name === key);
  if (found < 0) found = columns.findIndex((column, at) => column.source === undefined && isNeverNull(source, at, 0));
  return found < 0 ? "added" : found;
}

// How many derived tables inside each other are looked through.
const deepest = 4;

/** Whether a column of a source is NOT NULL, or shows such a column of a source that cannot be absent further in. */
function isNeverNull(source: SourceNode, at: number, depth: number): boolean {
  if (source.columns[at]?.nullable === false) return true;
  const query = source.kind === "derived" ? source.query : source.kind === "cte" ? source.cte.query : undefined;
  if (query?.kind !== "select" || depth === deepest || (source.kind === "cte" && source.cte.recursive)) return false;
  const value = query.selection.fields[at]?.value;
  if (value?.kind !== "column" || query.groupBy.some((group) => group.kind !== "column")) return false;
  const { key } = value.source;
  const inner = [query.from, ...query.joins.map((join) => join.source)].find((one) => one?.source.key === key);
  if (inner === undefined || canBeAbsent(key, query)) return false;
  return isNeverNull(
    inner,
    inner.columns.findIndex((column) => column.name === value.name),
    depth + 1,
  );
}

export function canBeAbsent(key: string, { joins }: Surroundings): boolean {
  let absent = false;
  // A source that stands further left, or is the first, is absent where a later join keeps rows of its right side.
  for (let i = 0; i < joins.length; i++) {
    const { kind, source } = joins[i] as JoinNode;
    if (source.source.key === key) absent = kind === "left" || kind === "full";
    else if (kind === "right" || kind === "full") absent = true;
  }
  return absent;
}
