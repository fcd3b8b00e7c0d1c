// The public names of Core, one by one, in the order the docs have them.

// --- Schema: tables, columns, constraints, views, sequences ---
export {
  array,
  bigint,
  boolean,
  bytes,
  type Col,
  char,
  column as columnOf,
  customType,
  date,
  decimal,
  double,
  enumeration,
  integer,
  interval,
  json,
  type KeyCol,
  type LazyColumn,
  type ReferenceOptions,
  real,
  smallint,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varchar,
} from "./schema/column.ts";
export { type Constraint, check, exclude, foreignKey, index, unique, uniqueIndex } from "./schema/constraints.ts";
export type { InputSchema } from "./schema/input-schema.ts";
export { insertSchema, type RowSchemaOptions, type Sent, type SentRow, updateSchema } from "./schema/row-schema.ts";
export type { Cols, InitOf, InsertOf, SetOf, UpdateOf } from "./schema/row-types.ts";
export { type NameLimit, type NamingConvention, named, namedView, shortened, standardNames } from "./schema/naming.ts";
export { objectsOf, type Schema } from "./schema/schema-objects.ts";
export {
  type DeclaredType,
  type DomainOptions,
  domain,
  enumerationType,
  type Sequence,
  type SequenceOptions,
  sequence,
} from "./schema/sequence.ts";
export { uuidv7 } from "./schema/uuid.ts";
export { materializedView, type ViewOptions, view } from "./statement/view.ts";

// --- Expressions ---
export type { Aggregate, WindowFunction } from "./expression/aggregates.ts";
export { type Case, type CaseOf, caseOf, caseWhen, type SimpleCase } from "./expression/case-when.ts";
export type { Expr, KeyExpr, Numeric, Order } from "./expression/expr.ts";
export * as fn from "./expression/functions.ts";
export { coalesce } from "./expression/functions.ts";
export { type JsonRow, type JsonRows, jsonArray, jsonObject } from "./expression/json-build.ts";
export { and, not, or } from "./expression/logic.ts";
export type {
  Aggregated,
  AnyExpr,
  AnyTable,
  ColOf,
  Cond,
  ExprOf,
  Feature,
  Lacks,
  Of,
  OnInsert,
  Outside,
  Param,
  Ready,
  Rule,
  Statement,
  TableMeta,
  Windowed,
} from "./expression/needs.ts";
export { literal, param } from "./expression/param.ts";
export { type RowValue, row } from "./expression/row-value.ts";
export type { NeedsOf, Row, RowOf, Selection, SelectOf } from "./expression/selection.ts";
export type { Derived } from "./expression/source.ts";
export { type RawStatement, type SqlFragment, sql } from "./expression/sql-tag.ts";
export { all, any, exists } from "./expression/subquery.ts";
export { orderedBy, partitionBy, type Window, type WindowBy } from "./expression/window.ts";

// --- Statements ---
export type { Compound } from "./statement/compound.ts";
export { type Delete, deleteFrom } from "./statement/delete.ts";
export { cube, type Grouping, groupingSets, rollup } from "./statement/grouping.ts";
export { excluded, type Insert, insertInto, type OnConflict, replaceInto } from "./statement/insert.ts";
export { type Merge, mergeInto } from "./statement/merge.ts";
export { type LockOptions, type Select, select } from "./statement/select.ts";
export { type Update, update } from "./statement/update.ts";
export { type ListedColumn, listedValues, values } from "./statement/values.ts";
export { type CteOptions, cte, recursive, recursiveAll } from "./statement/with.ts";

// --- Running ---
export type { Compiled } from "./compile/compile.ts";
export type { Batch, BatchResults } from "./database/batch.ts";
export { compile, scriptOf } from "./database/compile.ts";
export { type Database, database } from "./database/database.ts";
export { declaredObjects, type NamingOptions } from "./database/declared-schema.ts";
export {
  type CreateOptions,
  createScript,
  creation,
  type DropOptions,
  dropScript,
  removal,
} from "./database/define.ts";
export type { DatabaseOptions } from "./database/engine.ts";
export type { ExplainOptions } from "./database/explain.ts";
export { outside } from "./database/guard.ts";
export type { PROVIDES, Queries, Runnable } from "./database/handle.ts";
export { type CursorPage, keysetPage, type PagePosition, type PageSource } from "./database/keyset-page.ts";
export type { Echo, EchoOptions, QueryEvent, TransactionEvent } from "./database/observe.ts";
export type { PinnedConnection } from "./database/pinned.ts";
export type { Prepared } from "./database/prepared.ts";
export type { RunResult } from "./database/results.ts";
export type { Following, ManyArguments, Placed, RunArguments, RunOptions } from "./database/run-options.ts";
export type { RowStream, StreamOptions } from "./database/stream.ts";
export type { CallbackOptions, RetryOptions, TransactionOptions } from "./database/transaction-options.ts";
export { withRetry } from "./database/retry.ts";
export type { Transaction } from "./database/transaction.ts";
export { retryOf } from "./database/transaction-options.ts";

// --- Errors ---
export { AthanorError, type ErrorDetails } from "./errors/athanor-error.ts";
export type { ErrorCode } from "./errors/codes.ts";
export {
  Cancelled,
  CannotConnect,
  CommitOutcomeUnknown,
  Disconnected,
  StatementTimeout,
  TransactionAborted,
} from "./errors/connection-errors.ts";
export { Deadlock, LockTimeout, SerializationFailure } from "./errors/contention.ts";
export {
  DatabaseError,
  type DatabaseErrorFacts,
  ReadOnly,
  ResourceExhausted,
  type Retryable,
  SyntaxErrorInSql,
  type TransactionState,
  UndefinedObject,
} from "./errors/database-error.ts";
export { type InputIssue, InvalidInputError } from "./errors/invalid-input.ts";
export {
  ClosedError,
  CompileError,
  ConcurrentUseError,
  CursorError,
  DecodeError,
  DialectLimit,
  MultipleRowsError,
  NameError,
  NoRowError,
  OuterHandleError,
  ParameterError,
} from "./errors/usage-errors.ts";
export {
  CheckViolation,
  ExclusionViolation,
  ForeignKeyViolation,
  NotNullViolation,
  UniqueViolation,
} from "./errors/violations.ts";

// --- For layers built on Core ---
export { asArrays } from "./compile/row-decoder.ts";
export { type CursorSeal, decodeCursor, encodeCursor } from "./database/cursor.ts";
export { Keyset } from "./database/keyset.ts";
export { checkCount, trimmed } from "./database/keyset-page.ts";
export { type Expression, expression, nodeOf } from "./expression/expr.ts";
export {
  type FEATURES,
  type Given,
  type KEY,
  META,
  type NEEDS,
  type Needing,
  type NeedsIn,
  NODE,
  type NULLS,
  type ROW,
  type VALUE,
} from "./expression/needs.ts";
export { factsOf, isSource, type JoinedTable, type SourceFacts, sourceOf, withJoined } from "./expression/source.ts";
export type { ColumnFacts } from "./schema/column.ts";
export {
  alias,
  column,
  type DeclaredTable,
  declaredTable,
  type KeyPart,
  type PART,
  type Table,
  type TableOptions,
  table,
  type UniqueExpr,
} from "./schema/table.ts";
export { only, type SampleOptions, tableSample } from "./schema/part-of-table.ts";
export type {
  ColumnNode,
  ExpressionNode,
  OrderNode,
  SourceColumn,
  SourceName,
  SourceNode,
  StatementNode,
} from "./tree/node.ts";
export { liftFilters, replaceColumns } from "./tree/rewrite.ts";
export { sourcesOf } from "./tree/sources-of.ts";
export type {
  CheckNode,
  DomainDefinition,
  ExclusionNode,
  ForeignKeyNode,
  IdentityNode,
  IndexItem,
  IndexNode,
  PrimaryKeyNode,
  SchemaNode,
  SchemaObject,
  SequenceNode,
  SqlText,
  TableColumnNode,
  TableNode,
  TypeNode,
  UniqueNode,
  ViewNode,
} from "./tree/schema-node.ts";
export { entriesOf, inputSchema, isRecord, put, type Report, readInput } from "./schema/input-schema.ts";
export { acceptValue, fromJson } from "./types/accept.ts";
export { type SqlType, textType } from "./types/sql-type.ts";
export type { Dialect } from "./dialect/dialect.ts";
export { define } from "./compile/define.ts";
export { creationOrder } from "./schema/dependency-order.ts";
export type { InspectOptions, Reflected } from "./dialect/inspector.ts";
export { canGenerate } from "./compile/generated-code.ts";
