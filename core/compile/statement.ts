// Writes any statement, at the top or inside another one. What one statement has to itself is put aside while another is
// written inside it: whose columns go bare, its windows, and what its WITH defined.
import type { TextBuffer, Writers } from "../dialect/text-buffer.ts";
import { DialectLimit } from "../errors/usage-errors.ts";
import type { OrderNode, SourceName, StatementNode, WindowNode } from "../tree/node.ts";
import { unreachable } from "../tree/unreachable.ts";
import { writeCompound } from "./compound.ts";
import { writeExpression, writeOperand } from "./expression.ts";
import { writeConditions } from "./logic.ts";
import { writeRaw } from "./raw.ts";
import { writeSelect } from "./select.ts";
import { writeSelection } from "./selection.ts";
import { writeJoins, writeSource, writeSourceName } from "./source.ts";
import { filteredDelete, filteredSelect, filteredUpdate } from "./source-filters.ts";
import { writeWithOfRaw } from "./with.ts";
import { writeDeleteStatement, writeInsertStatement, writeMergeStatement, writeUpdateStatement } from "./write.ts";

// Statements nest less deeply than expressions, since each takes more of the stack.
const deepestNesting = 100;

const noWindows: readonly WindowNode[] = [];
const noSources: readonly SourceName[] = [];

export function writeStatement(node: StatementNode, out: TextBuffer): void {
  const { bare, captured, ctes, windows, windowsWritten, marked, sharing, allBare } = out;
  out.bare = undefined;
  out.captured = undefined;
  out.allBare = false;
  out.windows = noWindows;
  out.windowsWritten = false;
  out.marked = noSources;
  if (++out.nesting > deepestNesting) {
    throw new DialectLimit("statements are nested too deeply", out.nesting, deepestNesting);
  }
  writeKind(node, out);
  out.nesting--;
  out.bare = bare;
  out.captured = captured;
  out.ctes = ctes;
  out.windows = windows;
  out.windowsWritten = windowsWritten;
  out.marked = marked;
  out.sharing = sharing;
  out.allBare = allBare;
}

function writeKind(node: StatementNode, out: TextBuffer): void {
  switch (node.kind) {
    case "select":
      return writeSelect(filteredSelect(node), out);
    case "compound":
      return writeCompound(node, out);
    case "valuesQuery":
      return out.dialect.writeValues(node.rows, out);
    case "insert":
      return writeInsertStatement(node, out);
    case "update":
      return writeUpdateStatement(filteredUpdate(node), out);
    case "delete":
      return writeDeleteStatement(filteredDelete(node), out);
    case "merge":
      return writeMergeStatement(node, out);
    case "rawStatement":
      if (!node.reads) out.reads = false;
      writeWithOfRaw(node.raw, out);
      return writeRaw(node.raw, out);
    default:
      return unreachable(node);
  }
}

function writeOrders(items: readonly OrderNode[], out: TextBuffer): void {
  for (let i = 0; i < items.length; i++) {
    if (i > 0) out.text += ", ";
    out.dialect.writeOrder(items[i] as OrderNode, out);
  }
}

/** What the compiler lends to dialects. */
export const writers: Writers = {
  expression: writeExpression,
  operand: writeOperand,
  query: writeStatement,
  source: writeSource,
  joins: writeJoins,
  order: writeOrders,
  conditions: writeConditions,
  selection: writeSelection,
  sourceName: writeSourceName,
};
