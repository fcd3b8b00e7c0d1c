// Watches the two things that can end a wait, for drivers: a signal and a deadline.
import { Cancelled, StatementTimeout } from "../errors/connection-errors.ts";
import type { DatabaseErrorFacts } from "../errors/database-error.ts";
import type { Until } from "./driver.ts";

/** Why a wait ended before its time. */
export type Stop = "cancelled" | "timeout";

// setTimeout fires at once for anything longer.
const longestTimer = 2 ** 31 - 1;

/** Whether `until` has come already. */
export function stopped(until: Until | undefined): Stop | undefined {
  if (until?.signal?.aborted) return "cancelled";
  return until?.deadline !== undefined && performance.now() >= until.deadline ? "timeout" : undefined;
}

/** Calls `stop` once when `until` comes, unless the function that it gives is called before. */
export function watch(until: Until | undefined, stop: (why: Stop) => void): () => void {
  if (until === undefined || (until.signal === undefined && until.deadline === undefined)) return nothing;
  const { signal, deadline } = until;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  };
  const fire = (why: Stop): void => {
    end();
    stop(why);
  };
  const onAbort = (): void => fire("cancelled");
  const arm = (at: number): void => {
    const left = at - performance.now();
    timer = left > longestTimer ? setTimeout(arm, longestTimer, at) : setTimeout(fire, Math.max(0, left), "timeout");
  };
  signal?.addEventListener("abort", onAbort);
  if (deadline !== undefined) arm(deadline);
  return end;
}

/** The error of a wait that ended before its time. */
export function stopError(
  why: Stop,
  signal: AbortSignal | undefined,
  facts: DatabaseErrorFacts,
): Cancelled | StatementTimeout {
  return why === "cancelled" ? new Cancelled({ cause: signal?.reason, ...facts }) : new StatementTimeout(facts);
}

function nothing(): void {}
