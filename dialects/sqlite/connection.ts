// One connection to a database file: runs statements with the prepared form of their text, at once. Only where another
// process holds a lock does it answer with a promise, and try again until the lock is free or the time is up.
import {
  DatabaseError,
  type Query,
  type Result,
  type Row,
  stopError,
  stopped,
  type Until,
} from "../../core/dialect/index.ts";
import { pause, retryDelay } from "./busy.ts";
import { Cursor } from "./cursor.ts";
import { isBusy, sqliteError } from "./errors.ts";
import type { NativeConnection, NativeDriver, NativeStatement } from "./native.ts";

const nothingRead: readonly Row[] = [];

export interface ConnectionOptions {
  /** A reading connection was opened with `query_only` on, and keeps it. */
  readonly access: "read" | "write";
  /** Milliseconds to wait for a lock of another process. */
  readonly busyTimeout: number;
  /** How many prepared statements are kept. */
  readonly statements: number;
}

export class SqliteConnection {
  readonly #driver: NativeDriver;
  readonly #connection: NativeConnection;
  readonly #options: ConnectionOptions;
  readonly #statements: StatementCache;
  readonly #exact: StatementCache;
  readonly #cursors = new Set<Cursor>();
  #queryOnly = false;
  /** Whether a transaction was begun and not ended by a statement of ours. */
  #begun = false;
  #open = true;

  constructor(driver: NativeDriver, connection: NativeConnection, options: ConnectionOptions) {
    this.#driver = driver;
    this.#connection = connection;
    this.#options = options;
    this.#statements = new StatementCache(options.statements, (text) => connection.prepare(text, false));
    this.#exact = new StatementCache(options.statements, (text) => connection.prepare(text, true));
  }

  get usable(): boolean {
    return this.#open;
  }

  get inTransaction(): boolean {
    return this.#connection.inTransaction;
  }

  get native(): unknown {
    return this.#connection.native;
  }

  query(query: Query, until?: Until): Result | Promise<Result> {
    if (until !== undefined) this.#refuseIfStopped(query, until);
    try {
      return this.#run(query);
    } catch (error) {
      return this.#failed(error, query, until, () => this.#run(query));
    }
  }

  execute(text: string, until?: Until): Result | Promise<Result> {
    const query: Query = { text, parameters: [], rows: false };
    if (until !== undefined) this.#refuseIfStopped(query, until);
    try {
      return this.#execute(query);
    } catch (error) {
      return this.#failed(error, query, until, () => this.#execute(query));
    }
  }

  /**
   * Hands out rows in batches. SQLite cannot be interrupted inside a batch; between two of them `until` is looked at, and
   * the process gets to do something else now and then.
   */
  async *stream(
    query: Query,
    batch: number,
    until: Until | undefined,
    onStart: () => void,
  ): AsyncGenerator<readonly Row[]> {
    const cursor = await this.#start(query, until);
    onStart();
    try {
      let slice = performance.now();
      for (;;) {
        this.#refuseIfStopped(query, until);
        const rows = this.#read(cursor, batch, query);
        if (rows.length > 0) yield rows;
        if (rows.length < batch) return;
        if (performance.now() - slice > longestSlice) {
          await new Promise((resolve) => setImmediate(resolve));
          slice = performance.now();
        }
      }
    } finally {
      this.#cursors.delete(cursor);
      cursor.close();
    }
  }

  /** Ends what its last user left open, so that the next one finds it as it was. */
  reset(): void {
    this.#drain();
    if (this.#connection.inTransaction) this.#connection.exec("rollback");
    this.#begun = false;
    if (this.#queryOnly && this.#options.access === "write") this.#connection.exec("pragma query_only = off");
    this.#queryOnly = false;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const cursor of this.#cursors) cursor.close();
    this.#statements.clear();
    this.#exact.clear();
    this.#connection.close();
  }

  #run(query: Query): Result {
    const { statement, reader, readonly } = this.#prepare(query.text, query.bigints === true);
    const parameters = bindable(query.parameters);
    if (this.#cursors.size > 0 && !readonly) this.#drain();
    if (!reader) {
      const { changes, lastInsertRowid } = statement.run(...parameters);
      if (!insert.test(query.text)) return { rows: nothingRead, affected: changes };
      return { rows: nothingRead, affected: changes, insertedKey: firstKey(lastInsertRowid, changes) };
    }
    if (query.maxRows === 1 && readonly) {
      const row = parameters.length === 1 ? statement.get(parameters[0]) : statement.get(...parameters);
      return { rows: row === undefined ? nothingRead : [row], affected: 0 };
    }
    const rows = statement.all(...parameters);
    return { rows, affected: readonly ? 0 : rows.length };
  }

  #execute(query: Query): Result {
    const { text } = query;
    if (single.test(text)) {
      const result = this.#run(query);
      this.#begun = this.#connection.inTransaction;
      return result;
    }
    this.#drain();
    if (queryOnly.test(text)) this.#queryOnly = true;
    this.#connection.exec(text);
    return { rows: nothingRead, affected: 0 };
  }

  #prepare(text: string, bigints: boolean): Kept {
    return bigints ? this.#exact.get(text) : this.#statements.get(text);
  }

  // A statement of its own: a prepared one that is being read cannot be run by another.
  #start(query: Query, until: Until | undefined): Cursor | Promise<Cursor> {
    this.#refuseIfStopped(query, until);
    const start = (): Cursor => {
      const statement = this.#connection.prepare(query.text, query.bigints === true);
      if (!statement.readonly) this.#drain();
      const cursor = new Cursor(statement.iterate(query.parameters));
      this.#cursors.add(cursor);
      return cursor;
    };
    try {
      return start();
    } catch (error) {
      return this.#failed(error, query, until, start);
    }
  }

  #read(cursor: Cursor, count: number, query: Query): Row[] {
    try {
      return cursor.read(count);
    } catch (error) {
      throw this.#errorOf(error, query);
    }
  }

  #drain(): void {
    for (const cursor of this.#cursors) cursor.drain();
  }

  #failed<T>(error: unknown, query: Query, until: Until | undefined, again: () => T): Promise<T> {
    if (isBusy(this.#driver.codeOf(error))) return this.#retry(error, query, until, again);
    throw this.#errorOf(error, query);
  }

  // A statement that finds the database locked has done nothing, COMMIT included.
  async #retry<T>(first: unknown, query: Query, until: Until | undefined, again: () => T): Promise<T> {
    const end = performance.now() + this.#options.busyTimeout;
    let error = first;
    for (let attempt = 0; performance.now() < end; attempt++) {
      const stop = await pause(Math.min(retryDelay(attempt), end - performance.now()), until);
      if (stop !== undefined) throw stopError(stop, until?.signal, this.#factsOfStop(query));
      try {
        return again();
      } catch (next) {
        if (!isBusy(this.#driver.codeOf(next))) throw this.#errorOf(next, query);
        error = next;
      }
    }
    throw this.#errorOf(error, query);
  }

  #refuseIfStopped(query: Query, until: Until | undefined): void {
    const stop = stopped(until);
    if (stop !== undefined) throw stopError(stop, until?.signal, this.#factsOfStop(query));
  }

  #factsOfStop({ text, parameters }: Query): ConstructorParameters<typeof DatabaseError>[0] {
    return { message: "the statement was stopped", sql: text, parameters, transaction: "open" };
  }

  #errorOf(error: unknown, { text, parameters }: Query): unknown {
    const message = error instanceof Error ? error.message : String(error);
    const facts = { message, cause: error, sql: text, parameters, ...this.#stateOfTransaction() };
    const code = this.#driver.codeOf(error);
    // Values that the driver could not bind, or more or fewer of them than there are places.
    if (code === undefined) return new DatabaseError({ ...facts, transaction: facts.transaction ?? "open" });
    return sqliteError(code, facts);
  }

  // After some errors, such as a full disk, SQLite rolls back by itself: https://sqlite.org/lang_transaction.html
  #stateOfTransaction(): { readonly transaction?: "gone" } {
    if (!this.#begun || this.#connection.inTransaction) return {};
    this.#begun = false;
    return { transaction: "gone" };
  }
}

/** A prepared statement, and beside it what is asked each time: the driver's object is slow to tell. */
interface Kept {
  readonly statement: NativeStatement;
  readonly reader: boolean;
  readonly readonly: boolean;
}

/**
 * Prepared statements by their text, no more than twice `size` of them. Two generations stand for an order of last use:
 * what is found in the old one moves to the young one, and when that is full, what is still old is let go.
 */
export class StatementCache {
  readonly #size: number;
  readonly #prepare: (text: string) => NativeStatement;
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();

  constructor(size: number, prepare: (text: string) => NativeStatement) {
    this.#size = size;
    this.#prepare = prepare;
  }

  get(text: string): Kept {
    return this.#young.get(text) ?? this.#add(text, this.#old.get(text) ?? this.#prepared(text));
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  #prepared(text: string): Kept {
    const statement = this.#prepare(text);
    const { reader, readonly } = statement;
    return { statement, reader, readonly };
  }

  #add(text: string, kept: Kept): Kept {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, kept);
    return kept;
  }
}

/** Milliseconds that reading may keep the process busy before it lets others run. */
const longestSlice = 10;

/** The values, each to be bound by itself: an object or a list among them would be taken for several. */
function bindable(parameters: readonly unknown[]): readonly unknown[] {
  for (let i = 0; i < parameters.length; i++) {
    const value = parameters[i];
    if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) {
      throw new TypeError("SQLite binds numbers, strings, bigints, bytes and null");
    }
  }
  return parameters;
}

const insert = /^\s*insert\b/i;
// Statements that are run again and again as text; `begin; delete …` is not one of them.
const single = /^(begin|commit|rollback|savepoint|release)\b[^;]*$/;
const queryOnly = /^pragma query_only = on$/;

// Keys that one statement generates follow one another.
function firstKey(last: number | bigint, count: number): number | bigint | undefined {
  if (count === 0) return undefined;
  return typeof last === "bigint" ? last - BigInt(count - 1) : last - (count - 1);
}
