// One connection for a while, without a transaction: for settings of the session, temporary tables, and what only the
// driver's own connection can do.
import type { Compiled } from "../compile/compile.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Query, Result, Until } from "../dialect/driver.ts";
import type { InspectOptions, Reflected } from "../dialect/inspector.ts";
import { ClosedError, ConcurrentUseError } from "../errors/usage-errors.ts";
import { type Beginning, beginTransaction, runTransaction } from "./begin.ts";
import { type Borrowed, breaksConnection } from "./borrowed.ts";
import { untilOf } from "./cancellation.ts";
import type { Engine } from "./engine.ts";
import { Handle, type Queries } from "./handle.ts";
import type { Take } from "./results.ts";
import type { RunOptions } from "./run-options.ts";
import { sendEachIn } from "./send-each.ts";
import type { Call, Runner, StreamPlace } from "./sender.ts";
import { placeInLane } from "./stream-place.ts";
import type { Transaction, TransactionHandle } from "./transaction.ts";
import type { TransactionOptions } from "./transaction-options.ts";

/** A connection of one's own. Statements run one after the other in the order they are called. */
export interface PinnedConnection<in Provided> extends Queries<Provided> {
  /** The driver's own connection: `pg.Client`, better-sqlite3's `Database`, mysql2's `Connection`. */
  readonly native: unknown;
  /** Runs the callback in a transaction on this connection. */
  transaction<T>(work: (tx: Transaction<Provided>) => T | Promise<T>, options?: TransactionOptions): Promise<T>;
}

export class PinnedHandle extends Handle implements PinnedConnection<never>, Runner {
  readonly dialect: Dialect;
  protected readonly runner: Runner = this;
  readonly #engine: Engine;
  readonly #borrowed: Borrowed;
  /** When all of it must have ended. */
  readonly #until: Until | undefined;
  #ended = false;
  /** What else has the connection now. */
  #lent: "transaction" | "stream" | undefined;
  #cutStream: (() => Promise<void>) | undefined;

  constructor(engine: Engine, borrowed: Borrowed, until: Until | undefined) {
    super();
    this.dialect = engine.dialect;
    this.#engine = engine;
    this.#borrowed = borrowed;
    this.#until = until;
    borrowed.onRecall = () => this.#recalled();
  }

  get native(): unknown {
    this.#refuse();
    return this.#borrowed.connection.native;
  }

  query(query: Query, _access: "read" | "write", options: RunOptions | undefined): Promise<Result> {
    return this.#inTurn(options, (limit) => this.#engine.send(this.#borrowed.connection, query, limit));
  }

  sendEach(calls: readonly Call[], options: RunOptions | undefined, atomic: boolean): Promise<readonly Result[]> {
    if (atomic) return this.transaction((tx) => sendEachIn(tx, calls, options));
    const queries = calls.map(({ query }) => query);
    return this.#inTurn(options, (limit) => this.#engine.pipeline(this.#borrowed.connection, queries, limit));
  }

  sendText(text: string, options: RunOptions | undefined): Promise<Result> {
    return this.#inTurn(options, (limit) => this.#engine.execute(this.#borrowed.connection, text, limit));
  }

  openStream(
    _access: "read" | "write",
    options: RunOptions | undefined,
    cut: () => Promise<void>,
  ): Promise<StreamPlace> {
    return placeInLane(this.#engine, this.#borrowed, options, {
      enter: (hold) => {
        const held = this.#inTurn(options, hold, Number.POSITIVE_INFINITY);
        this.#lent ??= "stream";
        this.#cutStream = cut;
        return held;
      },
      left: (broken) => {
        this.#lent = undefined;
        this.#cutStream = undefined;
        if (broken) this.#borrowed.breaks();
      },
    });
  }

  transaction<T>(work: (tx: TransactionHandle) => T | Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#lends(() => runTransaction(this.#beginning(options), work));
  }

  inspect(options: InspectOptions = {}): Promise<Reflected> {
    return this.#inTurn(undefined, () => this.#engine.driver.inspect(this.#borrowed.connection, options));
  }

  runTexts(texts: readonly string[]): Promise<void> {
    return this.transaction((tx) => tx.runTexts(texts));
  }

  /** Ends what is still open and gives the connection back. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#cutStream?.();
    await this.#borrowed.lane.run(() => this.#borrowed.giveBack());
  }

  protected explainAndUndo(compiled: Compiled, query: Query, take: Take<string>): Promise<string> {
    return this.#lends(async () => {
      const tx = await beginTransaction(this.#beginning({}));
      return tx.carryOut(async () => {
        const plan = await tx.send(compiled, query, take, undefined);
        await tx.rollback();
        return plan;
      });
    });
  }

  #beginning(options: TransactionOptions): Beginning {
    return {
      engine: this.#engine,
      options,
      until: untilOf(options, Number.POSITIVE_INFINITY, this.#until),
      ground: () => ({ borrowed: this.#borrowed, ended: () => {} }),
    };
  }

  async #lends<T>(work: () => Promise<T>): Promise<T> {
    this.#refuse();
    this.#lent = "transaction";
    try {
      // What was called before goes first.
      await this.#borrowed.lane.run(() => {});
      return await work();
    } finally {
      this.#lent = undefined;
      this.#borrowed.onRecall = () => this.#recalled();
    }
  }

  async #inTurn<T>(
    options: RunOptions | undefined,
    work: (limit: Until | undefined) => T | Promise<T>,
    timeout?: number,
  ): Promise<T> {
    this.#refuse();
    const limit = this.#engine.untilOf(options, this.#until, timeout);
    try {
      return await this.#borrowed.lane.run(() => work(limit), limit);
    } catch (error) {
      if (breaksConnection(error)) this.#borrowed.breaks();
      throw error;
    }
  }

  #recalled(): void {
    this.#ended = true;
    void this.#cutStream?.();
  }

  #refuse(): void {
    if (this.#ended) throw new ClosedError("the connection");
    if (this.#lent === undefined) return;
    throw new ConcurrentUseError(
      `the connection was used while a ${this.#lent} had it`,
      this.#lent === "stream" ? "Finish or leave the stream first." : "Call the handle of the transaction.",
    );
  }
}
