// A statement whose looking up is done: compiled, its parameters known. Running it does nothing but run it.
import type { Compiled } from "../compile/compile.ts";
import type { Parameters } from "../compile/parameters.ts";
import { type RunResult, type Take, takeAll, takeFirst, takeOne, takeRun, takeScalar } from "./results.ts";
import { allOfMany, runOfMany } from "./run-many.ts";
import type { ManyArguments, RunArguments, RunOptions } from "./run-options.ts";
import type { Sender } from "./sender.ts";
import { openStream, type RowStream, type StreamOptions } from "./stream.ts";

/** A statement that is ready to run on one database or in one transaction, as a function of its parameters. */
export interface Prepared<R, Needs> {
  /** Its text, as it is sent. */
  readonly sql: string;
  /** All rows; for a list of parameters, those of each run after the other. */
  all(...given: ManyArguments<Needs>): Promise<R[]>;
  /** The only row. */
  one(...given: RunArguments<Needs>): Promise<R>;
  /** The first row, or undefined. */
  first(...given: RunArguments<Needs>): Promise<R | undefined>;
  /** The only column of the only row. */
  scalar(...given: RunArguments<Needs>): Promise<R[keyof R]>;
  /** How many rows it wrote; for a list of parameters, by all runs together. */
  run(...given: ManyArguments<Needs>): Promise<RunResult>;
  /** The rows as they come. */
  stream(...given: RunArguments<Needs, StreamOptions>): RowStream<R>;
}

export class PreparedStatement {
  readonly sql: string;
  readonly #sender: Sender;
  readonly #compiled: Compiled;
  readonly #named: boolean;

  constructor(sender: Sender, compiled: Compiled) {
    this.sql = compiled.text;
    this.#sender = sender;
    this.#compiled = compiled;
    this.#named = takesParameters(compiled);
  }

  all(first?: unknown, second?: RunOptions): Promise<any[]> {
    if (Array.isArray(first)) return allOfMany(this.#sender, this.#compiled, first, second);
    return this.#send(takeAll, first, second);
  }

  one(first?: unknown, second?: RunOptions): Promise<any> {
    return this.#send(takeOne, first, second);
  }

  first(first?: unknown, second?: RunOptions): Promise<any> {
    return this.#send(takeFirst, first, second);
  }

  scalar(first?: unknown, second?: RunOptions): Promise<any> {
    return this.#send(takeScalar, first, second);
  }

  run(first?: unknown, second?: RunOptions): Promise<RunResult> {
    if (Array.isArray(first)) return runOfMany(this.#sender, this.#compiled, first, second);
    return this.#send(takeRun, first, second);
  }

  stream(first?: unknown, second?: StreamOptions): RowStream<any> {
    const query = this.#compiled.query(parametersIn(this.#named, first));
    return openStream(this.#sender, this.#compiled, query, optionsIn(this.#named, first, second));
  }

  #send<T>(take: Take<T>, first: unknown, second: RunOptions | undefined): Promise<T> {
    try {
      const query = this.#compiled.query(parametersIn(this.#named, first), take.maxRows);
      return this.#sender.send(this.#compiled, query, take, optionsIn(this.#named, first, second));
    } catch (error) {
      // What is wrong with its values rejects, as what the database says does.
      return Promise.reject(error);
    }
  }
}

/** Whether values must be given by name when it runs. */
export function takesParameters({ fixed, slots }: Compiled): boolean {
  return !fixed && slots.some((slot) => slot.kind === "param");
}

/** Of what follows a statement in a call, the parameters. */
export function parametersIn(named: boolean, first: unknown): Parameters | undefined {
  return named ? (first as Parameters | undefined) : undefined;
}

/** Of what follows a statement in a call, the options: where it takes no parameters they may come alone. */
export function optionsIn<O>(named: boolean, first: unknown, second: O | undefined): O | undefined {
  return named ? second : ((first ?? second) as O | undefined);
}
