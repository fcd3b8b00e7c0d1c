// Loads a relationship of many objects at once: one statement for each thousand of them.
import { type AnyTable, alias, and, fn, partitionBy, row as rowValue, select } from "../../core/index.ts";
import { byKey, inKeyOrder } from "../instance/accessors.ts";
import { RelatedList } from "../instance/collection.ts";
import { remember } from "../instance/inverse.ts";
import { stateOf } from "../instance/state.ts";
import { entitiesOf, entitySelection } from "../mapping/computed.ts";
import { columnAt, linkCondition } from "../mapping/conditions.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { HydrationPlace } from "./hydrate.ts";

/** What loading needs of a session. */
export interface LoadPlace extends HydrationPlace {
  /** Runs a statement and gives its rows, in which sources that are entities are objects of the session. */
  rows(statement: unknown): Promise<readonly Record<string, unknown>[]>;
}

/** Which of the related objects, and in which order. */
export interface Part {
  readonly conditions: readonly unknown[];
  readonly orderBy: readonly unknown[];
  readonly limit: number | undefined;
}

const perStatement = 1000;

/** Loads the relationship of the given objects, and gives the related ones. */
export async function selectIn(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const unique = [...new Set(entities)];
  if (relationship.side === "owner") return loadReferred(place, relationship, unique);
  const related: object[] = [];
  for (let i = 0; i < unique.length; i += perStatement) {
    const some = unique.slice(i, i + perStatement);
    related.push(...give(relationship, await findRelated(place, relationship, some, undefined), some));
  }
  return [...new Set(related)];
}

/** The related objects of each, without putting them into the relationship: what `with` shows beside an entity. */
export async function selectPart(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
  part: Part,
): Promise<ReadonlyMap<object, readonly object[]>> {
  const unique = [...new Set(entities)];
  const found = new Map<object, readonly object[]>();
  for (let i = 0; i < unique.length; i += perStatement) {
    for (const [entity, related] of await findRelated(place, relationship, unique.slice(i, i + perStatement), part))
      found.set(entity, related);
  }
  return found;
}

/** The objects that the given ones refer to. Those that the session has already are not read again. */
async function loadReferred(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const { owner, target, ownColumns, targetColumns } = relationship;
  const related = new Set<object>();
  const waiting: { readonly entity: object; readonly identity: unknown }[] = [];
  const missing = new Map<unknown, readonly unknown[]>();
  const direct = byKey(relationship);
  const identify = (values: readonly unknown[]): unknown =>
    target.identityOfKey(direct ? inKeyOrder(relationship, values) : values);
  for (const entity of entities) {
    const values = valuesAt(owner, ownColumns, entity);
    if (values === undefined || values.includes(null)) {
      remember(entity, relationship.key, null);
      continue;
    }
    const identity = identify(values);
    const known = direct ? place.find(target, identity) : undefined;
    if (known !== undefined) {
      remember(entity, relationship.key, known);
      related.add(known);
    } else {
      waiting.push({ entity, identity });
      missing.set(identity, values);
    }
  }
  const keys = keysAt(target, targetColumns);
  const wanted = [...missing.values()];
  const found = new Map<unknown, object>();
  for (let i = 0; i < wanted.length; i += perStatement) {
    const query = from(target, entitySelection(target)).where(
      isOneOf(target.source, keys, wanted.slice(i, i + perStatement)),
    );
    for (const entity of entitiesOf(target, await place.rows(query))) {
      found.set(identify(rowValues(target, targetColumns, entity)), entity);
      related.add(entity);
    }
  }
  for (const { entity, identity } of waiting) remember(entity, relationship.key, found.get(identity) ?? null);
  return [...related];
}

/** How the related rows of some objects are asked for, and which object each row belongs to. */
interface Way {
  /** A query over the target, with what tells the owner in its selection. */
  readonly query: any;
  /** What the rows of one owner have in common. */
  readonly ownColumns: readonly any[];
  readonly ownerOf: (row: Record<string, unknown>, entity: object) => readonly unknown[];
}

async function findRelated(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
  part: Part | undefined,
): Promise<ReadonlyMap<object, readonly object[]>> {
  const { owner, target } = relationship;
  const positions = relationship.side === "custom" ? owner.key : relationship.ownColumns;
  const parents = byValues(owner, positions, entities);
  const related = new Map<object, object[]>();
  if (parents.size === 0) return related;
  const values = [...parents.values()].map((parent) => parent.values);
  const way = wayOf(relationship, values);
  const rows = await place.rows(partOf(relationship, way, part));
  const found = entitiesOf(target, rows);
  for (let i = 0; i < rows.length; i++) {
    const entity = found[i] as object;
    const parent = parents.get(owner.identityOfKey(way.ownerOf(rows[i] as Record<string, unknown>, entity)));
    if (parent !== undefined) for (const one of parent.entities) push(related, one, entity);
  }
  return related;
}

function wayOf(relationship: Relationship, values: readonly (readonly unknown[])[]): Way {
  switch (relationship.side) {
    case "link":
      return throughLink(relationship, values);
    case "custom":
      return byCondition(relationship, values);
    default:
      return byForeignKey(relationship, values);
  }
}

/** The rows that refer to the owners, or for `with` those that the owners refer to. */
function byForeignKey({ target, targetColumns }: Relationship, values: readonly (readonly unknown[])[]): Way {
  const keys = keysAt(target, targetColumns);
  return {
    query: from(target, entitySelection(target)).where(isOneOf(target.source, keys, values)),
    ownColumns: keys.map((key) => columnAt(key, target.source)),
    ownerOf: (_row, entity) => rowValues(target, targetColumns, entity),
  };
}

function throughLink(relationship: Relationship, values: readonly (readonly unknown[])[]): Way {
  const { target } = relationship;
  const link = relationship.link as NonNullable<Relationship["link"]>;
  const ownColumns = link.own.map((key) => columnAt(key, link.source));
  return {
    query: from(target, { ...entitySelection(target), ...labelled(ownColumns) })
      .join(link.source, linkCondition(relationship, "target", target.source))
      .where(isOneOf(link.source, link.own, values)),
    ownColumns,
    ownerOf: (row) => ownColumns.map((_, i) => row[ownLabel(i)]),
  };
}

function byCondition({ owner, target, options }: Relationship, values: readonly (readonly unknown[])[]): Way {
  const self = alias(owner.source, "athanor owner") as unknown as AnyTable;
  const keys = keysAt(owner, owner.key);
  const ownColumns = keys.map((key) => columnAt(key, self));
  return {
    query: from(target, { ...entitySelection(target), ...labelled(ownColumns) })
      .join(self, options.on?.(self, target.source))
      .where(isOneOf(self, keys, values)),
    ownColumns,
    ownerOf: (row) => ownColumns.map((_, i) => row[ownLabel(i)]),
  };
}

/** The query with the part's conditions, order and limit for each owner. */
function partOf(relationship: Relationship, { query, ownColumns }: Way, part: Part | undefined): any {
  const order = part !== undefined && part.orderBy.length > 0 ? part.orderBy : defaultOrder(relationship);
  const narrowed = part !== undefined && part.conditions.length > 0 ? query.where(...part.conditions) : query;
  if (part?.limit === undefined) return narrowed.orderBy(...order);
  const { target } = relationship;
  const keys = keysAt(target, target.key);
  const ranked = narrowed
    .select({
      ...Object.fromEntries(keys.map((key, i) => [`key${i}`, columnAt(key, target.source)])),
      ...labelled(ownColumns),
      rank: fn.rowNumber().over((partitionBy(...ownColumns) as any).orderBy(...order)),
    })
    .as("athanor ranked");
  const same = [
    ...keys.map((key, i) => columnAt(key, target.source).eq(ranked[`key${i}`])),
    ...ownColumns.map((column, i) => column.eq(ranked[ownLabel(i)])),
  ];
  return narrowed
    .join(ranked, and(...same))
    .where(ranked.rank.lte(part.limit))
    .orderBy(...order);
}

function defaultOrder({ options, target }: Relationship): readonly unknown[] {
  if (options.orderBy !== undefined) {
    const by = options.orderBy(target.source);
    return Array.isArray(by) ? by : [by];
  }
  // By key, so that lists come in the same order each time.
  return target.key.map((position) => columnAt(target.columns[position]?.key, target.source).asc());
}

/** Puts what was found into the relationship of each object. */
export function give(
  relationship: Relationship,
  children: ReadonlyMap<object, readonly object[]>,
  entities: readonly object[],
): readonly object[] {
  const related: object[] = [];
  const back = relationship.side === "target" ? relationship.inverse?.key : undefined;
  for (const entity of entities) {
    const found = children.get(entity) ?? [];
    if (relationship.kind === "many") listIn(entity, relationship).hold(found);
    else remember(entity, relationship.key, found[0] ?? null);
    for (const one of found) {
      if (back !== undefined) remember(one, back, entity);
      related.push(one);
    }
  }
  return related;
}

function listIn(entity: object, relationship: Relationship): RelatedList {
  const known = stateOf(entity).relations?.[relationship.key] as RelatedList | undefined;
  if (known !== undefined) return known;
  const list = RelatedList.make(entity, relationship);
  remember(entity, relationship.key, list);
  return list;
}

interface Parents {
  readonly values: readonly unknown[];
  readonly entities: object[];
}

/** The objects by the values of their columns; several may share them, and those without are left out. */
function byValues(mapper: Mapper, positions: readonly number[], entities: readonly object[]): Map<unknown, Parents> {
  const result = new Map<unknown, Parents>();
  for (const entity of entities) {
    const values = valuesAt(mapper, positions, entity);
    if (values === undefined || values.includes(null)) continue;
    const identity = mapper.identityOfKey(values);
    const known = result.get(identity);
    if (known === undefined) result.set(identity, { values, entities: [entity] });
    else known.entities.push(entity);
  }
  return result;
}

function valuesAt(mapper: Mapper, positions: readonly number[], entity: object): readonly unknown[] | undefined {
  const values: unknown[] = [];
  for (const position of positions) {
    const key = mapper.columns[position]?.key as string;
    if (!Object.hasOwn(entity, key)) return undefined;
    values.push(Reflect.get(entity, key));
  }
  return values;
}

/** The values that the object's row has, which is what the statement found it by. */
function rowValues(mapper: Mapper, positions: readonly number[], entity: object): readonly unknown[] {
  const { row, at } = stateOf(entity);
  return positions.map((position) => {
    const column = mapper.columns[position] as Mapper["columns"][number];
    // A date stands in the snapshot as its number.
    return column.compare === "value" ? (row as unknown[])[at + position] : Reflect.get(entity, column.key);
  });
}

function keysAt(mapper: Mapper, positions: readonly number[]): readonly string[] {
  return positions.map((position) => mapper.columns[position]?.key as string);
}

function isOneOf(source: AnyTable, keys: readonly string[], values: readonly (readonly unknown[])[]): any {
  if (keys.length === 1) return columnAt(keys[0], source).in(values.map(([value]) => value) as never);
  const columns = keys.map((key) => columnAt(key, source));
  return rowValue(...(columns as unknown as [any])).in(values as never);
}

function ownLabel(i: number): string {
  return `own ${i}`;
}

function labelled(columns: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column, i) => [ownLabel(i), column]));
}

// Built of parts whose types are not known here: the mapping has checked that they fit.
function from(target: Mapper, selection: object): any {
  return (select(selection as never) as any).from(target.entity as unknown as AnyTable);
}

function push(lists: Map<object, object[]>, key: object, item: object): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
