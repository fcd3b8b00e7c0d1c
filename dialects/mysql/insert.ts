// INSERT, REPLACE and upserts. MySQL and MariaDB have ON DUPLICATE KEY UPDATE, which reacts to whatever unique key is in the
// way. Where an upsert names the columns it means, the row that another key was in the way of is not changed: that is an
// error here, as it is elsewhere.
import {
  CompileError,
  type ConflictNode,
  type ExpressionNode,
  type InsertNode,
  type SqlType,
  type TextBuffer,
  writeAssignments,
  writeInserted,
  writeTarget,
} from "../../core/dialect/index.ts";
import { inReadingOrder } from "./assignment-order.ts";
import { otherKeyMark } from "./errors.ts";
import { codec } from "./types.ts";
import { leftAloneMark } from "./upsert-count.ts";

const proposedRow = "athanor new";

/** What the two databases write differently. */
export interface UpsertSpelling {
  /** Whether the proposed row is given a name, by which its values are read. */
  readonly proposed: boolean;
  /** Writes the proposed value of a column. */
  readonly excluded: (column: string, out: TextBuffer) => void;
  /** Writes an expression that fails if it is ever computed. It may read a column of the table, so that it is not computed early. */
  readonly fail: (writeColumn: () => void, out: TextBuffer) => void;
  /** Whether assignments are computed all at once. */
  readonly simultaneous: boolean;
  /** Whether a whole number that is stored as it is may be bound as text. */
  readonly digits: boolean;
}

export function insertWriter(spelling: UpsertSpelling): (node: InsertNode, out: TextBuffer) => void {
  return (given, out) => {
    check(given);
    const node = spelling.digits && !out.inlines ? withDigits(given) : given;
    if (node.verb !== "insert") out.require("INSERT IGNORE");
    out.add(`${node.verb} into `);
    writeTarget(node.target, out);
    writeRows(node, spelling, out);
    if (node.conflict !== undefined) writeConflict(node, node.conflict, spelling, out);
  };
}

/**
 * Whole numbers that go straight into a column, as their digits: the server reads them exactly, and mysql2 sends a text in a third of
 * the time that it takes over an integer of 64 bits.
 */
function withDigits(node: InsertNode): InsertNode {
  const { rows } = node;
  if (typeof rows === "string" || "kind" in rows) return node;
  return { ...node, rows: rows.map((row) => row.map((cell) => cell && digits(cell))) };
}

function digits(cell: ExpressionNode): ExpressionNode {
  if (cell.kind !== "value" && cell.kind !== "generated") return cell;
  const { kind } = cell.type;
  return kind === "integer" || kind === "bigint" ? { ...cell, type: digitsOf(cell.type) } : cell;
}

const known = new WeakMap<SqlType, SqlType>();

/** The type whose values are written as digits. */
function digitsOf(type: SqlType): SqlType {
  let found = known.get(type);
  if (found === undefined) {
    const { encode } = codec(type);
    found = { kind: "custom", sql: "text", base: { kind: "text" }, encode: (value: unknown) => String(encode(value)) };
    known.set(type, found);
  }
  return found;
}

function check({ target, conflict, returning, verb }: InsertNode): void {
  if (target.alias)
    throw new CompileError(
      `insert into "${target.table}" cannot use an alias of it on MySQL and MariaDB`,
      "Insert into the table itself.",
    );
  if (conflict === undefined) return;
  if (verb !== "insert")
    throw new CompileError(
      `${verb} cannot also have onConflict()`,
      "One of them says what becomes of a row that is there.",
    );
  if (conflict.set === "nothing" && returning !== undefined) {
    throw new CompileError(
      "returning() would also give rows that doNothing() left alone on MariaDB",
      "Select the rows by their key afterwards.",
    );
  }
}

function writeRows(node: InsertNode, spelling: UpsertSpelling, out: TextBuffer): void {
  const { rows, columns, conflict } = node;
  if (rows === "defaults") return out.add(" () values ()");
  if ("kind" in rows) {
    if (conflict === undefined) return writeInserted(node, out, writeDefault);
    // The row alias has no place behind a query, and the query's own sources could be taken for the table: a derived table
    // has a name of its own.
    const names = (): void => {
      out.add(" (");
      out.names(columns);
      out.add(")");
    };
    names();
    out.add(" select * from (");
    out.query(rows);
    out.add(") as ");
    out.name(proposedRow);
    return spelling.proposed ? names() : undefined;
  }
  if (rows.length > 0 && rows.every((row) => row.every((value) => value === undefined))) {
    out.add(` () values ${rows.map(() => "()").join(", ")}`);
  } else writeInserted(node, out, writeDefault);
  if (conflict !== undefined && spelling.proposed) {
    out.add(" as ");
    out.name(proposedRow);
  }
}

function writeDefault(_target: unknown, _column: string, out: TextBuffer): void {
  out.add("default");
}

/** `on duplicate key update …`. */
function writeConflict(node: InsertNode, conflict: ConflictNode, spelling: UpsertSpelling, out: TextBuffer): void {
  if (conflict.target.kind === "constraint") out.require("ON CONFLICT CONSTRAINT");
  if (conflict.where.length > 0 || (conflict.target.kind === "columns" && conflict.target.where.length > 0)) {
    out.require("ON CONFLICT WHERE");
  }
  const { target } = node;
  const named = conflict.target.kind === "columns" ? conflict.target.items.map(columnName) : [];
  const set =
    conflict.set === "nothing" ? [] : spelling.simultaneous ? conflict.set : inReadingOrder(conflict.set, target);
  out.add(" on duplicate key update ");
  const guarded = named[0];
  const own = (column: string) => (): void => writeOwn(node, column, out);
  if (guarded === undefined) {
    if (set.length > 0) return writeAssignments(set, out);
    // Nothing is done by assigning what is there.
    const column = target.key[0] ?? node.columns[0] ?? target.columns[0]?.name;
    if (column === undefined)
      throw new CompileError(
        `doNothing() needs a column of "${target.table}" to leave as it is`,
        "Declare the table's columns.",
      );
    out.name(column);
    out.add(" = ");
    return writeMarked(own(column), out);
  }
  // First of all: assignments further on may change the columns that are compared.
  const first = set.find(({ column }) => column === guarded);
  const rest = set.filter(({ column }) => column !== guarded);
  out.name(guarded);
  out.add(" = case when ");
  named.forEach((column, i) => {
    if (i > 0) out.add(" and ");
    writeOwn(node, column, out);
    out.add(" <=> ");
    spelling.excluded(column, out);
  });
  out.add(" then ");
  if (conflict.set === "nothing") writeMarked(own(guarded), out);
  else if (first === undefined) own(guarded)();
  else out.expression(first.value);
  out.add(" else ");
  spelling.fail(own(guarded), out);
  out.add(" end");
  if (rest.length > 0) {
    out.add(", ");
    writeAssignments(rest, out);
  }
}

/** Leaves a column as it is, and leaves word that it did: the server would count the row as if it had been inserted. */
function writeMarked(own: () => void, out: TextBuffer): void {
  out.add(`if(${leftAloneMark} = 0, null, `);
  own();
  out.add(")");
}

/** The value of a column in the row that exists. */
function writeOwn({ target }: InsertNode, column: string, out: TextBuffer): void {
  out.write.sourceName(target.source, out);
  out.add(".");
  out.name(column);
}

function columnName(item: ExpressionNode): string {
  if (item.kind === "column") return item.name;
  throw new CompileError(
    "an upsert names columns, no expressions, on MySQL and MariaDB",
    "Name the columns of a unique key in onConflict().",
  );
}

/** MySQL: the row has an alias. What fails is JSON that is none. */
export const mysqlUpsert: UpsertSpelling = {
  proposed: true,
  excluded: (column, out) => {
    out.name(proposedRow);
    out.add(".");
    out.name(column);
  },
  fail: (writeColumn, out) => {
    out.add(`json_unquote(json_extract(concat_ws('', '${otherKeyMark}', `);
    writeColumn();
    out.add("), '$'))");
  },
  simultaneous: false,
  digits: false,
};

/** MariaDB: VALUES() is the proposed value. What fails is a subquery of two rows. */
export const mariadbUpsert: UpsertSpelling = {
  proposed: false,
  excluded: (column, out) => {
    out.add("values(");
    out.name(column);
    out.add(")");
  },
  fail: (writeColumn, out) => {
    out.add("(select ");
    writeColumn();
    out.add(` from (select 1 as n union all select 2) as \`${otherKeyMark}\`)`);
  },
  simultaneous: true,
  digits: true,
};
