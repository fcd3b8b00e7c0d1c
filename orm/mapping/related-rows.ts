// The rows that a relationship relates to the row at hand, as a query to be embedded where that row is in scope.
import { type AnyTable, literal, select } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { joinCondition, linkCondition } from "./conditions.ts";
import type { Relationship } from "./join-condition.ts";
import { isUnion } from "./union-rows.ts";

/** A query over `target`, which stands for the related row; `owner` is the source of the row at hand. */
export function relatedRows(relationship: Relationship, owner: AnyTable, target: AnyTable): any {
  checkRows(relationship);
  // Built of parts whose types are not known here: the mapping has checked that they fit.
  const query = (select({ one: literal(1) }) as any).from(target);
  if (relationship.link === undefined) return query.where(joinCondition(relationship, owner, target));
  return query
    .join(relationship.link.source, linkCondition(relationship, "target", target))
    .where(linkCondition(relationship, "own", owner));
}

/** What refers to rows by their key refers to those of one table. */
function checkRows({ owner, side, key }: Relationship): void {
  if (side === "owner" || side === "custom" || !isUnion(owner)) return;
  throw new MappingError(
    `${owner.name}.${key} goes by the key of "${owner.table.name}", and rows of ${owner.name} lie in other tables too`,
    `Ask it of one class: query that, or narrow to it with of(…), and name its own ${key}.`,
  );
}
