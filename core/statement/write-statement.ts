// What update and delete have in common at run time: the sources they read beside their table, and which rows they mean.
import { CompileError } from "../errors/usage-errors.ts";
import { type AnyTable, NODE } from "../expression/needs.ts";
import { selectionNode } from "../expression/selection.ts";
import { factsOf } from "../expression/source.ts";
import type { DeleteNode, ExpressionNode, JoinNode, SourceNode, TableSourceNode, UpdateNode } from "../tree/node.ts";
import { rowCount } from "./row-count.ts";
import { orderNode, withCte } from "./select.ts";

export interface WithNode {
  readonly [NODE]: ExpressionNode;
}

export abstract class WriteStatement<N extends UpdateNode | DeleteNode> {
  declare readonly [NODE]: N;

  constructor(node: N) {
    this[NODE] = node;
  }

  /** The same statement with some parts changed. */
  protected abstract changed(
    change: Partial<Omit<UpdateNode, "kind" | "target"> & Omit<DeleteNode, "kind" | "target">>,
  ): this;
  /** The first source that is read beside the table, and the method that names it. */
  protected abstract readonly first: { readonly source: SourceNode | undefined; readonly method: string };

  join(source: AnyTable, on: WithNode): this {
    return this.joined("inner", source, on);
  }
  leftJoin(source: AnyTable, on: WithNode): this {
    return this.joined("left", source, on);
  }
  where(...conditions: readonly WithNode[]): this {
    const { kind, target, where } = this[NODE];
    if (conditions.length === 0) {
      throw new CompileError(
        `the conditions of this ${kind} of "${target.table}" are an empty list`,
        "Leave the statement out, or call everyRow() if all rows are meant.",
      );
    }
    return this.changed({ where: [...(where ?? []), ...conditions.map((condition) => condition[NODE])] });
  }
  everyRow(): this {
    return this.changed({ where: this[NODE].where ?? [] });
  }
  orderBy(...by: readonly unknown[]): this {
    return this.changed({ orderBy: [...this[NODE].orderBy, ...by.map(orderNode)] });
  }
  limit(rows: unknown): this {
    return this.changed({ limit: rowCount(rows) });
  }
  with(cte: AnyTable): this {
    return this.changed({ ctes: withCte(this[NODE].ctes, cte) });
  }
  returning(selection: object): this {
    return this.changed({ returning: selectionNode(selection) });
  }

  protected joined(kind: JoinNode["kind"], source: AnyTable, on: WithNode | undefined): this {
    const { first } = this;
    if (first.source === undefined) {
      throw new CompileError(
        `the ${this[NODE].kind} of "${this[NODE].target.table}" joins before it has ${first.method}()`,
        `Name the first source with ${first.method}().`,
      );
    }
    const join: JoinNode = { kind, source: factsOf(source).node, on: on?.[NODE], lateral: false };
    return this.changed({ joins: [...this[NODE].joins, join] });
  }
}

/**
 * The table that is written, of which the source may stand for some rows only.
 *
 * @throws {CompileError} if it is a sample
 */
export function withFilter(table: TableSourceNode, source: AnyTable): TableSourceNode {
  const { node } = factsOf(source);
  if (node.kind !== "table") return table;
  if (node.sample !== undefined) {
    throw new CompileError(
      `a sample of "${table.table}" cannot be written to`,
      "Write to the rows whose key is in a query of the sample.",
    );
  }
  const { filters, only } = node;
  return filters === undefined && only === undefined ? table : { ...table, filters, only };
}
