// Watches the two things that can end a wait, for drivers: a signal and a deadline.
import { Cancelled, StatementTimeout } from "../errors/connection-errors.ts";
import type { DatabaseErrorFacts } from "../errors/database-error.ts";
import { atDeadline } from "./deadlines.ts";
import type { Until } from "./driver.ts";

/** Why a wait ended before its time. */
export type Stop = "cancelled" | "timeout";

/** Whether `until` has come already. */
export function stopped(until: Until | undefined): Stop | undefined {
  if (until?.signal?.aborted) return "cancelled";
  return until?.deadline !== undefined && performance.now() >= until.deadline ? "timeout" : undefined;
}

/** Calls `stop` once when `until` comes, unless the function that it gives is called before. */
export function watch(until: Until | undefined, stop: (why: Stop) => void): () => void {
  if (until === undefined) return nothing;
  const { signal, deadline } = until;
  if (signal === undefined) return deadline === undefined ? nothing : atDeadline(deadline, () => stop("timeout"));
  const onAbort = (): void => {
    end();
    stop("cancelled");
  };
  signal.addEventListener("abort", onAbort);
  const forget =
    deadline === undefined
      ? nothing
      : atDeadline(deadline, () => {
          end();
          stop("timeout");
        });
  const end = (): void => {
    forget();
    signal.removeEventListener("abort", onAbort);
  };
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
