// The nodes of expressions: plain data, told apart by `kind`. Whoever adds one here is told by the compiler where it must
// be written (core/compile/expression.ts) and walked (core/tree/visit.ts).
import type { SqlType } from "../types/sql-type.ts";
import type { SourceName, SourceNode } from "./source-node.ts";
import type { QueryNode } from "./statement-node.ts";

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

/** The same SQL, read as another type, or refused by the decoder where it is null. */
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
