import { AthanorError } from "./athanor-error.ts";

/** A statement cannot be written for this database, or breaks a rule of SQL that types cannot see. */
export class CompileError extends AthanorError {
  constructor(message: string, hint: string) {
    super("COMPILE", message, { hint });
  }
}

/** A statement is deeper or longer, or has more parameters, than the database accepts. */
export class DialectLimit extends AthanorError {
  constructor(what: string, found: number, allowed: number, hint?: string) {
    super("DIALECT_LIMIT", `${what}: ${found}, where this database allows ${allowed}`, { hint });
  }
}

/** A value cannot be sent as what its column or parameter declares without being altered on the way. */
export class ParameterError extends AthanorError {
  constructor(message: string, hint?: string) {
    super("PARAMETER", message, { hint });
  }
}

/** A name is no identifier in this database: empty, too long, or with characters that no quoting makes safe. */
export class NameError extends AthanorError {
  constructor(message: string, hint: string) {
    super("NAME", message, { hint });
  }
}

/** A value came from the database that is not what its column declares. */
export class DecodeError extends AthanorError {
  constructor(message: string, hint?: string) {
    super("DECODE", message, { hint });
  }
}

/** `one()` or `scalar()` found no row. */
export class NoRowError extends AthanorError {
  constructor(method: string) {
    super("NO_ROW", `${method}() found no row where exactly 1 was expected`, {
      hint: "Use first() if there may be none.",
    });
  }
}

/** `one()` or `scalar()` found more than one row. */
export class MultipleRowsError extends AthanorError {
  constructor(method: string) {
    super("MULTIPLE_ROWS", `${method}() found more than one row where exactly 1 was expected`, {
      hint: "Use first() if any of them will do, or add a condition that tells them apart.",
    });
  }
}

/** A database, transaction or stream was used after it had been closed. */
export class ClosedError extends AthanorError {
  constructor(what: string) {
    super("CLOSED", `${what} has been closed`);
  }
}

/** The outer database was called inside a transaction's callback: the call would escape the transaction. */
export class OuterHandleError extends AthanorError {
  constructor() {
    super("OUTER_HANDLE", "the outer database was called inside a transaction's callback", {
      hint: "Call the handle that the callback was given, or wrap the call in outside(() => …) if it must not be part of the transaction.",
    });
  }
}

/** A transaction was used while something inside it had its connection: a nested transaction, or a stream. */
export class ConcurrentUseError extends AthanorError {
  constructor(message: string, hint: string) {
    super("CONCURRENT_USE", message, { hint });
  }
}

/** A page cursor is none, was altered, or belongs to another query. Nothing was sent. */
export class CursorError extends AthanorError {
  constructor(reason: "none" | "version" | "foreign", cause?: unknown) {
    super("CURSOR", cursorSentences[reason], { hint: "Start again from the first page: after(null, …).", cause });
  }
}

const cursorSentences = {
  none: "the text given as a page cursor is none",
  version: "the page cursor was made by another version of the library",
  foreign: "the page cursor was altered, or belongs to another query",
};
