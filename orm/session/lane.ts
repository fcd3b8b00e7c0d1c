// One thing at a time: what a session is asked while it is busy waits its turn. What ends or splits the transaction does not wait:
// two of those at once are a mistake.
import { ConcurrentUseError } from "../../core/index.ts";

export class SessionLane {
  #last: Promise<unknown> | undefined;
  /** What runs, or waits, that nothing of its kind may run beside. */
  #alone: string | undefined;

  /** Runs the work once everything before it has ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const running = before === undefined ? work() : before.then(work, work);
    const settled: Promise<void> = running.then(
      () => this.#ended(settled),
      () => this.#ended(settled),
    );
    this.#last = settled;
    return running;
  }

  /** The same for a flush, commit, rollback or nested transaction. @throws {ConcurrentUseError} while another one runs */
  async alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.#alone !== undefined) {
      throw new ConcurrentUseError(
        `the session's ${what}() was called while its ${this.#alone}() was running`,
        "Await the one before the other, or use a session of its own for each piece of work.",
      );
    }
    this.#alone = what;
    try {
      return await this.run(work);
    } finally {
      this.#alone = undefined;
    }
  }

  #ended(settled: Promise<unknown>): void {
    if (this.#last === settled) this.#last = undefined;
  }
}
