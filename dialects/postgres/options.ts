// How to reach a server, and how to use the connections to it.
import type { ConnectionOptions as TlsOptions } from "node:tls";
import { defaultAcquireTimeout } from "../../core/dialect/index.ts";
import type { PgPool } from "./pg-client.ts";

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`; what stands beside it here has precedence. */
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  /** A function is asked for each new connection, so that a password can expire. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  readonly database?: string | undefined;
  /** Passed on to `tls.connect`; `true` verifies the server against the system's authorities. */
  readonly ssl?: boolean | TlsOptions | undefined;
  /** How the server names this program, e.g. in `pg_stat_activity`. */
  readonly applicationName?: string | undefined;
  /** Settings for each session, e.g. `{ search_path: "app" }`. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** The most connections at once; 10 by default. */
  readonly max?: number | undefined;
  /** How long an unused connection is kept, in milliseconds; 10,000 by default. */
  readonly idleTimeout?: number | undefined;
  /** How long to wait for a new connection to be made, in milliseconds; 10,000 by default. */
  readonly connectTimeout?: number | undefined;
  /** How long to wait for a connection of the pool to come free, in milliseconds; 30,000 by default. */
  readonly acquireTimeout?: number | undefined;
  /** How long to wait for the server to confirm that a statement was stopped, in milliseconds; 5,000 by default. */
  readonly cancelTimeout?: number | undefined;
  /** How long `close()` waits for what still runs before it cuts the connections, in milliseconds; 30,000 by default. */
  readonly closeTimeout?: number | undefined;
  /**
   * Whether statements are prepared on the server by name; they are by default. A pooler that gives each transaction
   * another connection (pgbouncer before 1.21) forbids it.
   */
  readonly prepare?: boolean | undefined;
  /** The most statements that a connection keeps prepared; 256 by default. */
  readonly preparedLimit?: number | undefined;
  /**
   * When a connection's session is reset before it goes to the next user: `auto` resets it after a text that could have
   * changed it, which a function that calls `set` inside hides; `always` costs a round trip each time.
   */
  readonly reset?: "auto" | "always" | undefined;
  /** Further options of `pg.Pool`. */
  readonly pg?: object | undefined;
}

/** The options with all defaults. */
export interface Settings {
  readonly pool: PgPool | undefined;
  readonly url: string | undefined;
  /** What pg is given beside what it reads in the URL. */
  readonly pg: object;
  readonly settings: Readonly<Record<string, string>>;
  /** The server's address for messages, without password. */
  readonly where: string;
  readonly connectTimeout: number;
  readonly acquireTimeout: number;
  readonly cancelTimeout: number;
  readonly closeTimeout: number;
  readonly prepare: boolean;
  readonly preparedLimit: number;
  readonly reset: "auto" | "always";
}

export function readOptions(given: string | PostgresOptions | PgPool, more: PostgresOptions = {}): Settings {
  const pool = isPool(given) ? given : undefined;
  const options: PostgresOptions = isPool(given) ? more : typeof given === "string" ? { ...more, url: given } : given;
  return {
    pool,
    url: options.url,
    pg: defined({
      host: options.host,
      port: options.port,
      user: options.user,
      password: options.password,
      database: options.database,
      ssl: options.ssl,
      application_name: options.applicationName,
      max: options.max ?? 10,
      idleTimeoutMillis: options.idleTimeout,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      ...options.pg,
    }),
    settings: options.settings ?? {},
    where: pool ? "the server of the given pool" : `PostgreSQL at ${address(options)}`,
    connectTimeout: options.connectTimeout ?? 10_000,
    acquireTimeout: options.acquireTimeout ?? defaultAcquireTimeout,
    cancelTimeout: options.cancelTimeout ?? 5_000,
    closeTimeout: options.closeTimeout ?? 30_000,
    prepare: options.prepare ?? true,
    preparedLimit: options.preparedLimit ?? 256,
    reset: options.reset ?? "auto",
  };
}

function isPool(given: string | PostgresOptions | PgPool): given is PgPool {
  return typeof given === "object" && "connect" in given;
}

function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function address(options: PostgresOptions): string {
  if (options.host !== undefined) return `${options.host}:${options.port ?? 5432}`;
  const { PGHOST = "localhost", PGPORT = "5432" } = process.env;
  if (options.url === undefined) return `${PGHOST}:${PGPORT}`;
  // Not every URL that pg understands is one to `URL`; then nothing of it is shown, since it may hold a password.
  return URL.canParse(options.url) ? new URL(options.url).host || "a local socket" : "the given address";
}
