// Several statements at once: what each of them must be for the batch to type, and what each gives.
import type { Compiled } from "../compile/compile.ts";
import type { Parameters } from "../compile/parameters.ts";
import type { Result } from "../dialect/driver.ts";
import type { NEEDS, Param, ParamsOf, Ready, ROW, Rule, Statement } from "../expression/needs.ts";
import { type RunResult, takeAll, takeRun } from "./results.ts";
import type { Call } from "./sender.ts";

/** The statements of a batch. Where one cannot run, the sentence that says what is missing stands in its place. */
export type Batch<S extends readonly unknown[], Provided> = S &
  // Inferred from the list alone; inferring through the mapped type as well is too deep for some statements.
  NoInfer<{ readonly [K in keyof S]: Item<S[K], Provided> }>;

type Item<S, Provided> =
  S extends Statement<any, any>
    ? Ready<ParamsBeside<Exclude<S[typeof NEEDS], Provided>>, unknown>
    : S extends readonly [infer One extends Statement<any, any>, unknown]
      ? readonly [
          Ready<Exclude<One[typeof NEEDS], Provided | Param<any, any>>, unknown>,
          ParamsOf<Extract<One[typeof NEEDS], Param<any, any>>>,
        ]
      : "a batch consists of statements and of pairs [statement, params]";
type ParamsBeside<N> =
  N extends Param<any, any> ? Rule<"a statement with parameters is given as [statement, params]"> : N;

/** What a batch gives: rows for a statement that gives some, what it wrote for one that does not. */
export type BatchResults<S extends readonly unknown[]> = { -readonly [K in keyof S]: ResultOf<S[K]> };

type ResultOf<S> =
  S extends Statement<any, any>
    ? RowsOrRun<S[typeof ROW]>
    : S extends readonly [infer One extends Statement<any, any>, unknown]
      ? RowsOrRun<One[typeof ROW]>
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
