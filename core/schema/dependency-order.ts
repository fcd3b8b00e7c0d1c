// In which order the objects of a schema are created so that each finds what it refers to, and in which they are dropped:
// the other way round. Tables that refer to each other in a circle are put in some order all the same; the foreign keys
// that then point at a table not yet there are named, to be added once it is.
import type { ForeignKeyNode, SchemaObject, SequenceNode, TableNode, TypeNode, ViewNode } from "../tree/schema-node.ts";
import { walk } from "../tree/visit.ts";

export interface CreationOrder {
  /** Types, then sequences, tables and views, each kind in an order that works. */
  readonly types: readonly TypeNode[];
  readonly sequences: readonly SequenceNode[];
  readonly tables: readonly TableNode[];
  readonly views: readonly ViewNode[];
  /** Foreign keys that close a circle: they point at a table that comes later. */
  readonly circular: readonly CircularKey[];
}

export interface CircularKey {
  readonly table: TableNode;
  readonly foreignKey: ForeignKeyNode;
}

/** Where nothing else decides, objects stay in the order given. */
export function creationOrder(objects: readonly SchemaObject[]): CreationOrder {
  const types = objects.filter((object) => object.kind === "type");
  const { tables, circular } = orderTables(objects.filter((object) => object.kind === "table"));
  return {
    // A domain may be over an enumeration.
    types: [...types.filter(isEnumeration), ...types.filter((type) => !isEnumeration(type))],
    sequences: objects.filter((object) => object.kind === "sequence"),
    tables,
    views: orderViews(objects.filter((object) => object.kind === "view")),
    circular,
  };
}

function isEnumeration(type: TypeNode): boolean {
  return type.definition.kind === "enumeration";
}

function orderTables(tables: readonly TableNode[]): Pick<CreationOrder, "tables" | "circular"> {
  const byPlace = new Map(tables.map((table) => [placeOf(table.schema, table.name), table]));
  const circular: CircularKey[] = [];
  const ordered = depthFirst(tables, (table, visit) => {
    for (const foreignKey of table.foreignKeys) {
      const target = byPlace.get(placeOf(foreignKey.target.schema, foreignKey.target.table));
      if (target === undefined || target === table) continue;
      if (visit(target) === "circle") circular.push({ table, foreignKey });
    }
  });
  return { tables: ordered, circular };
}

function orderViews(views: readonly ViewNode[]): readonly ViewNode[] {
  const byPlace = new Map(views.map((view) => [placeOf(view.schema, view.name), view]));
  return depthFirst(views, (view, visit) => {
    const texts: string[] = [];
    if (view.query.kind === "sqlText") texts.push(view.query.text);
    else {
      walk(view.query, (node) => {
        if (node.kind === "raw") texts.push(...node.text);
        const source = node.kind === "table" ? byPlace.get(placeOf(node.schema, node.table)) : undefined;
        if (source !== undefined) visit(source);
      });
    }
    // Text is not parsed: a view that it mentions may be one that it reads, and coming earlier does no harm.
    for (const other of views) if (other !== view && texts.some((text) => mentions(text, other.name))) visit(other);
  });
}

/** Whether a text has a name in it, with no letter or digit right before or behind. */
function mentions(text: string, name: string): boolean {
  const isPart = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
  }
  return false;
}

/** Each item after those that `needs` visits for it. A visit tells of a circle: the item is being visited already. */
function depthFirst<T>(items: readonly T[], needs: (item: T, visit: (needed: T) => "circle" | "done") => void): T[] {
  const begun = new Set<T>();
  const ordered = new Set<T>();
  const visit = (item: T): "circle" | "done" => {
    if (ordered.has(item)) return "done";
    if (begun.has(item)) return "circle";
    begun.add(item);
    needs(item, visit);
    ordered.add(item);
    return "done";
  };
  items.forEach(visit);
  return [...ordered];
}

function placeOf(schema: string | undefined, name: string): string {
  return JSON.stringify([schema ?? null, name]);
}
