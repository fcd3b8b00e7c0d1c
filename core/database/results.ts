// What each method makes of the rows that came back. One object per method, so that whoever sends a statement takes the
// method as a value and makes no closure for it.
import type { Compiled } from "../compile/compile.ts";
import type { BuildRow } from "../compile/row-decoder.ts";
import type { Result } from "../dialect/driver.ts";
import { MultipleRowsError, NoRowError } from "../errors/usage-errors.ts";
import { generatedKey } from "./inserted-key.ts";

/** A way to take a result. */
export interface Take<T> {
  /** How many rows it looks at; undefined for all. */
  readonly maxRows: number | undefined;
  of(compiled: Compiled, result: Result, build: BuildRow | undefined): T;
}

/** What `run` gives. */
export interface RunResult {
  /** Rows that were inserted, matched by the update, or deleted. */
  readonly affected: number;
  /** The key the database generated for the first row inserted, where the statement gave none and the driver reports it. */
  readonly insertedKey?: number | bigint | undefined;
}

export const takeAll: Take<unknown[]> = {
  maxRows: undefined,
  of: (compiled, { rows }, build) => compiled.decode(rows, build),
};

export const takeFirst: Take<unknown> = {
  maxRows: 1,
  of: (compiled, { rows }, build) =>
    rows.length === 0 ? undefined : compiled.decode(rows.length === 1 ? rows : rows.slice(0, 1), build)[0],
};

export const takeOne: Take<unknown> = {
  maxRows: 2,
  of: (compiled, result, build) => only(compiled, result, build, "one"),
};

export const takeScalar: Take<unknown> = {
  maxRows: 2,
  of: (compiled, result, build) => {
    const row = only(compiled, result, build, "scalar");
    for (const key in row) return row[key];
    return undefined;
  },
};

export const takeRun: Take<RunResult> = {
  maxRows: undefined,
  of(compiled, { affected, insertedKey }) {
    const key = generatedKey(compiled.node, insertedKey);
    return key === undefined ? { affected } : { affected, insertedKey: key };
  },
};

function only(
  compiled: Compiled,
  { rows }: Result,
  build: BuildRow | undefined,
  method: string,
): Record<string, unknown> {
  if (rows.length === 0) throw new NoRowError(method);
  if (rows.length > 1) throw new MultipleRowsError(method);
  return compiled.decode(rows, build)[0] as Record<string, unknown>;
}
