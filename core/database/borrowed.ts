// A connection that is held for longer than one statement: by a transaction, a stream, or connection(). Whoever closes the
// database can find it and take it back.
import type { Connection } from "../dialect/driver.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { Lane } from "./lane.ts";

export class Borrowed {
  readonly connection: Connection;
  /** One statement at a time. */
  readonly lane: Lane = new Lane();
  /** What must end before the connection can go back: called when the database is closed. */
  onRecall: (() => void) | undefined;
  readonly #onReturn: (borrowed: Borrowed) => void;
  #broken = false;
  #returned = false;

  constructor(connection: Connection, onReturn: (borrowed: Borrowed) => void) {
    this.connection = connection;
    this.#onReturn = onReturn;
  }

  get returned(): boolean {
    return this.#returned;
  }

  /** Says that its state is not known any more, so that it is destroyed when given back. */
  breaks(): void {
    this.#broken = true;
  }

  /** Gives the connection back, once. */
  giveBack(): void {
    if (this.#returned) return;
    this.#returned = true;
    this.connection.release(this.#broken || !this.connection.usable);
    this.#onReturn(this);
  }

  /** Takes the connection away from whoever holds it. */
  recall(): void {
    this.breaks();
    this.onRecall?.();
    this.giveBack();
  }
}

/** Whether an error leaves the connection in a state that is not known. */
export function breaksConnection(error: unknown): boolean {
  return error instanceof DatabaseError && error.connectionInvalidated;
}
