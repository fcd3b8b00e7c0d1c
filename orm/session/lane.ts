// One thing at a time: what a session is asked while it is busy waits its turn.
export class SessionLane {
  #last: Promise<unknown> | undefined;

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

  #ended(settled: Promise<unknown>): void {
    if (this.#last === settled) this.#last = undefined;
  }
}
