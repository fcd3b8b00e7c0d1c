// Text of the user's, with whatever he put into its holes.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import type { RawHole, RawNode } from "../tree/node.ts";

export function writeRaw(node: RawNode, out: TextBuffer): void {
  out.text += node.text[0] ?? "";
  for (let i = 0; i < node.holes.length; i++) {
    writeHole(node.holes[i] as RawHole, out);
    out.text += node.text[i + 1] ?? "";
  }
}

function writeHole(hole: RawHole, out: TextBuffer): void {
  switch (hole.kind) {
    case "identifier":
      for (let i = 0; i < hole.path.length; i++) {
        if (i > 0) out.text += ".";
        out.name(hole.path[i] as string);
      }
      return;
    case "trusted":
      out.text += hole.text;
      return;
    case "order":
      return out.dialect.writeOrder(hole, out);
    case "table":
    case "derived":
    case "cte":
    case "values":
    case "lists":
    case "function":
    case "rawSource":
      return out.write.source(hole, out);
    case "select":
    case "compound":
    case "valuesQuery":
    case "rawStatement":
    case "insert":
    case "update":
    case "delete":
    case "merge":
      out.text += "(";
      out.write.query(hole, out);
      out.text += ")";
      return;
    default:
      return out.write.operand(hole, out);
  }
}
