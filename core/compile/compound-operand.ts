// What stands to the left and to the right of UNION and its kind, and in a recursive common table expression.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import type { QueryNode } from "../tree/node.ts";

/** What a query is called that is made a derived table because it cannot stand as it is. */
export const wrapper = "athanor rows";

/** An operand of a set operation. */
export function writeCompoundOperand(operand: QueryNode, out: TextBuffer): void {
  const { setOperand } = out.dialect;
  const node = setOperand === undefined ? operand : setOperand(operand);
  if (standsAlone(node)) return out.write.query(node, out);
  out.text += "select * from (";
  out.write.query(node, out);
  out.text += ") as ";
  out.name(wrapper);
}

/** Whether a query can be an operand without parentheses, which not every database takes. */
export function standsAlone(node: QueryNode): boolean {
  if (node.kind === "valuesQuery") return true;
  return (
    node.kind === "select" &&
    node.ctes.length === 0 &&
    node.orderBy.length === 0 &&
    node.limit === undefined &&
    node.offset === undefined &&
    node.locks.length === 0
  );
}
