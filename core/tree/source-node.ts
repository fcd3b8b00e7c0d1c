// What can stand in FROM.
import type { SqlType } from "../types/sql-type.ts";
import type { CallNode, ExpressionNode, RawNode } from "./expression-node.ts";
import type { CteNode, QueryNode } from "./statement-node.ts";

/**
 * How columns refer to their source. One object per table, alias or derived table, shared by all its columns; two are the
 * same source if their `key` is the same.
 */
export interface SourceName {
  /** What the types call it: `users`, or `audit:log` for a table of another schema. */
  readonly key: string;
  readonly schema?: string | undefined;
  /** What stands before the dot in SQL. */
  readonly name: string;
}

/** A column that a source has: the property it is read by, and what it is. */
export interface SourceColumn {
  readonly key: string;
  /** Its name in the database. */
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

export type SourceNode = TableSourceNode | DerivedNode | CteSourceNode | ValuesSourceNode | FunctionSourceNode | RawSourceNode;

interface Named {
  readonly source: SourceName;
  readonly columns: readonly SourceColumn[];
}

/** A table or view. `alias` says that `source.name` is another name for it in this statement. */
export interface TableSourceNode extends Named {
  readonly kind: "table";
  readonly schema?: string | undefined;
  readonly table: string;
  readonly alias: boolean;
  /** Columns of the primary key, by name in the database. */
  readonly key: readonly string[];
  readonly only?: boolean | undefined;
  readonly sample?: { readonly method: "bernoulli" | "system"; readonly percent: ExpressionNode; readonly seed?: ExpressionNode | undefined } | undefined;
}

/** A query in parentheses. */
export interface DerivedNode extends Named {
  readonly kind: "derived";
  readonly query: QueryNode;
}

/** A common table expression, which the compiler writes into WITH. */
export interface CteSourceNode extends Named {
  readonly kind: "cte";
  readonly cte: CteNode;
}

/** Rows written down. */
export interface ValuesSourceNode extends Named {
  readonly kind: "values";
  readonly rows: readonly (readonly ExpressionNode[])[];
}

/** A function that gives rows. */
export interface FunctionSourceNode extends Named {
  readonly kind: "function";
  readonly call: CallNode;
  /** Whether a column that counts the rows is added, as the last. */
  readonly ordinality: boolean;
}

/** Text of the user's that gives rows. */
export interface RawSourceNode extends Named {
  readonly kind: "rawSource";
  readonly raw: RawNode;
}

export interface JoinNode {
  readonly kind: "inner" | "left" | "right" | "full" | "cross";
  readonly source: SourceNode;
  readonly on?: ExpressionNode | undefined;
  readonly lateral: boolean;
}
