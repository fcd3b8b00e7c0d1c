// LIKE, and the matches of whole texts that are written with it. `!` escapes wherever LIKE is written: a backslash would
// mean something else on every database.
import type { ExpressionNode, LikeNode, MatchNode } from "../tree/node.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** `operand like pattern escape '!'`; where case does not matter, both sides in lower case. */
export function writeLike(node: LikeNode, out: TextBuffer): void {
  writeMatched(node.operand, node.insensitive, out);
  out.add(node.negated ? " not like " : " like ");
  writeMatched(node.pattern, node.insensitive, out);
  out.add(" escape '!'");
}

/** A match by LIKE, in whose pattern nothing of the text is wild. */
export function writeMatch(node: MatchNode, out: TextBuffer): void {
  writeMatched(node.operand, node.insensitive, out);
  out.add(" like ");
  if (node.insensitive) out.add("lower(");
  writeMatchPattern(node, out);
  if (node.insensitive) out.add(")");
  out.add(" escape '!'");
}

/** The pattern of a match: escaped before it is sent where the text is bound, else by the database. */
export function writeMatchPattern(node: MatchNode, out: TextBuffer): void {
  const { text, part } = node;
  if (text.kind === "value") {
    out.bindAs(text.value, text.type, patternOf(part, out.dialect.codec(text.type).encode), text);
  } else if (text.kind === "param") {
    out.paramAs(text, patternOf(part, out.dialect.codec(text.type).encode));
  } else {
    out.dialect.writeConcat(
      [
        ...(part === "starts" ? [] : [writePercent]),
        () => {
          out.add("replace(replace(replace(");
          out.expression(text);
          out.add(", '!', '!!'), '%', '!%'), '_', '!_')");
        },
        ...(part === "ends" ? [] : [writePercent]),
      ],
      out,
    );
  }
}

/** The text with every wild character escaped. */
export function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, "!$&");
}

function patternOf(part: MatchNode["part"], encode: (value: unknown) => unknown): (value: unknown) => unknown {
  return (value) => {
    const escaped = escapeLike(String(encode(value)));
    return `${part === "starts" ? "" : "%"}${escaped}${part === "ends" ? "" : "%"}`;
  };
}

function writePercent(out: TextBuffer): void {
  out.add("'%'");
}

function writeMatched(node: ExpressionNode, insensitive: boolean, out: TextBuffer): void {
  if (!insensitive) return out.operand(node);
  out.add("lower(");
  out.expression(node);
  out.add(")");
}
