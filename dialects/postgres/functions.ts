// The catalogue's functions that PostgreSQL calls otherwise, or has not. Sessions are in UTC, so its functions of time are
// too.
import {
  argumentOf,
  type CallNode,
  type CallWriter,
  type Dialect,
  type ExpressionNode,
  integerType,
  pattern,
  type SqlType,
  type TextBuffer,
  unitOf,
  writeAround,
  writeOrderInside,
} from "../../core/dialect/index.ts";
import { arrayText } from "./array-text.ts";

export const functions: Dialect["functions"] = {
  position: pattern("strpos(", 0, ", ", 1, ")"),
  substring: withWholeNumbers("substring", 1),
  left: withWholeNumbers("left", 1),
  right: withWholeNumbers("right", 1),
  regexp_like: pattern("(", 0, " ~ ", 1, ")"),
  regexp_replace: pattern("regexp_replace(", 0, ", ", 1, ", ", 2, ", 'g')"),

  round: writeRound,
  ceil: unlessWhole("ceil"),
  floor: unlessWhole("floor"),
  greatest: nullIfOneIs("greatest"),
  least: nullIfOneIs("least"),

  current_date: pattern("current_date"),
  current_time: pattern("localtime"),
  date: pattern("cast(", 0, " as date)"),
  extract: writeExtract,
  date_add: writeDateAdd,
  seconds_between: pattern("cast(extract(epoch from (", 1, " - ", 0, ")) as double precision)"),

  json_length: pattern(
    ...["case when jsonb_typeof(cast(", 0, " as jsonb)) = 'array' then jsonb_array_length(cast(", 0, " as jsonb)) end"],
  ),
  json_type: pattern("jsonb_typeof(cast(", 0, " as jsonb))"),
  json_set: writeJsonSet,
  json_remove(node, out) {
    const [document, ...steps] = node.arguments as [ExpressionNode, ...ExpressionNode[]];
    writeAround("(cast(", document, " as jsonb) #- ", out);
    writePath(steps, out);
    out.add(")");
  },
  random_uuid: pattern("gen_random_uuid()"),

  min: extreme("min", "bool_and"),
  max: extreme("max", "bool_or"),
  json_agg: writeJsonAgg,
  lag: withWholeNumbers("lag", 1, 1),
  lead: withWholeNumbers("lead", 1, 1),
  ntile: withWholeNumbers("ntile", 0),
  nth_value: withWholeNumbers("nth_value", 1),
};

/**
 * There is no extreme of booleans and uuids here, nor of bytes before PostgreSQL 18, but of what sorts as they do.
 * `aroundCalls` makes of it what it was.
 */
function extreme(name: "min" | "max", ofBooleans: string): CallWriter {
  return (node, out) => {
    switch (comparedAs(node)) {
      case "boolean":
        return writeAggregate(ofBooleans, node, "", "", out);
      case "uuid":
        return writeAggregate(name, node, "cast(", " as text)", out);
      case "bytes":
        return writeAggregate(name, node, "encode(", `, 'hex') collate "C"`, out);
      default:
        return writeAggregate(name, node, "", "", out);
    }
  };
}

function comparedAs(node: CallNode): SqlType["kind"] {
  const { type } = argumentOf(node, 0);
  return type.kind === "custom" ? type.base.kind : type.kind;
}

function writeAggregate(name: string, node: CallNode, before: string, after: string, out: TextBuffer): void {
  out.add(`${name}(`);
  if (node.distinct === true) out.add("distinct ");
  out.add(before);
  out.expression(argumentOf(node, 0));
  out.add(`${after})`);
}

export const aroundCalls: NonNullable<Dialect["aroundCalls"]> = {
  // PostgreSQL's aggregate of no rows is null, where the catalogue's is an empty array.
  json_agg: () => ["coalesce(", ", '[]')"],
  min: aroundExtreme,
  max: aroundExtreme,
};

function aroundExtreme(node: CallNode): readonly [before: string, after: string] | undefined {
  switch (comparedAs(node)) {
    case "uuid":
      return ["cast(", " as uuid)"];
    case "bytes":
      return ["decode(", ", 'hex')"];
    default:
      return undefined;
  }
}

/** A function whose arguments from a number on, as many as given, are `integer`: a `bigint` would find no such function. */
function withWholeNumbers(name: string, from: number, count: number = Number.POSITIVE_INFINITY): CallWriter {
  return (node, out) => {
    out.add(`${name}(`);
    node.arguments.forEach((of, i) => {
      if (i > 0) out.add(", ");
      if (i >= from && i < from + count) writeWholeNumber(of, out);
      else out.expression(of);
    });
    out.add(")");
  };
}

function writeWholeNumber(of: ExpressionNode, out: TextBuffer): void {
  if (of.kind === "value") out.bind(of.value, integerType, of);
  else writeAround("cast(", of, " as integer)", out);
}

// Doubles would be rounded to even halves, and not to digits at all.
function writeRound(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 0);
  const digits = node.arguments[1];
  if (digits === undefined && isWhole(of)) return out.operand(of);
  const isFloat = of.type.kind === "float";
  out.add(isFloat ? "cast(round(cast(" : "round(cast(");
  out.expression(of);
  out.add(" as numeric)");
  if (digits !== undefined) {
    out.add(", ");
    writeWholeNumber(digits, out);
  }
  out.add(isFloat ? ") as double precision)" : ")");
}

// ceil and floor of whole numbers would make doubles of them, which hold no 64 bits.
function unlessWhole(name: string): CallWriter {
  return (node, out) => {
    const of = argumentOf(node, 0);
    if (isWhole(of)) out.operand(of);
    else writeAround(`${name}(`, of, ")", out);
  };
}

function isWhole({ type }: ExpressionNode): boolean {
  return type.kind === "integer" || type.kind === "bigint";
}

/** PostgreSQL's own leave nulls out. */
function nullIfOneIs(name: string): CallWriter {
  return (node, out) => {
    const values = node.arguments;
    out.add("case when ");
    values.forEach((value, i) => {
      if (i > 0) out.add(" and ");
      out.operand(value);
      out.add(" is not null");
    });
    out.add(` then ${name}(`);
    out.expressions(values);
    out.add(") end");
  };
}

const parts: Readonly<Record<string, string>> = { dayOfWeek: "dow", dayOfYear: "doy" };

function writeExtract(node: CallNode, out: TextBuffer): void {
  const unit = unitOf(node, 0);
  writeAround(`cast(floor(extract(${parts[unit] ?? unit} from `, argumentOf(node, 1), ")) as bigint)", out);
}

const spans: Readonly<Record<string, string>> = { quarter: "3 months", week: "7 days" };

function writeDateAdd(node: CallNode, out: TextBuffer): void {
  const unit = unitOf(node, 2);
  out.add("(");
  out.operand(argumentOf(node, 0));
  out.add(" + ");
  out.operand(argumentOf(node, 1));
  out.add(` * interval '${spans[unit] ?? `1 ${unit}`}')`);
}

function writeJsonSet(node: CallNode, out: TextBuffer): void {
  const [document, value, ...steps] = node.arguments as [ExpressionNode, ExpressionNode, ...ExpressionNode[]];
  writeAround("jsonb_set(cast(", document, " as jsonb), ", out);
  writePath(steps, out);
  out.add(", ");
  // A bound null is none of JSON's, and the whole document would be null with it.
  if (value.kind === "value" && value.value === null) out.add("'null'");
  else out.expression(value);
  out.add(")");
}

function writePath(steps: readonly ExpressionNode[], out: TextBuffer): void {
  const path = steps.map((step) => (step.kind === "constant" ? String(step.value) : ""));
  out.bindEncoded(arrayText(path), (text) => text);
  out.add("::text[]");
}

function writeJsonAgg(node: CallNode, out: TextBuffer): void {
  const of = argumentOf(node, 0);
  out.add(node.distinct === true ? "jsonb_agg(distinct " : "jsonb_agg(");
  out.dialect.jsonCodec(of.type).write(() => out.expression(of), out);
  writeOrderInside(node, out);
  out.add(")");
}
