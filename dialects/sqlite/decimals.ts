// Exact decimals in a database that has none. There are two ways to keep one, by how many digits it may have:
//
// - Up to 15 digits a double holds them all. `decimal(10, 2)` is a column with NUMERIC affinity, so that SQLite compares, sorts
//   and indexes its values as numbers, also those that other tools have written; the digits are restored when it is read.
// - Decimals of more digits, or of any number, are text in its shortest form (`1.1`, not `01.10`), so that equal values are
//   equal texts. They are compared and sorted by functions that Athanor defines on each connection, see user-functions.ts.
//
// Arithmetic is done by such functions too, exactly, and gives text.
import {
  acceptDecimal,
  type Codec,
  type DecimalType,
  type ExpressionNode,
  readDecimal,
} from "../../core/dialect/index.ts";

/** The decimal digits that survive the way into a double and back. */
const digitsOfDouble = 15;

/** Whether values of the type are kept as SQLite's numbers; otherwise they are text. */
export function isNumeric(type: DecimalType): boolean {
  return type.precision !== undefined && type.precision <= digitsOfDouble && (type.scale ?? 0) <= digitsOfDouble;
}

/** Whether the expression is a decimal that is kept as text. */
export function isTextDecimal(node: ExpressionNode): boolean {
  return node.type.kind === "decimal" && !isNumeric(node.type);
}

export function decimalTypeName(type: DecimalType): string {
  const { precision, scale } = type;
  const size = precision === undefined ? "" : scale === undefined ? `(${precision})` : `(${precision}, ${scale})`;
  return `${isNumeric(type) ? "decimal" : "decimal_text"}${size}`;
}

export function decimalCodec(type: DecimalType): Codec {
  const accept = acceptDecimal(type);
  const read = readDecimal(type);
  const encode: Codec["encode"] = isNumeric(type)
    ? (value) => Number(accept(value)) + 0
    : (value) => shortest(accept(value));
  return { encode, plain: type.as === "number" ? "number" : undefined, decode: read };
}

/** Without zeros at the end of its fraction. */
function shortest(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
