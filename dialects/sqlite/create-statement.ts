// Reads the CREATE statements that SQLite keeps of tables, indexes and views. They alone say what the checks, collations,
// computed columns, names of constraints and conditions of indexes are; the grammar is SQLite's own, which lets a string be
// a name, a type be any words, and commas between constraints be left out (https://sqlite.org/lang_createtable.html).
import type { ReferentialAction } from "../../core/dialect/index.ts";
import { TokenReader } from "./token-reader.ts";
import { tokensOf } from "./tokens.ts";

export interface CreateTable {
  readonly columns: readonly ColumnClause[];
  readonly primaryKey: { readonly name: string | undefined; readonly columns: readonly string[] } | undefined;
  readonly uniques: readonly { readonly name: string | undefined; readonly columns: readonly string[] }[];
  readonly foreignKeys: readonly ForeignKeyClause[];
  readonly checks: readonly { readonly name: string | undefined; readonly text: string }[];
  readonly autoincrement: boolean;
  readonly withoutRowid: boolean;
  readonly strict: boolean;
  readonly comment: string | undefined;
}

export interface ColumnClause {
  readonly name: string;
  /** As declared; empty if it has none. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | undefined;
  readonly collation: string | undefined;
  readonly computed: { readonly text: string; readonly stored: boolean } | undefined;
  readonly comment: string | undefined;
}

export interface ForeignKeyClause {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly table: string;
  /** Empty if it refers to the primary key without saying so. */
  readonly targets: readonly string[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly deferrable: "immediate" | "deferred" | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

export function readCreateTable(sql: string): CreateTable {
  const reader = new TokenReader(sql);
  reader.skipTo(() => reader.sees("("));
  reader.next();
  const table: Mutable<CreateTable> = {
    columns: [],
    primaryKey: undefined,
    uniques: [],
    foreignKeys: [],
    checks: [],
    autoincrement: false,
    withoutRowid: false,
    strict: false,
    comment: reader.comment,
  };
  while (reader.peek() !== undefined && !reader.takes(")")) {
    if (startsConstraint(reader)) readTableConstraint(reader, table);
    else readColumn(reader, table);
    reader.takes(",");
  }
  while (reader.peek() !== undefined) {
    if (reader.takes("without", "rowid")) table.withoutRowid = true;
    else if (reader.takes("strict")) table.strict = true;
    else reader.next();
  }
  return table;
}

function startsConstraint(reader: TokenReader): boolean {
  return (
    reader.sees("constraint") ||
    reader.sees("primary", "key") ||
    reader.sees("unique") ||
    reader.sees("check") ||
    reader.sees("foreign", "key")
  );
}

function readColumn(reader: TokenReader, table: Mutable<CreateTable>): void {
  const column: Mutable<ColumnClause> = {
    name: reader.name(),
    type: readType(reader),
    notNull: false,
    default: undefined,
    collation: undefined,
    computed: undefined,
    comment: undefined,
  };
  let name: string | undefined;
  while (reader.peek() !== undefined && !reader.sees(",") && !reader.sees(")")) {
    if (reader.takes("constraint")) {
      name = reader.name();
      continue;
    }
    readColumnConstraint(reader, name, column, table);
    name = undefined;
  }
  column.comment = reader.comment;
  table.columns.push(column);
}

const constraintWords = new Set([
  "constraint",
  "primary",
  "not",
  "null",
  "unique",
  "check",
  "default",
  "collate",
  "references",
  "generated",
  "as",
]);

function readType(reader: TokenReader): string {
  const first = reader.peek();
  for (let token = first; token !== undefined; token = reader.peek()) {
    if (token.kind === "symbol" || (token.kind === "word" && constraintWords.has(token.value))) break;
    reader.next();
  }
  if (first === undefined || first === reader.peek()) return "";
  if (reader.sees("(")) reader.parenthesized();
  return reader.last === undefined ? "" : reader.textBetween(first, reader.last);
}

function readColumnConstraint(
  reader: TokenReader,
  name: string | undefined,
  column: Mutable<ColumnClause>,
  table: Mutable<CreateTable>,
): void {
  if (reader.takes("primary", "key")) {
    if (!reader.takes("asc")) reader.takes("desc");
    table.primaryKey = { name, columns: [column.name] };
    passConflictClause(reader);
    if (reader.takes("autoincrement")) table.autoincrement = true;
  } else if (reader.takes("not", "null")) {
    column.notNull = true;
    passConflictClause(reader);
  } else if (reader.takes("unique")) {
    table.uniques.push({ name, columns: [column.name] });
    passConflictClause(reader);
  } else if (reader.takes("check")) {
    table.checks.push({ name, text: reader.parenthesized() });
    passConflictClause(reader);
  } else if (reader.takes("default")) {
    column.default = readDefault(reader);
  } else if (reader.takes("collate")) {
    column.collation = reader.name();
  } else if (reader.takes("references")) {
    table.foreignKeys.push(readReference(reader, name, [column.name]));
  } else if (reader.takes("generated", "always", "as") || reader.takes("as")) {
    const text = reader.parenthesized();
    const stored = reader.takes("stored");
    if (!stored) reader.takes("virtual");
    column.computed = { text, stored };
  } else {
    reader.next();
  }
}

function readDefault(reader: TokenReader): string {
  if (reader.sees("(")) return reader.parenthesized();
  const first = reader.next();
  const last = first?.kind === "symbol" ? reader.next() : first;
  return first && last ? reader.textBetween(first, last) : "";
}

function readTableConstraint(reader: TokenReader, table: Mutable<CreateTable>): void {
  const name = reader.takes("constraint") ? reader.name() : undefined;
  if (reader.takes("primary", "key")) {
    const items = reader.items().map(readItem);
    if (items.some(({ autoincrement }) => autoincrement)) table.autoincrement = true;
    table.primaryKey = { name, columns: items.map(columnOf) };
    passConflictClause(reader);
  } else if (reader.takes("unique")) {
    table.uniques.push({ name, columns: reader.items().map((item) => columnOf(readItem(item))) });
    passConflictClause(reader);
  } else if (reader.takes("check")) {
    table.checks.push({ name, text: reader.parenthesized() });
    passConflictClause(reader);
  } else if (reader.takes("foreign", "key")) {
    const columns = reader.names();
    reader.takes("references");
    table.foreignKeys.push(readReference(reader, name, columns));
  } else {
    reader.next();
  }
}

function readReference(reader: TokenReader, name: string | undefined, columns: readonly string[]): ForeignKeyClause {
  const key: Mutable<ForeignKeyClause> = {
    name,
    columns: [...columns],
    table: reader.name(),
    targets: reader.names(),
    onDelete: "no action",
    onUpdate: "no action",
    deferrable: undefined,
  };
  for (;;) {
    if (reader.takes("on", "delete")) key.onDelete = readAction(reader);
    else if (reader.takes("on", "update")) key.onUpdate = readAction(reader);
    else if (reader.takes("match")) reader.name();
    else if (reader.takes("not", "deferrable")) readInitially(reader);
    else if (reader.takes("deferrable")) key.deferrable = readInitially(reader) ?? "immediate";
    else return key;
  }
}

function readAction(reader: TokenReader): ReferentialAction {
  if (reader.takes("set", "null")) return "set null";
  if (reader.takes("set", "default")) return "set default";
  if (reader.takes("cascade")) return "cascade";
  if (reader.takes("restrict")) return "restrict";
  reader.takes("no", "action");
  return "no action";
}

function readInitially(reader: TokenReader): "immediate" | "deferred" | undefined {
  if (reader.takes("initially", "deferred")) return "deferred";
  return reader.takes("initially", "immediate") ? "immediate" : undefined;
}

/** `on conflict replace` and its kind, which no schema here speaks of: what an insert does is the insert's to say. */
function passConflictClause(reader: TokenReader): void {
  if (reader.takes("on", "conflict")) reader.next();
}

export interface CreateIndex {
  readonly unique: boolean;
  readonly items: readonly IndexItemClause[];
  readonly where: string | undefined;
}

export interface IndexItemClause {
  /** A column's name if there is one, else an expression without the parentheses around it. */
  readonly text: string;
  readonly isName: boolean;
  readonly collation: string | undefined;
  readonly direction: "asc" | "desc";
  readonly autoincrement: boolean;
}

export function readCreateIndex(sql: string): CreateIndex {
  const reader = new TokenReader(sql);
  reader.takes("create");
  const unique = reader.takes("unique");
  // The names before may be the word "on" themselves, but then they are quoted.
  while (reader.peek() !== undefined && !reader.takes("on")) reader.next();
  reader.name();
  const items = reader.items().map(readItem);
  return { unique, items, where: reader.takes("where") ? reader.rest() : undefined };
}

/** One item of an index or a key: what it is over, then COLLATE, ASC or DESC, and AUTOINCREMENT. */
function readItem(item: string): IndexItemClause {
  const tokens = tokensOf(item).filter(({ kind }) => kind !== "comment");
  const takesLast = (word: string): boolean => {
    const last = tokens.at(-1);
    const isLast = tokens.length > 1 && last?.kind === "word" && last.value === word;
    if (isLast) tokens.pop();
    return isLast;
  };
  const autoincrement = takesLast("autoincrement");
  const direction = takesLast("desc") ? "desc" : "asc";
  takesLast("asc");
  let collation: string | undefined;
  const collate = tokens.at(-2);
  if (tokens.length > 2 && collate?.kind === "word" && collate.value === "collate") {
    collation = nameOf(item.slice(tokens.at(-1)?.start, tokens.at(-1)?.end));
    tokens.splice(-2);
  }
  const text = withoutParentheses(item.slice(tokens[0]?.start, tokens.at(-1)?.end));
  const isName = tokens.length === 1 && (tokens[0]?.kind === "word" || tokens[0]?.kind === "quoted");
  return { text: isName ? nameOf(text) : text, isName, collation, direction, autoincrement };
}

/** The column that an item of a key is: a name, or a string that stands for one. */
function columnOf({ text, isName }: IndexItemClause): string {
  return isName ? text : nameOf(text);
}

function nameOf(text: string): string {
  return new TokenReader(text).name();
}

/** The text without parentheses that surround the whole of it. */
function withoutParentheses(text: string): string {
  const reader = new TokenReader(text);
  if (!reader.sees("(")) return text;
  const inner = reader.parenthesized();
  return reader.peek() === undefined ? withoutParentheses(inner) : text;
}

export interface CreateView {
  /** Empty if they are called as the query calls them. */
  readonly columns: readonly string[];
  readonly query: string;
}

export function readCreateView(sql: string): CreateView {
  const reader = new TokenReader(sql);
  while (reader.peek() !== undefined && !reader.sees("as") && !reader.sees("(")) reader.next();
  const columns = reader.names();
  reader.takes("as");
  return { columns, query: reader.rest() };
}
