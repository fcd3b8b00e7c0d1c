// Begins transactions: to be ended by whoever asked, around a callback, or around statements that are sent at once.
import type { Query, Result, Until } from "../dialect/driver.ts";
import { CommitOutcomeUnknown, TransactionAborted } from "../errors/connection-errors.ts";
import { suppress } from "../errors/suppressed.ts";
import { type Borrowed, breaksConnection } from "./borrowed.ts";
import type { Engine } from "./engine.ts";
import { guarded } from "./guard.ts";
import type { TransactionWatch } from "./observe.ts";
import { type Shared, TransactionHandle } from "./transaction.ts";
import type { TransactionOptions } from "./transaction-options.ts";

/** The connection that a transaction runs on, and what becomes of it afterwards. */
export interface Ground {
  readonly borrowed: Borrowed;
  readonly ended: () => void;
}

/** Where a transaction is to run, and how. */
export interface Beginning {
  readonly engine: Engine;
  readonly options: TransactionOptions;
  /** When the whole transaction must have ended. */
  readonly until: Until | undefined;
  readonly ground: () => Ground | Promise<Ground>;
}

/** Begins a transaction that its user ends. */
export function beginTransaction(beginning: Beginning): Promise<TransactionHandle> {
  const watch = watchOf(beginning);
  return watch.within(() => begin(beginning, watch));
}

/** Runs the callback in a transaction. */
export function runTransaction<T>(beginning: Beginning, work: (tx: TransactionHandle) => T | Promise<T>): Promise<T> {
  const { engine } = beginning;
  const watch = watchOf(beginning);
  return watch.within(async () => {
    const tx = await begin(beginning, watch);
    return tx.carryOut(() => engine.guards(() => guarded(engine, () => work(tx))));
  });
}

async function begin(
  { engine, options, until, ground }: Beginning,
  watch: TransactionWatch,
): Promise<TransactionHandle> {
  let found: Ground | undefined;
  try {
    found = await ground();
    await sendBegin(engine, found.borrowed, options, until);
  } catch (error) {
    found?.ended();
    watch.end("rolled back", error);
    throw error;
  }
  const { borrowed, ended } = found;
  const shared: Shared = { engine, borrowed, until, condition: "open", first: undefined, onEnd: ended };
  const tx = new TransactionHandle(shared, undefined, watch);
  borrowed.onRecall = () => tx.recalled();
  return tx;
}

/** A connection on which BEGIN failed is in no known state. */
async function sendBegin(
  engine: Engine,
  borrowed: Borrowed,
  options: TransactionOptions,
  until: Until | undefined,
): Promise<void> {
  const limit = engine.untilOf(undefined, until);
  try {
    for (const text of engine.dialect.begin(options)) await engine.execute(borrowed.connection, text, limit);
  } catch (error) {
    borrowed.breaks();
    throw error;
  }
}

/** Sends BEGIN, the statements and COMMIT in one round trip. */
export function sendAtOnce(
  { engine, options, until }: Beginning,
  { borrowed }: Ground,
  queries: readonly Query[],
): Promise<readonly Result[]> {
  const begins = engine.dialect.begin(options).map(plain);
  const watch = watchOf({ engine, options });
  return watch.within(async () => {
    try {
      const results = await engine.pipeline(
        borrowed.connection,
        [...begins, ...queries, plain("commit")],
        engine.untilOf(undefined, until),
      );
      refuseRollback(results.at(-1));
      watch.end("committed");
      return results.slice(begins.length, -1);
    } catch (error) {
      throw await undo(engine, borrowed, error, options.readOnly === true, watch);
    }
  });
}

function plain(text: string): Query {
  return { text, parameters: [], rows: false };
}

/** COMMIT may be answered with ROLLBACK and no error. */
function refuseRollback(answer: Result | undefined): void {
  if (!/^rollback$/i.test(answer?.tag ?? "")) return;
  throw new TransactionAborted({
    message: "the database rolled the transaction back instead of committing it",
    transaction: "gone",
  });
}

/** Undoes statements that were sent at once and failed, and gives the error that says so. */
async function undo(
  engine: Engine,
  borrowed: Borrowed,
  error: unknown,
  readOnly: boolean,
  watch: TransactionWatch,
): Promise<unknown> {
  if (breaksConnection(error)) {
    borrowed.breaks();
    watch.end(readOnly ? "rolled back" : "unknown", error);
    // COMMIT was among what was sent.
    return readOnly
      ? error
      : new CommitOutcomeUnknown({
          message: "the connection was lost while a batch was under way: it may have been committed or not",
          cause: error,
        });
  }
  try {
    if (!(error instanceof TransactionAborted)) {
      await engine.execute(borrowed.connection, "rollback", engine.untilOf(undefined));
    }
  } catch (later) {
    suppress(error, later);
    borrowed.breaks();
  }
  watch.end("rolled back", error);
  return error;
}

function watchOf({ engine, options }: Pick<Beginning, "engine" | "options">): TransactionWatch {
  return engine.observer.transaction({ depth: 0, isolation: options.isolation, readOnly: options.readOnly ?? false });
}
