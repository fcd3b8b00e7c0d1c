// Several statements at once: what each of them must be for the batch to type, and what each gives.
import type { Compiled } from "../compile/compile.ts";
import type { Parameters } from "../compile/parameters.ts";
import type { Result } from "../dialect/driver.ts";
import type { Param, ParamsOf, Ready, Rule, Statement } from "../expression/needs.ts";
import { type RunResult, takeAll, takeRun } from "./results.ts";
import type { Call } from "./sender.ts";

/** The statements of a batch, each as it stands if it can run, else the sentence that says what is missing. */
export type Batch<S extends readonly unknown[], Provided> = S & { readonly [K in keyof S]: Item<S[K], Provided> };

type Item<S, Provided> =
  S extends Statement<infer R, infer N>
    ? Ready<ParamsBeside<Exclude<N, Provided>>, Statement<R, N>>
    : S extends readonly [Statement<infer R, infer N>, unknown]
      ? readonly [Ready<Exclude<N, Provided | Param<any, any>>, Statement<R, N>>, ParamsOf<Extract<N, Param<any, any>>>]
      : "a batch consists of statements and of pairs [statement, params]";

type ParamsBeside<N> =
  N extends Param<any, any> ? Rule<"a statement with parameters is given as [statement, params]"> : N;

/** What a batch gives: rows for a statement that gives some, what it wrote for one that does not. */
export type BatchResults<S extends readonly unknown[]> = { -readonly [K in keyof S]: ResultOf<S[K]> };

type ResultOf<S> =
  S extends Statement<infer R, any>
    ? RowsOrRun<R>
    : S extends readonly [Statement<infer R, any>, unknown]
      ? RowsOrRun<R>
      : never;
type RowsOrRun<R> = [R] extends [never] ? RunResult : R[];

/** The statements with their values, all of them encoded before the first is sent. */
export function batchOf(statements: readonly unknown[], find: (statement: unknown) => Compiled): readonly Call[] {
  return statements.map((item) => {
    const [statement, given] = Array.isArray(item) ? (item as [unknown, Parameters]) : [item, undefined];
    const compiled = find(statement);
    return { compiled, query: compiled.query(given) };
  });
}

export function resultsOf(calls: readonly Call[], results: readonly Result[]): readonly unknown[] {
  return calls.map(({ compiled }, i) => {
    const result = results[i] as Result;
    return compiled.rows ? takeAll.of(compiled, result, undefined) : takeRun.of(compiled, result, undefined);
  });
}
