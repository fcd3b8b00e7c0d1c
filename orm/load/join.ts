// Loads to-one relationships with the objects themselves: the related row stands beside each row, by a left join.
import { type AnyTable, alias } from "../../core/index.ts";
import { rememberAbsent } from "../instance/absent.ts";
import { remember } from "../instance/inverse.ts";
import { computedFields } from "../mapping/computed-fields.ts";
import { joinCondition } from "../mapping/conditions.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { RelationAttribute } from "../mapping/relation-attribute.ts";

/** A relationship that is joined, and what is joined to its rows in turn. */
export interface JoinPlan {
  readonly attribute: RelationAttribute;
  /** The name of the joined source, and of its object in a row. */
  readonly name: string;
  readonly source: AnyTable;
  readonly condition: any;
  readonly nested: readonly JoinPlan[];
  /** What is loaded afterwards, for the related objects. */
  readonly later: readonly RelationAttribute[];
}

/** Splits includes into those that are joined and those that are loaded afterwards. */
export function planJoins(
  includes: readonly RelationAttribute[],
  owner: Mapper,
  source: AnyTable = owner.source,
  path = "",
): { readonly joins: readonly JoinPlan[]; readonly later: readonly RelationAttribute[] } {
  const joins: JoinPlan[] = [];
  const later: RelationAttribute[] = [];
  for (const attribute of includes) {
    if (
      !isJoined(attribute) ||
      !hasKeys(owner, attribute) ||
      joins.some((join) => join.attribute.key === attribute.key)
    ) {
      later.push(attribute);
      continue;
    }
    const { relationship } = attribute;
    const name = path === "" ? attribute.key : `${path}_${attribute.key}`;
    const related = alias(relationship.target.entity as unknown as AnyTable, name) as unknown as AnyTable;
    const inner = planJoins(attribute.nested, relationship.target, related, name);
    joins.push({
      attribute,
      name,
      source: related,
      condition: joinCondition(relationship, source, related),
      nested: inner.joins,
      later: inner.later,
    });
  }
  return { joins, later };
}

/** Whether the rows that are read have the columns that a relationship goes by: what only a subclass has may stand elsewhere. */
function hasKeys(owner: Mapper, { relationship }: RelationAttribute): boolean {
  const { columns } = relationship.owner;
  return relationship.ownColumns.every((position) => owner.columns[position]?.key === columns[position]?.key);
}

function isJoined(attribute: RelationAttribute): boolean {
  const { relationship } = attribute;
  if (relationship.kind === "many" || relationship.side !== "owner")
    return attribute.strategy === "join" && relationship.kind !== "many";
  const strategy = attribute.strategy ?? relationship.options.load ?? "join";
  // Computed properties are expressions over the table itself, which is not what stands in the join.
  return strategy === "join" && computedFields(relationship.target).length === 0;
}

/** The query with the joins in it. */
export function withJoins(query: any, joins: readonly JoinPlan[]): any {
  let joined = query;
  for (const { source, condition, nested } of joins) joined = withJoins(joined.leftJoin(source, condition), nested);
  return joined;
}

/** What the joins add to the selection. */
export function joinedSelection(joins: readonly JoinPlan[]): Record<string, unknown> {
  const selection: Record<string, unknown> = {};
  for (const { name, source, nested } of joins)
    Object.assign(selection, { [label(name)]: source }, joinedSelection(nested));
  return selection;
}

/** Puts the joined objects into the relationships, and gives those of each relationship for what is loaded afterwards. */
export function takeJoined(
  joins: readonly JoinPlan[],
  entities: readonly (object | null)[],
  rows: readonly Record<string, unknown>[],
): readonly { readonly objects: readonly object[]; readonly later: readonly RelationAttribute[] }[] {
  return joins.flatMap((join) => {
    const { relationship } = join.attribute;
    const found = rows.map((row) => row[label(join.name)] as object | null);
    entities.forEach((entity, i) => {
      if (entity === null || !(entity instanceof relationship.owner.entity)) return;
      const related = found[i] ?? null;
      if (related === null) rememberAbsent(entity, relationship);
      else remember(entity, relationship.key, related);
    });
    const objects = [...new Set(found.filter((object) => object !== null))];
    return [{ objects, later: join.later }, ...takeJoined(join.nested, found, rows)];
  });
}

function label(name: string): string {
  return `joined ${name}`;
}
