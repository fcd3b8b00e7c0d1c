// Whether two expressions are the same, be they one node or built twice. Looks no deeper than people write.
import type { ExpressionNode, SelectionField, SelectNode } from "../tree/node.ts";
import { presenceOf } from "./whole-row.ts";

const deepest = 32;

export function contains(expressions: readonly ExpressionNode[], searched: ExpressionNode): boolean {
  return expressions.some((expression) => isSame(expression, searched, 0));
}

/** The position, from 1, of the result column that is the expression. */
export function columnPosition(expression: ExpressionNode, node: SelectNode): number | undefined {
  const found = search(node.selection.fields, expression, node, 1);
  return found > 0 ? found : undefined;
}

/** The position of the expression, or what comes after the last field, negated. */
function search(fields: readonly SelectionField[], expression: ExpressionNode, node: SelectNode, from: number): number {
  let at = from;
  for (const { value } of fields) {
    if (value.kind === "object") {
      const inner = search(value.fields, expression, node, at);
      if (inner > 0) return inner;
      at = -inner;
    } else if (value.kind === "rowOf") {
      at += value.source.columns.length + (presenceOf(value, node) === "added" ? 1 : 0);
    } else {
      if (isSame(value, expression, 0)) return at;
      at++;
    }
  }
  return -at;
}

function isSame(a: unknown, b: unknown, depth: number): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || depth > deepest) {
    return Number.isNaN(a) && Number.isNaN(b);
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i], depth + 1));
  }
  const prototype = Object.getPrototypeOf(a);
  // A value that is an object, such as a Date or bytes, is compared by identity alone.
  if (prototype !== Object.prototype || Object.getPrototypeOf(b) !== prototype) return false;
  for (const key in a) {
    // What a value is compared with is for messages only.
    if (key !== "of" || (a as ExpressionNode).kind !== "value") {
      if (!isSame(a[key as keyof object], b[key as keyof object], depth + 1)) return false;
    }
  }
  return true;
}
