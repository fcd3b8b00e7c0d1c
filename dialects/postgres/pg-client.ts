// What is used of `pg`, written down. Statements are sent through pg's own extension point, an object with `submit` and
// `handle…` methods (pg-cursor and pg-copy-streams are such objects too): rows then arrive as arrays of text, without a
// row description, a parser per column or an object per row in between.
import { CannotConnect } from "../../core/index.ts";

/** The connection that a client of pg writes to and reads from. */
export interface PgWire {
  readonly stream: {
    cork?(): void;
    uncork?(): void;
    destroy(error?: Error): void;
    readonly writable: boolean;
    pause?(): void;
    resume?(): void;
    readonly writableNeedDrain?: boolean;
    once(event: "drain" | "close", listener: () => void): unknown;
  };
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
  query(text: string): void;
  parse(statement: { readonly text: string; readonly name: string }): void;
  bind(portal: {
    readonly portal?: string;
    readonly statement: string;
    readonly values: readonly unknown[];
    readonly valueMapper: (value: unknown) => unknown;
  }): void;
  execute(portal: { readonly portal?: string; readonly rows?: number } | undefined): void;
  close(what: { readonly type: "S" | "P"; readonly name: string }): void;
  flush(): void;
  sync(): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
  end(): void;
  on(event: string, listener: (message: never) => void): unknown;
  once(event: string, listener: (message: never) => void): unknown;
  prependListener(event: string, listener: (message: never) => void): unknown;
  removeListener(event: string, listener: (message: never) => void): unknown;
}

/** What a client of pg hands the server's messages to, from `submit` to the end of the exchange. */
export interface Submittable {
  submit(wire: PgWire): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handlePortalSuspended(wire: PgWire): void;
  handleEmptyQuery(wire: PgWire): void;
  handleCommandComplete(message: { readonly text: string }, wire: PgWire): void;
  handleReadyForQuery(wire: PgWire): void;
  handleError(error: Error, wire: PgWire): void;
  handleCopyInResponse(wire: PgWire): void;
  handleCopyData(message: { readonly chunk: Uint8Array }, wire: PgWire): void;
}

export interface PgClient {
  readonly connection: PgWire;
  readonly host: string;
  readonly port: number | string;
  readonly ssl: unknown;
  readonly sslNegotiation?: string;
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly pipeline?: boolean;
  /** pg has no public word for it: whether the client has not lost its connection. */
  readonly _queryable?: boolean;
  query(submittable: Submittable): unknown;
  /** Given by the pool; with an error the client is destroyed. */
  release(error?: Error | boolean): void;
  on(event: string, listener: (...facts: never[]) => void): unknown;
  once(event: string, listener: (...facts: never[]) => void): unknown;
  removeListener(event: string, listener: (...facts: never[]) => void): unknown;
}

/** A pool of pg's: `new pg.Pool(…)`. */
export interface PgPool {
  connect(callback: (error: Error | undefined, client: PgClient | undefined) => void): void;
  end(): Promise<void>;
  on(event: string, listener: (...facts: never[]) => void): unknown;
  readonly options: { readonly max?: number };
  readonly totalCount: number;
  readonly waitingCount: number;
}

/** The module `pg`. */
export interface Pg {
  readonly Pool: new (options: object) => PgPool;
  readonly Client: new (
    options: object,
  ) => PgClient & {
    readonly connectionParameters: { readonly password?: unknown };
    getStartupConf(): Record<string, string>;
  };
  readonly Connection: new (options: object) => PgWire;
}

/**
 * Loads `pg` when the first connection is asked for.
 *
 * @throws {CannotConnect} if it is not installed
 */
export async function loadPg(): Promise<Pg> {
  try {
    const module = (await import("pg")) as unknown as { readonly default: Pg };
    return module.default;
  } catch (cause) {
    throw new CannotConnect({ message: "the package pg could not be loaded", hint: "npm install pg", cause });
  }
}
