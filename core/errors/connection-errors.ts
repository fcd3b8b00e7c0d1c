// The connection, a deadline or the user ended a statement before the database answered.
import { DatabaseError, type DatabaseErrorFacts } from "./database-error.ts";

/** The database cannot be reached, or refuses the connection. */
export class CannotConnect extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ connectionInvalidated: true, ...facts }, "CANNOT_CONNECT", "connect");
  }
}

/** The connection was lost. Whether the statement took effect is not known if it wrote. */
export class Disconnected extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ connectionInvalidated: true, transaction: "gone", ...facts }, "DISCONNECTED", "connect");
  }
}

/** A statement was cancelled: by its `AbortSignal`, or by someone else on the server. */
export class Cancelled extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ transaction: "failed", ...facts }, "CANCELLED");
  }
}

/** A statement, or the wait for a connection, took longer than its timeout. */
export class StatementTimeout extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ transaction: "failed", ...facts }, "STATEMENT_TIMEOUT");
  }
}

/** The transaction has failed: it can only be rolled back. */
export class TransactionAborted extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ transaction: "failed", ...facts }, "TRANSACTION_ABORTED");
  }
}

/** The connection was lost while COMMIT was under way: it may have happened or not. Never retried for the user. */
export class CommitOutcomeUnknown extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(
      {
        hint: "Look for the transaction's effect before running it again.",
        connectionInvalidated: true,
        transaction: "gone",
        ...facts,
      },
      "COMMIT_OUTCOME_UNKNOWN",
      "ambiguous",
    );
  }
}
