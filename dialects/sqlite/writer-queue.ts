// SQLite lets one write at a time: who wants to waits here, first come, first served, instead of at the database's lock.
import { ClosedError, type Stop, stopError, type Until, watch } from "../../core/dialect/index.ts";

interface Waiting {
  readonly enter: () => void;
  readonly leave: (error: unknown) => void;
}

const hint =
  "Look for a transaction or connection that is not ended: one writes at a time, and a database in memory has one connection for everything.";

export class WriterQueue {
  #taken = false;
  #closed = false;
  #waiting: Waiting[] = [];

  get taken(): boolean {
    return this.#taken;
  }

  /** Takes the turn if it is free. Otherwise `wait` has to be called. */
  enter(): boolean {
    if (this.#closed) throw new ClosedError("the database");
    if (this.#taken) return false;
    this.#taken = true;
    return true;
  }

  /**
   * Resolves with the turn taken.
   *
   * @throws {Cancelled | StatementTimeout} if `until` comes first
   */
  wait(until: Until | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        enter: () => {
          end();
          resolve();
        },
        leave: (error) => {
          end();
          reject(error);
        },
      };
      const end = watch(until, (why: Stop) => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        const message =
          why === "cancelled"
            ? "the wait for the connection was cancelled"
            : "the one connection for this is in use, and did not come free in time";
        reject(
          stopError(why, until?.signal, { message, hint: why === "timeout" ? hint : undefined, transaction: "open" }),
        );
      });
      this.#waiting.push(waiting);
    });
  }

  /** Gives the turn to the next. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next.enter();
  }

  /** Lets in nobody new, and resolves when all who came before have left. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const free = this.enter();
    this.#closed = true;
    if (!free) await this.wait(undefined);
  }
}
