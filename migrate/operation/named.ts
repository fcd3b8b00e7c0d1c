// Names for what a step left unnamed, so that what one revision creates another can drop. They are always the standard ones: a
// convention of the configuration's own may change, and what a revision did years ago may not change with it, so what
// autogenerate writes gives such names in full.
import { type Dialect, declaredObjects, named, type SchemaNode, type TableNode } from "../../core/index.ts";
import { emptyTable } from "./empty-table.ts";

/** The change with every constraint and index named. */
export function withNames(node: SchemaNode, dialect: Dialect): SchemaNode {
  const of = (table: TableNode): TableNode => named(table, dialect.maxName);
  switch (node.kind) {
    case "createTable":
      return { ...node, table: declared(node.table, dialect) };
    case "addPrimaryKey":
      return {
        ...node,
        primaryKey: of({ ...emptyTable(node), primaryKey: node.primaryKey }).primaryKey ?? node.primaryKey,
      };
    case "addUnique":
      return { ...node, unique: of({ ...emptyTable(node), uniques: [node.unique] }).uniques[0] ?? node.unique };
    case "addForeignKey":
      return {
        ...node,
        foreignKey: of({ ...emptyTable(node), foreignKeys: [node.foreignKey] }).foreignKeys[0] ?? node.foreignKey,
      };
    case "addCheck":
      return { ...node, check: of({ ...emptyTable(node), checks: [node.check] }).checks[0] ?? node.check };
    case "addExclusion":
      return {
        ...node,
        exclusion: of({ ...emptyTable(node), exclusions: [node.exclusion] }).exclusions[0] ?? node.exclusion,
      };
    case "createIndex":
      return { ...node, index: of({ ...emptyTable(node), indexes: [node.index] }).indexes[0] ?? node.index };
    default:
      return node;
  }
}

/** Named, and with a check for each enumeration that the database keeps as plain text. */
function declared(table: TableNode, dialect: Dialect): TableNode {
  return declaredObjects([table], dialect).find((object) => object.kind === "table") ?? table;
}
