// Finds out whether the running code was called from inside a transaction's callback. A call on the outer database there
// would escape the transaction, or wait for it for ever; it is refused instead. Asked only while a callback runs.
import { AsyncLocalStorage } from "node:async_hooks";

interface Frame {
  readonly owner: object;
  /** False once the callback has ended: what it left running may use the outer database again. */
  open: boolean;
  readonly around: Frame | undefined;
}

const frames = new AsyncLocalStorage<Frame | undefined>();

/** Runs a callback that must not call `owner`. */
export async function guarded<T>(owner: object, work: () => T | Promise<T>): Promise<T> {
  const frame: Frame = { owner, open: true, around: frames.getStore() };
  try {
    return await frames.run(frame, work);
  } finally {
    frame.open = false;
  }
}

/** Whether the running code was called from a callback that must not call `owner`. */
export function isGuarded(owner: object): boolean {
  for (let frame = frames.getStore(); frame !== undefined; frame = frame.around) {
    if (frame.owner === owner && frame.open) return true;
  }
  return false;
}

/**
 * Runs `work`, which may call the database although it runs inside a transaction's callback. What it does there is not
 * part of the transaction. On SQLite, where there is one writer, a write there would wait for the transaction that it
 * stands in; on a pool of one connection anything would.
 *
 * @example
 * ```ts no-run
 * await db.transaction(async (tx) => {
 *   await outside(() => db.run(insertInto(attempts).values({ at: new Date() }))); // stays, whatever happens to tx
 * });
 * ```
 */
export function outside<T>(work: () => T): T {
  return frames.run(undefined, work);
}
