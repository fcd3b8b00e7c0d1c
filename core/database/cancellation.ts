// How the limits of a call, of its database and of the transaction around it become one, and what a call is refused with
// that ends before anything was sent. What has been sent is the driver's to stop (see Until).
import type { Until } from "../dialect/driver.ts";
import { stopError, stopped, watch } from "../dialect/until.ts";
import type { Cancelled, StatementTimeout } from "../errors/connection-errors.ts";
import { ParameterError } from "../errors/usage-errors.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * When a call that starts now ends, `outer` being what it is part of. `otherwise` is its timeout if it names none.
 *
 * @throws {Cancelled | StatementTimeout} if that has been already
 */
export function untilOf(options: RunOptions | undefined, otherwise: number, outer?: Until): Until | undefined {
  const signal = bothSignals(options?.signal, outer?.signal);
  const timeout = options?.timeout === undefined ? otherwise : checkTimeout(options.timeout, "timeout");
  const own = timeout === Number.POSITIVE_INFINITY ? undefined : performance.now() + timeout;
  const deadline = earlier(own, outer?.deadline);
  if (signal === undefined && deadline === undefined) return undefined;
  const until = { signal, deadline };
  if ((signal !== undefined || outer !== undefined) && stopped(until))
    throw over(until, "the call, which had not been sent,");
  return until;
}

/** @throws {ParameterError} if it is no number of milliseconds */
export function checkTimeout(timeout: number, name: string): number {
  if (timeout > 0) return timeout;
  throw new ParameterError(
    `${name} must be a number of milliseconds above 0`,
    "Leave it out for the default, or give Infinity for no end.",
  );
}

/** Calls `end` once when `until` comes, unless the function that it gives is called before. `what` is what then ends. */
export function whenOver(
  until: Until | undefined,
  what: string,
  end: (error: Cancelled | StatementTimeout) => void,
): () => void {
  return watch(until, () => end(over(until as Until, what)));
}

/** Waits, or rejects when `until` comes first. */
export function pause(milliseconds: number, until: Until | undefined, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      resolve();
    }, milliseconds);
    const stop = whenOver(until, what, (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

function over(until: Until, what: string): Cancelled | StatementTimeout {
  const why = stopped(until) ?? "timeout";
  const message = why === "cancelled" ? `${what} was cancelled` : `the time for ${what} was up`;
  return stopError(why, until.signal, { message, transaction: "open" });
}

function bothSignals(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  return a === undefined || a === b ? b : b === undefined ? a : AbortSignal.any([a, b]);
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
