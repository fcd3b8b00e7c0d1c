// Runs an exchange of PostgreSQL's own, a COPY, on the connection of a handle of Core's.
import type { Until } from "../../core/dialect/index.ts";
import type { Database, PinnedConnection, RunOptions, Transaction } from "../../core/index.ts";
import type { Failing } from "./errors.ts";
import type { PgClient, Submittable } from "./pg-client.ts";
import { type Session, sessionOf } from "./session.ts";

/** Where an exchange can run: on a connection of its own, in a transaction, or on a pinned connection. */
export type Place<F> = Database<F> | Transaction<F> | PinnedConnection<F>;

/** What runs exchanges on one connection. */
export interface Runner {
  readonly session: Session;
  run<T>(exchange: Submittable, done: Promise<T>, failing: Failing): Promise<T>;
}

export function onConnection<F, T>(
  place: Place<F>,
  options: RunOptions,
  work: (runner: Runner) => Promise<T>,
): Promise<T> {
  if ("native" in place) return work(runnerOf(place.native as PgClient, untilOf(options)));
  return place.connection(
    (connection) => work(runnerOf(connection.native as PgClient, untilOf(options))),
    // What is done may take longer than any one statement: its own limit is in `untilOf`.
    { signal: options.signal, timeout: Number.POSITIVE_INFINITY },
  );
}

function runnerOf(client: PgClient, until: Until): Runner {
  const session = sessionOf(client, 0);
  return {
    session,
    run(exchange, done, failing) {
      // Whoever got hold of the client got it from a connection that is lent.
      return (session.lent as NonNullable<Session["lent"]>).exchange(exchange, done, failing, until);
    },
  };
}

function untilOf({ signal, timeout = Number.POSITIVE_INFINITY }: RunOptions): Until {
  return { signal, deadline: timeout === Number.POSITIVE_INFINITY ? undefined : performance.now() + timeout };
}
