// Loads what a query includes, level by level: one statement for each relationship and thousand parents.
import type { RelationAttribute } from "../mapping/relation-attribute.ts";
import { type LoadPlace, selectIn } from "./select-in.ts";

/** Loads the relationships of these objects, and those of the related ones. */
export async function loadIncludes(
  place: LoadPlace,
  entities: readonly object[],
  includes: readonly RelationAttribute[],
): Promise<void> {
  if (entities.length === 0) return;
  for (const { attribute, nested } of merged(includes)) {
    const related = await selectIn(place, attribute.relationship, entities);
    if (nested.length > 0) await loadIncludes(place, related, nested);
  }
}

/** Two includes of one relationship are one, with what both have nested. */
function merged(
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
