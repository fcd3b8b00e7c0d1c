// How the columns of a table differ.
import type { Dialect, SqlType, TableColumnNode, TableNode } from "../../core/index.ts";
import type { DatabaseKind } from "../database.ts";
import { mentions } from "./mentions.ts";
import { sameColumn, sameComputed, sameType, textOf } from "./same.ts";

export interface AlteredColumn {
  readonly from: TableColumnNode;
  readonly to: TableColumnNode;
}

export interface ColumnChanges {
  readonly gone: readonly TableColumnNode[];
  readonly added: readonly TableColumnNode[];
  readonly altered: readonly AlteredColumn[];
  /** Computed otherwise, which is done by dropping and adding: nothing is lost. */
  readonly recomputed: readonly AlteredColumn[];
  /** Whose comment alone is another. */
  readonly commented: readonly TableColumnNode[];
  /** Columns on which nothing can depend while this is done: gone, of another type, or computed otherwise. */
  readonly touched: ReadonlySet<string>;
}

export function compareColumns(
  from: TableNode,
  to: TableNode,
  renamed: readonly string[],
  replacedTypes: ReadonlySet<string>,
  { dialect, kind }: { readonly dialect: Dialect; readonly kind: DatabaseKind },
): ColumnChanges {
  const gone = from.columns.filter(({ name }) => !to.columns.some((column) => column.name === name));
  const added = to.columns.filter(({ name }) => !from.columns.some((column) => column.name === name));
  const pairs = from.columns.flatMap((a) => {
    const b = to.columns.find(({ name }) => name === a.name);
    return b === undefined ? [] : [{ from: a, to: b }];
  });
  const isReplaced = (type: SqlType): boolean =>
    type.kind === "array" ? isReplaced(type.of) : type.kind === "enumeration" && replacedTypes.has(type.name ?? "");
  const changesType = pairs.filter(
    ({ from: a, to: b }) =>
      !sameType(a.type, b.type, dialect) || a.collation !== b.collation || isReplaced(a.type) || isReplaced(b.type),
  );
  const touched = new Set([...gone.map(({ name }) => name), ...changesType.map(({ to }) => to.name), ...renamed]);
  const recomputed = pairs.filter((pair) => isRecomputed(pair, touched, kind));
  for (const { to } of recomputed) touched.add(to.name);
  const others = pairs.filter((pair) => !recomputed.includes(pair));
  return {
    gone,
    added,
    altered: others.filter(({ from, to }) => !sameColumn(from, to, dialect)),
    recomputed,
    commented: others
      .filter(({ from, to }) => sameColumn(from, to, dialect) && from.comment !== to.comment)
      .map(({ to }) => to),
    touched,
  };
}

/** Databases compute a column otherwise only when it is made anew. SQLite copies the table, and that makes all anew. */
function isRecomputed({ from, to }: AlteredColumn, touched: ReadonlySet<string>, kind: DatabaseKind): boolean {
  if (kind === "sqlite" || to.computed === undefined)
    return kind !== "sqlite" && from.computed !== undefined && !keepsValue(from, kind);
  if (!sameComputed(from, to) || touched.has(to.name)) return true;
  const text = textOf(to.computed.expression) ?? "";
  return [...touched].some((name) => mentions(text, name));
}

/** A stored value stays where the column is no longer computed. */
function keepsValue(from: TableColumnNode, kind: DatabaseKind): boolean {
  return from.computed?.stored === true && kind !== "sqlite";
}
