// The catalogue's functions as MySQL and MariaDB spell them.
import {
  type CallNode,
  CompileError,
  type ConstantNode,
  type ExpressionNode,
  hex,
  type OrderNode,
  type TextBuffer,
  unreachable,
} from "../../core/dialect/index.ts";
import type { AsJson } from "./expressions.ts";

type Write = (node: CallNode, out: TextBuffer) => void;

/** The functions both have, given how text is made JSON. */
export function functionsWith(asJson: AsJson): Readonly<Record<string, Write>> {
  return {
    // --- text ---
    // Positions before the first are counted, as the standard says; here they would be counted from the end.
    substring: (node, out) => {
      const [text, from, count] = node.arguments as [ExpressionNode, ExpressionNode, ExpressionNode | undefined];
      out.add("substring(");
      out.expression(text);
      out.add(", greatest(");
      out.expression(from);
      out.add(", 1)");
      if (count !== undefined) {
        out.add(", greatest(least(");
        out.expression(from);
        out.add(", 1) + ");
        out.operand(count);
        out.add(" - 1, 0)");
      }
      out.add(")");
    },
    // Of an empty text it is an empty text, even where there is nothing to put in place.
    replace: (node, out) => {
      const open = node.arguments.slice(1).filter(({ kind }) => kind !== "value" && kind !== "constant");
      if (open.length > 0) {
        out.add("case when ");
        open.forEach((operand, i) => {
          if (i > 0) out.add(" or ");
          out.operand(operand);
          out.add(" is null");
        });
        out.add(" then null else ");
      }
      writeCalled("replace", node.arguments, out);
      if (open.length > 0) out.add(" end");
    },
    position: (node, out) => writeCalled("locate", [...node.arguments].reverse(), out),
    regexp_like: (node, out) => {
      out.add("(");
      out.operand(argument(node, 0));
      out.add(" regexp ");
      out.operand(argument(node, 1));
      out.add(")");
    },

    // --- numbers ---
    random: (_node, out) => out.add("rand()"),
    round: writeRound,

    // --- aggregates ---
    avg: writeAverage,
    bool_and: (node, out) => writeAggregate("min", node, out),
    bool_or: (node, out) => writeAggregate("max", node, out),
    string_agg: writeStringAggregate,
    json_agg: (node, out) => writeJsonAggregate(node, asJson, out),

    // --- time: every session is in UTC ---
    now: (_node, out) => out.add("now(6)"),
    current_date: (_node, out) => out.add("current_date()"),
    current_time: (_node, out) => out.add("current_time(6)"),
    extract: writeTimePart,
    date_trunc: writeTruncated,
    date_add: (node, out) => {
      out.add("date_add(");
      out.expression(argument(node, 0));
      out.add(", interval ");
      out.operand(argument(node, 1));
      out.add(` ${constant(node, 2)})`);
    },
    seconds_between: (node, out) => {
      out.add("(timestampdiff(microsecond, ");
      out.expressions(node.arguments);
      out.add(") / 1000000e0)");
    },

    // --- JSON ---
    json_length: (node, out) => {
      out.add("case json_type(");
      out.expression(argument(node, 0));
      out.add(") when 'ARRAY' then json_length(");
      out.expression(argument(node, 0));
      out.add(") end");
    },
    json_type: (node, out) => {
      out.add("elt(field(json_type(");
      out.expression(argument(node, 0));
      out.add(`), ${jsonTypes.map(([name]) => `'${name}'`).join(", ")}), `);
      out.add(`${jsonTypes.map(([, name]) => `'${name}'`).join(", ")})`);
    },
    json_set: (node, out) => {
      const [document, value, ...steps] = node.arguments as [ExpressionNode, ExpressionNode, ...ExpressionNode[]];
      out.add("json_set(");
      out.expression(document);
      out.add(", ");
      bindPath(steps, out);
      out.add(", ");
      asJson(() => out.expression(value), out);
      out.add(")");
    },
    json_remove: (node, out) => {
      const [document, ...steps] = node.arguments as [ExpressionNode, ...ExpressionNode[]];
      out.add("json_remove(");
      out.expression(document);
      out.add(", ");
      bindPath(steps, out);
      out.add(")");
    },

    // --- others ---
    // uuid() is made of the time and the machine; this one is random, of version 4.
    random_uuid: (_node, out) =>
      out.add(
        "lower(concat_ws('-', hex(random_bytes(4)), hex(random_bytes(2)), concat('4', substring(hex(random_bytes(2)), 2)), " +
          "concat(hex(8 | (conv(hex(random_bytes(1)), 16, 10) & 3)), substring(hex(random_bytes(2)), 2)), hex(random_bytes(6))))",
      ),
  };
}

/** What json_type() calls things, and what Athanor does. */
const jsonTypes: readonly (readonly [string, string])[] = [
  ["OBJECT", "object"],
  ["ARRAY", "array"],
  ["STRING", "string"],
  ["BOOLEAN", "boolean"],
  ["NULL", "null"],
  ["INTEGER", "number"],
  ["UNSIGNED INTEGER", "number"],
  ["DOUBLE", "number"],
  ["DECIMAL", "number"],
];

function argument(node: CallNode, index: number): ExpressionNode {
  return node.arguments[index] as ExpressionNode;
}

function constant(node: CallNode, index: number): string {
  return String((argument(node, index) as ConstantNode).value);
}

function writeCalled(name: string, args: readonly ExpressionNode[], out: TextBuffer): void {
  out.add(`${name}(`);
  out.expressions(args);
  out.add(")");
}

function writeAggregate(name: string, node: CallNode, out: TextBuffer): void {
  out.add(node.distinct ? `${name}(distinct ` : `${name}(`);
  out.expressions(node.arguments);
  out.add(")");
}

/** Doubles are rounded to the even neighbour here; half away from zero is what the catalogue promises. */
function writeRound(node: CallNode, out: TextBuffer): void {
  const of = argument(node, 0);
  if (of.type.kind !== "float") return writeCalled("round", node.arguments, out);
  const digits = node.arguments[1];
  const scale = (): void => {
    if (digits === undefined) return;
    out.add(" * power(10e0, ");
    out.expression(digits);
    out.add(")");
  };
  out.add("(sign(");
  out.expression(of);
  out.add(") * floor(abs(");
  out.expression(of);
  out.add(")");
  scale();
  out.add(" + 0.5e0)");
  if (digits !== undefined) {
    out.add(" / power(10e0, ");
    out.expression(digits);
    out.add(")");
  }
  out.add(")");
}

/** The mean of integers is a decimal of four digits here, where a double is promised. */
function writeAverage(node: CallNode, out: TextBuffer): void {
  const of = argument(node, 0);
  if (node.type.kind !== "float" || of.type.kind === "float") return writeAggregate("avg", node, out);
  out.add(node.distinct ? "avg(distinct cast(" : "avg(cast(");
  out.expression(of);
  out.add(" as double))");
}

/** GROUP_CONCAT takes its separator as a literal only: as hexadecimal digits it can end nothing. */
function writeStringAggregate(node: CallNode, out: TextBuffer): void {
  const separator = argument(node, 1);
  if (separator.kind !== "value" || typeof separator.value !== "string") {
    throw new CompileError("the separator of stringAgg() must be a value on MySQL and MariaDB");
  }
  out.add(node.distinct ? "group_concat(distinct " : "group_concat(");
  out.expression(argument(node, 0));
  writeOrderInside(node.orderBy, out);
  out.add(` separator ${separator.value === "" ? "''" : `x'${hex(new TextEncoder().encode(separator.value))}'`})`);
}

function writeOrderInside(orderBy: readonly OrderNode[] | undefined, out: TextBuffer): void {
  if (orderBy === undefined || orderBy.length === 0) return;
  out.add(" order by ");
  out.write.order(orderBy, out);
}

/**
 * The rows as a JSON array. JSON_ARRAYAGG knows no order on MySQL and leaves nothing out; GROUP_CONCAT can do both. A text
 * that grew too long for the server is null, never an empty array.
 */
function writeJsonAggregate(node: CallNode, asJson: AsJson, out: TextBuffer): void {
  const row = argument(node, 0);
  const { filter, orderBy = [] } = node;
  if (filter === undefined && orderBy.length === 0 && !node.distinct) {
    out.add("coalesce(json_arrayagg(");
    out.expression(row);
    return out.add("), json_array())");
  }
  const only = (write: () => void): void => {
    if (filter === undefined) return write();
    out.add("case when ");
    out.expression(filter);
    out.add(" then ");
    write();
    out.add(" end");
  };
  out.add("case when count(");
  only(() => out.add(filter === undefined ? "*" : "1"));
  out.add(") = 0 then json_array() else ");
  asJson(() => {
    out.add(node.distinct ? "concat('[', group_concat(distinct " : "concat('[', group_concat(");
    only(() => out.expression(row));
    writeOrderInside(orderBy, out);
    out.add(" separator ','), ']')");
  }, out);
  out.add(" end");
}

/** A part of a point in time, as a whole number. */
function writeTimePart(node: CallNode, out: TextBuffer): void {
  const of = argument(node, 1);
  const unit = constant(node, 0);
  switch (unit) {
    case "week":
      out.add("week(");
      out.expression(of);
      return out.add(", 3)");
    case "dayOfWeek":
      // From 0 for Sunday.
      out.add("(dayofweek(");
      out.expression(of);
      return out.add(") - 1)");
    case "dayOfYear":
      return writeCalled("dayofyear", [of], out);
    case "epoch":
      out.add("floor(timestampdiff(microsecond, '1970-01-01', ");
      out.expression(of);
      return out.add(") / 1000000)");
    default:
      out.add(`extract(${unit} from `);
      out.expression(of);
      out.add(")");
  }
}

/** The start of the unit that a point in time lies in. */
function writeTruncated(node: CallNode, out: TextBuffer): void {
  const of = argument(node, 1);
  const unit = constant(node, 0);
  const formatted = (format: string): void => {
    out.add("cast(date_format(");
    out.expression(of);
    out.add(`, '${format}') as datetime(6))`);
  };
  switch (unit) {
    case "year":
      return formatted("%Y-01-01");
    case "quarter":
      out.add("cast(makedate(year(");
      out.expression(of);
      out.add("), 1) + interval (quarter(");
      out.expression(of);
      return out.add(") - 1) quarter as datetime(6))");
    case "month":
      return formatted("%Y-%m-01");
    case "week":
      out.add("cast(date(");
      out.expression(of);
      out.add(") - interval weekday(");
      out.expression(of);
      return out.add(") day as datetime(6))");
    case "day":
      return formatted("%Y-%m-%d");
    case "hour":
      return formatted("%Y-%m-%d %H:00:00");
    case "minute":
      return formatted("%Y-%m-%d %H:%i:00");
    case "second":
      return formatted("%Y-%m-%d %H:%i:%s");
    default:
      return unreachable(unit as never);
  }
}

function bindPath(steps: readonly ExpressionNode[], out: TextBuffer): void {
  let path = "$";
  for (const step of steps) {
    const { value } = step as ConstantNode;
    path += typeof value === "number" ? `[${value}]` : `.${JSON.stringify(value)}`;
  }
  out.bindEncoded(path, (text) => text);
}
