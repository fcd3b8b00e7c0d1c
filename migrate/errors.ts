import { AthanorError } from "../core/index.ts";

/** A migration cannot go on: the message says what is in the way, the hint what to do. Nothing was done unless it says so. */
export class MigrationError extends AthanorError {
  constructor(message: string, hint: string | undefined, cause?: unknown) {
    super("MIGRATION", message, { hint, ...(cause === undefined ? {} : { cause }) });
  }
}
