// What SQLite has, and what it writes differently.
import {
  type BinaryNode,
  CompileError,
  type DeleteNode,
  type Dialect,
  type ExpressionNode,
  featureSet,
  type InListNode,
  type InsertNode,
  integerType,
  type JsonPathNode,
  jsonPathText,
  type LikeNode,
  type MatchNode,
  type OrderNode,
  type SqlType,
  standard,
  standardLiteral,
  type TableSourceNode,
  type TextBuffer,
  textType,
  writeBinary,
  writeConflict,
  writeInPlaceholders,
  writeInserted,
  writeLimitOr,
  writeMatchPattern,
  writeTarget,
  writeValuesSourceWithCte,
  writeWriteLimit,
} from "../../core/dialect/index.ts";
import { writeCast } from "./cast.ts";
import { isNumeric, isTextDecimal } from "./decimals.ts";
import { define } from "./define.ts";
import { functions } from "./functions.ts";
import { globLiteral, globOfLike } from "./glob.ts";
import { jsonCodec } from "./json.ts";
import { kept } from "./kept.ts";
import { readPlan } from "./plan.ts";
import { codec, typeName } from "./types.ts";

/** What SQLite has of all that some databases have; the types of `sqlite()` say the same. */
export const sqliteFeatures = [
  "FULL JOIN",
  "RIGHT JOIN",
  "INSERT RETURNING",
  "UPDATE RETURNING",
  "DELETE RETURNING",
  "WINDOW GROUPS",
  "AGGREGATE FILTER",
  "AGGREGATE ORDER",
  "ON CONFLICT TARGET",
  "ON CONFLICT WHERE",
  "INSERT IGNORE",
  "UPDATE FROM",
  "DELETE USING",
  "WITH INSERT",
  "WITH UPDATE",
  "MATERIALIZED CTE",
  "REGEXP",
  "STATISTICS",
  "INTERVALS",
  "SMALL NUMBERS",
  "SCHEMAS",
  "COMMENTS",
  "TRANSACTIONAL DDL",
  "DEFERRABLE CONSTRAINTS",
] as const;

export const sqliteDialect: Dialect = {
  ...standard,
  name: "SQLite",
  features: featureSet(...sqliteFeatures),
  // https://sqlite.org/limits.html
  maxParameters: 32_766,
  maxDepth: 1_000,
  // The stack of its parser holds 2,500; some of it is taken by what stands around an expression.
  maxPending: 2_450,
  bulk: { insertRows: 50, updatesOneByOne: true, keysFollow: true, errorsEndTransaction: false, gathersKeys: true },
  // SQLite itself has no limit.
  maxName: { length: 1_000, unit: "characters" },

  typeName,
  castName: typeName,
  codec,
  jsonCodec,
  literal: writeLiteral,

  writeBinary: writeOperation,
  writeBetween(node, out) {
    if (!isTextDecimal(node.operand) && !isTextDecimal(node.low) && !isTextDecimal(node.high)) {
      return standard.writeBetween(node, out);
    }
    writeKey(node.operand, out);
    out.add(node.negated ? " not between " : " between ");
    writeKey(node.low, out);
    out.add(" and ");
    writeKey(node.high, out);
  },
  writeInList,
  writeLike,
  writeMatch,
  writeCast,
  writeOrder,
  writeJsonPath,
  functions,

  // OFFSET needs a LIMIT before it; -1 means no limit. https://sqlite.org/lang_select.html#limitoffset
  writeLimit: writeLimitOr("-1"),
  writeValuesSource: writeValuesSourceWithCte,
  writeInsert,
  writeDelete,
  define,
  kept,

  // A transaction that reads first and writes later would fail if another one wrote in between; it takes the lock at once.
  begin: ({ readOnly }) => (readOnly === true ? ["begin", "pragma query_only = on"] : ["begin immediate"]),
  explain: (text) => `explain query plan ${text}`,
  readPlan,
};

function writeLiteral(value: unknown): string {
  if (value === Number.POSITIVE_INFINITY) return "9e999";
  return value === Number.NEGATIVE_INFINITY ? "-9e999" : standardLiteral(value);
}

const exactOperations: Readonly<Record<string, string>> = {
  "+": "decimal_add",
  "-": "decimal_sub",
  "*": "decimal_mul",
  "/": "decimal_div",
  "%": "decimal_mod",
};

const comparisons = new Set(["=", "<>", "<", "<=", ">", ">="]);

function writeOperation(node: BinaryNode, out: TextBuffer): void {
  const { operator, left, right } = node;
  if (node.type.kind === "decimal") {
    const exact = exactOperations[operator];
    if (exact !== undefined) return writePair(exact, node, out);
  }
  // SQLite's % takes whole numbers only.
  if (operator === "%" && node.type.kind === "float") return writePair("mod", node, out);
  if ((isTextDecimal(left) || isTextDecimal(right)) && !areEqualTexts(node)) {
    if (comparisons.has(operator)) {
      writePair("decimal_cmp", node, out);
      return out.add(` ${operator} 0`);
    }
    if (operator.startsWith("is")) {
      writeKey(left, out);
      out.add(` ${operator} `);
      return writeKey(right, out);
    }
  }
  writeBinary(node, out);
}

/** Whether equality is that of the texts: both are kept in their shortest form, and no index would be of use otherwise. */
function areEqualTexts({ operator, left, right }: BinaryNode): boolean {
  if (operator.startsWith("<") ? operator !== "<>" : operator.startsWith(">")) return false;
  return [left, right].every((side) => isTextDecimal(side) && isKept(side));
}

function isKept(node: ExpressionNode): boolean {
  return node.kind === "column" || node.kind === "value" || node.kind === "param" || node.kind === "excluded";
}

function writePair(name: string, node: BinaryNode, out: TextBuffer): void {
  out.add(`${name}(`);
  out.expression(node.left);
  out.add(", ");
  out.expression(node.right);
  out.add(")");
}

/** A decimal as a text that sorts as decimals do. */
function writeKey(node: ExpressionNode, out: TextBuffer): void {
  out.add("decimal_key(");
  out.expression(node);
  out.add(")");
}

// One value whatever the number of members, so that the text stays the same.
function writeInList(node: InListNode, out: TextBuffer): void {
  const member = memberOf(node.operand.type);
  if (member === undefined) return writeInPlaceholders(node, out);
  out.operand(node.operand);
  out.add(node.negated ? " not in (select value from json_each(" : " in (select value from json_each(");
  const { encode } = codec(node.operand.type);
  out.bindEncoded(
    node.values,
    (values) => `[${(values as readonly unknown[]).map((value) => member(encode(value))).join(",")}]`,
    { kind: "value", value: node.values, type: node.operand.type, of: node.operand },
  );
  out.add("))");
}

/** How an encoded value is written in JSON; `undefined` if JSON would alter it. */
function memberOf(type: SqlType): ((encoded: unknown) => string) | undefined {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "boolean":
      return String;
    case "decimal":
      return isNumeric(type) ? String : quoted;
    case "custom":
      return memberOf(type.base);
    case "bytes":
    case "float":
    case "array":
      return undefined;
    default:
      return quoted;
  }
}

function quoted(encoded: unknown): string {
  return JSON.stringify(encoded);
}

function writeLike(node: LikeNode, out: TextBuffer): void {
  out.operand(node.operand);
  if (node.insensitive) {
    out.add(node.negated ? " not like " : " like ");
    out.operand(node.pattern);
    return out.add(" escape '!'");
  }
  out.add(node.negated ? " not glob " : " glob ");
  const { pattern } = node;
  const { encode } = codec(textType);
  const encodeGlob = (value: unknown): string => globOfLike(encode(value) as string);
  if (pattern.kind === "value") return out.bindAs(pattern.value, pattern.type, encodeGlob, pattern);
  if (pattern.kind === "param") return out.paramAs(pattern, encodeGlob);
  out.add("like_to_glob(");
  out.expression(pattern);
  out.add(")");
}

function writeMatch(node: MatchNode, out: TextBuffer): void {
  const { text, part } = node;
  if (node.insensitive) {
    out.operand(node.operand);
    out.add(" like ");
    writeMatchPattern(node, out);
    return out.add(" escape '!'");
  }
  const before = part === "starts" ? "" : "*";
  const after = part === "ends" ? "" : "*";
  const { encode } = codec(textType);
  const encodeGlob = (value: unknown): string => before + globLiteral(encode(value) as string) + after;
  out.operand(node.operand);
  out.add(" glob ");
  if (text.kind === "value") return out.bindAs(text.value, text.type, encodeGlob, text);
  if (text.kind === "param") return out.paramAs(text, encodeGlob);
  out.add(`('${before}' || replace(replace(replace(`);
  out.expression(text);
  out.add(`, '[', '[[]'), '*', '[*]'), '?', '[?]') || '${after}')`);
}

function writeOrder(node: OrderNode, out: TextBuffer): void {
  if (!isTextDecimal(node.operand)) return standard.writeOrder(node, out);
  writeKey(node.operand, out);
  out.add(node.direction === "asc" ? " asc" : " desc");
  if (node.nulls !== undefined) out.add(` nulls ${node.nulls}`);
}

function writeJsonPath(node: JsonPathNode, out: TextBuffer): void {
  const isText = node.as === "value" && (node.type.kind === "text" || node.type.kind === "varchar");
  if (isText) out.add("cast(");
  out.operand(node.operand);
  out.add(node.as === "json" || node.type.kind === "json" ? " -> " : " ->> ");
  out.bindEncoded(jsonPathText(node), (path) => path, node);
  if (isText) out.add(" as text)");
}

function writeInsert(node: InsertNode, out: TextBuffer): void {
  out.add(verbs[node.verb]);
  writeTarget(node.target, out);
  const { rows, conflict } = node;
  // Behind a SELECT the parser would take ON CONFLICT for a join's ON. https://sqlite.org/lang_upsert.html#parsing_ambiguity
  const ambiguous = conflict !== undefined && typeof rows === "object" && "kind" in rows;
  writeInserted(ambiguous ? { ...node, rows: withWhere(rows) } : node, out, writeDefault);
  if (conflict !== undefined) writeConflict(conflict, node.target, out);
}

const verbs = { insert: "insert into ", "insert ignore": "insert or ignore into ", replace: "replace into " } as const;

type Query = Extract<InsertNode["rows"], { readonly kind: string }>;

function withWhere(query: Query): Query {
  if (query.kind !== "select" || query.from === undefined || query.where.length > 0 || query.groupBy.length > 0) {
    return query;
  }
  return { ...query, where: [{ kind: "constant", value: 1, type: integerType }] };
}

// SQLite has no DEFAULT among values. Null makes it number a key, which is all that a row can leave to it beside others.
function writeDefault(target: TableSourceNode, column: string, out: TextBuffer): void {
  if (target.key.length === 1 && target.key[0] === column) return out.add("null");
  throw new CompileError(
    `SQLite cannot use the default of "${column}" in one row of "${target.table}" and a value in another`,
    "Give the column in every row or in none, or insert the rows in two statements.",
  );
}

/** A delete that reads other sources, as one whose condition looks for them. */
function writeDelete(node: DeleteNode, out: TextBuffer): void {
  out.add("delete from ");
  writeTarget(node.target, out);
  const { using, joins, where = [] } = node;
  if (using === undefined && joins.length === 0) {
    if (where.length > 0) {
      out.add(" where ");
      out.write.conditions(where, out);
    }
  } else {
    const [first, ...others] = joins;
    const from = using ?? first?.source;
    const on = using === undefined && first?.on !== undefined ? [first.on] : [];
    out.add(" where exists (select 1 from ");
    if (from !== undefined) out.write.source(from, out);
    out.write.joins(using === undefined ? others : joins, out);
    const conditions = [...on, ...where];
    if (conditions.length > 0) {
      out.add(" where ");
      out.write.conditions(conditions, out);
    }
    out.add(")");
  }
  writeWriteLimit(node, out);
}
