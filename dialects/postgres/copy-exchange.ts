// What is said in a COPY: the server asks for data until it is told that there is no more, or sends it until there is none.
import { Exchange } from "./exchange.ts";
import type { PgWire } from "./pg-client.ts";
import type { Session } from "./session.ts";

/** COPY … FROM STDIN: sends what the source gives, no faster than the server takes it. */
export class CopyIn extends Exchange {
  readonly #source: AsyncIterable<Uint8Array | string>;
  /** Why the source ended early; the server then only says that the client gave up. */
  #fault: unknown;
  #stopped = false;
  /** Set while the server waits for data, where no cancel reaches it. */
  #taking: PgWire | undefined;

  constructor(session: Session, text: string, source: AsyncIterable<Uint8Array | string>) {
    super(session, (wire) => wire.query(text));
    this.#source = source;
  }

  /** The error of the source, if it was the source that failed. */
  get fault(): unknown {
    return this.#fault;
  }

  /** Ends it because its time is up, if the server waits for data; else it must be cancelled. */
  abandon(): boolean {
    if (this.#taking === undefined || this.#stopped) return false;
    this.#stopped = true;
    this.#taking.sendCopyFail("stopped");
    return true;
  }

  override handleCopyInResponse(wire: PgWire): void {
    this.#taking = wire;
    void this.#pump(wire);
  }

  override handleError(error: Error): void {
    this.#stopped = true;
    super.handleError(error);
  }

  async #pump(wire: PgWire): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.#stopped) return;
        wire.sendCopyFromChunk(bufferOf(chunk));
        if (wire.stream.writableNeedDrain) await drained(wire);
      }
    } catch (error) {
      this.#fault = error;
      if (!this.#stopped) wire.sendCopyFail("the source of the rows failed");
      return;
    }
    if (this.#stopped) return;
    this.#taking = undefined;
    wire.endCopyFrom();
  }
}

function bufferOf(chunk: Uint8Array | string): Buffer {
  return typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function drained(wire: PgWire): Promise<void> {
  return new Promise((resolve) => {
    wire.stream.once("drain", resolve);
    wire.stream.once("close", resolve);
  });
}

/** COPY … TO STDOUT: hands on what the server sends, and stops reading from it while nobody takes it. */
export class CopyOut extends Exchange {
  readonly #wire: PgWire;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #waiting: (() => void) | undefined;
  #over = false;

  constructor(session: Session, text: string) {
    super(session, (wire) => wire.query(text));
    this.#wire = session.wire;
    const end = (): void => {
      this.#over = true;
      this.#wake();
    };
    this.done.then(end, end);
  }

  override handleCopyData(message: { readonly chunk: Uint8Array }): void {
    // The chunk is a window onto the reader's buffer, which is written over.
    this.#chunks.push(Uint8Array.from(message.chunk));
    this.#size += message.chunk.length;
    if (this.#size > 1 << 20) this.#wire.stream.pause?.();
    this.#wake();
  }

  /** What has arrived; undefined after the last. */
  async next(): Promise<readonly Uint8Array[] | undefined> {
    while (this.#chunks.length === 0) {
      if (this.#over) return undefined;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#size = 0;
    this.#wire.stream.resume?.();
    return chunks;
  }

  /** Lets whatever still comes go by. */
  discard(): void {
    this.#wire.stream.resume?.();
    this.handleCopyData = (): void => {};
    this.#chunks = [];
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }
}
