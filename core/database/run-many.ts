// One statement with a list of parameters: it runs once for each, and if it writes, in one transaction.

import type { Compiled } from "../compile/compile.ts";
import type { Parameters } from "../compile/parameters.ts";
import type { Result, Row } from "../dialect/driver.ts";
import { generatedKey } from "./inserted-key.ts";
import type { RunResult } from "./results.ts";
import type { RunOptions } from "./run-options.ts";
import type { Sender } from "./sender.ts";

/** The rows of all runs, one after the other. */
export async function allOfMany(
  sender: Sender,
  compiled: Compiled,
  list: readonly Parameters[],
  options: RunOptions | undefined,
): Promise<unknown[]> {
  const rows: Row[] = [];
  for (const result of await sendMany(sender, compiled, list, options)) {
    for (const row of result.rows) rows.push(row);
  }
  return rows.length === 0 ? [] : compiled.decode(rows, options?.build);
}

/** What all runs wrote together, and the key of the first row inserted. */
export async function runOfMany(
  sender: Sender,
  compiled: Compiled,
  list: readonly Parameters[],
  options: RunOptions | undefined,
): Promise<RunResult> {
  let affected = 0;
  const results = await sendMany(sender, compiled, list, options);
  for (const result of results) affected += result.affected;
  const insertedKey = generatedKey(compiled.node, results[0]?.insertedKey);
  return insertedKey === undefined ? { affected } : { affected, insertedKey };
}

async function sendMany(
  sender: Sender,
  compiled: Compiled,
  list: readonly Parameters[],
  options: RunOptions | undefined,
): Promise<readonly Result[]> {
  if (list.length === 0) return [];
  // Every value is encoded before the first is sent.
  const calls = list.map((given) => ({ compiled, query: compiled.query(given) }));
  return sender.sendEach(calls, options, !compiled.reads);
}
