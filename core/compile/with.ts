// WITH. A statement defines the common table expressions that its FROM mentions, unless a statement around it has done so;
// what one reads stands before it. Those that write are defined by the outermost statement, the only place for them.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import type { CteNode, JoinNode, QueryNode, RawNode, SourceNode } from "../tree/node.ts";
import { writeCompoundOperand } from "./compound-operand.ts";

/** Writes `with …` and a space, if there is anything to define. What it defines can be referred to from there on. */
export function writeWith(
  explicit: readonly CteNode[],
  from: SourceNode | undefined,
  joins: readonly JoinNode[],
  out: TextBuffer,
): void {
  if (explicit.length === 0 && from?.kind !== "cte" && out.hoisted.length === 0 && !joins.some(isCte)) return;
  const found: CteNode[] = [];
  if (out.nesting === 1) for (const cte of out.hoisted) collect(cte, found, out);
  for (const cte of explicit) collect(cte, found, out);
  collectFrom(from, joins, found, out);
  define(found, out);
}

/** Those of every select of a compound, which has one WITH. */
export function writeWithOf(explicit: readonly CteNode[], operands: readonly QueryNode[], out: TextBuffer): void {
  const found: CteNode[] = [];
  if (out.nesting === 1) for (const cte of out.hoisted) collect(cte, found, out);
  for (const cte of explicit) collect(cte, found, out);
  for (const operand of operands) {
    if (operand.kind === "select") collectFrom(operand.from, operand.joins, found, out);
  }
  define(found, out);
}

/** Those that stand in the holes of a text of the user's. */
export function writeWithOfRaw(raw: RawNode, out: TextBuffer): void {
  const found: CteNode[] = [];
  if (out.nesting === 1) for (const cte of out.hoisted) collect(cte, found, out);
  for (const hole of raw.holes) if (hole.kind === "cte") collect(hole.cte, found, out);
  define(found, out);
}

function isCte(join: JoinNode): boolean {
  return join.source.kind === "cte";
}

function collectFrom(
  from: SourceNode | undefined,
  joins: readonly JoinNode[],
  found: CteNode[],
  out: TextBuffer,
): void {
  if (from?.kind === "cte") collect(from.cte, found, out);
  for (const { source } of joins) if (source.kind === "cte") collect(source.cte, found, out);
}

/** Adds a CTE, after those that it reads itself. */
function collect(cte: CteNode, found: CteNode[], out: TextBuffer): void {
  if (found.includes(cte) || out.ctes.includes(cte)) return;
  if (writes(cte.query)) {
    out.require("WRITING CTE");
    out.reads = false;
    if (out.nesting > 1) {
      // This text is thrown away, once it is known what belongs to the outermost WITH.
      out.hoisted.push(cte);
      out.ctes = [...out.ctes, cte];
      return;
    }
  }
  collectOf(cte.query, cte, found, out);
  if (cte.recursive !== undefined) collectOf(cte.recursive.step, cte, found, out);
  found.push(cte);
}

function collectOf(query: QueryNode, self: CteNode, found: CteNode[], out: TextBuffer): void {
  const before = out.ctes;
  // It is not defined by what it refers to itself.
  out.ctes = [...before, self];
  let node = query;
  for (; node.kind === "compound"; node = node.left) {
    for (const cte of node.ctes) collect(cte, found, out);
    collectOf(node.right, self, found, out);
  }
  if ("ctes" in node) for (const cte of node.ctes) collect(cte, found, out);
  if (node.kind === "select") collectFrom(node.from, node.joins, found, out);
  out.ctes = before;
}

function writes(query: QueryNode): boolean {
  switch (query.kind) {
    case "insert":
    case "update":
    case "delete":
    case "merge":
      return true;
    default:
      return false;
  }
}

function define(found: readonly CteNode[], out: TextBuffer): void {
  if (found.length === 0) return;
  out.text += found.some((cte) => cte.recursive !== undefined) ? "with recursive " : "with ";
  for (let i = 0; i < found.length; i++) {
    if (i > 0) out.text += ", ";
    writeCte(found[i] as CteNode, out);
  }
  out.text += " ";
}

function writeCte(cte: CteNode, out: TextBuffer): void {
  out.name(cte.name);
  if (cte.columns.length > 0 && needsColumns(cte)) {
    out.text += " (";
    out.list(cte.columns, (column) => out.name(column.name));
    out.text += ")";
  }
  if (cte.materialized === undefined) {
    out.text += " as (";
  } else {
    out.require("MATERIALIZED CTE");
    out.text += cte.materialized ? " as materialized (" : " as not materialized (";
  }
  if (cte.recursive === undefined) {
    out.write.query(cte.query, out);
    out.ctes = [...out.ctes, cte];
  } else {
    out.ctes = [...out.ctes, cte];
    const { recursiveBase } = out.dialect;
    writeCompoundOperand(recursiveBase === undefined ? cte.query : recursiveBase(cte.query), out);
    out.text += cte.recursive.all ? " union all " : " union ";
    writeCompoundOperand(cte.recursive.step, out);
  }
  out.text += ")";
}

/** Whether its query does not name its columns itself. */
function needsColumns(cte: CteNode): boolean {
  return cte.query.kind === "valuesQuery" || cte.query.kind === "rawStatement" || cte.recursive !== undefined;
}
