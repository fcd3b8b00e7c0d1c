// Whether a step that was begun has taken effect, as far as the database itself shows it. A killed migrator leaves exactly one
// step of which nobody knows.
import type { Reflected, SchemaNode } from "../../core/index.ts";
import { isAt } from "../operation/apply.ts";

/** `done`: its effect is there. `open`: it is not. `again`: it can be run once more whatever happened. */
export type Effect = "done" | "open" | "again";

export function effectOf(node: SchemaNode, { tables, others }: Reflected): Effect {
  const tableAt = (place: { readonly schema?: string | undefined; readonly table: string }) =>
    tables.find((table) => isAt(table, place));
  const has = (kind: string, { name, schema }: { readonly name: string; readonly schema?: string | undefined }) =>
    others.some((other) => other.kind === kind && other.name === name && other.schema === schema);
  const there = (is: boolean | undefined): Effect => (is ? "done" : "open");
  const named = (list: readonly { readonly name: string | undefined }[] | undefined, name: string | undefined) =>
    list?.some((one) => one.name === name) ?? false;
  switch (node.kind) {
    case "createTable":
      return there(tables.some((table) => isAt(table, { schema: node.table.schema, table: node.table.name })));
    case "dropTable":
      return there(tableAt(node) === undefined);
    case "renameTable":
      return there(tableAt({ ...node, table: node.to }) !== undefined && tableAt(node) === undefined);
    case "addColumn":
      return there(named(tableAt(node)?.columns, node.column.name));
    case "dropColumn":
      return there(!named(tableAt(node)?.columns, node.column));
    case "renameColumn":
      return there(named(tableAt(node)?.columns, node.to) && !named(tableAt(node)?.columns, node.column));
    case "addPrimaryKey":
      return there(tableAt(node)?.primaryKey !== undefined);
    case "addForeignKey":
      return there(named(tableAt(node)?.foreignKeys, node.foreignKey.name));
    case "addUnique":
      return there(named(tableAt(node)?.uniques, node.unique.name));
    case "addCheck":
      return there(named(tableAt(node)?.checks, node.check.name));
    case "addExclusion":
      return there(named(tableAt(node)?.exclusions, node.exclusion.name));
    case "dropConstraint": {
      const table = tableAt(node);
      if (node.of === "primary key") return there(table?.primaryKey === undefined);
      const list = {
        "foreign key": "foreignKeys",
        unique: "uniques",
        check: "checks",
        exclusion: "exclusions",
      } as const;
      return there(!named(table?.[list[node.of]], node.name));
    }
    case "createIndex":
      // One built concurrently may be there and not valid: it is dropped first, and built again.
      return node.concurrently ? "again" : there(named(indexesOf(node), node.index.name));
    case "dropIndex":
      return there(!named(indexesOf(node), node.name));
    case "createView":
      return there(has("view", node.view));
    case "dropView":
      return there(!has("view", node));
    case "createSequence":
      return there(has("sequence", node.sequence));
    case "dropSequence":
      return there(!has("sequence", node));
    case "createType":
      return there(has("type", node.type));
    case "dropType":
      return there(!has("type", node));
    case "renameType":
      return there(has("type", { ...node, name: node.to }) && !has("type", node));
    case "addEnumValue": {
      const type = others.find(
        (other) => other.kind === "type" && other.name === node.name && other.schema === node.schema,
      );
      return there(
        type?.kind === "type" && type.definition.kind === "enumeration" && type.definition.values.includes(node.value),
      );
    }
    default:
      return "again";
  }

  /** Of a table or a materialized view. On MySQL a unique index is told of as a constraint. */
  function indexesOf(place: { readonly schema?: string | undefined; readonly table: string }) {
    const table = tableAt(place);
    if (table !== undefined) return [...table.indexes, ...table.uniques];
    const view = others.find((other) => other.kind === "view" && isAt(other, place));
    return view?.kind === "view" ? view.indexes : undefined;
  }
}
