// athanor, made by `npm run api`

declare const errorCodes: {
    readonly COMPILE: "A statement cannot be written for this database.";
    readonly DIALECT_LIMIT: "A statement is larger or deeper than the database allows.";
    readonly PARAMETER: "A value cannot be stored as the type of its column without being altered.";
    readonly NAME: "A name cannot be used as an identifier.";
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
    constructor(message: string, hint?: string);
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
    constructor(message: string, hint?: string);
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

export { AthanorError, ClosedError, CompileError, DecodeError, DialectLimit, MultipleRowsError, NameError, NoRowError, OuterHandleError, ParameterError };
export type { ErrorCode, ErrorDetails };
