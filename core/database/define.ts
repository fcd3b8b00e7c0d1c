// Creating and dropping the objects of a schema: in which order, as which changes, and leaving alone what is there already
// or not there any more. What each change is as text is the dialect's answer.
import { define } from "../compile/define.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { InspectOptions, Reflected } from "../dialect/inspector.ts";
import { creationOrder } from "../schema/dependency-order.ts";
import type { Schema } from "../schema/schema-objects.ts";
import type { SchemaNode, SchemaObject, TableNode, ViewNode } from "../tree/schema-node.ts";
import { declaredObjects, type NamingOptions } from "./declared-schema.ts";

export interface CreateOptions extends NamingOptions {
  /** Leaves alone whatever of that name exists, instead of failing. It is not compared with what is declared. */
  readonly ifNotExists?: boolean | undefined;
}

export interface DropOptions extends NamingOptions {
  /** Passes over what does not exist, instead of failing. */
  readonly ifExists?: boolean | undefined;
}

/** What creating and dropping need of a database. */
export interface DefinitionPlace {
  readonly dialect: Dialect;
  inspect(options: InspectOptions): Promise<Reflected>;
  /** Runs the texts in order; all of them or none, where the database can undo changes of schema. */
  runTexts(texts: readonly string[]): Promise<void>;
}

/** Creates the objects of a schema: types, sequences, tables with their indexes, views. */
export async function create(place: DefinitionPlace, schema: Schema, options: CreateOptions = {}): Promise<void> {
  const { dialect } = place;
  const objects = declaredObjects(schema, dialect, options);
  const wanted = options.ifNotExists ? await missingFrom(place, objects) : objects;
  await place.runTexts(textsOf(creation(wanted, dialect, options.ifNotExists ?? false), dialect));
}

/** Drops the objects of a schema, in the opposite order. */
export async function drop(place: DefinitionPlace, schema: Schema, options: DropOptions = {}): Promise<void> {
  const { dialect } = place;
  const objects = declaredObjects(schema, dialect, options);
  const missing = options.ifExists ? await missingFrom(place, objects) : [];
  const there = objects.filter((object) => !missing.includes(object));
  await place.runTexts(textsOf(removal(there, dialect, options.ifExists ?? false), dialect));
}

/** The texts that create a schema, to be run elsewhere. */
export function createScript(schema: Schema, dialect: Dialect, options: CreateOptions = {}): readonly string[] {
  return textsOf(creation(declaredObjects(schema, dialect, options), dialect, options.ifNotExists ?? false), dialect);
}

/** The texts that drop a schema, to be run elsewhere. */
export function dropScript(schema: Schema, dialect: Dialect, options: DropOptions = {}): readonly string[] {
  return textsOf(removal(declaredObjects(schema, dialect, options), dialect, options.ifExists ?? false), dialect);
}

function textsOf(nodes: readonly SchemaNode[], dialect: Dialect): readonly string[] {
  return nodes.flatMap((node) => define(node, dialect));
}

/** The changes that create objects. */
export function creation(
  objects: readonly SchemaObject[],
  dialect: Dialect,
  ifNotExists: boolean,
): readonly SchemaNode[] {
  const { types, sequences, tables, views, circular } = creationOrder(objects);
  // Where constraints cannot be added later, they need not be: the table they point at is not looked for yet.
  const later = dialect.features.has("ALTER CONSTRAINTS") ? circular : [];
  return [
    ...types.map((type): SchemaNode => ({ kind: "createType", type, ifNotExists })),
    ...sequences.map((sequence): SchemaNode => ({ kind: "createSequence", sequence, ifNotExists })),
    ...tables.flatMap((table): SchemaNode[] => {
      const without = later.filter((key) => key.table === table).map(({ foreignKey }) => foreignKey);
      return [{ kind: "createTable", table, ifNotExists, without }, ...indexesOf(table, ifNotExists)];
    }),
    ...later.map(
      ({ table, foreignKey }): SchemaNode => ({
        kind: "addForeignKey",
        schema: table.schema,
        table: table.name,
        foreignKey,
      }),
    ),
    ...views.flatMap((view): SchemaNode[] => [
      { kind: "createView", view, orReplace: false, ifNotExists },
      ...indexesOf(view, ifNotExists),
    ]),
  ];
}

function indexesOf({ schema, name: table, indexes = [] }: TableNode | ViewNode, ifNotExists: boolean): SchemaNode[] {
  return indexes.map((index) => ({ kind: "createIndex", schema, table, index, ifNotExists }));
}

/** The changes that drop objects. */
export function removal(objects: readonly SchemaObject[], dialect: Dialect, ifExists: boolean): readonly SchemaNode[] {
  const { types, sequences, tables, views, circular } = creationOrder(objects);
  const canAlter = dialect.features.has("ALTER CONSTRAINTS");
  const isReferred = (schema: string | undefined, table: string): boolean =>
    !canAlter && circular.some(({ foreignKey: { target } }) => target.schema === schema && target.table === table);
  return [
    ...views
      .toReversed()
      .map(
        ({ schema, name, materialized }): SchemaNode => ({ kind: "dropView", schema, name, materialized, ifExists }),
      ),
    ...(canAlter ? circular : []).map(
      ({ table: { schema, name: table }, foreignKey: { name } }): SchemaNode => ({
        kind: "dropConstraint",
        schema,
        table,
        name: name as string,
        of: "foreign key",
      }),
    ),
    ...tables.toReversed().map(
      ({ schema, name: table }): SchemaNode => ({
        kind: "dropTable",
        schema,
        table,
        ifExists,
        referred: isReferred(schema, table),
      }),
    ),
    ...sequences.toReversed().map(({ schema, name }): SchemaNode => ({ kind: "dropSequence", schema, name, ifExists })),
    ...types.toReversed().map(
      ({ schema, name, definition }): SchemaNode => ({
        kind: "dropType",
        schema,
        name,
        of: definition.kind,
        ifExists,
      }),
    ),
  ];
}

/** Those of the objects that the database does not have. */
async function missingFrom(place: DefinitionPlace, objects: readonly SchemaObject[]): Promise<readonly SchemaObject[]> {
  const missing: SchemaObject[] = [];
  // One look for each schema: for the default one without saying which it is.
  for (const [schema, members] of Map.groupBy(objects, (object) => object.schema)) {
    const only = members.map(({ name }) => name);
    const found = await place.inspect(schema === undefined ? { only } : { only, schemas: [schema] });
    const there = new Set([...found.tables, ...found.others].map(({ kind, name }) => `${kind} ${name}`));
    missing.push(...members.filter(({ kind, name }) => !there.has(`${kind} ${name}`)));
  }
  return missing;
}
