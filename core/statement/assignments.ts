// What a user's object writes into which columns: shared by insert, update and upsert.
import { ParameterError } from "../errors/usage-errors.ts";
import { valueNode } from "../expression/operand.ts";
import { outgrows } from "../expression/result-types.ts";
import type { ColumnFacts } from "../schema/column.ts";
import type { DeclaredTable } from "../schema/table.ts";
import type { AssignmentNode, ColumnNode, ExpressionNode } from "../tree/node.ts";

/** The node of a value that is written into a column. */
export function assignedNode(table: DeclaredTable, key: string, facts: ColumnFacts, value: unknown): ExpressionNode {
  const column = columnNode(table, key, facts);
  if (value === null && !facts.nullable) {
    throw new ParameterError(
      `column "${column.name}" of "${table.name}" is given null, and is not nullable`,
      "Give it a value, or declare it nullable().",
    );
  }
  return storedNode(valueNode(value, facts.type, column), facts);
}

/** Databases with decimals round what they store. One that keeps them as something else would keep every digit. */
function storedNode(node: ExpressionNode, { type }: ColumnFacts): ExpressionNode {
  return outgrows(node.type, type) ? { kind: "cast", operand: node, type } : node;
}

/** A column of the table itself, as an error or an expression names it. */
function columnNode(table: DeclaredTable, key: string, facts: ColumnFacts): ColumnNode {
  return { kind: "column", source: table.sourceNode.source, name: facts.name ?? key, type: facts.type };
}

/**
 * SET: what the object gives, and what columns with `onUpdate` fill in by themselves, unless they are `set` already. Missing
 * values are left out.
 */
export function assignments(
  table: DeclaredTable,
  values: object,
  set: readonly AssignmentNode[] = [],
): readonly AssignmentNode[] {
  const result: AssignmentNode[] = [];
  for (const key of Object.keys(values)) {
    const facts = table.writable(key);
    result.push({
      column: facts.name ?? key,
      value: assignedNode(table, key, facts, (values as Record<string, unknown>)[key]),
    });
  }
  if (result.length === 0) return result;
  for (const [key, facts] of table.columns) {
    if (facts.onUpdate === undefined || Object.hasOwn(values, key)) continue;
    const column = facts.name ?? key;
    if (set.some((assignment) => assignment.column === column)) continue;
    // Also where the database has ON UPDATE: that one leaves a row alone whose values stay what they were.
    const value =
      "generate" in facts.onUpdate
        ? generatedNode(table, key, facts, facts.onUpdate.generate)
        : storedNode(facts.onUpdate.node, facts);
    result.push({ column, value });
  }
  return result;
}

/** A value that a function of the user's makes each time the statement runs. */
export function generatedNode(
  table: DeclaredTable,
  key: string,
  facts: ColumnFacts,
  generate: () => unknown,
): ExpressionNode {
  return { kind: "generated", generate, type: facts.type, of: columnNode(table, key, facts) };
}
