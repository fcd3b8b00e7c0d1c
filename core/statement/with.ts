// Common table expressions: named queries that a statement reads like tables. Whoever reads one in FROM has it in WITH.
import type { Feature, Inward, Of, Statement } from "../expression/needs.ts";
import { NODE } from "../expression/needs.ts";
import { sourceColumns } from "../expression/selection.ts";
import { type Derived, sourceOf } from "../expression/source.ts";
import type { CteNode, QueryNode, SourceColumn, SourceName } from "../tree/node.ts";
import { selectedBy } from "./compound.ts";

/** How a common table expression is evaluated, where the database lets one say. */
export interface CteOptions {
  /** Once and kept (`true`), or as part of the statement that reads it (`false`). */
  readonly materialized?: boolean;
}

/**
 * A named query. Also over a writing statement with `returning`, where the database has such.
 *
 * @example
 * const busy = cte("busy", select({ id: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));
 * select({ name: users.name, n: busy.n }).from(users).join(busy, busy.id.eq(users.id));
 */
export function cte<const Name extends string, R, N>(
  name: Name,
  query: Statement<R, N>,
  options: CteOptions = {},
): Derived<Name, R, Inward<N> | Writing<N>> {
  const node = queryOf(query);
  const columns = sourceColumns(selectedBy(node));
  return cteSource(cteNode(name, node, columns, options.materialized), columns);
}

/** What a writing statement with rows back takes where it is read as a source. */
type Writing<N> =
  Extract<N, Feature<"INSERT RETURNING"> | Feature<"UPDATE RETURNING"> | Feature<"DELETE RETURNING">> extends never
    ? never
    : Feature<"WRITING CTE">;

/**
 * A query that reads its own result: the rows of `base`, then those that `step` makes of the rows found last, until there
 * are no more. Rows that were found before are dropped, so that circles end; `recursiveAll` keeps them and is faster.
 *
 * @example
 * const tree = recursive("tree",
 *   select({ id: users.id, depth: literal(0) }).from(users).where(users.bossId.isNull()),
 *   (tree) => select({ id: users.id, depth: tree.depth.add(1) }).from(users).join(tree, users.bossId.eq(tree.id)));
 */
export function recursive<const Name extends string, R, N, M>(
  name: Name,
  base: Statement<R, N>,
  step: (self: Derived<Name, R>) => Statement<R, M>,
): Derived<Name, R, Inward<N> | Exclude<Inward<M>, Of<Name>>> {
  return recursion(name, base, step, false);
}

/** {@link recursive} with UNION ALL: rows are kept however often they occur. */
export function recursiveAll<const Name extends string, R, N, M>(
  name: Name,
  base: Statement<R, N>,
  step: (self: Derived<Name, R>) => Statement<R, M>,
): Derived<Name, R, Inward<N> | Exclude<Inward<M>, Of<Name>>> {
  return recursion(name, base, step, true);
}

function recursion<S>(
  name: string,
  base: Statement<any, any>,
  step: (self: any) => Statement<any, any>,
  all: boolean,
): S {
  const query = queryOf(base);
  const columns = sourceColumns(selectedBy(query)).map(widened);
  // The step refers to the very node it becomes part of: it is filled in once the step has been built.
  const node: { -readonly [K in keyof CteNode]: CteNode[K] } = cteNode(name, query, columns, undefined);
  const self = cteSource<S>(node, columns);
  node.recursive = { step: queryOf(step(self)), all };
  return self;
}

function queryOf(statement: Statement<any, any>): QueryNode {
  return (statement as unknown as { readonly [NODE]: QueryNode })[NODE];
}

/** The steps of a recursion may have more digits than its base: a third of a price has no end. */
function widened(column: SourceColumn): SourceColumn {
  return column.type.kind === "decimal" ? { ...column, type: { kind: "decimal", as: column.type.as } } : column;
}

function cteNode(
  name: string,
  query: QueryNode,
  columns: readonly SourceColumn[],
  materialized: boolean | undefined,
): CteNode {
  return { name, query, columns, recursive: undefined, materialized };
}

function cteSource<S>(cte: CteNode, columns: readonly SourceColumn[]): S {
  const source: SourceName = { key: cte.name, name: cte.name };
  return sourceOf({ node: { kind: "cte", source, cte, columns }, columns });
}
