// Code that a session itself calls, handlers and the callback of nested(), may call the session again: such calls cannot wait for
// what called them. They run in a lane of their own, which is found by where they are called from.
import { AsyncLocalStorage } from "node:async_hooks";
import { SessionLane } from "./lane.ts";

export interface Frame {
  readonly session: object;
  readonly lane: SessionLane;
  /** What the session was doing when it called: this may not be called from there. */
  readonly refuses: ReadonlySet<string>;
  /** Whether queries write changes first. Not during a flush. */
  readonly autoflush: boolean;
  /** False once the callback has ended: what it left running is on its own. */
  open: boolean;
  readonly around: Frame | undefined;
}

const frames = new AsyncLocalStorage<Frame | undefined>();

/** Runs a callback of the user's. */
export async function calling<T>(
  session: object,
  refuses: readonly string[],
  autoflush: boolean,
  work: () => T | Promise<T>,
): Promise<T> {
  const around = frames.getStore();
  const lane = new SessionLane();
  const frame: Frame = { session, lane, refuses: new Set(refuses), autoflush, open: true, around };
  try {
    return await frames.run(frame, work);
  } finally {
    frame.open = false;
    // What it called without awaiting it is waited for.
    await lane.run(async () => {});
  }
}

/** The callback of the session's that the running code belongs to. */
export function frameOf(session: object): Frame | undefined {
  for (let frame = frames.getStore(); frame !== undefined; frame = frame.around) {
    if (frame.session === session && frame.open) return frame;
  }
  return undefined;
}
