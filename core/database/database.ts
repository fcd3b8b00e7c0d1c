// A database: runs statements over whatever connection is free, begins transactions, lends connections.
import type { Compiled } from "../compile/compile.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Driver, Query, Result } from "../dialect/driver.ts";
import type { InspectOptions, Reflected } from "../dialect/inspector.ts";
import { type Beginning, beginTransaction, runTransaction, sendAtOnce } from "./begin.ts";
import { breaksConnection } from "./borrowed.ts";
import { type DatabaseOptions, Engine } from "./engine.ts";
import { Handle, type Queries } from "./handle.ts";
import { type PinnedConnection, PinnedHandle } from "./pinned.ts";
import type { Take } from "./results.ts";
import { withRetry } from "./retry.ts";
import type { RunOptions } from "./run-options.ts";
import { perRoundTrip, sendEachIn } from "./send-each.ts";
import type { Call, StreamPlace } from "./sender.ts";
import type { Transaction, TransactionHandle } from "./transaction.ts";
import { type CallbackOptions, retryOf, type TransactionOptions } from "./transaction-options.ts";

/** A database with the features `Provided`. */
export interface Database<in Provided> extends Queries<Provided>, AsyncDisposable {
  /** What it was called in its options. */
  readonly name: string;
  readonly dialect: Dialect;
  /** What it runs on. */
  readonly driver: Driver;
  /**
   * Runs the callback in a transaction: committed if it succeeds, rolled back if it throws. Only the handle that it is given
   * is part of the transaction; a call on the database itself inside the callback is an `OuterHandleError`.
   *
   * @example
   * await db.transaction(async (tx) => {
   *   await tx.run(update(accounts).set({ balance: accounts.balance.sub(10) }).where(accounts.id.eq(1)));
   *   await tx.run(update(accounts).set({ balance: accounts.balance.add(10) }).where(accounts.id.eq(2)));
   * }, { isolation: "serializable", retry: 3 });
   */
  transaction<T>(work: (tx: Transaction<Provided>) => T | Promise<T>, options?: CallbackOptions): Promise<T>;
  /** Begins a transaction to be ended by `commit` or `rollback`; with `await using`, rolled back unless committed. */
  begin(options?: TransactionOptions): Promise<Transaction<Provided>>;
  /**
   * Lends the callback a connection of its own, for what belongs to a session: settings, temporary tables, locks. The
   * options are for all that is done with it.
   */
  connection<T>(work: (connection: PinnedConnection<Provided>) => T | Promise<T>, options?: RunOptions): Promise<T>;
  /** Lets transactions and streams end for a while, cuts off those that do not, and closes every connection. */
  close(): Promise<void>;
}

/**
 * A database over a driver of one's own; `sqlite()`, `postgres()`, `mysql()` and `mariadb()` bring theirs.
 *
 * @example
 * import type { Driver } from "athanor/dialect";
 * function open(driver: Driver) {
 *   return database<Feature<"INSERT RETURNING">>(driver, { timeout: 10_000, echo: true });
 * }
 */
export function database<Provided = never>(driver: Driver, options: DatabaseOptions = {}): Database<Provided> {
  return new DatabaseHandle(new Engine(driver, options)) as Database<never> as Database<Provided>;
}

class DatabaseHandle extends Handle implements Database<never> {
  readonly dialect: Dialect;
  protected readonly runner: Engine;

  constructor(engine: Engine) {
    super();
    this.dialect = engine.dialect;
    this.runner = engine;
  }

  get name(): string {
    return this.runner.name;
  }

  get driver(): Driver {
    return this.runner.driver;
  }

  async sendEach(calls: readonly Call[], options: RunOptions | undefined, atomic: boolean): Promise<readonly Result[]> {
    const readOnly = calls.every(({ compiled }) => compiled.reads);
    if (atomic && calls.length > 1) return this.#sendAtomically(calls, options, readOnly);
    return this.#pinned(readOnly ? "read" : "write", options, (connection) => sendEachIn(connection, calls, undefined));
  }

  sendText(text: string, options: RunOptions | undefined): Promise<Result> {
    return this.#pinned("write", options, (connection) => connection.sendText(text, undefined));
  }

  async openStream(
    access: "read" | "write",
    options: RunOptions | undefined,
    cut: () => Promise<void>,
  ): Promise<StreamPlace> {
    const engine = this.runner;
    engine.refuse();
    const until = engine.callUntil(options);
    const borrowed = await engine.borrow(access, until);
    borrowed.onRecall = () => void cut();
    return {
      connection: borrowed.connection,
      until,
      batchTimeout: engine.batchTimeout(options),
      watching: engine.watching,
      ended: (broken, error) => {
        if (broken || breaksConnection(error)) borrowed.breaks();
        borrowed.giveBack();
      },
    };
  }

  inspect(options?: InspectOptions): Promise<Reflected> {
    return this.#pinned("read", undefined, (connection) => connection.inspect(options));
  }

  runTexts(texts: readonly string[]): Promise<void> {
    return this.transaction((tx) => tx.runTexts(texts));
  }

  async transaction<T>(work: (tx: TransactionHandle) => T | Promise<T>, options: CallbackOptions = {}): Promise<T> {
    this.runner.refuse();
    const beginning = this.#beginning(options);
    return withRetry(retryOf(options.retry), beginning.until, () => runTransaction(beginning, work));
  }

  async begin(options: TransactionOptions = {}): Promise<TransactionHandle> {
    this.runner.refuse();
    return beginTransaction(this.#beginning(options));
  }

  connection<T>(work: (connection: PinnedHandle) => T | Promise<T>, options?: RunOptions): Promise<T> {
    return this.#pinned("write", options, work);
  }

  async close(): Promise<void> {
    this.runner.refuseInside();
    return this.runner.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected async explainAndUndo(compiled: Compiled, query: Query, take: Take<string>): Promise<string> {
    const tx = await this.begin();
    return tx.carryOut(async () => {
      const plan = await tx.send(compiled, query, take, undefined);
      await tx.rollback();
      return plan;
    });
  }

  async #pinned<T>(
    access: "read" | "write",
    options: RunOptions | undefined,
    work: (connection: PinnedHandle) => T | Promise<T>,
  ): Promise<T> {
    const engine = this.runner;
    engine.refuse();
    const until = engine.callUntil(options);
    const pinned = new PinnedHandle(engine, await engine.borrow(access, until), until);
    try {
      return await work(pinned);
    } finally {
      await pinned.end();
    }
  }

  async #sendAtomically(
    calls: readonly Call[],
    options: RunOptions | undefined,
    readOnly: boolean,
  ): Promise<readonly Result[]> {
    this.runner.refuse();
    const beginning = this.#beginning({ ...options, readOnly });
    const ground = await beginning.ground();
    const { pipeline } = ground.borrowed.connection;
    if (pipeline === undefined || calls.length > perRoundTrip) {
      return runTransaction({ ...beginning, ground: () => ground }, (tx) => sendEachIn(tx, calls, undefined));
    }
    try {
      return await sendAtOnce(
        beginning,
        ground,
        calls.map(({ query }) => query),
      );
    } finally {
      ground.ended();
    }
  }

  #beginning(options: TransactionOptions): Beginning {
    const engine = this.runner;
    const until = engine.callUntil(options);
    return {
      engine,
      options,
      until,
      ground: async () => {
        const borrowed = await engine.borrow(options.readOnly === true ? "read" : "write", until);
        return { borrowed, ended: () => borrowed.giveBack() };
      },
    };
  }
}
