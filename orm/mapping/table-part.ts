// The tables that the rows of a class are made of: one for most; with joined inheritance one more for each class that brings its own.
import {
  type AnyTable,
  and,
  type DeclaredTable,
  declaredTable,
  type ForeignKeyNode,
  type JoinedTable,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { declarationOf } from "./abstract-table.ts";
import { columnAt } from "./column-at.ts";

/** A table that holds some of the columns of a class's rows. */
export interface TablePart {
  readonly table: DeclaredTable;
  readonly source: AnyTable;
  /** The positions of its columns among those of the class, in the order of the table. */
  readonly columns: readonly number[];
  /** Those of its key's, in the order of the class's key. */
  readonly key: readonly number[];
  /** By which its row belongs to that of the first table. */
  readonly link: ForeignKeyNode | undefined;
}

/** A table of a class, apart from what the class makes of it. */
export interface ClassTable {
  readonly source: AnyTable;
  readonly table: DeclaredTable;
  /** The properties of its key, in the order of the first table's. */
  readonly key: readonly string[];
  /** By which its rows belong to those of the tables before. */
  readonly link: ForeignKeyNode | undefined;
}

/**
 * The tables of a class.
 *
 * @param own those that classes on the way down to it have brought
 * @throws {MappingError} if the key of one does not refer to the key of one before it
 */
export function classTables(first: AnyTable, own: readonly AnyTable[]): readonly ClassTable[] {
  const table = declarationOf(first);
  const tables: ClassTable[] = [{ source: first, table, key: keyProperties(table), link: undefined }];
  for (const source of own) tables.push(belonging(source, tables));
  return tables;
}

function belonging(source: AnyTable, before: readonly ClassTable[]): ClassTable {
  const table = declaredTable(source);
  for (const link of table.node.foreignKeys) {
    const to = before.find(
      ({ table: { name, schema } }) => name === link.target.table && schema === link.target.schema,
    );
    if (to === undefined || !sameSet(link.columns, table.sourceNode.key)) continue;
    if (!sameSet(link.target.columns, to.table.sourceNode.key)) continue;
    const key = to.key.map((property) => {
      return propertyOf(table, link.columns[link.target.columns.indexOf(to.table.columnName(property))] as string);
    });
    return { source, table, key, link };
  }
  const { name, sourceNode } = (before[0] as ClassTable).table;
  throw new MappingError(
    `"${table.name}" adds to the rows of "${name}", and its primary key does not refer to that of "${name}"`,
    `Declare it so: .primaryKey().references(() => ${name}.${sourceNode.key.join()}). If it holds whole rows, say { concrete: true }.`,
  );
}

/** The property of a column, by its name in the database. */
export function propertyOf(table: DeclaredTable, name: string): string {
  for (const [key, facts] of table.columns) if ((facts.name ?? key) === name) return key;
  return name;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

/** The properties of a table's key. */
export function keyProperties(table: DeclaredTable): readonly string[] {
  return table.sourceNode.key.map((name) => propertyOf(table, name));
}

/** The join of a table of a class to the first one. */
export function joinedTable(kind: JoinedTable["kind"], table: ClassTable, first: ClassTable): JoinedTable {
  const pairs = table.key.map((key, i) => columnAt(key, table.source).eq(columnAt(first.key[i], first.source)));
  return { kind, source: table.source, on: (pairs.length === 1 ? pairs[0] : and(...pairs)) as JoinedTable["on"] };
}
