// CAST as PostgreSQL has it, but that a point in time as text is in UTC without saying so, as on other databases.
import type { CastNode, TextBuffer } from "../../core/dialect/index.ts";

const texts = new Set(["text", "varchar", "char"]);

export function writeCast({ operand, type }: CastNode, out: TextBuffer): void {
  out.add("cast(");
  if (operand.type.kind === "timestamptz" && texts.has(type.kind)) {
    out.operand(operand);
    out.add(" at time zone 'UTC'");
  } else {
    out.expression(operand);
  }
  out.add(` as ${out.dialect.castName(type)})`);
}
