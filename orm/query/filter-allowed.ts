// The allow-list of a filter schema: paths, looked up in the mapping once, as maps that hold their names and nothing else.
import type { SqlType } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { isComputedName } from "../mapping/computed.ts";
import { columnBy, embeddedOf, type ValuePart, type ValueShape } from "../mapping/embedded.ts";
import { relationshipsOf } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { type FilterOperator, operatorsOf } from "./filter-operators.ts";

/** What a filter may name, for one class. */
export interface Allowed {
  readonly columns: ReadonlyMap<string, AllowedColumn>;
  readonly relationships: ReadonlyMap<string, AllowedRelationship>;
  readonly values: ReadonlyMap<string, AllowedValue>;
}
/** A value object: what of its parts. */
export interface AllowedValue {
  readonly isNullable: boolean;
  readonly parts: Pick<Allowed, "columns" | "values">;
}
export interface AllowedColumn {
  readonly type: SqlType;
  readonly isNullable: boolean;
  readonly operators: ReadonlySet<string>;
}
export interface AllowedRelationship {
  readonly kind: "many" | "one" | "optional";
  readonly fields: Allowed;
}

interface Growing {
  readonly columns: Map<string, AllowedColumn>;
  readonly relationships: Map<string, { readonly kind: AllowedRelationship["kind"]; readonly fields: Growing }>;
  readonly values: Map<string, { readonly isNullable: boolean; readonly parts: Growing }>;
}

const grow = (): Growing => ({ columns: new Map(), relationships: new Map(), values: new Map() });

/** @throws {MappingError} if a path leads nowhere, or an operator is none of the column's */
export function allowedFields(
  mapper: Mapper,
  fields: readonly string[] | Readonly<Record<string, readonly FilterOperator[] | undefined>>,
): Allowed {
  const allowed = grow();
  const entries: readonly (readonly [string, readonly FilterOperator[] | undefined])[] = isList(fields)
    ? fields.map((path) => [path, undefined])
    : Object.entries(fields);
  for (const [path, operators] of entries) allow(allowed, mapper, path, operators);
  return allowed;
}

function isList(fields: object): fields is readonly string[] {
  return Array.isArray(fields);
}

function allow(root: Growing, from: Mapper, path: string, operators: readonly FilterOperator[] | undefined): void {
  let mapper = from;
  let into = root;
  const names = path.split(".");
  for (const [i, name] of names.entries()) {
    const rest = names.slice(i);
    const column = columnBy(mapper, rest);
    if (column !== undefined) {
      const parts = valueFor(into, mapper, rest.slice(0, -1));
      parts.columns.set(rest.at(-1) as string, {
        type: column.type,
        isNullable: column.facts.nullable,
        operators: chosen(`${from.name}.${path}`, column.type, operators),
      });
      return;
    }
    const relationship = relationshipsOf(mapper).get(name);
    if (relationship === undefined) throw leadsNowhere(from, path, "fields");
    let next = into.relationships.get(name);
    if (next === undefined) {
      next = { kind: relationship.kind, fields: grow() };
      into.relationships.set(name, next);
    }
    mapper = relationship.target;
    into = next.fields;
  }
}

/** Where the parts of a value object are allowed, which the path leads to; without one, the columns of the class. */
function valueFor(root: Growing, mapper: Mapper, path: readonly string[]): Growing {
  let into = root;
  let shape: ValueShape | ValuePart | undefined;
  for (const name of path) {
    shape = shape === undefined ? embeddedOf(mapper)?.named(name)?.shape : (shape as ValueShape).parts.get(name);
    const { isNullable } = shape as ValueShape;
    let next = into.values.get(name);
    if (next === undefined) {
      next = { isNullable, parts: grow() };
      into.values.set(name, next);
    }
    into = next.parts;
  }
  return into;
}

function chosen(what: string, type: SqlType, given: readonly FilterOperator[] | undefined): ReadonlySet<string> {
  const known = operatorsOf(type);
  if (given === undefined) return new Set(known.filter((one) => one !== "like" && one !== "ilike"));
  for (const one of given) {
    if (!known.includes(one)) throw new MappingError(`${what} has no operator "${one}"`, `It has ${known.join(", ")}.`);
  }
  return new Set(given);
}

/** The paths that may be ordered by: columns, through to-one relationships, and computed properties of the class itself. */
export function allowedSorts(mapper: Mapper, sort: readonly string[]): ReadonlySet<string> {
  for (const path of sort) {
    const names = path.split(".");
    const last = names.pop() as string;
    let at = mapper;
    const inValue: string[] = [];
    for (const [i, name] of names.entries()) {
      if (embeddedOf(at)?.named(name) !== undefined) {
        inValue.push(...names.slice(i));
        break;
      }
      const relationship = relationshipsOf(at).get(name);
      if (relationship === undefined || relationship.kind === "many") throw leadsNowhere(mapper, path, "sort");
      at = relationship.target;
    }
    const column = columnBy(at, [...inValue, last]);
    if (column?.type.kind === "json")
      throw new MappingError(
        `${mapper.name}.${path} is JSON, which has no order`,
        "Leave it out of sort, or order by a computed property.",
      );
    if (column === undefined && !(names.length === 0 && isComputedName(mapper, last)))
      throw leadsNowhere(mapper, path, "sort");
  }
  return new Set(sort);
}

function leadsNowhere(mapper: Mapper, path: string, option: "fields" | "sort"): MappingError {
  return new MappingError(
    `${option} of a filter schema: ${mapper.name} has no ${option === "fields" ? "column or relationship" : "column"} "${path}"`,
    option === "fields"
      ? "A path names relationships and ends with a column or a relationship."
      : "A path names to-one relationships and ends with a column.",
  );
}
