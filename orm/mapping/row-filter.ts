// Which rows of its table a class stands for: those its default filters let through, and, where classes share a table, those with
// its discriminator; where classes that inherit from it have whole tables, the rows of all of them. The condition belongs to the class as a source, so that it holds wherever that is read or written in bulk.
import { type AnyTable, type ExprOf, factsOf, sourceOf, withJoined } from "../../core/index.ts";
import { columnAt } from "./column-at.ts";
import { filteredRows } from "./filtered-rows.ts";
import { identitiesOf, inheritanceAge } from "./inheritance.ts";
import type { Mapper, Recipe } from "./mapper.ts";
import { layoutOf } from "./row-layout.ts";
import { isUnion, unionRows } from "./union-rows.ts";

type Condition = ExprOf<boolean | null, any>;

interface Known {
  readonly age: number;
  readonly rows: AnyTable;
  /** The same, for reading objects. */
  toRead: AnyTable | undefined;
}
const known = new WeakMap<Mapper, Known>();

/** The table of a class as a source of the rows that are of the class. */
export function rowsOf(mapper: Mapper): AnyTable {
  if (mapper.options.where === undefined && mapper.parent === undefined && !isUnion(mapper)) return mapper.source;
  return knownOf(mapper).rows;
}

/** The same, with the tables of the classes that inherit from it: what is read as objects. */
export function objectRowsOf(mapper: Mapper): AnyTable {
  const { columns, own, joined } = layoutOf(mapper);
  if (columns.length === own || isUnion(mapper)) return rowsOf(mapper);
  const found = knownOf(mapper);
  if (found.toRead !== undefined) return found.toRead;
  const facts = factsOf(found.rows);
  const toRead: AnyTable = sourceOf(withJoined(facts, [...facts.columns, ...columns.slice(own)], joined));
  found.toRead = toRead;
  return toRead;
}

function knownOf(mapper: Mapper): Known {
  const age = inheritanceAge();
  let found = known.get(mapper);
  if (found === undefined || found.age !== age) {
    found = { age, rows: makeSource(mapper), toRead: undefined };
    known.set(mapper, found);
  }
  return found;
}

function makeSource(mapper: Mapper): AnyTable {
  if (isUnion(mapper)) return unionRows(mapper);
  const always = mapper.parent === undefined ? [] : [isOfClass(mapper, [mapper.recipe])];
  return filteredRows(mapper.recipe, mapper.source, ...always);
}

/** That a row is of one of these classes, which share the table of a class. */
export function isOfClass({ options, source }: Mapper, recipes: readonly Recipe[]): Condition {
  const identities = [...new Set(recipes.flatMap(identitiesOf))];
  const column = columnAt(options.identity?.column, source) as any;
  return identities.length === 1 ? column.eq(identities[0]) : column.in(identities);
}
