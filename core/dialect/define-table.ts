// The parts that CREATE TABLE, ALTER TABLE and CREATE INDEX are made of, as standard SQL has them. Each is a function of its
// own, so that a dialect which writes one of them differently still takes the others from here.
import { CompileError } from "../errors/usage-errors.ts";
import type { ExpressionNode } from "../tree/node.ts";
import type {
  CheckNode,
  ExclusionNode,
  ForeignKeyNode,
  IndexItem,
  PrimaryKeyNode,
  SqlText,
  TableColumnNode,
  TableNode,
  UniqueNode,
} from "../tree/schema-node.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** The parts of a table that databases write differently. */
export interface TableParts {
  /** A column from its name to before the comma. `table` is undefined where the column is added to one that exists. */
  readonly column: (column: TableColumnNode, table: TableNode | undefined, out: TextBuffer) => void;
  /** What stands before the word TABLE, with a space behind it. */
  readonly kind: (table: TableNode) => string;
  /** Whether the definition of the key's column says itself that it is the key. */
  readonly keyInColumn: (table: TableNode) => boolean;
  readonly foreignKey: (key: ForeignKeyNode, out: TextBuffer) => void;
  readonly unique: (unique: UniqueNode, out: TextBuffer) => void;
  readonly check: (check: CheckNode, out: TextBuffer) => void;
  readonly exclusion: (exclusion: ExclusionNode, out: TextBuffer) => void;
  readonly primaryKey: (key: PrimaryKeyNode, out: TextBuffer) => void;
  /** What stands behind the opening parenthesis. */
  readonly opening: (table: TableNode, out: TextBuffer) => void;
  /** What stands behind the closing parenthesis. */
  readonly options: (table: TableNode, out: TextBuffer) => void;
}

export const standardParts: TableParts = {
  column(column, _table, out) {
    writeNameAndType(column, out);
    writeCollation(column, out);
    writeComputed(column, out);
    writeIdentity(column, out);
    if (!column.nullable) out.add(" not null");
    writeDefault(column, out);
  },
  kind: () => "",
  keyInColumn: () => false,
  primaryKey(key, out) {
    writeConstraintName(key.name, out);
    out.add("primary key ");
    if (key.include !== undefined) lacks(out, "INCLUDE on a primary key");
    writeNames(key.columns, out);
  },
  foreignKey(key, out) {
    writeConstraintName(key.name, out);
    out.add("foreign key ");
    writeNames(key.columns, out);
    out.add(" references ");
    writeTableName(key.target, out);
    out.add(" ");
    writeNames(key.target.columns, out);
    writeActions(key, out);
    writeDeferrable(key.deferrable, out);
  },
  unique(unique, out) {
    writeConstraintName(unique.name, out);
    out.add("unique ");
    if (unique.nullsNotDistinct) lacks(out, "NULLS NOT DISTINCT");
    if (unique.include !== undefined) lacks(out, "INCLUDE on a unique constraint");
    writeNames(unique.columns, out);
    writeDeferrable(unique.deferrable, out);
  },
  check(check, out) {
    writeConstraintName(check.name, out);
    out.add("check (");
    writeSql(check.expression, out);
    out.add(")");
  },
  exclusion: (_exclusion, out) => out.require("EXCLUSION CONSTRAINTS"),
  opening(table, out) {
    if (table.comment !== undefined) out.require("COMMENTS");
  },
  options(table, out) {
    const [option] = Object.keys(table.options);
    if (option !== undefined) lacks(out, `the table option "${option}"`);
  },
};

/** A whole CREATE TABLE, its indexes not included. */
export function writeCreateTable(
  table: TableNode,
  choice: { readonly ifNotExists: boolean; readonly without?: readonly ForeignKeyNode[] },
  parts: TableParts,
  out: TextBuffer,
): void {
  out.add(`create ${parts.kind(table)}table `);
  if (choice.ifNotExists) out.add("if not exists ");
  writeTableName({ schema: table.schema, table: table.name }, out);
  out.add(" (");
  parts.opening(table, out);
  const lines = [
    ...table.columns.map((column) => () => parts.column(column, table, out)),
    ...constraintsOf(table, choice.without ?? [], parts).map((write) => () => write(out)),
  ];
  lines.forEach((write, index) => {
    out.add(index === 0 ? "\n  " : ",\n  ");
    write();
  });
  out.add("\n)");
  parts.options(table, out);
}

type Write = (out: TextBuffer) => void;

function constraintsOf(table: TableNode, without: readonly ForeignKeyNode[], parts: TableParts): Write[] {
  const { primaryKey } = table;
  return [
    ...(primaryKey && !parts.keyInColumn(table) ? [(out: TextBuffer) => parts.primaryKey(primaryKey, out)] : []),
    ...table.uniques.map((unique) => (out: TextBuffer) => parts.unique(unique, out)),
    ...table.foreignKeys
      .filter((key) => !without.includes(key))
      .map((key) => (out: TextBuffer) => parts.foreignKey(key, out)),
    ...table.checks.map((check) => (out: TextBuffer) => parts.check(check, out)),
    ...table.exclusions.map((exclusion) => (out: TextBuffer) => parts.exclusion(exclusion, out)),
  ];
}

// --- names ---

export function writeTableName(
  table: { readonly schema?: string | undefined; readonly table: string },
  out: TextBuffer,
): void {
  if (table.schema !== undefined) {
    out.name(table.schema);
    out.add(".");
  }
  out.name(table.table);
}

/** Names in parentheses. */
export function writeNames(names: readonly string[], out: TextBuffer): void {
  out.add("(");
  out.list(names, (name) => out.name(name));
  out.add(")");
}

export function writeConstraintName(name: string | undefined, out: TextBuffer): void {
  if (name === undefined) return;
  out.add("constraint ");
  out.name(name);
  out.add(" ");
}

// --- columns ---

export function writeNameAndType(column: TableColumnNode, out: TextBuffer): void {
  out.name(column.name);
  out.add(` ${out.dialect.typeName(column.type)}`);
}

export function writeCollation(column: TableColumnNode, out: TextBuffer): void {
  if (column.collation === undefined) return;
  out.add(" collate ");
  out.name(column.collation);
}

export function writeComputed(column: TableColumnNode, out: TextBuffer): void {
  if (column.computed === undefined) return;
  out.add(" generated always as (");
  writeSql(column.computed.expression, out);
  out.add(column.computed.stored ? ") stored" : ") virtual");
}

export function writeIdentity(column: TableColumnNode, out: TextBuffer): void {
  if (column.identity === undefined) return;
  const { always, start, increment } = column.identity;
  out.add(always ? " generated always as identity" : " generated by default as identity");
  const options = [
    ...(start === undefined ? [] : [`start with ${start}`]),
    ...(increment === undefined ? [] : [`increment by ${increment}`]),
  ];
  if (options.length > 0) out.add(` (${options.join(" ")})`);
}

export function writeDefault(column: TableColumnNode, out: TextBuffer): void {
  if (column.default === undefined) return;
  out.add(" default ");
  writeDefaultValue(column.default, out);
}

/** A literal as it is; any other expression in parentheses, without which few databases take one. */
export function writeDefaultValue(value: ExpressionNode | SqlText, out: TextBuffer): void {
  if (value.kind === "value" || value.kind === "constant") out.assigned(value);
  else {
    out.add("(");
    writeSql(value, out);
    out.add(")");
  }
}

/** An expression over the columns of one table, or text that a database reported. */
export function writeSql(sql: ExpressionNode | SqlText, out: TextBuffer): void {
  if (sql.kind === "sqlText") out.add(sql.text);
  else {
    out.allBare = true;
    out.expression(sql);
  }
}

// --- constraints and indexes ---

export function writeActions(key: ForeignKeyNode, out: TextBuffer): void {
  if (key.onDeleteColumns !== undefined) lacks(out, "ON DELETE SET NULL of some columns");
  if (key.onDelete !== "no action") out.add(` on delete ${key.onDelete}`);
  if (key.onUpdate !== "no action") out.add(` on update ${key.onUpdate}`);
}

export function writeDeferrable(deferrable: "immediate" | "deferred" | undefined, out: TextBuffer): void {
  if (deferrable !== undefined) out.add(` deferrable initially ${deferrable}`);
}

/** A column or expression of an index, with its direction. */
export function writeIndexItem(item: IndexItem, out: TextBuffer): void {
  if (item.of.kind === "name") out.name(item.of.name);
  else {
    out.add("(");
    writeSql(item.of, out);
    out.add(")");
  }
  if (item.length !== undefined) lacks(out, "indexes over the first characters of a column");
  if (item.collation !== undefined) {
    out.add(" collate ");
    out.name(item.collation);
  }
  if (item.operatorClass !== undefined) lacks(out, "operator classes");
  if (item.direction === "desc") out.add(" desc");
  if (item.nulls !== undefined) lacks(out, "NULLS FIRST and NULLS LAST in an index");
}

/** @throws {CompileError} saying that the database has no such thing */
export function lacks(out: TextBuffer, what: string): never {
  throw new CompileError(`${out.dialect.name} has no ${what}`, "Leave them out there.");
}
