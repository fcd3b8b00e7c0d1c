// Lends connections to one database. A file has one that writes, for which writers queue, and others beside it that read;
// WAL lets them. A database in memory has a single connection, which everything takes in turn.

import {
  ClosedError,
  type Connection,
  type Dialect,
  type Driver,
  defaultAcquireTimeout,
  type Inspector,
  type Query,
  type Result,
  type Row,
  type Until,
} from "../../core/dialect/index.ts";
import type { DatabaseOptions } from "../../core/index.ts";
import { SqliteConnection } from "./connection.ts";
import { sqliteError } from "./errors.ts";
import type { NativeConnection, NativeDriver } from "./native.ts";
import { defineFunctions } from "./user-functions.ts";
import { WriterQueue } from "./writer-queue.ts";

export interface FileOptions {
  /** Opens the file for reading alone: it must exist, and no statement can write to it. */
  readonly readOnly?: boolean | undefined;
  /** Whether a file that does not exist is created; `true` by default. */
  readonly create?: boolean | undefined;
  /** Milliseconds to wait for a lock of another process before `LockTimeout`; 5,000 by default. */
  readonly busyTimeout?: number | undefined;
  /** How many prepared statements each connection keeps; 200 by default. */
  readonly statements?: number | undefined;
  /** Settings of each connection besides Athanor's own, e.g. `{ synchronous: "full", cache_size: -64000 }`. */
  readonly pragmas?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Other files whose tables are reached as schemas of these names. */
  readonly attach?: Readonly<Record<string, string>> | undefined;
}

type Options = FileOptions & Pick<DatabaseOptions, "acquireTimeout">;

/** Idle readers beyond the shared one that are kept open for the next stream. */
const idleReaders = 4;

// SQLite's own waiting blocks the process, so it gets almost none; busy.ts does the rest.
const nativeBusyTimeout = 2;

export class Connections implements Driver {
  readonly dialect: Dialect;
  readonly inspect: Inspector;
  readonly embedded = true;
  readonly #native: NativeDriver;
  readonly #path: string;
  readonly #options: Options;
  readonly #queue = new WriterQueue();
  readonly #inMemory: boolean;
  readonly #readers = new Set<SqliteConnection>();
  #idle: SqliteConnection[] = [];
  #writer: SqliteConnection | undefined;
  #shared: SqliteConnection | undefined;
  #closed = false;

  constructor(native: NativeDriver, path: string, options: Options, dialect: Dialect, inspect: Inspector) {
    this.#native = native;
    this.#path = path;
    this.#options = options;
    this.dialect = dialect;
    this.inspect = inspect;
    this.#inMemory = isInMemory(path);
  }

  acquire(access: "read" | "write", until?: Until): Connection | Promise<Connection> {
    if (this.#closed) throw new ClosedError("the database");
    if (access === "read" && !this.#inMemory) return new Reading(this, this.sharedReader());
    const lend = (): Connection => new Turn(this.#openWriter(), this.#queue, access, this.#inMemory);
    return this.#queue.enter()
      ? this.#lend(lend)
      : this.#queue.wait(until ?? this.#latest()).then(() => this.#lend(lend));
  }

  // A read that says nothing of its time comes without a deadline, since it seldom waits.
  #latest(): Until {
    return { deadline: performance.now() + (this.#options.acquireTimeout ?? defaultAcquireTimeout) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.close();
    for (const reader of this.#readers) reader.close();
    this.#readers.clear();
    this.#writer?.close();
  }

  /** The connection that single reads share: none of them waits, so none sees another. */
  sharedReader(): SqliteConnection {
    this.#shared ??= this.#openReader();
    return this.#shared;
  }

  /** A reading connection of one's own, for as long as it is not given back. */
  takeReader(): SqliteConnection {
    return this.#idle.pop() ?? this.#openReader();
  }

  giveReader(reader: SqliteConnection): void {
    if (this.#idle.length < idleReaders && reader.usable) {
      reader.reset();
      this.#idle.push(reader);
    } else {
      this.#readers.delete(reader);
      reader.close();
    }
  }

  #lend(lend: () => Connection): Connection {
    try {
      return lend();
    } catch (error) {
      this.#queue.leave();
      throw error;
    }
  }

  #openWriter(): SqliteConnection {
    if (this.#writer?.usable !== true) this.#writer = this.#open("write");
    return this.#writer;
  }

  // The writer comes first: it creates the file and puts it into WAL.
  #openReader(): SqliteConnection {
    if (this.#closed) throw new ClosedError("the database");
    if (this.#options.readOnly !== true) this.#openWriter();
    const reader = this.#open("read");
    this.#readers.add(reader);
    return reader;
  }

  #open(access: "read" | "write"): SqliteConnection {
    const { readOnly = false, create = true, busyTimeout = 5_000, statements = 200 } = this.#options;
    let connection: NativeConnection | undefined;
    try {
      connection = this.#native.open(this.#path, { readOnly, mustExist: !create, busyTimeout: nativeBusyTimeout });
      this.#configure(connection, access);
    } catch (error) {
      connection?.close();
      throw this.#cannotConnect(error);
    }
    return new SqliteConnection(this.#native, connection, { access, busyTimeout, statements });
  }

  #configure(connection: NativeConnection, access: "read" | "write"): void {
    const { readOnly = false, pragmas = {}, attach = {} } = this.#options;
    if (!readOnly && !this.#inMemory && access === "write") connection.exec("pragma journal_mode = wal");
    connection.exec("pragma synchronous = normal; pragma foreign_keys = on");
    for (const [name, value] of Object.entries(pragmas)) {
      connection.exec(`pragma ${this.dialect.quote(name)} = ${this.dialect.quote(String(value))}`);
    }
    for (const [name, path] of Object.entries(attach)) {
      connection.prepare(`attach database ? as ${this.dialect.quote(name)}`, false).run(path);
    }
    defineFunctions(connection);
    if (access === "read") connection.exec("pragma query_only = on");
  }

  #cannotConnect(error: unknown): Error {
    const message = `${this.#path}: ${error instanceof Error ? error.message : String(error)}`;
    const code = this.#native.codeOf(error) ?? "SQLITE_CANTOPEN";
    return sqliteError(code === "SQLITE_ERROR" ? "SQLITE_CANTOPEN" : code, { message, cause: error });
  }
}

/** Empty names are databases on disk that vanish when closed; like those in memory they belong to one connection. */
function isInMemory(path: string): boolean {
  return path === "" || path === ":memory:" || /^file:.*([?&]mode=memory|:memory:)/.test(path);
}

/** A turn with the connection that writes. */
class Turn implements Connection {
  readonly #connection: SqliteConnection;
  readonly #queue: WriterQueue;
  readonly #access: "read" | "write";
  readonly #inMemory: boolean;
  #held = true;

  constructor(connection: SqliteConnection, queue: WriterQueue, access: "read" | "write", inMemory: boolean) {
    this.#connection = connection;
    this.#queue = queue;
    this.#access = access;
    this.#inMemory = inMemory;
  }

  get usable(): boolean {
    return this.#connection.usable;
  }

  get native(): unknown {
    return this.#connection.native;
  }

  query(query: Query, until?: Until): Result | Promise<Result> {
    return this.#connection.query(query, until);
  }

  execute(text: string, until?: Until): Result | Promise<Result> {
    return this.#connection.execute(text, until);
  }

  stream(query: Query, batch: number, until?: Until): AsyncIterable<readonly Row[]> {
    // Outside a transaction a stream over a database in memory does not keep others waiting: the cursor steps aside for
    // them (see cursor.ts). Otherwise a loop over it could not even run a statement of its own.
    return this.#connection.stream(query, batch, until, () => {
      if (this.#inMemory && this.#access === "read" && !this.#connection.inTransaction) this.#leave();
    });
  }

  release(broken = false): void {
    if (!this.#held) return;
    try {
      // What a database in memory holds is gone with its connection, so there is no other to begin anew with.
      if (broken && !this.#inMemory) this.#connection.close();
      else this.#connection.reset();
    } catch {
      this.#connection.close();
    }
    this.#leave();
  }

  #leave(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#queue.leave();
  }
}

/** Reads beside the writer: single statements on the shared connection, transactions and streams on one of their own. */
class Reading implements Connection {
  readonly #connections: Connections;
  #connection: SqliteConnection;
  #own = false;

  constructor(connections: Connections, shared: SqliteConnection) {
    this.#connections = connections;
    this.#connection = shared;
  }

  get usable(): boolean {
    return this.#connection.usable;
  }

  get native(): unknown {
    return this.#takeOwn().native;
  }

  query(query: Query, until?: Until): Result | Promise<Result> {
    return this.#connection.query(query, until);
  }

  execute(text: string, until?: Until): Result | Promise<Result> {
    return this.#takeOwn().execute(text, until);
  }

  stream(query: Query, batch: number, until?: Until): AsyncIterable<readonly Row[]> {
    return this.#takeOwn().stream(query, batch, until, () => undefined);
  }

  release(): void {
    if (!this.#own) return;
    this.#own = false;
    this.#connections.giveReader(this.#connection);
  }

  #takeOwn(): SqliteConnection {
    if (!this.#own) {
      this.#connection = this.#connections.takeReader();
      this.#own = true;
    }
    return this.#connection;
  }
}
