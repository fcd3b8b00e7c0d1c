// The conditions that relationships stand for, as Core's expressions.
import { type AnyTable, and, type Expr } from "../../core/index.ts";
import { columnAt } from "./column-at.ts";
import type { Relationship } from "./join-condition.ts";
import { isOwnRow } from "./union-rows.ts";

type Condition = Expr<boolean | null, any, any>;

/** That a row of the target belongs to a row of the owner. */
export function joinCondition(relationship: Relationship, owner: AnyTable, target: AnyTable): Condition {
  const { on } = relationship.options;
  if (on !== undefined) return on(owner, target) as Condition;
  const pairs = relationship.ownColumns.map((position, i) => {
    const own = columnAt(relationship.owner.columns[position]?.key, owner);
    const other = columnAt(relationship.target.columns[relationship.targetColumns[i] as number]?.key, target);
    return other.eq(own);
  });
  return all(pairs, relationship.side === "owner" ? isOwnRow(relationship.target, target) : undefined);
}

/** That a row of the link refers to a row of the owner, or of the target. */
export function linkCondition(relationship: Relationship, side: "own" | "target", source: AnyTable): Condition {
  const link = relationship.link as NonNullable<Relationship["link"]>;
  const mapper = side === "own" ? relationship.owner : relationship.target;
  const positions = side === "own" ? relationship.ownColumns : relationship.targetColumns;
  const pairs = link[side].map((key, i) => {
    return columnAt(key, link.source).eq(columnAt(mapper.columns[positions[i] as number]?.key, source));
  });
  return all(pairs, side === "target" ? isOwnRow(mapper, source) : undefined);
}

/** A key is one of a table: where the classes of a hierarchy have whole tables, it tells nothing of the rows of the others. */
function all(pairs: readonly Condition[], isOwn: Condition | undefined): Condition {
  const conditions = isOwn === undefined ? pairs : [...pairs, isOwn];
  return conditions.length === 1 ? (conditions[0] as Condition) : (and(...conditions) as Condition);
}
