// An open read over the rows of one statement. SQLite lets nothing be written on a connection while it hands out rows, so
// the rest is read into memory at the moment something else wants to write.
import type { Row } from "../../core/dialect/index.ts";

export class Cursor {
  readonly #rows: Iterator<Row>;
  #rest: Row[] | undefined;
  #next = 0;
  #done = false;

  constructor(rows: Iterator<Row>) {
    this.#rows = rows;
  }

  /** Up to `count` rows; fewer only at the end. */
  read(count: number): Row[] {
    if (this.#rest !== undefined) {
      const rows = this.#rest.slice(this.#next, this.#next + count);
      this.#next += rows.length;
      return rows;
    }
    const rows: Row[] = [];
    while (rows.length < count && !this.#done) {
      const next = this.#rows.next();
      if (next.done === true) this.#done = true;
      else rows.push(next.value);
    }
    return rows;
  }

  /** Reads what is left into memory, so that the statement ends. */
  drain(): void {
    this.#rest ??= this.read(Number.POSITIVE_INFINITY);
  }

  /** Ends the statement; what is left is dropped. */
  close(): void {
    this.#rest ??= [];
    if (!this.#done) this.#rows.return?.();
    this.#done = true;
  }
}
