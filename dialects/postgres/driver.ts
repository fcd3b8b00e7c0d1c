// Lends connections out of pg's pool: waits no longer than it may, hands out none that is dead, and takes none back that
// holds something of its last user.
import type { Connection, Dialect, Driver, Inspector, Until } from "../../core/dialect/index.ts";
import { stopError, stopped, watch } from "../../core/dialect/index.ts";
import { CannotConnect, ClosedError } from "../../core/index.ts";
import { PostgresConnection } from "./connection.ts";
import { connectError } from "./errors.ts";
import { Exchange } from "./exchange.ts";
import type { Settings } from "./options.ts";
import { loadPg, type Pg, type PgClient, type PgPool, type PgWire } from "./pg-client.ts";
import { type Session, sessionOf } from "./session.ts";

/** How the session must be for the codecs to read what it says. pgbouncer passes on all but the last. */
const reported = { TimeZone: "UTC", DateStyle: "ISO", IntervalStyle: "iso_8601" };
const configuring = `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'iso_8601'; set extra_float_digits = 1; set client_encoding = 'UTF8'; set standard_conforming_strings = on`;

// The oldest server whose functions and clauses are all there: gen_random_uuid, WITH TIES. MERGE needs 15.
const oldestVersion = 13;

// A connection that was silent for longer is asked whether it still lives before it is lent.
const pingAfter = 5_000;

interface Open {
  readonly pg: Pg;
  readonly pool: PgPool;
}

export class PostgresDriver implements Driver {
  readonly dialect: Dialect;
  readonly inspect: Inspector;
  readonly #settings: Settings;
  readonly #clients = new Set<PgClient>();
  readonly #waiting = new Set<(error: Error) => void>();
  /** Given back, and not yet the pool's again. */
  readonly #warm: Session[] = [];
  readonly #lasting = new Set<() => void>();
  #opening: Promise<Open> | undefined;
  #open: Open | undefined;
  #closing: Promise<void> | undefined;
  /** Connections that were last used before this moment may have been lost together with another one. */
  #suspect = 0;

  constructor(settings: Settings, dialect: Dialect, inspect: Inspector) {
    this.#settings = settings;
    this.dialect = dialect;
    this.inspect = inspect;
  }

  acquire(_access: "read" | "write", until?: Until): Connection | Promise<Connection> {
    if (this.#closing) return Promise.reject(new ClosedError("the database"));
    const early = stopped(until);
    if (early) {
      const facts = { message: "no connection was asked for", transaction: "open" as const };
      return Promise.reject(stopError(early, until?.signal, facts));
    }
    const session = this.#warm.pop();
    if (session === undefined) return this.#acquire(until);
    if (session.alive && session.client._queryable !== false) return this.#lend(session, (this.#open as Open).pg);
    discard(session);
    return this.acquire(_access, until);
  }

  async #acquire(until: Until | undefined): Promise<Connection> {
    const { pg, pool } = this.#open ?? (await this.#start());
    for (;;) {
      const session = await this.#checkout(pool, until);
      if (await this.#isFit(session)) return this.#lend(session, pg);
      discard(session);
    }
  }

  #lend(session: Session, pg: Pg): Connection {
    const connection = new PostgresConnection(session, {
      pg,
      prepare: this.#settings.prepare,
      cancelTimeout: this.#settings.cancelTimeout,
      giveBack: this.#giveBack,
    });
    session.lent = connection;
    return connection;
  }

  /** Calls `end` when the database is closed, unless the function that it gives is called before. */
  untilClosed(end: () => void): () => void {
    this.#lasting.add(end);
    return () => this.#lasting.delete(end);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #start(): Promise<Open> {
    this.#opening ??= this.#openPool();
    return this.#opening;
  }

  async #openPool(): Promise<Open> {
    const pg = await loadPg();
    const pool =
      this.#settings.pool ?? new pg.Pool({ ...this.#address(pg), ...this.#settings.pg, Client: this.#clientClass(pg) });
    // The pool has removed the client already when it says that an idle one failed.
    pool.on("error", () => {
      this.#suspect = performance.now();
    });
    this.#open = { pg, pool };
    return this.#open;
  }

  /** What the URL says, as pg understands it. Given to pg as a URL, it would have precedence over everything beside it. */
  #address(pg: Pg): object {
    const { url, where } = this.#settings;
    if (url === undefined) return {};
    try {
      const { connectionParameters } = new pg.Client({ connectionString: url });
      return { ...connectionParameters, password: connectionParameters.password };
    } catch (error) {
      // The URL is not passed on with the error: it may hold a password.
      throw connectError(new Error(error instanceof Error ? error.message : "the URL is none"), where);
    }
  }

  /** pg's client, that says at the start how it wants values to come, which costs no round trip. */
  #clientClass(pg: Pg): new (options: object) => PgClient {
    const { connectTimeout, preparedLimit, prepare, settings } = this.#settings;
    const clients = this.#clients;
    // A pooler refuses what it does not know, and PostgreSQL's own default for this one is right.
    const exact = prepare ? { extra_float_digits: "1" } : {};
    return class extends pg.Client {
      constructor(options: object) {
        // pg's pool has hidden the password from enumeration.
        const { password } = options as { readonly password?: unknown };
        super({ ...options, password, connectionTimeoutMillis: connectTimeout });
        sessionOf(this, preparedLimit);
        clients.add(this);
        this.once("end", () => clients.delete(this));
      }
      override getStartupConf(): Record<string, string> {
        return { ...super.getStartupConf(), ...settings, ...reported, ...exact };
      }
    };
  }

  #checkout(pool: PgPool, until: Until | undefined): Promise<Session> {
    const { acquireTimeout, preparedLimit, where } = this.#settings;
    const { promise, resolve, reject } = Promise.withResolvers<Session>();
    const latest = performance.now() + acquireTimeout;
    const deadline = Math.min(until?.deadline ?? latest, latest);
    let over = false;
    const giveUp = (error: Error): void => {
      over = true;
      unwatch();
      this.#waiting.delete(giveUp);
      reject(error);
    };
    const unwatch = watch({ signal: until?.signal, deadline }, (why) => {
      const full = pool.totalCount >= (pool.options.max ?? 10);
      const message = full
        ? `all ${pool.options.max ?? 10} connections of the pool are in use, and none came free in time`
        : `${where} did not answer in time`;
      giveUp(
        stopError(why, until?.signal, {
          message: why === "cancelled" ? "the wait for a connection was cancelled" : message,
          hint: full
            ? "Look for a connection or stream that is not closed, or allow more connections with `max`."
            : undefined,
          transaction: "open",
        }),
      );
    });
    this.#waiting.add(giveUp);
    try {
      pool.connect((error, client) => {
        // The wait was given up, and pg's pool cannot be told so: what comes goes straight back.
        if (over) return client?.release();
        unwatch();
        this.#waiting.delete(giveUp);
        if (client) resolve(sessionOf(client, preparedLimit));
        else reject(connectError(error, where));
      });
    } catch (error) {
      // pg could not make sense of its options.
      giveUp(connectError(error, where));
    }
    return promise;
  }

  async #isFit(session: Session): Promise<boolean> {
    if (!session.alive || session.client._queryable === false) return false;
    if (session.client.pipeline) {
      session.client.release();
      throw new CannotConnect({
        message: "the pool's clients have `pipeline: true`, which takes no cursors",
        hint: "Give a pool without it: statements are pipelined where it helps.",
      });
    }
    if (!session.configured) this.#refuseOldServer(session);
    if (!session.configured && !isConfigured(session)) {
      if (!(await this.#ask(session, (wire) => wire.query(configuring)))) return false;
    }
    session.configured = true;
    const { lastUsed } = session;
    if (lastUsed >= this.#suspect && performance.now() - lastUsed <= pingAfter) return true;
    return await this.#ask(session, (wire) => wire.sync());
  }

  #refuseOldServer(session: Session): void {
    const version = session.settings.get("server_version");
    if (version === undefined || Number.parseInt(version, 10) >= oldestVersion) return;
    discard(session);
    throw new CannotConnect({
      message: `${this.#settings.where} is of version ${version}, and Athanor needs ${oldestVersion} or later`,
    });
  }

  /** Whether the server did what was sent, in time. */
  async #ask(session: Session, send: (wire: PgWire) => void): Promise<boolean> {
    const timer = setTimeout(() => session.wire.stream.destroy(), this.#settings.cancelTimeout);
    try {
      const exchange = new Exchange(session, send);
      session.client.query(exchange);
      await exchange.done;
      session.lastUsed = performance.now();
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  readonly #giveBack = (session: Session, destroy: boolean): void => {
    session.lent = undefined;
    if (destroy || !session.alive) {
      this.#suspect = performance.now();
      return discard(session);
    }
    if (session.status === "I" && !session.changed && this.#settings.reset === "auto") return this.#keepWarm(session);
    this.#reset(session).then((clean) => {
      if (clean) session.client.release();
      else discard(session);
    });
  };

  /**
   * Keeps the connection until the end of this turn of the event loop: a program that runs one statement after the other
   * asks for it again at once, and the pool's way back and forth takes longer than anything else here.
   */
  #keepWarm(session: Session): void {
    const { pool } = this.#open as Open;
    if (this.#closing || pool.waitingCount > 0) return session.client.release();
    this.#warm.push(session);
    if (this.#warm.length === 1) setImmediate(this.#cool);
  }

  readonly #cool = (): void => {
    for (const session of this.#warm.splice(0)) {
      if (session.alive) session.client.release();
      else discard(session);
    }
  };

  /** Ends the transaction that was left open, and takes back what the session's last user changed. */
  async #reset(session: Session): Promise<boolean> {
    if (session.status !== "I" && !(await this.#ask(session, (wire) => wire.query("rollback")))) return false;
    if (!session.changed && this.#settings.reset === "auto") return true;
    if (!(await this.#ask(session, (wire) => wire.query("discard all")))) return false;
    session.prepared.clear();
    session.changed = false;
    session.configured = this.#settings.pool === undefined;
    return true;
  }

  async #close(): Promise<void> {
    for (const end of this.#lasting) end();
    this.#cool();
    for (const giveUp of this.#waiting) giveUp(new ClosedError("the database"));
    const open = await this.#opening?.catch(() => undefined);
    // A pool that was given is its owner's to end.
    if (open === undefined || this.#settings.pool) return;
    const cut = (): void => {
      for (const client of this.#clients) client.connection.stream.destroy();
    };
    const timer = setTimeout(cut, this.#settings.closeTimeout);
    const ended = open.pool.end();
    // The pool answers before the sockets are closed; a server that does not hang up is not waited for.
    await Promise.race([ended, this.#allGone()]);
    clearTimeout(timer);
    const last = setTimeout(cut, 1_000);
    await this.#allGone();
    clearTimeout(last);
  }

  async #allGone(): Promise<void> {
    while (this.#clients.size > 0) {
      await Promise.all(
        [...this.#clients].map((client) => new Promise<void>((resolve) => client.once("end", () => resolve()))),
      );
    }
  }
}

/** Destroys a connection: its place in the pool is free for a new one. */
function discard(session: Session): void {
  session.alive = false;
  session.wire.stream.destroy();
  session.client.release(true);
}

function isConfigured({ settings }: Session): boolean {
  return (
    Object.entries(reported).every(([name, value]) => settings.get(name)?.startsWith(value)) &&
    settings.get("client_encoding") === "UTF8" &&
    settings.get("standard_conforming_strings") === "on"
  );
}
