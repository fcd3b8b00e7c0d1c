// Loads a relationship of many objects at once: one statement for each thousand of them.

import type { Dialect } from "../../core/index.ts";
import { rememberAbsent } from "../instance/absent.ts";
import { byKey, referred } from "../instance/accessors.ts";
import { RelatedList } from "../instance/collection.ts";
import { remember } from "../instance/inverse.ts";
import { stateOf } from "../instance/state.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { groupedLinks } from "./grouped-links.ts";
import { type HydrationPlace, readerOf } from "./hydrate.ts";
import { type OwnerOfRows, Owners } from "./owners.ts";
import { ownPositions, relatedQuery } from "./related-query.ts";

/** What loading needs of a session. */
export interface LoadPlace extends HydrationPlace {
  /** Runs a statement and gives its rows, in which sources that are entities are objects of the session. */
  rows(statement: unknown): Promise<readonly Record<string, unknown>[]>;
  readonly dialect: Dialect;
  /** Runs a statement and gives its rows as arrays of values, which belong to whoever asked. */
  arrays(statement: unknown): Promise<readonly unknown[][]>;
}

const perStatement = 1000;
const nothing: readonly never[] = [];

/** A thousand at a time. */
export function* inChunks<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length > perStatement) {
    for (let i = 0; i < items.length; i += perStatement) yield items.slice(i, i + perStatement);
  } else if (items.length > 0) yield items;
}

/**
 * Loads the relationship of the given objects, and gives the related ones: in a many-to-many, some of them again.
 *
 * @param entities each once
 */
export async function selectIn(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  if (relationship.side === "owner") return loadReferred(place, relationship, entities);
  const related: object[] = [];
  for (const some of inChunks(entities)) await loadRelated(place, relationship, some, related);
  return related;
}

async function loadRelated(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
  into: object[],
): Promise<void> {
  const { owner, target } = relationship;
  const isMany = relationship.kind === "many";
  const owners = new Owners(owner, ownPositions(relationship), entities);
  const key = isMany ? sortingKey(relationship) : undefined;
  let inOrder = true;
  if (owners.keys.length > 0) {
    const { query, ownAt, keysOf, orderBy } =
      groupedLinks(relationship, owners.keys, place.dialect) ?? relatedQuery(relationship, owners.keys);
    const rows = await place.arrays(key === undefined ? query.orderBy(...orderBy) : query);
    const read = readerOf(target, place);
    const back = backReference(relationship);
    let last = Number.NEGATIVE_INFINITY;
    for (const row of rows) {
      // Before the object is made of the row: a date in it is then a number.
      const first = keysOf === undefined ? owners.of(row, ownAt) : undefined;
      if (key !== undefined) {
        const number = row[key] as number;
        inOrder &&= last <= number;
        last = number;
      }
      const entity = read(row, 0);
      into.push(entity);
      if (keysOf === undefined) putInto(first, entity, relationship, back);
      else for (const own of keysOf(row[ownAt[0] as number])) putInto(owners.ofValue(own), entity, relationship, back);
    }
  }
  for (const { entity, found } of owners.all) {
    if (!inOrder && found !== undefined) sortBy(target.columns[key as number]?.key as string, found);
    hold(entity, relationship, found);
  }
  for (const entity of owners.without) hold(entity, relationship, undefined);
}

/** Puts an object into what was found for an owner, and for those with the same values. */
function putInto(
  first: OwnerOfRows | undefined,
  entity: object,
  relationship: Relationship,
  back: string | undefined,
): void {
  for (let one = first; one !== undefined; one = one.next) {
    one.found ??= relationship.kind === "many" ? listIn(one.entity, relationship).room() : [];
    // By index: a list refuses push(), and is an array all the same.
    one.found[one.found.length] = entity;
    if (back !== undefined) remember(entity, back, one.entity);
  }
}

/**
 * The position of the column that lists are sorted by here: the primary key, if it is a number and nothing else is said. It costs
 * the database a sort of all rows, or a worse plan, where most rows come in order anyway. Texts are sorted by the database alone.
 */
function sortingKey({ options, target }: Relationship): number | undefined {
  const [position, ...others] = target.key;
  if (options.orderBy !== undefined || position === undefined || others.length > 0) return undefined;
  return target.columns[position]?.type.kind === "integer" ? position : undefined;
}

function sortBy(key: string, objects: object[]): void {
  const numberOf = (object: object | undefined): number => (object as Record<string, number>)[key] as number;
  for (let i = 1; i < objects.length; i++) {
    if (numberOf(objects[i - 1]) > numberOf(objects[i])) {
      objects.sort((a, b) => numberOf(a) - numberOf(b));
      return;
    }
  }
}

/** The relationship of the related objects that leads back, where it is not found by the owner's key anyway. */
function backReference({ side, inverse }: Relationship): string | undefined {
  return side === "target" && inverse !== undefined && !byKey(inverse) ? inverse.key : undefined;
}

function hold(entity: object, relationship: Relationship, found: readonly object[] | undefined): void {
  if (relationship.kind === "many")
    (found instanceof RelatedList ? found : listIn(entity, relationship)).hold(found ?? nothing);
  else remember(entity, relationship.key, found?.[0] ?? null);
}

/** The objects that the given ones refer to. Those that the session has already are not read again. */
async function loadReferred(
  place: LoadPlace,
  relationship: Relationship,
  entities: readonly object[],
): Promise<readonly object[]> {
  const related = new Set<object>();
  const missing: object[] = [];
  for (const entity of entities) {
    const known = byKey(relationship) ? referred(entity, relationship) : undefined;
    if (known === undefined) missing.push(entity);
    else if (known !== null) related.add(known);
  }
  if (missing.length === 0) return [...related];
  const owners = new Owners(relationship.owner, relationship.ownColumns, missing);
  const read = readerOf(relationship.target, place);
  for (const keys of inChunks(owners.keys)) {
    const { query, ownAt } = relatedQuery(relationship, keys);
    for (const row of await place.arrays(query)) {
      const first = owners.of(row, ownAt);
      const entity = read(row, 0);
      related.add(entity);
      for (let one = first; one !== undefined; one = one.next) one.found = [entity];
    }
  }
  for (const entity of missing) rememberAbsent(entity, relationship);
  for (const { entity, found } of owners.all) if (found !== undefined) remember(entity, relationship.key, found[0]);
  return [...related];
}

/** Puts what was found otherwise into the relationship of each object. */
export function give(
  relationship: Relationship,
  children: ReadonlyMap<object, readonly object[]>,
  entities: readonly object[],
): readonly object[] {
  const related = new Set<object>();
  const back = backReference(relationship);
  for (const entity of entities) {
    const found = children.get(entity);
    hold(entity, relationship, found);
    for (const one of found ?? []) {
      if (back !== undefined) remember(one, back, entity);
      related.add(one);
    }
  }
  return [...related];
}

function listIn(entity: object, relationship: Relationship): RelatedList {
  const known = stateOf(entity).relations?.[relationship.key] as RelatedList | undefined;
  if (known !== undefined) return known;
  const list = RelatedList.make(entity, relationship);
  remember(entity, relationship.key, list);
  return list;
}
