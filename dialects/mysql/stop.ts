// Stops a statement that runs, and makes sure that what stops it cannot stop another one.
import { type DatabaseError, type DatabaseErrorFacts, type Stop, stopError } from "../../core/dialect/index.ts";
import { type Failed, type NativeError, wasInterrupted } from "./errors.ts";
import type { Session } from "./session-state.ts";

/** What happened, for messages. */
export const phrases: Readonly<Record<Stop, string>> = {
  cancelled: "the statement was cancelled",
  timeout: "the statement's time was up",
};

/** A statement that is being stopped. */
export interface Stopping {
  /**
   * Is told that the server has answered, with an error or with the statement's end. `finishAsIs` is called if the statement
   * was through before it was stopped; it is handed what to say where the answer is of no use any more.
   */
  ended(error: NativeError | undefined, finishAsIs: (stopped: DatabaseError) => void): void;
}

/**
 * Kills the statement that runs, and calls `finish` with the reason once the server has confirmed. If the statement was
 * through before the KILL came, what it gave is the truth, and that is what its user gets.
 */
export function stopStatement(
  session: Session,
  why: Stop,
  signal: AbortSignal | undefined,
  failed: Failed,
  finish: (error: DatabaseError) => void,
): Stopping {
  const reason = (facts: Partial<DatabaseErrorFacts> = {}): DatabaseError =>
    stopError(why, signal, {
      message: phrases[why],
      transaction: session.inTransaction ? "failed" : "open",
      ...facts,
      ...failed,
    });
  const unconfirmed = (): void => {
    const message = `${phrases[why]}; the server did not confirm that it stopped, so the connection was closed`;
    session.destroy(new Error("a statement was told to stop and did not answer"));
    finish(reason({ message, transaction: "gone", connectionInvalidated: true }));
  };
  const timer = setTimeout(unconfirmed, session.settings.cancelTimeout);
  const killed = session.kill();
  return {
    async ended(error, finishAsIs) {
      clearTimeout(timer);
      if (!session.usable) return finishAsIs(reason({ transaction: "gone", connectionInvalidated: true }));
      const clean = (await killed) && (await session.absorbKill());
      const interrupted = error !== undefined && wasInterrupted(error);
      if (clean) return interrupted ? finish(reason()) : finishAsIs(reason());
      if (interrupted) return unconfirmed();
      // The answer stands, but the KILL might still be on its way to whatever comes next.
      session.destroy(new Error("a KILL may still be on its way to this connection"));
      finishAsIs(reason({ transaction: "gone", connectionInvalidated: true }));
    },
  };
}
