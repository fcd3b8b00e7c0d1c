// What a transaction is asked to be.
import type { TransactionOptions as BeginOptions } from "../dialect/dialect.ts";
import { ParameterError } from "../errors/usage-errors.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * How a transaction is begun and ended. `signal` and `timeout` are for all of it: when they come, what runs is stopped and
 * the transaction is rolled back.
 */
export interface TransactionOptions extends BeginOptions, RunOptions {}

/** How often a transaction's callback is run again when it was in another one's way. */
export interface RetryOptions {
  /** How often it is run at most, the first time included. */
  readonly attempts: number;
  /**
   * Milliseconds to wait before the second run, doubled for each further one and varied by half; 20 by default. A function is
   * told how many runs have failed, and what it gives is waited as it is.
   */
  readonly delay?: number | ((failed: number) => number) | undefined;
  /** Other errors after which it is run again: one of your own, or a {@link UniqueViolation} where looking again shows the row. */
  readonly also?: ((error: unknown) => boolean) | undefined;
}

export interface CallbackOptions extends TransactionOptions {
  /**
   * Runs the whole callback again after a {@link SerializationFailure}, {@link Deadlock} or {@link LockTimeout}: a number
   * of further runs, or more exactly. Never when the commit may have happened.
   */
  readonly retry?: number | RetryOptions | undefined;
}

/** How often, how long between, and after which errors besides. */
export interface RetryPlan {
  readonly attempts: number;
  readonly delay: number | ((failed: number) => number);
  readonly also: ((error: unknown) => boolean) | undefined;
}

/** @throws {ParameterError} if it says no number of runs */
export function retryOf(retry: number | RetryOptions | undefined): RetryPlan {
  const {
    attempts,
    delay = 20,
    also,
  }: RetryOptions = typeof retry === "object" ? retry : { attempts: (retry ?? 0) + 1 };
  if (!Number.isInteger(attempts) || attempts < 1 || !(typeof delay === "function" || delay >= 0)) {
    throw new ParameterError("retry must be a number of further runs, or { attempts, delay } of at least one");
  }
  return { attempts, delay, also };
}
