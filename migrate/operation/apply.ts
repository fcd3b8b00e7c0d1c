// A change of schema → what tables and other objects look like once it has been made. It says what the databases do: a column
// takes its keys and indexes with it, and a new name is new wherever it is referred to.
import type { ForeignKeyNode, IndexItem, Reflected, SchemaNode, TableColumnNode, TableNode } from "../../core/index.ts";

type Place = { readonly schema?: string | undefined; readonly table: string };

/** The whole schema after the change. */
export function applied(schema: Reflected, node: SchemaNode): Reflected {
  const { tables, others } = schema;
  switch (node.kind) {
    case "createTable":
      return { ...schema, tables: [...tables, { ...node.table, indexes: [] }] };
    case "dropTable":
      return { ...schema, tables: tables.filter((table) => !isAt(table, node)) };
    case "renameTable":
      return { ...schema, tables: tables.map((table) => withTableRenamed(table, node, node.to)) };
    case "renameColumn":
      return { ...schema, tables: tables.map((table) => withColumnRenamed(table, node, node.column, node.to)) };
    case "createView":
      return { ...schema, others: [...others.filter((other) => !isNamed(other, "view", node.view)), node.view] };
    case "dropView":
      return { ...schema, others: others.filter((other) => !isNamed(other, "view", node)) };
    case "createSequence":
      return { ...schema, others: [...others, node.sequence] };
    case "dropSequence":
      return { ...schema, others: others.filter((other) => !isNamed(other, "sequence", node)) };
    case "createType":
      return { ...schema, others: [...others, node.type] };
    case "dropType":
      return { ...schema, others: others.filter((other) => !isNamed(other, "type", node)) };
    case "renameType":
      return {
        ...schema,
        others: others.map((other) => (isNamed(other, "type", node) ? { ...other, name: node.to } : other)),
      };
    case "addEnumValue":
      return {
        ...schema,
        others: others.map((other) => (isNamed(other, "type", node) ? withValue(other, node) : other)),
      };
    case "alterDomain":
      return {
        ...schema,
        others: others.map((other) =>
          other.kind === "type" && isNamed(other, "type", node) ? { ...other, definition: node.to } : other,
        ),
      };
    case "createSchema":
    case "dropSchema":
      return schema;
    default:
      return { ...schema, tables: tables.map((table) => (isAt(table, node) ? changed(table, node) : table)) };
  }
}

/** The kinds of change that are about one table that is there already. */
export type TableChange = Exclude<
  Extract<SchemaNode, Place>,
  { readonly kind: "createTable" | "dropTable" | "renameTable" | "renameColumn" }
>;

/** The table after the change. */
export function changed(table: TableNode, node: TableChange): TableNode {
  switch (node.kind) {
    case "addColumn":
      return { ...table, columns: [...table.columns, node.column] };
    case "dropColumn":
      return withoutColumn(table, node.column);
    case "alterColumn":
      return withColumn(table, node.to);
    case "commentColumn":
      return withColumn(table, node.column);
    case "commentTable":
      return { ...table, comment: node.comment };
    case "alterOptions":
      return { ...table, options: node.to };
    case "addPrimaryKey":
      return { ...table, primaryKey: node.primaryKey };
    case "addForeignKey":
      return { ...table, foreignKeys: [...table.foreignKeys, node.foreignKey] };
    case "addUnique":
      return { ...table, uniques: [...table.uniques, node.unique] };
    case "addCheck":
      return { ...table, checks: [...table.checks, node.check] };
    case "addExclusion":
      return { ...table, exclusions: [...table.exclusions, node.exclusion] };
    case "dropConstraint":
      return withoutConstraint(table, node.of, node.name);
    case "createIndex":
      return { ...table, indexes: [...table.indexes, node.index] };
    case "dropIndex":
      return { ...table, indexes: table.indexes.filter(({ name }) => name !== node.name) };
    case "validateConstraint":
      return table;
  }
}

export function isAt(table: { readonly schema?: string | undefined; readonly name: string }, place: Place): boolean {
  return table.name === place.table && table.schema === place.schema;
}

function isNamed(
  object: { readonly kind: string; readonly name: string; readonly schema?: string | undefined },
  kind: string,
  { name, schema }: { readonly name: string; readonly schema?: string | undefined },
): boolean {
  return object.kind === kind && object.name === name && object.schema === schema;
}

/** The enumeration with one more value. */
function withValue(
  other: Reflected["others"][number],
  { value, before }: Extract<SchemaNode, { kind: "addEnumValue" }>,
): Reflected["others"][number] {
  if (other.kind !== "type" || other.definition.kind !== "enumeration") return other;
  const { values } = other.definition;
  const place = before === undefined ? values.length : values.indexOf(before);
  return { ...other, definition: { kind: "enumeration", values: values.toSpliced(place, 0, value) } };
}

function withColumn(table: TableNode, column: TableColumnNode): TableNode {
  return { ...table, columns: table.columns.map((other) => (other.name === column.name ? column : other)) };
}

function withoutColumn(table: TableNode, name: string): TableNode {
  const isFree = ({ columns }: { readonly columns: readonly string[] }) => !columns.includes(name);
  const isOver = ({ of }: { readonly of: IndexItem["of"] }) => of.kind === "name" && of.name === name;
  return {
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
    primaryKey: table.primaryKey && isFree(table.primaryKey) ? table.primaryKey : undefined,
    foreignKeys: table.foreignKeys.filter(isFree),
    uniques: table.uniques.filter(isFree),
    indexes: table.indexes.filter(({ items }) => !items.some(isOver)),
    exclusions: table.exclusions.filter(({ items }) => !items.some(isOver)),
  };
}

function withoutConstraint(
  table: TableNode,
  of: Extract<SchemaNode, { kind: "dropConstraint" }>["of"],
  dropped: string,
): TableNode {
  const isOther = ({ name }: { readonly name: string | undefined }) => name !== dropped;
  switch (of) {
    case "primary key":
      return { ...table, primaryKey: undefined };
    case "foreign key":
      return { ...table, foreignKeys: table.foreignKeys.filter(isOther) };
    case "unique":
      return { ...table, uniques: table.uniques.filter(isOther) };
    case "check":
      return { ...table, checks: table.checks.filter(isOther) };
    case "exclusion":
      return { ...table, exclusions: table.exclusions.filter(isOther) };
  }
}

function withTableRenamed(table: TableNode, from: Place, to: string): TableNode {
  const isTarget = ({ target }: ForeignKeyNode) => target.table === from.table && target.schema === from.schema;
  return {
    ...table,
    name: isAt(table, from) ? to : table.name,
    foreignKeys: table.foreignKeys.map((key) =>
      isTarget(key) ? { ...key, target: { ...key.target, table: to } } : key,
    ),
  };
}

function withColumnRenamed(table: TableNode, place: Place, from: string, to: string): TableNode {
  const rename = (name: string) => (name === from ? to : name);
  const all = (names: readonly string[]) => names.map(rename);
  const foreignKeys = table.foreignKeys.map((key) => {
    const isTarget = key.target.table === place.table && key.target.schema === place.schema;
    return isTarget ? { ...key, target: { ...key.target, columns: all(key.target.columns) } } : key;
  });
  if (!isAt(table, place)) return { ...table, foreignKeys };
  const item = <T extends { readonly of: IndexItem["of"] }>(one: T): T =>
    one.of.kind === "name" ? { ...one, of: { kind: "name", name: rename(one.of.name) } } : one;
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.name === from ? { ...column, name: to, key: column.key === from ? to : column.key } : column,
    ),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: all(table.primaryKey.columns) },
    uniques: table.uniques.map((unique) => ({ ...unique, columns: all(unique.columns) })),
    foreignKeys: foreignKeys.map((key) => ({ ...key, columns: all(key.columns) })),
    indexes: table.indexes.map((index) => ({ ...index, items: index.items.map(item) })),
    exclusions: table.exclusions.map((exclusion) => ({ ...exclusion, items: exclusion.items.map(item) })),
  };
}
