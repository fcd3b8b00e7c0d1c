// The catalogue's functions as MySQL and MariaDB spell them.
import {
  argumentOf,
  type CallNode,
  type CallWriter,
  CompileError,
  type ConstantNode,
  type ExpressionNode,
  hex,
  pattern,
  type TextBuffer,
  unitOf,
  unreachable,
  writeAround,
  writeOrderInside,
} from "../../core/dialect/index.ts";
import { writeByText } from "./build-json.ts";
import type { AsJson } from "./expressions.ts";

/** The functions both have, given how text is made JSON. */
export function functionsWith(asJson: AsJson): Readonly<Record<string, CallWriter>> {
  return {
    // --- text ---
    // Positions before the first are counted, as the standard says; here they would be counted from the end.
    substring: (node, out) => {
      const [text, from, count] = node.arguments as [ExpressionNode, ExpressionNode, ExpressionNode | undefined];
      writeAround("substring(", text, ", greatest(", out);
      out.expression(from);
      out.add(", 1)");
      if (count !== undefined) {
        writeAround(", greatest(least(", from, ", 1) + ", out);
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
    regexp_like: pattern("(", 0, " regexp ", 1, ")"),

    // --- numbers ---
    random: pattern("rand()"),
    round: writeRound,

    // --- aggregates ---
    avg: writeAverage,
    bool_and: (node, out) => writeAggregate("min", node, out),
    bool_or: (node, out) => writeAggregate("max", node, out),
    string_agg: writeStringAggregate,
    json_agg: (node, out) => writeJsonAggregate(node, asJson, out),

    // --- time: every session is in UTC ---
    now: pattern("now(6)"),
    current_date: pattern("current_date()"),
    current_time: pattern("current_time(6)"),
    extract: writeTimePart,
    date_trunc: writeTruncated,
    date_add: (node, out) => {
      writeAround("date_add(", argumentOf(node, 0), ", interval ", out);
      out.operand(argumentOf(node, 1));
      out.add(` ${unitOf(node, 2)})`);
    },
    seconds_between: (node, out) => {
      out.add("(timestampdiff(microsecond, ");
      out.expressions(node.arguments);
      out.add(") / 1000000e0)");
    },

    // --- JSON ---
    json_length: (node, out) => {
      writeAround("case json_type(", argumentOf(node, 0), ") when 'ARRAY' then json_length(", out);
      out.expression(argumentOf(node, 0));
      out.add(") end");
    },
    json_type: (node, out) => {
      out.add("elt(field(json_type(");
      out.expression(argumentOf(node, 0));
      out.add(`), ${jsonTypes.map(([name]) => `'${name}'`).join(", ")}), `);
      out.add(`${jsonTypes.map(([, name]) => `'${name}'`).join(", ")})`);
    },
    json_set: (node, out) => {
      const [document, value, ...steps] = node.arguments as [ExpressionNode, ExpressionNode, ...ExpressionNode[]];
      writeAround("json_set(", document, ", ", out);
      bindPath(steps, out);
      out.add(", ");
      asJson(() => out.expression(value), out);
      out.add(")");
    },
    json_remove: (node, out) => {
      const [document, ...steps] = node.arguments as [ExpressionNode, ...ExpressionNode[]];
      writeAround("json_remove(", document, ", ", out);
      bindPath(steps, out);
      out.add(")");
    },

    // --- others ---
    // uuid() is made of the time and the machine; this one is random, of version 4.
    random_uuid: pattern(
      "lower(concat_ws('-', hex(random_bytes(4)), hex(random_bytes(2)), concat('4', substring(hex(random_bytes(2)), 2)), ",
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
  const of = argumentOf(node, 0);
  if (of.type.kind !== "float") return writeCalled("round", node.arguments, out);
  const digits = node.arguments[1];
  const scale = (): void => {
    if (digits === undefined) return;
    writeAround(" * power(10e0, ", digits, ")", out);
  };
  writeAround("(sign(", of, ") * floor(abs(", out);
  out.expression(of);
  out.add(")");
  scale();
  out.add(" + 0.5e0)");
  if (digits !== undefined) {
    writeAround(" / power(10e0, ", digits, ")", out);
  }
  out.add(")");
}

/** The mean of integers is a decimal of four digits here, where a double is promised. */
function writeAverage(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 0);
  if (node.type.kind !== "float" || of.type.kind === "float") return writeAggregate("avg", node, out);
  out.add(node.distinct ? "avg(distinct cast(" : "avg(cast(");
  out.expression(of);
  out.add(" as double))");
}

/** GROUP_CONCAT takes its separator as a literal only: as hexadecimal digits it can end nothing. */
function writeStringAggregate(node: CallNode, out: TextBuffer): void {
  const separator = argumentOf(node, 1);
  if (separator.kind !== "value" || typeof separator.value !== "string") {
    throw new CompileError("the separator of stringAgg() must be a value on MySQL and MariaDB", "Give it as text.");
  }
  out.add(node.distinct ? "group_concat(distinct " : "group_concat(");
  out.expression(argumentOf(node, 0));
  writeOrderInside(node, out);
  out.add(` separator ${separator.value === "" ? "''" : `x'${hex(new TextEncoder().encode(separator.value))}'`})`);
}

/**
 * The rows as a JSON array. JSON_ARRAYAGG knows no order on MySQL and leaves nothing out; GROUP_CONCAT can do both. A text
 * that grew too long for the server is null, never an empty array.
 */
function writeJsonAggregate(node: CallNode, asJson: AsJson, out: TextBuffer): void {
  const row = argumentOf(node, 0);
  const { filter, orderBy = [] } = node;
  if (filter === undefined && orderBy.length === 0 && !node.distinct) {
    return writeAround("coalesce(json_arrayagg(", row, "), json_array())", out);
  }
  const only = (write: () => void): void => {
    if (filter === undefined) return write();
    writeAround("case when ", filter, " then ", out);
    write();
    out.add(" end");
  };
  out.add("case when count(");
  only(() => out.add(filter === undefined ? "*" : "1"));
  out.add(") = 0 then json_array() else ");
  const writeRows = (): void => {
    if (node.distinct) out.add("distinct ");
    only(() => out.expression(row));
    writeOrderInside(node, out);
  };
  writeByText(writeRows, asJson, out);
  out.add(" end");
}

/** A part of a point in time, as a whole number. */
function writeTimePart(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 1);
  const unit = unitOf(node, 0);
  switch (unit) {
    case "week":
      return writeAround("week(", of, ", 3)", out);
    case "dayOfWeek":
      // From 0 for Sunday.
      return writeAround("(dayofweek(", of, ") - 1)", out);
    case "dayOfYear":
      return writeCalled("dayofyear", [of], out);
    case "epoch":
      return writeAround("floor(timestampdiff(microsecond, '1970-01-01', ", of, ") / 1000000)", out);
    default:
      writeAround(`extract(${unit} from `, of, ")", out);
  }
}

/** The start of the unit that a point in time lies in. */
function writeTruncated(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 1);
  const unit = unitOf(node, 0);
  const formatted = (format: string): void => {
    writeAround("cast(date_format(", of, `, '${format}') as datetime(6))`, out);
  };
  switch (unit) {
    case "year":
      return formatted("%Y-01-01");
    case "quarter":
      writeAround("cast(makedate(year(", of, "), 1) + interval (quarter(", out);
      out.expression(of);
      return out.add(") - 1) quarter as datetime(6))");
    case "month":
      return formatted("%Y-%m-01");
    case "week":
      writeAround("cast(date(", of, ") - interval weekday(", out);
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
