// One session on the server, for as long as its socket lives: what is known of its state, and how it is stopped, cleaned
// and ended. Users come and go (connection.ts); the session is what goes back to the pool.

import type { Socket } from "node:net";
import type mysql from "mysql2";
import type { PoolConnection } from "mysql2";
import type { NativeError } from "./errors.ts";
import { native } from "./native.ts";
import type { Settings } from "./options.ts";
import { setUp } from "./session.ts";
import { readTimes } from "./times.ts";

/** What an OK packet says, as far as it is used. */
export interface OkPacket {
  readonly affectedRows: number;
  readonly insertId: number | string;
  readonly serverStatus?: number;
  readonly info?: string;
}

const inTransactionFlag = 1;

export class Session {
  readonly native: PoolConnection;
  readonly settings: Settings;
  readonly flavour: "mysql" | "mariadb";
  /** The largest statement the server takes, in bytes. */
  maxPacket: number = Number.POSITIVE_INFINITY;
  /** Whether a transaction may be open. */
  inTransaction = false;
  /** What the last user may have left: nothing, what COM_RESET_CONNECTION clears, or what nothing but a new session clears. */
  traces: "none" | "resettable" | "lasting" = "none";
  /** Why the connection can no longer be used. */
  lost: Error | undefined;
  #onLost: ((error: Error) => void) | undefined;

  constructor(native: PoolConnection, settings: Settings, flavour: "mysql" | "mariadb") {
    this.native = native;
    this.settings = settings;
    this.flavour = flavour;
    readTimes(native);
    // The listeners stay: an error event without one would end the process.
    native.on("error", (error: Error) => this.#lose(error));
    native.on("end", () => this.#lose(new Error("the server closed the connection")));
  }

  get usable(): boolean {
    return this.lost === undefined;
  }

  /** Calls `listener` if the connection is lost; one at a time. */
  watchLoss(listener: ((error: Error) => void) | undefined): void {
    this.#onLost = listener;
    if (this.lost !== undefined) listener?.(this.lost);
  }

  #lose(error: Error): void {
    if (this.lost !== undefined) return;
    this.lost = error;
    this.#onLost?.(error);
  }

  /** Takes down what an OK packet says about the transaction. */
  note(packet: OkPacket): void {
    if (packet.serverStatus !== undefined) this.inTransaction = (packet.serverStatus & inTransactionFlag) !== 0;
  }

  /**
   * Stops the running statement by KILL QUERY over a connection of its own.
   *
   * @returns whether the server has acknowledged it in time
   */
  kill(): Promise<boolean> {
    const { connectionLimit: _, ...options } = this.settings.native;
    return new Promise((resolve) => {
      const helper = native().createConnection({ ...options, connectTimeout: this.settings.cancelTimeout });
      const end = (acknowledged: boolean): void => {
        clearTimeout(timer);
        resolve(acknowledged);
        destroySocket(helper);
      };
      const timer = setTimeout(end, this.settings.cancelTimeout, false);
      helper.on("error", () => end(false));
      helper.query(`kill query ${this.native.threadId}`, (error) => end(error === null));
    });
  }

  /**
   * Makes sure that a KILL which came too late for its statement cannot hit the next one: the server drops it at the end of
   * whatever runs next, and this is that.
   */
  async absorbKill(): Promise<boolean> {
    const error = await this.#simple("do 0");
    return error === undefined || error.errno === 1317;
  }

  /** Whether the session must be cleaned before somebody else uses it. */
  get needsCleaning(): boolean {
    return this.inTransaction || this.traces !== "none";
  }

  /** Puts the session into the state that {@link setUp} leaves. False if that failed: it must then be destroyed. */
  async clean(): Promise<boolean> {
    if (this.traces === "lasting") return false;
    const error = this.traces === "none" ? await this.#simple("rollback") : await this.#reset();
    if (error !== undefined) return false;
    this.inTransaction = false;
    this.traces = "none";
    return true;
  }

  /** Rolls back, and clears settings, user variables, temporary tables, named locks and prepared statements. */
  async #reset(): Promise<NativeError | undefined> {
    const error = await this.#inTime((done) => this.native.reset(done));
    return error ?? (await this.#simple(setUp(this.flavour)));
  }

  /** Runs a statement of the library's own that nobody waits longer for than for a cancellation. */
  #simple(text: string): Promise<NativeError | undefined> {
    return this.#inTime((done) => this.native.query(text, done));
  }

  #inTime(start: (done: (error: Error | null) => void) => void): Promise<NativeError | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(new Error("no answer in time")), this.settings.cancelTimeout);
      start((error) => {
        clearTimeout(timer);
        resolve(error ?? undefined);
      });
    });
  }

  /** Ends the session at once, whatever the server does. */
  destroy(reason: Error): void {
    this.#lose(reason);
    // Takes it out of the pool, so that another can be made in its place.
    this.native.destroy();
    destroySocket(this.native);
  }
}

/** mysql2's own `destroy` only ends its side of the socket, which a silent server would leave open for ever. */
export function destroySocket(connection: mysql.Connection): void {
  connection.destroy();
  socketOf(connection).destroy();
}

/** The socket itself, which mysql2 does not declare. */
export function socketOf(connection: mysql.Connection): Socket {
  return (connection as unknown as { stream: Socket }).stream;
}
