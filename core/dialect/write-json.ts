// JSON that a statement builds, around the names that a database has for it.
import type {
  ExpressionNode,
  JsonArrayNode,
  JsonFieldNode,
  JsonObjectNode,
  JsonPathNode,
  SelectionNode,
} from "../tree/node.ts";
import { type SqlType, textType } from "../types/sql-type.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** What a database calls the functions that build JSON. */
export interface JsonNames {
  readonly object: string;
  readonly array: string;
  /** The most arguments that the functions take; what has more is joined by `merge`. */
  readonly maxArguments: number;
  /** Writes the name of a field, if it is not written as any text is. */
  readonly writeKey?: ((name: string, out: TextBuffer) => void) | undefined;
  /** Joins two objects into one. */
  readonly merge: (writeLeft: () => void, writeRight: () => void, out: TextBuffer) => void;
}

/** The JSON writers of a dialect that has these functions. */
export function jsonWriters(names: JsonNames): {
  readonly writeJsonObject: (node: JsonObjectNode, out: TextBuffer) => void;
  readonly writeJsonArray: (node: JsonArrayNode, out: TextBuffer) => void;
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
}

/** A part of built JSON, written so that it keeps its value. */
function writePart(node: ExpressionNode, out: TextBuffer): void {
  // What has just been built needs no word that it is JSON.
  if (node.kind === "jsonArray" || (node.kind === "jsonObject" && node.presence === undefined))
    return out.expression(node);
  out.dialect.jsonCodec(node.type).write(() => out.expression(node), out);
}

/** The type of a part whose own parts the type of the whole describes. */
export const anyRow: SqlType = { kind: "json-row", many: false, shape: { kind: "object", fields: [] } };

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

/** Not every database has a path operator alike; this is the function that SQLite and MySQL share. */
export function jsonPathText(node: Pick<JsonPathNode, "path">): string {
  let path = "$";
  for (const step of node.path) path += typeof step === "number" ? `[${step}]` : `.${JSON.stringify(step)}`;
  return path;
}
