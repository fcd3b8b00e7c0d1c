// Loads a to-many relationship inside the statement that finds its owners: the related rows come as one JSON value beside each.
import { jsonArray, select } from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";
import { joinCondition, linkCondition } from "../mapping/conditions.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { objectRowsOf } from "../mapping/row-filter.ts";
import { layoutOf } from "../mapping/row-layout.ts";
import { builderOf } from "./hydrate.ts";
import { give, type LoadPlace } from "./select-in.ts";

/** The related rows as an expression beside the owner. */
export function jsonOf(relationship: Relationship): unknown {
  const { owner, target, link } = relationship;
  // The row is taken column by column: what comes back are values, which the session makes objects of.
  const rows = objectRowsOf(target);
  const columns = Object.fromEntries(layoutOf(target).columns.map(({ key }) => [key, columnAt(key, rows)]));
  let query = (select(columns as never) as any).from(rows);
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
  const keys = layoutOf(target).columns.map(({ key }) => key);
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
