// MERGE: for each row of a source, what is done with the row of the table that it meets, or where it meets none.
import { CompileError } from "../errors/usage-errors.ts";
import {
  type AnyTable,
  type Cond,
  type ExprOf,
  type Feature,
  type NEEDS,
  type NeedsIn,
  NODE,
  type Of,
  type Outward,
  type ROW,
  type Rule,
  type Statement,
  type TableMeta,
  type Taken,
} from "../expression/needs.ts";
import type { NeedOf } from "../expression/selection.ts";
import { factsOf } from "../expression/source.ts";
import type { SetOf, ValuesOf, Writable } from "../schema/row-types.ts";
import { type DeclaredTable, declaredTable } from "../schema/table.ts";
import type { AssignmentNode, ExpressionNode, MergeBranch, MergeNode } from "../tree/node.ts";
import { booleanType } from "../types/sql-type.ts";
import { assignments } from "./assignments.ts";
import { rowNodes } from "./insert.ts";
import { withCte } from "./select.ts";

type NoBranch = Rule<"merge needs whenMatched() or whenNotMatched()">;

/** A merge into a table. Scope: the table and the source. */
export interface Merge<Name extends string, C, Free, Other extends string> extends Statement<never, Free> {
  readonly [ROW]: never;
  readonly [NEEDS]: Free;
  /** What is done with rows that the source meets; the first branch whose conditions hold decides. */
  whenMatched<const E extends readonly Cond[]>(
    ...conditions: E
  ): Matched<Name, C, Exclude<Free, NoBranch> | Exclude<NeedsIn<E>, Of<Name | Other>>, Other>;
  /** What is done where the source meets no row. The conditions see the source alone. */
  whenNotMatched<const E extends readonly Cond[]>(
    ...conditions: E
  ): NotMatched<Name, C, Exclude<Free, NoBranch> | Exclude<NeedsIn<E>, Of<Other>>, Other>;
  /** Puts a common table expression into WITH. */
  with<CteName extends string, D, M>(cte: TableMeta<CteName, D, M>): Merge<Name, C, Free | Outward<M>, Other>;
}

/** What can be done with a row that was met. */
export interface Matched<Name extends string, C, Free, Other extends string> {
  update<V extends SetOf<C>>(
    values: Writable<V, C>,
  ): Merge<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Name | Other>>, Other>;
  delete(): Merge<Name, C, Free, Other>;
  doNothing(): Merge<Name, C, Free, Other>;
}

/** What can be done where no row was met. */
export interface NotMatched<Name extends string, C, Free, Other extends string> {
  insert<V extends ValuesOf<C>>(
    values: Writable<V, C>,
  ): Merge<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Other>>, Other>;
  doNothing(): Merge<Name, C, Free, Other>;
}

/**
 * Brings a table in line with a source. Unlike an upsert it needs no unique key, and unlike one it can fail where others
 * insert the same row meanwhile.
 *
 * @example
 * mergeInto(stock, deliveries, stock.item.eq(deliveries.item))
 *   .whenMatched().update({ count: stock.count.add(deliveries.count) })
 *   .whenNotMatched().insert({ item: deliveries.item, count: deliveries.count });
 */
export function mergeInto<Name extends string, C, M, Other extends string, D, K, N>(
  target: TableMeta<Name, C, M>,
  source: TableMeta<Other, D, K>,
  on: ExprOf<boolean | null, N>,
): Merge<
  Name,
  C,
  NoBranch | Feature<"MERGE"> | Taken<Other, Name> | Outward<M> | Outward<Exclude<N, Of<Name | Other>> | K>,
  Other
> {
  const table = declaredTable(target);
  return new MergeStatement(table, {
    kind: "merge",
    ctes: [],
    target: table.sourceNode,
    using: factsOf(source).node,
    on: (on as unknown as WithNode)[NODE],
    branches: [],
    returning: undefined,
  }) as never;
}

interface WithNode {
  readonly [NODE]: ExpressionNode;
}

/** The run-time side of {@link Merge}. */
class MergeStatement {
  readonly #table: DeclaredTable;
  readonly #node: MergeNode;

  constructor(table: DeclaredTable, node: MergeNode) {
    this.#table = table;
    this.#node = node;
  }

  // Read when the statement is compiled: what the types refuse is refused here too.
  get [NODE](): MergeNode {
    if (this.#node.branches.length === 0) {
      throw new CompileError(
        `merge into "${this.#table.name}" has no branch`,
        "Add whenMatched() or whenNotMatched().",
      );
    }
    return this.#node;
  }

  whenMatched(...conditions: readonly WithNode[]): object {
    const decide = this.#branch("matched", conditions);
    return {
      update: (values: object) => decide({ kind: "update", set: assignments(this.#table, values) }),
      delete: () => decide({ kind: "delete" }),
      doNothing: () => decide({ kind: "nothing" }),
    };
  }
  whenNotMatched(...conditions: readonly WithNode[]): object {
    const decide = this.#branch("not matched", conditions);
    return {
      insert: (values: object) => decide({ kind: "insert", set: insertedCells(this.#table, values) }),
      doNothing: () => decide({ kind: "nothing" }),
    };
  }
  with(cte: AnyTable): MergeStatement {
    return new MergeStatement(this.#table, { ...this.#node, ctes: withCte(this.#node.ctes, cte) });
  }

  #branch(
    when: MergeBranch["when"],
    conditions: readonly WithNode[],
  ): (action: MergeBranch["action"]) => MergeStatement {
    const [first, ...more] = conditions.map((one) => one[NODE]);
    const and: ExpressionNode | undefined =
      first === undefined || more.length === 0
        ? first
        : { kind: "logic", operator: "and", operands: [first, ...more], type: booleanType };
    const node = this.#node;
    return (action) =>
      new MergeStatement(this.#table, { ...node, branches: [...node.branches, { when, and, action }] });
  }
}

function insertedCells(table: DeclaredTable, values: object): readonly AssignmentNode[] {
  const { columns, rows } = rowNodes(table, [values]);
  const [row] = rows as readonly (readonly (ExpressionNode | undefined)[])[];
  return columns.flatMap((column, i) => {
    const value = row?.[i];
    return value === undefined ? [] : [{ column, value }];
  });
}
