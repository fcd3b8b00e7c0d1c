import type { ErrorCode } from "./codes.ts";

/** What an error says beside its message. */
export interface ErrorDetails {
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
export abstract class AthanorError extends Error {
  /** Stable, for programs; `docs/errors.md` lists them all. */
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(
      details.hint ? `${message}\n  ${details.hint}` : message,
      "cause" in details ? { cause: details.cause } : undefined,
    );
    this.code = code;
    this.hint = details.hint;
    this.name = new.target.name;
  }
}
