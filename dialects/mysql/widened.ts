// What queries must say of their columns' widths before others are joined to them.
//
// A recursive CTE's columns are as wide as what its first query gives: a text that grows, or a number that becomes larger,
// is then "too long" for its column. https://dev.mysql.com/doc/refman/8.4/en/with.html#common-table-expressions-recursive
import type {
  ExpressionNode,
  QueryNode,
  SelectionNode,
  SqlType,
  TextBuffer,
  WrittenNode,
} from "../../core/dialect/index.ts";

//
// MariaDB (10.11.19) takes the width of a placeholder in UNION from an earlier value: a longer text is cut off modulo 64 KB,
// or written past the end of a buffer, which ends the server. What a function gives has the width of what it is given.
/** The query with the columns it selects cast to the widest of their kind. */
export function widened(query: QueryNode): QueryNode {
  if (query.kind === "compound") return { ...query, left: widened(query.left), right: widened(query.right) };
  return query.kind === "select" ? { ...query, selection: mapped(query.selection, cast) } : query;
}

/** The query with every bound text that it selects handed through a function. */
export function measured(query: QueryNode): QueryNode {
  return query.kind === "select" ? { ...query, selection: mapped(query.selection, measuredValue) } : query;
}

/** A bound text handed through a function; anything else as it is. */
export function measuredValue(node: ExpressionNode): ExpressionNode {
  if ((node.kind !== "value" && node.kind !== "param") || isNumber(node.type)) return node;
  const write = (_operands: unknown, out: TextBuffer): void => {
    out.add("concat(");
    out.expression(node);
    out.add(", '')");
  };
  return { kind: "written", operands: [node], type: node.type, write: write as WrittenNode["write"] };
}

function isNumber({ kind }: SqlType): boolean {
  return kind === "integer" || kind === "bigint" || kind === "float" || kind === "decimal" || kind === "boolean";
}

function mapped(selection: SelectionNode, map: (node: ExpressionNode) => ExpressionNode): SelectionNode {
  return {
    ...selection,
    fields: selection.fields.map(({ key, value }) => {
      if (value.kind === "object") return { key, value: mapped(value, map) };
      return { key, value: value.kind === "rowOf" ? value : map(value) };
    }),
  };
}

function cast(operand: ExpressionNode): ExpressionNode {
  const type = widest(operand.type);
  return type === undefined ? operand : { kind: "cast", operand, type };
}

function widest(type: SqlType): SqlType | undefined {
  switch (type.kind) {
    // A text of this length is a LONGTEXT.
    case "text":
    case "varchar":
    case "char":
      return { kind: "varchar", length: 1_000_000 };
    case "integer":
      return { kind: "integer", size: 8 };
    case "decimal":
      return type.scale === undefined ? { kind: "decimal", as: type.as } : undefined;
    default:
      return undefined;
  }
}
