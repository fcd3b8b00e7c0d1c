// A reflected table → its declaration. Keys, unique constraints and foreign keys of one column are said at the column, all
// else in the table's options. A name that the naming convention gives anyway is left out.
import type {
  ExclusionNode,
  ForeignKeyNode,
  IndexItem,
  IndexNode,
  TableColumnNode,
  TableNode,
  UniqueNode,
} from "../../core/dialect/index.ts";
import { named } from "../../core/index.ts";
import { conditionSource, defaultSource, expressionSource } from "./expression-source.ts";
import { propertyKey, Scope } from "./identifiers.ts";
import { argumentsOf, objectOf, optionalString, type SourceFile, stringSource, valueSource } from "./source-file.ts";
import { isNumbering, typeSource } from "./type-source.ts";

/** What a table and its columns are called in the file. */
export interface TableNames {
  readonly constant: string;
  /** Properties by the columns' names in the database. */
  readonly properties: ReadonlyMap<string, string>;
}

export function tableNames(table: TableNode, file: SourceFile): TableNames {
  const scope = new Scope();
  return {
    constant: file.scope.claim(table.name, "table"),
    properties: new Map(table.columns.map(({ name }) => [name, scope.claim(name, "column")])),
  };
}

/** Finds a table that a foreign key refers to. */
export type FindTable = (target: ForeignKeyNode["target"], of: TableNode, key: ForeignKeyNode) => TableNames;

export function tableSource(reflected: TableNode, names: TableNames, find: FindTable, file: SourceFile): string {
  const table = withoutUsualNames(inOrder(reflected), file);
  const key = table.name.replaceAll(".", "_");
  const writer: Writer = { table, names, find, file, property: (name) => names.properties.get(name) as string };
  const columns = table.columns.map(
    (column) => `  ${propertyKey(writer.property(column.name))}: ${columnSource(column, writer)},`,
  );
  const options = optionLines(writer, key);
  const rest = options.length === 0 ? "" : `, {\n${options.map((line) => `  ${line},`).join("\n")}\n}`;
  return `export const ${names.constant} = ${file.core("table")}(${stringSource(key)}, {\n${columns.join("\n")}\n}${rest});`;
}

export interface Writer {
  readonly table: TableNode;
  readonly names: TableNames;
  readonly find: FindTable;
  readonly file: SourceFile;
  /** The property of a column. */
  readonly property: (name: string) => string;
}

// --- names ---

/** The constraints in the order in which the declaration will have them: first those said at columns. */
function inOrder(table: TableNode): TableNode {
  const place = (columns: readonly string[]) => table.columns.findIndex(({ name }) => name === columns[0]);
  const byColumn = <T extends { readonly columns: readonly string[] }>(
    list: readonly T[],
    isAtColumn: (one: T) => boolean,
  ) => [
    ...list.filter(isAtColumn).sort((a, b) => place(a.columns) - place(b.columns)),
    ...list.filter((one) => !isAtColumn(one)),
  ];
  return {
    ...table,
    uniques: byColumn(table.uniques, (unique) => isAtColumn(unique, table)),
    foreignKeys: byColumn(table.foreignKeys, ({ columns }) => columns.length === 1),
  };
}

function isAtColumn({ columns, nullsNotDistinct, deferrable, include }: UniqueNode, table: TableNode): boolean {
  const [column = ""] = columns;
  const isKey = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column;
  return columns.length === 1 && !isKey && !nullsNotDistinct && !deferrable && include === undefined;
}

/** The table without the names that it would get by itself. */
function withoutUsualNames(table: TableNode, file: SourceFile): TableNode {
  const { maxName } = file.door.dialect;
  const usual = named(
    mapNames(table, () => undefined),
    maxName,
  );
  const without = mapNames(table, (name, kind, place) => (name === nameAt(usual, kind, place) ? undefined : name));
  // Names that are given decide how others are numbered. Where that goes wrong, all are given.
  const again = named(without, maxName);
  const agrees = kinds.every((kind) =>
    listOf(table, kind).every(({ name }, place) => name === undefined || name === nameAt(again, kind, place)),
  );
  return agrees ? without : table;
}

const kinds = ["primaryKey", "uniques", "foreignKeys", "checks", "indexes", "exclusions"] as const;
type Kind = (typeof kinds)[number];

function listOf(table: TableNode, kind: Kind): readonly { readonly name: string | undefined }[] {
  return kind === "primaryKey" ? (table.primaryKey ? [table.primaryKey] : []) : table[kind];
}

function nameAt(table: TableNode, kind: Kind, place: number): string | undefined {
  return listOf(table, kind)[place]?.name;
}

function mapNames(
  table: TableNode,
  change: (name: string | undefined, kind: Kind, place: number) => string | undefined,
): TableNode {
  const renamed = (kind: Kind) =>
    listOf(table, kind).map((one, place) => ({ ...one, name: change(one.name, kind, place) }));
  return {
    ...table,
    ...Object.fromEntries(kinds.map((kind) => [kind, kind === "primaryKey" ? renamed(kind)[0] : renamed(kind)])),
  } as TableNode;
}

// --- columns ---

export function columnSource(column: TableColumnNode, { table, find, file, property }: Writer): string {
  const name = property(column.name) === column.name ? undefined : column.name;
  const isKey = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  const unique = table.uniques.find((unique) => unique.columns[0] === column.name && isAtColumn(unique, table));
  const keys = table.foreignKeys.filter(({ columns }) => columns.length === 1 && columns[0] === column.name);
  // A column says one reference; further ones stand in the table's options.
  const [reference] = keys;
  let text = typeSource(column.type, name, file);
  if (isKey) text += ".primaryKey()";
  else if (column.nullable) text += ".nullable()";
  text += numberingSource(column, isKey, reference !== undefined, file);
  if (unique) text += `.unique(${argumentsOf(optionalString(unique.name))})`;
  if (column.default) text += `.default(${defaultSource(column.default, column.type, file)})`;
  if (column.computed) {
    const options = column.computed.stored ? undefined : "{ virtual: true }";
    text += `.generatedAs(${argumentsOf(`() => ${expressionSource(column.computed.expression, column.type, file)}`, options)})`;
  }
  if (column.onUpdate) text += `.onUpdate(${expressionSource(column.onUpdate, column.type, file)})`;
  if (reference) {
    const target = find(reference.target, table, reference);
    const referred = `${target.constant}.${target.properties.get(reference.target.columns[0] as string)}`;
    text += `.references(${argumentsOf(`() => ${referred}`, referenceOptions(reference))})`;
  }
  if (column.collation !== undefined) text += `.collate(${stringSource(column.collation)})`;
  if (column.comment !== undefined) text += `.comment(${stringSource(column.comment)})`;
  return text;
}

/** A single integer key numbers itself unless it refers to another table or says otherwise. */
function numberingSource(column: TableColumnNode, isKey: boolean, refers: boolean, file: SourceFile): string {
  const { identity, type } = column;
  const numbersItself =
    isKey && !refers && isNumbering(type, file) && column.default === undefined && column.computed === undefined;
  if (identity === undefined) return numbersItself ? ".given()" : "";
  const { always, serial, start, increment } = identity;
  const options = objectOf({
    serial: serial ? "true" : undefined,
    start: start === undefined ? undefined : valueSource(start),
    increment: increment === undefined ? undefined : valueSource(increment),
  });
  if (always) return `.generatedAlways(${argumentsOf(options)})`;
  return numbersItself && options === undefined ? "" : `.generated(${argumentsOf(options)})`;
}

function referenceOptions(key: ForeignKeyNode): string | undefined {
  return objectOf({
    onDelete: key.onDelete === "no action" ? undefined : stringSource(key.onDelete),
    onUpdate: key.onUpdate === "no action" ? undefined : stringSource(key.onUpdate),
    onDeleteColumns: key.onDeleteColumns && listSource(key.onDeleteColumns),
    deferrable: optionalString(key.deferrable),
    name: optionalString(key.name),
  });
}

function listSource(texts: readonly string[]): string {
  return `[${texts.map(stringSource).join(", ")}]`;
}

// --- options ---

function optionLines({ table, names, find, file, property }: Writer, key: string): string[] {
  const lines: string[] = [];
  const { primaryKey } = table;
  const properties = (columns: readonly string[]) => listSource(columns.map(property));
  if (table.schema !== undefined) lines.push(`schema: ${stringSource(table.schema)}`);
  if (key !== table.name) lines.push(`name: ${stringSource(table.name)}`);
  if (primaryKey && primaryKey.columns.length > 1) lines.push(`primaryKey: ${properties(primaryKey.columns)}`);
  const keyOptions = objectOf({
    name: optionalString(primaryKey?.name),
    include: primaryKey?.include && properties(primaryKey.include),
  });
  if (keyOptions !== undefined) lines.push(`key: ${keyOptions}`);
  const constraints = constraintSources({ table, names, find, file, property });
  if (constraints.length > 0) {
    const usesTable = constraints.some((text) => /\bt\./.test(text));
    lines.push(
      `constraints: (${usesTable ? "t" : ""}) => [\n${constraints.map((text) => `    ${text},\n`).join("")}  ]`,
    );
  }
  if (table.comment !== undefined) lines.push(`comment: ${stringSource(table.comment)}`);
  const options = tableOptionsSource(table.options);
  if (options !== undefined) lines.push(`options: ${options}`);
  return lines;
}

export function tableOptionsSource(options: TableNode["options"]): string | undefined {
  return objectOf(
    Object.fromEntries(Object.entries(options).map(([name, value]) => [propertyKey(name), valueSource(value)])),
  );
}

export function constraintSources({ table, find, file, property }: Writer): string[] {
  const own = (name: string) => `t.${property(name)}`;
  const atColumns = new Set(
    table.columns.flatMap(
      ({ name }) => table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === name) ?? [],
    ),
  );
  return [
    ...table.uniques
      .filter(
        (unique) =>
          !isAtColumn(unique, table) ||
          table.uniques.find(({ columns }) => columns.length === 1 && columns[0] === unique.columns[0]) !== unique,
      )
      .map((unique) => uniqueSource(unique, own, file)),
    ...table.foreignKeys
      .filter((key) => !atColumns.has(key))
      .map((key) => foreignKeySource(key, own, find(key.target, table, key), file)),
    ...table.checks.map(
      ({ name, expression }) =>
        `${file.core("check")}(${argumentsOf(conditionSource(expression, file), optionalString(name))})`,
    ),
    ...table.indexes.map((index) => indexSource(index, own, file)),
    ...table.exclusions.map((exclusion) => exclusionSource(exclusion, own, file)),
  ];
}

/** The properties of columns, as they stand in an argument list. */
type Own = (name: string) => string;

export function uniqueSource(unique: UniqueNode, own: Own, file: SourceFile): string {
  const several = (columns: readonly string[]) => columns.map(own).join(", ");
  let text = `${file.core("unique")}(${several(unique.columns)})`;
  if (unique.name !== undefined) text += `.named(${stringSource(unique.name)})`;
  if (unique.nullsNotDistinct) text += ".nullsNotDistinct()";
  if (unique.include) text += `.include(${several(unique.include)})`;
  if (unique.deferrable) text += `.deferrable(${unique.deferrable === "deferred" ? '"deferred"' : ""})`;
  return text;
}

export function foreignKeySource(key: ForeignKeyNode, own: Own, target: TableNames, file: SourceFile): string {
  const referred = key.target.columns.map((column) => `${target.constant}.${target.properties.get(column)}`);
  const columns = `[${key.columns.map(own).join(", ")}]`;
  return `${file.core("foreignKey")}(${argumentsOf(columns, `() => [${referred.join(", ")}]`, referenceOptions(key))})`;
}

export function indexSource(index: IndexNode, own: (name: string) => string, file: SourceFile): string {
  let text = `${file.core(index.unique ? "uniqueIndex" : "index")}(${index.items.map((item) => indexItemSource(item, own, file)).join(", ")})`;
  if (index.name !== undefined) text += `.named(${stringSource(index.name)})`;
  if (index.method !== undefined) text += `.using(${stringSource(index.method)})`;
  index.items.forEach(({ collation, operatorClass, length }, place) => {
    const at = place === 0 ? undefined : String(place);
    if (collation !== undefined) text += `.collate(${argumentsOf(stringSource(collation), at)})`;
    if (operatorClass !== undefined) text += `.operatorClass(${argumentsOf(stringSource(operatorClass), at)})`;
    if (length !== undefined) text += `.prefix(${argumentsOf(String(length), at)})`;
  });
  if (index.include) text += `.include(${index.include.map(own).join(", ")})`;
  if (index.nullsNotDistinct) text += ".nullsNotDistinct()";
  if (index.options) {
    const entries = Object.entries(index.options).map(
      ([name, value]) => [propertyKey(name), valueSource(value)] as const,
    );
    text += `.with(${objectOf(Object.fromEntries(entries)) ?? "{}"})`;
  }
  if (index.where) text += `.where(${conditionSource(index.where, file)})`;
  return text;
}

function indexItemSource(item: IndexItem, own: (name: string) => string, file: SourceFile): string {
  const of = item.of.kind === "name" ? own(item.of.name) : expressionSource(item.of, { kind: "text" }, file);
  const nulls = item.nulls === undefined ? "" : item.nulls === "first" ? ".nullsFirst()" : ".nullsLast()";
  if (item.direction === "desc") return `${of}.desc()${nulls}`;
  return nulls === "" ? of : `${of}.asc()${nulls}`;
}

function exclusionSource(exclusion: ExclusionNode, own: (name: string) => string, file: SourceFile): string {
  const items = exclusion.items.map((item) => {
    const of = item.of.kind === "name" ? own(item.of.name) : expressionSource(item.of, { kind: "text" }, file);
    return `{ of: ${of}, with: ${stringSource(item.with)} }`;
  });
  const options = objectOf({
    name: optionalString(exclusion.name),
    where: exclusion.where && conditionSource(exclusion.where, file),
  });
  return `${file.core("exclude")}(${argumentsOf(stringSource(exclusion.method), `[${items.join(", ")}]`, options)})`;
}
