// JSON that a statement builds, around the names that a database has for it.
import type {
  CallNode,
  ExpressionNode,
  JsonArrayNode,
  JsonFieldNode,
  JsonObjectNode,
  JsonPathNode,
  JsonQueryNode,
  SelectionField,
  SelectionNode,
  SelectNode,
  SourceName,
} from "../tree/node.ts";
import { countType, type JsonShape, type SqlType, textType } from "../types/sql-type.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** What a database calls the functions that build JSON. */
export interface JsonNames {
  readonly object: string;
  readonly array: string;
  /** The aggregate that makes an array of all rows. */
  readonly aggregate: string;
  /** An empty array, as text of SQL. */
  readonly empty: string;
  /** The most arguments that the functions take; what has more is joined by `merge`. */
  readonly maxArguments: number;
  /** Writes the name of a field, if it is not written as any text is. */
  readonly writeKey?: ((name: string, out: TextBuffer) => void) | undefined;
  /** Joins two objects into one. */
  readonly merge: (writeLeft: () => void, writeRight: () => void, out: TextBuffer) => void;
  /** How rows stay in order, where a database does not read a subquery's rows in the order that it says. */
  readonly order?:
    | {
        /** Writes an array of all rows in the order of a number, or an empty one. */
        readonly aggregate: (writeRow: () => void, writeNumber: () => void, out: TextBuffer) => void;
      }
    | undefined;
}

/** The JSON writers of a dialect that has these functions. */
export function jsonWriters(names: JsonNames): {
  readonly writeJsonObject: (node: JsonObjectNode, out: TextBuffer) => void;
  readonly writeJsonArray: (node: JsonArrayNode, out: TextBuffer) => void;
  readonly writeJsonQuery: (node: JsonQueryNode, out: TextBuffer) => void;
} {
  const perObject = Math.floor(names.maxArguments / 2);
  return {
    writeJsonObject(node, out) {
      if (node.presence === undefined) return writeFields(node.fields, out);
      out.add("case when ");
      out.operand(node.presence);
      out.add(" is not null then ");
      writeFields(node.fields, out);
      out.add(" end");
    },
    writeJsonArray(node, out) {
      out.add(`${names.array}(`);
      out.list(node.items, (item) => writePart(item, out));
      out.add(")");
    },
    writeJsonQuery(node, out) {
      const { query } = node;
      if (names.order !== undefined && query.kind === "select" && query.orderBy.length > 0) {
        if (!query.distinct) return writeOrderedRows(node, query, names.order, out);
        // With a limit, even one that no table reaches, a subquery's order is kept.
        const limit = query.limit ?? { kind: "constant", value: Number.MAX_SAFE_INTEGER, type: countType };
        out.add(`(select coalesce(${names.aggregate}(`);
        return writeRowsOf({ ...node, query: { ...query, limit } }, out);
      }
      out.add(`(select coalesce(${names.aggregate}(`);
      writeRowsOf(node, out);
    },
  };

  function writeFields(fields: readonly JsonFieldNode[], out: TextBuffer): void {
    if (fields.length <= perObject) return writeObject(fields, out);
    const head = fields.slice(0, perObject);
    const rest = fields.slice(perObject);
    names.merge(
      () => writeObject(head, out),
      () => writeFields(rest, out),
      out,
    );
  }

  function writeObject(fields: readonly JsonFieldNode[], out: TextBuffer): void {
    out.add(`${names.object}(`);
    out.list(fields, (field) => {
      if (names.writeKey === undefined) out.dialect.writeConstant(field.name, textType, out);
      else names.writeKey(field.name, out);
      out.add(", ");
      writePart(field.value, out);
    });
    out.add(")");
  }

  // Each row has its number beside it, by which the aggregate orders.
  function writeOrderedRows(
    node: JsonQueryNode,
    query: SelectNode,
    order: NonNullable<JsonNames["order"]>,
    out: TextBuffer,
  ): void {
    const type = rowType(node.type);
    const row: ExpressionNode = { kind: "jsonObject", fields: jsonFieldsOf(query.selection), type };
    const call: CallNode = { kind: "call", name: "row_number", arguments: [], type: countType };
    const number: ExpressionNode = {
      kind: "over",
      call,
      window: { kind: "window", partitionBy: [], orderBy: query.orderBy },
      type: countType,
    };
    const limited = query.limit !== undefined || query.offset !== undefined;
    const fields = [
      { key: "row", value: row },
      { key: "number", value: number },
    ];
    out.add("(select ");
    order.aggregate(
      () => writePart(columnOfRows("row", type), out),
      () => out.expression(columnOfRows("number", countType)),
      out,
    );
    out.add(" from (");
    out.query({ ...query, selection: { kind: "object", fields }, orderBy: limited ? query.orderBy : [] });
    out.add(") as ");
    out.name(rows.name);
    out.add(")");
  }

  // A plain select builds the object of each row itself, in its order. Where rows must first be told apart, they are
  // selected flat, and the object is built around them.
  function writeRowsOf(node: JsonQueryNode, out: TextBuffer): void {
    const { query } = node;
    if (query.kind === "select" && !query.distinct) {
      const type = rowType(node.type);
      const row: ExpressionNode = { kind: "jsonObject", fields: jsonFieldsOf(query.selection), type };
      writePart(columnOfRows("row", type), out);
      out.add(`), ${names.empty}) from (`);
      out.query({ ...query, selection: { kind: "object", fields: [{ key: "row", value: row }] } });
    } else if (query.kind === "select") {
      const flat: SelectionField[] = [];
      writeObject(flatFieldsOf(query.selection, flat), out);
      out.add(`), ${names.empty}) from (`);
      out.query({ ...query, selection: { kind: "object", fields: flat } });
    } else {
      writeObject(columnsOf(node.type), out);
      out.add(`), ${names.empty}) from (`);
      out.query(query);
    }
    out.add(") as ");
    out.name(rows.name);
    out.add(")");
  }
}

const rows: SourceName = { key: "athanor rows", name: "athanor rows" };

function columnOfRows(name: string, type: SqlType): ExpressionNode {
  return { kind: "column", source: rows, name, type };
}

/** The fields of a selection as columns of the rows; what they show is added to `flat`. */
function flatFieldsOf(selection: SelectionNode, flat: SelectionField[]): readonly JsonFieldNode[] {
  return selection.fields.map(({ key: name, value }) => {
    if (value.kind === "object") {
      return { name, value: { kind: "jsonObject", fields: flatFieldsOf(value, flat), type: anyRow } };
    }
    if (value.kind !== "rowOf") return { name, value: flatColumn(value, flat) };
    const { source, columns } = value.source;
    const fields = columns.map(
      (column): JsonFieldNode => ({
        name: column.key,
        value: flatColumn({ kind: "column", ...column, source: column.source ?? source }, flat),
      }),
    );
    return { name, value: { kind: "jsonObject", fields, type: anyRow } };
  });
}

function flatColumn(value: ExpressionNode, flat: SelectionField[]): ExpressionNode {
  const key = `c${flat.length}`;
  flat.push({ key, value });
  return columnOfRows(key, value.type);
}

/** A part of built JSON, written so that it keeps its value. */
function writePart(node: ExpressionNode, out: TextBuffer): void {
  out.dialect.jsonCodec(node.type).write(() => out.expression(node), out);
}

/** The type of a part whose own parts the type of the whole describes. */
const anyRow: SqlType = { kind: "json-row", many: false, shape: { kind: "object", fields: [] } };

/** The fields of the object that stands for a row of a selection. */
export function jsonFieldsOf(selection: SelectionNode): readonly JsonFieldNode[] {
  return selection.fields.map(({ key, value }) => ({ name: key, value: partOf(value) }));
}

function partOf(value: SelectionNode["fields"][number]["value"]): ExpressionNode {
  if (value.kind === "object") return { kind: "jsonObject", fields: jsonFieldsOf(value), type: anyRow };
  if (value.kind !== "rowOf") return value;
  const { source } = value;
  const fields = source.columns.map((column) => ({
    name: column.key,
    value: { kind: "column" as const, source: column.source ?? source.source, name: column.name, type: column.type },
  }));
  return { kind: "jsonObject", fields, type: anyRow };
}

function rowType(type: SqlType): SqlType {
  return type.kind === "json-row" ? { ...type, many: false } : type;
}

function columnsOf(type: SqlType): readonly JsonFieldNode[] {
  const fields = type.kind === "json-row" && type.shape.kind === "object" ? type.shape.fields : [];
  return fields.map(({ name, shape }) => ({
    name,
    value: columnOfRows(name, typeOf(shape)),
  }));
}

function typeOf(shape: JsonShape): SqlType {
  return shape.kind === "value" ? shape.type : { kind: "json-row", many: false, shape };
}

/** Not every database has a path operator alike; this is the function that SQLite and MySQL share. */
export function jsonPathText(node: Pick<JsonPathNode, "path">): string {
  let path = "$";
  for (const step of node.path) path += typeof step === "number" ? `[${step}]` : `.${JSON.stringify(step)}`;
  return path;
}
