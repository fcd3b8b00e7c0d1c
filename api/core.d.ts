// athanor, made by `npm run api`

/** Names the value an expression yields. */
declare const VALUE: unique symbol;
/** Names the needs of an expression, source or statement. */
declare const NEEDS: unique symbol;
/** Names the sources whose absence (the null side of an outer join) makes an expression null. */
declare const NULLS: unique symbol;
/** Names the row a statement gives. */
declare const ROW: unique symbol;
/** Marks the primary key of a source. */
declare const KEY: unique symbol;
/** Names the parts of built JSON. */
declare const PARTS: unique symbol;
/** Names the database features that a column's type needs. */
declare const FEATURES: unique symbol;
/** An expression, as far as others ask: the value it yields, its needs, and what makes it null. */
interface ExprOf<out T, out N, out L = any> {
    readonly [VALUE]: T;
    readonly [NEEDS]: N;
    readonly [NULLS]: L;
}
type AnyExpr = ExprOf<any, any>;
/** A condition: `boolean`, or null where it cannot be decided. */
type Cond = ExprOf<boolean | null, any>;
/** Anything that has needs. */
interface Needing {
    readonly [NEEDS]: any;
}
/** A statement: the row it gives, and the needs it has not met yet. */
interface Statement<R, Free> {
    readonly [ROW]: R;
    readonly [NEEDS]: Free;
}
/** Under which a source keeps its facts; on its prototype, so that no column name is reserved. */
declare const META: unique symbol;
/** Under which an expression, ordering or statement keeps its node. */
declare const NODE: unique symbol;
/**
 * A source: its name, its columns, and what it still needs itself.
 *
 * A class with a getter, not an interface: spreading a table (`{ ...users, n }`) then drops META in the types too, and
 * gives a plain selection.
 */
declare abstract class TableMeta<Name extends string, C, N = never> {
    get [META](): {
        name: Name;
        cols: C;
        needs: N;
    };
}
type AnyTable = TableMeta<any, any, any>;
/** What everything but the builders asks of a column. */
interface ColOf<out T, out I, out F = any> {
    readonly [VALUE]: T;
    readonly [FEATURES]: F;
    readonly onInsert: I;
}
/**
 * Whether an insert must give a column. "serial": required, unless it becomes a primary key, which then numbers itself.
 * "linked": required, but a foreign key: a mapped class may be given the object instead. "never": only the database writes it.
 */
type OnInsert = "required" | "serial" | "linked" | "optional" | "never";
interface Feature<F extends string> {
    readonly feature: F;
}
interface Param<Name extends string, T> {
    readonly param: Name;
    readonly type: T;
}
/** A rule of SQL that is broken unless something meets it; the need is the sentence itself. */
interface Rule<Sentence extends string> {
    readonly rule: Sentence;
}
/** A need of a join's ON, or of a derived table: sources joined later cannot meet it, only the statement around this one. */
interface Outside<N> {
    readonly outside: N;
}
/** Carried by aggregates: beside them, and under GROUP BY, no column may be selected bare. Met by being selected, ordered by, or in HAVING. */
interface Aggregated {
    readonly aggregated: true;
}
/** Carried by window functions: met by being selected or ordered by. */
interface Windowed {
    readonly windowed: true;
}
/** What is left of N after the sources in scope, as something only an enclosing statement can meet. */
type Outward<N> = N extends string ? Outside<N> : N;
/** The needs of a statement, seen from the statement it is embedded in. */
type Inward<N> = N extends Outside<infer M> ? M : N;
/** What a source in FROM meets: itself and its columns. */
type Of<Name extends string> = Name | `${Name}.${string}`;
/** An aggregate turns the columns inside it into their sources: that is what lets GROUP BY be checked. */
type SourceOf<N> = N extends `${infer Source}.${string}` ? Source : N extends Aggregated | Windowed ? Rule<"an aggregate cannot hold an aggregate or a window function"> : N;
/** Grouping by a primary key groups by all columns of its source. */
type DependsOn<E> = E extends {
    readonly [KEY]: infer Source extends string;
} ? `${Source}.${string}` : never;
/** The rule broken by columns of N (of this statement's own sources) that are bare beside aggregates, or beside GROUP BY without being in it. */
type Ungrouped<N, Scope extends string, Group> = [Group] extends [never] ? Aggregated extends N ? Bare<Extract<N, `${Scope}.${string}`>> : never : Bare<Exclude<Extract<N, `${Scope}.${string}`>, Group>>;
type Bare<C> = C extends string ? Rule<`'${C}' must be in GROUP BY or inside an aggregate`> : never;
/** The rule broken by a source whose name is taken. A need, not a parameter type, so that helpers generic over sources type. */
type Taken<Name extends string, Scope> = Name extends Scope ? Rule<`'${Name}' is in FROM twice: alias() one of them`> : never;
/** What it takes to give back columns of the sources beside the table that is written. */
type Beside<N, Name extends string, Scope extends string> = Extract<N, Of<Exclude<Scope, Name>>> extends never ? never : Feature<"RETURNING SOURCES">;
/** Nothing if R has one column, else the rule that it must. */
type OneColumn<R> = {
    [K in keyof R]: Exclude<keyof R, K>;
}[keyof R] extends never ? never : Rule<"a subquery used as a value selects exactly one column">;
/**
 * N, where it shall not be inferred. Unlike `NoInfer` it dissolves: Exclude does not look into a `NoInfer` of several needs,
 * and they would never be met.
 */
type Given<N> = [N][N extends unknown ? 0 : never];
/** The needs of a list of expressions. */
type NeedsIn<E extends readonly Needing[]> = E[number][typeof NEEDS];
/** The sentence for a need that nothing met. */
type Lacks<N> = N extends Feature<infer F> ? `this database has no ${F}` : N extends Rule<infer Sentence> ? Sentence : N extends Outside<infer M extends string> ? `'${M}' is not in FROM yet: join its source first` : N extends Aggregated ? "an aggregate cannot stand here: only selected, in HAVING or in ORDER BY" : N extends Windowed ? "a window function cannot stand here: only selected or in ORDER BY" : N extends "where()" ? "needs .where() or .everyRow()" : N extends string ? `'${N}' is not in FROM` : never;
/** The statement, if nothing is missing; else what is, in words. */
type Ready<Missing, S> = [Missing] extends [never] ? S : Lacks<Missing>;
/** The parameters a statement takes, by name. One name with two types takes what is both. */
type ParamsOf<N> = {
    [K in N extends Param<infer K, any> ? K : never]: (N extends Param<K, infer T> ? (of: T) => void : never) extends (of: infer T) => void ? T : never;
};

/** A type of SQL, as declared. `kind` tells the members apart. */
type SqlType = IntegerType | BigintType | FloatType | DecimalType | BooleanType | StringType | UuidType | EnumerationType | DateType | TimeType | TimestampType | IntervalType | JsonType | JsonRowType | BytesType | ArrayType | CustomType;
/** A whole number that JavaScript's `number` holds exactly. */
interface IntegerType {
    readonly kind: "integer";
    /** Bytes that the database keeps it in; 3 is MySQL's `mediumint`. */
    readonly size: 1 | 2 | 3 | 4 | 8;
    readonly unsigned?: boolean;
}
/** A whole number of 64 bits: a `bigint`, or a `number` that is checked to be safe. */
interface BigintType {
    readonly kind: "bigint";
    readonly as: "bigint" | "number";
    readonly unsigned?: boolean;
}
/** A binary floating point number of 4 or 8 bytes. */
interface FloatType {
    readonly kind: "float";
    readonly size: 4 | 8;
}
/** An exact decimal: its digits as a `string`, or a `number` on request. */
interface DecimalType {
    readonly kind: "decimal";
    readonly precision?: number | undefined;
    readonly scale?: number | undefined;
    readonly as: "string" | "number";
    readonly unsigned?: boolean;
}
interface BooleanType {
    readonly kind: "boolean";
}
/** `length` in characters; `text` has none. */
interface StringType {
    readonly kind: "text" | "varchar" | "char";
    readonly length?: number | undefined;
}
interface UuidType {
    readonly kind: "uuid";
}
/** One of a list of strings. With a `name` it is a type of its own where the database has such. */
interface EnumerationType {
    readonly kind: "enumeration";
    readonly values: readonly string[];
    readonly name?: string | undefined;
    readonly schema?: string | undefined;
}
/** A day, as `YYYY-MM-DD`. */
interface DateType {
    readonly kind: "date";
}
/** A time of day, as `HH:MM:SS[.ffffff]`. */
interface TimeType {
    readonly kind: "time";
    readonly precision?: number | undefined;
}
/** A point in time, stored in UTC: a `Date`, or an ISO 8601 string that keeps microseconds. */
interface TimestampType {
    readonly kind: "timestamp" | "timestamptz";
    readonly precision?: number | undefined;
    readonly as: "date" | "string";
}
/** A span of time, as an ISO 8601 duration. */
interface IntervalType {
    readonly kind: "interval";
}
/** A document. `storage` is what it is kept as where the database has both. */
interface JsonType {
    readonly kind: "json";
    readonly storage: "text" | "binary";
}
/** JSON that a statement builds out of typed parts: each part is decoded as its own type. */
interface JsonRowType {
    readonly kind: "json-row";
    readonly many: boolean;
    readonly shape: JsonShape;
}
/** What stands where in built JSON. */
type JsonShape = {
    readonly kind: "value";
    readonly type: SqlType;
    readonly notNull?: boolean;
} | {
    readonly kind: "object";
    readonly fields: readonly JsonField[];
    /** The index of the field that is null exactly if the row this object stands for is absent. */
    readonly presence?: number | undefined;
};
interface JsonField {
    readonly name: string;
    readonly shape: JsonShape;
}
interface BytesType {
    readonly kind: "bytes";
    readonly length?: number | undefined;
}
/** A list of values of one type, where the database has such columns. */
interface ArrayType {
    readonly kind: "array";
    readonly of: SqlType;
    /** Whether an element may be null. */
    readonly nulls?: boolean | undefined;
}
/**
 * A type that the library does not know. It travels as `base` does, `encode` and `decode` translate between the user's
 * value and the value of `base`.
 */
interface CustomType {
    readonly kind: "custom";
    /** Its name in DDL. */
    readonly sql: string;
    readonly base: SqlType;
    /** The database feature it needs, if only some have it. */
    readonly feature?: string | undefined;
    readonly encode?: ((value: never) => unknown) | undefined;
    readonly decode?: ((value: never) => unknown) | undefined;
}
declare const textType: StringType;

type ExpressionNode = ColumnNode | ExcludedNode | ValueNode | GeneratedNode | ConstantNode | ParamNode | BinaryNode | OperatorNode | NotNode | NegateNode | LogicNode | IsNullNode | InListNode | InQueryNode | BetweenNode | LikeNode | MatchNode | QuantifiedNode | CallNode | OverNode | CaseNode | CastNode | CollateNode | RetypeNode | ScalarNode | ExistsNode | RowNode | ArrayNode | JsonObjectNode | JsonArrayNode | JsonQueryNode | JsonPathNode | RawNode | WrittenNode;
/** A column of a source in FROM. */
interface ColumnNode {
    readonly kind: "column";
    readonly source: SourceName;
    /** Its name in the database. */
    readonly name: string;
    readonly type: SqlType;
    /** A column of the same source that is null only where the source is absent, if there is one. */
    readonly present?: {
        readonly name: string;
        readonly type: SqlType;
    } | undefined;
}
/** A column of the row that an upsert proposed. */
interface ExcludedNode {
    readonly kind: "excluded";
    readonly name: string;
    readonly type: SqlType;
}
/** A value that is bound, never written into the text. */
interface ValueNode {
    readonly kind: "value";
    readonly value: unknown;
    readonly type: SqlType;
    /** What the value is compared with or assigned to, for error messages. */
    readonly of?: ExpressionNode | undefined;
}
/** A value that is made anew each time the statement runs: a default of the user's that JavaScript computes. */
interface GeneratedNode {
    readonly kind: "generated";
    readonly generate: () => unknown;
    readonly type: SqlType;
    readonly of?: ExpressionNode | undefined;
}
/** A constant that the library itself writes into the text, where a bound value would be in the way. Never user input. */
interface ConstantNode {
    readonly kind: "constant";
    readonly value: number | string | boolean | null;
    readonly type: SqlType;
}
/** A value that is given by name when the statement runs. */
interface ParamNode {
    readonly kind: "param";
    readonly name: string;
    readonly type: SqlType;
}
type BinaryOperator = "=" | "<>" | "<" | "<=" | ">" | ">=" | "is distinct from" | "is not distinct from" | "+" | "-" | "*" | "/" | "%" | "||" | "&" | "|" | "<<" | ">>";
/** `left operator right`. */
interface BinaryNode {
    readonly kind: "binary";
    readonly operator: BinaryOperator;
    readonly left: ExpressionNode;
    readonly right: ExpressionNode;
    readonly type: SqlType;
}
/** An operator that only some databases have, or one the user names: written between parenthesised operands. */
interface OperatorNode {
    readonly kind: "operator";
    readonly operator: string;
    readonly left: ExpressionNode;
    readonly right: ExpressionNode;
    readonly type: SqlType;
    readonly feature?: string | undefined;
}
interface NotNode {
    readonly kind: "not";
    readonly operand: ExpressionNode;
    readonly type: SqlType;
}
/** `-operand` or `~operand`. */
interface NegateNode {
    readonly kind: "negate";
    readonly operator: "-" | "~";
    readonly operand: ExpressionNode;
    readonly type: SqlType;
}
/** Conditions joined by AND or OR. One without operands is true for AND, false for OR. */
interface LogicNode {
    readonly kind: "logic";
    readonly operator: "and" | "or";
    readonly operands: readonly ExpressionNode[];
    readonly type: SqlType;
}
interface IsNullNode {
    readonly kind: "isNull";
    readonly operand: ExpressionNode;
    readonly negated: boolean;
    readonly type: SqlType;
}
/** `operand in (values)`. The elements are values of the operand's type. */
interface InListNode {
    readonly kind: "inList";
    readonly operand: ExpressionNode;
    readonly values: readonly unknown[];
    readonly negated: boolean;
    readonly type: SqlType;
}
interface InQueryNode {
    readonly kind: "inQuery";
    readonly operand: ExpressionNode;
    readonly query: QueryNode;
    readonly negated: boolean;
    readonly type: SqlType;
}
interface BetweenNode {
    readonly kind: "between";
    readonly operand: ExpressionNode;
    readonly low: ExpressionNode;
    readonly high: ExpressionNode;
    readonly negated: boolean;
    readonly type: SqlType;
}
/** LIKE with a pattern of the user's: `%` and `_` are wild, `!` escapes. */
interface LikeNode {
    readonly kind: "like";
    readonly operand: ExpressionNode;
    readonly pattern: ExpressionNode;
    readonly insensitive: boolean;
    readonly negated: boolean;
    readonly type: SqlType;
}
/** Whether a text starts with, ends with or contains another, in which no character is wild. */
interface MatchNode {
    readonly kind: "match";
    readonly part: "starts" | "ends" | "contains";
    readonly operand: ExpressionNode;
    readonly text: ExpressionNode;
    readonly insensitive: boolean;
    readonly type: SqlType;
}
/** ANY or ALL of a query or of an array, on the right of a comparison. */
interface QuantifiedNode {
    readonly kind: "quantified";
    readonly quantifier: "any" | "all";
    readonly of: QueryNode | ExpressionNode;
    readonly type: SqlType;
}
/**
 * A function, aggregates and window functions among them. `name` is the catalogue's name; a dialect may write it
 * otherwise. A name outside the catalogue is written as it is, quoted where it must be.
 */
interface CallNode {
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
interface OverNode {
    readonly kind: "over";
    readonly call: CallNode;
    readonly window: WindowNode;
    readonly type: SqlType;
}
interface WindowNode {
    readonly kind: "window";
    /** With a name it is written once, in the WINDOW clause. */
    readonly name?: string | undefined;
    readonly partitionBy: readonly ExpressionNode[];
    readonly orderBy: readonly OrderNode[];
    readonly frame?: FrameNode | undefined;
}
interface FrameNode {
    readonly unit: "rows" | "range" | "groups";
    readonly start: FrameBound;
    readonly end: FrameBound;
    readonly exclude?: "current row" | "group" | "ties" | undefined;
}
type FrameBound = {
    readonly kind: "unbounded preceding" | "current row" | "unbounded following";
} | {
    readonly kind: "preceding" | "following";
    readonly offset: ExpressionNode;
};
interface OrderNode {
    readonly kind: "order";
    readonly operand: ExpressionNode;
    readonly direction: "asc" | "desc";
    readonly nulls?: "first" | "last" | undefined;
}
/** CASE. With an `operand` the simple form: each `when` is compared with it. */
interface CaseNode {
    readonly kind: "case";
    readonly operand?: ExpressionNode | undefined;
    readonly branches: readonly {
        readonly when: ExpressionNode;
        readonly then: ExpressionNode;
    }[];
    readonly otherwise?: ExpressionNode | undefined;
    readonly type: SqlType;
}
interface CastNode {
    readonly kind: "cast";
    readonly operand: ExpressionNode;
    readonly type: SqlType;
}
interface CollateNode {
    readonly kind: "collate";
    readonly operand: ExpressionNode;
    readonly collation: string;
    readonly type: SqlType;
}
/** The same SQL, read as another type. With `notNull` the decoder refuses null, or takes it whatever the operand says. */
interface RetypeNode {
    readonly kind: "retype";
    readonly operand: ExpressionNode;
    readonly type: SqlType;
    readonly notNull?: boolean | undefined;
}
/** A query of one column and at most one row, as a value. */
interface ScalarNode {
    readonly kind: "scalar";
    readonly query: QueryNode;
    readonly type: SqlType;
}
interface ExistsNode {
    readonly kind: "exists";
    readonly query: QueryNode;
    readonly type: SqlType;
}
/** A row value: `(a, b)`. */
interface RowNode {
    readonly kind: "row";
    readonly items: readonly ExpressionNode[];
    readonly type: SqlType;
}
/** An array of expressions: `array[a, b]`. */
interface ArrayNode {
    readonly kind: "array";
    readonly items: readonly ExpressionNode[];
    readonly type: SqlType;
}
/** A JSON object of named parts. Its type is a {@link JsonRowType}, whose shape says how each part is read back. */
interface JsonObjectNode {
    readonly kind: "jsonObject";
    readonly fields: readonly JsonFieldNode[];
    /** If set, the object is null where this part is: the row it stands for is absent. */
    readonly presence?: ExpressionNode | undefined;
    readonly type: SqlType;
}
interface JsonFieldNode {
    readonly name: string;
    readonly value: ExpressionNode;
}
/** A JSON array of the given elements. */
interface JsonArrayNode {
    readonly kind: "jsonArray";
    readonly items: readonly ExpressionNode[];
    readonly type: SqlType;
}
/** The rows of a query as one JSON array of objects. */
interface JsonQueryNode {
    readonly kind: "jsonQuery";
    readonly query: QueryNode;
    readonly type: SqlType;
}
/** What stands at a path in a JSON document; each step is bound, never spliced. */
interface JsonPathNode {
    readonly kind: "jsonPath";
    readonly operand: ExpressionNode;
    readonly path: readonly (string | number)[];
    /** `json` keeps the part a document; otherwise it is taken out as a value of `type`. */
    readonly as: "json" | "value";
    readonly type: SqlType;
}
/** Text of the user's with typed holes: one hole more text than holes. */
interface RawNode {
    readonly kind: "raw";
    readonly text: readonly string[];
    readonly holes: readonly RawHole[];
    readonly type: SqlType;
    /** Whether the type was given as one of values that are never null, unless a row that is read is absent. */
    readonly notNull?: boolean | undefined;
}
/** What can stand in a hole: an expression, a source, an ordering, a query, a name that is quoted, or trusted text. */
type RawHole = ExpressionNode | OrderNode | SourceNode | QueryNode | {
    readonly kind: "identifier";
    readonly path: readonly string[];
} | {
    readonly kind: "trusted";
    readonly text: string;
};
/** An expression that a dialect or the user writes: it is handed the buffer. See `custom` in core/dialect. */
interface WrittenNode {
    readonly kind: "written";
    readonly operands: readonly ExpressionNode[];
    readonly write: (operands: readonly ExpressionNode[], out: never) => void;
    readonly type: SqlType;
    readonly feature?: string | undefined;
}
/**
 * How columns refer to their source. One object per table, alias or derived table, shared by all its columns; two are the
 * same source if their `key` is the same.
 */
interface SourceName {
    /** What the types call it: `users`, or `audit:log` for a table of another schema. */
    readonly key: string;
    readonly schema?: string | undefined;
    /** What stands before the dot in SQL. */
    readonly name: string;
}
/** A column that a source has: the property it is read by, and what it is. */
interface SourceColumn {
    readonly key: string;
    /** Its name in the database. */
    readonly name: string;
    readonly type: SqlType;
    readonly nullable: boolean;
    /** The table it is in, where that is one of those joined to the source. */
    readonly source?: SourceName | undefined;
}
type SourceNode = TableSourceNode | DerivedNode | CteSourceNode | ValuesSourceNode | ListsSourceNode | FunctionSourceNode | RawSourceNode;
interface Named {
    readonly source: SourceName;
    readonly columns: readonly SourceColumn[];
}
/** A condition that rows of a source meet. One with a name can be lifted by it. */
interface SourceFilter {
    readonly name: string | undefined;
    readonly condition: ExpressionNode;
}
/** A table or view. `alias` says that `source.name` is another name for it in this statement. */
interface TableSourceNode extends Named {
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
    readonly sample?: {
        readonly method: "bernoulli" | "system";
        readonly percent: ExpressionNode;
        readonly seed?: ExpressionNode | undefined;
    } | undefined;
}
/** A query in parentheses. */
interface DerivedNode extends Named {
    readonly kind: "derived";
    readonly query: QueryNode;
}
/** A common table expression, which the compiler writes into WITH. */
interface CteSourceNode extends Named {
    readonly kind: "cte";
    readonly cte: CteNode;
}
/** Rows written down. */
interface ValuesSourceNode extends Named {
    readonly kind: "values";
    readonly rows: readonly (readonly ExpressionNode[])[];
}
/** Rows that are given when the statement runs, as a list of values for each column. */
interface ListsSourceNode extends Named {
    readonly kind: "lists";
    /** The parameter that the lists are given by. */
    readonly parameter: string;
    /** What the values of each list are for, for error messages. */
    readonly of: readonly ColumnNode[];
    /** The column that counts the rows. It is the last, and no list is given for it. */
    readonly ordinal: string | undefined;
}
/** A function that gives rows. */
interface FunctionSourceNode extends Named {
    readonly kind: "function";
    readonly call: CallNode;
    /** Whether a column that counts the rows is added, as the last. */
    readonly ordinality: boolean;
}
/** Text of the user's that gives rows. */
interface RawSourceNode extends Named {
    readonly kind: "rawSource";
    readonly raw: RawNode;
}
interface JoinNode {
    readonly kind: "inner" | "left" | "right" | "full" | "cross";
    readonly source: SourceNode;
    readonly on?: ExpressionNode | undefined;
    readonly lateral: boolean;
}
/** What gives rows and can stand in parentheses. */
type QueryNode = SelectNode | CompoundNode | ValuesNode | RawStatementNode | WriteNode;
type WriteNode = InsertNode | UpdateNode | DeleteNode | MergeNode;
type StatementNode = QueryNode;
/** What a statement selects: a plain object of expressions, sources and further objects, in the order written. */
interface SelectionNode {
    readonly kind: "object";
    readonly fields: readonly SelectionField[];
}
interface SelectionField {
    readonly key: string;
    readonly value: ExpressionNode | SelectionNode | RowOfSourceNode;
}
/** A source selected whole: one object a row, null where the source is absent. */
interface RowOfSourceNode {
    readonly kind: "rowOf";
    readonly source: SourceNode;
    /** Who builds the object, where it is not a plain one: the mapped class, for whoever runs the statement. */
    readonly entity?: unknown;
}
interface SelectNode {
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
type GroupNode = ExpressionNode | {
    readonly kind: "rollup" | "cube";
    readonly items: readonly ExpressionNode[];
} | {
    readonly kind: "groupingSets";
    readonly sets: readonly (readonly ExpressionNode[])[];
};
interface LockNode {
    readonly strength: "update" | "no key update" | "share" | "key share";
    readonly of: readonly SourceName[];
    readonly wait: "wait" | "nowait" | "skip locked";
}
type CompoundOperator = "union" | "union all" | "intersect" | "intersect all" | "except" | "except all";
/** Two queries joined by UNION or its kind. The columns of `right` stand in the order of `left`'s. */
interface CompoundNode {
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
interface ValuesNode {
    readonly kind: "valuesQuery";
    readonly rows: readonly (readonly ExpressionNode[])[];
    readonly selection: SelectionNode;
}
/** A named query in WITH. `recursive` is the step, which refers to the name itself. */
interface CteNode {
    readonly name: string;
    readonly query: QueryNode;
    readonly columns: readonly {
        readonly name: string;
        readonly type: SqlType;
    }[];
    readonly recursive: {
        readonly step: QueryNode;
        readonly all: boolean;
    } | undefined;
    readonly materialized?: boolean | undefined;
}
/** A column and what is written into it. */
interface AssignmentNode {
    readonly column: string;
    readonly value: ExpressionNode;
}
interface InsertNode {
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
interface ConflictNode {
    readonly target: {
        readonly kind: "any";
    } | {
        readonly kind: "columns";
        readonly items: readonly ExpressionNode[];
        readonly where: readonly ExpressionNode[];
    } | {
        readonly kind: "constraint";
        readonly name: string;
    };
    readonly set: readonly AssignmentNode[] | "nothing";
    readonly where: readonly ExpressionNode[];
}
interface UpdateNode {
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
interface DeleteNode {
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
interface MergeNode {
    readonly kind: "merge";
    readonly ctes: readonly CteNode[];
    readonly target: TableSourceNode;
    readonly using: SourceNode;
    readonly on: ExpressionNode;
    readonly branches: readonly MergeBranch[];
    readonly returning: SelectionNode | undefined;
}
interface MergeBranch {
    readonly when: "matched" | "not matched" | "not matched by source";
    readonly and: ExpressionNode | undefined;
    readonly action: {
        readonly kind: "update";
        readonly set: readonly AssignmentNode[];
    } | {
        readonly kind: "insert";
        readonly set: readonly AssignmentNode[];
    } | {
        readonly kind: "delete" | "nothing";
    };
}
/** A whole statement of the user's text. `selection` says what its columns are, in order. */
interface RawStatementNode {
    readonly kind: "rawStatement";
    readonly raw: RawNode;
    readonly selection: SelectionNode;
    /** Whether it only reads, so that it may run beside a writer. */
    readonly reads: boolean;
}

interface TableNode {
    readonly kind: "table";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly columns: readonly TableColumnNode[];
    readonly primaryKey: PrimaryKeyNode | undefined;
    readonly foreignKeys: readonly ForeignKeyNode[];
    readonly uniques: readonly UniqueNode[];
    readonly checks: readonly CheckNode[];
    readonly indexes: readonly IndexNode[];
    readonly exclusions: readonly ExclusionNode[];
    readonly comment?: string | undefined;
    /** What it was called before, for migrations. */
    readonly renamedFrom?: string | undefined;
    /** Options that only some databases have, e.g. `{ strict: true }`, `{ engine: "InnoDB" }`. */
    readonly options: Readonly<Record<string, string | number | boolean>>;
}
interface TableColumnNode {
    /** The property it is read by; the same as `name` unless declared otherwise. */
    readonly key: string;
    readonly name: string;
    readonly type: SqlType;
    readonly nullable: boolean;
    /** What the database fills in: an expression, or text that was reflected. */
    readonly default?: ExpressionNode | SqlText | undefined;
    /** Filled in by the database from a counter. */
    readonly identity?: IdentityNode | undefined;
    readonly computed?: {
        readonly expression: ExpressionNode | SqlText;
        readonly stored: boolean;
    } | undefined;
    /** MySQL's ON UPDATE CURRENT_TIMESTAMP. */
    readonly onUpdate?: ExpressionNode | SqlText | undefined;
    readonly collation?: string | undefined;
    readonly comment?: string | undefined;
    readonly renamedFrom?: string | undefined;
}
/** Text of SQL as a database reports it. */
interface SqlText {
    readonly kind: "sqlText";
    readonly text: string;
}
interface IdentityNode {
    readonly always: boolean;
    /** PostgreSQL's older way: a sequence of the column's own that its default reads. */
    readonly serial?: boolean | undefined;
    readonly start?: number | bigint | undefined;
    readonly increment?: number | bigint | undefined;
}
interface PrimaryKeyNode {
    readonly name: string | undefined;
    readonly columns: readonly string[];
    /** Columns that its index carries besides. */
    readonly include?: readonly string[] | undefined;
}
type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";
interface ForeignKeyNode {
    readonly name: string | undefined;
    readonly columns: readonly string[];
    readonly target: {
        readonly schema?: string | undefined;
        readonly table: string;
        readonly columns: readonly string[];
    };
    readonly onDelete: ReferentialAction;
    readonly onUpdate: ReferentialAction;
    /** The columns that SET NULL and SET DEFAULT on delete change, if not all. */
    readonly onDeleteColumns?: readonly string[] | undefined;
    readonly deferrable?: "immediate" | "deferred" | undefined;
}
interface UniqueNode {
    readonly name: string | undefined;
    readonly columns: readonly string[];
    /** Columns that its index carries besides. */
    readonly include?: readonly string[] | undefined;
    readonly nullsNotDistinct?: boolean | undefined;
    readonly deferrable?: "immediate" | "deferred" | undefined;
}
interface CheckNode {
    readonly name: string | undefined;
    readonly expression: ExpressionNode | SqlText;
}
interface IndexNode {
    readonly name: string | undefined;
    readonly unique: boolean;
    readonly items: readonly IndexItem[];
    readonly where?: ExpressionNode | SqlText | undefined;
    /** `btree`, `gin`, `fulltext` … */
    readonly method?: string | undefined;
    /** Columns that the index carries without being ordered by them. */
    readonly include?: readonly string[] | undefined;
    readonly nullsNotDistinct?: boolean | undefined;
    /** Storage parameters, e.g. `{ fillfactor: 70 }`. */
    readonly options?: Readonly<Record<string, string | number | boolean>> | undefined;
}
/** A column by name, or an expression. */
interface IndexItem {
    readonly of: {
        readonly kind: "name";
        readonly name: string;
    } | ExpressionNode | SqlText;
    readonly direction: "asc" | "desc";
    readonly nulls?: "first" | "last" | undefined;
    readonly operatorClass?: string | undefined;
    readonly collation?: string | undefined;
    /** How many leading characters MySQL indexes. */
    readonly length?: number | undefined;
}
interface ExclusionNode {
    readonly name: string | undefined;
    readonly method: string;
    readonly items: readonly {
        readonly of: {
            readonly kind: "name";
            readonly name: string;
        } | ExpressionNode | SqlText;
        readonly with: string;
    }[];
    readonly where?: ExpressionNode | SqlText | undefined;
}
interface ViewNode {
    readonly kind: "view";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly materialized: boolean;
    readonly query: QueryNode | SqlText;
    readonly columns: readonly {
        readonly key: string;
        readonly name: string;
        readonly type: SqlType;
        readonly nullable: boolean;
    }[];
    /** Of a materialized view. */
    readonly indexes?: readonly IndexNode[] | undefined;
    readonly comment?: string | undefined;
}
interface SequenceNode {
    readonly kind: "sequence";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly start?: number | bigint | undefined;
    readonly increment?: number | bigint | undefined;
    readonly min?: number | bigint | undefined;
    readonly max?: number | bigint | undefined;
    readonly cycle?: boolean | undefined;
    readonly cache?: number | undefined;
}
/** A type of its own: an enumeration or a domain. */
interface TypeNode {
    readonly kind: "type";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly definition: {
        readonly kind: "enumeration";
        readonly values: readonly string[];
    } | DomainDefinition;
}
interface DomainDefinition {
    readonly kind: "domain";
    readonly of: SqlType;
    readonly nullable: boolean;
    readonly default?: ExpressionNode | SqlText | undefined;
    readonly checks: readonly CheckNode[];
}
/** What a database can be asked to create. */
type SchemaObject = TableNode | ViewNode | SequenceNode | TypeNode;
interface Located {
    readonly schema?: string | undefined;
    readonly table: string;
}
/** A change of schema. Each is carried out by one or more statements that the dialect writes. */
type SchemaNode = {
    readonly kind: "createTable";
    readonly table: TableNode;
    readonly ifNotExists: boolean /** Foreign keys left for later, since tables refer to each other in a circle. */;
    readonly without?: readonly ForeignKeyNode[];
} | ({
    readonly kind: "dropTable";
    readonly ifExists: boolean;
    readonly cascade?: boolean /** Whether tables that refer to it are dropped after it, in the same transaction. */;
    readonly referred?: boolean;
} & Located) | ({
    readonly kind: "renameTable";
    readonly to: string;
} & Located) | ({
    readonly kind: "addColumn";
    readonly column: TableColumnNode;
} & Located) | ({
    readonly kind: "dropColumn";
    readonly column: string;
} & Located) | ({
    readonly kind: "renameColumn";
    readonly column: string;
    readonly to: string;
} & Located) | ({
    readonly kind: "alterColumn";
    readonly from: TableColumnNode;
    readonly to: TableColumnNode;
    readonly using?: string | undefined;
} & Located) | ({
    readonly kind: "addPrimaryKey";
    readonly primaryKey: PrimaryKeyNode;
} & Located) | ({
    readonly kind: "addForeignKey";
    readonly foreignKey: ForeignKeyNode;
    readonly notValid?: boolean;
} & Located) | ({
    readonly kind: "addUnique";
    readonly unique: UniqueNode;
} & Located) | ({
    readonly kind: "addCheck";
    readonly check: CheckNode;
    readonly notValid?: boolean;
} & Located) | ({
    readonly kind: "addExclusion";
    readonly exclusion: ExclusionNode;
} & Located) | ({
    readonly kind: "validateConstraint";
    readonly name: string;
} & Located) | ({
    readonly kind: "dropConstraint";
    readonly name: string;
    readonly of: "primary key" | "foreign key" | "unique" | "check" | "exclusion";
} & Located) | ({
    readonly kind: "createIndex";
    readonly index: IndexNode;
    readonly ifNotExists: boolean;
    readonly concurrently?: boolean;
} & Located) | ({
    readonly kind: "dropIndex";
    readonly name: string;
    readonly ifExists: boolean;
    readonly concurrently?: boolean;
} & Located) | ({
    readonly kind: "alterOptions";
    readonly from: TableNode["options"];
    readonly to: TableNode["options"];
} & Located) | ({
    readonly kind: "commentTable";
    readonly comment: string | undefined;
} & Located) | ({
    readonly kind: "commentColumn";
    readonly column: TableColumnNode;
} & Located) | {
    readonly kind: "createView";
    readonly view: ViewNode;
    readonly orReplace: boolean;
    readonly ifNotExists: boolean;
} | {
    readonly kind: "dropView";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly materialized: boolean;
    readonly ifExists: boolean;
} | {
    readonly kind: "createSequence";
    readonly sequence: SequenceNode;
    readonly ifNotExists: boolean;
} | {
    readonly kind: "dropSequence";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly ifExists: boolean;
} | {
    readonly kind: "createType";
    readonly type: TypeNode;
    readonly ifNotExists: boolean;
} | {
    readonly kind: "dropType";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly of: "enumeration" | "domain";
    readonly ifExists: boolean;
} | {
    readonly kind: "renameType";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly to: string;
} | {
    /** A domain's default, whether it takes null, and its checks; what it is over stays. */
    readonly kind: "alterDomain";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly from: DomainDefinition;
    readonly to: DomainDefinition;
} | {
    readonly kind: "addEnumValue";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly value: string;
    readonly before?: string | undefined;
} | {
    readonly kind: "createSchema";
    readonly name: string;
    readonly ifNotExists: boolean;
} | {
    readonly kind: "dropSchema";
    readonly name: string;
    readonly ifExists: boolean;
    readonly cascade?: boolean;
};

/**
 * `() => table.column`, or for a computed column `() => expression`. Typed `object` on purpose: without a contextual signature the compiler leaves the arrow's body for
 * later, so tables may refer to themselves, to each other and forward in chains of any length.
 */
type LazyColumn = object;
/** What the database does with a row when the row it refers to is deleted or its key changes. */
interface ReferenceOptions {
    readonly onDelete?: ReferentialAction | undefined;
    readonly onUpdate?: ReferentialAction | undefined;
    /** Checked at commit instead of after each statement, by default or on request. */
    readonly deferrable?: "immediate" | "deferred" | undefined;
    /** The columns, by their names in the database, that SET NULL and SET DEFAULT on delete change, if not all. PostgreSQL 15. */
    readonly onDeleteColumns?: readonly string[] | undefined;
    readonly name?: string | undefined;
}
/** How a column is numbered by the database. */
interface NumberingOptions {
    readonly start?: number | bigint | undefined;
    readonly increment?: number | bigint | undefined;
    /** PostgreSQL's older way, where it has to stay. */
    readonly serial?: boolean | undefined;
}
/** A column being declared. T: its value. I: whether an insert must give it. F: the database features its type needs. */
interface Col<T, I extends OnInsert, F = never> extends ColOf<T, I, F> {
    /** Allows NULL; NOT NULL is the default. */
    nullable(): Col<T | null, "optional", F>;
    /** What is written where an insert gives nothing: a value or an expression for the database, or a function that is called for each row. */
    default(value: NonNullable<T> | ExprOf<T, never> | (() => T)): Col<T, "optional", F>;
    /** What an update writes where it does not set the column: an expression, or a function that is called each time. */
    onUpdate(value: ExprOf<T, never> | (() => T)): Col<T, I, F>;
    /** No two rows have the same value. */
    unique(name?: string): Col<T, I, F | "unique">;
    /** The key of the table. An integer key numbers itself unless it refers to another table. Composite keys are an option of the table. */
    primaryKey(): KeyCol<T, I extends "serial" ? "optional" : Exclude<I, "serial">, F>;
    /** Numbered by the database; with `always`, an insert cannot give a value. */
    generated(options?: NumberingOptions): Col<T, "optional", F>;
    generatedAlways(options?: NumberingOptions): Col<T, "never", F>;
    /** Computed by the database from other columns of the row, `() => fn.upper(users.name)`; never written. Stored unless `virtual`. */
    generatedAs(expression: LazyColumn, options?: {
        readonly virtual?: boolean;
    }): Col<T, "never", F>;
    /** A foreign key: `() => users.id`. */
    references(column: LazyColumn, options?: ReferenceOptions): Col<T, I extends "required" | "serial" ? "linked" : I, F>;
    /** A condition that every row meets: `(age) => age.gt(0)`. */
    check(condition: (column: any) => ExprOf<boolean | null, any>, name?: string): Col<T, I, F>;
    collate(collation: string): Col<T, I, F>;
    comment(text: string): Col<T, I, F>;
    /** What the column was called before, for migrations. */
    renamedFrom(name: string): Col<T, I, F>;
}
/** A primary key: what GROUP BY may stand on for its whole row. */
interface KeyCol<T, I extends OnInsert, F = never> extends ColOf<T, I, F> {
    readonly [KEY]: true;
    default(value: NonNullable<T> | ExprOf<T, never> | (() => T)): KeyCol<T, "optional", F>;
    generated(options?: NumberingOptions): KeyCol<T, "optional", F>;
    generatedAlways(options?: NumberingOptions): KeyCol<T, "never", F>;
    /** An integer key that is not numbered by the database: every insert gives it. */
    given(): KeyCol<T, "required", F>;
    references(column: LazyColumn, options?: ReferenceOptions): KeyCol<T, "linked", F>;
    check(condition: (column: any) => ExprOf<boolean | null, any>, name?: string): KeyCol<T, I, F>;
    collate(collation: string): KeyCol<T, I, F>;
    comment(text: string): KeyCol<T, I, F>;
    renamedFrom(name: string): KeyCol<T, I, F>;
}
/** What a builder has gathered. */
interface ColumnFacts {
    readonly type: SqlType;
    /** The name in the database, where it differs from the property's. */
    readonly name?: string | undefined;
    readonly nullable: boolean;
    readonly primaryKey: boolean;
    readonly unique: {
        readonly name?: string | undefined;
    } | undefined;
    readonly default?: {
        readonly node: ExpressionNode;
    } | {
        readonly generate: () => unknown;
    } | undefined;
    readonly onUpdate?: {
        readonly node: ExpressionNode;
    } | {
        readonly generate: () => unknown;
    } | undefined;
    readonly identity?: IdentityNode | undefined;
    /** Whether a key that would number itself does not. */
    readonly given?: boolean | undefined;
    readonly computed?: {
        readonly expression: object;
        readonly stored: boolean;
    } | undefined;
    readonly references?: {
        readonly column: () => unknown;
        readonly options: ReferenceOptions;
    } | undefined;
    readonly checks: readonly {
        readonly condition: (column: any) => ExprOf<boolean | null, any>;
        readonly name?: string | undefined;
    }[];
    readonly collation?: string | undefined;
    readonly comment?: string | undefined;
    readonly renamedFrom?: string | undefined;
}
/** Makes the builder of a column of the given type. Dialects use it for types of their own. */
declare function column$1<T, I extends OnInsert = "required", F = never>(type: SqlType, name?: string): Col<T, I, F>;
/** A whole number of 32 bits: `number`. */
declare function integer(name?: string): Col<number, "serial">;
/** A whole number of 16 bits: `number`. */
declare function smallint(name?: string): Col<number, "serial">;
/** A whole number of 64 bits: `bigint`, exact; with `{ as: "number" }` a `number` that is checked to be safe. */
declare function bigint(name?: string, options?: {
    readonly as?: "bigint";
}): Col<bigint, "serial">;
declare function bigint(name: string | undefined, options: {
    readonly as: "number";
}): Col<number, "serial">;
declare function bigint(options: {
    readonly as: "number";
}): Col<number, "serial">;
/** A binary floating point number of 4 bytes: `number`, rounded to about 7 digits. */
declare function real(name?: string): Col<number, "required">;
/** A binary floating point number of 8 bytes, what JavaScript's `number` is. */
declare function double(name?: string): Col<number, "required">;
interface DecimalOptions {
    /** Digits in all. */
    readonly precision?: number | undefined;
    /** Digits behind the point. */
    readonly scale?: number | undefined;
}
/**
 * An exact decimal. Its value is text that is a number, so that no digit is lost; `{ as: "number" }` gives a `number`, which
 * has about 15 digits.
 */
declare function decimal(precision: number, scale: number, options: {
    readonly as: "number";
    readonly name?: string;
}): Col<number, "required">;
declare function decimal(precision?: number, scale?: number, options?: {
    readonly as?: "string";
    readonly name?: string;
}): Col<`${number}`, "required">;
declare function decimal(options: {
    readonly as: "number";
} & DecimalOptions): Col<number, "required">;
/** True or false. */
declare function boolean(name?: string): Col<boolean, "required">;
/** Text of any length. */
declare function text(name?: string): Col<string, "required">;
/** Text of at most `length` characters. */
declare function varchar(length: number, name?: string): Col<string, "required">;
/** Text of exactly `length` characters, padded with spaces by the database. */
declare function char(length: number, name?: string): Col<string, "required">;
/** A UUID, as lower-case text. */
declare function uuid(name?: string): Col<string, "required">;
/** A JSON document of the given type. `{ storage: "text" }` keeps the text as it was written where the database has both. */
declare function json<T>(name?: string, options?: {
    readonly storage?: "text" | "binary";
}): Col<T, "required">;
/** A day, `YYYY-MM-DD`. */
declare function date(name?: string): Col<string, "required">;
/** A time of day, `HH:MM:SS[.ffffff]`. */
declare function time(name?: string, options?: {
    readonly precision?: number;
}): Col<string, "required">;
interface TimestampOptions<As extends "date" | "string"> {
    /** `string` keeps microseconds, which a `Date` has not. */
    readonly as?: As | undefined;
    /** Digits behind the second, 0 to 6. */
    readonly precision?: number | undefined;
}
/** A point in time without a zone, kept and read as UTC: a `Date`. */
declare function timestamp<As extends "date" | "string" = "date">(name?: string, options?: TimestampOptions<As>): Col<As extends "string" ? string : Date, "required">;
/** A point in time: a `Date`. */
declare function timestamptz<As extends "date" | "string" = "date">(name?: string, options?: TimestampOptions<As>): Col<As extends "string" ? string : Date, "required">;
/** A span of time, as an ISO 8601 duration (`P1DT2H`). */
declare function interval(name?: string): Col<string, "required", Feature<"INTERVALS">>;
/** Bytes: `Uint8Array`. `length` is the fixed or largest number of bytes where the database has such. */
declare function bytes(name?: string, options?: {
    readonly length?: number;
}): Col<Uint8Array, "required">;
/** One of the given strings. With a `type` name it is a type of its own where the database has such, else a check. */
declare function enumeration<const V extends readonly string[]>(values: V, options?: {
    readonly name?: string;
    readonly type?: string;
    readonly schema?: string;
}): Col<V[number], "required">;
/** A list of values of one column type: `array(text())`, or with nulls among them `array(text().nullable())`. */
declare function array<T, F>(of: ColOf<T, any, F>, name?: string): Col<T[], "required", F | Feature<"ARRAYS">>;
/**
 * A type the library does not know: `sql` is its name in DDL. It travels as `base` does (text unless given); `encode` and
 * `decode` translate between your value and the value of `base`.
 */
declare function customType<T, B = string, const F extends string = never>(options: {
    readonly sql: string;
    readonly base?: ColOf<B, any>;
    readonly encode: (value: T) => B;
    readonly decode: (value: B) => T;
    /** What a database needs to have for it. */
    readonly feature?: F;
}): (name?: string) => Col<T, "required", [F] extends [never] ? never : Feature<F>>;

/** A constraint or index of a table. */
interface Constraint {
    readonly kind: "unique" | "index" | "foreignKey" | "check" | "exclusion";
    /** Worked out late: it may refer to tables that are declared later. */
    node(): UniqueNode | IndexNode | ForeignKeyNode | CheckNode | ExclusionNode;
}
type AnyColumn = ExprOf<any, any>;
/** No two rows have the same values in these columns. */
declare function unique(...columns: readonly AnyColumn[]): UniqueConstraint;
declare class UniqueConstraint implements Constraint {
    #private;
    readonly kind = "unique";
    constructor(node: UniqueNode);
    node(): UniqueNode;
    named(name: string): UniqueConstraint;
    /** Two rows with null are a conflict too. PostgreSQL 15. */
    nullsNotDistinct(): UniqueConstraint;
    /** Columns that its index carries without keeping them apart. PostgreSQL. */
    include(...columns: readonly AnyColumn[]): UniqueConstraint;
    deferrable(initially?: "immediate" | "deferred"): UniqueConstraint;
}
/** An index over columns, orderings (`t.at.desc()`) and expressions. */
declare function index(...items: readonly (AnyColumn | {
    readonly order: true;
})[]): IndexConstraint;
/** An index that also keeps its entries apart; unlike `unique()` it may be partial or over expressions. */
declare function uniqueIndex(...items: readonly (AnyColumn | {
    readonly order: true;
})[]): IndexConstraint;
declare class IndexConstraint implements Constraint {
    #private;
    readonly kind = "index";
    constructor(node: IndexNode);
    node(): IndexNode;
    named(name: string): IndexConstraint;
    /** Only rows that meet the condition. */
    where(condition: ExprOf<boolean | null, any>): IndexConstraint;
    /** How it is built: `btree`, `hash`, `gin`, `gist`, `brin`, `fulltext`, `spatial`. */
    using(method: string): IndexConstraint;
    /** Columns it carries without being ordered by them. */
    include(...columns: readonly AnyColumn[]): IndexConstraint;
    /** The collation that the item at a position is ordered by, if not its own. */
    collate(name: string, at?: number): IndexConstraint;
    /** The operator class of the item at a position, e.g. `gin_trgm_ops`. */
    operatorClass(name: string, at?: number): IndexConstraint;
    /** How many leading characters of the item at a position MySQL indexes. */
    prefix(length: number, at?: number): IndexConstraint;
    /** Storage parameters, e.g. `{ fillfactor: 70 }`. */
    with(options: Readonly<Record<string, string | number | boolean>>): IndexConstraint;
    nullsNotDistinct(): IndexConstraint;
}
/** A foreign key over several columns: `foreignKey([t.a, t.b], () => [others.a, others.b])`. */
declare function foreignKey(columns: readonly AnyColumn[], target: LazyColumn, options?: ReferenceOptions): Constraint;
/** A condition that every row meets. */
declare function check(condition: ExprOf<boolean | null, any>, name?: string): Constraint;
/** No two rows for which all the operators hold: PostgreSQL's EXCLUDE. */
declare function exclude(method: string, items: readonly {
    readonly of: AnyColumn;
    readonly with: string;
}[], options?: {
    readonly name?: string;
    readonly where?: ExprOf<boolean | null, any>;
}): Constraint;

/** A schema of data from outside. */
interface InputSchema<Input, Output> {
    /** The data, checked. @throws {InvalidInputError} with every problem and its path */
    parse(data: unknown): Output;
    readonly "~standard": {
        readonly version: 1;
        readonly vendor: "athanor";
        readonly validate: (value: unknown) => {
            readonly value: Output;
            readonly issues?: undefined;
        } | {
            readonly issues: readonly {
                readonly message: string;
                readonly path: readonly (string | number)[];
            }[];
        };
        readonly types?: {
            readonly input: Input;
            readonly output: Output;
        } | undefined;
    };
}
/** Where a problem is added. */
type Report = (path: readonly (string | number)[], message: string) => void;
/** Makes a schema of a function that gives what is allowed of the data and reports the rest. */
declare function inputSchema<Input, Output>(what: string, check: (data: unknown, report: Report) => Output): InputSchema<Input, Output>;
/** Whether it is an object as a literal or JSON.parse makes it. */
declare function isRecord(value: unknown): value is Readonly<Record<string, unknown>>;
/**
 * The own properties of an object that are data, at most `most`. Symbols and accessors are reported, as is what is no plain
 * object. A property that is undefined is as if it were not there, as in JSON.
 */
declare function entriesOf(value: unknown, path: readonly (string | number)[], most: number, report: Report): readonly (readonly [string, unknown])[];
/** Sets a property of its own, whatever its name. */
declare function put(target: object, key: string, value: unknown): void;
/** Gives the value for a type, from itself or from what stands for it in JSON; undefined once it was reported. */
declare function readInput(type: SqlType, value: unknown, path: readonly (string | number)[], report: Report): unknown;

/** A plain object of expressions and sources; nested objects nest the row. */
interface Selection {
    readonly [key: string]: AnyExpr | AnyTable | Selection;
}
/** Names what a query selects, for what takes any query. */
declare const OF: unique symbol;
interface SelectOf<S, Scope, Nullable> {
    readonly [OF]: (scope: Scope, nullable: Nullable) => S;
}
type ValueOf<C> = C extends ColOf<infer T, any> ? T : never;
/** The columns of a table or mapped class; columns are that already. */
type ColumnsOf<S> = S extends TableMeta<any, infer C, any> ? C : S;
/** What a row of `typeof users` holds. `& {}` makes editors show the properties instead of the alias. */
type RowOf<S, C = ColumnsOf<S>> = {
    [K in keyof C]: ValueOf<C[K]>;
} & {};
type Out<E, Nullable> = E extends ExprOf<infer T, any, infer L> ? [L & Nullable] extends [never] ? T : Absent<E, T, Nullable> : E extends TableMeta<infer Name, any, any> & (abstract new (...a: any) => infer W) ? Name extends Nullable ? W | null : W : E extends TableMeta<infer Name, infer C, any> ? Name extends Nullable ? RowOf<C> | null : RowOf<C> : Row$1<E, Nullable>;
/** What an expression yields where a source it uses is absent. JSON is built of its parts, so the parts are what is null. */
type Absent<E, T, Nullable> = E extends {
    readonly [PARTS]: infer J;
} ? J extends JsonParts<infer S, infer Inner, infer Scope> ? Row$1<S, Inner | Exclude<Nullable, Scope>>[] : Row$1<J, Nullable> : T | null;
interface JsonParts<S, Inner, Scope> {
    readonly of: S;
    readonly inner: Inner;
    readonly scope: Scope;
}
/** What a row holds. `& {}` makes editors show the properties instead of this alias. */
type Row$1<S, Nullable> = {
    -readonly [K in keyof S]: Out<S[K], Nullable>;
} & {};
/** What one member of a selection needs. */
type NeedOf<V> = V extends {
    readonly [NEEDS]: infer N;
} ? N : V extends TableMeta<infer Name, any, any> ? `${Name}.*` : V extends Selection ? Selection extends V ? any : NeedsOf<V> : never;
type NeedsOf<S> = NeedOf<S[keyof S]>;
/** The sources whose absence makes one member, or a part of it, null. */
type NullsOf<V> = V extends {
    readonly [NULLS]: infer L;
} ? L : V extends TableMeta<infer Name, any, any> ? Name : V extends Selection ? Selection extends V ? any : NullsOf<V[keyof V]> : never;

/** The columns of a table, by property. */
type Cols = Record<string, ColOf<any, OnInsert>>;
/** The values of a row to insert into `typeof users`: what has a default or may be null can be left out, what the database computes cannot be given. */
type InsertOf<S, C = ColumnsOf<S>> = {
    [K in keyof C as C[K] extends ColOf<any, "required" | "serial" | "linked"> ? K : never]: ValueOf<C[K]>;
} & {
    [K in keyof C as C[K] extends ColOf<any, "optional"> ? K : never]?: ValueOf<C[K]>;
};
/** What a mapped class is constructed from: like an insert, but no foreign key is demanded, the object may be given instead. */
type InitOf<C> = {
    [K in keyof C as C[K] extends ColOf<any, "required" | "serial"> ? K : never]: ValueOf<C[K]>;
} & {
    [K in keyof C as C[K] extends ColOf<any, "optional" | "linked"> ? K : never]?: ValueOf<C[K]>;
};
/** The values an update of `typeof users` can set. */
type UpdateOf<S, C = ColumnsOf<S>> = {
    [K in keyof C as C[K] extends ColOf<any, "never"> ? never : K]?: ValueOf<C[K]>;
};
/** A value of a column, or an expression of its type. */
type Assigned<T> = T | ExprOf<T, any>;
type SetOf<C> = {
    [K in keyof C as C[K] extends ColOf<any, "never"> ? never : K]?: Assigned<ValueOf<C[K]>>;
};
type ValuesOf$1<C> = {
    [K in keyof C as C[K] extends ColOf<any, "required" | "serial" | "linked"> ? K : never]: Assigned<ValueOf<C[K]>>;
} & {
    [K in keyof C as C[K] extends ColOf<any, "optional"> ? K : never]?: Assigned<ValueOf<C[K]>>;
};
/** Names in V that C has not, or that the database alone writes. */
type Unwritable<V, C> = V extends unknown ? {
    [K in keyof V]: K extends keyof C ? (C[K] extends ColOf<any, "never"> ? K : never) : K;
}[keyof V] : never;
/**
 * V, if all of it can be written; else what is given to an unwritable name is refused with the sentence that says why. Also
 * through a variable, where the compiler itself does not look.
 */
type Writable<V, C> = [Unwritable<V, C>] extends [never] ? V : {
    [K in keyof V]: K extends Unwritable<V, C> ? WhyNot<K & string, C> : V[K];
};
type WhyNot<K extends string, C> = K extends keyof C ? `the database alone writes '${K}'` : `there is no column '${K}'`;
type WritableRows<V, C> = V extends readonly (infer One)[] ? readonly Writable<One, C>[] : Writable<V, C>;

/** A value, or what stands for it in JSON. */
type Sent<T> = T extends Date | Uint8Array ? T | string : T extends bigint ? T | number | string : T;
/** A row as it may be sent. */
type SentRow<R> = {
    [K in keyof R]: Sent<R[K]>;
};
/** Which columns data from outside may have. */
interface RowSchemaOptions<K extends string> {
    /** Only these. Without it a client can set every column that a program can: its owner, its price, its key. */
    readonly only: readonly K[];
}
/**
 * Checks the values of a row to insert: the columns named by `only` and nothing else, each of its type, none missing that the
 * table asks for. Points in time may be ISO 8601, bigints digits, and bytes base64, since JSON has no better.
 *
 * @example
 * const newUser = insertSchema(users, { only: ["name", "email"] });
 * await db.run(insertInto(users).values({ ...newUser.parse(body), role: "guest" }));
 */
declare function insertSchema<C, const K extends keyof InsertOf<C> & string>(table: TableMeta<any, C>, options: RowSchemaOptions<K>): InputSchema<SentRow<Pick<InsertOf<C>, K>>, Pick<InsertOf<C>, K>>;
/**
 * Checks the values that an update sets: like {@link insertSchema}, but any of them may be left out.
 *
 * @example
 * const userChange = updateSchema(users, { only: ["name", "email"] });
 * await db.run(update(users).set(userChange.parse(body)).where(users.id.eq(1)));
 */
declare function updateSchema<C, const K extends keyof UpdateOf<C> & string>(table: TableMeta<any, C>, options: RowSchemaOptions<K>): InputSchema<SentRow<Pick<UpdateOf<C>, K>>, Pick<UpdateOf<C>, K>>;

/** How constraints and indexes without a name are called. Each gets the table and the columns concerned. */
interface NamingConvention {
    primaryKey(table: string, columns: readonly string[]): string;
    foreignKey(table: string, columns: readonly string[], target: string): string;
    unique(table: string, columns: readonly string[]): string;
    /** `columns` are those that the condition mentions. */
    check(table: string, columns: readonly string[]): string;
    /** An expression in the index counts as a column `expr`. */
    index(table: string, columns: readonly string[]): string;
    exclusion(table: string, columns: readonly string[]): string;
}
/** PostgreSQL's own names: `users_pkey`, `posts_author_id_fkey`, `users_email_key`, `users_age_check`, `users_email_idx`. */
declare const standardNames: NamingConvention;
/** The longest name that a database takes. */
interface NameLimit {
    readonly length: number;
    readonly unit: "bytes" | "characters";
}
/**
 * The table with a name for each of its constraints and indexes. Those that would be called alike are numbered in the order
 * of declaration. Names that the user gave stay as they are.
 */
declare function named(table: TableNode, limit: NameLimit, convention?: Partial<NamingConvention>): TableNode;
/** The materialized view with a name for each of its indexes. */
declare function namedView(view: ViewNode, limit: NameLimit, convention?: Partial<NamingConvention>): ViewNode;
/** A name no longer than the limit: the name itself, or its beginning and a hash of it all. */
declare function shortened(name: string, limit: NameLimit): string;

/** Tables, views, sequences and types: as a list, or as the properties of an object, such as a module's namespace. */
type Schema = Readonly<Record<string, unknown>> | readonly unknown[];
/** The nodes of a schema's objects, each once, in the order given. */
declare function objectsOf(schema: Schema): readonly SchemaObject[];

interface SequenceOptions {
    readonly schema?: string;
    readonly start?: number | bigint;
    readonly increment?: number | bigint;
    readonly min?: number | bigint;
    readonly max?: number | bigint;
    readonly cycle?: boolean;
    /** How many numbers a session takes at once. */
    readonly cache?: number;
}
/** A sequence, declared. Its numbers are had with the dialect's `nextValue`. */
interface Sequence {
    readonly node: SequenceNode;
}
/** Declares a sequence. */
declare function sequence(name: string, options?: SequenceOptions): Sequence;
/** A type of its own, declared. */
interface DeclaredType {
    readonly node: TypeNode;
}
/** Declares an enumeration that no column needs to have: one that has, declares it by being there. */
declare function enumerationType(name: string, values: readonly string[], options?: {
    readonly schema?: string;
}): DeclaredType;
interface DomainOptions {
    readonly schema?: string;
    readonly nullable?: boolean;
    readonly default?: ExprOf<unknown, unknown>;
    /** A condition, or several by their names. */
    readonly check?: ExprOf<boolean | null, unknown> | Readonly<Record<string, ExprOf<boolean | null, unknown>>>;
}
/** Declares a domain: a type with rules of its own. In `check`, `value` stands for the value: ``sql(boolean())`value > 0` ``. */
declare function domain(name: string, of: ColOf<any, any>, options?: DomainOptions): DeclaredType;

/**
 * A UUID of version 7: unique everywhere, and sorted by time, also among those made within one millisecond by this program.
 *
 * @example
 * const orders = table("orders", { id: uuid().primaryKey().default(() => uuidv7()), total: integer() });
 */
declare function uuidv7(): string;

/** What can be calculated with. A decimal is text, so that no digit is lost. */
type Numeric = number | bigint | `${number}`;
type TextOther<T, U, M, K, Method extends string> = [T] extends [string | null] ? string | ExprOf<U, M, K> : `${Method}() needs a text expression`;
type NumberOther<T, U, M, K, Method extends string> = [T] extends [Numeric | null] ? NonNullable<T> | ExprOf<U, M, K> : `${Method}() needs a numeric expression`;
type ConditionOther<T, U, M, K, Method extends string> = [T] extends [boolean | null] ? ExprOf<U, M, K> : ExprOf<U, M, K> & `${Method}() needs a condition`;
/**
 * An expression of SQL. T: the value it yields. N: what it needs from the statement around it. L: the sources whose absence
 * makes it null.
 */
interface Expr<out T, out N = never, out L = never> extends ExprOf<T, N, L> {
    /** `this = other`. Null where a side is null. */
    eq<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this <> other`. Null where a side is null. */
    ne<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this < other`. */
    lt<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this <= other`. */
    lte<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this > other`. */
    gt<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this >= other`. */
    gte<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this in (…)`: one of a list of values, or of the rows of a query of one column. An empty list holds nothing. */
    in<R extends Record<string, NonNullable<T> | null> = never, M = never>(other: readonly NonNullable<T>[] | Statement<R, M>): Expr<boolean | (T & null) | NoInfer<R[keyof R] & null>, N | Given<Inward<M> | OneColumn<R>>, L>;
    /** `this not in (…)`. A query must not give null, which would make every answer null or false. */
    notIn<R extends Record<string, NonNullable<T>> = never, M = never>(other: readonly NonNullable<T>[] | Statement<R, M>): Expr<boolean | (T & null), N | Given<Inward<M> | OneColumn<R>>, L>;
    /** `this between low and high`, both included. */
    between<U extends NonNullable<T> | null = never, M = never, K = never>(low: NonNullable<T> | ExprOf<U, M, K>, high: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this between symmetric low and high`: like `between`, whichever of both is the lower one. */
    betweenSymmetric<U extends NonNullable<T> | null = never, M = never, K = never>(one: NonNullable<T> | ExprOf<U, M, K>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this is distinct from other`: like `ne`, but null is a value like any other. Never null itself. */
    isDistinctFrom<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean, N | Given<M>>;
    /** The opposite of `isDistinctFrom`: two nulls are the same. */
    isNotDistinctFrom<U extends NonNullable<T> | null = never, M = never, K = never>(other: NonNullable<T> | ExprOf<U, M, K>): Expr<boolean, N | Given<M>>;
    /** `this is null`. */
    isNull(): Expr<boolean, N>;
    /** `this is not null`. */
    isNotNull(): Expr<boolean, N>;
    /** LIKE, case-sensitive on every database: `%` stands for any text, `_` for one character, `!` takes either literally. */
    like<U extends string | null = never, M = never, K = never>(pattern: TextOther<T, U, M, K, "like">): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** The opposite of `like`. */
    notLike<U extends string | null = never, M = never, K = never>(pattern: TextOther<T, U, M, K, "notLike">): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** LIKE without regard to case; on SQLite, only of the letters A to Z. */
    ilike<U extends string | null = never, M = never, K = never>(pattern: TextOther<T, U, M, K, "ilike">): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** Whether this text starts with another, taken literally. */
    startsWith<U extends string | null = never, M = never, K = never>(text: TextOther<T, U, M, K, "startsWith">): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** Whether this text ends with another, taken literally. */
    endsWith<U extends string | null = never, M = never, K = never>(text: TextOther<T, U, M, K, "endsWith">): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** Whether this text contains another, taken literally. */
    contains<U extends string | null = never, M = never, K = never>(text: TextOther<T, U, M, K, "contains">): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** This text followed by another. Null where a side is, on every database. */
    concat<U extends string | null = never, M = never, K = never>(text: TextOther<T, U, M, K, "concat">): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this + other`. */
    add<U extends NonNullable<T> | null = never, M = never, K = never>(other: NumberOther<T, U, M, K, "add">): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this - other`. */
    sub<U extends NonNullable<T> | null = never, M = never, K = never>(other: NumberOther<T, U, M, K, "sub">): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /** `this * other`. */
    mul<U extends NonNullable<T> | null = never, M = never, K = never>(other: NumberOther<T, U, M, K, "mul">): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
    /**
     * `this / other`. Two integers divide without remainder, towards zero, on every database. Dividing by zero is null on
     * SQLite and MySQL and an error on PostgreSQL; the type therefore allows null.
     */
    div<U extends NonNullable<T> | null = never, M = never, K = never>(other: NumberOther<T, U, M, K, "div">): Expr<T | null, N | Given<M>, L | NoInfer<K>>;
    /** What is left of `this / other`, with the sign of `this`. Null where `other` is zero, as for `div`. */
    mod<U extends NonNullable<T> | null = never, M = never, K = never>(other: NumberOther<T, U, M, K, "mod">): Expr<T | null, N | Given<M>, L | NoInfer<K>>;
    /** `-this`. */
    neg(): Expr<T, N, L>;
    /** Both hold. */
    and<U extends boolean | null = never, M = never, K = never>(other: ConditionOther<T, U, M, K, "and">): Expr<T | NoInfer<U>, N | Given<M>, L | NoInfer<K>>;
    /** One of both holds. */
    or<U extends boolean | null = never, M = never, K = never>(other: ConditionOther<T, U, M, K, "or">): Expr<T | NoInfer<U>, N | Given<M>, L | NoInfer<K>>;
    /** The opposite; null stays null. */
    not(): Expr<boolean | (T & null), N, L>;
    /** The value as another SQL type, converted by the database. */
    cast<U>(type: ColOf<U, any>): Expr<NonNullable<U> | (T & null), N, L>;
    /** The same SQL, read back as another type without conversion. The decoder checks what arrives. */
    as<U>(type: ColOf<U, any>): Expr<NonNullable<U> | (T & null), N, L>;
    /** Drops null from the type where you know more than the compiler. @throws {DecodeError} if it was null after all */
    notNull(): Expr<NonNullable<T>, N>;
    /** Compares and sorts by the named collation. */
    collate(collation: string): Expr<T, N, L>;
    /** Any operator of your database: `users.tags.op("&&", other, boolean())`. Its text is trusted. */
    op<U, M = never, K = never, V extends NonNullable<T> | null = never>(operator: string, other: NonNullable<T> | ExprOf<V, M, K>, type: ColOf<U, any>): Expr<U | (T & null) | NoInfer<V & null>, N | Given<M>, L | NoInfer<K>>;
    /** Smallest first. Where nulls stand differs between databases: `nullsFirst()` and `nullsLast()` decide it. */
    asc(): Order<N>;
    /** Largest first. */
    desc(): Order<N>;
}
/** The primary key of its source: every other column of that source depends on it. */
interface KeyExpr<T, N, L> extends Expr<T, N, L> {
    readonly [KEY]: L;
}
/** What rows are sorted by. */
interface Order<N> {
    readonly order: true;
    readonly [NEEDS]: N;
    /** Nulls before all values. */
    nullsFirst(): Order<N>;
    /** Nulls after all values. */
    nullsLast(): Order<N>;
}
/** Makes the expression that users see of a node. Its types are the caller's word. */
declare function expression<T, N, L = never>(node: ExpressionNode): Expr<T, N, L>;
/** The node of an expression. */
declare function nodeOf(expression: ExprOf<unknown, unknown>): ExpressionNode;
/** The run-time side of {@link Expr}: each method makes a new node of this one's. */
declare class Expression {
    #private;
    readonly [NODE]: ExpressionNode;
    constructor(node: ExpressionNode);
    eq(other: unknown): Expression;
    ne(other: unknown): Expression;
    lt(other: unknown): Expression;
    lte(other: unknown): Expression;
    gt(other: unknown): Expression;
    gte(other: unknown): Expression;
    isDistinctFrom(other: unknown): Expression;
    isNotDistinctFrom(other: unknown): Expression;
    in(other: unknown): Expression;
    notIn(other: unknown): Expression;
    between(low: unknown, high: unknown): Expression;
    betweenSymmetric(one: unknown, other: unknown): Expression;
    isNull(): Expression;
    isNotNull(): Expression;
    like(pattern: unknown): Expression;
    notLike(pattern: unknown): Expression;
    ilike(pattern: unknown): Expression;
    startsWith(text: unknown): Expression;
    endsWith(text: unknown): Expression;
    contains(text: unknown): Expression;
    concat(text: unknown): Expression;
    add(other: unknown): Expression;
    sub(other: unknown): Expression;
    mul(other: unknown): Expression;
    div(other: unknown): Expression;
    mod(other: unknown): Expression;
    neg(): Expression;
    and(other: Expression): Expression;
    or(other: Expression): Expression;
    not(): Expression;
    cast(type: {
        readonly type: SqlType;
    }): Expression;
    as(type: {
        readonly type: SqlType;
    }): Expression;
    notNull(): Expression;
    collate(collation: string): Expression;
    op(operator: string, other: unknown, type: {
        readonly type: SqlType;
    }): Expression;
    asc(): Ordering;
    desc(): Ordering;
}
/** The run-time side of {@link Order}. */
declare class Ordering {
    readonly [NODE]: OrderNode;
    constructor(node: OrderNode);
    nullsFirst(): Ordering;
    nullsLast(): Ordering;
}

/** What a source knows of itself at run time. */
interface SourceFacts {
    readonly node: SourceNode;
    /** The columns by the property they are read by. */
    readonly columns: readonly SourceColumn[];
    /** Whatever built the source says more of it: a declared table, a mapped class. */
    readonly declared?: unknown;
    /** The mapped class whose instances a row of this source is, if it is one. */
    readonly entity?: unknown;
}
/** A derived table: R its row, N what its query still needs, K the sources around it whose absence makes it null (LATERAL). */
type Derived<A extends string, R, N = never, K = never> = TableMeta<A, {
    [P in keyof R]: ColOf<R[P], "never">;
}, N> & {
    readonly [P in keyof R]: Expr<R[P], `${A}.${P & string}`, A | K>;
};
/** Makes the object of a source. Its type is the caller's word. */
declare function sourceOf<S>(facts: SourceFacts): S;
/** A table that holds further parts of the rows of a source. */
interface JoinedTable {
    /** `inner`: every row has a part there. */
    readonly kind: "inner" | "left";
    readonly source: AnyTable;
    readonly on: ExprOf<boolean | null, any>;
}
/** A table as a source of rows that have parts in further tables. */
declare function withJoined(facts: SourceFacts, columns: readonly SourceColumn[], tables: readonly JoinedTable[]): SourceFacts;
/** What a source knows of itself. */
declare function factsOf(source: AnyTable): SourceFacts;
/** Whether a value is a source: a table, a derived table, a mapped class. */
declare function isSource(value: unknown): value is AnyTable;

interface ViewOptions {
    readonly schema?: string;
    readonly comment?: string;
}
/**
 * Declares a view.
 *
 * @example
 * const adults = view("adults", select({ id: users.id, name: users.name }).from(users).where(users.age.gte(18)));
 */
declare function view<const Name extends string, R, N>(name: Name, query: Statement<R, N>, options?: ViewOptions): Derived<Name, R, Inward<N>>;
interface MaterializedViewOptions<Name extends string, R> extends ViewOptions {
    /** Indexes over its columns: `(v) => [uniqueIndex(v.id)]`. */
    readonly indexes?: (view: Derived<Name, R>) => readonly IndexConstraint[];
}
/** Declares a view whose rows are kept until it is refreshed. */
declare function materializedView<const Name extends string, R, N>(name: Name, query: Statement<R, N>, options?: MaterializedViewOptions<Name, R>): Derived<Name, R, Inward<N> | Feature<"MATERIALIZED VIEWS">>;

/** A window with the needs of what it names. */
interface Window<N> {
    readonly [NEEDS]: N;
}
/** How far a frame reaches: `"unbounded"`, `"current row"`, or a number of rows or peers (for `range`, of units). */
type Reach = "unbounded" | "current row" | number;
interface FrameOptions {
    /** Rows of the frame that are left out. */
    readonly exclude?: "current row" | "group" | "ties";
}
/** A window being built. */
interface WindowBy<N> extends Window<N> {
    /** The order of the rows, on which ranking and running totals stand. */
    orderBy<const E extends readonly Order<any>[]>(...by: E): WindowBy<N | NeedsIn<E>>;
    /** A frame counted in rows: from so many before to so many after. */
    rows(preceding: Reach, following: Reach): WindowBy<N>;
    /** A frame of the rows whose value is within so much of this row's. */
    range(preceding: Reach, following: Reach): WindowBy<N>;
    /** A frame counted in groups of peers. */
    groups(preceding: Reach, following: Reach, options?: FrameOptions): WindowBy<N | Feature<"WINDOW GROUPS">>;
    /** Gives the window a name: it is then written once, however many functions use it. */
    named(name: string): WindowBy<N>;
}
/** A window over the rows that share these values. */
declare function partitionBy<const E extends readonly AnyExpr[]>(...by: E): WindowBy<NeedsIn<E>>;
/** A window over all rows, in the given order. */
declare function orderedBy<const E extends readonly Order<any>[]>(...by: E): WindowBy<NeedsIn<E>>;

/** An aggregate of columns N. Over a window it is none: its columns are as bare as any. */
interface Aggregate<out T, out N> extends Expr<T, SourceOf<N> | Aggregated> {
    /** Over the rows of a window, for each row; of all rows, if none is given. */
    over<M = never>(window?: Window<M>): Expr<T, N | Given<M> | Windowed>;
    /** Only over rows that meet the condition. */
    filter<M>(condition: ExprOf<boolean | null, M>): Aggregate<T, N | M>;
    /** Each value once. */
    distinct(): Aggregate<T, N>;
    /** In this order, where it matters: `stringAgg`, `arrayAgg`, `jsonAgg`. */
    orderBy<const E extends readonly Order<any>[]>(...by: E): Aggregate<T, N | NeedsIn<E> | Feature<"AGGREGATE ORDER">>;
}
/** A function that exists over a window only. */
interface WindowFunction<T, N, L = never> {
    /** Over the rows of a window; over all rows, if none is given. */
    over<M = never>(window?: Window<M>): Expr<T, N | Given<M> | Windowed, L>;
}
/** How many rows; with an expression, how many of them where it is not null. */
declare function count(): Aggregate<number, never>;
declare function count<N>(of: ExprOf<any, N>): Aggregate<number, N>;
/** The sum, null over no rows. Exact, or an error: a sum past 2^53 does not fit a `number`. */
declare function sum<T extends Numeric | null, N>(of: ExprOf<T, N>): Aggregate<T | null, N>;
/** The mean, null over no rows: a double, or an exact decimal of decimals. */
declare function avg<T extends Numeric | null, N>(of: ExprOf<T, N>): Aggregate<Average<T> | null, N>;
type Average<T> = NonNullable<T> extends `${number}` ? `${number}` : number;
/** The smallest value, null over no rows. */
declare function min<T, N>(of: ExprOf<T, N>): Aggregate<T | null, N>;
/** The largest value, null over no rows. */
declare function max<T, N>(of: ExprOf<T, N>): Aggregate<T | null, N>;
/** Texts joined by a separator; nulls are left out. Null over no rows. */
declare function stringAgg<T extends string | null, N>(of: ExprOf<T, N>, separator: string): Aggregate<string | null, N>;
/** Whether the condition holds for every row; null over no rows. */
declare function every<N>(condition: ExprOf<boolean | null, N>): Aggregate<boolean | null, N>;
/** Whether the condition holds for some row; null over no rows. */
declare function some<N>(condition: ExprOf<boolean | null, N>): Aggregate<boolean | null, N>;
/** Values as one array, nulls among them, but not those of an absent source. Null over no rows. */
declare function arrayAgg<T, N>(of: ExprOf<T, N>): Aggregate<T[] | null, N | Feature<"ARRAYS">>;
/** Rows as one JSON array of objects, empty over no rows; rows whose source is absent are left out. */
declare function jsonAgg<S extends Selection | AnyTable>(selection: S): Aggregate<RowInJson<S>[], NeedsOfRow<S>>;
type RowInJson<S> = S extends AnyTable ? Row$1<{
    readonly row: S;
}, never>["row"] : Row$1<S, never>;
type NeedsOfRow<S> = S extends AnyTable ? NeedsOf<{
    readonly row: S;
}> : NeedsOf<S>;
/** The value below which the fraction lies, between values: `percentileCont(0.5, posts.length)` is the median. */
declare function percentileCont<N>(fraction: number, of: ExprOf<number | null, N>): Aggregate<number | null, N | Feature<"ORDERED SET">>;
/** The first value at or above the fraction. */
declare function percentileDisc<T, N>(fraction: number, of: ExprOf<T, N>): Aggregate<T | null, N | Feature<"ORDERED SET">>;
/** The value that occurs most. */
declare function mode<T, N>(of: ExprOf<T, N>): Aggregate<T | null, N | Feature<"ORDERED SET">>;
/** The standard deviation of a sample; null over fewer than two rows. */
declare function stddev<N>(of: ExprOf<number | null, N>): Aggregate<number | null, N | Feature<"STATISTICS">>;
/** The variance of a sample; null over fewer than two rows. */
declare function variance<N>(of: ExprOf<number | null, N>): Aggregate<number | null, N | Feature<"STATISTICS">>;
/** The number of the row in its window, from 1. */
declare function rowNumber(): WindowFunction<number, never>;
/** The rank, with gaps after ties. */
declare function rank(): WindowFunction<number, never>;
/** The rank, without gaps. */
declare function denseRank(): WindowFunction<number, never>;
/** The rank as a fraction from 0 to 1. */
declare function percentRank(): WindowFunction<number, never>;
/** The fraction of rows up to this one and its peers. */
declare function cumeDist(): WindowFunction<number, never>;
/** In which of so many even parts the row stands, from 1. */
declare function ntile(parts: number): WindowFunction<number, never>;
/** The value of the row so many before this one; null, or the default, where there is none. */
declare function lag<T, N, L>(of: ExprOf<T, N, L>, offset?: number): WindowFunction<T | null, N, L>;
declare function lag<T, N, L>(of: ExprOf<T, N, L>, offset: number, otherwise: NonNullable<T>): WindowFunction<T, N, L>;
/** The value of the row so many after this one; null, or the default, where there is none. */
declare function lead<T, N, L>(of: ExprOf<T, N, L>, offset?: number): WindowFunction<T | null, N, L>;
declare function lead<T, N, L>(of: ExprOf<T, N, L>, offset: number, otherwise: NonNullable<T>): WindowFunction<T, N, L>;
/** The value of the first row of the frame; null where the frame is empty. */
declare function firstValue<T, N, L>(of: ExprOf<T, N, L>): WindowFunction<T | null, N, L>;
/** The value of the last row of the frame, which ends at the current row unless the window says otherwise. */
declare function lastValue<T, N, L>(of: ExprOf<T, N, L>): WindowFunction<T | null, N, L>;
/** The value of row number `n` of the frame, from 1; null where there are fewer. */
declare function nthValue<T, N, L>(of: ExprOf<T, N, L>, n: number): WindowFunction<T | null, N, L>;

/** A value given by name when the statement runs: `db.all(statement, { name: "Ann" })`. */
declare function param<const Name extends string, T>(name: Name, type: ColOf<T, any>): Expr<T, Param<Name, T>>;
/** A constant as an expression; with a column type for anything but texts, numbers, booleans and bytes. */
declare function literal<const T extends string | number | bigint | boolean | Uint8Array>(value: T): Expr<Widened<T>>;
declare function literal<T>(value: T, type: ColOf<T, any>): Expr<T>;
/** The type of a plain value, not the value. */
type Widened<T> = T extends string ? string : T extends number ? number : T extends bigint ? bigint : T extends boolean ? boolean : Uint8Array;

/** What a branch may yield beside others that yield T: a value of the same type, an expression of it, or null. */
type Then<T> = NonNullable<T> | null | ExprOf<NonNullable<T> | null, any, any>;
/** What V adds to the values: null, or what an expression yields. A plain value is one that the first branch has. */
type Yields<V> = V extends ExprOf<infer T, any, any> ? T : V & null;
type NeedsOfThen<V> = V extends {
    readonly [NEEDS]: infer N;
} ? N : never;
type NullsOfThen<V> = V extends {
    readonly [NULLS]: infer L;
} ? L : never;
/** What the first branch may yield: an expression, or a value whose SQL type is plain. */
type First = string | number | bigint | boolean | Uint8Array | ExprOf<any, any, any>;
type FirstValue<V> = V extends ExprOf<infer T, any, any> ? T : Widened<V>;
/** A CASE being built. T: what its branches yield so far; all are of the first one's type. */
interface Case<T, N, L> {
    /** One more branch, tried if those before did not hold. */
    when<M, const V extends Then<T>>(condition: ExprOf<boolean | null, M>, then: V): Case<T | Yields<V>, N | M | NeedsOfThen<V>, L | NullsOfThen<V>>;
    /** What it yields where no branch holds. */
    else<const V extends Then<T>>(value: V): Expr<T | Yields<V>, N | NeedsOfThen<V>, L | NullsOfThen<V>>;
    /** Null where no branch holds. */
    end(): Expr<T | null, N, L>;
}
/** A simple CASE being built. O: what it compares. */
interface SimpleCase<O, T, N, L> {
    /** One more branch, tried if those before did not hold. */
    when<const V extends Then<T>, U extends NonNullable<O> | null = never, M = never>(value: NonNullable<O> | ExprOf<U, M>, then: V): SimpleCase<O, T | Yields<V>, N | M | NeedsOfThen<V>, L | NullsOfThen<V>>;
    /** What it yields where the expression equals none of the values. */
    else<const V extends Then<T>>(value: V): Expr<T | Yields<V>, N | NeedsOfThen<V>, L | NullsOfThen<V>>;
    /** Null where the expression equals none of the values. */
    end(): Expr<T | null, N, L>;
}
/** A simple CASE that has no branch yet. */
interface CaseOf<O, N> {
    when<const V extends First, U extends NonNullable<O> | null = never, M = never>(value: NonNullable<O> | ExprOf<U, M>, then: V): SimpleCase<O, FirstValue<V>, N | M | NeedsOfThen<V>, NullsOfThen<V>>;
}
/**
 * The value of the first branch whose condition holds.
 *
 * @example
 * caseWhen(users.age.lt(18), "young").when(users.age.lt(65), "grown").else("old");
 */
declare function caseWhen<M, const V extends First>(condition: ExprOf<boolean | null, M>, then: V): Case<FirstValue<V>, M | NeedsOfThen<V>, NullsOfThen<V>>;
/**
 * The value of the first branch whose value the expression equals.
 *
 * @example
 * caseOf(users.role).when("admin", 1).when("member", 2).else(3);
 */
declare function caseOf<O, N>(of: ExprOf<O, N>): CaseOf<O, N>;

/** A second argument: a value, or an expression of the type. */
type Arg<T, U, M, K> = T | ExprOf<U, M, K>;
/** The expressions among arguments that may be values too. */
type Among<A extends readonly unknown[]> = Extract<A[number], AnyExpr>;
/**
 * A function of your database by its name, with the type you say it gives; the decoder checks what arrives.
 *
 * @example
 * fn.call("soundex", text(), users.name);
 */
declare function call_<T, const A extends readonly ExprOf<any, any>[]>(name: string, type: ColOf<T, any>, ...args: A): Expr<T | null, NeedsIn<A>, A[number][typeof NULLS]>;
/** In lower case; on SQLite, only the letters A to Z change. */
declare function lower<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L>;
/** In upper case; on SQLite, only the letters a to z change. */
declare function upper<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L>;
/** How many characters. */
declare function length<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L>;
/** How many bytes, in UTF-8. */
declare function byteLength<T extends string | Uint8Array | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L>;
/** Without spaces at both ends. */
declare function trim<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L>;
/** Without spaces at the start. */
declare function trimStart<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L>;
/** Without spaces at the end. */
declare function trimEnd<T extends string | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L>;
/** With every occurrence of one text replaced by another. */
declare function replace<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(of: ExprOf<T, N, L>, find: Arg<string, U, M, K>, by: Arg<string, U, M, K>): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** So many characters from a position on, counted from 1; to the end without `count`. */
declare function substring<T extends string | null, N, L, U extends number | null = never, M = never, K = never>(of: ExprOf<T, N, L>, from: Arg<number, U, M, K>, count?: Arg<number, U, M, K>): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** Where a text first stands in this one, from 1; 0 if it does not. */
declare function position<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(of: ExprOf<T, N, L>, find: Arg<string, U, M, K>): Expr<number | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** The first characters: none for a count below 0, which as a value is an error. */
declare function left<T extends string | null, N, L, U extends number | null = never, M = never, K = never>(of: ExprOf<T, N, L>, count: Arg<number, U, M, K>): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** The last characters: none for a count below 0, which as a value is an error. */
declare function right<T extends string | null, N, L, U extends number | null = never, M = never, K = never>(of: ExprOf<T, N, L>, count: Arg<number, U, M, K>): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** Texts one after another, values among them. Null if one of them is. */
declare function concat<const A extends readonly (string | ExprOf<string | null, any>)[]>(...texts: A): Expr<string | (Among<A>[typeof VALUE] & null), Among<A>[typeof NEEDS], Among<A>[typeof NULLS]>;
/** Without its sign. */
declare function abs<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L>;
/** -1, 0 or 1. */
declare function sign<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L>;
/** Rounded to so many digits behind the point, halves away from zero. */
declare function round<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>, digits?: number): Expr<T, N, L>;
/** The nearest whole number above. */
declare function ceil<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L>;
/** The nearest whole number below. */
declare function floor<T extends Numeric | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L>;
/** To a power. Null, or an error on PostgreSQL, where it has no value. */
declare function power<T extends number | null, N, L, U extends number | null = never, M = never, K = never>(of: ExprOf<T, N, L>, exponent: Arg<number, U, M, K>): Expr<number | null, N | Given<M>, L | NoInfer<K>>;
/** The square root. Null, or an error on PostgreSQL, of a negative number. */
declare function sqrt<N, L>(of: ExprOf<number | null, N, L>): Expr<number | null, N, L>;
/** e to a power. */
declare function exp<T extends number | null, N, L>(of: ExprOf<T, N, L>): Expr<number | (T & null), N, L>;
/** The natural logarithm. Null, or an error on PostgreSQL, where it has no value. */
declare function ln<N, L>(of: ExprOf<number | null, N, L>): Expr<number | null, N, L>;
/** The logarithm to base 10. Null, or an error on PostgreSQL, where it has no value. */
declare function log10<N, L>(of: ExprOf<number | null, N, L>): Expr<number | null, N, L>;
/** A random number from 0 to below 1. */
declare function random(): Expr<number>;
/** The first that is not null. Null only if the last is. */
declare function coalesce<T, N, L, const A extends readonly ExprOf<NonNullable<T> | null, any>[], U extends NonNullable<T> | null = never, M = never, K = never>(of: ExprOf<T, N, L>, ...others: readonly [...A, NonNullable<T> | ExprOf<U, M, K>]): Expr<NonNullable<T> | NoInfer<U & null>, N | NeedsIn<A> | Given<M>, NoInfer<K>>;
/** Null where both are equal, else the first. */
declare function nullif<T, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<T | null, N | Given<M>, L>;
/** The largest of several, values among them; null if one of them is. */
declare function greatest<T, N, L, const A extends readonly Arg<NonNullable<T>, NonNullable<T> | null, any, any>[]>(first: ExprOf<T, N, L>, ...others: A): Expr<T | (Among<A>[typeof VALUE] & null), N | Among<A>[typeof NEEDS], L | Among<A>[typeof NULLS]>;
/** The smallest of several, values among them; null if one of them is. */
declare function least<T, N, L, const A extends readonly Arg<NonNullable<T>, NonNullable<T> | null, any, any>[]>(first: ExprOf<T, N, L>, ...others: A): Expr<T | (Among<A>[typeof VALUE] & null), N | Among<A>[typeof NEEDS], L | Among<A>[typeof NULLS]>;
/** The moment the transaction (on SQLite and MySQL, the statement) began. */
declare function now(): Expr<Date>;
/** Today in UTC. */
declare function currentDate(): Expr<string>;
/** The time of day in UTC. */
declare function currentTime(): Expr<string>;
/** A part of a point in time. */
type TimeUnit = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second";
/** A part of a point in time, in UTC, as a whole number: the year, the month from 1, the ISO week, the second without fraction. */
declare function extract<T extends Date | string | null, N, L>(unit: TimeUnit | "dayOfWeek" | "dayOfYear" | "epoch", of: ExprOf<T, N, L>): Expr<number | (T & null), N, L>;
/** The start of the year, month, ISO week … that a point in time lies in, in UTC. */
declare function dateTrunc<T extends Date | null, N, L>(unit: TimeUnit, of: ExprOf<T, N, L>): Expr<T, N, L>;
/** A point in time so many units later; earlier for a negative number. Months end on their last day: January 31 and a month is February 28 or 29. */
declare function dateAdd<T extends Date | null, N, L, U extends number | null = never, M = never, K = never>(of: ExprOf<T, N, L>, amount: Arg<number, U, M, K>, unit: TimeUnit): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** How many seconds lie between two points in time. */
declare function secondsBetween<T extends Date | null, N, L, U extends Date | null = never, M = never, K = never>(from: ExprOf<T, N, L>, to: Arg<Date, U, M, K>): Expr<number | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** The day of a point in time, in UTC. */
declare function toDate<T extends Date | null, N, L>(of: ExprOf<T, N, L>): Expr<string | (T & null), N, L>;
type Step = string | number;
type At<T, P extends readonly Step[]> = P extends readonly [infer K, ...infer Rest extends readonly Step[]] ? At<Property<T, K>, Rest> : T;
type Property<T, K> = T extends readonly (infer E)[] ? K extends number ? E : null : T extends object ? K extends keyof T ? T[K] : null : null;
/** What stands at a path in a document, as a document itself; null where there is nothing. Numbers step into arrays, from 0. */
declare function jsonGet<T, N, L, const P extends readonly Step[]>(of: ExprOf<T, N, L>, ...path: P): Expr<At<T, P> | null, N, L>;
/** What stands at a path in a document, as a value of the given type; null where there is nothing. */
declare function jsonValue<T, N, L>(of: ExprOf<any, N, L>, path: readonly Step[], type: ColOf<T, any>): Expr<T | null, N, L>;
/** How many elements an array in a document has; null where it is none. */
declare function jsonLength<N, L>(of: ExprOf<any, N, L>, ...path: readonly Step[]): Expr<number | null, N, L>;
/** `object`, `array`, `string`, `number`, `boolean` or `null`; null where there is nothing. */
declare function jsonType_<N, L>(of: ExprOf<any, N, L>, ...path: readonly Step[]): Expr<"object" | "array" | "string" | "number" | "boolean" | "null" | null, N, L>;
/** The document with a value put at a path, which is added where its parent exists. */
declare function jsonSet<T, N, L>(of: ExprOf<T, N, L>, path: readonly Step[], value: unknown): Expr<T, N, L>;
/** The document without what stands at a path. */
declare function jsonRemove<T, N, L>(of: ExprOf<T, N, L>, ...path: readonly Step[]): Expr<T, N, L>;
/** A new random UUID. */
declare function randomUuid(): Expr<string>;
/** Whether a text matches a regular expression of the database's own kind. */
declare function matches<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(of: ExprOf<T, N, L>, pattern: Arg<string, U, M, K>): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M> | Feature<"REGEXP">, L | NoInfer<K>>;
/** The text with every match of a regular expression of the database's own kind replaced. */
declare function replaceMatches<T extends string | null, N, L, U extends string | null = never, M = never, K = never>(of: ExprOf<T, N, L>, pattern: Arg<string, U, M, K>, by: Arg<string, U, M, K>): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M> | Feature<"REGEXP">, L | NoInfer<K>>;
type Bits = number | bigint;
/** The bits that both have. */
declare function bitAnd<T extends Bits | null, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(of: ExprOf<T, N, L>, other: Arg<NonNullable<T>, U, M, K>): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** The bits that one of both has. */
declare function bitOr<T extends Bits | null, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(of: ExprOf<T, N, L>, other: Arg<NonNullable<T>, U, M, K>): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** The bits that exactly one of both has. */
declare function bitXor<T extends Bits | null, N, L, U extends NonNullable<T> | null = never, M = never, K = never>(of: ExprOf<T, N, L>, other: Arg<NonNullable<T>, U, M, K>): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
/** Every bit the other way, in two's complement: `-x - 1`. */
declare function bitNot<T extends Bits | null, N, L>(of: ExprOf<T, N, L>): Expr<T, N, L>;
/** Shifted towards the higher bits. */
declare function shiftLeft<T extends Bits | null, N, L>(of: ExprOf<T, N, L>, places: number): Expr<T, N, L>;
/** Shifted towards the lower bits, the sign kept. */
declare function shiftRight<T extends Bits | null, N, L>(of: ExprOf<T, N, L>, places: number): Expr<T, N, L>;

type functions_d_TimeUnit = TimeUnit;
declare const functions_d_abs: typeof abs;
declare const functions_d_arrayAgg: typeof arrayAgg;
declare const functions_d_avg: typeof avg;
declare const functions_d_bitAnd: typeof bitAnd;
declare const functions_d_bitNot: typeof bitNot;
declare const functions_d_bitOr: typeof bitOr;
declare const functions_d_bitXor: typeof bitXor;
declare const functions_d_byteLength: typeof byteLength;
declare const functions_d_ceil: typeof ceil;
declare const functions_d_coalesce: typeof coalesce;
declare const functions_d_concat: typeof concat;
declare const functions_d_count: typeof count;
declare const functions_d_cumeDist: typeof cumeDist;
declare const functions_d_currentDate: typeof currentDate;
declare const functions_d_currentTime: typeof currentTime;
declare const functions_d_dateAdd: typeof dateAdd;
declare const functions_d_dateTrunc: typeof dateTrunc;
declare const functions_d_denseRank: typeof denseRank;
declare const functions_d_every: typeof every;
declare const functions_d_exp: typeof exp;
declare const functions_d_extract: typeof extract;
declare const functions_d_firstValue: typeof firstValue;
declare const functions_d_floor: typeof floor;
declare const functions_d_greatest: typeof greatest;
declare const functions_d_jsonAgg: typeof jsonAgg;
declare const functions_d_jsonGet: typeof jsonGet;
declare const functions_d_jsonLength: typeof jsonLength;
declare const functions_d_jsonRemove: typeof jsonRemove;
declare const functions_d_jsonSet: typeof jsonSet;
declare const functions_d_jsonValue: typeof jsonValue;
declare const functions_d_lag: typeof lag;
declare const functions_d_lastValue: typeof lastValue;
declare const functions_d_lead: typeof lead;
declare const functions_d_least: typeof least;
declare const functions_d_left: typeof left;
declare const functions_d_length: typeof length;
declare const functions_d_ln: typeof ln;
declare const functions_d_log10: typeof log10;
declare const functions_d_lower: typeof lower;
declare const functions_d_matches: typeof matches;
declare const functions_d_max: typeof max;
declare const functions_d_min: typeof min;
declare const functions_d_mode: typeof mode;
declare const functions_d_now: typeof now;
declare const functions_d_nthValue: typeof nthValue;
declare const functions_d_ntile: typeof ntile;
declare const functions_d_nullif: typeof nullif;
declare const functions_d_percentRank: typeof percentRank;
declare const functions_d_percentileCont: typeof percentileCont;
declare const functions_d_percentileDisc: typeof percentileDisc;
declare const functions_d_position: typeof position;
declare const functions_d_power: typeof power;
declare const functions_d_random: typeof random;
declare const functions_d_randomUuid: typeof randomUuid;
declare const functions_d_rank: typeof rank;
declare const functions_d_replace: typeof replace;
declare const functions_d_replaceMatches: typeof replaceMatches;
declare const functions_d_right: typeof right;
declare const functions_d_round: typeof round;
declare const functions_d_rowNumber: typeof rowNumber;
declare const functions_d_secondsBetween: typeof secondsBetween;
declare const functions_d_shiftLeft: typeof shiftLeft;
declare const functions_d_shiftRight: typeof shiftRight;
declare const functions_d_sign: typeof sign;
declare const functions_d_some: typeof some;
declare const functions_d_sqrt: typeof sqrt;
declare const functions_d_stddev: typeof stddev;
declare const functions_d_stringAgg: typeof stringAgg;
declare const functions_d_substring: typeof substring;
declare const functions_d_sum: typeof sum;
declare const functions_d_toDate: typeof toDate;
declare const functions_d_trim: typeof trim;
declare const functions_d_trimEnd: typeof trimEnd;
declare const functions_d_trimStart: typeof trimStart;
declare const functions_d_upper: typeof upper;
declare const functions_d_variance: typeof variance;
declare namespace functions_d {
  export { functions_d_abs as abs, functions_d_arrayAgg as arrayAgg, functions_d_avg as avg, functions_d_bitAnd as bitAnd, functions_d_bitNot as bitNot, functions_d_bitOr as bitOr, functions_d_bitXor as bitXor, functions_d_byteLength as byteLength, call_ as call, functions_d_ceil as ceil, functions_d_coalesce as coalesce, functions_d_concat as concat, functions_d_count as count, functions_d_cumeDist as cumeDist, functions_d_currentDate as currentDate, functions_d_currentTime as currentTime, functions_d_dateAdd as dateAdd, functions_d_dateTrunc as dateTrunc, functions_d_denseRank as denseRank, functions_d_every as every, functions_d_exp as exp, functions_d_extract as extract, functions_d_firstValue as firstValue, functions_d_floor as floor, functions_d_greatest as greatest, functions_d_jsonAgg as jsonAgg, functions_d_jsonGet as jsonGet, functions_d_jsonLength as jsonLength, functions_d_jsonRemove as jsonRemove, functions_d_jsonSet as jsonSet, jsonType_ as jsonType, functions_d_jsonValue as jsonValue, functions_d_lag as lag, functions_d_lastValue as lastValue, functions_d_lead as lead, functions_d_least as least, functions_d_left as left, functions_d_length as length, functions_d_ln as ln, functions_d_log10 as log10, functions_d_lower as lower, functions_d_matches as matches, functions_d_max as max, functions_d_min as min, functions_d_mode as mode, functions_d_now as now, functions_d_nthValue as nthValue, functions_d_ntile as ntile, functions_d_nullif as nullif, functions_d_percentRank as percentRank, functions_d_percentileCont as percentileCont, functions_d_percentileDisc as percentileDisc, functions_d_position as position, functions_d_power as power, functions_d_random as random, functions_d_randomUuid as randomUuid, functions_d_rank as rank, functions_d_replace as replace, functions_d_replaceMatches as replaceMatches, functions_d_right as right, functions_d_round as round, functions_d_rowNumber as rowNumber, functions_d_secondsBetween as secondsBetween, functions_d_shiftLeft as shiftLeft, functions_d_shiftRight as shiftRight, functions_d_sign as sign, functions_d_some as some, functions_d_sqrt as sqrt, functions_d_stddev as stddev, functions_d_stringAgg as stringAgg, functions_d_substring as substring, functions_d_sum as sum, functions_d_toDate as toDate, functions_d_trim as trim, functions_d_trimEnd as trimEnd, functions_d_trimStart as trimStart, functions_d_upper as upper, functions_d_variance as variance };
  export type { functions_d_TimeUnit as TimeUnit };
}

/** One JSON value whose parts become null with their sources. */
interface JsonRow<S> extends Expr<Row$1<S, never>, NeedsOf<S>, NullsOf<S[keyof S]>> {
    readonly [PARTS]: S;
}
/** The rows of a query as one JSON value. */
interface JsonRows<S, Inner, Scope extends string, N = any> extends Expr<Row$1<S, Inner>[], N, Exclude<NullsOf<S[keyof S]>, Scope>> {
    readonly [PARTS]: JsonParts<S, Inner, Scope>;
}
/** A JSON object of expressions, sources and further objects. */
declare function jsonObject<S extends Selection>(selection: S): JsonRow<S>;
/** The rows of a query as one JSON array of objects, in its order; empty where it gives none. */
declare function jsonArray<S, Scope extends string, Nullable, N>(of: SelectOf<S, Scope, Nullable> & {
    readonly [NEEDS]: N;
}): JsonRows<S, Nullable, Scope, Inward<N>>;

/** All hold. Of nothing: true. */
declare function and<const E extends readonly Cond[]>(...conditions: E): Expr<boolean | (E[number][typeof VALUE] & null), NeedsIn<E>, E[number][typeof NULLS]>;
/** At least one holds. Of nothing: false. */
declare function or<const E extends readonly Cond[]>(...conditions: E): Expr<boolean | (E[number][typeof VALUE] & null), NeedsIn<E>, E[number][typeof NULLS]>;
/** The opposite; null stays null. */
declare function not<T extends boolean | null, N, L>(condition: ExprOf<T, N, L>): Expr<boolean | (T & null), N, L>;

type ValuesOf<E extends readonly AnyExpr[]> = {
    readonly [K in keyof E]: NonNullable<E[K][typeof VALUE]> | AnyExpr;
};
type NeedsOfItems<V> = V extends readonly unknown[] ? V[number] extends infer One ? One extends AnyExpr ? NeedsIn<[One]> : never : never : never;
type Compared<E extends readonly AnyExpr[], V> = Expr<boolean | (E[number][typeof VALUE] & null), NeedsIn<E> | NeedsOfItems<V>, E[number][typeof NULLS]>;
/** A row of expressions, compared as a whole: `row(t.year, t.month).gte([2024, 3])`. */
interface RowValue<E extends readonly AnyExpr[]> {
    eq<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
    ne<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
    lt<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
    lte<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
    gt<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
    gte<const V extends ValuesOf<E>>(other: V): Compared<E, V>;
    /** Equal to one of the rows, or to one of those that a query of as many columns gives, compared in their order. */
    in<const V extends ValuesOf<E> = never, R extends Record<string, E[number][typeof VALUE] | null> = never, M = never>(others: readonly V[] | Statement<R, M>): Expr<boolean | (E[number][typeof VALUE] & null) | NoInfer<R[keyof R] & null>, NeedsIn<E> | NeedsOfItems<V> | Given<Inward<M>>, E[number][typeof NULLS]>;
}
/** Several expressions as one value to compare. */
declare function row<const E extends readonly [AnyExpr, ...AnyExpr[]]>(...items: E): RowValue<E>;

/** Text that stands in a hole as it is: a quoted name, or trusted SQL. */
declare class SqlFragment {
    readonly [NODE]: RawHole;
    constructor(node: RawHole);
}
/** What says of which type a column is: a builder, or a column of a table. */
interface Declaring {
    readonly [VALUE]: any;
}
/** What one hole of a template needs. */
type HoleNeeds<V> = V extends {
    readonly [ROW]: any;
    readonly [NEEDS]: infer N;
} ? Inward<N> : V extends {
    readonly [NEEDS]: infer N;
} ? N : V extends TableMeta<infer Name, any, any> ? Name : never;
/** A whole statement of the user's text. */
interface RawStatement<R, Free> extends Statement<R, Free> {
    /** Says that it only reads, so that it may run beside a writer and be repeated after a lost connection. */
    reading(): RawStatement<R, Free>;
    /** The statement as a source. */
    as<const A extends string>(name: A): Derived<A, R, Inward<Free>>;
}
interface Sql {
    /**
     * An expression of the declared type. Expressions, sources and queries can stand in the holes; other values are bound.
     *
     * @example
     * select({ short: sql(text())`substr(${users.name}, 1, ${3})` }).from(users);
     */
    <T>(type: ColOf<T, any>): <const V extends readonly unknown[]>(text: TemplateStringsArray, ...values: V) => Expr<T, HoleNeeds<V[number]>, NullsOf<V[number]>>;
    /**
     * A whole statement that gives these columns, in this order: each of a type, or of a column that a table has already.
     *
     * @example
     * await db.all(sql.statement({ id: users.id, upper: text() })`select id, upper(name) from users where age > ${18}`);
     */
    statement<C extends Record<string, Declaring>>(columns: C): <const V extends readonly unknown[]>(text: TemplateStringsArray, ...values: V) => RawStatement<{
        [K in keyof C]: C[K][typeof VALUE];
    } & {}, Exclude<HoleNeeds<V[number]>, string>>;
    /** A name, quoted; several make a path: `sql.id("audit", "log")`. */
    id(...path: readonly string[]): SqlFragment;
    /** Text that is written as it is. Never put anything into it that a user can influence. */
    raw(text: string): SqlFragment;
}
/** Raw but typed SQL. See the members' own words. */
declare const sql: Sql;

/** Whether the query gives any row. */
declare function exists<N>(query: Statement<any, N>): Expr<boolean, Inward<N>>;
/** For the right of a comparison: it holds for at least one row of the query. */
declare function any<R, N>(query: Statement<R, N>): Expr<R[keyof R], Inward<N> | OneColumn<R> | Feature<"QUANTIFIED">>;
/** For the right of a comparison: it holds for every row of the query. */
declare function all<R, N>(query: Statement<R, N>): Expr<R[keyof R], Inward<N> | OneColumn<R> | Feature<"QUANTIFIED">>;

/** Both queries select the same names; the types are compared where the rows are. */
type SameColumns<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? [Either<A, {
    [K in keyof A]: null;
}>] extends [Either<B, {
    [K in keyof B]: null;
}>] ? unknown : [Either<B, {
    [K in keyof B]: null;
}>] extends [Either<A, {
    [K in keyof A]: null;
}>] ? unknown : "both queries of a union have the same column types" : "both queries of a union select the same columns";
type Either<A, B> = {
    [K in keyof A]: A[K] | B[K & keyof B];
} & {};
/** The result of UNION and its kind: no more WHERE or joins, ordering by its own columns. */
interface Compound<R, Free> {
    readonly [ROW]: R;
    readonly [NEEDS]: Free;
    union<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<Either<R, R2>, Free | N>;
    unionAll<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<Either<R, R2>, Free | N>;
    intersect<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N>;
    intersectAll<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N | Feature<"INTERSECT ALL">>;
    except<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N>;
    exceptAll<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N | Feature<"INTERSECT ALL">>;
    /** Sorts by columns of the whole: `orderBy((row) => row.name.desc())`. */
    orderBy(by: (row: Derived<"", R>) => Order<Of<"">> | readonly Order<Of<"">>[]): Compound<R, Free>;
    limit<N = never>(rows: number | ExprOf<number, N>): Compound<R, Free | Given<N>>;
    offset<N = never>(rows: number | ExprOf<number, N>): Compound<R, Free | Given<N>>;
    scalar(): Expr<R[keyof R] | null, Inward<Free> | OneColumn<R>>;
    exists(): Expr<boolean, Inward<Free>>;
    /** The whole as a source. */
    as<const A extends string>(name: A): Derived<A, R, Inward<Free>>;
}

/** N: what is grouped by. F: the database features it takes. */
interface Grouping<out N, out F> {
    readonly grouping: (needs: never) => readonly [N, F];
}
/** By all of these, then by all but the last, and so on down to the total. */
declare function rollup<const E extends readonly AnyExpr[]>(...by: E): Grouping<NeedsIn<E>, Feature<"ROLLUP">>;
/** By every subset of these. */
declare function cube<const E extends readonly AnyExpr[]>(...by: E): Grouping<NeedsIn<E>, Feature<"CUBE">>;
/** By each of the given lists. */
declare function groupingSets<const E extends readonly (readonly AnyExpr[])[]>(...sets: E): Grouping<NeedsIn<E[number]>, Feature<"CUBE">>;

/** The rule broken by rows inside the selection of a derived table, which has columns only. */
type Flat<S> = {
    [K in keyof S]: S[K] extends AnyExpr ? never : K;
}[keyof S] extends infer K ? K extends string ? Rule<`a derived table has columns only: '${K}' is a row`> : never : never;
/** A source selected by itself selects its columns. */
type Picked<S> = S extends TableMeta<any, infer C, any> ? {
    readonly [K in keyof C]: K extends keyof S ? S[K] : never;
} : S;
type SourceNameOf<S> = S extends TableMeta<infer Name, any, any> ? Name : never;
type SourceNeedsOf<S> = S extends TableMeta<any, any, infer M> ? Outward<M> : never;
/** Which rows to lock, and what to do about rows that are locked already. */
interface LockOptions {
    /** Only rows of these sources. */
    readonly of?: readonly AnyTable[];
    /** Leave out rows that others hold. */
    readonly skipLocked?: boolean;
    /** Fail at once instead of waiting. */
    readonly noWait?: boolean;
}
/**
 * A query. S: selection. Scope: sources in FROM. Nullable: those that may be absent. Free: needs not met yet. Group: columns
 * grouped by. Also: needs of HAVING and ORDER BY, which GROUP BY binds like the selection's.
 */
interface Select<S, Scope extends string, Nullable, Free, Group = never, Also = never> {
    readonly [OF]: (scope: Scope, nullable: Nullable) => S;
    readonly [ROW]: Row$1<S, Nullable>;
    readonly [NEEDS]: Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>;
    /** The first source. */
    from<Name extends string, C, M>(source: TableMeta<Name, C, M>): Select<S, Scope | Name, Nullable, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<M>, Group, Also>;
    /** Pairs of rows for which the condition holds; without one, the only foreign key between the source and those before it decides. */
    join<Name extends string, C, M, N = never>(source: TableMeta<Name, C, M>, on?: ExprOf<boolean | null, N>): Select<S, Scope | Name, Nullable, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>, Group, Also>;
    /** The same, and the rows on the left that have no partner: the source's columns are then null. */
    leftJoin<Name extends string, C, M, N = never>(source: TableMeta<Name, C, M>, on?: ExprOf<boolean | null, N>): Select<S, Scope | Name, Nullable | Name, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>, Group, Also>;
    /** The same, and the rows on the right that have no partner: the columns of all sources before are then null. */
    rightJoin<Name extends string, C, M, N = never>(source: TableMeta<Name, C, M>, on?: ExprOf<boolean | null, N>): Select<S, Scope | Name, Nullable | Scope, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M>, Group, Also>;
    /** Both: either side may be null. */
    fullJoin<Name extends string, C, M, N = never>(source: TableMeta<Name, C, M>, on?: ExprOf<boolean | null, N>): Select<S, Scope | Name, Nullable | Scope | Name, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N>, Of<Scope | Name>> | M> | Feature<"FULL JOIN">, Group, Also>;
    /** Every row with every row. */
    crossJoin<Name extends string, C, M>(source: TableMeta<Name, C, M>): Select<S, Scope | Name, Nullable, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<M>, Group, Also>;
    /** A derived table that sees the sources before it. */
    joinLateral<Name extends string, C, M, N = never>(source: TableMeta<Name, C, M>, on?: ExprOf<boolean | null, N>): Select<S, Scope | Name, Nullable, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N> | M, Of<Scope | Name>>> | Feature<"LATERAL">, Group, Also>;
    /** The same, and the rows for which it gives nothing. */
    leftJoinLateral<Name extends string, C, M, N = never>(source: TableMeta<Name, C, M>, on?: ExprOf<boolean | null, N>): Select<S, Scope | Name, Nullable | Name, Exclude<Free, Of<Name>> | Taken<Name, Scope> | Outward<Exclude<Given<N> | M, Of<Scope | Name>>> | Feature<"LATERAL">, Group, Also>;
    /** Only rows that meet all conditions; further calls add to them. */
    where<const E extends readonly Cond[]>(...conditions: E): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope>>, Group, Also>;
    /** One row for each combination of these. */
    groupBy<const E extends readonly AnyExpr[]>(...by: E): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope>>, Group | NeedsIn<E> | DependsOn<E[number]>, Also>;
    /** Several groupings at once: `rollup(a, b)`, `cube(a, b)`, `groupingSets([a], [b])`. Columns are null where a row sums over them. */
    groupBySets<N, F>(sets: Grouping<N, F>): Select<S, Scope, Nullable | Scope, Free | Exclude<N, Of<Scope>> | F, Group | N, Also>;
    /** Only groups that meet all conditions. */
    having<const E extends readonly Cond[]>(...conditions: E): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope> | Aggregated>, Group, Also | NeedsIn<E>>;
    /** Sorts; further calls add lesser keys. */
    orderBy<const E extends readonly Needing[]>(...by: E): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope> | Aggregated | Windowed>, Group, Also | NeedsIn<E>>;
    /** At most so many rows. */
    limit<N = never>(rows: number | ExprOf<number, N>): Select<S, Scope, Nullable, Free | Given<N>, Group, Also>;
    /** Leaves out the first rows. */
    offset<N = never>(rows: number | ExprOf<number, N>): Select<S, Scope, Nullable, Free | Given<N>, Group, Also>;
    /** With `limit`, also the rows that tie with the last. */
    withTies(): Select<S, Scope, Nullable, Free | Feature<"WITH TIES">, Group, Also>;
    /** No row twice. */
    distinct(): Select<S, Scope, Nullable, Free, Group, Also>;
    /** The first row, by ORDER BY, of each combination of these, which ORDER BY must start with. */
    distinctOn<const E extends readonly AnyExpr[]>(...by: E): Select<S, Scope, Nullable, Free | Exclude<NeedsIn<E>, Of<Scope>> | Feature<"DISTINCT ON">, Group, Also>;
    /** Locks the rows against writers until the transaction ends. */
    forUpdate<const O extends LockOptions = {}>(options?: O): Select<S, Scope, Nullable, Free | LockNeeds<O>, Group, Also>;
    /** Locks the rows against being changed, not against being locked so by others. */
    forShare<const O extends LockOptions = {}>(options?: O): Select<S, Scope, Nullable, Free | LockNeeds<O>, Group, Also>;
    /** Like `forUpdate`, but lets others refer to the rows. */
    forNoKeyUpdate<const O extends LockOptions = {}>(options?: O): Select<S, Scope, Nullable, Free | LockNeeds<O> | Feature<"KEY LOCKS">, Group, Also>;
    /** Like `forShare`, but only against changes of the key. */
    forKeyShare<const O extends LockOptions = {}>(options?: O): Select<S, Scope, Nullable, Free | LockNeeds<O> | Feature<"KEY LOCKS">, Group, Also>;
    /** Puts a common table expression into this statement's WITH, also where nothing here reads it. */
    with<Name extends string, C, M>(cte: TableMeta<Name, C, M>): Select<S, Scope, Nullable, Free | Outward<M>, Group, Also>;
    /** The same query with another selection, e.g. to count what it would give. */
    select<Q, S2 extends Selection>(this: Q, selection: S2): Reselected<Q, S2>;
    /** The rows of both, each once. */
    union<R, N>(other: Statement<R, N> & SameColumns<Row$1<S, Nullable>, R>): Compound<Either<Row$1<S, Nullable>, R>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
    /** The rows of both, as often as they occur. */
    unionAll<R, N>(other: Statement<R, N> & SameColumns<Row$1<S, Nullable>, R>): Compound<Either<Row$1<S, Nullable>, R>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
    /** The rows that both have. */
    intersect<R, N>(other: Statement<R, N> & SameColumns<Row$1<S, Nullable>, R>): Compound<Row$1<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
    /** The rows that both have, as often as both have them. */
    intersectAll<R, N>(other: Statement<R, N> & SameColumns<Row$1<S, Nullable>, R>): Compound<Row$1<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N | Feature<"INTERSECT ALL">>;
    /** The rows of this one that the other lacks. */
    except<R, N>(other: Statement<R, N> & SameColumns<Row$1<S, Nullable>, R>): Compound<Row$1<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N>;
    /** The rows of this one, less one for each the other has. */
    exceptAll<R, N>(other: Statement<R, N> & SameColumns<Row$1<S, Nullable>, R>): Compound<Row$1<S, Nullable>, Free | Ungrouped<NeedsOf<S> | Also, Scope, Group> | N | Feature<"INTERSECT ALL">>;
    /** The query as one value: null if it gives no row. It selects one column and gives at most one row. */
    scalar(): Expr<Row$1<S, Nullable>[keyof S] | null, Inward<Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>> | OneColumn<S>>;
    /** Whether the query gives any row. */
    exists(): Expr<boolean, Inward<Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>>>;
    /** The query as a source. */
    as<const A extends string>(name: A): Derived<A, Row$1<S, Nullable>, Inward<Free | Ungrouped<NeedsOf<S> | Also, Scope, Group>> | Flat<S>, Exclude<NullsOf<S[keyof S]>, Scope>>;
}
/** The query Q with another selection. */
type Reselected<Q, S2> = Q extends Select<any, infer Scope, infer Nullable, infer Free, infer Group, infer Also> ? Select<S2, Scope, Nullable, Free | Exclude<NeedsOf<S2>, Of<Scope> | Aggregated | Windowed>, Group, Also> : never;
type LockNeeds<O> = Feature<"ROW LOCKS"> | (O extends {
    readonly of: any;
} ? Feature<"LOCK OF"> : never) | (O extends {
    readonly skipLocked: true;
} | {
    readonly noWait: true;
} ? Feature<"SKIP LOCKED"> : never);
/**
 * Starts a query: a plain object of expressions and sources, or one source, whose columns it then selects from it.
 *
 * @example
 * select({ id: users.id, posts: fn.count(posts.id) }).from(users).leftJoin(posts, posts.authorId.eq(users.id)).groupBy(users.id);
 * select(users).where(users.id.eq(7));
 */
declare function select<S extends Selection | AnyTable>(selection: S): Select<Picked<S>, SourceNameOf<S>, never, Exclude<NeedsOf<Picked<S>>, Aggregated | Windowed | Of<SourceNameOf<S>>> | SourceNeedsOf<S>>;

/** A delete. Scope: the table and the sources it reads beside it. Nullable: those that may be absent. */
interface Delete<Name extends string, C, Free, R, Scope extends string = Name, Nullable = never> extends Statement<R, Free> {
    readonly [ROW]: R;
    readonly [NEEDS]: Free;
    /** Another source whose columns can be read. */
    using<Other extends string, D, M>(source: TableMeta<Other, D, M>): Delete<Name, C, Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<M> | Feature<"DELETE USING">, R, Scope | Other, Nullable>;
    /** One more, joined to the first. */
    join<Other extends string, D, M, N>(source: TableMeta<Other, D, M>, on: ExprOf<boolean | null, N>): Delete<Name, C, Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<Exclude<N, Of<Scope | Other>> | M>, R, Scope | Other, Nullable>;
    /** One more, whose columns are null where it has no partner. */
    leftJoin<Other extends string, D, M, N>(source: TableMeta<Other, D, M>, on: ExprOf<boolean | null, N>): Delete<Name, C, Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<Exclude<N, Of<Scope | Other>> | M>, R, Scope | Other, Nullable | Other>;
    /** Only rows that meet all conditions. */
    where<const E extends readonly [Cond, ...Cond[]]>(...conditions: E): Delete<Name, C, Exclude<Free, "where()"> | Exclude<NeedsIn<E>, Of<Scope>>, R, Scope, Nullable>;
    /** Says that every row is meant. */
    everyRow(): Delete<Name, C, Exclude<Free, "where()">, R, Scope, Nullable>;
    /** In which order, with `limit`. */
    orderBy<const E extends readonly Needing[]>(...by: E): Delete<Name, C, Free | Exclude<NeedsIn<E>, Of<Scope>> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
    /** At most so many rows. */
    limit<N = never>(rows: number | ExprOf<number, N>): Delete<Name, C, Free | Given<N> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
    /** Puts a common table expression into WITH. */
    with<CteName extends string, D, M>(cte: TableMeta<CteName, D, M>): Delete<Name, C, Free | Outward<M> | Feature<"WITH UPDATE">, R, Scope, Nullable>;
    /** The rows as they were: expressions, or the table itself for all columns. */
    returning<S extends Selection | AnyTable>(selection: S): Delete<Name, C, Exclude<Free | NeedsOf<Picked<S>>, Of<Scope>> | Feature<"DELETE RETURNING"> | Beside<NeedsOf<Picked<S>>, Name, Scope>, Row$1<Picked<S>, Nullable>, Scope, Nullable>;
}
/**
 * Deletes rows of a table.
 *
 * @example
 * deleteFrom(users).where(users.id.eq(7));
 */
declare function deleteFrom<Name extends string, C, M>(target: TableMeta<Name, C, M>): Delete<Name, C, "where()" | Outward<M>, never>;

declare const errorCodes: {
    readonly COMPILE: "A statement cannot be written for this database.";
    readonly DIALECT_LIMIT: "A statement is larger or deeper than the database allows.";
    readonly PARAMETER: "A value cannot be stored as the type of its column without being altered.";
    readonly NAME: "A name cannot be used as an identifier.";
    readonly INVALID_INPUT: "Data from outside is not what its schema allows.";
    readonly NO_ROW: "one() or scalar() found no row.";
    readonly MULTIPLE_ROWS: "one() or scalar() found more than one row.";
    readonly DECODE: "A value from the database is not what its column declares.";
    readonly DATABASE: "The database refused a statement for a reason that has no class of its own.";
    readonly UNIQUE_VIOLATION: "A row with the same key exists.";
    readonly FOREIGN_KEY_VIOLATION: "A row refers to one that does not exist, or is still referred to.";
    readonly NOT_NULL_VIOLATION: "A column that must have a value was given none.";
    readonly CHECK_VIOLATION: "A value fails a CHECK constraint.";
    readonly EXCLUSION_VIOLATION: "A row overlaps another one that an exclusion constraint keeps apart.";
    readonly SYNTAX: "The database could not parse the statement.";
    readonly UNDEFINED_OBJECT: "A table, column or function does not exist.";
    readonly SERIALIZATION_FAILURE: "Concurrent transactions could not be put in an order; run the transaction again.";
    readonly DEADLOCK: "The transaction waited for another one that waited for it; run the transaction again.";
    readonly LOCK_TIMEOUT: "A lock was not had in time.";
    readonly STATEMENT_TIMEOUT: "A statement ran longer than its timeout.";
    readonly CANCELLED: "A statement was cancelled.";
    readonly READ_ONLY: "A write was tried where only reading is allowed.";
    readonly RESOURCE_EXHAUSTED: "The database ran out of disk, memory or connections.";
    readonly CANNOT_CONNECT: "The database cannot be reached or refuses the connection.";
    readonly DISCONNECTED: "The connection was lost.";
    readonly TRANSACTION_ABORTED: "The transaction has failed and can only be rolled back.";
    readonly COMMIT_OUTCOME_UNKNOWN: "The connection was lost while COMMIT was under way: it may have happened or not.";
    readonly CLOSED: "The database, transaction or stream has been closed.";
    readonly OUTER_HANDLE: "The outer database was used inside a transaction's callback.";
    readonly CONCURRENT_USE: "A transaction or session was used for two things at once that cannot be.";
    readonly MAPPING: "A class is mapped in a way that cannot work.";
    readonly NOT_LOADED: "A value was read that the object does not hold.";
    readonly DETACHED: "An object belongs to no session, or to one that is closed.";
    readonly OTHER_SESSION: "An object belongs to another session.";
    readonly STALE_DATA: "A row was changed or deleted by somebody else.";
    readonly FLUSH: "Objects cannot be written as they are.";
    readonly CURSOR: "A page cursor is none, was altered, or belongs to another query.";
    readonly MIGRATION: "A migration cannot go on.";
};
/** The codes of Athanor's errors. */
type ErrorCode = keyof typeof errorCodes;

/** What an error says beside its message. */
interface ErrorDetails {
    /** The next thing to type or to look at. */
    readonly hint?: string | undefined;
    /** The error of the driver or of the user's code that led to this one. */
    readonly cause?: unknown;
}
/**
 * The base of every error that Athanor throws on purpose.
 *
 * Values of bound parameters never appear in `message` or `hint`.
 */
declare abstract class AthanorError extends Error {
    /** Stable, for programs; `docs/errors.md` lists them all. */
    readonly code: ErrorCode;
    readonly hint: string | undefined;
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
}

/** A statement cannot be written for this database, or breaks a rule of SQL that types cannot see. */
declare class CompileError extends AthanorError {
    constructor(message: string, hint: string);
}
/** A statement is deeper or longer, or has more parameters, than the database accepts. */
declare class DialectLimit extends AthanorError {
    constructor(what: string, found: number, allowed: number, hint?: string);
}
/** A value cannot be sent as what its column or parameter declares without being altered on the way. */
declare class ParameterError extends AthanorError {
    constructor(message: string, hint?: string);
}
/** A name is no identifier in this database: empty, too long, or with characters that no quoting makes safe. */
declare class NameError extends AthanorError {
    constructor(message: string, hint: string);
}
/** A value came from the database that is not what its column declares. */
declare class DecodeError extends AthanorError {
    constructor(message: string, hint?: string);
}
/** `one()` or `scalar()` found no row. */
declare class NoRowError extends AthanorError {
    constructor(method: string);
}
/** `one()` or `scalar()` found more than one row. */
declare class MultipleRowsError extends AthanorError {
    constructor(method: string);
}
/** A database, transaction or stream was used after it had been closed. */
declare class ClosedError extends AthanorError {
    constructor(what: string);
}
/** The outer database was called inside a transaction's callback: the call would escape the transaction. */
declare class OuterHandleError extends AthanorError {
    constructor();
}
/** A transaction was used while something inside it had its connection: a nested transaction, or a stream. */
declare class ConcurrentUseError extends AthanorError {
    constructor(message: string, hint: string);
}
/** A page cursor is none, was altered, or belongs to another query. Nothing was sent. */
declare class CursorError extends AthanorError {
    constructor(reason: "none" | "version" | "foreign", cause?: unknown);
}

/** A column that no two rows share by itself, so that an upsert may name it. */
interface UniqueExpr<T, N, L> extends Expr<T, N, L> {
    readonly unique: true;
}
/** Marks a part of a composite primary key. */
declare const PART: unique symbol;
/** A column that is part of a composite primary key. Exported, so that declarations of tables can name it. */
interface KeyPart {
    readonly [PART]: true;
}
/** A table: its columns as expressions. */
type Table<Name extends string, C> = TableMeta<Name, C, FeaturesOf<C>> & {
    readonly [K in keyof C]: C[K] extends {
        readonly [KEY]: true;
    } ? KeyExpr<ValueOf<C[K]>, `${Name}.${K & string}`, Name> : "unique" extends FeatureOf<C[K]> ? UniqueExpr<ValueOf<C[K]>, `${Name}.${K & string}`, Name> : Expr<ValueOf<C[K]>, `${Name}.${K & string}`, Name>;
};
type FeatureOf<C> = C extends {
    readonly [FEATURES]: infer F;
} ? F : never;
type FeaturesOf<C> = Exclude<FeatureOf<C[keyof C]>, "unique">;
/** What a table has beside its columns. */
interface TableOptions<Name extends string, C, Schema extends string = string, Key = keyof C & string> {
    /** The schema it lives in; part of its name in the types, as `schema:name`. */
    readonly schema?: Schema;
    /** Its name in the database, where it differs. */
    readonly name?: string;
    /** The columns of a composite primary key. */
    readonly primaryKey?: readonly Key[];
    /** What there is to say of the primary key besides: the name of its constraint, columns that its index carries (PostgreSQL). */
    readonly key?: {
        readonly name?: string;
        readonly include?: readonly (keyof C & string)[];
    };
    /** Unique constraints, indexes, foreign keys and checks over several columns: `(t) => [unique(t.a, t.b), index(t.c)]`. */
    readonly constraints?: (columns: Table<Name, C>) => readonly Constraint[];
    readonly comment?: string;
    /** What the table was called before, for migrations. */
    readonly renamedFrom?: string;
    /** What only some databases have: `{ strict: true }`, `{ engine: "InnoDB" }`. */
    readonly options?: Readonly<Record<string, string | number | boolean>>;
}
/** A dot would make 'a.b' + 'c' and 'a' + 'b.c' the same column to the types; a schema is given beside the columns. */
type NoDot<Name> = Name extends `${string}.${string}` ? "a name here has no dot: give the schema or the SQL name in the third argument" : Name;
type NameIn<Name extends string, Schema extends string> = [Schema] extends [never] ? Name : `${Schema}:${Name}`;
type KeyedBy<C, Key> = [Key] extends [never] ? C : {
    [P in keyof C]: P extends Key ? C[P] & KeyPart : C[P];
};
/**
 * Declares a table.
 *
 * @example
 * const members = table("members", {
 *   id: integer().primaryKey(),
 *   email: text().unique(),
 *   joined: timestamptz().default(fn.now()),
 * });
 */
declare function table<const Name extends string, C extends Cols, const Schema extends string = never, const Key extends keyof C & string = never>(name: NoDot<Name>, columns: C, options?: TableOptions<Name, C, Schema, Key>): Table<NameIn<Name, Schema>, KeyedBy<C, Key>>;
/** What a declared table knows of itself; behind META as `declared`. */
declare class DeclaredTable {
    #private;
    readonly name: string;
    readonly schema: string | undefined;
    /** The builders' facts, by property. */
    readonly columns: ReadonlyMap<string, ColumnFacts>;
    /** The object of columns that users hold. */
    readonly source: object;
    constructor(key: string, columns: object, options: TableOptions<string, never>);
    /** The table as the schema's own node: what DDL and migrations work with. */
    get node(): TableNode;
    get sourceNode(): TableSourceNode;
    /** What the column of a property declares. @throws {CompileError} if there is none */
    column(key: string): ColumnFacts;
    /** The same, of a column that a statement sets. @throws {CompileError} if there is none, or the database alone writes it */
    writable(key: string): ColumnFacts;
    /** The SQL name of a column by its property. */
    columnName(key: string): string;
}
/** What a source declared by `table()` is in SQL. @throws {CompileError} if it is another kind of source */
declare function declaredTable(source: TableMeta<any, any, any>): DeclaredTable;
/**
 * The same source under another name, to use it twice in one statement.
 *
 * @example
 * const boss = alias(users, "boss");
 * select({ name: users.name, boss: boss.name }).from(users).leftJoin(boss, users.bossId.eq(boss.id));
 */
declare function alias<Name extends string, C, N, const A extends string>(source: TableMeta<Name, C, N>, as: A): Table<A, C> & TableMeta<A, C, N>;
/**
 * A column by a name that is only known at run time, as text.
 *
 * @throws {CompileError} if the source has no such column
 */
declare function column<Name extends string, C, K extends keyof C & string>(source: TableMeta<Name, C, any>, name: K): Expr<ValueOf<C[K]>, `${Name}.${K}`, Name>;

type NeedsOfRows<V> = V extends readonly (infer One)[] ? NeedOf<One[keyof One]> : NeedOf<V[keyof V]>;
/** What an upsert may name: one column that is unique by itself, or several that are so together. */
type Target<K> = K extends readonly [infer One] ? One extends {
    readonly unique: true;
} | {
    readonly [KEY]: any;
} ? unknown : readonly ["an upsert by one column needs a unique column or a primary key"] : unknown;
/** An insert. Name and C: the table. Free: needs not met yet. R: the row it gives back. */
interface Insert<Name extends string, C, Free, R> extends Statement<R, Free> {
    readonly [ROW]: R;
    readonly [NEEDS]: Free;
    /** One row or many. Columns that a row leaves out get their default, or null. */
    values<V extends ValuesOf$1<C> | readonly ValuesOf$1<C>[]>(rows: WritableRows<V, C>): Insert<Name, C, Free | NeedsOfRows<V>, R>;
    /** The rows of a query, matched by name. */
    select<Q extends Partial<InsertOf<C>>, N>(query: Statement<Writable<Q, C>, N> & RequiredIn<Q, C>): Insert<Name, C, Free | N, R>;
    /** One row of nothing but defaults. */
    defaults(): Insert<Name, C, Free, R>;
    /** What is done with a row whose values in these columns exist already; with none, whatever it conflicts with. */
    onConflict<const K extends readonly ConflictColumn<Name>[]>(...columns: K & Target<K>): OnConflict<Name, C, Free, R>;
    /** The same, naming the constraint. */
    onConflictConstraint(name: string): OnConflict<Name, C, Free | Feature<"ON CONFLICT CONSTRAINT">, R>;
    /** Leaves out rows that break a rule instead of failing: MySQL's INSERT IGNORE. */
    ignore(): Insert<Name, C, Free | Feature<"INSERT IGNORE">, R>;
    /** Puts a common table expression into WITH. */
    with<CteName extends string, D, M>(cte: TableMeta<CteName, D, M>): Insert<Name, C, Free | Outward<M> | Feature<"WITH INSERT">, R>;
    /** The rows as they now are: expressions over the table, or the table itself for all columns. */
    returning<S extends Selection | AnyTable>(selection: S): Insert<Name, C, Exclude<Free | NeedsOf<Picked<S>>, Of<Name>> | Feature<"INSERT RETURNING">, Row$1<Picked<S>, never>>;
}
type ConflictColumn<Name extends string> = ExprOf<any, Of<Name>>;
type RequiredIn<Q, C> = [Exclude<RequiredKeys<C>, keyof Q>] extends [never] ? unknown : `the query lacks the column '${Exclude<RequiredKeys<C>, keyof Q> & string}'`;
type RequiredKeys<C> = {
    [K in keyof InsertOf<C>]-?: {} extends Pick<InsertOf<C>, K> ? never : K;
}[keyof InsertOf<C>];
/** An insert that has said what counts as a conflict, and not yet what is done about it. */
interface OnConflict<Name extends string, C, Free, R> {
    /** Only with a partial unique index: the condition of that index. */
    where<const E extends readonly Cond[]>(...conditions: E): OnConflict<Name, C, Free | Exclude<NeedsIn<E>, Of<Name>> | Feature<"ON CONFLICT WHERE">, R>;
    /** Leaves the row out. */
    doNothing(): Insert<Name, C, Free, R>;
    /** Changes the row that exists; `excluded(table.column)` is what the insert proposed. */
    doUpdate<V extends SetOf<C>>(set: Writable<V, C>): Insert<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Name>>, R>;
    /** Changes the row that exists if it meets the conditions, else leaves it as it is. */
    doUpdateWhere<V extends SetOf<C>, const E extends readonly Cond[]>(set: Writable<V, C>, ...conditions: E): Insert<Name, C, Free | Exclude<NeedOf<V[keyof V]> | NeedsIn<E>, Of<Name>> | Feature<"ON CONFLICT WHERE">, R>;
}
/**
 * Inserts into a table.
 *
 * @example
 * insertInto(users).values([{ name: "Ann" }, { name: "Bob" }]).returning({ id: users.id });
 * insertInto(users).values({ id: 1, name: "Ann" }).onConflict(users.id).doUpdate({ name: excluded(users.name) });
 */
declare function insertInto<Name extends string, C, M>(target: TableMeta<Name, C, M>): Insert<Name, C, Outward<M>, never>;
/** Inserts, after deleting the rows that are in the way: MySQL's REPLACE. */
declare function replaceInto<Name extends string, C, M>(target: TableMeta<Name, C, M>): Insert<Name, C, Outward<M> | Feature<"INSERT IGNORE">, never>;
/** The value that an upsert proposed for a column. */
declare function excluded<T, N, L>(column: Expr<T, N, L>): Expr<T, N>;

type NoBranch = Rule<"merge needs whenMatched() or whenNotMatched()">;
/** A merge into a table. Scope: the table and the source. */
interface Merge<Name extends string, C, Free, Other extends string> extends Statement<never, Free> {
    readonly [ROW]: never;
    readonly [NEEDS]: Free;
    /** What is done with rows that the source meets; the first branch whose conditions hold decides. */
    whenMatched<const E extends readonly Cond[]>(...conditions: E): Matched<Name, C, Exclude<Free, NoBranch> | Exclude<NeedsIn<E>, Of<Name | Other>>, Other>;
    /** What is done where the source meets no row. The conditions see the source alone. */
    whenNotMatched<const E extends readonly Cond[]>(...conditions: E): NotMatched<Name, C, Exclude<Free, NoBranch> | Exclude<NeedsIn<E>, Of<Other>>, Other>;
    /** Puts a common table expression into WITH. */
    with<CteName extends string, D, M>(cte: TableMeta<CteName, D, M>): Merge<Name, C, Free | Outward<M>, Other>;
}
/** What can be done with a row that was met. */
interface Matched<Name extends string, C, Free, Other extends string> {
    update<V extends SetOf<C>>(values: Writable<V, C>): Merge<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Name | Other>>, Other>;
    delete(): Merge<Name, C, Free, Other>;
    doNothing(): Merge<Name, C, Free, Other>;
}
/** What can be done where no row was met. */
interface NotMatched<Name extends string, C, Free, Other extends string> {
    insert<V extends ValuesOf$1<C>>(values: Writable<V, C>): Merge<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Other>>, Other>;
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
declare function mergeInto<Name extends string, C, M, Other extends string, D, K, N>(target: TableMeta<Name, C, M>, source: TableMeta<Other, D, K>, on: ExprOf<boolean | null, N>): Merge<Name, C, NoBranch | Feature<"MERGE"> | Taken<Other, Name> | Outward<M> | Outward<Exclude<N, Of<Name | Other>> | K>, Other>;

/** An update. Scope: the table and the sources it reads beside it. Nullable: those that may be absent. */
interface Update<Name extends string, C, Free, R, Scope extends string = Name, Nullable = never> extends Statement<R, Free> {
    readonly [ROW]: R;
    readonly [NEEDS]: Free;
    /** What is written: values or expressions. Further calls add to it; what is missing is left alone. */
    set<V extends SetOf<C>>(values: Writable<V, C>): Update<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Scope>>, R, Scope, Nullable>;
    /** Another source whose columns can be read. */
    from<Other extends string, D, M>(source: TableMeta<Other, D, M>): Update<Name, C, Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<M> | Feature<"UPDATE FROM">, R, Scope | Other, Nullable>;
    /** One more, joined to the first. */
    join<Other extends string, D, M, N>(source: TableMeta<Other, D, M>, on: ExprOf<boolean | null, N>): Update<Name, C, Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<Exclude<N, Of<Scope | Other>> | M>, R, Scope | Other, Nullable>;
    /** One more, whose columns are null where it has no partner. */
    leftJoin<Other extends string, D, M, N>(source: TableMeta<Other, D, M>, on: ExprOf<boolean | null, N>): Update<Name, C, Exclude<Free, Of<Other>> | Taken<Other, Scope> | Outward<Exclude<N, Of<Scope | Other>> | M>, R, Scope | Other, Nullable | Other>;
    /** Only rows that meet all conditions. */
    where<const E extends readonly [Cond, ...Cond[]]>(...conditions: E): Update<Name, C, Exclude<Free, "where()"> | Exclude<NeedsIn<E>, Of<Scope>>, R, Scope, Nullable>;
    /** Says that every row is meant. */
    everyRow(): Update<Name, C, Exclude<Free, "where()">, R, Scope, Nullable>;
    /** In which order, with `limit`. */
    orderBy<const E extends readonly Needing[]>(...by: E): Update<Name, C, Free | Exclude<NeedsIn<E>, Of<Scope>> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
    /** At most so many rows. */
    limit<N = never>(rows: number | ExprOf<number, N>): Update<Name, C, Free | Given<N> | Feature<"WRITE LIMIT">, R, Scope, Nullable>;
    /** Puts a common table expression into WITH. */
    with<CteName extends string, D, M>(cte: TableMeta<CteName, D, M>): Update<Name, C, Free | Outward<M> | Feature<"WITH UPDATE">, R, Scope, Nullable>;
    /** The rows as they now are: expressions, or the table itself for all columns. */
    returning<S extends Selection | AnyTable>(selection: S): Update<Name, C, Exclude<Free | NeedsOf<Picked<S>>, Of<Scope>> | Feature<"UPDATE RETURNING"> | Beside<NeedsOf<Picked<S>>, Name, Scope>, Row$1<Picked<S>, Nullable>, Scope, Nullable>;
}
/**
 * Changes rows of a table.
 *
 * @example
 * update(users).set({ name: "Ann", age: users.age.add(1) }).where(users.id.eq(7));
 */
declare function update<Name extends string, C, M>(target: TableMeta<Name, C, M>): Update<Name, C, "where()" | Outward<M>, never>;

/**
 * Rows of values that a statement reads like a table.
 *
 * @example
 * const prices = values("prices", { id: integer(), cents: integer() }, [{ id: 1, cents: 99 }, { id: 2, cents: 149 }]);
 * select({ name: products.name, cents: prices.cents }).from(products).join(prices, prices.id.eq(products.id));
 * @throws {CompileError} if there is no row
 */
declare function values<const Name extends string, C extends Record<string, ColOf<any, OnInsert>>>(name: Name, columns: C, rows: readonly RowOf<C>[]): Derived<Name, RowOf<C>>;
/** A column of rows that are given as lists. */
interface ListedColumn {
    readonly name: string;
    /** The column that its values are written into or compared with. */
    readonly of: ColumnNode;
}
/**
 * Rows that a statement is given when it runs, as a list of values for each column: `{ [parameter]: [ids, names] }`. For
 * databases whose dialect has `bulk.lists`.
 *
 * @param ordinal the name of a further column, which counts the rows
 */
declare function listedValues(name: string, columns: readonly ListedColumn[], { parameter, ordinal }: {
    readonly parameter: string;
    readonly ordinal?: string | undefined;
}): AnyTable;

/** How a common table expression is evaluated, where the database lets one say. */
interface CteOptions {
    /** Once and kept (`true`), or as part of the statement that reads it (`false`). */
    readonly materialized?: boolean;
}
/**
 * A named query. Also over a writing statement with `returning`, where the database has such.
 *
 * @example
 * const busy = cte("busy", select({ id: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));
 * select({ name: users.name, n: busy.n }).from(users).join(busy, busy.id.eq(users.id));
 */
declare function cte<const Name extends string, R, N>(name: Name, query: Statement<R, N>, options?: CteOptions): Derived<Name, R, Inward<N> | Writing<N>>;
/** What a writing statement with rows back takes where it is read as a source. */
type Writing<N> = Extract<N, Feature<"INSERT RETURNING"> | Feature<"UPDATE RETURNING"> | Feature<"DELETE RETURNING">> extends never ? never : Feature<"WRITING CTE">;
/**
 * A query that reads its own result: the rows of `base`, then those that `step` makes of the rows found last, until there
 * are no more. Rows that were found before are dropped, so that circles end; `recursiveAll` keeps them and is faster.
 *
 * @example
 * const tree = recursive("tree",
 *   select({ id: users.id, depth: literal(0) }).from(users).where(users.bossId.isNull()),
 *   (tree) => select({ id: users.id, depth: tree.depth.add(1) }).from(users).join(tree, users.bossId.eq(tree.id)));
 */
declare function recursive<const Name extends string, R, N, M>(name: Name, base: Statement<R, N>, step: (self: Derived<Name, R>) => Statement<R, M>): Derived<Name, R, Inward<N> | Exclude<Inward<M>, Of<Name>>>;
/** {@link recursive} with UNION ALL: rows are kept however often they occur. */
declare function recursiveAll<const Name extends string, R, N, M>(name: Name, base: Statement<R, N>, step: (self: Derived<Name, R>) => Statement<R, M>): Derived<Name, R, Inward<N> | Exclude<Inward<M>, Of<Name>>>;

declare const features: {
    readonly "FULL JOIN": "full outer joins";
    readonly "RIGHT JOIN": "right outer joins";
    readonly LATERAL: "joins whose right side sees the left";
    readonly "INSERT RETURNING": "rows back from an insert";
    readonly "UPDATE RETURNING": "rows back from an update";
    readonly "DELETE RETURNING": "rows back from a delete";
    readonly "RETURNING SOURCES": "rows back that hold columns of other sources than the table written";
    readonly "INTERSECT ALL": "INTERSECT ALL and EXCEPT ALL";
    readonly "DISTINCT ON": "the first row of each group";
    readonly "ROW LOCKS": "FOR UPDATE and FOR SHARE";
    readonly "KEY LOCKS": "FOR NO KEY UPDATE and FOR KEY SHARE";
    readonly "LOCK OF": "locking the rows of some sources only";
    readonly "SKIP LOCKED": "SKIP LOCKED and NOWAIT";
    readonly "WITH TIES": "FETCH FIRST … WITH TIES";
    readonly ROLLUP: "GROUP BY ROLLUP";
    readonly CUBE: "GROUP BY CUBE and GROUPING SETS";
    readonly "WINDOW GROUPS": "window frames counted in groups, and EXCLUDE";
    readonly "AGGREGATE FILTER": "FILTER on aggregates";
    readonly "ORDERED SET": "WITHIN GROUP";
    readonly STATISTICS: "standard deviation and variance";
    readonly "AGGREGATE ORDER": "ORDER BY inside an aggregate";
    readonly "ON CONFLICT TARGET": "an upsert that names what it conflicts with";
    readonly "ON CONFLICT WHERE": "an upsert with a condition";
    readonly "ON CONFLICT CONSTRAINT": "an upsert that names a constraint";
    readonly "INSERT IGNORE": "INSERT IGNORE and REPLACE";
    readonly "UPDATE FROM": "an update that reads other sources";
    readonly "DELETE USING": "a delete that reads other sources";
    readonly "WRITE LIMIT": "ORDER BY and LIMIT on update and delete";
    readonly MERGE: "MERGE";
    readonly "WITH INSERT": "WITH before an insert";
    readonly "WITH UPDATE": "WITH before an update or delete";
    readonly "WRITING CTE": "insert, update and delete inside WITH";
    readonly "MATERIALIZED CTE": "the MATERIALIZED hint of WITH";
    readonly ORDINALITY: "WITH ORDINALITY";
    readonly TABLESAMPLE: "TABLESAMPLE";
    readonly ONLY: "FROM ONLY";
    readonly ARRAYS: "arrays";
    readonly RANGES: "ranges";
    readonly "FULL TEXT": "PostgreSQL's full text search";
    readonly "MATCH AGAINST": "MySQL's full text search";
    readonly JSONB: "operators of binary JSON";
    readonly QUANTIFIED: "ANY and ALL of a query";
    readonly REGEXP: "regular expressions";
    readonly SEQUENCES: "sequences";
    readonly ENUMS: "enumerations as types of their own";
    readonly DOMAINS: "domains";
    readonly INTERVALS: "intervals";
    readonly NETWORK: "network addresses";
    readonly UNSIGNED: "unsigned numbers";
    readonly "SMALL NUMBERS": "tinyint and mediumint";
    readonly SETS: "MySQL's SET and YEAR";
    readonly VECTORS: "vectors";
    readonly "MATERIALIZED VIEWS": "materialized views";
    readonly SCHEMAS: "schemas";
    readonly "EXCLUSION CONSTRAINTS": "exclusion constraints";
    readonly "DEFERRABLE CONSTRAINTS": "deferrable constraints";
    readonly "TWO-PHASE COMMIT": "two-phase commit";
    readonly COPY: "COPY";
    readonly NOTIFY: "LISTEN and NOTIFY";
    readonly "ADVISORY LOCKS": "advisory locks";
    readonly COMMENTS: "comments on tables and columns";
    readonly "ALTER CONSTRAINTS": "adding and dropping constraints of a table that exists";
    readonly "TRANSACTIONAL DDL": "changes of schema that a rollback undoes";
};
/** The name of a feature, as it stands in error messages. */
type FeatureName = keyof typeof features;

/** How the values of one type travel. */
interface Codec {
    /**
     * Turns a value of the type into what the driver binds. `undefined` if every value goes as it is.
     * @throws {ParameterError} if the value is none of the type, or would be altered on the way
     */
    readonly encode: (value: unknown) => unknown;
    /** A driver's value that passes this test is the value already; the row decoder writes the test inline. */
    readonly plain?: "string" | "safe integer" | "number" | "boolean" | "bigint" | undefined;
    /**
     * Turns any other non-null value of the driver's into one of the type.
     * @throws {DecodeError} if it is none
     */
    readonly decode: (value: unknown) => unknown;
    /** Whether the driver must give integers as `bigint` for this type to be exact. */
    readonly bigints?: boolean | undefined;
}
/** How values of one type travel inside JSON that a statement builds. */
interface JsonCodec<Out> {
    /** Writes the expression so that JSON keeps it exact, e.g. as text. */
    readonly write: (write: () => void, out: Out) => void;
    /** Turns the parsed, non-null JSON value into one of the type. */
    readonly decode: (value: unknown) => unknown;
}
type IsolationLevel = "read uncommitted" | "read committed" | "repeatable read" | "serializable";
/** How a transaction is begun. */
interface TransactionOptions$1 {
    readonly isolation?: IsolationLevel | undefined;
    readonly readOnly?: boolean | undefined;
    readonly deferrable?: boolean | undefined;
}
/** What is best where many rows are written. */
interface BulkWriting<Out> {
    /** How many rows one INSERT is given; with more in it they are written no faster. */
    readonly insertRows: number;
    /** How rows can be given as a list of values for each column, so that one text serves for any number of them. */
    readonly lists?: RowLists<Out> | undefined;
    /** Whether rows to insert are best given as lists. */
    readonly insertsFromLists?: boolean | undefined;
    /** Whether statements that are sent together wait for the server once. */
    readonly pipelines?: boolean | undefined;
    /** Whether many updates are fastest one by one with a prepared statement, since the database runs in this process. */
    readonly updatesOneByOne: boolean;
    /** Whether the keys that one INSERT generates follow one another by one, and the driver reports the first of them. */
    readonly keysFollow: boolean;
    /** Where the driver reports the first key and there is no RETURNING: the expression for what lies between two keys. */
    readonly keyStep?: string | undefined;
    /** Whether a statement that failed leaves the transaction unusable but for a savepoint before it. */
    readonly errorsEndTransaction: boolean;
    /**
     * Whether rows of a link table are quicker read as one list of keys for each group than one by one. MariaDB takes twice as
     * long for GROUP_CONCAT as for the rows.
     */
    readonly gathersKeys?: boolean | undefined;
}
/** Rows that are given as lists. */
interface RowLists<Out> {
    /** Whether values of a type can travel in a list. */
    takes(type: SqlType): boolean;
    /** Writes them as a source. */
    write(node: ListsSourceNode, out: Out): void;
}
/** What a database answers. */
interface Answers<Out> {
    /** For messages only: `PostgreSQL`, `SQLite`, `MariaDB`. */
    readonly name: string;
    readonly features: ReadonlySet<FeatureName>;
    /** The most parameters one statement may have. */
    readonly maxParameters: number;
    /** How a table compares text where nobody says so, on databases where that is a matter of the table. */
    readonly tableCollation?: string | undefined;
    /** The longest name: how many, and of what. */
    readonly maxName: {
        readonly length: number;
        readonly unit: "bytes" | "characters";
    };
    /** How deep expressions may be nested. */
    readonly maxDepth: number;
    /** How much its parser can keep in mind that has begun and has not ended: words, operands, parentheses. */
    readonly maxPending: number;
    readonly bulk: BulkWriting<Out>;
    /** Puts a name, already checked, between quotes. */
    quote(name: string): string;
    /** The text of parameter number `index`, from 1. */
    placeholder(index: number): string;
    /** The name of the type in DDL. */
    typeName(type: SqlType): string;
    /** The name of the type in CAST. */
    castName(type: SqlType): string;
    codec(type: SqlType): Codec;
    jsonCodec(type: SqlType): JsonCodec<Out>;
    /** Writes the placeholder of a bound value of the type, with a cast where the server would guess its type wrong. */
    writePlaceholder(type: SqlType, out: Out): void;
    /**
     * An encoded value as a literal, for DDL and for scripts, where nothing can be bound. Its cast is what
     * `writePlaceholder` puts around it.
     *
     * @throws {CompileError} if no literal of this database is that value
     */
    literal(value: unknown, type: SqlType): string;
    /** Whether objects of JSON have their keys sorted, by length and then by bytes, and not as they were built. */
    readonly sortsJsonKeys?: boolean | undefined;
    writeConstant(value: number | string | boolean | null, type: SqlType, out: Out): void;
    writeBinary(node: BinaryNode, out: Out): void;
    /** Writes texts after each other; null if one of them is. */
    writeConcat(parts: readonly ((out: Out) => void)[], out: Out): void;
    writeInList(node: InListNode, out: Out): void;
    writeBetween(node: BetweenNode, out: Out): void;
    writeLike(node: LikeNode, out: Out): void;
    writeMatch(node: MatchNode, out: Out): void;
    writeQuantified(node: QuantifiedNode, out: Out): void;
    writeCast(node: CastNode, out: Out): void;
    writeOrder(node: OrderNode, out: Out): void;
    writeExcluded(node: ExcludedNode, out: Out): void;
    writeArray(node: ArrayNode, out: Out): void;
    writeJsonObject(node: JsonObjectNode, out: Out): void;
    writeJsonArray(node: JsonArrayNode, out: Out): void;
    writeJsonQuery(node: JsonQueryNode, out: Out): void;
    writeJsonPath(node: JsonPathNode, out: Out): void;
    /** Functions of the catalogue that are not written `name(arguments)`. */
    readonly functions: Readonly<Record<string, (node: CallNode, out: Out) => void>>;
    /** What stands around a function of the catalogue and all that belongs to it, FILTER and OVER included. */
    readonly aroundCalls?: Readonly<Record<string, (node: CallNode) => readonly [before: string, after: string] | undefined>> | undefined;
    /** How windows fall short: LAG and LEAD without a default (it is written as a CASE), frames without bound numbers. */
    readonly windows?: {
        readonly defaults: boolean;
        readonly boundFrames: boolean;
    } | undefined;
    /** A query as it stands on a side of UNION and its kind, if the database does not take any. */
    readonly setOperand?: ((query: QueryNode) => QueryNode) | undefined;
    /** The query that a recursive CTE begins with, if the database takes the types of its columns from that alone. */
    readonly recursiveBase?: ((query: QueryNode) => QueryNode) | undefined;
    /** ROLLUP, if it is not written `rollup (…)`. `alone`: nothing else is grouped by. */
    writeRollup?(items: readonly ExpressionNode[], alone: boolean, out: Out): void;
    /** Whether a query with ROLLUP gives no more than groups and aggregates, each once, so that all else must stand around it. */
    readonly rollsUpApart?: boolean | undefined;
    writeLimit(node: Pick<SelectNode, "limit" | "offset"> & {
        readonly withTies?: boolean;
    }, out: Out): void;
    writeLocks(node: SelectNode, out: Out): void;
    /** `values (…), (…)`. */
    writeValues(rows: readonly (readonly ExpressionNode[])[], out: Out): void;
    writeValuesSource(node: ValuesSourceNode, out: Out): void;
    writeFunctionSource(node: FunctionSourceNode, out: Out): void;
    /** From INSERT to before RETURNING, ON CONFLICT included. */
    writeInsert(node: InsertNode, out: Out): void;
    writeUpdate(node: UpdateNode, out: Out): void;
    writeDelete(node: DeleteNode, out: Out): void;
    writeMerge(node: MergeNode, out: Out): void;
    /**
     * The texts that carry out a change of schema, in order. `open` gives an empty buffer that writes every value as a
     * literal and columns without their table.
     */
    define(node: SchemaNode, open: () => Out): readonly string[];
    /**
     * A declared table as the database tells of it once it has been created: what it cannot keep is gone, and of what it
     * cannot tell apart there is one form. `undefined` if it keeps everything.
     */
    readonly kept?: ((table: TableNode) => TableNode) | undefined;
    begin(options: TransactionOptions$1): readonly string[];
    /** Writes EXPLAIN before a statement's text. */
    explain(text: string, options: {
        readonly analyze: boolean;
    }): string;
    /** Lays out what EXPLAIN gave as text. Without it: a line a row, its columns beside each other. */
    readPlan?(rows: readonly (readonly unknown[])[]): string;
}

/** A value that is bound, or the name it will be given by, with what turns it into the driver's value. */
type Slot = ValueSlot | ParamSlot | GeneratedSlot;
interface ValueSlot {
    readonly kind: "value";
    readonly value: unknown;
    readonly encode: (value: unknown) => unknown;
    /** The node whose value it is; the same node is bound once where placeholders are numbered. */
    readonly node: ExpressionNode | undefined;
}
interface ParamSlot {
    readonly kind: "param";
    readonly name: string;
    readonly encode: (value: unknown) => unknown;
    /** Whether what is wrong with its value is told in words of its own. */
    readonly tells?: boolean | undefined;
}
/** A value that is made anew for each run. */
interface GeneratedSlot {
    readonly kind: "generated";
    readonly generate: () => unknown;
    readonly encode: (value: unknown) => unknown;
    readonly node: ExpressionNode | undefined;
}
/** The compiler's writers, lent to dialects. */
interface Writers {
    expression(node: ExpressionNode, out: TextBuffer): void;
    /** An expression as the operand of something that binds more tightly: in parentheses unless it is atomic. */
    operand(node: ExpressionNode, out: TextBuffer): void;
    query(node: QueryNode, out: TextBuffer): void;
    /** A source as it stands in FROM. */
    source(node: SourceNode, out: TextBuffer): void;
    joins(joins: readonly JoinNode[], out: TextBuffer): void;
    /** Orderings with a comma between. */
    order(items: readonly OrderNode[], out: TextBuffer): void;
    /** Conditions joined by AND. */
    conditions(conditions: readonly ExpressionNode[], out: TextBuffer): void;
    selection(node: SelectionNode, out: TextBuffer): void;
    /** What stands before the dot: `"users"`, `"audit"."log"`. */
    sourceName(source: SourceName, out: TextBuffer): void;
}
/** Collects the text of one statement and its parameters. */
declare class TextBuffer {
    #private;
    text: string;
    slots: Slot[];
    readonly dialect: Answers<TextBuffer>;
    readonly write: Writers;
    /** Whether values stand in the text as literals, so that a list of them cannot travel as one. */
    readonly inlines: boolean;
    /** The source whose columns need no qualifier: the only one of the statement being written. */
    bare: string | undefined;
    /** Whether every column goes without a qualifier, as in the DDL of a table. */
    allBare: boolean;
    /** Names that would be read as labels of the selection in the clause being written, and so need a qualifier. */
    captured: readonly string[] | undefined;
    /** The number of the slot whose placeholder stands for the value being bound, from 1. */
    slot: number;
    /** Whether a node that is written twice stands for one placeholder, so that the database sees equal expressions. */
    sharing: boolean;
    /** Named windows of the statement being written, for its WINDOW clause. */
    windows: readonly WindowNode[];
    windowsWritten: boolean;
    /** How many statements stand around the one being written. */
    nesting: number;
    /** Writing CTEs found inside, which only the outermost WITH may define. */
    hoisted: CteNode[];
    /** Sources of the statement being written that need a column saying that their row is there. */
    marked: readonly SourceName[];
    /** Whether what stands around the value being written tells the server its type. */
    typed: boolean;
    /** How deep the expression being written is nested. */
    depth: number;
    /** How much the parser of the database keeps in mind here: what has begun and has not ended. */
    pending: number;
    /** The common table expressions that can be referred to here. */
    ctes: readonly CteNode[];
    /** Whether nothing was written that changes data or takes locks. */
    reads: boolean;
    /** Whether the text is worth preparing; a dialect whose text depends on the values says no. */
    prepare: boolean;
    /** Features that were required so far. */
    readonly required: FeatureName[];
    constructor(dialect: Answers<TextBuffer>, writers: Writers);
    add(text: string): void;
    /**
     * A quoted name.
     *
     * @throws {NameError} if the database could not keep the name as it is
     */
    name(name: string): void;
    /** A column's name with its source before it: `"users"."id"`. */
    qualified(source: string, name: string): void;
    expression(node: ExpressionNode): void;
    /** An expression where a bound value needs no type of its own: it is assigned to a column, or compared with one. */
    assigned(node: ExpressionNode): void;
    operand(node: ExpressionNode): void;
    query(node: QueryNode): void;
    /** Each item, with a comma between. */
    list<T>(items: readonly T[], write: (item: T) => void): void;
    /** Expressions, with a comma between. */
    expressions(items: readonly ExpressionNode[]): void;
    /** Quoted names, with a comma between. */
    names(names: readonly string[]): void;
    /** A bound value of the given type. */
    bind(value: unknown, type: SqlType, node?: ValueNode): void;
    /** A bound value that is sent as the type is, but encoded in a way of its own. */
    bindAs(value: unknown, type: SqlType, encode: (value: unknown) => unknown, node?: ExpressionNode): void;
    /** A value whose encoding the dialect itself decides, e.g. a list that travels as JSON. */
    bindEncoded(value: unknown, encode: (value: unknown) => unknown, node?: ExpressionNode): void;
    /** The placeholder of the value that is being bound; for `writePlaceholder`. */
    placeholder(): void;
    param(node: ParamNode): void;
    /** A named parameter that is encoded in a way of its own. */
    paramAs(node: ParamNode, encode: (value: unknown) => unknown): void;
    /** A part of a parameter whose encoding the dialect itself decides. What it refuses, it refuses by the part's name. */
    paramEncoded(name: string, encode: (value: unknown) => unknown): void;
    /** A value that is made anew each time the statement runs. */
    generated(node: GeneratedNode): void;
    /** Starts to let a node that is written twice stand for one placeholder, if placeholders are numbered. */
    share(): void;
    /** @throws {CompileError} if the database lacks the feature */
    require(feature: FeatureName): void;
}

/** What a database answers; most answers have a default in `standard`. */
type Dialect = Answers<TextBuffer>;

/** Which objects to look at. */
interface InspectOptions {
    /** Of the default schema alone, unless given. */
    readonly schemas?: readonly string[] | undefined;
    /** Only these tables and views. */
    readonly only?: readonly string[] | undefined;
}
/** Everything that was found, sorted by kind and name. */
interface Reflected {
    readonly tables: readonly TableNode[];
    readonly others: readonly Exclude<SchemaObject, TableNode>[];
}

/** Lends connections. Pools are the driver's own. */
interface Driver {
    readonly dialect: Dialect;
    /** Whether statements run inside this process and answer at once: no default deadline is then worked out for reads. */
    readonly embedded?: boolean | undefined;
    /**
     * Gives a connection for as long as it is not released. `read` may be shared with others that only read.
     *
     * @throws {CannotConnect} if the database cannot be reached
     * @throws {StatementTimeout | Cancelled} if `until` aborts while waiting; the wait leaves nothing behind
     */
    acquire(access: "read" | "write", until?: Until): Connection | Promise<Connection>;
    /** Waits for what runs, then closes every connection. Leaves no open handle. */
    close(): Promise<void>;
    /** Reads what tables, views and types the database has. */
    readonly inspect: Inspector;
}
/** When to stop waiting. Both at once are allowed. */
interface Until {
    readonly signal?: AbortSignal | undefined;
    /** A moment of `performance.now()`. */
    readonly deadline?: number | undefined;
}
/** One connection, used by one statement at a time. */
interface Connection {
    /**
     * Runs one statement. When `until` aborts, the statement is stopped on the server before this rejects; if that cannot be
     * confirmed, the error says that the connection is invalidated.
     *
     * @throws {DatabaseError} what the server or the driver reported, classified
     */
    query(query: Query, until?: Until): Result | Promise<Result>;
    /** Runs several statements in one round trip, in order, where the driver can; none runs after one that failed. */
    pipeline?(queries: readonly Query[], until?: Until): Promise<readonly Result[]>;
    /**
     * Hands out rows in batches of about `batch`, holding no more than that. Ending the iteration early stops the statement
     * on the server; the next statement on this connection is not affected.
     */
    stream(query: Query, batch: number, until?: Until): AsyncIterable<readonly Row[]>;
    /** Runs text of several statements without parameters; `begin` and its kind, and DDL. */
    execute(text: string, until?: Until): Result | Promise<Result>;
    /** Whether it can still be used. A statement that lost it has thrown already. */
    readonly usable: boolean;
    /** Gives it back. `broken`: it is in an unknown state and is destroyed. Otherwise it is reset for the next user. */
    release(broken?: boolean): void;
    /** The driver's own connection, for what Core does not offer. */
    readonly native: unknown;
}
/** The values of a row, in the order of the columns, as the driver gives them. */
type Row = readonly unknown[];
interface Query {
    readonly text: string;
    /** Encoded by the dialect's codecs. */
    readonly parameters: readonly unknown[];
    /** Whether rows come back. */
    readonly rows: boolean;
    /** Whether integers must come as `bigint`, since a column of the result is wider than a `number`. */
    readonly bigints?: boolean;
    /** No more rows than this are looked at: the driver may stop reading there. */
    readonly maxRows?: number | undefined;
    /** Whether the statement is worth preparing on the server: it may run again with other values. */
    readonly prepare?: boolean;
}
interface Result {
    /** Core's from now on: it decodes values where they stand, and puts objects in the place of rows. */
    readonly rows: readonly Row[];
    /** Rows that the statement inserted, matched for update, or deleted. */
    readonly affected: number;
    /** The key that the database generated for the first row inserted, where the driver reports it without RETURNING. */
    readonly insertedKey?: number | bigint | undefined;
    /** What the server says it did, e.g. `ROLLBACK` in answer to a COMMIT it refused. */
    readonly tag?: string | undefined;
}
/** Reads the catalogue of a database over a connection, in few statements however many tables there are. */
type Inspector = (connection: Connection, options: InspectOptions) => Promise<Reflected>;

type Parameters = Readonly<Record<string, unknown>>;

/** One result column. */
interface ColumnPlan {
    readonly label: string;
    readonly type: SqlType;
    /** Whether null was ruled out for it. */
    readonly notNull: boolean;
    /** For messages: the column of the database that it shows, if it is one. */
    readonly of: string | undefined;
}
type FieldPlan = ValuePlan | ObjectPlan | RowPlan;
/** The value of one result column. */
interface ValuePlan {
    readonly kind: "value";
    readonly key: string;
    /** Its position in the row, from 0. */
    readonly at: number;
}
/** An object that is always there. */
interface ObjectPlan {
    readonly kind: "object";
    readonly key: string;
    readonly fields: readonly FieldPlan[];
}
/** A source selected whole: its columns stand beside each other from `at` on. */
interface RowPlan {
    readonly kind: "row";
    readonly key: string;
    readonly at: number;
    readonly fields: readonly ValuePlan[];
    /** The position of the result column that is null exactly if the row is absent; `undefined` if it never is. */
    readonly presence: number | undefined;
    /** Who builds the object, if not the decoder. */
    readonly entity: unknown;
}
/** What to make of the rows of a statement. */
interface Plan {
    readonly columns: readonly ColumnPlan[];
    readonly fields: readonly FieldPlan[];
}

/** Builds the object of a source out of a row whose columns, from `at` on, are decoded already. */
type BuildObject = (row: unknown[], at: number) => unknown;
/** Who builds the objects of an entity; asked once for each call of `decode`. */
type BuildRow = (entity: unknown) => BuildObject | undefined;
/** Given as `build`, rows stay arrays, their values decoded in place: for whoever builds something of them by position. */
declare const asArrays: BuildRow;

/** A statement as one database understands it. What only some uses need is worked out when first asked for. */
declare class Compiled {
    #private;
    readonly node: StatementNode;
    readonly dialect: Dialect;
    /** What is sent. */
    readonly text: string;
    /** What each placeholder stands for, in order. */
    readonly slots: readonly Slot[];
    /** Whether the statement changes nothing and takes no locks, so that it may run beside a writer. */
    readonly reads: boolean;
    /** Whether rows come back. */
    readonly rows: boolean;
    /** Whether the text is worth preparing. */
    readonly prepare: boolean;
    /** The features of the database that it uses. */
    readonly features: readonly FeatureName[];
    /** Whether it runs without being given anything. */
    readonly fixed: boolean;
    constructor(node: StatementNode, out: TextBuffer);
    /** What to make of a row, as data. */
    get plan(): Plan;
    /** The result columns, in order. */
    get columns(): readonly ColumnPlan[];
    /**
     * What a driver runs. The same each time unless the statement has parameters.
     *
     * @param maxRows how many rows are looked at, if not all; of no account for a statement that writes
     * @throws {ParameterError} if a parameter is missing or unknown, or a value is none of its type
     */
    query(given?: Parameters, maxRows?: number): Query;
    /**
     * Objects in the place of the driver's rows.
     *
     * @param build who builds the object of a source that was selected with an entity; `asArrays` if nobody builds any
     * @throws {DecodeError} if a value is not what its column declares
     */
    decode(rows: readonly Row[], build?: BuildRow): Record<string, unknown>[];
    /**
     * Decodes the values of the driver's rows where they stand, for whoever makes something of them by `plan`.
     *
     * @throws {DecodeError} if a value is not what its column declares
     */
    decodeInPlace(rows: readonly Row[]): void;
}

/** What `run` gives. */
interface RunResult {
    /** Rows that were inserted, matched by the update, or deleted. */
    readonly affected: number;
    /** The key the database generated for the first row inserted, where the statement gave none and the driver reports it. */
    readonly insertedKey?: number | bigint | undefined;
}

/**
 * What `athanor:query` tells of one statement: `start` before it is sent, `asyncEnd` once it has ended, `error` if it
 * failed. `duration` and what follows are there from `asyncEnd` or `error` on.
 */
interface QueryEvent {
    readonly sql: string;
    /** The name given to `database(…)`. */
    readonly database: string;
    /** `PostgreSQL`, `SQLite` … */
    readonly system: string;
    /** Only with `trace: { values: true }`. */
    readonly parameters?: readonly unknown[] | undefined;
    /** Milliseconds. */
    duration?: number;
    /** Rows that came back, where some could. */
    rows?: number;
    /** Rows that were written, where some could be. */
    affected?: number;
    error?: unknown;
}
/** What `athanor:transaction` tells of one transaction, nested ones included. */
interface TransactionEvent {
    readonly database: string;
    readonly system: string;
    /** 0 for a transaction, 1 and more for a savepoint inside one. */
    readonly depth: number;
    readonly isolation: string | undefined;
    readonly readOnly: boolean;
    /** Milliseconds. */
    duration?: number;
    outcome?: "committed" | "rolled back" | "unknown";
    error?: unknown;
}
/** Where statements are printed: `true` for the standard error, or whoever takes the lines. */
type Echo = boolean | ((line: string) => void) | EchoOptions;
interface EchoOptions {
    /** Whether bound values are printed. They may be secrets. */
    readonly values?: boolean | undefined;
    readonly write?: ((line: string) => void) | undefined;
}

/** How a call is run. */
interface RunOptions {
    /** Cancels the call: on the server if it has been sent, before if it has not. */
    readonly signal?: AbortSignal | undefined;
    /** Milliseconds until the call is given up, waiting for a connection included. `Infinity` for no end. */
    readonly timeout?: number | undefined;
    /** Who builds the object of a source that was selected with an entity; for what is built on Core. */
    readonly build?: BuildRow | undefined;
}
/** The parameters that statements with needs N take: `never` if none. */
type ParamsIn<N> = Extract<N, Param<any, any>>;
/** The options of a statement without parameters: alone, or where they would stand after parameters. */
type OptionsAlone<Options> = [options?: Options] | [none: undefined, options: Options];
/** What follows a statement in a call: its parameters, if it has any, and the options. */
type RunArguments<N, Options = RunOptions> = [ParamsIn<N>] extends [never] ? OptionsAlone<Options> : 0 extends 1 & N ? [paramsOrOptions?: any, options?: Options] : [params: ParamsOf<ParamsIn<N>>, options?: Options];
/** The same where a list of parameters runs the statement once for each. */
type ManyArguments<N, Options = RunOptions> = [ParamsIn<N>] extends [never] ? OptionsAlone<Options> : 0 extends 1 & N ? [paramsOrOptions?: any, options?: Options] : [params: ParamsOf<ParamsIn<N>> | readonly ParamsOf<ParamsIn<N>>[], options?: Options];
/** Whatever follows the statement in a call. */
type Following = [paramsOrOptions?: unknown, options?: unknown];
/** What follows, as the arguments that may. */
type Placed<Given extends Following, May extends readonly unknown[]> = {
    [I in keyof Given]: I extends "0" ? May[0] : May extends readonly [any, (infer Options)?] ? Options : never;
};
/** What to say of parameters that statements with needs N take, where nothing follows the statement in the call. */
type Forgotten<N, Given> = Given extends readonly [] ? 0 extends 1 & N ? never : N extends Param<infer Name, any> ? `parameter '${Name}' was not given` : never : never;

/** The statements of a batch. Where one cannot run, the sentence that says what is missing stands in its place. */
type Batch<S extends readonly unknown[], Provided> = S & NoInfer<{
    readonly [K in keyof S]: Item<S[K], Provided>;
}>;
type Item<S, Provided> = S extends Statement<any, any> ? Ready<ParamsBeside<Exclude<S[typeof NEEDS], Provided>>, unknown> : S extends readonly [infer One extends Statement<any, any>, unknown] ? readonly [
    Ready<Exclude<One[typeof NEEDS], Provided | Param<any, any>>, unknown>,
    ParamsOf<Extract<One[typeof NEEDS], Param<any, any>>>
] : "a batch consists of statements and of pairs [statement, params]";
type ParamsBeside<N> = N extends Param<any, any> ? Rule<"a statement with parameters is given as [statement, params]"> : N;
/** What a batch gives: rows for a statement that gives some, what it wrote for one that does not. */
type BatchResults<S extends readonly unknown[]> = {
    -readonly [K in keyof S]: ResultOf<S[K]>;
};
type ResultOf<S> = S extends Statement<any, any> ? RowsOrRun<S[typeof ROW]> : S extends readonly [infer One extends Statement<any, any>, unknown] ? RowsOrRun<One[typeof ROW]> : never;
type RowsOrRun<R> = [R] extends [never] ? RunResult : R[];

/**
 * The statement as a database understands it: its text, the values for its placeholders, its result columns.
 *
 * @throws {CompileError} if the database lacks something, or the statement breaks a rule that types cannot see
 * @example
 * compile(select({ id: users.id }).from(users), sqliteDialect).text; // select "id" from "users"
 */
declare function compile(statement: Statement<unknown, unknown>, dialect: Dialect): Compiled;
/**
 * The statement as text alone, with its values in it, for a script that is run elsewhere. To run it here, use `db.run`: values
 * that are bound cannot become SQL.
 *
 * @throws {CompileError} if it has parameters, or a value of which the database has no literal
 */
declare function scriptOf(statement: Statement<any, any>, dialect: Dialect): string;

interface DatabaseOptions {
    /** What tracing tools and `echo` call it; "main" by default. */
    readonly name?: string | undefined;
    /** Milliseconds a statement may take where its call does not say; 60,000 by default, `Infinity` for no end. */
    readonly timeout?: number | undefined;
    /** Milliseconds to wait for a connection; 30,000 by default. */
    readonly acquireTimeout?: number | undefined;
    /** Milliseconds that `close()` lets transactions and streams end by themselves; 5,000 by default. */
    readonly closeTimeout?: number | undefined;
    /** Prints every statement with its duration; values only with `{ values: true }`. */
    readonly echo?: Echo | undefined;
    /** What the channel `athanor:query` of node:diagnostics_channel tells: bound values only if asked for. */
    readonly trace?: {
        readonly values?: boolean | undefined;
    } | undefined;
}

interface NamingOptions {
    /** How constraints and indexes without a name are called; see `standardNames`. */
    readonly naming?: Partial<NamingConvention> | undefined;
}
/**
 * The objects of a schema, as the database will have them.
 *
 * @throws {CompileError} if two enumerations of one name have different values
 */
declare function declaredObjects(schema: Schema, dialect: Dialect, options?: NamingOptions): readonly SchemaObject[];

interface CreateOptions extends NamingOptions {
    /** Leaves alone whatever of that name exists, instead of failing. It is not compared with what is declared. */
    readonly ifNotExists?: boolean | undefined;
}
interface DropOptions extends NamingOptions {
    /** Passes over what does not exist, instead of failing. */
    readonly ifExists?: boolean | undefined;
}
/** The texts that create a schema, to be run elsewhere. */
declare function createScript(schema: Schema, dialect: Dialect, options?: CreateOptions): readonly string[];
/** The texts that drop a schema, to be run elsewhere. */
declare function dropScript(schema: Schema, dialect: Dialect, options?: DropOptions): readonly string[];
/** The changes that create objects. */
declare function creation(objects: readonly SchemaObject[], dialect: Dialect, ifNotExists: boolean): readonly SchemaNode[];
/** The changes that drop objects. */
declare function removal(objects: readonly SchemaObject[], dialect: Dialect, ifExists: boolean): readonly SchemaNode[];

interface ExplainOptions extends RunOptions {
    /** Runs the statement, to show what really happened. */
    readonly analyze?: boolean | undefined;
}

/** How a statement is streamed. `timeout` is for the whole stream; without one, each batch has the database's. */
interface StreamOptions extends RunOptions {
    /** About how many rows are read at a time; 250 by default. */
    readonly batch?: number | undefined;
}
/**
 * The rows of a statement, to be read once with `for await`. Leaving the loop early stops the statement and frees its
 * connection; so does `await using`.
 */
interface RowStream<R> extends AsyncDisposable {
    [Symbol.asyncIterator](): RowStream<R>;
    next(): Promise<IteratorResult<R, undefined>>;
    return(): Promise<IteratorResult<R, undefined>>;
    /** The same rows, in the batches they are read in. */
    batches(): AsyncIterable<R[]>;
}

/** A statement that is ready to run on one database or in one transaction, as a function of its parameters. */
interface Prepared<R, Needs> {
    /** Its text, as it is sent. */
    readonly sql: string;
    /** All rows; for a list of parameters, those of each run after the other. */
    all(...given: ManyArguments<Needs>): Promise<R[]>;
    /** The only row. */
    one(...given: RunArguments<Needs>): Promise<R>;
    /** The first row, or undefined. */
    first(...given: RunArguments<Needs>): Promise<R | undefined>;
    /** The only column of the only row. */
    scalar(...given: RunArguments<Needs>): Promise<R[keyof R]>;
    /** How many rows it wrote; for a list of parameters, by all runs together. */
    run(...given: ManyArguments<Needs>): Promise<RunResult>;
    /** The rows as they come. */
    stream(...given: RunArguments<Needs, StreamOptions>): RowStream<R>;
}

/** Names the features of the connected database. */
declare const PROVIDES: unique symbol;
/** A statement of one column: what `scalar` takes. */
type Scalar<R> = {
    [K in keyof R]: Exclude<keyof R, K>;
}[keyof R] extends never ? unknown : "scalar() needs a statement of exactly one column";
/**
 * A statement for which the database provides what it needs, and the call its parameters; else the sentence that says what is
 * missing. Given: what follows the statement in the call.
 */
type Runnable<R, N, Provided, Given = unknown> = [Forgotten<N, Given>] extends [never] ? 0 extends 1 & N ? Statement<R, N> : Ready<Exclude<N, Provided | Param<any, any>>, Statement<R, N>> : Forgotten<N, Given>;
/** What runs statements: a database, a transaction, a pinned connection. */
interface Queries<in Provided> {
    readonly [PROVIDES]?: (feature: Provided) => void;
    readonly dialect: Dialect;
    /**
     * Runs the statement and gives its rows. With a list of parameters it runs once for each, in one transaction if it
     * writes, and the rows stand after each other.
     */
    all<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, ManyArguments<N>>): Promise<R[]>;
    /**
     * Runs the statement and gives its only row.
     *
     * @throws {NoRowError} if there is none
     * @throws {MultipleRowsError} if there are two or more; they are not read further
     */
    one<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, RunArguments<N>>): Promise<R>;
    /** Runs the statement and gives its first row, or undefined if there is none. */
    first<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, RunArguments<N>>): Promise<R | undefined>;
    /**
     * Runs a statement of one column and gives the value in its only row.
     *
     * @throws {NoRowError} if there is no row
     * @throws {MultipleRowsError} if there are two or more
     */
    scalar<R, N, G extends Following>(statement: Runnable<R, N, Provided, G> & Scalar<R>, ...given: Placed<G, RunArguments<N>>): Promise<R[keyof R]>;
    /** Runs the statement and gives how many rows it wrote. With a list of parameters it runs once for each, in one transaction. */
    run<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, ManyArguments<N>>): Promise<RunResult>;
    /**
     * Runs the statement and hands out its rows as they come, without ever holding all of them.
     *
     * @example
     * for await (const { name } of db.stream(select({ name: users.name }).from(users))) console.log(name);
     */
    stream<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, RunArguments<N, StreamOptions>>): RowStream<R>;
    /** Looks the statement up once, and gives it as a function of its parameters. */
    prepare<R, N>(statement: Runnable<R, N, Provided>): Prepared<R, N>;
    /**
     * Runs several statements in one round trip where the driver can, and gives the result of each: its rows, or what it
     * wrote. All take effect or none does. A statement with parameters is given beside them: `[statement, params]`.
     */
    batch<const S extends readonly unknown[]>(statements: Batch<S, Provided>, options?: RunOptions): Promise<BatchResults<S>>;
    /** How the database would run the statement, as text. `analyze` runs it to find out; what it writes is rolled back. */
    explain<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, RunArguments<N, ExplainOptions>>): Promise<string>;
    /** Creates the tables, views, sequences and types of a schema, each after what it refers to. */
    create(schema: Schema, options?: CreateOptions): Promise<void>;
    /** Drops what `create` creates, in the opposite order. */
    drop(schema: Schema, options?: DropOptions): Promise<void>;
    /** Reads what tables, views, sequences and types the database has. */
    inspect(options?: InspectOptions): Promise<Reflected>;
    /** Runs trusted text, of one statement or several, without parameters. Never pass text that a user had a hand in. */
    execute(text: string, options?: RunOptions): Promise<void>;
}

/**
 * A transaction. Statements run one after the other in the order they are called, whether or not they are awaited.
 *
 * `commit` or `rollback` ends it, and after either it cannot be used. Where `transaction(callback)` made it, that happens by
 * itself. With `await using`, what has not been committed is rolled back.
 */
interface Transaction<in Provided> extends Queries<Provided>, AsyncDisposable {
    /** 0 for a transaction, 1 and more for a savepoint inside one. */
    readonly depth: number;
    /** Whether statements can be run: it has neither ended nor failed. */
    readonly isOpen: boolean;
    /** The driver's own connection. */
    readonly native: unknown;
    /** Runs the callback inside a savepoint: released if it succeeds, rolled back to if it throws. */
    transaction<T>(work: (tx: Transaction<Provided>) => T | Promise<T>): Promise<T>;
    /** Sets a savepoint; until it has been committed or rolled back, only its own handle can be used. */
    begin(): Promise<Transaction<Provided>>;
    /**
     * Makes what was done last; for a savepoint, a part of the transaction around it.
     *
     * @throws {TransactionAborted} if something has failed, or the database rolled back instead: `cause` is the first error
     * @throws {CommitOutcomeUnknown} if the connection was lost meanwhile
     */
    commit(): Promise<void>;
    /** Undoes what was done. Inside `transaction(callback)`, what the callback returns is then still its result. */
    rollback(): Promise<void>;
}

/**
 * How a transaction is begun and ended. `signal` and `timeout` are for all of it: when they come, what runs is stopped and
 * the transaction is rolled back.
 */
interface TransactionOptions extends TransactionOptions$1, RunOptions {
}
/** How often a transaction's callback is run again when it was in another one's way. */
interface RetryOptions {
    /** How often it is run at most, the first time included. */
    readonly attempts: number;
    /**
     * Milliseconds to wait before the second run, doubled for each further one and varied by half; 20 by default. A function is
     * told how many runs have failed, and what it gives is waited as it is.
     */
    readonly delay?: number | ((failed: number) => number) | undefined;
    /** Other errors after which it is run again: one of your own, or a {@link UniqueViolation} where looking again shows the row. */
    readonly also?: ((error: unknown) => boolean) | undefined;
}
interface CallbackOptions extends TransactionOptions {
    /**
     * Runs the whole callback again after a {@link SerializationFailure}, {@link Deadlock} or {@link LockTimeout}: a number
     * of further runs, or more exactly. Never when the commit may have happened.
     */
    readonly retry?: number | RetryOptions | undefined;
}
/** How often, how long between, and after which errors besides. */
interface RetryPlan {
    readonly attempts: number;
    readonly delay: number | ((failed: number) => number);
    readonly also: ((error: unknown) => boolean) | undefined;
}
/** @throws {ParameterError} if it says no number of runs */
declare function retryOf(retry: number | RetryOptions | undefined): RetryPlan;

/** A connection of one's own. Statements run one after the other in the order they are called. */
interface PinnedConnection<in Provided> extends Queries<Provided> {
    /** The driver's own connection: `pg.Client`, better-sqlite3's `Database`, mysql2's `Connection`. */
    readonly native: unknown;
    /** Runs the callback in a transaction on this connection. */
    transaction<T>(work: (tx: Transaction<Provided>) => T | Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** A database with the features `Provided`. */
interface Database<in Provided> extends Queries<Provided>, AsyncDisposable {
    /** What it was called in its options. */
    readonly name: string;
    readonly dialect: Dialect;
    /** What it runs on. */
    readonly driver: Driver;
    /**
     * Runs the callback in a transaction: committed if it succeeds, rolled back if it throws. Only the handle that it is given
     * is part of the transaction; a call on the database itself inside the callback is an `OuterHandleError`.
     *
     * @example
     * await db.transaction(async (tx) => {
     *   await tx.run(update(accounts).set({ balance: accounts.balance.sub(10) }).where(accounts.id.eq(1)));
     *   await tx.run(update(accounts).set({ balance: accounts.balance.add(10) }).where(accounts.id.eq(2)));
     * }, { isolation: "serializable", retry: 3 });
     */
    transaction<T>(work: (tx: Transaction<Provided>) => T | Promise<T>, options?: CallbackOptions): Promise<T>;
    /** Begins a transaction to be ended by `commit` or `rollback`; with `await using`, rolled back unless committed. */
    begin(options?: TransactionOptions): Promise<Transaction<Provided>>;
    /**
     * Lends the callback a connection of its own, for what belongs to a session: settings, temporary tables, locks. The
     * options are for all that is done with it.
     */
    connection<T>(work: (connection: PinnedConnection<Provided>) => T | Promise<T>, options?: RunOptions): Promise<T>;
    /** Lets transactions and streams end for a while, cuts off those that do not, and closes every connection. */
    close(): Promise<void>;
}
/**
 * A database over a driver of one's own; `sqlite()`, `postgres()`, `mysql()` and `mariadb()` bring theirs.
 *
 * @example
 * import type { Driver } from "athanor/dialect";
 * function open(driver: Driver) {
 *   return database<Feature<"INSERT RETURNING">>(driver, { timeout: 10_000, echo: true });
 * }
 */
declare function database<Provided = never>(driver: Driver, options?: DatabaseOptions): Database<Provided>;

/**
 * Runs `work`, which may call the database although it runs inside a transaction's callback. What it does there is not
 * part of the transaction. On SQLite, where there is one writer, a write there would wait for the transaction that it
 * stands in; on a pool of one connection anything would.
 *
 * @example
 * ```ts no-run
 * await db.transaction(async (tx) => {
 *   await outside(() => db.run(insertInto(attempts).values({ at: new Date() }))); // stays, whatever happens to tx
 * });
 * ```
 */
declare function outside<T>(work: () => T): T;

/** A page that begins where another ended. */
interface CursorPage<E> {
    readonly items: E[];
    /** Where the page behind this one begins, for `after`. Null if there is none. */
    readonly next: string | null;
    /** Where the page ahead of this one ends, for `before`. Null if there is none. */
    readonly previous: string | null;
}
/** What pages are read from: a database, a transaction, a session. */
interface PageSource<in Provided> {
    readonly [PROVIDES]?: (feature: Provided) => void;
    readonly dialect: Dialect;
    readonly cursorSecret?: string | Uint8Array | undefined;
    all(statement: never): Promise<unknown[]>;
}
/** Which page. */
interface PagePosition {
    /** Begins behind this cursor; null for the first page. */
    readonly after?: string | null;
    /** Ends ahead of this cursor; null for the last page. */
    readonly before?: string | null;
    readonly size: number;
    /** Columns that are together unlike in any two rows; the primary keys of all sources unless given. */
    readonly key?: readonly ExprOf<any, any>[];
    /** Signs the cursors, so that nobody else can make one. */
    readonly secret?: string | Uint8Array | undefined;
}
/**
 * A page of a query by cursor, in the query's own order; ties are broken by the primary keys of its sources. Nulls stand where the
 * order says, else as if greater than any value.
 *
 * @throws {CursorError} if the cursor was altered, or is one of another query
 * @throws {ParameterError} if the query has a limit, groups or is distinct, or has a source without a key and none is given
 * @example
 * const query = select({ title: posts.title, author: users.name }).from(posts).join(users, users.id.eq(posts.authorId)).orderBy(users.name.asc());
 * const first = await keysetPage(db, query, { after: null, size: 2 });
 * const second = await keysetPage(db, query, { after: first.next, size: 2 });
 */
declare function keysetPage<Provided, R, N>(db: PageSource<Provided>, query: Ready<Exclude<N, Provided>, Statement<R, N>> & {
    where(...conditions: never): unknown;
}, at: PagePosition): Promise<CursorPage<R>>;
/** The rows of a page, of which one more than its size was read, in the query's order and with the cursors at its ends. */
declare function trimmed<T>(rows: T[], { size, reversed, isFirst }: {
    readonly size: number;
    readonly reversed: boolean;
    readonly isFirst: boolean;
}, cursorAt: (row: T) => Promise<string>): Promise<CursorPage<T>>;
/** @throws {ParameterError} if it is no whole number from 1 on */
declare function checkCount(value: unknown, name: string): void;

/** Runs `work` until it succeeds, fails for another reason, or has been run often enough. */
declare function withRetry<T>({ attempts, delay, also }: RetryPlan, until: Until | undefined, work: () => Promise<T>): Promise<T>;

/**
 * Whether trying again can help: `statement` alone, the whole `transaction`, or after `connect`ing anew; `ambiguous` if
 * it may have happened already; `no` if the same would happen again.
 */
type Retryable = "no" | "statement" | "transaction" | "connect" | "ambiguous";
/** What an error left of the transaction it happened in: still `open`, to be rolled back (`failed`), or already `gone`. */
type TransactionState = "open" | "failed" | "gone";
/** What the driver and the dialect know of an error. */
interface DatabaseErrorFacts {
    /** The server's own message. */
    readonly message: string;
    readonly cause?: unknown;
    readonly hint?: string | undefined;
    readonly sql?: string | undefined;
    /** Bound values; kept out of messages and of JSON. */
    readonly parameters?: readonly unknown[] | undefined;
    readonly constraint?: string | undefined;
    readonly table?: string | undefined;
    readonly columns?: readonly string[] | undefined;
    readonly transaction?: TransactionState | undefined;
    readonly connectionInvalidated?: boolean | undefined;
}
/** What a database reported, the same class for the same cause on every database. */
declare class DatabaseError extends AthanorError {
    /** The statement that failed. */
    readonly sql: string | undefined;
    readonly constraint: string | undefined;
    readonly table: string | undefined;
    readonly columns: readonly string[] | undefined;
    readonly retryable: Retryable;
    /** What is left of the transaction the statement ran in. */
    readonly transaction: TransactionState;
    /** Whether the connection can no longer be used; it has then been destroyed. */
    readonly connectionInvalidated: boolean;
    /** Bound values. Not enumerable, so that logs do not show them. */
    readonly parameters: readonly unknown[] | undefined;
    constructor(facts: DatabaseErrorFacts, code?: ErrorCode, retryable?: Retryable);
}
/** The server could not parse the statement. */
declare class SyntaxErrorInSql extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A table, column, function or other object does not exist. */
declare class UndefinedObject extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A write was tried where only reading is allowed. */
declare class ReadOnly extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** The server ran out of disk, memory or connections. */
declare class ResourceExhausted extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}

/** The database cannot be reached, or refuses the connection. */
declare class CannotConnect extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** The connection was lost. Whether the statement took effect is not known if it wrote. */
declare class Disconnected extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A statement was cancelled: by its `AbortSignal`, or by someone else on the server. */
declare class Cancelled extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A statement, or the wait for a connection, took longer than its timeout. */
declare class StatementTimeout extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** The transaction has failed: it can only be rolled back. */
declare class TransactionAborted extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** The connection was lost while COMMIT was under way: it may have happened or not. Never retried for the user. */
declare class CommitOutcomeUnknown extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}

/** Concurrent transactions could not be put in an order. */
declare class SerializationFailure extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** The transaction waited for another one that waited for it. */
declare class Deadlock extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A lock was not had in time; SQLite's "database is locked" is this too. */
declare class LockTimeout extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}

/** What is wrong with data, and where in it. */
interface InputIssue {
    readonly message: string;
    readonly path: readonly (string | number)[];
}
/** Data from outside is not what its schema allows. `issues` has every problem, each with its path. */
declare class InvalidInputError extends AthanorError {
    readonly issues: readonly InputIssue[];
    constructor(what: string, issues: readonly InputIssue[]);
}

/** A row with the same key, or the same unique value, exists. */
declare class UniqueViolation extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A row refers to one that does not exist, or is still referred to. */
declare class ForeignKeyViolation extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A column that must have a value was given none. */
declare class NotNullViolation extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A value fails a CHECK constraint. */
declare class CheckViolation extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}
/** A row overlaps another one that an exclusion constraint keeps apart. */
declare class ExclusionViolation extends DatabaseError {
    constructor(facts: DatabaseErrorFacts);
}

/** What a cursor is bound to. */
interface CursorSeal {
    /** The query's text: a cursor of another query is refused. */
    readonly shape: string;
    /** What only the server knows, if it was given. */
    readonly secret: string | Uint8Array | undefined;
}
/** The values that a row has for the types of an ordering, as a cursor. */
declare function encodeCursor(values: readonly unknown[], types: readonly SqlType[], seal: CursorSeal): Promise<string>;
/** @throws {CursorError} if the text is no cursor of this query */
declare function decodeCursor(cursor: unknown, types: readonly SqlType[], seal: CursorSeal): Promise<readonly unknown[]>;

type Condition = Expr<boolean | null, any, any>;
/** A total order of a query's rows. */
declare class Keyset {
    #private;
    /**
     * @param orderBy what the query is ordered by
     * @param unique columns that are together unlike in any two rows
     * @param isNotNull whether a column is known to be never null
     */
    constructor(orderBy: readonly unknown[], unique: readonly ExpressionNode[], isNotNull: (node: ExpressionNode) => boolean);
    get types(): readonly SqlType[];
    /** What the query is to be ordered by; `reversed` is the opposite order. */
    order(reversed: boolean): readonly Order<any>[];
    /** What is to be selected for a row to be found again. */
    selected(): readonly Expr<any, any, any>[];
    /** The rows that come after the one with these values; `reversed`, those before it. */
    beyond(values: readonly unknown[], reversed: boolean): Condition;
}

/** A source with one more need. */
type Part<S, Name extends string, C, N> = TableMeta<Name, C, N> & {
    readonly [K in keyof C]: K extends keyof S ? S[K] : never;
};
interface SampleOptions {
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
declare function tableSample<S extends TableMeta<Name, C, N>, Name extends string, C, N>(table: S & TableMeta<Name, C, N>, percent: number, { method, seed }?: SampleOptions): Part<S, Name, C, N | Feature<"TABLESAMPLE">>;
/**
 * A table without those that inherit from it: ONLY. Its columns are those of the table.
 *
 * @example
 * select({ n: fn.count() }).from(only(users));
 * // select count(*) as "n" from only "users"
 */
declare function only<S extends TableMeta<Name, C, N>, Name extends string, C, N>(table: S & TableMeta<Name, C, N>): Part<S, Name, C, N | Feature<"ONLY">>;

type Replace = (column: ColumnNode) => ExpressionNode | undefined;
type Enters = (select: SelectNode) => boolean;
/**
 * The tree with every column for which `replace` gives something replaced by that. Parts without such columns are shared.
 * `enters` says whether a query inside is gone into; each is unless it is given.
 */
declare function replaceColumns<T>(tree: T, replace: Replace, enters?: Enters): T;
/** The tree with the filters of these names lifted from all of its sources. */
declare function liftFilters<T>(tree: T, names: readonly string[]): T;

/** What the sources of a query are called, those among them that hold further parts of another's rows. */
declare function sourcesOf({ from, joins }: Pick<SelectNode, "from" | "joins">): readonly SourceName[];

/**
 * Checks a value against a type: throws a {@link ParameterError} that says what was expected, else gives what the value is
 * sent as. Null is for the column to judge.
 */
declare function acceptValue(type: SqlType): (value: unknown) => unknown;
/**
 * The value that stands in JSON for one of a type: a point in time as ISO 8601, a bigint as its digits or a whole number,
 * bytes as base64. What JSON has itself, and what is none of these, is given back as it is.
 */
declare function fromJson(type: SqlType): (value: unknown) => unknown;

/**
 * The texts to run, in order.
 *
 * @throws {CompileError} if the database cannot carry out the change
 */
declare function define(node: SchemaNode, dialect: Dialect): readonly string[];

interface CreationOrder {
    /** Types, then sequences, tables and views, each kind in an order that works. */
    readonly types: readonly TypeNode[];
    readonly sequences: readonly SequenceNode[];
    readonly tables: readonly TableNode[];
    readonly views: readonly ViewNode[];
    /** Foreign keys that close a circle: they point at a table that comes later. */
    readonly circular: readonly CircularKey[];
}
interface CircularKey {
    readonly table: TableNode;
    readonly foreignKey: ForeignKeyNode;
}
/** Where nothing else decides, objects stay in the order given. */
declare function creationOrder(objects: readonly SchemaObject[]): CreationOrder;

declare function canGenerate(): boolean;

export { AthanorError, Cancelled, CannotConnect, CheckViolation, ClosedError, CommitOutcomeUnknown, CompileError, Compiled, ConcurrentUseError, CursorError, DatabaseError, Deadlock, DeclaredTable, DecodeError, DialectLimit, Disconnected, ExclusionViolation, Expression, FEATURES, ForeignKeyViolation, InvalidInputError, KEY, Keyset, LockTimeout, META, MultipleRowsError, NEEDS, NODE, NULLS, NameError, NoRowError, NotNullViolation, OuterHandleError, PART, PROVIDES, ParameterError, ROW, ReadOnly, ResourceExhausted, SerializationFailure, SqlFragment, StatementTimeout, SyntaxErrorInSql, TableMeta, TransactionAborted, UndefinedObject, UniqueViolation, VALUE, acceptValue, alias, all, and, any, array, asArrays, bigint, boolean, bytes, canGenerate, caseOf, caseWhen, char, check, checkCount, coalesce, column, column$1 as columnOf, compile, createScript, creation, creationOrder, cte, cube, customType, database, date, decimal, declaredObjects, declaredTable, decodeCursor, define, deleteFrom, domain, double, dropScript, encodeCursor, entriesOf, enumeration, enumerationType, exclude, excluded, exists, expression, factsOf, functions_d as fn, foreignKey, fromJson, groupingSets, index, inputSchema, insertInto, insertSchema, integer, interval, isRecord, isSource, json, jsonArray, jsonObject, keysetPage, liftFilters, listedValues, literal, materializedView, mergeInto, named, namedView, nodeOf, not, objectsOf, only, or, orderedBy, outside, param, partitionBy, put, readInput, real, recursive, recursiveAll, removal, replaceColumns, replaceInto, retryOf, rollup, row, scriptOf, select, sequence, shortened, smallint, sourceOf, sourcesOf, sql, standardNames, table, tableSample, text, textType, time, timestamp, timestamptz, trimmed, unique, uniqueIndex, update, updateSchema, uuid, uuidv7, values, varchar, view, withJoined, withRetry };
export type { Aggregate, Aggregated, AnyExpr, AnyTable, Batch, BatchResults, CallbackOptions, Case, CaseOf, CheckNode, Col, ColOf, Cols, ColumnFacts, ColumnNode, Compound, Cond, Constraint, CreateOptions, CteOptions, CursorPage, CursorSeal, Database, DatabaseErrorFacts, DatabaseOptions, DeclaredType, Delete, Derived, Dialect, DomainDefinition, DomainOptions, DropOptions, Echo, EchoOptions, ErrorCode, ErrorDetails, ExclusionNode, ExplainOptions, Expr, ExprOf, ExpressionNode, Feature, Following, ForeignKeyNode, Given, Grouping, IdentityNode, IndexItem, IndexNode, InitOf, InputIssue, InputSchema, Insert, InsertOf, InspectOptions, JoinedTable, JsonRow, JsonRows, KeyCol, KeyExpr, KeyPart, Lacks, LazyColumn, ListedColumn, LockOptions, ManyArguments, Merge, NameLimit, NamingConvention, NamingOptions, Needing, NeedsIn, NeedsOf, Numeric, Of, OnConflict, OnInsert, Order, OrderNode, Outside, PagePosition, PageSource, Param, PinnedConnection, Placed, Prepared, PrimaryKeyNode, Queries, QueryEvent, RawStatement, Ready, ReferenceOptions, Reflected, Report, RetryOptions, Retryable, Row$1 as Row, RowOf, RowSchemaOptions, RowStream, RowValue, Rule, RunArguments, RunOptions, RunResult, Runnable, SampleOptions, Schema, SchemaNode, SchemaObject, Select, SelectOf, Selection, Sent, SentRow, Sequence, SequenceNode, SequenceOptions, SetOf, SimpleCase, SourceColumn, SourceFacts, SourceName, SourceNode, SqlText, SqlType, Statement, StatementNode, StreamOptions, Table, TableColumnNode, TableNode, TableOptions, Transaction, TransactionEvent, TransactionOptions, TransactionState, TypeNode, UniqueExpr, UniqueNode, Update, UpdateOf, ViewNode, ViewOptions, Window, WindowBy, WindowFunction, Windowed };
