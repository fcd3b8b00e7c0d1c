// The file that is being written: what it imports, and what stands in it before the tables because they use it.
import type { Dialect, SqlType } from "../../core/dialect/index.ts";
import { reservedWords, Scope } from "./identifiers.ts";

/** Names of Core that declarations may use. They are set aside, so that no table is called like one. */
const coreNames = [
  "array",
  "bigint",
  "boolean",
  "bytes",
  "char",
  "check",
  "customType",
  "date",
  "decimal",
  "domain",
  "double",
  "enumeration",
  "enumerationType",
  "exclude",
  "foreignKey",
  "index",
  "integer",
  "interval",
  "json",
  "materializedView",
  "real",
  "sequence",
  "smallint",
  "sql",
  "table",
  "text",
  "time",
  "timestamp",
  "timestamptz",
  "unique",
  "uniqueIndex",
  "uuid",
  "varchar",
  "view",
] as const;
export type CoreName = (typeof coreNames)[number];

/** Names of the dialects' own types, and of the groups they are in. */
const ownNames = [
  "fullText",
  "inet4",
  "inet6",
  "mediumint",
  "network",
  "ranges",
  "set",
  "tinyint",
  "unsignedBigint",
  "unsignedInteger",
  "unsignedMediumint",
  "unsignedSmallint",
  "unsignedTinyint",
  "vectors",
  "year",
] as const;
export type OwnName = (typeof ownNames)[number];

/** Where a database's own types and its dialect are. */
export interface Door {
  readonly dialect: Dialect;
  /** What its types are imported from, e.g. `athanor/postgres`. */
  readonly module: string;
  readonly renderType?: RenderType | undefined;
}

/** Text of a file, and the imports it needs, as whole lines. */
export interface Rendered {
  readonly source: string;
  readonly imports?: readonly string[] | undefined;
}

/**
 * The builder of a type's own, with the column's name in it where that is given, as text of the file:
 * `{ source: \`money(${name ?? ""})\`, imports: ['import { money } from "../types.ts";'] }`.
 */
export type RenderType = (type: SqlType, name: string | undefined) => Rendered | undefined;

export class SourceFile {
  readonly door: Door;
  readonly scope: Scope = new Scope([...reservedWords, ...coreNames, ...ownNames, "t"]);
  readonly #core = new Set<string>();
  readonly #own = new Set<string>();
  readonly #imports = new Set<string>();
  readonly #declarations: string[] = [];
  readonly #constants = new Map<string, string>();

  constructor(door: Door) {
    this.door = door;
  }

  /** A name of Core, imported. */
  core(name: CoreName): string {
    this.#core.add(name);
    return name;
  }

  /** A name of the dialect's own, imported. */
  own(name: OwnName): string {
    this.#own.add(name);
    return name;
  }

  /** Imports what others than Athanor export. */
  importing(lines: readonly string[]): void {
    for (const line of lines) this.#imports.add(line);
  }

  /** The constant whose value is this text; declared where it is first asked for. */
  constant(wanted: string, value: string, exported: "export" | "local"): string {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const name = this.scope.claim(wanted, "value");
    this.#constants.set(value, name);
    this.#declarations.push(`${exported === "export" ? "export " : ""}const ${name} = ${value};`);
    return name;
  }

  /** Adds a declaration behind those that are there. */
  declare(text: string): void {
    this.#declarations.push(text);
  }

  /** The whole of it, under the given first lines. */
  text(heading: string): string {
    const imports = [
      ...(this.#core.size > 0 ? [importOf(this.#core, "athanor")] : []),
      ...(this.#own.size > 0 ? [importOf(this.#own, this.door.module)] : []),
      ...this.#imports,
    ];
    return `${[`${heading}\n${imports.join("\n")}`.trimEnd(), ...this.#declarations].join("\n\n")}\n`;
  }
}

function importOf(names: ReadonlySet<string>, module: string): string {
  const line = `import { ${[...names].sort().join(", ")} } from "${module}";`;
  return line.length <= 120
    ? line
    : `import {\n${[...names]
        .sort()
        .map((name) => `  ${name},\n`)
        .join("")}} from "${module}";`;
}

/** The arguments of a call, without those at the end that are not given. */
export function argumentsOf(...values: readonly (string | undefined)[]): string {
  const last = values.findLastIndex((value) => value !== undefined);
  return values
    .slice(0, last + 1)
    .map((value) => value ?? "undefined")
    .join(", ");
}

/** An object of what is given, or nothing. */
export function objectOf(entries: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : `{ ${given.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;
}

/** A text as TypeScript writes it. */
export function stringSource(text: string): string {
  return JSON.stringify(text);
}

export function optionalString(text: string | undefined): string | undefined {
  return text === undefined ? undefined : stringSource(text);
}

/** A number or a boolean, a string or a bigint. */
export function valueSource(value: string | number | bigint | boolean): string {
  if (typeof value === "string") return stringSource(value);
  return typeof value === "bigint" ? `${value}n` : String(value);
}
