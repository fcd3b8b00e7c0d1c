// Rows as they come: a batch is read when the one before has been handed out, so that memory does not grow with the
// result. The connection is held from the first row asked for until the last, or until the reader leaves early, fails or
// forgets the stream.
import type { Compiled } from "../compile/compile.ts";
import type { BuildRow } from "../compile/row-decoder.ts";
import type { Query, Row } from "../dialect/driver.ts";
import { Cancelled, StatementTimeout } from "../errors/connection-errors.ts";
import { suppress } from "../errors/suppressed.ts";
import { ClosedError } from "../errors/usage-errors.ts";
import { breaksConnection } from "./borrowed.ts";
import type { RunOptions } from "./run-options.ts";
import type { Sender, StreamPlace } from "./sender.ts";

/** How a statement is streamed. `timeout` is for the whole stream; without one, each batch has the database's. */
export interface StreamOptions extends RunOptions {
  /** About how many rows are read at a time; 250 by default. */
  readonly batch?: number | undefined;
}

/**
 * The rows of a statement, to be read once with `for await`. Leaving the loop early stops the statement and frees its
 * connection; so does `await using`.
 */
export interface RowStream<R> extends AsyncDisposable {
  [Symbol.asyncIterator](): RowStream<R>;
  next(): Promise<IteratorResult<R, undefined>>;
  return(): Promise<IteratorResult<R, undefined>>;
  /** The same rows, in the batches they are read in. */
  batches(): AsyncIterable<R[]>;
}

/** A stream that has not started yet: nothing is sent before its first row is asked for. */
export function openStream<R>(
  sender: Sender,
  compiled: Compiled,
  query: Query,
  options: StreamOptions | undefined,
): RowStream<R> {
  return new Reader<R>(compiled, options?.build, new Batches(sender, compiled.reads, query, options));
}

/** Frees the connections of streams that were started and forgotten. */
const forgotten = new FinalizationRegistry<Batches>((batches) => void batches.end().catch(() => {}));

/** Hands out the rows of one batch after the other. Reading costs no more than a promise a row. */
class Reader<R> implements RowStream<R> {
  readonly #compiled: Compiled;
  readonly #build: BuildRow | undefined;
  readonly #batches: Batches;
  #rows: R[] = [];
  #index = 0;
  #filling: Promise<boolean> | undefined;

  constructor(compiled: Compiled, build: BuildRow | undefined, batches: Batches) {
    this.#compiled = compiled;
    this.#build = build;
    this.#batches = batches;
    forgotten.register(this, batches, this);
  }

  [Symbol.asyncIterator](): RowStream<R> {
    return this;
  }

  next(): Promise<IteratorResult<R, undefined>> {
    if (this.#index < this.#rows.length) {
      return Promise.resolve({ done: false, value: this.#rows[this.#index++] as R });
    }
    return this.#nextOfNextBatch();
  }

  async return(): Promise<IteratorResult<R, undefined>> {
    this.#rows = [];
    forgotten.unregister(this);
    await this.#batches.end();
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async *batches(): AsyncGenerator<R[], undefined> {
    try {
      while (this.#index < this.#rows.length || (await this.#fill())) {
        const rows = this.#index === 0 ? this.#rows : this.#rows.slice(this.#index);
        this.#rows = [];
        this.#index = 0;
        yield rows;
      }
    } finally {
      await this.return();
    }
  }

  async #nextOfNextBatch(): Promise<IteratorResult<R, undefined>> {
    while (this.#index >= this.#rows.length) {
      if (!(await this.#fill())) return { done: true, value: undefined };
    }
    return { done: false, value: this.#rows[this.#index++] as R };
  }

  /** Reads the next batch, once for all who wait for it. */
  #fill(): Promise<boolean> {
    this.#filling ??= this.#read().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  async #read(): Promise<boolean> {
    const rows = await this.#batches.next();
    if (rows === undefined) {
      forgotten.unregister(this);
      return false;
    }
    try {
      this.#rows = this.#compiled.decode(rows, this.#build) as R[];
    } catch (error) {
      await this.#batches.end(error);
      throw error;
    }
    this.#index = 0;
    return true;
  }
}

/** The batches of one statement, and the connection they come from. Does not know who reads. */
class Batches {
  readonly #sender: Sender;
  readonly #reads: boolean;
  readonly #query: Query;
  readonly #options: StreamOptions | undefined;
  /** Aborted when a batch takes too long, or the stream is cut off. */
  readonly #stop = new AbortController();
  #place: StreamPlace | undefined;
  #starting: Promise<AsyncIterator<readonly Row[]>> | undefined;
  #ending: Promise<void> | undefined;
  /** Whether the reader still has to be told that the stream was cut off. */
  #cutOff = false;
  #count = 0;
  #observed: { resolve(): void; reject(error: unknown): void } | undefined;

  constructor(sender: Sender, reads: boolean, query: Query, options: StreamOptions | undefined) {
    this.#sender = sender;
    this.#reads = reads;
    this.#query = query;
    this.#options = options;
  }

  /** The next batch, or undefined after the last. An error is thrown once; there is nothing after it. */
  async next(): Promise<readonly Row[] | undefined> {
    if (this.#cutOff) throw this.#tellCutOff();
    if (this.#ending !== undefined) return undefined;
    try {
      this.#starting ??= this.#start();
      const item = await this.#inTime(await this.#starting);
      if (item.done !== true) {
        this.#count += item.value.length;
        return item.value;
      }
      // Whatever a driver makes of a statement that was stopped: its end is not the end of the rows.
      this.#refuseIfStopped();
    } catch (error) {
      const shown = this.#reason(error);
      await this.end(shown, breaksConnection(error));
      throw shown;
    }
    await this.end();
    return undefined;
  }

  /** Stops the statement and frees the connection. */
  end(error?: unknown, broken = false): Promise<void> {
    this.#ending ??= this.#end(error, broken);
    return this.#ending;
  }

  async #start(): Promise<AsyncIterator<readonly Row[]>> {
    const access = this.#reads ? "read" : "write";
    const place = await this.#sender.openStream(access, this.#options, () => this.#cut());
    this.#place = place;
    this.#observe(place);
    const { connection, until } = place;
    const { signal } = this.#stop;
    return connection
      .stream(this.#query, this.#options?.batch ?? 250, {
        signal: until?.signal === undefined ? signal : AbortSignal.any([until.signal, signal]),
        deadline: until?.deadline,
      })
      [Symbol.asyncIterator]();
  }

  /** The next batch, unless it takes too long. The time the reader takes between batches does not count. */
  async #inTime(iterator: AsyncIterator<readonly Row[]>): Promise<IteratorResult<readonly Row[]>> {
    const limit = this.#place?.batchTimeout ?? Number.POSITIVE_INFINITY;
    if (limit === Number.POSITIVE_INFINITY) return iterator.next();
    const timer = setTimeout(() => this.#stop.abort(), Math.min(limit, 2 ** 31 - 1));
    try {
      return await iterator.next();
    } finally {
      clearTimeout(timer);
    }
  }

  #refuseIfStopped(): void {
    if (this.#stop.signal.aborted || this.#place?.until?.signal?.aborted) {
      throw new Cancelled({ message: "the stream was cancelled", transaction: "open" });
    }
  }

  /** Ends the stream because its transaction or database ends. */
  #cut(): Promise<void> {
    this.#cutOff = this.#ending === undefined;
    this.#stop.abort();
    return this.end();
  }

  /** What the reader sees of an error: where we stopped the statement, why. */
  #reason(error: unknown): unknown {
    if (this.#cutOff) return this.#tellCutOff();
    if (!(error instanceof Cancelled) || !this.#stop.signal.aborted) return error;
    return new StatementTimeout({
      message: "a batch of the stream took longer than the timeout",
      cause: error,
      sql: this.#query.text,
      connectionInvalidated: error.connectionInvalidated,
    });
  }

  #tellCutOff(): ClosedError {
    this.#cutOff = false;
    return new ClosedError("the transaction or database of this stream");
  }

  async #end(error: unknown, broken: boolean): Promise<void> {
    let cannotStop = broken;
    try {
      // Whoever leaves while the connection is still waited for must not leave it behind.
      await (await this.#starting)?.return?.();
    } catch (later) {
      cannotStop ||= this.#place !== undefined && later !== error;
      suppress(error, later);
    }
    this.#place?.ended(cannotStop, error);
    if (error === undefined) this.#observed?.resolve();
    else this.#observed?.reject(error);
  }

  #observe({ watching: observer }: StreamPlace): void {
    if (observer === undefined) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#observed = { resolve, reject };
    const watching = observer.watch(this.#query.text, this.#query.parameters, async (event) => {
      try {
        await promise;
      } finally {
        event.rows = this.#count;
      }
    });
    watching.catch(() => {});
  }
}
