// Function calls, what belongs inside and behind their parentheses, and windows.
import type { FeatureName } from "../dialect/features.ts";
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError } from "../errors/usage-errors.ts";
import type { CallNode, ExpressionNode, FrameBound, FrameNode, OverNode, WindowNode } from "../tree/node.ts";
import { booleanType, integerType } from "../types/sql-type.ts";

export function writeCall(node: CallNode, out: TextBuffer): void {
  const around = aroundOf(node, out);
  if (around === undefined) return writeBareCall(node, out);
  out.text += around[0];
  writeBareCall(node, out);
  out.text += around[1];
}

function aroundOf(node: CallNode, out: TextBuffer): readonly [before: string, after: string] | undefined {
  const { aroundCalls } = out.dialect;
  return aroundCalls !== undefined && Object.hasOwn(aroundCalls, node.name)
    ? aroundCalls[node.name]?.(node)
    : undefined;
}

function writeBareCall(node: CallNode, out: TextBuffer): void {
  if (node.feature !== undefined) out.require(node.feature as FeatureName);
  if (node.orderBy !== undefined && node.orderBy.length > 0) out.require("AGGREGATE ORDER");
  const call = node.filter === undefined ? node : withFilter(node, node.filter, out);
  const { functions } = out.dialect;
  if (Object.hasOwn(functions, call.name)) functions[call.name]?.(call, out);
  else writeNamed(call, out);
  if (call.withinGroup !== undefined && call.withinGroup.length > 0) {
    out.require("ORDERED SET");
    out.text += " within group (order by ";
    out.write.order(call.withinGroup, out);
    out.text += ")";
  }
  if (call.filter !== undefined && out.dialect.features.has("AGGREGATE FILTER")) {
    out.text += " filter (where ";
    out.write.expression(call.filter, out);
    out.text += ")";
  }
}

function writeNamed(node: CallNode, out: TextBuffer): void {
  writeFunctionName(node.name, out);
  out.text += node.distinct === true ? "(distinct " : "(";
  if (node.arguments.length === 0 && node.name === "count") out.text += "*";
  else out.expressions(node.arguments);
  if (node.orderBy !== undefined && node.orderBy.length > 0) {
    out.text += " order by ";
    out.write.order(node.orderBy, out);
  }
  out.text += ")";
}

const plainName = /^[a-z_][a-z0-9_]*$/;
// Seen before; a program that makes up names as it runs must not fill the memory.
const plainNames = new Set<string>();

function writeFunctionName(name: string, out: TextBuffer): void {
  if (plainNames.has(name)) {
    out.text += name;
  } else if (plainName.test(name)) {
    if (plainNames.size < 1000) plainNames.add(name);
    out.text += name;
  } else {
    out.name(name);
  }
}

// What these make of a null is nothing, so a CASE can do what FILTER does.
const skipsNull = new Set([
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "stddev_pop",
  "stddev_samp",
  "var_pop",
  "var_samp",
  "string_agg",
  "bool_and",
  "bool_or",
]);

function withFilter(node: CallNode, filter: ExpressionNode, out: TextBuffer): CallNode {
  if (out.dialect.features.has("AGGREGATE FILTER") || !skipsNull.has(node.name)) {
    // A dialect without FILTER that writes a function itself sees to its filter too.
    if (!Object.hasOwn(out.dialect.functions, node.name)) out.require("AGGREGATE FILTER");
    return node;
  }
  const [first, ...others] = node.arguments;
  const then: ExpressionNode = first ?? { kind: "constant", value: 1, type: integerType };
  const only: ExpressionNode = { kind: "case", branches: [{ when: filter, then }], type: then.type ?? booleanType };
  return { ...node, arguments: [only, ...others], filter: undefined };
}

export function writeOver(node: OverNode, out: TextBuffer): void {
  if (node.call.arguments.length === 3 && out.dialect.windows?.defaults === false) return writeOverDefault(node, out);
  const around = aroundOf(node.call, out);
  if (around !== undefined) out.text += around[0];
  writeBareCall(node.call, out);
  out.text += " over ";
  const { window } = node;
  if (window.name !== undefined && isDeclared(window, window.name, out)) {
    out.name(window.name);
  } else {
    out.text += "(";
    writeWindow(window, out);
    out.text += ")";
  }
  if (around !== undefined) out.text += around[1];
}

/** LAG and LEAD with a default, where they take none: a constant so many rows away is null only if there is no such row. */
function writeOverDefault({ call, window, type }: OverNode, out: TextBuffer): void {
  const [of, offset, otherwise] = call.arguments as readonly [ExpressionNode, ExpressionNode, ExpressionNode];
  const neighbour = (value: ExpressionNode): OverNode => ({
    kind: "over",
    call: { ...call, arguments: [value, offset] },
    window,
    type,
  });
  const isOutside: ExpressionNode = {
    kind: "isNull",
    operand: neighbour({ kind: "constant", value: 1, type: integerType }),
    negated: false,
    type: booleanType,
  };
  out.write.expression(
    { kind: "case", branches: [{ when: isOutside, then: otherwise }], otherwise: neighbour(of), type },
    out,
  );
}

/** Whether the WINDOW clause has the window; what stands behind that clause and is new to it is written out. */
function isDeclared(window: WindowNode, name: string, out: TextBuffer): boolean {
  const same = out.windows.find((other) => other.name === name);
  if (same !== undefined && same !== window) {
    throw new CompileError(`two windows of one statement are called "${name}"`, "Give each window a name of its own.");
  }
  if (same === undefined && out.windowsWritten) return false;
  if (same === undefined) out.windows = [...out.windows, window];
  return true;
}

/** What stands between the parentheses of a window. */
export function writeWindow(window: WindowNode, out: TextBuffer): void {
  let between = "";
  if (window.partitionBy.length > 0) {
    out.text += "partition by ";
    out.expressions(window.partitionBy);
    between = " ";
  }
  if (window.orderBy.length > 0) {
    out.text += `${between}order by `;
    out.write.order(window.orderBy, out);
    between = " ";
  }
  if (window.frame !== undefined) {
    out.text += between;
    writeFrame(window.frame, out);
  }
}

function writeFrame(frame: FrameNode, out: TextBuffer): void {
  if (frame.unit === "groups" || frame.exclude !== undefined) out.require("WINDOW GROUPS");
  out.text += `${frame.unit} between `;
  writeBound(frame.start, out);
  out.text += " and ";
  writeBound(frame.end, out);
  if (frame.exclude !== undefined) out.text += ` exclude ${frame.exclude}`;
}

function writeBound(bound: FrameBound, out: TextBuffer): void {
  if (bound.kind === "preceding" || bound.kind === "following") {
    const { offset } = bound;
    if (out.dialect.windows?.boundFrames === false && offset.kind === "value") {
      const { encode } = out.dialect.codec(offset.type);
      out.text += out.dialect.literal(encode === undefined ? offset.value : encode(offset.value), offset.type);
    } else out.write.operand(offset, out);
    out.text += " ";
  }
  out.text += bound.kind;
}
