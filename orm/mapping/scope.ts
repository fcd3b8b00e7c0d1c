// Conditions moved from one row to another, with regard to the scopes inside them: a subquery that has the same source in its own
// FROM means its own row by it.
import {
  type AnyTable,
  type ColumnNode,
  type ExprOf,
  expression,
  factsOf,
  isSource,
  NODE,
  nodeOf,
  replaceColumns,
  type SourceName,
  sourcesOf,
} from "../../core/index.ts";

type Condition = ExprOf<boolean | null, any>;

/** What a source and the tables that are joined to it are called. */
export function sourceNames(source: AnyTable): readonly SourceName[] {
  const { node } = factsOf(source);
  const joined = node.kind === "table" ? (node.joined ?? []) : [];
  return [node.source, ...joined.map((join) => join.source.source)];
}

/** Whether two sources could not stand beside each other in one statement. */
export function sharesName(a: AnyTable, b: AnyTable): boolean {
  const names = new Set(sourceNames(a).map(({ key }) => key));
  return sourceNames(b).some(({ key }) => names.has(key));
}

/** A condition over one source, as one over another: of both, the names of all their tables. */
export function moved(condition: Condition, from: readonly SourceName[], to: readonly SourceName[]): Condition {
  const names = new Map(from.map(({ key }, i) => [key, to[i] as SourceName]));
  return withColumns(condition, new Set(names.keys()), (column) => {
    return { ...column, source: names.get(column.source.key) as SourceName };
  });
}

/**
 * An expression or ordering with some columns replaced; anything else as it is. A query inside it that has one of the sources in its own
 * FROM means its own row.
 *
 * @param sources the keys of the sources whose columns are meant
 */
export function withColumns<T>(
  value: T,
  sources: ReadonlySet<string>,
  replace: (column: ColumnNode) => ColumnNode | undefined,
): T {
  if (typeof value !== "object" || value === null || !(NODE in value) || isSource(value)) return value;
  const before: object = value[NODE] as object;
  const node = replaceColumns(
    before,
    (column) => (sources.has(column.source.key) ? replace(column) : undefined),
    (select) => !sourcesOf(select).some(({ key }) => sources.has(key)),
  );
  if (node === before) return value;
  if ("asc" in value) return expression(node as never) as T;
  return Object.create(Object.getPrototypeOf(value), { [NODE]: { value: node } }) as T;
}

/** Whether some subquery of the conditions has a source of this name, which would stand before one outside it. */
export function bindsName(conditions: readonly Condition[], name: string): boolean {
  let found = false;
  for (const condition of conditions) {
    replaceColumns(
      nodeOf(condition),
      () => undefined,
      (select) => {
        if (sourcesOf(select).some((source) => source.name === name)) found = true;
        return !found;
      },
    );
  }
  return found;
}
