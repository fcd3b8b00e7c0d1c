// What MariaDB writes differently from MySQL, and what it has besides: https://mariadb.com/kb/en/incompatibilities-and-feature-differences-between-mariadb-and-mysql/
import {
  type Dialect,
  jsonQueryWriter,
  jsonWriters,
  type LockNode,
  type SqlType,
  standard,
  type TextBuffer,
  textType,
} from "../../core/dialect/index.ts";
import { jsonFunctions, mariadbAggregate } from "./build-json.ts";
import { defineFor } from "./define.ts";
import { common, mariadbFeatures } from "./dialect.ts";
import { type AsJson, castWriter, writeBinary } from "./expressions.ts";
import { functionsWith } from "./functions.ts";
import { insertWriter, mariadbUpsert } from "./insert.ts";
import { listColumn } from "./json-list.ts";
import { collations } from "./session.ts";
import { codec, mariadbUuid, typeName } from "./types.ts";
import { deleteWriter, updateWriter } from "./update.ts";
import { writeRowLists, writeValuesAsSelects, writeValuesSource } from "./values-source.ts";
import { measured } from "./widened.ts";

/** Text as JSON: there is no such type, but what a JSON function gives is taken for a document by another one. */
const extractAsJson: AsJson = (write, out) => {
  out.add("json_extract(");
  write();
  out.add(", '$')");
};

const json = jsonWriters({
  ...jsonFunctions,
  // The collations of an object's parts must agree, unless one is said out loud.
  writeKey(name, out) {
    out.dialect.writeConstant(name, textType, out);
    out.add(" collate utf8mb4_bin");
  },
});

export const mariadbDialect: Dialect = {
  ...common,
  tableCollation: collations.mariadb,
  name: "MariaDB",
  features: mariadbFeatures,
  functions: functionsWith(extractAsJson),

  codec: (type) => (type.kind === "uuid" ? mariadbUuid : codec(type)),
  define: defineFor("mariadb"),
  typeName: (type) => (type.kind === "uuid" ? "uuid" : typeName(type)),
  writeCast: castWriter(extractAsJson, ownCastName),
  // JSON is text here: two documents that are equal may be written differently.
  writeBinary(node, out) {
    if ((node.operator !== "=" && node.operator !== "<>") || !isJson(node.left.type) || !isJson(node.right.type)) {
      return writeBinary(node, out);
    }
    out.add("json_normalize(");
    out.expression(node.left);
    out.add(`) ${node.operator} json_normalize(`);
    out.expression(node.right);
    out.add(")");
  },
  writeExcluded: (node, out) => mariadbUpsert.excluded(node.name, out),
  ...json,
  writeJsonQuery: jsonQueryWriter(mariadbAggregate),

  writeLocks(node, out) {
    for (const lock of node.locks) writeLock(lock, out);
  },
  writeLimit(node, out) {
    if (node.withTies !== true) return common.writeLimit(node, out);
    out.require("WITH TIES");
    if (node.offset !== undefined) {
      out.add(" offset ");
      out.operand(node.offset);
      out.add(" rows");
    }
    if (node.limit === undefined) return;
    out.add(" fetch first ");
    out.operand(node.limit);
    out.add(" rows with ties");
  },
  setOperand: measured,
  rollsUpApart: true,
  bulk: { ...common.bulk, lists: { takes: (type) => listColumn(type) !== undefined, write: writeRowLists } },
  writeValues: writeValuesAsSelects,
  writeValuesSource,
  windows: { defaults: false, boundFrames: false },
  writeInsert: insertWriter(mariadbUpsert),
  writeUpdate: updateWriter(true),
  writeDelete: deleteWriter(false),

  explain: (text, { analyze }) => (analyze ? `analyze ${text}` : `explain ${text}`),
};

function ownCastName(type: SqlType): string | undefined {
  return type.kind === "uuid" ? "uuid" : undefined;
}

function isJson(type: SqlType): boolean {
  return type.kind === "json" || type.kind === "json-row";
}

function writeLock(lock: LockNode, out: TextBuffer): void {
  if (lock.strength !== "share") return standard.writeLocks({ locks: [lock] } as never, out);
  out.require("ROW LOCKS");
  out.add(" lock in share mode");
  if (lock.of.length > 0) out.require("LOCK OF");
  if (lock.wait !== "wait") {
    out.require("SKIP LOCKED");
    out.add(` ${lock.wait}`);
  }
}
