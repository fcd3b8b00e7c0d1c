// Views, declared: queries with a name in the database, read like tables.
import type { Feature, Inward, Statement } from "../expression/needs.ts";
import { sourceColumns } from "../expression/selection.ts";
import { type Derived, sourceOf } from "../expression/source.ts";
import { queryNode } from "../expression/subquery.ts";
import type { IndexConstraint } from "../schema/constraints.ts";
import type { SourceName, TableSourceNode } from "../tree/node.ts";
import type { ViewNode } from "../tree/schema-node.ts";
import { selectedBy } from "./compound.ts";

export interface ViewOptions {
  readonly schema?: string;
  readonly comment?: string;
}

/**
 * Declares a view.
 *
 * @example
 * const adults = view("adults", select({ id: users.id, name: users.name }).from(users).where(users.age.gte(18)));
 */
export function view<const Name extends string, R, N>(
  name: Name,
  query: Statement<R, N>,
  options: ViewOptions = {},
): Derived<Name, R, Inward<N>> {
  return declare(name, query, false, options);
}

export interface MaterializedViewOptions<Name extends string, R> extends ViewOptions {
  /** Indexes over its columns: `(v) => [uniqueIndex(v.id)]`. */
  readonly indexes?: (view: Derived<Name, R>) => readonly IndexConstraint[];
}

/** Declares a view whose rows are kept until it is refreshed. */
export function materializedView<const Name extends string, R, N>(
  name: Name,
  query: Statement<R, N>,
  options: MaterializedViewOptions<Name, R> = {},
): Derived<Name, R, Inward<N> | Feature<"MATERIALIZED VIEWS">> {
  return declare(name, query, true, options, options.indexes);
}

function declare<S>(
  name: string,
  query: Statement<any, any>,
  materialized: boolean,
  { schema, comment }: ViewOptions,
  indexes?: (view: never) => readonly IndexConstraint[],
): S {
  const body = queryNode(query);
  const columns = sourceColumns(selectedBy(body));
  const source: SourceName = { key: name, schema, name };
  const node: TableSourceNode = { kind: "table", source, schema, table: name, alias: false, key: [], columns };
  let built: ViewNode | undefined;
  const declared = {
    // Worked out when it is first asked for: the indexes are over the view itself.
    get node(): ViewNode {
      built ??= {
        kind: "view",
        name,
        schema,
        materialized,
        query: body,
        columns: columns.map((column) => ({ ...column })),
        ...(indexes ? { indexes: indexes(view as never).map((index) => index.node()) } : {}),
        comment,
      };
      return built;
    },
  };
  const view = sourceOf({ node, columns, declared });
  return view as S;
}
