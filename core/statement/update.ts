import {
  type AnyTable,
  type Beside,
  type Cond,
  type ExprOf,
  type Feature,
  type Given,
  type NEEDS,
  type Needing,
  type NeedsIn,
  NODE,
  type Of,
  type Outward,
  type ROW,
  type Statement,
  type TableMeta,
  type Taken,
} from "../expression/needs.ts";
import type { NeedOf, NeedsOf, Row, Selection } from "../expression/selection.ts";
import { factsOf } from "../expression/source.ts";
import type { SetOf, Writable } from "../schema/row-types.ts";
import { type DeclaredTable, declaredTable } from "../schema/table.ts";
import type { SourceNode, UpdateNode } from "../tree/node.ts";
import { assignments } from "./assignments.ts";
import type { Picked } from "./select.ts";
import { WriteStatement, withFilter } from "./write-statement.ts";

/** An update. Scope: the table and the sources it reads beside it. Nullable: those that may be absent. */
export interface Update<Name extends string, C, Free, R, Scope extends string = Name, Nullable = never>
  extends Statement<R, Free> {
  readonly [ROW]: R;
  readonly [NEEDS]: Free;
  /** What is written: values or expressions. Further calls add to it; what is missing is left alone. */
  set<V extends SetOf<C>>(
    values: Writable<V, C>,
  ): Update<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Scope>>, R, Scope, Nullable>;
  /** Another source whose columns can be read. */
  from<Other extends string, D, M>(
    source: TableMeta<Other, D, M>,
  ): Update<
    Name,
    C,
    Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<M> | Feature<"UPDATE FROM">,
    R,
    Scope | Other,
    Nullable
  >;
  /** One more, joined to the first. */
  join<Other extends string, D, M, N>(
    source: TableMeta<Other, D, M>,
    on: ExprOf<boolean | null, N>,
  ): Update<
    Name,
    C,
    Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<Exclude<N, Of<Scope | Other>> | M>,
    R,
    Scope | Other,
    Nullable
  >;
  /** One more, whose columns are null where it has no partner. */
  leftJoin<Other extends string, D, M, N>(
    source: TableMeta<Other, D, M>,
    on: ExprOf<boolean | null, N>,
  ): Update<
    Name,
    C,
    Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<Exclude<N, Of<Scope | Other>> | M>,
    R,
    Scope | Other,
    Nullable | Other
  >;
  /** Only rows that meet all conditions. */
  where<const E extends readonly [Cond, ...Cond[]]>(
    ...conditions: E
  ): Update<Name, C, Exclude<Free, "where()"> | Exclude<NeedsIn<E>, Of<Scope>>, R, Scope, Nullable>;
  /** Says that every row is meant. */
  everyRow(): Update<Name, C, Exclude<Free, "where()">, R, Scope, Nullable>;
  /** In which order, with `limit`. */
  orderBy<const E extends readonly Needing[]>(
    ...by: E
  ): Update<Name, C, Free | Exclude<NeedsIn<E>, Of<Scope>> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
  /** At most so many rows. */
  limit<N = never>(
    rows: number | ExprOf<number, N>,
  ): Update<Name, C, Free | Given<N> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
  /** Puts a common table expression into WITH. */
  with<CteName extends string, D, M>(
    cte: TableMeta<CteName, D, M>,
  ): Update<Name, C, Free | Outward<M> | Feature<"WITH UPDATE">, R, Scope, Nullable>;
  /** The rows as they now are: expressions, or the table itself for all columns. */
  returning<S extends Selection | AnyTable>(
    selection: S,
  ): Update<
    Name,
    C,
    | Exclude<Free | NeedsOf<Picked<S>>, Of<Scope>>
    | Feature<"UPDATE RETURNING">
    | Beside<NeedsOf<Picked<S>>, Name, Scope>,
    Row<Picked<S>, Nullable>,
    Scope,
    Nullable
  >;
}

/**
 * Changes rows of a table.
 *
 * @example
 * update(users).set({ name: "Ann", age: users.age.add(1) }).where(users.id.eq(7));
 */
export function update<Name extends string, C, M>(
  target: TableMeta<Name, C, M>,
): Update<Name, C, "where()" | Outward<M>, never> {
  const table = declaredTable(target);
  return new UpdateStatement(table, {
    kind: "update",
    ctes: [],
    target: withFilter(table.sourceNode, target),
    set: [],
    from: undefined,
    joins: [],
    where: undefined,
    orderBy: [],
    limit: undefined,
    returning: undefined,
  }) as unknown as Update<Name, C, "where()" | Outward<M>, never>;
}

/** The run-time side of {@link Update}. */
export class UpdateStatement extends WriteStatement<UpdateNode> {
  readonly #table: DeclaredTable;

  constructor(table: DeclaredTable, node: UpdateNode) {
    super(node);
    this.#table = table;
  }

  set(values: object): this {
    const fresh = assignments(this.#table, values, this[NODE].set);
    const columns = new Set(fresh.map(({ column }) => column));
    // What is set twice is set to the last, as in an object.
    return this.changed({ set: [...this[NODE].set.filter(({ column }) => !columns.has(column)), ...fresh] });
  }
  from(source: AnyTable): this {
    if (this[NODE].from !== undefined) return this.joined("cross", source, undefined);
    return this.changed({ from: factsOf(source).node });
  }

  protected override get first(): { readonly source: SourceNode | undefined; readonly method: string } {
    return { source: this[NODE].from, method: "from" };
  }
  protected override changed(change: Partial<Omit<UpdateNode, "kind">>): this {
    return new UpdateStatement(this.#table, { ...this[NODE], ...change }) as this;
  }
}
