// What ran and how long it took: for tracing tools through two channels of node:diagnostics_channel, and for people
// through `echo`. Bound values appear in neither unless asked for. Where nobody listens, nothing is measured.
import { tracingChannel } from "node:diagnostics_channel";
import type { Query, Result } from "../dialect/driver.ts";

/**
 * What `athanor:query` tells of one statement: `start` before it is sent, `asyncEnd` once it has ended, `error` if it
 * failed. `duration` and what follows are there from `asyncEnd` or `error` on.
 */
export interface QueryEvent {
  readonly sql: string;
  /** The name given to `database(…)`. */
  readonly database: string;
  /** `PostgreSQL`, `SQLite` … */
  readonly system: string;
  /** Only with `trace: { values: true }`. */
  readonly parameters?: readonly unknown[] | undefined;
  /** Milliseconds. */
  duration?: number;
  /** Rows that came back, where some could. */
  rows?: number;
  /** Rows that were written, where some could be. */
  affected?: number;
  error?: unknown;
}

/** What `athanor:transaction` tells of one transaction, nested ones included. */
export interface TransactionEvent {
  readonly database: string;
  readonly system: string;
  /** 0 for a transaction, 1 and more for a savepoint inside one. */
  readonly depth: number;
  readonly isolation: string | undefined;
  readonly readOnly: boolean;
  /** Milliseconds. */
  duration?: number;
  outcome?: "committed" | "rolled back" | "unknown";
  error?: unknown;
}

/** Where statements are printed: `true` for the standard error, or whoever takes the lines. */
export type Echo = boolean | ((line: string) => void) | EchoOptions;
export interface EchoOptions {
  /** Whether bound values are printed. They may be secrets. */
  readonly values?: boolean | undefined;
  readonly write?: ((line: string) => void) | undefined;
}

export interface ObserverOptions {
  readonly name: string;
  readonly system: string;
  readonly echo: Echo | undefined;
  readonly trace: { readonly values?: boolean | undefined } | undefined;
}

const queryChannel = tracingChannel("athanor:query");
const transactionChannel = tracingChannel("athanor:transaction");

/** Whether a tracing tool listens. */
export const queryListeners: { readonly hasSubscribers: boolean } = queryChannel;

export class Observer {
  /** Whether statements are printed. */
  readonly prints: boolean;
  readonly #name: string;
  readonly #system: string;
  readonly #print: ((line: string) => void) | undefined;
  readonly #colours: boolean;
  readonly #printsValues: boolean;
  readonly #tracesValues: boolean;

  constructor({ name, system, echo, trace }: ObserverOptions) {
    const { print, values } = printer(echo);
    this.#name = name;
    this.#system = system;
    this.#print = print;
    this.prints = print !== undefined;
    this.#colours =
      print === writeToStandardError && process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
    this.#printsValues = values;
    this.#tracesValues = trace?.values ?? false;
  }

  /** Runs what sends a statement and tells of it. */
  query({ text, parameters, rows }: Query, run: () => Result | Promise<Result>): Promise<Result> {
    return this.watch(text, parameters, async (event) => {
      const result = await run();
      if (rows) event.rows = result.rows.length;
      if (result.affected > 0 || !rows) event.affected = result.affected;
      return result;
    });
  }

  /** Runs what sends text that is no statement of its own: begin and its kind, changes of schema. */
  text(text: string, run: () => Result | Promise<Result>): Promise<Result> {
    return this.watch(text, [], async () => run());
  }

  /** Tells of whatever `run` does as one statement; `run` itself fills in how many rows there were. */
  async watch<T>(sql: string, parameters: readonly unknown[], run: (event: QueryEvent) => Promise<T>): Promise<T> {
    const shown = this.#tracesValues ? parameters : undefined;
    const event: QueryEvent = { sql, database: this.#name, system: this.#system, ...(shown && { parameters: shown }) };
    const started = performance.now();
    let value: T | undefined;
    try {
      // The channel would keep what the promise resolves to, and that is the rows.
      await queryChannel.tracePromise(async () => {
        try {
          value = await run(event);
        } finally {
          event.duration = performance.now() - started;
        }
      }, event);
    } catch (error) {
      this.#print?.(this.#line(event, parameters, error));
      throw error;
    }
    this.#print?.(this.#line(event, parameters, undefined));
    return value as T;
  }

  /** Tells of a transaction, from `within` to `end`. */
  transaction(facts: Pick<TransactionEvent, "depth" | "isolation" | "readOnly">): TransactionWatch {
    if (!transactionChannel.hasSubscribers) return unwatched;
    return new TracedTransaction({ database: this.#name, system: this.#system, ...facts });
  }

  #line(event: QueryEvent, parameters: readonly unknown[], error: unknown): string {
    const took = `${(event.duration ?? 0).toFixed(2)} ms`;
    const outcome = error === undefined ? counts(event) : `failed: ${nameOf(error)}`;
    const values = this.#printsValues && parameters.length > 0 ? `  -- ${parameters.map(shortened).join(", ")}` : "";
    const head = `${this.#name}  ${took}  ${outcome}`;
    if (!this.#colours) return `${head}  ${event.sql}${values}`;
    const [start, end] = error === undefined ? dim : red;
    return `${start}${head}${end}  ${event.sql}${dim[0]}${values}${dim[1]}`;
  }
}

const dim = ["\u001b[2m", "\u001b[22m"] as const;
const red = ["\u001b[31m", "\u001b[39m"] as const;

/** What follows a transaction. */
export interface TransactionWatch {
  /** Tells that it starts, and runs `work` so that tracing tools see its statements inside the transaction. Called once. */
  within<T>(work: () => T): T;
  end(outcome: "committed" | "rolled back" | "unknown", error?: unknown): void;
}

const unwatched: TransactionWatch = { within: (work) => work(), end: () => {} };

class TracedTransaction implements TransactionWatch {
  readonly #event: TransactionEvent;
  readonly #started = performance.now();

  constructor(event: TransactionEvent) {
    this.#event = event;
  }

  within<T>(work: () => T): T {
    return transactionChannel.start.runStores(this.#event, () => {
      const value = work();
      transactionChannel.end.publish(this.#event);
      return value;
    });
  }

  end(outcome: "committed" | "rolled back" | "unknown", error?: unknown): void {
    this.#event.duration = performance.now() - this.#started;
    this.#event.outcome = outcome;
    if (error !== undefined) {
      this.#event.error = error;
      transactionChannel.error.publish(this.#event);
    }
    transactionChannel.asyncStart.publish(this.#event);
    transactionChannel.asyncEnd.publish(this.#event);
  }
}

function printer(echo: Echo | undefined): { print: ((line: string) => void) | undefined; values: boolean } {
  if (echo === undefined || echo === false) return { print: undefined, values: false };
  if (echo === true) return { print: writeToStandardError, values: false };
  if (typeof echo === "function") return { print: echo, values: false };
  return { print: echo.write ?? writeToStandardError, values: echo.values ?? false };
}

function writeToStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

function counts({ rows, affected }: QueryEvent): string {
  if (affected !== undefined) return `${counted(affected, "row")} written`;
  return rows === undefined ? "done" : counted(rows, "row");
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function counted(n: number, of: string): string {
  return `${n} ${of}${n === 1 ? "" : "s"}`;
}

/** A bound value in as few characters as tell it apart. */
function shortened(value: unknown): string {
  if (value instanceof Uint8Array) return `<${counted(value.length, "byte")}>`;
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
