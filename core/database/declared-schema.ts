// A declared schema as one database will have it: constraints named, types of their own made explicit, and checks added for
// what the database does not check by itself. This is what is created, and what a reflected database is compared with.
import type { Dialect } from "../dialect/dialect.ts";
import { CompileError } from "../errors/usage-errors.ts";
import { type NamingConvention, named, namedView } from "../schema/naming.ts";
import { objectsOf, type Schema } from "../schema/schema-objects.ts";
import type { CheckNode, SchemaObject, TableNode, TypeNode } from "../tree/schema-node.ts";
import { booleanType, type EnumerationType, type SqlType, textType } from "../types/sql-type.ts";

export interface NamingOptions {
  /** How constraints and indexes without a name are called; see `standardNames`. */
  readonly naming?: Partial<NamingConvention> | undefined;
}

/**
 * The objects of a schema, as the database will have them.
 *
 * @throws {CompileError} if two enumerations of one name have different values
 */
export function declaredObjects(
  schema: Schema,
  dialect: Dialect,
  options: NamingOptions = {},
): readonly SchemaObject[] {
  const { maxName } = dialect;
  const objects = objectsOf(schema).map((object) => {
    if (object.kind === "table") return named(withChecks(object, dialect), maxName, options.naming);
    return object.kind === "view" ? namedView(object, maxName, options.naming) : object;
  });
  return dialect.features.has("ENUMS") ? [...impliedTypes(objects), ...objects] : objects;
}

/** The table with a check for each enumeration that the database keeps as plain text. */
function withChecks(table: TableNode, dialect: Dialect): TableNode {
  const source = { key: table.name, schema: table.schema, name: table.name };
  const checks = table.columns.flatMap(({ name, type }): CheckNode[] => {
    if (type.kind !== "enumeration" || dialect.typeName(type) !== dialect.typeName(textType)) return [];
    const operand = { kind: "column", source, name, type } as const;
    const condition = { kind: "inList", operand, values: type.values, negated: false, type: booleanType } as const;
    return [{ name: undefined, expression: condition }];
  });
  return checks.length === 0 ? table : { ...table, checks: [...table.checks, ...checks] };
}

/** The named enumerations that columns have and nobody declared, each once. */
function impliedTypes(objects: readonly SchemaObject[]): readonly TypeNode[] {
  const known = new Map<string, TypeNode | undefined>();
  for (const object of objects) if (object.kind === "type") known.set(placeOf(object), undefined);
  for (const object of objects) {
    for (const { type } of object.kind === "table" ? object.columns : []) {
      const enumeration = namedEnumeration(type);
      if (enumeration === undefined) continue;
      const { schema, values } = enumeration;
      const name = enumeration.name as string;
      const place = placeOf({ schema, name });
      if (!known.has(place)) {
        known.set(place, { kind: "type", name, schema, definition: { kind: "enumeration", values } });
      } else checkSame(known.get(place), values);
    }
  }
  return [...known.values()].filter((type) => type !== undefined);
}

function namedEnumeration(type: SqlType): EnumerationType | undefined {
  if (type.kind === "array") return namedEnumeration(type.of);
  return type.kind === "enumeration" && type.name !== undefined ? type : undefined;
}

function checkSame(type: TypeNode | undefined, values: readonly string[]): void {
  if (type?.definition.kind !== "enumeration" || same(type.definition.values, values)) return;
  throw new CompileError(
    `two enumerations are called "${type.name}" and have different values`,
    "Declare it once and use it for both columns, or give one another name.",
  );
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function placeOf({ schema, name }: { readonly schema?: string | undefined; readonly name: string }): string {
  return JSON.stringify([schema ?? null, name]);
}
