// The door `athanor/conformance`: what any dialect must do, ours and other people's. It asks what a database has, never what
// it is called, and runs under any test runner.
import type { Database } from "../../core/index.ts";
import { comparisons } from "./comparisons.ts";
import { errors } from "./errors.ts";
import { functions } from "./functions.ts";
import { reflection } from "./reflection.ts";
import { selection } from "./select.ts";
import { type Case, casesOf } from "./suite.ts";
import { transactions } from "./transactions.ts";
import { values } from "./values.ts";
import { write } from "./write.ts";

/**
 * The cases that a dialect must pass. The database is opened when the first one runs; all use it, one after the other, with
 * tables that start with `conformance_`. Whoever gave it closes it.
 *
 * @param makeDatabase gives a database without tables
 * @example
 * for (const { group, name, run } of conformance(() => mydb("mydb://localhost/test"))) test(`${group}: ${name}`, run);
 */
export function conformance(makeDatabase: () => Database<any> | Promise<Database<any>>): readonly Case[] {
  let opening: Promise<Database<any>> | undefined;
  const open = (): Promise<Database<any>> => {
    opening ??= Promise.resolve(makeDatabase());
    return opening;
  };
  const groups = [values, comparisons, functions, selection, write, transactions, errors, reflection];
  return groups.flatMap((group) => casesOf(group, open));
}

export type { Case };
