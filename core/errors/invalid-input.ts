import { AthanorError } from "./athanor-error.ts";

/** What is wrong with data, and where in it. */
export interface InputIssue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** Data from outside is not what its schema allows. `issues` has every problem, each with its path. */
export class InvalidInputError extends AthanorError {
  readonly issues: readonly InputIssue[];

  constructor(what: string, issues: readonly InputIssue[]) {
    const shown = issues.slice(0, 10).map(({ path, message }) => `\n  - ${path.join(".") || what}: ${message}`);
    const more = issues.length > shown.length ? `\n  - and ${issues.length - shown.length} more` : "";
    super("INVALID_INPUT", `${what} is not allowed as it is:${shown.join("")}${more}`);
    this.issues = issues;
  }
}
