// Rows as they come, in batches: the socket is paused while a batch is looked at, so that the server waits, not the memory
// fills. mysql2 reports rows, their end and errors as events; this turns them into an iteration.
import type { EventEmitter } from "node:events";
import { type DatabaseError, type Query, type Row, stopError, type Until, watch } from "../../core/dialect/index.ts";
import { type Failed, type NativeError, statementError } from "./errors.ts";
import { type Session, socketOf } from "./session-state.ts";
import { phrases, type Stopping, stopStatement } from "./stop.ts";
import { wireValues } from "./wire.ts";

/**
 * Runs the statement once the first batch is asked for. Whoever stops asking before the end has the statement killed.
 *
 * @param begin checks that the statement may be sent, and throws if not
 */
export async function* streamRows(
  session: Session,
  query: Query,
  batch: number,
  until: Until | undefined,
  failed: Failed,
  begin: () => void,
): AsyncGenerator<readonly Row[], void, undefined> {
  begin();
  const rows = new RowQueue(session, query, Math.max(1, batch), until, failed);
  try {
    for (let next = await rows.next(); next !== undefined; next = await rows.next()) yield next;
  } finally {
    await rows.end();
  }
}

class RowQueue {
  readonly #session: Session;
  readonly #batch: number;
  readonly #failed: Failed;
  readonly #endWatch: () => void;
  #rows: Row[] = [];
  #paused = false;
  /** Whether the server has nothing more to say. */
  #finished = false;
  #error: DatabaseError | undefined;
  #discarding = false;
  #stopping: Stopping | undefined;
  #wake: (() => void) | undefined;

  constructor(session: Session, query: Query, batch: number, until: Until | undefined, failed: Failed) {
    this.#session = session;
    this.#batch = batch;
    this.#failed = failed;
    this.#endWatch = watch(until, (why) => {
      this.#discard();
      // All may have come already, and then there is nothing left to stop.
      if (this.#finished)
        this.#error ??= stopError(why, until?.signal, { message: phrases[why], transaction: "open", ...failed });
      else this.#stopping = stopStatement(session, why, until?.signal, failed, (error) => this.#finish(error));
    });
    // mysql2 tells the connection, not a statement without a callback, that the connection is lost.
    session.watchLoss((error) => this.#ended(Object.assign(error, { fatal: true })));
    const command: EventEmitter = session.native.execute(query.text, wireValues(query.parameters));
    command.on("result", (row: unknown) => {
      if (!Array.isArray(row) || this.#discarding) return;
      this.#rows.push(row);
      if (this.#rows.length >= this.#batch) this.#pause();
    });
    command.on("error", (error: NativeError) => this.#ended(error));
    command.on("end", () => this.#ended(undefined));
  }

  /** The next rows, as many as a batch has unless they are the last; `undefined` after those. */
  async next(): Promise<readonly Row[] | undefined> {
    while (this.#rows.length < this.#batch && !this.#finished && this.#error === undefined) {
      this.#resume();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#error !== undefined) throw this.#error;
    if (this.#rows.length === 0) return undefined;
    const rows = this.#rows;
    if (rows.length <= this.#batch) {
      this.#rows = [];
      return rows;
    }
    this.#rows = rows.slice(this.#batch);
    return rows.slice(0, this.#batch);
  }

  /** Lets nothing of the statement be left on the connection. */
  async end(): Promise<void> {
    this.#endWatch();
    if (!this.#finished) this.#discard();
    if (!this.#finished) {
      this.#stopping ??= stopStatement(this.#session, "cancelled", undefined, this.#failed, (error) =>
        this.#finish(error),
      );
      while (!this.#finished)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    this.#session.watchLoss(undefined);
  }

  /** The server has answered; a statement that is being stopped is looked after first. */
  #ended(error: NativeError | undefined): void {
    if (this.#finished) return;
    const classified = error === undefined ? undefined : statementError(error, this.#failed);
    if (classified?.connectionInvalidated) this.#session.destroy(error as NativeError);
    const stopping = this.#stopping;
    // Rows have been thrown away: even if the statement came to its end, the stream did not.
    if (stopping !== undefined) stopping.ended(error, (stopped) => this.#finish(classified ?? stopped));
    else this.#finish(classified);
  }

  #finish(error: DatabaseError | undefined): void {
    if (this.#finished) return;
    this.#error = error;
    this.#finished = true;
    this.#resume();
    this.#wake?.();
  }

  #discard(): void {
    this.#discarding = true;
    this.#rows = [];
    this.#resume();
  }

  // The socket is paused, not mysql2's reader of it, which would copy every packet that it has read already. What has come
  // with the last row of a batch is at most another 64 KB.
  #pause(): void {
    if (!this.#paused) {
      this.#paused = true;
      socketOf(this.#session.native).pause();
    }
    this.#wake?.();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    socketOf(this.#session.native).resume();
  }
}
