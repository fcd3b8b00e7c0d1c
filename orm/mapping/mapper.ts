// The facts of a mapped class, worked out when it is first used: only then are all modules loaded, so that classes can refer to
// each other in circles.
import {
  type AnyTable,
  type ColumnFacts,
  type DeclaredTable,
  declaredTable,
  type ExprOf,
  type SqlType,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { columnsOf, type EmbedOption } from "./embed-option.ts";

export type AnyClass = abstract new (...args: any[]) => object;

/** What `mapped` was given; a class that extends what it gave is mapped by it. */
export interface Recipe {
  readonly table: AnyTable;
  readonly relations: object;
  readonly options: MappingOptions;
  /** The class it inherits from. */
  readonly base?: AnyClass | undefined;
}
export const RECIPE: unique symbol = Symbol("athanor.mapping");

/** How a class is mapped beside its columns and relationships. */
export interface MappingOptions {
  /** A number that every update raises; an update of a row whose number is another is a StaleDataError. */
  readonly version?: string | undefined;
  /** Columns that are read on request only. */
  readonly deferred?: readonly string[] | undefined;
  /** The column that tells of which class a row is, and what it holds for this one. */
  readonly identity?: { readonly column: string; readonly value?: string | number | undefined } | undefined;
  /** Value objects, by property. */
  readonly embed?: EmbedOption | undefined;
  /** Gives the classes that inherit from this one. */
  readonly subclasses?: object | undefined;
  /** What refuses values, by column. */
  readonly validate?: Readonly<Record<string, (value: any, object: any) => void>> | undefined;
  /** Conditions that hold wherever the class is read, by name. */
  readonly where?: Readonly<Record<string, ExprOf<boolean | null, any>>> | undefined;
}

/** A column of a mapped class. */
export interface MappedColumn {
  /** The property. */
  readonly key: string;
  /** The name in the database. */
  readonly name: string;
  readonly type: SqlType;
  readonly facts: ColumnFacts;
  /** How a change shows: by the value itself, or by what it was made of where the value can be changed in place. */
  readonly compare: "value" | "date" | "document" | "bytes";
}

export class Mapper {
  readonly entity: AnyClass;
  readonly recipe: Recipe;
  /** The class it inherits from, and the one at the top; that is itself where it inherits from none. */
  readonly parent: Mapper | undefined;
  readonly root: Mapper;
  readonly name: string;
  readonly table: DeclaredTable;
  readonly source: AnyTable;
  /** Those that are read with the object first, then the deferred ones. */
  readonly columns: readonly MappedColumn[];
  /** How many columns are read with the object. */
  readonly loadedCount: number;
  readonly byKey: ReadonlyMap<string, MappedColumn>;
  /** The primary key's columns, by position. */
  readonly key: readonly number[];
  readonly options: MappingOptions;
  readonly version: MappedColumn | undefined;
  readonly #relations: object;

  constructor(entity: AnyClass, recipe: Recipe, parent?: Mapper) {
    this.entity = entity;
    this.recipe = recipe;
    this.parent = parent;
    this.root = parent?.root ?? this;
    this.name = entity.name;
    this.source = recipe.table;
    this.table = declaredTable(recipe.table);
    this.options = recipe.options;
    const deferred = deferredKeys(recipe.options);
    const columns = [...this.table.columns].map(([key, facts]) => ({
      key,
      name: facts.name ?? key,
      type: facts.type,
      facts,
      compare: comparing(facts.type),
    }));
    this.columns = [
      ...columns.filter(({ key }) => !deferred.has(key)),
      ...columns.filter(({ key }) => deferred.has(key)),
    ];
    this.loadedCount = columns.filter(({ key }) => !deferred.has(key)).length;
    this.byKey = new Map(this.columns.map((column) => [column.key, column]));
    const { key } = this.table.sourceNode;
    this.key = key.map((name) => this.columns.findIndex((column) => column.name === name));
    this.#relations = recipe.relations;
    this.version = recipe.options.version === undefined ? undefined : this.column(recipe.options.version);
  }

  /** @throws {MappingError} if there is no such column */
  column(key: string): MappedColumn {
    const column = this.byKey.get(key);
    if (column === undefined) throw new MappingError(`${this.name} has no column "${key}"`);
    return column;
  }

  /** What the getters of the mapping give, by name. A getter runs when its relationship is first needed. */
  get relationNames(): readonly string[] {
    return Object.keys(Object.getOwnPropertyDescriptors(this.#relations));
  }

  /** What a getter gives: a relationship's declaration, or an expression. */
  declared(key: string): unknown {
    return Reflect.get(this.#relations, key);
  }

  /** The position of the column that tells of which class a row is, if one does. */
  get discriminator(): number | undefined {
    const { identity } = this.options;
    return identity === undefined ? undefined : this.columns.findIndex(({ key }) => key === identity.column);
  }

  /** What an object of a row is found by: a value that a Map tells apart. */
  identity(row: readonly unknown[], at: number): unknown {
    const { key } = this;
    if (key.length === 1) return identityOf(row[at + (key[0] as number)]);
    let text = "";
    for (const position of key) text += identityText(row[at + position]);
    return text;
  }

  /** The same, from the values of the key in its order. */
  identityOfKey(values: readonly unknown[]): unknown {
    return values.length === 1 ? identityOf(values[0]) : values.map(identityText).join("");
  }

  /** The same, from the value of a single key column. */
  identityOfValue(value: unknown): unknown {
    return typeof value === "object" && value !== null ? identityText(value) : value;
  }
}

/** The deferred columns; those of a value object together. */
function deferredKeys({ deferred = [], embed }: MappingOptions): ReadonlySet<string> {
  return new Set(
    deferred.flatMap((name) => {
      const value = embed !== undefined && Object.hasOwn(embed, name) ? embed[name] : undefined;
      return value === undefined ? [name] : columnsOf(value);
    }),
  );
}

function comparing(type: SqlType): MappedColumn["compare"] {
  switch (type.kind) {
    case "timestamp":
    case "timestamptz":
      return type.as === "date" ? "date" : "value";
    case "json":
    case "array":
    case "custom":
      return "document";
    case "bytes":
      return "bytes";
    default:
      return "value";
  }
}

function identityOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? identityText(value) : value;
}

function identityText(value: unknown): string {
  if (value instanceof Date) return `d${value.getTime()};`;
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")};`;
  return `${typeof value} ${JSON.stringify(typeof value === "bigint" ? String(value) : value)};`;
}
