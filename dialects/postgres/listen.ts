// Notifications: what `notify` sends, every session that listens is told, once the sender's transaction is committed. What
// is sent while nobody listens is lost. https://www.postgresql.org/docs/current/sql-notify.html
import type { Connection } from "../../core/dialect/index.ts";
import { textType } from "../../core/dialect/index.ts";
import {
  type Database,
  Disconnected,
  type Feature,
  ParameterError,
  type Queries,
  type RunOptions,
  select,
} from "../../core/index.ts";
import { call, operand } from "./operators.ts";
import type { PgClient } from "./pg-client.ts";

type Notify = Feature<"NOTIFY">;

export interface Notification {
  readonly channel: string;
  readonly payload: string;
  /** The server process that sent it. */
  readonly processId: number;
}

/** Tells whoever listens to the channel; in a transaction, when it is committed. The payload has less than 8,000 bytes. */
export async function notify(on: Queries<Notify>, channel: string, payload = "", options?: RunOptions): Promise<void> {
  if (new TextEncoder().encode(payload).length >= 8_000) {
    throw new ParameterError("the payload of a notification has less than 8,000 bytes", "Store it and send its key.");
  }
  const sent = call<string, Notify, never>(
    "pg_notify",
    [operand(channel, textType), operand(payload, textType)],
    textType,
    "NOTIFY",
  );
  await on.one(select({ sent }) as never, options as never);
}

/** Notifications as they come, to be read with `for await`. Ends with `close()`, or when the database is closed. */
export interface Subscription extends AsyncDisposable {
  /** @throws {Disconnected} once the connection is lost: what was sent since then is not known */
  [Symbol.asyncIterator](): AsyncIterator<Notification, undefined>;
  close(): Promise<void>;
}

/**
 * Listens to channels, on a connection of its own for as long as it lasts. Once this resolves, nothing is missed.
 *
 * @example
 * const orders = await listen(db, "orders");
 * for await (const { payload } of orders) console.log(payload);
 */
export async function listen(
  db: Database<Notify>,
  channels: string | readonly string[],
  options: RunOptions = {},
): Promise<Subscription> {
  const names = typeof channels === "string" ? [channels] : channels;
  const connection = await db.driver.acquire("read", { signal: options.signal });
  try {
    const subscription = new Listener(connection, db.driver as unknown as Lasting);
    await connection.execute(names.map((name) => `listen ${db.dialect.quote(name)}`).join("; "));
    return subscription;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

/** What a driver offers to those who hold a connection until the database is closed. */
interface Lasting {
  untilClosed(end: () => void): () => void;
}

class Listener implements Subscription {
  readonly #connection: Connection;
  readonly #client: PgClient;
  readonly #arrived: Notification[] = [];
  readonly #forget: () => void;
  #waiting: (() => void) | undefined;
  #ended: "closed" | "lost" | undefined;

  constructor(connection: Connection, driver: Lasting) {
    this.#connection = connection;
    this.#client = connection.native as PgClient;
    this.#client.on("notification", this.#onNotification);
    this.#client.on("end", this.#onEnd);
    this.#forget = driver.untilClosed(() => void this.close());
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Notification, undefined> {
    for (;;) {
      for (let next = this.#arrived.shift(); next !== undefined; next = this.#arrived.shift()) yield next;
      if (this.#ended === "closed") return undefined;
      if (this.#ended === "lost") {
        throw new Disconnected({
          message: "the connection that listened was lost",
          hint: "Listen anew, and look for what was missed.",
        });
      }
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#end("closed");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #onNotification = (message: Notification): void => {
    const { channel, payload, processId } = message;
    this.#arrived.push({ channel, payload, processId });
    this.#wake();
  };

  readonly #onEnd = (): void => this.#end("lost");

  #end(how: "closed" | "lost"): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    this.#forget();
    this.#client.removeListener("notification", this.#onNotification);
    this.#client.removeListener("end", this.#onEnd);
    // The session is reset when it is given back, LISTEN included.
    this.#connection.release(how === "lost");
    this.#wake();
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }
}
