// One exchange with the server: what is sent up to a Sync, and what is read until the server is ready again. Rows are kept
// as pg's protocol reader hands them over, arrays of text.
import type { Query, Result, Row } from "../../core/dialect/index.ts";
import { isFatal, isServerError } from "./errors.ts";
import type { PgWire, Submittable } from "./pg-client.ts";
import type { Prepared } from "./prepared.ts";
import type { Session } from "./session.ts";

/** One statement of an exchange. Without `prepared` it is parsed each time. */
export interface Step {
  readonly query: Query;
  readonly prepared: Prepared | undefined;
}

/** What the server answered to one statement. `more`: the limit on rows was reached before the end. */
export interface Answer extends Result {
  readonly more: boolean;
}

export class Exchange implements Submittable {
  readonly #send: (wire: PgWire) => void;
  readonly #session: Session;
  readonly #resolve: (answers: readonly Answer[]) => void;
  readonly #reject: (error: Error) => void;
  readonly #answers: Answer[] = [];
  #rows: Row[] = [];
  #error: Error | undefined;
  /** Settles when the server is ready for the next exchange, or the connection is lost. */
  readonly done: Promise<readonly Answer[]>;

  constructor(session: Session, send: (wire: PgWire) => void) {
    this.#session = session;
    this.#send = send;
    const { promise, resolve, reject } = Promise.withResolvers<readonly Answer[]>();
    this.done = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** How many statements were answered before the one that failed. */
  get answered(): number {
    return this.#answers.length;
  }

  submit(wire: PgWire): null {
    wire.stream.cork?.();
    try {
      this.#send(wire);
    } finally {
      wire.stream.uncork?.();
    }
    return null;
  }

  handleRowDescription(): void {}

  handleDataRow(message: { readonly fields: Row }): void {
    this.#rows.push(message.fields);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#answer(message.text, false);
  }

  handlePortalSuspended(): void {
    this.#answer("", true);
  }

  handleEmptyQuery(): void {
    this.#answer("", false);
  }

  handleReadyForQuery(): void {
    if (this.#error) this.#reject(this.#error);
    else this.#resolve(this.#answers);
  }

  handleError(error: Error): void {
    // After an error of the statement's the server is ready again in a moment, and only then is it known what is left of
    // the transaction. Anything else has ended the connection.
    this.#error ??= error;
    if (isServerError(error) && !isFatal(error)) {
      this.#session.failing = this;
      return;
    }
    this.#session.alive = false;
    this.#session.lost ??= error;
    this.fail(this.#error);
  }

  // Text that opens a COPY through execute() gets no data.
  handleCopyInResponse(wire: PgWire): void {
    wire.sendCopyFail("COPY FROM STDIN needs copyFrom()");
  }

  handleCopyData(_message: { readonly chunk: Uint8Array }): void {}

  /** Ends the exchange with an error that is not the connection's. */
  protected fail(error: Error): void {
    this.#reject(error);
  }

  #answer(tag: string, more: boolean): void {
    this.#answers.push({ rows: this.#rows, affected: affected(tag), tag, more });
    this.#rows = [];
  }
}

/** Sends statements in one go, the values bound, none of them after one that failed. */
export function sendSteps(wire: PgWire, session: Session, steps: readonly Step[]): void {
  closeEvicted(wire, session);
  for (const step of steps) {
    bindStep(wire, step, "");
    wire.execute(undefined);
  }
  wire.sync();
}

/** Closes what the cache of prepared statements has put out. */
export function closeEvicted(wire: PgWire, session: Session): void {
  const { closing } = session.prepared;
  if (closing.length === 0) return;
  for (const name of closing) wire.close({ type: "S", name });
  session.prepared.closing = [];
}

/** Parses the statement where the server does not have it, and binds its values to the portal. */
export function bindStep(wire: PgWire, { query, prepared }: Step, portal: string): void {
  const statement = prepared?.name ?? "";
  if (!prepared?.parsed) {
    wire.parse({ text: query.text, name: statement });
    if (prepared) prepared.parsed = true;
  }
  wire.bind({ portal, statement, values: query.parameters, valueMapper: toWire });
}

/** Everything goes as text, whose meaning the server decides by type, but bytes, which go as they are. */
function toWire(value: unknown): string | Buffer | null {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return String(value);
}

/** `INSERT 0 5`, `UPDATE 5`, `COPY 5` … SELECT's count is of rows that were read. */
function affected(tag: string): number {
  if (tag.startsWith("SELECT") || tag.startsWith("FETCH")) return 0;
  const count = /(\d+)$/.exec(tag);
  return count ? Number(count[1]) : 0;
}
