// The methods that people call, written once for the database, transactions and pinned connections: they look up the
// compiled statement, tell parameters from options, hand on to whoever runs it, and take the result.
import { type Compiled, compiled } from "../compile/compile.ts";
import type { Parameters } from "../compile/parameters.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Query, Result } from "../dialect/driver.ts";
import type { InspectOptions, Reflected } from "../dialect/inspector.ts";
import { NODE, type Param, type Ready, type Statement } from "../expression/needs.ts";
import type { Schema } from "../schema/schema-objects.ts";
import type { StatementNode } from "../tree/node.ts";
import { type Batch, type BatchResults, batchOf, resultsOf } from "./batch.ts";
import { type CreateOptions, create, type DropOptions, drop } from "./define.ts";
import { type ExplainOptions, takePlan } from "./explain.ts";
import { optionsIn, type Prepared, PreparedStatement, parametersIn, takesParameters } from "./prepared.ts";
import { type RunResult, type Take, takeAll, takeFirst, takeOne, takeRun, takeScalar } from "./results.ts";
import { allOfMany, runOfMany } from "./run-many.ts";
import type { Following, Forgotten, ManyArguments, Placed, RunArguments, RunOptions } from "./run-options.ts";
import type { Call, Runner, Sender, StreamPlace } from "./sender.ts";
import { openStream, type RowStream, type StreamOptions } from "./stream.ts";

/** Names the features of the connected database. */
export declare const PROVIDES: unique symbol;

/** A statement of one column: what `scalar` takes. */
type Scalar<R> = { [K in keyof R]: Exclude<keyof R, K> }[keyof R] extends never
  ? unknown
  : "scalar() needs a statement of exactly one column";

/**
 * A statement for which the database provides what it needs, and the call its parameters; else the sentence that says what is
 * missing. Given: what follows the statement in the call.
 */
export type Runnable<R, N, Provided, Given = unknown> = [Forgotten<N, Given>] extends [never]
  ? 0 extends 1 & N // unknown needs, as after a mistake inside the statement: that one is told, and nothing of this call
    ? Statement<R, N>
    : Ready<Exclude<N, Provided | Param<any, any>>, Statement<R, N>>
  : Forgotten<N, Given>;

/** What runs statements: a database, a transaction, a pinned connection. */
export interface Queries<in Provided> {
  readonly [PROVIDES]?: (feature: Provided) => void;
  readonly dialect: Dialect;
  /**
   * Runs the statement and gives its rows. With a list of parameters it runs once for each, in one transaction if it
   * writes, and the rows stand after each other.
   */
  all<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, ManyArguments<N>>
  ): Promise<R[]>;
  /**
   * Runs the statement and gives its only row.
   *
   * @throws {NoRowError} if there is none
   * @throws {MultipleRowsError} if there are two or more; they are not read further
   */
  one<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, RunArguments<N>>
  ): Promise<R>;
  /** Runs the statement and gives its first row, or undefined if there is none. */
  first<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, RunArguments<N>>
  ): Promise<R | undefined>;
  /**
   * Runs a statement of one column and gives the value in its only row.
   *
   * @throws {NoRowError} if there is no row
   * @throws {MultipleRowsError} if there are two or more
   */
  scalar<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G> & Scalar<R>,
    ...given: Placed<G, RunArguments<N>>
  ): Promise<R[keyof R]>;
  /** Runs the statement and gives how many rows it wrote. With a list of parameters it runs once for each, in one transaction. */
  run<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, ManyArguments<N>>
  ): Promise<RunResult>;
  /**
   * Runs the statement and hands out its rows as they come, without ever holding all of them.
   *
   * @example
   * for await (const { name } of db.stream(select({ name: users.name }).from(users))) console.log(name);
   */
  stream<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, RunArguments<N, StreamOptions>>
  ): RowStream<R>;
  /** Looks the statement up once, and gives it as a function of its parameters. */
  prepare<R, N>(statement: Runnable<R, N, Provided>): Prepared<R, N>;
  /**
   * Runs several statements in one round trip where the driver can, and gives the result of each: its rows, or what it
   * wrote. All take effect or none does. A statement with parameters is given beside them: `[statement, params]`.
   */
  batch<const S extends readonly unknown[]>(
    statements: Batch<S, Provided>,
    options?: RunOptions,
  ): Promise<BatchResults<S>>;
  /** How the database would run the statement, as text. `analyze` runs it to find out; what it writes is rolled back. */
  explain<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, RunArguments<N, ExplainOptions>>
  ): Promise<string>;
  /** Creates the tables, views, sequences and types of a schema, each after what it refers to. */
  create(schema: Schema, options?: CreateOptions): Promise<void>;
  /** Drops what `create` creates, in the opposite order. */
  drop(schema: Schema, options?: DropOptions): Promise<void>;
  /** Reads what tables, views, sequences and types the database has. */
  inspect(options?: InspectOptions): Promise<Reflected>;
  /** Runs trusted text, of one statement or several, without parameters. Never pass text that a user had a hand in. */
  execute(text: string, options?: RunOptions): Promise<void>;
}

export abstract class Handle implements Sender {
  abstract readonly dialect: Dialect;
  protected abstract readonly runner: Runner;
  abstract sendEach(
    calls: readonly Call[],
    options: RunOptions | undefined,
    atomic: boolean,
  ): Promise<readonly Result[]>;
  abstract sendText(text: string, options: RunOptions | undefined): Promise<Result>;
  abstract openStream(
    access: "read" | "write",
    options: RunOptions | undefined,
    cut: () => Promise<void>,
  ): Promise<StreamPlace>;
  abstract inspect(options?: InspectOptions): Promise<Reflected>;
  /** Runs texts in order: all of them or none, where the database can undo changes of schema. */
  abstract runTexts(texts: readonly string[]): Promise<void>;
  /** Runs the statement where what it writes is rolled back. */
  protected abstract explainAndUndo(statement: Compiled, query: Query, take: Take<string>): Promise<string>;

  // Not async, and without closures: an embedded database answers at once, and this is all that stands in between.
  send<T>(compiled: Compiled, query: Query, take: Take<T>, options: RunOptions | undefined): Promise<T> {
    try {
      const result = this.runner.query(query, compiled.reads ? "read" : "write", options);
      if (result instanceof Promise) return result.then((found) => take.of(compiled, found, options?.build));
      return Promise.resolve(take.of(compiled, result, options?.build));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  all(statement: unknown, first?: unknown, second?: RunOptions): Promise<any[]> {
    if (Array.isArray(first)) return this.#many(allOfMany, statement, first, second);
    return this.#send(takeAll, statement, first, second);
  }

  one(statement: unknown, first?: unknown, second?: RunOptions): Promise<any> {
    return this.#send(takeOne, statement, first, second);
  }

  first(statement: unknown, first?: unknown, second?: RunOptions): Promise<any> {
    return this.#send(takeFirst, statement, first, second);
  }

  scalar(statement: unknown, first?: unknown, second?: RunOptions): Promise<any> {
    return this.#send(takeScalar, statement, first, second);
  }

  run(statement: unknown, first?: unknown, second?: RunOptions): Promise<RunResult> {
    if (Array.isArray(first)) return this.#many(runOfMany, statement, first, second);
    return this.#send(takeRun, statement, first, second);
  }

  stream(statement: unknown, first?: unknown, second?: StreamOptions): RowStream<any> {
    const found = this.#compiled(statement);
    const named = takesParameters(found);
    return openStream(this, found, found.query(parametersIn(named, first)), optionsIn(named, first, second));
  }

  prepare(statement: unknown): any {
    return new PreparedStatement(this, this.#compiled(statement));
  }

  async batch(statements: readonly unknown[], options?: RunOptions): Promise<any> {
    if (statements.length === 0) return [];
    const calls = batchOf(statements, (statement) => this.#compiled(statement));
    return resultsOf(calls, await this.sendEach(calls, options, true));
  }

  async explain(statement: unknown, first?: unknown, second?: ExplainOptions): Promise<string> {
    const found = this.#compiled(statement);
    const named = takesParameters(found);
    const options = optionsIn(named, first, second);
    const analyze = options?.analyze ?? false;
    const { parameters } = found.query(parametersIn(named, first));
    const query: Query = { text: this.dialect.explain(found.text, { analyze }), parameters, rows: true };
    if (analyze && !found.reads) return this.explainAndUndo(found, query, takePlan);
    return this.send(found, query, takePlan, options);
  }

  async create(schema: Schema, options?: CreateOptions): Promise<void> {
    await create(this, schema, options);
  }

  async drop(schema: Schema, options?: DropOptions): Promise<void> {
    await drop(this, schema, options);
  }

  async execute(text: string, options?: RunOptions): Promise<void> {
    await this.sendText(text, options);
  }

  #send<T>(take: Take<T>, statement: unknown, first: unknown, second: RunOptions | undefined): Promise<T> {
    try {
      const found = this.#compiled(statement);
      const named = takesParameters(found);
      const query = found.query(parametersIn(named, first), take.maxRows);
      return this.send(found, query, take, optionsIn(named, first, second));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #many<T>(
    run: (sender: Sender, found: Compiled, list: readonly Parameters[], options: RunOptions | undefined) => Promise<T>,
    statement: unknown,
    list: readonly Parameters[],
    options: RunOptions | undefined,
  ): Promise<T> {
    return run(this, this.#compiled(statement), list, options);
  }

  #compiled(given: unknown): Compiled {
    const statement = given as { readonly [NODE]: StatementNode };
    return compiled(statement, statement[NODE], this.dialect);
  }
}
