// What is known of one client of pg beside the client itself, for as long as it lives: where its transaction stands, what
// it has prepared, whether its session may hold something of the last user's.
import type { Until } from "../../core/dialect/index.ts";
import type { Failing } from "./errors.ts";
import type { PgClient, PgWire, Submittable } from "./pg-client.ts";
import { PreparedStatements } from "./prepared.ts";

/** `I`: none; `T`: in a transaction; `E`: in one that has failed. */
export type TransactionStatus = "I" | "T" | "E";

/** A connection, as far as exchanges of other kinds need it. */
export interface Lent {
  exchange<T>(exchange: Submittable, done: Promise<T>, failing: Failing, until: Until | undefined): Promise<T>;
}

export interface Session {
  readonly client: PgClient;
  readonly wire: PgWire;
  readonly prepared: PreparedStatements;
  /** The server's settings, as far as it reports them. */
  readonly settings: Map<string, string>;
  status: TransactionStatus;
  /** Whether something may be left in the session: a setting, a temporary table, a LISTEN. */
  changed: boolean;
  /** Whether dates, intervals and floats come in the form that the codecs read. */
  configured: boolean;
  alive: boolean;
  /** Why it is no longer alive. */
  lost: unknown;
  /** When it was last known to answer, by `performance.now()`. */
  lastUsed: number;
  /** The exchange that has failed, while the server is not ready for the next. */
  failing: Submittable | undefined;
  /** The connection that has it now. */
  lent: Lent | undefined;
  /** For portals' names. */
  portals: number;
}

const sessions = new WeakMap<PgClient, Session>();

/** What is known of the client. The first time, starts to listen to it. */
export function sessionOf(client: PgClient, preparedLimit: number): Session {
  let session = sessions.get(client);
  if (!session) {
    session = observe(client, preparedLimit);
    sessions.set(client, session);
  }
  return session;
}

function observe(client: PgClient, preparedLimit: number): Session {
  const wire = client.connection;
  const session: Session = {
    client,
    wire,
    prepared: new PreparedStatements(preparedLimit),
    settings: new Map(),
    status: "I",
    changed: false,
    configured: false,
    alive: true,
    lost: undefined,
    lastUsed: performance.now(),
    failing: undefined,
    lent: undefined,
    portals: 0,
  };
  const end = (error?: Error): void => {
    session.alive = false;
    session.lost ??= error;
    const failing = session.failing;
    session.failing = undefined;
    failing?.handleReadyForQuery(wire);
  };
  // Before pg's own listener, so that an exchange that ends finds the state after it.
  wire.prependListener("readyForQuery", (message: { readonly status: TransactionStatus }) => {
    session.status = message.status;
    const failing = session.failing;
    session.failing = undefined;
    failing?.handleReadyForQuery(wire);
  });
  wire.on("parameterStatus", (message: { readonly parameterName: string; readonly parameterValue: string }) => {
    session.settings.set(message.parameterName, message.parameterValue);
  });
  // pg emits errors of a connection beside failing its statements; without a listener they would end the process.
  client.on("error", end);
  client.on("end", end);
  return session;
}
