// What PostgreSQL answers where its answer is its own.
import {
  aggregateOf,
  type BinaryNode,
  type Dialect,
  type ExpressionNode,
  encodeList,
  featureSet,
  hex,
  type InListNode,
  type JsonPathNode,
  jsonQueryWriter,
  jsonWriters,
  type LikeNode,
  type ListsSourceNode,
  type MatchNode,
  type SqlType,
  standard,
  standardLiteral,
  type TextBuffer,
  type ValueNode,
  type ValuesSourceNode,
  writeBinary,
  writeMatchPattern,
  writeSide,
} from "../../core/dialect/index.ts";
import { arrayText } from "./array-text.ts";
import { writeCast } from "./cast.ts";
import { define } from "./define.ts";
import { aroundCalls, functions } from "./functions.ts";
import { jsonCodec } from "./json-values.ts";
import { kept } from "./kept.ts";
import { typeName, valueTypeName } from "./type-names.ts";
import { codec, listItemEncoder } from "./types.ts";

/** Everything but what is MySQL's own. */
export const postgresFeatures = [
  "FULL JOIN",
  "RIGHT JOIN",
  "LATERAL",
  "INSERT RETURNING",
  "UPDATE RETURNING",
  "DELETE RETURNING",
  "RETURNING SOURCES",
  "INTERSECT ALL",
  "DISTINCT ON",
  "ROW LOCKS",
  "KEY LOCKS",
  "LOCK OF",
  "SKIP LOCKED",
  "WITH TIES",
  "ROLLUP",
  "CUBE",
  "WINDOW GROUPS",
  "AGGREGATE FILTER",
  "ORDERED SET",
  "AGGREGATE ORDER",
  "ON CONFLICT TARGET",
  "ON CONFLICT WHERE",
  "ON CONFLICT CONSTRAINT",
  "UPDATE FROM",
  "DELETE USING",
  "MERGE",
  "WITH INSERT",
  "WITH UPDATE",
  "WRITING CTE",
  "MATERIALIZED CTE",
  "ORDINALITY",
  "TABLESAMPLE",
  "ONLY",
  "ARRAYS",
  "RANGES",
  "FULL TEXT",
  "JSONB",
  "QUANTIFIED",
  "REGEXP",
  "STATISTICS",
  "SEQUENCES",
  "ENUMS",
  "DOMAINS",
  "INTERVALS",
  "NETWORK",
  "VECTORS",
  "MATERIALIZED VIEWS",
  "SCHEMAS",
  "EXCLUSION CONSTRAINTS",
  "DEFERRABLE CONSTRAINTS",
  "TWO-PHASE COMMIT",
  "COPY",
  "NOTIFY",
  "ADVISORY LOCKS",
  "COMMENTS",
  "ALTER CONSTRAINTS",
  "TRANSACTIONAL DDL",
] as const;

/** The name of a feature that PostgreSQL has. */
export type PostgresFeature = (typeof postgresFeatures)[number];

const comparisons = new Set<string>(["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"]);

export const postgresDialect: Dialect = {
  ...standard,
  name: "PostgreSQL",
  features: featureSet(...postgresFeatures),
  // The protocol counts parameters in 16 bits.
  maxParameters: 65_535,
  bulk: {
    ...standard.bulk,
    lists: { takes: (type) => !isList(type), write: writeRowLists },
    insertsFromLists: true,
    pipelines: true,
    errorsEndTransaction: true,
    gathersKeys: true,
  },

  placeholder: (index) => `$${index}`,
  typeName,
  castName: typeName,
  codec,
  jsonCodec,
  sortsJsonKeys: true,
  writePlaceholder(type, out) {
    out.placeholder();
    if (!out.typed) out.text += `::${valueTypeName(type)}`;
  },
  literal,

  writeBinary: writeTypedBinary,
  writeCast,
  writeInList,
  writeValuesSource,
  writeLike,
  writeMatch,
  ...jsonWriters({
    object: "jsonb_build_object",
    array: "jsonb_build_array",
    maxArguments: 100,
    merge(writeLeft, writeRight, out) {
      out.add("(");
      writeLeft();
      out.add(" || ");
      writeRight();
      out.add(")");
    },
  }),
  writeJsonQuery: jsonQueryWriter({
    gather: aggregateOf("jsonb_agg", "'[]'"),
    limits: false,
    keepsOrder: true,
    correlates: true,
  }),
  writeJsonPath,
  functions,
  aroundCalls,

  define,
  kept,
  explain: (text, { analyze }) => (analyze ? `explain (analyze, buffers) ${text}` : `explain ${text}`),
};

function literal(value: unknown): string {
  return value instanceof Uint8Array ? `'\\x${hex(value)}'::bytea` : standardLiteral(value);
}

/** A value that is compared with a column has the column's type without a word; anywhere else the server would guess. */
function writeTypedBinary(node: BinaryNode, out: TextBuffer): void {
  if (node.operator === "%" && node.type.kind === "float") return writeRemainder(node, out);
  if (!comparisons.has(node.operator)) return writeBinary(node, out);
  writeCompared(node, "left", out);
  out.text += ` ${node.operator} `;
  writeCompared(node, "right", out);
}

/** There is no remainder of binary numbers here, but one of decimals. */
function writeRemainder(node: BinaryNode, out: TextBuffer): void {
  out.text += "cast(mod(cast(";
  out.write.expression(node.left, out);
  out.text += " as numeric), cast(";
  out.write.expression(node.right, out);
  out.text += " as numeric)) as double precision)";
}

function writeCompared(node: BinaryNode, side: "left" | "right", out: TextBuffer): void {
  const [operand, other] = side === "left" ? [node.left, node.right] : [node.right, node.left];
  const isBound = operand.kind === "value" || operand.kind === "param";
  if (isBound && isColumnOf(other, operand.type)) out.assigned(operand);
  else writeSide(node, side, out);
}

function isColumnOf(node: ExpressionNode, type: SqlType): boolean {
  return (node.kind === "column" || node.kind === "excluded") && node.type.kind === type.kind;
}

/**
 * `operand = any($1)`: one parameter, however long the list, so that there is one text. A longer list is a source of rows,
 * `operand in (select unnest($1))`: once the plan of a prepared statement is made for any list, `any` compares each row with
 * all of it, where the other looks the row up.
 */
function writeInList(node: InListNode, out: TextBuffer): void {
  const { operand, values, negated } = node;
  out.operand(operand);
  if (values.length > longestCompared && isLookedUp(operand.type)) {
    out.text += negated ? " not in (select unnest(" : " in (select unnest(";
    out.bindEncoded(values, listEncoder(operand.type), node);
    out.text += `::${valueTypeName(operand.type)}[]))`;
    return;
  }
  out.text += negated ? " <> all(" : " = any(";
  const type = operand.type;
  const encode = listEncoder(type);
  out.bindEncoded(values, encode, node);
  out.text += operand.kind === "column" ? ")" : `::${valueTypeName(type)}[])`;
}

/**
 * `unnest($1, $2) as "v" ("a", "b")`: more than a few rows travel as one list for each column, so that there is one text for any
 * number of them, and nothing is planned anew. A list of lists would be flattened.
 */
function writeValuesSource(node: ValuesSourceNode, out: TextBuffer): void {
  const { rows, columns } = node;
  const isList = rows.length > fewRows && !out.inlines && columns.every(({ type }) => type.kind !== "array");
  if (!isList || !rows.every((row) => row.every(({ kind }) => kind === "value"))) {
    return standard.writeValuesSource(node, out);
  }
  out.text += "unnest(";
  columns.forEach(({ type }, i) => {
    if (i > 0) out.text += ", ";
    const cells = rows.map((row) => row[i] as ValueNode);
    out.bindEncoded(
      cells.map(({ value }) => value),
      nullableListEncoder(type),
      cells[0],
    );
    out.text += `::${valueTypeName(type)}[]`;
  });
  out.text += ") as ";
  out.name(node.source.name);
  out.text += " (";
  out.list(columns, ({ name }) => out.name(name));
  out.text += ")";
}

/** `unnest($1::integer[], $2::text[]) with ordinality as "v" ("a", "b", "n")`. */
function writeRowLists(node: ListsSourceNode, out: TextBuffer): void {
  out.text += "unnest(";
  node.of.forEach((of, i) => {
    if (i > 0) out.text += ", ";
    const encode = listItemEncoder(of.type);
    const texts = (lists: unknown): string =>
      arrayText(encodeList((lists as readonly (readonly unknown[])[])[i] as readonly unknown[], of, encode));
    out.paramEncoded(node.parameter, texts);
    out.text += `::${valueTypeName(of.type)}[]`;
  });
  out.text += node.ordinal === undefined ? ") as " : ") with ordinality as ";
  out.name(node.source.name);
  out.text += " (";
  out.list(node.columns, ({ name }) => out.name(name));
  out.text += ")";
}

function isList(type: SqlType): boolean {
  return type.kind === "custom" ? isList(type.base) : type.kind === "array";
}

const fewRows = 8;
const nullableListEncoders = new WeakMap<SqlType, (values: unknown) => unknown>();

function nullableListEncoder(type: SqlType): (values: unknown) => unknown {
  let found = nullableListEncoders.get(type);
  if (found === undefined) {
    found = codec({ kind: "array", of: type, nulls: true }).encode;
    nullableListEncoders.set(type, found);
  }
  return found;
}

const longestCompared = 40;

/** Whether values of the type are what keys are made of: their lists have types that every server knows by one name. */
function isLookedUp({ kind }: SqlType): boolean {
  return kind === "integer" || kind === "bigint" || kind === "uuid" || kind === "text" || kind === "varchar";
}

const listEncoders = new WeakMap<SqlType, (values: unknown) => string>();

function listEncoder(type: SqlType): (values: unknown) => string {
  let found = listEncoders.get(type);
  if (!found) {
    const { encode } = codec({ kind: "array", of: type });
    found = encode as (values: unknown) => string;
    listEncoders.set(type, found);
  }
  return found;
}

/** `like`, `ilike` and their negations, with a pattern that `!` escapes in. */
function writeLike(node: LikeNode, out: TextBuffer): void {
  out.operand(node.operand);
  out.text += node.negated ? " not" : "";
  out.text += node.insensitive ? " ilike " : " like ";
  if (node.pattern.kind === "value" || node.pattern.kind === "param") out.assigned(node.pattern);
  else out.operand(node.pattern);
  out.text += " escape '!'";
}

function writeMatch(node: MatchNode, out: TextBuffer): void {
  out.operand(node.operand);
  out.text += node.insensitive ? " ilike " : " like ";
  out.typed = node.text.kind === "value" || node.text.kind === "param";
  writeMatchPattern(node, out);
  out.typed = false;
  out.text += " escape '!'";
}

/** `document #> path`; what is taken out as a value is text, of which the cast makes the value. */
function writeJsonPath(node: JsonPathNode, out: TextBuffer): void {
  const isText = node.type.kind === "text";
  const isValue = node.as === "value";
  if (isValue && !isText) out.add("cast(");
  out.add("(");
  out.operand(node.operand);
  out.add(isValue ? " #>> " : " #> ");
  out.bindEncoded(node.path, encodePath, node);
  out.add(")");
  if (isValue && !isText) out.add(` as ${valueTypeName(node.type)})`);
}

function encodePath(path: unknown): string {
  return arrayText((path as JsonPathNode["path"]).map(String));
}
