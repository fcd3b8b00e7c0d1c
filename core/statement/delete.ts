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
import type { NeedsOf, Row, Selection } from "../expression/selection.ts";
import { factsOf } from "../expression/source.ts";
import { declaredTable } from "../schema/table.ts";
import type { DeleteNode, SourceNode } from "../tree/node.ts";
import type { Picked } from "./select.ts";
import { WriteStatement, withFilter } from "./write-statement.ts";

/** A delete. Scope: the table and the sources it reads beside it. Nullable: those that may be absent. */
export interface Delete<Name extends string, C, Free, R, Scope extends string = Name, Nullable = never>
  extends Statement<R, Free> {
  readonly [ROW]: R;
  readonly [NEEDS]: Free;
  /** Another source whose columns can be read. */
  using<Other extends string, D, M>(
    source: TableMeta<Other, D, M>,
  ): Delete<
    Name,
    C,
    Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<M> | Feature<"DELETE USING">,
    R,
    Scope | Other,
    Nullable
  >;
  /** One more, joined to the first. */
  join<Other extends string, D, M, N>(
    source: TableMeta<Other, D, M>,
    on: ExprOf<boolean | null, N>,
  ): Delete<
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
  ): Delete<
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
  ): Delete<Name, C, Exclude<Free, "where()"> | Exclude<NeedsIn<E>, Of<Scope>>, R, Scope, Nullable>;
  /** Says that every row is meant. */
  everyRow(): Delete<Name, C, Exclude<Free, "where()">, R, Scope, Nullable>;
  /** In which order, with `limit`. */
  orderBy<const E extends readonly Needing[]>(
    ...by: E
  ): Delete<Name, C, Free | Exclude<NeedsIn<E>, Of<Scope>> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
  /** At most so many rows. */
  limit<N = never>(
    rows: number | ExprOf<number, N>,
  ): Delete<Name, C, Free | Given<N> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
  /** Puts a common table expression into WITH. */
  with<CteName extends string, D, M>(
    cte: TableMeta<CteName, D, M>,
  ): Delete<Name, C, Free | Outward<M> | Feature<"WITH UPDATE">, R, Scope, Nullable>;
  /** The rows as they were: expressions, or the table itself for all columns. */
  returning<S extends Selection | AnyTable>(
    selection: S,
  ): Delete<
    Name,
    C,
    | Exclude<Free | NeedsOf<Picked<S>>, Of<Scope>>
    | Feature<"DELETE RETURNING">
    | Beside<NeedsOf<Picked<S>>, Name, Scope>,
    Row<Picked<S>, Nullable>,
    Scope,
    Nullable
  >;
}

/**
 * Deletes rows of a table.
 *
 * @example
 * deleteFrom(users).where(users.id.eq(7));
 */
export function deleteFrom<Name extends string, C, M>(
  target: TableMeta<Name, C, M>,
): Delete<Name, C, "where()" | Outward<M>, never> {
  return new DeleteStatement({
    kind: "delete",
    ctes: [],
    target: withFilter(declaredTable(target).sourceNode, target),
    using: undefined,
    joins: [],
    where: undefined,
    orderBy: [],
    limit: undefined,
    returning: undefined,
  }) as unknown as Delete<Name, C, "where()" | Outward<M>, never>;
}

/** The run-time side of {@link Delete}. */
export class DeleteStatement extends WriteStatement<DeleteNode> {
  using(source: AnyTable): this {
    if (this[NODE].using !== undefined) return this.joined("cross", source, undefined);
    return this.changed({ using: factsOf(source).node });
  }

  protected override get first(): { readonly source: SourceNode | undefined; readonly method: string } {
    return { source: this[NODE].using, method: "using" };
  }
  protected override changed(change: Partial<Omit<DeleteNode, "kind">>): this {
    return new DeleteStatement({ ...this[NODE], ...change }) as this;
  }
}
