// Lends the connections of mysql2's pool. The pool decides when to open one; this sets each up before its first use, sees
// that what goes back is clean, and that nothing is left when the database is closed.
import { performance } from "node:perf_hooks";
import type { Pool, PoolConnection } from "mysql2";
import {
  CannotConnect,
  ClosedError,
  type Connection,
  type Dialect,
  type Driver,
  type Inspector,
  stopError,
  stopped,
  type Until,
  watch,
} from "../../core/dialect/index.ts";
import { MysqlConnection } from "./connection.ts";
import { connectError, type NativeError } from "./errors.ts";
import { native } from "./native.ts";
import type { Settings } from "./options.ts";
import { identify, type Server, serverOf, setUp } from "./session.ts";
import { destroySocket, Session, socketOf } from "./session-state.ts";

/** Milliseconds to wait for a connection where the caller does not say. */
const longestWait = 30_000;

export class MysqlDriver implements Driver {
  readonly dialect: Dialect;
  readonly inspect: Inspector;
  readonly #settings: Settings;
  readonly #flavour: "mysql" | "mariadb";
  readonly #pool: Pool;
  readonly #sessions = new WeakMap<PoolConnection, Session>();
  readonly #open = new Set<PoolConnection>();
  /** Connections asked for or lent. */
  #busy = 0;
  #onIdle: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(dialect: Dialect, inspect: Inspector, flavour: "mysql" | "mariadb", settings: Settings) {
    this.dialect = dialect;
    this.inspect = inspect;
    this.#flavour = flavour;
    this.#settings = settings;
    this.#pool = native().createPool(settings.native);
  }

  acquire(_access: "read" | "write", until?: Until): Promise<Connection> {
    if (this.#closing !== undefined) return Promise.reject(new ClosedError("the database"));
    const why = stopped(until);
    if (why !== undefined) {
      return Promise.reject(stopError(why, until?.signal, { message: "nothing was sent", transaction: "open" }));
    }
    this.#busy++;
    return new Promise((resolve, reject) => {
      let over = false;
      const deadline = until?.deadline ?? performance.now() + longestWait;
      const endWatch = watch({ signal: until?.signal, deadline }, (stop) => {
        over = true;
        reject(stopError(stop, until?.signal, waitedInVain(this.#settings)));
      });
      const fail = (error: Error): void => {
        this.#done();
        endWatch();
        reject(error);
      };
      this.#pool.getConnection(async (error, native) => {
        if (error)
          return fail(
            this.#closing === undefined ? connectError(error, this.#settings.address) : new ClosedError("the database"),
          );
        let session: Session;
        try {
          session = this.#sessions.get(native) ?? (await this.#setUp(native));
        } catch (failure) {
          return fail(failure as Error);
        }
        // Nobody waits any more: it goes to the next one.
        if (over) return this.#giveBack(session, false);
        endWatch();
        resolve(new MysqlConnection(session, (it, broken) => this.#giveBack(it, broken)));
      });
    });
  }

  /** Makes a new connection's session what every user finds, and the server the one expected. */
  #setUp(native: PoolConnection): Promise<Session> {
    const { address, native: options } = this.#settings;
    this.#open.add(native);
    socketOf(native).once("close", () => this.#open.delete(native));
    const session = new Session(native, this.#settings, this.#flavour);
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        clearTimeout(timer);
        session.destroy(error);
        reject(error instanceof CannotConnect ? error : connectError(error as NativeError, address));
      };
      const timer = setTimeout(() => fail(new Error("the server does not answer")), options.connectTimeout);
      native.query(identify, (error, rows) => {
        if (error) return fail(error);
        let server: Server;
        try {
          server = serverOf((rows as unknown as unknown[][])[0] ?? [], this.#flavour, address);
        } catch (failure) {
          return fail(failure as Error);
        }
        native.query(setUp(this.#flavour), (error) => {
          if (error) return fail(error);
          clearTimeout(timer);
          session.maxPacket = server.maxPacket;
          this.#sessions.set(native, session);
          resolve(session);
        });
      });
    });
  }

  async #giveBack(session: Session, broken: boolean): Promise<void> {
    if (broken || !session.usable) session.destroy(new Error("its last user left it in an unknown state"));
    else if (session.needsCleaning && !(await session.clean())) session.destroy(new Error("it could not be cleaned"));
    else session.native.release();
    this.#done();
  }

  #done(): void {
    this.#busy--;
    if (this.#busy === 0) this.#onIdle?.();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#busy > 0)
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    await new Promise<void>((resolve) => this.#pool.end(() => resolve()));
    await Promise.all([...this.#open].map(socketClosed));
  }
}

/** mysql2 is content with having said goodbye; a socket that is still open would keep the process alive. */
function socketClosed(native: PoolConnection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => destroySocket(native), 1_000);
    socketOf(native).once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function waitedInVain({ native, address }: Settings): { message: string; hint: string; transaction: "open" } {
  return {
    message: `no connection to ${address} became free in time: the pool has ${native.connectionLimit}`,
    hint: "Raise the option max, or look for transactions and streams that are kept open.",
    transaction: "open",
  };
}
