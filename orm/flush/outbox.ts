// The statements of a flush on their way. Where the database lets statements ride together, they are gathered until somebody needs
// what one of them gives: a flush of independent statements then waits for the server once. Elsewhere each is sent at once.
import type { Dialect, Queries } from "../../core/index.ts";
import type { Cells } from "./statements.ts";

/** Runs statements of any type: they are built of a mapping, which has been checked. */
export type Runner = Queries<any>;

/** A statement, and what is done with what it gives. */
export interface Sending {
  readonly statement: unknown;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** The values of a statement of {@link StatementMemory}. */
  readonly cells?: Cells | undefined;
  readonly values?: readonly unknown[] | undefined;
  /** Whether it gives rows. */
  readonly gives?: "rows" | undefined;
  /** Takes the rows, or what was written. */
  readonly take?: ((result: any) => void | Promise<void>) | undefined;
}

/** More would keep what they send and what they give in memory all at once. */
const mostTogether = 20;

export class Outbox {
  readonly runner: Runner;
  readonly #together: boolean;
  #waiting: Sending[] = [];

  constructor(runner: Runner) {
    this.runner = runner;
    this.#together = runner.dialect.bulk.pipelines ?? false;
  }

  get dialect(): Dialect {
    return this.runner.dialect;
  }

  /** Sends a statement, now or with the next ones. */
  async send(sending: Sending): Promise<void> {
    if (!this.#together) return this.#sendAlone(sending);
    this.#waiting.push(sending);
    if (this.#waiting.length === mostTogether) await this.flush();
  }

  /** Waits until everything has been sent and taken. */
  async flush(): Promise<void> {
    const sendings = this.#waiting;
    if (sendings.length === 0) return;
    this.#waiting = [];
    if (sendings.length === 1) return this.#sendAlone(sendings[0] as Sending);
    for (const { cells } of sendings) cells?.clear();
    // Statements of one text share their cells: each takes the next values as it is encoded, and all are before anything else runs.
    for (const { cells, values } of sendings) cells?.add(values as readonly unknown[]);
    const calls = sendings.map(({ statement, parameters }) => (parameters ? [statement, parameters] : statement));
    const results = (await this.runner.batch(calls as never)) as readonly unknown[];
    for (let i = 0; i < results.length; i++) await sendings[i]?.take?.(results[i]);
  }

  async #sendAlone({ statement, parameters, cells, values, gives, take }: Sending): Promise<void> {
    cells?.clear();
    cells?.add(values as readonly unknown[]);
    const given = parameters === undefined ? [] : [parameters];
    const run = (gives === "rows" ? this.runner.all : this.runner.run) as (...args: unknown[]) => Promise<unknown>;
    const result = await run.call(this.runner, statement, ...given);
    await take?.(result);
  }
}
