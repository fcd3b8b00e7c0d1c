// Which rows of its table a class stands for: those its default filters let through, and, where classes share a table, those with
// its discriminator. The condition belongs to the class as a source, so that it holds wherever that is read or written in bulk.
import { type AnyTable, and, type ExprOf, factsOf, nodeOf, sourceOf, withJoined } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { columnAt } from "./conditions.ts";
import { identitiesOf, inheritanceAge } from "./inheritance.ts";
import type { Mapper } from "./mapper.ts";
import { layoutOf } from "./row-layout.ts";

type Condition = ExprOf<boolean | null, any>;

interface Known {
  readonly age: number;
  readonly byLifted: Map<string, AnyTable>;
  /** The same, for reading objects. */
  readonly toRead: Map<string, AnyTable>;
}
const known = new WeakMap<Mapper, Known>();
const none: readonly string[] = [];

/**
 * The table of a class as a source of the rows that are of the class.
 *
 * @param lifted the default filters that do not hold
 */
export function rowsOf(mapper: Mapper, lifted: readonly string[] = none): AnyTable {
  if (mapper.options.where === undefined && mapper.parent === undefined) {
    checkNames(mapper, lifted);
    return mapper.source;
  }
  return remembered(knownOf(mapper).byLifted, lifted, () => makeSource(mapper, lifted));
}

/** The same, with the tables of the classes that inherit from it: what is read as objects. */
export function objectRowsOf(mapper: Mapper, lifted: readonly string[] = none): AnyTable {
  const rows = rowsOf(mapper, lifted);
  const { columns, own, joined } = layoutOf(mapper);
  if (columns.length === own) return rows;
  return remembered(knownOf(mapper).toRead, lifted, () => {
    const facts = factsOf(rows);
    return sourceOf(withJoined(facts, [...facts.columns, ...columns.slice(own)], joined));
  });
}

function knownOf(mapper: Mapper): Known {
  const age = inheritanceAge();
  let found = known.get(mapper);
  if (found === undefined || found.age !== age) {
    found = { age, byLifted: new Map(), toRead: new Map() };
    known.set(mapper, found);
  }
  return found;
}

function remembered(sources: Map<string, AnyTable>, lifted: readonly string[], make: () => AnyTable): AnyTable {
  const name = JSON.stringify(lifted);
  let source = sources.get(name);
  if (source === undefined) {
    source = make();
    sources.set(name, source);
  }
  return source;
}

function makeSource(mapper: Mapper, lifted: readonly string[]): AnyTable {
  checkNames(mapper, lifted);
  const filters = Object.entries(mapper.options.where ?? {}).filter(([name]) => !lifted.includes(name));
  const conditions: Condition[] = filters.map(([, condition]) => condition);
  if (mapper.parent !== undefined) conditions.push(isOfClass(mapper));
  if (conditions.length === 0) return mapper.source;
  const facts = factsOf(mapper.source);
  const filter = nodeOf(conditions.length === 1 ? (conditions[0] as Condition) : (and(...conditions) as Condition));
  return sourceOf({ ...facts, node: { ...facts.node, filter } as typeof facts.node });
}

function checkNames(mapper: Mapper, lifted: readonly string[]): void {
  const names = Object.keys(mapper.options.where ?? {});
  const unknown = lifted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new MappingError(
    `${mapper.name} has no default filter "${unknown}"`,
    names.length === 0 ? "It has none at all." : `It has ${names.join(", ")}.`,
  );
}

/** That a row is of one of these classes, which share a table. */
export function isOfClass(...mappers: readonly [Mapper, ...Mapper[]]): Condition {
  const [{ options, source }] = mappers;
  const identities = [...new Set(mappers.flatMap(identitiesOf))];
  const column = columnAt(options.identity?.column, source) as any;
  return identities.length === 1 ? column.eq(identities[0]) : column.in(identities);
}
