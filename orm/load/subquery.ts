// Loads a to-many relationship by joining the query that found its owners, instead of listing their keys.
import { type AnyTable, and, select } from "../../core/index.ts";
import { stateOf } from "../instance/state.ts";
import { columnAt } from "../mapping/column-at.ts";
import { entitiesOf, entitySelection } from "../mapping/computed-fields.ts";
import { linkCondition } from "../mapping/conditions.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { give, type LoadPlace, selectIn } from "./select-in.ts";

/** @param query the Core query that found the owners, without what it included */
export async function bySubquery(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
  query: any,
): Promise<readonly object[]> {
  if (relationship.side !== "target" && relationship.side !== "link") return selectIn(place, relationship, entities);
  const { owner, target, ownColumns } = relationship;
  const owners = query
    .select(
      Object.fromEntries(
        ownColumns.map((position, i) => [`key${i}`, columnAt(owner.columns[position]?.key, owner.source)]),
      ),
    )
    .as("athanor owners");
  const link = relationship.link;
  const own = link
    ? link.own.map((key) => columnAt(key, link.source))
    : relationship.targetColumns.map((position) => columnAt(target.columns[position]?.key, target.source));
  const selection = { ...entitySelection(target), ...Object.fromEntries(own.map((column, i) => [`own ${i}`, column])) };
  let related = (select(selection as never) as any).from(target.entity as unknown as AnyTable);
  if (link) related = related.join(link.source, linkCondition(relationship, "target", target.source));
  related = related.join(owners, and(...own.map((column, i) => column.eq(owners[`key${i}`]))));
  const order =
    relationship.options.orderBy?.(target.source) ??
    target.key.map((position) => columnAt(target.columns[position]?.key, target.source).asc());
  const rows = await place.rows(related.orderBy(...(Array.isArray(order) ? order : [order])));
  const found = entitiesOf(target, rows);
  const byOwner = new Map<unknown, object>();
  for (const entity of entities) {
    const { row, at } = stateOf(entity);
    byOwner.set(owner.identityOfKey(ownColumns.map((position) => (row as unknown[])[at + position])), entity);
  }
  const children = new Map<object, object[]>();
  rows.forEach((row, i) => {
    const parent = byOwner.get(owner.identityOfKey(own.map((_, j) => row[`own ${j}`])));
    if (parent === undefined) return;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [found[i] as object]);
    else list.push(found[i] as object);
  });
  return give(relationship, children, entities);
}
