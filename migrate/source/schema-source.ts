// A reflected database → a file that declares it. Creating what the file declares gives the same database again.
import type {
  DomainDefinition,
  ForeignKeyNode,
  Reflected,
  SequenceNode,
  TableNode,
  TypeNode,
  ViewNode,
} from "../../core/dialect/index.ts";
import { conditionSource, expressionSource, templateSource, textOf } from "./expression-source.ts";
import { propertyKey, Scope } from "./identifiers.ts";
import {
  argumentsOf,
  type Door,
  objectOf,
  optionalString,
  SourceFile,
  stringSource,
  valueSource,
} from "./source-file.ts";
import { indexSource, type TableNames, tableNames, tableSource } from "./table-source.ts";
import { typeSource } from "./type-source.ts";

/** The text of a TypeScript file with a declaration of each table, view, sequence and type. */
export function schemaSource(reflected: Reflected, door: Door): string {
  const file = new SourceFile(door);
  const { tables, others } = reflected;
  const names = new Map(tables.map((table) => [placeOf(table), tableNames(table, file)]));
  const used = new Set(tables.flatMap(({ columns }) => columns.flatMap(({ type }) => enumerationIn(type) ?? [])));
  for (const type of others.filter((object) => object.kind === "type")) {
    if (!used.has(placeOf(type))) declareType(type, file);
  }
  for (const sequence of others.filter((object) => object.kind === "sequence")) declareSequence(sequence, file);
  const find = finder(names, file);
  for (const table of tables) {
    file.declare(tableSource(table, names.get(placeOf(table)) as TableNames, find, file));
  }
  for (const view of others.filter((object) => object.kind === "view")) declareView(view, file);
  return file.text(`// What ${door.dialect.name} has, as it was when it was read. Change it as you like: it is yours.`);
}

export function placeOf({ schema, name }: { readonly schema?: string | undefined; readonly name: string }): string {
  return JSON.stringify([schema ?? null, name]);
}

/** A column of a named enumeration declares the enumeration. */
function enumerationIn(type: TableNode["columns"][number]["type"]): string | undefined {
  if (type.kind === "array") return enumerationIn(type.of);
  return type.kind === "enumeration" && type.name !== undefined
    ? placeOf({ schema: type.schema, name: type.name })
    : undefined;
}

export type Finder = (target: ForeignKeyNode["target"], of: TableNode, key: ForeignKeyNode) => TableNames;

/**
 * The table that a foreign key refers to. One that was not read is declared with the columns referred to, and not exported,
 * so that it is neither created nor dropped.
 */
function finder(names: Map<string, TableNames>, file: SourceFile): Finder {
  return (target, of, key) => {
    const place = placeOf({ schema: target.schema, name: target.table });
    const known = names.get(place);
    if (known !== undefined) return known;
    const scope = new Scope();
    const constant = file.scope.claim(target.table, "table");
    const properties = new Map(target.columns.map((column) => [column, scope.claim(column, "column")]));
    const columns = target.columns.map((column, index) => {
      const type = of.columns.find(({ name }) => name === key.columns[index])?.type ?? { kind: "text" };
      const property = properties.get(column) as string;
      return `${propertyKey(property)}: ${typeSource(type, property === column ? undefined : column, file)}`;
    });
    const tableKey = target.table.replaceAll(".", "_");
    const options = objectOf({
      schema: optionalString(target.schema),
      name: tableKey === target.table ? undefined : stringSource(target.table),
    });
    file.declare(
      `const ${constant} = ${file.core("table")}(${argumentsOf(stringSource(tableKey), `{ ${columns.join(", ")} }`, options)});`,
    );
    const found = { constant, properties };
    names.set(place, found);
    return found;
  };
}

/** Declares it, and gives the constant. */
export function declareType(type: TypeNode, file: SourceFile): string {
  const constant = file.scope.claim(type.name, "type");
  const { definition } = type;
  const name = stringSource(type.name);
  if (definition.kind === "enumeration") {
    const values = `[${definition.values.map(stringSource).join(", ")}]`;
    const options = objectOf({ schema: optionalString(type.schema) });
    file.declare(`export const ${constant} = ${file.core("enumerationType")}(${argumentsOf(name, values, options)});`);
    return constant;
  }
  file.declare(`export const ${constant} = ${domainSource(type, definition, file)};`);
  return constant;
}

/** The call that declares a domain. */
export function domainSource({ name, schema }: TypeNode, domain: DomainDefinition, file: SourceFile): string {
  const { of, nullable, default: value, checks } = domain;
  const [first] = checks;
  // A single one has the name that PostgreSQL gives it anyway.
  const isUsual = checks.length === 1 && (first?.name === undefined || first.name === `${name}_check`);
  const several = checks.map(({ name, expression }) => [
    propertyKey(name as string),
    conditionSource(expression, file),
  ]);
  const options = objectOf({
    schema: optionalString(schema),
    nullable: nullable ? undefined : "false",
    default: value && expressionSource(value, of, file),
    check: isUsual && first ? conditionSource(first.expression, file) : objectOf(Object.fromEntries(several)),
  });
  return `${file.core("domain")}(${argumentsOf(stringSource(name), typeSource(of, undefined, file), options)})`;
}

/** Declares it, and gives the constant. */
export function declareSequence(sequence: SequenceNode, file: SourceFile): string {
  const { kind: _, name, schema, ...numbers } = sequence;
  const entries = Object.entries(numbers).map(([key, value]) => [
    key,
    value === undefined ? undefined : valueSource(value),
  ]);
  const options = objectOf({ schema: optionalString(schema), ...Object.fromEntries(entries) });
  const constant = file.scope.claim(name, "sequence");
  file.declare(`export const ${constant} = ${file.core("sequence")}(${argumentsOf(stringSource(name), options)});`);
  return constant;
}

/** Declares it, and gives the constant. */
export function declareView(view: ViewNode, file: SourceFile): string {
  const constant = file.scope.claim(view.name, "view");
  const columns = view.columns.map(({ name, type, nullable }) => {
    return `  ${propertyKey(name)}: ${typeSource(type, undefined, file)}${nullable ? ".nullable()" : ""},\n`;
  });
  const statement = `${file.core("sql")}.statement({\n${columns.join("")}})${templateSource(textOf(view.query))}`;
  const own = (name: string) => (propertyKey(name) === name ? `v.${name}` : `v[${stringSource(name)}]`);
  const indexes = view.indexes?.map((index) => indexSource(index, own, file));
  const options = objectOf({
    schema: optionalString(view.schema),
    comment: optionalString(view.comment),
    indexes: indexes && `(v) => [${indexes.join(", ")}]`,
  });
  const builder = file.core(view.materialized ? "materializedView" : "view");
  file.declare(`export const ${constant} = ${builder}(${argumentsOf(stringSource(view.name), statement, options)});`);
  return constant;
}
