// A many-to-many relationship, each related row once with the keys of all its owners, instead of once for each of them: where
// objects share what they are related to, far less is sent and read.
import { type AnyTable, and, type Dialect, factsOf, fn, type SqlType, select, text } from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";
import { computedFields, entitySelection } from "../mapping/computed-fields.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { isOwnRow, isUnion } from "../mapping/union-rows.ts";
import { from, isOneOf, keysAt, orderOf, type RelatedQuery } from "./related-query.ts";

/** The query for owners with these keys; undefined where keys cannot stand in a list, or the database has more work with it. */
export function groupedLinks(
  relationship: Relationship,
  keys: readonly unknown[],
  dialect: Dialect,
): RelatedQuery | undefined {
  const { link, target, targetColumns } = relationship;
  const [own, ...others] = link?.own ?? [];
  if (link === undefined || own === undefined || others.length > 0 || keys.length < 2 || !dialect.bulk.gathersKeys)
    return undefined;
  const keysOf = keysInList(link.table.columns.get(own)?.type);
  if (keysOf === undefined) return undefined;
  const towards = link.target.map((key) => columnAt(key, link.source));
  const links = (select as any)({
    ...Object.fromEntries(towards.map((column, i) => [`target${i}`, column])),
    owners: fn.stringAgg(columnAt(own, link.source).cast(text()), ","),
  })
    .from(link.source)
    .where(isOneOf(link.source, [own], keys))
    .groupBy(...towards)
    .as("athanor links");
  const isLinked = keysAt(target, targetColumns).map((key, i) => links[`target${i}`].eq(columnAt(key, target.source)));
  if (isUnion(target)) isLinked.push(isOwnRow(target));
  return {
    query: from(target, { ...entitySelection(target), owners: links.owners }).join(links, and(...isLinked)),
    ownColumns: [links.owners],
    ownAt: [factsOf(target.entity as unknown as AnyTable).columns.length + computedFields(target).length],
    keysOf,
    orderBy: orderOf(relationship),
  };
}

/** What reads keys of the type out of a list of their texts with commas between. */
function keysInList(type: SqlType | undefined): RelatedQuery["keysOf"] {
  switch (type?.kind) {
    case "integer":
      return (list) => JSON.parse(`[${list}]`);
    case "bigint":
      return (list) => (type.as === "number" ? JSON.parse(`[${list}]`) : (list as string).split(",").map(BigInt));
    case "uuid":
      return (list) => (list as string).split(",");
    default:
      return undefined;
  }
}
