// What both drivers of SQLite offer, in the shape that better-sqlite3 gives it: its statements are used as they are.

/** A way to open databases. */
export interface NativeDriver {
  readonly name: "better-sqlite3" | "node:sqlite";
  open(path: string, options: OpenOptions): NativeConnection;
  /** The extended result code of an error of the driver's, e.g. `SQLITE_CONSTRAINT_UNIQUE`; `undefined` if it is none of SQLite's. */
  codeOf(error: unknown): string | undefined;
}

export interface OpenOptions {
  readonly readOnly: boolean;
  readonly mustExist: boolean;
  /** Milliseconds that SQLite itself waits for a lock, while nothing else in the process can run. */
  readonly busyTimeout: number;
}

export interface NativeConnection {
  /** Whether integers come as `bigint` is decided here. */
  prepare(text: string, bigints: boolean): NativeStatement;
  exec(text: string): void;
  /** Makes a function known. Whole numbers come to it as `bigint`. */
  defineFunction(name: string, call: (...values: SqliteValue[]) => SqliteValue): void;
  defineAggregate(name: string, aggregate: NativeAggregate): void;
  readonly inTransaction: boolean;
  close(): void;
  /** The driver's own object. */
  readonly native: unknown;
}

/** A prepared statement. Rows are arrays. */
export interface NativeStatement {
  /** Whether it gives rows. */
  readonly reader: boolean;
  /** Whether it leaves the database as it is. */
  readonly readonly: boolean;
  // One argument each: better-sqlite3 takes a list too, but reads it a tenth of a microsecond slower.
  all(...parameters: readonly unknown[]): unknown[][];
  get(...parameters: readonly unknown[]): unknown[] | undefined;
  run(...parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  iterate(parameters: readonly unknown[]): IterableIterator<unknown[]>;
}

/** What SQLite itself knows. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** An aggregate of one argument that can also be a window function. */
export interface NativeAggregate<T = any> {
  readonly start: () => T;
  readonly step: (total: T, value: SqliteValue) => T;
  readonly inverse: (total: T, value: SqliteValue) => T;
  readonly result: (total: T) => SqliteValue;
}
