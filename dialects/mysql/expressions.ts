// Expressions that MySQL and MariaDB write differently from the standard.
import {
  type BinaryNode,
  type CastNode,
  CompileError,
  type ExpressionNode,
  type InListNode,
  type JsonPathNode,
  jsonPathText,
  type OrderNode,
  type SqlType,
  writeBinary as standardBinary,
  type TextBuffer,
  writeInPlaceholders,
  writeSide,
} from "../../core/dialect/index.ts";
import { elementText, listColumn } from "./json-list.ts";
import { castName, codec } from "./types.ts";

/** Writes text that holds JSON so that the server takes it for JSON. */
export type AsJson = (write: () => void, out: TextBuffer) => void;

export function writeBinary(node: BinaryNode, out: TextBuffer): void {
  switch (node.operator) {
    // `||` is OR here.
    case "||":
      return writeConcat(
        partsOf(node).map((part) => () => out.expression(part)),
        out,
      );
    case "/":
      return isWhole(node.left) && isWhole(node.right) ? writeAs(node, "div", out) : standardBinary(node, out);
    case "is not distinct from":
      return writeAs(node, "<=>", out);
    case "is distinct from":
      out.add("(not (");
      writeAs(node, "<=>", out);
      return out.add("))");
    // These give unsigned numbers: -1 would come back as 2^64 - 1.
    case "&":
    case "|":
    case "<<":
      out.add("cast((");
      standardBinary(node, out);
      return out.add(") as signed)");
    // Shifting right fills with zeros, where other databases keep the sign.
    case ">>":
      out.add("floor(");
      out.operand(node.left);
      out.add(" / (1 << ");
      out.operand(node.right);
      return out.add("))");
    default:
      return standardBinary(node, out);
  }
}

function writeAs(node: BinaryNode, operator: string, out: TextBuffer): void {
  writeSide(node, "left", out);
  out.add(` ${operator} `);
  writeSide(node, "right", out);
}

/** The texts of a chain of `||`, which a function takes all at once: it would nest as deep as the chain is long. */
function partsOf(node: BinaryNode): readonly ExpressionNode[] {
  const parts: ExpressionNode[] = [node.right];
  let left = node.left;
  for (; left.kind === "binary" && left.operator === "||"; left = left.left) parts.push(left.right);
  parts.push(left);
  return parts.reverse();
}

function isWhole(node: ExpressionNode): boolean {
  return node.type.kind === "integer" || node.type.kind === "bigint";
}

export function writeConcat(parts: readonly ((out: TextBuffer) => void)[], out: TextBuffer): void {
  out.add("concat(");
  out.list(parts, (write) => write(out));
  out.add(")");
}

/** Beyond this, a list as one JSON value is quicker; below, placeholders are, since only they can use an index everywhere. */
const longestList = 16_384;

/**
 * `operand in (?, ?, …)`, the number of placeholders a power of two. A list could travel as one value through JSON_TABLE, but
 * MariaDB runs such a subquery anew for every row where it can make no join of it (in UPDATE and DELETE, beside OR): over
 * 200,000 rows and 5 elements 418 ms where placeholders take 0.3.
 */
export function writeInList(node: InListNode, out: TextBuffer): void {
  const { values, operand, negated } = node;
  if (values.length <= longestList || !out.reads) return writePadded(node, out);
  const column = listColumn(operand.type);
  if (column === undefined) return writePadded(node, out);
  out.operand(operand);
  out.add(negated ? " not in " : " in ");
  out.add("(select `value` from json_table(");
  const { encode } = codec(operand.type);
  out.bindEncoded(
    values,
    (list) => `[${(list as readonly unknown[]).map((value) => elementText(encode(value))).join(", ")}]`,
  );
  out.add(`, '$[*]' columns (\`value\` ${column} path '$')) as \`list\`)`);
}

function writePadded(node: InListNode, out: TextBuffer): void {
  const { values } = node;
  const count = Math.min(2 ** Math.ceil(Math.log2(Math.max(1, values.length))), 65_536);
  // Up to 1,024 the standard pads by itself.
  if (values.length <= 1_024 || values.length > 32_768) return writeInPlaceholders(node, out);
  const padded = Array.from({ length: count }, (_, i) => values[Math.min(i, values.length - 1)]);
  writeInPlaceholders({ ...node, values: padded }, out);
}

/** CAST of the types that CAST knows. */
export function castWriter(
  asJson: AsJson,
  own: (type: SqlType) => string | undefined,
): (node: CastNode, out: TextBuffer) => void {
  return ({ operand, type }, out) => {
    switch (type.kind) {
      case "boolean":
        out.operand(operand);
        return out.add(" <> 0");
      case "json":
      case "json-row":
        return asJson(() => out.expression(operand), out);
      case "text":
      case "varchar":
        if (operand.type.kind === "boolean") {
          // It would be '1' and '0'.
          out.add("case ");
          out.operand(operand);
          return out.add(" when 1 then 'true' when 0 then 'false' end");
        }
        if (operand.type.kind === "timestamp" || operand.type.kind === "timestamptz") {
          // As elsewhere, without the zeros that CAST leaves at the end of the second.
          out.add("trim(trailing '.' from trim(trailing '0' from date_format(");
          out.expression(operand);
          return out.add(", '%Y-%m-%d %H:%i:%s.%f')))");
        }
        return writeNamedCast(operand, own(type) ?? castName(type), out);
      default:
        return writeNamedCast(operand, own(type) ?? castName(type), out);
    }
  };
}

function writeNamedCast(operand: ExpressionNode, name: string, out: TextBuffer): void {
  out.add("cast(");
  out.expression(operand);
  out.add(` as ${name})`);
}

/** Nulls come first in ascending order here and have no clause of their own. */
export function writeOrder(node: OrderNode, out: TextBuffer): void {
  const { operand, direction, nulls } = node;
  const natural = direction === "asc" ? "first" : "last";
  if (nulls !== undefined && nulls !== natural) {
    out.operand(operand);
    out.add(nulls === "last" ? " is null, " : " is null desc, ");
  }
  out.expression(operand);
  out.add(` ${direction}`);
}

/** A part of a document: as JSON, or as a value that is null where JSON's null stands. */
export function writeJsonPath(node: JsonPathNode, out: TextBuffer): void {
  if (node.as === "json") return writeExtract(node, out);
  const { type } = node;
  if (type.kind === "boolean") {
    // The collation of what comes out of JSON is none that a literal agrees with.
    out.add("case json_unquote(");
    writeExtract(node, out);
    return out.add(") collate utf8mb4_bin when 'true' then true when 'false' then false end");
  }
  const cast = numericCast(type);
  if (cast !== undefined) out.add("cast(");
  out.add("case json_type(");
  writeExtract(node, out);
  out.add(") when 'NULL' then null else json_unquote(");
  writeExtract(node, out);
  out.add(") end");
  if (cast !== undefined) out.add(` as ${cast})`);
}

/** Taken out of JSON, a value is text; numbers are made numbers again, so that they compare as such. */
function numericCast(type: SqlType): string | undefined {
  return type.kind === "integer" || type.kind === "bigint" || type.kind === "float" || type.kind === "decimal"
    ? castName(type)
    : undefined;
}

function writeExtract(node: JsonPathNode, out: TextBuffer): void {
  out.add("json_extract(");
  out.expression(node.operand);
  out.add(", ");
  out.bindEncoded(jsonPathText(node), (path) => path, node);
  out.add(")");
}

/** @throws {CompileError} always: arrays are no type of these databases */
export function writeArray(): never {
  throw new CompileError("MySQL and MariaDB have no arrays", "Use a json() column.");
}
