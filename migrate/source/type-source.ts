// A type of SQL → the builder that declares it. What no builder stands for becomes a type of the file's own, called as the
// database calls it and read as what it travels as.
import { type EnumerationType, type SqlType, unreachable } from "../../core/dialect/index.ts";
import { argumentsOf, type OwnName, objectOf, optionalString, type SourceFile, stringSource } from "./source-file.ts";

/** The builder's call, with the column's name in the database where it needs to be said. */
export function typeSource(type: SqlType, name: string | undefined, file: SourceFile): string {
  const columnName = optionalString(name);
  const rendered = file.door.renderType?.(type, columnName);
  if (rendered !== undefined) {
    file.importing(rendered.imports ?? []);
    return rendered.source;
  }
  const known = knownType(type, columnName, file);
  if (known !== undefined) return known;
  switch (type.kind) {
    case "integer":
      if (type.unsigned || (type.size !== 2 && type.size !== 4)) return ownType(type, name, file);
      return `${file.core(type.size === 2 ? "smallint" : "integer")}(${argumentsOf(columnName)})`;
    case "bigint":
      if (type.unsigned) return ownType(type, name, file);
      return `${file.core("bigint")}(${argumentsOf(columnName, type.as === "number" ? '{ as: "number" }' : undefined)})`;
    case "float":
      return `${file.core(type.size === 4 ? "real" : "double")}(${argumentsOf(columnName)})`;
    case "decimal": {
      if (type.unsigned) return ownType(type, name, file);
      const unlimited = sameAs(type, { kind: "decimal", as: type.as }, file);
      const [precision, scale] = unlimited
        ? [undefined, undefined]
        : [type.precision?.toString(), type.scale?.toString()];
      return `${file.core("decimal")}(${argumentsOf(precision, scale, objectOf({ name: columnName }))})`;
    }
    case "varchar":
    case "char":
      if (type.length === undefined) return ownType(type, name, file);
      return `${file.core(type.kind)}(${argumentsOf(String(type.length), columnName)})`;
    case "boolean":
    case "text":
    case "uuid":
    case "date":
    case "interval":
      return `${file.core(type.kind)}(${argumentsOf(columnName)})`;
    case "enumeration":
      return enumerationSource(type, columnName, file);
    case "time":
    case "timestamp":
    case "timestamptz": {
      const usual = sameAs(type, { ...type, precision: undefined }, file);
      const options = objectOf({ precision: usual ? undefined : type.precision?.toString() });
      return `${file.core(type.kind)}(${argumentsOf(columnName, options)})`;
    }
    case "json":
      return `${file.core("json")}<unknown>(${argumentsOf(columnName, jsonOptions(type.storage, file))})`;
    case "bytes":
      return `${file.core("bytes")}(${argumentsOf(columnName, objectOf({ length: type.length?.toString() }))})`;
    case "array":
      return `${file.core("array")}(${argumentsOf(typeSource(type.of, undefined, file), columnName)})`;
    case "custom":
      return ownType(type, name, file);
    case "json-row":
      return ownType({ kind: "json", storage: "binary" }, name, file);
    default:
      return unreachable(type);
  }
}

/** Whether the database calls both the same. */
function sameAs(type: SqlType, other: SqlType, file: SourceFile): boolean {
  return file.door.dialect.typeName(type) === file.door.dialect.typeName(other);
}

function jsonOptions(storage: "text" | "binary", file: SourceFile): string | undefined {
  const same = sameAs({ kind: "json", storage: "text" }, { kind: "json", storage: "binary" }, file);
  return storage === "text" && !same ? '{ storage: "text" }' : undefined;
}

/** The values are a constant of their own where the type has a name, since several columns may be of it. */
function enumerationSource(type: EnumerationType, columnName: string | undefined, file: SourceFile): string {
  const list = `[${type.values.map(stringSource).join(", ")}]`;
  const values = type.name === undefined ? list : file.constant(`${type.name} values`, `${list} as const`, "export");
  const options = objectOf({ name: columnName, type: optionalString(type.name), schema: optionalString(type.schema) });
  return `${file.core("enumeration")}(${argumentsOf(values, options)})`;
}

/** Whether the builder of a whole number is one that a key of its kind numbers itself with. */
export function isNumbering(type: SqlType, { door }: SourceFile): boolean {
  if (type.kind !== "integer" && type.kind !== "bigint") return false;
  const everywhere = !type.unsigned && (type.kind === "bigint" || type.size === 2 || type.size === 4);
  return everywhere || (door.module === "athanor/mysql" && numberName(type) !== undefined);
}

/** MySQL's own whole numbers. */
function numberName(type: SqlType): OwnName | undefined {
  if (type.kind === "bigint") return type.unsigned && type.as === "bigint" ? "unsignedBigint" : undefined;
  if (type.kind !== "integer" || type.size === 8) return undefined;
  return type.unsigned
    ? ({ 1: "unsignedTinyint", 2: "unsignedSmallint", 3: "unsignedMediumint", 4: "unsignedInteger" } as const)[
        type.size
      ]
    : ({ 1: "tinyint", 2: undefined, 3: "mediumint", 4: undefined } as const)[type.size];
}

/** Types that a dialect has builders of its own for. */
function knownType(type: SqlType, columnName: string | undefined, file: SourceFile): string | undefined {
  const call = argumentsOf(columnName);
  if (file.door.module === "athanor/mysql") {
    const number = numberName(type);
    if (number !== undefined) return `${file.own(number)}(${call})`;
    if (type.kind !== "custom") return undefined;
    if (/^year(\(4\))?$/.test(type.sql)) return `${file.own("year")}(${call})`;
    if (type.sql === "inet4" || type.sql === "inet6") return `${file.own(type.sql)}(${call})`;
    const values = /^set\((.*)\)$/s.exec(type.sql)?.[1]?.match(/'(?:[^']|'')*'/g);
    const list = values?.map((value) => stringSource(value.slice(1, -1).replaceAll("''", "'"))).join(", ");
    return list && `${file.own("set")}(${argumentsOf(`[${list}]`, columnName)})`;
  }
  if (file.door.module !== "athanor/postgres" || type.kind !== "custom") return undefined;
  const { sql } = type;
  if (/^(inet|cidr|macaddr8?)$/.test(sql)) return `${file.own("network")}.${sql}(${call})`;
  if (/^ts(vector|query)$/.test(sql)) return `${file.own("fullText")}.${sql}(${call})`;
  if (/^(int4|int8|num|date|ts|tstz)range$/.test(sql)) return `${file.own("ranges")}.${sql}(${call})`;
  const dimensions = /^vector\((\d+)\)$/.exec(sql)?.[1];
  return dimensions && `${file.own("vectors")}.vector(${argumentsOf(dimensions, columnName)})`;
}

/** A type of the file's own. */
function ownType(type: SqlType, name: string | undefined, file: SourceFile): string {
  const sql = type.kind === "custom" ? type.sql : file.door.dialect.typeName(type);
  const base = type.kind === "custom" ? type.base : baseOf(type);
  const value = `${file.core("customType")}({ sql: ${stringSource(sql)}, base: ${typeSource(base, undefined, file)}, encode: (value: ${javaScriptType(base)}) => value, decode: (value) => value })`;
  return `${file.constant(sql === "" ? "untyped" : `${sql} type`, value, "local")}(${argumentsOf(optionalString(name))})`;
}

/** What values of such a type travel as. */
function baseOf(type: SqlType): SqlType {
  switch (type.kind) {
    case "integer":
      return { kind: "integer", size: 4 };
    case "bigint":
      return { kind: "bigint", as: type.as };
    case "decimal":
      return { kind: "decimal", as: type.as };
    default:
      return { kind: "text" };
  }
}

function javaScriptType(type: SqlType): string {
  switch (type.kind) {
    case "integer":
    case "float":
      return "number";
    case "bigint":
      return type.as;
    case "decimal":
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a type
      return type.as === "number" ? "number" : "`${number}`";
    case "boolean":
      return "boolean";
    case "timestamp":
    case "timestamptz":
      return type.as === "date" ? "Date" : "string";
    case "bytes":
      return "Uint8Array";
    case "json":
    case "json-row":
      return "unknown";
    case "enumeration":
      return type.values.map(stringSource).join(" | ");
    case "array":
      return `(${javaScriptType(type.of)})[]`;
    case "custom":
      return javaScriptType(type.base);
    default:
      return "string";
  }
}
