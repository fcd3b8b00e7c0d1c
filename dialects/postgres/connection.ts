// One connection of the pool, lent to one user. Every statement is an exchange; when its time is up it is cancelled on the
// server, and the connection is free again only when it is certain that the cancel cannot hit another statement.
import type { Connection, Query, Result, Row, Until } from "../../core/dialect/index.ts";
import { type Stop, stopError, stopped, watch } from "../../core/dialect/index.ts";
import { type DatabaseError, ParameterError, type TransactionState } from "../../core/index.ts";
import { requestCancel } from "./cancel.ts";
import {
  databaseError,
  type Failing,
  isServerError,
  isStale,
  lostConnection,
  type ServerError,
  staleError,
} from "./errors.ts";
import { type Answer, bindStep, closeEvicted, Exchange, type Step, sendSteps } from "./exchange.ts";
import type { Pg, PgClient, PgWire, Submittable } from "./pg-client.ts";
import { Portal } from "./portal.ts";
import type { Session } from "./session.ts";
import { changesSession } from "./session-change.ts";

export interface ConnectionOptions {
  readonly pg: Pg;
  /** Whether statements are prepared by name. */
  readonly prepare: boolean;
  /** How long to wait for the server to confirm a cancel, in milliseconds. */
  readonly cancelTimeout: number;
  /** Takes the client back; `destroy` if it cannot be used again. */
  readonly giveBack: (session: Session, destroy: boolean) => void;
}

export class PostgresConnection implements Connection {
  readonly #session: Session;
  readonly #options: ConnectionOptions;
  #released = false;

  constructor(session: Session, options: ConnectionOptions) {
    this.#session = session;
    this.#options = options;
  }

  get usable(): boolean {
    return this.#session.alive && !this.#released;
  }

  get native(): PgClient {
    // Whoever holds it can do anything to the session.
    this.#session.changed = true;
    return this.#session.client;
  }

  query(query: Query, until?: Until): Promise<Result> {
    return this.#runSteps([query], until).then(first);
  }

  /**
   * Sends all statements before the first is answered. Outside a transaction they are one: if one fails, none took effect.
   */
  pipeline(queries: readonly Query[], until?: Until): Promise<readonly Result[]> {
    return queries.length === 0 ? Promise.resolve([]) : this.#runSteps(queries, until);
  }

  async execute(text: string, until?: Until): Promise<Result> {
    checkText(text);
    const session = this.#session;
    session.changed ||= changesSession(text);
    const exchange = new Exchange(session, (wire) => wire.query(text));
    const answers = await this.#run(exchange, exchange.done, () => ({ sql: text }), until);
    if (/\b(?:discard|deallocate)\b/i.test(text)) session.prepared.clear();
    return answers.at(-1) ?? { rows: [], affected: 0 };
  }

  async *stream(query: Query, batch: number, until?: Until): AsyncIterable<readonly Row[]> {
    // A portal lives as long as its transaction. In one, other statements may run between two batches; outside, the
    // statement is a transaction of its own, which stays open until the last batch.
    const batches =
      this.#session.status === "I" ? this.#streamAlone(query, batch, until) : this.#streamInside(query, batch, until);
    yield* batches;
  }

  release(broken?: boolean): void {
    if (this.#released) return;
    this.#released = true;
    this.#options.giveBack(this.#session, broken === true || !this.#session.alive);
  }

  /**
   * Runs an exchange of another kind, e.g. a COPY, under the rules of all others: cancelled when its time is up, its errors
   * classified.
   */
  exchange<T>(exchange: Submittable, done: Promise<T>, failing: Failing, until: Until | undefined): Promise<T> {
    this.#session.changed ||= changesSession(failing.sql ?? "");
    return this.#run(exchange, done, () => failing, until);
  }

  get session(): Session {
    return this.#session;
  }

  #step(query: Query): Step {
    const session = this.#session;
    if (this.#options.prepare && query.prepare) {
      const prepared = session.prepared.take(query.text);
      // Looked at once for each text.
      if (!prepared.parsed) this.#look(query.text);
      return { query, prepared };
    }
    this.#look(query.text);
    return { query, prepared: undefined };
  }

  #look(text: string): void {
    checkText(text);
    this.#session.changed ||= changesSession(text);
  }

  #runSteps(queries: readonly Query[], until: Until | undefined): Promise<readonly Answer[]> {
    const session = this.#session;
    let steps: readonly Step[];
    try {
      steps = queries.map((query) => this.#step(query));
    } catch (error) {
      return Promise.reject(error);
    }
    const before = session.status;
    const fresh = steps.filter((step) => step.prepared?.parsed === false);
    const exchange = new Exchange(session, (wire) => sendSteps(wire, session, steps));
    const running = this.#run(exchange, exchange.done, () => failingOf(steps[exchange.answered] ?? steps[0]), until);
    // Nothing can be stale outside these two: the plan of a statement that was prepared before, or a name that is gone.
    return running.then(undefined, (error: unknown) => {
      for (const { prepared } of fresh) if (prepared) session.prepared.drop(prepared);
      const cause = (error as DatabaseError).cause;
      if (!isStale(cause)) throw error;
      for (const { prepared } of steps) if (prepared) session.prepared.drop(prepared);
      if (before !== "I" || session.status !== "I") {
        throw staleError(cause as ServerError, { ...failingOf(steps[0]), transaction: this.#state(before) });
      }
      const again = queries.map((query) => this.#step(query));
      const second = new Exchange(session, (wire) => sendSteps(wire, session, again));
      return this.#run(second, second.done, () => failingOf(again[second.answered] ?? again[0]), until);
    });
  }

  #run<T>(
    exchange: Submittable & { abandon?(): boolean },
    done: Promise<T>,
    failing: () => Failing,
    until: Until | undefined,
  ): Promise<T> {
    const session = this.#session;
    if (!session.alive) return Promise.reject(lostConnection(session.lost, failing()));
    const early = stopped(until);
    if (early) {
      return Promise.reject(this.#stopError(early, until, { ...failing(), transaction: this.#state(session.status) }));
    }
    const before = session.status;
    let stop: Stop | undefined;
    let cancelling: Promise<boolean> | undefined;
    const unwatch = watch(until, (why) => {
      stop = why;
      cancelling = this.#cancel(exchange, done);
    });
    const ended = (): Promise<void> | undefined => {
      unwatch();
      session.lastUsed = performance.now();
      return cancelling && this.#settle(cancelling);
    };
    try {
      this.#submit(exchange);
    } catch (error) {
      unwatch();
      return Promise.reject(error);
    }
    return done.then(
      (value) => {
        const settled = ended();
        return settled ? settled.then(() => value) : value;
      },
      async (error: unknown) => {
        await ended();
        throw this.#classify(error, failing(), before, stop, until);
      },
    );
  }

  #submit(exchange: Submittable): void {
    try {
      this.#session.client.query(exchange);
    } catch (error) {
      // A part of it may have been sent already: what the server would make of the next statement is not known.
      this.#destroy("a statement could not be written");
      throw error;
    }
  }

  /** Has the server stop what runs. If that cannot be confirmed in time, the connection is destroyed. */
  async #cancel(exchange: Submittable & { abandon?(): boolean }, done: Promise<unknown>): Promise<boolean> {
    const { client } = this.#session;
    const { cancelTimeout, pg } = this.#options;
    // A stream whose next batch has not been asked for is ended like any other, there is nothing to cancel.
    const confirmed = exchange.abandon?.() ? Promise.resolve(true) : requestCancel(pg, client, cancelTimeout);
    const ended = done.then(
      () => true,
      () => true,
    );
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, cancelTimeout, false);
    const inTime = await Promise.race([ended, late]);
    clearTimeout(timer);
    if (!inTime) this.#destroy("the server did not confirm that the statement was stopped");
    return confirmed;
  }

  /** After a cancel: waits until none can be under way any more, then lets one that came late hit nothing. */
  async #settle(cancelling: Promise<boolean>): Promise<void> {
    const session = this.#session;
    if (!(await cancelling)) return this.#destroy("the server did not confirm a cancel");
    if (!session.alive) return;
    const barrier = new Exchange(session, (wire) => wire.query(""));
    const timer = setTimeout(() => this.#destroy("the server fell silent after a cancel"), this.#options.cancelTimeout);
    session.client.query(barrier);
    await barrier.done.catch(() => undefined);
    clearTimeout(timer);
  }

  #destroy(why: string): void {
    const session = this.#session;
    session.lost ??= new Error(why);
    session.alive = false;
    session.wire.stream.destroy();
  }

  #classify(
    error: unknown,
    failing: Failing,
    before: string,
    stop: Stop | undefined,
    until: Until | undefined,
  ): unknown {
    const state = this.#state(before);
    if (stop && (!isServerError(error) || error.code === "57014")) {
      return this.#stopError(stop, until, {
        ...failing,
        transaction: state,
        connectionInvalidated: !this.#session.alive,
        sent: true,
      });
    }
    if (isServerError(error)) {
      // The connection may have been lost between the error and the server's readiness for more.
      const invalidated = this.#session.alive ? {} : { connectionInvalidated: true };
      return databaseError(error, { ...failing, transaction: state, ...invalidated });
    }
    return lostConnection(this.#session.lost ?? error, failing);
  }

  #stopError(stop: Stop, until: Until | undefined, facts: Failing & { sent?: boolean }): Error {
    // A COMMIT that was sent and never answered may have happened.
    if (facts.sent && facts.connectionInvalidated) {
      const lost = lostConnection(this.#session.lost, facts);
      if (lost.code === "COMMIT_OUTCOME_UNKNOWN") return lost;
    }
    const { sent: _, ...rest } = facts;
    const message = stop === "cancelled" ? "the statement was cancelled" : "the statement took longer than its timeout";
    return stopError(stop, until?.signal, { message, ...rest });
  }

  /** What an error has left of the transaction. */
  #state(before: string): TransactionState {
    const session = this.#session;
    if (!session.alive) return "gone";
    if (session.status === "E") return "failed";
    if (session.status === "T") return "open";
    return before === "I" ? "open" : "gone";
  }

  async *#streamAlone(query: Query, batch: number, until: Until | undefined): AsyncGenerator<readonly Row[]> {
    const session = this.#session;
    const step = this.#step(query);
    const fresh = step.prepared && !step.prepared.parsed ? step.prepared : undefined;
    const portal = new Portal(session, batch, (wire) => {
      closeEvicted(wire, session);
      bindStep(wire, step, "");
    });
    const failing = (): Failing => failingOf(step);
    let running = true;
    let failure: unknown;
    const ended = this.#run(portal, portal.done, failing, until).then(
      () => undefined,
      (error: unknown) => {
        failure = error;
        if (fresh) session.prepared.drop(fresh);
      },
    );
    try {
      while (running) {
        const { rows, more } = await portal.next();
        running = more;
        if (!more) await ended;
        if (failure) throw failure;
        if (rows.length > 0) yield rows;
      }
    } finally {
      portal.close();
      await ended;
    }
  }

  async *#streamInside(query: Query, batch: number, until: Until | undefined): AsyncGenerator<readonly Row[]> {
    const session = this.#session;
    const failing = (): Failing => failingOf(step);
    const name = `athanor_p${++session.portals}`;
    const step = this.#step(query);
    const fresh = step.prepared && !step.prepared.parsed ? step.prepared : undefined;
    const fetch = async (before?: (wire: PgWire) => void): Promise<Answer> => {
      const exchange = new Exchange(session, (wire) => {
        before?.(wire);
        wire.execute({ portal: name, rows: batch });
        wire.sync();
      });
      return (await this.#run(exchange, exchange.done, failing, until))[0] as Answer;
    };
    let answer: Answer;
    try {
      answer = await fetch((wire) => {
        closeEvicted(wire, session);
        bindStep(wire, step, name);
      });
    } catch (error) {
      if (fresh) session.prepared.drop(fresh);
      throw error;
    }
    try {
      while (true) {
        if (answer.rows.length > 0) yield answer.rows;
        if (!answer.more) break;
        answer = await fetch();
      }
    } finally {
      // A portal of a transaction that has failed or ended is gone already.
      if (session.alive && session.status === "T") {
        const close = new Exchange(session, (wire) => {
          wire.close({ type: "P", name });
          wire.sync();
        });
        await this.#run(close, close.done, failing, undefined);
      }
    }
  }
}

function failingOf(step: Step | undefined): Failing {
  return { sql: step?.query.text, parameters: step?.query.parameters };
}

function first(results: readonly Result[]): Result {
  return results[0] as Result;
}

// The protocol ends texts with NUL: whatever stands behind one would be read as something else.
function checkText(text: string): void {
  if (text.includes("\0")) throw new ParameterError("the text of a statement has a NUL character");
}
