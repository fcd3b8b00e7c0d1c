// Loads a to-many relationship inside the statement that finds its owners: the related rows come as one JSON value beside each.
import { jsonArray, select } from "../../core/index.ts";
import { joinCondition, linkCondition } from "../mapping/conditions.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { rowsOf } from "../mapping/row-filter.ts";
import { builderOf } from "./hydrate.ts";
import { give, type LoadPlace } from "./select-in.ts";

/** The related rows as an expression beside the owner. */
export function jsonOf(relationship: Relationship): unknown {
  const { owner, target, link } = relationship;
  // The row is taken column by column: what comes back are values, which the session makes objects of.
  const columns = Object.fromEntries(
    target.columns.slice(0, target.loadedCount).map(({ key }) => [key, Reflect.get(target.source, key)]),
  );
  let query = (select(columns as never) as any).from(rowsOf(target));
  if (link) {
    query = query
      .join(link.source, linkCondition(relationship, "target", target.source))
      .where(linkCondition(relationship, "own", owner.source));
  } else query = query.where(joinCondition(relationship, owner.source, target.source));
  const order =
    relationship.options.orderBy?.(target.source) ??
    target.key.map((position) => Reflect.get(target.source, target.columns[position]?.key as string).asc());
  return jsonArray(query.orderBy(...(Array.isArray(order) ? order : [order])));
}

/** Makes objects of the JSON that came beside each owner. */
export function takeJson(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
  values: readonly unknown[],
): readonly object[] {
  const { target } = relationship;
  const build = builderOf(target, place);
  const keys = target.columns.slice(0, target.loadedCount).map(({ key }) => key);
  const children = new Map<object, object[]>();
  entities.forEach((entity, i) => {
    const rows = values[i] as readonly Record<string, unknown>[];
    children.set(
      entity,
      rows.map((row) =>
        build(
          keys.map((key) => row[key]),
          0,
        ),
      ),
    );
  });
  return give(relationship, children, entities);
}
