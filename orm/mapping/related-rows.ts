// The rows that a relationship relates to the row at hand, as a query to be embedded where that row is in scope.
import { type AnyTable, literal, select } from "../../core/index.ts";
import { joinCondition, linkCondition } from "./conditions.ts";
import type { Relationship } from "./join-condition.ts";

/** A query over `target`, which stands for the related row; `owner` is the source of the row at hand. */
export function relatedRows(relationship: Relationship, owner: AnyTable, target: AnyTable): any {
  // Built of parts whose types are not known here: the mapping has checked that they fit.
  const query = (select({ one: literal(1) }) as any).from(target);
  if (relationship.link === undefined) return query.where(joinCondition(relationship, owner, target));
  return query
    .join(relationship.link.source, linkCondition(relationship, "target", target))
    .where(linkCondition(relationship, "own", owner));
}
