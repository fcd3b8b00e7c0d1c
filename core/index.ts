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
export {
  ClosedError,
  CompileError,
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
