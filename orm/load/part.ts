// Some of the related objects of each: filtered, ordered, limited. `with` shows them beside the object.
import { and, fn, partitionBy } from "../../core/index.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { rowKey } from "../mapping/union-rows.ts";
import { readerOf } from "./hydrate.ts";
import { Owners } from "./owners.ts";
import { labelled, ownLabel, ownPositions, type RelatedQuery, relatedQuery } from "./related-query.ts";
import { inChunks, type LoadPlace } from "./select-in.ts";

/** Which of the related objects, and in which order. */
export interface Part {
  readonly conditions: readonly unknown[];
  readonly orderBy: readonly unknown[];
  readonly limit: number | undefined;
}

/** The related objects of each. The relationship itself is left as it is. */
export async function selectPart(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
  part: Part,
): Promise<ReadonlyMap<object, readonly object[]>> {
  const found = new Map<object, readonly object[]>();
  for (const some of inChunks(entities)) {
    const owners = new Owners(relationship.owner, ownPositions(relationship), some);
    if (owners.keys.length === 0) continue;
    const related = relatedQuery(relationship, owners.keys);
    const rows = await place.arrays(narrowed(relationship, related, part));
    const read = readerOf(relationship.target, place);
    for (const row of rows) {
      const owner = owners.of(row, related.ownAt);
      const entity = read(row, 0);
      for (let one = owner; one !== undefined; one = one.next) {
        one.found ??= [];
        one.found.push(entity);
      }
    }
    for (const owner of owners.all) found.set(owner.entity, owner.found ?? []);
  }
  return found;
}

/** The query with the part's conditions, order and limit for each owner. */
function narrowed({ target }: Relationship, related: RelatedQuery, part: Part): any {
  const { ownColumns } = related;
  const order = part.orderBy.length > 0 ? part.orderBy : related.orderBy;
  const query = part.conditions.length > 0 ? related.query.where(...part.conditions) : related.query;
  if (part.limit === undefined) return query.orderBy(...order);
  const keys = rowKey(target);
  const ranked = query
    .select({
      ...Object.fromEntries(keys.map((key, i) => [`key${i}`, key])),
      ...labelled(ownColumns),
      rank: fn.rowNumber().over((partitionBy(...(ownColumns as [any])) as any).orderBy(...order)),
    })
    .as("athanor ranked");
  const same = [
    ...keys.map((key, i) => key.eq(ranked[`key${i}`])),
    ...ownColumns.map((column, i) => column.eq(ranked[ownLabel(i)])),
  ];
  return query
    .join(ranked, and(...same))
    .where(ranked.rank.lte(part.limit))
    .orderBy(...order);
}
