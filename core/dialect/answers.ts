// What a database answers. The compiler asks these questions and never what the database is called. Whatever most databases
// do alike is written once, in standard.ts; a dialect is that object with its own answers laid over it. Answers are written into an `Out`, which
// itself holds a dialect: dialect.ts says which `Out` it is.
import type {
  ArrayNode,
  BetweenNode,
  BinaryNode,
  CallNode,
  CastNode,
  DeleteNode,
  ExcludedNode,
  ExpressionNode,
  FunctionSourceNode,
  InListNode,
  InsertNode,
  JsonArrayNode,
  JsonObjectNode,
  JsonPathNode,
  JsonQueryNode,
  LikeNode,
  ListsSourceNode,
  MatchNode,
  MergeNode,
  OrderNode,
  QuantifiedNode,
  QueryNode,
  SelectNode,
  UpdateNode,
  ValuesSourceNode,
} from "../tree/node.ts";
import type { SchemaNode, TableNode } from "../tree/schema-node.ts";
import type { SqlType } from "../types/sql-type.ts";
import type { FeatureName } from "./features.ts";

/** How the values of one type travel. */
export interface Codec {
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
export interface JsonCodec<Out> {
  /** Writes the expression so that JSON keeps it exact, e.g. as text. */
  readonly write: (write: () => void, out: Out) => void;
  /** Turns the parsed, non-null JSON value into one of the type. */
  readonly decode: (value: unknown) => unknown;
}

export type IsolationLevel = "read uncommitted" | "read committed" | "repeatable read" | "serializable";

/** How a transaction is begun. */
export interface TransactionOptions {
  readonly isolation?: IsolationLevel | undefined;
  readonly readOnly?: boolean | undefined;
  readonly deferrable?: boolean | undefined;
}

/** What is best where many rows are written. */
export interface BulkWriting<Out> {
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
export interface RowLists<Out> {
  /** Whether values of a type can travel in a list. */
  takes(type: SqlType): boolean;
  /** Writes them as a source. */
  write(node: ListsSourceNode, out: Out): void;
}

/** What a database answers. */
export interface Answers<Out> {
  /** For messages only: `PostgreSQL`, `SQLite`, `MariaDB`. */
  readonly name: string;
  readonly features: ReadonlySet<FeatureName>;
  /** The most parameters one statement may have. */
  readonly maxParameters: number;
  /** How a table compares text where nobody says so, on databases where that is a matter of the table. */
  readonly tableCollation?: string | undefined;
  /** The longest name: how many, and of what. */
  readonly maxName: { readonly length: number; readonly unit: "bytes" | "characters" };
  /** How deep expressions may be nested. */
  readonly maxDepth: number;
  /** How much its parser can keep in mind that has begun and has not ended: words, operands, parentheses. */
  readonly maxPending: number;
  readonly bulk: BulkWriting<Out>;

  // --- text ---
  /** Puts a name, already checked, between quotes. */
  quote(name: string): string;
  /** The text of parameter number `index`, from 1. */
  placeholder(index: number): string;
  /** The name of the type in DDL. */
  typeName(type: SqlType): string;
  /** The name of the type in CAST. */
  castName(type: SqlType): string;

  // --- values ---
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

  // --- expressions that are written differently ---
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
  readonly aroundCalls?:
    | Readonly<Record<string, (node: CallNode) => readonly [before: string, after: string] | undefined>>
    | undefined;

  /** How windows fall short: LAG and LEAD without a default (it is written as a CASE), frames without bound numbers. */
  readonly windows?: { readonly defaults: boolean; readonly boundFrames: boolean } | undefined;

  // --- clauses that are written differently ---
  /** A query as it stands on a side of UNION and its kind, if the database does not take any. */
  readonly setOperand?: ((query: QueryNode) => QueryNode) | undefined;
  /** The query that a recursive CTE begins with, if the database takes the types of its columns from that alone. */
  readonly recursiveBase?: ((query: QueryNode) => QueryNode) | undefined;
  /** ROLLUP, if it is not written `rollup (…)`. `alone`: nothing else is grouped by. */
  writeRollup?(items: readonly ExpressionNode[], alone: boolean, out: Out): void;
  /** Whether a query with ROLLUP gives no more than groups and aggregates, each once, so that all else must stand around it. */
  readonly rollsUpApart?: boolean | undefined;
  writeLimit(node: Pick<SelectNode, "limit" | "offset"> & { readonly withTies?: boolean }, out: Out): void;
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

  // --- transactions ---
  begin(options: TransactionOptions): readonly string[];
  /** Writes EXPLAIN before a statement's text. */
  explain(text: string, options: { readonly analyze: boolean }): string;
  /** Lays out what EXPLAIN gave as text. Without it: a line a row, its columns beside each other. */
  readPlan?(rows: readonly (readonly unknown[])[]): string;
}
