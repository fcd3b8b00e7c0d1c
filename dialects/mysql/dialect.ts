// What MySQL 8.4 writes differently from the standard, and what it has. What it shares with MariaDB is `common`, on which
// mariadb.ts lays its own answers.
import {
  CompileError,
  type Dialect,
  type FeatureName,
  featureSet,
  hex,
  jsonQueryWriter,
  jsonWriters,
  NameError,
  standard,
  standardLiteral,
  type TransactionOptions,
  writeLimitOr,
} from "../../core/dialect/index.ts";
import { jsonFunctions, mysqlAggregate } from "./build-json.ts";
import { defineFor } from "./define.ts";
import {
  type AsJson,
  castWriter,
  writeArray,
  writeBinary,
  writeConcat,
  writeInList,
  writeJsonPath,
  writeOrder,
} from "./expressions.ts";
import { functionsWith } from "./functions.ts";
import { insertWriter, mysqlUpsert } from "./insert.ts";
import { jsonCodec } from "./json-values.ts";
import { kept } from "./kept.ts";
import { collations } from "./session.ts";
import { castName, codec, typeName } from "./types.ts";
import { deleteWriter, updateWriter } from "./update.ts";
import { widened } from "./widened.ts";
import { Decimal } from "./wire.ts";

/** What both databases have. */
const shared = [
  "RIGHT JOIN",
  "ROW LOCKS",
  "SKIP LOCKED",
  "INTERSECT ALL",
  "ROLLUP",
  "STATISTICS",
  "AGGREGATE ORDER",
  "ON CONFLICT TARGET",
  "INSERT IGNORE",
  "UPDATE FROM",
  "DELETE USING",
  "WRITE LIMIT",
  "QUANTIFIED",
  "REGEXP",
  "INTERVALS",
  "MATCH AGAINST",
  "UNSIGNED",
  "SMALL NUMBERS",
  "SETS",
  "SCHEMAS",
  "TWO-PHASE COMMIT",
  "ADVISORY LOCKS",
  "COMMENTS",
  "ALTER CONSTRAINTS",
] as const;

const ofMysql = ["LATERAL", "LOCK OF", "WITH UPDATE"] as const;
const ofMariadb = ["INSERT RETURNING", "DELETE RETURNING", "SEQUENCES", "NETWORK", "WITH TIES"] as const;

/** The name of a feature that MySQL has. */
export type MysqlFeature = (typeof shared)[number] | (typeof ofMysql)[number];
/** The name of a feature that MariaDB has. */
export type MariadbFeature = (typeof shared)[number] | (typeof ofMariadb)[number];
export const mariadbFeatures: ReadonlySet<FeatureName> = featureSet(...shared, ...ofMariadb);

/** Text as JSON, on MySQL. */
const castAsJson: AsJson = (write, out) => {
  out.add("cast(");
  write();
  out.add(" as json)");
};

/** What MySQL and MariaDB answer alike. */
export const common: Omit<Dialect, "name" | "features" | "writeExcluded" | "writeLocks" | "functions" | "writeCast"> = {
  ...standard,
  maxParameters: 65_535,
  bulk: { ...standard.bulk, keyStep: "@@auto_increment_increment" },
  maxName: { length: 64, unit: "characters" },
  // MariaDB's parser runs out of its stack of 292 KB between 400 and 800 levels.
  maxDepth: 300,

  quote,
  typeName,
  castName,
  codec,
  jsonCodec,
  literal: (value) => literal(value),
  define: defineFor("mysql"),
  kept,

  writeBinary,
  writeConcat,
  writeInList,
  writeOrder,
  writeArray,
  writeJsonPath,
  writeRollup(items, alone, out) {
    if (!alone)
      throw new CompileError(
        "ROLLUP stands alone in GROUP BY on MySQL and MariaDB",
        "Put all that is grouped by into it.",
      );
    out.expressions(items);
    out.add(" with rollup");
  },
  // A limit that no table reaches, where there is but an offset.
  writeLimit: writeLimitOr("18446744073709551615"),
  recursiveBase: widened,
  begin,
};

export const mysqlDialect: Dialect = {
  ...common,
  tableCollation: collations.mysql,
  name: "MySQL",
  features: featureSet(...shared, ...ofMysql),
  functions: functionsWith(castAsJson),
  sortsJsonKeys: true,

  // A JSON column never equals a text.
  writePlaceholder(type, out) {
    if (type.kind === "json" || type.kind === "json-row") castAsJson(() => out.placeholder(), out);
    else out.placeholder();
  },
  writeCast: castWriter(castAsJson, () => undefined),
  writeExcluded: (node, out) => mysqlUpsert.excluded(node.name, out),
  ...jsonWriters(jsonFunctions),
  writeJsonQuery: jsonQueryWriter(mysqlAggregate(castAsJson)),

  writeLocks: standard.writeLocks,
  writeValues(rows, out) {
    out.add("values ");
    out.list(rows, (row) => {
      out.add("row(");
      out.expressions(row);
      out.add(")");
    });
  },
  writeInsert: insertWriter(mysqlUpsert),
  writeUpdate: updateWriter(false),
  writeDelete: deleteWriter(true),

  explain: (text, { analyze }) => (analyze ? `explain analyze ${text}` : `explain format=tree ${text}`),
};

// mysql2 would lose the connection over them: https://github.com/sidorares/node-mysql2/blob/master/lib/helpers.js
const refusedByDriver: ReadonlySet<string> = new Set([
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
  "__proto__",
]);

/** Names are kept in three bytes a character: https://dev.mysql.com/doc/refman/8.4/en/identifiers.html */
function quote(name: string): string {
  if (/[\u{10000}-\u{10ffff}]/u.test(name)) {
    throw new NameError(
      `the name ${JSON.stringify(name)} has a character past U+FFFF in it, which MySQL and MariaDB allow in no name`,
      "Leave out emoji and the like.",
    );
  }
  if (refusedByDriver.has(name)) {
    throw new NameError(
      `mysql2 reads no result with a column called "${name}"`,
      "Give the column another name or label.",
    );
  }
  if (name.endsWith(" "))
    throw new NameError(
      `the name ${JSON.stringify(name)} ends with a space, which MySQL and MariaDB drop`,
      "Leave it out.",
    );
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A number with an exponent is a double; without one it would be a decimal. */
function literal(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value))
    return /e/.test(String(value)) ? String(value) : `${value}e0`;
  // The servers tell of bytes in DDL as of text, in which they are lost.
  if (value instanceof Uint8Array) return `unhex('${hex(value)}')`;
  // Neither do characters past U+FFFF come back.
  if (typeof value === "string" && /[\u{10000}-\u{10ffff}]/u.test(value)) {
    return `convert(unhex('${hex(new TextEncoder().encode(value))}') using utf8mb4)`;
  }
  return value instanceof Decimal ? value.digits : standardLiteral(value);
}

function begin(options: TransactionOptions): readonly string[] {
  if (options.deferrable === true) {
    throw new CompileError("MySQL and MariaDB have no deferrable transactions", "Leave the option out.");
  }
  const start = `start transaction${options.readOnly === undefined ? "" : options.readOnly ? " read only" : " read write"}`;
  // For the next transaction only, which is the one that follows.
  return options.isolation === undefined ? [start] : [`set transaction isolation level ${options.isolation}`, start];
}
