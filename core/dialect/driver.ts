// What a database must do for Core: lend connections, run text with values, hand back rows as arrays. A method may answer
// at once or with a promise; an embedded database answers at once, and nothing on the way waits without need.
import type { Dialect } from "./dialect.ts";
import type { InspectOptions, Reflected } from "./inspector.ts";

/** Lends connections. Pools are the driver's own. */
export interface Driver {
  readonly dialect: Dialect;
  /** Whether statements run inside this process and answer at once: no default deadline is then worked out for reads. */
  readonly embedded?: boolean | undefined;
  /**
   * Gives a connection for as long as it is not released. `read` may be shared with others that only read.
   *
   * @throws {CannotConnect} if the database cannot be reached
   * @throws {StatementTimeout | Cancelled} if `until` aborts while waiting; the wait leaves nothing behind
   */
  acquire(access: "read" | "write", until?: Until): Connection | Promise<Connection>;
  /** Waits for what runs, then closes every connection. Leaves no open handle. */
  close(): Promise<void>;
  /** Reads what tables, views and types the database has. */
  readonly inspect: Inspector;
}

/** When to stop waiting. Both at once are allowed. */
export interface Until {
  readonly signal?: AbortSignal | undefined;
  /** A moment of `performance.now()`. */
  readonly deadline?: number | undefined;
}

/** Milliseconds that a connection is waited for, where the options of a database do not say. */
export const defaultAcquireTimeout = 30_000;

/** One connection, used by one statement at a time. */
export interface Connection {
  /**
   * Runs one statement. When `until` aborts, the statement is stopped on the server before this rejects; if that cannot be
   * confirmed, the error says that the connection is invalidated.
   *
   * @throws {DatabaseError} what the server or the driver reported, classified
   */
  query(query: Query, until?: Until): Result | Promise<Result>;
  /** Runs several statements in one round trip, in order, where the driver can; none runs after one that failed. */
  pipeline?(queries: readonly Query[], until?: Until): Promise<readonly Result[]>;
  /**
   * Hands out rows in batches of about `batch`, holding no more than that. Ending the iteration early stops the statement
   * on the server; the next statement on this connection is not affected.
   */
  stream(query: Query, batch: number, until?: Until): AsyncIterable<readonly Row[]>;
  /** Runs text of several statements without parameters; `begin` and its kind, and DDL. */
  execute(text: string, until?: Until): Result | Promise<Result>;
  /** Whether it can still be used. A statement that lost it has thrown already. */
  readonly usable: boolean;
  /** Gives it back. `broken`: it is in an unknown state and is destroyed. Otherwise it is reset for the next user. */
  release(broken?: boolean): void;
  /** The driver's own connection, for what Core does not offer. */
  readonly native: unknown;
}

/** The values of a row, in the order of the columns, as the driver gives them. */
export type Row = readonly unknown[];

export interface Query {
  readonly text: string;
  /** Encoded by the dialect's codecs. */
  readonly parameters: readonly unknown[];
  /** Whether rows come back. */
  readonly rows: boolean;
  /** Whether integers must come as `bigint`, since a column of the result is wider than a `number`. */
  readonly bigints?: boolean;
  /** No more rows than this are looked at: the driver may stop reading there. */
  readonly maxRows?: number | undefined;
  /** Whether the statement is worth preparing on the server: it may run again with other values. */
  readonly prepare?: boolean;
}

export interface Result {
  /** Core's from now on: it decodes values where they stand, and puts objects in the place of rows. */
  readonly rows: readonly Row[];
  /** Rows that the statement inserted, matched for update, or deleted. */
  readonly affected: number;
  /** The key that the database generated for the first row inserted, where the driver reports it without RETURNING. */
  readonly insertedKey?: number | bigint | undefined;
  /** What the server says it did, e.g. `ROLLBACK` in answer to a COMMIT it refused. */
  readonly tag?: string | undefined;
}

/** Reads the catalogue of a database over a connection, in few statements however many tables there are. */
export type Inspector = (connection: Connection, options: InspectOptions) => Promise<Reflected>;
