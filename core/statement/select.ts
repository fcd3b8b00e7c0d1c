// SELECT. A statement is a value: each method makes a new one. The types gather what each clause needs and drop what FROM
// meets; the class at the end only makes nodes.
import type { Expr } from "../expression/expr.ts";
import {
  type Aggregated,
  type AnyExpr,
  type AnyTable,
  type Cond,
  type DependsOn,
  type ExprOf,
  type Feature,
  type Given,
  type Inward,
  type NEEDS,
  type Needing,
  type NeedsIn,
  NODE,
  type Of,
  type OneColumn,
  type Outward,
  type ROW,
  type Rule,
  type Statement,
  type TableMeta,
  type Taken,
  type Ungrouped,
  type Windowed,
} from "../expression/needs.ts";
import {
  type NeedsOf,
  type NullsOf,
  type OF,
  type Row,
  type Selection,
  selectionNode,
} from "../expression/selection.ts";
import { type Derived, factsOf, isSource } from "../expression/source.ts";
import type {
  CompoundOperator,
  CteNode,
  ExpressionNode,
  GroupNode,
  JoinNode,
  LockNode,
  OrderNode,
  SelectNode,
  SourceNode,
} from "../tree/node.ts";
import { booleanType } from "../types/sql-type.ts";
import { type Compound, compound, type Either, type SameColumns } from "./compound.ts";
import { foreignKeyJoin } from "./foreign-key-join.ts";
import type { Grouping } from "./grouping.ts";
import { QueryStatement } from "./query-statement.ts";
import { rowCount } from "./row-count.ts";

/** The rule broken by rows inside the selection of a derived table, which has columns only. */
type Flat<S> = { [K in keyof S]: S[K] extends AnyExpr ? never : K }[keyof S] extends infer K
  ? K extends string
    ? Rule<`a derived table has columns only: '${K}' is a row`>
    : never
  : never;

/** A source selected by itself selects its columns. */
export type Picked<S> =
  S extends TableMeta<any, infer C, any> ? { readonly [K in keyof C]: K extends keyof S ? S[K] : never } : S;
type SourceNameOf<S> = S extends TableMeta<infer Name, any, any> ? Name : never;
type SourceNeedsOf<S> = S extends TableMeta<any, any, infer M> ? Outward<M> : never;

/** Which rows to lock, and what to do about rows that are locked already. */
export interface LockOptions {
  /** Only rows of these sources. */
  readonly of?: readonly AnyTable[];
  /** Leave out rows that others hold. */
  readonly skipLocked?: boolean;
  /** Fail at once instead of waiting. */
  readonly noWait?: boolean;
}

/**
 * A query. S: selection. Scope: sources in FROM. Nullable: those that may be absent. Free: needs not met yet. Group: columns
 * grouped by. Also: needs of HAVING and ORDER BY, which GROUP BY binds like the selection's.
 */
export interface Select<S, Scope extends string, Nullable, Free, Group = never, Also = never> {
  readonly [OF]: (scope: Scope, nullable: Nullable) => S;
  readonly [ROW]: Row<S, Nullable>;
  readonly [NEEDS]: Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>;
  /** The first source. */
  from<Name extends string, C, M>(
    source: TableMeta<Name, C, M>,
  ): Select<S, Scope | Name, Nullable, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<M>, Group, Also>;
  /** Pairs of rows for which the condition holds; without one, the only foreign key between the source and those before it decides. */
  join<Name extends string, C, M, N = never>(
    source: TableMeta<Name, C, M>,
    on?: ExprOf<boolean | null, N>,
  ): Select<
    S,
    Scope | Name,
    Nullable,
    Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>,
    Group,
    Also
  >;
  /** The same, and the rows on the left that have no partner: the source's columns are then null. */
  leftJoin<Name extends string, C, M, N = never>(
    source: TableMeta<Name, C, M>,
    on?: ExprOf<boolean | null, N>,
  ): Select<
    S,
    Scope | Name,
    Nullable | Name,
    Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>,
    Group,
    Also
  >;
  /** The same, and the rows on the right that have no partner: the columns of all sources before are then null. */
  rightJoin<Name extends string, C, M, N = never>(
    source: TableMeta<Name, C, M>,
    on?: ExprOf<boolean | null, N>,
  ): Select<
    S,
    Scope | Name,
    Nullable | Scope,
    Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>,
    Group,
    Also
  >;
  /** Both: either side may be null. */
  fullJoin<Name extends string, C, M, N = never>(
    source: TableMeta<Name, C, M>,
    on?: ExprOf<boolean | null, N>,
  ): Select<
    S,
    Scope | Name,
    Nullable | Scope | Name,
    | Exclude<Free, Of<Name>>
    | Taken<Name, Scope>
    | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>
    | Feature<"FULL JOIN">,
    Group,
    Also
  >;
  /** Every row with every row. */
  crossJoin<Name extends string, C, M>(
    source: TableMeta<Name, C, M>,
  ): Select<S, Scope | Name, Nullable, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<M>, Group, Also>;
  /** A derived table that sees the sources before it. */
  joinLateral<Name extends string, C, M, N = never>(
    source: TableMeta<Name, C, M>,
    on?: ExprOf<boolean | null, N>,
  ): Select<
    S,
    Scope | Name,
    Nullable,
    | Exclude<Free, Of<Name>>
    | Taken<Name, Scope>
    | Outward<Exclude<Given<N> | M, Of<Scope | Name>>>
    | Feature<"LATERAL">,
    Group,
    Also
  >;
  /** The same, and the rows for which it gives nothing. */
  leftJoinLateral<Name extends string, C, M, N = never>(
    source: TableMeta<Name, C, M>,
    on?: ExprOf<boolean | null, N>,
  ): Select<
    S,
    Scope | Name,
    Nullable | Name,
    | Exclude<Free, Of<Name>>
    | Taken<Name, Scope>
    | Outward<Exclude<Given<N> | M, Of<Scope | Name>>>
    | Feature<"LATERAL">,
    Group,
    Also
  >;
  /** Only rows that meet all conditions; further calls add to them. */
  where<const E extends readonly Cond[]>(
    ...conditions: E
  ): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope>>, Group, Also>;
  /** One row for each combination of these. */
  groupBy<const E extends readonly AnyExpr[]>(
    ...by: E
  ): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope>>, Group | NeedsIn<E> | DependsOn<E[number]>, Also>;
  /** Several groupings at once: `rollup(a, b)`, `cube(a, b)`, `groupingSets([a], [b])`. Columns are null where a row sums over them. */
  groupBySets<N, F>(
    sets: Grouping<N, F>,
  ): Select<S, Scope, Nullable | Scope, Free | Exclude<N, Of<Scope>> | F, Group | N, Also>;
  /** Only groups that meet all conditions. */
  having<const E extends readonly Cond[]>(
    ...conditions: E
  ): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope> | Aggregated>, Group, Also | NeedsIn<E>>;
  /** Sorts; further calls add lesser keys. */
  orderBy<const E extends readonly Needing[]>(
    ...by: E
  ): Select<
    S,
    Scope,
    Nullable,
    Free | Exclude<NeedsIn<E>, Of<Scope> | Aggregated | Windowed>,
    Group,
    Also | NeedsIn<E>
  >;
  /** At most so many rows. */
  limit<N = never>(rows: number | ExprOf<number, N>): Select<S, Scope, Nullable, Free | Given<N>, Group, Also>;
  /** Leaves out the first rows. */
  offset<N = never>(rows: number | ExprOf<number, N>): Select<S, Scope, Nullable, Free | Given<N>, Group, Also>;
  /** With `limit`, also the rows that tie with the last. */
  withTies(): Select<S, Scope, Nullable, Free | Feature<"WITH TIES">, Group, Also>;
  /** No row twice. */
  distinct(): Select<S, Scope, Nullable, Free, Group, Also>;
  /** The first row, by ORDER BY, of each combination of these, which ORDER BY must start with. */
  distinctOn<const E extends readonly AnyExpr[]>(
    ...by: E
  ): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope>> | Feature<"DISTINCT ON">, Group, Also>;
  /** Locks the rows against writers until the transaction ends. */
  forUpdate<const O extends LockOptions = {}>(
    options?: O,
  ): Select<S, Scope, Nullable, Free | LockNeeds<O>, Group, Also>;
  /** Locks the rows against being changed, not against being locked so by others. */
  forShare<const O extends LockOptions = {}>(options?: O): Select<S, Scope, Nullable, Free | LockNeeds<O>, Group, Also>;
  /** Like `forUpdate`, but lets others refer to the rows. */
  forNoKeyUpdate<const O extends LockOptions = {}>(
    options?: O,
  ): Select<S, Scope, Nullable, Free | LockNeeds<O> | Feature<"KEY LOCKS">, Group, Also>;
  /** Like `forShare`, but only against changes of the key. */
  forKeyShare<const O extends LockOptions = {}>(
    options?: O,
  ): Select<S, Scope, Nullable, Free | LockNeeds<O> | Feature<"KEY LOCKS">, Group, Also>;
  /** Puts a common table expression into this statement's WITH, also where nothing here reads it. */
  with<Name extends string, C, M>(
    cte: TableMeta<Name, C, M>,
  ): Select<S, Scope, Nullable, Free | Outward<M>, Group, Also>;
  // Takes its own type from `this`: a method that mentioned S here would make the comparison of two queries explode.
  /** The same query with another selection, e.g. to count what it would give. */
  select<Q, S2 extends Selection>(this: Q, selection: S2): Reselected<Q, S2>;
  /** The rows of both, each once. */
  union<R, N>(
    other: Statement<R, N> & SameColumns<Row<S, Nullable>, R>,
  ): Compound<Either<Row<S, Nullable>, R>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
  /** The rows of both, as often as they occur. */
  unionAll<R, N>(
    other: Statement<R, N> & SameColumns<Row<S, Nullable>, R>,
  ): Compound<Either<Row<S, Nullable>, R>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
  /** The rows that both have. */
  intersect<R, N>(
    other: Statement<R, N> & SameColumns<Row<S, Nullable>, R>,
  ): Compound<Row<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
  /** The rows that both have, as often as both have them. */
  intersectAll<R, N>(
    other: Statement<R, N> & SameColumns<Row<S, Nullable>, R>,
  ): Compound<Row<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N | Feature<"INTERSECT ALL">>;
  /** The rows of this one that the other lacks. */
  except<R, N>(
    other: Statement<R, N> & SameColumns<Row<S, Nullable>, R>,
  ): Compound<Row<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
  /** The rows of this one, less one for each the other has. */
  exceptAll<R, N>(
    other: Statement<R, N> & SameColumns<Row<S, Nullable>, R>,
  ): Compound<Row<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N | Feature<"INTERSECT ALL">>;
  /** The query as one value: null if it gives no row. It selects one column and gives at most one row. */
  scalar(): Expr<
    Row<S, Nullable>[keyof S] | null,
    Inward<Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>> | OneColumn<S>
  >;
  /** Whether the query gives any row. */
  exists(): Expr<boolean, Inward<Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>>>;
  /** The query as a source. */
  as<const A extends string>(
    name: A,
  ): Derived<
    A,
    Row<S, Nullable>,
    Inward<Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>> | Flat<S>,
    Exclude<NullsOf<S[keyof S]>, Scope>
  >;
}

/** The query Q with another selection. */
type Reselected<Q, S2> =
  Q extends Select<any, infer Scope, infer Nullable, infer Free, infer Group, infer Also>
    ? Select<S2, Scope, Nullable, Free | Exclude<NeedsOf<S2>, Of<Scope> | Aggregated | Windowed>, Group, Also>
    : never;

type LockNeeds<O> =
  | Feature<"ROW LOCKS">
  | (O extends { readonly of: any } ? Feature<"LOCK OF"> : never)
  | (O extends { readonly skipLocked: true } | { readonly noWait: true } ? Feature<"SKIP LOCKED"> : never);

/**
 * Starts a query: a plain object of expressions and sources, or one source, whose columns it then selects from it.
 *
 * @example
 * select({ id: users.id, posts: fn.count(posts.id) }).from(users).leftJoin(posts, posts.authorId.eq(users.id)).groupBy(users.id);
 * select(users).where(users.id.eq(7));
 */
export function select<S extends Selection | AnyTable>(
  selection: S,
): Select<
  Picked<S>,
  SourceNameOf<S>,
  never,
  Exclude<NeedsOf<Picked<S>>, Aggregated | Windowed | Of<SourceNameOf<S>>> | SourceNeedsOf<S>
> {
  const node: SelectNode = {
    kind: "select",
    ctes: none,
    selection: selectionNode(selection),
    distinct: false,
    distinctOn: none,
    from: isSource(selection) ? factsOf(selection).node : undefined,
    joins: none,
    where: none,
    groupBy: none,
    having: none,
    orderBy: none,
    limit: undefined,
    offset: undefined,
    withTies: false,
    locks: none,
  };
  return new SelectStatement(node) as never;
}

const none: readonly never[] = [];
const always: ExpressionNode = { kind: "logic", operator: "and", operands: [], type: booleanType };

type Source = AnyTable;
interface WithNode {
  readonly [NODE]: ExpressionNode;
}

/** The run-time side of {@link Select}. */
export class SelectStatement extends QueryStatement<SelectNode> {
  from(source: Source): SelectStatement {
    const own = this[NODE];
    // A second source without a condition is a cross join, as a comma would be.
    if (own.from !== undefined) return this.#join("cross", source, undefined, false);
    return new SelectStatement({ ...own, from: factsOf(source).node });
  }
  join(source: Source, on?: WithNode): SelectStatement {
    return this.#join("inner", source, on, false);
  }
  leftJoin(source: Source, on?: WithNode): SelectStatement {
    return this.#join("left", source, on, false);
  }
  rightJoin(source: Source, on?: WithNode): SelectStatement {
    return this.#join("right", source, on, false);
  }
  fullJoin(source: Source, on?: WithNode): SelectStatement {
    return this.#join("full", source, on, false);
  }
  crossJoin(source: Source): SelectStatement {
    return this.#join("cross", source, undefined, false);
  }
  joinLateral(source: Source, on?: WithNode): SelectStatement {
    return this.#join("inner", source, on, true);
  }
  leftJoinLateral(source: Source, on?: WithNode): SelectStatement {
    return this.#join("left", source, on, true);
  }
  where(...conditions: readonly WithNode[]): SelectStatement {
    const own = this[NODE];
    return new SelectStatement({ ...own, where: appended(own.where, conditions.map(nodeOf)) });
  }
  groupBy(...by: readonly WithNode[]): SelectStatement {
    const own = this[NODE];
    return new SelectStatement({ ...own, groupBy: appended(own.groupBy, by.map(nodeOf)) });
  }
  groupBySets(sets: { readonly [NODE]: GroupNode }): SelectStatement {
    const own = this[NODE];
    return new SelectStatement({ ...own, groupBy: appended(own.groupBy, [sets[NODE]]) });
  }
  having(...conditions: readonly WithNode[]): SelectStatement {
    const own = this[NODE];
    return new SelectStatement({ ...own, having: appended(own.having, conditions.map(nodeOf)) });
  }
  orderBy(...by: readonly unknown[]): SelectStatement {
    const own = this[NODE];
    return new SelectStatement({ ...own, orderBy: appended(own.orderBy, by.map(orderNode)) });
  }
  limit(rows: unknown): SelectStatement {
    return new SelectStatement({ ...this[NODE], limit: rowCount(rows) });
  }
  offset(rows: unknown): SelectStatement {
    return new SelectStatement({ ...this[NODE], offset: rowCount(rows) });
  }
  withTies(): SelectStatement {
    return new SelectStatement({ ...this[NODE], withTies: true });
  }
  distinct(): SelectStatement {
    return new SelectStatement({ ...this[NODE], distinct: true });
  }
  distinctOn(...by: readonly WithNode[]): SelectStatement {
    return new SelectStatement({ ...this[NODE], distinctOn: by.map(nodeOf) });
  }
  forUpdate(options?: LockOptions): SelectStatement {
    return this.#lock("update", options);
  }
  forShare(options?: LockOptions): SelectStatement {
    return this.#lock("share", options);
  }
  forNoKeyUpdate(options?: LockOptions): SelectStatement {
    return this.#lock("no key update", options);
  }
  forKeyShare(options?: LockOptions): SelectStatement {
    return this.#lock("key share", options);
  }
  with(cte: Source): SelectStatement {
    const own = this[NODE];
    return new SelectStatement({ ...own, ctes: withCte(own.ctes, cte) });
  }
  select(selection: object): SelectStatement {
    return new SelectStatement({ ...this[NODE], selection: selectionNode(selection) });
  }
  protected override joined(operator: CompoundOperator, other: Statement<unknown, unknown>): unknown {
    return compound(operator, this[NODE], other);
  }

  #join(kind: JoinNode["kind"], source: Source, on: WithNode | undefined, lateral: boolean): SelectStatement {
    const own = this[NODE];
    const { node } = factsOf(source);
    const join: JoinNode = { kind, source: node, on: on ? on[NODE] : this.#unwritten(kind, node, lateral), lateral };
    return new SelectStatement({ ...own, joins: appended(own.joins, [join]) });
  }

  /** The condition of a join that is given none. */
  #unwritten(kind: JoinNode["kind"], source: SourceNode, lateral: boolean): ExpressionNode | undefined {
    if (lateral) return always;
    if (kind === "cross") return undefined;
    const { from, joins } = this[NODE];
    return foreignKeyJoin(source, from ? [from, ...joins.map((join) => join.source)] : []);
  }

  #lock(strength: LockNode["strength"], { of = [], skipLocked, noWait }: LockOptions = {}): SelectStatement {
    const own = this[NODE];
    const lock: LockNode = {
      strength,
      of: of.map((source) => factsOf(source).node.source),
      wait: skipLocked ? "skip locked" : noWait ? "nowait" : "wait",
    };
    return new SelectStatement({ ...own, locks: appended(own.locks, [lock]) });
  }
}

function nodeOf(one: WithNode): ExpressionNode {
  return one[NODE];
}

/** Both lists in one; the second is the caller's own. Spreading them would take three times as long. */
function appended<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  if (list.length === 0) return more;
  const both = new Array<T>(list.length + more.length);
  for (let i = 0; i < list.length; i++) both[i] = list[i] as T;
  for (let i = 0; i < more.length; i++) both[list.length + i] = more[i] as T;
  return both;
}

/** An expression sorts smallest first. */
export function orderNode(by: unknown): OrderNode {
  const node = (by as { readonly [NODE]: OrderNode | ExpressionNode })[NODE];
  return node.kind === "order" ? node : { kind: "order", operand: node, direction: "asc" };
}

/** WITH, with one more in it. */
export function withCte(ctes: readonly CteNode[], source: Source): readonly CteNode[] {
  const node: SourceNode = factsOf(source).node;
  return node.kind === "cte" && !ctes.includes(node.cte) ? [...ctes, node.cte] : ctes;
}
