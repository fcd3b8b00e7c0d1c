// How enumerations that are types of their own differ (PostgreSQL). A value can be added; for anything else the type is replaced.
import type { Reflected, SchemaNode, SqlType, TableColumnNode, TypeNode } from "../../core/index.ts";
import { stable } from "./same.ts";

/** An enumeration that is replaced by one with other values, and the columns of it, as they shall be. */
export interface ReplaceEnum {
  readonly kind: "replaceEnum";
  readonly name: string;
  readonly schema?: string | undefined;
  readonly values: readonly string[];
  /** Values that there shall not be any more. */
  readonly gone: readonly string[];
  readonly columns: readonly {
    readonly schema?: string | undefined;
    readonly table: string;
    readonly column: TableColumnNode;
  }[];
}

export interface TypeChanges {
  readonly added: readonly TypeNode[];
  readonly gone: readonly TypeNode[];
  readonly values: readonly Extract<SchemaNode, { kind: "addEnumValue" }>[];
  readonly replaced: readonly ReplaceEnum[];
  /** Domains that are declared otherwise, which nothing here can change. */
  readonly different: readonly TypeNode[];
}

export function compareTypes(from: Reflected, to: Reflected): TypeChanges {
  const before = typesOf(from);
  const after = typesOf(to);
  const twin = (type: TypeNode, list: readonly TypeNode[]) =>
    list.find(({ name, schema }) => name === type.name && schema === type.schema);
  const pairs = after.flatMap((b) => {
    const a = twin(b, before);
    return a === undefined || stable(a.definition) === stable(b.definition) ? [] : [{ a, b }];
  });
  const values: Extract<SchemaNode, { kind: "addEnumValue" }>[] = [];
  const replaced: ReplaceEnum[] = [];
  const different: TypeNode[] = [];
  for (const { a, b } of pairs) {
    if (a.definition.kind !== "enumeration" || b.definition.kind !== "enumeration") different.push(b);
    else if (isSubsequence(a.definition.values, b.definition.values)) {
      values.push(...additions(b, a.definition.values, b.definition.values));
    } else {
      const wanted = b.definition.values;
      const gone = a.definition.values.filter((value) => !wanted.includes(value));
      replaced.push({
        kind: "replaceEnum",
        name: b.name,
        schema: b.schema,
        values: wanted,
        gone,
        columns: columnsOf(b, from),
      });
    }
  }
  return {
    added: after.filter((type) => twin(type, before) === undefined),
    gone: before.filter((type) => twin(type, after) === undefined),
    values,
    replaced,
    different,
  };
}

function typesOf({ others }: Reflected): readonly TypeNode[] {
  return others.filter((object) => object.kind === "type");
}

function isSubsequence(short: readonly string[], long: readonly string[]): boolean {
  let place = 0;
  for (const value of long) if (value === short[place]) place++;
  return place === short.length;
}

/** Each new value before the next that is there already. */
function additions(
  { name, schema }: TypeNode,
  there: readonly string[],
  wanted: readonly string[],
): Extract<SchemaNode, { kind: "addEnumValue" }>[] {
  return wanted.flatMap((value, place) => {
    if (there.includes(value)) return [];
    const before = wanted.slice(place + 1).find((next) => there.includes(next));
    return [{ kind: "addEnumValue", name, schema, value, before }];
  });
}

/** The columns of a type, as they are now. */
function columnsOf(type: TypeNode, { tables }: Reflected): ReplaceEnum["columns"] {
  return tables.flatMap(({ schema, name: table, columns }) =>
    columns.filter((column) => isOf(column.type, type)).map((column) => ({ schema, table, column })),
  );
}

export function isOf(
  type: SqlType,
  { name, schema }: { readonly name: string; readonly schema?: string | undefined },
): boolean {
  if (type.kind === "array") return isOf(type.of, { name, schema });
  return type.kind === "enumeration" && type.name === name && type.schema === schema;
}
