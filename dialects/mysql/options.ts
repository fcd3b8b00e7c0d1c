// What a user says about where the database is and how to talk to it, turned into what mysql2 takes. A URL may carry the
// options that matter in its query; anything else in it is an error, since mysql2 would only print a warning.
import type { ConnectionOptions as NativeOptions, PoolOptions, SslOptions } from "mysql2";
import { ParameterError } from "../../core/dialect/index.ts";

/** Where the database is, and how connections to it behave. */
export interface MysqlOptions {
  /** `mysql://user:password@host:port/database`. Options beside it win. */
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** A Unix socket, instead of host and port. */
  readonly socketPath?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
  /**
   * TLS: `true` checks the server's certificate and name, an object is handed to the driver. Off by default. The driver checks
   * names only: a server given by its IP address fails the check.
   */
  readonly ssl?: boolean | SslOptions | undefined;
  /** The most connections open at once; 10 by default. */
  readonly max?: number | undefined;
  /** Milliseconds to wait for the server to answer a new connection; 10,000 by default. */
  readonly connectTimeout?: number | undefined;
  /** Milliseconds a server has to confirm that it stopped a statement, before the connection is destroyed; 5,000 by default. */
  readonly cancelTimeout?: number | undefined;
  /** Prepared statements kept on each connection; 256 by default. */
  readonly statementCache?: number | undefined;
}

/** {@link MysqlOptions} with every default filled in. */
export interface Settings {
  readonly native: PoolOptions;
  readonly cancelTimeout: number;
  /** Where the database is, for messages; without the password. */
  readonly address: string;
}

/** Options that a URL's query may set, with how they are read. */
const inUrl: Readonly<Record<string, "number" | "boolean" | "text">> = {
  ssl: "boolean",
  max: "number",
  connectTimeout: "number",
  cancelTimeout: "number",
  statementCache: "number",
  socketPath: "text",
};

/** @throws {ParameterError} if the URL is none, or an option is unknown or no sensible number */
export function settingsOf(server: string | MysqlOptions, more: MysqlOptions = {}): Settings {
  const { url, ...own } = { ...(typeof server === "string" ? { url: server } : server), ...withoutUndefined(more) };
  const options: MysqlOptions = { ...(url === undefined ? {} : parseUrl(url)), ...withoutUndefined(own) };
  const connectTimeout = atLeast("connectTimeout", options.connectTimeout ?? 10_000, 1);
  return {
    native: {
      ...nativeOptions(options, connectTimeout),
      connectionLimit: atLeast("max", options.max ?? 10, 1),
    },
    cancelTimeout: atLeast("cancelTimeout", options.cancelTimeout ?? 5_000, 1),
    address: options.socketPath ?? `${options.host ?? "localhost"}:${options.port ?? 3306}`,
  };
}

function nativeOptions(options: MysqlOptions, connectTimeout: number): NativeOptions {
  return {
    host: options.host ?? "localhost",
    port: options.port ?? 3306,
    ...(options.socketPath === undefined ? {} : { socketPath: options.socketPath }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.database === undefined ? {} : { database: options.database }),
    // A copy: mysql2 writes into it.
    ...(options.ssl ? { ssl: options.ssl === true ? { verifyIdentity: true } : { ...options.ssl } } : {}),
    connectTimeout,
    charset: "utf8mb4",
    // Exact values: 64-bit integers beyond a safe number come as text, decimals, dates and JSON always do.
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: true,
    jsonStrings: true,
    rowsAsArray: true,
    timezone: "Z",
    multipleStatements: false,
    // Without LOCAL_FILES a server cannot ask for files of the client's. FOUND_ROWS makes an update count the rows it matched.
    flags: ["FOUND_ROWS", "-LOCAL_FILES"],
    // A peer that is gone without a word is noticed after twenty seconds or so.
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
    maxPreparedStatements: atLeast("statementCache", options.statementCache ?? 256, 1),
  };
}

function parseUrl(text: string): MysqlOptions {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The text is not repeated: it may hold a password.
    throw new ParameterError("the database's URL cannot be parsed", "Write mysql://user:password@host:3306/database.");
  }
  if (url.protocol !== "mysql:" && url.protocol !== "mariadb:") {
    throw new ParameterError(
      `the database's URL begins with ${url.protocol}//`,
      "Write mysql://user:password@host:3306/database.",
    );
  }
  return withoutUndefined({
    host: url.hostname === "" ? undefined : decode(url.hostname.replace(/^\[(.*)\]$/, "$1")),
    port: url.port === "" ? undefined : Number(url.port),
    user: url.username === "" ? undefined : decode(url.username),
    password: url.password === "" ? undefined : decode(url.password),
    database: url.pathname.length < 2 ? undefined : decode(url.pathname.slice(1)),
    ...Object.fromEntries([...url.searchParams].map(([name, value]) => [name, optionOfUrl(name, value)])),
  });
}

function optionOfUrl(name: string, value: string): string | number | boolean {
  switch (Object.hasOwn(inUrl, name) ? inUrl[name] : undefined) {
    case "number":
      return Number(value);
    case "boolean":
      if (value === "true" || value === "false") return value === "true";
      throw new ParameterError(`the URL's option ${name} is neither true nor false`);
    case "text":
      return value;
    default:
      throw new ParameterError(
        `the URL has the unknown option ${JSON.stringify(name)}`,
        `Known are ${Object.keys(inUrl).join(", ")}.`,
      );
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ParameterError("the database's URL has a % that begins no escape", "Write %25 for a percent sign.");
  }
}

function atLeast(name: string, value: number, least: number): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw new ParameterError(`the option ${name} must be a number of at least ${least}`);
}

function withoutUndefined<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
