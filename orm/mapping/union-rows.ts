// The rows of a class from which others inherit with whole tables of their own: a union of all these tables, that stands under the name of
// the first. A column beside those of the classes tells of which class a row is.
import {
  type AnyTable,
  expression,
  factsOf,
  integer,
  literal,
  nodeOf,
  type SourceColumn,
  type SqlType,
  select,
  sourceOf,
  sql,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { isAbstract } from "./abstract-table.ts";
import { columnAt } from "./column-at.ts";
import { filteredRows } from "./filtered-rows.ts";
import { inheritanceAge, repeatingBelow } from "./inheritance.ts";
import { deferredKeys, type Mapper, ownColumns, type Recipe, repeatedBy } from "./mapper.ts";
import { withColumns } from "./scope.ts";

/** A column of the union. */
export interface UnionColumn extends SourceColumn {
  /** What it is called by each class that has it. */
  readonly keys: ReadonlyMap<Recipe, string>;
  /** Whether it is read with the objects. */
  readonly isRead: boolean;
}

interface Union {
  readonly age: number;
  readonly branches: readonly Recipe[];
  readonly columns: readonly UnionColumn[];
  readonly rows: Map<string, AnyTable>;
}
const known = new WeakMap<Mapper, Union>();

/** What the column is called that tells of which class a row is: it holds the place of the class among the branches. */
export const classColumn = "athanor class";

/** Whether the rows of a class lie in the whole tables of several classes, or of others than itself. */
export function isUnion({ recipe }: Mapper): boolean {
  return isAbstract(recipe.table) || repeatingBelow(recipe).length > 0;
}

/** The classes whose rows are those of a class: itself, unless it is abstract, and those that repeat its columns. */
export function branchesOf(mapper: Mapper): readonly Recipe[] {
  return unionOf(mapper).branches;
}

/** The columns of the union: those of the class in its order, those of the others, and which class it is. */
export function unionColumns(mapper: Mapper): readonly UnionColumn[] {
  return unionOf(mapper).columns;
}

/** The rows of a class, or those of some of its branches. */
export function unionRows(mapper: Mapper, only: readonly Recipe[] = branchesOf(mapper)): AnyTable {
  const { branches, columns, rows } = unionOf(mapper);
  const name = branches.flatMap((branch, i) => (only.includes(branch) ? [i] : [])).join();
  let source = rows.get(name);
  if (source === undefined) {
    source = makeRows(mapper, columns, branches, only);
    rows.set(name, source);
  }
  return source;
}

/** What tells a row of a class from all others: its key; where several tables have keys of their own, the table too. */
export function rowKey(mapper: Mapper): readonly any[] {
  const key = mapper.key.map((position) => columnAt(mapper.columns[position]?.key, mapper.source));
  return isUnion(mapper) ? [...key, classOfRow(mapper.source)] : key;
}

/**
 * That a row is of the class itself, and of none that inherits from it with a table of its own; undefined where there is no such class.
 *
 * @param rows what the rows of the class are called
 */
export function isOwnRow(mapper: Mapper, rows: AnyTable = mapper.source): any {
  return isUnion(mapper) ? classOfRow(rows).eq(branchesOf(mapper).indexOf(mapper.recipe)) : undefined;
}

/** That a row is of one of the branches, or of one below it. */
export function isOfBranch(mapper: Mapper, recipe: Recipe): any {
  const places = branchesOf(mapper).flatMap((branch, i) =>
    branch === recipe || repeatedBy(branch).includes(recipe) ? [i] : [],
  );
  return classOfRow(mapper.source).in(places);
}

function classOfRow(rows: AnyTable): any {
  const { source } = factsOf(rows).node;
  return expression({ kind: "column", source, name: classColumn, type: classType, present: undefined });
}

/** An expression over the tables of the branches, as one over the union. */
export function inUnion<T>(mapper: Mapper, value: T): T {
  const { branches, columns } = unionOf(mapper);
  const names = new Map<string, Map<string, string>>();
  for (const branch of branches) {
    if (branch === mapper.recipe) continue;
    const own = ownColumns(branch).map((column): [string, string] => {
      const of = columns.find(({ keys }) => keys.get(branch) === column.key) as UnionColumn;
      return [column.name, of.name];
    });
    names.set(factsOf(branch.table).node.source.key, new Map(own));
  }
  const { source } = factsOf(mapper.recipe.table).node;
  return withColumns(value, new Set(names.keys()), (column) => {
    const name = names.get(column.source.key)?.get(column.name);
    return name === undefined ? undefined : { ...column, source, name };
  });
}

function unionOf(mapper: Mapper): Union {
  const age = inheritanceAge();
  let union = known.get(mapper);
  if (union === undefined || union.age !== age) {
    const { recipe } = mapper;
    const below = repeatingBelow(recipe);
    const branches = isAbstract(recipe.table) ? below : [recipe, ...below];
    if (branches.length === 0) {
      throw new MappingError(
        `no class inherits from ${mapper.name}, which is abstract`,
        `Declare one: class … extends inherit(${mapper.name}, { table: …, concrete: true }) {}.`,
      );
    }
    union = { age, branches, columns: columnsOf(mapper, branches), rows: new Map() };
    known.set(mapper, union);
  }
  return union;
}

function columnsOf(mapper: Mapper, branches: readonly Recipe[]): readonly UnionColumn[] {
  const shared = mapper.columns.map(({ key, name, type, facts }, position): UnionColumn => {
    const keys = new Map(branches.map((branch) => [branch, key]));
    return { key, name, type, nullable: facts.nullable, keys, isRead: position < mapper.loadedCount };
  });
  const added = branches.flatMap((branch, i) => {
    if (branch === mapper.recipe) return [];
    const deferred = deferredKeys(branch.options);
    const inherited = new Set(ownColumns(branch.repeats as Recipe).map(({ key }) => key));
    const having = branches.filter((other) => other === branch || repeatedBy(other).includes(branch));
    return ownColumns(branch).flatMap(({ key, type }): UnionColumn[] => {
      if (inherited.has(key)) return [];
      // Two classes may each have a column of the same name.
      const name = `${i}.${key}`;
      const keys = new Map(having.map((other) => [other, key]));
      return [{ key: name, name, type, nullable: true, keys, isRead: !deferred.has(key) }];
    });
  });
  const ofClass = { key: classColumn, name: classColumn, type: classType, nullable: false, keys: new Map() };
  return [...shared, ...added, { ...ofClass, isRead: true }];
}

const { type: classType } = nodeOf(numbered(0)) as { readonly type: SqlType };

function numbered(n: number): any {
  return sql(integer())`${sql.raw(String(n))}`;
}

function makeRows(
  mapper: Mapper,
  columns: readonly UnionColumn[],
  branches: readonly Recipe[],
  only: readonly Recipe[],
): AnyTable {
  const queries = branches.flatMap((branch, i) => (only.includes(branch) ? [branchQuery(branch, i, columns)] : []));
  const [first, ...others] = queries;
  const whole = others.reduce((query, other) => query.unionAll(other), first as any);
  const { node } = factsOf(whole.as("union") as AnyTable);
  const { source } = factsOf(mapper.recipe.table).node;
  return sourceOf({ node: { ...node, source, columns }, columns });
}

function branchQuery(branch: Recipe, i: number, columns: readonly UnionColumn[]): any {
  const rows = filteredRows(branch, branch.table);
  const selection = columns.map(({ name, type, keys }) => {
    const key = keys.get(branch);
    if (key !== undefined) return [name, columnAt(key, rows)];
    return [name, name === classColumn ? numbered(i) : literal(null, { type } as never)];
  });
  return (select(Object.fromEntries(selection) as never) as any).from(rows);
}
