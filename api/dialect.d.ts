// athanor/dialect, made by `npm run api`

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
/** A database, transaction or stream was used after it had been closed. */
declare class ClosedError extends AthanorError {
    constructor(what: string);
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
declare const integerType: IntegerType;
declare const bigintType: BigintType;
/** What `count` gives: a 64-bit number that must be safe. */
declare const countType: IntegerType;
declare const doubleType: FloatType;
declare const decimalType: DecimalType;
declare const booleanType: BooleanType;
declare const textType: StringType;
declare const jsonType: JsonType;
declare const timestampType: TimestampType;
declare const dateType: DateType;
declare const timeType: TimeType;

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

/** A case the types rule out was met: a bug of Athanor's own, never the user's. */
declare function unreachable(value: never): never;

/** Whatever can stand below another node. */
type AnyNode = ExpressionNode | OrderNode | WindowNode | SourceNode | QueryNode | SelectionNode | RowOfSourceNode | Exclude<GroupNode, ExpressionNode> | Extract<RawHole, {
    kind: "identifier" | "trusted";
}>;
/** Calls `visit` for a node and everything below it, parents first. Below a node for which it gives `false` it does not go. */
declare function walk(root: AnyNode, visit: (node: AnyNode) => unknown): void;
/** The nodes right below one, in the order of their text. */
declare function childrenOf(node: AnyNode): readonly AnyNode[];

declare function acceptBoolean(value: unknown): boolean;
/** A driver's boolean; databases without the type keep 0 and 1. */
declare function readBoolean(value: unknown): boolean;

declare function acceptBytes({ length }: BytesType): (value: unknown) => Uint8Array;
/** A driver's bytes as a plain `Uint8Array` whose memory is its own: a Buffer may be a window onto a pool. */
declare function readBytes(value: unknown): Uint8Array;
declare function bytesToHex(bytes: Uint8Array): string;
/** Reads pairs of hexadecimal digits, after PostgreSQL's `\x` if it is there. */
declare function bytesFromHex(value: unknown): Uint8Array;
/** Reads base64, with or without the line breaks that MySQL and PostgreSQL put in. */
declare function bytesFromBase64(value: unknown): Uint8Array;

/** Turns the user's value into the base type's, then as the base type does. */
declare function acceptCustom(type: CustomType, base: (value: unknown) => unknown): (value: unknown) => unknown;
/** Reads as the base type does, then turns its value into the user's. */
declare function readCustom(type: CustomType, base: (value: unknown) => unknown): (value: unknown) => unknown;

/** Gives back the digits of the value as the type writes them: without a plus, without leading zeros, with all of its scale. */
declare function acceptDecimal(type: DecimalType): (value: unknown) => string;
/** A decimal that a driver gave as text or as a number, written as the type writes it. */
declare function readDecimal(type: DecimalType): (value: unknown) => string | number;
/** The digits of a decimal on either side of its point: no leading zeros before it, whatever was written after it. */
interface DecimalParts {
    readonly negative: boolean;
    readonly whole: string;
    readonly fraction: string;
}
/** Takes a plain decimal apart; `undefined` if the text is none. Zero is never negative. */
declare function splitDecimal(text: string): DecimalParts | undefined;
declare function joinDecimal({ negative, whole, fraction }: DecimalParts): string;
/** The shortest decimal that is the same `number`, without an exponent. */
declare function plainDigits(value: number): string;

declare function acceptEnumeration({ values }: EnumerationType): (value: unknown) => string;
/** Refuses what is not in the list: the row's type is the union of its members. */
declare function readEnumeration({ values }: EnumerationType): (value: unknown) => string;

/** What a database keeps beside finite numbers. */
interface FloatsKept {
    readonly nan: boolean;
    readonly infinity: boolean;
}
/** Gives back numbers that the database keeps. Four bytes round what they are given, as every database does. */
declare function acceptFloat(type: FloatType, kept: FloatsKept): (value: unknown) => number;
/** A driver's number, whichever way it came. */
declare function readFloat(value: unknown): number;

/** Refuses a value on its way to the database. */
declare function refuse(expected: string, value: unknown, hint?: string): never;
/** Refuses a value of the right JavaScript type that breaks a rule, said by `found`. */
declare function refuseAs(expected: string, found: string, hint?: string): never;
/** Refuses a value that came from the database. */
declare function malformed(expected: string, value: unknown, hint?: string): never;
/** What a value is, in words. */
declare function kindOf(value: unknown): string;

/** Gives back whole numbers in the type's range; -0 becomes 0. */
declare function acceptInteger(type: IntegerType): (value: unknown) => number;
/** Gives back the value as a `bigint` in the type's range. A column read as `number` takes safe numbers only. */
declare function acceptBigint(type: BigintType): (value: unknown) => bigint;
/** A driver's whole number, whichever way it came, as a safe `number`. */
declare function readInteger(value: unknown): number;
/** A driver's whole number, whichever way it came, as a `bigint`. A `number` that is not safe has lost digits already. */
declare function readBigint(value: unknown): bigint;

/** Gives an ISO 8601 duration in its one canonical form: `P14M` as `P1Y2M`, `P2W` as `P14D`, `PT90S` as `PT1M30S`. */
declare function acceptInterval(value: unknown): string;
declare function readInterval(value: unknown): string;

/** Gives the value as JSON text. */
declare function acceptJson(value: unknown): string;
/** Reads JSON text; parsed once, whatever it holds. */
declare function readJson(value: unknown): unknown;

/** Gives back text that every encoding keeps, no longer than the type allows. Length is counted in characters (code points). */
declare function acceptString(type: StringType): (value: unknown) => string;
/** Gives back a uuid in lower case, as databases write it. */
declare function acceptUuid(value: unknown): string;
declare function readString(value: unknown): string;
declare function readUuid(value: unknown): string;

/** Gives a point in time as text in UTC. Years from 1 to 9999, which every database keeps. */
declare function acceptTimestamp(type: TimestampType): (value: unknown) => string;
/** Gives back a day that the calendar has. */
declare function acceptDate(value: unknown): string;
/** Gives a time of day as `HH:MM:SS[.ffffff]`. */
declare function acceptTime(type: TimeType): (value: unknown) => string;
/** Reads a point in time from a driver's text or `Date`: a `Date`, or ISO 8601 with all six digits of its microseconds. */
declare function readTimestamp(type: TimestampType): (value: unknown) => Date | string;
/** Reads a day; a time of day behind it must be midnight. */
declare function readDate(value: unknown): string;
declare function readTime(value: unknown): string;

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
declare function featureSet<const F extends readonly FeatureName[]>(...names: F): ReadonlySet<FeatureName>;

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
interface JsonCodec$1<Out> {
    /** Writes the expression so that JSON keeps it exact, e.g. as text. */
    readonly write: (write: () => void, out: Out) => void;
    /** Turns the parsed, non-null JSON value into one of the type. */
    readonly decode: (value: unknown) => unknown;
}
type IsolationLevel = "read uncommitted" | "read committed" | "repeatable read" | "serializable";
/** How a transaction is begun. */
interface TransactionOptions {
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
    jsonCodec(type: SqlType): JsonCodec$1<Out>;
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
    begin(options: TransactionOptions): readonly string[];
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

/** The parts of a table that databases write differently. */
interface TableParts {
    /** A column from its name to before the comma. `table` is undefined where the column is added to one that exists. */
    readonly column: (column: TableColumnNode, table: TableNode | undefined, out: TextBuffer) => void;
    /** What stands before the word TABLE, with a space behind it. */
    readonly kind: (table: TableNode) => string;
    /** Whether the definition of the key's column says itself that it is the key. */
    readonly keyInColumn: (table: TableNode) => boolean;
    readonly foreignKey: (key: ForeignKeyNode, out: TextBuffer) => void;
    readonly unique: (unique: UniqueNode, out: TextBuffer) => void;
    readonly check: (check: CheckNode, out: TextBuffer) => void;
    readonly exclusion: (exclusion: ExclusionNode, out: TextBuffer) => void;
    readonly primaryKey: (key: PrimaryKeyNode, out: TextBuffer) => void;
    /** What stands behind the opening parenthesis. */
    readonly opening: (table: TableNode, out: TextBuffer) => void;
    /** What stands behind the closing parenthesis. */
    readonly options: (table: TableNode, out: TextBuffer) => void;
}
declare const standardParts: TableParts;
/** A whole CREATE TABLE, its indexes not included. */
declare function writeCreateTable(table: TableNode, choice: {
    readonly ifNotExists: boolean;
    readonly without?: readonly ForeignKeyNode[];
}, parts: TableParts, out: TextBuffer): void;
declare function writeTableName(table: {
    readonly schema?: string | undefined;
    readonly table: string;
}, out: TextBuffer): void;
/** Names in parentheses. */
declare function writeNames(names: readonly string[], out: TextBuffer): void;
declare function writeConstraintName(name: string | undefined, out: TextBuffer): void;
declare function writeNameAndType(column: TableColumnNode, out: TextBuffer): void;
declare function writeCollation(column: TableColumnNode, out: TextBuffer): void;
declare function writeComputed(column: TableColumnNode, out: TextBuffer): void;
declare function writeIdentity(column: TableColumnNode, out: TextBuffer): void;
declare function writeDefault(column: TableColumnNode, out: TextBuffer): void;
/** A literal as it is; any other expression in parentheses, without which few databases take one. */
declare function writeDefaultValue(value: ExpressionNode | SqlText, out: TextBuffer): void;
/** An expression over the columns of one table, or text that a database reported. */
declare function writeSql(sql: ExpressionNode | SqlText, out: TextBuffer): void;
declare function writeActions(key: ForeignKeyNode, out: TextBuffer): void;
declare function writeDeferrable(deferrable: "immediate" | "deferred" | undefined, out: TextBuffer): void;
/** A column or expression of an index, with its direction. */
declare function writeIndexItem(item: IndexItem, out: TextBuffer): void;
/** @throws {CompileError} saying that the database has no such thing */
declare function lacks(out: TextBuffer, what: string): never;

/** What a database answers; most answers have a default in `standard`. */
type Dialect$1 = Answers<TextBuffer>;
/** How values of one type travel inside JSON that a statement builds. */
type JsonCodec = JsonCodec$1<TextBuffer>;

type Open = () => TextBuffer;
/** One writer for each kind of change. Each gives the texts to run, in order. */
type Definitions = {
    readonly [K in SchemaNode["kind"]]: (node: Extract<SchemaNode, {
        kind: K;
    }>, open: Open) => readonly string[];
};
/** A dialect's `define`, made of its writers. */
declare function defineWith(definitions: Definitions): Dialect$1["define"];
/** The text that `write` writes, as the only statement. */
declare function oneText(open: Open, write: (out: TextBuffer) => void): readonly string[];
/** The writers of standard SQL, with the parts of a table written the database's way. */
declare function standardDefinitions(parts?: TableParts): Definitions;
/** ALTER TABLE with one change. */
declare function alterTable(table: {
    readonly schema?: string | undefined;
    readonly table: string;
}, open: Open, write: (out: TextBuffer) => void): readonly string[];
/** ALTER TABLE that adds a constraint. */
declare function addConstraint(table: {
    readonly schema?: string | undefined;
    readonly table: string;
}, open: Open, write: (out: TextBuffer) => void): readonly string[];
/** What an index is over, from the opening parenthesis on. */
declare function writeIndexBody(index: IndexNode, out: TextBuffer): void;
/** From the names of a view's columns on. They are given, since the labels of its query are the compiler's own. */
declare function writeViewBody(view: Extract<SchemaNode, {
    kind: "createView";
}>["view"], out: TextBuffer): void;
/** @throws {CompileError} if it has no name by now, see core/schema/naming.ts */
declare function nameOf(named: {
    readonly name: string | undefined;
}, what: string): string;

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
    readonly dialect: Dialect$1;
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
/** Milliseconds that a connection is waited for, where the options of a database do not say. */
declare const defaultAcquireTimeout = 30000;
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

/**
 * Encodes the values of a list.
 *
 * @throws {ParameterError} that names their column, if one is none of its type
 */
declare function encodeList<T>(values: readonly unknown[], of: ColumnNode, encode: (value: unknown) => T): T[];

/** @throws {CompileError} if the value has no literal in standard SQL */
declare function standardLiteral(value: unknown): string;
/** Text between single quotes, which are doubled within. Nothing else is special in standard SQL. */
declare function stringLiteral(text: string): string;
declare function hex(bytes: Uint8Array): string;

declare class LiteralBuffer extends TextBuffer {
    #private;
    readonly inlines = true;
    bindAs(value: unknown, type: SqlType, encode: (value: unknown) => unknown): void;
    bindEncoded(value: unknown, encode: (value: unknown) => unknown): void;
    generated(_node: GeneratedNode): void;
    placeholder(): void;
    paramAs(node: ParamNode): void;
    paramEncoded(name: string): void;
}

/** Whose names they are. Which buffer its answers are written into does not matter here. */
type Dialect = Pick<Answers<never>, "name" | "maxName" | "quote" | "placeholder">;
/** @throws {NameError} if the database could not keep the name as it is */
declare function checkName(name: string, dialect: Dialect): void;

/** Writes a call of the catalogue as a database spells it. */
type CallWriter = (node: CallNode, out: TextBuffer) => void;
/** Text, and arguments by their number: `pattern("(", 0, " ~ ", 1, ")")`. */
declare function pattern(...parts: readonly (string | number)[]): CallWriter;
/** @throws {CompileError} if there is none, as in a call that the catalogue did not make */
declare function argumentOf(node: CallNode, index: number): ExpressionNode;
/** The unit of time that an argument names, of letters alone. */
declare function unitOf(node: CallNode, index: number): string;
/** An expression with text around it. */
declare function writeAround(before: string, of: ExpressionNode, after: string, out: TextBuffer): void;
/** The order of an aggregate's rows, where it has one. */
declare function writeOrderInside({ orderBy }: CallNode, out: TextBuffer): void;

/** How each operator stands between its operands. */
declare const operatorText: Readonly<Record<BinaryOperator, string>>;
/** Whether the node can stand beside any operator without parentheses. */
declare function isAtomic(node: ExpressionNode): boolean;
/** Whether the operand of a binary operator must stand in parentheses. */
declare function needsParentheses(operand: ExpressionNode, operator: BinaryOperator, side: "left" | "right"): boolean;

/** What a dialect must answer itself. */
type OwnAnswers = "name" | "features" | "codec" | "jsonCodec" | "typeName" | "castName" | "define";
/** The answers that databases share. */
declare const standard: Omit<Dialect$1, OwnAnswers>;
declare function writeConstant(value: number | string | boolean | null, _type: SqlType, out: TextBuffer): void;
/** `left operator right`, each in parentheses where databases could disagree. */
declare function writeBinary(node: BinaryNode, out: TextBuffer): void;
/** One side of a binary operator, in parentheses where it needs them. */
declare function writeSide(node: BinaryNode, side: "left" | "right", out: TextBuffer): void;
/**
 * `operand in (?, ?, …)`, for databases to which a list cannot be sent as one value. The number of placeholders is a
 * power of two, the last value repeated, so that few texts come about.
 */
declare function writeInPlaceholders(node: InListNode, out: TextBuffer): void;
/** The same for databases where OFFSET needs a LIMIT before it: `unlimited` is what stands for none. */
declare function writeLimitOr(unlimited: string): Dialect$1["writeLimit"];

/** The function, asked once for each object. */
declare function remembered<K extends WeakKey, V extends object>(make: (of: K) => V): (of: K) => V;

/** Why a wait ended before its time. */
type Stop = "cancelled" | "timeout";
/** Whether `until` has come already. */
declare function stopped(until: Until | undefined): Stop | undefined;
/** Calls `stop` once when `until` comes, unless the function that it gives is called before. */
declare function watch(until: Until | undefined, stop: (why: Stop) => void): () => void;
/** The error of a wait that ended before its time. */
declare function stopError(why: Stop, signal: AbortSignal | undefined, facts: DatabaseErrorFacts): Cancelled | StatementTimeout;

/** Writes DEFAULT for one column among rows that give it a value. */
type WriteDefault = (target: TableSourceNode, column: string, out: TextBuffer) => void;
declare function writeInsert(node: InsertNode, out: TextBuffer): void;
/** INSERT of a database that writes DEFAULT in its own way. */
declare function writeInsertWith(node: InsertNode, out: TextBuffer, writeDefault: WriteDefault): void;
/** The table that is written to, with its alias. */
declare function writeTarget(target: TableSourceNode, out: TextBuffer): void;
/** The columns, and the rows, query or defaults that go into them. */
declare function writeInserted(node: InsertNode, out: TextBuffer, writeDefault: WriteDefault): void;
/** `on conflict … do …`. */
declare function writeConflict(node: ConflictNode, target: TableSourceNode, out: TextBuffer): void;
/** `"a" = …, "b" = …`. */
declare function writeAssignments(set: readonly AssignmentNode[], out: TextBuffer): void;

/** What a database calls the functions that build JSON. */
interface JsonNames {
    readonly object: string;
    readonly array: string;
    /** The most arguments that the functions take; what has more is joined by `merge`. */
    readonly maxArguments: number;
    /** Writes the name of a field, if it is not written as any text is. */
    readonly writeKey?: ((name: string, out: TextBuffer) => void) | undefined;
    /** Joins two objects into one. */
    readonly merge: (writeLeft: () => void, writeRight: () => void, out: TextBuffer) => void;
}
/** The JSON writers of a dialect that has these functions. */
declare function jsonWriters(names: JsonNames): {
    readonly writeJsonObject: (node: JsonObjectNode, out: TextBuffer) => void;
    readonly writeJsonArray: (node: JsonArrayNode, out: TextBuffer) => void;
};
/** Not every database has a path operator alike; this is the function that SQLite and MySQL share. */
declare function jsonPathText(node: Pick<JsonPathNode, "path">): string;

/** The aggregate that makes an array of rows. */
interface JsonAggregate {
    /** Writes an array of all rows, an empty one where there are none. */
    readonly gather: (rows: Gathered, out: TextBuffer) => void;
    /** Whether it takes a limit. */
    readonly limits: boolean;
    /** Whether the rows of a derived table come in the order that it says. */
    readonly keepsOrder: boolean;
    /** Whether a derived table sees the columns of the statement around it. */
    readonly correlates: boolean;
}
/** What the aggregate is told. */
interface Gathered {
    readonly writeRow: () => void;
    /** Writes the orderings, if there are any. */
    readonly writeOrder?: (() => void) | undefined;
    /** Writes ` limit … offset …`, if there is one. */
    readonly writeLimit?: (() => void) | undefined;
}
/** An aggregate that has its orderings and its limit among its arguments, and is null where there are no rows. */
declare function aggregateOf(name: string, empty: string): JsonAggregate["gather"];
/** Writes the rows of queries with an aggregate. */
declare function jsonQueryWriter(aggregate: JsonAggregate): (node: JsonQueryNode, out: TextBuffer) => void;

/** `operand like pattern escape '!'`; where case does not matter, both sides in lower case. */
declare function writeLike(node: LikeNode, out: TextBuffer): void;
/** A match by LIKE, in whose pattern nothing of the text is wild. */
declare function writeMatch(node: MatchNode, out: TextBuffer): void;
/** The pattern of a match: escaped before it is sent where the text is bound, else by the database. */
declare function writeMatchPattern(node: MatchNode, out: TextBuffer): void;
/** The text with every wild character escaped. */
declare function escapeLike(text: string): string;

/** `(values (…), (…)) as "v" ("a", "b")`. */
declare function writeValuesSource(node: ValuesSourceNode, out: TextBuffer): void;
/** The same for databases that cannot name columns beside an alias. */
declare function writeValuesSourceWithCte(node: ValuesSourceNode, out: TextBuffer): void;
/** `values (…), (…)`. */
declare function writeValues(rows: readonly (readonly ExpressionNode[])[], out: TextBuffer): void;
/** `unnest(…) with ordinality as "u" ("value", "at")`. */
declare function writeFunctionSource(node: FunctionSourceNode, out: TextBuffer): void;

declare function writeUpdate(node: UpdateNode, out: TextBuffer): void;
declare function writeDelete(node: DeleteNode, out: TextBuffer): void;
/** ORDER BY and LIMIT of a statement that writes, where the database has them. */
declare function writeWriteLimit(node: Pick<UpdateNode, "orderBy" | "limit">, out: TextBuffer): void;
declare function writeMerge(node: MergeNode, out: TextBuffer): void;

export { Cancelled, CannotConnect, CheckViolation, ClosedError, CommitOutcomeUnknown, CompileError, DatabaseError, Deadlock, DecodeError, DialectLimit, Disconnected, ExclusionViolation, ForeignKeyViolation, LiteralBuffer, LockTimeout, NameError, NotNullViolation, ParameterError, ReadOnly, ResourceExhausted, SerializationFailure, StatementTimeout, SyntaxErrorInSql, TextBuffer, TransactionAborted, UndefinedObject, UniqueViolation, acceptBigint, acceptBoolean, acceptBytes, acceptCustom, acceptDate, acceptDecimal, acceptEnumeration, acceptFloat, acceptInteger, acceptInterval, acceptJson, acceptString, acceptTime, acceptTimestamp, acceptUuid, addConstraint, aggregateOf, alterTable, argumentOf, bigintType, booleanType, bytesFromBase64, bytesFromHex, bytesToHex, checkName, childrenOf, countType, dateType, decimalType, defaultAcquireTimeout, defineWith, doubleType, encodeList, escapeLike, featureSet, features, hex, integerType, isAtomic, joinDecimal, jsonPathText, jsonQueryWriter, jsonType, jsonWriters, kindOf, lacks, malformed, nameOf, needsParentheses, oneText, operatorText, pattern, plainDigits, readBigint, readBoolean, readBytes, readCustom, readDate, readDecimal, readEnumeration, readFloat, readInteger, readInterval, readJson, readString, readTime, readTimestamp, readUuid, refuse, refuseAs, remembered, splitDecimal, standard, standardDefinitions, standardLiteral, standardParts, stopError, stopped, stringLiteral, textType, timeType, timestampType, unitOf, unreachable, walk, watch, writeActions, writeAround, writeAssignments, writeBinary, writeCollation, writeComputed, writeConflict, writeConstant, writeConstraintName, writeCreateTable, writeDefault, writeDefaultValue, writeDeferrable, writeDelete, writeFunctionSource, writeIdentity, writeInPlaceholders, writeIndexBody, writeIndexItem, writeInsert, writeInsertWith, writeInserted, writeLike, writeLimitOr, writeMatch, writeMatchPattern, writeMerge, writeNameAndType, writeNames, writeOrderInside, writeSide, writeSql, writeTableName, writeTarget, writeUpdate, writeValues, writeValuesSource, writeValuesSourceWithCte, writeViewBody, writeWriteLimit };
export type { AnyNode, ArrayNode, ArrayType, AssignmentNode, BetweenNode, BigintType, BinaryNode, BinaryOperator, BooleanType, BytesType, CallNode, CallWriter, CaseNode, CastNode, CheckNode, Codec, CollateNode, ColumnNode, CompoundNode, CompoundOperator, ConflictNode, Connection, ConstantNode, CteNode, CteSourceNode, CustomType, DatabaseErrorFacts, DateType, DecimalParts, DecimalType, Definitions, DeleteNode, DerivedNode, Dialect$1 as Dialect, DomainDefinition, Driver, EnumerationType, ExcludedNode, ExclusionNode, ExistsNode, ExpressionNode, FeatureName, FloatType, FloatsKept, ForeignKeyNode, FrameBound, FrameNode, FunctionSourceNode, Gathered, GroupNode, IdentityNode, InListNode, InQueryNode, IndexItem, IndexNode, InsertNode, InspectOptions, Inspector, IntegerType, IntervalType, IsNullNode, IsolationLevel, JoinNode, JsonAggregate, JsonArrayNode, JsonCodec, JsonField, JsonFieldNode, JsonNames, JsonObjectNode, JsonPathNode, JsonQueryNode, JsonRowType, JsonShape, JsonType, LikeNode, ListsSourceNode, LockNode, LogicNode, MatchNode, MergeBranch, MergeNode, NegateNode, NotNode, OperatorNode, OrderNode, OverNode, OwnAnswers, ParamNode, ParamSlot, PrimaryKeyNode, QuantifiedNode, Query, QueryNode, RawHole, RawNode, RawSourceNode, RawStatementNode, ReferentialAction, Reflected, Result, Retryable, RetypeNode, Row, RowNode, RowOfSourceNode, ScalarNode, SchemaNode, SchemaObject, SelectNode, SelectionField, SelectionNode, SequenceNode, Slot, SourceColumn, SourceName, SourceNode, SqlText, SqlType, StatementNode, Stop, StringType, TableColumnNode, TableNode, TableParts, TableSourceNode, TimeType, TimestampType, TransactionOptions, TransactionState, TypeNode, UniqueNode, Until, UpdateNode, UuidType, ValueNode, ValueSlot, ValuesNode, ValuesSourceNode, ViewNode, WindowNode, WriteDefault, WriteNode, Writers, WrittenNode };
