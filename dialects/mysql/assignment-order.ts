// `update t set a = b, b = a`: the standard computes every value from the row as it was, MySQL from left to right, so that the
// second assignment sees what the first has written. Assignments are put in an order in which none sees another's.
import { type AssignmentNode, CompileError, type TableSourceNode, walk } from "../../core/dialect/index.ts";

/**
 * The assignments, those that read a column before those that write it.
 *
 * @throws {CompileError} if they read each other's columns in a circle
 */
export function inReadingOrder(set: readonly AssignmentNode[], target: TableSourceNode): readonly AssignmentNode[] {
  if (set.length < 2) return set;
  const written = new Set(set.map(({ column }) => column));
  const waiting = set.map((assignment) => ({ assignment, reads: columnsRead(assignment, target, written) }));
  if (waiting.every(({ reads }) => reads.size === 0)) return set;
  const ordered: AssignmentNode[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ assignment }) => waiting.every((other) => !other.reads.has(assignment.column)));
    const [free] = waiting.splice(next, 1);
    if (next === -1 || free === undefined) {
      const names = [...waiting, free].map((one) => `"${one?.assignment.column}"`).join(", ");
      throw new CompileError(
        `the new values of ${names} are made of each other, and MySQL assigns one after the other`,
        "Update from a subquery that selects the old values.",
      );
    }
    ordered.push(free.assignment);
  }
  return ordered;
}

/** The columns that others write and this one reads; its own does not matter. */
function columnsRead(
  { column, value }: AssignmentNode,
  target: TableSourceNode,
  written: ReadonlySet<string>,
): ReadonlySet<string> {
  const read = new Set<string>();
  walk(value, (node) => {
    if (node.kind === "column" && node.source.key === target.source.key && written.has(node.name)) read.add(node.name);
  });
  read.delete(column);
  return read;
}
