// The query for the related rows of some objects: one statement, in whose rows something tells whose they are.
import { type AnyTable, alias, factsOf, row as rowValue, select } from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";
import { computedFields, entitySelection } from "../mapping/computed-fields.ts";
import { linkCondition } from "../mapping/conditions.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { isOwnRow, isUnion, rowKey } from "../mapping/union-rows.ts";

/** A query over the target of a relationship. Its rows begin with the object, as {@link entitySelection} says. */
export interface RelatedQuery {
  readonly query: any;
  /** What the rows of one owner have in common. */
  readonly ownColumns: readonly any[];
  /** Where these values stand in a row. */
  readonly ownAt: readonly number[];
  /** Where a row stands there for several owners: what reads the keys of all of them out of the single value. */
  readonly keysOf?: (value: unknown) => readonly unknown[];
  readonly orderBy: readonly unknown[];
}

/** The columns of the owner by which its related rows are found. */
export function ownPositions(relationship: Relationship): readonly number[] {
  return relationship.side === "custom" ? relationship.owner.key : relationship.ownColumns;
}

/** @param keys the values of those columns: for a single one as they are, for several as lists */
export function relatedQuery(relationship: Relationship, keys: readonly unknown[]): RelatedQuery {
  switch (relationship.side) {
    case "link":
      return throughLink(relationship, keys);
    case "custom":
      return byCondition(relationship, keys);
    default:
      return byForeignKey(relationship, keys);
  }
}

/** The rows that refer to the owners, or those that the owners refer to. */
function byForeignKey(relationship: Relationship, values: readonly unknown[]): RelatedQuery {
  const { target, targetColumns } = relationship;
  const keys = keysAt(target, targetColumns);
  const ownColumns = keys.map((key) => columnAt(key, target.source));
  // A deferred column is not among those of the object.
  const isRead = targetColumns.every((position) => position < target.loadedCount);
  const selection = isRead ? entitySelection(target) : { ...entitySelection(target), ...labelled(ownColumns) };
  return {
    query: from(target, selection).where(
      isOneOf(target.source, keys, values),
      ...(relationship.side === "owner" && isUnion(target) ? [isOwnRow(target)] : []),
    ),
    ownColumns,
    ownAt: isRead ? targetColumns : besideObject(target, ownColumns),
    orderBy: orderOf(relationship),
  };
}

function throughLink(relationship: Relationship, values: readonly unknown[]): RelatedQuery {
  const { target } = relationship;
  const link = relationship.link as NonNullable<Relationship["link"]>;
  const ownColumns = link.own.map((key) => columnAt(key, link.source));
  return {
    query: from(target, { ...entitySelection(target), ...labelled(ownColumns) })
      .join(link.source, linkCondition(relationship, "target", target.source))
      .where(isOneOf(link.source, link.own, values)),
    ownColumns,
    ownAt: besideObject(target, ownColumns),
    orderBy: relationship.options.orderBy === undefined ? linkOrder(relationship) : orderOf(relationship),
  };
}

function byCondition(relationship: Relationship, values: readonly unknown[]): RelatedQuery {
  const { owner, target, options } = relationship;
  const self = alias(owner.source, "athanor owner") as unknown as AnyTable;
  const keys = keysAt(owner, owner.key);
  const ownColumns = keys.map((key) => columnAt(key, self));
  return {
    query: from(target, { ...entitySelection(target), ...labelled(ownColumns) })
      .join(self, options.on?.(self, target.source))
      .where(isOneOf(self, keys, values)),
    ownColumns,
    ownAt: besideObject(target, ownColumns),
    orderBy: orderOf(relationship),
  };
}

/** As the mapping says; else by key, so that lists come in the same order each time. */
export function orderOf({ options, target }: Relationship): readonly unknown[] {
  if (options.orderBy !== undefined) {
    const by = options.orderBy(target.source);
    return Array.isArray(by) ? by : [by];
  }
  return rowKey(target).map((column) => column.asc());
}

/** By owner and then by the target's key, which is the same for each list: the index of a link's primary key has this order. */
function linkOrder(relationship: Relationship): readonly unknown[] {
  const { target, targetColumns } = relationship;
  const link = relationship.link as NonNullable<Relationship["link"]>;
  const at = target.key.map((position) => targetColumns.indexOf(position));
  if (at.includes(-1)) return orderOf(relationship);
  return [...link.own, ...at.map((i) => link.target[i])].map((key) => columnAt(key, link.source).asc());
}

/** The values behind the object's columns and computed properties. */
function besideObject(target: Mapper, columns: readonly unknown[]): readonly number[] {
  const width = factsOf(target.entity as unknown as AnyTable).columns.length + computedFields(target).length;
  return columns.map((_, i) => width + i);
}

export function keysAt(mapper: Mapper, positions: readonly number[]): readonly string[] {
  return positions.map((position) => mapper.columns[position]?.key as string);
}

export function isOneOf(source: AnyTable, keys: readonly string[], values: readonly unknown[]): any {
  if (keys.length === 1) return columnAt(keys[0], source).in(values as never);
  const columns = keys.map((key) => columnAt(key, source));
  return rowValue(...(columns as unknown as [any])).in(values as never);
}

/** What a query that is narrowed calls the values that tell the owner. */
export function ownLabel(i: number): string {
  return `own ${i}`;
}

export function labelled(columns: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column, i) => [ownLabel(i), column]));
}

// Built of parts whose types are not known here: the mapping has checked that they fit.
export function from(target: Mapper, selection: object): any {
  return (select(selection as never) as any).from(target.entity as unknown as AnyTable);
}
