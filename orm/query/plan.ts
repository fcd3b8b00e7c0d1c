// A query for objects → one Core statement, and what to make of its rows and to load beside it.
import {
  type AnyTable,
  CompileError,
  type Dialect,
  type ExprOf,
  type LockOptions,
  NODE,
  type Order,
  select,
} from "../../core/index.ts";
import { readerOf } from "../load/hydrate.ts";
import { isJson, loadIncludes, merged } from "../load/include.ts";
import { joinedSelection, planJoins, takeJoined, withJoins } from "../load/join.ts";
import { jsonOf, takeJson } from "../load/json.ts";
import { selectPart } from "../load/part.ts";
import type { LoadPlace } from "../load/select-in.ts";
import { deferredSelection, takeDeferred } from "../mapping/computed.ts";
import { entitiesOf, entitySelection } from "../mapping/computed-fields.ts";
import type { Mapper, Recipe } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import { RelatedAttribute, type RelationAttribute } from "../mapping/relation-attribute.ts";
import { isUnion, unionRows } from "../mapping/union-rows.ts";

/** How rows that others hold are met: left out, or an error at once; without either they are waited for. */
export type RowLock = Pick<LockOptions, "skipLocked" | "noWait">;

/** A lock of the objects' rows, by the name of Core's method. */
interface Lock {
  readonly method: "forUpdate" | "forShare";
  readonly options: RowLock;
}

/** What a query asks for. */
export interface QueryParts {
  readonly entity: unknown;
  readonly conditions: readonly ExprOf<boolean | null, any>[];
  readonly orderBy: readonly (Order<any> | ExprOf<any, any>)[];
  readonly limit: unknown;
  readonly offset: unknown;
  readonly includes: readonly RelationAttribute[];
  /** Deferred columns and computed properties that are loaded after all. */
  readonly undefer: readonly string[];
  /** Default filters that do not hold. */
  readonly lifted: readonly string[];
  /** How the objects' rows are locked until the transaction ends. */
  readonly lock: Lock | undefined;
  /** What stands beside each object: expressions, and parts of relationships. */
  readonly beside: Readonly<Record<string, unknown>> | undefined;
  /** Of a class that stands for whole tables of several: those that are read, if not all. */
  readonly branches: readonly Recipe[] | undefined;
}

/** The objects of a query; with something beside them, rows of `{ entity, … }`. */
export async function runQuery(place: LoadPlace, parts: QueryParts): Promise<object[]> {
  const mapper = mapperOf(parts.entity);
  const { joins, later } = planJoins([...parts.includes], mapper);
  const json = [...merged(later.filter(isJson))];
  const others = later.filter((attribute) => !isJson(attribute));
  const besides = Object.entries(parts.beside ?? {});
  const selection = {
    ...entitySelection(mapper),
    ...joinedSelection(joins),
    ...deferredSelection(mapper, parts.undefer),
    ...Object.fromEntries(json.map(({ attribute }) => [`json ${attribute.key}`, jsonOf(attribute.relationship)])),
    ...Object.fromEntries(
      besides.filter(([, value]) => isExpression(value)).map(([key, value]) => [`beside ${key}`, value]),
    ),
  };
  const query = locked(
    queryOf(parts, selection, (started) => withJoins(started, joins)),
    parts,
    place.dialect,
  );
  const isAlone = joins.length + json.length + parts.undefer.length === 0 && parts.beside === undefined;
  if (isAlone) return readAlone(place, mapper, query, others);
  const rows = await place.rows(query);
  const entities = entitiesOf(mapper, rows);
  takeDeferred(mapper, parts.undefer, entities, rows);
  for (const { objects, later: nested } of takeJoined(joins, entities, rows))
    await loadIncludes(place, objects, nested);
  for (const { attribute, nested } of json) {
    const related = takeJson(
      place,
      attribute.relationship,
      entities,
      rows.map((row) => row[`json ${attribute.key}`]),
    );
    await loadIncludes(place, related, nested);
  }
  await loadIncludes(
    place,
    entities,
    others,
    queryOf(parts, { entity: parts.entity }, (started) => started),
  );
  return parts.beside === undefined ? entities : besideEach(place, besides, entities, rows);
}

/** Objects with nothing beside them in their rows: no object needs to be made for a row itself. */
async function readAlone(
  place: LoadPlace,
  mapper: Mapper,
  query: unknown,
  includes: readonly RelationAttribute[],
): Promise<object[]> {
  const rows = await place.arrays(query);
  const read = readerOf(mapper, place);
  const entities = new Array<object>(rows.length);
  for (let i = 0; i < rows.length; i++) entities[i] = read(rows[i] as unknown[], 0);
  await loadIncludes(place, entities, includes, query);
  return entities;
}

async function besideEach(
  place: LoadPlace,
  besides: readonly (readonly [string, unknown])[],
  entities: readonly object[],
  rows: readonly Record<string, unknown>[],
): Promise<object[]> {
  const result: Record<string, unknown>[] = entities.map((entity) => ({ entity }));
  for (const [key, value] of besides) {
    if (isExpression(value)) {
      result.forEach((one, i) => {
        one[key] = rows[i]?.[`beside ${key}`];
      });
      continue;
    }
    const { relation, parts } = value instanceof RelatedAttribute ? value : (value as RelationAttribute).orderBy();
    const found = await selectPart(place, relation.relationship, entities, {
      ...parts,
      conditions: parts.conditions.map((one) => inside(one, relation)),
    });
    await loadIncludes(place, [...new Set([...found.values()].flat())], relation.nested);
    for (const one of result) one[key] = found.get(one.entity as object) ?? [];
  }
  return result;
}

function inside(condition: unknown, relation: RelationAttribute): unknown {
  return typeof condition === "function" ? condition(relation.relationship.target.source) : condition;
}

function isExpression(value: unknown): boolean {
  return typeof value === "object" && value !== null && NODE in value;
}

/** The Core statement of a query with the given selection. */
export function queryOf(parts: QueryParts, selection: object, join: (query: any) => any): any {
  // Built of parts whose types the interface has checked.
  let query = join((select(selection as never) as any).from(sourceOfQuery(parts)));
  if (parts.conditions.length > 0) query = query.where(...parts.conditions);
  if (parts.orderBy.length > 0) query = query.orderBy(...parts.orderBy);
  if (parts.limit !== undefined) query = query.limit(parts.limit);
  if (parts.offset !== undefined) query = query.offset(parts.offset);
  return query;
}

/** What a query reads from. */
export function sourceOfQuery({ entity, branches }: QueryParts): AnyTable {
  return branches === undefined ? (entity as AnyTable) : unionRows(mapperOf(entity), branches);
}

/**
 * Of the rows that a query reads only its objects' own are locked, where the database can tell them apart. Where it has no locks
 * of rows, a transaction that may write keeps all others from writing.
 */
function locked(query: any, { entity, lock }: QueryParts, { features }: Dialect): any {
  if (lock === undefined || !features.has("ROW LOCKS")) return query;
  const mapper = mapperOf(entity);
  if (isUnion(mapper)) {
    throw new CompileError(
      `${lock.method}() of a query for ${mapper.name}, whose rows lie in the tables of several classes`,
      `Query one class, or narrow to it with of(…): no database locks the rows of a union.`,
    );
  }
  return query[lock.method]({ ...lock.options, ...(features.has("LOCK OF") ? { of: [entity] } : {}) });
}
