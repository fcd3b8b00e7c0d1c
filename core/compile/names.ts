// How columns and sources are named where they are used.
import type { TextBuffer } from "../dialect/text-buffer.ts";
import type { ColumnNode, SourceName } from "../tree/node.ts";

/** A column, with what stands before its dot unless it can only be this one. */
export function writeColumn(node: ColumnNode, out: TextBuffer): void {
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

/** What stands before the dot: `"users"`, `"audit"."log"`. */
export function writeSourceName(source: SourceName, out: TextBuffer): void {
  if (source.schema !== undefined) {
    out.name(source.schema);
    out.text += ".";
  }
  out.name(source.name);
}
