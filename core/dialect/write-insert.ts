// INSERT, from its verb to before RETURNING, with ON CONFLICT as PostgreSQL and SQLite have it.
import { CompileError } from "../errors/usage-errors.ts";
import type { AssignmentNode, ConflictNode, ExpressionNode, InsertNode, TableSourceNode } from "../tree/node.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** Writes DEFAULT for one column among rows that give it a value. */
export type WriteDefault = (target: TableSourceNode, column: string, out: TextBuffer) => void;

export function writeInsert(node: InsertNode, out: TextBuffer): void {
  writeInsertWith(node, out, writeDefaultKeyword);
}

/** INSERT of a database that writes DEFAULT in its own way. */
export function writeInsertWith(node: InsertNode, out: TextBuffer, writeDefault: WriteDefault): void {
  if (node.verb !== "insert") out.require("INSERT IGNORE");
  out.add(`${node.verb} into `);
  writeTarget(node.target, out);
  writeInserted(node, out, writeDefault);
  if (node.conflict !== undefined) writeConflict(node.conflict, node.target, out);
}

/** The table that is written to, with its alias. */
export function writeTarget(target: TableSourceNode, out: TextBuffer): void {
  if (target.only === true) {
    out.require("ONLY");
    out.add("only ");
  }
  if (target.schema !== undefined) {
    out.name(target.schema);
    out.add(".");
  }
  out.name(target.table);
  if (target.alias) {
    out.add(" as ");
    out.name(target.source.name);
  }
}

/** The columns, and the rows, query or defaults that go into them. */
export function writeInserted(node: InsertNode, out: TextBuffer, writeDefault: WriteDefault): void {
  const { rows } = node;
  if (rows === "defaults") return out.add(" default values");
  if ("kind" in rows) {
    writeColumns(node.columns, out);
    out.query(rows);
    return;
  }
  if (rows.length === 0) {
    throw new CompileError(
      `insert into "${node.target.table}" has no rows`,
      "Leave the statement out when the list is empty.",
    );
  }
  const given = node.columns.map((_, i) => rows.some((row) => row[i] !== undefined));
  if (!given.includes(true)) {
    if (rows.length === 1) {
      out.add(" default values");
      return;
    }
    // Several rows of nothing but defaults say so of one column.
    given[0] = true;
  }
  writeColumns(
    node.columns.filter((_, i) => given[i]),
    out,
  );
  out.add("values ");
  for (let r = 0; r < rows.length; r++) {
    out.text += r > 0 ? ", (" : "(";
    const row = rows[r] as readonly (ExpressionNode | undefined)[];
    let first = true;
    for (let i = 0; i < row.length; i++) {
      if (!given[i]) continue;
      if (!first) out.text += ", ";
      first = false;
      const value = row[i];
      if (value === undefined) writeDefault(node.target, node.columns[i] as string, out);
      else out.assigned(value);
    }
    out.text += ")";
  }
}

function writeColumns(columns: readonly string[], out: TextBuffer): void {
  out.add(" (");
  out.names(columns);
  out.add(") ");
}

function writeDefaultKeyword(_target: TableSourceNode, _column: string, out: TextBuffer): void {
  out.add("default");
}

/** `on conflict … do …`. */
export function writeConflict(node: ConflictNode, target: TableSourceNode, out: TextBuffer): void {
  out.add(" on conflict");
  writeConflictTarget(node.target, target, out);
  if (node.set === "nothing") return out.add(" do nothing");
  out.add(" do update set ");
  writeAssignments(node.set, out);
  if (node.where.length > 0) {
    out.require("ON CONFLICT WHERE");
    out.add(" where ");
    out.write.conditions(node.where, out);
  }
}

function writeConflictTarget(node: ConflictNode["target"], target: TableSourceNode, out: TextBuffer): void {
  switch (node.kind) {
    case "any":
      return;
    case "constraint":
      out.require("ON CONFLICT CONSTRAINT");
      out.add(" on constraint ");
      out.name(node.name);
      return;
    case "columns": {
      out.require("ON CONFLICT TARGET");
      // The target names an index of the table alone: nothing here has a qualifier.
      const bare = out.bare;
      out.bare = target.source.key;
      out.add(" (");
      out.list(node.items, (item) => (item.kind === "column" ? out.name(item.name) : writeParenthesised(item, out)));
      out.add(")");
      if (node.where.length > 0) {
        out.add(" where ");
        out.write.conditions(node.where, out);
      }
      out.bare = bare;
    }
  }
}

function writeParenthesised(item: ExpressionNode, out: TextBuffer): void {
  out.add("(");
  out.expression(item);
  out.add(")");
}

/** `"a" = …, "b" = …`. */
export function writeAssignments(set: readonly AssignmentNode[], out: TextBuffer): void {
  for (let i = 0; i < set.length; i++) {
    const { column, value } = set[i] as AssignmentNode;
    if (i > 0) out.text += ", ";
    out.name(column);
    out.text += " = ";
    out.assigned(value);
  }
}
