// The door for dialects: what a database must answer, what statements are made of, and the answers that databases share.

// --- errors: the facts of one, and the class for each cause ---
export {
  Cancelled,
  CannotConnect,
  CommitOutcomeUnknown,
  Disconnected,
  StatementTimeout,
  TransactionAborted,
} from "../errors/connection-errors.ts";
export { Deadlock, LockTimeout, SerializationFailure } from "../errors/contention.ts";
export {
  DatabaseError,
  type DatabaseErrorFacts,
  ReadOnly,
  ResourceExhausted,
  type Retryable,
  SyntaxErrorInSql,
  type TransactionState,
  UndefinedObject,
} from "../errors/database-error.ts";
export {
  ClosedError,
  CompileError,
  DecodeError,
  DialectLimit,
  NameError,
  ParameterError,
} from "../errors/usage-errors.ts";
export {
  CheckViolation,
  ExclusionViolation,
  ForeignKeyViolation,
  NotNullViolation,
  UniqueViolation,
} from "../errors/violations.ts";
// --- the nodes of expressions ---
export type {
  ArrayNode,
  AssignmentNode,
  BetweenNode,
  BinaryNode,
  BinaryOperator,
  CallNode,
  CaseNode,
  CastNode,
  CollateNode,
  ColumnNode,
  CompoundNode,
  CompoundOperator,
  ConflictNode,
  ConstantNode,
  CteNode,
  CteSourceNode,
  DeleteNode,
  DerivedNode,
  ExcludedNode,
  ExistsNode,
  ExpressionNode,
  FrameBound,
  FrameNode,
  FunctionSourceNode,
  GroupNode,
  InListNode,
  InQueryNode,
  InsertNode,
  IsNullNode,
  JoinNode,
  JsonArrayNode,
  JsonFieldNode,
  JsonObjectNode,
  JsonPathNode,
  JsonQueryNode,
  LikeNode,
  LockNode,
  LogicNode,
  MatchNode,
  MergeBranch,
  MergeNode,
  NegateNode,
  NotNode,
  OperatorNode,
  OrderNode,
  OverNode,
  ParamNode,
  QuantifiedNode,
  QueryNode,
  RawHole,
  RawNode,
  RawSourceNode,
  RawStatementNode,
  RetypeNode,
  RowNode,
  RowOfSourceNode,
  ScalarNode,
  SelectionField,
  SelectionNode,
  SelectNode,
  SourceColumn,
  SourceName,
  SourceNode,
  StatementNode,
  TableSourceNode,
  UpdateNode,
  ValueNode,
  ValuesNode,
  ListsSourceNode,
  ValuesSourceNode,
  WindowNode,
  WriteNode,
  WrittenNode,
} from "../tree/node.ts";
// --- the nodes of schemas ---
export type {
  CheckNode,
  DomainDefinition,
  ExclusionNode,
  ForeignKeyNode,
  IdentityNode,
  IndexItem,
  IndexNode,
  PrimaryKeyNode,
  ReferentialAction,
  SchemaNode,
  SchemaObject,
  SequenceNode,
  SqlText,
  TableColumnNode,
  TableNode,
  TypeNode,
  UniqueNode,
  ViewNode,
} from "../tree/schema-node.ts";
// --- the nodes of sources and statements ---
export { unreachable } from "../tree/unreachable.ts";
export { type AnyNode, childrenOf, walk } from "../tree/visit.ts";
// --- the JavaScript values of types: what is accepted, how a driver's value is read ---
export { acceptBoolean, readBoolean } from "../types/booleans.ts";
export { acceptBytes, bytesFromBase64, bytesFromHex, bytesToHex, readBytes } from "../types/bytes.ts";
export { acceptCustom, readCustom } from "../types/custom.ts";
export {
  acceptDecimal,
  type DecimalParts,
  joinDecimal,
  plainDigits,
  readDecimal,
  splitDecimal,
} from "../types/decimals.ts";
export { acceptEnumeration, readEnumeration } from "../types/enumeration.ts";
export { acceptFloat, type FloatsKept, readFloat } from "../types/floats.ts";
export { kindOf, malformed, refuse, refuseAs } from "../types/found.ts";
export { acceptBigint, acceptInteger, readBigint, readInteger } from "../types/integers.ts";
export { acceptInterval, readInterval } from "../types/intervals.ts";
export { acceptJson, readJson } from "../types/json.ts";
// --- types of SQL ---
export {
  type ArrayType,
  type BigintType,
  type BooleanType,
  type BytesType,
  bigintType,
  booleanType,
  type CustomType,
  countType,
  type DateType,
  type DecimalType,
  dateType,
  decimalType,
  doubleType,
  type EnumerationType,
  type FloatType,
  type IntegerType,
  type IntervalType,
  integerType,
  type JsonField,
  type JsonRowType,
  type JsonShape,
  type JsonType,
  jsonType,
  type SqlType,
  type StringType,
  type TimestampType,
  type TimeType,
  textType,
  timestampType,
  timeType,
  type UuidType,
} from "../types/sql-type.ts";
export { acceptString, acceptUuid, readString, readUuid } from "../types/strings.ts";
export { acceptDate, acceptTime, acceptTimestamp, readDate, readTime, readTimestamp } from "../types/time.ts";
// --- DDL that databases share ---
export {
  addConstraint,
  alterTable,
  type Definitions,
  defineWith,
  nameOf,
  oneText,
  standardDefinitions,
  writeIndexBody,
  writeViewBody,
} from "./define.ts";
export {
  lacks,
  standardParts,
  type TableParts,
  writeActions,
  writeCollation,
  writeComputed,
  writeConstraintName,
  writeCreateTable,
  writeDefault,
  writeDefaultValue,
  writeDeferrable,
  writeIdentity,
  writeIndexItem,
  writeNameAndType,
  writeNames,
  writeSql,
  writeTableName,
} from "./define-table.ts";
// --- what a dialect and a driver are ---
export type { Codec, Dialect, IsolationLevel, JsonCodec, TransactionOptions } from "./dialect.ts";
export {
  type Connection,
  type Driver,
  defaultAcquireTimeout,
  type Inspector,
  type Query,
  type Result,
  type Row,
  type Until,
} from "./driver.ts";
export { type FeatureName, featureSet, features } from "./features.ts";
export type { InspectOptions, Reflected } from "./inspector.ts";
export { encodeList } from "./row-lists.ts";
export { hex, standardLiteral, stringLiteral } from "./literal.ts";
export { LiteralBuffer } from "./literal-buffer.ts";
export { checkName } from "./names.ts";
export { argumentOf, type CallWriter, pattern, unitOf, writeAround, writeOrderInside } from "./calls.ts";
export { isAtomic, needsParentheses, operatorText } from "./precedence.ts";
// --- answers that databases share ---
export {
  type OwnAnswers,
  standard,
  writeBinary,
  writeConstant,
  writeInPlaceholders,
  writeLimitOr,
  writeSide,
} from "./standard.ts";
export { remembered } from "./remembered.ts";
// --- what a statement is written into ---
export { type ParamSlot, type Slot, TextBuffer, type ValueSlot, type Writers } from "./text-buffer.ts";
export { type Stop, stopError, stopped, watch } from "./until.ts";
export {
  type WriteDefault,
  writeAssignments,
  writeConflict,
  writeInsert,
  writeInserted,
  writeInsertWith,
  writeTarget,
} from "./write-insert.ts";
export { type JsonNames, jsonPathText, jsonWriters } from "./write-json.ts";
export { aggregateOf, type Gathered, type JsonAggregate, jsonQueryWriter } from "./write-json-query.ts";
export { escapeLike, writeLike, writeMatch, writeMatchPattern } from "./write-match.ts";
export {
  writeFunctionSource,
  writeValues,
  writeValuesSource,
  writeValuesSourceWithCte,
} from "./write-source.ts";
export { writeDelete, writeMerge, writeUpdate, writeWriteLimit } from "./write-update.ts";
