import { AthanorError } from "./athanor-error.ts";
import type { ErrorCode } from "./codes.ts";

/**
 * Whether trying again can help: `statement` alone, the whole `transaction`, or after `connect`ing anew; `ambiguous` if
 * it may have happened already; `no` if the same would happen again.
 */
export type Retryable = "no" | "statement" | "transaction" | "connect" | "ambiguous";

/** What an error left of the transaction it happened in: still `open`, to be rolled back (`failed`), or already `gone`. */
export type TransactionState = "open" | "failed" | "gone";

/** What the driver and the dialect know of an error. */
export interface DatabaseErrorFacts {
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
export class DatabaseError extends AthanorError {
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
  declare readonly parameters: readonly unknown[] | undefined;

  constructor(facts: DatabaseErrorFacts, code: ErrorCode = "DATABASE", retryable: Retryable = "no") {
    super(code, facts.message, { hint: facts.hint, cause: facts.cause });
    this.sql = facts.sql;
    this.constraint = facts.constraint;
    this.table = facts.table;
    this.columns = facts.columns;
    this.retryable = retryable;
    this.transaction = facts.transaction ?? "open";
    this.connectionInvalidated = facts.connectionInvalidated ?? false;
    Object.defineProperty(this, "parameters", { value: facts.parameters, enumerable: false });
  }
}

/** The server could not parse the statement. */
export class SyntaxErrorInSql extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "SYNTAX");
  }
}

/** A table, column, function or other object does not exist. */
export class UndefinedObject extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "UNDEFINED_OBJECT");
  }
}

/** A write was tried where only reading is allowed. */
export class ReadOnly extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "READ_ONLY");
  }
}

/** The server ran out of disk, memory or connections. */
export class ResourceExhausted extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "RESOURCE_EXHAUSTED", "connect");
  }
}
