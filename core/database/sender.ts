// What sends compiled statements: the database over any connection, a transaction or a pinned connection over its own. The
// methods that people call are written once (handle.ts) for whoever it is.
import type { Compiled } from "../compile/compile.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Connection, Query, Result, Until } from "../dialect/driver.ts";
import type { Observer } from "./observe.ts";
import type { Take } from "./results.ts";
import type { RunOptions } from "./run-options.ts";

/** A compiled statement with its values. */
export interface Call {
  readonly compiled: Compiled;
  readonly query: Query;
}

/** Runs statements: on any connection of a database, or on the one that a transaction or a pinned connection holds. */
export interface Runner {
  query(query: Query, access: "read" | "write", options: RunOptions | undefined): Result | Promise<Result>;
}

export interface Sender {
  readonly dialect: Dialect;
  /** Runs one statement and takes its result. */
  send<T>(compiled: Compiled, query: Query, take: Take<T>, options: RunOptions | undefined): Promise<T>;
  /** Runs statements in order: all of them or, where one fails, none, if `atomic`. */
  sendEach(calls: readonly Call[], options: RunOptions | undefined, atomic: boolean): Promise<readonly Result[]>;
  /** Gives a connection for the time of a stream. `cut` ends the stream, whoever reads it. */
  openStream(access: "read" | "write", options: RunOptions | undefined, cut: () => Promise<void>): Promise<StreamPlace>;
  /** Runs text as it is. */
  sendText(text: string, options: RunOptions | undefined): Promise<Result>;
}

/** Where a stream runs. */
export interface StreamPlace {
  readonly connection: Connection;
  /** When the whole stream must have ended. */
  readonly until: Until | undefined;
  /** Milliseconds that each batch may take. */
  readonly batchTimeout: number;
  /** Who wants to know of the stream, if anybody does. */
  readonly watching: Observer | undefined;
  /** Called once, when the stream has ended: `broken` if the connection cannot be trusted, `error` if it failed. */
  ended(broken: boolean, error: unknown): void;
}
