// Functions over many rows: aggregates, and functions that exist over a window only.
import type { CallNode, ExpressionNode, OrderNode } from "../tree/node.ts";
import { booleanType, countType, doubleType, type JsonRowType, type SqlType, textType } from "../types/sql-type.ts";
import { type Expr, Expression, expression, type Numeric, nodeOf, type Order } from "./expr.ts";
import { jsonObjectNode } from "./json-build.ts";
import {
  type Aggregated,
  type AnyTable,
  type ExprOf,
  type Feature,
  type Given,
  type NeedsIn,
  NODE,
  type SourceOf,
  type Windowed,
} from "./needs.ts";
import { operandNode, valueNode } from "./operand.ts";
import { averageType, totalType } from "./result-types.ts";
import { type NeedsOf, type Row, type Selection, selectionNode } from "./selection.ts";
import { type Window, windowNode } from "./window.ts";

/** An aggregate of columns N. Over a window it is none: its columns are as bare as any. */
export interface Aggregate<out T, out N> extends Expr<T, SourceOf<N> | Aggregated> {
  /** Over the rows of a window, for each row; of all rows, if none is given. */
  over<M = never>(window?: Window<M>): Expr<T, N | Given<M> | Windowed>;
  /** Only over rows that meet the condition. */
  filter<M>(condition: ExprOf<boolean | null, M>): Aggregate<T, N | M>;
  /** Each value once. */
  distinct(): Aggregate<T, N>;
  /** In this order, where it matters: `stringAgg`, `arrayAgg`, `jsonAgg`. */
  orderBy<const E extends readonly Order<any>[]>(...by: E): Aggregate<T, N | NeedsIn<E> | Feature<"AGGREGATE ORDER">>;
}

/** A function that exists over a window only. */
export interface WindowFunction<T, N, L = never> {
  /** Over the rows of a window; over all rows, if none is given. */
  over<M = never>(window?: Window<M>): Expr<T, N | Given<M> | Windowed, L>;
}

class AggregateCall extends Expression {
  declare readonly [NODE]: CallNode;

  over(window?: Window<unknown>): Expression {
    const call = this[NODE];
    return new Expression({ kind: "over", call, window: windowNode(window), type: call.type });
  }
  filter(condition: ExprOf<boolean | null, unknown>): AggregateCall {
    const own = this[NODE];
    const filter = nodeOf(condition);
    return new AggregateCall({
      ...own,
      filter: own.filter
        ? { kind: "logic", operator: "and", operands: [own.filter, filter], type: booleanType }
        : filter,
    } as CallNode);
  }
  distinct(): AggregateCall {
    return new AggregateCall({ ...this[NODE], distinct: true } as CallNode);
  }
  orderBy(...by: readonly { readonly [NODE]: OrderNode }[]): AggregateCall {
    return new AggregateCall({
      ...this[NODE],
      orderBy: [...(this[NODE].orderBy ?? []), ...by.map((one) => one[NODE])],
    } as CallNode);
  }
}

/** An aggregate of the catalogue, or of a dialect's. */
function aggregate<T, N>(
  name: string,
  args: readonly ExpressionNode[],
  type: SqlType,
  more?: Partial<CallNode>,
): Aggregate<T, N> {
  return new AggregateCall({
    kind: "call",
    name,
    arguments: args,
    type,
    aggregate: true,
    ...more,
  }) as unknown as Aggregate<T, N>;
}

/** How many rows; with an expression, how many of them where it is not null. */
export function count(): Aggregate<number, never>;
export function count<N>(of: ExprOf<any, N>): Aggregate<number, N>;
export function count(of?: ExprOf<unknown, unknown>): Aggregate<number, unknown> {
  return aggregate("count", of ? [nodeOf(of)] : [], countType);
}

/** The sum, null over no rows. Exact, or an error: a sum past 2^53 does not fit a `number`. */
export function sum<T extends Numeric | null, N>(of: ExprOf<T, N>): Aggregate<T | null, N> {
  const node = nodeOf(of);
  return aggregate("sum", [node], totalType(node.type));
}

/** The mean, null over no rows: a double, or an exact decimal of decimals. */
export function avg<T extends Numeric | null, N>(of: ExprOf<T, N>): Aggregate<Average<T> | null, N> {
  const node = nodeOf(of);
  return aggregate("avg", [node], averageType(node.type));
}
type Average<T> = NonNullable<T> extends `${number}` ? `${number}` : number;

/** The smallest value, null over no rows. */
export function min<T, N>(of: ExprOf<T, N>): Aggregate<T | null, N> {
  const node = nodeOf(of);
  return aggregate("min", [node], node.type);
}

/** The largest value, null over no rows. */
export function max<T, N>(of: ExprOf<T, N>): Aggregate<T | null, N> {
  const node = nodeOf(of);
  return aggregate("max", [node], node.type);
}

/** Texts joined by a separator; nulls are left out. Null over no rows. */
export function stringAgg<T extends string | null, N>(
  of: ExprOf<T, N>,
  separator: string,
): Aggregate<string | null, N> {
  return aggregate("string_agg", [nodeOf(of), valueNode(separator, textType)], textType);
}

/** Whether the condition holds for every row; null over no rows. */
export function every<N>(condition: ExprOf<boolean | null, N>): Aggregate<boolean | null, N> {
  return aggregate("bool_and", [nodeOf(condition)], booleanType);
}

/** Whether the condition holds for some row; null over no rows. */
export function some<N>(condition: ExprOf<boolean | null, N>): Aggregate<boolean | null, N> {
  return aggregate("bool_or", [nodeOf(condition)], booleanType);
}

/** Values as one array, nulls among them, but not those of an absent source. Null over no rows. */
export function arrayAgg<T, N>(of: ExprOf<T, N>): Aggregate<T[] | null, N | Feature<"ARRAYS">> {
  const node = nodeOf(of);
  return aggregate(
    "array_agg",
    [node],
    { kind: "array", of: node.type, nulls: true },
    { filter: presenceOf([node]), feature: "ARRAYS" },
  );
}

/** Rows as one JSON array of objects, empty over no rows; rows whose source is absent are left out. */
export function jsonAgg<S extends Selection | AnyTable>(selection: S): Aggregate<RowInJson<S>[], NeedsOfRow<S>> {
  const node = jsonObjectNode(selectionNode(selection));
  const type: JsonRowType = { kind: "json-row", many: true, shape: (node.type as JsonRowType).shape };
  return aggregate("json_agg", [node], type, { filter: presenceOf(node.fields.map((field) => field.value)) });
}
type RowInJson<S> = S extends AnyTable ? Row<{ readonly row: S }, never>["row"] : Row<S, never>;
type NeedsOfRow<S> = S extends AnyTable ? NeedsOf<{ readonly row: S }> : NeedsOf<S>;

/** The value below which the fraction lies, between values: `percentileCont(0.5, posts.length)` is the median. */
export function percentileCont<N>(
  fraction: number,
  of: ExprOf<number | null, N>,
): Aggregate<number | null, N | Feature<"ORDERED SET">> {
  const order: OrderNode = { kind: "order", operand: nodeOf(of), direction: "asc" };
  return aggregate("percentile_cont", [valueNode(fraction, doubleType)], doubleType, { withinGroup: [order] });
}

/** The first value at or above the fraction. */
export function percentileDisc<T, N>(
  fraction: number,
  of: ExprOf<T, N>,
): Aggregate<T | null, N | Feature<"ORDERED SET">> {
  const order: OrderNode = { kind: "order", operand: nodeOf(of), direction: "asc" };
  return aggregate("percentile_disc", [valueNode(fraction, doubleType)], order.operand.type, { withinGroup: [order] });
}

/** The value that occurs most. */
export function mode<T, N>(of: ExprOf<T, N>): Aggregate<T | null, N | Feature<"ORDERED SET">> {
  const order: OrderNode = { kind: "order", operand: nodeOf(of), direction: "asc" };
  return aggregate("mode", [], order.operand.type, { withinGroup: [order] });
}

/** The standard deviation of a sample; null over fewer than two rows. */
export function stddev<N>(of: ExprOf<number | null, N>): Aggregate<number | null, N | Feature<"STATISTICS">> {
  return aggregate("stddev_samp", [nodeOf(of)], doubleType, { feature: "STATISTICS" });
}

/** The variance of a sample; null over fewer than two rows. */
export function variance<N>(of: ExprOf<number | null, N>): Aggregate<number | null, N | Feature<"STATISTICS">> {
  return aggregate("var_samp", [nodeOf(of)], doubleType, { feature: "STATISTICS" });
}

// --- Over a window only ---

function windowFunction<T, N, L = never>(
  name: string,
  args: readonly ExpressionNode[],
  type: SqlType,
): WindowFunction<T, N, L> {
  const call: CallNode = { kind: "call", name, arguments: args, type };
  return { over: (window) => expression({ kind: "over", call, window: windowNode(window), type }) };
}

/** The number of the row in its window, from 1. */
export function rowNumber(): WindowFunction<number, never> {
  return windowFunction("row_number", [], countType);
}
/** The rank, with gaps after ties. */
export function rank(): WindowFunction<number, never> {
  return windowFunction("rank", [], countType);
}
/** The rank, without gaps. */
export function denseRank(): WindowFunction<number, never> {
  return windowFunction("dense_rank", [], countType);
}
/** The rank as a fraction from 0 to 1. */
export function percentRank(): WindowFunction<number, never> {
  return windowFunction("percent_rank", [], doubleType);
}
/** The fraction of rows up to this one and its peers. */
export function cumeDist(): WindowFunction<number, never> {
  return windowFunction("cume_dist", [], doubleType);
}
/** In which of so many even parts the row stands, from 1. */
export function ntile(parts: number): WindowFunction<number, never> {
  return windowFunction("ntile", [valueNode(parts, countType)], countType);
}
/** The value of the row so many before this one; null, or the default, where there is none. */
export function lag<T, N, L>(of: ExprOf<T, N, L>, offset?: number): WindowFunction<T | null, N, L>;
export function lag<T, N, L>(of: ExprOf<T, N, L>, offset: number, otherwise: NonNullable<T>): WindowFunction<T, N, L>;
export function lag(of: ExprOf<any, any>, offset = 1, otherwise?: unknown): WindowFunction<any, any, any> {
  return neighbour("lag", of, offset, otherwise);
}
/** The value of the row so many after this one; null, or the default, where there is none. */
export function lead<T, N, L>(of: ExprOf<T, N, L>, offset?: number): WindowFunction<T | null, N, L>;
export function lead<T, N, L>(of: ExprOf<T, N, L>, offset: number, otherwise: NonNullable<T>): WindowFunction<T, N, L>;
export function lead(of: ExprOf<any, any>, offset = 1, otherwise?: unknown): WindowFunction<any, any, any> {
  return neighbour("lead", of, offset, otherwise);
}
/** The value of the first row of the frame; null where the frame is empty. */
export function firstValue<T, N, L>(of: ExprOf<T, N, L>): WindowFunction<T | null, N, L> {
  const node = nodeOf(of);
  return windowFunction("first_value", [node], node.type);
}
/** The value of the last row of the frame, which ends at the current row unless the window says otherwise. */
export function lastValue<T, N, L>(of: ExprOf<T, N, L>): WindowFunction<T | null, N, L> {
  const node = nodeOf(of);
  return windowFunction("last_value", [node], node.type);
}
/** The value of row number `n` of the frame, from 1; null where there are fewer. */
export function nthValue<T, N, L>(of: ExprOf<T, N, L>, n: number): WindowFunction<T | null, N, L> {
  const node = nodeOf(of);
  return windowFunction("nth_value", [node, valueNode(n, countType)], node.type);
}

function neighbour(
  name: string,
  of: ExprOf<any, any>,
  offset: number,
  otherwise: unknown,
): WindowFunction<any, any, any> {
  const node = nodeOf(of);
  const args = [node, valueNode(offset, countType)];
  return windowFunction(name, otherwise === undefined ? args : [...args, operandNode(otherwise, node)], node.type);
}

/** The condition that every source behind these columns is present, so that rows of absent ones are left out. */
function presenceOf(nodes: readonly ExpressionNode[]): ExpressionNode | undefined {
  const keys = new Map<string, ExpressionNode>();
  for (const node of nodes) collectKeys(node, keys);
  if (keys.size === 0) return undefined;
  const operands = [...keys.values()].map(
    (operand): ExpressionNode => ({ kind: "isNull", operand, negated: true, type: booleanType }),
  );
  return operands.length === 1 ? operands[0] : { kind: "logic", operator: "and", operands, type: booleanType };
}

function collectKeys(node: ExpressionNode, keys: Map<string, ExpressionNode>): void {
  if (node.kind === "column") {
    const found = node.present;
    if (found !== undefined && !keys.has(node.source.key)) {
      keys.set(node.source.key, { kind: "column", source: node.source, name: found.name, type: found.type });
    }
    return;
  }
  if (node.kind === "call") for (const argument of node.arguments) collectKeys(argument, keys);
  if (node.kind === "jsonObject") for (const field of node.fields) collectKeys(field.value, keys);
  if (node.kind === "binary") {
    collectKeys(node.left, keys);
    collectKeys(node.right, keys);
  }
}
