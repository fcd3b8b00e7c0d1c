// Writes expressions. Each kind has its case; how deep they nest is counted, so that neither the database's parser nor our
// own stack is asked for more than it has.
import type { FeatureName } from "../dialect/features.ts";
import { isAtomic } from "../dialect/precedence.ts";
import { writeInPlaceholders } from "../dialect/standard.ts";
import type { TextBuffer } from "../dialect/text-buffer.ts";
import { CompileError, DialectLimit } from "../errors/usage-errors.ts";
import type { CaseNode, ColumnNode, ExpressionNode, OperatorNode, QueryNode } from "../tree/node.ts";
import { unreachable } from "../tree/unreachable.ts";
import { writeCall, writeOver } from "./call.ts";
import { writeLogic } from "./logic.ts";
import { writeRaw } from "./raw.ts";

export function writeExpression(node: ExpressionNode, out: TextBuffer): void {
  if (node.kind === "column") return writeColumn(node, out);
  const { depth, pending } = out;
  out.depth = depth + 1;
  out.pending = pending + pendingOf(node);
  // A column, which is not counted, would be one level deeper.
  if (depth + 2 > out.dialect.maxDepth || out.pending > out.dialect.maxPending) throw tooDeep(out);
  writeNode(node, out);
  out.depth = depth;
  out.pending = pending;
}

/** What of a node has begun, at most, when something inside it is written, its operators and parentheses aside. */
function pendingOf(node: ExpressionNode): number {
  switch (node.kind) {
    case "value":
    case "binary":
    case "logic":
    case "isNull":
    case "inList":
      return 0;
    case "not":
    case "negate":
      return 1;
    case "call":
      return node.arguments.length < 2 ? 3 : 5;
    case "cast":
      return 2;
    case "case":
      return 6;
    default:
      return 5;
  }
}

function writeNode(node: ExpressionNode, out: TextBuffer): void {
  switch (node.kind) {
    case "column":
      return writeColumn(node, out);
    case "value":
      return out.bind(node.value, node.type, node);
    case "binary":
      return out.dialect.writeBinary(node, out);
    case "logic":
      return writeLogic(node, out);
    case "call":
      return writeCall(node, out);
    case "param":
      return out.param(node);
    case "generated":
      return out.generated(node);
    case "constant":
      return out.dialect.writeConstant(node.value, node.type, out);
    case "excluded":
      return out.dialect.writeExcluded(node, out);
    case "operator":
      return writeOperator(node, out);
    case "not":
      out.text += "not ";
      return writeOperand(node.operand, out);
    case "negate":
      out.text += node.operator;
      return writeOperand(node.operand, out);
    case "isNull":
      writeOperand(node.operand, out);
      out.text += node.negated ? " is not null" : " is null";
      return;
    case "inList":
      return out.inlines ? writeInPlaceholders(node, out) : out.dialect.writeInList(node, out);
    case "inQuery":
      writeOperand(node.operand, out);
      out.text += node.negated ? " not in " : " in ";
      return writeSubquery(node.query, out);
    case "between":
      return out.dialect.writeBetween(node, out);
    case "like":
      return out.dialect.writeLike(node, out);
    case "match":
      return out.dialect.writeMatch(node, out);
    case "quantified":
      return out.dialect.writeQuantified(node, out);
    case "over":
      return writeOver(node, out);
    case "case":
      return writeCase(node, out);
    case "cast":
      return out.dialect.writeCast(node, out);
    case "collate":
      writeOperand(node.operand, out);
      out.text += " collate ";
      return out.name(node.collation);
    case "retype":
      return writeExpression(node.operand, out);
    case "scalar":
      return writeSubquery(node.query, out);
    case "exists":
      out.text += "exists ";
      return writeSubquery(node.query, out);
    case "row":
      out.text += "(";
      out.expressions(node.items);
      out.text += ")";
      return;
    case "array":
      return out.dialect.writeArray(node, out);
    case "jsonObject":
      return out.dialect.writeJsonObject(node, out);
    case "jsonArray":
      return out.dialect.writeJsonArray(node, out);
    case "jsonQuery":
      return out.dialect.writeJsonQuery(node, out);
    case "jsonPath":
      return out.dialect.writeJsonPath(node, out);
    case "raw":
      return writeRaw(node, out);
    case "written":
      if (node.feature !== undefined) out.require(node.feature as FeatureName);
      // The tree stands to the left of the buffer and cannot name its type.
      return (node.write as (operands: readonly ExpressionNode[], out: TextBuffer) => void)(node.operands, out);
    default:
      return unreachable(node);
  }
}

/** A column, with what stands before its dot unless it can only be this one. */
function writeColumn(node: ColumnNode, out: TextBuffer): void {
  const { source, name } = node;
  if (source.key !== out.bare ? !out.allBare : out.captured?.includes(name)) {
    if (source.schema !== undefined) {
      out.name(source.schema);
      out.text += ".";
    }
    out.qualified(source.name, name);
  } else {
    out.name(name);
  }
}

/** An expression that something else holds on to: in parentheses unless it is atomic. */
export function writeOperand(node: ExpressionNode, out: TextBuffer): void {
  if (isAtomic(node)) return writeExpression(node, out);
  out.text += "(";
  out.pending++;
  writeExpression(node, out);
  out.pending--;
  out.text += ")";
}

// SQLite takes a subquery for as deep as this, and no more than 43 inside each other.
const depthOfSubquery = 23;

function writeSubquery(query: QueryNode, out: TextBuffer): void {
  out.text += "(";
  out.depth += depthOfSubquery;
  out.write.query(query, out);
  out.depth -= depthOfSubquery;
  out.text += ")";
}

function writeCase(node: CaseNode, out: TextBuffer): void {
  out.text += "case";
  if (node.operand !== undefined) {
    out.text += " ";
    writeOperand(node.operand, out);
  }
  for (const { when, then } of node.branches) {
    out.text += " when ";
    writeExpression(when, out);
    out.text += " then ";
    writeExpression(then, out);
  }
  if (node.otherwise !== undefined) {
    out.text += " else ";
    writeExpression(node.otherwise, out);
  }
  out.text += " end";
}

// Signs or words, and nothing that could open a comment or end the statement.
const operatorText = /^(?:[-+*/<>=~!@#%^&|`?:]+|[a-z]+(?: [a-z]+)*)$/i;

function writeOperator(node: OperatorNode, out: TextBuffer): void {
  const { operator } = node;
  if (!operatorText.test(operator) || operator.includes("--") || operator.includes("/*")) {
    throw new CompileError(`${JSON.stringify(operator)} is no operator`, "An operator is made of signs, or of words.");
  }
  if (node.feature !== undefined) out.require(node.feature as FeatureName);
  writeOperand(node.left, out);
  out.text += ` ${operator} `;
  writeOperand(node.right, out);
}

function tooDeep(out: TextBuffer): DialectLimit {
  return new DialectLimit(
    "an expression is nested too deeply",
    Math.max(out.depth, out.pending),
    out.pending > out.dialect.maxPending ? out.dialect.maxPending : out.dialect.maxDepth,
    "Chains of and() and or() may be of any length; split other chains, or compute them in a subquery.",
  );
}
