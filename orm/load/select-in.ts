// Loads a relationship of many objects at once: one statement for each thousand of them.
import { type AnyTable, alias, row as rowValue, select } from "../../core/index.ts";
import { byKey, inKeyOrder } from "../instance/accessors.ts";
import { RelatedList } from "../instance/collection.ts";
import { remember } from "../instance/inverse.ts";
import { stateOf } from "../instance/state.ts";
import { columnAt, linkCondition } from "../mapping/conditions.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { HydrationPlace } from "./hydrate.ts";

/** What loading needs of a session. */
export interface LoadPlace extends HydrationPlace {
  /** Runs a statement and gives its rows, in which sources that are entities are objects of the session. */
  rows(statement: unknown): Promise<readonly Record<string, unknown>[]>;
}

const perStatement = 1000;

/** Loads the relationship of the given objects, and gives the related ones. */
export async function selectIn(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const related = new Set<object>();
  for (let i = 0; i < entities.length; i += perStatement) {
    for (const one of await loadSome(place, relationship, entities.slice(i, i + perStatement))) related.add(one);
  }
  return [...related];
}

function loadSome(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  switch (relationship.side) {
    case "owner":
      return loadReferred(place, relationship, entities);
    case "target":
      return loadReferring(place, relationship, entities);
    case "link":
      return loadLinked(place, relationship, entities);
    case "custom":
      return loadCustom(place, relationship, entities);
  }
}

/** The objects that the given ones refer to. Those that the session has already are not read again. */
async function loadReferred(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const { target } = relationship;
  const related: object[] = [];
  const waiting: { readonly entity: object; readonly identity: unknown }[] = [];
  const missing = new Map<unknown, readonly unknown[]>();
  const direct = byKey(relationship);
  for (const entity of entities) {
    const values = valuesAt(relationship.owner, relationship.ownColumns, entity);
    if (values === undefined || values.includes(null)) {
      remember(entity, relationship.key, null);
      continue;
    }
    const identity = target.identityOfKey(direct ? inKeyOrder(relationship, values) : values);
    const known = direct ? place.find(target, identity) : undefined;
    if (known !== undefined) {
      remember(entity, relationship.key, known);
      related.push(known);
    } else {
      waiting.push({ entity, identity });
      missing.set(identity, values);
    }
  }
  if (missing.size === 0) return related;
  const keys = relationship.targetColumns.map((position) => target.columns[position]?.key as string);
  const source = target.entity as unknown as AnyTable;
  const rows = await place.rows(
    from(source, { entity: source }).where(isOneOf(target.source, keys, [...missing.values()])),
  );
  const found = new Map<unknown, object>();
  for (const { entity } of rows as readonly { readonly entity: object }[]) {
    const values = rowValues(target, relationship.targetColumns, entity);
    found.set(target.identityOfKey(direct ? inKeyOrder(relationship, values) : values), entity);
    related.push(entity);
  }
  for (const { entity, identity } of waiting) remember(entity, relationship.key, found.get(identity) ?? null);
  return related;
}

/** The objects that refer to the given ones. */
async function loadReferring(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const { owner, target, targetColumns } = relationship;
  const source = target.entity as unknown as AnyTable;
  const keys = targetColumns.map((position) => target.columns[position]?.key as string);
  const parents = byValues(owner, relationship.ownColumns, entities);
  if (parents.size === 0) return give(relationship, new Map(), entities);
  const query = from(source, { entity: source }).where(
    isOneOf(
      target.source,
      keys,
      [...parents.values()].map(({ values }) => values),
    ),
  );
  const rows = (await place.rows(ordered(query, relationship))) as readonly { readonly entity: object }[];
  const children = new Map<object, object[]>();
  for (const { entity } of rows) {
    const parent = parents.get(owner.identityOfKey(rowValues(target, targetColumns, entity)));
    if (parent !== undefined) for (const one of parent.entities) push(children, one, entity);
  }
  return give(relationship, children, entities);
}

/** The objects that a table links to the given ones. */
async function loadLinked(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const { owner, target } = relationship;
  const link = relationship.link as NonNullable<Relationship["link"]>;
  const source = target.entity as unknown as AnyTable;
  const parents = byValues(owner, relationship.ownColumns, entities);
  if (parents.size === 0) return give(relationship, new Map(), entities);
  const own = Object.fromEntries(link.own.map((key, i) => [`own${i}`, columnAt(key, link.source)]));
  const query = from(source, { entity: source, ...own })
    .join(link.source, linkCondition(relationship, "target", target.source))
    .where(
      isOneOf(
        link.source,
        link.own,
        [...parents.values()].map(({ values }) => values),
      ),
    );
  const children = new Map<object, object[]>();
  for (const found of await place.rows(ordered(query, relationship))) {
    const parent = parents.get(owner.identityOfKey(link.own.map((_, i) => found[`own${i}`])));
    if (parent !== undefined) for (const one of parent.entities) push(children, one, found["entity"] as object);
  }
  return give(relationship, children, entities);
}

/** The objects that a condition of the user's relates to the given ones. */
async function loadCustom(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const { owner, target } = relationship;
  const self = alias(owner.source as AnyTable, "athanor owner");
  const source = target.entity as unknown as AnyTable;
  const keys = owner.key.map((position) => owner.columns[position]?.key as string);
  const parents = byValues(owner, owner.key, entities);
  if (parents.size === 0) return give(relationship, new Map(), entities);
  const own = Object.fromEntries(keys.map((key, i) => [`own${i}`, columnAt(key, self as AnyTable)]));
  const condition = relationship.options.on?.(self, target.source);
  const query = from(source, { entity: source, ...own })
    .join(self, condition)
    .where(
      isOneOf(
        self as AnyTable,
        keys,
        [...parents.values()].map(({ values }) => values),
      ),
    );
  const children = new Map<object, object[]>();
  for (const found of await place.rows(ordered(query, relationship))) {
    const parent = parents.get(owner.identityOfKey(keys.map((_, i) => found[`own${i}`])));
    if (parent !== undefined) for (const one of parent.entities) push(children, one, found["entity"] as object);
  }
  return give(relationship, children, entities);
}

/** Puts what was found into the relationship of each object. */
function give(
  relationship: Relationship,
  children: ReadonlyMap<object, readonly object[]>,
  entities: readonly object[],
): readonly object[] {
  const related: object[] = [];
  for (const entity of entities) {
    const found = children.get(entity) ?? [];
    if (relationship.kind === "many") listIn(entity, relationship).hold(found);
    else remember(entity, relationship.key, found[0] ?? null);
    for (const one of found) {
      if (relationship.side === "target" && relationship.inverse !== undefined)
        remember(one, relationship.inverse.key, entity);
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

function isOneOf(source: AnyTable, keys: readonly string[], values: readonly (readonly unknown[])[]): any {
  if (keys.length === 1) return columnAt(keys[0], source).in(values.map(([value]) => value) as never);
  const columns = keys.map((key) => columnAt(key, source));
  return rowValue(...(columns as unknown as [any])).in(values as never);
}

function ordered(query: any, { options, target }: Relationship): any {
  if (options.orderBy !== undefined) {
    const by = options.orderBy(target.source);
    return query.orderBy(...(Array.isArray(by) ? by : [by]));
  }
  // By key, so that lists come in the same order each time.
  return query.orderBy(...target.key.map((position) => columnAt(target.columns[position]?.key, target.source).asc()));
}

// Built of parts whose types are not known here: the mapping has checked that they fit.
function from(source: AnyTable, selection: object): any {
  return (select(selection as never) as any).from(source);
}

function push(lists: Map<object, object[]>, key: object, item: object): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
