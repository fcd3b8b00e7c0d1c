// Which error is which answer. Clients get RFC 9457 problem details; what is nobody's business stays in the log.
import {
  AthanorError,
  CheckViolation,
  CursorError,
  DatabaseError,
  type InputIssue,
  InvalidInputError,
  UniqueViolation,
} from "athanor";
import { StaleDataError } from "athanor/orm";

/** What helps whoever reads the answer, beside its title and status. */
export interface Details {
  readonly issues?: readonly InputIssue[];
  /** What it is now that they wanted to change. */
  readonly current?: object;
}

/** An answer that is no success. */
export class Problem extends Error {
  readonly status: number;
  readonly details: Details;

  constructor(status: number, title: string, details: Details = {}) {
    super(title);
    this.status = status;
    this.details = details;
  }
}

/** What a client is told of an error. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInputError)
    return new Problem(400, "The request is not allowed as it is", { issues: error.issues });
  if (error instanceof CursorError) return new Problem(400, "The cursor is none of this list");
  if (error instanceof CheckViolation) return new Problem(400, "A value is out of range");
  if (error instanceof UniqueViolation) return new Problem(409, "There is one of the same name already");
  if (error instanceof StaleDataError) return new Problem(409, "Somebody else has changed this meanwhile");
  // Lost connections, full pools, deadlocks that went on: not the client's fault, and over soon.
  if (error instanceof DatabaseError && error.retryable !== "no") return new Problem(503, "Try again in a moment");
  return new Problem(500, "Something went wrong");
}

/** What the log says of an error that is ours: no values, which Athanor's messages never have. */
export function logged(error: unknown): string {
  return error instanceof AthanorError ? `${error.code}: ${error.message}` : String(error);
}
