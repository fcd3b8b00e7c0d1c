// CAST, with the meaning it has elsewhere: a number becomes the nearest integer (of two, the even one), a decimal keeps its zeros, a boolean a word, a point in time a day.
import type { CastNode, DecimalType, ExpressionNode, SqlType, TextBuffer } from "../../core/dialect/index.ts";
import { isNumeric } from "./decimals.ts";

export function writeCast(node: CastNode, out: TextBuffer): void {
  const { operand, type } = node;
  const write = (before: string, after: string): void => {
    out.add(before);
    out.expression(operand);
    out.add(after);
  };
  switch (type.kind) {
    case "integer":
    case "bigint":
      if (operand.type.kind === "float") return write("cast(round_even(", ") as integer)");
      if (operand.type.kind === "decimal") return write("cast(decimal_round(", ", 0) as integer)");
      return write("cast(", " as integer)");
    case "float":
      return write("cast(", " as real)");
    case "decimal": {
      const text = type.scale === undefined ? "decimal_add(" : "decimal_round(";
      const after = type.scale === undefined ? ", 0)" : `, ${type.scale})`;
      return isNumeric(type) ? write(`cast(${text}`, `${after} as numeric)`) : write(text, after);
    }
    case "boolean":
      return write("(", ") <> 0");
    case "text":
    case "varchar":
    case "char":
      return writeTextCast(operand, type.length, out);
    case "bytes":
      return write("cast(", " as blob)");
    case "date":
      return write("date(", ")");
    case "time":
      return write("time(", ")");
    case "timestamp":
    case "timestamptz":
      return isPointInTime(operand.type) ? write("", "") : write("datetime(", ")");
    case "json":
      return write("json(", ")");
    case "uuid":
      return write("lower(", ")");
    default:
      return write("cast(", " as text)");
  }
}

function writeTextCast(operand: ExpressionNode, length: number | undefined, out: TextBuffer): void {
  if (length !== undefined) out.add("substr(");
  if (operand.type.kind === "boolean") {
    out.add("case ");
    out.operand(operand);
    out.add(" when 1 then 'true' when 0 then 'false' end");
  } else if (operand.type.kind === "decimal" && scaleOf(operand.type) !== undefined) {
    out.add("decimal_text(");
    out.expression(operand);
    out.add(`, ${scaleOf(operand.type)})`);
  } else {
    out.add("cast(");
    out.expression(operand);
    out.add(" as text)");
  }
  if (length !== undefined) out.add(`, 1, ${length})`);
}

/** How many digits behind the point all of its values have. */
function scaleOf({ precision, scale }: DecimalType): number | undefined {
  return scale ?? (precision === undefined ? undefined : 0);
}

function isPointInTime(type: SqlType): boolean {
  return type.kind === "timestamp" || type.kind === "timestamptz";
}
