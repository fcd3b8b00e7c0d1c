// Lends the driver's connections to whoever runs statements, and knows what all of them share: the limits of waiting, who
// observes, and whether the database has been closed.
import type { Dialect } from "../dialect/dialect.ts";
import {
  type Connection,
  type Driver,
  defaultAcquireTimeout,
  type Query,
  type Result,
  type Until,
} from "../dialect/driver.ts";
import { Disconnected } from "../errors/connection-errors.ts";
import { ClosedError, OuterHandleError } from "../errors/usage-errors.ts";
import { Borrowed, breaksConnection } from "./borrowed.ts";
import { checkTimeout, untilOf } from "./cancellation.ts";
import { isGuarded } from "./guard.ts";
import { type Echo, Observer, queryListeners } from "./observe.ts";
import type { RunOptions } from "./run-options.ts";
import type { Runner } from "./sender.ts";

export interface DatabaseOptions {
  /** What tracing tools and `echo` call it; "main" by default. */
  readonly name?: string | undefined;
  /** Milliseconds a statement may take where its call does not say; 60,000 by default, `Infinity` for no end. */
  readonly timeout?: number | undefined;
  /** Milliseconds to wait for a connection; 30,000 by default. */
  readonly acquireTimeout?: number | undefined;
  /** Milliseconds that `close()` lets transactions and streams end by themselves; 5,000 by default. */
  readonly closeTimeout?: number | undefined;
  /** Prints every statement with its duration; values only with `{ values: true }`. */
  readonly echo?: Echo | undefined;
  /** What the channel `athanor:query` of node:diagnostics_channel tells: bound values only if asked for. */
  readonly trace?: { readonly values?: boolean | undefined } | undefined;
}

export class Engine implements Runner {
  readonly driver: Driver;
  readonly dialect: Dialect;
  readonly observer: Observer;
  readonly name: string;
  /** Milliseconds a statement may take where its call does not say. */
  readonly timeout: number;
  readonly #acquireTimeout: number;
  readonly #closeTimeout: number;
  readonly #embedded: boolean;
  readonly #borrowed = new Set<Borrowed>();
  #callbacks = 0;
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(driver: Driver, options: DatabaseOptions) {
    this.driver = driver;
    this.dialect = driver.dialect;
    this.name = options.name ?? "main";
    this.timeout = checkTimeout(options.timeout ?? 60_000, "timeout");
    this.#acquireTimeout = checkTimeout(options.acquireTimeout ?? defaultAcquireTimeout, "acquireTimeout");
    this.#closeTimeout = checkTimeout(options.closeTimeout ?? 5_000, "closeTimeout");
    this.#embedded = driver.embedded ?? false;
    const { echo, trace } = options;
    this.observer = new Observer({ name: this.name, system: this.dialect.name, echo, trace });
  }

  /** Who wants to know of statements, if anybody does. */
  get watching(): Observer | undefined {
    return this.observer.prints || queryListeners.hasSubscribers ? this.observer : undefined;
  }

  /** @throws {ClosedError | OuterHandleError} if the database cannot be called now */
  refuse(): void {
    if (this.#closed !== undefined) throw new ClosedError(`database "${this.name}"`);
    if (this.#callbacks > 0) this.refuseInside();
  }

  /** @throws {OuterHandleError} inside a transaction's callback */
  refuseInside(): void {
    if (isGuarded(this)) throw new OuterHandleError();
  }

  /** Counts a callback that must not call the database itself. */
  async guards<T>(work: () => Promise<T>): Promise<T> {
    this.#callbacks++;
    try {
      return await work();
    } finally {
      this.#callbacks--;
    }
  }

  /**
   * Runs one statement on any connection. A statement that only reads runs once more if its connection turns out to be
   * lost: nothing else is ever repeated.
   *
   * @throws {ClosedError | OuterHandleError} if the database cannot be called now
   */
  query(query: Query, access: "read" | "write", options: RunOptions | undefined): Result | Promise<Result> {
    this.refuse();
    const at = this.#embedded && access === "read" && options === undefined ? undefined : this.callUntil(options);
    const connection = this.#acquire(access, at);
    if (this.#embedded && !(connection instanceof Promise)) return this.#queryOn(connection, query, options, at);
    return this.#queryLater(connection, query, access, options, at);
  }

  /** Runs a statement on a connection and tells whoever observes. */
  send(connection: Connection, query: Query, until: Until | undefined): Result | Promise<Result> {
    const { watching } = this;
    if (watching === undefined) return connection.query(query, until);
    return watching.query(query, () => connection.query(query, until));
  }

  /** Runs text on a connection and tells whoever observes. */
  execute(connection: Connection, text: string, until: Until | undefined): Result | Promise<Result> {
    const { watching } = this;
    if (watching === undefined) return connection.execute(text, until);
    return watching.text(text, () => connection.execute(text, until));
  }

  /** Runs several statements in one round trip, or one after the other where the driver has no pipeline. */
  async pipeline(
    connection: Connection,
    queries: readonly Query[],
    until: Until | undefined,
  ): Promise<readonly Result[]> {
    if (connection.pipeline === undefined || queries.length === 1) {
      const results: Result[] = [];
      for (const query of queries) {
        const result = this.send(connection, query, until);
        results.push(result instanceof Promise ? await result : result);
      }
      return results;
    }
    const { watching } = this;
    if (watching === undefined) return connection.pipeline(queries, until);
    const text = queries.map((query) => query.text).join(";\n");
    const parameters = queries.flatMap((query) => query.parameters);
    return watching.watch(text, parameters, async (event) => {
      const results = await (connection.pipeline as NonNullable<Connection["pipeline"]>)(queries, until);
      event.rows = results.reduce((sum, result) => sum + result.rows.length, 0);
      event.affected = results.reduce((sum, result) => sum + result.affected, 0);
      return results;
    });
  }

  /** Borrows a connection for longer than one statement. */
  async borrow(access: "read" | "write", until: Until | undefined): Promise<Borrowed> {
    const connection = await this.#acquire(access, until);
    const borrowed = new Borrowed(connection, (it) => {
      this.#borrowed.delete(it);
      if (this.#borrowed.size === 0) this.#onIdle?.();
    });
    if (this.#closed !== undefined) {
      borrowed.giveBack();
      throw new ClosedError(`database "${this.name}"`);
    }
    this.#borrowed.add(borrowed);
    return borrowed;
  }

  /** When a call that starts now must have ended as a whole, if it says so. */
  callUntil(options: RunOptions | undefined): Until | undefined {
    return untilOf(options, Number.POSITIVE_INFINITY);
  }

  /** When a statement that is sent now, on a connection already held, must have ended. */
  untilOf(options: RunOptions | undefined, outer?: Until, timeout: number = this.timeout): Until | undefined {
    if (this.#embedded && options === undefined && outer === undefined) return undefined;
    return untilOf(options, timeout, outer);
  }

  /** Milliseconds that each batch of a stream may take. */
  batchTimeout(options: RunOptions | undefined): number {
    return this.#embedded || options?.timeout !== undefined ? Number.POSITIVE_INFINITY : this.timeout;
  }

  /** Lets what runs end, for a while; then takes back every connection and closes them. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#borrowed.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(this.#closeTimeout, 2 ** 31 - 1));
        this.#onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      for (const borrowed of [...this.#borrowed]) borrowed.recall();
    }
    await this.driver.close();
  }

  #acquire(access: "read" | "write", at: Until | undefined): Connection | Promise<Connection> {
    if (this.#embedded && access === "read" && at === undefined) return this.driver.acquire(access);
    return this.driver.acquire(access, untilOf(undefined, this.#acquireTimeout, at));
  }

  async #queryLater(
    acquiring: Connection | Promise<Connection>,
    query: Query,
    access: "read" | "write",
    options: RunOptions | undefined,
    at: Until | undefined,
  ): Promise<Result> {
    try {
      return await this.#queryOn(await acquiring, query, options, at);
    } catch (error) {
      if (!(error instanceof Disconnected && access === "read")) throw error;
      return await this.#queryOn(await this.#acquire(access, at), query, options, at);
    }
  }

  #queryOn(
    connection: Connection,
    query: Query,
    options: RunOptions | undefined,
    at: Until | undefined,
  ): Result | Promise<Result> {
    let result: Result | Promise<Result>;
    try {
      // A timeout in the call counts from its start; the default one from when the statement is sent.
      const until = options?.timeout === undefined ? this.untilOf(undefined, at) : at;
      result = this.send(connection, query, until);
    } catch (error) {
      giveBack(connection, error);
      throw error;
    }
    if (result instanceof Promise) return finish(connection, result);
    connection.release();
    return result;
  }
}

async function finish(connection: Connection, running: Promise<Result>): Promise<Result> {
  let result: Result;
  try {
    result = await running;
  } catch (error) {
    giveBack(connection, error);
    throw error;
  }
  connection.release();
  return result;
}

function giveBack(connection: Connection, error: unknown): void {
  connection.release(breaksConnection(error) || !connection.usable);
}
