// UPDATE. It does not run without `where` or `everyRow`.
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
import { type NeedOf, type NeedsOf, type Row, type Selection, selectionNode } from "../expression/selection.ts";
import { factsOf } from "../expression/source.ts";
import type { SetOf, Unknown } from "../schema/row-types.ts";
import { type DeclaredTable, declaredTable } from "../schema/table.ts";
import type { ExpressionNode, JoinNode, UpdateNode } from "../tree/node.ts";
import { rowsType } from "../types/sql-type.ts";
import { assignments } from "./assignments.ts";
import { orderNode, type Picked, withCte } from "./select.ts";

/** An update. Scope: the table and the sources it reads beside it. Nullable: those that may be absent. */
export interface Update<Name extends string, C, Free, R, Scope extends string = Name, Nullable = never>
  extends Statement<R, Free> {
  readonly [ROW]: R;
  readonly [NEEDS]: Free;
  /** What is written: values or expressions. Further calls add to it; what is missing is left alone. */
  set<V extends SetOf<C>>(
    values: V & Unknown<V, C>,
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
  ): Update<Name, C, Free | Outward<M>, R, Scope, Nullable>;
  /** The rows as they now are: expressions, or the table itself for all columns. */
  returning<const S extends Selection | AnyTable>(
    selection: S,
  ): Update<
    Name,
    C,
    Exclude<Free | NeedsOf<Picked<S>>, Of<Scope>> | Feature<"UPDATE RETURNING">,
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
    target: table.sourceNode,
    set: [],
    from: undefined,
    joins: [],
    where: undefined,
    orderBy: [],
    limit: undefined,
    returning: undefined,
  }) as unknown as Update<Name, C, "where()" | Outward<M>, never>;
}

interface WithNode {
  readonly [NODE]: ExpressionNode;
}

/** The run-time side of {@link Update}. */
export class UpdateStatement {
  readonly [NODE]: UpdateNode;
  readonly #table: DeclaredTable;

  constructor(table: DeclaredTable, node: UpdateNode) {
    this.#table = table;
    this[NODE] = node;
  }

  set(values: object): UpdateStatement {
    const fresh = assignments(this.#table, values);
    const columns = new Set(fresh.map(({ column }) => column));
    // What is set twice is set to the last, as in an object.
    return this.#with({ set: [...this[NODE].set.filter(({ column }) => !columns.has(column)), ...fresh] });
  }
  from(source: AnyTable): UpdateStatement {
    if (this[NODE].from !== undefined) return this.#join("cross", source, undefined);
    return this.#with({ from: factsOf(source).node });
  }
  join(source: AnyTable, on: WithNode): UpdateStatement {
    return this.#join("inner", source, on);
  }
  leftJoin(source: AnyTable, on: WithNode): UpdateStatement {
    return this.#join("left", source, on);
  }
  where(...conditions: readonly WithNode[]): UpdateStatement {
    const more = someConditions(conditions, "update", this.#table.name);
    return this.#with({ where: [...(this[NODE].where ?? []), ...more] });
  }
  everyRow(): UpdateStatement {
    return this.#with({ where: this[NODE].where ?? [] });
  }
  orderBy(...by: readonly unknown[]): UpdateStatement {
    return this.#with({ orderBy: [...this[NODE].orderBy, ...by.map(orderNode)] });
  }
  limit(rows: unknown): UpdateStatement {
    return this.#with({ limit: valueNode(rows, rowsType) });
  }
  with(cte: AnyTable): UpdateStatement {
    return this.#with({ ctes: withCte(this[NODE].ctes, cte) });
  }
  returning(selection: object): UpdateStatement {
    return this.#with({ returning: selectionNode(selection) });
  }

  #join(kind: JoinNode["kind"], source: AnyTable, on: WithNode | undefined): UpdateStatement {
    if (this[NODE].from === undefined) {
      throw new CompileError(
        `the update of "${this.#table.name}" joins before it has from()`,
        "Name the first source with from().",
      );
    }
    const join: JoinNode = { kind, source: factsOf(source).node, on: on?.[NODE], lateral: false };
    return this.#with({ joins: [...this[NODE].joins, join] });
  }

  #with(change: Partial<UpdateNode>): UpdateStatement {
    return new UpdateStatement(this.#table, { ...this[NODE], ...change });
  }
}

/** The conditions of a write, which must be some: a list that turned out empty would write every row. */
export function someConditions(
  conditions: readonly WithNode[],
  verb: string,
  table: string,
): readonly ExpressionNode[] {
  if (conditions.length > 0) return conditions.map((condition) => condition[NODE]);
  throw new CompileError(
    `the conditions of this ${verb} of "${table}" are an empty list`,
    "Leave the statement out, or call everyRow() if all rows are meant.",
  );
}
