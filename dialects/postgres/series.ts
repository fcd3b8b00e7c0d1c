// Functions that give rows, as sources.
import type { CallNode, ExpressionNode, SourceColumn, SourceName, SqlType } from "../../core/dialect/index.ts";
import { countType } from "../../core/dialect/index.ts";
import { type ColOf, type Derived, type ExprOf, type Feature, nodeOf, sourceOf } from "../../core/index.ts";
import { elementOf, operand } from "./operators.ts";

type Element<T> = NonNullable<T> extends readonly (infer E)[] ? E : never;
type Arrays = Feature<"ARRAYS">;
type Ordinality = Feature<"ORDINALITY">;

/**
 * A row for each element of an array.
 *
 * @example
 * const tag = unnest("tag", posts.tags);
 * select({ id: posts.id, tag: tag.value }).from(posts).joinLateral(tag, literal(true));
 */
export function unnest<const Name extends string, T extends readonly unknown[] | null, N>(
  name: Name,
  of: ExprOf<T, N>,
): Derived<Name, { value: Element<T> }, N | Arrays> {
  const node = nodeOf(of);
  return rows(name, called("unnest", [node]), [["value", elementOf(node)]], false);
}

/** A row for each element of an array, with where it stands, from 1. */
export function unnestWithPosition<const Name extends string, T extends readonly unknown[] | null, N>(
  name: Name,
  of: ExprOf<T, N>,
): Derived<Name, { value: Element<T>; position: number }, N | Arrays | Ordinality> {
  const node = nodeOf(of);
  const columns: readonly [string, SqlType][] = [
    ["value", elementOf(node)],
    ["position", countType],
  ];
  return rows(name, called("unnest", [node]), columns, true);
}

/**
 * A row for each value from one to another, both included: numbers, days or points in time.
 *
 * @example
 * const day = generateSeries("day", timestamptz(), monday, sunday, "P1D");
 */
export function generateSeries<const Name extends string, T extends number | bigint | Date, N = never, M = never>(
  name: Name,
  type: ColOf<T, any>,
  from: T | ExprOf<T, N>,
  to: T | ExprOf<T, M>,
  ...step: T extends Date ? [every: string] : [every?: T]
): Derived<Name, { value: T }, N | M> {
  const of = (type as unknown as { readonly type: SqlType }).type;
  const isTime = of.kind === "timestamp" || of.kind === "timestamptz";
  const args = [operand(from, of), operand(to, of)];
  if (step[0] !== undefined) args.push(operand(step[0], isTime ? { kind: "interval" } : of));
  return rows(name, called("generate_series", args), [["value", of]], false);
}

function called(name: string, args: readonly ExpressionNode[]): CallNode {
  return { kind: "call", name, arguments: args, type: args[0]?.type as SqlType };
}

function rows<S>(name: string, call: CallNode, columns: readonly [string, SqlType][], ordinality: boolean): S {
  const source: SourceName = { key: name, name };
  const found = columns.map(([key, type]): SourceColumn => ({ key, name: key, type, nullable: false }));
  return sourceOf<S>({ node: { kind: "function", source, call, columns: found, ordinality }, columns: found });
}
