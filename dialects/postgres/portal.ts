// A statement whose rows are fetched in batches, outside a transaction. It is one exchange from its first batch to its
// last: the server waits between two batches, with the statement's implicit transaction open.
import type { Row } from "../../core/dialect/index.ts";
import { isFatal, isServerError } from "./errors.ts";
import { Exchange } from "./exchange.ts";
import type { PgWire } from "./pg-client.ts";
import type { Session } from "./session.ts";

export interface Batch {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

const nothing: Batch = { rows: [], more: false };

export class Portal extends Exchange {
  readonly #size: number;
  readonly #wire: PgWire;
  #rows: Row[] = [];
  #waiting: ((batch: Batch) => void) | undefined;
  #ready: Batch | undefined;
  /** Whether the server waits for the next request. */
  #suspended = false;
  #over = false;
  #abandoned = false;

  constructor(session: Session, size: number, bind: (wire: PgWire) => void) {
    super(session, (wire) => {
      bind(wire);
      wire.execute({ portal: "", rows: size });
      wire.flush();
    });
    this.#size = size;
    this.#wire = session.wire;
    const end = (): void => {
      this.#over = true;
      this.#hand(nothing);
    };
    this.done.then(end, end);
  }

  /** The next rows; none, once the statement has ended or failed. */
  next(): Promise<Batch> {
    const ready = this.#ready;
    if (ready) {
      this.#ready = undefined;
      return Promise.resolve(ready);
    }
    if (this.#over) return Promise.resolve(nothing);
    if (this.#suspended) {
      this.#suspended = false;
      this.#wire.stream.cork?.();
      this.#wire.execute({ portal: "", rows: this.#size });
      this.#wire.flush();
      this.#wire.stream.uncork?.();
    }
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Ends the statement, if it has not ended. What runs ends first: a batch is all that can be under way. */
  close(): void {
    if (this.#over || !this.#suspended) return;
    this.#suspended = false;
    this.#over = true;
    this.#wire.close({ type: "P", name: "" });
    this.#wire.sync();
  }

  /** Ends it because its time is up, if nothing is under way; else it must be cancelled. */
  abandon(): boolean {
    if (this.#over || !this.#suspended) return false;
    this.#abandoned = true;
    this.#ready = undefined;
    this.close();
    return true;
  }

  override handleReadyForQuery(): void {
    if (this.#abandoned) this.fail(new Error("the stream was ended"));
    else super.handleReadyForQuery();
  }

  override handleDataRow(message: { readonly fields: Row }): void {
    this.#rows.push(message.fields);
  }

  override handlePortalSuspended(): void {
    this.#suspended = true;
    this.#hand({ rows: this.#rows, more: true });
    this.#rows = [];
  }

  override handleCommandComplete(): void {
    this.#over = true;
    this.#wire.sync();
    this.#hand({ rows: this.#rows, more: false });
    this.#rows = [];
  }

  override handleError(error: Error): void {
    this.#suspended = false;
    if (isServerError(error) && !isFatal(error)) this.#wire.sync();
    super.handleError(error);
  }

  #hand(batch: Batch): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(batch);
    else if (batch.more || batch.rows.length > 0) this.#ready = batch;
  }
}
