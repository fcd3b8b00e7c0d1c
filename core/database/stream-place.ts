// A stream's place on a connection that is held already: nothing else runs on it until the stream has ended.
import type { Until } from "../dialect/driver.ts";
import type { Borrowed } from "./borrowed.ts";
import type { Engine } from "./engine.ts";
import type { RunOptions } from "./run-options.ts";
import type { StreamPlace } from "./sender.ts";

/** What whoever holds the connection has to say. */
export interface StreamKeeper {
  /** Enters the connection's lane and stays until what `hold` gives resolves. */
  enter(hold: (limit: Until | undefined) => Promise<void>): void | Promise<void>;
  /** The stream has ended. */
  left(broken: boolean, error: unknown): void;
}

export function placeInLane(
  engine: Engine,
  borrowed: Borrowed,
  options: RunOptions | undefined,
  keeper: StreamKeeper,
): Promise<StreamPlace> {
  return new Promise((resolve, reject) => {
    const hold = (until: Until | undefined): Promise<void> => {
      const { promise, resolve: leave } = Promise.withResolvers<void>();
      resolve({
        connection: borrowed.connection,
        until,
        batchTimeout: engine.batchTimeout(options),
        watching: engine.watching,
        ended: (broken, error) => {
          keeper.left(broken, error);
          leave();
        },
      });
      return promise;
    };
    // What fails is the wait for the place; once the stream has it, its errors are its reader's.
    Promise.resolve(keeper.enter(hold)).catch((error) => {
      keeper.left(false, undefined);
      reject(error);
    });
  });
}
