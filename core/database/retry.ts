// Runs a transaction again that was in another one's way. The database has undone all of it, so that nothing is done twice.
import type { Until } from "../dialect/driver.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { suppress } from "../errors/suppressed.ts";
import { ParameterError } from "../errors/usage-errors.ts";
import { pause } from "./cancellation.ts";
import type { RetryPlan } from "./transaction-options.ts";

const longestPause = 2_000;

/** Runs `work` until it succeeds, fails for another reason, or has been run often enough. */
export async function withRetry<T>(
  { attempts, delay, also }: RetryPlan,
  until: Until | undefined,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !helpsToRunAgain(error, also)) throw error;
      await pause(waitAfter(attempt, delay), until, "the transaction").catch((over) => {
        suppress(error, over);
        throw error;
      });
    }
  }
}

/** Milliseconds to wait before the next run. */
function waitAfter(failed: number, delay: RetryPlan["delay"]): number {
  if (typeof delay === "number") {
    const longest = Math.min(delay * 2 ** (failed - 1), longestPause);
    // Varied, so that two transactions that met do not meet again at once.
    return longest * (0.5 + Math.random() / 2);
  }
  const wait = delay(failed);
  if (wait >= 0) return wait;
  throw new ParameterError("the delay of a retry gave no number of milliseconds", "Give a number of 0 or more.");
}

/** Whether the error, or what led to it, says that running the whole transaction again is safe and can help. */
function helpsToRunAgain(error: unknown, also: RetryPlan["also"]): boolean {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    if (at instanceof DatabaseError && at.retryable === "ambiguous") return false;
    if (at instanceof DatabaseError && at.retryable === "transaction") return true;
    seen.add(at);
  }
  return also?.(error) ?? false;
}
