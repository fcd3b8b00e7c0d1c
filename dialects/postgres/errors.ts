// SQLSTATE → class. https://www.postgresql.org/docs/current/errcodes-appendix.html
import {
  Cancelled,
  CannotConnect,
  CheckViolation,
  CommitOutcomeUnknown,
  DatabaseError,
  type DatabaseErrorFacts,
  Deadlock,
  Disconnected,
  ExclusionViolation,
  ForeignKeyViolation,
  LockTimeout,
  NotNullViolation,
  ReadOnly,
  ResourceExhausted,
  SerializationFailure,
  StatementTimeout,
  SyntaxErrorInSql,
  TransactionAborted,
  type TransactionState,
  UndefinedObject,
  UniqueViolation,
} from "../../core/index.ts";

/** An error as the server reports it and pg hands it on. */
export interface ServerError extends Error {
  readonly severity: string;
  readonly code: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
  readonly routine?: string | undefined;
}

export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && "severity" in error && "code" in error && String(error.code).length === 5;
}

/** Whether the server closes the connection after this error. */
export function isFatal(error: ServerError): boolean {
  return error.severity === "FATAL" || error.severity === "PANIC";
}

/** The statement's plan no longer fits its tables, or the server has forgotten the statement: preparing it again helps. */
export function isStale(error: unknown): boolean {
  if (!isServerError(error)) return false;
  return error.code === "26000" || (error.code === "0A000" && error.routine === "RevalidateCachedQuery");
}

const classes: Readonly<Record<string, new (facts: DatabaseErrorFacts) => DatabaseError>> = {
  "23505": UniqueViolation,
  "23503": ForeignKeyViolation,
  "23001": ForeignKeyViolation,
  "23502": NotNullViolation,
  "23514": CheckViolation,
  "23P01": ExclusionViolation,
  "40001": SerializationFailure,
  "40P01": Deadlock,
  "55P03": LockTimeout,
  "57014": Cancelled,
  "25P02": TransactionAborted,
  "25006": ReadOnly,
  "42601": SyntaxErrorInSql,
  "42P01": UndefinedObject,
  "42P02": UndefinedObject,
  "42703": UndefinedObject,
  "42704": UndefinedObject,
  "42883": UndefinedObject,
  "3F000": UndefinedObject,
  "57P01": Disconnected,
  "57P02": Disconnected,
  "57P03": CannotConnect,
  "57P05": Disconnected,
  "25P03": Disconnected,
};

function classOf(error: ServerError): new (facts: DatabaseErrorFacts) => DatabaseError {
  if (error.code === "57014" && /timeout/.test(error.message)) return StatementTimeout;
  const found = classes[error.code];
  if (found) return found;
  if (error.code.startsWith("53")) return ResourceExhausted;
  if (error.code.startsWith("08")) return Disconnected;
  return isFatal(error) ? Disconnected : DatabaseError;
}

/** What is known of the statement that failed. */
export interface Failing {
  readonly sql?: string | undefined;
  readonly parameters?: readonly unknown[] | undefined;
  readonly transaction?: TransactionState | undefined;
  readonly connectionInvalidated?: boolean | undefined;
}

/** An error of the server, classified. */
export function databaseError(error: ServerError, failing: Failing): DatabaseError {
  hideValues(error);
  const type = classOf(error);
  const columns = columnsOf(error);
  return new type({
    message: error.message,
    cause: error,
    hint: error.hint,
    ...failing,
    ...(error.constraint === undefined ? {} : { constraint: error.constraint }),
    ...(error.table === undefined ? {} : { table: error.table }),
    ...(columns === undefined ? {} : { columns }),
    ...(isFatal(error) ? { connectionInvalidated: true, transaction: "gone" as const } : {}),
  });
}

/** A statement that has to be prepared anew, in a transaction that is lost to it: running the transaction again helps. */
export function staleError(error: ServerError, failing: Failing): DatabaseError {
  return new DatabaseError({ message: error.message, cause: error, ...failing }, "DATABASE", "transaction");
}

/** The connection was lost while a statement was under way. */
export function lostConnection(cause: unknown, failing: Failing): DatabaseError {
  const facts = { cause, ...failing, transaction: "gone" as const };
  if (failing.sql !== undefined && /^\s*(?:commit|end|prepare\s+transaction)\b/i.test(failing.sql)) {
    return new CommitOutcomeUnknown({ ...facts, message: "the connection was lost while COMMIT was under way" });
  }
  return new Disconnected({ ...facts, message: `the connection to the server was lost: ${reason(cause)}` });
}

/** A connection could not be made. `where` is the server's address, without password. */
export function connectError(error: unknown, where: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (isServerError(error) && error.code.startsWith("53")) {
    return new ResourceExhausted({ message: `${where}: ${error.message}`, cause: error, connectionInvalidated: true });
  }
  return new CannotConnect({ message: `${where} cannot be reached: ${reason(error)}`, cause: error });
}

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  return error instanceof Error && error.message !== "" ? error.message : "no reason was given";
}

/** PostgreSQL names the columns of a key only in the detail: `Key (a, b)=(1, 2) already exists.` */
function columnsOf(error: ServerError): readonly string[] | undefined {
  if (error.column !== undefined) return [error.column];
  if (error.code !== "23505" && error.code !== "23503" && error.code !== "23P01") return undefined;
  const key = /^Key \((.*?)\)=\(/s.exec(error.detail ?? "")?.[1];
  // A key over an expression shows the expression: only plain names are columns.
  const names = key?.split(", ").map((name) => name.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"'));
  return names?.some((name) => /[()]/.test(name)) ? undefined : names;
}

/**
 * Takes values out of what a log shows of the server's error: data exceptions (class 22) quote the value in the message,
 * and the detail of a violation holds the row.
 */
function hideValues(error: ServerError): void {
  for (const property of ["detail", "where", "internalQuery"]) {
    if (property in error) Object.defineProperty(error, property, { enumerable: false });
  }
  if (!error.code.startsWith("22")) return;
  const masked = error.message.replace(/".*"/s, '"…"');
  if (masked === error.message) return;
  if (error.stack !== undefined) error.stack = error.stack.replace(error.message, masked);
  error.message = masked;
}
