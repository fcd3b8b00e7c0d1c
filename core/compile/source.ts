// FROM and its joins.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError } from "../errors/usage-errors.ts";
import type { JoinNode, ListsSourceNode, SourceName, SourceNode, TableSourceNode } from "../tree/node.ts";
import { unreachable } from "../tree/unreachable.ts";
import { presenceColumn } from "./whole-row.ts";

/** ` from … join …`, or nothing. */
export function writeFrom(from: SourceNode | undefined, joins: readonly JoinNode[], out: TextBuffer): void {
  if (from === undefined) return;
  if (joins.length > 0) checkNames(from, joins);
  out.text += " from ";
  writeSource(from, out);
  const parts = joinedTo(from);
  if (parts !== undefined) writeJoins(parts, out);
  writeJoins(joins, out);
}

/** Two sources that are called alike cannot be told apart by a column's qualifier. */
function checkNames(from: SourceNode, joins: readonly JoinNode[]): void {
  const names: SourceName[] = [];
  takeNames(from, names);
  for (let i = 0; i < joins.length; i++) takeNames((joins[i] as JoinNode).source, names);
}

function takeNames(node: SourceNode, names: SourceName[]): void {
  const { source } = node;
  for (let i = 0; i < names.length; i++) {
    const other = names[i] as SourceName;
    if (other.name === source.name && other.schema === source.schema) {
      throw new CompileError(
        `"${source.name}" stands in FROM twice`,
        `Give one of them another name: alias(${source.name}, "other").`,
      );
    }
  }
  names.push(source);
  for (const join of joinedTo(node) ?? []) takeNames(join.source, names);
}

/** What holds further parts of the rows of a source. */
export function joinedTo(node: SourceNode): readonly JoinNode[] | undefined {
  return node.kind === "table" && node.joined !== undefined && node.joined.length > 0 ? node.joined : undefined;
}

export function writeJoins(joins: readonly JoinNode[], out: TextBuffer): void {
  for (let i = 0; i < joins.length; i++) writeJoin(joins[i] as JoinNode, out);
}

function writeJoin(join: JoinNode, out: TextBuffer): void {
  switch (join.kind) {
    case "inner":
      out.text += " join ";
      break;
    case "full":
      out.require("FULL JOIN");
      out.text += " full join ";
      break;
    case "right":
      out.require("RIGHT JOIN");
      out.text += " right join ";
      break;
    default:
      out.text += ` ${join.kind} join `;
  }
  if (join.lateral) {
    out.require("LATERAL");
    out.text += "lateral ";
  }
  const parts = joinedTo(join.source);
  if (parts !== undefined) out.text += "(";
  writeSource(join.source, out);
  if (parts !== undefined) {
    writeJoins(parts, out);
    out.text += ")";
  }
  if (join.on !== undefined) {
    out.text += " on ";
    out.write.expression(join.on, out);
  } else if (join.kind !== "cross") {
    out.text += " on ";
    out.write.conditions([], out);
  }
}

/** A source as it stands in FROM, wrapped where it needs a column that says that its row is there. */
export function writeSource(node: SourceNode, out: TextBuffer): void {
  if (out.marked.length === 0 || !out.marked.includes(node.source)) return writePlainSource(node, out);
  out.text += `(select 1 as `;
  out.name(presenceColumn);
  out.text += ", ";
  out.name(node.source.name);
  out.text += ".* from ";
  writePlainSource(node, out);
  out.text += ") as ";
  out.name(node.source.name);
}

function writePlainSource(node: SourceNode, out: TextBuffer): void {
  switch (node.kind) {
    case "table":
      return writeTable(node, out);
    case "derived":
      out.text += "(";
      out.write.query(node.query, out);
      out.text += ") as ";
      return out.name(node.source.name);
    case "cte":
      if (!out.ctes.includes(node.cte)) throw undefinedCte(node.cte.name);
      out.name(node.cte.name);
      return writeAlias(node.cte.name, node.source, out);
    case "values":
      return out.dialect.writeValuesSource(node, out);
    case "lists":
      return writeLists(node, out);
    case "function":
      return out.dialect.writeFunctionSource(node, out);
    case "rawSource":
      out.text += "(";
      out.write.expression(node.raw, out);
      out.text += ") as ";
      return out.name(node.source.name);
    default:
      return unreachable(node);
  }
}

function undefinedCte(name: string): CompileError {
  return new CompileError(
    `the common table expression "${name}" stands where no WITH defines it`,
    "Read it in from() or a join of the statement, or name it with with().",
  );
}

function writeTable(node: TableSourceNode, out: TextBuffer): void {
  if (node.only === true) {
    out.require("ONLY");
    out.text += "only ";
  }
  if (node.schema !== undefined) {
    out.name(node.schema);
    out.text += ".";
  }
  out.name(node.table);
  if (node.alias) {
    out.text += " as ";
    out.name(node.source.name);
  }
  if (node.sample !== undefined) {
    out.require("TABLESAMPLE");
    out.text += ` tablesample ${node.sample.method} (`;
    out.write.expression(node.sample.percent, out);
    out.text += ")";
    if (node.sample.seed !== undefined) {
      out.text += " repeatable (";
      out.write.expression(node.sample.seed, out);
      out.text += ")";
    }
  }
}

function writeAlias(name: string, source: SourceName, out: TextBuffer): void {
  if (name === source.name) return;
  out.text += " as ";
  out.name(source.name);
}

function writeLists(node: ListsSourceNode, out: TextBuffer): void {
  const { lists } = out.dialect.bulk;
  if (lists === undefined)
    throw new CompileError(`${out.dialect.name} takes no lists as rows`, "Give the rows as values(…).");
  lists.write(node, out);
}

/** What stands before the dot: `"users"`, `"audit"."log"`. */
export function writeSourceName(source: SourceName, out: TextBuffer): void {
  if (source.schema !== undefined) {
    out.name(source.schema);
    out.text += ".";
  }
  out.name(source.name);
}
