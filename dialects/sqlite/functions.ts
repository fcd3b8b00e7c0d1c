// The catalogue's functions that SQLite calls otherwise, or has not. Points in time are text in UTC whose parts stand at
// fixed places, so they are cut out: SQLite's date functions would round to milliseconds.
import {
  argumentOf,
  type CallNode,
  type CallWriter,
  CompileError,
  type Dialect,
  type ExpressionNode,
  jsonPathText,
  pattern,
  type TextBuffer,
  unitOf,
  writeAround,
  writeOrderInside,
} from "../../core/dialect/index.ts";
import { isTextDecimal } from "./decimals.ts";

export const functions: Dialect["functions"] = {
  char_length: named("length"),
  substring: writeSubstring,
  position: named("instr"),
  left: pattern("substr(", 0, ", 1, ", 1, ")"),
  // A count of 0 must give nothing, so it stands there as a length too.
  right: pattern("substr(", 0, ", -", 1, ", ", 1, ")"),
  regexp_like: pattern("regexp(", 1, ", ", 0, ")"),

  abs: unlessDecimal(named("abs"), pattern("decimal_abs(", 0, ")")),
  sign: unlessDecimal(named("sign"), pattern("decimal_cmp(", 0, ", 0)")),
  ceil: unlessDecimal(named("ceil"), pattern("decimal_ceil(", 0, ")")),
  floor: unlessDecimal(named("floor"), pattern("decimal_floor(", 0, ")")),
  round: writeRound,
  random: pattern("((random() & 9007199254740991) / 9007199254740992.0)"),
  greatest: writeExtreme("max", "decimal_greater"),
  least: writeExtreme("min", "decimal_less"),

  sum: aggregate((of) => (of?.type.kind === "decimal" ? "decimal_sum" : "sum")),
  avg: aggregate((of) => (of?.type.kind === "decimal" ? "decimal_avg" : "avg")),
  min: aggregate((of) => (of !== undefined && isTextDecimal(of) ? "decimal_min" : "min")),
  max: aggregate((of) => (of !== undefined && isTextDecimal(of) ? "decimal_max" : "max")),
  bool_and: aggregate(() => "min"),
  bool_or: aggregate(() => "max"),
  string_agg: writeStringAgg,
  json_agg: writeJsonAgg,
  array_agg: writeJsonAgg,

  now: pattern("rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')"),
  current_date: pattern("date('now')"),
  current_time: pattern("time('now')"),
  date: pattern("substr(", 0, ", 1, 10)"),
  extract: writeExtract,
  date_trunc: writeDateTrunc,
  date_add: writeDateAdd,
  seconds_between: pattern(
    ...["(unixepoch(substr(", 1, ", 1, 19)) - unixepoch(substr(", 0, ", 1, 19))"],
    ...[" + cast('0' || substr(", 1, ", 20) as real) - cast('0' || substr(", 0, ", 20) as real))"],
  ),

  json_length: pattern("case when json_type(", 0, ") = 'array' then json_array_length(", 0, ") end"),
  json_type: pattern(
    ...["case json_type(", 0, ") when 'text' then 'string' when 'integer' then 'number' when 'real' then 'number'"],
    " when 'true' then 'boolean' when 'false' then 'boolean' when 'object' then 'object' when 'array' then 'array'",
    " when 'null' then 'null' end",
  ),
  json_set(node, out) {
    const [document, value, ...steps] = node.arguments as [ExpressionNode, ExpressionNode, ...ExpressionNode[]];
    out.add("json_set(");
    out.expression(document);
    out.add(", ");
    writePath(steps, out);
    out.add(", json(");
    out.expression(value);
    out.add("))");
  },
  json_remove(node, out) {
    const [document, ...steps] = node.arguments as [ExpressionNode, ...ExpressionNode[]];
    out.add("json_remove(");
    out.expression(document);
    out.add(", ");
    writePath(steps, out);
    out.add(")");
  },
  random_uuid: pattern(
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'",
    " || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
  ),
};

function named(name: string): CallWriter {
  return (node, out) => {
    out.add(`${name}(`);
    out.expressions(node.arguments);
    out.add(")");
  };
}

function unlessDecimal(write: CallWriter, writeDecimal: CallWriter): CallWriter {
  return (node, out) => (argumentOf(node, 0).type.kind === "decimal" ? writeDecimal : write)(node, out);
}

/** Positions before the first are counted, as the standard says; here they would be counted from the end. */
function writeSubstring(node: CallNode, out: TextBuffer): void {
  const [, from, count] = node.arguments as [ExpressionNode, ExpressionNode, ExpressionNode | undefined];
  out.add("substr(");
  out.expression(argumentOf(node, 0));
  out.add(", max(");
  out.expression(from);
  out.add(", 1)");
  if (count !== undefined) {
    out.add(", max(min(");
    out.expression(from);
    out.add(", 1) + ");
    out.operand(count);
    out.add(" - 1, 0)");
  }
  out.add(")");
}

function writeRound(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 0);
  const digits = node.arguments[1];
  if (of.type.kind === "decimal") {
    out.add("decimal_round(");
    out.expression(of);
    out.add(", ");
    if (digits === undefined) out.add("0");
    else out.expression(digits);
    out.add(")");
    // Whole numbers would come back as reals.
  } else if (digits === undefined && (of.type.kind === "integer" || of.type.kind === "bigint")) {
    out.operand(of);
  } else if (digits?.kind === "value" && typeof digits.value === "number" && digits.value < 0) {
    // It rounds to no fewer digits than none by itself.
    const tens: ExpressionNode = { kind: "value", value: 10 ** -digits.value, type: { kind: "float", size: 8 } };
    const isWhole = of.type.kind === "integer" || of.type.kind === "bigint";
    if (isWhole) out.add("cast(");
    out.add("(round(");
    out.operand(of);
    out.add(" / ");
    out.operand(tens);
    out.add(") * ");
    out.operand(tens);
    out.add(isWhole ? ") as integer)" : ")");
  } else {
    named("round")(node, out);
  }
}

// With one argument min() and max() are aggregates.
function writeExtreme(name: string, exact: string): CallWriter {
  return (node, out) => {
    const { arguments: values } = node;
    if (values.length === 1) return out.operand(argumentOf(node, 0));
    if (!values.some(isTextDecimal)) return named(name)(node, out);
    out.add(`${exact}(`.repeat(values.length - 1));
    values.forEach((value, i) => {
      out.add(i === 0 ? "" : ", ");
      out.expression(value);
      out.add(i === 0 ? "" : ")");
    });
  };
}

function aggregate(nameOf: (of: ExpressionNode | undefined) => string): CallWriter {
  return (node, out) => {
    out.add(`${nameOf(node.arguments[0])}(${node.distinct === true ? "distinct " : ""}`);
    out.expressions(node.arguments);
    writeOrderInside(node, out);
    out.add(")");
  };
}

/** Without a separator of its own it puts commas, distinct or not, a quarter faster than when it is told to. */
function writeStringAgg(node: CallNode, out: TextBuffer): void {
  const separator = argumentOf(node, 1);
  if (separator.kind !== "value" || separator.value !== ",") {
    if (node.distinct !== true) return aggregate(() => "string_agg")(node, out);
    throw new CompileError(
      "SQLite puts nothing but a comma between distinct texts",
      'Use "," as the separator, or aggregate a subquery that is distinct.',
    );
  }
  out.add(node.distinct === true ? "group_concat(distinct " : "group_concat(");
  out.expression(argumentOf(node, 0));
  writeOrderInside(node, out);
  out.add(")");
}

function writeJsonAgg(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 0);
  out.add(`json_group_array(${node.distinct === true ? "distinct " : ""}`);
  out.dialect.jsonCodec(of.type).write(() => out.expression(of), out);
  writeOrderInside(node, out);
  out.add(")");
}

// Where each part stands in `YYYY-MM-DD HH:MM:SS`.
const places: Readonly<Record<string, readonly [from: number, length: number]>> = {
  year: [1, 4],
  month: [6, 2],
  day: [9, 2],
  hour: [12, 2],
  minute: [15, 2],
  second: [18, 2],
};

const formats: Readonly<Record<string, string>> = { week: "%V", dayOfWeek: "%w", dayOfYear: "%j" };

function writeExtract(node: CallNode, out: TextBuffer): void {
  const unit = unitOf(node, 0);
  const of = argumentOf(node, 1);
  if (unit === "epoch") return writeAround("unixepoch(substr(", of, ", 1, 19))", out);
  if (unit === "quarter") return writeAround("((cast(substr(", of, ", 6, 2) as integer) + 2) / 3)", out);
  const format = formats[unit];
  if (format !== undefined) return writeAround(`cast(strftime('${format}', substr(`, of, ", 1, 10)) as integer)", out);
  const [from, length] = placeOf(unit);
  const start = of.type.kind === "time" ? from - 11 : from;
  writeAround("cast(substr(", of, `, ${start}, ${length}) as integer)`, out);
}

function writeDateTrunc(node: CallNode, out: TextBuffer): void {
  const unit = unitOf(node, 0);
  const of = argumentOf(node, 1);
  switch (unit) {
    case "year":
      return writeAround("(substr(", of, ", 1, 4) || '-01-01 00:00:00')", out);
    case "month":
      return writeAround("(substr(", of, ", 1, 7) || '-01 00:00:00')", out);
    case "day":
      return writeAround("(substr(", of, ", 1, 10) || ' 00:00:00')", out);
    case "week":
      return writeAround("datetime(substr(", of, ", 1, 10), '-6 days', 'weekday 1')", out);
    case "quarter":
      writeAround("(substr(", of, ", 1, 5) || ", out);
      return writeAround("format('%02d-01 00:00:00', (cast(substr(", of, ", 6, 2) as integer) - 1) / 3 * 3 + 1))", out);
    default: {
      const [from, length] = placeOf(unit);
      return writeAround(
        "datetime(substr(",
        of,
        `, 1, ${from + length - 1})${unit === "hour" ? " || ':00'" : ""})`,
        out,
      );
    }
  }
}

// The fraction of the second is set aside, since it does not change and SQLite would round it.
function writeDateAdd(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 0);
  const unit = unitOf(node, 2);
  const [factor, modifier] = modifiers[unit] ?? [1, `${unit}s`];
  writeAround("(datetime(substr(", of, ", 1, 19), (", out);
  out.operand(argumentOf(node, 1));
  out.add(factor === 1 ? `) || ' ${modifier}'` : ` * ${factor}) || ' ${modifier}'`);
  // Without it January 31 and a month would be March 3.
  if (modifier === "months") out.add(", 'floor'");
  writeAround(") || substr(", of, ", 20))", out);
}

const modifiers: Readonly<Record<string, readonly [factor: number, modifier: string]>> = {
  year: [12, "months"],
  quarter: [3, "months"],
  week: [7, "days"],
};

function placeOf(unit: string): readonly [number, number] {
  const place = places[unit];
  if (place === undefined)
    throw new CompileError(`"${unit}" is no part of a point in time`, `Name one of ${Object.keys(places).join(", ")}.`);
  return place;
}

function writePath(steps: readonly ExpressionNode[], out: TextBuffer): void {
  const path = steps.map((step) => (step.kind === "constant" ? (step.value as string | number) : ""));
  out.bindEncoded(jsonPathText({ path }), (text) => text);
}
