// Tables of which a query reads a part: a sample of the rows, or not the tables that inherit from it.
import { CompileError } from "../errors/usage-errors.ts";
import type { Feature, TableMeta } from "../expression/needs.ts";
import { valueNode } from "../expression/operand.ts";
import { factsOf, sourceOf } from "../expression/source.ts";
import type { TableSourceNode } from "../tree/node.ts";
import { countType, doubleType } from "../types/sql-type.ts";

/** A source with one more need. */
type Part<S, Name extends string, C, N> = TableMeta<Name, C, N> & {
  readonly [K in keyof C]: K extends keyof S ? S[K] : never;
};

export interface SampleOptions {
  /** Row by row, or, faster and less evenly, page by page. */
  readonly method?: "bernoulli" | "system";
  /** The same seed gives the same rows, as long as the table is not changed. */
  readonly seed?: number;
}

/**
 * About so many percent of the rows of a table: TABLESAMPLE. Its columns are those of the table.
 *
 * @example
 * select({ n: fn.count() }).from(tableSample(users, 10, { seed: 1 }));
 * // select count(*) as "n" from "users" tablesample bernoulli ($1) repeatable ($2)
 */
export function tableSample<S extends TableMeta<Name, C, N>, Name extends string, C, N>(
  table: S & TableMeta<Name, C, N>,
  percent: number,
  { method = "bernoulli", seed }: SampleOptions = {},
): Part<S, Name, C, N | Feature<"TABLESAMPLE">> {
  return changed(table, {
    sample: {
      method,
      percent: valueNode(percent, doubleType),
      seed: seed === undefined ? undefined : valueNode(seed, countType),
    },
  });
}

/**
 * A table without those that inherit from it: ONLY. Its columns are those of the table.
 *
 * @example
 * select({ n: fn.count() }).from(only(users));
 * // select count(*) as "n" from only "users"
 */
export function only<S extends TableMeta<Name, C, N>, Name extends string, C, N>(
  table: S & TableMeta<Name, C, N>,
): Part<S, Name, C, N | Feature<"ONLY">> {
  return changed(table, { only: true });
}

function changed<S>(table: TableMeta<any, any, any>, change: Partial<TableSourceNode>): S {
  const facts = factsOf(table);
  if (facts.node.kind !== "table") {
    throw new CompileError(`"${facts.node.source.name}" is not a table`, "Only tables have samples and descendants.");
  }
  return sourceOf({ ...facts, node: { ...facts.node, ...change } });
}
