// Conditions moved from one row to another, with regard to the scopes inside them: a subquery that has the same source in its own
// FROM means its own row by it.
import { type ExprOf, expression, nodeOf, replaceColumns, type SourceName } from "../../core/index.ts";

type Condition = ExprOf<boolean | null, any>;

/** A condition over one source, as one over another. */
export function moved(condition: Condition, from: SourceName, to: SourceName): Condition {
  const node = replaceColumns(
    nodeOf(condition),
    (column) => (column.source.key === from.key ? { ...column, source: to } : undefined),
    (select) => !sourcesOf(select).some((source) => source.key === from.key),
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

interface Select {
  readonly from: { readonly source: SourceName } | undefined;
  readonly joins: readonly { readonly source: { readonly source: SourceName } }[];
}

function sourcesOf({ from, joins }: Select): readonly SourceName[] {
  const joined = joins.map(({ source }) => source.source);
  return from === undefined ? joined : [from.source, ...joined];
}
