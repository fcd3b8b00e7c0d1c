// A connection does one thing at a time; a lane lets in one after the other, in the order they came. What runs while
// nobody else does starts at once and, if it answers at once, never waits.
import type { Until } from "../dialect/driver.ts";
import { whenOver } from "./cancellation.ts";

export class Lane {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  /** Whether something runs or waits. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Runs `work` when its turn comes. Giving up while it waits leaves nothing behind. */
  run<T>(work: () => T | Promise<T>, until?: Until): T | Promise<T> {
    if (this.#busy) return this.#turn(until).then(() => this.#work(work));
    this.#busy = true;
    return this.#work(work);
  }

  #work<T>(work: () => T | Promise<T>): T | Promise<T> {
    let result: T | Promise<T>;
    try {
      result = work();
    } catch (error) {
      this.#next();
      throw error;
    }
    if (!(result instanceof Promise)) {
      this.#next();
      return result;
    }
    return result.then(
      (value) => {
        this.#next();
        return value;
      },
      (error) => {
        this.#next();
        throw error;
      },
    );
  }

  /** Resolves when everything before has ended, and holds the lane from then on. */
  #turn(until: Until | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        stop();
        resolve();
      };
      this.#waiting.push(enter);
      const stop = whenOver(until, "the call, which waited for others,", (error) => {
        const place = this.#waiting.indexOf(enter);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(error);
      });
    });
  }

  #next(): void {
    const enter = this.#waiting.shift();
    if (enter === undefined) this.#busy = false;
    else enter();
  }
}
