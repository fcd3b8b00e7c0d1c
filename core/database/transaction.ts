// A transaction, and the savepoints inside it. It keeps its own account of where it stands, because databases do not agree
// on what an error leaves behind: some go on in autocommit, some answer COMMIT with ROLLBACK and no error. Once something
// has failed, nothing more is sent until it is rolled back.
import type { Compiled } from "../compile/compile.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Query, Result, Until } from "../dialect/driver.ts";
import type { InspectOptions, Reflected } from "../dialect/inspector.ts";
import { AthanorError } from "../errors/athanor-error.ts";
import { CommitOutcomeUnknown, Disconnected, TransactionAborted } from "../errors/connection-errors.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { suppress } from "../errors/suppressed.ts";
import { ClosedError, ConcurrentUseError } from "../errors/usage-errors.ts";
import { type Borrowed, breaksConnection } from "./borrowed.ts";
import { whenOver } from "./cancellation.ts";
import type { Engine } from "./engine.ts";
import { Handle, type Queries } from "./handle.ts";
import type { TransactionWatch } from "./observe.ts";
import type { Take } from "./results.ts";
import type { RunOptions } from "./run-options.ts";
import type { Call, Runner, StreamPlace } from "./sender.ts";
import { placeInLane } from "./stream-place.ts";

/**
 * A transaction. Statements run one after the other in the order they are called, whether or not they are awaited.
 *
 * `commit` or `rollback` ends it, and after either it cannot be used. Where `transaction(callback)` made it, that happens by
 * itself. With `await using`, what has not been committed is rolled back.
 */
export interface Transaction<in Provided> extends Queries<Provided>, AsyncDisposable {
  /** 0 for a transaction, 1 and more for a savepoint inside one. */
  readonly depth: number;
  /** Whether statements can be run: it has neither ended nor failed. */
  readonly isOpen: boolean;
  /** The driver's own connection. */
  readonly native: unknown;
  /** Runs the callback inside a savepoint: released if it succeeds, rolled back to if it throws. */
  transaction<T>(work: (tx: Transaction<Provided>) => T | Promise<T>): Promise<T>;
  /** Sets a savepoint; until it has been committed or rolled back, only its own handle can be used. */
  begin(): Promise<Transaction<Provided>>;
  /**
   * Makes what was done last; for a savepoint, a part of the transaction around it.
   *
   * @throws {TransactionAborted} if something has failed, or the database rolled back instead: `cause` is the first error
   * @throws {CommitOutcomeUnknown} if the connection was lost meanwhile
   */
  commit(): Promise<void>;
  /** Undoes what was done. Inside `transaction(callback)`, what the callback returns is then still its result. */
  rollback(): Promise<void>;
}

/** What all handles of one transaction share. */
export interface Shared {
  readonly engine: Engine;
  readonly borrowed: Borrowed;
  /** When the whole transaction must have ended. */
  readonly until: Until | undefined;
  /** As the database sees it: `failed` until rolled back, `gone` for ever. */
  condition: "open" | "failed" | "gone";
  /** What made it fail. */
  first: unknown;
  /** Called when the transaction has ended. */
  readonly onEnd: () => void;
}

type Phase = "open" | "committing" | "rolling back" | "ended";

export class TransactionHandle extends Handle implements Transaction<never>, Runner {
  readonly depth: number;
  readonly dialect: Dialect;
  protected readonly runner: Runner = this;
  readonly #shared: Shared;
  readonly #parent: TransactionHandle | undefined;
  readonly #watch: TransactionWatch;
  #phase: Phase = "open";
  /** The nested transaction that is open. */
  #child: TransactionHandle | undefined;
  /** Ends the stream that is open. */
  #cutStream: (() => Promise<void>) | undefined;
  #ending: Promise<void> | undefined;
  /** Whether something around this one ended it. */
  #cutOff = false;

  constructor(shared: Shared, parent: TransactionHandle | undefined, watch: TransactionWatch) {
    super();
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.dialect = shared.engine.dialect;
    this.#shared = shared;
    this.#parent = parent;
    this.#watch = watch;
  }

  get isOpen(): boolean {
    return this.#phase === "open" && this.#shared.condition === "open";
  }

  get native(): unknown {
    return this.#shared.borrowed.connection.native;
  }

  // --- statements ---

  query(query: Query, _access: "read" | "write", options: RunOptions | undefined): Result | Promise<Result> {
    const { engine, borrowed } = this.#shared;
    return this.#inTurn(options, (limit) => engine.send(borrowed.connection, query, limit));
  }

  async sendEach(calls: readonly Call[], options: RunOptions | undefined): Promise<readonly Result[]> {
    const { engine, borrowed } = this.#shared;
    const queries = calls.map(({ query }) => query);
    return await this.#inTurn(options, (limit) => engine.pipeline(borrowed.connection, queries, limit));
  }

  async sendText(text: string, options: RunOptions | undefined): Promise<Result> {
    const { engine, borrowed } = this.#shared;
    return await this.#inTurn(options, (limit) => engine.execute(borrowed.connection, text, limit));
  }

  openStream(
    _access: "read" | "write",
    options: RunOptions | undefined,
    cut: () => Promise<void>,
  ): Promise<StreamPlace> {
    const { engine, borrowed } = this.#shared;
    return placeInLane(engine, borrowed, options, {
      enter: (hold) => {
        const held = this.#inTurn(options, hold, Number.POSITIVE_INFINITY);
        this.#cutStream = cut;
        return held;
      },
      left: (broken, error) => {
        this.#cutStream = undefined;
        if (broken || error !== undefined) this.#note(error, broken);
      },
    });
  }

  async inspect(options: InspectOptions = {}): Promise<Reflected> {
    const { engine, borrowed } = this.#shared;
    return await this.#inTurn(undefined, () => engine.driver.inspect(borrowed.connection, options));
  }

  async runTexts(texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.sendText(text, undefined);
  }

  protected async explainAndUndo(compiled: Compiled, query: Query, take: Take<string>): Promise<string> {
    const nested = await this.begin();
    return nested.carryOut(async () => {
      const plan = await nested.send(compiled, query, take, undefined);
      await nested.rollback();
      return plan;
    });
  }

  // --- savepoints ---

  transaction<T>(work: (tx: TransactionHandle) => T | Promise<T>): Promise<T> {
    const watch = this.#watchNested();
    return watch.within(async () => {
      const nested = await this.#nest(watch);
      return nested.carryOut(() => work(nested));
    });
  }

  begin(): Promise<TransactionHandle> {
    const watch = this.#watchNested();
    return watch.within(() => this.#nest(watch));
  }

  async #nest(watch: TransactionWatch): Promise<TransactionHandle> {
    const nested = new TransactionHandle(this.#shared, this, watch);
    const { engine, borrowed } = this.#shared;
    const text = `savepoint ${nested.#savepoint}`;
    try {
      const set = this.#inTurn(undefined, (limit) => engine.execute(borrowed.connection, text, limit));
      this.#child = nested;
      await set;
    } catch (error) {
      if (this.#child === nested) this.#child = undefined;
      nested.#phase = "ended";
      watch.end("rolled back", error);
      throw error;
    }
    return nested;
  }

  get #savepoint(): string {
    return `athanor_${this.depth}`;
  }

  #watchNested(): TransactionWatch {
    const { observer } = this.#shared.engine;
    return observer.transaction({ depth: this.depth + 1, isolation: undefined, readOnly: false });
  }

  // --- the end ---

  commit(): Promise<void> {
    this.#ending = this.#commitInTurn();
    return this.#ending;
  }

  rollback(): Promise<void> {
    if (this.#phase !== "open" && this.#phase !== "committing") return Promise.reject(this.#closed());
    this.#ending = this.#rollBack(undefined);
    return this.#ending;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#phase !== "ended") await this.#rollBack(undefined);
  }

  /**
   * Runs the callback of `transaction` and ends the transaction: by a commit if it succeeds, by a rollback if it throws or
   * the transaction's time is up. What the callback itself has ended stays as it is.
   */
  async carryOut<T>(work: () => T | Promise<T>): Promise<T> {
    let value: T;
    try {
      value = await withinTime(work, this.#shared.until);
      await this.#finish();
    } catch (error) {
      if (this.#phase !== "ended") await this.#rollBack(error);
      throw error;
    }
    return value;
  }

  async #finish(): Promise<void> {
    // A commit or rollback may have been called without being awaited.
    await this.#ending?.catch(() => {});
    if (this.#cutOff) throw this.#closed();
    if (this.#phase === "open") await this.commit();
  }

  async #commitInTurn(): Promise<void> {
    this.#refuseToCommit();
    this.#phase = "committing";
    await this.#cutStream?.();
    await this.#shared.borrowed.lane.run(() => this.#commit());
  }

  async #commit(): Promise<void> {
    if (this.#phase !== "committing") throw this.#closed();
    try {
      this.#refuseIfFailed();
      await (this.#parent === undefined ? this.#commitAll() : this.#release());
    } catch (error) {
      if (this.#phase === "committing") this.#phase = "open";
      throw error;
    }
  }

  async #release(): Promise<void> {
    const { engine, borrowed, until } = this.#shared;
    try {
      const text = `release savepoint ${this.#savepoint}`;
      await engine.execute(borrowed.connection, text, engine.untilOf(undefined, until));
    } catch (error) {
      this.#note(error, false);
      throw error;
    }
    this.#end("committed");
  }

  // A signal does not reach COMMIT: stopped halfway, nobody would know what became of it.
  async #commitAll(): Promise<void> {
    const { engine, borrowed } = this.#shared;
    const { connection } = borrowed;
    if (!connection.usable) throw this.#lost(new Disconnected({ message: "the connection was lost before COMMIT" }));
    let result: Result;
    try {
      result = await engine.execute(connection, "commit", engine.untilOf(undefined));
    } catch (error) {
      if (breaksConnection(error)) throw this.#lost(commitOutcomeUnknown(error));
      this.#note(error, false);
      // The database refused; whatever it made of the transaction, rolling back is right.
      if (this.#shared.condition === "open") this.#shared.condition = "failed";
      this.#shared.first ??= error;
      throw error;
    }
    if (/^rollback$/i.test(result.tag ?? "")) {
      this.#shared.condition = "gone";
      const error = new TransactionAborted({
        message: `the database rolled the transaction back instead of committing it${because(this.#shared.first)}`,
        cause: this.#shared.first,
        transaction: "gone",
      });
      this.#end("rolled back", error);
      throw error;
    }
    this.#end("committed");
  }

  /** Ends a transaction whose connection is lost. */
  #lost<E>(error: E): E {
    this.#shared.condition = "gone";
    this.#shared.borrowed.breaks();
    this.#end(error instanceof CommitOutcomeUnknown ? "unknown" : "rolled back", error);
    return error;
  }

  /** Rolls back, whatever still waits for its turn. Cannot fail: a connection that does not obey is destroyed. */
  async #rollBack(reason: unknown): Promise<void> {
    this.#phase = "rolling back";
    if (this.#child !== undefined) this.#child.#abandon();
    this.#child = undefined;
    await this.#cutStream?.();
    await this.#shared.borrowed.lane.run(() => this.#undo(reason));
  }

  async #undo(reason: unknown): Promise<void> {
    // A commit was under way already, and succeeded.
    if (this.#phase === "ended") return;
    const { engine, borrowed, first } = this.#shared;
    const texts =
      this.#parent === undefined
        ? ["rollback"]
        : [`rollback to savepoint ${this.#savepoint}`, `release savepoint ${this.#savepoint}`];
    if (this.#shared.condition !== "gone") {
      try {
        for (const text of texts) await engine.execute(borrowed.connection, text, engine.untilOf(undefined));
        this.#shared.condition = "open";
        this.#shared.first = undefined;
      } catch (error) {
        suppress(reason ?? first, error);
        this.#shared.condition = "gone";
        this.#shared.first ??= error;
        borrowed.breaks();
      }
    }
    this.#end("rolled back", reason ?? first);
  }

  #end(outcome: "committed" | "rolled back" | "unknown", error?: unknown): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    if (this.#parent === undefined) this.#shared.onEnd();
    else if (this.#parent.#child === this) this.#parent.#child = undefined;
    this.#watch.end(outcome, error);
  }

  /** The transaction around this one is rolled back, and this one with it. */
  #abandon(): void {
    if (this.#child !== undefined) this.#child.#abandon();
    this.#child = undefined;
    void this.#cutStream?.();
    this.#cutOff = true;
    this.#end("rolled back");
  }

  /** The database is closed while the transaction is open. */
  recalled(): void {
    this.#shared.condition = "gone";
    this.#abandon();
  }

  // --- what may be done when ---

  /** Does something with the connection when everything called before has ended. */
  #inTurn<T>(
    options: RunOptions | undefined,
    work: (limit: Until | undefined) => T | Promise<T>,
    timeout?: number,
  ): T | Promise<T> {
    this.#refuse();
    const { engine, borrowed, until } = this.#shared;
    const limit = engine.untilOf(options, until, timeout);
    return borrowed.lane.run(() => this.#attempt(work, limit), limit);
  }

  #attempt<T>(work: (limit: Until | undefined) => T | Promise<T>, limit: Until | undefined): T | Promise<T> {
    if (this.#phase === "rolling back" || this.#phase === "ended") throw this.#closed();
    this.#refuseIfFailed();
    let result: T | Promise<T>;
    try {
      result = work(limit);
    } catch (error) {
      this.#note(error, false);
      throw error;
    }
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      this.#note(error, false);
      throw error;
    });
  }

  /** Takes down what an error has left of the transaction. */
  #note(error: unknown, broken: boolean): void {
    const shared = this.#shared;
    if (broken || breaksConnection(error)) {
      shared.condition = "gone";
      shared.borrowed.breaks();
    } else if (error instanceof DatabaseError) {
      if (error.transaction === "open") return;
      if (shared.condition !== "gone") shared.condition = error.transaction;
    } else if (error instanceof AthanorError) {
      // A value or a row was not what it should be; the database knows nothing of it.
      return;
    } else if (shared.condition === "open") {
      shared.condition = "failed";
    }
    shared.first ??= error;
  }

  #refuse(): void {
    if (this.#phase !== "open") throw this.#closed();
    if (this.#child !== undefined) {
      throw new ConcurrentUseError(
        "the transaction was used while a transaction nested in it was open",
        "Call the handle of the nested transaction, and begin the next only when it has ended.",
      );
    }
    if (this.#cutStream !== undefined) {
      throw new ConcurrentUseError(
        "the transaction was used while rows of it were being streamed",
        "Finish or leave the stream first, or read all rows at once with all().",
      );
    }
  }

  #refuseIfFailed(): void {
    const { condition, first } = this.#shared;
    if (condition === "open") return;
    throw new TransactionAborted({
      message: `the transaction has failed and can only be rolled back${because(first)}`,
      cause: first,
      transaction: condition,
    });
  }

  #refuseToCommit(): void {
    if (this.#phase !== "open") throw this.#closed();
    if (this.#child === undefined) return;
    throw new ConcurrentUseError(
      "commit() was called while a nested transaction was open",
      "Await the nested transaction, or commit or roll it back, first.",
    );
  }

  #closed(): ClosedError {
    return new ClosedError(this.#parent === undefined ? "the transaction" : "the nested transaction");
  }
}

/** Waits for the callback, but not for longer than the transaction may take. */
function withinTime<T>(work: () => T | Promise<T>, until: Until | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = whenOver(until, "the transaction", reject);
    const run = async (): Promise<T> => work();
    run().then(resolve, reject).finally(stop);
  });
}

function commitOutcomeUnknown(cause: unknown): CommitOutcomeUnknown {
  if (cause instanceof CommitOutcomeUnknown) return cause;
  return new CommitOutcomeUnknown({
    message: "the connection was lost while COMMIT was under way: it may have happened or not",
    cause,
    sql: "commit",
  });
}

function because(first: unknown): string {
  return first instanceof Error ? `, because of ${first.name}: ${first.message.split("\n", 1)[0]}` : "";
}
