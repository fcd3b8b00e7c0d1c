// A declared table as MySQL and MariaDB tell of it once it has been created.
import type { ForeignKeyNode, IndexNode, TableNode, UniqueNode } from "../../core/dialect/index.ts";

export function kept(table: TableNode): TableNode {
  return {
    ...table,
    // It is always called PRIMARY.
    primaryKey: table.primaryKey && { name: undefined, columns: table.primaryKey.columns },
    foreignKeys: table.foreignKeys.map(keptKey),
    uniques: [...table.uniques, ...table.indexes.filter(isConstraint).map(uniqueNode)],
    indexes: table.indexes
      .filter((index) => !isConstraint(index))
      .map((index) => ({ ...index, method: methodOf(index) })),
  };
}

/** RESTRICT does what NO ACTION does. */
function keptKey(key: ForeignKeyNode): ForeignKeyNode {
  const same = (action: ForeignKeyNode["onDelete"]) => (action === "restrict" ? "no action" : action);
  return { ...key, onDelete: same(key.onDelete), onUpdate: same(key.onUpdate) };
}

/** A unique index over nothing but columns is what a unique constraint makes. */
export function isConstraint(index: IndexNode): boolean {
  return (
    index.unique &&
    methodOf(index) === undefined &&
    index.items.every(({ of, direction, length }) => of.kind === "name" && direction === "asc" && length === undefined)
  );
}

export function uniqueNode({ name, items }: IndexNode): UniqueNode {
  return { name, columns: items.flatMap(({ of }) => (of.kind === "name" ? of.name : [])) };
}

/** A B-tree is what an index is if nothing is said. */
function methodOf({ method }: IndexNode): string | undefined {
  return method?.toLowerCase() === "btree" ? undefined : method?.toLowerCase();
}
