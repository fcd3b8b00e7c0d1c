// A value or an expression → a node. The one place where a user's value enters the tree.
import { ParameterError } from "../errors/usage-errors.ts";
import type { ExpressionNode } from "../tree/node.ts";
import { type SqlType, textType } from "../types/sql-type.ts";
import { NODE } from "./needs.ts";

/** The node of an operand beside `beside`: an expression's own, or the value as one of the same type unless another is given. */
export function operandNode(value: unknown, beside: ExpressionNode, type: SqlType = beside.type): ExpressionNode {
  return nodeIn(value) ?? { kind: "value", value: present(value, beside), type, of: beside };
}

/** The same, for operators of text: a pattern of an enumeration is text, no member of it. */
export function textOperandNode(value: unknown, beside: ExpressionNode): ExpressionNode {
  return nodeIn(value) ?? { kind: "value", value: present(value, beside), type: textType, of: beside };
}

/** The values of a list beside `beside`, none of which may be missing: one null would make every NOT IN null. */
export function valuesBeside(values: readonly unknown[], beside: ExpressionNode): readonly unknown[] {
  for (const value of values) present(value, beside);
  return values.slice();
}

/** The node of a value of a known type, where null stands for NULL. */
export function valueNode(value: unknown, type: SqlType, of?: ExpressionNode): ExpressionNode {
  if (value === undefined)
    throw new ParameterError(`${described(of)} was given undefined`, "Leave it out, or give null.");
  return nodeIn(value) ?? { kind: "value", value, type, of };
}

/** The node in an expression, or nothing if the value is none. */
export function nodeIn(value: unknown): ExpressionNode | undefined {
  return typeof value === "object" && value !== null && NODE in value ? (value[NODE] as ExpressionNode) : undefined;
}

function present(value: unknown, beside: ExpressionNode): unknown {
  if (value === null) {
    throw new ParameterError(
      `${described(beside)} is compared with null, which is equal to nothing`,
      "Use isNull() or isNotDistinctFrom().",
    );
  }
  if (value === undefined) {
    throw new ParameterError(
      `${described(beside)} is compared with undefined`,
      "Leave the condition out where there is no value.",
    );
  }
  return value;
}

function described(node: ExpressionNode | undefined): string {
  return node?.kind === "column" ? `column "${node.name}" of "${node.source.name}"` : "an expression";
}
