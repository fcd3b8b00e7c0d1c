// The nodes of statements, of what stands in FROM and of expressions: plain data, told apart by `kind`. They hold each other, so
// they stand in one file. Whoever adds a kind is told by the compiler where it must be written (core/compile) and walked
// (core/tree/visit.ts). A statement is a value: a builder's method makes a new node and leaves the old one alone.
import type { SqlType } from "../types/sql-type.ts";

// --- Expressions ---

export type ExpressionNode =
  | ColumnNode
  | ExcludedNode
  | ValueNode
  | GeneratedNode
  | ConstantNode
  | ParamNode
  | BinaryNode
  | OperatorNode
  | NotNode
  | NegateNode
  | LogicNode
  | IsNullNode
  | InListNode
  | InQueryNode
  | BetweenNode
  | LikeNode
  | MatchNode
  | QuantifiedNode
  | CallNode
  | OverNode
  | CaseNode
  | CastNode
  | CollateNode
  | RetypeNode
  | ScalarNode
  | ExistsNode
  | RowNode
  | ArrayNode
  | JsonObjectNode
  | JsonArrayNode
  | JsonQueryNode
  | JsonPathNode
  | RawNode
  | WrittenNode;

/** A column of a source in FROM. */
export interface ColumnNode {
  readonly kind: "column";
  readonly source: SourceName;
  /** Its name in the database. */
  readonly name: string;
  readonly type: SqlType;
  /** A column of the same source that is null only where the source is absent, if there is one. */
  readonly present?: { readonly name: string; readonly type: SqlType } | undefined;
}

/** A column of the row that an upsert proposed. */
export interface ExcludedNode {
  readonly kind: "excluded";
  readonly name: string;
  readonly type: SqlType;
}

/** A value that is bound, never written into the text. */
export interface ValueNode {
  readonly kind: "value";
  readonly value: unknown;
  readonly type: SqlType;
  /** What the value is compared with or assigned to, for error messages. */
  readonly of?: ExpressionNode | undefined;
}

/** A value that is made anew each time the statement runs: a default of the user's that JavaScript computes. */
export interface GeneratedNode {
  readonly kind: "generated";
  readonly generate: () => unknown;
  readonly type: SqlType;
  readonly of?: ExpressionNode | undefined;
}

/** A constant that the library itself writes into the text, where a bound value would be in the way. Never user input. */
export interface ConstantNode {
  readonly kind: "constant";
  readonly value: number | string | boolean | null;
  readonly type: SqlType;
}

/** A value that is given by name when the statement runs. */
export interface ParamNode {
  readonly kind: "param";
  readonly name: string;
  readonly type: SqlType;
}

export type BinaryOperator =
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "is distinct from"
  | "is not distinct from"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "||"
  | "&"
  | "|"
  | "<<"
  | ">>";

/** `left operator right`. */
export interface BinaryNode {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly type: SqlType;
}

/** An operator that only some databases have, or one the user names: written between parenthesised operands. */
export interface OperatorNode {
  readonly kind: "operator";
  readonly operator: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly type: SqlType;
  readonly feature?: string | undefined;
}

export interface NotNode {
  readonly kind: "not";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

/** `-operand` or `~operand`. */
export interface NegateNode {
  readonly kind: "negate";
  readonly operator: "-" | "~";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

/** Conditions joined by AND or OR. One without operands is true for AND, false for OR. */
export interface LogicNode {
  readonly kind: "logic";
  readonly operator: "and" | "or";
  readonly operands: readonly ExpressionNode[];
  readonly type: SqlType;
}

export interface IsNullNode {
  readonly kind: "isNull";
  readonly operand: ExpressionNode;
  readonly negated: boolean;
  readonly type: SqlType;
}

/** `operand in (values)`. The elements are values of the operand's type. */
export interface InListNode {
  readonly kind: "inList";
  readonly operand: ExpressionNode;
  readonly values: readonly unknown[];
  readonly negated: boolean;
  readonly type: SqlType;
}

export interface InQueryNode {
  readonly kind: "inQuery";
  readonly operand: ExpressionNode;
  readonly query: QueryNode;
  readonly negated: boolean;
  readonly type: SqlType;
}

export interface BetweenNode {
  readonly kind: "between";
  readonly operand: ExpressionNode;
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
  readonly negated: boolean;
  readonly type: SqlType;
}

/** LIKE with a pattern of the user's: `%` and `_` are wild, `!` escapes. */
export interface LikeNode {
  readonly kind: "like";
  readonly operand: ExpressionNode;
  readonly pattern: ExpressionNode;
  readonly insensitive: boolean;
  readonly negated: boolean;
  readonly type: SqlType;
}

/** Whether a text starts with, ends with or contains another, in which no character is wild. */
export interface MatchNode {
  readonly kind: "match";
  readonly part: "starts" | "ends" | "contains";
  readonly operand: ExpressionNode;
  readonly text: ExpressionNode;
  readonly insensitive: boolean;
  readonly type: SqlType;
}

/** ANY or ALL of a query or of an array, on the right of a comparison. */
export interface QuantifiedNode {
  readonly kind: "quantified";
  readonly quantifier: "any" | "all";
  readonly of: QueryNode | ExpressionNode;
  readonly type: SqlType;
}

/**
 * A function, aggregates and window functions among them. `name` is the catalogue's name; a dialect may write it
 * otherwise. A name outside the catalogue is written as it is, quoted where it must be.
 */
export interface CallNode {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly ExpressionNode[];
  readonly type: SqlType;
  readonly aggregate?: boolean | undefined;
  readonly distinct?: boolean | undefined;
  readonly orderBy?: readonly OrderNode[] | undefined;
  readonly withinGroup?: readonly OrderNode[] | undefined;
  readonly filter?: ExpressionNode | undefined;
  readonly feature?: string | undefined;
}

/** An aggregate or window function over a window. */
export interface OverNode {
  readonly kind: "over";
  readonly call: CallNode;
  readonly window: WindowNode;
  readonly type: SqlType;
}

export interface WindowNode {
  readonly kind: "window";
  /** With a name it is written once, in the WINDOW clause. */
  readonly name?: string | undefined;
  readonly partitionBy: readonly ExpressionNode[];
  readonly orderBy: readonly OrderNode[];
  readonly frame?: FrameNode | undefined;
}

export interface FrameNode {
  readonly unit: "rows" | "range" | "groups";
  readonly start: FrameBound;
  readonly end: FrameBound;
  readonly exclude?: "current row" | "group" | "ties" | undefined;
}

export type FrameBound =
  | { readonly kind: "unbounded preceding" | "current row" | "unbounded following" }
  | { readonly kind: "preceding" | "following"; readonly offset: ExpressionNode };

export interface OrderNode {
  readonly kind: "order";
  readonly operand: ExpressionNode;
  readonly direction: "asc" | "desc";
  readonly nulls?: "first" | "last" | undefined;
}

/** CASE. With an `operand` the simple form: each `when` is compared with it. */
export interface CaseNode {
  readonly kind: "case";
  readonly operand?: ExpressionNode | undefined;
  readonly branches: readonly { readonly when: ExpressionNode; readonly then: ExpressionNode }[];
  readonly otherwise?: ExpressionNode | undefined;
  readonly type: SqlType;
}

export interface CastNode {
  readonly kind: "cast";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

export interface CollateNode {
  readonly kind: "collate";
  readonly operand: ExpressionNode;
  readonly collation: string;
  readonly type: SqlType;
}

/** The same SQL, read as another type. With `notNull` the decoder refuses null, or takes it whatever the operand says. */
export interface RetypeNode {
  readonly kind: "retype";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
  readonly notNull?: boolean | undefined;
}

/** A query of one column and at most one row, as a value. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly query: QueryNode;
  readonly type: SqlType;
}

export interface ExistsNode {
  readonly kind: "exists";
  readonly query: QueryNode;
  readonly type: SqlType;
}

/** A row value: `(a, b)`. */
export interface RowNode {
  readonly kind: "row";
  readonly items: readonly ExpressionNode[];
  readonly type: SqlType;
}

/** An array of expressions: `array[a, b]`. */
export interface ArrayNode {
  readonly kind: "array";
  readonly items: readonly ExpressionNode[];
  readonly type: SqlType;
}

/** A JSON object of named parts. Its type is a {@link JsonRowType}, whose shape says how each part is read back. */
export interface JsonObjectNode {
  readonly kind: "jsonObject";
  readonly fields: readonly JsonFieldNode[];
  /** If set, the object is null where this part is: the row it stands for is absent. */
  readonly presence?: ExpressionNode | undefined;
  readonly type: SqlType;
}
export interface JsonFieldNode {
  readonly name: string;
  readonly value: ExpressionNode;
}

/** A JSON array of the given elements. */
export interface JsonArrayNode {
  readonly kind: "jsonArray";
  readonly items: readonly ExpressionNode[];
  readonly type: SqlType;
}

/** The rows of a query as one JSON array of objects. */
export interface JsonQueryNode {
  readonly kind: "jsonQuery";
  readonly query: QueryNode;
  readonly type: SqlType;
}

/** What stands at a path in a JSON document; each step is bound, never spliced. */
export interface JsonPathNode {
  readonly kind: "jsonPath";
  readonly operand: ExpressionNode;
  readonly path: readonly (string | number)[];
  /** `json` keeps the part a document; otherwise it is taken out as a value of `type`. */
  readonly as: "json" | "value";
  readonly type: SqlType;
}

/** Text of the user's with typed holes: one hole more text than holes. */
export interface RawNode {
  readonly kind: "raw";
  readonly text: readonly string[];
  readonly holes: readonly RawHole[];
  readonly type: SqlType;
  /** Whether the type was given as one of values that are never null, unless a row that is read is absent. */
  readonly notNull?: boolean | undefined;
}

/** What can stand in a hole: an expression, a source, an ordering, a query, a name that is quoted, or trusted text. */
export type RawHole =
  | ExpressionNode
  | OrderNode
  | SourceNode
  | QueryNode
  | { readonly kind: "identifier"; readonly path: readonly string[] }
  | { readonly kind: "trusted"; readonly text: string };

/** An expression that a dialect or the user writes: it is handed the buffer. See `custom` in core/dialect. */
export interface WrittenNode {
  readonly kind: "written";
  readonly operands: readonly ExpressionNode[];
  readonly write: (operands: readonly ExpressionNode[], out: never) => void;
  readonly type: SqlType;
  readonly feature?: string | undefined;
}

// --- Sources ---

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
  /** The table it is in, where that is one of those joined to the source. */
  readonly source?: SourceName | undefined;
}

export type SourceNode =
  | TableSourceNode
  | DerivedNode
  | CteSourceNode
  | ValuesSourceNode
  | ListsSourceNode
  | FunctionSourceNode
  | RawSourceNode;

interface Named {
  readonly source: SourceName;
  readonly columns: readonly SourceColumn[];
}

/** A condition that rows of a source meet. One with a name can be lifted by it. */
export interface SourceFilter {
  readonly name: string | undefined;
  readonly condition: ExpressionNode;
}

/** A table or view. `alias` says that `source.name` is another name for it in this statement. */
export interface TableSourceNode extends Named {
  readonly kind: "table";
  readonly schema?: string | undefined;
  readonly table: string;
  readonly alias: boolean;
  /** Columns of the primary key, by name in the database. */
  readonly key: readonly string[];
  /** The table as it was declared, for whoever asks what else there is to know of it. */
  readonly declared?: unknown;
  readonly only?: boolean | undefined;
  /** Which rows it stands for, where they are not all: they hold wherever the source is read, updated or deleted from. */
  readonly filters?: readonly SourceFilter[] | undefined;
  /** The tables that hold further parts of its rows: wherever the source is read, they are joined to it. */
  readonly joined?: readonly JoinNode[] | undefined;
  readonly sample?:
    | {
        readonly method: "bernoulli" | "system";
        readonly percent: ExpressionNode;
        readonly seed?: ExpressionNode | undefined;
      }
    | undefined;
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

/** Rows that are given when the statement runs, as a list of values for each column. */
export interface ListsSourceNode extends Named {
  readonly kind: "lists";
  /** The parameter that the lists are given by. */
  readonly parameter: string;
  /** What the values of each list are for, for error messages. */
  readonly of: readonly ColumnNode[];
  /** The column that counts the rows. It is the last, and no list is given for it. */
  readonly ordinal: string | undefined;
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

// --- Statements ---

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
