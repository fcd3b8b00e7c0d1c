// What a row holds that is read as an object of a class: the columns of the class, then those that only classes inheriting from it
// have. Their tables are joined, so that one statement reads objects of all classes.
import type { JoinedTable, SourceColumn } from "../../core/index.ts";
import { inheritanceAge, recipesBelow } from "./inheritance.ts";
import { deferredKeys, type MappedColumn, type Mapper, ownColumns, sourceColumn, tablesOf } from "./mapper.ts";
import { type ClassTable, joinedTable } from "./table-part.ts";
import { branchesOf, isUnion, unionColumns } from "./union-rows.ts";

export interface RowLayout {
  readonly age: number;
  /** The columns of a row, in its order. */
  readonly columns: readonly SourceColumn[];
  /** How many of them are columns of the class itself. */
  readonly own: number;
  /** The tables that only some of the rows have a part in. */
  readonly joined: readonly JoinedTable[];
  readonly places: ReadonlyMap<MappedColumn, number>;
}

const known = new WeakMap<Mapper, RowLayout>();

/** What the rows of a class hold. */
export function layoutOf(mapper: Mapper): RowLayout {
  let layout = known.get(mapper);
  if (layout === undefined || layout.age !== inheritanceAge()) {
    layout = makeLayout(mapper);
    known.set(mapper, layout);
  }
  return layout;
}

function makeLayout(mapper: Mapper): RowLayout {
  if (isUnion(mapper)) return unionLayout(mapper);
  const { recipe, columns, loadedCount } = mapper;
  const read: SourceColumn[] = [];
  const places = new Map<MappedColumn, number>();
  const joined: JoinedTable[] = [];
  for (const column of columns.slice(0, loadedCount)) places.set(column, read.push(sourceColumn(column, recipe)) - 1);
  for (const [i, below] of recipesBelow(recipe).entries()) {
    const deferred = deferredKeys(below.options);
    for (const column of ownColumns(below)) {
      if (deferred.has(column.key)) continue;
      // Two classes may each have a column of the same name.
      const place = { ...sourceColumn(column, below), key: `${i}.${column.key}`, nullable: true };
      places.set(column, read.push(place) - 1);
    }
    if (below.own === undefined) continue;
    const tables = tablesOf(below);
    joined.push(joinedTable("left", tables.at(-1) as ClassTable, tables[0] as ClassTable));
  }
  return { age: inheritanceAge(), columns: read, own: loadedCount, joined, places };
}

function unionLayout(mapper: Mapper): RowLayout {
  const columns = unionColumns(mapper).filter(({ isRead }) => isRead);
  const places = new Map<MappedColumn, number>();
  for (const branch of branchesOf(mapper)) {
    for (const column of ownColumns(branch)) {
      const place = columns.findIndex(({ keys }) => keys.get(branch) === column.key);
      if (place >= 0) places.set(column, place);
    }
  }
  return { age: inheritanceAge(), columns, own: mapper.loadedCount, joined: [], places };
}

/** Where in such a row the columns of a class stand; undefined if they stand as the class has them. */
export function placesOf({ places, own }: RowLayout, { columns, loadedCount }: Mapper): readonly number[] | undefined {
  if (loadedCount === own) return undefined;
  return columns.slice(0, loadedCount).map((column) => places.get(column) as number);
}

/** The part of a row that a class has, as a row of its own. */
export function picked(row: readonly unknown[], at: number, places: readonly number[]): unknown[] {
  const values = new Array<unknown>(places.length);
  for (let i = 0; i < places.length; i++) values[i] = row[at + (places[i] as number)];
  return values;
}
