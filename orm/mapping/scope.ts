// Conditions moved from one row to another, with regard to the scopes inside them: a subquery that has the same source in its own
// FROM means its own row by it.
import {
  type AnyTable,
  type ExprOf,
  expression,
  factsOf,
  nodeOf,
  replaceColumns,
  type SourceName,
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
  const node = replaceColumns(
    nodeOf(condition),
    (column) => {
      const source = names.get(column.source.key);
      return source === undefined ? undefined : { ...column, source };
    },
    (select) => !sourcesOf(select).some((source) => names.has(source.key)),
  );
  return expression(node);
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

interface Source {
  readonly source: SourceName;
  readonly joined?: readonly { readonly source: { readonly source: SourceName } }[] | undefined;
}
interface Select {
  readonly from: Source | undefined;
  readonly joins: readonly { readonly source: Source }[];
}

export function sourcesOf({ from, joins }: Select): readonly SourceName[] {
  const all = [...(from === undefined ? [] : [from]), ...joins.map(({ source }) => source)];
  return all.flatMap(({ source, joined = [] }) => [source, ...joined.map((join) => join.source.source)]);
}
