// How most databases write what they do not write differently: PostgreSQL's and SQLite's common ground. A dialect lays
// its own answers over these. What values look like, and how types are spelled, has no default.
import type {
  ArrayNode,
  BetweenNode,
  BinaryNode,
  CastNode,
  ExcludedNode,
  ExpressionNode,
  InListNode,
  JsonPathNode,
  LockNode,
  OrderNode,
  QuantifiedNode,
  SelectNode,
} from "../tree/node.ts";
import type { SqlType } from "../types/sql-type.ts";
import type { Dialect, TransactionOptions } from "./dialect.ts";
import { standardLiteral, stringLiteral } from "./literal.ts";
import { needsParentheses, operatorText } from "./precedence.ts";
import type { TextBuffer } from "./text-buffer.ts";
import { writeInsert } from "./write-insert.ts";
import { jsonPathText, jsonWriters } from "./write-json.ts";
import { aggregateOf, jsonQueryWriter } from "./write-json-query.ts";
import { writeLike, writeMatch } from "./write-match.ts";
import { writeFunctionSource, writeValues, writeValuesSource } from "./write-source.ts";
import { writeDelete, writeMerge, writeUpdate } from "./write-update.ts";

/** What a dialect must answer itself. */
export type OwnAnswers = "name" | "features" | "codec" | "jsonCodec" | "typeName" | "castName" | "define";

/** The answers that databases share. */
export const standard: Omit<Dialect, OwnAnswers> = {
  maxParameters: 32_766,
  maxName: { length: 63, unit: "bytes" },
  maxDepth: 1000,
  maxPending: Number.POSITIVE_INFINITY,
  bulk: { insertRows: 1000, updatesOneByOne: false, keysFollow: false, errorsEndTransaction: false },

  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: () => "?",
  writePlaceholder: (_type, out) => out.placeholder(),
  literal: standardLiteral,

  writeConstant,
  writeBinary,
  writeConcat,
  writeInList: writeInPlaceholders,
  writeBetween,
  writeLike,
  writeMatch,
  writeQuantified,
  writeCast,
  writeOrder,
  writeExcluded,
  writeArray,
  ...jsonWriters({
    object: "json_object",
    array: "json_array",
    maxArguments: 100,
    merge(writeLeft, writeRight, out) {
      out.add("json_patch(");
      writeLeft();
      out.add(", ");
      writeRight();
      out.add(")");
    },
  }),
  writeJsonQuery: jsonQueryWriter({
    gather: aggregateOf("json_group_array", "'[]'"),
    limits: false,
    keepsOrder: true,
    correlates: true,
  }),
  writeJsonPath,
  functions: {},

  writeLimit,
  writeLocks,
  writeValues,
  writeValuesSource,
  writeFunctionSource,
  writeInsert,
  writeUpdate,
  writeDelete,
  writeMerge,

  begin,
  explain: (text) => `explain ${text}`,
};

export function writeConstant(value: number | string | boolean | null, _type: SqlType, out: TextBuffer): void {
  out.add(typeof value === "string" ? stringLiteral(value) : String(value));
}

/** `left operator right`, each in parentheses where databases could disagree. */
export function writeBinary(node: BinaryNode, out: TextBuffer): void {
  writeSide(node, "left", out);
  out.text += operatorText[node.operator];
  writeSide(node, "right", out);
}

/** One side of a binary operator, in parentheses where it needs them. */
export function writeSide(node: BinaryNode, side: "left" | "right", out: TextBuffer): void {
  const operand = side === "left" ? node.left : node.right;
  const { pending } = out;
  if (side === "right") out.pending += node.operator.length > 2 ? 5 : 2;
  if (needsParentheses(operand, node.operator, side)) {
    out.pending++;
    out.text += "(";
    out.write.expression(operand, out);
    out.text += ")";
  } else {
    out.write.expression(operand, out);
  }
  out.pending = pending;
}

/** Texts after each other: `a || b`. */
function writeConcat(parts: readonly ((out: TextBuffer) => void)[], out: TextBuffer): void {
  out.add("(");
  parts.forEach((write, i) => {
    if (i > 0) out.add(" || ");
    write(out);
  });
  out.add(")");
}

/**
 * `operand in (?, ?, …)`, for databases to which a list cannot be sent as one value. The number of placeholders is a
 * power of two, the last value repeated, so that few texts come about.
 */
export function writeInPlaceholders(node: InListNode, out: TextBuffer): void {
  const { values, operand } = node;
  if (values.length === 0) return out.add(node.negated ? "1 = 1" : "1 = 0");
  out.operand(operand);
  out.add(node.negated ? " not in (" : " in (");
  const count = out.inlines
    ? values.length
    : Math.max(values.length, Math.min(2 ** Math.ceil(Math.log2(values.length)), 1024));
  const of = { kind: "value", value: undefined, type: operand.type, of: operand } as const;
  for (let i = 0; i < count; i++) {
    if (i > 0) out.text += ", ";
    out.bind(values[Math.min(i, values.length - 1)], operand.type, of);
  }
  out.add(")");
}

function writeBetween(node: BetweenNode, out: TextBuffer): void {
  out.operand(node.operand);
  out.text += node.negated ? " not between " : " between ";
  out.operand(node.low);
  out.text += " and ";
  out.operand(node.high);
}

function writeQuantified(node: QuantifiedNode, out: TextBuffer): void {
  out.require("QUANTIFIED");
  out.add(`${node.quantifier} (`);
  if (isQuery(node.of)) out.query(node.of);
  else out.expression(node.of);
  out.add(")");
}

function isQuery(node: QuantifiedNode["of"]): node is Exclude<QuantifiedNode["of"], { readonly type: SqlType }> {
  return !("type" in node);
}

function writeCast(node: CastNode, out: TextBuffer): void {
  out.text += "cast(";
  out.expression(node.operand);
  out.text += ` as ${out.dialect.castName(node.type)})`;
}

/** `operand desc nulls last`. */
function writeOrder(node: OrderNode, out: TextBuffer): void {
  out.expression(node.operand);
  out.text += node.direction === "asc" ? " asc" : " desc";
  if (node.nulls !== undefined) out.text += ` nulls ${node.nulls}`;
}

function writeExcluded(node: ExcludedNode, out: TextBuffer): void {
  out.add("excluded.");
  out.name(node.name);
}

function writeArray(node: ArrayNode, out: TextBuffer): void {
  out.require("ARRAYS");
  out.add("array[");
  out.expressions(node.items);
  out.add("]");
}

function writeJsonPath(node: JsonPathNode, out: TextBuffer): void {
  out.add("json_extract(");
  out.expression(node.operand);
  out.add(", ");
  out.bindEncoded(jsonPathText(node), same, node);
  out.add(")");
}

function same(value: unknown): unknown {
  return value;
}

type Limited = Parameters<Dialect["writeLimit"]>[0];

/** `limit … offset …`, each without the other where there is but one. */
function writeLimit(node: Limited, out: TextBuffer): void {
  if (node.withTies === true) return writeWithTies(node, out);
  if (node.limit !== undefined) {
    out.text += " limit ";
    writeCount(node.limit, out);
  }
  if (node.offset !== undefined) {
    out.text += " offset ";
    writeCount(node.offset, out);
  }
}

/** How many rows: a bound number needs no type, anything but one stands in parentheses. */
function writeCount(node: ExpressionNode, out: TextBuffer): void {
  if (node.kind === "value" || node.kind === "param") out.assigned(node);
  else out.operand(node);
}

/** The same for databases where OFFSET needs a LIMIT before it: `unlimited` is what stands for none. */
export function writeLimitOr(unlimited: string): Dialect["writeLimit"] {
  return (node, out) => {
    if (node.limit === undefined && node.offset !== undefined) out.add(` limit ${unlimited}`);
    writeLimit(node, out);
  };
}

function writeWithTies(node: Limited, out: TextBuffer): void {
  out.require("WITH TIES");
  if (node.offset !== undefined) {
    out.add(" offset ");
    writeCount(node.offset, out);
  }
  if (node.limit === undefined) return;
  out.add(" fetch first ");
  writeCount(node.limit, out);
  out.add(" rows with ties");
}

function writeLocks(node: SelectNode, out: TextBuffer): void {
  for (const lock of node.locks) writeLock(lock, out);
}

function writeLock(lock: LockNode, out: TextBuffer): void {
  out.require("ROW LOCKS");
  if (lock.strength === "no key update" || lock.strength === "key share") out.require("KEY LOCKS");
  out.add(` for ${lock.strength}`);
  if (lock.of.length > 0) {
    out.require("LOCK OF");
    out.add(" of ");
    out.list(lock.of, (source) => out.name(source.name));
  }
  if (lock.wait !== "wait") {
    out.require("SKIP LOCKED");
    out.add(` ${lock.wait}`);
  }
}

function begin(options: TransactionOptions): readonly string[] {
  let text = "begin";
  if (options.isolation !== undefined) text += ` isolation level ${options.isolation}`;
  if (options.readOnly !== undefined) text += options.readOnly ? " read only" : " read write";
  if (options.deferrable !== undefined) text += options.deferrable ? " deferrable" : " not deferrable";
  return [text];
}
