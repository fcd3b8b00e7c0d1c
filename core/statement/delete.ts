// DELETE. It does not run without `where` or `everyRow`.
import { CompileError } from "../errors/usage-errors.ts";
import {
  type AnyTable,
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
import { valueNode } from "../expression/operand.ts";
import { type NeedsOf, type Row, type Selection, selectionNode } from "../expression/selection.ts";
import { factsOf } from "../expression/source.ts";
import { declaredTable } from "../schema/table.ts";
import type { DeleteNode, ExpressionNode, JoinNode } from "../tree/node.ts";
import { rowsType } from "../types/sql-type.ts";
import { orderNode, type Picked, withCte } from "./select.ts";
import { someConditions } from "./update.ts";

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
  ): Delete<Name, C, Free | Outward<M>, R, Scope, Nullable>;
  /** The rows as they were: expressions, or the table itself for all columns. */
  returning<const S extends Selection | AnyTable>(
    selection: S,
  ): Delete<
    Name,
    C,
    Exclude<Free | NeedsOf<Picked<S>>, Of<Scope>> | Feature<"DELETE RETURNING">,
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
    target: declaredTable(target).sourceNode,
    using: undefined,
    joins: [],
    where: undefined,
    orderBy: [],
    limit: undefined,
    returning: undefined,
  }) as unknown as Delete<Name, C, "where()" | Outward<M>, never>;
}

interface WithNode {
  readonly [NODE]: ExpressionNode;
}

/** The run-time side of {@link Delete}. */
export class DeleteStatement {
  readonly [NODE]: DeleteNode;

  constructor(node: DeleteNode) {
    this[NODE] = node;
  }

  using(source: AnyTable): DeleteStatement {
    if (this[NODE].using !== undefined) return this.#join("cross", source, undefined);
    return this.#with({ using: factsOf(source).node });
  }
  join(source: AnyTable, on: WithNode): DeleteStatement {
    return this.#join("inner", source, on);
  }
  leftJoin(source: AnyTable, on: WithNode): DeleteStatement {
    return this.#join("left", source, on);
  }
  where(...conditions: readonly WithNode[]): DeleteStatement {
    const more = someConditions(conditions, "delete", this[NODE].target.table);
    return this.#with({ where: [...(this[NODE].where ?? []), ...more] });
  }
  everyRow(): DeleteStatement {
    return this.#with({ where: this[NODE].where ?? [] });
  }
  orderBy(...by: readonly unknown[]): DeleteStatement {
    return this.#with({ orderBy: [...this[NODE].orderBy, ...by.map(orderNode)] });
  }
  limit(rows: unknown): DeleteStatement {
    return this.#with({ limit: valueNode(rows, rowsType) });
  }
  with(cte: AnyTable): DeleteStatement {
    return this.#with({ ctes: withCte(this[NODE].ctes, cte) });
  }
  returning(selection: object): DeleteStatement {
    return this.#with({ returning: selectionNode(selection) });
  }

  #join(kind: JoinNode["kind"], source: AnyTable, on: WithNode | undefined): DeleteStatement {
    if (this[NODE].using === undefined) {
      throw new CompileError(
        `the delete from "${this[NODE].target.table}" joins before it has using()`,
        "Name the first source with using().",
      );
    }
    const join: JoinNode = { kind, source: factsOf(source).node, on: on?.[NODE], lateral: false };
    return this.#with({ joins: [...this[NODE].joins, join] });
  }

  #with(change: Partial<DeleteNode>): DeleteStatement {
    return new DeleteStatement({ ...this[NODE], ...change });
  }
}
