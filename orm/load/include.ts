// Loads what a query includes, level by level: by default one statement for each relationship and thousand parents.
import { stateOf } from "../instance/state.ts";
import { computedFields } from "../mapping/computed-fields.ts";
import { type Relationship, relationshipOf } from "../mapping/join-condition.ts";
import type { RelationAttribute } from "../mapping/relation-attribute.ts";
import type { LoadStrategy } from "../mapping/relationships.ts";
import { sharesName } from "../mapping/scope.ts";
import { isUnion } from "../mapping/union-rows.ts";
import { type LoadPlace, selectIn } from "./select-in.ts";
import { bySubquery } from "./subquery.ts";

/**
 * Loads the relationships of these objects, and those of the related ones.
 *
 * @param query the Core query that found the objects, if one did: what the strategy `subquery` joins
 */
export async function loadIncludes(
  place: LoadPlace,
  entities: readonly object[],
  includes: readonly RelationAttribute[],
  query?: unknown,
): Promise<void> {
  if (entities.length === 0) return;
  for (const { attribute, nested } of merged(includes)) {
    const { relationship } = attribute;
    const { entity, parent, recipe } = relationship.owner;
    // What only a subclass has is loaded for the objects that are of it.
    const isWhole = parent === undefined && recipe.repeats === undefined;
    const owners = isWhole ? entities : entities.filter((one) => one instanceof entity);
    const related: object[] = [];
    for (const [own, some] of byOwner(relationship, owners)) {
      const found =
        query !== undefined && strategyOf(attribute) === "subquery"
          ? await bySubquery(place, own, some, query)
          : await selectIn(place, own, some);
      for (const one of found) related.push(one);
    }
    if (nested.length > 0) await loadIncludes(place, unique(related, attribute), nested);
  }
}

/**
 * The objects by the relationship of their own class. Where classes have whole tables, what refers to their rows differs from one to the
 * other; what they refer to does not.
 */
function byOwner(
  relationship: Relationship,
  entities: readonly object[],
): Iterable<readonly [Relationship, readonly object[]]> {
  if (relationship.side === "owner" || !isUnion(relationship.owner)) return [[relationship, entities]];
  return Map.groupBy(entities, (entity) => relationshipOf(stateOf(entity).mapper, relationship.key));
}

/** Each of the related objects once: what refers to one owner refers to no other, in all else they may be found again. */
function unique(related: readonly object[], { relationship }: RelationAttribute): readonly object[] {
  return relationship.side === "target" ? related : [...new Set(related)];
}

/** How a relationship is loaded: as the query says, as the mapping says, or as is best for its kind. */
function strategyOf(attribute: RelationAttribute): LoadStrategy {
  const { options, kind, side } = attribute.relationship;
  return attribute.strategy ?? options.load ?? (kind !== "many" && side === "owner" ? "join" : "select in");
}

/** Whether the related rows can come as JSON beside their owner: they are then values, and nothing is computed beside them. */
export function isJson(attribute: RelationAttribute): boolean {
  const { kind, side, owner, target } = attribute.relationship;
  return (
    strategyOf(attribute) === "json" &&
    kind === "many" &&
    side !== "custom" &&
    !isUnion(owner) &&
    !sharesName(owner.source, target.source) &&
    computedFields(target).length === 0
  );
}

/** Two includes of one relationship are one, with what both have nested. */
export function merged(
  includes: readonly RelationAttribute[],
): Iterable<{ attribute: RelationAttribute; nested: RelationAttribute[] }> {
  const byKey = new Map<string, { attribute: RelationAttribute; nested: RelationAttribute[] }>();
  for (const attribute of includes) {
    const known = byKey.get(attribute.key);
    if (known === undefined) byKey.set(attribute.key, { attribute, nested: [...attribute.nested] });
    else known.nested.push(...attribute.nested);
  }
  return byKey.values();
}
