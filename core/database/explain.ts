// How a database would run a statement, as text to read.
import type { Take } from "./results.ts";
import type { RunOptions } from "./run-options.ts";

export interface ExplainOptions extends RunOptions {
  /** Runs the statement, to show what really happened. */
  readonly analyze?: boolean | undefined;
}

export const takePlan: Take<string> = {
  maxRows: undefined,
  of: ({ dialect }, { rows }) =>
    dialect.readPlan === undefined ? rows.map((row) => row.join("\t")).join("\n") : dialect.readPlan(rows),
};
