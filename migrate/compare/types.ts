// How enumerations that are types of their own differ (PostgreSQL). A value can be added; for anything else the type is replaced.
import type { Dialect, Reflected, SchemaNode, SqlType, TableColumnNode, TypeNode } from "../../core/index.ts";
import { sameType, stable, textOf } from "./same.ts";

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
  readonly domains: readonly Extract<SchemaNode, { kind: "alterDomain" }>[];
  /** Domains that are declared over another type, which no database can change. */
  readonly different: readonly TypeNode[];
}

export function compareTypes(from: Reflected, to: Reflected, dialect: Dialect): TypeChanges {
  const before = typesOf(from);
  const after = typesOf(to);
  const twin = (type: TypeNode, list: readonly TypeNode[]) =>
    list.find(({ name, schema }) => name === type.name && schema === type.schema);
  const pairs = after.flatMap((b) => {
    const a = twin(b, before);
    return a === undefined || contentOf(a) === contentOf(b) ? [] : [{ a, b }];
  });
  const values: Extract<SchemaNode, { kind: "addEnumValue" }>[] = [];
  const replaced: ReplaceEnum[] = [];
  const domains: Extract<SchemaNode, { kind: "alterDomain" }>[] = [];
  const different: TypeNode[] = [];
  for (const { a, b } of pairs) {
    if (a.definition.kind === "domain" && b.definition.kind === "domain") {
      const { name, schema } = b;
      if (!sameType(a.definition.of, b.definition.of, dialect)) different.push(b);
      else domains.push({ kind: "alterDomain", name, schema, from: a.definition, to: b.definition });
    } else if (a.definition.kind !== "enumeration" || b.definition.kind !== "enumeration") different.push(b);
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
    domains,
    different,
  };
}

/** What a type says; the names of a domain's checks do not count, nor does their order. */
function contentOf({ definition }: TypeNode): string {
  if (definition.kind === "enumeration") return stable(definition.values);
  const { of, nullable, default: value, checks } = definition;
  return stable([of, nullable, textOf(value), checks.map(({ expression }) => textOf(expression)).toSorted()]);
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

function isOf(
  type: SqlType,
  { name, schema }: { readonly name: string; readonly schema?: string | undefined },
): boolean {
  if (type.kind === "array") return isOf(type.of, { name, schema });
  return type.kind === "enumeration" && type.name === name && type.schema === schema;
}
