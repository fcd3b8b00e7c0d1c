// The nodes of statements. A statement is a value: a builder's method makes a new node and leaves the old one alone.
import type { SqlType } from "../types/sql-type.ts";
import type { ExpressionNode, OrderNode, RawNode } from "./expression-node.ts";
import type { JoinNode, SourceName, SourceNode, TableSourceNode } from "./source-node.ts";

/** What gives rows and can stand in parentheses. */
export type QueryNode = SelectNode | CompoundNode | ValuesNode | RawStatementNode | WriteNode;
export type WriteNode = InsertNode | UpdateNode | DeleteNode | MergeNode;
export type StatementNode = QueryNode;

/** What a statement selects: a plain object of expressions, sources and further objects, in the order written. */
export interface SelectionNode {
  readonly kind: "object";
  readonly fields: readonly SelectionField[];
}
export interface SelectionField {
  readonly key: string;
  readonly value: ExpressionNode | SelectionNode | RowOfSourceNode;
}

/** A source selected whole: one object a row, null where the source is absent. */
export interface RowOfSourceNode {
  readonly kind: "rowOf";
  readonly source: SourceNode;
  /** Who builds the object, where it is not a plain one: the mapped class, for whoever runs the statement. */
  readonly entity?: unknown;
}

export interface SelectNode {
  readonly kind: "select";
  readonly ctes: readonly CteNode[];
  readonly selection: SelectionNode;
  readonly distinct: boolean;
  readonly distinctOn: readonly ExpressionNode[];
  readonly from: SourceNode | undefined;
  readonly joins: readonly JoinNode[];
  readonly where: readonly ExpressionNode[];
  readonly groupBy: readonly GroupNode[];
  readonly having: readonly ExpressionNode[];
  readonly orderBy: readonly OrderNode[];
  readonly limit: ExpressionNode | undefined;
  readonly offset: ExpressionNode | undefined;
  /** Whether LIMIT also gives the rows that tie with the last. */
  readonly withTies: boolean;
  readonly locks: readonly LockNode[];
}

/** What rows are grouped by: an expression, or several groupings at once. */
export type GroupNode =
  | ExpressionNode
  | { readonly kind: "rollup" | "cube"; readonly items: readonly ExpressionNode[] }
  | { readonly kind: "groupingSets"; readonly sets: readonly (readonly ExpressionNode[])[] };

export interface LockNode {
  readonly strength: "update" | "no key update" | "share" | "key share";
  readonly of: readonly SourceName[];
  readonly wait: "wait" | "nowait" | "skip locked";
}

export type CompoundOperator = "union" | "union all" | "intersect" | "intersect all" | "except" | "except all";

/** Two queries joined by UNION or its kind. The columns of `right` stand in the order of `left`'s. */
export interface CompoundNode {
  readonly kind: "compound";
  readonly ctes: readonly CteNode[];
  readonly operator: CompoundOperator;
  readonly left: QueryNode;
  readonly right: QueryNode;
  /** What the whole gives, in the order of the left query. */
  readonly selection: SelectionNode;
  readonly orderBy: readonly OrderNode[];
  readonly limit: ExpressionNode | undefined;
  readonly offset: ExpressionNode | undefined;
}

/** VALUES as a statement of its own, or as the body of a CTE. */
export interface ValuesNode {
  readonly kind: "valuesQuery";
  readonly rows: readonly (readonly ExpressionNode[])[];
  readonly selection: SelectionNode;
}

/** A named query in WITH. `recursive` is the step, which refers to the name itself. */
export interface CteNode {
  readonly name: string;
  readonly query: QueryNode;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  readonly recursive: { readonly step: QueryNode; readonly all: boolean } | undefined;
  readonly materialized?: boolean | undefined;
}

/** A column and what is written into it. */
export interface AssignmentNode {
  readonly column: string;
  readonly value: ExpressionNode;
}

export interface InsertNode {
  readonly kind: "insert";
  readonly ctes: readonly CteNode[];
  readonly target: TableSourceNode;
  readonly columns: readonly string[];
  /** Rows of expressions, each as long as `columns`; `undefined` stands for DEFAULT. Or a query, or the defaults alone. */
  readonly rows: readonly (readonly (ExpressionNode | undefined)[])[] | QueryNode | "defaults";
  readonly conflict: ConflictNode | undefined;
  /** MySQL's INSERT IGNORE and REPLACE. */
  readonly verb: "insert" | "insert ignore" | "replace";
  readonly overriding?: "system" | "user" | undefined;
  readonly returning: SelectionNode | undefined;
}

/** ON CONFLICT: what counts as a conflict, and what is done instead. */
export interface ConflictNode {
  readonly target:
    | { readonly kind: "any" }
    | { readonly kind: "columns"; readonly items: readonly ExpressionNode[]; readonly where: readonly ExpressionNode[] }
    | { readonly kind: "constraint"; readonly name: string };
  readonly set: readonly AssignmentNode[] | "nothing";
  readonly where: readonly ExpressionNode[];
}

export interface UpdateNode {
  readonly kind: "update";
  readonly ctes: readonly CteNode[];
  readonly target: TableSourceNode;
  readonly set: readonly AssignmentNode[];
  readonly from: SourceNode | undefined;
  readonly joins: readonly JoinNode[];
  /** `undefined` until `where` or `everyRow` was called. */
  readonly where: readonly ExpressionNode[] | undefined;
  readonly orderBy: readonly OrderNode[];
  readonly limit: ExpressionNode | undefined;
  readonly returning: SelectionNode | undefined;
}

export interface DeleteNode {
  readonly kind: "delete";
  readonly ctes: readonly CteNode[];
  readonly target: TableSourceNode;
  readonly using: SourceNode | undefined;
  readonly joins: readonly JoinNode[];
  readonly where: readonly ExpressionNode[] | undefined;
  readonly orderBy: readonly OrderNode[];
  readonly limit: ExpressionNode | undefined;
  readonly returning: SelectionNode | undefined;
}

/** MERGE, where the database has it. */
export interface MergeNode {
  readonly kind: "merge";
  readonly ctes: readonly CteNode[];
  readonly target: TableSourceNode;
  readonly using: SourceNode;
  readonly on: ExpressionNode;
  readonly branches: readonly MergeBranch[];
  readonly returning: SelectionNode | undefined;
}
export interface MergeBranch {
  readonly when: "matched" | "not matched" | "not matched by source";
  readonly and: ExpressionNode | undefined;
  readonly action:
    | { readonly kind: "update"; readonly set: readonly AssignmentNode[] }
    | { readonly kind: "insert"; readonly set: readonly AssignmentNode[] }
    | { readonly kind: "delete" | "nothing" };
}

/** A whole statement of the user's text. `selection` says what its columns are, in order. */
export interface RawStatementNode {
  readonly kind: "rawStatement";
  readonly raw: RawNode;
  readonly selection: SelectionNode;
  /** Whether it only reads, so that it may run beside a writer. */
  readonly reads: boolean;
}
